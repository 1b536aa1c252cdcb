"""Text → abstract syntax, statement by statement.

Lines are scanned into statements; headers and the names that the file declares are collected in a
first pass; then every statement is parsed on its own, so that one bad line costs one line.
"""

from __future__ import annotations

import re
from functools import cache, partial

from nda_lint.driver import Failure, Node, run
from nda_lint.lexer import Atom, Lexer, atoms_of, joined
from nda_lint.repair import half_alike, nearest, run_with_repairs
from nda_lint.scan import BLOCK_OF, MOST_ATOMS, Scanner, Statement, before_title, has_colon
from nda_lint.slips import as_written, kinds_of_key, second_fact, with_colon, with_space, without_second_colon
from nda_lint.syntax import Broken, Diagnostic, Document, FactLine, Header, NormLine, ProseLine
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from nda_lint.quotes import LoneMark
    from nda_lint.source import Source, Span

#: Beyond this many statements that do not parse, errors are still reported but nothing is guessed.
_MOST_REPAIRED = 200

#: What the type of a key makes the lexer prefer.
_PREFERRED = {
    "choice": "VALUE",
    "yes_no": "YES NO",
    "person": "PERSON NAME",
    "thing": "OBJECT GRADED",
    "clause": "KIND",
    "moment": "EVENT",
    "duration": "DURATION_WORD EVENT",
    "grade": "GRADE",
    "frequency": "FREQUENCY_WORD COUNT",
}


#: Terminals that only some keys can use as values.
#: 10.000,00, as the continent writes ten thousand
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{2}(?!\d)")
_EXCHANGED = str.maketrans(".,", ",.")
_MODALS = frozenset(("MUST", "MUST_NOT", "MAY"))
#: what a sum given again in parentheses is made of, besides the words that say it is
_OF_SUMS = frozenset(("CURRENCY", "NUMBER", "UNIT", "IGNORED"))
_SAYS_AGAIN = frozenset(("大", "小", "写", ":"))
_VOCABULARY = frozenset(
    [
        "KIND",
        "PERSON",
        "OBJECT",
        "GRADED",
        "EVENT",
        "PURPOSE",
        "VAGUE",
        "CIRCULAR",
        "GRADE",
        "NAME",
        "VALUE",
        "YES",
        "NO",
        "DURATION_WORD",
    ]
)


def parse(source: Source) -> Document:
    """Parse a contract. Everything that is wrong with it stands in the document's diagnostics."""
    return _Parser(source).document(keep=True)


def stream(source: Source) -> Document:
    """Parse a contract to be bound once: its statements are an iterator, and are parsed on the way. All
    trees at once would take twenty times the memory of the text."""
    return _Parser(source).document(keep=False)


