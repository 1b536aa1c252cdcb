"""Reads what the conditions of rules are about: plain tuples → functions that give a value or members.

Each function takes an environment: a list that holds the contract, the value in focus, the names of the
profiles, and then the variables that quantifiers bind.
"""

from __future__ import annotations

from nda_lint.rulebook import quantity
from nda_lint.rulebook.access import ABSENT, READERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from nda_lint.contract import Contract

    Environment = list[Any]
    Operand = Callable[[Environment], Any]
    Plain = tuple[Any, ...]
    #: Gives the members, or None where they are not known, and whether these are certainly all.
    Members = Callable[[Environment], tuple[Any, bool]]

CONTRACT_SLOT = 0
FOCUS_SLOT = 1
PROFILES_SLOT = 2
FIRST_VARIABLE_SLOT = 3


def operand(plain: Plain) -> Operand:
    """The function that gives what an operand stands for, None where it is not known."""
    return _OPERANDS[plain[0]](*plain[1:])


def members(plain: Plain) -> Members:
    """The function that gives the members of a collection."""
    return _COLLECTIONS[plain[0]](*plain[1:])


def as_quantity(value: Any) -> Any:
    """A quantity as it is, a value as the quantity it is."""
    if value is None or value is ABSENT or type(value) is tuple:
        return None if value is ABSENT else value
    return quantity.quantity_of(value)


def as_text(value: Any) -> str | None:
    """Text as it is, a text value as its text; None for anything else."""
    if value is None or value is ABSENT:
        return None
    if isinstance(value, str):
        return value
    return value.text if value.type == "text" else None


# --- operands ----------------------------------------------------------------------------


def _slot(number: int) -> Operand:
    return lambda environment: environment[number]


def _contract() -> Operand:
    return lambda environment: environment[0]


def _field(field: str) -> Operand:
    def read(environment: Environment) -> Any:
        facts = environment[0].facts_by_field.get(field)
        return _agreed([value for fact in facts for value in fact.values]) if facts else None

    return read


def _block_field(block: Plain, names: str) -> Operand:
    read_block = operand(block)
    fields = frozenset(names.split())

    def read(environment: Environment) -> Any:
        found = read_block(environment)
        if found is None or found is ABSENT:
            return None
        return _agreed([value for fact in found.facts if fact.field in fields for value in fact.values])

    return read


def _agreed(values: list[Any]) -> Any:
    """The one value that all of them are, or None where they differ or there is none."""
    if not values:
        return None
    first = values[0]
    if len(values) > 1 and any(not same(first, value) for value in values[1:]):
        return None
    return first


def same(first: Any, second: Any) -> bool:
    """Whether two things of a contract say the same, wherever they stand."""
    if type(first) is not type(second):
        return False
    if isinstance(first, (tuple, list)):
        return len(first) == len(second) and all(map(same, first, second))
    slots = getattr(type(first), "__slots__", None)
    if slots is None or isinstance(first, (str, int)):
        return bool(first == second)
    return all(
        same(getattr(first, name), getattr(second, name)) for name in slots if name not in ("span", "term")
    )


def _part(whole: Plain, name: str) -> Operand:
    read = READERS[name]
    if whole[0] == "slot":  # most parts are those of a variable
        number: int = whole[1]

        def part_of_variable(environment: Environment) -> Any:
            thing = environment[number]
            return thing if thing is None or thing is ABSENT else read(environment[0], thing)

        return part_of_variable
    read_whole = operand(whole)

    def part(environment: Environment) -> Any:
        thing = read_whole(environment)
        return thing if thing is None or thing is ABSENT else read(environment[0], thing)

    return part


def _constant(value: Any) -> Operand:
    return lambda environment: value


def _number(dimension: str) -> Callable[[Any], Operand]:
    def constant(amount: Any) -> Operand:
        number = quantity.exact(amount)
        return _constant((dimension, number, number))

    return constant


def _money(amount: Any, currency: str) -> Operand:
    number = quantity.exact(amount)
    return _constant(("money:" + currency, number, number))


def _date(year: int, month: int, day: int) -> Operand:
    number = year * 10000 + month * 100 + day
    return _constant(("date", number, number))


def _count(collection: Plain) -> Operand:
    read = members(collection)

    def count(environment: Environment) -> Any:
        things, complete = read(environment)
        if things is None or not complete:
            return None
        number = sum(1 for _ in things)
        return ("number", number, number)

    return count


def _count_where(slot: int, collection: Plain, body: Plain) -> Operand:
    from nda_lint.rulebook.evaluate import condition  # conditions and operands contain each other

    read = members(collection)
    decide = condition(body)

    def count(environment: Environment) -> Any:
        things, complete = read(environment)
        if things is None or not complete:
            return None
        certain = possible = 0
        for thing in things:
            environment[slot] = thing
            found = decide(environment)
            certain += found is True
            possible += found is not False
        return ("number", certain, possible)

    return count


