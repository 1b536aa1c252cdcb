"""The lines of a contract before and after a fix."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render.frame import WIDTH
from nda_lint.render.text import shorten, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Edit, Fix
    from nda_lint.source import Source, Span

_MOST_LINES = 8
_MOST_CHARACTERS = 4_000


def suggestion(source: Source, fix: Fix, gutter: int, colour: bool) -> list[str]:
    """The lines that the fix changes, ``-`` as they are and ``+`` as they would be; nothing where that
    would be too long to be of use."""
    changed = changed_lines(source, fix)
    if changed is None:
        return []
    number, removed, inserted = changed
    return [
        *(_line(number + index, "-", text, gutter, colour) for index, text in enumerate(removed)),
        *(_line(number + index, "+", text, gutter, colour) for index, text in enumerate(inserted)),
    ]


def changed_lines(source: Source, fix: Fix) -> tuple[int, list[str], list[str]] | None:
    """The number of the first line that the fix changes, and the lines before and after; None where that would be too
    long to be of use."""
    if not fix.edits:
        return None
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    start, end = _lines_around(source, (edits[0].span[0], edits[-1].span[1]))
    if end - start > _MOST_CHARACTERS:
        return None
    row = source.position(start)[0]
    before = source.text[start:end].splitlines()
    after = _applied(source.text, start, end, edits).splitlines()
    same = _common_prefix(before, after)
    tail = _common_prefix(before[same:][::-1], after[same:][::-1])
    removed = before[same : len(before) - tail]
    inserted = after[same : len(after) - tail]
    if len(removed) + len(inserted) > _MOST_LINES:
        return None
    return row + same, removed, inserted


def _lines_around(source: Source, span: Span) -> Span:
    starts = source.line_starts
    first = source.position(min(span[0], len(source.text)))[0]
    last = source.position(min(span[1], len(source.text)))[0]
    return starts[first - 1], starts[last] if last < len(starts) else len(source.text)


def _applied(text: str, start: int, end: int, edits: list[Edit]) -> str:
    parts = []
    position = start
    for edit in edits:
        parts += [text[position : edit.span[0]], edit.text]
        position = max(position, edit.span[1])
    return "".join([*parts, text[position:end]])


def _common_prefix(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _line(number: int, sign: str, text: str, gutter: int, colour: bool) -> str:
    style = "remove" if sign == "-" else "insert"
    shown = shorten(visible(text), WIDTH - gutter - 3)
    return f"{paint('frame', f'{number:>{gutter}}', colour)} {paint(style, f'{sign} {shown}', colour)}"
