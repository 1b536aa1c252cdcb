"""Moments, periods, deadlines and what recurs: the entries of a contract's chronology (:mod:`nda_lint.analysis.chronology`)."""

from __future__ import annotations

from nda_lint.period import is_weekend

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any, Literal

    from nda_lint.contract import Fact, Norm
    from nda_lint.source import Span
    from nda_lint.values import Event

    Category = Literal["dates", "term", "deadlines", "retention", "reviews"]
    Shape = Literal["moment", "span", "deadline", "recurrence"]
    Status = Literal["over", "running", "ahead"]

#: In the order in which they are shown.
CATEGORIES: tuple[Category, ...] = ("dates", "term", "deadlines", "retention", "reviews")
#: What a day may rest upon beside the words of the contract.
ASSUMPTIONS = (
    "ends_with_term", "not_renewed", "renewed", "sealed_on_signing", "effective_on_signing", "implied_event",
    "recurs_from_start",
)  # fmt: skip


class Point:
    """When something is, begins or ends.

    `length` (with amount and unit) counts from `event`, backwards where `sign` is -1; without one it is the event
    itself. `special` is ``indefinite``, ``until_public`` or ``statutory``, `vague` a vague word for the length, `text` the
    contract's words for what says nothing definite. `day` is the day that all this comes to, if it does, and `postponed_to` the next working day where
    the law moves a last day on a weekend.
    """

    __slots__ = (
        "assumptions",
        "day",
        "event",
        "event_day",
        "length",
        "postponed_to",
        "sign",
        "special",
        "text",
        "vague",
    )

    def __init__(
        self,
        day: date | None = None,
        *,
        event: Event | None = None,
        event_day: date | None = None,
        length: Any = None,
        sign: int = 1,
        special: str | None = None,
        text: str | None = None,
        vague: str | None = None,
        assumptions: tuple[str, ...] = (),
    ) -> None:
        self.day = day
        self.event = event
        self.event_day = event_day
        self.length = length
        self.sign = sign
        self.special = special
        self.text = text
        self.vague = vague
        self.assumptions = assumptions
        self.postponed_to: date | None = None

    @property
    def last(self) -> date | None:
        """The day on which it really is."""
        return self.postponed_to or self.day

    @property
    def is_on_weekend(self) -> bool:
        """Whether the day, as counted, is a Saturday or a Sunday."""
        return self.day is not None and is_weekend(self.day)


class Entry:
    """One line of the chronology: where the contract says it (`fact` or `norm`, `span`), and when it is.

    A ``moment`` has a `start` only, a ``deadline`` an `end` only, a ``span`` one or both; a ``recurrence`` has the
    `frequency`, the days of the first and the last time in `start` and `end`, and the days between in `days`.
    """

    __slots__ = ("category", "days", "end", "fact", "frequency", "norm", "shape", "span", "start", "window")

    def __init__(
        self,
        category: Category,
        shape: Shape,
        statement: Fact | Norm,
        *,
        start: Point | None = None,
        end: Point | None = None,
        frequency: Any = None,
        days: tuple[date, ...] = (),
    ) -> None:
        self.category: Category = category
        self.shape: Shape = shape
        self.fact: Fact | None = statement if hasattr(statement, "field") else None  # type: ignore[assignment]
        self.norm: Norm | None = None if self.fact is not None else statement  # type: ignore[assignment]
        self.span: Span = statement.span
        self.start = start
        self.end = end
        self.frequency = frequency
        self.days = days

    @property
    def statement(self) -> Any:
        """The fact or norm that says it."""
        return self.fact if self.fact is not None else self.norm

    @property
    def is_conditional(self) -> bool:
        """Whether it is so on a condition only."""
        return self.norm is not None and bool(self.norm.conditions)

    @property
    def points(self) -> tuple[Point, ...]:
        """Start and end, as far as it has them."""
        return tuple(point for point in (self.start, self.end) if point is not None)

    @property
    def first_day(self) -> date | None:
        """The first day on which it matters, as far as days are known."""
        return next((point.last for point in self.points if point.last is not None), None)

    def status(self, as_of: date) -> Status | None:
        """Whether it is over on that day, or lies ahead; None where that is not known."""
        start, end = (point.last if point is not None else None for point in (self.start, self.end))
        if self.shape == "moment":
            return None if start is None else "over" if start < as_of else "ahead"
        if end is not None and end < as_of:
            return "over"
        if self.shape == "deadline":
            return None if end is None else "ahead"
        if start is None:
            return None
        if self.shape == "recurrence":
            return "running"
        return "ahead" if start > as_of else "running"

    def next_day(self, as_of: date | None) -> date | None:
        """Of what recurs, the first time on or after a day."""
        return next((day for day in self.days if as_of is None or day >= as_of), None)