def _sum(collection: Plain) -> Operand:
    read = members(collection)

    def total(environment: Environment) -> Any:
        things, complete = read(environment)
        if things is None or not complete:
            return None
        return quantity.total(as_quantity(thing) for thing in things)

    return total


def _arithmetic(operation: str, left: Plain, right: Plain) -> Operand:
    read_left, read_right = operand(left), operand(right)

    def calculate(environment: Environment) -> Any:
        first, second = as_quantity(read_left(environment)), as_quantity(read_right(environment))
        if operation == "*":
            return quantity.multiply(first, second)
        return quantity.add(first, second, 1 if operation == "+" else -1)

    return calculate


# --- collections -------------------------------------------------------------------------


def _values(field: str) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        facts = contract.facts_by_field.get(field)
        if not facts:
            return None, False
        return [value for fact in facts for value in fact.values], not contract.may_be_broken(field)

    return read


def _facts(field: str) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        facts = contract.facts_by_field.get(field)
        return (facts, not contract.may_be_broken(field)) if facts else (None, False)

    return read


def _names(field: str) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        facts = contract.facts_by_field.get(field)
        if not facts:
            return None, False
        return [fact.name for fact in facts if fact.name is not None], not contract.may_be_broken(field)

    return read


def _block_values(block: Plain, names: str) -> Members:
    read_block = operand(block)
    fields = frozenset(names.split())

    def read(environment: Environment) -> tuple[Any, bool]:
        found = read_block(environment)
        if found is None or found is ABSENT:
            return None, False
        values = [value for fact in found.facts if fact.field in fields for value in fact.values]
        if not values:
            return None, False
        return values, not any(map(environment[0].may_be_broken, fields))

    return read


def _blocks(kind: str) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        return [block for block in contract.blocks if block.kind == kind], not contract.may_be_broken(kind)

    return read


def _all(attribute: str, broken_key: str) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        return getattr(contract, attribute), not contract.may_be_broken(broken_key)

    return read


def _all_values() -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        groups = contract.facts_by_field.values()
        return [
            value for facts in groups for fact in facts for value in fact.values
        ], not contract.broken_fields

    return read


def _typed_values(type_: str, fields: tuple[str, ...]) -> Members:
    def read(environment: Environment) -> tuple[Any, bool]:
        contract: Contract = environment[0]
        by_field = contract.facts_by_field
        found = [
            value
            for field in fields
            if field in by_field
            for fact in by_field[field]
            for value in fact.values
            if value.type == type_
        ]
        return found, not contract.broken_fields

    return read


def _union(*parts: Plain) -> Members:
    collections = [members(part) for part in parts]

    def read(environment: Environment) -> tuple[Any, bool]:
        together: list[Any] = []
        known = False
        certain = True
        for collection in collections:
            things, complete = collection(environment)
            if things is not None:  # what is missing in one place may be in another
                known = True
                certain = certain and complete
                together.extend(things)
        return (together, certain) if known else (None, False)

    return read


def _in_part(whole: Plain, name: str) -> Members:
    read_part = _part(whole, name)

    def read(environment: Environment) -> tuple[Any, bool]:
        things = read_part(environment)
        return ((), True) if things is ABSENT else (things, True)

    return read


def _in_slot(number: int) -> Members:
    return lambda environment: (environment[number], True)


_OPERANDS: dict[str, Callable[..., Operand]] = {
    "slot": _slot,
    "contract": _contract,
    "field": _field,
    "block_field": _block_field,
    "part": _part,
    "number": _number("number"),
    "percent": _number("percent"),
    "duration": lambda amount, unit: _constant(quantity.duration(amount, unit)),
    "money": _money,
    "date": _date,
    "parameter": lambda name, literal: operand(literal),
    "text": _constant,
    "count": _count,
    "count_where": _count_where,
    "sum": _sum,
    "arithmetic": _arithmetic,
}

_COLLECTIONS: dict[str, Callable[..., Members]] = {
    "values": _values,
    "facts": _facts,
    "names": _names,
    "block_values": _block_values,
    "blocks": _blocks,
    "norms": lambda: _all("norms", "norm"),
    "clauses": lambda: _all("clauses", "*"),
    "definitions": lambda: _all("definitions", "definition"),
    "unresolved": lambda: _all("unresolved", "*"),
    "all_values": _all_values,
    "typed_values": _typed_values,
    "union": _union,
    "part": _in_part,
    "slot": _in_slot,
}


def read_by_operand(plain: Plain) -> bool:
    """Whether `plain` stands for something that :func:`operand` reads; other things are collections."""
    return plain[0] in _OPERANDS
