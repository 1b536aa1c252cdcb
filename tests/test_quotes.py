"""A quotation mark that has lost its twin costs one finding, and what the line declares is declared."""

from __future__ import annotations

import pytest
from helpers import contract_of, messages

ENGLISH = 'agreement "A"\n{}\nparty Beta "Beta Ltd"\nclause duties\n  Acme must protect samples\n  Beta must protect samples\n'
CHINESE = "协议「A」\n{}\n当事人 乙方「乙公司」\n条款 保密义务\n  甲方应当保护样品\n  乙方应当保护样品\n"
OPENING, CLOSING = "without its closing mark on the same line", "without its opening mark on the same line"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENGLISH.format('party Acme "Acme Ltd'), f'found an opening " {OPENING}'),
        (ENGLISH.format('party Acme Acme Ltd"'), f'found a closing " {CLOSING}'),
        (ENGLISH.format("party Acme “Acme Ltd"), f"found an opening “ {OPENING}"),
        (CHINESE.format("当事人 甲方「甲公司"), "发现左引号 「，同一行内没有与之配对的右引号"),
        (CHINESE.format("当事人 甲方甲公司」"), "发现右引号 」，同一行内没有与之配对的左引号"),
        (CHINESE.format("当事人「甲方「甲公司」"), "发现左引号 「，同一行内没有与之配对的右引号"),
    ],
)
def test_a_party_is_declared_despite_a_lone_mark(text: str, said: str) -> None:
    contract = contract_of(text)
    assert messages(contract) == [f"NDA001 {said}"]
    assert [party.name for party in contract.parties] in (["Acme", "Beta"], ["甲方", "乙方"])
    assert [party.title for party in contract.parties] in (["Acme Ltd", "Beta Ltd"], ["甲公司", "乙公司"])


@pytest.mark.parametrize(
    "grade",
    ['grade "Core: "X"', 'grade Core": "X"', 'grade "Core": X"', 'grade "Core": "X', 'grade "Core"《: "X"'],
)
def test_a_grade_is_declared_despite_a_lone_mark(grade: str) -> None:
    text = f'agreement "A"\nclause classification\n  {grade}\nclause access\n  employees may access core information\n'
    contract = contract_of(text)
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert [fact.name for fact in contract.facts("classification.grade")] == ["Core"]
    assert len(contract.norms) == 1


@pytest.mark.parametrize(
    "grade", ["等级「核心:「甲」", "等级核心」:「甲」", "等级「核心」:甲」", "等级「核心」:「甲"]
)
def test_a_grade_is_declared_despite_a_lone_mark_in_chinese(grade: str) -> None:
    contract = contract_of(f"协议「A」\n条款 分级\n  {grade}\n条款 访问权限\n  员工可以查阅核心信息\n")
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert [fact.name for fact in contract.facts("classification.grade")] == ["核心"]
    assert len(contract.norms) == 1


@pytest.mark.parametrize(
    "header",
    ['clause term "Long', 'clause term Long"', 'clause "term', '"clause term', 'clause" term', '《clause term', "条款「期限",
     "「条款 期限", "条款」期限", "条款 期限」"],
)  # fmt: skip
def test_a_header_opens_its_clause_despite_a_lone_mark(header: str) -> None:
    contract = contract_of(f'agreement "A"\nclause disputes\n  seat: "York"\n{header}\n  duration: 3 years\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert contract.facts("term.duration")


@pytest.mark.parametrize(
    ("definition", "name"),
    [
        ('define "Test: technical information', "Test"),
        ('define Test": technical information', "Test"),
        ('define "Test": "the test', "Test"),
        ("定义「测试:技术信息", "测试"),
        ("定义 测试」:技术信息", "测试"),
    ],
)
def test_a_term_is_declared_despite_a_lone_mark(definition: str, name: str) -> None:
    contract = contract_of(f'agreement "A"\n{definition}\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert [term.name for term in contract.definitions] == [name]


@pytest.mark.parametrize(
    ("fact", "value"),
    [('seat: York"', "York"), ('seat: "York', "York"), ("seat: York」", "York"), ("seat: 「York", "York")],
)
def test_a_value_is_read_despite_a_lone_mark(fact: str, value: str) -> None:
    contract = contract_of(f'agreement "A"\nclause disputes\n  {fact}\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert getattr(contract.facts("disputes.seat")[0].value, "text", None) == value


@pytest.mark.parametrize("header", ['agreement A"', "协议 A」", 'agreement "A', "协议「A"])
def test_an_agreement_is_opened_despite_a_lone_mark(header: str) -> None:
    contract = contract_of(f"{header}\n")
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert contract.agreement is not None
    assert contract.agreement.title == "A"


def test_a_header_that_ends_with_an_opening_mark() -> None:
    assert messages(contract_of('agreement "A"\ndefine "')) == [f'NDA001 found an opening " {OPENING}']
