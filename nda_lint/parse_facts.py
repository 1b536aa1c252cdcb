"""Lines ``key: value`` → syntax."""

from __future__ import annotations

from nda_lint.driver import Failure, Node, run
from nda_lint.lexer import Atom, Lexer, joined, words_of_key
from nda_lint.parse_statement import MOST_REPAIRED, StatementReader
from nda_lint.patterns import pattern
from nda_lint.remember import remembering
from nda_lint.spelling import nearest
from nda_lint.syntax import Broken, Diagnostic, FactLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span

#: What the type of a key makes the lexer prefer.
_PREFERRED = {
    "choice": "VALUE",
    "yes_no": "YES NO",
    "person": "PERSON NAME",
    "thing": "OBJECT GRADED",
    "clause": "KIND",
    "moment": "EVENT",
    "duration": "DURATION_WORD EVENT",
    "grade": "GRADE",
    "frequency": "FREQUENCY_WORD COUNT",
}
#: 10.000,00, as the continent writes ten thousand
_CONTINENTAL = pattern(r"\d{1,3}(?:\.\d{3})+,\d{2}(?!\d)")
_EXCHANGED = str.maketrans(".,", ",.")
_MODALS = frozenset(("MUST", "MUST_NOT", "MAY"))
#: what a sum given again in parentheses is made of, besides the words that say it is
_OF_SUMS = frozenset(("CURRENCY", "NUMBER", "UNIT", "IGNORED"))
_SAYS_AGAIN = frozenset(("大", "小", "写", ":"))
#: Terminals that only some keys can use as values.
_VOCABULARY = frozenset(
    [
        "KIND",
        "PERSON",
        "OBJECT",
        "GRADED",
        "EVENT",
        "PURPOSE",
        "VAGUE",
        "CIRCULAR",
        "GRADE",
        "NAME",
        "VALUE",
        "YES",
        "NO",
        "DURATION_WORD",
    ]
)


