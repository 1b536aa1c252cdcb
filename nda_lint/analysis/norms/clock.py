"""The contract's line of time: windows as bounds on differences between moments, and whether they can hold together.

A bound ``(u, v, ticks, strict)`` says that `u` lies at most (or, strictly, less than) so many ticks after `v`. Where the
facts fix a day it is a number; where they do not, the moment is a variable of its own. Whether bounds contradict each
other is whether going round them somewhere comes out below zero; nothing is approximated.
"""

from __future__ import annotations

from nda_lint.analysis.norms.days import DAY, Length, number_of
from nda_lint.analysis.norms.persons import key_of
from nda_lint.analysis.questions import of_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from nda_lint.contract import Contract, Fact, Norm, Window
    from nda_lint.values import Event, Person

    Bound = tuple[int, int, Any, bool]

NOW, ORIGIN, EFFECTIVE, END, SURVIVAL_END, SIGNING = range(6)
_FIXED_KEYS = ("now", "origin", "F", "E", "V", "S")

#: so many more pairs of sets of bounds are those of norms that are no more
_MOST_REMEMBERED = 200_000
#: rules on taking effect that say no more than signing does
_SIGNED = frozenset(("signature", "last_signature", "last_signature_and_seal"))

IN_FORCE: tuple[Bound, ...] = ((EFFECTIVE, NOW, 0, False), (NOW, END, 0, True))
ENDED: tuple[Bound, ...] = ((END, NOW, 0, False),)


def opposite(bound: Bound) -> Bound:
    """What holds exactly where a bound does not."""
    later, earlier, days, strict = bound
    return (earlier, later, -days, not strict)


