"""The regular expressions of the package → what the engine of this Python runs."""

from __future__ import annotations

import os
import re
import sys
from array import array
from importlib import import_module
from typing import Any

from nda_lint import patterns

#: What only a server, a generator of documents or a compiler needs is compiled there.
_WITHOUT = frozenset(("compile", "docs", "schema", "server"))


def pattern_tables() -> dict[str, Any]:
    """``engine``, which must run them, and ``compiled``: text → flags, code, number of groups, names of groups.

    A text that has changed since is not found, and compiled when it is used: these need not be made anew for it."""
    for module in _modules():
        import_module(module)
    compiled = {text: _compiled(text) for text in sorted(set(patterns.texts))}
    return {"engine": patterns.engine(), "compiled": compiled}


def _modules() -> list[str]:
    """The modules of the package that have patterns."""
    found = []
    root = os.path.dirname(os.path.abspath(patterns.__file__))
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name not in _WITHOUT and not name.startswith(("_", "."))
        )
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".py") and name != "__main__.py":
                with open(path, encoding="utf-8") as stream:
                    if "import pattern\n" in stream.read():
                        below = os.path.relpath(path, root).removesuffix(".py")
                        found.append(f"nda_lint.{below.replace(os.sep, '.')}")
    return found


def _compiled(text: str) -> tuple[int, bytes, int, dict[str, int]]:
    # As re.compile does it, which gives away only the pattern that it makes.
    compiler: Any = import_module("re._compiler")
    parsed = import_module("re._parser").parse(text, 0)
    words = array("I", compiler._code(parsed, 0))
    if words.itemsize != 4 or sys.byteorder not in ("little", "big"):
        raise TypeError("the engine counts in words of four bytes")
    return parsed.state.flags, words.tobytes(), re.compile(text).groups, dict(parsed.state.groupdict)
