"""Duties to do the same to the same, by different deadlines or for different lengths of time (NDA305)."""

from __future__ import annotations

from itertools import combinations, product

from nda_lint.analysis.norms.box import meet
from nda_lint.analysis.norms.meaning import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from nda_lint.analysis.norms.box import Box
    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.analysis.norms.world import World
    from nda_lint.contract import Window

#: number of a norm that stands for all: the windows of two norms are counted from one moment
_SHARED = -1


class Deadline:
    """Two windows of two duties that differ, or have no moment in common."""

    __slots__ = ("disjoint", "meanings", "windows")

    def __init__(
        self, meanings: tuple[Meaning, Meaning], windows: tuple[Window, Window], disjoint: bool
    ) -> None:
        self.meanings = meanings
        self.windows = windows
        self.disjoint = disjoint


def deadlines(world: World, duties: Sequence[Meaning]) -> Iterator[Deadline]:
    """Pairs of duties that differ in their deadlines alone, each once, with the windows that are farthest apart."""
    found: dict[tuple[int, int], Deadline] = {}
    for groups in _comparable(world, duties).values():
        for bounds, bounds2 in combinations(groups, 2):
            disjoint = bool(bounds and bounds2) and not world.clock.possible(bounds | bounds2)
            for (one, window), (other, window2) in product(groups[bounds], groups[bounds2]):
                if one is other:
                    continue
                key = (min(one.index, other.index), max(one.index, other.index))
                known = found.get(key)
                if known is None or (disjoint and not known.disjoint):
                    pair, windows = (one, other), (window, window2)
                    if one.index > other.index:
                        pair, windows = (other, one), (window2, window)
                    found[key] = Deadline(pair, windows, disjoint)
    timeless: dict[int, list[Box]] = {}
    for deadline in found.values():
        if _meets(world, *deadline.meanings, timeless):
            yield deadline


def _comparable(
    world: World, duties: Sequence[Meaning]
) -> dict[Any, dict[frozenset[Any], list[tuple[Meaning, Window]]]]:
    """Windows that can be compared with each other: what is demanded, relation and event → bounds → whose they are."""
    found: dict[Any, dict[frozenset[Any], list[tuple[Meaning, Window]]]] = {}
    for meaning in duties:
        windows = [window for window in meaning.norm.windows if _is_definite(window)]
        if not windows:
            continue
        reading = Reading(world, meaning.norm, _SHARED)
        boxes = meaning.duty
        action = 0
        for box in boxes:
            action |= box.action
        things = frozenset((box.object, box.owner, box.about) for box in boxes)
        for window in windows:
            side = next(iter(reading.sides()), None)
            bounds = reading.window(window, side)
            event = reading.event_key(window, side)
            group = found.setdefault((action, things, window.relation, event), {})
            group.setdefault(frozenset(bounds), []).append((meaning, window))
    return {key: groups for key, groups in found.items() if len(groups) > 1}


def _is_definite(window: Window) -> bool:
    if window.special is not None:
        return window.special == "indefinite"
    return window.vague is None and isinstance(window.amount, (int, str))


def _meets(world: World, one: Meaning, other: Meaning, timeless: dict[int, list[Box]]) -> bool:
    """Whether two duties share a situation but for time."""
    for meaning in (one, other):
        if meaning.index not in timeless:
            timeless[meaning.index] = (
                Reading(world, meaning.norm, meaning.index, timeless=True).meaning().duty
            )
    return any(
        meet(box, box2, world.clock) is not None
        for box, box2 in product(timeless[one.index], timeless[other.index])
    )
