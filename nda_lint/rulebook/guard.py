"""What must be in a contract before a rule can fire, so that most rules are passed over at once.

A guard is a conjunction of alternatives. Each alternative is ``(key, wanted)``: the key is a field id,
``@KIND`` for a clause of that kind, ``@norms``, ``@definitions``, ``@unresolved``, or ``norm.PART WORD`` for a norm
with that word; wanted says whether it has to be there or to be absent. A guard is necessary, never sufficient.
"""

from __future__ import annotations

from typing import Any

from nda_lint.rulebook.narrow import words_of

Plain = tuple[Any, ...]
Alternative = tuple[tuple[str, bool], ...]
Guard = tuple[Alternative, ...]

_KEYED = ("values", "facts", "names", "field")
#: parts of norms whose words are keys
_WORDED = {
    "norm.action": "norm.action", "norm.condition": "norm.condition", "norm.if": "norm.condition",
    "norm.unless": "norm.condition", "norm.only_if": "norm.condition",
}  # fmt: skip


def guard_of(*conditions: Plain, focus: str = "") -> Guard:
    """The guard of a rule that needs all `conditions` to hold and looks at the values of `focus`."""
    guard: list[Alternative] = [((focus, True),)] if focus else []
    for condition in conditions:
        guard += _required(condition, True)
    return tuple(dict.fromkeys(guard))


def _required(condition: Plain, truth: bool) -> list[Alternative]:
    """What must be there for `condition` to be known to be `truth`."""
    operation = condition[0]
    if operation == "not":
        return _required(condition[1], not truth)
    if operation in ("and", "or"):
        parts = [_required(part, truth) for part in condition[1:]]
        if (operation == "and") == truth:
            return [alternative for part in parts for alternative in part]
        return _one_of(parts)
    if operation in ("missing", "exists"):
        return _subject(condition[1], given=(operation == "exists") == truth)
    if operation in ("any", "every"):
        _, _, collection, body = condition
        if (operation == "any") == truth:
            return [*_source(collection, needs_members=True), *_required(body, truth)]
        return _source(collection)
    if operation == "some" and truth:
        return [*_source(condition[1]), *_worded(condition[1], condition[2])]
    if operation == "text_among":
        return [*_source(condition[1]), *_source(condition[2])]
    return [
        alternative
        for part in condition[1:]
        if isinstance(part, tuple) and part and isinstance(part[0], str)  # an operand or a test
        for alternative in _source(part)
    ]


def _one_of(parts: list[list[Alternative]]) -> list[Alternative]:
    """At least one of the parts holds, so at least one of their first alternatives does."""
    if not parts or not all(parts):
        return []
    merged: dict[tuple[str, bool], None] = {}
    for part in parts:
        selective: Alternative = min(part, key=_weakness)
        merged.update(dict.fromkeys(selective))
    keys = list(merged)
    if any((key, not wanted) in merged for key, wanted in keys):
        return []  # always true
    return [tuple(keys)]


def _weakness(alternative: Alternative) -> tuple[int, int]:
    """How many contracts have what an alternative asks for: most of them norms, and most lack a certain key."""
    return sum(2 if key == "@norms" else not wanted for key, wanted in alternative), len(alternative)


def _worded(collection: Plain, test: Plain) -> Guard:
    """Some norm has one of the words of which one of its parts must be."""
    part = _WORDED.get(collection[-1]) if collection[0] == "part" else None
    words = None if part is None else words_of(test)
    return () if words is None else (tuple((f"{part} {word}", True) for word in words),)


def _subject(subject: Plain, *, given: bool) -> list[Alternative]:
    kind = subject[0]
    if kind == "field":
        return [((subject[1], given),)]
    if kind == "clause":
        return [((f"@{subject[1]}", given),)]
    if kind == "block_field":
        return [*_source(subject[1]), *(_any_of(subject[2]) if given else [])]
    return _source(subject[1])


def _any_of(fields: str) -> list[Alternative]:
    """One of the keys of a clause of several kinds must be there."""
    return [tuple((field, True) for field in fields.split())]


def _source(plain: Plain, *, needs_members: bool = False) -> list[Alternative]:
    """What must be there for an operand to have a value, or for a collection to have members."""
    operation = plain[0]
    if operation in _KEYED:
        return [((plain[1], True),)]
    if operation == "part":
        return _source(plain[1])
    if operation in ("block_field", "block_values"):
        return [*_source(plain[1]), *_any_of(plain[2])]
    if operation == "union":
        return _one_of([_source(part, needs_members=needs_members) for part in plain[1:]])
    if operation in ("count", "sum"):
        return _source(plain[1])
    if operation == "count_where":
        return _source(plain[2])
    if operation == "arithmetic":
        return [*_source(plain[2]), *_source(plain[3])]
    if needs_members and operation == "typed_values":
        return [tuple((field, True) for field in plain[2])]
    if needs_members and operation == "blocks":
        return [((f"@{plain[1]}", True),)]
    if needs_members and operation in ("norms", "definitions", "unresolved"):
        return [((f"@{operation}", True),)]
    return []
