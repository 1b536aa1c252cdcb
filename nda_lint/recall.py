"""What is found thing by thing: where one contract is checked again and again, only of the things that have changed.

Checks are written as if each contract were checked once; a contract that is edited brings a memo along
(:mod:`nda_lint.server.memo`), which knows what was found before.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import Any, TypeVar

    from nda_lint.contract import Contract

    Thing = TypeVar("Thing")
    Found = TypeVar("Found")


def found_of(
    contract: Contract,
    check: Hashable,
    things: Iterable[Thing],
    find: Callable[[Thing], Iterable[Found]],
    given: Any = None,
) -> Iterable[Found]:
    """All that `find` gives for things of a contract, in their order, to be gone through once. `check` tells this use
    from others; what `find` gives depends on nothing but the thing, what it reads of the contract, and `given`."""
    if contract.memo is None:
        return (found for thing in things for found in find(thing))
    remembered: Iterable[Found] = contract.memo.found_of(
        check, things if type(things) is list else [*things], find, given
    )
    return remembered


def made_of(
    contract: Contract,
    name: Hashable,
    basis: Any,
    make: Callable[[Any], Found],
    serves: Callable[[Found], bool] = lambda _: True,
) -> Found:
    """What `make` makes of `basis`; of an equal one the very same as before, if that still `serves` and nothing has
    changed that was read of the contract to make it."""
    if contract.memo is None:
        return make(basis)
    remembered: Found = contract.memo.made_of(name, basis, make, serves)
    return remembered


def kept(contract: Contract, check: Callable[..., Iterable[Found]], *given: Any) -> list[Found]:
    """All that a check finds in a contract; it runs again only where something that it reads has changed, or what it is
    given."""
    return made_of(contract, check, given, lambda given: list(check(contract, *given)))
