"""Names and references (family NDA4): terms, labels, annexes, priorities, party names."""

from __future__ import annotations

from nda_lint.analysis.party_names import party_name_drift
from nda_lint.analysis.priorities import Labels, broken_references, exception_cycles
from nda_lint.analysis.terms import (
    circular_definitions,
    duplicate_definitions,
    undefined_terms,
    unused_definitions,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language


def references(contract: Contract, language: Language, tables: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the names and references of a contract; `tables` are the compiled ones."""
    labels = Labels(contract, tables["lexicon"]["kinds"])
    meant: set[str] = set()  # filled by the first, read by the second
    return [
        *undefined_terms(contract, language, tables, meant),
        *unused_definitions(contract, language, meant),
        *duplicate_definitions(contract, language),
        *circular_definitions(contract, language),
        *broken_references(contract, language, labels),
        *exception_cycles(contract, language, labels),
        *party_name_drift(contract, language),
    ]
