"""What is kept of the units of a text: what they say, and what that was found out from."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint import contract as c
    from nda_lint import values as v
    from nda_lint.lexer import Names
    from nda_lint.server.tracked import TrackedBlock
    from nda_lint.source import Span
    from nda_lint.syntax import Comment, Diagnostic


class Inexact(Exception):
    """The parts do not make up the whole; it must be read as one."""


class Bound:
    """A statement with what it means, and what was asked for to find that out."""

    __slots__ = (
        "asked", "block", "broken", "broken_fields", "definition", "diagnostics", "facts", "is_bound", "norms",
        "paragraphs", "statement", "unresolved",
    )  # fmt: skip

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        #: whether the rest is known
        self.is_bound = False
        #: the block that it opens or stands in
        self.block: TrackedBlock | None = None
        self.definition: v.Definition | None = None
        self.facts: list[c.Fact] = []
        self.norms: list[c.Norm] = []
        self.paragraphs: list[c.Paragraph] = []
        self.broken: list[Span] = []
        self.unresolved: list[c.Unresolved] = []
        self.broken_fields: set[str] = set()
        #: each with the key under which others join it, if they do
        self.diagnostics: list[tuple[object, Diagnostic]] = []
        self.asked: frozenset[str] = frozenset()


class Read:
    """What the lines of a unit say."""

    __slots__ = (
        "bound", "comments", "declared", "declares", "diagnostics", "early", "has_pragma", "items", "kind", "kind_after",
        "repaired", "scanned_kind", "scanned_kind_after", "start", "weights", "words",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Any] = []
        self.comments: list[Comment] = []
        self.has_pragma = False
        #: whether a header, a label or a grade in it is a name for all the file
        self.declares = False
        self.declared: Names | None = None
        #: the kinds of the blocks in which it begins and ends, for the parser and for the scanner
        self.kind: str | None = None
        self.kind_after: str | None = None
        self.scanned_kind: str | None = None
        self.scanned_kind_after: str | None = None
        self.weights = (0, 0)
        #: what its atoms read, to see whether a new name may stand there
        self.words: frozenset[str] = frozenset()
        self.bound: list[Bound] = []
        #: of its definitions first (`early`), then of the rest
        self.early: list[tuple[object, Diagnostic]] = []
        self.diagnostics: list[tuple[object, Diagnostic]] = []
        self.repaired = 0
