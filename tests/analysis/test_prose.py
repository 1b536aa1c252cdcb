"""Prose against the facts of its clause and against itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nda_lint.analysis.marks import Marks
from nda_lint.analysis.prose import prose
from nda_lint.bind import bind
from nda_lint.finding import Finding
from nda_lint.linter import Settings, lint
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

#: compiled before the clock of a test runs
TABLES = tables()
HEADS = {
    "en": 'party Acme "Acme Ltd"\n  role: discloser\nparty Beta "Beta Ltd"\n  role: recipient\n',
    "zh": "当事人 甲方「甲公司」\n  身份:披露方\n当事人 乙方「乙公司」\n  身份:接收方\n",
}
SMALL = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = st.integers(1, 999) | st.integers(1, 9_999_999)


def in_english(number: int, hyphen: str = "-", joint: str = " and ") -> str:
    """A number in English words, as contracts write it."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        digit = number % 10
        return TENS[number // 10 - 2] + (hyphen + SMALL[digit] if digit else "")
    for scale, word in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            between = joint if rest < 100 else " "
            more = between + in_english(rest, hyphen, joint) if rest else ""
            return f"{in_english(number // scale, hyphen, joint)} {word}{more}"
    raise AssertionError(number)


def in_chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """A number below a hundred million in Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if rest and rest < 1_000 else ""
        more = gap + in_chinese(rest, digits, units) if rest else ""
        return in_chinese(number // 10_000, digits, units) + "万" + more
    written = ""
    skipped = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += (
                (digits[0] if skipped and written else "")
                + digits[digit]
                + (units[place - 1] if place else "")
            )
        skipped = not digit
    return written


def in_capitals(number: int) -> str:
    return in_chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")


def found(text: str) -> list[Finding]:
    contract = bind(parse(Source(text, "contract.nda")))
    assert not contract.findings
    return prose(contract, contract.language, TABLES)


def codes(kind: str, facts: str, paragraph: str, language: str = "en") -> list[str]:
    """The codes of what is found in one clause."""
    clause = "条款" if language == "zh" else "clause"
    lines = "".join(f"  > {line}\n" for line in paragraph.split("\n"))
    facts = "".join(f"  {line}\n" for line in facts.split("\n") if line)
    return [finding.code for finding in found(f"{HEADS[language]}{clause} {kind}\n{facts}{lines}")]


#: words, figures, and a sentence for both
SENTENCES = {
    "years": ("The term is {words} ({figures}) years.", "en"),
    "days": ("Within {figures} ({words}) business days it is over.", "en"),
    "period": ("A {words} ({figures})-day period follows.", "en"),
    "sum": ("A sum of USD {figures} ({words} US dollars) is due.", "en"),
    "said": ("A sum of RMB {figures} (in words: {words} yuan only) is due.", "en"),
    "copies": ("It is made in {words} ({figures}) copies.", "en"),
    "年": ("有效期为{words}({figures})年。", "zh"),
    "工作日": ("在{figures}（{words}）个工作日内。", "zh"),
    "份": ("一式{words}({figures})份。", "zh"),
    "元": ("违约金为人民币{words}元整(¥{figures})。", "zh"),
    "大写": ("违约金为人民币{figures}元,大写:{words}元整。", "zh"),
    "整": ("违约金为{figures}元(大写:人民币{words}元整)。", "zh"),
}  # fmt: skip
NAMES = st.sampled_from(sorted(SENTENCES))


def sentence(name: str, number: int, other: int, style: int) -> tuple[str, str]:
    template, language = SENTENCES[name]
    if language == "zh":
        words = (in_chinese, in_capitals)[style % 2](number)
    else:
        words = in_english(number, "- "[style % 2], (" and ", " ")[style // 2])
    figures = f"{other:,}" if name in ("sum", "said", "元", "大写", "整") else str(other)
    return template.format(words=words, figures=figures), language


@given(NAMES, NUMBERS, st.integers(0, 3))
def test_a_number_given_twice_alike_is_fine(name: str, number: int, style: int) -> None:
    text, language = sentence(name, number, number, style)
    assert codes("term" if language == "en" else "期限", "", text, language) == []


@given(NAMES, NUMBERS, NUMBERS, st.integers(0, 3))
def test_a_number_given_twice_and_differently_is_found(
    name: str, number: int, other: int, style: int
) -> None:
    text, language = sentence(name, number, other + (other == number), style)
    assert codes("term" if language == "en" else "期限", "", text, language) == ["NDA501"]


@given(NUMBERS, NUMBERS, st.sampled_from(["en", "zh"]))
def test_prose_says_what_the_fact_says_or_contradicts_it(said: int, agreed: int, language: str) -> None:
    if language == "en":
        result = codes(
            "term", f"duration: {agreed} months", f"The term of this Agreement is {in_english(said)} months."
        )
    else:
        result = codes("期限", f"期限:{agreed} 个月", f"本协议有效期为{in_chinese(said)}个月。", "zh")
    assert result == ([] if said == agreed else ["NDA502"])


@given(st.integers(1, 20))
def test_a_length_of_time_is_the_same_in_another_unit(years: int) -> None:
    assert codes("term", f"duration: {years} years", f"It is in force for {12 * years} months.") == []
    assert codes("期限", f"期限:{12 * years} 个月", f"本协议有效期为{in_chinese(years)}年。", "zh") == []


@pytest.mark.parametrize(
    ("kind", "facts", "paragraph", "language"),
    [
        ("disputes", "negotiation: 30 days", "The parties shall negotiate for sixty days before either may sue.", "en"),
        ("notices", "deemed received: 3 days", "A notice is deemed received five days after dispatch.", "en"),
        ("termination", "notice: 30 days", "Either party may give sixty (60) days' written notice.", "en"),
        ("storage", "backup retention: 6 months", "Backups are kept for one\nyear.", "en"),
        ("access", "access review: every 3 months", "Access rights are reviewed every six months.", "en"),
        ("counterparts", "number: 2", "This Agreement is made in three counterparts.", "en"),
        ("third-parties", "audit notice: 5 business days", "An audit takes notice of 5 days.", "en"),
        ("监督", "操作日志保存:1 年", "操作日志应当保存六个月。", "zh"),
        ("期限", "存续:终止后 5 年", "本协议终止后三年内,乙方继续承担保密义务。", "zh"),
        ("期限", "存续:终止后 5 年", "本协议终止后五个月内,乙方继续承担保密义务。", "zh"),
        ("违约责任", "违约金:1 万元至 10 万元", "违约金为人民币1万元至20万元。", "zh"),
        ("终止", "乙方应当在终止后 10 日内返还保密信息", "本协议终止后三十日内,乙方应当返还保密信息。", "zh"),
        ("保密义务", "乙方应当在知悉泄密后 24 小时内通知甲方", "乙方发现泄密的,应当在四十八小时内通知甲方。", "zh"),
        ("日期", "签署日:2026-03-01", "本协议于二〇二六年四月一日签署。", "zh"),
    ],
)  # fmt: skip
def test_contradictions(kind: str, facts: str, paragraph: str, language: str) -> None:
    assert codes(kind, facts, paragraph, language) == ["NDA502"]


@pytest.mark.parametrize(
    ("kind", "facts", "paragraph", "language"),
    [
        # said of something else
        ("term", "survival: 5 years after termination", "Beta was founded twenty years ago.", "en"),
        ("term", "duration: 3 years", "Records are kept for ten years after termination.", "en"),
        ("disputes", "negotiation: 30 days", "The parties negotiate for 30 days. There are three (3) arbitrators.", "en"),
        ("liability", "cap: CNY 500,000", "Costs up to USD 5,000 are borne by {Beta}.", "en"),
        ("governing-law", "", "Article 585 of the Civil Code of 1 January 2021 applies.", "en"),
        ("期限", "期限:18 个月", "本协议有效期为一年半。", "zh"),
        ("term", "duration: 18 months", "It is in force for one year and six months.", "en"),
        ("term", "duration: 1 month", "It is in force for thirty days.", "en"),
        ("期限", "期限:3 年", "第三年起,任何一年内双方均可在同一日查阅,2027 年 3 月除外。", "zh"),
        ("期限", "存续:____", "本协议终止后三年内,乙方继续承担保密义务。", "zh"),
        ("违约责任", "违约金:1 万元至 10 万元", "违约金为人民币1万元至10万元,情节较轻的为5万元。", "zh"),
    ],
)  # fmt: skip
def test_what_is_no_contradiction(kind: str, facts: str, paragraph: str, language: str) -> None:
    assert codes(kind, facts, paragraph, language) == []


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        ("(a) one, b) two, (see 1) and 2))", ""),
        ("It’s the parties’ duty (the “Duty”)", ""),
        ("(including 1) x and 2) y)", ""),
        ('a 12" pipe and a “name”', ""),
        ("(see “Annex 1)", "“"),
        ("《合作(框架)协议", "《"),
        ("甲方(含员工]", "(]"),
        ("x) and y))", ")"),
        ('the "Duty', '"'),
    ],
)
def test_marks_without_a_twin(text: str, lone: str) -> None:
    assert "".join(text[place] for place in Marks(text).lone) == lone


@given(st.lists(st.sampled_from('()[]{}“”「」《》"a1三 ,'), max_size=30).map("".join))
def test_marks_are_paired_or_lone(text: str) -> None:
    marks = Marks(text)
    assert marks.lone == sorted(set(marks.lone))
    kept = "".join(mark for place, mark in enumerate(text) if place not in marks.lone)
    assert Marks(kept).lone == [] or '"' in text or ")" in text
    assert all(text[start] in '“「《"' for start, _ in marks.quoted)


def test_what_prose_leaves_out() -> None:
    facts = "duration: 3 years\nsurvival: 5 years after termination\ntrade secret survival: until public"
    assert codes("term", facts, "It is in force for three years.") == ["NDA504"]
    assert codes("term", facts, "Headings are for convenience only.") == []
    assert codes(
        "term", facts, "It is in force for three years; {Beta} is bound for ____ after termination."
    ) == ["NDA207"]
    assert codes("term", "survival: 5 years after termination", "{Beta} is free after two days.") == []


def test_findings_point_at_the_words() -> None:
    text = "clause term\n  duration: 3 years\n  > This Agreement is in force for five\n  > (5) years.\n"
    (finding,) = found(text)
    assert text[slice(*finding.span)] == "five\n  > (5) years"
    assert [text[slice(*related.span)] for related in finding.related] == ["3 years"]
    assert finding.message == "The prose says “five (5) years” where the clause says “3 years”."


@pytest.mark.parametrize(
    "line",
    [
        "duration: three (5) years",
        "期限:三(5)年",
        "liquidated damages: CNY 10,000 (壹拾万元整)",
        'liquidated damages: CNY 10,000\n  liquidated damages in words: "one hundred thousand yuan"',
        "违约金:1 万元\n  违约金大写:「壹拾万元整」",
        "recipient must return documents within two (3) days after termination",
        "接收方应当在终止后三(5)日内返还文件",
    ],
)
def test_words_and_figures_of_facts_and_sentences(line: str) -> None:
    kinds = {
        "liquidated": "clause liability",
        "违约金": "条款 违约责任",
        "recipient": "clause duties",
        "接收方": "条款 保密义务",
    }
    header = next((kind for start, kind in kinds.items() if line.startswith(start)), "clause term")
    report = lint(Source(f"{header}\n  {line}\n"), Settings(select=("NDA501", "NDA004")))
    assert [finding.code for finding in report.findings] == ["NDA501"]


@given(
    st.lists(st.text(alphabet="一三(5)年元¥日,。“”{}乙方 years (3) @'-%", max_size=40), max_size=4),
    st.sampled_from(["en", "zh"]),
)
def test_any_prose_is_read_to_its_end(lines: list[str], language: str) -> None:
    text = "clause term\n  duration: 3 years\n  survival: 5 years after termination\n"
    text += "".join(f"  > {line}\n" for line in lines)
    contract = bind(parse(Source(text)))
    for finding in prose(contract, "en" if language == "en" else "zh", TABLES):
        assert 0 <= finding.span[0] < finding.span[1] <= len(text)
        assert text[finding.span[0]] not in "\n>"


def test_prose_can_be_ignored() -> None:
    """A comment above prose speaks of all its lines, and of no statement after them."""
    prose = "  > This Agreement is in force for\n  > three (5) years.\n"
    text = f"clause term\n  duration: 3 years\n  # nda-lint: ignore NDA501 -- as in the form\n{prose}"
    assert [f.code for f in lint(Source(text), Settings(select=("NDA501", "NDA901"))).findings] == []
    late = f"clause term\n{prose}  # nda-lint: ignore NDA501\n  duration: 3 years\n"
    found = [f.code for f in lint(Source(late), Settings(select=("NDA501", "NDA901"))).findings]
    assert found == ["NDA501", "NDA901"]
