"""The pictures of a terminal: text as text, each character in its cells, in the colours of the output."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from helpers import ROOT, read

from nda_lint.docs.terminal import COLUMNS, picture

SVG = "{http://www.w3.org/2000/svg}"


def pieces(svg: str) -> list[list[tuple[str, list[float], str | None]]]:
    """Text, places and colour of the pieces of each line."""
    return [
        [
            (span.text or "", [float(x) for x in span.attrib["x"].split()], span.get("fill"))
            for span in line.iter(f"{SVG}tspan")
        ]
        for line in ET.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 - written by the line above
    ]


def test_wide_characters_take_two_cells() -> None:
    ((plain, wide, marks),) = pieces(picture("ab甲乙\x1b[1;31m^^\x1b[0m"))
    left, cell = plain[1][0], (wide[1][0] - plain[1][0]) / 2
    assert wide[1] == pytest.approx([left + 2 * cell, left + 4 * cell])
    assert marks[0] == "^^"
    assert marks[1] == pytest.approx([left + 6 * cell])
    assert marks[2] is not None


def test_what_does_not_fit_goes_on_below() -> None:
    first, second = pieces(picture("甲" * 41))
    assert len(first[0][0]) == COLUMNS // 2
    assert second[0][0] == "甲"


@pytest.mark.parametrize(("language", "marked"), [("en", "CNY 100,000 to CNY 10,000"), ("zh", "人民币")])
def test_marks_stand_under_what_they_mark(language: str, marked: str) -> None:
    lines = pieces(read(ROOT, "docs", "images", f"terminal.{language}.svg"))
    row = next(number for number, line in enumerate(lines) if line[-1][0].startswith("^" * 20))
    text, places, _colour = next(piece for piece in lines[row - 1] if marked in piece[0])
    before = text.index(marked)
    start = places[before] if len(places) > 1 else places[0] + before * 8.4
    assert lines[row][-1][1][0] == pytest.approx(start)
