"""Remembers what was found of single things of a contract, and what was read of it for that.

A check of the same things looks only at those that are new and at those of which something has changed that was read
for them. Things are told apart by identity: whatever says something else is another object.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter, is_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from typing import Any

#: So many lists are remembered; of more, most are of things that are no more.
_MOST_LISTS = 20_000
#: Of a list in which one thing of so many says something, all are gone through.
_MANY = 8
_SPAN = attrgetter("span")


class _Kept:
    """What is known of the things of one list."""

    __slots__ = ("given", "pending", "read_for", "reads", "speaking", "things", "time", "told", "unsure")

    def __init__(self, given: Any, things: list[Any]) -> None:
        self.given = given
        #: as of the last time
        self.things = things
        self.time = 0
        #: the parts that were read for things → those things, by identity; and back
        self.reads: dict[frozenset[object], dict[int, Any]] = {}
        self.read_for: dict[int, frozenset[object]] = {}
        #: of which something was found, and what
        self.speaking: dict[int, Any] = {}
        self.told: dict[int, Any] = {}
        #: of which nobody knows whether a condition holds, and which have not been looked at
        self.unsure: dict[int, Any] = {}
        self.pending: dict[int, Any] = {}

    def note(self, thing: Any, read: frozenset[object]) -> None:
        """These parts were read for a thing."""
        self.read_for[id(thing)] = read
        members = self.reads.get(read)
        if members is None:
            members = self.reads[read] = {}
        members[id(thing)] = thing

    def forget(self, thing: Any) -> None:
        """A thing is there no more, or must be looked at again."""
        number = id(thing)
        self.speaking.pop(number, None)
        self.told.pop(number, None)
        self.unsure.pop(number, None)
        self.pending.pop(number, None)
        read = self.read_for.pop(number, None)
        if read is not None:
            members = self.reads[read]
            del members[number]
            if not members:
                del self.reads[read]


class _Made:
    """What was made of something, and what was read for that."""

    __slots__ = ("basis", "made", "read", "time")

    def __init__(self, basis: Any, made: Any, read: frozenset[object], time: int) -> None:
        self.basis = basis
        self.made = made
        self.read = read
        self.time = time


class Memo:
    """See above. `note` is what the contract notes of what is read of it."""

    __slots__ = ("_changed", "_deltas", "_kept", "_latest", "_made", "_note", "_now", "_time")

    def __init__(self, note: set[object]) -> None:
        self._note = note
        #: goes on with every check; when each part was changed last, and of several parts the last one
        self._time = 0
        self._changed: dict[object, int] = {}
        self._latest: dict[frozenset[object], int] = {}
        #: the parts that have changed since the last check
        self._now: frozenset[object] = frozenset()
        self._kept: dict[Hashable, _Kept] = {}
        self._made: dict[Hashable, _Made] = {}
        #: what two lists differ in, with the lists, so that these stay
        self._deltas: dict[tuple[int, int], tuple[list[Any], list[Any], list[Any], list[Any]]] = {}

    def begin(self, changed: Iterable[object]) -> None:
        """A check begins, before which these parts have changed."""
        self._time += 1
        self._now = frozenset(changed)
        self._changed.update(dict.fromkeys(self._now, self._time))
        self._latest.clear()
        self._deltas.clear()
        if len(self._kept) + len(self._made) > _MOST_LISTS:
            self.forget()

    def forget(self) -> None:
        """Something has changed that is no part of the contract."""
        self._kept.clear()
        self._made.clear()

    # --- what is there, and what has changed of it ----------------------------------------------

    def _has_changed(self, read: frozenset[object], since: int) -> bool:
        if since >= self._time - 1:
            return since < self._time and not read.isdisjoint(self._now)
        latest = self._latest.get(read)
        if latest is None:
            changed = self._changed
            latest = self._latest[read] = max((changed.get(part, 0) for part in read), default=0)
        return latest > since

    def _delta(self, old: list[Any], new: list[Any]) -> tuple[list[Any], list[Any]]:
        """The things of a list that are not in the other at their place: those that went, and those that came."""
        if old is new:
            return [], []
        key = (id(old), id(new))
        known = self._deltas.get(key)
        if known is None:
            head = _common(old, new)
            tail = _common(old[head:][::-1], new[head:][::-1])
            went, came = old[head : len(old) - tail], new[head : len(new) - tail]
            known = self._deltas[key] = (old, new, went, came)
        return known[2], known[3]

    def _open(self, check: Hashable, things: list[Any], given: Any) -> tuple[_Kept, list[Any]]:
        """What is known of things, and those that must be looked at."""
        kept = self._kept.get(check)
        if kept is None or kept.given != given:
            kept = self._kept[check] = _Kept(given, things)
            kept.time = self._time
            return kept, things
        todo: list[Any] = []
        if kept.things is not things:
            went, came = self._delta(kept.things, things)
            for thing in went:
                kept.forget(thing)
            todo += came
            kept.things = things
        since = kept.time
        for read in [read for read in kept.reads if self._has_changed(read, since)]:
            members = [*kept.reads[read].values()]
            for thing in members:
                kept.forget(thing)
            todo += members
        kept.time = self._time
        return kept, todo

    def _noted(self, kept: _Kept) -> None:
        self._note.update(*kept.reads)

    def _apart(self, look: Callable[[Any], Any], thing: Any) -> tuple[Any, frozenset[object]]:
        """What looking at a thing gives, and what is read for that alone."""
        note = self._note
        before = [*note]
        note.clear()
        try:
            return look(thing), frozenset(note)
        finally:
            note.update(before)

    def _look(self, kept: _Kept, thing: Any, look: Callable[[Any], Any]) -> Any:
        """What looking at a thing gives; what is read for that is noted with it."""
        found, read = self._apart(look, thing)
        kept.note(thing, read)
        return found

    # --- what can be asked ------------------------------------------------------------------------

    def found_of(
        self, check: Hashable, things: list[Any], find: Callable[[Any], Iterable[Any]], given: Any
    ) -> list[Any]:
        """See :func:`nda_lint.recall.found_of`."""
        kept, todo = self._open(check, things, given)

        def look(thing: Any) -> list[Any]:
            return list(find(thing))

        for thing in todo:
            found = self._look(kept, thing, look)
            if found:
                kept.speaking[id(thing)] = thing
                kept.told[id(thing)] = found
        self._noted(kept)
        told = kept.told
        if len(told) * _MANY > len(things):
            return list(chain.from_iterable(filter(None, map(told.get, map(id, things)))))
        return [found for thing in sorted(kept.speaking.values(), key=_SPAN) for found in told[id(thing)]]

    def made_of(
        self, name: Hashable, basis: Any, make: Callable[[Any], Any], serves: Callable[[Any], bool]
    ) -> Any:
        """See :func:`nda_lint.recall.made_of`."""
        known = self._made.get(name)
        if (
            known is None
            or known.basis != basis
            or self._has_changed(known.read, known.time)
            or not serves(known.made)
        ):
            known = self._made[name] = _Made(basis, *self._apart(make, basis), self._time)
        self._note |= known.read
        return known.made

    def solved(
        self, check: Hashable, things: list[Any], solve: Callable[[Any], Iterator[None]]
    ) -> Iterator[None]:
        """The solutions for things; those that have none are passed over the next time. What whoever asks does with a
        solution counts as read for its thing."""
        kept, todo = self._open(check, things, None)
        for thing in todo:  # whoever asks may stop before the last
            kept.speaking[id(thing)] = thing
        waiting = (
            sorted(kept.speaking.values(), key=_SPAN) if len(kept.speaking) > 1 else [*kept.speaking.values()]
        )
        note = self._note
        for thing in waiting:
            before = set(note)
            note.clear()
            found = False
            try:
                for _ in solve(thing):
                    found = True
                    yield
                if not found:
                    kept.forget(thing)
                    kept.note(thing, frozenset(note))
            finally:
                note |= before
        self._noted(kept)

    def any_of(
        self, check: Hashable, things: list[Any], decide: Callable[[Any], bool | None], decisive: bool
    ) -> bool | None:
        """Whether a condition is `decisive` for one of the things: `decisive` if so, None if nobody knows, and else the
        opposite. Things are looked at until one is."""
        kept, todo = self._open(check, things, None)
        for thing in todo:
            kept.pending[id(thing)] = thing
        while kept.pending and not kept.speaking:
            number, thing = kept.pending.popitem()
            found = self._look(kept, thing, decide)
            if found is decisive:
                kept.speaking[number] = thing
            elif found is None:
                kept.unsure[number] = thing
        self._noted(kept)
        if kept.speaking:
            return decisive
        return None if kept.unsure else not decisive


def _common(one: list[Any], other: list[Any]) -> int:
    """How many things at the beginning of two lists are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if all(map(is_, one[low:middle], other[low:middle])):
            low = middle
        else:
            high = middle - 1
    return low
