"""What may be written at a place: kinds of clauses, keys, values, words, parties, terms, labels.

The grammar says which words may come next (:func:`nda_lint.driver.expected`); the name tables and the contract
itself say which words there are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nda_lint.driver import expected
from nda_lint.lexer import Lexer, atoms_of, joined, normalise, words_of_key
from nda_lint.server.words import CLASSES
from nda_lint.suppress import KINDS as COMMENTS
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nda_lint.lexer import Atom
    from nda_lint.server.view import View
    from nda_lint.source import Span

_HEADERS = ("AGREEMENT", "PARTY", "DEFINE", "CLAUSE", "ANNEX")
#: How many words may have been written of the one that is meant.
_LONGEST = 8
_LISTS_GO_ON = re.compile(r"[,，、]\s*$")
_COMMENT = re.compile(
    r"#\s*nda-lint\s*[:：]\s*(?P<kind>[A-Za-z-]+\s+)?(?:[^\s,，、]+[\s,，、]+)*(?P<word>[A-Za-z0-9-]*)$"
)
_OPEN_QUOTE = re.compile(
    r'"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|(?P<open>["“「『《])(?P<inside>[^"”」』》]*)$'
)
_PLACEHOLDER = re.compile(r"\{[^{}]*$")
_QUANTITIES = {
    "UNIT": "unit",
    "CURRENCY": "currency",
    "DURATION_WORD": "duration",
    "FREQUENCY_WORD": "frequency",
    "COUNT": "count",
}
#: terminal → what of the contract's own it is
_DECLARED = {"NAME": "party", "GRADE": "grade", "REFERENCE": "label"}
#: Keys that go on with a name in quotation marks, whose colon comes later.
_NAMED_KEYS = ("grade", "party")


class Proposal(NamedTuple):
    """Something to write: `text` in the place of `span`; `sort` is what it is, `about` says more."""

    label: str
    text: str
    span: Span
    sort: str
    about: str = ""


def proposals(view: View, offset: int) -> list[Proposal]:
    """All that may be written at an offset, the likeliest first."""
    found: dict[tuple[str, Span], Proposal] = {}
    for proposal in _Completion(view, offset).proposals():
        found.setdefault((proposal.label, proposal.span), proposal)
    return list(found.values())


class _Completion:
    def __init__(self, view: View, offset: int) -> None:
        self.view = view
        self.offset = offset
        start, _ = view.line_of(offset)
        self.before = view.text[start:offset]
        self.start = start
        self.language = view.document.language
        self.words = tables()["names"][self.language]
        self.lexicon = tables()["lexicon"]
        self.declared = view.document.names
        self.kind = view.kind_at(start)

    def proposals(self) -> Iterator[Proposal]:
        stripped = self.before.lstrip()
        if stripped.startswith(">"):
            return self._in_prose()
        comment = stripped.rfind("#")
        quoted = self._open_quote()
        if quoted is not None:
            return self._in_quotes(quoted)
        if comment == 0 or (comment > 0 and stripped[comment - 1] in " \t"):
            return self._in_comment(stripped[comment:])
        return self._in_statement()

    # --- prose, quotation marks, comments ---------------------------------------------------

    def _in_prose(self) -> Iterator[Proposal]:
        match = _PLACEHOLDER.search(self.before)
        if match:
            span = (self.start + match.start() + 1, self.offset)
            closing = "" if self.view.text[self.offset : self.offset + 1] == "}" else "}"
            for sort, name in self._names("party", "term"):
                yield Proposal(name, name + closing, span, sort)

    def _open_quote(self) -> int | None:
        """Where the text in quotation marks begins in which the offset stands."""
        match = next((found for found in _OPEN_QUOTE.finditer(self.before) if found["open"]), None)
        return None if match is None else self.start + match.start("inside")

    def _in_quotes(self, begin: int) -> Iterator[Proposal]:
        for sort, name in self._names("term", "grade", "party"):
            yield Proposal(name, name, (begin, self.offset), sort)

    def _names(self, *sorts: str) -> Iterator[tuple[str, str]]:
        by_sort = {"party": self.declared.parties, "term": self.declared.terms, "grade": self.declared.grades}
        for sort in sorts:
            for name in by_sort[sort]:
                yield sort, name

    def _in_comment(self, text: str) -> Iterator[Proposal]:
        match = _COMMENT.search(text)
        if match is None:
            return
        span = (self.offset - len(match["word"]), self.offset)
        if match["kind"] is None:
            for kind in COMMENTS:
                yield Proposal(kind, kind, span, "comment")
        elif match["kind"].strip() in ("ignore", "ignore-file"):
            for rule in self.view.rules.rules:
                yield Proposal(rule.name, rule.name, span, "rule", rule.text("summary", self.view.language))

    # --- statements ------------------------------------------------------------------------

    def _in_statement(self) -> Iterator[Proposal]:
        atoms = self._atoms()
        first = next((i for i, atom in enumerate(atoms) if atom[1] >= self.start), len(atoms))
        goes_on = first > 0
        if "@" in self.before.rpartition(" ")[2]:
            yield from self._labels()
            return
        header = self._header(atoms)
        if header is not None:
            yield from self._after_keyword(header, atoms)
            return
        colon = next((i for i, atom in enumerate(atoms) if atom[3] == ":" and atom[0] == "p"), None)
        if colon is not None:
            yield from self._values(atoms, colon)
            return
        if not goes_on:
            yield from self._keys(atoms)
            yield from self._keywords_of_headers(atoms)
        if self.kind not in (None, "agreement", "party", "annex"):
            yield from self._sentence(atoms)

    def _atoms(self) -> list[Atom]:
        """The atoms of the statement up to the offset, from the lines before if they go on here."""
        begin = self.start
        while begin:
            before = self.view.line_of(begin - 1)
            if not _LISTS_GO_ON.search(self.view.text[before[0] : before[1]]):
                break
            begin = before[0]
        text = normalise(self.view.text[begin : self.offset])
        return [
            atom
            for line in re.finditer(r"[^\r\n]+", text)
            for atom in atoms_of(line[0], begin + line.start())
        ]

    def _labels(self) -> Iterator[Proposal]:
        begin = self.start + self.before.rindex("@") + 1
        for label in sorted(self.declared.labels):
            yield Proposal(label, label, (begin, self.offset), "label")

    def _header(self, atoms: list[Atom]) -> str | None:
        """The keyword that the line begins with, if something follows it."""
        headers, longest = self.lexicon["headers"], self.lexicon["longest_headers"]
        if not atoms:
            return None
        for length in range(1, longest.get(atoms[0][3], 0) + 1):
            known = headers.get(joined(atoms[:length]))
            if known and len(atoms) >= length and atoms[length - 1][2] < self.offset:
                return str(known[0])
        return None

    def _after_keyword(self, terminal: str, atoms: list[Atom]) -> Iterator[Proposal]:
        if terminal == "CLAUSE":
            count = self.lexicon["longest_headers"][atoms[0][3]]
            yield from self._matching(self._kinds(), self._partials(atoms, least=min(count, len(atoms))))

    def _kinds(self) -> Iterator[tuple[str, str, str, str]]:
        for kind, names in self.words["kind"].items():
            about = self.view.schema[kind]["docs"][self.view.language]
            for name in names:
                yield name, name, "kind", about

    def _keys(self, atoms: list[Atom]) -> Iterator[Proposal]:
        if self.kind is None or not all(atom[0] in "wcnp" for atom in atoms):
            return
        begin = atoms[0][1] if atoms else self.offset
        written = joined(atoms)
        colon = ":" if self.language == "zh" else ": "
        for key, entry in self.view.schema[self.kind]["fields"].items():
            for number, name in enumerate(self.words["field"].get(f"{self.kind}.{key}", ())):
                if number and not written:
                    break  # other names only for those who begin to write them
                if joined(atoms_of(normalise(name))).startswith(written):
                    text = name + (" " if entry["named"] in _NAMED_KEYS else colon)
                    about = entry["docs"][self.view.language]
                    yield Proposal(name, text, (begin, self.offset), "key", about)

    def _keywords_of_headers(self, atoms: list[Atom]) -> Iterator[Proposal]:
        begin = atoms[0][1] if atoms else self.offset
        written = joined(atoms)
        space = "" if self.language == "zh" else " "
        for terminal in _HEADERS:
            name = str(self.words["keyword"][terminal][0])
            if name.startswith(written):
                yield Proposal(name, name + (space or " "), (begin, self.offset), "header")

    def _values(self, atoms: list[Atom], colon: int) -> Iterator[Proposal]:
        named = colon > 0 and atoms[colon - 1][0] == "s"
        length = colon - 1 if named else colon
        key = self.lexicon["keys"].get(self.kind, {}).get(joined(atoms[:length]))
        if not key:
            return
        field = f"{self.kind}.{key}"
        types = self.view.schema[self.kind]["fields"][key]["types"]
        if "item" in types or "identifier" in types:
            quotes = "「」" if self.language == "zh" else '""'
            for term in self.declared.terms:
                yield Proposal(term, f"{quotes[0]}{term}{quotes[1]}", (self.offset, self.offset), "term")
            return

        def lexer(prefix: list[Atom]) -> Lexer:
            values, longest = words_of_key(self.lexicon, field)
            made = Lexer(self.view.text, prefix, self.lexicon, self.declared, values, longest)
            made.value_from = colon + 1
            made.patches[0] = (length, "KEY", key)
            return made

        for partial, prefix in self._partials(atoms, least=colon + 1):
            terminals = expected(tables()["grammar"]["statement"], "fact", lexer(prefix))
            terminals.sort(key=lambda terminal: terminal not in ("VALUE", "YES", "NO"))
            wanted = self._accepted(terminals, types)
            yield from self._matching(self._of_terminals(wanted, field), [(partial, prefix)])

    def _accepted(self, terminals: list[str], types: tuple[str, ...]) -> list[str]:
        """Of the terminals that the grammar has, those that the type of a key wants."""
        wanted = {
            "choice": ("VALUE",), "yes_no": ("YES", "NO"), "person": ("NAME", "PERSON"),
            "thing": ("OBJECT", "GRADED"), "clause": ("KIND", "REFERENCE"), "moment": ("EVENT",),
            "duration": ("DURATION_WORD", "UNIT", "FROM", "AFTER", "EVENT", "AT_LEAST", "AT_MOST", "SINCE"),
            "grade": ("GRADE",), "frequency": ("FREQUENCY_WORD", "COUNT", "EVERY", "UNIT", "AT_LEAST"),
            "money": ("CURRENCY", "AT_MOST", "AT_LEAST", "RANGE"), "text": ("STRING",), "percent": ("PERCENT",),
        }  # fmt: skip
        allowed = {terminal for type_ in types for terminal in wanted.get(type_, ())}
        return [terminal for terminal in terminals if terminal in allowed]

    def _sentence(self, atoms: list[Atom]) -> Iterator[Proposal]:
        name = "chinese" if self.language == "zh" else "english"
        table = tables()["grammar"][name]
        for partial, prefix in self._partials(atoms, least=0):
            lexer = Lexer(self.view.text, prefix, self.lexicon, self.declared)
            terminals = expected(table, f"{name}_norm", lexer)
            yield from self._matching(self._of_terminals(terminals, None), [(partial, prefix)])

    # --- words -----------------------------------------------------------------------------

    def _partials(self, atoms: list[Atom], least: int) -> Iterator[tuple[list[Atom], list[Atom]]]:
        """How the last atoms may be the beginning of a word, with the atoms before it: the longest first, nothing
        last. `least` atoms at the beginning are no part of it."""
        touches = bool(atoms) and atoms[-1][2] == self.offset
        for length in range(min(_LONGEST, len(atoms) - least), 0, -1):
            partial = atoms[len(atoms) - length :]
            if all(atom[0] in "wc" for atom in partial):
                yield partial, atoms[: len(atoms) - length]
        if not touches or atoms[-1][0] != "w":
            yield [], atoms

    def _matching(
        self, words: Iterable[tuple[str, str, str, str]], partials: Iterable[tuple[list[Atom], list[Atom]]]
    ) -> Iterator[Proposal]:
        known = list(words)
        for partial, _prefix in partials:
            begin = partial[0][1] if partial else self.offset
            written = joined(partial)
            for label, text, sort, about in known:
                if about and not partial and sort in CLASSES.values():
                    continue  # another name of a word is only for those who begin to write it
                phrase = joined(atoms_of(normalise(label)))
                if phrase.startswith(written) and (written != phrase or not partial):
                    yield Proposal(label, text, (begin, self.offset), sort, about)

    def _of_terminals(self, terminals: list[str], field: str | None) -> Iterator[tuple[str, str, str, str]]:
        """Label, text, sort and explanation of every word of these terminals."""
        order = ("NAME", "VALUE", "GRADE", "REFERENCE", "STRING")
        for terminal in sorted(terminals, key=lambda each: each not in order):
            yield from self._of_terminal(terminal, field)

    def _of_terminal(self, terminal: str, field: str | None) -> Iterator[tuple[str, str, str, str]]:
        if terminal in _DECLARED:
            yield from ((text, text, _DECLARED[terminal], "") for text in self._declared_by(terminal))
        elif terminal == "GRADED":
            yield from self._graded()
        elif terminal == "STRING":
            quotes = "「」" if self.language == "zh" else '""'
            yield from ((term, f"{quotes[0]}{term}{quotes[1]}", "term", "") for term in self.declared.terms)
        elif terminal == "KIND":
            yield from self._kinds()
        elif terminal == "VALUE" and field is not None:
            yield from self._choices(field)
        elif terminal in CLASSES:
            section = terminal.lower() if terminal.lower() in self.words else CLASSES[terminal]
            yield from self._section(section, CLASSES[terminal])
        elif terminal in _QUANTITIES:
            yield from self._section(_QUANTITIES[terminal], "unit")
        elif terminal in self.words["keyword"]:
            for word in self.words["keyword"][terminal][:1]:
                yield word, word, "keyword", ""

    def _declared_by(self, terminal: str) -> list[str]:
        if terminal == "REFERENCE":
            return [f"@{label}" for label in sorted(self.declared.labels)]
        return self.declared.parties if terminal == "NAME" else self.declared.grades

    def _section(self, section: str, sort: str) -> Iterator[tuple[str, str, str, str]]:
        for names in self.words[section].values():
            for number, name in enumerate(names):
                yield name, name, sort, "" if number == 0 else str(names[0])

    def _graded(self) -> Iterator[tuple[str, str, str, str]]:
        space = "" if self.language == "zh" else " "
        for name in self.declared.grades:
            for words in self.words["graded"].values():
                label = f"{name}{space}{words[0]}"
                yield label, label, "grade", ""

    def _choices(self, field: str) -> Iterator[tuple[str, str, str, str]]:
        kind, _, key = field.partition(".")
        entry = self.view.schema[kind]["fields"][key]
        for choice_class in entry["choice_classes"]:
            for choice in entry["choices"]:
                for name in self.words["choice"].get(f"{choice_class}.{choice}", ())[:1]:
                    yield name, name, "value", entry["docs"][self.view.language]
