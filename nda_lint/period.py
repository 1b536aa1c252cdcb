"""Periods of time on the calendar, counted as the PRC Civil Code, arts. 200 to 203, counts them.

The day of the event itself does not count. A period of days ends with the last of them; one of months or
years on the day of the same number, or on the last day of the month where it has no such day. That a last
day on a holiday moves to the next working day is left to whoever knows the holidays.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta


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
