"""Grades of information: who may see a grade in one place and who in another (NDA310), and categories and registers
that have no grade (NDA319)."""

from __future__ import annotations

from nda_lint.analysis.order import Order
from nda_lint.analysis.questions import of_type
from nda_lint.finding import Finding, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract, Fact, Norm
    from nda_lint.finding import Language
    from nda_lint.source import Span

ACCESS = ("NDA310", "access-core-vs-exec")
CATEGORY = ("NDA319", "category-without-grade")

#: Persons who are not among the people of whoever receives the information.
_OTHERS = frozenset(
    ("discloser", "other_party", "authority", "data_subject", "each_party", "both_parties", "recipient")
)
_ALL_INFORMATION = frozenset(("information", "confidential_information"))
#: Category of the scope → what a register of it is called.
_CATEGORIES = {
    "technical_information": ("techn", "r&d", "research", "技术", "研发", "工艺"),
    "business_information": ("business", "operation", "commercial", "sales", "market", "customer", "经营", "运营", "商业", "业务", "市场", "销售", "客户"),
    "financial_information": ("financ", "account", "财务", "会计"),
    "personal_information": ("personal", "personnel data", "个人", "隐私"),
}  # fmt: skip
_DISCLOSING = frozenset(("disclose", "provide", "transfer", "send"))
_NOTHING = ("none", "无", "不含", "不包含", "不涉及")
_MOST_RELATED = 4


class _Circle:
    """Those who alone may see a grade: the persons, where that is said, and what lifts it."""

    __slots__ = ("grade", "lifted_by", "norm", "persons", "span")

    def __init__(
        self, grade: str, persons: list[Any], span: Span, norm: Norm | None, lifted_by: set[str]
    ) -> None:
        self.grade = grade
        self.persons = persons
        self.span = span
        self.norm = norm
        self.lifted_by = lifted_by


def access_against_grades(
    contract: Contract, language: Language, tables: Mapping[str, Any]
) -> Iterator[Finding]:
    """Persons whom one place lets see a grade that another place keeps to a smaller circle."""
    circles = [*_of_norms(contract), *_of_facts(contract)]
    if not circles:
        return
    order = Order(tables)
    reported: set[Span] = set()
    for permission, persons, span in _permissions(contract):
        for circle in circles:
            if circle.norm is permission and circle.span == span:
                continue
            if permission is not None and not _covers(permission, circle):
                continue
            if permission is not None and not _accesses(permission) and not _names_grade(permission, circle):
                continue
            if permission is None and circle.norm is None:
                continue  # two lists of persons for one grade are one list
            outside = [person for person in persons if not _inside(person, circle.persons, order)]
            place = max(span, circle.span)
            if outside and place not in reported:
                reported.add(place)
                yield _access(contract, outside[0], circle, span, language)


def _of_norms(contract: Contract) -> Iterator[_Circle]:
    """“Only designated executives may access core information.”"""
    for norm in contract.norms:
        if (
            norm.modality != "may"
            or not (norm.only_actors or norm.only)
            or not _accesses(norm)
            or norm.priorities
        ):
            continue
        lifted = {
            atom.id
            for condition in norm.conditions
            if condition.kind == "unless"
            for atom in condition.atoms
            if atom.id
        }
        for thing in norm.things:
            if thing.kind == "graded" and thing.name and norm.only_actors:
                yield _Circle(thing.name, list(norm.actors), norm.span, norm, lifted)


def _of_facts(contract: Contract) -> Iterator[_Circle]:
    """The persons whom a grade names, all facts of one grade together."""
    by_grade: dict[str, list[Fact]] = {}
    for fact in contract.facts("classification.roles"):
        if fact.name and all(value.type == "person" for value in fact.values):
            by_grade.setdefault(fact.name, []).append(fact)
    for grade, facts in by_grade.items():
        persons = [value.person for value in of_type("person", *facts)]
        yield _Circle(grade, persons, facts[-1].span, None, set())


def _permissions(contract: Contract) -> Iterator[tuple[Norm | None, list[Any], Span]]:
    """Sentences that let persons see information, and the lists of persons of grades."""
    for norm in contract.norms:
        if norm.modality == "may" and not norm.priorities:
            # Whoever may be told of it has access to it.
            told = (
                [person for group in norm.recipients for person in group.persons] if _discloses(norm) else []
            )
            actors = norm.actors if _accesses(norm) else told
            persons = [person for person in actors if _is_of_recipient(contract, person)]
            if persons:
                yield norm, persons, norm.span
    for circle in _of_facts(contract):
        persons = [person for person in circle.persons if _is_of_recipient(contract, person)]
        if persons:
            yield None, persons, circle.span


def _accesses(norm: Norm) -> bool:
    return any(action.id == "access" for action in norm.actions)


def _discloses(norm: Norm) -> bool:
    return any(action.id in _DISCLOSING for action in norm.actions)


def _names_grade(norm: Norm, circle: _Circle) -> bool:
    """Whether a sentence speaks of this grade and not of information at large, of which everybody has some."""
    return any(thing.kind == "graded" and thing.name == circle.grade for thing in norm.things)


