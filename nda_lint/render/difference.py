"""What a command would change in a file, as a unified difference that ``patch`` and ``git apply -p0`` can carry out."""

from __future__ import annotations

import os

from nda_lint.console import paint
from nda_lint.render.text import visible
from nda_lint.source import Source

_STYLES = {"-": "remove", "+": "insert", "@": "frame"}
_NO_END = "\\ No newline at end of file"


def difference(before: str, after: str, name: str, colour: bool, *, seen: bool) -> str:
    """The lines that differ between two texts of the file called `name`. Where it is `seen` on a terminal, nothing of
    them can act there; elsewhere they are as they stand in the file."""
    from difflib import unified_diff

    shown = visible if seen else str
    header = visible(name) if seen else _header(name)
    lines = []
    for line in unified_diff(_lines(before), _lines(after), header, header, lineterm=""):
        text = line.rstrip("\r\n")
        style = _STYLES.get(line[0])
        end = "\r\n" if line.endswith("\r\n") and not seen else "\n"
        lines.append(f"{paint(style, shown(text), colour) if style else shown(text)}{end}")
        if len(text) == len(line) and line[0] in "+- " and len(lines) > _HEADER:
            lines.append(f"{_NO_END}\n")
    return "".join(lines)


#: How many lines name the file.
_HEADER = 2


def _lines(text: str) -> list[str]:
    """The lines of a contract, each with its end."""
    starts = Source(text).line_starts
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return lines if lines[-1] else lines[:-1]


def _header(name: str) -> str:
    """The name of a file as programs read it: with a tab behind one that has spaces, and as git writes it where there
    is anything else that could be misread."""
    if name.isprintable() and not any(mark in name for mark in '"\\'):
        return f"{name}\t" if " " in name else name
    plain = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\{byte:03o}"
        for byte in os.fsencode(name)
    )
    return f'"{plain}"'
