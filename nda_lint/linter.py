"""The pipeline: from the text of a contract to all that is to be said about it."""

from __future__ import annotations

from itertools import chain

from nda_lint import DOCUMENTATION
from nda_lint.analysis.contradictions import contradictions
from nda_lint.analysis.references import references
from nda_lint.bind import bind
from nda_lint.parser import stream
from nda_lint.profiles import STANDARD, expanded
from nda_lint.remember import remembering
from nda_lint.rulebook import rulebook
from nda_lint.selection import matching, selected
from nda_lint.source import NotUtf8, Source, decode
from nda_lint.suppress import suppress
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language, Severity
    from nda_lint.profiles import Profile


class Settings:
    """What to check, and in which language to speak."""

    __slots__ = (
        "as_of", "documentation", "extend_select", "fallback_profiles", "ignore", "language", "own_profiles",
        "profiles", "select", "severities",
    )  # fmt: skip

    def __init__(
        self,
        *,
        select: tuple[str, ...] = (),
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        profiles: tuple[str, ...] = (),
        fallback_profiles: tuple[str, ...] = (),
        own_profiles: Mapping[str, Profile] | None = None,
        severities: Mapping[str, Severity] | None = None,
        language: Language | None = None,
        as_of: str | None = None,
        documentation: str = DOCUMENTATION,
    ) -> None:
        #: words for rules (see :mod:`nda_lint.selection`); `select` replaces the default set
        self.select = select
        self.extend_select = extend_select
        self.ignore = ignore
        #: names of profiles; empty: what the contract says of itself, else those to fall back upon
        self.profiles = profiles
        self.fallback_profiles = fallback_profiles or STANDARD[:1]
        #: the profiles of a house, and the severities that it gives to rules, by code
        self.own_profiles = own_profiles or {}
        self.severities = severities or {}
        #: language of messages; None: that of the contract
        self.language = language
        #: the ISO date whose law applies; None: the signing date, else today
        self.as_of = as_of
        #: under which address the pages on rules are
        self.documentation = documentation


class Report:
    """What was found in one file, in its order; `contract` is None where nothing could be read. `documentation` is
    the address under which the pages on rules are, `as_of` the day that was asked about, if any."""

    __slots__ = ("as_of", "contract", "documentation", "findings", "language", "source")

    def __init__(
        self,
        source: Source,
        language: Language,
        findings: list[Finding],
        contract: Contract | None,
        documentation: str = DOCUMENTATION,
        as_of: str | None = None,
    ) -> None:
        self.source = source
        self.language = language
        self.findings = findings
        self.contract = contract
        self.documentation = documentation
        self.as_of = as_of

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        return True  # a report without findings is still one


DEFAULT = Settings()


class Prepared:
    """What a contract is checked for: the language to speak, what is expected of it, the codes of the rules to check,
    those of them that were asked for by name, and those left out that would have been checked by default."""

    __slots__ = ("as_of", "asked", "checked", "language", "left_out", "profiles")

    def __init__(self, contract: Contract, settings: Settings) -> None:
        self.language: Language = settings.language or contract.language
        named = settings.profiles or profiles_named(contract, _known(settings)) or settings.fallback_profiles
        self.profiles = expanded(named, settings.own_profiles)
        self.checked, self.asked, self.left_out = rules_checked(settings, self.profiles)
        self.as_of = settings.as_of

    @property
    def spoken(self) -> Any:
        """What the rules are told."""
        return {
            "language": self.language, "profiles": self.profiles, "as_of": self.as_of,
            "selected": self.checked, "asked": self.asked,
        }  # fmt: skip


def lint(source: Source, settings: Settings = DEFAULT) -> Report:
    """Check one contract."""
    book = rulebook()
    contract = bind(stream(source), settings.language)
    ready = Prepared(contract, settings)
    loaded = tables()
    analysed = chain(
        contract.findings, *(analysis(contract, ready.language, loaded) for analysis in ANALYSES)
    )
    wanted = [finding for finding in analysed if finding.code in ready.checked]
    found = book.complete(wanted, contract, **ready.spoken) + book.evaluate(contract, **ready.spoken)
    findings = finished(found, contract, source, ready, settings)
    return Report(source, ready.language, findings, contract, settings.documentation, settings.as_of)


