"""What ``is WORD`` finds out about something in a contract: true, false, or None for unknown.

A quoted phrase means only itself, but it may well say what a word of the vocabulary says; so
whether it *is* that word is unknown, and no rule speaks because of it.
"""

from __future__ import annotations

from nda_lint.rulebook.access import ABSENT, party_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from nda_lint.contract import Contract

    Match = Callable[[Contract, Any], bool | None]

_EITHER_SIDE = frozenset({"each_party", "both_parties"})
_ROLES = frozenset({"discloser", "recipient"})
_OPEN = ("at_least", "at_most", "more_than", "less_than")


def build(test: tuple[Any, ...]) -> Match:
    """The function that carries out a test."""
    return _BUILDERS[test[0]](*test[1:])


def _either(tests: tuple[tuple[Any, ...], ...]) -> Match:
    matches = [build(test) for test in tests]

    def match(contract: Contract, thing: Any) -> bool | None:
        result: bool | None = False
        for one in matches:
            found = one(contract, thing)
            if found:
                return True
            if found is None:
                result = None
        return result

    return match


# --- values of facts ---------------------------------------------------------------------


def _of_value(type_: str, read: Callable[[Contract, Any], bool | None]) -> Match:
    """`read` for a value of `type_`; text and unknown values may mean anything, others do not match."""

    def match(contract: Contract, value: Any) -> bool | None:
        if value.type == type_:
            return read(contract, value)
        return None if value.type == "text" or not value.known else False

    return match


def _choice(ids: tuple[str, ...]) -> Match:
    wanted = frozenset(ids)
    return _of_value("choice", lambda contract, value: value.id in wanted)


def _yes_no(wanted: bool) -> Match:
    return _of_value("yes_no", lambda contract, value: value.value is wanted)


def _special(wanted: str) -> Match:
    return _of_value("duration", lambda contract, value: value.special == wanted)


def _clause(kind: str) -> Match:
    """A clause of this kind, also where it is named by its label."""
    return _of_value(
        "clause",
        lambda contract, value: (
            value.kind == kind
            or any(block.label == value.label for block in contract.clauses_of(kind) if block.label)
        ),
    )


def _type(name: str) -> Match:
    return lambda contract, value: None if not value.known else value.type == name


def _range(value: Any) -> bool | None:
    if value.type in ("money", "number", "percent"):
        return bool(value.minimum != value.maximum)
    if value.type == "duration":
        return value.maximum is not None
    return False if value.known else None


def _open_ended(value: Any) -> bool | None:
    if value.type in ("money", "number", "percent"):
        return value.minimum is None or value.maximum is None
    return (
        value.bound in _OPEN
        if value.type in ("duration", "frequency")
        else None
        if not value.known
        else False
    )


def _defined(value: Any) -> bool | None:
    if value.type != "text":
        return False if value.known else None
    return value.term is not None


def _is_party(thing: Any) -> bool | None:
    """Whether a person, or a value that may be one, is a party by name."""
    person = _person_in(thing)
    if hasattr(person, "kind"):
        return bool(person.kind == "party")
    return False if thing.known and thing.type != "text" else None


def _person_in(thing: Any) -> Any:
    return getattr(thing, "person", None) or thing


_PREDICATES: dict[str, Callable[[Any], bool | None]] = {
    "known": lambda thing: thing.known,
    "range": _range,
    "open_ended": _open_ended,
    "defined": _defined,
    "quoted": lambda value: bool(value.quoted) if value.type == "text" else False,
    "party": _is_party,
    "every": lambda thing: bool(thing.every),
    "empty": lambda block: not (block.facts or block.norms or block.paragraphs or block.broken),
}
_KINDS_OF_UNKNOWN = frozenset({"blank", "circular", "options"})


def _is_vague(thing: Any) -> bool:
    """A vague value, a person vaguely numbered, a window vaguely timed."""
    value = getattr(thing, "value", thing)
    if getattr(value, "type", None) == "vague":
        return True
    return getattr(_person_in(thing), "vague", None) is not None


def _predicate(name: str) -> Match:
    if name == "vague":
        return lambda contract, thing: _is_vague(thing)
    if name in _KINDS_OF_UNKNOWN:
        return lambda contract, thing: _value_in(thing).type == name
    if name == "broken":
        return lambda contract, thing: _is_broken(thing)
    if name in ("template", "english", "chinese"):
        return _about_contract(name)
    read = _PREDICATES[name]
    return lambda contract, thing: read(thing)


def _value_in(thing: Any) -> Any:
    """The value of an unresolved place, or the value itself."""
    return thing.value if hasattr(thing, "norm") and hasattr(thing, "field") else thing


