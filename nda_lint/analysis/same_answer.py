"""Whether two values of one key certainly say different things.

Where one may be read as the other there is no contradiction: a quoted phrase may say the same in other words, a
month may have thirty days, and “written” leaves room for “prior written”.
"""

from __future__ import annotations

from nda_lint.rulebook import quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.analysis.time_line import TimeLine

#: Words of one list of which the one narrows the other, or leaves it open.
_COMPATIBLE = tuple(
    frozenset(group.split())
    for group in (
        "written prior_written prior",
        "allowed reliable_only",
        "no_less_strict same",
        "signature written_signature",
        "reasonable own_care own_care_not_less_than_reasonable",
        "signature last_signature last_signature_and_seal seal",
        "where_lawful reasonable_advance without_delay on_receipt on_request",
        "written_consent consent",
        "written written_and_signed",
        "written electronic",
        "both_sign all_parties_sign authorised_representatives",
        "reviewed kept",
        "recipient documented",
        "separate_annex signed_annex written_agreement",
        "competent_court chosen_forum",
        "canada ontario",
    )
)
#: States whose law stands under that of the federation.
_FEDERAL = "united_states_federal"
_STATES = frozenset((
    "california", "delaware", "florida", "illinois", "massachusetts", "nevada", "new_york", "texas", "washington",
))  # fmt: skip
#: Quoted text that is meant letter by letter, and text that names a place.
_LITERAL = frozenset(("classification.grade", "party.registration_number", "party.identity_number"))
_PLACES = frozenset(("disputes.seat", "disputes.court_place", "agreement.performance_place"))
#: Keys where a word of the list and a length of time exclude each other.
_WORD_OR_LENGTH = frozenset(("notices.deemed_received", "term.trade_secret_survival"))
#: What an event is called where it is the answer of a list.
_SIGNING = frozenset(("signing", "signature", "last_signature", "last_signature_and_seal", "seal"))
#: Where a length of time that names no event is counted from.
_USUAL_EVENTS = {
    "term.duration": _SIGNING | {"effective_date"},
    "term.survival": frozenset(("termination", "expiry", "rescission")),
}
_ENDLESS = ("indefinite", "until_public")


def differ(field: str, first: Any, second: Any, line: TimeLine) -> bool:
    """Whether both values are known, and cannot both be meant."""
    if not first.known or not second.known:
        return False
    kinds = {first.type, second.type}
    if "yes_no" in kinds:
        return _yes_no(first, second)
    if kinds == {"duration"}:
        return _durations(field, first, second)
    if len(kinds) == 1 and first.type in _BY_TYPE:
        return bool(_BY_TYPE[first.type](field, first, second))
    if kinds == {"choice", "duration"}:
        return field in _WORD_OR_LENGTH and _finite(first if first.type == "duration" else second)
    if kinds <= {"date", "moment", "choice"}:
        return _moments(first, second, line)
    return False


def _yes_no(first: Any, second: Any) -> bool:
    """No is said against anything else that is; yes leaves open what."""
    if first.type == second.type:
        return bool(first.value != second.value)
    return not (first if first.type == "yes_no" else second).value


def _choices(field: str, first: Any, second: Any) -> bool:
    if first.id == second.id:
        return _parties_differ(first.person, second.person)
    pair = {first.id, second.id}
    return not any(pair <= group for group in _COMPATIBLE) and not (_FEDERAL in pair and pair & _STATES)


def _parties_differ(first: Any, second: Any) -> bool:
    """Whether both are parties by name, and not the same."""
    return bool(
        first is not None
        and second is not None
        and first.kind == second.kind == "party"
        and first.name != second.name
    )


def _persons(field: str, first: Any, second: Any) -> bool:
    return _parties_differ(first.person, second.person)


def _quantities(field: str, first: Any, second: Any) -> bool:
    """Two sums, or two ranges; one with an open end leaves room for whatever lies in it."""
    one, other = quantity.quantity_of(first), quantity.quantity_of(second)
    if one is None or other is None:
        return False
    if one[0] != other[0]:
        return True  # two currencies
    if any(end is None for value in (first, second) for end in (value.minimum, value.maximum)):
        return quantity.compare("=", one, other) is False
    return one != other


def _frequencies(field: str, first: Any, second: Any) -> bool:
    return quantity.compare("=", quantity.per_year(first), quantity.per_year(second)) is False


def _durations(field: str, first: Any, second: Any) -> bool:
    if not _same_clock(field, first, second):
        return False
    if first.special is not None or second.special is not None:
        ends = {_finite(first), _finite(second)}
        endless = first.special in _ENDLESS or second.special in _ENDLESS
        # Of the term itself that is fixed-and-indefinite-term.
        return len(ends) == 2 and endless and field not in _USUAL_EVENTS
    one, other = quantity.quantity_of(first), quantity.quantity_of(second)
    if one is None or other is None:
        return False
    if one[0] == other[0] and first.bound is None and second.bound is None:
        return one != other
    return quantity.compare("=", one, other) is False


def _finite(duration: Any) -> bool:
    return duration.amount is not None


def _same_clock(field: str, first: Any, second: Any) -> bool:
    """Whether both are counted from one event. One that names none is counted from what is usual for the key."""
    one, other = (value.event.id if value.event is not None else None for value in (first, second))
    if first.event is None or second.event is None:
        named = one or other
        return first.event is second.event or named in _USUAL_EVENTS.get(field, ())
    if one is None or one != other:
        return False
    return first.event.date == second.event.date and (first.relation == "before") is (
        second.relation == "before"
    )


def _dates(field: str, first: Any, second: Any) -> bool:
    return (first.year, first.month, first.day) != (second.year, second.month, second.day)


def _moments(first: Any, second: Any, line: TimeLine) -> bool:
    """A day and an event, or two events that are called differently: known where both fall on days."""
    one, other = line.day_of(first), line.day_of(second)
    if one is not None and other is not None:
        return one != other
    if "date" in (first.type, second.type):
        return False
    return not (_event(first) in _SIGNING and _event(second) in _SIGNING) and "choice" in (
        first.type,
        second.type,
    )


def _event(value: Any) -> str | None:
    event: str | None = value.id if value.type == "choice" else value.event.id
    return event


def _grades(field: str, first: Any, second: Any) -> bool:
    return bool(first.name != second.name)


def _texts(field: str, first: Any, second: Any) -> bool:
    if field in _LITERAL:
        return "".join(first.text.split()).casefold() != "".join(second.text.split()).casefold()
    if field not in _PLACES:
        return False
    from nda_lint.rulebook.gazetteer import located  # few contracts name two places for one thing

    one, other = located(first.text), located(second.text)
    if one is None or other is None:
        return False
    if one[0] == other[0] == "prc":
        return None not in (one[1], other[1]) and one[1] != other[1]
    return one[0] != other[0]


_BY_TYPE = {
    "choice": _choices, "money": _quantities, "number": _quantities, "percent": _quantities,
    "frequency": _frequencies, "date": _dates, "person": _persons, "grade": _grades, "text": _texts,
}  # fmt: skip