def _given_away(lines: list[Any]) -> Iterator[Any]:
    """The items of a list, which is empty at the end."""
    lines.reverse()
    while lines:
        yield lines.pop()


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.scanner = Scanner(source)
        self.text = self.scanner.text
        self.names = self.scanner.names
        loaded = tables()
        self.lexicon = loaded["lexicon"]
        self.grammar = loaded["grammar"]
        self.kinds = loaded["schema"]["kinds"]
        self.diagnostics: list[Diagnostic] = []
        self.repaired = 0
        #: whether something was reported of the fact that is read: one trouble, one finding
        self.doubtful = False
        #: what was said of keys whose header is lost, in the block that is read
        self.lost_header: Diagnostic | None = None
        #: what was reported already: code or template, and word → the diagnostic, to report a name once
        self.reported: dict[tuple[str, str], Diagnostic] = {}

    def document(self, *, keep: bool) -> Document:
        """What the file says; without `keep`, its statements are parsed when they are asked for, and its lines
        are let go of then."""
        scanner = self.scanner
        definitions = [
            self._header(line)
            for line in scanner.lines
            if isinstance(line, Statement) and line.header and line.header[0] == "DEFINE"
        ]
        lines = scanner.lines if keep else _given_away(scanner.lines)
        statements = self._statements(lines, iter(definitions))
        return Document(
            self.source,
            scanner.language,
            list(statements) if keep else statements,
            definitions,
            scanner.comments,
            self.diagnostics,
            self.names,
            scanner.lines,
        )

    def _statements(self, lines: Iterable[Any], definitions: Iterator[Header]) -> Iterator[Any]:
        kind: str | None = None
        for line in lines:
            if isinstance(line, ProseLine):
                yield line
            elif line.header is None:
                yield from self._on_one_line(line, kind)
            elif line.header[0] == "DEFINE":
                yield next(definitions)
            else:
                following = self._fact_in_header(line)
                header = self._header(line)
                kind = header.kind
                self.lost_header = None
                yield header
                if following is not None:
                    yield from self._on_one_line(following, kind)

    # --- statements -----------------------------------------------------------------------

    def _on_one_line(self, line: Statement, kind: str | None) -> Iterator[Any]:
        """What a line says: one statement, or two facts where the line end between them is lost."""
        while True:
            first = None
            if line.mark is None and has_colon(line.atoms):
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

    def report(
        self, code: str, template: str, span: Span, *, once: str | None = None, **values: object
    ) -> None:
        """Keep a diagnostic; with `once`, further places of the same word join the first."""
        if once is not None:
            # A misspelt word is one trouble, be it in a fact or in a sentence.
            group = template if template == "unknown_word_near" else code
            known = self.reported.get((group, once))
            if known is not None:
                known.related.append(span)
                return
        diagnostic = Diagnostic(code, template, values, span, [])
        if once is not None:
            self.reported[group, once] = diagnostic
        self.diagnostics.append(diagnostic)

    def _lexer(self, atoms: list[Atom], **options: Any) -> Lexer:
        return Lexer(self.text, atoms, self.lexicon, self.names, **options)

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

    def _report_mark(self, mark: LoneMark) -> None:
        span = (mark.offset, mark.offset + 1)
        template = "unended_string" if mark.opens else "unopened_string"
        self.report("NDA001", template, span, found=self.source.text[mark.offset])

    def _despite(self, line: Statement, kind: str | None) -> Any:
        """Read a statement although a quotation mark has no twin: the first reading with which nothing else is
        wrong; whatever else is wrong with it stays unsaid."""
        for reading in line.readings:
            atoms = self._whole_references(reading)
            read_as = self._fact if has_colon(atoms) else self._norm
            read = self._tried(partial(read_as, atoms, line.span, kind))
            if read is not None:
                return read
        return Broken(self._guess_key(line.atoms, kind), line.span)

    def _whole_references(self, atoms: list[Atom]) -> list[Atom]:
        """Split a reference that Chinese text follows without a space: ``@label限制``."""
        if "r" not in {atom[0] for atom in atoms}:
            return atoms
        split: list[Atom] = []
        for atom in atoms:
            label = atom[3][1:]
            known = self.names.label_prefix(label) if atom[0] == "r" else label
            if len(known) == len(label):
                split.append(atom)
                continue
            middle = atom[1] + 1 + len(known)
            split.append(("r", atom[1], middle, "@" + known))
            split += atoms_of(self.text[middle : atom[2]], middle)
        return split

    def _with_unknown_label(self, atoms: list[Atom]) -> list[Atom] | None:
        """Undo what `_whole_references` did to the last reference: it may name a label that there is not."""
        place = next((i for i in range(len(atoms) - 1, -1, -1) if atoms[i][0] == "r"), None)
        if place is None or place + 1 == len(atoms) or atoms[place + 1][1] != atoms[place][2]:
            return None
        end = place + 1
        while end < len(atoms) and atoms[end][0] in "cwn" and atoms[end][1] == atoms[end - 1][2]:
            end += 1
        start, stop = atoms[place][1], atoms[end - 1][2]
        return (
            [*atoms[:place], ("r", start, stop, self.text[start:stop]), *atoms[end:]]
            if end > place + 1
            else None
        )

    def _norm(self, atoms: list[Atom], span: Span, kind: str | None) -> Any:
        lexer = self._lexer(atoms)
        language = self._sentence_language(lexer)
        start = f"{language}_norm"
        table = self.grammar[language]
        result = run(table, start, lexer)
        if isinstance(result, Node):
            self._trailing_separator(atoms)
            return NormLine(result, span)
        whole = self._with_unknown_label(atoms)
        if whole is not None:
            read = run(table, start, self._lexer(whole))
            if isinstance(read, Node):
                return NormLine(read, span)
        meant = with_colon(atoms, self.lexicon["keys"].get(kind, {}))
        fact = None if meant is None else self._fact_without_colon(*meant, span, kind)
        if fact is not None:
            return fact
        self.repaired += 1
        spaced = (
            self._norm_with_space(lexer, result, table, start) if self.repaired <= _MOST_REPAIRED else None
        )
        if spaced is not None:
            return NormLine(spaced, span)
        if self.repaired <= _MOST_REPAIRED:
            failure = result
            result, repairs = run_with_repairs(table, start, lexer, self.names, self.lexicon["words"])
            if isinstance(result, Node):
                for repair in repairs:
                    self._report_repair(lexer, repair)
                return NormLine(result, span)
            result = failure
        self._report_failure(lexer, result)
        return Broken(self._guess_key(atoms, kind), span)

    def _norm_with_space(
        self, lexer: Lexer, failure: Failure, table: dict[str, Any], start: str
    ) -> Node | None:
        """Read a sentence in which a space was lost or has slipped between two words."""
        atoms = lexer.atoms
        for index in dict.fromkeys((failure.index, failure.last)):
            for trial in with_space(self.text, atoms, index) if index < len(atoms) else ():
                read = run(table, start, self._lexer(trial))
                if isinstance(read, Node):
                    last = index + (len(trial) == len(atoms))
                    span = (atoms[index][1], atoms[last][2])
                    near = f"{trial[index][3]} {trial[index + 1][3]}"
                    found = self.source.text[span[0] : span[1]]
                    self.report("NDA001", "unknown_word_near", span, once=found, found=found, near=near)
                    return read
        return None

    def _fact_without_colon(self, atoms: list[Atom], colon: int, span: Span, kind: str | None) -> Any:
        """A line that is no sentence but begins with a key, and in `atoms` has the colon that is missing. None where
        it may be a sentence after all."""
        read = self._tried(partial(self._fact, atoms, span, kind))
        if read is None and self._has_modal(atoms[colon + 1 :], None):
            return None
        key = (atoms[0][1], atoms[colon][1])
        self.report("NDA001", "colon_missing", key, found=self.source.text[key[0] : key[1]])
        return read or Broken(self._guess_key(atoms, kind), span)

    def _tried(self, read: Callable[[], Any]) -> Any:
        """What `read` reads, if nothing is wrong with it, doubtful because something else was; nothing is guessed on
        top, and nothing said."""
        said, reported = len(self.diagnostics), dict(self.reported)
        repaired, self.repaired = self.repaired, _MOST_REPAIRED
        found = read()
        fine = len(self.diagnostics) == said and not isinstance(found, Broken)
        del self.diagnostics[said:]
        self.reported, self.repaired = reported, repaired
        if fine and isinstance(found, FactLine):
            found.doubtful = True
        return found if fine else None

    def _sentence_language(self, lexer: Lexer) -> str:
        """Chinese if any Chinese character stands outside strings and declared names."""
        index = 0
        while index < len(lexer.atoms):
            atom = lexer.atoms[index]
            named = atom[3] in self.names.longest and [
                found for found in lexer.candidates(index) if self._is_declared(index, found, lexer)
            ]
            if named:
                index = named[0][0]
            elif atom[0] == "c":
                return "chinese"
            else:
                index += 1
        return "english"

    def _is_declared(self, index: int, candidate: Any, lexer: Lexer) -> bool:
        """Whether a candidate is a name that the file declares, as against a word of the language."""
        return lexer.key(index, candidate[0]) in self.names.phrases

    def _trailing_separator(self, atoms: list[Atom]) -> None:
        if atoms[-1][3] == ",":
            self.report("NDA001", "trailing_separator", (atoms[-1][1], atoms[-1][2]))

    def _report_repair(self, lexer: Lexer, repair: Any) -> None:
        atoms = lexer.atoms
        first = repair.first + (atoms[repair.first][3] == "," and repair.first + 1 < repair.last)
        span = (atoms[first][1], atoms[repair.last - 1][2])
        found = self.source.text[span[0] : span[1]]
        if repair.kind == "undeclared":
            near = nearest(found, self.names.parties)
            template = "undeclared_party_near" if near else "undeclared_party"
            self.report("NDA007", template, span, once=found, found=found, near=near)
        elif repair.kind == "ungraded":
            name = str(repair.candidate[2][1])
            self.report("NDA001", "undeclared_grade", span, once=f"grade {name}", found=found, grade=name)
        elif repair.candidate[1] == "NAME":
            near = str(repair.candidate[2])
            self.report("NDA007", "undeclared_party_near", span, once=found, found=found, near=near)
        else:
            near = self._as_declared(str(repair.suggestion).lstrip(","))
            self.report("NDA001", "unknown_word_near", span, once=found, found=found, near=near)

    def _as_declared(self, phrase: str) -> str:
        """A phrase as the file or the language writes it: words are looked up without capitals and articles."""
        entries = self.names.phrases.get(phrase)
        return entries[0][2] if entries else as_written(phrase)

    def _report_failure(self, lexer: Lexer, failure: Failure) -> None:
        atoms = lexer.atoms
        if failure.index >= len(atoms):
            end = atoms[-1][2]
            self.report("NDA001", "ends_too_early", (atoms[0][1], end), expected=failure.expected)
            return
        first = lexer.candidates(0)
        if failure.index <= (first[0][0] if first else 0) and any(
            c[1] in ("OBJECT", "GRADED") for c in first[:1]
        ):
            span = (atoms[0][1], atoms[first[0][0] - 1][2])
            self.report("NDA001", "thing_first", span, found=self.source.text[span[0] : span[1]])
            return
        words = lexer.candidates(failure.index)
        last = words[0][0] if words else failure.index + 1
        if atoms[failure.index][0] == "c" and not words:
            while last < len(atoms) and atoms[last][0] == "c" and not lexer.candidates(last):
                last += 1
        span = (atoms[failure.index][1], atoms[last - 1][2])
        found = self.source.text[span[0] : span[1]]
        near = half_alike(lexer, failure.index, failure.expected, self.names, self.lexicon["words"])
        if near:
            span = (span[0], atoms[failure.index + 1][2])
            found = self.source.text[span[0] : span[1]]
            self.report("NDA001", "unknown_word_either", span, once=found, found=found, near=near)
            return
        self.report(
            "NDA001", "unexpected", span, once=f"word {found}", found=found, expected=failure.expected
        )

    def _guess_key(self, atoms: list[Atom], kind: str | None) -> str | None:
        """The key that a broken statement seems to give, so that it is not called missing."""
        keys = self.lexicon["keys"].get(kind, {})
        for length in range(min(6, len(atoms)), 0, -1):
            key = keys.get(joined(atoms[:length]))
            if key:
                return str(key)
        return None

    # --- headers --------------------------------------------------------------------------

    def _header(self, line: Statement) -> Header:
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
        if line.mark is not None:
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
        read, repairs = run_with_repairs(table, "header", lexer, self.names, self.lexicon["words"])
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

    # --- facts ----------------------------------------------------------------------------

    def _fact(self, atoms: list[Atom], span: Span, kind: str | None) -> Any:
        atoms, second = without_second_colon(atoms)
        if second is not None:
            self.report("NDA001", "second_colon", (second[1], second[2]))
        colon = next(index for index, atom in enumerate(atoms) if atom[0] == "p" and atom[3] == ":")
        atoms, colon, stray = self._without_stray(atoms, colon, kind)
        named = colon > 0 and atoms[colon - 1][0] == "s"
        key_atoms = atoms[: colon - 1 if named else colon]
        name = atoms[colon - 1][3] if named else None
        name_span = (atoms[colon - 1][1], atoms[colon - 1][2]) if named else None
        if not key_atoms:
            self.report("NDA001", "no_key", (atoms[colon][1], atoms[colon][2]))
            return Broken(None, span)
        key_span = (key_atoms[0][1], key_atoms[-1][2])
        if not named and self._has_modal(key_atoms, kind):
            self.report("NDA001", "colon_in_sentence", (atoms[colon][1], atoms[colon][2]))
            return Broken(None, span)
        slip = _CONTINENTAL.search(self.text, atoms[colon][2], atoms[-1][2])
        if slip:
            written = slip[0].translate(_EXCHANGED)
            self.report("NDA004", "continental_sum", slip.span(), found=slip[0], written=written)
            return Broken(self._guess_key(atoms, kind), span)
        self.doubtful = stray or second is not None
        if kind is None:
            return Broken(None, span)
        key = self._key(key_atoms, key_span, kind)
        if key is None or "." in key:
            return Broken(key, span)
        atoms = self._without_restatement(atoms, colon + 1)
        value_atoms = atoms[colon + 1 :]
        value_span = (
            (value_atoms[0][1], value_atoms[-1][2]) if value_atoms else (atoms[colon][1], atoms[colon][2])
        )
        node = None
        if value_atoms:
            lexer = self._fact_lexer(atoms, f"{kind}.{key}", colon + 1, len(key_atoms))
            node = self._value(lexer, atoms)
        else:
            self.report("NDA004", "no_value", value_span, field=f"{kind}.{key}")
        return FactLine(key, key_span, name, name_span, node, value_span, self.doubtful, span)

    def _without_stray(self, atoms: list[Atom], colon: int, kind: str | None) -> tuple[list[Atom], int, bool]:
        """Leave out, and report, what stands between the name of a key and its colon."""
        name = next((index for index in range(1, colon - 1) if atoms[index][0] == "s"), None)
        if name is None or joined(atoms[:name]) not in self.lexicon["keys"].get(kind, {}):
            return atoms, colon, False
        span = (atoms[name + 1][1], atoms[colon - 1][2])
        found = self.source.text[span[0] : span[1]]
        self.report("NDA001", "unexpected", span, found=found, expected=["COLON"])
        return [*atoms[: name + 1], *atoms[colon:]], name + 1, True

    def _without_restatement(self, atoms: list[Atom], first: int) -> list[Atom]:
        """Leave out a sum that is given again in parentheses, as in 人民币壹拾万元整(¥100,000); one that differs is
        reported."""
        opening = next(
            (i for i in range(first + 1, len(atoms)) if atoms[i][3] == "(" and atoms[i][0] == "p"), None
        )
        closing = next((i for i in range(opening or 0, len(atoms)) if atoms[i][3] == ")"), None)
        if opening is None or closing is None:
            return atoms
        inside = [a for a in atoms[opening + 1 : closing] if a[3] not in _SAYS_AGAIN]
        before, again = self._longest_number(atoms[first:opening]), self._longest_number(inside)
        if before is None or again is None or not self._is_sum(inside):
            return atoms
        if before != again:
            found, other = self.scanner.text_of(atoms[first:opening]), self.scanner.text_of(inside)
            self.report(
                "NDA004", "figures_differ", (atoms[first][1], atoms[closing][2]), found=found, again=other
            )
        return atoms[:opening] + atoms[closing + 1 :]

    def _has_modal(self, atoms: list[Atom], kind: str | None) -> bool:
        """Whether what stands before a colon is a sentence and no key."""
        keys = self.lexicon["keys"].get(kind, {})
        if joined(atoms) in keys or nearest(joined(atoms), keys):
            return False
        lexer = self._lexer(atoms)
        return any(
            candidate[1] in _MODALS for index in range(1, len(atoms)) for candidate in lexer.candidates(index)
        )

    def _longest_number(self, atoms: list[Atom]) -> object:
        """The number that takes most of `atoms`; of 壹拾万 its parts are numbers too."""
        lexer = self._lexer(atoms)
        numbers = [
            (after - index, number)
            for index in range(len(atoms))
            for after, terminal, number in lexer.candidates(index)
            if terminal == "NUMBER"
        ]
        return max(numbers, key=lambda number: number[0])[1] if numbers else None

    def _is_sum(self, atoms: list[Atom]) -> bool:
        lexer = self._lexer(atoms)
        terminals = {candidate[1] for index in range(len(atoms)) for candidate in lexer.candidates(index)}
        return "CURRENCY" in terminals and terminals <= _OF_SUMS

    def _key(self, atoms: list[Atom], span: Span, kind: str) -> str | None:
        keys = self.lexicon["keys"][kind]
        phrase = joined(atoms)
        key = keys.get(phrase)
        if key is not None:
            return str(key)
        near = nearest(phrase, keys)
        found = self.source.text[span[0] : span[1]]
        self.doubtful = True
        elsewhere = frozenset() if near else kinds_of_key(phrase, kind)
        if elsewhere:
            kinds = self._report_elsewhere(found, span, kind, elsewhere)
            return " ".join(f"{other}.{self.lexicon['keys'][other][phrase]}" for other in sorted(kinds))
        template = "unknown_key_near" if near else "unknown_key"
        self.report("NDA003", template, span, once=f"{kind} {phrase}", found=found, near=near, kind=kind)
        return str(keys[near]) if near else None

    def _report_elsewhere(self, found: str, span: Span, kind: str, kinds: frozenset[str]) -> frozenset[str]:
        """Report a key that is one of other `kinds`; where the key before was too, their common header is lost, and
        they are one trouble. Which kinds are meant."""
        lost = self.lost_header
        common = kinds & lost.values["elsewhere"] if lost is not None else None  # type: ignore[operator]
        if lost is None or not common:
            values: dict[str, object] = {"found": found, "kind": kind, "elsewhere": kinds}
            self.lost_header = Diagnostic("NDA003", "key_elsewhere", values, span, [])
            self.diagnostics.append(self.lost_header)
            return kinds
        lost.values["elsewhere"] = common
        lost.related.append(span)
        return common

    def _fact_lexer(self, atoms: list[Atom], field: str, value_from: int, key_length: int) -> Lexer:
        kind, _, key = field.partition(".")
        types = self.kinds[kind]["fields"][key]["types"]
        mode = "words" if "item" in types else "raw" if "identifier" in types else ""
        lexer = self._lexer(
            atoms,
            values=self.lexicon["values"].get(field),
            longest_values=self.lexicon["longest_values"].get(field),
            mode=mode,
            preferred=_preferred(types),
        )
        lexer.value_from = value_from
        lexer.patches[0] = (key_length, "KEY", key)
        return lexer

    def _value(self, lexer: Lexer, atoms: list[Atom]) -> Node | None:
        table = self.grammar["statement"]
        result = run(table, "fact", lexer)
        if isinstance(result, Failure):
            self.repaired += 1
            if self.repaired <= _MOST_REPAIRED:
                failure = result
                result, repairs = run_with_repairs(table, "fact", lexer, self.names, self.lexicon["words"])
                several = all(repair.kind == "ungraded" for repair in repairs)
                if isinstance(result, Node) and (len(repairs) == 1 or several) and _fits(repairs[0], lexer):
                    for repair in repairs:
                        self._report_value_repair(lexer, repair)
                else:
                    # The binder knows what the key wants, and says it better.
                    lexer.patches = {0: lexer.patches[0]}
                    lexer.forget()
                    result = failure
            if isinstance(result, Failure):
                result = self._value_as_words(lexer, result)
        if isinstance(result, Node):
            self._trailing_separator(atoms)
            return result.node("value")
        self._report_failure(lexer, result)
        return None

    def _report_value_repair(self, lexer: Lexer, repair: Any) -> None:
        self.doubtful = True
        if repair.kind != "respelt" or repair.candidate[1] == "NAME":
            self._report_repair(lexer, repair)
            return
        atoms = lexer.atoms
        span = (atoms[repair.first][1], atoms[repair.last - 1][2])
        found = self.source.text[span[0] : span[1]]
        near = self._as_declared(str(repair.suggestion))
        self.report("NDA004", "unknown_word_near", span, once=found, found=found, near=near)

    def _value_as_words(self, lexer: Lexer, failure: Failure) -> Node | Failure:
        """Keep each item that does not parse as plain words; the binder says what is wrong with it."""
        result: Node | Failure = failure
        for _trial in range(len(lexer.atoms)):
            if isinstance(result, Node):
                return result
            at = min(result.index, len(lexer.atoms) - 1)
            first = max(at, lexer.value_from)
            while first > lexer.value_from and lexer.atoms[first - 1][3] != ",":
                first -= 1
            last = at
            while last < len(lexer.atoms) and lexer.atoms[last][3] != ",":
                last += 1
            if first in lexer.patches or last == first:
                return result
            lexer.patches[first] = (last, "WORDS", lexer.text_of(first, last))
            lexer.forget()
            result = run(self.grammar["statement"], "fact", lexer)
        return result


@cache
def _preferred(types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(_PREFERRED.get(type_, "") for type_ in types).split())


def _fits(repair: Any, lexer: Lexer) -> bool:
    """Whether the word meant is one that the key can use."""
    terminal = repair.candidate[1]
    if repair.kind == "ungraded":
        return terminal in lexer.preferred
    return repair.kind == "respelt" and (terminal not in _VOCABULARY or terminal in lexer.preferred)
