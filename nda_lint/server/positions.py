"""Character offsets ↔ the positions of a client, which counts UTF-8, UTF-16 or UTF-32 units."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lsprotocol import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from nda_lint.source import Source, Span


def _in_utf8(character: str) -> int:
    code = ord(character)
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


def _in_utf16(character: str) -> int:
    return 1 + (character > "\uffff")


#: Encoding → the units that a character takes, in the encodings where that differs from one to another.
_WIDTHS: dict[str, Callable[[str], int] | None] = {"utf-8": _in_utf8, "utf-16": _in_utf16, "utf-32": None}


class Positions:
    """The places of one text as one client counts them."""

    __slots__ = ("_width", "source")

    def __init__(self, source: Source, encoding: str = "utf-16") -> None:
        self.source = source
        self._width = _WIDTHS[encoding]

    def offset(self, place: types.Position) -> int:
        """The offset of a position; one beyond its line is at the end of that, one within a character before it."""
        starts = self.source.line_starts
        if place.line < 0:
            return 0
        if place.line >= len(starts):
            return len(self.source.text)
        line = self.source.line(place.line + 1)
        return starts[place.line] + self._characters(line, max(place.character, 0))

    def _characters(self, line: str, units: int) -> int:
        if self._width is None or line.isascii():
            return min(units, len(line))
        return bisect_right(list(accumulate(map(self._width, line))), units)

    def span(self, range_: types.Range) -> Span:
        """The span of a range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return min(start, end), max(start, end)

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        starts = self.source.line_starts
        row = bisect_right(starts, offset) - 1
        before = self.source.text[starts[row] : offset]
        plain = self._width is None or before.isascii()
        return types.Position(row, len(before) if plain else sum(map(self._width, before)))  # type: ignore[arg-type]

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span[0]), self.position(span[1]))
