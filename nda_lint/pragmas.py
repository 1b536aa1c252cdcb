"""Comments to the linter."""

from __future__ import annotations

from bisect import bisect_right

from nda_lint.contract import Pragma
from nda_lint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.source import Span
    from nda_lint.syntax import Comment

_PRAGMA = pattern(r"(?si)#\s*nda-lint\s*[:：]\s*(?P<kind>[^\W\d_][\w-]*)?\s*(?P<rest>.*)")
#: Meant as one, but without its colon or under another name.
_MISSPELT = pattern(r"(?i)#+\s*nda[-_ ]?lint\s*[:：]?\s*(?:ignore(?:[-_]file)?|disable|noqa)(?![\w-])")
#: The kind of a comment that was meant to be one of these, and is not read.
MISSPELT = "?"
_REASON = pattern(r"\s+(?:--|——|—)\s*")
_WORD = pattern(r"[^\s,，、]+")


def read_pragmas(comments: list[Comment], statements: list[Span]) -> tuple[list[Pragma], bool]:
    """The pragmas of a file, and whether one of them makes it a template."""
    pragmas = [pragma for comment in comments if (pragma := _read(comment, statements))]
    return pragmas, any(pragma.kind == "template" for pragma in pragmas)


def _read(comment: Comment, statements: list[Span]) -> Pragma | None:
    match = _PRAGMA.match(comment.text)
    if match is None:
        misspelt = "lint" in comment.text.lower() and _MISSPELT.match(comment.text)
        return Pragma(MISSPELT, (), None, None, comment.span) if misspelt else None
    kind = (match["kind"] or "").lower()
    start = comment.span[0] + match.start("rest")
    body = match["rest"]
    cut = _REASON.search(body)
    reason = body[cut.end() :].strip() if cut else None
    listed = body[: cut.start()] if cut else body
    rules = tuple(
        (found.group(), (start + found.start(), start + found.end())) for found in _WORD.finditer(listed)
    )
    target = _target(comment, statements) if kind == "ignore" else None
    return Pragma(kind, rules, reason, target, comment.span)


def _target(comment: Comment, statements: list[Span]) -> Span | None:
    """The statement an ``ignore`` is about: the one on its line, else the next one.

    Findings on the whole of a clause stand at its header, so an ignore above a header covers that.
    """
    place = bisect_right(statements, comment.span)
    if comment.trailing:
        return statements[place - 1] if place else None
    return statements[place] if place < len(statements) else None
