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


def descent(words: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Word → itself and all that it is a kind of."""
    found: dict[str, frozenset[str]] = {}

    def above(word: str) -> frozenset[str]:
        known = found.get(word)
        if known is None:
            parents = words[word]["parents"] if word in words else ()
            known = found[word] = frozenset((word,)).union(*(above(parent) for parent in parents))
        return known

    for word in words:
        above(word)
    return found


class Dimension:
    """The elements of one word class, and the masks of its classes.

    Elements that a contract adds (quoted texts, defined terms, grades) are announced before any mask is asked for.
    """

    __slots__ = ("_above", "_bits", "_masks", "elements")

    def __init__(self, prefix: str, above: Mapping[str, frozenset[str]]) -> None:
        #: bit → element; bit 0 is whatever no word names
        self.elements: list[Element] = [("other",)]
        self._bits: dict[Element, int] = {("other",): 0}
        self._masks: dict[Element, int] = {}
        self._above: dict[str, Mapping[str, frozenset[str]]] = {}
        self.extend(prefix, above)

    def extend(self, prefix: str, above: Mapping[str, frozenset[str]]) -> None:
        """Add all the words of a class; their elements are ``(prefix, id)``."""
        self._above[prefix] = above
        for word in above:
            self.add((prefix, word), ((prefix, parent) for parent in above[word]))

    def add(self, element: Element, below: Iterable[Element] = ()) -> int:
        """The mask of an element, which is made below some classes if it is new."""
        bit = self._bits.get(element)
        if bit is None:
            bit = self._bits[element] = len(self.elements)
            self.elements.append(element)
            mask = 1 << bit
            self._masks[element] = self._masks.get(element, 0) | mask
            for parent in below:
                if parent != element:
                    self._masks[parent] = self._masks.get(parent, 0) | mask
        return self._masks[element]

    def add_below(self, element: Element, parent: Element) -> int:
        """The mask of an element that stands below a word and all that this is a kind of."""
        prefix, word = parent[0], parent[1]
        above = self._above.get(prefix, {}).get(word, frozenset((word,)))
        return self.add(element, ((prefix, one) for one in above))

    def mask(self, element: Element) -> int:
        """The elements at or below a class."""
        return self._masks.get(element, 0)

    def element(self, mask: int) -> Element:
        """One element of a mask: the first in the order of the vocabulary, and what has no name where no class is meant."""
        return ("other",) if mask <= 0 else self.elements[(mask & -mask).bit_length() - 1]


def meanings(term: Definition, kind: str) -> list[tuple[int, Any]]:
    """What a defined term means, as far as it is a ``thing`` or a ``person``; each with its number from 1."""
    return [
        (number, getattr(value, kind)) for number, value in enumerate(term.meanings, 1) if value.type == kind
    ]
