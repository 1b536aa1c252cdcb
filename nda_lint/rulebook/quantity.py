"""Quantities as intervals, and when one is known to be smaller than another.

A quantity is ``(dimension, low, high)``: a range, "at least 3 years" and "1 month" (28 to 31 days) all
leave open where in the interval the truth lies, so a comparison is known only where it comes out the
same for the whole interval. Dimensions are ``number``, ``percent``, ``date``, ``months``, ``hours``,
``business_days`` and ``money:CNY``; only months and hours can be turned into one another.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from typing import Any

    Amount = int | float | Decimal
    Quantity = tuple[str, Any, Any]

INFINITE = float("inf")

_HOURS = {"hour": 1, "day": 24, "week": 7 * 24}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: The fewest and the most days that so many months in a row may have.
_FEWEST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


def exact(amount: object) -> Any:
    """An amount as a number that can be counted with: whole ones are int, others Decimal."""
    if isinstance(amount, str):
        from decimal import Decimal

        return Decimal(amount)
    return amount


def duration(amount: object, unit: str) -> Quantity:
    """So many units of time."""
    number = exact(amount)
    if unit in _MONTHS:
        return ("months", number * _MONTHS[unit], number * _MONTHS[unit])
    if unit in _HOURS:
        return ("hours", number * _HOURS[unit], number * _HOURS[unit])
    return ("business_days", number, number)


def quantity_of(value: Any) -> Quantity | None:
    """The quantity that a value of a fact is, or None where it is none or not known."""
    reader = _READERS.get(value.type)
    return reader(value) if reader is not None else None


def _number(value: Any) -> Quantity | None:
    if value.minimum is None and value.maximum is None:
        return None
    low = exact(value.minimum) if value.minimum is not None else -INFINITE
    return (value.type, low, exact(value.maximum) if value.maximum is not None else INFINITE)


def _money(value: Any) -> Quantity | None:
    if value.currency is None or value.maximum_currency not in (None, value.currency):
        return None
    low = exact(value.minimum) if value.minimum is not None else 0
    return ("money:" + value.currency, low, exact(value.maximum) if value.maximum is not None else INFINITE)


def _duration(value: Any) -> Quantity | None:
    if value.special is not None:
        return ("months", INFINITE, INFINITE) if value.special == "indefinite" else None
    return stretch(value)


def stretch(value: Any) -> Quantity | None:
    """How long a duration or the window of a norm may be; unknown where a number is left to fill in."""
    if not isinstance(value.amount, int | str) or value.unit is None:
        return None
    quantity: Quantity | None = duration(value.amount, value.unit)
    if value.maximum is not None:
        quantity = _hull(quantity, duration(value.maximum, value.maximum_unit or value.unit))
    if quantity is None or value.bound is None:
        return quantity
    dimension, low, high = quantity
    if value.bound in ("at_least", "more_than"):
        return (dimension, low, INFINITE)
    return (dimension, 0, high)


def _date(value: Any) -> Quantity:
    day = value.year * 10000 + value.month * 100 + value.day
    return ("date", day, day)


_READERS: dict[str, Any] = {
    "number": _number, "percent": _number, "money": _money, "duration": _duration, "date": _date,
}  # fmt: skip


def _hull(first: Quantity | None, second: Quantity | None) -> Quantity | None:
    """The smallest interval that holds both."""
    pair = _aligned(first, second)
    if pair is None:
        return None
    (dimension, low, high), (_, other_low, other_high) = pair
    return (dimension, min(low, other_low), max(high, other_high))


def _in_hours(quantity: Quantity) -> Quantity:
    _, low, high = quantity
    return ("hours", _days(low, fewest=True) * 24, _days(high, fewest=False) * 24)


def _days(months: Any, *, fewest: bool) -> Any:
    """A bound on the days that `months` take: exact for whole months up to a year, safe above."""
    if months in (INFINITE, -INFINITE):
        return months
    whole = int(months) if fewest or months == int(months) else int(months) + 1
    years, rest = divmod(whole, 12)
    if fewest:
        return years * 365 + max(0, years // 4 - 1) + _FEWEST[rest]
    return years * 365 + (years + 3) // 4 + _MOST[rest]


def _aligned(left: Quantity | None, right: Quantity | None) -> tuple[Quantity, Quantity] | None:
    """Both in one dimension, or None where they have none in common."""
    if left is None or right is None:
        return None
    if left[0] == right[0]:
        return left, right
    if left[1] == INFINITE and left[0] == "months" and right[0] in ("hours", "business_days"):
        return (right[0], INFINITE, INFINITE), right
    if {left[0], right[0]} == {"months", "hours"}:
        return (
            _in_hours(left) if left[0] == "months" else left,
            _in_hours(right) if right[0] == "months" else right,
        )
    return None


def compare(operation: str, left: Quantity | None, right: Quantity | None) -> bool | None:
    """Whether ``left operation right``; None where that is not known."""
    pair = _aligned(left, right)
    if pair is None:
        return None
    (_, low, high), (_, other_low, other_high) = pair
    if operation in (">", "<="):
        # a > b is b < a, and a <= b is not b < a
        smaller = _smaller(other_low, other_high, low, high)
        return smaller if operation == ">" or smaller is None else not smaller
    if operation in ("<", ">="):
        smaller = _smaller(low, high, other_low, other_high)
        return smaller if operation == "<" or smaller is None else not smaller
    equal: bool | None = None
    if low == high == other_low == other_high:
        equal = True
    elif high < other_low or other_high < low:
        equal = False
    return equal if operation == "=" or equal is None else not equal


def _smaller(low: Any, high: Any, other_low: Any, other_high: Any) -> bool | None:
    if high < other_low:
        return True
    if low >= other_high:
        return False
    return None


def add(left: Quantity | None, right: Quantity | None, sign: int = 1) -> Quantity | None:
    """The sum, or with ``sign=-1`` the difference, of two quantities; a day and a length of time make a
    day, two days the time between them."""
    if left is not None and left[0] == "date":
        return _from_day(left, right, sign)
    pair = _aligned(left, right)
    if pair is None or INFINITE in (*pair[0][1:], *pair[1][1:]):
        return None
    (dimension, low, high), (_, other_low, other_high) = pair
    if sign > 0:
        return (dimension, low + other_low, high + other_high)
    return (dimension, low - other_high, high - other_low)


def _from_day(day: Quantity, other: Quantity | None, sign: int) -> Quantity | None:
    """A day that is moved by a length of time, or the time since another day."""
    if other is None or INFINITE in (*day[1:], *other[1:]):
        return None
    if other[0] == "date":
        fewest, most = _days_between(other[2], day[1]), _days_between(other[1], day[2])
        return ("hours", fewest * 24, most * 24) if sign < 0 else None
    first, last = other[1:] if sign > 0 else (other[2], other[1])
    low, high = _moved(day[1], other[0], sign * first), _moved(day[2], other[0], sign * last)
    return None if low is None or high is None else ("date", low, high)


def _moved(day: int, dimension: str, length: Any) -> int | None:
    from nda_lint.period import last_day

    if dimension == "months" and length == int(length):
        found = last_day(_calendar_day(day), months=int(length))
    elif dimension == "hours" and length % 24 == 0:
        found = last_day(_calendar_day(day), days=int(length) // 24)
    else:
        return None  # holidays are not known, and parts of a month are not counted alike everywhere
    return None if found is None else found.year * 10000 + found.month * 100 + found.day


def _days_between(earlier: int, later: int) -> int:
    return int((_calendar_day(later) - _calendar_day(earlier)).days)


def _calendar_day(day: int) -> Any:
    from datetime import date

    return date(day // 10000, day // 100 % 100, day % 100)


def multiply(left: Quantity | None, right: Quantity | None) -> Quantity | None:
    """The product of two quantities that are not negative, one of them a number."""
    if left is None or right is None or INFINITE in (*left[1:], *right[1:]):
        return None
    dimension = left[0] if right[0] == "number" else right[0]
    return (dimension, left[1] * right[1], left[2] * right[2])


def total(quantities: Iterable[Quantity | None]) -> Quantity | None:
    """The sum of all, or None if one is not known or there are none."""
    result: Quantity | None = None
    for quantity in quantities:
        if quantity is None:
            return None
        result = quantity if result is None else add(result, quantity)
        if result is None:
            return None
    return result


def per_year(value: Any) -> Quantity | None:
    """How often a year a frequency is."""
    if value.amount is None or not value.amount:
        return None
    from decimal import Decimal

    times = Decimal(str(value.count)) / Decimal(str(value.amount))
    if value.unit in _MONTHS:
        low = high = times * 12 / _MONTHS[value.unit]
    elif value.unit in _HOURS:
        low = times * 365 * 24 / _HOURS[value.unit]
        high = times * 366 * 24 / _HOURS[value.unit]
    else:
        return None
    if value.bound in ("at_least", "more_than"):
        return ("number", low, INFINITE)
    if value.bound in ("at_most", "less_than"):
        return ("number", 0, high)
    return ("number", low, high)
