"""Which things of a collection need be looked at: of the norms those of which a condition can hold, because most
conditions name an action, and most contracts have few norms that have it, or none; where a contract is checked again and
again, only those that have changed, if what is said of them depends on nothing else."""

from __future__ import annotations

from nda_lint.rulebook.sources import CONTRACT_SLOT, members

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from nda_lint.contract import Contract, Norm
    from nda_lint.rulebook.sources import Environment, Members, Plain


#: Collections of things that stay the same objects as long as they say the same.
_LASTING = frozenset(
    (
        "norms",
        "clauses",
        "definitions",
        "unresolved",
        "facts",
        "blocks",
        "values",
        "all_values",
        "typed_values",
    )
)


def actions_of(slot: int, body: Plain) -> frozenset[str] | None:
    """The actions one of which the norm in `slot` must have for `body` not to be false; None where it may be another."""
    operation = body[0]
    if operation == "and":
        found = [actions for part in body[1:] if (actions := actions_of(slot, part)) is not None]
        return min(found, key=len, default=None)
    if operation == "or":
        sides = [actions_of(slot, part) for part in body[1:]]
        known = [side for side in sides if side is not None]
        return frozenset().union(*known) if len(known) == len(sides) else None
    if operation == "some" and body[1] == ("part", ("slot", slot), "norm.action"):
        words = words_of(body[2])
        return None if words is None else frozenset(words)
    return None


def words_of(test: Plain) -> tuple[str, ...] | None:
    """The words of the vocabulary for one of which a test asks; None where it asks for something else."""
    if test[0] == "word":
        return tuple(test[1])
    if test[0] == "either":
        sides = [words_of(side) for side in test[1]]
        return None if None in sides else tuple(word for side in sides for word in side or ())
    return None


def norms_with(contract: Contract, actions: frozenset[str]) -> Sequence[Norm]:
    """The norms with one of these actions, or with one that is no word of the vocabulary and may mean it; in order."""
    norms = contract.norms
    by_action = norms_by_action(contract)
    places: set[int] = set().union(*(by_action[action] for action in by_action.keys() & actions))
    if None in by_action:
        places.update(by_action[None])
    return [norms[place] for place in sorted(places)] if places else ()


def norms_by_action(contract: Contract) -> dict[str | None, list[int]]:
    """Where in their order those norms stand that have an action, by its id."""
    norms = contract.norms
    kept = contract.norms_by_action
    if kept is None or kept[0] is not norms or kept[1] != len(norms):
        found: dict[str | None, list[int]] = {}
        for place, norm in enumerate(norms):
            for word in norm.actions:
                found.setdefault(word.id, []).append(place)
        kept = contract.norms_by_action = (norms, len(norms), found)
    by_action: dict[str | None, list[int]] = kept[2]
    return by_action


def members_for(slot: int, collection: Plain, body: Plain) -> Members:
    """The members of a collection, of norms only those of which `body` can be true or unknown."""
    read = members(collection)
    actions = actions_of(slot, body) if collection == ("norms",) else None
    if actions is None:
        return read

    def read_some(environment: Environment) -> tuple[Any, bool]:
        return norms_with(environment[CONTRACT_SLOT], actions), read(environment)[1]

    return read_some


def _lasts(collection: Plain) -> bool:
    return all(map(_lasts, collection[1:])) if collection[0] == "union" else collection[0] in _LASTING


def stands_alone(slot: int, collection: Plain, body: Plain) -> bool:
    """Whether what is said of each of some lasting things depends on that thing alone."""
    free: set[Any] = set()
    bound = {slot}
    waiting: list[Any] = [body]
    while waiting:
        plain = waiting.pop()
        if plain[:1] == ("slot",):
            free.add(plain[1])
        elif plain[:1] in (("any",), ("every",), ("each",), ("count_where",)):
            bound.add(plain[1])
        waiting += [part for part in plain if type(part) is tuple]
    return _lasts(collection) and free <= bound
