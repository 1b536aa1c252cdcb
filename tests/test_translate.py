"""Translation of what generated contracts do not hold."""

from __future__ import annotations

import pytest
from helpers import contract_of, messages, neutral_facts

from nda_lint.format import format_text
from nda_lint.translate import translate_text

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n  '


def in_chinese(text: str) -> str:
    other = translate_text(text, "zh")
    assert messages(contract_of(other)) == []
    assert neutral_facts(other) == neutral_facts(text)
    return other


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("its employees must protect samples", "其员工应当保护样品"),
        ("each party and its employees must protect samples", "任何一方和其员工应当保护样品"),
        (
            "Beta may disclose samples to advisers if its employees are bound by confidentiality",
            "Beta可以向顾问披露样品,如Beta员工负有保密义务",
        ),
        (
            "Beta may disclose samples to third parties except its competitors",
            "Beta可以向第三方披露样品,除Beta竞争对手外",
        ),
    ],
)
def test_persons_of_somebody(english: str, chinese: str) -> None:
    assert in_chinese(HEAD + english).splitlines()[-1].strip() == chinese


def test_persons_of_the_subject_in_chinese() -> None:
    """及其 is "and its", not another word for "and"."""
    one, other = (
        neutral_facts(f"协议「协议」\n当事人 甲方「甲」\n条款 保密义务\n  {sentence}")
        for sentence in ("甲方及其员工应当保护样品", "甲方和甲方员工应当保护样品")
    )
    assert one == other


def test_a_comment_within_a_list_is_no_part_of_an_item() -> None:
    text = 'agreement "A"\n\nclause scope\n  technical information: formulas,  # note\n    drawings\n'
    assert in_chinese(text).splitlines()[-1] == "  技术信息:formulas、drawings  # note"
    assert neutral_facts(format_text(text)) == neutral_facts(text)


def test_who_is_excepted_is_nobodys() -> None:
    text = "协议「协议」\n当事人 甲方「甲」\n条款 保密义务\n  甲方不得披露样品,但员工除外\n"
    english = translate_text(text, "en")
    assert neutral_facts(english) == neutral_facts(text)
    assert english.splitlines()[-1].strip() == "甲方 must not disclose samples except employees"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Beta must retain samples for at least 3 years", "Beta应当持续至少 3 年保留样品"),
        ("Beta must retain samples for 3 years to 5 years", "Beta应当持续 3 年至 5 年保留样品"),
        ("Beta must notify Acme at least 5 days before disclosure", "Beta应当在披露前至少 5 日通知Acme"),
        ("Beta must return samples within at most 10 days", "Beta应当在至多 10 日内返还样品"),
    ],
)
def test_bounds_of_time_in_norms(english: str, chinese: str) -> None:
    """At least and at most are not the same."""
    other = in_chinese(HEAD + english)
    assert other.splitlines()[-1].strip() == chinese
    assert translate_text(other, "en").splitlines()[-1].strip() == english
    plain = english.replace("at least ", "").replace("at most ", "").replace(" to 5 years", "")
    assert neutral_facts(HEAD + plain) != neutral_facts(HEAD + english)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("monthly", "每月"),
        ("every month", "每月"),
        ("every 2 months", "每 2 个月"),
        ("twice a month", "每月 2 次"),
    ],
)
def test_months_that_recur(english: str, chinese: str) -> None:
    text = in_chinese(f'agreement "A"\nclause storage\n  server backup: {english}\n')
    assert text.splitlines()[-1].strip() == f"服务器备份:{chinese}"
