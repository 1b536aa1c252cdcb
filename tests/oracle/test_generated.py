"""The engine and the oracle on contracts made at random: the same ones each time, new ones each time, and those that
Hypothesis finds, which it also makes shorter. `make oracle` runs many more."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.compare import Tally, compare_text
from oracle.drafts import Draft, draft

from nda_lint.analysis.norms import analyse
from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nda_lint.contract import Contract

FRESH = random.SystemRandom().randrange(10**9)


def _tally(seeds: Iterable[int], most: int) -> Tally:
    total = Tally()
    for seed in seeds:
        total.add(compare_text(draft(random.Random(seed), most=most).text()))
    return total


@pytest.mark.parametrize("first", [2026, FRESH], ids=["the same", "new"])
def test_engine_and_oracle_agree(first: int) -> None:
    total = _tally(range(first, first + 10), 12)
    assert total.disagreements == [], f"make oracle SEED={first} N={total.pairs}"
    assert total.pairs > 50


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    return draft(draw(st.randoms(use_true_random=False)), most=4)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(drafts())
def test_engine_and_oracle_agree_on_what_hypothesis_finds(one: Draft) -> None:
    assert compare_text(one.text()).disagreements == []


def _contracts(count: int) -> list[Contract]:
    return [bind(parse(Source(draft(random.Random(seed), most=30).text()))) for seed in range(count)]


def test_drafts_are_read_and_contradict_each_other_in_every_way() -> None:
    """What is compared is worth comparing: nearly every sentence is understood, and each code comes up."""
    contracts = _contracts(70)
    broken = sum(
        finding.code in ("NDA001", "NDA002") for contract in contracts for finding in contract.findings
    )
    norms = sum(len(contract.norms) for contract in contracts)
    assert norms > 700
    assert broken < norms / 20
    found = {
        (conflict.code, conflict.severity, min(len(conflict.norms), 3), conflict.entailed)
        for contract in contracts
        for conflict in analyse(contract, tables())
    }
    assert found >= {
        ("NDA302", "error", 2, False),
        ("NDA303", "error", 2, False),
        ("NDA303", "error", 2, True),
        ("NDA303", "warning", 2, False),
        ("NDA304", "error", 2, False),
        ("NDA305", "warning", 2, False),
        ("NDA322", "warning", 1, False),
        ("NDA322", "warning", 2, False),
    }
    language = {contract.language for contract in contracts}
    assert language == {"en", "zh"}
