"""The pipeline: from the text of a contract to all that is to be said about it."""

from __future__ import annotations

from functools import lru_cache

from nda_lint.analysis.references import references
from nda_lint.bind import bind
from nda_lint.encoding import not_utf8
from nda_lint.parse import stream
from nda_lint.rulebook import builtin
from nda_lint.selection import PROFILES, require_known, selected
from nda_lint.source import NotUtf8, Source, decode
from nda_lint.suppress import suppress
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language


class Settings:
    """What to check, and in which language to speak."""

    __slots__ = ("as_of", "extend_select", "ignore", "language", "profiles", "select")

    def __init__(
        self,
        *,
        select: tuple[str, ...] = (),
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        profiles: tuple[str, ...] = (),
        language: Language | None = None,
        as_of: str | None = None,
    ) -> None:
        #: words for rules (see :mod:`nda_lint.selection`); `select` replaces the default set
        self.select = select
        self.extend_select = extend_select
        self.ignore = ignore
        #: names of profiles; empty: what the contract says of itself, else ``default``
        self.profiles = profiles
        #: language of messages; None: that of the contract
        self.language = language
        #: the ISO date whose law applies; None: the signing date, else today
        self.as_of = as_of

    @classmethod
    def of(cls, values: Mapping[str, Any], language: Language | None) -> Settings:
        """From the options of the command line. Raises :class:`~nda_lint.problem.UsageError`."""
        rulebook = builtin()  # loaded here, so that what is wrong with it is said once and not for each file
        for option in ("select", "extend_select", "ignore"):
            require_known(values[option], rulebook.rules, f"--{option.replace('_', '-')}")
        return cls(
            select=values["select"],
            extend_select=values["extend_select"],
            ignore=values["ignore"],
            profiles=values["profile"],
            language=language,
            as_of=values["as_of"],
        )


class Report:
    """What was found in one file, in its order; `contract` is None where nothing could be read."""

    __slots__ = ("contract", "findings", "language", "source")

    def __init__(
        self, source: Source, language: Language, findings: list[Finding], contract: Contract | None
    ) -> None:
        self.source = source
        self.language = language
        self.findings = findings
        self.contract = contract


DEFAULT = Settings()


def lint(source: Source, settings: Settings = DEFAULT) -> Report:
    """Check one contract."""
    rulebook = builtin()
    contract = bind(stream(source), settings.language)
    language = settings.language or contract.language
    profiles = settings.profiles or profiles_named(contract) or ("default",)
    checked, left_out = _selection(settings, profiles)
    spoken: Any = {"language": language, "profiles": profiles, "as_of": settings.as_of}
    read = [finding for finding in contract.findings if finding.code in checked]
    found = rulebook.complete(read, contract, **spoken)
    found += rulebook.evaluate(contract, selected=checked, **spoken)
    named = [finding for finding in references(contract, language, tables()) if finding.code in checked]
    found += rulebook.complete(named, contract, **spoken)
    findings = suppress(
        found,
        contract.pragmas,
        rulebook.rules,
        source=source,
        language=language,
        checked=checked,
        left_out=left_out,
    )
    findings.sort(key=lambda finding: (finding.span, finding.code, finding.message))
    return Report(source, language, findings, contract)


@lru_cache(maxsize=16)
def _selection(settings: Settings, profiles: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The codes to check, and those left out that would have been checked by default."""
    rulebook = builtin()
    by_default = rulebook.by_default(profiles)
    checked = selected(
        rulebook.rules,
        by_default,
        select=settings.select,
        extend_select=settings.extend_select,
        ignore=settings.ignore,
    )
    return checked, by_default - checked


def lint_bytes(data: bytes, filename: str, settings: Settings) -> Report:
    """Check the bytes of a file; those that are no UTF-8 are a finding."""
    try:
        source = Source(decode(data), filename)
    except NotUtf8 as error:
        source, language, finding = not_utf8(data, filename, error, settings.language)
        return Report(source, language, [finding], None)
    return lint(source, settings)


def profiles_named(contract: Contract) -> tuple[str, ...]:
    """The profiles that the contract names in a comment; a name that there is not is reported elsewhere."""
    words = [
        word.lower() for pragma in contract.pragmas if pragma.kind == "profile" for word, _ in pragma.rules
    ]
    return tuple(word for word in words if word in PROFILES)
