"""What happens when: days, the events they are counted from, and what they rest upon."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import contract_of

from nda_lint.analysis.chronology import Chronology, chronology
from nda_lint.analysis.moments import Entry, Point
from nda_lint.render.timeline import Phrases
from nda_lint.tables import tables

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\n'
SIGNED = "clause dates\n  signed: 2026-03-01\n"
TERM = "clause term\n  duration: 3 years from signing\n"
PRC = "clause governing-law\n  law: PRC\n"


def found(text: str, head: str = HEAD) -> Chronology:
    contract = contract_of(head + text)
    assert contract.findings == []
    return chronology(contract)


def the(result: Chronology, part: str) -> Entry:
    """The entry whose statement has these words."""
    text = result.contract.source.text
    (entry,) = [entry for entry in result.entries if part in text[slice(*entry.span)]]
    return entry


def end(result: Chronology, part: str) -> Point:
    point = the(result, part).end
    assert point is not None
    return point


def when(result: Chronology, part: str, language: str = "en") -> str:
    return Phrases(result, "zh" if language == "zh" else "en").when(the(result, part))


def test_periods_end_on_the_day_of_the_same_number() -> None:
    result = found("clause dates\n  signed: 2024-02-29\nclause term\n  duration: 1 year from signing\n")
    assert end(result, "duration").day == date(2025, 2, 28)


def test_survival_follows_the_term_and_says_so() -> None:
    result = found(SIGNED + TERM + "  survival: 5 years after termination\n")
    entry = the(result, "survival")
    assert entry.start is not None
    assert entry.start.day == date(2029, 3, 1)
    assert end(result, "survival").day == date(2034, 3, 1)
    assert end(result, "survival").assumptions == ("ends_with_term",)
    assert end(result, "duration").assumptions == ()


def test_the_end_of_a_term_that_renews_is_that_of_a_term_not_renewed() -> None:
    renewal = "  automatic renewal: yes\n  renewal period: 1 year\n  renewal notice: 30 days\n"
    result = found(SIGNED + TERM + renewal + "  survival: 1 month after termination\n")
    assert end(result, "survival").assumptions == ("ends_with_term", "not_renewed")
    assert end(result, "renewal period").day == date(2030, 3, 1)
    assert end(result, "renewal notice").day == date(2029, 1, 30)


def test_a_term_may_renew_for_the_same_period() -> None:
    result = found(SIGNED + TERM + "  automatic renewal: yes\n  renewal period: same period\n")
    entry = the(result, "same period")
    assert entry.start is not None
    assert (entry.start.day, end(result, "same period").day) == (date(2029, 3, 1), date(2032, 3, 1))
    assert "renewed" in end(result, "same period").assumptions


@pytest.mark.parametrize(("law", "postponed"), [(PRC, date(2029, 3, 12)), ("", None)])
def test_a_deadline_on_a_sunday_is_postponed_where_the_law_says_so(law: str, postponed: date | None) -> None:
    norm = "clause termination\n  Beta must return documents within 10 days after termination\n"
    point = end(found(SIGNED + TERM + norm + law), "Beta must")
    assert point.day == date(2029, 3, 11)
    assert point.is_on_weekend
    assert point.postponed_to == postponed


def test_a_period_that_lasts_is_not_postponed() -> None:
    kept = 'clause termination\n  retention period "Backups": 6 months\n'
    point = end(found(SIGNED + TERM + kept + PRC), "retention period")
    assert (point.day, point.is_on_weekend, point.postponed_to) == (date(2029, 9, 1), True, None)


def test_business_days_and_hours_come_to_no_day() -> None:
    norms = (
        "clause duties\n  Beta must return documents within 10 business days after termination\n"
        "  Beta must notify Acme within 24 hours after discovery of leak\n"
    )
    result = found(SIGNED + TERM + norms)
    assert end(result, "return").day is None
    assert when(result, "return") == "termination (2029-03-01) + 10 business days"
    assert when(result, "notify") == "discovery of leak + 24 hours"
    assert when(result, "notify", "zh") == "知悉泄密 + 24 小时"


def test_what_has_no_day_is_shown_by_its_event() -> None:
    result = found(TERM + "  survival: 5 years after termination\n")
    assert when(result, "duration") == "signing + 3 years"
    assert when(result, "survival") == "termination + 5 years"
    nominal = chronology(result.contract, date(2001, 1, 1))
    assert end(nominal, "survival").day == date(2009, 1, 1)


@pytest.mark.parametrize(
    ("norm", "shape", "english"),
    [
        ("Beta must notify Acme promptly after discovery of leak", "deadline", "promptly after discovery of leak"),
        ("Beta must notify Acme 3 days before disclosure", "deadline", "disclosure − 3 days"),
        ("Beta must destroy documents before 2027-01-01", "deadline", "before 2027-01-01"),
        ("Beta must return documents upon Acme's request", "deadline", "on Acme's request"),
        ("Beta must not solicit employees for 2 years after termination", "span", "2029-03-01 to 2031-03-01"),
        ("Beta may disclose documents after 2027-01-01", "span", "from 2027-01-01"),
        ("Beta must protect information from 2026-03-01", "span", "from 2026-03-01"),
        ("Beta must protect information until publication", "span", "until publication"),
        ("Beta must protect information indefinitely", "span", "indefinite"),
        ("Beta must destroy documents within 3 to 5 days after signing", "deadline", "signing (2026-03-01) + 3 days to 5 days"),
        ("Acme must retain the register for at least 3 years from 2026-03-01", "span", "2026-03-01 until at least 2029-03-01"),
        ("Acme must train its employees every 6 months", "recurrence", "every 6 months, first by 2026-09-01"),
        ("Acme may audit Beta at most once a year", "recurrence", "at most once a year"),
    ],
)  # fmt: skip
def test_windows_of_norms(norm: str, shape: str, english: str) -> None:
    result = found(f"{SIGNED}{TERM}clause duties\n  {norm}\n")
    (entry,) = [entry for entry in result.entries if entry.norm is not None]
    assert entry.shape == shape
    assert Phrases(result, "en").when(entry) == english


def test_a_norm_with_a_condition_says_so() -> None:
    norms = (
        "clause duties\n  Beta must notify Acme 3 days before disclosure if required by law\n"
        "  Beta must return documents within 5 days after request\n"
    )
    assert [entry.is_conditional for entry in found(norms).entries] == [True, False]


def test_what_nobody_has_decided_is_quoted() -> None:
    contract = contract_of(
        f"{HEAD}clause term\n  duration: 3 years or 5 years\n  survival: ____ years after termination\n"
    )
    result = chronology(contract)
    assert when(result, "duration") == "3 years or 5 years"
    assert when(result, "survival") == "____ years after termination"
    assert [entry.first_day for entry in result.entries] == [None, None]


def test_what_is_over() -> None:
    result = found(
        SIGNED + TERM + "  survival: 5 years after termination\nclause access\n  access review: yearly\n"
    )
    day = date(2027, 6, 1)
    statuses = {
        result.contract.source.text[slice(*entry.span)]: entry.status(day) for entry in result.entries
    }
    assert statuses == {
        "signed: 2026-03-01": "over",
        "duration: 3 years from signing": "running",
        "survival: 5 years after termination": "ahead",
        "access review: yearly": "running",
    }
    assert the(result, "review").next_day(day) == date(2028, 3, 1)
    assert the(result, "duration").status(date(2029, 3, 1)) == "running"
    assert the(result, "duration").status(date(2029, 3, 2)) == "over"
    assert the(result, "review").status(date(2029, 3, 2)) == "over"


def test_lengths_beyond_the_calendar() -> None:
    result = found(SIGNED + "clause term\n  duration: 99999 years from signing\n")
    assert end(result, "duration").day is None
    assert when(result, "duration") == "signing (2026-03-01) + 99,999 years"


def test_every_key_that_is_a_time_is_read() -> None:
    """Whatever clause kind comes later: a key of one of these types makes an entry without further ado."""
    values = {"duration": "3 days", "frequency": "monthly", "date": "2026-03-01"}
    left_out = {"party.power_of_attorney_date"}
    for kind, entry in tables()["schema"]["kinds"].items():
        for key, field in entry["fields"].items():
            kinds = [value for type_, value in values.items() if type_ in field["types"]]
            if not kinds or f"{kind}.{key}" in left_out:
                continue
            word = tables()["names"]["en"]["field"][f"{kind}.{key}"][0]
            name = {"party": ' "Acme"', None: ""}.get(field["named"], ' "X"')
            text = f"{word}{name}: {kinds[0]}\n"
            header = {"party": "", "agreement": ""}.get(
                kind, f"clause {tables()['names']['en']['kind'].get(kind, ('',))[0]}\n"
            )
            contract = contract_of(f"{HEAD}{header}  {text}")
            assert chronology(contract).entries, f"{kind}.{key}"
