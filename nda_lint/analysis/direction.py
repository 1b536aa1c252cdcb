"""Whether one side discloses or both do: the agreement says it once, and its parties and duties may say otherwise
(NDA315). Only duties of confidence count: both sides may have other duties in an agreement that goes one way."""

from __future__ import annotations

from nda_lint.analysis.order import Order
from nda_lint.analysis.questions import of_type
from nda_lint.finding import Finding, Related
from nda_lint.recall import found_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract, Norm
    from nda_lint.finding import Language
    from nda_lint.source import Span

DIRECTION = ("NDA315", "one-way-and-mutual")

_BOTH = frozenset(("each_party", "both_parties"))
#: Information at large; a duty about part of it, or about the agreement itself, may well be both sides'.
_AT_LARGE = frozenset(("information", "confidential_information"))
_MOST_RELATED = 6
#: What is wrong → in English, in Chinese, and the note at the type of the agreement.
_TEXTS = {
    "both": (
        "The agreement goes one way, and {} both discloses and receives.",
        "协议为单向，而{}同时为披露方与接收方。",
    ),
    "one": (
        "The agreement is mutual, and {} only discloses or only receives.",
        "协议为双向，而{}仅为披露方或者仅为接收方。",
    ),
    "one_bound": (
        "The agreement is mutual, and only {} is bound to confidence.",
        "协议为双向，而仅{}负有保密义务。",
    ),
    "discloser_bound": (
        "The agreement goes one way, and {}, who discloses, is bound to confidence.",
        "协议为单向，而作为披露方的{}负有保密义务。",
    ),
    "both_bound": (
        "The agreement goes one way, and both sides are bound to confidence.",
        "协议为单向，而双方均负有保密义务。",
    ),
    "both_disclose": (
        "The agreement goes one way, and its scope is information of both sides.",
        "协议为单向，而保密范围为双方的信息。",
    ),
    "one_discloses": (
        "The agreement is mutual, and its scope is information of {} only.",
        "协议为双向，而保密范围仅为{}的信息。",
    ),
    "recipient_discloses": (
        "The agreement goes one way, and its scope is information of {}, who receives.",
        "协议为单向，而保密范围为接收方{}的信息。",
    ),
}


def one_way_and_mutual(
    contract: Contract, language: Language, tables: Mapping[str, Any]
) -> Iterator[Finding]:
    """Where the agreement says one direction and something else another."""
    facts = contract.facts("agreement.type")
    kinds = {value.id for value in of_type("choice", *facts)}
    if len(kinds) != 1 or not all(value.known for fact in facts for value in fact.values):
        return
    type_span = facts[0].value.span
    roles = _roles(contract)
    found = _one_way(contract, roles, tables) if kinds == {"one_way"} else _mutual(contract, roles, tables)
    for what, name, spans in found:
        yield _finding(what, name, spans, type_span, language)


def _roles(contract: Contract) -> dict[str, tuple[str, Span]]:
    """Party → its role and where that stands, if it is said once."""
    found: dict[str, tuple[str, Span]] = {}
    for block in contract.parties:
        facts = [fact for fact in block.facts if fact.field == "party.role"]
        value: Any = facts[0].value if len(facts) == 1 else None
        if value is not None and value.type == "choice" and block.name:
            found[block.name] = (value.id, value.span)
    return found


