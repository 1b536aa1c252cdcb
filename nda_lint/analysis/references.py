"""Names and references (family NDA4): terms, labels, annexes, priorities, party names."""

from __future__ import annotations

from nda_lint.analysis.party_names import party_name_drift
from nda_lint.analysis.priorities import broken_references, exception_cycles, labels_of
from nda_lint.analysis.terms import (
    circular_definitions,
    duplicate_definitions,
    undefined_terms,
    unused_definitions,
)
from nda_lint.recall import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language


def references(contract: Contract, language: Language, tables: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the names and references of a contract; `tables` are the compiled ones."""
    meant: set[str] = set()  # filled by the first, read by the second
    found = [
        *undefined_terms(contract, language, tables, meant), *unused_definitions(contract, language, meant)
    ]  # fmt: skip
    labels = labels_of(contract, tables)
    found += broken_references(contract, language, labels)
    found += kept(contract, exception_cycles, language, labels)
    for check in (duplicate_definitions, circular_definitions, party_name_drift):
        found += kept(contract, check, language)
    return found
