"""What a command would change in a file, as a unified difference."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render.text import visible

_STYLES = {"-": "remove", "+": "insert", "@": "frame"}


def difference(before: str, after: str, name: str, colour: bool) -> str:
    """The lines that differ between two texts of the file called `name`."""
    from difflib import unified_diff

    old, new = before.splitlines(), after.splitlines()
    lines = []
    for line in unified_diff(old, new, visible(name), visible(name), lineterm=""):
        style = _STYLES.get(line[0])
        shown = visible(line)
        lines.append(f"{paint(style, shown, colour) if style else shown}\n")
    return "".join(lines)
