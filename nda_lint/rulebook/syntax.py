"""The syntax of a rule file: words, nodes and rules, each with its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.source import Source, Span


@dataclass(frozen=True, slots=True)
class Word:
    """One word or literal as it stands; `terminal` is its name in the grammar."""

    terminal: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Node:
    """An inner node: `kind` is the name of its grammar rule."""

    kind: str
    parts: tuple[Node | Word, ...]
    span: Span

    def word(self, index: int) -> Word:
        """The part at `index`, which the grammar makes a word."""
        part = self.parts[index]
        if not isinstance(part, Word):
            raise TypeError(f"{self.kind}: part {index} is no word")
        return part

    def node(self, index: int) -> Node:
        """The part at `index`, which the grammar makes a node."""
        part = self.parts[index]
        if not isinstance(part, Node):
            raise TypeError(f"{self.kind}: part {index} is no node")
        return part

    def speaks_of(self, name: str) -> bool:
        """Whether a path in it starts with `name`."""
        if self.kind == "path":
            return self.word(0).text == name
        return any(part.speaks_of(name) for part in self.nodes)

    @property
    def words(self) -> tuple[Word, ...]:
        """The parts that are words."""
        return tuple(part for part in self.parts if isinstance(part, Word))

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The parts that are nodes."""
        return tuple(part for part in self.parts if isinstance(part, Node))


@dataclass(frozen=True, slots=True)
class RuleSyntax:
    """A rule as written: code, name and the properties in their order."""

    code: Word
    name: Word
    properties: tuple[Node, ...]
    span: Span

    def all(self, kind: str) -> Iterator[Node]:
        """Every property called `kind`."""
        return (node for node in self.properties if node.kind == kind)

    def one(self, kind: str) -> Node | None:
        """The first property called `kind`."""
        return next(self.all(kind), None)


@dataclass(frozen=True, slots=True)
class FileSyntax:
    """A rule file: its pack line, what it shares with other files, and its rules."""

    source: Source
    pack: Node | None
    #: statutes and conditions with a name
    shared: tuple[Node, ...]
    rules: tuple[RuleSyntax, ...]
