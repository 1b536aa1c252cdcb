"""Days of the calendar and lengths of time in whole ticks, so that no moment is rounded and nothing heavy is imported
to count with them. :mod:`nda_lint.period` says how the law counts; a test holds the two to each other."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Ticks of a day: hours, business days (7/5 of a day) and months without a calendar come out whole.
DAY = 192_000
_TICKS = {"hour": DAY // 24, "day": DAY, "week": 7 * DAY, "business_day": DAY * 7 // 5}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: A month where no calendar says how long it is: 30.436875 days.
MONTH = 5_843_880
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LAST_YEAR = 9999


def number_of(year: int, month: int, day: int) -> int | None:
    """The number of a day, 1 January of the year 1 being day 1; None for one that the calendar has not."""
    if not (1 <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        return None
    before = year - 1
    number = before * 365 + before // 4 - before // 100 + before // 400 + _BEFORE_MONTH[month - 1] + day
    return number + (month > 2 and _is_leap(year))


def day_of(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day by its number."""
    year = number * 400 // 146_097 + 2  # never too low: years differ in length
    while (first := number_of(year, 1, 1) or number + 1) > number:
        year -= 1
    left = number - first
    month = 1
    while left >= days_in(year, month):
        left -= days_in(year, month)
        month += 1
    return year, month, left + 1


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 28 + _is_leap(year)
    return 30 if month in (4, 6, 9, 11) else 31


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class Length:
    """A length of time: whole months, and ticks, which only a calendar makes comparable with them."""

    __slots__ = ("months", "ticks")

    def __init__(self, amount: Any, unit: str | None) -> None:
        whole, _, decimals = str(amount).partition(".")
        number, parts = int(whole + decimals), 10 ** len(decimals)
        months, rest = divmod(number * _MONTHS.get(unit or "", 0), parts)
        self.months = months
        self.ticks: Any = _divided(number * _TICKS.get(unit or "", 0) + rest * MONTH, parts)

    def in_ticks(self) -> Any:
        """How long it is where the day of its start is not known."""
        return self.months * MONTH + self.ticks

    def after(self, moment: Any, sign: int = 1) -> Any:
        """The moment that lies so long after one that is known, or before it; None beyond the calendar."""
        if not self.months:
            return moment + sign * self.ticks
        number, rest = divmod(moment, DAY)
        if not 1 <= number <= 3_652_059:
            return None
        year, month, day = day_of(int(number))
        year, month = divmod(year * 12 + month - 1 + sign * self.months, 12)
        if not 1 <= year <= _LAST_YEAR:
            return None
        end = number_of(year, month + 1, min(day, days_in(year, month + 1)))
        return None if end is None else end * DAY + rest + sign * self.ticks


def _divided(number: int, parts: int) -> Any:
    if number % parts == 0:
        return number // parts
    from fractions import Fraction  # of 1.3 hours and the like alone

    return Fraction(number, parts)
