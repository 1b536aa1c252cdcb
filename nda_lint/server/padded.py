"""A text with room in it: places behind a line stay where they are when something is typed into that line.

Everything downstream speaks of places as offsets, so that one key would move all that follows it. Here each *unit*
(a line, or several where a list goes on) is followed by white space, which says nothing; what is typed takes it up,
and only what is shown is counted back to the text as the editor has it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter

from nda_lint.lexer import normalise
from nda_lint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
#: A line that the next one may go on with: it ends in a separator, perhaps before a comment or an article.
_GOES_ON = re.compile(r"[,;，；、](?:\s*(?:a|an|the|The|An))*\s*(?:#.*)?$", re.DOTALL)
#: The room behind a unit at first, and how many units may give up some of theirs for one that needs more.
_ROOM = 48
_MOST_GIVING = 64
#: The scanner gives up on longer lines; white space must not make one so long.
_LONGEST_LINE = 10_000
_SIZE, _TEXT = attrgetter("size"), attrgetter("text")


class NoRoom(Exception):
    """The text cannot be changed in place."""


class Unit:
    """Some lines that are read on their own: `text` as the editor has them, which take `size` characters here."""

    __slots__ = ("read", "size", "text")

    def __init__(self, text: str, size: int) -> None:
        self.text = text
        self.size = size
        #: what they say (see :mod:`nda_lint.server.reading`)
        self.read: Any = None

    def padded(self) -> str:
        """The lines with their room."""
        content = self.text.rstrip("\r\n")
        end = self.text[len(content) :]
        if "\n" in end[1:] or "\r" in end[1:]:  # several ends of lines: only the last one is that of the unit
            last = -2 if self.text.endswith("\r\n") else -1
            content, end = self.text[:last], self.text[last:]
        return content + " " * (self.size - len(self.text)) + end


class PaddedSource(Source):
    """The padded text as a source; its lines are counted when somebody asks."""

    __slots__ = ()


class Padded:
    """A text as units, each with its place here (`starts`) and in the editor (`real_starts`)."""

    def __init__(self, text: str) -> None:
        self.real = text
        self.units = [Unit(each, len(each) + _ROOM if each else 0) for each in _split(text, whole=True)[0]]
        self.text = "".join(unit.padded() for unit in self.units)
        self.normal = normalise(self.text)
        self._count()

    def _count(self) -> None:
        self.starts: list[int] = list(accumulate(map(_SIZE, self.units), initial=0))
        self.real_starts: list[int] = list(accumulate(map(len, map(_TEXT, self.units)), initial=0))

    # --- changes -------------------------------------------------------------------------

    def change(self, text: str) -> tuple[int, int]:
        """Take a new text in; the units from the first up to the second of the returned are new. Raises
        :class:`NoRoom`."""
        before, after = _difference(self.real, text)
        first = max(bisect_right(self.real_starts, before) - 1, 0)
        if first and self.real_starts[first] == before and self.units[first - 1].text.endswith("\r"):
            first -= 1
        first = min(first, len(self.units) - 1)
        last = min(bisect_right(self.real_starts, len(self.real) - after), len(self.units))
        first, last, texts = self._settled(text, first, max(last, first + 1))
        made = self._laid_out(texts, sum(unit.size for unit in self.units[first:last]))
        start, end = self.starts[first], self.starts[last]
        piece = "".join(unit.padded() for unit in made)
        if len(piece) != end - start:
            raise NoRoom
        self.real = text
        self.text = self.text[:start] + piece + self.text[end:]
        self.normal = self.normal[:start] + normalise(piece) + self.normal[end:]
        self.units[first:last] = made
        self._count()
        return first, first + len(made)

    def _settled(self, text: str, first: int, last: int) -> tuple[int, int, list[str]]:
        """Widen what changes until it ends where a unit ends and there is room for it."""
        grown = len(text) - len(self.real)
        for _ in range(_MOST_GIVING):
            end = self.real_starts[last] + grown
            at_end = last == len(self.units)
            texts, open_ = _split(text[self.real_starts[first] : end], whole=at_end)
            if not at_end and (open_ or not texts or not _ends(texts[-1])):
                last += 1
                continue
            needed = sum(map(len, texts))
            room = self.starts[last] - self.starts[first] - needed
            if texts and room >= (0 if texts == [""] else len(texts)):
                return first, last, texts
            if not at_end:
                last += 1
            elif first:
                first -= 1
            else:
                break
        raise NoRoom

    def _laid_out(self, texts: list[str], size: int) -> list[Unit]:
        """Units of these texts that take `size` characters together."""
        holders = [text for text in texts if text]
        room = size - sum(map(len, texts))
        if not holders and room:
            raise NoRoom
        share, rest = divmod(room, len(holders)) if holders else (0, 0)
        made = []
        for text in texts:
            extra = share + (rest if text is holders[-1] else 0) if text else 0
            rest = 0 if text and text is holders[-1] else rest
            made.append(Unit(text, len(text) + extra))
        return made

    # --- places --------------------------------------------------------------------------

    def offset(self, offset: int) -> int:
        """Where a place here is in the text as the editor has it."""
        index = bisect_right(self.starts, offset) - 1
        if index >= len(self.units):
            return len(self.real)
        unit = self.units[index]
        inside = offset - self.starts[index]
        content = len(unit.text) - _length_of_end(unit.text)
        return self.real_starts[index] + min(inside, content)

    def span(self, span: Span) -> Span:
        """Where a span here is in the text as the editor has it."""
        return self.offset(span[0]), self.offset(span[1])


def _split(text: str, *, whole: bool) -> tuple[list[str], bool]:
    """A text in units, and whether the last one may go on. Of a `whole` text that ends with the end of a line, what
    follows that is a line too, the last."""
    found: list[str] = []
    begin = end = 0
    goes_on = False
    length = len(text)
    while end < length or (whole and (not found or _ends(found[-1]))):
        match = _LINE.match(text, end)
        line = match[0] if match else ""
        if len(line) > _LONGEST_LINE:
            raise NoRoom
        stripped = line.strip()
        if not stripped or stripped[0] == ">":
            goes_on = False
        elif stripped[0] != "#":
            goes_on = bool(_GOES_ON.search(stripped)) or ("#" in stripped and "," in normalise(stripped))
        end += len(line)
        if not goes_on or end >= length:
            found.append(text[begin:end])
            begin = end
    return found, goes_on


def _ends(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def _length_of_end(text: str) -> int:
    return 2 if text.endswith("\r\n") else int(_ends(text))


def _difference(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning and at the end of two texts are the same."""
    head, high = 0, min(len(old), len(new))
    most = high
    while head < high:
        middle = (head + high + 1) // 2
        if old[head:middle] == new[head:middle]:
            head = middle
        else:
            high = middle - 1
    tail, high = 0, most - head
    while tail < high:
        middle = (tail + high + 1) // 2
        if old[len(old) - middle : len(old) - tail] == new[len(new) - middle : len(new) - tail]:
            tail = middle
        else:
            high = middle - 1
    return head, tail
