"""The examples of rules, run: a bad one must fire its rule, a good one must not, and both must be readable."""

from __future__ import annotations

from nda_lint.lint import Settings, lint_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nda_lint.finding import Finding, Severity
    from nda_lint.profiles import Profile
    from nda_lint.rulebook import Rule

#: The family of findings about reading; only the rules of this analysis may have them in an example.
_READING = "NDA0"
LANGUAGE_ANALYSIS = "language"


class Outcome:
    """How one example came out: `kind` is ``bad`` or ``good``, `number` its place among them from 0, `found`
    what its rule found in it, and `unreadable` what could not be read."""

    __slots__ = ("found", "kind", "number", "rule", "text", "unreadable")

    def __init__(
        self,
        rule: Rule,
        kind: str,
        number: int,
        text: str,
        found: Sequence[Finding],
        unreadable: Sequence[Finding],
    ) -> None:
        self.rule = rule
        self.kind = kind
        self.number = number
        self.text = text
        self.found = found
        self.unreadable = unreadable

    @property
    def right(self) -> bool:
        """Whether the example shows what it is there to show."""
        return bool(self.found) is (self.kind == "bad") and not self.unreadable


def outcomes(
    rule: Rule,
    own_profiles: Mapping[str, Profile] | None = None,
    severities: Mapping[str, Severity] | None = None,
) -> Iterator[Outcome]:
    """Every example of a rule, linted with that rule switched on."""
    settings = Settings(extend_select=(rule.code,), own_profiles=own_profiles, severities=severities)
    for kind in ("bad", "good"):
        for number, (text, encoding) in enumerate(rule.documents[kind]):
            report = lint_bytes(text.encode(encoding), "example.nda", settings)
            found = [finding for finding in report.findings if finding.code == rule.code]
            unreadable = [finding for finding in report.findings if finding.code.startswith(_READING)]
            if rule.analysis == LANGUAGE_ANALYSIS:
                unreadable = []
            yield Outcome(rule, kind, number, text, found, unreadable)
