"""Reading on where a statement is misspelt.

Where the parser stops, the words near the place are compared with those it could have used; the
repair with which it gets furthest is taken and reported. A name that nobody declared is kept as
it stands. Nothing is guessed silently: each repair is one finding.
"""

from __future__ import annotations

from nda_lint.driver import END, Failure, Node, run
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.lexer import Candidate, Lexer, Names

#: More edits than this never lie between a misspelling and the word that is meant.
MOST_TOLERATED = 2
_MOST_TRIALS = 24
_SHORTEST_PART = 2
_MOST_SUGGESTED = 3
#: Shorter words (for, her, and) are too near to each other.
_SHORTEST_ENGLISH = 4
_MOST_REPAIRS = 2
_LONGEST_ENGLISH = 4
_LONGEST_CHINESE = 8
_LONGEST_GRADE = 5


class Repair:
    """Atoms `first` to `last` read as `candidate`; `suggestion` is the word meant, or None."""

    __slots__ = ("candidate", "cost", "first", "kind", "last", "suggestion")

    def __init__(
        self, first: int, last: int, candidate: Candidate, cost: float, kind: str, suggestion: str | None
    ) -> None:
        self.first = first
        self.last = last
        self.candidate = candidate
        self.cost = cost
        #: ``respelt``, ``undeclared`` (a party) or ``ungraded`` (information of a grade that is not declared)
        self.kind = kind
        self.suggestion = suggestion