def _is_broken(thing: Any) -> bool:
    if hasattr(thing, "broken"):
        return bool(thing.broken)
    return getattr(thing, "type", None) == "broken"


def _about_contract(name: str) -> Match:
    if name == "template":
        return lambda contract, thing: bool(contract.is_template)
    language = "en" if name == "english" else "zh"
    return lambda contract, thing: contract.language == language


# --- the vocabulary ----------------------------------------------------------------------


def _meanings(term: Any, match: Callable[[Any], bool | None]) -> bool | None:
    """What a defined term matches: any of its meanings; unknown where it is explained in words."""
    if term is None or not term.meanings:
        return None
    results = [match(meaning) for meaning in term.meanings]
    return True if True in results else None if None in results else False


def _person(ids: tuple[str, ...]) -> Match:
    wanted = frozenset(ids)
    roles = wanted & _ROLES

    def is_person(contract: Contract, person: Any) -> bool | None:
        if person.kind == "person":
            return person.id in wanted or (bool(roles) and person.id in _EITHER_SIDE)
        if person.kind == "party":
            return _party_is(contract, person, wanted, roles)
        return _meanings(person.term, lambda meaning: match(contract, meaning))

    def match(contract: Contract, thing: Any) -> bool | None:
        if hasattr(thing, "type"):  # a value
            if thing.type == "person":
                return is_person(contract, thing.person)
            return None if thing.type == "text" or not thing.known else False
        if hasattr(thing, "every"):  # an object that may be persons
            return (
                is_person(contract, thing.person)
                if thing.kind == "person"
                else None
                if _loose(thing)
                else False
            )
        return is_person(contract, thing)

    return match


def _loose(thing: Any) -> bool:
    """Whether an object is a quoted phrase."""
    return bool(thing.kind == "text")


def _party_is(contract: Contract, person: Any, wanted: frozenset[str], roles: frozenset[str]) -> bool | None:
    if not roles:
        return "person" in wanted
    block = party_of(contract, person)
    facts = [fact for fact in block.facts if fact.field == "party.role"] if block is not None else []
    if len(facts) != 1 or facts[0].value.type != "choice":
        return None
    return facts[0].value.id == "both" or facts[0].value.id in roles


def _object(ids: tuple[str, ...]) -> Match:
    wanted = frozenset(ids)

    def is_object(contract: Contract, thing: Any) -> bool | None:
        if thing.kind == "object":
            return thing.id in wanted
        if thing.kind == "graded":  # a grade stands below confidential information, or documents
            above = "confidential_" + (thing.id or "information")
            return above in wanted or thing.id in wanted
        if thing.kind == "text":
            return _meanings(thing.term, lambda meaning: match(contract, meaning))
        return False

    def match(contract: Contract, thing: Any) -> bool | None:
        if not hasattr(thing, "type"):
            return is_object(contract, thing)
        if thing.type == "thing":
            return is_object(contract, thing.thing)
        return None if thing.type == "text" or not thing.known else False

    return match


def _noun(ids: tuple[str, ...]) -> Match:
    """The noun of an action as the object of another: "every access"."""
    wanted = frozenset(ids)

    def match(contract: Contract, thing: Any) -> bool | None:
        noun = thing.thing if getattr(thing, "type", None) == "thing" else thing
        if getattr(noun, "kind", None) == "action":
            return noun.id in wanted
        return None if getattr(noun, "kind", None) == "text" else False

    return match


def _word(ids: tuple[str, ...]) -> Match:
    wanted = frozenset(ids)
    return lambda contract, word: word.id in wanted if word.id is not None else None


def _enum(ids: tuple[str, ...]) -> Match:
    wanted = frozenset(ids)
    return lambda contract, identifier: identifier in wanted


def _kind(kind: str) -> Match:
    return lambda contract, block: block.kind == kind


_BUILDERS: dict[str, Callable[..., Match]] = {
    "either": _either,
    "choice": _choice,
    "yes_no": _yes_no,
    "special": _special,
    "clause": _clause,
    "type": _type,
    "predicate": _predicate,
    "person": _person,
    "object": _object,
    "noun": _noun,
    "word": _word,
    "enum": _enum,
    "kind": _kind,
}


def some(match: Match, contract: Contract, things: Any) -> bool | None:
    """Whether any of `things` matches: true, else unknown if one is, else false."""
    result: bool | None = False
    for thing in things:
        if thing is None or thing is ABSENT:
            continue
        found = match(contract, thing)
        if found:
            return True
        if found is None:
            result = None
    return result


__all__ = ["build", "some"]
