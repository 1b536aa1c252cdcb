"""A fact and a sentence that answer one question in two ways (NDA301, NDA307): the register is kept for three years, and
somebody must keep it for five.

Only sentences that hold in all cases are compared: one with a condition of its own may well have a time of its own.
"""

from __future__ import annotations

from nda_lint import values as v
from nda_lint.analysis.order import Order
from nda_lint.analysis.places import at_the_later, quoted
from nda_lint.analysis.questions import of_type
from nda_lint.analysis.same_answer import differ
from nda_lint.analysis.time_line import TimeLine, is_tail
from nda_lint.recall import found_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract, Fact, Norm, Window
    from nda_lint.finding import Finding, Language

CONFLICT = ("NDA301", "conflicting-values")
FIXED = ("NDA307", "fixed-and-indefinite-term")


class _Question:
    """Which sentences answer the question of a key: what they say of whom, and at what time."""

    __slots__ = ("actions", "events", "modality", "relations", "things")

    def __init__(
        self,
        modality: str,
        actions: frozenset[str],
        things: frozenset[str] = frozenset(),
        relations: frozenset[str] = frozenset(),
        events: frozenset[str] = frozenset(),
    ) -> None:
        self.modality = modality
        self.actions = actions
        #: things that it may be about; empty: a sentence that names none, or any
        self.things = things
        #: relations of the window that is the answer; empty: how often it is done
        self.relations = relations
        #: events that the window may name; an event that is not here is another clock
        self.events = events


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_END = _words("termination expiry rescission")
_STAFF = _words("employee employee_with_access")
_NOTICE = _words("before after")
_SURVIVAL = _words("for within")
_QUESTIONS = {
    "use.register_retention": _Question("must", _words("retain store"), _words("register"), _words("for")),
    "supervision.log_retention": _Question("must", _words("retain store"), _words("log_record"), _words("for")),
    "storage.backup_retention": _Question("must", _words("retain store"), _words("backup"), _words("for")),
    "storage.server_backup": _Question("must", _words("back_up"), _words("information data confidential_information")),
    "supervision.internal_audit": _Question("must", _words("audit_internally")),
    "training.refresher": _Question("must", _words("train"), _STAFF),
    "duties.training_frequency": _Question("must", _words("train"), _STAFF),
    "access.access_review": _Question("must", _words("review"), _words("account access_right")),
    "access.leavers_revoked_within": _Question(
        "must", _words("revoke_access"), relations=_words("within"), events=_words("leaving")
    ),
    "third_parties.audit_notice": _Question("may", _words("audit"), relations=_NOTICE, events=_words("notice")),
    "third_parties.audit_frequency": _Question("may", _words("audit")),
    "termination.notice": _Question(
        "may", _words("terminate"), _words("agreement"), _NOTICE, _words("notice")
    ),
    "scope.oral_confirmation_within": _Question(
        "must", _words("confirm reduce_to_writing"), relations=_words("within"), events=_words("oral_disclosure disclosure")
    ),
    "training.incident_notice_within": _Question(
        "must", _words("notify"), relations=_words("within"), events=_words("discovery_of_leak")
    ),
    "notices.change_of_address": _Question(
        "must", _words("notify"), relations=_words("within"), events=_words("change")
    ),
    "liability.first_breach_cured_within": _Question(
        "must", _words("remedy"), relations=_words("within"), events=_words("notice request")
    ),
}  # fmt: skip
#: Duties that last as long as the survival does; they are about the information as a whole.
_CONFIDENCE = {"must": _words("keep_secret protect"), "must_not": _words("disclose")}
_AT_LARGE = _words("information confidential_information")
#: Keys of which a sentence may name somebody else than the clause does.
_BEARER = ("training", "storage", "access", "supervision")
#: Keys of which sentences in other clauses may speak of other audits, or of another right to terminate.
_OF_THEIR_CLAUSE = ("third_parties", "termination")
_ENDLESS = _words("indefinite until_public")


def facts_and_norms(contract: Contract, language: Language, tables: Mapping[str, Any]) -> Iterator[Finding]:
    """What facts say of a time, and sentences say otherwise."""
    given = tuple(field for field in _QUESTIONS if contract.facts(field))
    survivals = contract.facts("term.survival")
    if not contract.norms or not (given or survivals):
        return
    order = Order(tables)
    survival = survivals[0] if len(survivals) == 1 and not is_tail(survivals[0]) else None

    def otherwise(norm: Norm) -> Iterator[Finding]:
        if norm.conditions or norm.exceptions or norm.priorities or norm.only:
            return
        line = TimeLine(contract)
        for field in given:
            facts = contract.facts(field)
            question = _QUESTIONS[field]
            if len(facts) == 1 and _is_asked(norm, question, order) and _same_side(facts[0], norm):
                for answer in _answers(norm, question):
                    if _otherwise(field, facts[0].value, answer, question.events, line):
                        yield _finding(CONFLICT, contract, facts[0], norm, answer, language, tables)
        if survival is not None and _keeps_secret(norm):
            yield from _survival(contract, survival, norm, line, language, tables)

    yield from found_of(contract, facts_and_norms, contract.norms, otherwise, (language, given, survival))


