"""What rules share: statutes that are renumbered, conditions with a name; and parameters that a house sets."""

from __future__ import annotations

import pytest
from rulebook.support import book, compiled, contract, rule_text, truth

from nda_lint.rulebook import Rulebook, compile_rules
from nda_lint.rulebook.statutes import chinese_number
from nda_lint.tables import tables

STATUTE = """
statute test-law "Test Act" 「测试法」
  in force: since 2026-03-01
  renumbered: since 2026-03-01 16 to 27, 17 to 28
  renumbered: since 2020-01-01 9 to 16
  source: "the gazette"
"""
CONDITION = """
condition two_sided "Both disclose" 「双方披露」
  when: (agreement.type exists and agreement.type is mutual) or every p in parties: p.role is both
condition one_sided_pair "One of two discloses" 「两方中一方披露」
  when: count(p in parties: p.role is discloser) = 1 and not contract is two_sided
"""


def cites(cite: str, **named: str) -> list[tuple[str, str | None, str | None]]:
    text = STATUTE + rule_text("missing clause use", more=f"cite: {cite}")
    (finding,) = book(text).evaluate(contract("clause term"), **named)  # type: ignore[arg-type]
    return [(cite.text, cite.in_force_from, cite.in_force_until) for cite in finding.cites]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-01", ("Test Act, art. 27", "2026-03-01", None)),
        ("2026-02-28", ("Test Act, art. 16", "2020-01-01", "2026-02-28")),
        ("2019-12-31", ("Test Act, art. 9", None, "2019-12-31")),
    ],
)
def test_an_article_is_cited_under_the_number_of_its_time(
    as_of: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert cites("test-law 27", as_of=as_of) == [expected]


def test_articles_paragraphs_and_chinese_numbers() -> None:
    assert cites("test-law 28(2), 253-1, 100", as_of="2026-03-01", language="zh") == [
        ("《测试法》第二十八条第二款、第二百五十三条之一、第一百条", "2026-03-01", None)
    ]
    assert cites("test-law 28(2)", as_of="2026-02-28") == [("Test Act, art. 17(2)", None, "2026-02-28")]


def test_an_article_that_is_new_has_no_former_number() -> None:
    assert cites("test-law 81, in force since 2026-03-01", as_of="2026-02-28") == []
    assert cites("test-law 81, in force since 2026-03-01", as_of="2026-03-02")


@pytest.mark.parametrize(
    ("number", "words"),
    [(7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (585, "五百八十五"),
     (1034, "一千零三十四"), (1259, "一千二百五十九"), (1000, "一千")],
)  # fmt: skip
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_law_of_one_jurisdiction_is_cited_where_it_governs() -> None:
    """The condition may bind variables of its own."""
    where = "any s in governing_law.law: s is prc"
    text = STATUTE + rule_text(
        "missing clause use", more=f'cite: test-law 27, where {where}\n  cite: "Elsewhere" 「他处」'
    )
    for law, expected in (("PRC", ["Test Act, art. 27", "Elsewhere"]), ("Japan", ["Elsewhere"])):
        (finding,) = book(text).evaluate(contract(f"clause governing-law\n  law: {law}"), as_of="2026-03-01")
        assert [cite.text for cite in finding.cites] == expected
    rule = book(text).rules[0]
    assert [cite[0] for cite in rule.documents["cites"]] == ["Test Act, art. 27", "Test Act, art. 16",
                                                             "Test Act, art. 9", "Elsewhere"]  # fmt: skip
    mistaken = rule_text(
        "missing clause use", more='cite: "Elsewhere" 「他处」, where governing_law.lax is prc'
    )
    assert [error.key for error in compiled(mistaken)[1]] == ["unknown-field"]


def test_sources_stand_in_the_documents() -> None:
    rules = book(STATUTE + rule_text("missing clause use", more="cite: test-law 27")).rules
    assert {cite[4] for cite in rules[0].documents["cites"]} == {("the gazette", "the gazette")}


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("party A\n  role: discloser\nparty B\n  role: recipient\n", True),
        ("agreement\n  type: mutual\nparty A\n  role: discloser\nparty B\n  role: recipient\n", False),
        ("party A\n  role: both\nparty B\n  role: both\n", False),
    ],
)
def test_a_condition_with_a_name_is_put_into_the_rule(text: str, fires: bool) -> None:
    rules = CONDITION + rule_text(
        "any p in parties: contract is one_sided_pair and p.role is recipient", at="p"
    )
    # the variable of the rule and those of the condition do not get in each other's way
    assert compiled(rules)[1][0].key == "loose-part"
    rules = CONDITION + rule_text(
        "contract is one_sided_pair and any p in parties: p.role is recipient", at="p"
    )
    assert bool(book(rules).evaluate(contract(text))) is fires


