"""The oracle by itself, on pairs that are read off the page on what norms mean; and the engine on the same pairs."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from helpers import CORPUS, contract_of, read
from oracle import __main__ as command
from oracle.answers import Oracle
from oracle.compare import Comparison, Tally, compare_text
from oracle.drafts import Draft, draft
from oracle.minimise import minimise

from nda_lint.tables import tables

if TYPE_CHECKING:
    from nda_lint.contract import Norm

HEADS = {
    "en": 'agreement "A"\nparty Acme "Acme Ltd"\n  role: discloser\nparty Beta "Beta Ltd"\n  role: recipient\n'
    'define "Papers": technical information\ndefine "Deal": evaluation\ndefine "Team": lawyers\n'
    'clause classification\n  grade "Core": "Core"\n  grade "General": "General"\nclause duties\n',
    "zh": "协议「协议」\n当事人 甲方「甲公司」\n  身份:披露方\n当事人 乙方「乙公司」\n  身份:接收方\n"
    "定义「资料」:技术信息\n定义「项目」:评估\n定义「小组」:律师\n"
    "条款 分级\n  等级「核心」:「核心」\n  等级「一般」:「一般」\n条款 保密义务\n",
}

#: what holds of two norms (302 … 305, with a w for a warning; 322 of the first or second alone or of both), and
#: the two in English and in Chinese
PAIRS = """
302 | Beta must disclose source code to Acme | Beta must not disclose confidential information
302 | 乙方应当向甲方披露源代码 | 乙方不得披露保密信息
    | Beta must disclose source code to Acme | Beta must not disclose business information
    | 乙方应当向甲方披露源代码 | 乙方不得披露经营信息
    | Beta must not disclose Core information | Beta may disclose General information
    | 乙方不得披露核心信息 | 乙方可以披露一般信息
303 | Beta may disclose confidential information | Beta must not disclose Core information
303 | 乙方可以披露保密信息 | 乙方不得披露核心信息
303w| Beta may publish source code | Beta must not disclose confidential information
303w| 乙方可以公开源代码 | 乙方不得披露保密信息
303 | Beta may disclose documents | Beta must not disclose documents
303 | 乙方可以披露文件 | 乙方不得披露文件
303 | Beta's employees may copy documents | Beta must not copy documents in writing
303w| Beta's employees may copy documents | Beta must not copy documents
303w| 乙方员工可以复制文件 | 乙方不得复制文件
    | Acme's employees may copy documents | Beta must not copy documents
    | 甲方员工可以复制文件 | 乙方不得复制文件
    | Beta may disclose documents to Beta's employees | Beta must not disclose documents to Acme
    | Beta may disclose documents to executives | Beta must not disclose documents to employees except executives
    | 乙方可以向高管披露文件 | 乙方不得向员工披露文件,除高管外
303w| Beta may disclose "Papers" | Beta must not disclose confidential information
303w| 乙方可以披露「资料」 | 乙方不得披露保密信息
    | Beta may disclose "Papers" | Beta must not disclose source code
    | Beta may disclose "blue book" | Beta must not disclose confidential information
303 | Beta may use documents for "Deal" | Beta must not use documents for evaluation in writing
    | Beta may use documents for "Deal" | Beta must not use documents for marketing
    | 乙方可以为「项目」使用文件 | 乙方不得为营销使用文件
303w| Beta may disclose documents to "Team" | Beta must not disclose documents to advisers
303w| 乙方可以向「小组」披露文件 | 乙方不得向顾问披露文件
302 | Beta must use documents for marketing | Beta must use documents only for evaluation
302 | 乙方应当为营销使用文件 | 乙方应当仅为评估使用文件
    | Beta must use documents for evaluation | Beta must use documents only for evaluation
303w| Beta may disclose documents only to lawyers | Beta may disclose documents to accountants
303w| 乙方可以仅向律师披露文件 | 乙方可以向会计师披露文件
    | Beta may disclose documents only to advisers | Beta may disclose documents to lawyers
