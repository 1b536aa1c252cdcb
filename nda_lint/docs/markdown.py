"""Reading and writing Markdown: tables, fenced blocks, headings, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FENCE = re.compile(
    r"^(?P<indent>[ ]*)```(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```[ \t]*$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<text>.+?)[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
#: What the heading of an anchor loses: all but letters, digits, spaces, hyphens and underscores.
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


class Fence:
    """A fenced block: the words after its opening marks, its text without the `indent` of the block, and the span
    of that text in the page."""

    __slots__ = ("end", "indent", "info", "start", "text")

    def __init__(self, info: str, text: str, start: int, end: int, indent: int) -> None:
        self.indent = indent
        self.info = tuple(info.split())
        self.text = text
        self.start = start
        self.end = end


def fences(page: str) -> Iterator[Fence]:
    """The fenced blocks of a page, in order; what stands in an item of a list loses its indentation."""
    for match in _FENCE.finditer(page):
        indent = len(match["indent"])
        body = "".join(
            line[indent:] if line.strip() else line.lstrip(" ") for line in match["body"].splitlines(True)
        )
        yield Fence(match["info"], body, match.start("body"), match.end("body"), indent)


def without_fences(page: str) -> str:
    """The page without the content of its fenced blocks and of code in its lines."""
    return _CODE.sub("", _FENCE.sub("", page))


def anchors(page: str) -> set[str]:
    """The anchors that the headings of a page make, as GitHub makes them."""
    seen: dict[str, int] = {}
    found: set[str] = set()
    for match in _HEADING.finditer(_FENCE.sub("", page)):
        anchor = anchor_of(match["text"])
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        found.add(f"{anchor}-{count}" if count else anchor)
    return found


def anchor_of(heading: str) -> str:
    """The anchor of one heading."""
    text = _LINKED.sub(r"\1", heading).replace("`", "").strip().lower()
    return _NOT_IN_ANCHOR.sub("", text).replace(" ", "-")


def links(page: str) -> Iterator[str]:
    """The targets of all links and pictures."""
    return (match["target"] for match in _LINK.finditer(without_fences(page)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; line ends and bars in cells are taken care of."""
    lines = [_row(head), "|" + "---|" * len(head)]
    lines += [_row(row) for row in rows]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """`text` as code; text with a backtick in it is left as it is."""
    return text if "`" in text or not text else f"`{text}`"


def codes(words: Iterable[str]) -> str:
    """Several words as code, with a space between them."""
    return " ".join(code(word) for word in words)


def plain(text: str) -> str:
    """`text` with nothing in it that Markdown would take for a mark."""
    return re.sub(r"([*_<>\\[\]`])", r"\\\1", text)
