"""Mutants of the clean contracts: all operators on facts, and a few on norms; `make mutants` tries them all."""

from __future__ import annotations

import pytest
from mutants import facts, norms
from mutants.__main__ import OPERATORS, Tally, originals, outcome, run, tally
from mutants.mutant import Mutant, Original

from nda_lint.linter import lint
from nda_lint.source import Source

ORIGINALS = list(originals())
#: those of the oracle take longer; one contract in each language is tried here
_BILINGUAL = [one for one in ORIGINALS if one.name.startswith("customer")]


def tried(operator: object, on: list[Original]) -> Tally:
    found = Tally()
    for original in on:
        tally(operator, original, found)
    return found


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda original: original.name)
def test_the_originals_are_clean(original: Original) -> None:
    assert list(lint(Source(original.text, original.name))) == []


@pytest.mark.parametrize("operator", facts.OPERATORS, ids=lambda operator: operator.__name__)
def test_every_defect_of_facts_is_found_where_it_is(operator: object) -> None:
    found = tried(operator, ORIGINALS)
    assert found.failures == []
    assert found.outcomes["found"] > 0


@pytest.mark.parametrize("operator", [norms.turn_must_not_into_must, norms.repeat_with_another_time])
def test_every_defect_of_norms_is_found_where_it_is(operator: object) -> None:
    found = tried(operator, _BILINGUAL)
    assert found.failures == []
    assert found.outcomes["found"] > 0


def test_a_rule_that_is_silent_is_noticed() -> None:
    original = _BILINGUAL[0]
    report = lint(Source(original.text, original.name))
    assert outcome(Mutant(original.text, frozenset(("NDA301",)), ((0, 1),)), report) == "missed"


def test_a_finding_elsewhere_is_noticed() -> None:
    mutant = next(facts.swap_bounds(_BILINGUAL[0]))
    report = lint(Source(mutant.text, "contract.nda"))
    assert outcome(mutant, report) == "found"
    assert outcome(Mutant(mutant.text, mutant.codes, ((0, 1),)), report) == "misplaced"


def test_the_command_ends_with_the_tally(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["swap_bounds"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "mutants: 3, defective: 3, found: 3, missed: 0, misplaced: 0, false alarms: 0"


def test_operators_are_named_once() -> None:
    names = [operator.__name__ for operator in OPERATORS]
    assert len(names) == len(set(names))
