"""What conditions of rules mean: true, false or unknown of a contract."""

from __future__ import annotations

import pytest
from rulebook.support import book, findings, rule_text, truth

from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.source import Source

PARTIES = """\
party Acme "Acme Ltd"
  role: discloser
  address: "1 High Street"
party Beta "Beta Ltd"
  role: recipient
"""
NORMS = (
    PARTIES
    + """\
clause duties
  Beta must not transfer confidential information to third parties unless Acme consents in writing
  Beta may disclose technical information only to Beta's employees if they need to know
  Beta must return documents within 10 days after termination
  each party must "act in good faith"
"""
)
PLACES = """\
当事人 甲方「上海甲科技有限公司」
  住所:「上海市浦东新区世纪大道 88 号」
  国家或地区:「中国」
当事人 乙方「苏州乙贸易有限公司」
  住所:「江苏省苏州市工业园区星湖街 1 号」
  国家或地区:「中国香港」
条款 争议解决
  诉讼:「苏州工业园区人民法院」
  仲裁地:「北京西路 1 号」
条款 适用法律
  适用法律:英格兰和威尔士
"""
MANAGEMENT = """\
clause storage
  bearer: recipient
  server backup: monthly
clause training
  internal only: yes
"""
BROKEN = """\
clause term
  duration: 3 years 5 months 7
"""


