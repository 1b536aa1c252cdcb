"""Source lines with marks under the places that a finding is about.

    12 |   duration: 3 years
       |             ^^^^^^^
    ...
    40 |   duration: 5 years
       |             ------- the other value

A line that does not fit is shown through a window around the place, so that marks stay under what they
mark whatever the length of the line and the width of its characters.
"""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render.text import visible, wrap
from nda_lint.source import display_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from nda_lint.source import Source, Span

#: How wide everything shown is, in terminal cells.
WIDTH = 80
_ELLIPSIS = "..."
_LABEL_ROOM = 36


class Mark:
    """A place to show: `style` colours it, `sign` underlines it, `label` says what it is."""

    __slots__ = ("label", "sign", "span", "style")

    def __init__(self, span: Span, sign: str, style: str, label: str = "") -> None:
        self.span = span
        self.sign = sign
        self.style = style
        self.label = label


def clamp(span: Span, source: Source) -> Span:
    """`span`, kept within the text."""
    start = min(max(span[0], 0), len(source.text))
    return start, min(max(span[1], start), len(source.text))


def gutter_width(source: Source, marks: Sequence[Mark]) -> int:
    """The number of digits of the highest line number among the marks."""
    return max(len(str(source.position(clamp(mark.span, source)[0])[0])) for mark in marks)


def frame(source: Source, marks: Sequence[Mark], gutter: int, colour: bool) -> list[str]:
    """The lines that show all `marks`, from the top of the file down."""
    bar = paint("frame", " " * gutter + " |", colour)
    lines = [bar]
    previous_row, previous_text = 0, None
    for mark in sorted(marks, key=lambda mark: _order(mark, source)):
        start, end = clamp(mark.span, source)
        row = source.position(start)[0]
        text, left, length = window(source.text, _line_span(source, row), (start, end), WIDTH - gutter - 3)
        if previous_row and row > previous_row + 1:
            lines.append(paint("frame", "...", colour))
        if (row, text) != (previous_row, previous_text):
            number = paint("frame", f"{row:>{gutter}} |", colour)
            lines.append(f"{number} {text}".rstrip())
        lines += [f"{bar} {line}" for line in _underline(mark, left, length, WIDTH - gutter - 3, colour)]
        previous_row, previous_text = row, text
    return lines


def _order(mark: Mark, source: Source) -> tuple[int, bool, Span]:
    """By line; on one line what the finding is about comes before what is related to it."""
    return source.position(clamp(mark.span, source)[0])[0], mark.sign != "^", mark.span


def _line_span(source: Source, row: int) -> Span:
    """The span of line `row` without its line end."""
    text, starts = source.text, source.line_starts
    start = starts[row - 1]
    end = starts[row] if row < len(starts) else len(text)
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return start, end


def _underline(mark: Mark, left: int, length: int, width: int, colour: bool) -> list[str]:
    signs = " " * left + paint(mark.style, mark.sign * length, colour)
    room = width - left - length - 1
    if not mark.label:
        return [signs]
    if display_width(mark.label) <= room:
        return [f"{signs} {paint(mark.style, mark.label, colour)}"]
    indent = left if width - left >= _LABEL_ROOM else 0
    return [
        signs,
        *(" " * indent + paint(mark.style, line, colour) for line in wrap(mark.label, width - indent)),
    ]


def window(text: str, line: Span, place: Span, width: int) -> tuple[str, int, int]:
    """What to show of the line that takes the span `line` of `text`, in `width` cells; the cell at which
    `place` begins in that, and how many cells it takes (at least one). Never reads the whole of a long line.
    """
    start = min(max(place[0], line[0]), line[1])
    end = min(max(place[1], start), line[1])
    first, last = line
    if last - first > width or _cells(text[first:last]) > width:
        first, last = _bounds(text, line, start, end, width)
    before = (_ELLIPSIS if first > line[0] else "") + visible(text[first:start])
    shown = visible(text[start : min(end, last)])
    after = visible(text[min(end, last) : last]) + (_ELLIPSIS if last < line[1] else "")
    return before + shown + after, display_width(before), max(display_width(shown), 1)


def _bounds(text: str, line: Span, start: int, end: int, width: int) -> Span:
    """Which part of a long line to show: the place, as much of it as fits, with text on both sides."""
    room = width - len(_ELLIPSIS)
    last = _reach(text, line[0], line[1], room)
    if last >= end:  # the beginning of a line says most
        return line[0], last
    room -= len(_ELLIPSIS)
    shown_end = min(end, _reach(text, start, line[1], room * 3 // 4))
    first = _reach_back(text, start, line[0], (room - _cells(text[start:shown_end])) // 2)
    last = _reach(text, first, line[1], room)
    if last == line[1]:
        first = min(start, _reach_back(text, last, line[0], room + len(_ELLIPSIS)))
    return first, last


def _cells(text: str) -> int:
    return display_width(visible(text))


def _reach(text: str, start: int, stop: int, room: int) -> int:
    """The index up to which the text from `start` takes at most `room` cells."""
    stop = min(stop, start + 2 * room)  # characters without width are not taken without end
    index = start
    while index < stop:
        room -= _cells(text[index])
        if room < 0:
            break
        index += 1
    return index


def _reach_back(text: str, end: int, stop: int, room: int) -> int:
    """The index from which the text up to `end` takes at most `room` cells."""
    stop = max(stop, end - 2 * max(room, 0))
    index = end
    while index > stop:
        room -= _cells(text[index - 1])
        if room < 0:
            break
        index -= 1
    return index
