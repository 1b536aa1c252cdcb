"""Every contract of the corpus gives the findings that stand in the golden file beside it.

A golden has one line a finding, ``row:column CODE name severity``, and was read by a person: each line in it
is true. After a change, run ``pytest tests/corpus --update-goldens`` (or set ``NDA_LINT_UPDATE_GOLDEN=1``)
and review the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nda_lint.linter import Settings, lint_bytes
from nda_lint.rulebook import rulebook

CORPUS = Path(__file__).parents[2] / "corpus"
CONTRACTS = sorted(CORPUS.rglob("*.nda"))
#: A day is fixed, so that a new statute book does not change what is expected.
SETTINGS = Settings(as_of="2026-06-30")
#: Families each rule of which is found in a contract of either language.
FAMILIES = ("NDA0", "NDA1", "NDA2", "NDA3", "NDA4", "NDA5", "NDA6", "NDA9")


def findings(contract: Path) -> str:
    """What the linter says about a contract, as a golden file has it."""
    report = lint_bytes(contract.read_bytes(), contract.name, SETTINGS)
    lines = []
    for finding in report.findings:
        row, column = report.source.position(finding.span[0])
        lines.append(f"{row}:{column} {finding.code} {finding.name} {finding.severity}\n")
    return "".join(lines)


@pytest.mark.parametrize(
    "contract", CONTRACTS, ids=lambda contract: contract.relative_to(CORPUS).with_suffix("").as_posix()
)
def test_findings_are_the_golden_ones(contract: Path, update_goldens: bool) -> None:
    golden = contract.with_suffix(".golden")
    found = findings(contract)
    if update_goldens or os.environ.get("NDA_LINT_UPDATE_GOLDEN") == "1":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_no_golden_without_a_contract() -> None:
    goldens = {golden.with_suffix(".nda") for golden in CORPUS.rglob("*.golden")}
    assert goldens == set(CONTRACTS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rule_of_a_family_finds_something_in_either_language(language: str) -> None:
    found = {
        line.split()[1]
        for golden in CORPUS.glob(f"faulty/*.{language}.golden")
        for line in golden.read_text(encoding="utf-8").splitlines()
    }
    assert {rule.code for rule in rulebook().rules if rule.code.startswith(FAMILIES)} <= found
