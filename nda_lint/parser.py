"""Text → abstract syntax, statement by statement.

Lines are scanned into statements; headers and the names that the file declares are collected in a
first pass; then every statement is parsed on its own, so that one bad line costs one line.
"""

from __future__ import annotations

from nda_lint.lexer import Atom, joined
from nda_lint.parse_headers import HeaderReader
from nda_lint.parse_sentences import SentenceReader
from nda_lint.scan import MOST_ATOMS, Scanner, Statement, before_title, declares_term, has_colon
from nda_lint.syntax import Broken, Document, Header, ProseLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.source import Source


def parse(source: Source) -> Document:
    """Parse a contract. Everything that is wrong with it stands in the document's diagnostics."""
    return Parser(source).document(keep=True)


def stream(source: Source) -> Document:
    """Parse a contract to be bound once: its statements are an iterator, and are parsed on the way. All
    trees at once would take twenty times the memory of the text."""
    return Parser(source, Scanner(source, sparing=True)).document(keep=False)


def _given_away(items: list[Any]) -> Iterator[Any]:
    """The items of a list, which is empty at the end."""
    items.reverse()
    while items:
        yield items.pop()


class Parser(HeaderReader, SentenceReader):
    """Reads a file: which reader a line is for."""

    def document(self, *, keep: bool) -> Document:
        """What the file says; without `keep`, its definitions are parsed when they are asked for, once, and then its
        statements, where those that are definitions are no more than their places; its lines are let go of then."""
        scanner = self.scanner
        definitions: Any
        statements: Any
        if keep:
            definitions = list(map(self.header, filter(declares_term, scanner.lines)))
            statements = list(self.statements(scanner.lines, iter(definitions)))
        else:
            definitions = map(self.header, self._declaring())
            statements = self.statements(self._lines())
        return Document(
            self.source,
            scanner.language,
            statements,
            definitions,
            scanner.comments,
            self.diagnostics,
            self.names,
            scanner.lines,
        )

    def _declaring(self) -> Iterator[Statement]:
        """The lines that declare terms."""
        for packed in self.scanner.packed:
            yield from packed.declaring()
        yield from filter(declares_term, self.scanner.lines)

    def _lines(self) -> Iterator[Any]:
        """All lines, of which none are left at the end."""
        for packed in _given_away(self.scanner.packed):
            yield from packed
        yield from _given_away(self.scanner.lines)

    def statements(
        self, lines: Iterable[Any], definitions: Iterator[Header] | None = None, kind: str | None = None
    ) -> Iterator[Any]:
        """The statements of lines that stand in a block of this kind; of definitions without more than their places where
        they are not given."""
        for line in lines:
            if isinstance(line, (ProseLine, Header)):
                yield line
            elif line.header is None:
                yield from self._on_one_line(line, kind)
            elif line.header[0] == "DEFINE":
                place = line.span
                yield next(definitions) if definitions else Header("DEFINE", None, None, place, False, place)
            else:
                following = self._fact_in_header(line)
                header = self.header(line)
                kind = header.kind
                self.lost_header = None
                yield header
                if following is not None:
                    yield from self._on_one_line(following, kind)

    def _on_one_line(self, line: Statement, kind: str | None) -> Iterator[Any]:
        """What a line says: one statement, or two facts where the line end between them is lost."""
        while True:
            first = None
            if line.mark is None and self.text.count(":", *line.span) > 1 and has_colon(line.atoms):
                from nda_lint.slips import second_fact

                first = second_fact(line.atoms, self.lexicon["keys"].get(kind, {}))
            if first is None:
                yield self._statement(line, kind)
                return
            self._report_run_on(line.atoms, first)
            before = line.atoms[: first - (line.atoms[first - 1][3] == ",")]
            yield self._statement(Statement(before), kind)
            line = Statement(line.atoms[first:])

    def _fact_in_header(self, line: Statement) -> Statement | None:
        """A fact that ran into the header of its clause, where the line end between them is lost; it is taken out."""
        if line.header is None or line.header[0] != "CLAUSE" or not has_colon(line.atoms):
            return None
        atoms, length = line.atoms, line.header[1]
        for first in range(length + 1, len(atoms)):
            kind = self.scanner.kinds.get(joined(before_title(atoms[length:first])))
            colon = next((i for i in range(first, len(atoms)) if atoms[i][3] == ":"), first)
            end = colon - 1 if atoms[colon - 1][0] == "s" and colon > first + 1 else colon
            if kind is not None and joined(atoms[first:end]) in self.lexicon["keys"].get(kind, {}):
                self._report_run_on(atoms, first)
                line.atoms = atoms[:first]
                return Statement(atoms[first:])
        return None

    def _report_run_on(self, atoms: list[Atom], first: int) -> None:
        colon = next(index for index in range(first, len(atoms)) if atoms[index][3] == ":")
        span = (atoms[first][1], atoms[colon - 1][2])
        self.report("NDA001", "second_fact", span, found=self.source.text[span[0] : span[1]])

    def _statement(self, line: Statement, kind: str | None) -> Any:
        atoms = self._whole_references(line.atoms)
        if len(atoms) > MOST_ATOMS or line.too_long:
            self.report("NDA001", "too_long", line.span)
            return Broken(None, line.span)
        if line.mark is not None:
            self._report_mark(line.mark)
            return self._despite(line, kind)
        if has_colon(atoms):
            return self._fact(atoms, line.span, kind)
        return self._norm(atoms, line.span, kind)

    def _despite(self, line: Statement, kind: str | None) -> Any:
        """Read a statement although a quotation mark has no twin: the first reading with which nothing else is
        wrong; whatever else is wrong with it stays unsaid."""
        for reading in line.readings:
            atoms = self._whole_references(reading)
            read = self._tried(self._fact if has_colon(atoms) else self._norm, atoms, line.span, kind)
            if read is not None:
                return read
        return Broken(self._guess_key(line.atoms, kind), line.span)