class FactReader(StatementReader):
    """Reads facts: the key, the name of whom or what it is about, and the value."""

    def _fact(self, atoms: list[Atom], span: Span, kind: str | None) -> Any:
        second = None
        if self.text.count(":", *span) > 1:
            from nda_lint.slips import without_second_colon

            atoms, second = without_second_colon(atoms)
        if second is not None:
            self.report("NDA001", "second_colon", (second[1], second[2]))
        colon = next(index for index, atom in enumerate(atoms) if atom[0] == "p" and atom[3] == ":")
        atoms, colon, stray = self._without_stray(atoms, colon, kind)
        named = colon > 0 and atoms[colon - 1][0] == "s"
        key_atoms = atoms[: colon - 1 if named else colon]
        name = atoms[colon - 1][3] if named else None
        name_span = (atoms[colon - 1][1], atoms[colon - 1][2]) if named else None
        if not key_atoms:
            self.report("NDA001", "no_key", (atoms[colon][1], atoms[colon][2]))
            return Broken(None, span)
        key_span = (key_atoms[0][1], key_atoms[-1][2])
        if not named and self._has_modal(key_atoms, kind):
            self.report("NDA001", "colon_in_sentence", (atoms[colon][1], atoms[colon][2]))
            return Broken(None, span)
        slip = _CONTINENTAL.search(self.text, atoms[colon][2], atoms[-1][2])
        if slip:
            written = slip[0].translate(_EXCHANGED)
            self.report("NDA004", "continental_sum", slip.span(), found=slip[0], written=written)
            return Broken(self._guess_key(atoms, kind), span)
        self.doubtful = stray or second is not None
        if kind is None:
            return Broken(None, span)
        key = self._key(key_atoms, key_span, kind)
        if key is None or "." in key:
            return Broken(key, span)
        atoms = self._without_other_number(self._without_restatement(atoms, colon + 1), span)
        value_atoms = atoms[colon + 1 :]
        value_span = (
            (value_atoms[0][1], value_atoms[-1][2]) if value_atoms else (atoms[colon][1], atoms[colon][2])
        )
        node = None
        if value_atoms:
            lexer = self._fact_lexer(atoms, f"{kind}.{key}", colon + 1, len(key_atoms))
            node = self._value(lexer, atoms)
        else:
            self.report("NDA004", "no_value", value_span, field=f"{kind}.{key}")
        return FactLine(key, key_span, name, name_span, node, value_span, self.doubtful, span)

    def _without_stray(self, atoms: list[Atom], colon: int, kind: str | None) -> tuple[list[Atom], int, bool]:
        """Leave out, and report, what stands between the name of a key and its colon."""
        name = next((index for index in range(1, colon - 1) if atoms[index][0] == "s"), None)
        if name is None or joined(atoms[:name]) not in self.lexicon["keys"].get(kind, {}):
            return atoms, colon, False
        span = (atoms[name + 1][1], atoms[colon - 1][2])
        found = self.source.text[span[0] : span[1]]
        self.report("NDA001", "unexpected", span, found=found, expected=["COLON"])
        return [*atoms[: name + 1], *atoms[colon:]], name + 1, True

    def _without_restatement(self, atoms: list[Atom], first: int) -> list[Atom]:
        """Leave out a sum that is given again in parentheses, as in 人民币壹拾万元整(¥100,000); one that differs is
        reported."""
        if self.text.find("(", atoms[0][1], atoms[-1][2]) < 0:
            return atoms
        opening = next(
            (i for i in range(first + 1, len(atoms)) if atoms[i][3] == "(" and atoms[i][0] == "p"), None
        )
        closing = next((i for i in range(opening or 0, len(atoms)) if atoms[i][3] == ")"), None)
        if opening is None or closing is None:
            return atoms
        inside = [a for a in atoms[opening + 1 : closing] if a[3] not in _SAYS_AGAIN]
        before, again = self._longest_number(atoms[first:opening]), self._longest_number(inside)
        if before is None or again is None or not self._is_sum(inside):
            return atoms
        if before != again:
            found, other = self.scanner.text_of(atoms[first:opening]), self.scanner.text_of(inside)
            self.report(
                "NDA501", "figures_differ", (atoms[first][1], atoms[closing][2]), found=found, again=other
            )
        return atoms[:opening] + atoms[closing + 1 :]

    def _has_modal(self, atoms: list[Atom], kind: str | None) -> bool:
        """Whether what stands before a colon is a sentence and no key."""
        keys = self.lexicon["keys"].get(kind, {})
        if joined(atoms) in keys or nearest(joined(atoms), keys):
            return False
        lexer = self._lexer(atoms)
        return any(
            candidate[1] in _MODALS for index in range(1, len(atoms)) for candidate in lexer.candidates(index)
        )

    def _longest_number(self, atoms: list[Atom]) -> object:
        """The number that takes most of `atoms`; of 壹拾万 its parts are numbers too."""
        lexer = self._lexer(atoms)
        numbers = [
            (after - index, number)
            for index in range(len(atoms))
            for after, terminal, number in lexer.candidates(index)
            if terminal == "NUMBER"
        ]
        return max(numbers, key=lambda number: number[0])[1] if numbers else None

    def _is_sum(self, atoms: list[Atom]) -> bool:
        lexer = self._lexer(atoms)
        terminals = {candidate[1] for index in range(len(atoms)) for candidate in lexer.candidates(index)}
        return "CURRENCY" in terminals and terminals <= _OF_SUMS

    def _key(self, atoms: list[Atom], span: Span, kind: str) -> str | None:
        keys = self.lexicon["keys"][kind]
        phrase = joined(atoms)
        key = keys.get(phrase)
        if key is not None:
            return str(key)
        near = nearest(phrase, keys)
        found = self.source.text[span[0] : span[1]]
        self.doubtful = True
        from nda_lint.slips import kinds_of_key

        elsewhere = frozenset() if near else kinds_of_key(phrase, kind)
        if elsewhere:
            kinds = self._report_elsewhere(found, span, kind, elsewhere)
            return " ".join(f"{other}.{self.lexicon['keys'][other][phrase]}" for other in sorted(kinds))
        template = "unknown_key_near" if near else "unknown_key"
        self.report("NDA003", template, span, once=f"{kind} {phrase}", found=found, near=near, kind=kind)
        return str(keys[near]) if near else None

    def _report_elsewhere(self, found: str, span: Span, kind: str, kinds: frozenset[str]) -> frozenset[str]:
        """Report a key that is one of other `kinds`; where the key before was too, their common header is lost, and
        they are one trouble. Which kinds are meant."""
        self.said += 1
        lost = self.lost_header
        common = kinds & lost.values["elsewhere"] if lost is not None else None  # type: ignore[operator]
        if lost is None or not common:
            values: dict[str, object] = {"found": found, "kind": kind, "elsewhere": kinds}
            self.lost_header = Diagnostic("NDA003", "key_elsewhere", values, span, [])
            self.diagnostics.append(self.lost_header)
            return kinds
        lost.values["elsewhere"] = common
        lost.related.append(span)
        return common

    def _fact_lexer(self, atoms: list[Atom], field: str, value_from: int, key_length: int) -> Lexer:
        kind, _, key = field.partition(".")
        types = self.kinds[kind]["fields"][key]["types"]
        mode = "words" if "item" in types else "raw" if "identifier" in types else ""
        values, longest_values = words_of_key(self.lexicon, field)
        lexer = self._lexer(
            atoms,
            values=values,
            longest_values=longest_values,
            mode=mode,
            preferred=_preferred(types),
        )
        lexer.value_from = value_from
        lexer.patches[0] = (key_length, "KEY", key)
        return lexer

    def _value(self, lexer: Lexer, atoms: list[Atom]) -> Node | None:
        table = self.grammar["statement"]
        result = run(table, "fact", lexer)
        if isinstance(result, Failure):
            self.repaired += 1
            if self.repaired <= MOST_REPAIRED:
                failure = result
                result, repairs = self._repaired(table, "fact", lexer, failure)
                several = all(repair.kind == "ungraded" for repair in repairs)
                if isinstance(result, Node) and (len(repairs) == 1 or several) and _fits(repairs[0], lexer):
                    for repair in repairs:
                        self._report_value_repair(lexer, repair)
                else:
                    # The binder knows what the key wants, and says it better.
                    lexer.patches = {0: lexer.patches[0]}
                    lexer.forget()
                    result = failure
            if isinstance(result, Failure):
                result = self._value_as_words(lexer, result)
        if isinstance(result, Node):
            self._trailing_separator(atoms)
            return result.node("value")
        self._report_failure(lexer, result)
        return None

    def _report_value_repair(self, lexer: Lexer, repair: Any) -> None:
        self.doubtful = True
        if repair.kind != "respelt" or repair.candidate[1] == "NAME":
            self._report_repair(lexer, repair)
            return
        atoms = lexer.atoms
        span = (atoms[repair.first][1], atoms[repair.last - 1][2])
        found = self.source.text[span[0] : span[1]]
        near = self._as_declared(str(repair.suggestion))
        self.report("NDA004", "unknown_word_near", span, once=found, found=found, near=near)

    def _value_as_words(self, lexer: Lexer, failure: Failure) -> Node | Failure:
        """Keep each item that does not parse as plain words; the binder says what is wrong with it."""
        result: Node | Failure = failure
        for _trial in range(len(lexer.atoms)):
            if isinstance(result, Node):
                return result
            at = min(result.index, len(lexer.atoms) - 1)
            first = max(at, lexer.value_from)
            while first > lexer.value_from and lexer.atoms[first - 1][3] != ",":
                first -= 1
            last = at
            while last < len(lexer.atoms) and lexer.atoms[last][3] != ",":
                last += 1
            if first in lexer.patches or last == first:
                return result
            lexer.patches[first] = (last, "WORDS", lexer.text_of(first, last))
            lexer.forget()
            result = run(self.grammar["statement"], "fact", lexer)
        return result


@remembering(256)
def _preferred(types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(_PREFERRED.get(type_, "") for type_ in types).split())


def _fits(repair: Any, lexer: Lexer) -> bool:
    """Whether the word meant is one that the key can use."""
    terminal = repair.candidate[1]
    if repair.kind == "ungraded":
        return terminal in lexer.preferred
    return repair.kind == "respelt" and (terminal not in _VOCABULARY or terminal in lexer.preferred)
