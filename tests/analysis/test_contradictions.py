"""Contradictions between facts: which values can both be meant, what days they come to, who may see what, and which
way information flows."""

from __future__ import annotations

from time import process_time

import pytest
from helpers import CORPUS, read
from hypothesis import given
from hypothesis import strategies as st

from nda_lint.analysis.contradictions import contradictions
from nda_lint.bind import bind
from nda_lint.finding import Finding
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

GRADES = 'clause classification\n  grade "Core": "Trade Secret - Core"\n  grade "General": "Confidential - General"\n'
PARTIES = "party Acme\n  role: discloser\nparty Beta\n  role: recipient\n"


def findings(text: str) -> list[Finding]:
    contract = bind(parse(Source(text)))
    assert contract.findings == [], [finding.message for finding in contract.findings]
    return contradictions(contract, "en", tables())


def codes(text: str) -> list[str]:
    return [finding.code for finding in findings(text)]


def twice(kind: str, key: str, first: str, second: str) -> str:
    return f"clause {kind}\n  {key}: {first}\nclause {kind}\n  {key}: {second}\n"


DIFFERENT = [
    ("term", "duration", "3 years from signing", "5 years from signing"),
    ("term", "duration", "3 years", "30 months from effective date"),
    ("storage", "backup retention", "6 months", "1 year"),
    ("storage", "backup retention", "6 months", "indefinite"),
    ("storage", "server backup", "monthly", "quarterly"),
    ("training", "refresher", "at least twice a year", "yearly"),
    ("liability", "liquidated damages", "CNY 10,000 to CNY 100,000", "CNY 10,000 to CNY 200,000"),
    ("liability", "liquidated damages", "CNY 10,000", "USD 10,000"),
    ("counterparts", "number", "2", "3"),
    ("governing-law", "law", "Singapore", "England and Wales"),
    ("disputes", "negotiation", "no", "30 days"),
    ("disputes", "seat", '"London"', '"Paris"'),
    ("notices", "deemed received", "on receipt", "3 days"),
    ("signature", "e-signature", "allowed", "not allowed"),
    ("signature", "form", "signed", "signed and sealed"),
    ("dates", "signed", "2026-03-01", "2026-03-02"),
]
COMPATIBLE = [
    ("term", "duration", "3 years from signing", "36 months from signing"),
    ("term", "duration", "3 years from signing", "5 years from disclosure"),
    ("term", "duration", "3 years from signing", "____"),
    ("term", "duration", "3 years or 5 years", "3 years"),
    ("term", "duration", "at least 3 years", "5 years"),
    ("storage", "backup retention", "30 days", "1 month"),
    ("storage", "backup retention", "10 business days", "14 days"),
    ("training", "refresher", "at least twice a year", "every 4 months"),
    ("third-parties", "third-party consent", "written", "prior written"),
    ("disputes", "negotiation", "yes", "30 days"),
    ("disputes", "seat", '"Shanghai"', '"Pudong, Shanghai"'),
    ("disputes", "arbitration rules", '"SIAC Rules"', '"the rules of the institution"'),
    ("governing-law", "law", "United States federal law", "New York"),
    ("signature", "e-signature", "allowed", "reliable electronic signatures only"),
]


@pytest.mark.parametrize(("kind", "key", "first", "second"), DIFFERENT)
def test_two_answers_that_cannot_both_be_meant(kind: str, key: str, first: str, second: str) -> None:
    """Whichever comes first: the finding stands at the later place and names the other."""
    for one, other in ((first, second), (second, first)):
        text = twice(kind, key, one, other)
        (found,) = findings(text)
        assert found.code == "NDA301"
        assert text[slice(*found.span)] == other
        assert [text[slice(*place.span)] for place in found.related] == [one]


