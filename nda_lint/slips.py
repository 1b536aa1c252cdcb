"""Slips that a person makes in a line, and that are said better than by what the grammar expected there."""

from __future__ import annotations

from itertools import pairwise

from nda_lint.lexer import Atom, atoms_of, joined, normalise
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: more atoms than a key has
_LONGEST_KEY = 24


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
    for words in tables()["names"]["en"].values():
        for names in words.values():
            for name in names:
                if last in name.lower() and joined(atoms_of(normalise(name))) == phrase:
                    return str(name)
    return phrase
