"""Conditions as lists of branches, each a set of atoms that must hold and of atoms that must not, with bounds on time.

An atom is a word or a quoted text of somebody. Its mask holds its own bit and those of all that it is a kind of, so
that a branch contradicts another where what the one demands is among what the other forbids.
"""

from __future__ import annotations

from itertools import product

from nda_lint.analysis.norms.clock import ENDED, IN_FORCE, opposite
from nda_lint.analysis.norms.universe import bits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from nda_lint.analysis.norms.clock import Bound
    from nda_lint.contract import Condition, ConditionAtom

    #: What must hold, what must not, bounds on now, and whether the law requires it.
    Branch = tuple[int, int, tuple[Bound, ...]]
    Branches = tuple[Branch, ...]
    Key = tuple[Any, Any]

ALWAYS: Branches = ((0, 0, ()),)
NEVER: Branches = ()
_TIMES: dict[str, tuple[Bound, ...]] = {"in_force": IN_FORCE, "terminated": ENDED}
#: What the law demands comes before what the parties agree, and what it forbids before what it demands.
_BY_LAW = ("required_by_law", "barred_by_export_law")


class Atoms:
    """The atoms of a contract, a bit each."""

    def __init__(self, above: Mapping[str, tuple[str, ...]]) -> None:
        self._above = above
        self.keys: list[Key] = []
        self._bits: dict[Key, int] = {}
        self._up: dict[Key, int] = {}
        #: bits of what the law requires, and of what it forbids
        self._lawful = [0] * len(_BY_LAW)

    def bit(self, key: Key) -> int:
        """The mask of an atom alone."""
        number = self._bits.get(key)
        if number is None:
            number = self._bits[key] = len(self.keys)
            self.keys.append(key)
            for rank, word in enumerate(_BY_LAW):
                if word in self._above.get(key[0], ()):
                    self._lawful[rank] |= 1 << number
        return 1 << number

    def up(self, key: Key) -> int:
        """The mask of an atom with all that holds where it holds."""
        known = self._up.get(key)
        if known is None:
            known = self.bit(key)
            for parent in self._above.get(key[0], ()):
                known |= self.bit((parent, key[1]))
            self._up[key] = known
        return known

    def rank(self, mask: int) -> int:
        """How much the law has to do with a branch where the atoms of a mask hold; nothing if it is 0."""
        return max((rank for rank, lawful in enumerate(self._lawful, start=1) if mask & lawful), default=0)

    def keys_of(self, mask: int) -> list[Key]:
        """The atoms of a mask, in an order that does not depend on which was met first."""
        found = [self.keys[bit] for bit in bits(mask, len(self.keys))]
        return sorted(found, key=_place) if len(found) > 1 else found


def _place(key: Key) -> tuple[str, int, str]:
    """Atoms of norms stand in the order of the norms, others in that of their names."""
    word, whose = key
    if isinstance(whose, tuple) and whose[0] == "giver":
        return (str(word), whose[1], "")
    return (str(word), 0, repr(whose))


def both(one: Branches, other: Branches) -> Branches:
    """Branches where two conditions hold."""
    if one is ALWAYS:
        return other
    if other is ALWAYS:
        return one
    found = []
    for (must, must_not, bounds), (must2, must_not2, bounds2) in product(one, other):
        if not (must | must2) & (must_not | must_not2):
            found.append((must | must2, must_not | must_not2, (*bounds, *bounds2)))
    return tuple(dict.fromkeys(found))


def all_of(parts: Iterable[Branches]) -> Branches:
    """Branches where all of several conditions hold."""
    found = ALWAYS
    for part in parts:
        found = both(found, part)
    return found


def any_of(parts: Iterable[Branches]) -> Branches:
    """Branches where one of several conditions holds."""
    return tuple(dict.fromkeys(branch for part in parts for branch in part))


class Reader:
    """Reads conditions; `key_of` gives the atoms that a condition's atom stands for, one for each of its subjects."""

    __slots__ = ("_atoms", "_keys_of")

    def __init__(self, atoms: Atoms, keys_of: Callable[[ConditionAtom], list[Key]]) -> None:
        self._atoms = atoms
        self._keys_of = keys_of

    def holds(self, condition: Condition) -> Branches:
        """Where a condition holds."""
        parts = [self._atom(atom) for atom in condition.atoms]
        return any_of(parts) if condition.connective == "or" else all_of(parts)

    def fails(self, condition: Condition) -> Branches:
        """Where it does not."""
        parts = [self._no_atom(atom) for atom in condition.atoms]
        return all_of(parts) if condition.connective == "or" else any_of(parts)

    def _atom(self, atom: ConditionAtom) -> Branches:
        if atom.id in _TIMES:
            return ((0, 0, _TIMES[atom.id]),)
        must = 0
        for key in self._keys_of(atom):
            must |= self._atoms.up(key)
        return ((must, 0, ()),)

    def _no_atom(self, atom: ConditionAtom) -> Branches:
        if atom.id in _TIMES:
            return tuple((0, 0, (opposite(bound),)) for bound in _TIMES[atom.id])
        return tuple((0, self._atoms.bit(key), ()) for key in self._keys_of(atom))


def speaks_of_time(conditions: Iterable[Condition]) -> bool:
    """Whether conditions say that the agreement is in force, or has ended."""
    return any(atom.id in _TIMES for condition in conditions for atom in condition.atoms)
