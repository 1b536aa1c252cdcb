"""What the readers of headers, facts and sentences share: words, repairs and reports of one statement."""

from __future__ import annotations

from nda_lint.lexer import Atom, Lexer, atoms_of, joined
from nda_lint.scan import Scanner
from nda_lint.spelling import nearest
from nda_lint.syntax import Broken, Diagnostic, FactLine, keyed
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from nda_lint.driver import Failure, Node
    from nda_lint.lexer import Candidate
    from nda_lint.quotes import LoneMark
    from nda_lint.repair import Repair
    from nda_lint.source import Source, Span

#: Beyond this many statements that do not parse, errors are still reported but nothing is guessed.
MOST_REPAIRED = 200
#: more atoms than a number that is given twice has
_LONGEST_NUMBER = 12


class StatementReader:
    """Reads one statement after another of one file, and keeps what is to be said of them."""

    def __init__(self, source: Source, scanner: Scanner | None = None) -> None:
        self.source = source
        self.scanner = scanner or Scanner(source)
        self.text = self.scanner.text
        self.names = self.scanner.names
        loaded = tables()
        self.lexicon = loaded["lexicon"]
        self.grammar = loaded["grammar"]
        self.kinds = loaded["schema"]["kinds"]
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what was said, as if no statement had been read yet."""
        self.diagnostics: list[Diagnostic] = []
        #: how often something was reported, also what joined an earlier diagnostic
        self.said = 0
        self.repaired = 0
        #: whether something was reported of the fact that is read: one trouble, one finding
        self.doubtful = False
        #: what was said of keys whose header is lost, in the block that is read
        self.lost_header: Diagnostic | None = None
        #: what was reported already: code or template, and word → the diagnostic, to report a name once
        self.reported: dict[tuple[str, str], Diagnostic] = {}

    def told(self) -> list[tuple[object, Diagnostic]]:
        """What was said, each with the key under which the same of other statements joins it, if any."""
        return keyed(self.diagnostics, self.reported)

    def report(
        self, code: str, template: str, span: Span, *, once: str | None = None, **values: object
    ) -> None:
        """Keep a diagnostic; with `once`, further places of the same word join the first."""
        self.said += 1
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

    # Of most contracts every line is right: what reads on where one is not, is loaded where it is needed.

    def _repaired(
        self, table: dict[str, Any], start: str, lexer: Lexer, failure: Failure
    ) -> tuple[Node | Failure, list[Repair]]:
        """Read on after misspellings: the tree or the last failure, and the repairs."""
        from nda_lint.repair import run_with_repairs

        return run_with_repairs(table, start, lexer, failure, self.names, self.lexicon["words"])

    def _without_other_number(self, atoms: list[Atom], span: Span) -> list[Atom]:
        """Leave out, and report, a number in brackets that is not the one before them: three (5) years."""
        if self.text.find("(", *span) < 0:
            return atoms
        lexer = self._lexer(atoms)
        for opening in range(1, len(atoms) - 2):
            number = self._number_in_brackets(lexer, opening)
            first = opening if number is None else self._number_before(lexer, opening)
            if number is None or first == opening:
                continue
            closing = number[0]
            before = next(found[2] for found in lexer.candidates(first) if found[:2] == (opening, "NUMBER"))
            if (atoms[first][0] == "n") != (atoms[opening + 1][0] == "n") and before != number[2]:
                found, again = lexer.text_of(first, opening), lexer.text_of(opening + 1, closing)
                self.report(
                    "NDA501", "figures_differ", (atoms[first][1], atoms[closing][2]), found=found, again=again
                )
                return atoms[:opening] + atoms[closing + 1 :]
        return atoms

    def _number_in_brackets(self, lexer: Lexer, opening: int) -> Candidate | None:
        """The number that alone stands in the brackets that open at this atom."""
        atoms = lexer.atoms
        if atoms[opening][3] != "(" or atoms[opening][0] != "p":
            return None
        inside = (found for found in lexer.candidates(opening + 1) if found[1] == "NUMBER")
        return next((n for n in inside if n[0] < len(atoms) and atoms[n[0]][3] == ")"), None)

    def _number_before(self, lexer: Lexer, end: int) -> int:
        """Where the longest number begins that ends at atom `end`; `end` if there is none."""
        beginnings = range(max(end - _LONGEST_NUMBER, 0), end)
        return next((i for i in beginnings if (end, "NUMBER") in [c[:2] for c in lexer.candidates(i)]), end)

    def _tried(self, read: Callable[..., Any], *given: Any) -> Any:
        """What `read` makes of what it is given, if nothing is wrong with it, doubtful because something else was; nothing is guessed on
        top, and nothing said."""
        said, count = self.said, len(self.diagnostics)
        reported, self.reported = self.reported, {}
        lost, self.lost_header = self.lost_header, None
        repaired, self.repaired = self.repaired, MOST_REPAIRED
        found = read(*given)
        fine = self.said == said and not isinstance(found, Broken)
        del self.diagnostics[count:]
        self.reported, self.repaired, self.said, self.lost_header = reported, repaired, said, lost
        if fine and isinstance(found, FactLine):
            found.doubtful = True
        return found if fine else None

    def _whole_references(self, atoms: list[Atom]) -> list[Atom]:
        """Split a reference that Chinese text follows without a space: ``@label限制``."""
        if self.text.find("@", atoms[0][1], atoms[-1][2]) < 0:
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

    def _guess_key(self, atoms: list[Atom], kind: str | None) -> str | None:
        """The key that a broken statement seems to give, so that it is not called missing."""
        keys = self.lexicon["keys"].get(kind, {})
        for length in range(min(6, len(atoms)), 0, -1):
            key = keys.get(joined(atoms[:length]))
            if key:
                return str(key)
        return None

    def _as_declared(self, phrase: str) -> str:
        """A phrase as the file or the language writes it: words are looked up without capitals and articles."""
        from nda_lint.slips import as_written

        entries = self.names.phrases.get(phrase)
        return entries[0][2] if entries else as_written(phrase)

    def _trailing_separator(self, atoms: list[Atom]) -> None:
        if atoms[-1][3] == ",":
            self.report("NDA001", "trailing_separator", (atoms[-1][1], atoms[-1][2]))

    def _report_mark(self, mark: LoneMark) -> None:
        span = (mark.offset, mark.offset + 1)
        template = "unended_string" if mark.opens else "unopened_string"
        self.report("NDA001", template, span, found=self.source.text[mark.offset])

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
        from nda_lint.repair import alike_at

        near = alike_at(lexer, failure.index, failure.expected, self.names, self.lexicon["words"])
        if near:
            span = (span[0], atoms[failure.index + 1][2])
            found = self.source.text[span[0] : span[1]]
            self.report("NDA001", "unknown_word_either", span, once=found, found=found, near=near)
            return
        self.report(
            "NDA001", "unexpected", span, once=f"word {found}", found=found, expected=failure.expected
        )
