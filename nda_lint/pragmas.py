"""Comments to the linter."""

from __future__ import annotations

import re
from bisect import bisect_right

from nda_lint.contract import Pragma
from nda_lint.syntax import Comment, Document, ProseLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span

_PRAGMA = re.compile(r"#\s*nda-lint\s*[:：]\s*(?P<kind>[A-Za-z-]+)?\s*(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"\s+(?:--|——|—)\s*")
_WORD = re.compile(r"[^\s,，、]+")


def read_pragmas(document: Document) -> tuple[list[Pragma], bool]:
    """The pragmas of a file, and whether one of them makes it a template."""
    pragmas = [pragma for comment in document.comments if (pragma := _read(comment, document))]
    return pragmas, any(pragma.kind == "template" for pragma in pragmas)


def _read(comment: Comment, document: Document) -> Pragma | None:
    match = _PRAGMA.match(comment.text)
    if match is None:
        return None
    kind = (match["kind"] or "").lower()
    start = comment.span[0] + match.start("rest")
    body = match["rest"]
    cut = _REASON.search(body)
    reason = body[cut.end() :].strip() if cut else None
    listed = body[: cut.start()] if cut else body
    rules = tuple(
        (found.group(), (start + found.start(), start + found.end())) for found in _WORD.finditer(listed)
    )
    target = _target(comment, document) if kind == "ignore" else None
    return Pragma(kind, rules, reason, target, comment.span)


def _target(comment: Comment, document: Document) -> Span | None:
    """The statement an ``ignore`` is about: the one on its line, else the next one.

    Findings on the whole of a clause stand at its header, so an ignore above a header covers that.
    """
    statements: list[Any] = [line for line in document.statements if not isinstance(line, ProseLine)]
    starts = [statement.span[0] for statement in statements]
    place = bisect_right(starts, comment.span[0])
    if comment.trailing:
        return statements[place - 1].span if place else None
    if place == len(statements):
        return None
    following = statements[place]
    span: Span = following.span
    return span
