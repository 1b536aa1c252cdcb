"""Contradictions between facts (family NDA3) that take more than a condition to find: one question with two answers,
counting with dates, grades against roles, and the direction in which information flows.

What a contract has nothing for is not even imported: most contracts answer every question once.
"""

from __future__ import annotations

from nda_lint.analysis.questions import lists_with_none, questions
from nda_lint.recall import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language

#: After these a survival is usually counted.
_ENDS = ("termination", "expiry", "rescission", "end_of_cooperation")


def contradictions(contract: Contract, language: Language, tables: Mapping[str, Any]) -> list[Finding]:
    """What the facts of a contract say against each other; `tables` are the compiled ones."""
    found: list[Finding] = []
    groups, nones = kept(contract, questions), kept(contract, lists_with_none)
    if groups or nones:
        from nda_lint.analysis.conflicting_values import conflicting_values

        found += conflicting_values(contract, groups, nones, language, tables)
    if "liability.liquidated_damages" in contract.facts_by_field or _denies_something(contract):
        from nda_lint.analysis.related_values import related_values

        found += related_values(contract, language)
    if _counts_days(contract):
        from nda_lint.analysis.time_line import fixed_and_indefinite, last_days, survival_too_short

        found += fixed_and_indefinite(contract, language)
        found += survival_too_short(contract, language)
        found += last_days(contract, language)
    if "classification.grade" in contract.facts_by_field:
        from nda_lint.analysis.grades import access_against_grades, categories_without_grade

        found += access_against_grades(contract, language, tables)
        found += categories_without_grade(contract, language)
    if contract.norms and _has_times(contract):
        from nda_lint.analysis.facts_and_norms import facts_and_norms

        found += facts_and_norms(contract, language, tables)
    if "agreement.type" in contract.facts_by_field:
        from nda_lint.analysis.direction import one_way_and_mutual

        found += one_way_and_mutual(contract, language, tables)
    return found


def _has_times(contract: Contract) -> bool:
    """Whether a sentence says how long, how soon or how often."""
    return any(norm.windows or norm.frequencies for norm in contract.norms)


def _denies_something(contract: Contract) -> bool:
    fields = ("scope.contains_personal_information", "amendment.waiver_implied", "classification.grade_of")
    return any(field in contract.facts_by_field for field in fields)


def _counts_days(contract: Contract) -> bool:
    """Whether there is more than a term and a survival that follows its end."""
    survivals = contract.facts("term.survival")
    if len(survivals) > 1 or len(contract.facts("term.duration")) > 1:
        return True
    if contract.facts("term.survival_until") or contract.facts("term.end_date"):
        return True
    counted: list[Any] = [fact.value for fact in survivals if getattr(fact.value, "event", None) is not None]
    return any(value.event.id not in _ENDS or value.relation == "before" for value in counted)
