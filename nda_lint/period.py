"""Periods of time on the calendar, counted as the PRC Civil Code, arts. 200 to 203, counts them.

The day of the event itself does not count. A period of days ends with the last of them; one of months or
years on the day of the same number, or on the last day of the month where it has no such day. That a last
day on a holiday moves to the next working day is left to whoever knows the holidays.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import MAXYEAR, MINYEAR, date, timedelta
else:
    try:  # Before Python 3.13 the module around it takes longer to import than a contract to check.
        from _datetime import MAXYEAR, MINYEAR, date, timedelta
    except ImportError:
        from datetime import MAXYEAR, MINYEAR, date, timedelta

__all__ = ["UNITS", "counted", "date", "days_in_month", "is_weekend", "last_day", "next_weekday", "timedelta"]

#: unit → how many months and days it has; hours and business days are no part of the calendar
UNITS = {"month": (1, 0), "quarter": (3, 0), "year": (12, 0), "day": (0, 1), "week": (0, 7)}
_SATURDAY = 5


def last_day(event: date, *, months: int = 0, days: int = 0) -> date | None:
    """The last day of a period of `months` and `days` that an event on that day starts; with negative
    numbers, of one that ends with it. None where it lies beyond the calendar."""
    count = event.year * 12 + event.month - 1 + months
    year, month = divmod(count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    day = min(event.day, days_in_month(year, month + 1))
    try:
        return date(year, month + 1, day) + timedelta(days=days)
    except OverflowError:
        return None


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


def counted(event: date, amount: object, unit: str | None, sign: int = 1) -> date | None:
    """The last day of a period of `amount` `unit`s that an event on that day starts, or with a `sign` of -1 ends;
    None where it cannot be counted on a calendar."""
    length = UNITS.get(unit or "")
    if length is None or not isinstance(amount, int):
        return None
    return last_day(event, months=sign * length[0] * amount, days=sign * length[1] * amount)


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def next_weekday(day: date) -> date | None:
    """The day itself, or the Monday after it where it is on a weekend; holidays are not known."""
    return last_day(day, days=7 - day.weekday()) if is_weekend(day) else day