@pytest.mark.parametrize(("kind", "key", "first", "second"), COMPATIBLE)
def test_two_answers_that_may_both_be_meant(kind: str, key: str, first: str, second: str) -> None:
    assert codes(twice(kind, key, first, second)) == codes(twice(kind, key, second, first)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_said_twice_alike_is_no_contradiction(language: str) -> None:
    """Every clause of the clean contract once more."""
    text = read(CORPUS, "clean", f"customer.{language}.nda")
    start = text.index("clause " if language == "en" else "条款 ")
    contract = bind(parse(Source(text + "\n" + text[start:])))
    assert [finding.code for finding in contradictions(contract, "en", tables())] == []


def test_clauses_about_different_things_do_not_contradict() -> None:
    for key, one, other in (
        ("payable by", "Acme", "Beta"),
        ("breaches", "late return", "unauthorised disclosure"),
    ):
        clauses = [
            f"clause liability\n  {key}: {of}\n  liquidated damages: CNY {sum_}\n"
            for of, sum_ in ((one, 1), (other, 2))
        ]
        assert codes(PARTIES + "".join(clauses)) == []
        assert codes(PARTIES + "".join(clauses).replace(f"  {key}: {other}\n", "")) == ["NDA301"]
    titled = 'clause storage "Servers of {}"\n  backup retention: {} months\n'
    assert codes(PARTIES + titled.format("Acme", 3) + titled.format("Beta", 6)) == []
    assert codes(PARTIES + titled.format("Acme", 3) + titled.format("both", 6)) == ["NDA301"]


def test_lists_with_none_in_them() -> None:
    both = "clause governing-law\n  foreign element: {}\n"
    assert codes(both.format("none, subject abroad")) == ["NDA301"]
    assert codes(both.format("none") + both.format("subject abroad")) == ["NDA301"]
    assert codes(both.format("facts abroad") + both.format("subject abroad")) == []


@pytest.mark.parametrize(
    ("end", "fires"),
    [("2029-03-01", False), ("2029-02-28", False), ("2029-03-02", False), ("2029-06-01", True)],
)
def test_a_last_day_is_counted(end: str, fires: bool) -> None:
    text = f"clause dates\n  signed: 2026-03-01\nclause term\n  duration: 3 years from signing\n  end date: {end}\n"
    found = findings(text)
    assert bool(found) is fires
    assert all("2029-03-01" in finding.message for finding in found)


def test_a_last_day_is_not_counted_from_a_day_that_is_not_known() -> None:
    lines = "clause term\n  duration: 3 years from signing\n  end date: 2030-01-01\n"
    assert codes(lines) == []
    two = 'clause dates\n  signed "Acme": 2026-03-01\n  signed "Beta": 2026-04-01\n'
    assert codes(PARTIES + two + lines) == []
    assert codes(PARTIES + two + lines.replace("from signing", "from last signature")) == ["NDA301"]


def test_the_effective_date_is_counted_from() -> None:
    text = "clause dates\n  signed: 2024-02-28\n  effective: 2024-02-29\nclause term\n  duration: {}\n  end date: {}\n"
    assert codes(text.format("1 year from effective date", "2025-02-28")) == []
    assert codes(text.format("1 year from effective date", "2025-03-29")) == ["NDA301"]
    assert codes("clause dates\n  signed: 2026-03-01\n  effective: signing\n  effective: 2026-03-01\n") == []
    assert codes("clause dates\n  signed: 2026-03-01\n  effective: signing\n  effective: 2026-03-02\n") == [
        "NDA301"
    ]


def test_duties_that_end_first_are_said_with_their_days() -> None:
    text = "clause dates\n  signed: 2026-03-31\nclause term\n  survival: 11 months from signing\n  duration: 1 year from signing\n"
    (found,) = findings(text)
    assert found.code == "NDA308"
    assert "2027-02-28" in found.message and "2027-03-31" in found.message
    assert text[slice(*found.span)] == "1 year from signing"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("duration: indefinite\n  survival: 3 years from signing", ["NDA308"]),
        ("duration: 3 years from signing\n  survival: 36 months from signing", []),
        ("duration: 3 years from signing\n  survival: 2 years from effective date", []),
        ("duration: 3 years from signing\n  survival: 2 years", []),
        ("duration: 3 years from signing\n  survival: indefinite", []),
        ("end date: 2029-01-01\n  survival until: 2029-01-01", []),
        ("starts: 2026-05-01\n  end date: 2026-04-01", ["NDA308"]),
        ("survival: 3 years after termination\n  survival until: publication", ["NDA307"]),
        ("duration: 3 years\n  duration: indefinite", ["NDA307"]),
    ],
)
def test_term_and_survival(lines: str, expected: list[str]) -> None:
    assert codes(f"clause term\n  {lines}\n") == expected


