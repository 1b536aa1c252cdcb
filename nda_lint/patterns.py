"""Regular expressions that are compiled when they are first used: most contracts need few of them, and
compiling all takes longer than checking one."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        # Found without this method from now on. Two threads may both compile it, to the same.
        found = self.__dict__[name] = getattr(compiled, name)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `text`; a mistake in it is raised at its first use, as :class:`re.error`."""
    lazy = _Pattern(text, flags)
    if TYPE_CHECKING:
        return cast("re.Pattern[str]", lazy)
    return lazy
