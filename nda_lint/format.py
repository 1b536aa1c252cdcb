"""The canonical layout of a contract: white space and punctuation only, never a word.

Headers stand at the margin with a blank line before them, everything in a block is indented by
two spaces, a statement that goes on by four; marks are those of the language of the file.
"""

from __future__ import annotations

import re

from nda_lint.bind import bind
from nda_lint.facts import facts
from nda_lint.parser import parse
from nda_lint.scan import Statement
from nda_lint.source import Source
from nda_lint.syntax import Comment, Document, ProseLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.lexer import Atom

_INDENT = "  "
_CONTINUED = "    "
_SPACE = re.compile(r"[ \t\f\v\u00a0\u3000]+")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_QUOTES = {"en": ('"', '"'), "zh": ("「", "」")}


class NotFormattable(ValueError):
    """The text has syntax findings; it is left alone."""


def format_text(text: str) -> str:
    """`text` in canonical layout; it binds to the same contract.

    Raises :class:`NotFormattable` where a statement does not parse, and where the layout would not
    read back the same (then the text is better left alone).
    """
    source = Source(text)
    document = parse(source)
    contract = bind(document)
    if contract.findings:
        raise NotFormattable(contract.findings[0].message)
    line_break = _LINE_BREAK.search(text)
    formatted = format_document(document, line_end=line_break.group() if line_break else "\n")
    if formatted != text:
        again = bind(parse(Source(formatted)))
        if again.findings or facts(again) != facts(contract):
            raise NotFormattable("the canonical layout of this text would not read back the same")
    return formatted


def format_document(document: Document, line_end: str) -> str:
    """Lay out a document that has no syntax findings."""
    return _Layout(document).lay_out().replace("\n", line_end)


class _Layout:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.source.text
        self.trailing = [comment for comment in document.comments if comment.trailing]

    def lay_out(self) -> str:
        events: list[Any] = [*document_lines(self.document)]
        out: list[str] = []
        in_block = False
        previous: Any = None
        for index, event in enumerate(events):
            subject = _subject(events, index)
            opens = _opens_block(subject)
            if out and self._blank_before(events, index, previous, subject):
                out.append("")
            in_block = in_block or (opens and event is subject)
            indent = _INDENT if not opens and (in_block or opens) and not _defines(subject) else ""
            if subject is None:
                indent = ""
            out += [indent + line if line else line for line in self._lines(event).split("\n")]
            previous = event
        return "\n".join(out) + "\n" if out else ""

    def _blank_before(self, events: list[Any], index: int, previous: Any, subject: Any) -> bool:
        """A blank line goes before a block, with its comments; elsewhere the author's are kept, one at most."""
        event = events[index]
        authors = self._blank_between(previous, event)
        if isinstance(previous, Comment):
            # A comment stays with what it stands above, and apart from what it stands apart from.
            return authors
        if _opens_block(subject):
            return True
        if _defines(subject):
            return not _defines(previous) or authors
        if _opens_block(previous):
            return False
        return authors

    def _blank_between(self, previous: Any, event: Any) -> bool:
        between = self.text[_end(previous) : event.span[0]]
        return len(_LINE_BREAK.findall(between)) > 1

    def _lines(self, event: Any) -> str:
        if isinstance(event, Comment):
            return event.text
        if isinstance(event, ProseLine):
            return f"> {event.text}" if event.text else ">"
        return self._statement(event)

    def _statement(self, statement: Statement) -> str:
        atoms = statement.atoms
        language = self.document.language
        colon = next((i for i, atom in enumerate(atoms) if atom[0] == "p" and atom[3] == ":"), None)
        written: list[str] = [self._before(atoms[0][1])]
        for index, atom in enumerate(atoms):
            if index:
                written.append(self._gap(atoms, index, colon, language))
            written.append(self._atom(atom, index, colon, language))
        start, end = statement.span
        for comment in self.trailing:
            if start < comment.span[0] and self._follows(end, comment):
                written.append(f"  {comment.text}")
        return "".join(written)

    def _before(self, start: int) -> str:
        """The article that a statement begins with; it is a word of the author's, though it says nothing."""
        line = self.text[max(self.text.rfind(mark, 0, start) for mark in "\r\n") + 1 : start]
        words = _SPACE.sub(" ", line.lstrip("\ufeff")).strip()
        return f"{words} " if words else ""

    def _follows(self, end: int, comment: Comment) -> bool:
        between = self.text[end : comment.span[0]]
        return end <= comment.span[0] and not between.strip()

    def _atom(self, atom: Atom, index: int, colon: int | None, language: str) -> str:
        kind, start, end, text = atom
        if kind == "s":
            return _requoted(self.text[start:end], language)
        if index == colon:
            return ":"
        if kind == "p" and text == ",":
            listed = self.text[start:end] == "、" or (colon is not None and index > colon)
            return "、" if language == "zh" and listed else ","
        return self.text[start:end]

    def _gap(self, atoms: list[Atom], index: int, colon: int | None, language: str) -> str:
        before, after = atoms[index - 1], atoms[index]
        gap = self.text[before[2] : after[1]]
        if _LINE_BREAK.search(gap):
            return self._continuation(gap)
        if index == colon or (after[3] == "," and after[0] == "p"):
            return ""
        if index - 1 == colon or (before[3] == "," and before[0] == "p"):
            words = _SPACE.sub(" ", gap).strip()
            space = " " if language == "en" else ""
            return f"{space}{words} " if words else space
        if language == "zh" and before[0] == "c" and after[0] == "s":
            # Chinese puts no space before a quotation mark.
            return ""
        return _SPACE.sub(" ", gap)

    def _continuation(self, gap: str) -> str:
        """A statement that goes on: its comment, if one stands at the end of the line, stays there."""
        first, _, rest = gap.partition("\n") if "\n" in gap else gap.partition("\r")
        comment = _SPACE.sub(" ", first).strip()
        words = " ".join(part.strip() for part in _LINE_BREAK.split(rest) if not part.strip().startswith("#"))
        head = f"  {comment}" if comment else ""
        return f"{head}\n{_CONTINUED}" + (f"{words.strip()} " if words.strip() else "")


def document_lines(document: Document) -> list[Any]:
    """Statements as scanned, prose lines and comments on lines of their own, in source order."""
    own = [comment for comment in document.comments if not comment.trailing]
    inside = [statement.span for statement in document.scanned if isinstance(statement, Statement)]
    own = [comment for comment in own if not any(start < comment.span[0] < end for start, end in inside)]
    events = [*document.scanned, *own]
    events.sort(key=lambda event: event.span[0])
    return events


def _subject(events: list[Any], index: int) -> Any:
    """What a comment stands above; for everything else the thing itself."""
    for event in events[index:]:
        if not isinstance(event, Comment):
            return event
    return None


def _opens_block(event: Any) -> bool:
    return isinstance(event, Statement) and event.header is not None and event.header[0] != "DEFINE"


def _defines(event: Any) -> bool:
    return isinstance(event, Statement) and event.header is not None and event.header[0] == "DEFINE"


def _end(event: Any) -> int:
    return int(event.span[1])


def _requoted(text: str, language: str) -> str:
    opening, closing = _QUOTES[language]
    # 《》 says that a title is meant; it is no mere punctuation.
    if text[0] == "《" or opening in text[1:-1] or closing in text[1:-1]:
        return text
    return f"{opening}{text[1:-1]}{closing}"
