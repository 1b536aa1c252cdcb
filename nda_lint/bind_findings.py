"""What the parser and the binder have to say → findings, in the words of a language."""

from __future__ import annotations

from nda_lint.describe import (
    alternatives,
    expected_terminals,
    expected_values,
    field_name,
    kind_name,
    other_kinds,
    some,
)
from nda_lint.finding import Finding, Related
from nda_lint.messages import message
from nda_lint.rulebook import rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Language
    from nda_lint.syntax import Diagnostic


class Teller:
    """Tells what is wrong with one contract; `schema` are the kinds of blocks with their keys."""

    def __init__(self, contract: Contract, schema: Mapping[str, Any], language: Language) -> None:
        self.contract = contract
        self.schema = schema
        self.language = language

    def findings(self, said: list[Diagnostic]) -> list[Finding]:
        """What was said, in the order of the text."""
        found = [self._finding(diagnostic) for diagnostic in _each_party_once(said)]
        found.sort(key=lambda finding: finding.span)
        return found

    def _finding(self, diagnostic: Diagnostic) -> Finding:
        code = diagnostic.code
        rule = rulebook().head(code)
        if rule is None:
            raise KeyError(code)
        values = {name: self._show(name, value) for name, value in diagnostic.values.items()}
        if diagnostic.template in ("unknown_clause", "clause_without_kind"):
            values["kinds"] = some(
                [kind_name(kind, self.language) for kind in self._clause_kinds()], self.language
            )
        elif diagnostic.template == "unknown_key":
            kind = str(diagnostic.values["kind"])
            keys = [field_name(f"{kind}.{key}", self.language) for key in self.schema[kind]["fields"]]
            values["keys"] = some(keys, self.language)
        elif diagnostic.template == "undeclared_party":
            values["parties"] = some([str(party.name) for party in self.contract.parties], self.language)
        elif diagnostic.template in ("no_value", "wrong_type"):
            field = str(diagnostic.values["field"])
            values["expected"] = expected_values(field, self.language, diagnostic.values.get("near"))
        also = message("also_here", self.language, {})
        # Definitions are read before all else, so the first place was not always found first.
        first, *others = sorted((diagnostic.span, *diagnostic.related))
        return Finding(
            code, rule["name"], rule["severity"],
            message(diagnostic.template, self.language, values), first,
            related=tuple(Related(also, span) for span in others),
        )  # fmt: skip

    def _clause_kinds(self) -> list[str]:
        return [kind for kind in self.schema if kind not in ("agreement", "party", "annex")]

    def _show(self, name: str, value: object) -> object:
        if name == "expected" and isinstance(value, list):
            return expected_terminals(value, self.language)
        if name == "near" and isinstance(value, list):
            return alternatives([f"“{word}”" for word in value], self.language)
        if name == "field":
            return field_name(str(value), self.language)
        if name == "elsewhere" and isinstance(value, frozenset):
            return other_kinds(value, self.language)
        if name == "kind":
            return kind_name(str(value), self.language)
        if name == "found":
            return _shortened(str(value))
        return value


def _each_party_once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """A party that is not declared is one trouble, be it in a fact or in a sentence."""
    kept: list[Diagnostic] = []
    parties: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        first = diagnostic
        if diagnostic.code == "NDA007":
            first = parties.setdefault(str(diagnostic.values.get("found")), diagnostic)
        if first is diagnostic:
            kept.append(diagnostic)
        else:
            first.related += [diagnostic.span, *diagnostic.related]
    return kept


def _shortened(text: str, most: int = 60) -> str:
    """Text fit for a message: one line, nothing invisible, not too long."""
    visible = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in text)
    return visible if len(visible) <= most else f"{visible[: most - 1]}…"
