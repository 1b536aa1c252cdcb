"""Duties to do the same to the same, by different deadlines or for different lengths of time (NDA305)."""

from __future__ import annotations

from itertools import combinations, product

from nda_lint.analysis.norms.box import EITHER, MASKS, Box
from nda_lint.analysis.norms.clock import opposite
from nda_lint.analysis.norms.meaning import Reading
from nda_lint.analysis.norms.universe import EVERYTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.analysis.norms.persons import Side
    from nda_lint.analysis.norms.world import World
    from nda_lint.contract import Window

    Meetings = Callable[[Sequence[Box], Sequence[Box]], Iterator[Box]]
    Covered = Callable[[Sequence[Box], Sequence[Box], Sequence[str]], bool]

#: number of a norm that stands for all: the windows of two norms are counted from one moment
_SHARED = -1
_THINGS = ("object", "owner", "about")


class Deadline:
    """Two windows of two duties that differ, or have no moment in common."""

    __slots__ = ("disjoint", "meanings", "windows")

    def __init__(
        self, meanings: tuple[Meaning, Meaning], windows: tuple[Window, Window], disjoint: bool
    ) -> None:
        self.meanings = meanings
        self.windows = windows
        self.disjoint = disjoint


class _Timed:
    """A duty with a window that says how long: what is done, and when, as seen from each side that may act."""

    __slots__ = ("boxes", "meaning", "relative", "signature", "times")

    def __init__(self, world: World, meaning: Meaning, windows: Sequence[Window]) -> None:
        self.meaning = meaning
        reading = Reading(world, meaning.norm, _SHARED)
        self.relative = reading.relative
        #: side → relation and event → the bounds of all windows that have these, and the first of them
        self.times: dict[Side | None, dict[Any, tuple[frozenset[Any], Window]]] = {}
        for side in reading.sides():
            times = self.times[side] = {}
            for window in windows:
                key = (window.relation, reading.event_key(window, side))
                bounds, first = times.get(key, (frozenset(), window))
                times[key] = (bounds.union(reading.window(window, side)), first)
        #: side → what is done to what
        self.boxes: dict[Side | None, list[Box]] = {
            side: _on_side(world, meaning.duty, side, self.relative) for side in self.times
        }
        #: what duties have in common that say the same of the same, and need not be compared
        self.signature = self._signature()

    def seen(self, by_side: dict[Side | None, Any], side: Side | None) -> Any:
        """What holds on a side: the same on all where it does not matter who acts."""
        return by_side.get(side if self.relative else None, {})

    def _signature(self) -> Any:
        return tuple(
            (
                side,
                frozenset((box.object, box.owner, box.about) for box in self.boxes[side]),
                frozenset((key, bounds) for key, (bounds, _) in times.items()),
            )
            for side, times in self.times.items()
        )


def deadlines(
    world: World, duties: Sequence[Meaning], meetings: Meetings, covered: Covered
) -> Iterator[Deadline]:
    """Pairs of duties that differ in their deadlines alone, each once, with the windows that are farthest apart;
    `meetings` says where two sets of boxes meet, `covered` whether one lies in the other in some dimensions."""
    untimed = _Untimed(world, meetings)
    for groups in _comparable(world, duties):
        for alike, others in combinations(groups.values(), 2):
            differences = list(_differences(world, alike[0], others[0], covered))
            for one, other in product(alike, others) if differences else ():
                found = [
                    (windows, disjoint)
                    for side, windows, disjoint in differences
                    if untimed.meet(one, other, side)
                ]
                if found:
                    windows, disjoint = max(found, key=lambda each: each[1])
                    if one.meaning.index > other.meaning.index:
                        one, other, windows = other, one, windows[::-1]  # noqa: PLW2901
                    yield Deadline((one.meaning, other.meaning), windows, disjoint)


