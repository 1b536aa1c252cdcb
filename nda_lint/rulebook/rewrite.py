"""Plain forms written anew: with their variables in other slots, or with other values of parameters."""

from __future__ import annotations

from nda_lint.rulebook.sources import FIRST_VARIABLE_SLOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Plain = tuple[Any, ...]

#: The operations whose first argument is the slot of a variable.
_WITH_SLOT = ("any", "every", "each", "count_where", "slot")


def relocated(plain: Plain, shift: int) -> Plain:
    """`plain` with its variables so many slots further up."""
    if not shift:
        return plain
    if len(plain) > 1 and plain[0] in _WITH_SLOT and isinstance(plain[1], int):
        slot = plain[1] + shift if plain[1] >= FIRST_VARIABLE_SLOT else plain[1]
        return (plain[0], slot, *(_relocated(part, shift) for part in plain[2:]))
    return tuple(_relocated(part, shift) for part in plain)


def _relocated(part: Any, shift: int) -> Any:
    return relocated(part, shift) if isinstance(part, tuple) else part


def with_parameters(part: Any, values: Mapping[str, Plain]) -> Any:
    """`part` with the literals of `values` instead of those that the parameters of that name have."""
    if isinstance(part, dict):
        return {key: with_parameters(inner, values) for key, inner in part.items()}
    if not isinstance(part, tuple):
        return part
    if len(part) == 3 and part[0] == "parameter" and part[1] in values:
        return (part[0], part[1], values[part[1]])
    return tuple(with_parameters(inner, values) for inner in part)