@pytest.mark.parametrize(
    ("text", "when", "expected"),
    [
        # given and missing
        ("clause term\n  duration: 3 years\n", "term.duration exists", True),
        ("clause term\n  duration: ____\n", "term.duration exists", True),
        ("clause term\n", "missing term.duration", True),
        ("clause term\n", "clause term exists", True),
        ("clause term\n", "missing clause scope", True),
        # what depends on a missing, blank or undecided value is unknown
        ("clause term\n", "term.duration < 2 years", None),
        ("clause term\n  duration: ____\n", "term.duration < 2 years", None),
        ("clause term\n  duration: 1 year or 3 years\n", "term.duration < 2 years", None),
        ("clause term\n  duration: 1 year\n", "term.duration < 2 years", True),
        # a value that may be a person, but is none or cannot be read
        (PARTIES + "clause use\n  approver: Acme\n", "use.approver is party", True),
        (PARTIES + "clause use\n  approver: executives\n", "use.approver is party", False),
        (PARTIES + "clause use\n  approver: ____\n", "use.approver is party", None),
        (PARTIES + 'clause use\n  approver: "the board"\n', "use.approver is party", None),
        # where places are that are named, unknown where nothing listed is
        (PLACES, 'every p in parties: p.address.region = "shanghai"', False),
        (PLACES, 'any p in parties: p.address.region = "jiangsu"', True),
        (PLACES, "any c in disputes.court: any p in parties: c.region = p.address.region", True),
        (PLACES, 'every p in parties: p.country.territory = "prc"', False),
        (PLACES, 'any p in parties: p.country.territory = "hong_kong"', True),
        (PLACES, 'disputes.seat.region = "beijing"', None),
        (PLACES, "missing disputes.seat.region", True),
        (PLACES, "any p in parties: missing p.address.region", False),
        (PLACES, 'governing_law.law.territory = "united_kingdom"', True),
        # but each of the alternatives can be looked at
        (
            "clause governing-law\n  law: common law or Japan\n",
            "any a in governing_law.law.alternatives: a is common_law",
            True,
        ),
        (
            "clause governing-law\n  law: common law or ____\n",
            "every a in governing_law.law.alternatives: a is common_law",
            None,
        ),
        (
            "clause governing-law\n  law: Japan\n",
            "any a in governing_law.law.alternatives: a is common_law",
            False,
        ),
        (
            "clause term\n  duration: 1 year\nclause term\n  duration: 3 years\n",
            "term.duration < 2 years",
            None,
        ),
        (
            "clause term\n  duration: 1 year\nclause term\n  duration: 1 year\n",
            "term.duration < 2 years",
            True,
        ),
        # and, or, not
        ("clause term\n", "missing term.duration or term.duration < 2 years", True),
        ("clause term\n", "term.duration exists and term.duration < 2 years", False),
        ("clause term\n", "not term.duration < 2 years", None),
        # choices and predicates
        ("clause amendment\n  form: written\n", "amendment.form is written", True),
        ("clause amendment\n  form: written\n", "amendment.form in (oral, any)", False),
        ("clause amendment\n  form: ____\n", "amendment.form is written", None),
        ("clause amendment\n  form: ____\n", "amendment.form is blank", True),
        ("clause dates\n  effective: 2026-03-01\n", "dates.effective is date", True),
        ("clause dates\n  effective: 2026-03-01\n", "dates.effective is last_signature", False),
        ('clause dates\n  effective: "the day after"\n', "dates.effective is last_signature", None),
        ("clause term\n  duration: 3 to 5 years\n", "term.duration is range", True),
        (
            "clause liability\n  liquidated damages: at least CNY 5\n",
            "liability.liquidated_damages is open_ended",
            True,
        ),
        ("clause disputes\n  negotiation: yes\n", "disputes.negotiation is yes", True),
        ("clause disputes\n  negotiation: 30 days\n", "disputes.negotiation is yes", False),
        # a clause is of its kind by whatever name it is called
        (
            'agreement "NDA"\n  highlighted clauses: @sums\nclause liability @sums\n',
            "agreement.highlighted contains liability",
            True,
        ),
        (
            'agreement "NDA"\n  highlighted clauses: @sums\nclause liability @sums\n',
            "agreement.highlighted contains disputes",
            False,
        ),
        # choices are compared with each other
        (
            "clause counterparts\n  languages: English\n  prevailing language: English\n",
            "any l in counterparts.languages: l = counterparts.prevailing_language",
            True,
        ),
        (
            "clause counterparts\n  languages: Chinese\n  prevailing language: English\n",
            "every l in counterparts.languages: l != counterparts.prevailing_language",
            True,
        ),
        (
            'clause classification\n  controls "A": marking\n  controls "B": "a stamp"\n',
            "every v in classification.controls: every w in classification.controls: v = w",
            None,
        ),
        (
            'clause classification\n  controls "A": "a stamp"\n  controls "B": "a stamp"\n',
            "every v in classification.controls: every w in classification.controls: v = w",
            True,
        ),
        (
            'clause classification\n  most holders "A": 3\n  most holders "B": 4\n',
            "every f in facts of classification.holders: f.value = 3",
            False,
        ),
        (
            'clause classification\n  controls "A": marking, register\n  controls "B": encryption\n',
            'any f in facts of classification.controls: f.name = "A" and any v in f.values: v is register',
            True,
        ),
        (
            "clause counterparts\n  languages: English\n  prevailing language: ____\n",
            "any l in counterparts.languages: l = counterparts.prevailing_language",
            None,
        ),
        # lists
        ("clause scope\n  forms: written, oral\n", "scope.forms contains oral", True),
        ("clause scope\n  forms: written, oral\n", "scope.forms contains (visual, samples)", False),
        ("clause scope\n", "scope.forms contains oral", None),
        (
            'clause scope\n  exclusions: independent development, "whatever"\n',
            "scope.exclusions contains public",
            None,
        ),
        ("clause scope\n  forms: written, oral\n", "count(scope.forms) = 2", True),
        ("clause scope\n", "count(scope.forms) = 0", None),
        ("clause scope\n  forms: written, oral\n", "every f in scope.forms: f in (written, oral)", True),
        (
            "clause scope\n  business information: customer list, prices\n",
            'scope.business_information contains "List"',
            True,
        ),
        (
            "clause scope\n  business information: listings\n",
            'scope.business_information contains "list"',
            False,
        ),
        ("条款 保密范围\n  经营信息:客户名单汇总\n", "scope.business_information contains 「名单」", True),
        # parties
        (PARTIES, "count(parties) = 2", True),
        (PARTIES, "any p in parties: p.role is recipient and missing p.address", True),
        (PARTIES, "every p in parties: p.address exists", False),
        (PARTIES, 'any p in parties: p.name = "Acme"', True),
        (PARTIES, "count(p in parties: p.address exists) = 1", True),
        # clauses of several kinds
        (MANAGEMENT, "any c in storage clauses, training clauses: missing c.bearer", True),
        (MANAGEMENT, "any c in storage clauses, access clauses: missing c.bearer", False),
        (MANAGEMENT, "any c in storage clauses, training clauses: c.bearer contains recipient", True),
        (MANAGEMENT, "every c in storage clauses, training clauses: c.internal_only is yes", None),
        (MANAGEMENT, "count(c in storage clauses, training clauses: c.internal_only exists) = 1", True),
        # norms
        (NORMS, "any n in norms: n.action is disclose and n.modality is must_not", True),
        (NORMS, "any n in norms: n.action is transfer and n.modality is may", False),
        (NORMS, "any n in norms: n.object is confidential_information and n.modality is may", True),
        (NORMS, "any n in norms: n.object covers source_code and n.modality is may", True),
        (NORMS, "any n in norms: n.object covers source_code and n.in_writing", False),
        (NORMS, "any n in norms: n.actor is discloser and n.modality is may", False),
        (NORMS, "any n in norms: n.only_recipient and n.recipient is employee", True),
        (NORMS, "any n in norms: n.unless is consents_in_writing", True),
        (NORMS, "any n in norms: n.if is needs_to_know", True),
        (NORMS, "any n in norms: any w in n.window: w.event is termination and w.length = 10 days", True),
        (NORMS, "any n in norms: n.action is pay", None),  # "act in good faith" may be anything
        (NORMS, "any n in norms: n.action is pay and n.modality is must_not", False),
        (NORMS, "any n in norms: n.clause is liability", False),
        # profiles and the contract itself
        (PARTIES, "contract is english", True),
        ("# nda-lint: template\nclause term\n", "contract is template", True),
        (PARTIES, "profile is strict", False),
    ],
)
def test_conditions(text: str, when: str, expected: bool | None) -> None:
    assert truth(text, when) is expected


