"""Regular expressions that are compiled when they are first used, or were when the tables were built.

Most contracts need few of them; to compile all takes longer than to check one, and to import :mod:`re` a third as long.
So the tables hold what the compiler of :mod:`re` makes of each, and the engine that is part of the interpreter runs it.
Another Python than the one that built the tables has another engine, and compiles from the text.
"""

from __future__ import annotations

import sys

from nda_lint.tables import built_in_if_read

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any, cast

#: The texts of all patterns so far, for those who build the tables.
texts: list[str] = []


class _Pattern:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        compiled = compiled_before(self._text) or _compiled_now(self._text)
        # Found without this method from now on. Two threads may both make it, to the same.
        found = self.__dict__[name] = getattr(compiled, name)
        return found


def pattern(text: str) -> re.Pattern[str]:
    """The pattern of `text`, which holds its own flags; a mistake in it is raised at its first use, as
    :class:`re.error`."""
    texts.append(text)
    lazy = _Pattern(text)
    if TYPE_CHECKING:
        return cast("re.Pattern[str]", lazy)
    return lazy


def engine() -> str:
    """Whose compiled patterns this Python can run."""
    import _sre  # type: ignore[import-not-found]

    return f"{sys.implementation.cache_tag} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}"


def compiled_before(text: str) -> re.Pattern[str] | None:
    """The pattern as the tables hold it, None where they do not or where it is for another engine."""
    tables = built_in_if_read()
    known: Any = None if tables is None else tables["patterns"]
    if known is None or known["engine"] != engine() or text not in known["compiled"]:
        return None
    import _sre

    flags, code, groups, names_of_groups = known["compiled"][text]
    names: list[str | None] = [None] * (groups + 1)
    for name, group in names_of_groups.items():
        names[group] = name
    words = memoryview(code).cast("I").tolist()
    made: re.Pattern[str] = _sre.compile(text, flags, words, groups, names_of_groups, tuple(names))
    return made


def _compiled_now(text: str) -> re.Pattern[str]:
    import re

    return re.compile(text)