303 | only executives may access Core information | employees may access Core information
303 | 仅高管可以查阅核心信息 | 员工可以查阅核心信息
    | only employees may access Core information | executives may access Core information
    | 仅员工可以查阅核心信息 | 高管可以查阅核心信息
    | only executives may access Core information | Acme may access Core information
    | only executives may access Core information | courts may access Core information
    | 仅高管可以查阅核心信息 | 法院可以查阅核心信息
303 | only executives may access Core information if they are trained | executives may access Core information
303 | 仅高管可以查阅核心信息,如其已受培训 | 高管可以查阅核心信息
    | only executives may access Core information unless Acme consents | employees may access Core information if Acme consents
303 | Beta may disclose documents to lawyers | lawyers must not access documents
303 | 乙方可以向律师披露文件 | 律师不得查阅文件
    | Beta may disclose documents to lawyers if they are trained | lawyers must not access documents unless they are trained
303 | Beta may copy documents | Beta must not copy documents unless Acme consents
303 | 乙方可以复制文件 | 乙方不得复制文件,除非甲方同意
    | Beta may copy documents if Acme consents in writing | Beta must not copy documents unless Acme consents
    | 乙方可以复制文件,如甲方书面同意 | 乙方不得复制文件,除非甲方同意
    | Beta may copy documents if Acme consents | Beta must not copy documents unless the discloser consents
    | Beta may copy documents if Acme consents | each party must not copy documents unless the other party consents
    | 乙方可以复制文件,如甲方同意 | 任何一方不得复制文件,除非另一方同意
303 | Beta may copy documents if Acme consents | Beta must not copy documents unless both parties consent
303w| Beta may copy documents if Acme consents | Beta must not copy documents if Acme consents or it is encrypted
303 | Beta may copy documents only if Acme consents | Beta may copy documents if they are trained
    | Beta may copy documents if required by law | Beta must not copy documents
    | 乙方可以复制文件,如法律要求 | 乙方不得复制文件
    | Beta may copy documents if required by law | Beta must not copy documents if export laws forbid it
303 | Beta may send documents by email | Beta must not send documents by public mailboxes
303 | 乙方可以以电子邮件发送文件 | 乙方不得以公共邮箱发送文件
303 | Beta may send documents by email | Beta must not send documents by encryption
    | Beta may send documents by email | Beta must not send documents by courier
303w| Beta may send documents by courier | Beta must not send documents by any means
    | Beta may disclose documents before termination | Beta must not disclose documents after termination
    | 乙方可以在终止前披露文件 | 乙方不得在终止后披露文件
303 | Beta may disclose documents within 10 days after termination | Beta must not disclose documents from termination in writing
    | Beta may disclose documents within 10 days after termination | Beta must not disclose documents 11 days after termination
303 | Beta may disclose documents within 1 month after termination | Beta must not disclose documents 30 days after termination
    | Beta may disclose documents | Beta must not disclose documents after expiry
303 | Beta may disclose documents after request | Beta must not disclose documents before Acme's request
302 | Beta must destroy documents within 10 days after termination | Beta must not destroy documents for 5 days after termination
    | Beta must destroy or return documents | Beta must not destroy documents
    | 乙方应当销毁或者返还文件 | 乙方不得销毁文件
302 | Beta must destroy or return documents | Beta must not destroy and return documents to Acme
302 | 乙方应当销毁或者返还文件 | 乙方不得销毁且返还文件
304 | Beta must destroy documents | Beta must retain copies
304 | 乙方应当销毁文件 | 乙方应当保留副本
    | Beta must destroy Acme's documents | Beta must retain Beta's documents
    | Beta must destroy documents if Acme consents | Beta must retain documents unless Acme consents
    | Beta must destroy documents after termination | Beta must retain documents before termination
    | Beta must destroy or return documents | Beta must back up documents
304 | Beta must destroy or return documents | Beta must retain documents
305w| Beta must destroy documents within 10 days after termination | Beta must destroy documents within 20 days after termination
305w| 乙方应当在终止后 10 日内销毁文件 | 乙方应当在终止后 20 日内销毁文件
305 | Beta must destroy documents at least 20 days after request | Beta must destroy documents at most 10 days after request
    | Beta must destroy documents within 10 days after termination | Beta must destroy documents within 10 days after expiry
    | Beta must destroy documents within 10 days after termination | Beta must destroy copies within 20 days after termination
    | Beta must destroy documents within 10 days after request | Beta must destroy documents within 20 days after leak
    | Beta must destroy documents within 10 days after request if Acme consents | Beta must destroy documents within 20 days after request unless Acme consents
    | Beta must destroy documents promptly | Beta must destroy documents within 10 days after request
