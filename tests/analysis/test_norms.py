"""Contradictions between norms, dimension by dimension, each beside what comes near it and is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nda_lint.analysis.norms import Conflict, analyse
from nda_lint.analysis.norms.days import DAY, Length, day_of, number_of
from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.period import last_day
from nda_lint.source import Source
from nda_lint.tables import tables

PARTIES = 'party Acme "Acme Ltd"\n  role: discloser\nparty Beta "Beta Ltd"\n  role: recipient\n'
DATES = "clause dates\n  signed: 2026-03-01\nclause term\n  duration: 3 years from signing\n  survival: 5 years after termination\n"
当事人 = "当事人 甲方「甲公司」\n  身份:披露方\n当事人 乙方「乙公司」\n  身份:接收方\n"


def conflicts(text: str) -> list[Conflict]:
    contract = bind(parse(Source(text)))
    assert contract.findings == [], [finding.message for finding in contract.findings]
    return analyse(contract, tables())


def found(*norms: str, before: str = PARTIES, kind: str = "duties") -> list[str]:
    """Codes of what is found between norms of one clause, with a mark behind those that are warnings."""
    text = before + f"clause {kind}\n" + "".join(f"  {norm}\n" for norm in norms)
    return [one.code + ("?" if one.severity == "warning" else "") for one in conflicts(text)]


def gefunden(*norms: str, before: str = 当事人) -> list[str]:
    """The same in Chinese."""
    text = before + "条款 保密义务\n" + "".join(f"  {norm}\n" for norm in norms)
    return [one.code + ("?" if one.severity == "warning" else "") for one in conflicts(text)]


BAN = "Beta must not disclose confidential information to third parties"

#: What a permission beside a ban comes to.
PERMISSIONS = [
    # actors
    ("Beta must not copy documents", "Beta may copy documents", ["NDA303"]),
    ("Beta must not copy documents", "Acme may copy documents", []),
    ("Beta must not copy documents", "Beta's employees may copy documents", ["NDA303?"]),
    ("Acme must not copy documents", "Beta's employees may copy documents", []),
    ("each party must not copy documents", "recipient may copy documents", ["NDA303?"]),
    ("discloser must not copy documents", "Beta may copy documents", []),
    ("employees must not copy documents", "executives may copy documents", ["NDA303?"]),
    ("department heads must not copy documents", "executives may copy documents", []),
    # recipients
    (BAN, "Beta may disclose confidential information to partners", ["NDA303?"]),
    (BAN, "Beta may disclose confidential information to Beta's employees", []),
    (BAN, "Beta may disclose confidential information to any person", ["NDA303"]),
    (BAN, "Beta may disclose confidential information", ["NDA303"]),
    (BAN + " except for advisers", "Beta may disclose confidential information to lawyers", []),
    (BAN + " except for lawyers", "Beta may disclose confidential information to advisers", ["NDA303"]),
    ("Beta must not disclose documents to the other party", "Beta may disclose documents to Acme", ["NDA303"]),
    ("each party must not disclose documents to the other party", "Beta may disclose documents to Beta", []),
    # actions
    (BAN, "Beta may publish confidential information", ["NDA303"]),
    ("Beta must not publish documents", "Beta may disclose documents", ["NDA303"]),
    ("Beta must not publish documents", "Beta may sell documents", []),
    ("Beta must not copy documents", "Beta may modify or copy documents", ["NDA303"]),
    # objects
    (BAN, "Beta may disclose source code to third parties", ["NDA303?"]),
    (BAN, "Beta may disclose documents to third parties", []),
    ("Beta must not copy source code", "Beta may copy formulas", []),
    ("Beta must not copy source code", "Beta may copy confidential information", ["NDA303"]),
    ("Beta must not copy source code", "Beta may copy confidential information except source code", []),
    ("Beta must not copy Acme's documents", "Beta may copy Beta's documents", []),
    ("Beta must not copy Acme's documents", "Beta may copy documents", ["NDA303"]),
    ("Beta must not copy the discloser's documents", "Beta may copy Acme's documents", ["NDA303"]),
    ("Beta must not copy its documents", "Beta may copy Acme's documents", []),
    # purposes and means
    ("Beta must not use documents for marketing", "Beta may use documents for evaluation", []),
    ("Beta must not use documents for marketing", "Beta may use documents", ["NDA303"]),
    ("Beta must use documents only for evaluation", "Beta may use documents for marketing", ["NDA303?"]),
    ("Beta must use documents only for evaluation", "Beta may use documents for evaluation", []),
    ("Beta must use documents only for cooperation", "Beta may use documents for evaluation", ["NDA303?"]),
    ("Beta must not send documents by email", "Beta may send documents by courier", []),
    ("Beta must not send documents by email", "Beta may send documents by encrypted email", ["NDA303?"]),
    ("Beta must not send documents only by email", "Beta may send documents by email", ["NDA303"]),
    # only
    ("Beta may disclose documents only to Beta's employees", "Beta may disclose documents to lawyers", ["NDA303?"]),
    ("Beta may disclose documents only to employees", "Beta may disclose documents to executives", []),
    ("Beta may only send documents to Acme by courier", "Beta may send documents to Acme by email", ["NDA303?"]),
    ("Beta may only send documents to Acme by courier", "Beta may send documents to Acme by courier", []),
    ("only executives may access documents", "employees may access documents", ["NDA303"]),
    ("only executives may access documents", "executives may access documents", []),
    ("only executives may access documents", "Acme may access documents", []),
    ("only executives may access documents", "authorities may access documents", []),
    ("only executives may access documents if they need to know", "executives may access documents", ["NDA303"]),
    ("only executives may access documents unless Acme consents", "lawyers may access documents if Acme consents", []),
    # what follows from a permission to disclose
    ("only executives may access documents", "Beta may disclose documents to lawyers", ["NDA303"]),
    ("only executives may access documents", "Beta may disclose documents to executives", []),
    ("only executives may access documents", "Beta may disclose documents to Acme", []),
    # conditions
    (BAN + " unless Acme consents", "Beta may disclose confidential information to third parties if Acme consents", []),
    (BAN + " unless Acme consents", "Beta may disclose confidential information to third parties if Acme consents in writing", []),
    (BAN + " unless Acme consents in writing", "Beta may disclose confidential information to third parties if Acme consents", ["NDA303"]),
    (BAN + " unless Acme consents", "Beta may disclose confidential information to third parties if Beta consents", ["NDA303"]),
    (BAN + " unless they need to know", "Beta may disclose confidential information to lawyers if lawyers need to know", []),
    (BAN + " if Acme requests", "Beta may disclose confidential information to third parties unless Acme requests", []),
    (BAN + " unless Acme consents or required by law", "Beta may disclose confidential information to third parties if Acme consents", []),
    (BAN + " unless Acme consents and required by law", "Beta may disclose confidential information to third parties if Acme consents", ["NDA303"]),
    (BAN + " unless Acme consents", 'Beta may disclose confidential information to third parties if "the board agrees"', ["NDA303"]),
    # the law comes first
    (BAN, "Beta may disclose confidential information to third parties if required by law", []),
    (BAN + " if required by law", "Beta may disclose confidential information to third parties if required by law", ["NDA303"]),
    # time
    ("Beta must not use documents after termination", "Beta may use documents within 10 days after termination", ["NDA303?"]),
    ("Beta must not use documents after termination", "Beta may use documents", []),
    ("Beta must not use documents before 2027-01-01", "Beta may use documents from 2027-01-01", []),
    ("Beta must not use documents until 2027-01-01", "Beta may use documents from 2027-01-01", ["NDA303"]),
    ("Beta must not use documents before disclosure", "Beta may use documents after disclosure", []),
    ("Beta must not use documents if this agreement has ended", "Beta may use documents during the term", []),
    ("Beta must not use documents for 10 days after termination", "Beta may use documents 11 days after termination", []),
]  # fmt: skip


@pytest.mark.parametrize(("ban", "permission", "expected"), PERMISSIONS)
def test_permissions_beside_bans(ban: str, permission: str, expected: list[str]) -> None:
    assert found(ban, permission) == expected
    assert found(permission, ban) == expected


#: What a duty beside a ban comes to.
DUTIES = [
    ("Beta must return documents", "Beta must not return documents", ["NDA302"]),
    ("Beta must return documents", "Beta must not destroy documents", []),
    ("Beta must return or destroy documents", "Beta must not destroy documents", []),
    ("Beta must return or destroy documents", "Beta must not return or destroy documents", ["NDA302"]),
    ("Beta must return and destroy documents", "Beta must not destroy documents", ["NDA302"]),
    ("Beta must destroy documents within 10 days after termination", "Beta must not destroy documents during the term", []),
    ("Beta must destroy documents within 10 days after termination", "Beta must not destroy documents for 5 days after termination", ["NDA302"]),
    ("Beta must use documents only for evaluation", "Beta must not use documents", []),
]  # fmt: skip


@pytest.mark.parametrize(("duty", "ban", "expected"), DUTIES)
def test_duties_beside_bans(duty: str, ban: str, expected: list[str]) -> None:
    assert found(duty, ban) == expected
    assert found(ban, duty) == expected


def test_a_choice_is_barred_by_several_bans_together() -> None:
    duty = "Beta must return or destroy documents"
    bans = ("Beta must not return documents", "Beta must not destroy documents")
    assert found(duty, *bans) == ["NDA302"]
    assert found(duty, bans[0], bans[1] + " if Acme requests") == ["NDA302"]
    apart = (bans[0] + " unless Acme requests", bans[1] + " if Acme requests")
    assert found(duty, *apart) == []


#: Duties that exclude each other.
RIVALS = [
    ("Beta must destroy documents", "Beta must retain documents", ["NDA304"]),
    ("Beta must delete documents", "Beta must back up documents", ["NDA304"]),
    ("Beta must destroy documents", "Acme must retain documents", []),
    ("Beta must destroy documents", "Beta must retain samples", []),
    ("Beta must destroy Acme's documents", "Beta must retain Beta's documents", []),
    ("Beta must return or destroy documents", "Beta must retain documents", ["NDA304"]),
    ("Beta must return or destroy documents", "Beta must store documents", []),
    ("Beta must destroy documents", "Beta must copy documents", []),
    ("Beta must destroy documents if Acme requests", "Beta must retain documents unless Acme requests", []),
    ("Beta must destroy documents within 10 days after termination", "Beta must retain documents for 3 years after termination", ["NDA304"]),
    ("Beta must destroy documents within 10 days after termination", "Beta must retain documents", []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), RIVALS)
def test_duties_that_exclude_each_other(one: str, other: str, expected: list[str]) -> None:
    assert found(one, other) == expected
    assert found(other, one) == expected


NOTIFY = "Beta must notify Acme of leaks "
DEADLINES = [
    (NOTIFY + "within 24 hours after discovery of leak", NOTIFY + "within 48 hours after discovery of leak", ["NDA305?"]),
    (NOTIFY + "within 24 hours after discovery of leak", NOTIFY + "within 1 day after discovery of leak", []),
    (NOTIFY + "within 24 hours after discovery of leak", NOTIFY + "within 48 hours after request", []),
    (NOTIFY + "within 24 hours after discovery of leak", "Beta must notify authorities of leaks within 48 hours after discovery of leak", []),
    (NOTIFY + "within 24 hours", NOTIFY + "within 48 hours", ["NDA305?"]),
    (NOTIFY + "within 24 hours", NOTIFY + "promptly", []),
    (NOTIFY + "within 24 hours", NOTIFY + "within ____ hours", []),
    (NOTIFY + "within 24 hours if Acme requests", NOTIFY + "within 48 hours unless Acme requests", []),
    ("Beta must retain records for 1 year", "Beta must retain records for 3 years", ["NDA305?"]),
    ("Beta must retain records for 12 months", "Beta must retain records for 1 year", []),
    ("Beta must return documents at most 10 days before termination", "Beta must return documents at least 20 days before termination", ["NDA305"]),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), DEADLINES)
def test_deadlines_of_one_duty(one: str, other: str, expected: list[str]) -> None:
    assert found(one, other) == expected
    assert found(other, one) == expected


def test_priorities() -> None:
    ban = "@ban Beta must not copy documents"
    assert found(ban, "Beta may copy formulas, notwithstanding @ban") == []
    assert found(ban, "Beta may copy documents if Acme consents, notwithstanding @ban") == []
    assert found(ban + ", subject to @leave", "@leave Beta may copy documents if Acme consents") == []
    assert found(ban, "Beta may copy documents if Acme consents, subject to @ban") == ["NDA322?"]
    assert found(ban, "Beta may copy documents, notwithstanding @ban") == ["NDA322?"]
    chain = ("@a Beta must not copy documents, subject to @b", "@b Beta must log every access, subject to @c")
    assert found(*chain, "@c Beta may copy documents if Acme consents") == []
    circle = (ban + ", subject to @leave", "@leave Beta may copy documents, subject to @ban")
    assert found(*circle) == ["NDA303"]


def test_a_clause_stands_for_its_norms() -> None:
    text = PARTIES + (
        "clause duties\n  Beta must not copy documents\n"
        "clause use\n  Beta may copy documents if Acme consents, notwithstanding @duties\n"
    )
    assert conflicts(text) == []


def test_norms_without_a_situation() -> None:
    assert found("Beta may copy documents if Acme consents unless Acme consents") == ["NDA322?"]
    assert found("Beta may copy documents except documents") == ["NDA322?"]
    assert found("Beta must return documents before 2026-01-01 within 10 days after 2027-01-01") == [
        "NDA322?"
    ]
    assert found("Beta must destroy documents if this agreement has ended") == []


def test_what_is_not_said_is_not_guessed() -> None:
    assert found("____ must not copy documents", "Beta may copy documents") == []
    assert found('Beta must use documents only for "XX"', "Beta may use documents for marketing") == []


def test_terms_and_grades() -> None:
    terms = 'define "Test Data": technical information\ndefine "Plans": "whatever is planned"\n' + PARTIES
    ban = "Beta must not copy technical information"
    assert found(ban, 'Beta may copy "Test Data"', before=terms) == ["NDA303?"]
    assert found(ban, 'Beta may copy "Plans"', before=terms) == []
    assert found('Beta must not copy "Test Data"', 'Beta may copy "Plans"', before=terms) == []
    grades = PARTIES + 'clause classification\n  grade "Core": "C"\n  grade "General": "G"\n'
    assert (
        found("Beta must not copy core information", "Beta may copy general information", before=grades) == []
    )
    assert found(
        "Beta must not copy core information", "Beta may copy confidential information", before=grades
    ) == ["NDA303"]
    assert (
        found("Beta must not copy core information", "Beta may copy technical information", before=grades)
        == []
    )


def test_roles_of_a_mutual_agreement() -> None:
    mutual = "party Acme\nparty Beta\n"
    ban = "recipient must not copy discloser's documents"
    assert found(ban, "each party may copy its documents", before=mutual) == []
    assert found(ban, "Beta may copy Acme's documents", before=mutual) == ["NDA303"]
    consent = "recipient must not disclose documents to third parties unless discloser consents"
    assert found(consent, "Beta may disclose documents to lawyers if Acme consents", before=mutual) == []
    assert (
        found(consent, "recipient may disclose documents to lawyers if discloser consents", before=mutual)
        == []
    )
    assert (
        found(
            consent, "recipient may disclose documents to lawyers if the other party consents", before=mutual
        )
        == []
    )
    assert found(ban, "recipient may copy discloser's documents", before="") == ["NDA303"]


def test_time_of_the_contract() -> None:
    norms = ("Beta must not copy documents from 2029-03-01", "Beta may copy documents")
    assert found(*norms, before=PARTIES + DATES) == []
    survives = DATES + "  surviving clauses: duties\n"
    assert found(*norms, before=PARTIES + survives) == ["NDA303"]
    after = ("Beta must not copy documents after 2034-03-01", "Beta may copy documents")
    assert found(*after, before=PARTIES + survives) == []


#: The same in Chinese.
CHINESE = [
    ("乙方不得向第三方披露保密信息", "乙方可以向第三方披露保密信息,如甲方书面同意", ["NDA303?"]),
    ("乙方不得向第三方披露保密信息,除非甲方同意", "乙方可以向第三方披露保密信息,如甲方书面同意", []),
    ("乙方不得向合作方披露保密信息", "乙方可以向第三方披露保密信息,如甲方书面同意", ["NDA303"]),
    ("乙方不得复制源代码", "除源代码外,乙方可以复制技术信息", []),
    ("仅高管可以查阅财务信息", "员工可以查阅财务信息", ["NDA303"]),
    ("乙方应当仅为评估使用保密信息", "乙方可以为竞争分析使用保密信息", ["NDA303?"]),
    ("乙方应当销毁保密信息", "乙方不得销毁保密信息", ["NDA302"]),
    ("乙方应当在终止后 10 日内返还或者销毁保密信息", "乙方应当在终止后 3 年内保留保密信息", ["NDA304"]),
    ("乙方应当在知悉泄密后 24 小时内通知甲方", "乙方应当在知悉泄密后 3 日内通知甲方", ["NDA305?"]),
    ("@禁止 乙方不得复制文件", "乙方可以复制文件,如甲方同意,受限于 @禁止", ["NDA322?"]),
]


@pytest.mark.parametrize(("one", "other", "expected"), CHINESE)
def test_in_chinese(one: str, other: str, expected: list[str]) -> None:
    assert gefunden(one, other) == expected
    assert gefunden(other, one) == expected


@given(st.dates(), st.integers(-30_000, 30_000))
def test_days_are_counted_as_the_law_counts_them(day: date, months: int) -> None:
    number = number_of(day.year, day.month, day.day)
    assert number == day.toordinal()
    assert day_of(number) == (day.year, day.month, day.day)
    end = last_day(day, months=months)
    moment = Length(abs(months), "month").after(number * DAY, 1 if months >= 0 else -1)
    assert moment == (None if end is None else end.toordinal() * DAY)


def test_lengths_are_exact() -> None:
    assert (
        Length(36, "month").in_ticks() == Length(3, "year").in_ticks() == Length("1.5", "year").in_ticks() * 2
    )
    assert (
        Length(5, "business_day").in_ticks() == Length(1, "week").in_ticks() == Length(168, "hour").in_ticks()
    )
    assert Length("0.3", "hour").in_ticks() * 10 == Length(3, "hour").in_ticks()
    assert number_of(2027, 2, 29) is None
