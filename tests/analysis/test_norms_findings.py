"""What is said of contradictions between norms: where they stand, the situation to check them by, and words that mend them."""

from __future__ import annotations

import os

import pytest
from helpers import SHARED, read

from nda_lint.analysis.norms.fixes import applied
from nda_lint.analysis.norms.report import norm_contradictions
from nda_lint.bind import bind
from nda_lint.finding import Finding
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

PARTIES = 'party Acme "Acme Ltd"\n  role: discloser\nparty Beta "Beta Ltd"\n  role: recipient\n'
DATES = "clause dates\n  signed: 2026-03-01\nclause term\n  duration: 3 years from signing\n"
PRC = "clause governing-law\n  law: PRC\n"
当事人 = "当事人 甲方「甲公司」\n  身份:披露方\n当事人 乙方「乙公司」\n  身份:接收方\n"
日期 = "条款 日期\n  签署日:2026-03-01\n条款 期限\n  期限:自签署日起 3 年\n"


def findings(text: str) -> list[Finding]:
    contract = bind(parse(Source(text)))
    assert contract.findings == [], [finding.message for finding in contract.findings]
    return norm_contradictions(contract, contract.language, tables())


def one(text: str) -> Finding:
    (finding,) = findings(text)
    return finding


def clause(*norms: str, kind: str = "duties") -> str:
    return f"clause {kind}\n" + "".join(f"  {norm}\n" for norm in norms)


def chinese_clause(*norms: str, kind: str = "保密义务") -> str:
    return f"条款 {kind}\n" + "".join(f"  {norm}\n" for norm in norms)