305w| Beta must retain documents for 3 years | Beta must retain documents for 5 years
305w| 乙方应当持续 3 年保留文件 | 乙方应当持续 5 年保留文件
303 | Beta may disclose its documents | each party must not disclose its documents in writing
    | Acme may disclose its documents | Beta must not disclose its documents
    | each party may disclose documents to its employees | Acme must not disclose documents to Beta's employees
303w| each party may disclose documents to its employees | each party must not disclose documents to employees
303 | Beta may disclose documents to the other party | Beta must not disclose documents to Acme in writing
    | Beta may disclose documents to the other party | Beta must not disclose documents to third parties
303 | very few executives may copy documents | executives must not copy documents in writing
    | very few executives may copy documents | several executives must not copy documents
    | the breaching party may copy documents | Beta must not copy documents
303 | Beta may log every access to source code | Beta must not log every access to information in writing
    | Beta may log every access to source code | Beta must not log every access to documents
    | Beta may log every access | Beta must not log information
302 | Beta must train employees | Beta must not train executives
"""


def _rows() -> list[tuple[str, str, str]]:
    rows = []
    for line in PAIRS.strip().splitlines():
        expected, one, other = (part.strip() for part in line.split("|"))
        rows.append((expected, one, other))
    return rows


def _said(answer: dict[str, str]) -> str:
    return " ".join(
        code.removeprefix("NDA") + ("w" if severity == "warning" else "") for code, severity in answer.items()
    )


def _contract(one: str, other: str) -> str:
    language = "en" if re.search("[a-z]", one) else "zh"
    return f"{HEADS[language]}  {one}\n  {other}\n"


@pytest.mark.parametrize(("expected", "one", "other"), _rows())
def test_what_two_norms_say_to_each_other(expected: str, one: str, other: str) -> None:
    contract = contract_of(_contract(one, other))
    assert [finding.message for finding in contract.findings if finding.code.startswith("NDA0")] == []
    assert len(contract.norms) == 2
    compared = Comparison(contract)
    assert _said(compared.oracle.pair(0, 1)) == expected
    assert compared.oracle.empty == set()
    assert compared.tally.disagreements == []


#: sentences of which the first says nothing, and why
NOTHING = """
Beta must destroy documents after termination before termination
乙方应当在终止后在终止前销毁文件
Beta may disclose documents if Acme consents in writing unless Acme consents
乙方可以披露文件,如甲方书面同意,除非甲方同意
Beta must not disclose documents if this agreement is in force after expiry
Beta may disclose source code except technical information
乙方可以披露源代码,除技术信息外
only executives may copy documents if Acme consents unless Acme consents
"""


@pytest.mark.parametrize("sentence", NOTHING.strip().splitlines())
def test_norms_that_cover_nothing(sentence: str) -> None:
    compared = Comparison(contract_of(_contract(sentence, sentence)))
    assert compared.oracle.empty == {0, 1}
    assert compared.tally.disagreements == []


#: pairs of which the first always yields to the second
OVERRIDDEN = """
Beta may copy source code | @a Beta must not copy information, notwithstanding @duties
乙方可以复制源代码 | @甲 乙方不得复制信息,不受 @保密义务 限制
Beta must not copy source code, subject to @a | @a Beta may copy information
Beta must not copy source code | Beta may copy information notwithstanding anything in this agreement
Beta must destroy source code, subject to @a | @a Beta must retain information
乙方应当销毁源代码,受限于 @甲 | @甲 乙方应当保留信息
Beta must destroy or return source code, subject to @a | @a Beta must not destroy and return information
"""
#: and pairs of which it does not
NOT_OVERRIDDEN = """
Beta may copy information | @a Beta must not copy source code, notwithstanding @duties
Beta may copy source code | @a Beta must not copy information after termination, notwithstanding @duties
Beta must destroy source code, subject to @a | @a Beta must retain information if Acme consents
Beta must not destroy source code, subject to @a | @a Beta must destroy or return information
Beta may copy source code only for evaluation, subject to @a | @a Beta must not copy information
"""


@pytest.mark.parametrize(
    ("row", "overridden"),
    [(row, True) for row in OVERRIDDEN.strip().splitlines()]
    + [(row, False) for row in NOT_OVERRIDDEN.strip().splitlines()],
)
def test_norms_that_always_yield(row: str, overridden: bool) -> None:
    one, other = (part.strip() for part in row.split("|"))
    compared = Comparison(contract_of(_contract(one, other)))
    assert compared.oracle.overridden(0, 1) is overridden
    assert not compared.oracle.overridden(1, 0)
    assert compared.tally.disagreements == []


def test_priorities_go_on_and_circles_have_none() -> None:
    sentences = [
        "@a Beta may copy documents, subject to @b",
        "@b Beta must not copy documents in writing, subject to @c",
        "@c Beta must copy documents if Acme consents",
        "@d Beta must not copy documents if they are trained, subject to @e",
        "@e Beta may copy documents if it is encrypted, subject to @d",
    ]
    oracle = Oracle(contract_of(HEADS["en"] + "".join(f"  {one}\n" for one in sentences)), tables())
    assert oracle.pair(0, 1) == oracle.pair(1, 2) == {}
    assert oracle.priorities.prevails(2, 0) and not oracle.priorities.prevails(0, 2)
    assert oracle.pair(3, 4) == {"NDA303": "error"}


def test_several_bans_that_leave_no_choice() -> None:
    sentences = [
        "Beta must destroy or return documents",
        "Beta must not destroy copies",
        "Beta must not return documents",
        "Beta must not destroy backups",
    ]
    compared = Comparison(contract_of(HEADS["en"] + "".join(f"  {one}\n" for one in sentences)))
    assert compared.oracle.shortest_bar(0) == 2
    assert compared.oracle.bar(0, [1, 2]) and not compared.oracle.bar(0, [1, 3])
    assert compared.tally.disagreements == []


def test_contracts_as_people_write_them() -> None:
    total = Tally()
    for name in ("faulty/contradictions.en.nda", "faulty/contradictions.zh.nda", "faulty/guide.zh.nda"):
        total.add(compare_text(read(CORPUS, *name.split("/"))))
    assert total.disagreements == []
    assert total.contradictions > 5


# --- what the comparison is made with --------------------------------------------------------------


def test_a_disagreement_is_cut_down_to_what_shows_it() -> None:
    whole = draft(random.Random(12), language="en")

    def disagrees(one: Draft) -> bool:
        return "personal" not in one.text() and any(len(norm.actions) == 1 for norm in _norms(one))

    shortest = minimise(whole, disagrees)
    (norm,) = _norms(shortest)
    assert len(_norms(whole)) > 5
    assert (norm.windows, norm.conditions, norm.recipients, norm.things) == ((), (), (), ())
    assert len(norm.actors) == 1
    assert len(shortest.text().splitlines()) < 6


def _norms(one: Draft) -> list[Norm]:
    return [norm for clause in one.clauses for norm in clause.norms]


def test_the_command_ends_with_the_tally(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "draft", lambda choose: draft(choose, most=4))
    monkeypatch.setattr("sys.argv", ["oracle", "5", "--seed", "4"])
    assert command.main() == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"pairs: \d+, contradictions: \d+, witnesses: \d+, disagreements: 0", last)


def test_the_command_fails_and_shows_the_contract_where_the_two_disagree(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("oracle.compare.analyse", lambda _contract, _tables: [])
    monkeypatch.setattr(command, "draft", lambda choose: draft(choose, most=4))
    monkeypatch.setattr("sys.argv", ["oracle", "5", "--seed", "4"])
    assert command.main() == 1
    *shown, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"pairs: .*, disagreements: [1-9]\d*", last)
    assert any(line.startswith("seed 4:") for line in shown)
    assert any("engine" in line and "oracle" in line for line in shown)
