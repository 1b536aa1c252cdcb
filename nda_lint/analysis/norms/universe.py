"""What norms speak of, as sets of elements: every class of the vocabulary is a mask with a bit for each element at or
below it, so that overlap, containment, exception and complement are operations on bits.

Bits above those handed out stand for all that no word of the contract names: a class that is left open is -1, all of
them, and the complement of a finite class keeps them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from nda_lint.values import Definition

    Element = tuple[Any, ...]

#: A part of a norm that is left open covers everything.
EVERYTHING = -1
#: among so many elements one is looked for
_MOST = 1_000
#: the first parts of the elements of quoted texts and of terms
TEXT, TERM = "text", "term"


class Dimension:
    """The elements of one word class, and the masks of its classes.

    Elements that a contract adds (quoted texts, defined terms, grades) are announced before any mask is asked for.
    """

    __slots__ = ("_bits", "_compiled", "_many", "_masks", "_named", "elements")

    def __init__(self, compiled: tuple[Iterable[Element], Mapping[Element, int]]) -> None:
        #: bit → element; bit 0 is whatever no word names
        self.elements: list[Element] = list(compiled[0])
        self._masks: dict[Element, int] = dict(compiled[1])
        #: the bit of every element that was added. Its mask, which is as long as there are elements, is made when it is
        #: asked for, and then once: a contract of ten megabytes has as many terms as that takes room
        self._bits: dict[Element, int] = {}
        #: for how many elements one stands that several share, by its bit
        self._many: dict[int, int] = {}
        self._compiled = (1 << len(self.elements)) - 1
        #: the texts and terms that the contract names, where others are there too that are like all else that nothing names
        self._named: frozenset[tuple[str, str]] | None = None

    def add(self, element: Element, below: Iterable[Element] = (), many: int = 1) -> None:
        """Add an element that stands below some classes, if it is new; one that stands for `many`."""
        if element in self._bits:
            return
        bit = self._bits[element] = len(self.elements)
        self.elements.append(element)
        if many > 1:
            self._many[bit] = many
        if element in self._masks:
            self._masks[element] |= 1 << bit
        for one in below:
            self._masks[one] = self.mask(one) | 1 << bit

    def name(self, named: Iterable[tuple[str, str]]) -> None:
        """These are the texts and the terms that the contract names now; texts are added if they are new."""
        self._named = frozenset(named)
        for sort, name in self._named:
            if sort == TEXT:
                self.add((sort, name))

    def mask(self, element: Element) -> int:
        """The elements at or below a class."""
        known = self._masks.get(element)
        if known is None:
            bit = self._bits.get(element)
            if bit is None:
                return 0
            known = self._masks[element] = 1 << bit
        return known

    def element(self, mask: int, name: str | None = None) -> Element:
        """One element of a mask: the one that most of the others are a kind of, and what has no name where no class is
        meant. `name` is that of the term which is meant where several share an element."""
        if mask <= 0:
            return ("other",)
        found = [self.elements[bit] for bit in bits(mask & self._compiled)]
        added = [self.elements[bit] for bit in bits(mask & ~self._compiled, _MOST)]
        found += sorted(filter(self._is_named, added), key=repr)
        best = max(found, key=lambda element: self._size(self.mask(element) & mask))
        return best if name is None or not isinstance(best[1], tuple) else (best[0], name, *best[2:])

    def _size(self, mask: int) -> int:
        """How many elements a mask has."""
        return mask.bit_count() + sum(many - 1 for bit, many in self._many.items() if mask >> bit & 1)

    def _is_named(self, element: Element) -> bool:
        return self._named is None or element[0] not in (TEXT, TERM) or element[:2] in self._named


def bits(mask: int, most: int = 64) -> list[int]:
    """The first of the bits of a mask."""
    found: list[int] = []
    while mask and len(found) < most:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def meanings(term: Definition, kind: str) -> list[tuple[int, Any]]:
    """What a defined term means, as far as it is a ``thing`` or a ``person``; each with its number from 1."""
    return [
        (number, getattr(value, kind)) for number, value in enumerate(term.meanings, 1) if value.type == kind
    ]
