"""The abstract syntax of a contract file: its statements in source order, each with its span.

Sentences and values are kept as trees of the grammar (:class:`nda_lint.driver.Node`); the binder
gives them meaning.
"""

from __future__ import annotations

from nda_lint.values import Slotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from nda_lint.driver import Node
    from nda_lint.finding import Language
    from nda_lint.lexer import Names
    from nda_lint.source import Source, Span


class Header(Slotted):
    """A line that opens a block. `terminal` is AGREEMENT, PARTY, DEFINE, CLAUSE or ANNEX; `kind` the id
    of the clause kind (the nearest one where it is misspelt, None where there is none near). `broken` where more
    stands in it than could be read."""

    __slots__ = ("terminal", "kind", "node", "kind_span", "broken", "span")
    terminal: str
    kind: str | None
    node: Node | None
    kind_span: Span
    broken: bool
    span: Span


class FactLine(Slotted):
    """``key: value``; `key` is the id of the key in the block it stands in, `node` its ``value``, None where
    nothing could be read. `doubtful` where something about it was reported already."""

    __slots__ = ("key", "key_span", "name", "name_span", "node", "value_span", "doubtful", "span")
    key: str
    key_span: Span
    name: str | None
    name_span: Span | None
    node: Node | None
    value_span: Span
    doubtful: bool
    span: Span


class NormLine(Slotted):
    """A sentence; `node` is its tree."""

    __slots__ = ("node", "span")
    node: Node
    span: Span


class ProseLine(Slotted):
    """One line of prose; `text` without the mark, `span` of that text."""

    __slots__ = ("text", "span")
    text: str
    span: Span


class Broken(Slotted):
    """A statement that could not be read; `key` is the key it seems to give, if any."""

    __slots__ = ("key", "span")
    key: str | None
    span: Span


class Comment(Slotted):
    """A comment, from its ``#`` to the end of its line; `trailing` where a statement stands before it."""

    __slots__ = ("text", "trailing", "span")
    text: str
    trailing: bool
    span: Span


class Diagnostic(Slotted):
    """Something wrong with the text, before the language of messages is known.

    `template` is the id of a message in :mod:`nda_lint.messages`, `values` what it is filled with.
    """

    __slots__ = ("code", "template", "values", "span", "related")
    code: str
    template: str
    values: dict[str, object]
    span: Span
    related: list[Span]


def keyed(said: list[Diagnostic], reported: Mapping[Any, Diagnostic]) -> list[tuple[object, Diagnostic]]:
    """What was said, each with the key under which the same of other statements joins it, if it was `reported` by one."""
    keys = {id(diagnostic): key for key, diagnostic in reported.items()}
    return [(keys.get(id(diagnostic)), diagnostic) for diagnostic in said]


class Document(Slotted):
    """A parsed file. `definitions` are those of its statements that declare a term; `scanned` are its logical
    lines as the scanner cut them, for the formatter."""

    __slots__ = (
        "source", "language", "statements", "definitions", "comments", "diagnostics", "names", "scanned",
    )  # fmt: skip
    source: Source
    language: Language
    statements: Iterable[Slotted]
    definitions: Iterable[Header]
    comments: list[Comment]
    diagnostics: list[Diagnostic]
    names: Names
    scanned: list[Any]
