"""Names and references of a contract, followed through the whole of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nda_lint.analysis.graphs import components
from nda_lint.analysis.names_in_text import NameFinder
from nda_lint.analysis.near_names import NearNames
from nda_lint.analysis.references import references
from nda_lint.bind import bind
from nda_lint.finding import Finding
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

LETTERS = st.text(alphabet="ab cC甲乙", max_size=30)


def found(text: str, code: str) -> list[tuple[int, str]]:
    """Row and words of every finding of a rule."""
    contract = bind(parse(Source(text)))
    return [
        (contract.source.position(finding.span[0])[0], text[slice(*finding.span)])
        for finding in references(contract, "en", tables())
        if finding.code == code
    ]


@given(st.lists(st.text(alphabet="abcC甲乙", min_size=1, max_size=5), max_size=6), LETTERS, st.booleans())
def test_many_names_are_found_as_few_are(names: list[str], text: str, many: bool) -> None:
    others = [f"unseen {number}" for number in range(200)] if many else []
    assert set(NameFinder([*names, *others]).find(text)) == {name for name in names if mentioned(name, text)}


def mentioned(name: str, text: str) -> bool:
    latin = "[a-z0-9_]"
    before = f"(?<!{latin})" if re.match(latin, name.lower()) else ""
    after = f"(?:s|es)?(?!{latin})" if re.match(latin, name.lower()[-1]) else ""
    return re.search(before + re.escape(name.lower()) + after, text.lower()) is not None


@given(st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=3), max_size=8))
def test_circles_are_found(edges: dict[int, list[int]]) -> None:
    edges = {node: edges.get(node, []) for node in range(8)}
    reachable = {node: reached(edges, node) for node in edges}
    for component in components(edges):
        for node in component:
            assert set(component) == {node} | {other for other in reachable[node] if node in reachable[other]}


def reached(edges: dict[int, list[int]], start: int) -> set[int]:
    seen: set[int] = set()
    waiting = list(edges[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += edges[node]
    return seen


def test_a_term_used_anywhere_is_used() -> None:
    definition = 'define "Trial Phase": "the first months"\n'
    assert found(definition, "NDA402") == [(1, '"Trial Phase"')]
    for use in (
        'agreement "A"\n  purpose: "Trial Phase"\n',
        "clause term\n  > It ends with the trial phases.\n",
        "clause term\n  > {Trial Phase}\n",
        'define "End": "the last day of the Trial Phase"\n',
        'clause term "Trial Phase"\n',
    ):
        assert (1, '"Trial Phase"') not in found(definition + use, "NDA402")
    for other in ("# Trial Phase\n", "clause term\n  > The trial phasing.\n"):
        assert found(definition + other, "NDA402") == [(1, '"Trial Phase"')]


def test_undefined_names() -> None:
    text = """\
party Acme "Acme Ltd"
clause duties
  "Committee" must not disclose confidential information to "Advisers", "Friends of Acme"
  > {Acme} and {Beta}, {@duties}
define "Advisers": "the lawyers of Acme"
clause classification
  grade "Core": "Secret"
  controls "Core": register
  controls "Gold": register
"""
    assert sorted(found(text, "NDA401")) == [
        (3, '"Committee"'),
        (3, '"Friends of Acme"'),
        (4, "{Beta}"),
        (9, '"Gold"'),
    ]


def test_an_item_of_a_register_may_have_a_grade_of_its_own() -> None:
    text = """\
clause classification
  grade "Core": "Secret"
  register "Technical": product drawings, "Patent Files"
  grade of "Technical": Core
  grade of "product drawings": Core
  keeper of "Patent Files": executives
  secret until "Patent Flies": 2029-03-01
