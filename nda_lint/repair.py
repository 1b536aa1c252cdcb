"""Reading on where a statement is misspelt.

Where the parser stops, the words near the place are compared with those it could have used; the
repair with which it gets furthest is taken and reported. A name that nobody declared is kept as
it stands. Nothing is guessed silently: each repair is one finding.
"""

from __future__ import annotations

from nda_lint.driver import END, Failure, Node, run
from nda_lint.nearby import nearby
from nda_lint.spelling import (
    MOST_TOLERATED,
    SHORTEST_PART,
    distance,
    half_alike,
    looks_like_party,
    other_word,
    tolerance,
)
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.lexer import Candidate, Lexer, Names

_MOST_TRIALS = 24
_MOST_SUGGESTED = 3
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


def run_with_repairs(
    table: dict[str, Any], start: str, lexer: Lexer, failure: Failure, names: Names, words: dict[str, Any]
) -> tuple[Node | Failure, list[Repair]]:
    """Repair where parsing has ended with `failure`, and parse again. `words` is the lexicon (phrase → classes).

    Returns the tree, or the last failure, with the repairs that were made on the way.
    """
    result: Node | Failure = failure
    repairs: list[Repair] = []
    while isinstance(result, Failure) and len(repairs) < _MOST_REPAIRS:
        best: tuple[float, Repair, Node | Failure] | None = None
        for repair in _candidates(lexer, result, names, words)[:_MOST_TRIALS]:
            if best is not None and len(lexer.atoms) + 1 - repair.cost <= best[0]:
                break  # Not even the end of the statement is worth so much, and the others cost no less.
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
        lexer.patch(repair.first, repair.candidate)
        repairs.append(repair)
    if isinstance(result, Failure):
        for repair in repairs:
            lexer.patch(repair.first, None)
    return result, repairs


def _try(table: dict[str, Any], start: str, lexer: Lexer, repair: Repair) -> Node | Failure:
    lexer.patch(repair.first, repair.candidate)
    result = run(table, start, lexer)
    lexer.patch(repair.first, None)
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
        runs.append((key, last, len(key)))
    if not runs:
        return []
    found: list[Repair] = []
    keys = [key for key, _last, _length in runs]
    for word, entries, edits_allowed in _worth_comparing(lexer, keys, names, words):
        usable = entries if wanted is None else [entry for entry in entries if entry[0] in wanted]
        if not usable:
            continue
        shortest, longest = len(word) - edits_allowed, len(word) + edits_allowed
        for key, last, length in runs:
            if length < shortest or length > longest or key == "," or other_word(key, word):
                continue
            edits = distance(key, word, edits_allowed)
            if 0 < edits <= edits_allowed and _may_be_meant(key, word, edits, usable):
                for terminal, identifier in usable:
                    candidate = (last, terminal, identifier)
                    found.append(Repair(first, last, candidate, edits / 2, "respelt", word))
    if not found and wanted is not None and len(runs) >= SHORTEST_PART:
        return _half_right(lexer, first, runs[SHORTEST_PART - 1], wanted, names, words)
    return found


def _worth_comparing(
    lexer: Lexer, keys: list[str], names: Names, words: dict[str, Any]
) -> Iterator[tuple[str, Any, int]]:
    """The words that may be meant by one of `keys`, each of which begins with the one before it, and some others;
    with the edits that are tolerated."""
    yield from nearby(words).near(keys)
    lengths = {len(key) + more for key in keys for more in range(-MOST_TOLERATED, MOST_TOLERATED + 1)}
    letters = frozenset(keys[-1])
    # A word such as ", notwithstanding" has its comma before it.
    after_comma = keys[0][0] == ","
    for word, entries in lexer.own_vocabulary(names, lengths):
        if (word[0] == ",") == after_comma:
            edits_allowed = tolerance(word.removeprefix(","))
            # A letter that is in none of the keys takes an edit of its own.
            if edits_allowed and len(set(word).difference(letters)) <= edits_allowed:
                yield word, entries, edits_allowed


def _agreed(halves: list[Repair]) -> list[Repair]:
    """One of two characters is enough where all words that share it mean one thing."""
    if len({repair.candidate[2] for repair in halves}) != 1:
        return []
    return [min(halves, key=lambda repair: repair.candidate[1] != "ACTION")]


def _half_right(
    lexer: Lexer,
    first: int,
    pair: tuple[str, int, int],
    wanted: set[str],
    names: Names,
    words: dict[str, Any],
) -> list[Repair]:
    """Two Chinese characters read as the words that have one of them."""
    found, last, length = pair
    if length != SHORTEST_PART or found.isascii() or found in tables()["lexicon"]["words"]:
        return []  # 可以 is a word, and no slip of the pen in 可行
    halves: list[Repair] = []
    for word, usable in _sharing_a_half(lexer, found, wanted, names, words):
        halves += [Repair(first, last, (last, *entry), 1, "respelt", word) for entry in usable]
    return _agreed(halves)


def _sharing_a_half(
    lexer: Lexer, found: str, wanted: set[str], names: Names, words: dict[str, Any]
) -> Iterator[tuple[str, list[Any]]]:
    """The words of two Chinese characters that may be meant by two others, one of which they share, with what of
    each of them is `wanted`."""
    for word, entries in (*nearby(words).half_alike(found), *lexer.own_vocabulary(names, {SHORTEST_PART})):
        if half_alike(found, word):
            usable = [entry for entry in entries if entry[0] in wanted]
            if usable and _may_be_meant(found, word, 1, usable):
                yield word, usable


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
    if len(found) < SHORTEST_PART:
        return False
    # 三方 is not 第三方, nor 向第三方.
    terminals = {terminal for terminal, _identifier in entries}
    if "PERSON" in terminals or (terminals & _MODALS and _NEGATIONS.intersection(found)):
        return len(found) == len(word) > SHORTEST_PART
    return not ("NAME" in terminals and len(found) != len(word))


def alike_at(
    lexer: Lexer, index: int, expected: Iterable[str], names: Names, words: dict[str, Any]
) -> list[str]:
    """The words of two Chinese characters that could stand at atom `index` and share one with what stands
    there, if they are few: one slip of the pen in 批露 may have been made in 批准 or in 披露."""
    if index + 1 >= len(lexer.atoms) or lexer.atoms[index][0] != "c":
        return []
    found = lexer.key(index, index + 2)
    near: dict[object, str] = {}
    if len(found) == SHORTEST_PART:
        for word, usable in _sharing_a_half(lexer, found, set(expected), names, words):
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
