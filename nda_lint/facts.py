"""The typed contract as data: what ``nda-lint facts`` prints.

Ids are language-neutral; free text and declared names stand only under ``text``, ``title``, ``name``,
``label`` and ``prose``. Spans are left out: two files with the same content give the same facts.
"""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1

#: Slots that say where something stands or how it is written, or point elsewhere in the contract.
PLACES = frozenset(
    ("span", "block", "term", "label_span", "modality_span", "key_span", "name_span", "quoted")
)


def facts(contract: c.Contract) -> dict[str, Any]:
    """The contract as JSON-ready data, in source order."""
    return {
        "version": VERSION,
        "language": contract.language,
        "agreement": _block(contract.agreement) if contract.agreement else None,
        "parties": [_block(party) for party in contract.parties],
        "definitions": [
            {"name": definition.name, "meanings": [data(value) for value in definition.meanings]}
            for definition in contract.definitions
        ],
        "clauses": [_block(clause) for clause in contract.clauses],
        "annexes": [_block(annex) for annex in contract.annexes],
    }


def _block(block: c.Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "name": block.name,
        "label": block.label,
        "title": block.title,
        "facts": [_fact(fact) for fact in block.facts],
        "norms": [data(norm) for norm in block.norms],
        "prose": [paragraph.text for paragraph in block.paragraphs],
    }


def _fact(fact: c.Fact) -> dict[str, Any]:
    return {"key": fact.key, "name": fact.name, "values": [data(value) for value in fact.values]}


def shown_name(cls: type, slot: str) -> str:
    """What the slot of a class is called in the data."""
    return "type" if slot == "kind" and issubclass(cls, (v.Person, v.Thing)) else slot


def data(value: Any) -> Any:
    """A value, a norm or a part of one as JSON-ready data."""
    if isinstance(value, tuple):
        return [data(item) for item in value]
    if not isinstance(value, v.Slotted):
        return value
    shown: dict[str, Any] = {}
    if isinstance(value, v.Value):
        shown["type"] = value.type
    slots: tuple[str, ...] = value.__slots__
    for slot in slots:
        item = getattr(value, slot)
        if slot in PLACES or item is None or item == () or (item is False and slot != "value"):
            continue
        shown[shown_name(type(value), slot)] = data(item)
    if isinstance(value, c.Norm):
        # The actions of a norm are ids or free text; one word each.
        shown["priorities"] = [{"kind": p.kind, "label": p.label} for p in value.priorities]
    return shown
