"""The examples of rules, run: a bad one must fire its rule, a good one must not, and both must be readable."""

from __future__ import annotations

from nda_lint.linter import Settings, lint_bytes
from nda_lint.rulebook import rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nda_lint.finding import Finding
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


def settings_for(rule: Rule, own_profiles: Mapping[str, Profile] | None = None) -> Settings:
    """What a rule's examples are checked with: as a user would, but for a rule that is not on by default."""
    asked = () if rule.code in rulebook().by_default() else (rule.code,)
    return Settings(extend_select=asked, own_profiles=own_profiles)


def outcomes(rule: Rule, own_profiles: Mapping[str, Profile] | None = None) -> Iterator[Outcome]:
    """Every example of a rule, checked."""
    settings = settings_for(rule, own_profiles)
    for kind in ("bad", "good"):
        for number, (text, encoding) in enumerate(rule.documents[kind]):
            report = lint_bytes(text.encode(encoding), "example.nda", settings)
            found = [finding for finding in report.findings if finding.code == rule.code]
            unreadable = [finding for finding in report.findings if finding.code.startswith(_READING)]
            if rule.analysis == LANGUAGE_ANALYSIS:
                unreadable = []
            yield Outcome(rule, kind, number, text, found, unreadable)