def _one_way(
    contract: Contract, roles: dict[str, tuple[str, Span]], tables: Mapping[str, Any]
) -> Iterator[tuple[str, str, list[Span]]]:
    both = [(name, span) for name, (role, span) in roles.items() if role == "both"]
    if both:
        yield "both", both[0][0], [span for _, span in both]
        return
    disclosers = {name for name, (role, _) in roles.items() if role == "discloser"}
    recipients = {name for name, (role, _) in roles.items() if role == "recipient"}
    for value in of_type("person", *contract.facts("scope.discloser")):
        person = value.person
        if person.id == "recipient" or (person.kind == "party" and person.name in recipients):
            yield "recipient_discloses", _called(contract, person), [value.span]
        elif _is_both(person):
            yield "both_disclose", "", [value.span]
    duties = _duties(
        contract, tables, lambda actor: _is_named(actor, disclosers, "discloser") or _is_both(actor)
    )
    bound = [
        (actor, norm) for norm in duties for actor in norm.actors if _is_named(actor, disclosers, "discloser")
    ]
    if bound:
        yield "discloser_bound", _called(contract, bound[0][0]), [norm.span for _, norm in bound]
        return
    shared = [norm for norm in duties if any(map(_is_both, norm.actors))]
    if shared:
        yield "both_bound", "", [norm.span for norm in shared]


def _mutual(
    contract: Contract, roles: dict[str, tuple[str, Span]], tables: Mapping[str, Any]
) -> Iterator[tuple[str, str, list[Span]]]:
    single = [(name, span) for name, (role, span) in roles.items() if role != "both"]
    if single:
        yield "one", single[0][0], [span for _, span in single]
        return
    owners = [value.person for value in of_type("person", *contract.facts("scope.discloser"))]
    named = {owner.name if owner.kind == "party" and owner.of is None else None for owner in owners}
    if len(named) == 1 and None not in named and len(contract.parties) > 1:
        spans = [fact.value.span for fact in contract.facts("scope.discloser")]
        yield "one_discloses", str(named.pop()), spans
        return
    duties = _duties(contract, tables, lambda actor: bool(actor.kind == "party"))
    actors = [actor for norm in duties for actor in norm.actors]
    names = {actor.name if actor.kind == "party" and actor.of is None else None for actor in actors}
    if len(names) == 1 and None not in names and len(contract.parties) > 1:
        yield "one_bound", str(names.pop()), [norm.span for norm in duties]


def _is_named(actor: Any, names: set[str], role: str) -> bool:
    if actor.kind == "party":
        return actor.of is None and actor.name in names
    return bool(actor.kind == "person" and actor.id == role)


def _is_both(actor: Any) -> bool:
    return bool(actor.kind == "person" and actor.id in _BOTH)


def _duties(contract: Contract, tables: Mapping[str, Any], concerned: Callable[[Any], bool]) -> list[Norm]:
    """Sentences that bind somebody not to disclose confidential information at large, or to protect it; none
    if no such sentence binds anybody who is concerned."""
    about = list(found_of(contract, _duties, contract.norms, _of_information_at_large))
    if not any(concerned(actor) for norm in about for actor in norm.actors):
        return []
    order = Order(tables)
    return [
        norm for norm in about if any(_is_of_confidence(norm, action.id, order) for action in norm.actions)
    ]


def _of_information_at_large(norm: Norm) -> Iterator[Norm]:
    if norm.modality != "may" and any(
        thing.kind == "object" and thing.id in _AT_LARGE for thing in norm.things
    ):
        yield norm


def _is_of_confidence(norm: Norm, action: str | None, order: Order) -> bool:
    if norm.modality == "must":
        return action in ("protect", "keep_secret")
    return order.is_a("action", action, "disclose")


def _called(contract: Contract, person: Any) -> str:
    return " ".join(contract.source.text[person.span[0] : person.span[1]].split())


def _finding(what: str, name: str, spans: list[Span], type_span: Span, language: Language) -> Finding:
    chinese = language == "zh"
    message = _TEXTS[what][chinese].format(name)
    # A set of sentences that together say otherwise is reported at the first of them.
    span = max(spans[0], type_span)
    related = (
        []
        if span == type_span
        else [Related(("Its type is given here.", "此处约定协议类型。")[chinese], type_span)]
    )
    note = ("Otherwise here.", "此处与之不符。")[chinese]
    related += [Related(note, other) for other in spans if other != span]
    return Finding(*DIRECTION, "error", message, span, related=tuple(related[:_MOST_RELATED]))
