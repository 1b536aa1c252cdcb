"""The structure of a contract: its blocks with what stands in them, and what can be folded away."""

from __future__ import annotations

from typing import NamedTuple

from nda_lint.server.names import DECLARES_PARTY
from nda_lint.syntax import FactLine, Header, NormLine, ProseLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.server.view import View
    from nda_lint.source import Span

_LONGEST = 80


class Entry(NamedTuple):
    """A part of the contract: what it is called, its whole span, that of its name, and the parts in it."""

    sort: str
    name: str
    span: Span
    name_span: Span
    children: list[Entry]


def outline(view: View) -> list[Entry]:
    """The blocks and definitions of a contract, each with its facts and norms."""
    found: list[Entry] = []
    for header, statements in blocks(view):
        end = statements[-1].span[1] if statements else header.span[1]
        children = [child for statement in statements if (child := _child(view, statement))]
        name = _line(view, header.span)
        found.append(Entry(_sort(header), name, (header.span[0], end), header.span, children))
    return found


def blocks(view: View) -> Iterator[tuple[Header, list[Any]]]:
    """Every header with the statements below it; a definition has none."""
    header: Header | None = None
    below: list[Any] = []
    for statement in view.document.statements:
        if isinstance(statement, Header):
            if header is not None:
                yield header, below
            header, below = statement, []
        elif header is not None:
            below.append(statement)
    if header is not None:
        yield header, below


def _sort(header: Header) -> str:
    if header.terminal == DECLARES_PARTY:
        return "party"
    return "term" if header.terminal == "DEFINE" else "block"


def _child(view: View, statement: Any) -> Entry | None:
    if isinstance(statement, FactLine):
        key = (statement.key_span[0], (statement.name_span or statement.key_span)[1])
        return Entry("fact", _line(view, key), statement.span, key, [])
    if isinstance(statement, NormLine):
        return Entry("norm", _line(view, statement.span), statement.span, statement.span, [])
    return None


def _line(view: View, span: Span) -> str:
    """Text on one line, not too long."""
    text = " ".join(view.text[span[0] : span[1]].split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class Fold(NamedTuple):
    """Lines (from 0, both included) that fold into the first; `comment` where they are nothing else."""

    first: int
    last: int
    comment: bool


def folds(view: View) -> list[Fold]:
    """Blocks, statements of several lines, runs of prose and of comments."""
    statements = list(view.document.statements)
    prose = (statement.span for statement in statements if isinstance(statement, ProseLine))
    own = (comment.span for comment in view.document.comments if not comment.trailing)
    spans = [(header.span[0], below[-1].span[1]) for header, below in blocks(view) if below]
    spans += [statement.span for statement in statements]
    spans += _runs(view, prose)
    found = {_fold(view, span, False) for span in spans} | {
        _fold(view, span, True) for span in _runs(view, own)
    }
    return sorted(fold for fold in found if fold.last > fold.first)


def _fold(view: View, span: Span, comment: bool) -> Fold:
    return Fold(view.source.position(span[0])[0] - 1, view.source.position(span[1])[0] - 1, comment)


def _runs(view: View, spans: Iterable[Span]) -> list[Span]:
    """Spans on lines that follow each other, as one."""
    found: list[Span] = []
    for start, end in spans:
        follows = found and view.source.position(start)[0] == view.source.position(found[-1][1])[0] + 1
        if follows:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
