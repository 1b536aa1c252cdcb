"""Rules cite the law of the day: the PRC Arbitration Law was renumbered on 1 March 2026, the Anti-Unfair
Competition Law on 15 October 2025."""

from __future__ import annotations

import pytest

from nda_lint.linter import Settings, lint_bytes
from nda_lint.rulebook import rulebook

CONTRACT = """\
协议「保密协议」
当事人 甲方「上海甲科技有限公司」
  身份:披露方
  企业规模:大型企业
当事人 乙方「苏州乙贸易有限公司」
  身份:接收方
  企业规模:中小企业
条款 违约责任
  违约金:人民币 50 万元
  支付方:乙方
  违约金调整:不得调整
  其他责任:侵权责任
条款 争议解决
  仲裁:甲方所在地仲裁机构
  诉讼:乙方所在地人民法院
条款 监督
  操作日志保存:3 个月
"""


def cited(rule: str, as_of: str) -> list[str]:
    """What a rule cites in the contract on a day."""
    settings = Settings(extend_select=(rule,), as_of=as_of, language="en")
    findings = lint_bytes(CONTRACT.encode(), "contract.nda", settings).findings
    return [cite.text for finding in findings if finding.name == rule for cite in finding.cites]


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("cn-arb-or-court", "arts. 16, 20(2)", "arts. 27, 31(2)"),
        ("cn-arb-place-only", "art. 18", "art. 29"),
    ],
)
def test_the_arbitration_law(rule: str, before: str, after: str) -> None:
    interpretation = cited(rule, "2026-03-01")[0]
    assert interpretation.startswith("SPC Interpretation on the Arbitration Law (2006)")
    assert cited(rule, "2026-02-28") == [interpretation, f"PRC Arbitration Law, {before}"]
    assert cited(rule, "2026-03-01") == [interpretation, f"PRC Arbitration Law, {after}"]


def test_the_unfair_competition_law() -> None:
    """Its article on large enterprises is new: before that day its rule is not there."""
    assert cited("cn-stat-damages", "2025-10-14")[0].endswith("arts. 17, 21")
    assert cited("cn-stat-damages", "2025-10-15")[0].endswith("arts. 22, 26")
    assert cited("cn-ld-sme", "2025-10-14") == []
    assert cited("cn-ld-sme", "2025-10-15") == ["PRC Anti-Unfair Competition Law, arts. 15, 31"]


def test_every_cite_says_since_when_and_where_it_was_read() -> None:
    undated = [
        f"{rule.name}: {english}"
        for rule in rulebook().rules
        for english, _, since, _, source in rule.documents["cites"]
        if not since or not all(source)
    ]
    assert undated == []


def test_the_cybersecurity_law() -> None:
    """Before it was in force nothing is cited, not even its former numbers."""
    assert cited("cn-log-6m", "2017-05-31") == []
    assert cited("cn-log-6m", "2025-12-31") == ["PRC Cybersecurity Law, art. 21"]
    assert cited("cn-log-6m", "2026-01-01") == ["PRC Cybersecurity Law, art. 23"]
