"""What lawyers write in Chinese: who must do what, to whom, when and unless what."""

from __future__ import annotations

import pytest
from helpers import clause, contract_of, messages, neutral_facts

from nda_lint.translate import translate_text

HEAD = "协议「协议」\n当事人 甲方「甲公司」\n当事人 乙方「乙公司」\n条款 保密义务\n"


def read(sentence: str) -> list[str]:
    """The norms of a sentence in English; there and back they say the same."""
    text = f"{HEAD}  {sentence}\n"
    assert messages(contract_of(text)) == []
    english = translate_text(text, "en")
    assert neutral_facts(english) == neutral_facts(text)
    assert neutral_facts(translate_text(english, "zh")) == neutral_facts(text)
    lines = [line.strip() for line in english.splitlines()]
    return lines[lines.index("clause duties") + 1 :]


@pytest.mark.parametrize(
    ("sentence", "norms"),
    [
        # Who is asked must do it; formerly it was returned "to" them.
        ("甲方有权要求乙方返还保密信息", ["乙方 must return confidential information on 甲方's request"]),
        (
            "甲方有权解除本协议并要求乙方支付违约金",
            ["甲方 may terminate this agreement", "乙方 must pay liquidated damages on 甲方's request"],
        ),
        (
            "如发生泄密,乙方应当立即通知甲方并采取补救措施",
            [
                "乙方 must notify 甲方 immediately after discovery of leak",
                "乙方 must remedy immediately after discovery of leak",
            ],
        ),
        ("乙方发现泄密的,应当在 24 小时内通知甲方", ["乙方 must notify 甲方 within 24 hours after discovery of leak"]),
        (
            "如发生泄密,乙方应当在 1 日内通知甲方并在 5 日内销毁副本",
            [
                "乙方 must notify 甲方 within 1 day after discovery of leak",
                "乙方 must destroy copies within 5 days after discovery of leak",
            ],
        ),
        ("如乙方违约,乙方应当支付违约金", ["乙方 must pay liquidated damages if 乙方 is in breach"]),
        (
            "乙方应当对保密信息严格保密,不得向任何第三方披露",
            [
                "乙方 must keep secret confidential information",
                "乙方 must not disclose confidential information to third parties",
            ],
        ),
        (
            "乙方应当妥善保管文件,未经甲方书面同意不得复制",
            ["乙方 must protect documents", "乙方 must not copy documents unless 甲方 consents in writing"],
        ),
        ("乙方应当返还文件及其副本", ["乙方 must return documents and copies"]),
        ("乙方应当赔偿甲方因此遭受的全部损失", ["乙方 must compensate 甲方's losses"]),
        ("本协议终止后,乙方仍应承担保密义务", ["乙方 must perform confidentiality duties after termination"]),
        ("乙方应当在终止后 5 年内保守商业秘密", ["乙方 must keep secret trade secrets for 5 years after termination"]),
        ("乙方应当采取必要措施防止泄密", ["乙方 must prevent leaks by necessary measures"]),
        ("未经甲方书面同意,乙方不得转委托", ["乙方 must not subcontract unless 甲方 consents in writing"]),
        ("终止后,乙方应当在 5 年内保密", ["乙方 must keep secret for 5 years after termination"]),
        ("乙方应当最迟在终止后 5 日内保存文件", ["乙方 must retain documents within 5 days after termination"]),
        ("乙方不得在终止后 2 年内招揽员工", ["乙方 must not solicit employees within 2 years after termination"]),
        (
            "乙方在本协议有效期内及终止后 2 年内不得招揽甲方员工",
            [
                "乙方 must not solicit 甲方's employees if this agreement is in force",
                "乙方 must not solicit 甲方's employees within 2 years after termination",
            ],
        ),
        (
            "乙方不得披露保密信息,法律法规另有规定的除外",
            ["乙方 must not disclose confidential information unless the law provides otherwise"],
        ),
        (
            "未经个人信息主体单独同意,乙方不得提供个人信息",
            ["乙方 must not provide personal information unless data subjects consent separately"],
        ),
        ("甲、乙双方应当分别标识文件", ["both parties must mark documents"]),
        ("乙方不得直接或间接使用样品", ["乙方 must not use samples"]),
        ("任何一方可提前三十日书面通知对方解除本协议", ["each party may terminate this agreement 30 days after notice"]),
        ("乙方应当提前 10 日通知甲方", ["乙方 must notify 甲方 10 days in advance"]),
    ],
)  # fmt: skip
def test_what_lawyers_write(sentence: str, norms: list[str]) -> None:
    assert read(sentence) == norms


@pytest.mark.parametrize(
    "sentence",
    [
        "甲方应当有权要求乙方返还文件",  # two modals
        "甲方同意的,应当返还文件",  # who consents is not who must
        "甲方在终止后 10 日内,乙方应当返还文件",  # a time of the one, an action of the other
    ],
)
def test_what_nobody_can_read_is_reported(sentence: str) -> None:
    assert messages(clause(sentence, language="zh")) != []


def test_of_three_parties_who_is_told_is_not_lost() -> None:
    head = HEAD.replace("条款", "当事人 丙方「丙公司」\n条款")
    assert messages(contract_of(f"{head}  甲方可以提前 3 日通知乙方后审计乙方\n")) != []


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("条款 终止\n  解除通知:提前 30 日书面通知", "clause termination\n  notice: 30 days in advance"),
        ("条款 签署\n  签署形式:签字、盖章", "clause signature\n  form: signature, seal"),
        ("条款 份数\n  份数:一式四份", "clause counterparts\n  number: 4"),
        ("条款 通知\n  视为送达「快递」:自发出之日起 3 日", 'clause notices\n  deemed received "快递": 3 days from dispatch'),
    ],
)  # fmt: skip
def test_values_as_they_are_written(written: str, same: str) -> None:
    texts = [f"协议「协议」\n{value}\n" for value in (written, same)]
    assert [messages(contract_of(text)) for text in texts] == [[], []]
    assert neutral_facts(texts[0]) == neutral_facts(texts[1])
