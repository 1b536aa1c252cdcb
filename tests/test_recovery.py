"""One bad line costs one line, and every error says what was found and what was expected."""

from __future__ import annotations

import random

import pytest
from helpers import CORPUS, SHARED, clause, contract_of, messages, needs_shared, read

from nda_lint.contract import Contract
from nda_lint.source import Source

SAMPLES = ("customer.en.nda", "customer.zh.nda")
INSERTED = 'abcxyz :,;"「」@#>1 9的信\n'


def mutate(text: str, chance: random.Random) -> tuple[str, int]:
    """One character deleted, inserted or swapped with its neighbour; where."""
    place = chance.randrange(len(text) - 1)
    match chance.choice("dis"):
        case "d":
            return text[:place] + text[place + 1 :], place
        case "i":
            return text[:place] + chance.choice(INSERTED) + text[place:], place
        case _:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :], place


def rows_bound(contract: Contract) -> set[int]:
    spans = [definition.span for definition in contract.definitions]
    for block in contract.blocks:
        spans += [block.span, *(fact.span for fact in block.facts), *(norm.span for norm in block.norms)]
    return {contract.source.position(span[0])[0] for span in spans}


@pytest.mark.parametrize(
    "path",
    [
        *((CORPUS, "clean", name) for name in SAMPLES),
        pytest.param((SHARED, "samples", "guide.zh.nda"), marks=needs_shared),
    ],
    ids=lambda path: path[-1],
)
def test_single_character_changes(path: tuple[str, ...]) -> None:
    text = read(*path)
    chance = random.Random(20261123)
    before = rows_bound(contract_of(text))
    noisy = 0
    for _ in range(200):
        changed, place = mutate(text, chance)
        contract = contract_of(changed)
        noisy += len(contract.findings) > 2
        # A line break or a comment mark takes more than its own line along, and rightly so.
        if changed.count("\n") == text.count("\n") and changed.count("#") == text.count("#"):
            row = Source(text).position(place)[0]
            lost = {other for other in before - rows_bound(contract) if abs(other - row) > 1}
            assert not lost, (changed[max(0, place - 20) : place + 20], messages(contract))
    # As a rule a change gives at most two findings; a lost line break may give more.
    assert noisy <= 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Beta must not discloze confidential information",
            "NDA001 found “discloze”; did you mean “disclose”?",
        ),
        (
            "Bata must protect confidential information",
            "NDA007 no party “Bata” is declared; did you mean “Beta”?",
        ),
        ("Beta must", "NDA001 the sentence ends too early"),
        (
            'Beta must not disclose "secrets',
            'NDA001 found an opening " without its closing mark on the same line',
        ),
        ("durtion: 3 years", "NDA003 “durtion” is no key of duties"),
        ("personnel contact: sometimes", "NDA004 “personnel contact” cannot be “sometimes”"),
        ("personnel contact:", "NDA004 “personnel contact” has no value"),
        ("training frequency: every 6 monhs", "NDA004 found “monhs”; did you mean “months”?"),
    ],
)
def test_what_errors_say(text: str, said: str) -> None:
    contract = clause(text)
    assert len(contract.findings) == 1
    assert messages(contract)[0].startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("乙方不得披漏保密信息", "NDA001"),
        ("丙方应当保护保密信息", "NDA007 未声明当事人“丙方”"),
        ("乙方应当", "NDA001 语句不完整"),
        ("人员接解:限于必要人员", "NDA003 “人员接解”不是“保密义务”的键；是否应为“人员接触”？"),
        ("人员接触:有时", "NDA004 “人员接触”不能为“有时”"),
    ],
)
def test_what_errors_say_in_chinese(text: str, said: str) -> None:
    contract = clause(text, language="zh")
    assert len(contract.findings) == 1
    assert messages(contract)[0].startswith(said)


def test_the_same_unknown_name_is_reported_once_with_its_other_places() -> None:
    contract = clause("Gamma must protect confidential information\nGamma may use samples")
    (finding,) = contract.findings
    assert finding.code == "NDA007"
    assert len(finding.related) == 1
    assert len(contract.norms) == 2