"""
    assert found(text, "NDA401") == [(7, '"Patent Flies"')]


@pytest.mark.parametrize(
    ("phrase", "term"),
    [
        ("Projcet Data", "Project Data"),
        ("Project Dat", None),
        ("Projects Data", None),
        ("Phase 2", None),
        ("Site B", None),
        ("合作项日", "合作项目"),
        ("合作项目组", None),
        ("乙组数据", None),
        ("2 期数据", None),
    ],
)
def test_a_slip_of_the_pen_is_pointed_out(phrase: str, term: str | None) -> None:
    """A phrase that is a defined term but for one edit is a misspelling of it, and then the term is used."""
    terms = ("Project Data", "Phase 1", "Site A", "合作项目", "甲组数据", "1 期数据")
    text = "".join(f'define "{name}": "the thing"\n' for name in terms)
    text += f'clause duties\n  recipient must use information only for "{phrase}"\n'
    contract = bind(parse(Source(text)))
    findings = references(contract, "en", tables())
    said = [finding.message for finding in findings if finding.code == "NDA401"]
    assert said == ([f"“{phrase}” is nowhere defined or declared; did you mean “{term}”?"] if term else [])
    assert any(f"“{term}”" in finding.message for finding in findings if finding.code == "NDA402") is False


def test_many_names_take_time_in_proportion_when_slips_are_looked_for() -> None:
    names = NearNames(f"Term {number:05} alpha" for number in range(10_000))
    assert names.slip("Term 00017 alhpa") == "Term 00017 alpha"
    assert all(names.slip(f"Word {number}") is None for number in range(10_000))


def test_the_nearest_label_is_named() -> None:
    text = """\
clause duties
  @no-disclosure recipient must not disclose information
  recipient may use information, subject to @non-disclosure
  recipient may use information, subject to @xyz
"""
    contract = bind(parse(Source(text)))
    for language, said in (("en", "did you mean @no-disclosure?"), ("zh", "是否应为 @no-disclosure？")):
        first, second = references(contract, language, tables())  # type: ignore[arg-type]
        assert first.message.endswith(said)
        assert "no-disclosure" not in second.message


def test_nothing_is_undefined_where_a_declaration_could_not_be_read() -> None:
    assert found('clause classifcationn\n  grade "Core": "x"\nclause term\n  > {Core}\n', "NDA401") == []


def test_titles_of_documents_need_no_definition() -> None:
    assert found("clause duties\n  《委员会》 must not disclose information\n", "NDA401") == []


def test_labels_and_clauses() -> None:
    text = """\
clause duties @secrecy
  @ban recipient must not disclose information, subject to @permit
  recipient must not disclose information, subject to @termination
clause term
  surviving clauses: duties, liability
  > {@secrecy} and {@nothing}
"""
    assert found(text, "NDA405") == [
        (2, "@permit"),
        (3, "@termination"),
        (6, "{@nothing}"),
        (5, "liability"),
    ]


def test_a_label_of_a_broken_norm_is_there() -> None:
    norms = "  @ban recipient must must not\n  recipient must not use information, subject to @ban\n"
    assert found("clause duties\n" + norms, "NDA405") == []


def test_annexes() -> None:
    text = 'clause duties\n  measures set out in: "Annex 2"\nclause signature\n  annexes: {}\n'
    assert found(text.format('"Annex 1"'), "NDA405") == [(2, '"Annex 2"')]
    assert found(text.format('"Annex 1", "Annex 2: Measures"'), "NDA405") == []
    for header in ('annex 2 "Measures"', 'annex "Annex 2"', 'annex M "Annex 2"'):
        assert found(header + "\n" + text.format("____"), "NDA405") == []
    assert found('annex 1 "Measures"\n' + text.format("____"), "NDA405") == [(3, '"Annex 2"')]
    assert found(text.replace("Annex 2", "Information security rules").format("____"), "NDA405") == []


@pytest.mark.parametrize(
    ("priorities", "circular"),
    [
        (("subject to @b", "subject to @a"), True),
        (("notwithstanding @b", "notwithstanding @a"), True),
        (("subject to @b", "notwithstanding @a"), False),
        (("subject to @b", ""), False),
        (("subject to @a", ""), True),
        (("subject to @use", "subject to @a"), True),
        (("subject to @use", ""), False),
        (("notwithstanding @use", "notwithstanding @a"), True),
        (("subject to @duties", ""), False),
        (("failing which @b", "failing which @a"), False),
    ],
)
def test_priorities(priorities: tuple[str, str], circular: bool) -> None:
    first, second = (f", {priority}" if priority else "" for priority in priorities)
    text = (
        f"clause duties\n  @a recipient must not disclose information{first}\n"
        f"clause use\n  @b recipient must not use information{second}\n"
    )
    assert bool(found(text, "NDA406")) is circular


def test_names_of_parties() -> None:
    text = """\