def test_a_house_may_name_what_is_declared_already() -> None:
    loaded = tables()
    known, errors = compile_rules([("a.rules", STATUTE + CONDITION)], loaded["schema"], loaded["names"])
    assert errors == []
    house = rule_text("contract is one_sided_pair", more="cite: test-law 27")
    plain, errors = compile_rules([("b.rules", house)], loaded["schema"], loaded["names"], known=known)
    assert errors == []
    text = "party A\n  role: discloser\nparty B\n  role: recipient\n"
    assert Rulebook(plain).evaluate(contract(text), as_of="2026-03-01")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (rule_text("contract is twosided"), "unknown-word", "twosided"),
        (rule_text("missing clause use", more="cite: tset-law 27"), "unknown-statute", "tset-law"),
        (STATUTE, "repeated-name", "test-law"),
        ('statute other-law "Act" 「法」\n  in force: since 2020-01-01\n', "missing-property", "other-law"),
        ('condition circle "It" 「环」\n  when: contract is circle\n', "unknown-word", "circle"),
        ('condition x "Only English"\n  when: missing clause use\n', "one-language", "x"),
        (rule_text("term.duration < limit", more='parameter: limit CNY 5 "x" 「甲」'), "not-comparable",
         "term.duration < limit"),
        (rule_text("missing clause use", more='parameter: term 5 years "x" 「甲」'), "shadowed", "term"),
        (rule_text("missing clause use", more='parameter: limit 5 yaers "x" 「甲」'), "syntax", "yaers"),
    ],
)  # fmt: skip
def test_mistakes_in_what_is_shared(text: str, key: str, words: str) -> None:
    errors = compiled(STATUTE + CONDITION + text)[1]
    assert [error.key for error in errors] == [key]
    start, end = errors[0].span
    assert errors[0].source.text[start:end] == words
    assert errors[0].render("zh")


PARAMETER = rule_text(
    "liability.cap > limit",
    message='"above {limit}" 「超过 {limit}」',
    more='parameter: limit CNY 500,000 "The highest cap" 「最高限额」',
)


def test_a_parameter_has_a_value_that_a_house_may_change() -> None:
    plain, _ = compiled(PARAMETER)
    text = contract("clause liability\n  cap: CNY 400,000\n")
    assert Rulebook(plain).evaluate(text) == []
    house = Rulebook(plain, parameters={"TST101": {"limit": ("money", 300000, "CNY")}})
    (finding,) = house.evaluate(text)
    assert finding.message == "above CNY 300,000"
    (parameter,) = house.rules[0].documents["parameters"]
    assert parameter[0] == "limit" and parameter[2:] == ("The highest cap", "最高限额")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # the day of the event does not count; the last day is that of the same number
        ("dates.signed + 3 years = 2029-03-01", True),
        ("any s in dates.signed: s + 10 days = 2026-03-11", True),
        ("any s in dates.signed: s + 1 month > 2026-04-01", False),
        ("any s in dates.signed: s - 1 month = 2026-02-01", True),
        ("2024-02-29 + 1 year = 2025-02-28", True),
        ("2024-01-31 + 1 month = 2024-02-29", True),
        ("2026-03-01 - 2026-02-01 = 28 days", True),
        ("2026-03-01 - 2026-02-01 < 1 month", None),
        ("2026-03-01 + 10 business days > 2026-03-02", None),
    ],
)
def test_days_and_lengths_of_time(when: str, expected: bool | None) -> None:
    text = "clause dates\n  signed: 2026-03-01\n"
    if when.startswith("dates.signed"):
        when = when.replace("dates.signed", "any s in dates.signed: s")
    assert truth(text, when) is expected


def test_a_day_that_was_computed_is_shown_in_words() -> None:
    plain, _ = compiled(
        rule_text(
            "term.end_date > latest",
            message='"after {latest}" 「晚于{latest}」',
            more='parameter: latest 2028-03-01 "x" 「甲」',
        )
    )
    text = contract("clause term\n  end date: 2029-03-01\n")
    assert Rulebook(plain).evaluate(text)[0].message == "after 2028-03-01"
    assert Rulebook(plain).evaluate(text, language="zh")[0].message == "晚于 2028 年 3 月 1 日"
