"""The text of one contract, and where things stand in it.

Everything downstream speaks of places as *spans*: pairs of character offsets ``(start, end)``
into :attr:`Source.text`, end exclusive. Rows, columns, UTF-16 units and display cells are
worked out here, and only for what is shown.
"""

from __future__ import annotations

from bisect import bisect_right

from nda_lint.patterns import pattern

Span = tuple[int, int]

_LINE_END = pattern(r"\r\n|\n|\r")
#: below it all characters take one cell, and so do these: dashes, quotation marks, dots
_FIRST_OF_NO_WIDTH = "\u0300"
_NARROW = "‐‑‒–—―‖‗‘’‚‛“”„‟†‡•‣․‥…‧"
#: joiners and marks of direction, beside combining characters
_OF_NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\ufe0f"
_BYTE_ORDER_MARK = "\ufeff"


class NotUtf8(ValueError):
    """The bytes are not UTF-8; `offset` is that of the first bad byte, counted from 0."""

    def __init__(self, offset: int, byte: int) -> None:
        super().__init__(f"byte {offset}: 0x{byte:02x} is not UTF-8")
        self.offset = offset
        self.byte = byte


def decode(data: bytes) -> str:
    """Decode UTF-8 bytes, dropping a byte order mark; raises :class:`NotUtf8`."""
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise NotUtf8(error.start, data[error.start]) from None


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in a text; names and figures beside it may be Latin."""
    return not text.isascii() and any("\u4e00" <= character <= "\u9fff" for character in text)


def line_end(text: str) -> str:
    """The line end that the first line of `text` has, a line feed where it has none."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"


def with_line_end(text: str, end: str) -> str:
    """`text` with `end` for every line end."""
    return text if "\n" not in text and "\r" not in text else _LINE_END.sub(end, text)


def display_width(text: str) -> int:
    """The number of terminal cells `text` takes: 2 for wide characters, 0 for combining ones."""
    if text.isascii():
        return len(text)
    if all(character < _FIRST_OF_NO_WIDTH or character in _NARROW for character in text):
        return len(text)
    from unicodedata import combining, east_asian_width

    width = 0
    for character in text:
        if not combining(character) and character not in _OF_NO_WIDTH:
            width += 2 if east_asian_width(character) in "WF" else 1
    return width


class Source:
    """A text with its name. Lines end with LF, CRLF or CR."""

    __slots__ = ("_line_starts", "filename", "text")

    def __init__(self, text: str, filename: str = "<stdin>") -> None:
        self.text = text
        self.filename = filename
        self._line_starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0."""
        if self._line_starts is None:
            self._line_starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """The ``(row, column)`` of `offset`, both counted from 1, columns in characters."""
        row = bisect_right(self.line_starts, offset)
        return row, offset - self.line_starts[row - 1] + 1

    def utf16_position(self, offset: int) -> tuple[int, int]:
        """The ``(line, character)`` of `offset` as LSP counts: from 0, in UTF-16 code units."""
        row = bisect_right(self.line_starts, offset)
        before = self.text[self.line_starts[row - 1] : offset]
        units = len(before) if before.isascii() else len(before.encode("utf-16-le", "surrogatepass")) // 2
        return row - 1, units

    def line(self, row: int) -> str:
        """The text of line `row` (from 1) without its line end."""
        start = self.line_starts[row - 1]
        end = self.line_starts[row] if row < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