class Clock:
    """The moments of one contract."""

    def __init__(self, contract: Contract, above: Mapping[str, tuple[str, ...]]) -> None:
        self._above = above
        #: key of a moment → its number; and back
        self._numbers: dict[Any, int] = {key: number for number, key in enumerate(_FIXED_KEYS)}
        self.keys: list[Any] = list(_FIXED_KEYS)
        #: moments that are known, in ticks
        self.days: dict[int, Any] = {ORIGIN: 0}
        self._base: list[Bound] = []
        self._sets: dict[frozenset[Bound], int] = {}
        self._bounds: list[frozenset[Bound]] = []
        self._together: dict[tuple[int, int], bool] = {}
        self._first: int | None = None
        self.surviving = {
            word
            for value in of_type("clause", *contract.facts("term.surviving_clauses"))
            for word in (value.kind, value.label)
            if word
        }
        #: whether what survives the term ends some day
        self._survival_ends = False
        self._read(contract)

    # --- what the facts fix ----------------------------------------------------------------

    def _read(self, contract: Contract) -> None:
        signed = {_day(value) for fact in contract.facts("dates.signed") for value in fact.values}
        if len(signed) == 1 and None not in signed:
            self._fix(SIGNING, signed.pop())
        self._read_effective(contract)
        base = list(self._base)
        days = dict(self.days)
        for drop_end, drop_survival in ((False, False), (False, True), (True, False), (True, True)):
            self._base, self.days = list(base), dict(days)
            if not drop_end:
                self._read_end(contract)
            self._survival_ends = not drop_survival and self._read_survival(contract)
            self._base += [(EFFECTIVE, END, 0, False), (END, SURVIVAL_END, 0, False)]
            if self.possible(()):
                break

    def _read_effective(self, contract: Contract) -> None:
        facts = contract.facts("dates.effective") or contract.facts("signature.effective")
        values = _different(facts)
        if not values:
            self._same(EFFECTIVE, SIGNING)
        elif len(values) == 1 and values[0].type == "date":
            self._fix(EFFECTIVE, _day(values[0]))
        elif len(values) == 1 and values[0].type == "choice" and values[0].id in _SIGNED:
            self._same(EFFECTIVE, SIGNING)
        elif len(values) == 1 and values[0].type == "moment":
            anchor, day = self._anchor(values[0].event, None)
            if day is not None:
                self._fix(EFFECTIVE, day)
            elif anchor != EFFECTIVE:
                self._same(EFFECTIVE, anchor)

    def _read_end(self, contract: Contract) -> None:
        ends = {_day(value) for fact in contract.facts("term.end_date") for value in fact.values}
        if len(ends) == 1 and None not in ends:
            self._fix(END, ends.pop())
            return
        duration = _one(contract.facts("term.duration"))
        if not ends and duration is not None:
            anchor, day = EFFECTIVE, None
            if duration.event is not None:
                anchor, day = self._anchor(duration.event, None)
            self._distance(END, anchor, day, Length(duration.amount, duration.unit))

    def _read_survival(self, contract: Contract) -> bool:
        """Read when what survives ends, and whether it does."""
        until = {_day(value) for fact in contract.facts("term.survival_until") for value in fact.values}
        if len(until) == 1 and None not in until:
            self._fix(SURVIVAL_END, until.pop())
            return True
        survival = _one(contract.facts("term.survival"))
        if until or survival is None:
            return False
        anchor, day = END, None
        if survival.event is not None:
            anchor, day = self._anchor(survival.event, None)
        self._distance(SURVIVAL_END, anchor, day, Length(survival.amount, survival.unit))
        return True

    def _fix(self, moment: int, day: Any) -> None:
        if day is not None:
            self.days[moment] = day
            self._base += [(moment, ORIGIN, day, False), (ORIGIN, moment, -day, False)]

    def _same(self, moment: int, other: int) -> None:
        if other in self.days:
            self._fix(moment, self.days[other])
        else:
            self._base += [(moment, other, 0, False), (other, moment, 0, False)]

    def _distance(self, moment: int, anchor: int, day: Any, length: Length) -> None:
        day = self.days.get(anchor) if day is None else day
        if day is not None:
            self._fix(moment, length.after(day))
        else:
            days = length.in_ticks()
            self._base += [(moment, anchor, days, False), (anchor, moment, -days, False)]

    # --- moments ---------------------------------------------------------------------------

    def moment(self, key: Any) -> int:
        """The number of a moment, new if need be."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return number

    def _anchor(self, event: Event, of: Any) -> tuple[int, Any]:
        """The moment of an event, and its day where it is a day of the calendar."""
        if event.date is not None:
            year, month, day = event.date.split("-")
            return ORIGIN, (number_of(int(year), int(month), int(day)) or 0) * DAY
        above = self._above.get(event.id, ()) if event.id else ()
        if "signing" in above:
            return SIGNING, None
        if "termination" in above:
            return END, None
        if event.id == "effective_date":
            return EFFECTIVE, None
        return self.moment(("event", event.id, event.text, of)), None

    def event_key(self, event: Event, of: Any) -> Any:
        """What two windows have in common that run from the same moment."""
        return self._anchor(event, of)

    def place(self, bound: Bound) -> Any:
        """Where a bound stands among others, in whatever order their moments were met."""
        later, earlier, ticks, strict = bound
        return _rank(self.keys[later]), _rank(self.keys[earlier]), ticks, strict

    # --- windows ---------------------------------------------------------------------------

    def window(self, window: Window, number: int, of: Any) -> tuple[Bound, ...]:
        """The bounds on now that a window of the norm with this number sets; `of` is whose its event is."""
        event = window.event
        bare = window.amount is None and window.special is None
        if event is None and bare:
            return ()
        if event is not None:
            anchor, day = self._anchor(event, of)
        elif window.special is not None:
            anchor, day = EFFECTIVE, None
        else:
            anchor, day = self.moment(("anchor", number)), None
        relation = window.relation
        at = 0 if day is None else day
        starts: Bound = (anchor, NOW, -at, False)
        if window.special is not None:
            return (starts,)
        if window.vague is not None or bare or not _is_number(window.amount):
            return self._side(window, anchor, day)
        return self._measured(window, relation, anchor, day)

    def _side(self, window: Window, anchor: int, day: Any) -> tuple[Bound, ...]:
        """On which side of an event a window lies, where nothing is known of its length."""
        relation = window.relation
        at = 0 if day is None else day
        starts: Bound = (anchor, NOW, -at, False)
        if relation == "at":
            return (starts, (NOW, anchor, at, False))
        if relation == "before":
            return ((NOW, anchor, at, True),)
        if relation == "until":
            return ((NOW, anchor, at, False),)
        if relation in ("from", "for"):
            return (starts,)
        after: Bound = (anchor, NOW, -at, True)
        if relation == "within" and window.unit is not None and window.vague is None:
            return (after, self._at_most(anchor, day, Length(1, window.unit)))
        return (after,)

    def _measured(self, window: Window, relation: str, anchor: int, day: Any) -> tuple[Bound, ...]:
        length = Length(window.amount, window.unit)
        longest = length
        if window.maximum is not None:
            longest = Length(window.maximum, window.maximum_unit or window.unit)
        at = 0 if day is None else day
        strict = window.bound in ("more_than", "less_than")
        up_to = window.bound in ("at_most", "less_than")
        if relation == "before":
            near: Bound = (NOW, anchor, at, True)
            if up_to:
                return (near, self._at_least(anchor, day, length, -1, strict))
            if window.maximum is not None:
                return (
                    self._at_most(anchor, day, length, -1),
                    self._at_least(anchor, day, longest, -1),
                )
            return (self._at_most(anchor, day, length, -1, strict),)
        after: Bound = (anchor, NOW, -at, True)
        starts: Bound = (anchor, NOW, -at, False)
        if relation == "within":
            return (after, self._at_most(anchor, day, longest))
        if relation in ("for", "from", "until", "at"):
            first = starts
            return (first, self._at_most(anchor, day, longest, strict=window.bound == "less_than"))
        if up_to:
            return (after, self._at_most(anchor, day, length, strict=strict))
        if window.maximum is not None:
            return (self._at_least(anchor, day, length), self._at_most(anchor, day, longest))
        return (self._at_least(anchor, day, length, strict=strict),)

    def _limit(self, anchor: int, day: Any, length: Length, sign: int) -> tuple[int, Any]:
        """A moment so long after another (or before it): the moment to count from, and how many days."""
        known = self.days.get(anchor) if day is None else day
        if known is not None:
            limit = length.after(known, sign)
            if limit is not None:
                return ORIGIN, limit
        return anchor, sign * length.in_ticks() + (0 if day is None else day)

    def _at_most(self, anchor: int, day: Any, length: Length, sign: int = 1, strict: bool = False) -> Bound:
        start, days = self._limit(anchor, day, length, sign)
        return (NOW, start, days, strict)

    def _at_least(self, anchor: int, day: Any, length: Length, sign: int = 1, strict: bool = False) -> Bound:
        start, days = self._limit(anchor, day, length, sign)
        return (start, NOW, -days, strict)

    def usual(self, norm: Norm) -> tuple[Bound, ...]:
        """When a norm holds that says nothing of time."""
        block = norm.block
        survives = block.kind in self.surviving or (block.label is not None and block.label in self.surviving)
        starts: Bound = (EFFECTIVE, NOW, 0, False)
        if survives and not self._survival_ends:
            return (starts,)
        return (starts, (NOW, SURVIVAL_END if survives else END, 0, True))

    # --- whether bounds can hold together ----------------------------------------------------

    def intern(self, bounds: Iterable[Bound]) -> int:
        """The number of a set of bounds."""
        key = frozenset(bounds)
        number = self._sets.get(key)
        if number is None:
            number = self._sets[key] = len(self._bounds)
            self._bounds.append(key)
        return number

    def bounds(self, number: int) -> frozenset[Bound]:
        """The bounds of a set by its number."""
        return self._bounds[number]

    def both(self, one: int, other: int) -> bool:
        """Whether two sets of bounds can hold at one moment."""
        key = (one, other) if one <= other else (other, one)
        known = self._together.get(key)
        if known is None:
            known = self.possible(self._bounds[one] | self._bounds[other])
            self._together[key] = known
        return known

    def is_worn(self) -> bool:
        """Whether much more is remembered than when this was asked first."""
        if self._first is None:
            self._first = len(self._together)
        return len(self._together) > self._first + _MOST_REMEMBERED

    def possible(self, bounds: Iterable[Bound]) -> bool:
        """Whether all of these bounds can hold together, with what the facts fix."""
        return self._potentials(bounds) is not None

    def _potentials(self, bounds: Iterable[Bound]) -> dict[int, tuple[Any, int]] | None:
        """Days, and infinitely short steps for what is strict, that keep all bounds; None where nothing does."""
        edges = [*self._base, *bounds]
        found: dict[int, tuple[Any, int]] = {NOW: (0, 0), ORIGIN: (0, 0)}
        for later, earlier, _, _ in edges:
            found[later] = found[earlier] = (0, 0)
        for _ in range(len(found) + 1):
            changed = False
            for later, earlier, days, strict in edges:
                start = found[earlier]
                limit = (start[0] + days, start[1] - strict)
                if limit < found[later]:
                    found[later] = limit
                    changed = True
            if not changed:
                return found
        return None

    def latest(self, bounds: Iterable[Bound], origin: int) -> tuple[Any, bool] | None:
        """How many days after `origin` now lies at most, and whether it must be less; None without a limit."""
        return self._reach([*self._base, *bounds], origin)

    @staticmethod
    def _reach(edges: Sequence[Bound], origin: int) -> tuple[Any, bool] | None:
        found: dict[int, tuple[Any, int]] = {origin: (0, 0)}
        changed = True
        while changed:
            changed = False
            for later, earlier, days, strict in edges:
                start = found.get(earlier)
                if start is None:
                    continue
                limit = (start[0] + days, start[1] - strict)
                if later not in found or limit < found[later]:
                    found[later] = limit
                    changed = True
        latest = found.get(NOW)
        return None if latest is None else (latest[0], latest[1] < 0)

    def earliest(self, bounds: Iterable[Bound], origin: int) -> tuple[Any, bool] | None:
        """How many days after `origin` now lies at least, and whether it must be more; None without a limit."""
        turned = [(earlier, later, days, strict) for later, earlier, days, strict in (*self._base, *bounds)]
        latest = self._reach(turned, origin)
        return None if latest is None else (-latest[0], latest[1])

    def moments(self, bounds: Iterable[Bound]) -> dict[Any, tuple[Any, int]]:
        """Moments that keep all bounds, by key: ticks, and infinitely short steps for what is strict; with how short
        these must be, under the key None. Raises ValueError where there are none."""
        edges = [*self._base, *bounds]
        found = self._potentials(edges)
        if found is None:
            raise ValueError("bounds that contradict each other have no moments")
        least: tuple[Any, int] = (DAY, 1)
        for later, earlier, ticks, _ in edges:
            room = found[earlier][0] + ticks - found[later][0]
            need = found[later][1] - found[earlier][1]
            if room > 0 and need > 0 and room * least[1] < least[0] * (need + 1):
                least = (room, need + 1)
        start, short = found[ORIGIN]
        moments: dict[Any, tuple[Any, int]] = {
            self.keys[number]: (ticks - start, steps - short)
            for number, (ticks, steps) in found.items()
            if number != ORIGIN
        }
        moments[None] = least
        return moments


def _rank(key: Any) -> tuple[str, int, str]:
    """Moments of norms stand in the order of the norms, others in that of their names."""
    if isinstance(key, tuple) and key[0] == "anchor":
        return (key[0], key[1], "")
    return (key[0], 0, repr(key))


def event_owner(person: Person | None, party: str | None) -> Any:
    """What tells whose event it is: the party, where it is known, else how it is written."""
    return ("party", party) if party is not None else key_of(person)


def _is_number(amount: Any) -> bool:
    return isinstance(amount, (int, str))


def _day(value: Any) -> Any:
    if value.type != "date":
        return None
    number = number_of(value.year, value.month, value.day)
    return None if number is None else number * DAY


def _one(facts: list[Fact]) -> Any:
    """The one duration that facts give, if it can be counted with."""
    values = _different(facts)
    if len(values) != 1 or values[0].type != "duration":
        return None
    value = values[0]
    plain = value.amount is not None and value.maximum is None and value.bound is None
    return value if plain and value.special is None else None


def _different(facts: list[Fact]) -> list[Any]:
    """The values of facts, each once however often it is said."""
    return list({repr(value): value for fact in facts for value in fact.values}.values())