@pytest.mark.parametrize(
    ("lines", "fires"),
    [
        ("only executives may access core information\n  directors may access core information", False),
        ("only directors may access core information\n  executives may access core information", True),
        (
            "only executives may access core information\n  department heads may access confidential information",
            True,
        ),
        (
            "only executives may access core information\n  department heads may access general information",
            False,
        ),
        (
            "only executives may access core information\n  department heads may disclose core information",
            False,
        ),
        (
            "only Beta's executives may access core information\n  Acme's employees may access core information",
            False,
        ),
        (
            "only executives may access core information\n  authorities may access confidential information",
            False,
        ),
        ("only executives may access core information\n  Beta may access confidential information", False),
        ("executives may access core information\n  employees may access core information", False),
        (
            "only very few executives may access core information\n  directors may access core information",
            False,
        ),
    ],
)
def test_grades_and_roles(lines: str, fires: bool) -> None:
    assert codes(PARTIES + GRADES + f"clause access\n  {lines}\n") == ["NDA310"] * fires


def test_the_persons_of_a_grade_are_one_list() -> None:
    roles = GRADES + '  holders are "Core": directors\n  holders are "Core": department heads\n'
    assert codes(roles + "clause access\n  department heads may access core information\n") == []
    assert codes(roles + "clause access\n  executives may access core information\n") == ["NDA310"]
    assert codes(roles + "clause access\n  only directors may access core information\n") == ["NDA310"]


@pytest.mark.parametrize(
    ("kind", "roles", "duty", "fires"),
    [
        (
            "mutual",
            ("both", "both"),
            "Beta must not disclose confidential information to third parties",
            True,
        ),
        ("mutual", ("both", "both"), "Beta must not disclose cover page", False),
        (
            "mutual",
            ("both", "both"),
            "each party must not disclose confidential information to third parties",
            False,
        ),
        ("mutual", ("both", "recipient"), "recipient must protect confidential information", True),
        ("one-way", ("discloser", "recipient"), "discloser must protect confidential information", True),
        ("one-way", ("discloser", "recipient"), "Acme may disclose confidential information to Beta", False),
        (
            "one-way",
            ("discloser", "recipient"),
            "both parties must not disclose confidential information",
            True,
        ),
        ("one-way", ("discloser", "recipient"), "Beta must not publish confidential information", False),
        ("one-way", ("____", "recipient"), "Acme must protect confidential information", False),
    ],
)
def test_direction(kind: str, roles: tuple[str, str], duty: str, fires: bool) -> None:
    text = (
        f'agreement "A"\n  type: {kind}\nparty Acme\n  role: {roles[0]}\nparty Beta\n  role: {roles[1]}\n'
        f"clause duties\n  {duty}\n"
    )
    assert codes(text) == ["NDA315"] * fires


LINES = sorted(
    {
        line
        for _, key, *values in (*DIFFERENT, *COMPATIBLE)
        for line in (f"  {key}: {value}" for value in values)
    }
)
HEADERS = sorted({f"clause {kind}" for kind, *_ in (*DIFFERENT, *COMPATIBLE)})


@given(st.lists(st.sampled_from([*LINES, *HEADERS]), max_size=30))
def test_each_trouble_is_said_once_at_the_later_place(lines: list[str]) -> None:
    contract = bind(parse(Source("clause term\n" + "\n".join(lines))))
    found = contradictions(contract, "zh", tables())
    assert len({(finding.code, finding.span) for finding in found}) == len(found)
    for finding in found:
        assert finding.related
        if finding.code == "NDA301":
            assert all(place.span < finding.span for place in finding.related)


def test_the_cost_grows_with_the_number_of_facts() -> None:
    """Ten times as many facts for one question, all of them different, take no hundred times as long."""

    def seconds(count: int) -> float:
        text = "".join(f"clause storage\n  backup retention: {number + 1} days\n" for number in range(count))
        contract = bind(parse(Source(text)))
        taken = []
        for _ in range(3):
            start = process_time()
            assert len(contradictions(contract, "en", tables())) == count - 1
            taken.append(process_time() - start)
        return min(taken)

    assert seconds(8000) < 40 * seconds(800)