#: Contract → its witness.
WITNESSES = [
    (
        PARTIES + DATES + PRC
        + clause("Beta must destroy backups within 10 days after termination", kind="termination")
        + clause("Beta must retain backups for 6 months after termination", kind="storage"),
        ("On 11 March 2029 (a Sunday, so 12 March 2029 under art. 203 of the Civil Code, taking the agreement to end "
        "with its term on 1 March 2029), 10 days after the end of this agreement, Beta holds backups: under the clause "
        "on termination Beta must destroy backups by 11 March 2029, under the clause on storage Beta must retain "
        "backups until 1 September 2029."),
    ),
    (  # another law: the Sunday is named, and no article
        PARTIES + DATES
        + clause("Beta must destroy samples within 10 days after termination", kind="termination")
        + clause("Beta must not destroy samples for 6 months after termination", kind="storage"),
        ("On 11 March 2029 (a Sunday, taking the agreement to end with its term on 1 March 2029), 10 days after the end "
        "of this agreement, Beta has to decide whether to destroy samples: the clause on termination requires it, the "
        "clause on storage forbids it."),
    ),
    (  # no dates are known
        PARTIES
        + clause("Beta must destroy samples within 10 days after termination", kind="termination")
        + clause("Beta must not destroy samples for 6 months after termination", kind="storage"),
        ("10 days after the end of this agreement, Beta has to decide whether to destroy samples: the clause on "
        "termination requires it, the clause on storage forbids it."),
    ),
    (
        PARTIES + DATES
        + clause("Beta must not disclose confidential information to partners", kind="use")
        + clause(
            "Beta may disclose confidential information to third parties if Acme consents in writing and third parties"
            " sign a confidentiality agreement", kind="third-parties",
        ),
        ("On 1 March 2026, the day of signing, Acme consents in writing and partners sign a confidentiality agreement; "
        "Beta wants to disclose confidential information to partners: the clause on use forbids it, the clause on "
        "third-parties permits it."),
    ),
    (
        PARTIES + clause(
            "Beta must not copy documents unless Acme consents", "Beta may copy documents if Beta's lawyers need to know"
        ),
        ("While this agreement is in force, Beta's lawyers need to know and Acme does not consent; Beta wants to copy "
        "documents: one sentence of the clause on duties forbids it, another one permits it."),
    ),
    (
        PARTIES + clause("only executives may access documents", "Beta may disclose documents to lawyers"),
        ("While this agreement is in force, lawyers want to access documents: one sentence of the clause on "
        "duties forbids it, another one permits disclosure to them."),
    ),
    (
        PARTIES + 'clause duties "11. Use"\n  Beta must not use samples after 2027-01-01\n'
        + 'clause use "12 Samples"\n  Beta may use samples within 30 days after 2027-01-01\n',
        ("On 31 January 2027 (a Sunday), 30 days after 1 January 2027, Beta wants to use samples: clause 11 forbids it, "
        "clause 12 permits it."),
    ),
    (
        PARTIES + clause("Beta must notify Acme within 24 hours after discovery of leak")
        + clause("Beta must notify Acme within 3 days after discovery of leak", kind="notices"),
        ("24 hours after discovery of leak the time that the clause on duties allows is over, and the clause on notices "
        "still leaves time until 3 days after discovery of leak."),
    ),
    (
        当事人 + 日期 + chinese_clause("乙方应当在终止后 10 日内销毁备份", kind="终止")
        + chinese_clause("乙方应当在终止后 6 个月内保留备份", kind="存储"),
        ("设 2029 年 3 月 11 日（本协议终止后第 10 日，星期日，依《民法典》第二百零三条顺延至 2029 年 3 月 12 日，"
        "假定本协议于 2029 年 3 月 1 日期限届满时终止），乙方持有备份：“终止”条款要求其于 2029 年 3 月 11 日"
        "前（含当日）销毁，“存储”条款要求其保留至 2029 年 9 月 1 日。"),
    ),
    (
        当事人 + "条款 保密义务「第十一条 保密」\n  乙方不得向合作方披露保密信息\n"
        + "条款 第三方「第十七条 第三方」\n  乙方可以向第三方披露保密信息,如甲方书面同意\n",
        "设在本协议有效期内，甲方书面同意，乙方欲向合作方披露保密信息：第十一条禁止，第十七条允许。",
    ),
    (
        当事人 + chinese_clause("乙方应当返还或者销毁样品", "乙方不得返还样品", "乙方不得销毁样品"),
        ("设在本协议有效期内，乙方须决定是否返还或者销毁样品：“保密义务”条款一处要求，另一处禁止返还，另一处禁止销毁。"),
    ),
    (  # a choice of which one ban leaves nothing; hours end when they end, on whatever day
        PARTIES + DATES
        + clause("Beta must return or destroy samples within 48 hours after 2026-03-05")
        + clause("Beta must not return or destroy samples", kind="use"),
        (
            "On 7 March 2026, 48 hours after 5 March 2026, Beta has to decide whether to return or destroy samples: the "
            "clause on duties requires it, the clause on use forbids it."
        ),
    ),
    (  # nobody guesses the holidays among business days
        PARTIES + DATES
        + clause("Beta must return samples within 5 business days after 2026-03-05")
        + clause("Beta must not return samples", kind="use"),
        (
            "5 business days after 5 March 2026, Beta has to decide whether to return samples: the clause on duties "
            "requires it, the clause on use forbids it."
        ),
    ),
    (  # parties in turn
        "party Acme\nparty Beta\n"
        + clause(
            "recipient must not copy discloser's documents unless discloser consents in writing",
            "Beta may copy Acme's documents",
        ),
        (
            "While this agreement is in force, Acme does not consent in writing; Beta wants to copy Acme's documents: "
            "one sentence of the clause on duties forbids it, another one permits it."
        ),
    ),
    (
        当事人 + chinese_clause("乙方不得复制文件,除非甲方同意", "乙方可以复制文件,如法律要求"),
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WITNESSES)
def test_witnesses(text: str, expected: str | None) -> None:
    assert [finding.witness for finding in findings(text)] == ([] if expected is None else [expected])


def test_the_finding_stands_at_the_later_place() -> None:
    text = PARTIES + clause("Beta may copy documents", "Beta must not copy documents")
    finding = one(text)
    assert text[slice(*finding.span)] == "Beta must not copy documents"
    (related,) = finding.related
    assert text[slice(*related.span)] == "Beta may copy documents"
    assert related.message == "Permitted here."


def test_a_pair_that_grades_report_is_not_reported_twice() -> None:
    grades = PARTIES + 'clause classification\n  grade "Core": "C"\n'
    norms = clause(
        "only designated executives may access core information", "executives may access core information"
    )
    assert findings(grades + norms) == []


#: Norms → the line that a fix changes, with what stands there then.
FIXES = [
    (
        ("Beta must not disclose documents to third parties", "Beta may disclose documents to lawyers"),
        "Beta must not disclose documents to third parties except lawyers",
    ),
    (
        ("Beta must not copy confidential information", "Beta may copy source code"),
        "Beta must not copy confidential information except source code",
    ),
    (
        ("Beta must not copy documents", "Beta may copy documents if Acme consents"),
        "Beta must not copy documents unless Acme consents",
    ),
    (  # the condition alone would leave less of the ban than the permission takes
        ("Beta must not copy documents", "Beta may copy records if Acme consents"),
        "@ban Beta must not copy documents\n  Beta may copy records if Acme consents, notwithstanding @ban",
    ),
    (
        ("@keep Beta must not copy documents", "Beta may copy records if Acme consents"),
        "Beta may copy records if Acme consents, notwithstanding @keep",
    ),
    (
        ("only executives may access documents", "Beta may disclose documents to lawyers"),
        "@limit only executives may access documents\n  Beta may disclose documents to lawyers, subject to @limit",
    ),
    (
        ("Beta must return documents if Acme requests", "Beta must not return documents"),
        "Beta must not return documents unless Acme requests it",
    ),
    (
        ("Beta must destroy documents", "Beta must retain records"),
        "Beta must destroy documents except records",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("norms", "expected"), FIXES)
def test_fixes(norms: tuple[str, ...], expected: str) -> None:
    text = PARTIES + clause(*norms)
    fix = one(text).fix
    assert fix is not None
    assert fix.applicability == "unsafe"
    mended = applied(text, fix.edits)
    assert expected in mended
    assert findings(mended) == []


def test_fixes_can_be_taken_together() -> None:
    norms = (
        "Beta must not copy documents", "Beta may copy records if Acme consents", "Beta must not copy technical information",
        "Beta may copy source code if Acme requests",
    )  # fmt: skip
    text = PARTIES + clause(*norms)
    edits = [edit for finding in findings(text) if finding.fix for edit in finding.fix.edits]
    mended = applied(text, edits)
    assert "@ban Beta must not copy documents" in mended
    assert "@ban2 Beta must not copy technical information" in mended
    assert findings(mended) == []


def test_fixes_in_chinese() -> None:
    text = 当事人 + chinese_clause("乙方不得向第三方披露保密信息", "乙方可以向律师披露保密信息")
    fix = one(text).fix
    assert fix is not None
    mended = applied(text, fix.edits)
    assert "乙方不得向第三方披露保密信息，除律师外" in mended
    assert findings(mended) == []
    text = 当事人 + chinese_clause("乙方不得复制文件,如甲方要求", "乙方可以为评估复制记录")
    fix = one(text).fix
    assert fix is not None
    mended = applied(text, fix.edits)
    assert "@禁止 乙方不得复制文件,如甲方要求" in mended
    assert "乙方可以为评估复制记录,不受 @禁止 限制" in mended
    assert findings(mended) == []


@pytest.mark.parametrize(
    "norms",
    [
        ("Beta must notify Acme within 24 hours", "Beta must notify Acme within 48 hours"),
        ("@ban Beta must not copy documents", "Beta may copy documents, subject to @ban"),
        ("Beta must destroy documents", "Beta must retain documents"),
    ],
)
def test_where_nobody_can_tell_what_was_meant_nothing_is_offered(norms: tuple[str, ...]) -> None:
    assert one(PARTIES + clause(*norms)).fix is None


@pytest.mark.skipif(not os.path.isdir(SHARED), reason="the brief is not beside the checkout")
def test_the_samples() -> None:
    for name in ("customer.en.nda", "customer.zh.nda"):
        assert findings(read(SHARED, "samples", name)) == []
    text = read(SHARED, "samples", "guide.zh.nda")
    found = [finding for finding in findings(text) if finding.code == "NDA303"]
    assert {text.count("\n", 0, finding.span[0]) + 1 for finding in found} == {117}
    (within,) = (finding for finding in found if finding.severity == "warning")
    assert within.witness == (
        "设在本协议有效期内，甲方书面同意，且第三方签署补充保密协议，乙方欲向第三方披露保密信息："
        "“保密义务”条款禁止，“第三方”条款允许。"
    )
