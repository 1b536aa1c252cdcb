"""Comparisons of lengths of time hold whatever the calendar says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nda_lint.rulebook.quantity import add, compare, duration, multiply

STARTS = st.dates(date(1890, 1, 1), date(2110, 12, 31))
OPERATIONS = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def after_months(start: date, months: int) -> date:
    """The first of a month so many months later (periods that start on a first have whole months)."""
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def holds(operation: str, left: int, right: int) -> bool:
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "=": left == right,
        "!=": left != right,
    }[operation]


@given(STARTS, st.integers(0, 200), st.integers(0, 7000), OPERATIONS)
def test_a_known_answer_holds_from_every_day_on(start: date, months: int, days: int, operation: str) -> None:
    start = start.replace(day=1)
    answer = compare(operation, duration(months, "month"), duration(days, "day"))
    if answer is not None:
        assert holds(operation, (after_months(start, months) - start) // timedelta(days=1), days) is answer


@given(st.integers(0, 12), st.integers(0, 400))
def test_up_to_a_year_only_the_calendar_leaves_it_open(months: int, days: int) -> None:
    lengths = {
        (after_months(start, months) - start).days
        for start in (date(year, month, 1) for year in range(1999, 2008) for month in range(1, 13))
    }
    answers = {length < days for length in lengths}
    expected = answers.pop() if len(answers) == 1 else None
    assert compare("<", duration(months, "month"), duration(days, "day")) is expected


@given(st.integers(0, 100), st.integers(0, 100), OPERATIONS)
def test_numbers_compare_as_numbers(left: int, right: int, operation: str) -> None:
    quantities = ("number", left, left), ("number", right, right)
    assert compare(operation, *quantities) is holds(operation, left, right)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), OPERATIONS)
def test_a_known_answer_about_ranges_holds_for_all_of_them(
    low: int, more: int, other_low: int, other_more: int, operation: str
) -> None:
    answer = compare(operation, ("number", low, low + more), ("number", other_low, other_low + other_more))
    results = {
        holds(operation, left, right)
        for left in range(low, low + more + 1)
        for right in range(other_low, other_low + other_more + 1)
    }
    if answer is not None:
        assert results == {answer}


@given(st.integers(0, 50), st.integers(0, 50))
def test_arithmetic(left: int, right: int) -> None:
    first, second = ("number", left, left), ("number", right, right)
    assert add(first, second) == ("number", left + right, left + right)
    assert add(first, second, -1) == ("number", left - right, left - right)
    assert multiply(first, second) == ("number", left * right, left * right)


def test_what_has_no_dimension_in_common_is_unknown() -> None:
    assert compare("<", duration(5, "business_day"), duration(5, "day")) is None
    assert compare("<", ("money:CNY", 1, 1), ("money:USD", 2, 2)) is None
    assert compare("<", None, ("number", 1, 1)) is None
    assert compare("<", duration("1.5", "year"), duration(19, "month")) is True
