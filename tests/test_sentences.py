"""What a sentence says of one action and what of all, and of whom."""

from __future__ import annotations

import pytest
from helpers import clause, contract_of, messages, neutral_facts

from nda_lint.translate import translate_text

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n'


def split(sentence: str) -> list[str]:
    """The norms of a sentence, each as a line; the other language says the same."""
    text = f"{HEAD}  {sentence}\n"
    assert messages(contract_of(text)) == []
    for language in ("en", "zh"):
        assert neutral_facts(translate_text(text, language)) == neutral_facts(text)
    lines = translate_text(text, "en").splitlines()
    return [line.strip() for line in lines[lines.index("clause duties") + 1 :]]


@pytest.mark.parametrize(
    ("sentence", "norms"),
    [
        (
            "@end Beta must return documents and destroy copies within 5 days",
            [
                "@end Beta must return documents within 5 days",
                "@end Beta must destroy copies within 5 days",
            ],
        ),
        (
            "Beta may send samples to advisers who need to know and copy documents",
            ["Beta may send samples to advisers if they need to know", "Beta may copy documents"],
        ),
        (
            "Beta may copy documents and send samples to advisers with a need to know if Acme consents",
            [
                "Beta may copy documents if Acme consents",
                "Beta may send samples to advisers if they need to know if Acme consents",
            ],
        ),
        (
            "除员工外的任何人不得复制文件并不得向除顾问外的第三方发送样品",
            [
                "persons must not copy documents except employees",
                "persons must not send samples to third parties except employees and advisers",
            ],
        ),
    ],
)
def test_several_actions(sentence: str, norms: list[str]) -> None:
    assert split(sentence) == norms


@pytest.mark.parametrize("sentence", ["经甲方书面同意,可以复制样品", "甲方要求的,应当返还样品"])
def test_who_consents_or_asks_is_not_who_acts(sentence: str) -> None:
    assert messages(clause(sentence, language="zh")) != []


def test_who_is_in_breach_must_pay() -> None:
    contract = clause("乙方违约的,应当支付违约金", language="zh")
    assert messages(contract) == []
    assert [actor.name for actor in contract.norms[0].actors] == ["乙方"]


def test_acts_of_its_employees_are_those_of_the_one_who_answers() -> None:
    one, other = (
        split("Beta is liable for acts of its employees"),
        split("Beta is liable for acts of Beta's employees"),
    )
    assert one == other


def test_a_number_of_times_is_not_lost() -> None:
    assert messages(clause("乙方应当对员工进行一次培训", language="zh")) == []
    assert messages(clause("乙方应当进行两次内部审计", language="zh")) != []


def test_a_duty_after_a_comma_is_no_thing() -> None:
    """返还文件,销毁副本 does not say that destruction is returned."""
    assert messages(clause("乙方应当返还文件,销毁副本", language="zh")) != []
    assert messages(clause("乙方应当证明销毁副本和删除数据", language="zh")) == []
    assert messages(clause("乙方应当登记文件和每次查阅样品", language="zh")) == []
