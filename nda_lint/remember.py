"""Functions that remember what they have found.

As :func:`functools.lru_cache` does, whose module takes longer to import than all that is remembered while one contract
is checked.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])


def remembering(most: int) -> Callable[[Function], Function]:
    """A function of positional arguments that can be keys, whose results stay while there are at the `most` so many;
    then it begins anew."""

    def decorate(function: Function) -> Function:
        known: dict[Any, Any] = {}

        def remembered(*given: Any) -> Any:
            try:
                return known[given]
            except KeyError:
                found = function(*given)
            if len(known) >= most:
                known.clear()
            known[given] = found
            return found

        return remembered  # type: ignore[return-value]

    return decorate