def _is_of_recipient(contract: Contract, person: Any) -> bool:
    """Whether a class of persons may belong to whoever receives; parties act through such persons."""
    if person.kind != "person" or person.id in _OTHERS:
        return False
    owner = person.of
    if owner is None:
        return True
    if owner.kind == "party":
        facts = [fact for block in contract.parties if block.name == owner.name for fact in block.facts]
        roles = [
            value.id for fact in facts if fact.field == "party.role" for value in of_type("choice", fact)
        ]
        return roles != ["discloser"]
    return bool(owner.id != "discloser")


def _covers(permission: Norm, circle: _Circle) -> bool:
    """Whether a sentence reaches information of the grade, and nothing lifts the restriction where it does."""
    if any(thing.kind == "graded" and thing.name == circle.grade for thing in permission.exceptions):
        return False
    granted = {
        atom.id
        for condition in permission.conditions
        if condition.kind != "unless"
        for atom in condition.atoms
    }
    if circle.lifted_by & granted:
        return False
    return any(
        (thing.kind == "graded" and thing.name == circle.grade)
        or (thing.kind == "object" and thing.id in _ALL_INFORMATION and thing.of is None)
        for thing in permission.things
    )


def _inside(person: Any, circle: list[Any], order: Order) -> bool:
    """Whether everybody of a class is in the circle. “Very few executives” are not all of them."""
    for member in circle:
        if member.kind != "person":
            return True  # a party, or persons described in words: nobody knows who they are
        owners = person.of is not None and member.of is not None
        if owners and (person.of.kind, person.of.id, person.of.name) != (
            member.of.kind,
            member.of.id,
            member.of.name,
        ):
            continue
        if order.is_a("person", person.id, member.id) and (
            member.vague is None or person.vague is not None or person.id != member.id
        ):
            return True
    return False


def _access(contract: Contract, person: Any, circle: _Circle, span: Span, language: Language) -> Finding:
    shown = _shown(contract, person.span)
    allowed = _shown(contract, (circle.persons[0].span[0], circle.persons[-1].span[1]))
    grade = circle.grade
    if language == "zh":
        message = f"一处允许“{shown}”接触“{grade}”信息，另一处仅允许“{allowed}”接触。"
        notes = (f"此处仅限“{allowed}”。", f"此处允许“{shown}”。")
    else:
        message = f"One place lets {shown} see information of grade {grade}, another only {allowed}."
        notes = (f"Only {allowed} here.", f"{shown[:1].upper()}{shown[1:]} here.")
    later = span > circle.span
    related = (Related(notes[0], circle.span) if later else Related(notes[1], span),)
    return Finding(*ACCESS, "error", message, max(span, circle.span), related=related)


def _shown(contract: Contract, span: Span) -> str:
    return " ".join(contract.source.text[span[0] : span[1]].split())


# --- what has no grade -----------------------------------------------------------------------


def categories_without_grade(contract: Contract, language: Language) -> Iterator[Finding]:
    """Categories of the scope that no register takes up, and registers that no grade is given to; only where there
    are grades and registers, and the registers go by categories."""
    registers = contract.facts("classification.register_items")
    grades = contract.facts("classification.grade")
    if not registers or not grades or contract.may_be_broken("classification.register_items"):
        return
    graded = {(fact.name or "").casefold() for fact in contract.facts("classification.grade_of")}
    if not contract.may_be_broken("classification.grade_of"):
        for register in registers:
            if register.name and register.name.casefold() not in graded:
                yield _ungraded(register, grades, language)
    names = [(fact.name or "").casefold() for fact in registers]
    if not all(any(_is_called(name, words) for words in _CATEGORIES.values()) for name in names):
        return
    items = {value.text.strip().casefold() for value in of_type("text", *registers)}
    for key, words in _CATEGORIES.items():
        listed = [fact for fact in contract.facts(f"scope.{key}") if _lists_something(fact)]
        if not listed or any(_is_called(name, words) for name in names):
            continue
        if items.isdisjoint(value.text.strip().casefold() for value in of_type("text", *listed)):
            yield _without_register(listed[-1], registers, language)


def _is_called(name: str, words: tuple[str, ...]) -> bool:
    return any(word in name for word in words)


def _lists_something(fact: Fact) -> bool:
    texts = [value.text.strip().casefold() for value in of_type("text", fact)]
    return bool(texts) and not any(text.startswith(_NOTHING) for text in texts)


def _ungraded(register: Fact, grades: list[Fact], language: Language) -> Finding:
    if language == "zh":
        message = f"清单“{register.name}”没有定级。"
        note = "已声明的等级。"
    else:
        message = f"The register “{register.name}” has no grade."
        note = "There is this grade."
    related = tuple(Related(note, fact.span) for fact in grades[:_MOST_RELATED])
    return Finding(*CATEGORY, "warning", message, register.span, related=related)


def _without_register(listed: Fact, registers: list[Fact], language: Language) -> Finding:
    if language == "zh":
        message = "该类信息列入保密范围，但没有清单收录，因而没有等级。"
        note = "其他类别的清单。"
    else:
        message = "This category is in the scope, and no register takes it up: it has no grade."
        note = "A register of another category."
    span = (listed.values[0].span[0], listed.values[-1].span[1])
    related = tuple(Related(note, fact.span) for fact in registers[:_MOST_RELATED])
    return Finding(*CATEGORY, "warning", message, span, related=related)
