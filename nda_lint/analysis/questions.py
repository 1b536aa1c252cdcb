"""Facts that may answer one question: put together before anything is compared, so that most contracts need no more."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.contract import Contract, Fact

#: Keys of two clauses that ask the same.
_SAME_QUESTION = {
    "signature.effective": "dates.effective",
    "training.refresher": "duties.training_frequency",
    "applicability.personnel_default": "duties.personnel_default",
}
#: Keys of which a contract may well have several, or whose two values are other rules' business.
_SEVERAL = frozenset((
    "party.email", "party.phone", "party.contact", "party.address", "party.representative", "party.title",
    "notices.email", "notices.address", "dates.signed_at", "term.automatic_renewal", "storage.cloud_region",
))  # fmt: skip
#: Kinds of blocks that each speak of somebody or something else.
APART = ("party", "annex")


def questions(contract: Contract) -> Iterator[list[Fact]]:
    """Facts that may answer the same question, where there are several, in the order of the text."""
    by_field = contract.facts_by_field
    for field, given in by_field.items():
        if field in _SEVERAL or (field in _SAME_QUESTION and _SAME_QUESTION[field] in by_field):
            continue
        facts = given
        for twin, other in _SAME_QUESTION.items():
            if other == field and twin in by_field:
                facts = sorted([*facts, *by_field[twin]], key=lambda fact: fact.span)
        if len(facts) < 2:
            continue
        asked = [(apart(fact), (fact.name or "").casefold()) for fact in facts]
        if len(set(asked)) == len(facts):
            continue
        groups: dict[object, list[Fact]] = {}
        for question, fact in zip(asked, facts, strict=True):
            groups.setdefault(question, []).append(fact)
        yield from (group for group in groups.values() if len(group) > 1)


def apart(fact: Fact) -> int | None:
    """What tells the block of a fact from others of its kind, which speak of somebody or something else."""
    return id(fact.block) if fact.block.kind in APART else None


def lists_with_none(contract: Contract) -> Iterator[tuple[Fact, list[Fact]]]:
    """Facts that have “none” in them, and all facts of their key, where there is more than that."""
    for facts in contract.facts_by_field.values():
        for fact in facts:
            more = len(facts) > 1 or len(fact.values) > 1
            if more and any(value.id == "none" for value in of_type("choice", fact)):
                yield fact, facts


def of_type(type_: str, *facts: Fact) -> Iterator[Any]:
    """The values of facts that are of one type."""
    return (value for fact in facts for value in fact.values if value.type == type_)
