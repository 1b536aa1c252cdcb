"""Of the norms of a contract those of which a condition can hold: most conditions name an action, and most contracts
have few norms that have it, or none."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from nda_lint.contract import Contract, Norm

    Plain = tuple[Any, ...]


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
