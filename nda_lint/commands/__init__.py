"""What the commands do: one module a command, called as it is, each with a function ``run``.

A command gets the values of its options by name (:mod:`nda_lint.options`) and a
:class:`~nda_lint.console.Console`, and returns the exit code. It neither prints nor exits by itself, and
imports what it needs only when it runs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console


def run(name: str, values: Mapping[str, Any], console: Console) -> int:
    """Run the command called `name`."""
    console.choice = values["color"]
    module = __import__(f"{__name__}.{name}", fromlist=["run"])
    code: int = module.run(values, console)
    return code