def distance(left: str, right: str, most: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words; `most` + 1 if more."""
    if left == right:
        return 0
    # Every letter that only one of them has takes an edit of its own: most words are ruled out so.
    if abs(len(left) - len(right)) > most or len(set(left).difference(right)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return last[-1]


def tolerance(word: str) -> int:
    """How many edits may lie between a misspelling and `word` for it to be meant."""
    shortest = _SHORTEST_ENGLISH if word.isascii() else 2
    return 0 if len(word) < shortest else 1 if len(word) < 6 else MOST_TOLERATED


def _other_word(left: str, right: str) -> bool:
    """Two Chinese words of two characters that share one are two words (甲方, 各方), not one misspelt, and so are two
    names of countries or states (德国法律, 中国法律)."""
    if len(left) != len(right) or left.isascii():
        return False
    if len(left) == 2:
        return left != right[::-1]
    return any(
        one != other and left[index + 1 : index + 2] == right[index + 1 : index + 2] in ("国", "州", "省")
        for index, (one, other) in enumerate(zip(left, right, strict=True))
    )


def nearest(word: str, known: Any) -> str | None:
    """The word of `known` nearest to `word`, if near enough; else the only one that contains it, or that shares
    one of its two Chinese characters."""
    best: tuple[int, str] | None = None
    for candidate in known:
        most = tolerance(candidate)
        if abs(len(candidate) - len(word)) > most or _other_word(word, candidate):
            continue
        edits = distance(word, candidate, most)
        # Of two equally near words the longer one: letters are lost more often than added.
        if edits <= most and (best is None or (edits, -len(candidate)) < (best[0], -len(best[1]))):
            best = (edits, candidate)
    if best is None and len(word) >= _SHORTEST_PART:
        if looks_like_party(word):
            return None  # 甲方 is another than 乙方
        alike = [c for c in known if (word in c if len(word) > _SHORTEST_PART else _half_alike(word, c))]
        return alike[0] if len(alike) == 1 else None
    return best[1] if best else None


def _half_alike(left: str, right: str) -> bool:
    """Whether two Chinese words of two characters have one of them in its place: 批露, 披露."""
    return (
        len(left) == len(right) == _SHORTEST_PART
        and (left[0] == right[0]) != (left[1] == right[1])
        and (not left.isascii())
    )


def run_with_repairs(
    table: dict[str, Any], start: str, lexer: Lexer, names: Names, words: dict[str, Any]
) -> tuple[Node | Failure, list[Repair]]:
    """Parse; where that fails, repair and parse again. `words` is the lexicon (phrase → classes).

    Returns the tree, or the last failure, with the repairs that were made on the way.
    """
    result = run(table, start, lexer)
    repairs: list[Repair] = []
    while isinstance(result, Failure) and len(repairs) < _MOST_REPAIRS:
        best: tuple[float, Repair, Node | Failure] | None = None
        for repair in _candidates(lexer, result, names, words)[:_MOST_TRIALS]:
            trial = _try(table, start, lexer, repair)
            progress = len(lexer.atoms) + 1 if isinstance(trial, Node) else trial.index
            if progress <= repair.last and isinstance(trial, Failure):
                continue
            score = progress - repair.cost
            if best is None or score > best[0]:
                best = (score, repair, trial)
        if best is None:
            break
        _score, repair, result = best
        lexer.patches[repair.first] = repair.candidate
        lexer.forget()
        repairs.append(repair)
    if isinstance(result, Failure):
        for repair in repairs:
            lexer.patches.pop(repair.first, None)
        lexer.forget()
    return result, repairs


def _try(table: dict[str, Any], start: str, lexer: Lexer, repair: Repair) -> Node | Failure:
    lexer.patches[repair.first] = repair.candidate
    lexer.forget()
    result = run(table, start, lexer)
    del lexer.patches[repair.first]
    lexer.forget()
    return result


def _candidates(lexer: Lexer, failure: Failure, names: Names, words: dict[str, Any]) -> list[Repair]:
    """Repairs at the place of failure and at the token before it, the cheapest first."""
    expected = set(failure.expected) - {END}
    repairs: list[Repair] = []
    for first in dict.fromkeys((failure.index, failure.last)):
        if first >= len(lexer.atoms) or lexer.atoms[first][0] in "su" or first in lexer.patches:
            continue
        wanted = expected if first == failure.index else None
        repairs += _respellings(lexer, first, wanted, names, words)
    if "NAME" in expected and failure.index < len(lexer.atoms) and _may_be_name(lexer, failure):
        repairs += _undeclared(lexer, failure.index)
    if failure.last < len(lexer.atoms) and failure.last not in lexer.patches:
        start = lexer.atoms[failure.last][1]
        if failure.last != failure.index and looks_like_party(lexer.text[start : start + 2]):
            repairs += _undeclared(lexer, failure.last)[1:2]  # 甲方, where 甲 is declared
    if failure.index < len(lexer.atoms):
        repairs += _ungraded(lexer, failure.index) or _ungraded(lexer, failure.last)
    # Of two that cost the same, the one that takes in more: "consent in writting" is more than "in writting".
    repairs.sort(key=lambda repair: (repair.cost, repair.first - repair.last))
    return repairs


#: What stands before a person; elsewhere an unknown word is rather a misspelt or unknown thing.
_BEFORE_PERSONS = frozenset(
    ("TO", "WITH", "FROM", "SINCE", "ONLY", "MUST_NOT", "REFERENCE", "WITHOUT", "WITH_CONSENT_OF", "UNLESS", "IF",
     "ONLY_IF")
)  # fmt: skip
#: 丙方 is a party, if one that is not declared.
_PARTY_STEMS = frozenset("甲乙丙丁戊己庚辛")


def looks_like_party(text: str) -> bool:
    """Whether `text` is what a party is called in a Chinese contract: 甲方."""
    return len(text) == 2 and text[0] in _PARTY_STEMS and text[1] == "方"


def _may_be_name(lexer: Lexer, failure: Failure) -> bool:
    """Whether an unknown word is likely to be somebody's name: a capital, or a place for a person."""
    if failure.index == 0:
        return True
    before = {candidate[1] for candidate in lexer.candidates(failure.last)}
    if before & _BEFORE_PERSONS:
        return True
    start = lexer.atoms[failure.index][1]
    return lexer.text[start].isupper() or looks_like_party(lexer.text[start : start + 2])


def _respellings(
    lexer: Lexer, first: int, wanted: set[str] | None, names: Names, words: dict[str, Any]
) -> list[Repair]:
    atoms = lexer.atoms
    most = _LONGEST_CHINESE if atoms[first][0] == "c" else _LONGEST_ENGLISH
    runs = []
    for last in range(first + 1, min(first + most, len(atoms)) + 1):
        if atoms[last - 1][0] in "surb" or atoms[last - 1][3] == ":":
            break
        key = lexer.key(first, last)
        runs.append((key, last, frozenset(key)))
    # A word such as ", notwithstanding" has its comma before it.
    after_comma = atoms[first][3] == ","
    lengths = {len(key) + more for key, _, _ in runs for more in range(-MOST_TOLERATED, MOST_TOLERATED + 1)}
    letters = frozenset[str]().union(*(in_run for _, _, in_run in runs))
    found: list[Repair] = []
    halves: list[Repair] = []
    for word, entries in lexer.vocabulary(words, names):
        if len(word) not in lengths:
            continue
        edits_allowed = tolerance(word.removeprefix(","))
        # A letter that is in none of the runs takes an edit of its own: most words are ruled out so.
        if (
            not edits_allowed
            or (word[0] == ",") != after_comma
            or len(set(word).difference(letters)) > edits_allowed
        ):
            continue
        usable = [entry for entry in entries if wanted is None or entry[0] in wanted]
        if usable and wanted is not None:
            halves += _half_right(first, runs, word, usable)
        for key, last, in_run in runs if usable else ():
            if abs(len(key) - len(word)) > edits_allowed or _other_word(key, word) or key == ",":
                continue
            if len(in_run.difference(word)) > edits_allowed:
                continue
            edits = distance(key, word, edits_allowed)
            if 0 < edits <= edits_allowed and _may_be_meant(key, word, edits, usable):
                for terminal, identifier in usable:
                    candidate = (last, terminal, identifier)
                    found.append(Repair(first, last, candidate, edits / 2, "respelt", word))
    return found or _agreed(halves)


def _agreed(halves: list[Repair]) -> list[Repair]:
    """One of two characters is enough where all words that share it mean one thing."""
    if len({repair.candidate[2] for repair in halves}) != 1:
        return []
    return [min(halves, key=lambda repair: repair.candidate[1] != "ACTION")]


def _half_right(first: int, runs: list[Any], word: str, usable: list[Any]) -> list[Repair]:
    """Two Chinese characters read as a word that has one of them."""
    if len(runs) < _SHORTEST_PART:
        return []
    found, last, _letters = runs[_SHORTEST_PART - 1]
    if found in tables()["lexicon"]["words"] or not _half_alike(found, word):
        return []  # 可以 is a word, and no slip of the pen in 可行
    if not _may_be_meant(found, word, 1, usable):
        return []
    return [Repair(first, last, (last, *entry), 1, "respelt", word) for entry in usable]


_MODALS = frozenset(("MUST", "MUST_NOT", "MAY", "MAY_ONLY"))
_NEGATIONS = frozenset("不无未非勿莫")
_SAFE_NEGATION = 6
_ENGLISH_NEGATIONS = frozenset(
    ("not", "no", "never", "without", "unless", "neither", "nor", "refrain", "refuse")
)


def _may_be_meant(found: str, word: str, edits: int, entries: list[Any]) -> bool:
    """A guess must not turn a duty into its opposite, nor drop a word that says something."""
    if _NEGATIONS.intersection(found) != _NEGATIONS.intersection(word):
        return False
    if found.isascii():
        before, after = (_ENGLISH_NEGATIONS.intersection(each.strip(",").split()) for each in (found, word))
        # "unlses" is nothing but "unless"; "now" may be more than "not".
        negated = before == {each for each in after if len(each) < _SAFE_NEGATION or each in before}
        numbered = any(character.isdigit() for character in found)
        return negated and not numbered and (edits < MOST_TOLERATED or found[0] == word[0])
    if len(found) < _SHORTEST_PART:
        return False
    # 三方 is not 第三方, nor 向第三方.
    terminals = {terminal for terminal, _identifier in entries}
    if "PERSON" in terminals or (terminals & _MODALS and _NEGATIONS.intersection(found)):
        return len(found) == len(word) > _SHORTEST_PART
    return not ("NAME" in terminals and len(found) != len(word))


def half_alike(
    lexer: Lexer, index: int, expected: Iterable[str], names: Names, words: dict[str, Any]
) -> list[str]:
    """The words of two Chinese characters that could stand at atom `index` and share one with what stands
    there, if they are few: one slip of the pen in 批露 may have been made in 批准 or in 披露."""
    if index + 1 >= len(lexer.atoms) or lexer.atoms[index][0] != "c":
        return []
    found = lexer.key(index, index + 2)
    wanted = set(expected)
    near: dict[object, str] = {}
    for word, entries in lexer.vocabulary(words, names):
        if _half_alike(found, word):
            usable = [entry for entry in entries if entry[0] in wanted]
            if usable and _may_be_meant(found, word, 1, usable):
                near.setdefault(usable[0][1], word)
    return list(near.values()) if len(near) <= _MOST_SUGGESTED else []


def _ungraded(lexer: Lexer, first: int) -> list[Repair]:
    """Unknown words before "information" may be a grade that is not declared: core information."""
    atoms = lexer.atoms
    kind = atoms[first][0]
    if kind not in "wc" or first in lexer.patches:
        return []
    for last in range(first + 1, min(first + _LONGEST_GRADE, len(atoms))):
        if atoms[last - 1][0] != kind:
            break
        for language, suffix, identifier in tables()["lexicon"]["graded"]:
            end = last + (1 if language == "en" else len(suffix))
            if (language == "zh") == (kind == "c") and lexer.key(last, end) == suffix:
                name = lexer.text_of(first, last)
                return [Repair(first, end, (end, "GRADED", (identifier, name)), 2, "ungraded", None)]
    return []


def _undeclared(lexer: Lexer, first: int) -> list[Repair]:
    """Any run of letters at the place of a name may be the name of somebody who was not declared."""
    atoms = lexer.atoms
    kind = atoms[first][0]
    if kind not in "wc":
        return []
    most = _LONGEST_CHINESE if kind == "c" else 1
    repairs = []
    for last in range(first + 1, min(first + most, len(atoms)) + 1):
        if atoms[last - 1][0] != kind:
            break
        text = lexer.text_of(first, last)
        if _NEGATIONS.intersection(text):
            break
        cost = 0.4 if looks_like_party(text) else 1.5 + last - first
        repairs.append(Repair(first, last, (last, "NAME", text), cost, "undeclared", None))
    return repairs