def finished(
    found: list[Finding], contract: Contract, source: Source, ready: Prepared, settings: Settings
) -> list[Finding]:
    """What is left of the findings where comments silence some, as severe as the house has it, in order."""
    findings = suppress(
        found,
        contract.pragmas,
        rulebook().rules,
        source=source,
        language=ready.language,
        checked=ready.checked,
        left_out=ready.left_out,
        profiles=_known(settings),
    )
    graded = severities(settings, ready.profiles)
    for finding in findings if graded else ():
        finding.severity = graded.get(finding.code, finding.severity)
    findings.sort(key=lambda finding: (finding.span, finding.code, finding.message))
    return findings


def _known(settings: Settings) -> tuple[str, ...]:
    """The names of all profiles."""
    return (*STANDARD, *settings.own_profiles)


def _norms(contract: Contract, language: Language, loaded: Mapping[str, Any]) -> list[Finding]:
    """Where the norms of a contract contradict each other, if it has any."""
    if not contract.norms:
        return []
    from nda_lint.analysis.norms.report import norm_contradictions

    return norm_contradictions(contract, language, loaded)


def _prose(contract: Contract, language: Language, loaded: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the prose of a contract, if it has any."""
    in_words = contract.facts("liability.liquidated_damages_in_words")
    if not in_words and not any(block.paragraphs for block in contract.blocks):
        return []
    from nda_lint.analysis.prose import prose  # a contract without prose need not load it

    return prose(contract, language, loaded)


#: What takes an algorithm, each a function of the contract, the language and the tables.
ANALYSES: tuple[Any, ...] = (references, contradictions, _norms, _prose)


@remembering(16)
def rules_checked(
    settings: Settings, profiles: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The codes to check, those of them that were asked for by name, and those left out that would have been
    checked by default."""
    book = rulebook()
    own = [settings.own_profiles[name] for name in profiles if name in settings.own_profiles]
    by_default = book.by_default(profiles)
    added = (*(word for profile in own for word in profile.extend_select), *settings.extend_select)
    checked = selected(
        book.rules,
        by_default,
        select=settings.select,
        extend_select=added,
        ignore=(*(word for profile in own for word in profile.ignore), *settings.ignore),
    )
    asked = frozenset(code for word in (*settings.select, *added) for code in matching(word, book.rules))
    return checked, asked & checked, by_default - checked


def severities(settings: Settings, profiles: tuple[str, ...]) -> dict[str, Severity]:
    """The severities that a house gives to rules, those of its profiles before the others."""
    graded = dict(settings.severities)
    for name in profiles:
        if name in settings.own_profiles:
            graded.update(settings.own_profiles[name].severities)
    return graded


def lint_bytes(data: bytes, filename: str, settings: Settings) -> Report:
    """Check the bytes of a file; those that are no UTF-8 are a finding."""
    source = source_of(data, filename, settings)
    return source if isinstance(source, Report) else lint(source, settings)


def source_of(data: bytes, filename: str, settings: Settings) -> Source | Report:
    """The text of a file, of which the bytes need not be kept; where they are no UTF-8, a report that says so."""
    try:
        return Source(decode(data), filename)
    except NotUtf8 as error:
        from nda_lint.encoding import not_utf8

        source, language, finding = not_utf8(data, filename, error, settings.language)
        return Report(source, language, [finding], None, settings.documentation)


def profiles_named(contract: Contract, known: tuple[str, ...]) -> tuple[str, ...]:
    """The profiles that the contract names in a comment; a name that is not `known` is reported elsewhere."""
    words = [
        word.lower() for pragma in contract.pragmas if pragma.kind == "profile" for word, _ in pragma.rules
    ]
    return tuple(word for word in words if word in known)