def _is_asked(norm: Norm, question: _Question, order: Order) -> bool:
    if norm.modality != question.modality or norm.connective == "or":
        return False
    if not any(order.is_a("action", action.id, one) for action in norm.actions for one in question.actions):
        return False
    return (
        not question.things
        or not norm.things
        or any(_name(thing) in question.things for thing in norm.things)
    )


def _name(thing: v.Thing) -> str | None:
    return thing.person.id if thing.kind == "person" and thing.person is not None else thing.id


def _same_side(fact: Fact, norm: Norm) -> bool:
    """Whether the clause of the fact names nobody who bears its duties, or those whom the sentence names."""
    if fact.block.kind in _OF_THEIR_CLAUSE:
        return norm.block is fact.block
    if fact.block.kind not in _BEARER:
        return True
    said = [other for other in fact.block.facts if other.key == "bearer"]
    bearers = [value.person for value in of_type("person", *said)]
    named = {(person.kind, person.id, person.name) for person in bearers}
    parties = all(kind == "party" for kind, _, _ in named)
    actors = {(actor.kind, actor.id, actor.name) for actor in norm.actors}
    return not named or not parties or bool(named & actors) or any(kind != "party" for kind, _, _ in actors)


def _answers(norm: Norm, question: _Question) -> Iterator[Any]:
    """The times that a sentence gives in answer to a question, as values of a fact."""
    if not question.relations:
        yield from (value for value in norm.frequencies if value.known)
        return
    for window in norm.windows:
        event = window.event.id if window.event is not None else None
        if window.relation in question.relations and (window.event is None or event in question.events):
            yield from _as_duration(window)


def _as_duration(window: Window) -> Iterator[v.Duration]:
    """The length of a window, without what it runs from."""
    if isinstance(window.amount, int | str) or window.special is not None:
        yield v.Duration(
            window.amount, window.unit, window.maximum, window.special, window.bound,
            maximum_unit=window.maximum_unit, span=window.span,
        )  # fmt: skip


def _otherwise(field: str, value: Any, answer: Any, events: frozenset[str], line: TimeLine) -> bool:
    """Whether a fact is counted by the same clock, and says something else."""
    if value.type == "duration" and value.event is not None:
        if value.event.id not in events:
            return False
        value = _unanchored(value)
    return value.type == answer.type and differ(field, value, answer, line)


def _unanchored(value: v.Duration) -> v.Duration:
    return v.Duration(
        value.amount, value.unit, value.maximum, value.special, value.bound,
        maximum_unit=value.maximum_unit, span=value.span,
    )  # fmt: skip


def _keeps_secret(norm: Norm) -> bool:
    """Whether a sentence is the duty of confidence itself, towards everybody."""
    actions = _CONFIDENCE.get(norm.modality, frozenset())
    return (
        any(action.id in actions for action in norm.actions)
        and not norm.recipients
        and all(thing.kind == "object" and thing.id in _AT_LARGE for thing in norm.things)
        and bool(norm.things)
    )


def _survival(
    contract: Contract, fact: Fact, norm: Norm, line: TimeLine, language: Language, tables: Mapping[str, Any]
) -> Iterator[Finding]:
    """A survival of so long, and a duty of confidence that lasts otherwise."""
    for window in norm.windows:
        after_the_end = window.event is not None and window.event.id in _END
        if window.relation not in _SURVIVAL or not (after_the_end or window.special in _ENDLESS):
            continue
        for answer in _as_duration(window):
            value: Any = fact.value
            if value.type != "duration" or (value.event is not None and value.event.id not in _END):
                continue
            endless = [one.special in _ENDLESS for one in (value, answer)]
            if endless[0] is not endless[1]:
                yield _finding(FIXED, contract, fact, norm, answer, language, tables)
            elif _otherwise(fact.field, value, answer, _END, line):
                yield _finding(CONFLICT, contract, fact, norm, answer, language, tables)


def _finding(
    rule: tuple[str, str], contract: Contract, fact: Fact, norm: Norm, answer: Any, language: Language, tables: Mapping[str, Any]
) -> Finding:  # fmt: skip
    said = quoted(contract, fact)
    sentence = " ".join(contract.source.text[answer.span[0] : answer.span[1]].split())
    key = tables["names"][language]["field"].get(fact.field, (fact.key,))[0]
    texts = (
        f"{key[:1].upper()}{key[1:]} is “{said}” as a fact, and a sentence says “{sentence}”.",
        f"“{key}”约定为“{said}”，而规范句约定为“{sentence}”。",
    )
    places = (
        (fact.value.span, "This is the fact.", "此处的约定。"),
        (norm.span, "This is the sentence.", "此处的规范句。"),
    )
    return at_the_later(rule, language, texts, *places)
