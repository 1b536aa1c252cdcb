"""Headers → syntax: the kind of block that a line opens, its name, label and title."""

from __future__ import annotations

from nda_lint.driver import Failure, Node, run
from nda_lint.lexer import Lexer, joined
from nda_lint.parse_statement import StatementReader
from nda_lint.scan import BLOCK_OF, Statement, before_title
from nda_lint.spelling import nearest
from nda_lint.syntax import Header
from nda_lint.tables import tables


class HeaderReader(StatementReader):
    """Reads the headers of blocks and of definitions."""

    def header(self, line: Statement) -> Header:
        """The header that a line is."""
        if line.header is None:
            raise TypeError("not a header")
        terminal, length, language, right = line.header
        atoms = self._whole_references(line.atoms)
        keyword = (atoms[0][1], atoms[max(length, 1) - 1][2])
        if not right:
            found = self.source.text[keyword[0] : keyword[1]]
            self.report(
                "NDA001", "unknown_word_near", keyword, found=found, near=self._keyword(terminal, language)
            )
        if line.unquoted is not None:
            found = self.source.text[line.unquoted[0] : line.unquoted[1]]
            quoted = f"「{found}」" if language == "zh" else f'"{found}"'
            self.report("NDA001", "quote_text", line.unquoted, found=found, quoted=quoted)
        if length == 0:
            atoms, length = self.scanner.unglued(atoms, line.header), 1
        if line.too_long:
            self.report("NDA001", "too_long", line.span)
        elif line.mark is not None:
            self._report_mark(line.mark)
        kind: str | None = BLOCK_OF.get(terminal)
        kind_span = keyword
        lexer = self._lexer(atoms, mode="declared" if terminal in ("PARTY", "ANNEX") else "")
        lexer.value_from = length
        lexer.patches[0] = (length, terminal, None)
        if terminal == "CLAUSE":
            kind, last = self._read_kind(lexer, length)
            kind_span = (atoms[length][1], atoms[last - 1][2]) if length < len(atoms) else keyword
        read = run(self.grammar["statement"], "header", lexer)
        node = read if isinstance(read, Node) else None
        if isinstance(read, Failure) and terminal == "DEFINE" and line.mark is None:
            read = self._definition(lexer, read)
            node = read if isinstance(read, Node) else None
        if isinstance(read, Failure):
            if line.mark is None and (kind is not None or terminal != "CLAUSE"):
                self._report_failure(lexer, read)
            node = self._shortened(lexer, read)
        return Header(terminal, kind, node, kind_span, isinstance(read, Failure), line.span)

    def _definition(self, lexer: Lexer, failure: Failure) -> Node | Failure:
        """Read on after a misspelling in the meaning of a term."""
        table = self.grammar["statement"]
        read, repairs = self._repaired(table, "header", lexer, failure)
        if isinstance(read, Failure) or any(repair.kind != "respelt" for repair in repairs):
            for repair in repairs:
                lexer.patches.pop(repair.first, None)
            lexer.forget()
            return failure
        for repair in repairs:
            self._report_repair(lexer, repair)
        return read

    def _keyword(self, terminal: str, language: str) -> str:
        return str(tables()["names"][language]["keyword"][terminal][0])

    def _read_kind(self, lexer: Lexer, first: int) -> tuple[str | None, int]:
        """The kind named in a clause header, patched into the lexer; reports an unknown one."""
        rest = before_title(lexer.atoms[first:], marks=":")
        label = lexer.atoms[first] if first < len(lexer.atoms) else None
        if not rest and label is not None and label[3][1:] in self.scanner.kinds:
            # "clause @term": a stray mark before the kind.
            kind = self.scanner.kinds[label[3][1:]]
            self.report(
                "NDA002", "unknown_clause_near", (label[1], label[2]), found=label[3], near=label[3][1:]
            )
            lexer.patches[first] = (first + 1, "KIND", kind)
            lexer.forget()
            return kind, first + 1
        if not rest:
            self.report("NDA002", "clause_without_kind", (lexer.atoms[0][1], lexer.atoms[0][2]))
            return None, first
        last = first + len(rest)
        for candidate in lexer.candidates(first):
            if candidate[1] == "KIND":
                lexer.patches[first] = candidate
                lexer.forget()
                if candidate[0] == last:
                    return str(candidate[2]), last
                return str(candidate[2]), candidate[0]
        found = self.scanner.text_of(rest)
        kinds = self.scanner.kinds
        title = [atom for atom in before_title(lexer.atoms[first:], marks="") if atom[0] != "p"]
        near = nearest(joined(rest), kinds) or (joined(title) if joined(title) in kinds else None)
        span = (rest[0][1], rest[-1][2])
        self.report(
            "NDA002", "unknown_clause_near" if near else "unknown_clause", span, found=found, near=near
        )
        meant = kinds[near] if near else None
        lexer.patches[first] = (last, "KIND", meant)
        lexer.forget()
        return meant, last

    def _shortened(self, lexer: Lexer, failure: Failure) -> Node | None:
        """What the header said before the place where it went wrong."""
        lexer.atoms = lexer.atoms[: failure.index]
        lexer.forget()
        node = run(self.grammar["statement"], "header", lexer) if lexer.atoms else failure
        return node if isinstance(node, Node) else None
