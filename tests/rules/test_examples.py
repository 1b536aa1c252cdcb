"""Every rule is what a rule has to be: documented in both languages, named after what is wrong, and right
about its own examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nda_lint.analysis.contradictions import contradictions
from nda_lint.analysis.prose import prose
from nda_lint.analysis.references import references
from nda_lint.bind import bind
from nda_lint.contract import Contract
from nda_lint.examples import settings_for
from nda_lint.finding import SEVERITIES, Finding
from nda_lint.linter import lint_bytes
from nda_lint.parser import parse
from nda_lint.rulebook import Rule, rulebook
from nda_lint.source import Source, decode
from nda_lint.tables import tables

RULES = rulebook().rules
EXAMPLES = [
    pytest.param(rule, kind, number, id=f"{rule.code}-{kind}-{number}")
    for rule in RULES
    for kind in ("bad", "good")
    for number in range(len(rule.documents[kind]))
]
#: Analyses that can be run by themselves; the others are part of reading and linting a file.
ANALYSES: Mapping[str, Callable[[Contract, Any, Mapping[str, Any]], list[Finding]]] = {
    "references": references,
    "contradictions": contradictions,
    "prose": prose,
}
LINES = sorted(
    {
        line
        for rule in RULES
        for kind in ("bad", "good")
        for text, _ in rule.documents[kind]
        for line in text.split("\n")
    }
)
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def example(rule: Rule, kind: str, number: int) -> bytes:
    text, encoding = rule.documents[kind][number]
    return str(text).encode(encoding)


def findings(rule: Rule, data: bytes) -> list[Finding]:
    if rule.analysis is not None and rule.analysis in ANALYSES:
        contract = bind(parse(Source(decode(data))))
        return ANALYSES[rule.analysis](contract, contract.language, tables())
    return lint_bytes(data, "example.nda", settings_for(rule)).findings


@pytest.mark.parametrize(("rule", "kind", "number"), EXAMPLES)
def test_a_bad_example_fires_its_rule_and_a_good_one_does_not(rule: Rule, kind: str, number: int) -> None:
    found = [finding for finding in findings(rule, example(rule, kind, number)) if finding.code == rule.code]
    if kind == "good":
        assert not found
        return
    assert found
    for finding in found:
        assert finding.name == rule.name
        assert finding.message
        assert "unknown" not in finding.message and "未知" not in finding.message


@pytest.mark.parametrize(("rule", "kind", "number"), EXAMPLES)
def test_examples_can_be_read(rule: Rule, kind: str, number: int) -> None:
    """But for the rules that are about reading, an example is a contract without mistakes of language."""
    if rule.analysis == "language":
        return
    contract = bind(parse(Source(decode(example(rule, kind, number)))))
    assert contract.findings == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_are_in_both_languages(rule: Rule) -> None:
    for kind in ("bad", "good"):
        chinese = {bool(_CHINESE.search(text)) for text, _ in rule.documents[kind]}
        assert chinese == {True, False}, kind


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documents_are_in_both_languages(rule: Rule) -> None:
    parts = ["summary", "why", "help"] if rule.analysis else ["summary", "why", "help", "message"]
    for part in parts:
        english, chinese = rule.documents[part]
        assert english and not _CHINESE.search(re.sub("《》", "", english)), part
        assert _CHINESE.search(chinese), part
    assert not rule.documents["summary"][0].endswith(".")
    assert rule.severity in SEVERITIES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_both_languages_show_the_same(rule: Rule) -> None:
    """The English and the Chinese message have the same placeholders."""
    english, chinese = rule.documents["message"]
    assert set(re.findall(r"\{[^{}]*\}", english)) == set(re.findall(r"\{[^{}]*\}", chinese))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_names_are_kebab_case(rule: Rule) -> None:
    assert _KEBAB.fullmatch(rule.name)
    assert re.fullmatch(r"[A-Z]{2,6}\d{3}", rule.code)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_seven_required_sections_are_errors() -> None:
    """Under common law two of them are advice, which only strict shows."""
    book = rulebook()
    required = {f"NDA{number}" for number in range(102, 109)}
    by_code = {rule.code: rule for rule in RULES}
    assert {by_code[code].severity for code in required} == {"error"}
    assert required <= book.by_default(("default",))
    assert required - book.by_default(("common-law",)) == {"NDA105", "NDA107"}
    assert required <= book.by_default(("common-law", "strict"))


def test_fixes_are_carried_out() -> None:
    """Where a rule offers a fix for its bad example, what comes out can be read."""
    for rule in RULES:
        for text, encoding in rule.documents["bad"]:
            if encoding != "utf-8" or rule.analysis == "language":
                continue
            for finding in findings(rule, text.encode()):
                if finding.code == rule.code and finding.fix is not None:
                    mended = text
                    for edit in sorted(finding.fix.edits, key=lambda edit: edit.span, reverse=True):
                        mended = mended[: edit.span[0]] + edit.text + mended[edit.span[1] :]
                    assert bind(parse(Source(mended))).findings == [], (rule.code, mended)
                    assert rule.code not in {found.code for found in findings(rule, mended.encode())}


@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["en", "zh"]))
def test_no_contract_breaks_a_rule(lines: list[str], language: Any) -> None:
    """Whatever lines stand together, every rule comes to an end and every finding stands in the text."""
    text = "\n".join(lines)
    contract = bind(parse(Source(text)))
    chosen = {rule.code for rule in RULES}
    found = rulebook().evaluate(contract, language=language, selected=chosen, profiles=("strict",))
    analysed = [finding for analyse in ANALYSES.values() for finding in analyse(contract, language, tables())]
    for finding in (*found, *analysed):
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
        assert finding.message