party Acme "Shanghai Acme Technology Co., Ltd."
party 乙方 "苏州乙贸易有限公司"
clause notices
  > {}
"""
    for wrong in (
        "Shanghai Acme Technologies Co., Ltd.",
        "Shanghai Acne Technology Co., Ltd.",
        "苏州乙贸易公司",
        "苏州乙贸意有限公司",
        "苏州市乙贸易有限公司",
    ):
        assert [words for _, words in found(text.replace("{}", wrong), "NDA407")] == [wrong]
    for right in (
        "Shanghai Acme Technology Co Ltd",
        "Shanghai Acme Technology Company Limited",
        "Shanghai Gamma Technology Co., Ltd.",
        "由苏州乙贸易有限公司负责",
        "苏州己贸易有限公司",
        "Shanghai Acme Trading Co., Ltd.",
        "顺丰速运有限公司",
    ):
        assert found(text.replace("{}", right), "NDA407") == []


def test_many_definitions_take_time_in_proportion() -> None:
    """Ten thousand terms, each used once, are followed without comparing each with each."""
    terms = [f"Term {number:05}" for number in range(10_000)]
    text = "".join(f'define "{term}": "thing {number}"\n' for number, term in enumerate(terms))
    text += "clause term\n" + "".join(f"  > {term}\n" for term in terms)
    finder = NameFinder(terms)
    assert len(set(finder.find(text))) == len(terms)


def test_findings_speak_chinese() -> None:
    contract = bind(parse(Source("定义「项目」:「项目二」\n定义「项目二」:「项目」\n")))
    messages = [finding.message for finding in references(contract, "zh", tables())]
    assert messages and all(re.search("[\u4e00-\u9fff]", message) for message in messages)
    assert all(isinstance(finding, Finding) for finding in references(contract, "zh", tables()))


def test_a_name_at_a_key_that_takes_none_is_one_trouble() -> None:
    text = "定义「测试数据」:技术信息\n条款 期限\n  期限「测式数据」:3年\n"
    assert any("不带名称" in finding.message for finding in bind(parse(Source(text))).findings)
    assert found(text, "NDA401") == []


def test_what_was_meant_does_not_depend_on_the_order_of_names() -> None:
    names = ["Trial Datum", "Trial Data", "Trail Data", "Final Report"]
    for order in (names, names[::-1]):
        assert NearNames(order).slip("Trial Datu") == "Trial Data"
        assert NearNames(order).nearest("Trail Dato") == "Trail Data"


def test_names_that_have_changed_are_known_like_all_names() -> None:
    before = frozenset(("Trial Data", "Final Report", "Core List"))
    for now in (
        frozenset(("Trial Dates", "Final Report", "Core List", "Pilot Phase")),
        frozenset(("Trial Data", "trial data", "Final Report")),
        frozenset(("TRIAL DATA", "Core List")),
        frozenset(("Core List",)),
    ):
        one, other = NearNames(before).but(before, now), NearNames(now)
        for name in (
            *before,
            *now,
            "Trial Dato",
            "Trial Datez",
            "Pilot Phrase",
            "Finel Report",
            "Core Lists",
        ):
            assert one.known(name) is other.known(name)
            assert one.slip(name) == other.slip(name)
            assert one.nearest(name) == other.nearest(name)
