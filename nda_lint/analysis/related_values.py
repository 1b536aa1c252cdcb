"""Facts of different keys, one of which says what the other denies (NDA301)."""

from __future__ import annotations

from nda_lint.analysis.places import at_the_later, quoted
from nda_lint.analysis.questions import of_type
from nda_lint.rulebook import quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Language
    from nda_lint.source import Span

CONFLICT = ("NDA301", "conflicting-values")
_NOTHING = frozenset(("none", "无", "不含", "不包含", "不涉及", "没有"))


def related_values(contract: Contract, language: Language) -> Iterator[Finding]:
    """What facts of different keys say against each other."""
    yield from _sums(contract, language)
    yield from _personal_information(contract, language)
    yield from _waivers(contract, language)
    yield from _items_with_two_grades(contract, language)


# --- sums ------------------------------------------------------------------------------------


def _sums(contract: Contract, language: Language) -> Iterator[Finding]:
    """A sum for one case that lies outside the range for all, and a cap below the least that is due."""
    ranges = contract.facts("liability.liquidated_damages")
    if len(ranges) != 1 or ranges[0].value.type != "money":
        return
    whole = ranges[0]
    bounds: Any = quantity.quantity_of(whole.value)
    if bounds is None or bounds[1] > bounds[2]:
        return  # of a range that is the wrong way round inverted-range speaks
    shown = quoted(contract, whole)
    for fact in contract.facts("liability.amount"):
        one: Any = quantity.quantity_of(fact.value) if fact.value.type == "money" else None
        outside = one is not None and one[0] == bounds[0] and (one[1] < bounds[1] or one[2] > bounds[2])
        if outside and bounds[1] != bounds[2]:
            texts = (
                f"{quoted(contract, fact)} lies outside the range {shown}.",
                f"{quoted(contract, fact)}不在“{shown}”的区间之内。",
            )
            places = (
                (whole.value.span, "The range.", "约定的区间。"),
                (fact.value.span, "The sum.", "该项金额。"),
            )
            yield at_the_later(CONFLICT, language, texts, *places)
    for fact in contract.facts("liability.cap"):
        cap: Any = quantity.quantity_of(fact.value) if fact.value.type == "money" else None
        if cap is not None and cap[0] == bounds[0] and cap[2] < bounds[1]:
            texts = (
                f"At most {quoted(contract, fact)} is due, and the sum agreed is {shown}.",
                f"违约金以{quoted(contract, fact)}为上限，而约定的违约金为“{shown}”。",
            )
            places = (whole.value.span, "The sum.", "违约金。"), (fact.value.span, "The cap.", "上限。")
            yield at_the_later(CONFLICT, language, texts, *places)


# --- yes here, no there ----------------------------------------------------------------------


def _personal_information(contract: Contract, language: Language) -> Iterator[Finding]:
    """Personal information is said to be among what is disclosed, and not to be, or the other way round."""
    for said in of_type("yes_no", *contract.facts("scope.contains_personal_information")):
        for listed in contract.facts("scope.personal_information"):
            items = [item.text.strip().casefold() for item in of_type("text", listed)]
            if len(items) != len(listed.values) or not items:
                continue
            none = all(item in _NOTHING for item in items)
            some = not any(word in item for item in items for word in _NOTHING)
            if (none and said.value) or (some and not said.value):
                texts = (
                    "One place says that personal information is among it, another that it is not.",
                    "一处载明含有个人信息，另一处载明不含。",
                )
                span = (listed.values[0].span[0], listed.values[-1].span[1])
                places = (said.span, "Said here.", "此处载明。"), (span, "Listed here.", "此处列明。")
                yield at_the_later(CONFLICT, language, texts, *places)
                return


def _waivers(contract: Contract, language: Language) -> Iterator[Finding]:
    """Conduct can be a waiver, and a waiver must be in writing."""
    for implied in of_type("yes_no", *contract.facts("amendment.waiver_implied")):
        for form in of_type("choice", *contract.facts("amendment.waiver")):
            if implied.value is not (form.id == "implied_allowed"):
                texts = (
                    "One place asks for a form of waivers, another answers otherwise whether conduct can be one.",
                    "一处约定了弃权的形式，另一处关于行为可否默示弃权的约定与之相反。",
                )
                places = (
                    (implied.span, "Whether conduct can be a waiver.", "行为可否默示弃权。"),
                    (form.span, "The form of a waiver.", "弃权的形式。"),
                )
                yield at_the_later(CONFLICT, language, texts, *places)
                return


def _items_with_two_grades(contract: Contract, language: Language) -> Iterator[Finding]:
    """One item in two registers of different grades."""
    grades: dict[str, str] = {}
    for fact in contract.facts("classification.grade_of"):
        for value in of_type("grade", fact):
            grades.setdefault((fact.name or "").casefold(), value.name)
    if len(grades) < 2:
        return
    seen: dict[str, tuple[Span, str]] = {}
    for register in contract.facts("classification.register_items"):
        grade = grades.get((register.name or "").casefold())
        for item in of_type("text", register) if grade is not None else ():
            first, graded = seen.setdefault(item.text.strip().casefold(), (item.span, str(grade)))
            if graded != grade:
                texts = (
                    f"“{item.text}” is graded {grade} here and {graded} elsewhere.",
                    f"“{item.text}”在此定为“{grade}”，在另处定为“{graded}”。",
                )
                places = (first, f"Graded {graded} here.", f"此处定为“{graded}”。"), (item.span, "", "")
                yield at_the_later(CONFLICT, language, texts, *places)