def test_a_misspelt_clause_header_opens_its_clause() -> None:
    contract = contract_of('agreement "A"\nclause trem\n  duration: 3 years\nclause disptues\n  seat: "Y"\n')
    assert [finding.code for finding in contract.findings] == ["NDA002", "NDA002"]
    assert contract.facts("term.duration")
    assert contract.facts("disputes.seat")


def test_an_unknown_clause_keeps_its_lines_to_itself() -> None:
    contract = contract_of('agreement "A"\nclause term\n  duration: 3 years\nclause gardening\n  roses: 3\n')
    assert [finding.code for finding in contract.findings] == ["NDA002"]
    assert len(contract.clauses[0].facts) == 1
    assert contract.may_be_broken("scope.exclusions")


def test_what_is_broken_is_not_missing() -> None:
    contract = contract_of('agreement "A"\nclause term\n  duration three ages\n')
    assert contract.may_be_broken("term.duration")
    assert not contract.may_be_broken("scope.exclusions")


def test_an_impossible_date() -> None:
    contract = contract_of('agreement "A"\nclause dates\n  signed: 2026-02-30\n')
    assert [finding.code for finding in contract.findings] == ["NDA005"]


def test_a_list_that_does_not_go_on() -> None:
    contract = contract_of('agreement "A"\nclause scope\n  forms: written,\n  marking: required\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert contract.facts("scope.marking")


def test_a_list_goes_on_after_its_separator() -> None:
    contract = contract_of('agreement "A"\nclause scope\n  forms: written,\n    oral\n')
    assert not contract.findings
    assert [getattr(value, "id", None) for value in contract.facts("scope.forms")[0].values] == [
        "written",
        "oral",
    ]


def test_mixed_connectives_in_a_condition() -> None:
    contract = clause("Beta may use samples if Acme consents and Acme consents in writing or required by law")
    assert [finding.code for finding in contract.findings] == ["NDA001"]


@needs_shared
def test_the_guide_has_no_finding_about_the_language() -> None:
    assert not contract_of(read(SHARED, "samples", "guide.zh.nda")).findings


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "\x00\x01", "a" * 60_000, "(" * 10_000, "term: " + "(" * 10_000, "agreement", "clause", "party",
        "条款", "@", "@@@ @", ":", "::::", "> ", "#", '"', "「", "clause term\n" + "duration: " + "[" * 5_000,
        "agreement \u202e\u200f", "clause term\n duration: \ud800", "a, " * 20_000, "clause term\r duration: 3 years\r",
        "clause term\n" + "x: y\n" * 3_000,
    ],
)  # fmt: skip
def test_any_text_gives_findings_and_nothing_worse(text: str) -> None:
    contract = contract_of(text)
    assert isinstance(contract.findings, list)


def test_a_key_named_after_a_party_that_is_not_declared() -> None:
    contract = contract_of('agreement "A"\nparty Acme "Acme"\nclause notices\n  address "Zeta": "x"\n')
    assert messages(contract) == ["NDA007 no party “Zeta” is declared; the parties are Acme"]


def test_an_annex_opens_a_block() -> None:
    contract = contract_of('agreement "A"\nannex A "Security measures" @security\n  signed: yes\n')
    assert not contract.findings
    assert contract.annexes[0].label == "security"


@pytest.mark.parametrize("value", ["「封面页」", "____", "封面页"])
def test_a_key_that_begins_with_the_word_of_a_header(value: str) -> None:
    contract = contract_of(f"协议「协议」\n条款 一般条款\n  当事人载于:{value}\n")
    assert messages(contract) == []
    assert list(contract.facts_by_field) == ["general.parties_identified_in"]


@pytest.mark.parametrize(
    "line", ['define "X": "{}"', 'agreement "{}"', 'clause scope\n  technical information: "{}"']
)
def test_a_line_that_is_too_long_is_told_as_that(line: str) -> None:
    (finding,) = contract_of(line.format("word " * 5_000)).findings
    assert "too long" in finding.message
