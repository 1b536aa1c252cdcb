"""Which norms may clash: those of which boxes share an action and an object. They are looked up by object first."""

from __future__ import annotations

from nda_lint.analysis.norms.universe import bits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any

    from nda_lint.analysis.norms.box import Box
    from nda_lint.analysis.norms.meaning import Meaning

    Boxes = Callable[[Meaning], Iterable[Box]]

#: A class with more elements than this is compared with all others; one with fewer is found by its elements.
_FEW = 4


class _Group:
    """Norms whose boxes have the same actions and the same objects, and the same name alone as their thing, if any."""

    __slots__ = ("action", "alone", "members", "object")

    def __init__(self, action: int, object_: int, alone: str | None) -> None:
        self.action = action
        self.object = object_
        self.alone = alone
        self.members: list[Meaning] = []


class Index:
    """Norms by the objects of some of their boxes, which `boxes` gives."""

    __slots__ = ("_boxes", "_by_bit", "_groups", "_wide")

    def __init__(self, boxes: Boxes, meanings: Iterable[Meaning] = ()) -> None:
        self._boxes = boxes
        self._groups: dict[tuple[int, int, str | None], _Group] = {}
        self._wide: list[_Group] = []
        #: by the bit of an element; of names that stand alone and share it, also by the bit and the name
        self._by_bit: dict[Any, list[_Group]] = {}
        for meaning in meanings:
            self.add(meaning)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def add(self, meaning: Meaning) -> None:
        """Take a norm in."""
        for key in self._keys(meaning):
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = _Group(*key)
                for place in self._places(group):
                    place.append(group)
            group.members.append(meaning)

    def remove(self, meaning: Meaning) -> None:
        """Forget a norm."""
        for key in self._keys(meaning):
            group = self._groups[key]
            group.members.remove(meaning)
            if not group.members:
                del self._groups[key]
                for place in self._places(group):
                    place.remove(group)

    def _keys(self, meaning: Meaning) -> Iterable[tuple[int, int, str | None]]:
        return dict.fromkeys((box.action, box.object, meaning.alone) for box in self._boxes(meaning))

    def _places(self, group: _Group) -> Iterator[list[_Group]]:
        few = _few_bits(group.object)
        if few is None:
            yield self._wide
            return
        for bit in few:
            if group.alone is None:
                yield self._by_bit.setdefault(bit, [])
            else:
                yield self._by_bit.setdefault((bit, None), [])
                yield self._by_bit.setdefault((bit, group.alone), [])

    def near(self, other: Index) -> Iterator[tuple[Meaning, Meaning]]:
        """Pairs of a norm of this index and one of another that may clash; a pair may come more than once."""
        for mine in self._groups.values():
            for group in other.like(mine):
                if mine.action & group.action and mine.object & group.object:
                    for one in mine.members:
                        for meaning in group.members:
                            yield one, meaning

    def like(self, mine: _Group) -> Iterator[_Group]:
        """The groups that may have an object in common with that of another index."""
        few = _few_bits(mine.object)
        if few is None:
            yield from self._groups.values()
            return
        yield from self._wide
        for bit in few:
            yield from self._by_bit.get(bit, ())
            yield from self._by_bit.get((bit, mine.alone), ())


class Pairs:
    """Pairs of norms of which the one has some boxes and the other others; kept up as norms come and go."""

    def __init__(self, boxes: Boxes, other_boxes: Boxes) -> None:
        self._boxes = boxes, other_boxes
        self._ones, self._others = Index(boxes), Index(other_boxes)
        #: the first of each pair → its seconds; and back
        self._seconds: dict[int, dict[int, Meaning]] = {}
        self._firsts: dict[int, dict[int, Meaning]] = {}

    def update(self, gone: Collection[Meaning], come: Collection[Meaning]) -> dict[int, Meaning]:
        """Forget norms and take others in; the firsts whose seconds have changed, by identity."""
        touched: dict[int, Meaning] = {}
        for meaning in gone:
            self._ones.remove(meaning)
            self._others.remove(meaning)
            for first in self._firsts.pop(id(meaning), {}).values():
                del self._seconds[id(first)][id(meaning)]
                touched[id(first)] = first
            for second in self._seconds.pop(id(meaning), {}).values():
                self._firsts.get(id(second), {}).pop(id(meaning), None)
        are_all = not self._ones and not self._others
        for meaning in come:
            self._ones.add(meaning)
            self._others.add(meaning)
        if are_all:
            for first, second in self._ones.near(self._others):
                self._join(first, second, touched)
            return touched
        new_ones, new_others = (Index(boxes, come) for boxes in self._boxes)
        for first, second in new_ones.near(self._others):
            self._join(first, second, touched)
        for second, first in new_others.near(self._ones):
            self._join(first, second, touched)
        for meaning in gone:
            touched.pop(id(meaning), None)
        return touched

    def _join(self, first: Meaning, second: Meaning, touched: dict[int, Meaning]) -> None:
        seconds = self._seconds.setdefault(id(first), {})
        if first is not second and id(second) not in seconds:
            seconds[id(second)] = second
            self._firsts.setdefault(id(second), {})[id(first)] = first
            touched[id(first)] = first

    def seconds(self, first: Meaning) -> list[Meaning]:
        """The others of the pairs of a norm, in the order of the contract."""
        return sorted(self._seconds.get(id(first), {}).values(), key=lambda meaning: meaning.index)


def demanded(meaning: Meaning) -> Sequence[Box]:
    """What a norm demands."""
    return meaning.duty


def forbidden(meaning: Meaning) -> Sequence[Box]:
    """What it forbids."""
    return meaning.bans


def permitted(meaning: Meaning) -> Sequence[Box]:
    """What it permits, and what follows from that."""
    return (*meaning.permissions, *meaning.entailed)


def seconds(
    meanings: Iterable[Meaning], boxes: Boxes, other_boxes: Boxes
) -> Iterator[tuple[Meaning, list[Meaning]]]:
    """Norms with the others that they may clash with, these in the order of the contract."""
    meanings = list(meanings)
    found: dict[int, tuple[Meaning, dict[int, Meaning]]] = {}
    for first, second in Index(boxes, meanings).near(Index(other_boxes, meanings)):
        if first is not second:
            found.setdefault(first.index, (first, {}))[1][second.index] = second
    for first, others in found.values():
        yield first, [others[index] for index in sorted(others)]


def pairs(
    ones: Iterable[Meaning], others: Iterable[Meaning], boxes: Boxes
) -> Iterator[tuple[Meaning, Meaning]]:
    """Pairs of norms that may clash in these boxes, each once."""
    seen: set[tuple[int, int]] = set()
    for one, other in Index(boxes, ones).near(Index(boxes, others)):
        key = (one.index, other.index)
        if key not in seen:
            seen.add(key)
            yield one, other


def _few_bits(mask: int) -> list[int] | None:
    """The elements of a small class, each by the number of its bit; None for any other."""
    return None if mask < 0 or mask.bit_count() > _FEW else bits(mask)
