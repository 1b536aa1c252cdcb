"""The time line: the days that facts fix, events as variables, and the windows of norms as constraints on the moment.

A day of the calendar is its ordinal; everything else is a real number of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import z3
from oracle.people import key_of
from oracle.world import all_of

from nda_lint.period import last_day
from nda_lint.values import Slotted

if TYPE_CHECKING:
    from oracle.people import People
    from oracle.world import Element, Formula, World

    from nda_lint.contract import Contract, Norm, Window
    from nda_lint.values import Event, Value

MONTH = Fraction("30.436875")
DAYS = {"hour": Fraction(1, 24), "day": Fraction(1), "business_day": Fraction(7, 5), "week": Fraction(7)}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SIGNED = ("signature", "last_signature", "last_signature_and_seal")


@dataclass(frozen=True)
class Moment:
    """A moment of the time line; `day` where the calendar knows it."""

    number: Any
    day: date | None = None

    @classmethod
    def on(cls, day: date) -> Moment:
        return cls(z3.RealVal(day.toordinal()), day)

    @classmethod
    def unknown(cls, name: str) -> Moment:
        return cls(z3.Real(name))

    def moved(self, amount: Any, unit: Any, sign: int = 1) -> Moment:
        """So much later, or with a negative sign earlier."""
        length = Fraction(str(amount))
        if unit not in MONTHS:
            days = sign * length * DAYS[unit or "day"]
            if self.day is not None and days.denominator == 1:
                moved = last_day(self.day, days=int(days))
                if moved is not None:
                    return Moment.on(moved)
            return Moment(self.number + _real(days))
        months = sign * length * MONTHS[unit]
        if self.day is not None and months.denominator == 1:
            moved = last_day(self.day, months=int(months))
            if moved is not None:
                return Moment.on(moved)
        return Moment(self.number + _real(months * MONTH))


def _real(number: Fraction) -> Any:
    return z3.Q(number.numerator, number.denominator)


class Days:
    """The time line of a contract."""

    def __init__(self, world: World, people: People) -> None:
        self.world, self.people, self.contract = world, people, world.contract
        self.variables: dict[Element, Any] = {}
        self.signing = self._signing()
        self.effective = self._effective()
        self.end = self._end()
        self.survival = self._survival()
        self.axioms = self._orders()

    def variable(self, key: Element) -> Moment:
        """A moment that no fact fixes."""
        return Moment(self.variables.setdefault(key, z3.Real(" ".join(map(str, key)))))

    # --- what facts fix --------------------------------------------------------------------

    def _signing(self) -> Moment:
        values = _values(self.contract, "dates.signed")
        days = {_day(value) for value in values}
        day = days.pop() if len(days) == 1 else None
        return Moment.on(day) if day is not None else self.variable(("S",))

    def _effective(self) -> Moment:
        values = _values(self.contract, "dates.effective") or _values(self.contract, "signature.effective")
        if not values:
            return self.signing
        found = {self._key_of_start(value): value for value in values}
        if len(found) > 1:
            return self.variable(("F",))
        (key, value), *_ = found.items()
        if key == ("S",):
            return self.signing
        day = _day(value)
        if day is not None:
            return Moment.on(day)
        return self.variable(key if key is not None and key != ("E",) else ("F",))

    def _key_of_start(self, value: Value) -> Element | None:
        if value.type == "date":
            return ("day", _day(value))
        if value.type == "choice" and getattr(value, "id", None) in SIGNED:
            return ("S",)
        event: Any = getattr(value, "event", None)
        if value.type != "moment" or event.id == "effective_date":
            return None
        return self._key_of_event(event)

    def _key_of_event(self, event: Event) -> Element:
        order = self.world.orders["event"]
        if event.date is not None:
            return ("day", date.fromisoformat(event.date))
        if event.id is not None:
            for word, key in (("termination", "E"), ("signing", "S"), ("effective_date", "F")):
                if order.is_a(event.id, word):
                    return (key,)
        return ("event", event.id, event.text, key_of(event.of) if event.of is not None else None)

    def _end(self) -> Moment:
        free = Moment.unknown("E")
        self.variables["E",] = free.number
        days = {_day(value) for value in _values(self.contract, "term.end_date")}
        if days:
            day = days.pop() if len(days) == 1 else None
            return Moment.on(day) if day is not None else free
        length = _the_one_length(self.contract, "term.duration")
        start = self._anchor(length, self.effective) if length is not None else None
        return start.moved(length.amount, length.unit) if start is not None and length is not None else free

    def _anchor(self, length: Any, otherwise: Moment) -> Moment | None:
        """From where a length of time is counted; None if from the end, which it is to give."""
        if length.event is None:
            return otherwise
        key = self._key_of_event(length.event)
        if key == ("E",):
            return None
        return self._moment(key)

    def _moment(self, key: Element) -> Moment:
        if key[0] == "day":
            return Moment.on(key[1])
        if key == ("S",):
            return self.signing
        if key == ("F",):
            return self.effective
        if key == ("E",):
            return self.end
        return self.variable(key)

    def _survival(self) -> Moment | None:
        """The end of what survives; None where it has none."""
        days = {_day(value) for value in _values(self.contract, "term.survival_until")}
        if len(days) == 1 and None not in days:
            return Moment.on(next(day for day in days if day is not None))
        length = _the_one_length(self.contract, "term.survival")
        if length is None:
            return None
        start = self._anchor(length, self.end) or self.end
        return start.moved(length.amount, length.unit)

    def _orders(self) -> list[Formula]:
        """F ≤ E ≤ V; what cannot be is left open."""
        solver = z3.Solver()
        first = self.effective.number <= self.end.number
        solver.add(first)
        if solver.check() == z3.unsat:
            self.end = Moment(self.variables["E",])
            first = self.effective.number <= self.end.number
            solver = z3.Solver()
            solver.add(first)
            self.survival = self._survival()
        if self.survival is None:
            return [first]
        second = self.end.number <= self.survival.number
        solver.add(second)
        if solver.check() == z3.unsat:
            self.survival = None
            return [first]
        return [first, second]

    # --- windows -----------------------------------------------------------------------------

    def event_keys(self, event: Event, norm: Norm) -> list[tuple[Any, Element]]:
        """The event that is meant, from each side on which the actor may stand."""
        found = []
        for side in self.people.sides():
            key = self._key_of_event(event)
            of = event.of
            if key[0] == "event" and of is not None and of.kind == "person":
                # "the other party's request" is Acme's, where Beta acts
                word = str(of.id)
                parties = self.people.parties_meant(word, side) if _is_relative(of) else []
                if len(parties) == 1:
                    key = (*key[:3], ("party", parties[0]))
            found.append((side, key))
        return found

    def anchor(self, event: Event, norm: Norm, actor: Any) -> Moment:
        """The moment of an event."""
        keys = self.event_keys(event, norm)
        first = self._moment(keys[0][1])
        if len({key for _, key in keys}) == 1:
            return first
        number = first.number
        for side, key in keys[1:]:
            number = z3.If(self.people.is_on(actor, side), self._moment(key).number, number)
        return Moment(number)

    def covers(self, norm: Norm, index: int, now: Any, actor: Any) -> Formula:
        """Whether a norm holds at a moment."""
        windows = [window for window in norm.windows if says_something(window)]
        if windows:
            return all_of(self.window(window, norm, now, actor, ("anchor", index)) for window in windows)
        if any(atom.id in ("terminated", "in_force") for one in norm.conditions for atom in one.atoms):
            return z3.BoolVal(True)
        if self._survives(norm):
            until = self.survival
            return z3.And(self.effective.number <= now, now < until.number if until is not None else True)
        return self.in_force(now)

    def in_force(self, now: Any) -> Formula:
        return z3.And(self.effective.number <= now, now < self.end.number)

    def terminated(self, now: Any) -> Formula:
        return now >= self.end.number

    def _survives(self, norm: Norm) -> bool:
        block = norm.block
        return any(
            value.type == "clause"
            and ((value.kind is not None and value.kind == block.kind)
                 or (value.label is not None and value.label == block.label))
            for value in _values(self.contract, "term.surviving_clauses")
        )  # fmt: skip

    def window(self, window: Window, norm: Norm, now: Any, actor: Any, anchor: Element) -> Formula:
        """Whether a moment lies in a window; `anchor` names the start of one that names none."""
        start = self.anchor(window.event, norm, actor) if window.event is not None else self.variable(anchor)
        if window.special is not None:
            return (start.number if window.event is not None else self.effective.number) <= now
        if window.amount is None or isinstance(window.amount, Slotted):
            return _side(window, start, now)
        return _measured(window, start, now)


def _side(window: Window, start: Moment, now: Any) -> Formula:
    """A window without a length, or with one that nobody knows."""
    relation = window.relation
    if relation == "within" and window.vague is None and window.unit is not None:
        return z3.And(start.number < now, now <= start.moved(1, window.unit).number)
    return {
        "within": start.number < now,
        "after": start.number < now,
        "before": now < start.number,
        "at": now == start.number,
        "until": now <= start.number,
        "from": start.number <= now,
        "for": start.number <= now,
    }[relation]


def _measured(window: Window, start: Moment, now: Any) -> Formula:
    """A window with a length."""
    relation, bound = window.relation, window.bound
    longest = (window.amount, window.unit)
    if window.maximum is not None:
        longest = (window.maximum, window.maximum_unit)
    if relation in ("within", "for"):
        last = start.moved(*longest).number
        late = now < last if relation == "for" and bound == "less_than" else now <= last
        return z3.And(start.number < now if relation == "within" else start.number <= now, late)
    sign = -1 if relation == "before" else 1
    near = start.moved(window.amount, window.unit, sign).number
    far = start.moved(*longest, sign).number

    def beyond(number: Any, *, strictly: bool = False) -> Formula:
        """Farther from the event than so much, on the side of it that is said."""
        if sign < 0:
            return now < number if strictly else now <= number
        return now > number if strictly else now >= number

    if window.maximum is not None:
        return z3.And(beyond(near), z3.Not(beyond(far, strictly=True)))
    if bound == "at_most":
        return z3.And(beyond(start.number, strictly=True), z3.Not(beyond(near, strictly=True)))
    if bound == "less_than":
        return z3.And(beyond(start.number, strictly=True), z3.Not(beyond(near)))
    return beyond(near, strictly=bound == "more_than")


def says_something(window: Window) -> bool:
    """Promptly, in advance: no window at all."""
    if window.event is not None or window.special is not None:
        return True
    return window.amount is not None


def _is_relative(of: Any) -> bool:
    return of.id in ("other_party", "discloser", "recipient")


def _values(contract: Contract, field: str) -> list[Any]:
    return [value for fact in contract.facts(field) for value in fact.values]


def _day(value: Any) -> date | None:
    return date(value.year, value.month, value.day) if value.type == "date" else None


def _the_one_length(contract: Contract, field: str) -> Any:
    """The one length of time that the facts of a key give."""
    values = _values(contract, field)
    lengths = {
        (
            value.type, str(getattr(value, "amount", None)), getattr(value, "unit", None), str(getattr(value, "event", None)),
        )
        for value in values
    }  # fmt: skip
    if len(lengths) != 1:
        return None
    value = values[0]
    if value.type != "duration" or value.special is not None or value.bound or value.maximum is not None:
        return None
    return value if value.amount is not None else None
