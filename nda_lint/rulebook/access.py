"""The parts of things in a contract, by the names that :mod:`nda_lint.rulebook.types` gives them.

Every reader takes the contract and the thing and gives the part, `ABSENT` where the thing is known to
have none, or None where that cannot be known (a blank has no amount that anybody knows).
"""

from __future__ import annotations

from nda_lint.rulebook.quantity import duration, exact, per_year, stretch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from nda_lint.contract import Contract


class Absent:
    """The only value of this is `ABSENT`: the part is known not to be there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def _or_absent(value: Any) -> Any:
    return ABSENT if value is None else value


def party_of(contract: Contract, person: Any) -> Any:
    """The block of the party that a person is, or None."""
    if person.kind != "party":
        return None
    return next((block for block in contract.parties if block.name == person.name), None)


# --- values ------------------------------------------------------------------------------


def _bound_of(contract: Contract, value: Any, upper: bool) -> Any:
    if value.type == "money":
        amount = value.maximum if upper else value.minimum
        currency = value.maximum_currency if upper and value.maximum_currency else value.currency
        if amount is None:
            return ABSENT
        return None if currency is None else ("money:" + currency, exact(amount), exact(amount))
    if value.type == "duration":
        return _duration_bound(value, upper)
    amount = value.maximum if upper else value.minimum
    return ABSENT if amount is None else (value.type, exact(amount), exact(amount))


def _duration_bound(value: Any, upper: bool) -> Any:
    if value.special is not None:
        return None
    if upper and value.maximum is not None:
        return duration(value.maximum, value.maximum_unit or value.unit)
    return ABSENT if value.amount is None else duration(value.amount, value.unit)


def _swapped(contract: Contract, value: Any) -> Any:
    """A range with its bounds the other way round; unknown where more is said than the range."""
    if value.type != "duration":
        low, high = value.maximum, value.minimum
        if value.type == "money":
            return type(value)(low, high, value.maximum_currency or value.currency, None, None, value.span)
        return type(value)(low, high, value.span)
    if value.maximum is None or value.bound or value.relation or value.event:
        return None
    return type(value)(
        value.maximum, value.maximum_unit or value.unit, value.amount, None, None, None, None, value.unit,
        value.span,
    )  # fmt: skip


def _only(types: tuple[str, ...], read: Callable[[Contract, Any], Any]) -> Callable[[Contract, Any], Any]:
    """`read` for values of these types; of others that are known, the part is absent."""

    def part(contract: Contract, value: Any) -> Any:
        if value.type in types:
            return read(contract, value)
        return ABSENT if value.known else None

    return part


def _attribute(name: str, *types: str) -> Callable[[Contract, Any], Any]:
    return _only(types, lambda contract, value: _or_absent(getattr(value, name)))


def _counted(name: str) -> Callable[[Contract, Any], Any]:
    def read(contract: Contract, value: Any) -> Any:
        amount = getattr(value, name)
        return ABSENT if amount is None else ("number", exact(amount), exact(amount))

    return read


def _person_of_value(contract: Contract, value: Any) -> Any:
    return _or_absent(value.thing.person if value.type == "thing" else value.person)


_RANGES = ("money", "number", "percent", "duration")

_VALUE: dict[str, Callable[[Contract, Any], Any]] = {
    "min": _only(_RANGES, lambda contract, value: _bound_of(contract, value, upper=False)),
    "max": _only(_RANGES, lambda contract, value: _bound_of(contract, value, upper=True)),
    "swapped": _only(_RANGES, _swapped),
    "currency": _attribute("currency", "money"),
    "max_currency": _attribute("maximum_currency", "money"),
    "amount": _only(("duration", "frequency"), _counted("amount")),
    "count": _only(("frequency",), _counted("count")),
    "per_year": _only(("frequency",), lambda contract, value: per_year(value)),
    "unit": _attribute("unit", "duration", "frequency"),
    "bound": _attribute("bound", "duration", "frequency"),
    "special": _attribute("special", "duration"),
    "relation": _attribute("relation", "duration"),
    "event": _attribute("event", "duration", "moment"),
    "year": _only(("date",), _counted("year")),
    "month": _only(("date",), _counted("month")),
    "day": _only(("date",), _counted("day")),
    "person": _only(("thing", "choice"), _person_of_value),
    "party": _only(("person",), lambda contract, value: _or_absent(party_of(contract, value.person))),
    "of": _only(("person",), lambda contract, value: _or_absent(value.person.of)),
    "label": _attribute("label", "clause"),
    "text": _attribute("text", "text"),
    "alternatives": lambda contract, value: value.alternatives if value.type == "options" else (value,),
    "territory": _only(("text", "choice"), lambda contract, value: _located(value, "territory_of")),
    "region": _only(("text", "choice"), lambda contract, value: _located(value, "region_of")),
    "union": _only(("text", "choice"), lambda contract, value: _located(value, "union_of")),
    "name": lambda contract, value: _name_of_value(value),
}


def _located(value: Any, reader: str) -> Any:
    from nda_lint.rulebook import gazetteer  # few contracts have rules that ask where a place is

    return _or_absent(getattr(gazetteer, reader)(value))


def _name_of_value(value: Any) -> Any:
    if value.type == "person":
        return _or_absent(value.person.name)
    if value.type == "thing":
        return _or_absent(value.thing.name)
    if value.type == "grade":
        return value.name
    return ABSENT if value.known else None


# --- norms -------------------------------------------------------------------------------


def _flat(name: str, inner: str) -> Callable[[Contract, Any], Any]:
    return lambda contract, norm: [item for group in getattr(norm, name) for item in getattr(group, inner)]


def _conditions(kind: str) -> Callable[[Contract, Any], Any]:
    return lambda contract, norm: [
        atom for condition in norm.conditions if condition.kind == kind for atom in condition.atoms
    ]


def _any_only(name: str) -> Callable[[Contract, Any], Any]:
    """Whether the norm restricts to these adjuncts: by their own "only", or by that of the action."""
    return lambda contract, norm: any(norm.only or group.only for group in getattr(norm, name))


_NORM: dict[str, Callable[[Contract, Any], Any]] = {
    "modality": lambda contract, norm: norm.modality,
    "actor": lambda contract, norm: norm.actors,
    "action": lambda contract, norm: norm.actions,
    "object": lambda contract, norm: norm.things,
    "recipient": _flat("recipients", "persons"),
    "purpose": _flat("purposes", "words"),
    "means": _flat("means", "words"),
    "window": lambda contract, norm: norm.windows,
    "frequency": lambda contract, norm: norm.frequencies,
    "condition": _flat("conditions", "atoms"),
    "if": _conditions("if"),
    "unless": _conditions("unless"),
    "only_if": _conditions("only_if"),
    "exception": lambda contract, norm: norm.exceptions,
    "priority": lambda contract, norm: norm.priorities,
    "label": lambda contract, norm: _or_absent(norm.label),
    "clause": lambda contract, norm: norm.block,
    "only": lambda contract, norm: bool(norm.only),
    "only_actor": lambda contract, norm: bool(norm.only_actors),
    "only_recipient": _any_only("recipients"),
    "only_purpose": _any_only("purposes"),
    "only_means": _any_only("means"),
    "in_writing": lambda contract, norm: bool(norm.in_writing),
}


# --- the rest ----------------------------------------------------------------------------


def _window_length(contract: Contract, window: Any) -> Any:
    if window.amount is None or window.unit is None:
        return None if window.vague else ABSENT
    return stretch(window)


def _plain(name: str) -> Callable[[Contract, Any], Any]:
    return lambda contract, thing: _or_absent(getattr(thing, name))


_OTHERS: dict[str, dict[str, Callable[[Contract, Any], Any]]] = {
    "person": {
        "name": _plain("name"), "text": _plain("text"), "of": _plain("of"),
        "party": lambda contract, person: _or_absent(party_of(contract, person)),
    },
    "thing": {"name": _plain("name"), "text": _plain("text"), "person": _plain("person"), "about": _plain("about")},
    "event": {"of": _plain("of"), "text": _plain("text")},
    "word": {"text": _plain("text")},
    "condition": {
        "by": _plain("by"), "text": _plain("text"), "subject": lambda contract, atom: atom.subjects or (),
    },
    "window": {
        "relation": _plain("relation"), "length": _window_length, "amount": _counted("amount"),
        "unit": _plain("unit"), "event": _plain("event"), "special": _plain("special"),
    },
    "priority": {"kind": _plain("kind"), "label": _plain("label")},
    "definition": {
        "name": _plain("name"), "text": _plain("text"),
        "meaning": lambda contract, definition: definition.meanings or (),
    },
    "block": {
        "name": _plain("name"), "full_name": _plain("title"), "title": _plain("title"), "label": _plain("label"),
        "norms": lambda contract, block: block.norms,
    },
    "fact": {
        "name": _plain("name"), "value": lambda contract, fact: fact.values[0] if fact.values else None,
        "values": lambda contract, fact: fact.values, "clause": _plain("block"),
    },
    "unresolved": {"value": _plain("value"), "norm": _plain("norm"), "key": _plain("field")},
}  # fmt: skip

#: ``sort.part`` → its reader.
READERS: dict[str, Callable[[Contract, Any], Any]] = {
    **{f"value.{name}": read for name, read in _VALUE.items()},
    **{f"norm.{name}": read for name, read in _NORM.items()},
    **{f"{sort}.{name}": read for sort, parts in _OTHERS.items() for name, read in parts.items()},
}
