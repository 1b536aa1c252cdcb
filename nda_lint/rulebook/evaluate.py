"""Runs the conditions of rules: plain tuples → functions that give true, false or unknown (None).

Each function takes an environment (see :mod:`nda_lint.rulebook.sources`). Nothing here can loop for longer
than the contract is long, call anything by name, or reach outside the contract. What stands behind a part that
decides is built when it is first reached: of most rules no more than the first part ever is.
"""

from __future__ import annotations

from nda_lint.rulebook import matching, quantity
from nda_lint.rulebook.access import ABSENT
from nda_lint.rulebook.narrow import members_for, stands_alone
from nda_lint.rulebook.sources import (
    CONTRACT_SLOT,
    PROFILES_SLOT,
    as_quantity,
    as_text,
    members,
    operand,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from nda_lint.contract import Contract

    Environment = list[Any]
    Truth = bool | None
    Condition = Callable[[Environment], Truth]
    Plain = tuple[Any, ...]


def condition(plain: Plain) -> Condition:
    """The function that decides a condition."""
    return _CONDITIONS[plain[0]](*plain[1:])


def solutions(steps: Plain) -> Callable[[Environment], Iterator[None]]:
    """The function that goes through every way in which the steps of a rule hold; at each one the
    variables stand in the environment."""
    operation = steps[0]
    if operation == "test":
        decide = condition(steps[1])

        def test(environment: Environment) -> Iterator[None]:
            if decide(environment):
                yield

        return test
    if operation == "with":
        decide_first = condition(steps[1])
        inner: Callable[[Environment], Iterator[None]] | None = None

        def guarded(environment: Environment) -> Iterator[None]:
            nonlocal inner
            if decide_first(environment):
                inner = inner or solutions(steps[2])
                yield from inner(environment)

        return guarded
    if operation == "either":
        return _either(*steps[1:])
    return _each(*steps[1:])


def _either(*sides: Plain) -> Callable[[Environment], Iterator[None]]:
    inner = [solutions(side) for side in sides]

    def either(environment: Environment) -> Iterator[None]:
        before = list(environment)
        for side in inner:
            yield from side(environment)
            environment[:] = before  # what one side has bound is not there on the next

    return either


def _each(slot: int, collection: Plain, steps: Plain) -> Callable[[Environment], Iterator[None]]:
    read = members(collection)
    read_some = members_for(slot, collection, steps[1] if steps[0] in ("test", "with") else steps)
    alone: bool | None = None
    inner: Callable[[Environment], Iterator[None]] | None = None

    def each(environment: Environment) -> Iterator[None]:
        nonlocal alone
        memo = environment[CONTRACT_SLOT].memo
        if memo is not None and alone is None:
            alone = stands_alone(slot, collection, steps)
        if memo is not None and alone:
            things = read(environment)[0] or []
            yield from memo.solved(each, things, lambda thing: solutions_for(environment, thing))
        else:
            for thing in read_some(environment)[0] or ():
                yield from solutions_for(environment, thing)

    def solutions_for(environment: Environment, thing: Any) -> Iterator[None]:
        nonlocal inner
        inner = inner or solutions(steps)
        environment[slot] = thing
        return inner(environment)

    return each


# --- conditions --------------------------------------------------------------------------


def _and(*parts: Plain) -> Condition:
    built: tuple[Condition, ...] = ()
    count = len(parts)

    def decide(environment: Environment) -> Truth:
        nonlocal built
        result: Truth = True
        ready = built
        for one in ready:
            found = one(environment)
            if not found:
                if found is False:
                    return False
                result = None
        while len(ready) < count:
            one = condition(parts[len(ready)])
            built = ready = (*ready, one)
            found = one(environment)
            if not found:
                if found is False:
                    return False
                result = None
        return result

    return decide


def _or(*parts: Plain) -> Condition:
    built: tuple[Condition, ...] = ()
    count = len(parts)

    def decide(environment: Environment) -> Truth:
        nonlocal built
        result: Truth = False
        ready = built
        for one in ready:
            found = one(environment)
            if found:
                return True
            if found is None:
                result = None
        while len(ready) < count:
            one = condition(parts[len(ready)])
            built = ready = (*ready, one)
            found = one(environment)
            if found:
                return True
            if found is None:
                result = None
        return result

    return decide


def _not(part: Plain) -> Condition:
    decide = condition(part)

    def negated(environment: Environment) -> Truth:
        found = decide(environment)
        return None if found is None else not found

    return negated


def _truth(part: Plain) -> Condition:
    read = operand(part)

    def decide(environment: Environment) -> Truth:
        value = read(environment)
        return None if value is None else bool(value)

    return decide


def _any(slot: int, collection: Plain, body: Plain) -> Condition:
    return _quantified(slot, collection, body, True)


def _every(slot: int, collection: Plain, body: Plain) -> Condition:
    return _quantified(slot, collection, body, False)


def _quantified(slot: int, collection: Plain, body: Plain, decisive: bool) -> Condition:
    """Whether something holds of one of the things, or of each: `decisive` is what decides when it is found once."""
    read = members(collection)
    read_some = members_for(slot, collection, body) if decisive else read
    alone: bool | None = None
    decide: Condition | None = None

    def quantified(environment: Environment) -> Truth:
        nonlocal alone, decide
        memo = environment[CONTRACT_SLOT].memo
        if memo is not None and alone is None:
            alone = stands_alone(slot, collection, body)
        if memo is not None and alone:
            return remembered(environment, memo)
        things, complete = read_some(environment)
        if things is None:
            return None
        result: Truth = (not decisive) if complete else None
        for thing in things:
            environment[slot] = thing
            decide = decide or condition(body)
            found = decide(environment)
            if found is decisive:
                return decisive
            if found is None:
                result = None
        return result

    def remembered(environment: Environment, memo: Any) -> Truth:
        things, complete = read(environment)
        if things is None:
            return None
        found: Truth = memo.any_of(quantified, things, lambda thing: decide_for(environment, thing), decisive)
        return found if complete or found is decisive else None

    def decide_for(environment: Environment, thing: Any) -> Truth:
        nonlocal decide
        environment[slot] = thing
        decide = decide or condition(body)
        return decide(environment)

    return quantified


def _exists(subject: Plain) -> Condition:
    return _GIVEN[subject[0]](*subject[1:])


def _missing(subject: Plain) -> Condition:
    given = _GIVEN[subject[0]](*subject[1:])

    def missing(environment: Environment) -> Truth:
        found = given(environment)
        return None if found is None else not found

    return missing


def _field_given(field: str) -> Condition:
    def given(environment: Environment) -> Truth:
        contract: Contract = environment[0]
        if contract.facts_by_field.get(field):
            return True
        return None if contract.may_be_broken(field) else False

    return given


def _block_field_given(block: Plain, names: str) -> Condition:
    read = operand(block)
    fields = frozenset(names.split())

    def given(environment: Environment) -> Truth:
        found = read(environment)
        if found is None:
            return None
        if found is not ABSENT and any(fact.field in fields for fact in found.facts):
            return True
        # Of a clause only the keys of its own kind count.
        own = fields if found is ABSENT else [field for field in fields if field.startswith(f"{found.kind}.")]
        return None if any(map(environment[0].may_be_broken, own)) else False

    return given


def _clause_given(kind: str) -> Condition:
    def given(environment: Environment) -> Truth:
        contract: Contract = environment[0]
        if any(block.kind == kind for block in contract.blocks):
            return True
        return None if contract.may_be_broken(kind) else False

    return given


def _list_given(collection: Plain) -> Condition:
    read = members(collection)

    def given(environment: Environment) -> Truth:
        things, complete = read(environment)
        if things:
            return True
        return False if things is not None and complete else None

    return given


def _part_given(part: Plain) -> Condition:
    read = operand(part)

    def given(environment: Environment) -> Truth:
        value = read(environment)
        return None if value is None else value is not ABSENT

    return given


_GIVEN: dict[str, Callable[..., Condition]] = {
    "field": _field_given,
    "block_field": _block_field_given,
    "clause": _clause_given,
    "list": _list_given,
    "part": _part_given,
}


def _compare(operation: str, left: Plain, right: Plain) -> Condition:
    read_left, read_right = operand(left), operand(right)

    def compared(environment: Environment) -> Truth:
        first = as_quantity(read_left(environment))
        if first is None:
            return None
        return quantity.compare(operation, first, as_quantity(read_right(environment)))

    return compared


def _same_text(wanted: bool, left: Plain, right: Plain) -> Condition:
    read_left, read_right = operand(left), operand(right)

    def same(environment: Environment) -> Truth:
        first, second = as_text(read_left(environment)), as_text(read_right(environment))
        return None if first is None or second is None else (_plain(first) == _plain(second)) is wanted

    return same


def _plain(text: str) -> str:
    """Text as it is compared: small letters, and one space where there are several."""
    return " ".join(text.split()).casefold()


def _same_value(operation: str, left: Plain, right: Plain) -> Condition:
    """Choices are the same or not; a quoted phrase may say in other words what another value says."""
    read_left, read_right = operand(left), operand(right)
    by_size = _compare(operation, left, right)

    def same(environment: Environment) -> Truth:
        first, second = read_left(environment), read_right(environment)
        types = {getattr(first, "type", ""), getattr(second, "type", "")}
        if types == {"choice"}:
            return bool((first.id == second.id) is (operation == "="))
        if types == {"text"}:
            return operation == "=" if _plain(first.text) == _plain(second.text) else None
        return by_size(environment)

    return same


def _is(subject: Plain, test: Plain) -> Condition:
    read = operand(subject)
    match = matching.build(test)

    def decide(environment: Environment) -> Truth:
        thing = read(environment)
        if thing is None:
            return None
        return False if thing is ABSENT else match(environment[0], thing)

    return decide


def _some(collection: Plain, test: Plain) -> Condition:
    read = members(collection)
    match = matching.build(test)

    def decide(environment: Environment) -> Truth:
        things, complete = read(environment)
        if things is None:
            return None
        found = matching.some(match, environment[0], things)
        return None if found is False and not complete else found

    return decide


def _open_or_some(collection: Plain, test: Plain) -> Condition:
    read = members(collection)
    match = matching.build(test)

    def decide(environment: Environment) -> Truth:
        things, _ = read(environment)
        return True if not things else matching.some(match, environment[0], things)

    return decide


def _text_in(subject: Plain, texts: tuple[str, ...]) -> Condition:
    read = operand(subject)

    def decide(environment: Environment) -> Truth:
        text = as_text(read(environment))
        return None if text is None else text in texts

    return decide


def _text_among(subject: Plain, collection: Plain) -> Condition:
    read = operand(subject)
    read_members = members(collection)

    def decide(environment: Environment) -> Truth:
        text = as_text(read(environment))
        things, complete = read_members(environment)
        if text is None or things is None:
            return None
        if any(as_text(thing) == text for thing in things):
            return True
        return False if complete else None

    return decide


def _mentions(listed: bool, subject: Plain, texts: tuple[str, ...]) -> Condition:
    """Whether text contains one of `texts`: Latin words as whole words, whatever their case."""
    read_all = members(subject) if listed else None
    read_one = None if listed else operand(subject)
    wanted = [text.lower() for text in texts]

    def decide(environment: Environment) -> Truth:
        if read_all is not None:
            things, _ = read_all(environment)
        else:
            things = [read_one(environment)] if read_one is not None else None
        if things is None:
            return None
        result: Truth = False
        for thing in things:
            text = as_text(thing)
            if text is None:
                result = None
                continue
            small = text.lower()
            for one in wanted:
                if one in small and _mentioned(small, one):
                    return True
        return result

    return decide


def _mentioned(text: str, wanted: str) -> bool:
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (_joins(before) and _joins(wanted[0])) and not (_joins(after) and _joins(wanted[-1])):
            return True
        start = text.find(wanted, start + 1)
    return False


def _joins(character: str) -> bool:
    """Whether a character makes one word with another such beside it: Chinese characters do not."""
    return character.isascii() and character.isalnum()


def _profile(name: str) -> Condition:
    return lambda environment: name in environment[PROFILES_SLOT]


_CONDITIONS: dict[str, Callable[..., Condition]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "truth": _truth,
    "any": _any,
    "every": _every,
    "exists": _exists,
    "missing": _missing,
    "compare": _compare,
    "same_text": _same_text,
    "same_value": _same_value,
    "is": _is,
    "some": _some,
    "open_or_some": _open_or_some,
    "text_in": _text_in,
    "text_among": _text_among,
    "mentions": _mentions,
    "profile": _profile,
}