def _comparable(world: World, duties: Sequence[Meaning]) -> Iterator[dict[Any, list[_Timed]]]:
    """Duties that may demand the same, by what those have in common that say the same of it."""
    alike: dict[Any, list[Meaning]] = {}
    for meaning in duties:
        if _definite(meaning):
            if meaning.timed_key is None:
                meaning.timed_key = _key(meaning)
            alike.setdefault(meaning.timed_key, []).append(meaning)
    for meanings in alike.values():
        if len(meanings) > 1:
            found: dict[Any, list[_Timed]] = {}
            for meaning in meanings:
                timed = meaning.timed = meaning.timed or _Timed(world, meaning, _definite(meaning))
                found.setdefault(timed.signature, []).append(timed)
            if len(found) > 1:
                yield found


def _key(meaning: Meaning) -> Any:
    """What duties must have in common to be compared: their actions, and all that they name."""
    action = objects = 0
    for box in meaning.duty:
        action |= box.action
        objects |= box.object
    return action, objects, len(meaning.alternatives) > 1, meaning.alone


def _differences(
    world: World, one: _Timed, other: _Timed, covered: Covered
) -> Iterator[tuple[Side | None, tuple[Window, Window], bool]]:
    """Where two duties demand the same to the same at different times: from which side, the windows, and whether these
    have no moment in common."""
    for side in dict.fromkeys((*one.times, *other.times)):
        mine, theirs = one.seen(one.times, side), other.seen(other.times, side)
        different = [
            ((mine[key][1], theirs[key][1]), not world.clock.possible(mine[key][0] | theirs[key][0]))
            for key in mine
            if key in theirs and _differ(world, mine[key][0], theirs[key][0])
        ]
        if different and _same_things(
            world, one.seen(one.boxes, side) or [], other.seen(other.boxes, side) or [], covered
        ):
            for windows, disjoint in different:
                yield side, windows, disjoint


def _differ(world: World, one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether a moment keeps some bounds and not the others."""
    return any(
        world.clock.possible(bounds | {opposite(bound)})
        for bounds, others in ((one, other), (other, one))
        for bound in others - bounds
    )


def _same_things(world: World, one: Sequence[Box], other: Sequence[Box], covered: Covered) -> bool:
    pairs = ((one, other), (other, one))
    return all(covered(_things(world, boxes), _things(world, others), _THINGS) for boxes, others in pairs)


def _things(world: World, boxes: Iterable[Box]) -> list[Box]:
    """What is done to what, whatever else."""
    always = world.clock.intern(())
    everything = Box(*(EVERYTHING for _ in range(len(MASKS) - 1)), EITHER, 0, 0, always)
    found = {(box.object, box.owner, box.about) for box in boxes}
    return [everything.but(object=mask, owner=owner, about=about) for mask, owner, about in found]


def _on_side(world: World, boxes: Iterable[Box], side: Side | None, relative: bool) -> list[Box]:
    """The boxes in which somebody of a side acts; where it matters, without one: nobody who is of any."""
    if not relative:
        return list(boxes)
    if side is not None:
        return [box for box in boxes if box.actor & world.persons.belonging(side)]
    of_parties = 0
    for one in world.persons.sides:
        of_parties |= world.persons.belonging(one)
    return [box for box in boxes if not box.actor & of_parties]


def _definite(meaning: Meaning) -> list[Window]:
    """The windows of a norm of which it is known how long they are."""
    return [window for window in meaning.norm.windows if _is_definite(window)]


def _is_definite(window: Window) -> bool:
    if window.special is not None:
        return window.special == "indefinite"
    return window.vague is None and isinstance(window.amount, (int, str))


class _Untimed:
    """Duties without their windows, each read once."""

    def __init__(self, world: World, meetings: Meetings) -> None:
        self._world = world
        self._meetings = meetings
        self._boxes: dict[int, Sequence[Box]] = {}

    def meet(self, one: _Timed, other: _Timed, side: Side | None) -> bool:
        """Whether two duties share a situation but for time, in which somebody of a side acts and neither prevails."""
        return next(self._meetings(self._of(one, side), self._of(other, side)), None) is not None

    def _of(self, timed: _Timed, side: Side | None) -> list[Box]:
        meaning = timed.meaning
        if meaning.index not in self._boxes:
            reading = Reading(self._world, meaning.norm, timeless=True)
            self._boxes[meaning.index] = reading.meaning().duty
        return _on_side(self._world, self._boxes[meaning.index], side, timed.relative)
