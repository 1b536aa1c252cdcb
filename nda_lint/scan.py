"""Text → logical lines, and the names that the file declares.

The scanner cuts a file into statements, prose and comments, finds the headers, and collects what
is declared, so that each statement can then be parsed on its own.
"""

from __future__ import annotations

from itertools import pairwise

from nda_lint.keywords import keywords_of
from nda_lint.lexer import Atom, Lexer, Names, atoms_of, joined, normalise
from nda_lint.quotes import CLOSING, LoneMark, lone_mark, readings
from nda_lint.spelling import looks_like_party, nearest
from nda_lint.syntax import Comment, ProseLine
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.finding import Language
    from nda_lint.packed import Packed
    from nda_lint.source import Source, Span

BLOCK_OF = {"AGREEMENT": "agreement", "PARTY": "party", "ANNEX": "annex"}
#: How many atoms a misspelt keyword of a header has at the most, and the name of a kind of clause.
_LONGEST_HEADER = 4
_LONGEST_KIND = 16
_LONGEST_KEY = 16
#: A party that is declared without quotation marks has no longer name, in Chinese characters.
_LONGEST_NAME = 24
_MARKS = f'"“「『《{CLOSING}'
#: The longest statement that is looked at; more is no sentence, and is reported as such.
MOST_ATOMS = 2_000
#: The longest line, in characters, that is looked at as a whole.
_LONGEST_LINE = 20_000
#: Where lines are packed, so many of them are cut before that; in a text of fewer characters than this it is not worth
#: the time.
_LINES_AT_ONCE = 500
_SHORT_TEXT = 200_000


class Statement:
    """A logical line: its atoms, before it is known what it says."""

    __slots__ = ("atoms", "header", "mark", "readings", "span", "too_long", "unquoted")

    def __init__(self, atoms: list[Atom]) -> None:
        self.atoms = atoms
        self.span: Span = (atoms[0][1], atoms[-1][2])
        self.header: tuple[str, int, str, bool] | None = None
        self.too_long = False
        #: a quotation mark without its twin, and how the statement may have been meant
        self.mark: LoneMark | None = None
        self.readings: list[list[Atom]] = []
        #: what in a header ought to stand in quotation marks
        self.unquoted: Span | None = None


def declares_term(line: Any) -> bool:
    """Whether a line is the header of a definition."""
    return isinstance(line, Statement) and line.header is not None and line.header[0] == "DEFINE"