def test_nothing_is_missing_that_could_not_be_read() -> None:
    broken = bind(parse(Source(BROKEN)))
    assert broken.findings
    for when in ("missing term.duration", "missing clause term", "term.duration < 1 year"):
        assert book(rule_text(when)).evaluate(broken) == []
    unread = bind(parse(Source("clause duties\n  Beta must not must disclose\n")))
    for when in (
        "not (any n in norms: n.action is disclose)",
        "every n in norms: n.in_writing",
        "count(norms) = 0",
    ):
        assert book(rule_text(when)).evaluate(unread) == []


@pytest.mark.parametrize(
    ("length", "when", "expected"),
    [
        ("30 days", "term.duration < 1 month", None),
        ("27 days", "term.duration < 1 month", True),
        ("32 days", "term.duration > 1 month", True),
        ("31 days", "term.duration > 1 month", None),
        ("12 months", "term.duration = 1 year", True),
        ("365 days", "term.duration < 1 year", None),
        ("367 days", "term.duration > 1 year", True),
        ("5 business days", "term.duration < 10 days", None),
        ("5 business days", "term.duration < 10 business days", True),
        ("48 hours", "term.duration = 2 days", True),
        ("at least 3 years", "term.duration > 2 years", True),
        ("at least 3 years", "term.duration > 4 years", None),
        ("3 to 5 years", "term.duration >= 3 years", True),
        ("3 to 5 years", "term.duration > 4 years", None),
        ("indefinite", "term.duration > 100 years", True),
        ("until public", "term.duration > 1 year", None),
    ],
)
def test_durations(length: str, when: str, expected: bool | None) -> None:
    assert truth(f"clause term\n  duration: {length}\n", when) is expected


@pytest.mark.parametrize(
    ("money", "when", "expected"),
    [
        ("CNY 10,000", "liability.liquidated_damages > CNY 5,000", True),
        ("CNY 10,000", "liability.liquidated_damages > USD 5,000", None),
        ("CNY 10,000 to CNY 20,000", "liability.liquidated_damages > CNY 5,000", True),
        ("CNY 10,000 to CNY 20,000", "liability.liquidated_damages.max = CNY 20,000", True),
        ("CNY 10,000 to CNY 20,000", "liability.liquidated_damages > CNY 15,000", None),
        ("CNY 10,000", "liability.liquidated_damages * 2 > CNY 19,999", True),
        ("CNY 0.5", "liability.liquidated_damages + CNY 0.5 = CNY 1", True),
    ],
)
def test_money(money: str, when: str, expected: bool | None) -> None:
    assert truth(f"clause liability\n  liquidated damages: {money}\n", when) is expected


def test_frequencies() -> None:
    text = "clause training\n  refresher: every 6 months\n"
    assert truth(text, "training.refresher.per_year = 2") is True
    assert (
        truth("clause training\n  refresher: at least twice a year\n", "training.refresher.per_year >= 2")
        is True
    )


def test_one_finding_for_each_value_in_focus() -> None:
    text = "clause scope\n  forms: written, oral, visual\n"
    found = findings(
        text, "scope.forms in (oral, visual)", "scope.forms", message='"{scope.forms}" 「{scope.forms}」'
    )
    assert [finding.message for finding in found] == ["oral", "visual"]
    assert [text[slice(*finding.span)] for finding in found] == ["oral", "visual"]


def test_one_finding_for_each_solution() -> None:
    found = findings(PARTIES, "any p in parties: missing p.address", "p", message='"{p} has none" 「{p}无」')
    assert [finding.message for finding in found] == ["Beta has none"]
    assert PARTIES[slice(*found[0].span)] == 'party Beta "Beta Ltd"'


def test_a_place_is_reported_once() -> None:
    when = "any p in parties: any q in parties: p.name != q.name"
    assert len(findings(PARTIES, when, "p")) == 2


def test_missing_things_stand_at_the_nearest_header() -> None:
    text = 'agreement "A"\nclause term  # here\n  automatic renewal: no\n'
    found = findings(text, "missing term.duration", "clause termination, clause term, contract")
    assert text[slice(*found[0].span)] == "clause term"
    found = findings(text, "missing clause scope", "clause scope, contract")
    assert text[slice(*found[0].span)] == 'agreement "A"'
    assert findings("clause term\n", "missing clause scope", "clause scope")[0].span == (0, 0)


def test_related_places() -> None:
    text = "clause liability\n  liquidated damages: CNY 1 to CNY 2\n  breaches: late return, any breach\n"
    found = findings(
        text,
        "liability.liquidated_damages is range",
        "liability.liquidated_damages",
        more='related: liability.breaches "for this" 「适用于此」',
    )
    assert [text[slice(*related.span)] for related in found[0].related] == ["late return, any breach"]
    assert found[0].related[0].message == "for this"
