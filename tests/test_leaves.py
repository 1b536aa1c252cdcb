"""Every leaf of the catalogue of contents can be said, fact by fact, in both languages."""

from __future__ import annotations

import pytest
from helpers import contract_of, messages, without_names

from nda_lint.contract import Block, Contract, Norm
from nda_lint.facts import facts
from nda_lint.lexer import atoms_of, joined
from nda_lint.schema.leaves import LEAVES, LeafFact, leaf_facts
from nda_lint.tables import tables

FACTS = leaf_facts()
HEADERS = ("agreement header", "party header", "annex header")
LANGUAGES = ("en", "zh")

#: What the lines speak of: parties, terms, grades and registers.
CONTEXT = (
    """\
agreement "Confidentiality Agreement"
party Acme "Acme Ltd"
party Beta "Beta Ltd"
define "Project": "the joint evaluation of the X1 production line"
define "Test Data": technical information
clause classification
  grade "Core": "Trade Secret - Core"
  grade "Important": "Trade Secret - Important"
  grade "General": "Confidential - General"
""",
    """\
协议「保密协议」
当事人 甲方「甲公司」
当事人 乙方「乙公司」
定义「合作项目」:「双方就 X1 生产线开展的联合评估」
定义「测试数据」:技术信息
条款 分级
  等级「核心」:「商密·核心」
  等级「重要」:「商密·重要」
  等级「一般」:「保密·一般」
""",
)
OPENERS = (
    {"agreement": 'agreement "Terms"', "party": 'party Gamma "Gamma Ltd"', "annex": 'annex A "Measures"'},
    {"agreement": "协议「条款」", "party": "当事人 丙方「丙公司」", "annex": "附件 A「措施」"},
)
LINES = [pytest.param(fact, line, id=f"{fact.leaf}-{line[0]}") for fact in FACTS for line in fact.lines]


def kind_of(fact: LeafFact, line: str) -> str | None:
    """The kind of the block in which a line of a fact stands; None for a line that is a header."""
    if fact.held[0] in HEADERS and fact.lines[0][0] == line:
        return None
    key = joined(atoms_of(line.partition(":")[0].partition('"')[0].strip()))
    for place in fact.held:
        kind, _, field = place.partition(".")
        if ":" in line and tables()["lexicon"]["keys"].get(kind, {}).get(key) == field:
            return kind
    return fact.clause


def spoken(kind: str | None, line: str, language: int) -> Contract:
    """A contract with the line at its end."""
    context = CONTEXT[language]
    if kind == "agreement" or line.startswith(("agreement", "协议")):
        # A contract has one agreement: here the line's own.
        context = context.partition("\n")[2]
    if kind is None:
        return contract_of(f"{context}{line}\n")
    names = tables()["names"][LANGUAGES[language]]
    word = names["keyword"]["CLAUSE"][0]
    opener = OPENERS[language].get(kind) or f"{word} {names['kind'][kind][0]}"
    return contract_of(f"{context}{opener}\n  {line}\n")


def places(block: Block) -> set[str]:
    """What a block of one line says, in the words of `held`."""
    found = {fact.field for fact in block.facts if all(value.known for value in fact.values)}
    for norm in block.norms:
        for action in norm.actions:
            found |= {f"norm {action.id}: {part}" for part in parts(norm)}
    return found or {f"{block.kind} header"}


def parts(norm: Norm) -> list[str]:
    """The parts of a norm that it has."""
    return [part for part in type(norm).__slots__ if getattr(norm, part)]


def test_every_leaf_has_facts_in_the_order_of_the_catalogue() -> None:
    assert list(dict.fromkeys(fact.leaf for fact in FACTS)) == [leaf.number for leaf in LEAVES]


def test_a_fact_is_named_once() -> None:
    for language in ("english", "chinese"):
        names = [(fact.leaf, getattr(fact, language)) for fact in FACTS]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.leaf}-{fact.english}")
def test_every_place_exists_and_names_the_leaf(fact: LeafFact) -> None:
    schema = tables()["schema"]
    for place in fact.held:
        if place in HEADERS:
            continue
        if place.startswith("norm "):
            action, _, part = place.removeprefix("norm ").partition(": ")
            assert fact.leaf in schema["words"]["action"][action]["leaves"], place
            assert part in Norm.__slots__
        else:
            kind, _, field = place.partition(".")
            assert fact.leaf in schema["kinds"][kind]["fields"][field]["leaves"], place


@pytest.mark.parametrize(("fact", "line"), LINES)
def test_every_line_is_held_where_the_map_says(fact: LeafFact, line: tuple[str, str]) -> None:
    kind = kind_of(fact, line[0])
    contracts = [spoken(kind, text, language) for language, text in enumerate(line)]
    for contract in contracts:
        assert messages(contract) == []
        assert not contract.unresolved
        assert places(contract.blocks[-1]) & set(fact.held)
    english, chinese = (without_names(facts(contract)) for contract in contracts)
    assert english == chinese


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.leaf}-{fact.english}")
def test_every_place_has_a_line(fact: LeafFact) -> None:
    said: set[str] = set()
    for line, _ in fact.lines:
        said |= places(spoken(kind_of(fact, line), line, 0).blocks[-1])
    assert set(fact.held) <= said
