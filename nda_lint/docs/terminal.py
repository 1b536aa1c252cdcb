"""Pictures of what a terminal shows: the output of a command, in its colours, as text in an SVG.

Each character stands in the cell that a terminal gives it, two for a wide one, whatever font the reader has; a line
of more than 80 cells goes on below, as it does in a terminal.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import escape
from typing import TYPE_CHECKING

from nda_lint.source import display_width
from nda_lint.tables import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = 80
_CELL = 8.4
_LINE = 19
_SIZE = 14
_MARGIN = 16
_BAR = 36
_FONTS = (
    "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC','PingFang SC',"
    "'Microsoft YaHei',monospace"
)
_GROUND, _TEXT = "#0d1117", "#e6edf3"
#: code of a colour → the colour on a dark ground
_COLOURS = {"31": "#ff7b72", "32": "#3fb950", "33": "#e3b341", "34": "#58a6ff", "36": "#39c5cf"}
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
#: What is placed as one: text of one width; a renderer may take several spaces for one.
_RUN = re.compile(r"[!-~]+(?: [!-~]+)*|[^ -~]+| +")


def terminal_page(*arguments: str) -> str:
    """The picture of ``nda-lint`` run on these arguments in the checkout."""
    root = os.path.dirname(PACKAGE)
    done = subprocess.run(
        [sys.executable, "-m", "nda_lint", "check", "--isolated", "--color", "always", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    if done.returncode > 1:
        raise RuntimeError(done.stderr.decode())
    output = (done.stdout + done.stderr).decode().rstrip("\n")
    return picture(f"\x1b[1m$ nda-lint {' '.join(arguments)}\x1b[0m\n\n{output}")


def picture(text: str) -> str:
    """The SVG for a text with the codes of colours."""
    rows = list(_rows(text))
    width = 2 * _MARGIN + COLUMNS * _CELL
    height = _BAR + len(rows) * _LINE + _MARGIN
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONTS}" font-size="{_SIZE}">',
        f'<rect width="100%" height="100%" rx="8" fill="{_GROUND}"/>',
        *(
            f'<circle cx="{_MARGIN + 6 + 20 * place}" cy="18" r="6" fill="{colour}"/>'
            for place, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        ),
    ]
    for number, row in enumerate(rows):
        spans = "".join(_spans(row))
        if spans:
            lines.append(f'<text y="{_BAR + number * _LINE + _SIZE}" fill="{_TEXT}">{spans}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _rows(text: str) -> Iterator[list[tuple[str, str]]]:
    """The lines of the terminal, each as pieces of style and text."""
    style = ""
    for line in text.split("\n"):
        row: list[tuple[str, str]] = []
        used = 0
        for place, part in enumerate(_ESCAPE.split(line)):
            if place % 2:
                style = "" if part in ("", "0") else part
                continue
            for character in part:
                cells = display_width(character)
                if used + cells > COLUMNS:
                    yield row
                    row, used = [], 0
                row.append((style, character))
                used += cells
        yield row


def _spans(row: list[tuple[str, str]]) -> Iterator[str]:
    """The text of one line, each run of one style and width at its place."""
    place = 0
    index = 0
    while index < len(row):
        style = row[index][0]
        end = index
        while end < len(row) and row[end][0] == style:
            end += 1
        for run in _RUN.findall("".join(character for _style, character in row[index:end])):
            cells = [display_width(character) for character in run]
            if run.strip():
                yield _span(run, cells, place, style)
            place += sum(cells)
        index = end


def _span(run: str, cells: list[int], place: int, style: str) -> str:
    start = _MARGIN + place * _CELL
    if run.isascii():
        length = f' textLength="{sum(cells) * _CELL:g}"' if len(run) > 1 else ""
        position = f'x="{start:g}"{length}'
    else:
        places = (start + sum(cells[:index]) * _CELL for index in range(len(run)))
        position = f'x="{" ".join(f"{x:g}" for x in places)}"'
    codes = style.split(";")
    colour = next((f' fill="{_COLOURS[code]}"' for code in codes if code in _COLOURS), "")
    weight = ' font-weight="bold"' if "1" in codes else ""
    return f"<tspan {position}{colour}{weight}>{escape(run)}</tspan>"
