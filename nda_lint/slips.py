"""Slips that a person makes in a line, and that are said better than by what the grammar expected there."""

from __future__ import annotations

from itertools import pairwise

from nda_lint.lexer import Atom, atoms_of, joined, normalise
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: more atoms than a key has
_LONGEST_KEY = 24
#: letters of a word that a space was lost before or after
_SHORTEST_WORD = 2


def with_colon(atoms: list[Atom], keys: Mapping[str, str]) -> tuple[list[Atom], int] | None:
    """A line that begins with a key and has no colon, with one put in behind the key and the name in quotation
    marks, if any; and how many atoms stand before it. None where it is no such line."""
    for length in range(min(_LONGEST_KEY, len(atoms) - 1), 0, -1):
        if joined(atoms[:length]) in keys:
            named = length + 1 < len(atoms) and atoms[length][0] == "s"
            place = length + named
            end = atoms[place - 1][2]
            return [*atoms[:place], ("p", end, end, ":"), *atoms[place:]], place
    return None


def second_fact(atoms: list[Atom], keys: Mapping[str, str]) -> int | None:
    """Where in a line, which has a colon, a second fact begins: a key before a further colon, with a name in
    quotation marks between them or not. None where there is none."""
    colons = [index for index, atom in enumerate(atoms) if atom[0] == "p" and atom[3] == ":"]
    for before, colon in pairwise(colons):
        end = colon - 1 if atoms[colon - 1][0] == "s" else colon
        for first in range(max(before + 2, end - _LONGEST_KEY), end):
            apart = atoms[first][1] > atoms[first - 1][2] or atoms[first - 1][3] == ","
            if apart and joined(atoms[first:end]) in keys:
                return first
    return None


def with_space(
    text: str, atoms: list[Atom], index: int, is_known: Callable[[str], bool]
) -> Iterator[list[Atom]]:
    """The atoms of an English line with a space put into the word at `index`, or moved between it and the next, where
    words come of it that are known."""
    start, end = atoms[index][1], atoms[index][2]
    inside = range(start + _SHORTEST_WORD, end - _SHORTEST_WORD + 1)
    for middle in inside:
        parts = [*atoms_of(text[start:middle], start), *atoms_of(text[middle:end], middle)]
        if _are_known(parts, is_known):
            yield [*atoms[:index], *parts, *atoms[index + 1 :]]
    if index + 1 < len(atoms) and atoms[index + 1][0] == "w" and atoms[index + 1][1] == end + 1:
        stop = atoms[index + 1][2]
        letters = text[start:end] + text[end + 1 : stop]
        for length in (end - start - 1, end - start + 1):
            words = f"{letters[:length]} {letters[length:]}"
            parts = _moved(words, start, stop)
            if _SHORTEST_WORD <= length <= len(letters) - _SHORTEST_WORD and _are_known(parts, is_known):
                yield [*atoms[:index], *parts, *atoms[index + 2 :]]


def _are_known(parts: list[Atom], is_known: Callable[[str], bool]) -> bool:
    return all(kind != "w" or is_known(word) for kind, _start, _end, word in parts)


def _moved(words: str, start: int, stop: int) -> list[Atom]:
    """The atoms of two words that together take the place of two others."""
    return [(kind, start + begin, min(start + end, stop), word) for kind, begin, end, word in atoms_of(words)]


def without_second_colon(atoms: list[Atom]) -> tuple[list[Atom], Atom | None]:
    """A fact without a second colon right behind the first, and that colon."""
    for first, second in pairwise(atoms):
        if first[0] == second[0] == "p" and first[3] == second[3] == ":":
            return [atom for atom in atoms if atom is not second], second
    return atoms, None


def kinds_of_key(phrase: str, kind: str) -> frozenset[str]:
    """The blocks other than those of `kind` that have a key."""
    keys = tables()["lexicon"]["keys"]
    return frozenset(other for other in keys if other != kind and phrase in keys[other])


def as_written(phrase: str) -> str:
    """An English phrase of the lexicon as the table of names has it: chinese is Chinese there."""
    if not phrase.isascii():
        return phrase
    last = phrase.rpartition(" ")[2]
    # Articles are no part of a phrase: "half a" is found by "half".
    ends = (last, f"{last} a", f"{last} an", f"{last} the")
    for small, name in _english_names():
        if last in small and small.endswith(ends) and joined(atoms_of(normalise(name))) == phrase:
            return name
    return phrase


#: a table of names, and the names in it, in small letters and as they are written
_last_names: list[tuple[object, list[tuple[str, str]]]] = []


def _english_names() -> list[tuple[str, str]]:
    table = tables()["names"]["en"]
    if not _last_names or _last_names[0][0] is not table:
        every = (name for words in table.values() for names in words.values() for name in names)
        _last_names[:] = [(table, [(name.lower(), name) for name in every])]
    return _last_names[0][1]