class Scanner:
    """Scans one file: `lines` are its statements and prose lines in source order. With `sparing`, those of a long text
    are `packed`, because their atoms take thirty times its memory."""

    def __init__(self, source: Source, *, sparing: bool = False) -> None:
        self.source = source
        self.text = normalise(source.text)
        self.lexicon = tables()["lexicon"]
        self.names = Names()
        self.comments: list[Comment] = []
        #: phrase → the kind of clause that it names
        self.kinds: dict[str, str] = self.lexicon["kinds"]
        self.lines: list[Any] = []
        self.packed: list[Packed] = []
        self.language: Language = self._scan(sparing=sparing and len(self.text) > _SHORT_TEXT)

    # --- lines → statements ---------------------------------------------------------------

    def _scan(self, *, sparing: bool) -> Language:
        """Cut all lines, and take up what they declare; the language of the most of them."""
        lines, starts = self.lines, [*self.source.line_starts, len(self.text)]
        at_once = _LINES_AT_ONCE if sparing else len(starts)
        # What is declared plays no part in how lines are cut.
        declared, nothing = self.names, Names()
        open_statement: Statement | None = None
        kind: str | None = None
        english = chinese = first = 0
        for row in range(0, len(starts) - 1, at_once):
            self.names = nothing
            for start, following in pairwise(starts[row : row + at_once + 1]):
                open_statement = self._line(start, following, open_statement, lines)
            self.names = declared
            is_end = row + at_once >= len(starts) - 1
            # What is open may go on on the lines that come.
            last = len(lines) - (open_statement is not None and not is_end)
            ready = lines[first:last]
            kind = self._collect_names(ready, kind)
            weights = self._weights(ready)
            english, chinese = english + weights[0], chinese + weights[1]
            first = last
            if sparing:
                from nda_lint.packed import Packed  # few texts are long

                self.packed.append(Packed(ready, Statement))
                del lines[:last]
                first = 0
        return "zh" if chinese > english else "en"

    def _prose(self, begin: int, end: int) -> ProseLine:
        return ProseLine(self.source.text[begin + 1 : end].strip(), (begin, end))

    def _atoms(self, stripped: str, begin: int) -> list[Atom]:
        return self._quoted_as_written(atoms_of(stripped[:_LONGEST_LINE], begin))

    def _line(
        self, start: int, following: int, open_statement: Statement | None, found: list[Any]
    ) -> Statement | None:
        """Add what stands on the line from `start` to `found`; the statement that may go on on the next one."""
        line = self.text[start:following].rstrip("\r\n")
        end = start + len(line)
        stripped = line.lstrip()
        begin = end - len(stripped)
        if not stripped:
            return None
        if stripped[0] == ">":
            found.append(self._prose(begin, end))
            return None
        if stripped[0] == "#":
            self._comment(begin, end, trailing=False)
            return open_statement
        return self._code(stripped, begin, end, open_statement, found)

    def _code(
        self, stripped: str, begin: int, end: int, open_statement: Statement | None, found: list[Any]
    ) -> Statement | None:
        atoms = self._atoms(stripped, begin)
        if "#" in stripped:
            self._cut_comment(atoms, end)
        if not atoms:
            return open_statement
        header = self._header_of(atoms, alone=open_statement is None)
        mark = lone_mark(self.text, atoms) if _has_marks(stripped) else None
        read: list[list[Atom]] = []
        if mark is not None:
            header, read = self._read_without_twin(mark, header)
            if header is not None:
                # Too much hangs on a header to go without it.
                atoms = next((each for each in read if self._is_whole(header, each)), read[-1])
        if open_statement is not None and self._goes_on(open_statement, header, atoms):
            statement = self._joined(open_statement, atoms, mark, read)
            if len(statement.atoms) > MOST_ATOMS:
                # Enough is known to say that it is too long; the rest of the list is not kept.
                del statement.atoms[MOST_ATOMS + 1 :]
        else:
            statement = Statement(atoms)
            statement.header = header
            statement.mark, statement.readings = mark, read
            if header is not None and mark is None:
                self._quote_title(statement, header)
            found.append(statement)
        if len(stripped) > _LONGEST_LINE:
            statement.too_long = True
            statement.span = (statement.span[0], end)
        return statement if atoms[-1][3] == "," else None

    def _quote_title(self, statement: Statement, header: tuple[str, int, str, bool]) -> None:
        """Take what follows the short name of a Chinese party as its full name, though no quotation marks say so."""
        atoms, begin = statement.atoms, header[1] + 2
        if header[0] == "PARTY" and len(atoms) > begin and _is_party_stem(atoms[header[1] :]):
            if not all(atom[0] in "cwn" for atom in atoms[begin:]):
                return
            start, end = atoms[begin][1], atoms[-1][2]
            statement.unquoted = (start, end)
            atoms[begin:] = [("s", start, end, self.source.text[start:end])]

    def _goes_on(self, open_statement: Statement, header: object, atoms: list[Atom]) -> bool:
        """Whether a line goes on with the list of the one before, and begins no statement of its own."""
        if header is not None or has_colon(atoms):
            return False
        return not (has_colon(open_statement.atoms) and self._is_sentence(atoms))

    def _is_sentence(self, atoms: list[Atom]) -> bool:
        """Whether a line says who must, must not or may; one Chinese character may be part of another word."""
        lexer = Lexer(self.text, atoms, self.lexicon, self.names)
        return any(
            terminal in ("MUST", "MUST_NOT", "MAY") and (atoms[index][0] == "w" or end > index + 1)
            for index in range(1, len(atoms))
            for end, terminal, _identifier in lexer.candidates(index)
        )

    def _joined(
        self, statement: Statement, atoms: list[Atom], mark: LoneMark | None, read: list[list[Atom]]
    ) -> Statement:
        """`statement` with a line on which its list goes on."""
        if mark is not None and statement.mark is None:
            statement.mark = mark
            statement.readings = [[*statement.atoms, *each] for each in read]
        else:
            statement.readings = [[*each, *atoms] for each in statement.readings]
        statement.atoms += atoms
        statement.span = (statement.span[0], atoms[-1][2])
        return statement

    def _read_without_twin(
        self, mark: LoneMark, header: tuple[str, int, str, bool] | None
    ) -> tuple[tuple[str, int, str, bool] | None, list[list[Atom]]]:
        """The header that a line is although a quotation mark in it has no twin, and how it may have been meant."""
        *_, without = readings(self.text, self.source.text, mark)
        if without and mark.offset <= without[0][2]:
            near = self._header_of(without)
            if near is not None and (near[3] or (header is None and near[0] == "CLAUSE")):
                header = near
        if header is None and not mark.opens:
            *named, _ = readings(self.text, self.source.text, mark, (1, 2))
            header = next((near for near in map(self._header_of, named) if near and near[3]), None)
        if header is not None:
            begins = header[1] + (2 if _is_party_stem(without[header[1] :]) else 1)
        else:
            begins = self._length_of_key(without)
        found = readings(self.text, self.source.text, mark, (begins,))
        return header, [each for each in found if each]

    def _is_whole(self, header: tuple[str, int, str, bool], atoms: list[Atom]) -> bool:
        """Whether a header says all that it is to say: whom or what it names, and how it is called."""
        terminal, length, _language, _right = header
        rest = atoms[length:]
        if not rest or any(atom[0] == "u" for atom in rest):
            return False
        if terminal == "CLAUSE":
            return joined(before_title(rest)) in self.kinds
        if terminal == "DEFINE":
            return rest[0][0] == "s" and len(rest) > 1 and rest[1][3] == ":"
        return (
            rest[0][0] == "s"
            if terminal == "AGREEMENT"
            else len(rest) > 1 and "s" in rest[1][0] + rest[-1][0]
        )

    def _length_of_key(self, atoms: list[Atom]) -> int:
        """How many of the first atoms are the longest key that there is."""
        keys = self.lexicon["all_keys"]
        return next((n for n in range(min(len(atoms), _LONGEST_KEY), 0, -1) if joined(atoms[:n]) in keys), 0)

    def _quoted_as_written(self, atoms: list[Atom]) -> list[Atom]:
        """Full-width marks are read as their ASCII twins, but not in what stands in quotation marks."""
        if self.text is self.source.text:
            return atoms
        written = self.source.text
        return [
            (kind, start, end, written[start + 1 : end - 1]) if kind == "s" else (kind, start, end, text)
            for kind, start, end, text in atoms
        ]

    def _cut_comment(self, atoms: list[Atom], end: int) -> None:
        """Take the comment at the end of a line off its atoms."""
        for index, (_kind, start, _end, text) in enumerate(atoms):
            if text == "#" and (index == 0 or self.text[start - 1] in " \t"):
                self._comment(start, end, trailing=True)
                del atoms[index:]
                break

    def _comment(self, start: int, end: int, *, trailing: bool) -> None:
        text = self.source.text[start:end].rstrip()
        self.comments.append(Comment(text, trailing, (start, start + len(text))))

    def _header_of(self, atoms: list[Atom], *, alone: bool = False) -> tuple[str, int, str, bool] | None:
        """For a line, which is `alone` where it cannot go on with a list: terminal, number of atoms, language, and whether it is spelt right; None for no header."""
        headers = self.lexicon["headers"]
        key = _phrase_before_colon(atoms) if has_colon(atoms) else ""
        is_key = key in self.lexicon["all_keys"]
        for length in range(1, self.lexicon["longest_headers"].get(atoms[0][3], 0) + 1):
            keyword = joined(atoms[:length])
            known = headers.get(keyword)
            # 当事人载于 is a key, although 当事人 opens a header.
            if known and (key == keyword or not is_key) and self._opens(known[0], atoms[length:]):
                return known[0], length, known[1], True
        return None if is_key else self._misspelt_header(atoms, alone=alone)

    def _opens(self, terminal: str, rest: list[Atom]) -> bool:
        """Whether what follows the keyword is what a header has there."""
        if terminal == "AGREEMENT":
            return not rest or rest[0][0] in "subr"
        if terminal == "DEFINE":
            return bool(rest) and (rest[0][0] in "su" or (rest[0][0] in "wc" and has_colon(rest)))
        if not rest:
            return True
        if rest[0][3] == ":":
            return False
        if terminal == "CLAUSE":
            return True
        if terminal == "ANNEX" and has_colon(rest):
            return False
        longest = _LONGEST_NAME if _is_party_stem(rest) else 4
        return any(atom[0] in "sub" for atom in rest[1:]) or (
            len(rest) <= longest and not has_colon(rest) and not self._has_modal(rest)
        )

    def _has_modal(self, atoms: list[Atom]) -> bool:
        lexer = Lexer(self.text, atoms, self.lexicon, self.names)
        return any(
            candidate[1] in ("MUST", "MUST_NOT", "MAY")
            for index in range(len(atoms))
            for candidate in lexer.candidates(index)
        )

    def _misspelt_header(self, atoms: list[Atom], *, alone: bool) -> tuple[str, int, str, bool] | None:
        """The header that a line nearly is: its keyword misspelt or run together with what follows."""
        first = atoms[0][3]
        keywords = keywords_of(self.lexicon["headers"])
        for phrase, terminal in keywords.glued:
            if first.startswith(phrase) and first != phrase:
                followed = len(atoms) > 1 and atoms[1][0] == "s"
                if followed if terminal == "PARTY" else first[len(phrase) :] in self.kinds:
                    return terminal, 0, "en", False
        near = keywords.near(atoms[:_LONGEST_HEADER])
        if not near:
            return self._other_keyword(atoms) if alone else None
        openings = self._openings(atoms)
        fitting = [(edits, header) for edits, header in near if header[0] in openings.get(header[1], ())]
        # Of two that are equally near the longer one.
        best = min(fitting, key=lambda found: (found[0], -found[1][1]), default=None)
        if best is not None:
            return best[1]
        return self._other_keyword(atoms) if alone else None

    def _other_keyword(self, atoms: list[Atom]) -> tuple[str, int, str, bool] | None:
        """The header of a clause that has another word for "clause": section term, 第五条 期限."""
        for length in range(1, min(_LONGEST_HEADER + 1, len(atoms))):
            first, spaced = atoms[length - 1], atoms[length][1] > atoms[length - 1][2]
            # One word, with its number if any: section term, Article 5 term; a few characters in Chinese.
            if first[0] not in ("wcn" if length == 1 or atoms[0][0] == "c" else "n"):
                break
            if spaced and joined(before_title(atoms[length:])) in self.kinds:
                other = has_colon(atoms) or self._length_of_key(atoms) or self._has_modal(atoms[1:])
                return None if other else ("CLAUSE", length, "zh" if first[0] == "c" else "en", False)
        return None

    def unglued(self, atoms: list[Atom], header: tuple[str, int, str, bool]) -> list[Atom]:
        """Take apart a keyword and what follows it, which have lost the space between them."""
        kind, start, end, _text = atoms[0]
        keyword = str(tables()["names"][header[2]]["keyword"][header[0]][0])
        middle = start + len(keyword)
        return [(kind, start, middle, keyword), *atoms_of(self.text[middle:end], middle), *atoms[1:]]

    def _openings(self, atoms: list[Atom]) -> dict[int, set[str]]:
        """Like `_opens`, for keywords that are misspelt, by their number of atoms: which of them a header may
        have before what follows; that must leave no doubt."""
        last_colon = last_string = -1
        for index, atom in enumerate(atoms):
            if atom[0] == "s":
                last_string = index
            elif atom[3] == ":" and atom[0] == "p":
                last_colon = index
        openings: dict[int, set[str]] = {}
        for length in range(1, min(_LONGEST_HEADER + 1, len(atoms))):
            terminals: set[str] = set()
            before_string = atoms[length][0] == "s"
            if before_string and length + 1 < len(atoms) and atoms[length + 1][3] == ":":
                terminals.add("DEFINE")
            if last_colon < length:
                # No kind is named by more than a few words.
                title = before_title(atoms[length : length + _LONGEST_KIND])
                if joined(title) in self.kinds:
                    terminals.add("CLAUSE")
                if before_string:
                    terminals.update(("AGREEMENT", "ANNEX"))
                if last_string >= length:
                    terminals.add("PARTY")
            if terminals:
                openings[length] = terminals
        return openings

    # --- names ----------------------------------------------------------------------------

    def _collect_names(self, lines: list[Any], kind: str | None = None) -> str | None:
        """Take up what lines declare that begin in a block of this kind; the kind of the block in which they end."""
        for line in lines:
            if not isinstance(line, Statement):
                continue
            if line.header:
                terminal, length, _language, _right = line.header
                kind = BLOCK_OF.get(terminal) or (
                    self._kind_of(line, length) if terminal == "CLAUSE" else kind
                )
                self._declare(
                    terminal, line.atoms[length:] if length else self.unglued(line.atoms, line.header)[1:]
                )
            elif line.atoms[0][0] == "r":
                self.names.labels.add(line.atoms[0][3][1:])
            elif kind == "classification":
                for atoms in line.readings or (line.atoms,):
                    if self._declare_grade(atoms, exact=line.mark is not None):
                        break
        return kind

    def _kind_of(self, line: Statement, length: int) -> str | None:
        phrase = joined(before_title(line.atoms[length:]))
        near = phrase if phrase in self.kinds else nearest(phrase, self.kinds)
        if near:
            return self.kinds[near]
        # A fact may have run into the header.
        atoms = line.atoms[length : length + _LONGEST_KIND]
        parts = (joined(atoms[:end]) for end in range(len(atoms) - 1, 0, -1))
        return next((self.kinds[part] for part in parts if part in self.kinds), None)

    def _declare(self, terminal: str, rest: list[Atom]) -> None:
        for atom in rest:
            if atom[0] == "r":
                self.names.labels.add(atom[3][1:])
        if terminal == "PARTY" and rest:
            name = rest[0][3] if rest[0][0] == "s" else self.text_of(before_title(rest))
            if name:
                self.names.parties.append(name)
                self.names.add(name, "NAME", name)
        elif terminal == "DEFINE" and rest and rest[0][0] == "s":
            self.names.terms.append(rest[0][3])
            self.names.add(rest[0][3], "STRING", rest[0][3])

    def _declare_grade(self, atoms: list[Atom], *, exact: bool) -> bool:
        """Take up the name of a grade that a line declares; whether it does. `exact`: only before a colon."""
        for index, atom in enumerate(atoms):
            if atom[0] == "s" and index:
                keys = self.lexicon["keys"]["classification"]
                phrase = joined(atoms[:index])
                # Whatever follows instead of a colon is a slip, and yet it is a declaration.
                before_colon = index + 1 < len(atoms) and atoms[index + 1][3] == ":"
                if exact and not before_colon:
                    continue
                near = nearest(phrase, keys) if before_colon and phrase not in keys else phrase
                if keys.get(near or "") == "grade":
                    name = atom[3]
                    self.names.grades.append(name)
                    self.names.add(name, "GRADE", name)
                    for language, suffix, identifier in self.lexicon["graded"]:
                        if self.text.isascii() and not suffix.isascii():
                            continue  # what cannot stand in this text
                        space = " " if language == "en" else ""
                        self.names.add(f"{name}{space}{suffix}", "GRADED", (identifier, name))
                    return True
        return False

    def text_of(self, atoms: list[Atom]) -> str:
        """The text of a run of atoms as written."""
        return self.source.text[atoms[0][1] : atoms[-1][2]] if atoms else ""

    def _weights(self, lines: list[Any]) -> tuple[int, int]:
        """How much in the lines is English, and how much Chinese."""
        english = chinese = 0
        for line in lines:
            if isinstance(line, Statement):
                if line.header:
                    english += 3 * (line.header[2] == "en")
                    chinese += 3 * (line.header[2] == "zh")
                elif line.atoms[0][0] == "c":
                    chinese += 1
                else:
                    english += 1
        return english, chinese


def _has_marks(line: str) -> bool:
    """Whether a line has quotation marks, or marks that only close."""
    return '"' in line if line.isascii() else any(mark in line for mark in _MARKS)


def _is_party_stem(atoms: list[Atom]) -> bool:
    """Whether a name begins like 甲方."""
    return len(atoms) > 1 and looks_like_party(atoms[0][3] + atoms[1][3])


def has_colon(atoms: list[Atom]) -> bool:
    """Whether a colon stands outside strings."""
    for atom in atoms:  # noqa: SIM110 - any() takes twice as long, and every line is asked
        if atom[3] == ":" and atom[0] == "p":
            return True
    return False


def _phrase_before_colon(atoms: list[Atom]) -> str:
    """The key of a line that looks like a fact."""
    for index, atom in enumerate(atoms):
        if atom[0] in "sub" or atom[3] == ":":
            return joined(atoms[:index])
    return joined(atoms)


def before_title(atoms: list[Atom], marks: str = ":,") -> list[Atom]:
    """The atoms before a title, a label, a blank or one of `marks`."""
    for index, atom in enumerate(atoms):
        if atom[0] in "surb" or atom[3] in marks:
            return atoms[:index]
    return atoms
