"""Where a contract declares its parties, terms, labels and grades, and where it uses them."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from nda_lint.driver import Node
from nda_lint.lexer import Lexer, normalise
from nda_lint.scan import Statement
from nda_lint.syntax import Broken, FactLine, Header, NormLine, ProseLine
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Literal

    from nda_lint.lexer import Token
    from nda_lint.source import Span
    from nda_lint.syntax import Document

    Sort = Literal["party", "term", "label", "grade"]

_PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
#: What a key that bears a name in quotation marks says that name is.
_SORTS: dict[str, Sort] = {"party": "party", "grade": "grade"}
#: Headers that declare a name of a party; an annex is named, but nothing refers to it by that name alone.
DECLARES_PARTY = "PARTY"


class Occurrence(NamedTuple):
    """One place where a name stands: the name as it is declared, and the span of its letters alone."""

    sort: Sort
    name: str
    span: Span
    declares: bool


def occurrences(document: Document) -> list[Occurrence]:
    """All names of a contract, in the order of the text."""
    return sorted(_Collector(document).found(), key=lambda each: each.span)


class _Collector:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.source.text
        self._terms = {normalise(term): term for term in document.names.terms}
        self._fields = tables()["schema"]["kinds"]

    def found(self) -> Iterator[Occurrence]:
        kind: str | None = None
        for statement in self._document.statements:
            if isinstance(statement, Header):
                kind = kind if statement.terminal == "DEFINE" else statement.kind
                yield from self._in_header(statement)
            elif isinstance(statement, FactLine):
                yield from self._in_fact(statement, kind)
            elif isinstance(statement, NormLine):
                yield from self._in_tree(statement.node)
            elif isinstance(statement, ProseLine):
                yield from self._in_prose(statement)
            elif isinstance(statement, Broken):
                yield from self._in_atoms(statement)

    def _in_header(self, header: Header) -> Iterator[Occurrence]:
        node = header.node
        if node is None:
            return
        declares: Sort | None = "party" if header.terminal == DECLARES_PARTY else None
        for child in node.children:
            if isinstance(child, Node):
                if child.name == "declared" and declares:
                    token = child.children[0]
                    yield Occurrence(declares, str(token.id), self._letters(token.span), True)
                elif child.name == "label":
                    yield from self._label(child.children[0], declares=True)
                elif child.name == "value":
                    yield from self._in_tree(child)
            elif header.terminal == "DEFINE" and child.type == "STRING":
                yield Occurrence("term", str(child.id), self._letters(child.span), True)

    def _in_fact(self, fact: FactLine, kind: str | None) -> Iterator[Occurrence]:
        if fact.name is not None and fact.name_span is not None and kind is not None:
            sort = _SORTS.get(self._fields[kind]["fields"][fact.key]["named"] or "")
            declares = sort == "grade" and fact.key == "grade"
            if sort is not None:
                yield Occurrence(sort, fact.name, self._letters(fact.name_span), declares)
        if fact.node is not None:
            yield from self._in_tree(fact.node)

    def _in_tree(self, node: Node) -> Iterator[Occurrence]:
        for child in node.children:
            if isinstance(child, Node):
                if child.name == "label":
                    yield from self._label(child.children[0], declares=True)
                else:
                    yield from self._in_tree(child)
            else:
                yield from self._of_token(child.type, child.id, child.span)

    def _of_token(self, type_: str, identifier: object, span: Span) -> Iterator[Occurrence]:
        if type_ == "NAME":
            yield Occurrence("party", str(identifier), self._letters(span), False)
        elif type_ in ("STRING", "WORDS"):
            letters = self._letters(span) if type_ == "STRING" else span
            term = self._terms.get(normalise(self._text[letters[0] : letters[1]]))
            if term is not None:
                yield Occurrence("term", term, letters, False)
        elif type_ == "GRADE":
            yield Occurrence("grade", str(identifier), self._letters(span), False)
        elif type_ == "GRADED" and isinstance(identifier, tuple):
            name = str(identifier[1])
            yield Occurrence("grade", name, (span[0], span[0] + len(name)), False)
        elif type_ == "REFERENCE":
            yield Occurrence("label", str(identifier), (span[0] + 1, span[1]), False)

    def _label(self, token: Token, *, declares: bool) -> Iterator[Occurrence]:
        yield Occurrence("label", str(token.id), (token.span[0] + 1, token.span[1]), declares)

    def _letters(self, span: Span) -> Span:
        """The inside of quotation marks, if there are any."""
        quoted = span[1] - span[0] > 1 and self._text[span[0]] in '"“「『《'
        return (span[0] + 1, span[1] - 1) if quoted else span

    def _in_prose(self, line: ProseLine) -> Iterator[Occurrence]:
        for match in _PLACEHOLDER.finditer(self._text, *line.span):
            name = match[1].strip()
            start = match.start(1) + match[1].index(name) if name else match.start(1)
            span = (start, start + len(name))
            if name in self._document.names.parties:
                yield Occurrence("party", name, span, False)
            elif normalise(name) in self._terms:
                yield Occurrence("term", self._terms[normalise(name)], span, False)

    def _in_atoms(self, broken: Broken) -> Iterator[Occurrence]:
        """In a statement that cannot be read words still have their places."""
        begins = partial(_spans, broken)
        for line in filter(begins, self._document.scanned):
            lexer = Lexer(self._document.source.text, line.atoms, tables()["lexicon"], self._document.names)
            index = 0
            while index < len(line.atoms):
                candidates: list[Any] = lexer.candidates(index)
                names = [c for c in candidates if c[1] in ("NAME", "STRING", "GRADE", "GRADED", "REFERENCE")]
                if names:
                    end, type_, identifier = names[0]
                    span = (line.atoms[index][1], line.atoms[end - 1][2])
                    yield from self._of_token(type_, identifier, span)
                    index = end
                else:
                    index += 1


def _spans(broken: Broken, line: Any) -> bool:
    return isinstance(line, Statement) and line.span[0] <= broken.span[0] < line.span[1]
