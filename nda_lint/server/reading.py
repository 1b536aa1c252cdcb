"""A contract that is read again where it has changed: unit by unit of its text (:mod:`nda_lint.server.padded`).

What a unit says depends on its own lines, on the kind of the block that it stands in, and on the names that it
uses; what the whole says is put together from the units each time. Where that is not enough (a file that is badly
broken, say), :class:`Inexact` is raised, and the file is to be read as a whole.
"""

from __future__ import annotations

from itertools import pairwise

from nda_lint import contract as c
from nda_lint.bind import Binder
from nda_lint.lexer import Names, atoms_of, normalise
from nda_lint.parse_statement import MOST_REPAIRED
from nda_lint.parser import Parser
from nda_lint.scan import Scanner, Statement
from nda_lint.server.assembly import put_in_place, put_together
from nda_lint.server.padded import Padded, PaddedSource, Unit
from nda_lint.server.statements import Bound, Inexact, Read
from nda_lint.server.tracked import TrackedContract
from nda_lint.syntax import Document, Header
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint import values as v
    from nda_lint.finding import Language
    from nda_lint.server.tracked import TrackedBlock


#: The kind of clause that declares grades.
_GRADES = "classification"


class _UnitScanner(Scanner):
    """Scans units, one after the other."""

    def __init__(self, padded: Padded, source: PaddedSource) -> None:
        self.source = source
        self.text = padded.normal
        self.lexicon = tables()["lexicon"]
        self.kinds = self.lexicon["kinds"]
        self.names = Names()
        self.comments = []
        self.lines = []

    def read(self, unit: Unit, start: int) -> Read:
        """What stands on the lines of a unit that begins at `start`."""
        read = Read(start)
        self.comments = read.comments
        open_statement = None
        for length in _lengths(unit.padded()):
            open_statement = self._line(start, start + length, open_statement, read.items)
            start += length
        if open_statement is not None and unit.text.endswith(("\n", "\r")):
            raise Inexact("a list goes on beyond its unit")
        statements = [item for item in read.items if isinstance(item, Statement)]
        read.has_pragma = any("nda-lint" in comment.text for comment in read.comments)
        read.declares = any(item.header is not None or item.atoms[0][0] == "r" for item in statements)
        read.weights = self._weights(read.items)
        read.words = frozenset(
            atom[3] for item in statements for atoms in (item.atoms, *item.readings) for atom in atoms
        )
        return read

    def declare(self, read: Read, kind: str | None) -> str | None:
        """Collect the names that a unit declares that begins in a block of this kind; that in which it ends."""
        read.scanned_kind, read.declared = kind, None
        if read.declares or kind == _GRADES:
            self.names = Names()
            kind = self._collect_names(read.items, kind)
            read.declared = self.names if _parts_of(self.names) != _NO_NAMES else None
        read.scanned_kind_after = kind
        return kind


def _parts_of(names: Names) -> tuple[Any, ...]:
    """All that names are, to be compared."""
    return names.parties, names.terms, names.grades, names.labels, names.phrases


_NO_NAMES = _parts_of(Names())


def _merged(reads: Iterable[Read]) -> Names:
    """The names of all of these, in their order."""
    found = Names()
    for read in reads:
        names = read.declared
        if names is None:
            continue
        found.parties += names.parties
        found.terms += names.terms
        found.grades += names.grades
        found.labels |= names.labels
        for phrase, entries in names.phrases.items():
            known = found.phrases.setdefault(phrase, [])
            known += [entry for entry in entries if all(entry[:2] != other[:2] for other in known)]
        for first, longest in names.longest.items():
            found.longest[first] = max(found.longest.get(first, 0), longest)
    return found


def _lengths(text: str) -> Iterator[int]:
    """The lengths of the lines of a text."""
    source = PaddedSource(text)
    starts = [*source.line_starts, len(text)]
    return (after - before for before, after in pairwise(starts) if after > before)


def _all_parts_of(declared: Iterable[Names | None]) -> list[tuple[Any, ...]]:
    return [_parts_of(names) for names in declared if names is not None]


class _Asked(dict[str, "v.Definition"]):
    """Definitions by name, which note the names that were asked for."""

    def __init__(self, definitions: dict[str, v.Definition]) -> None:
        super().__init__(definitions)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        """The definition of a name."""
        self.asked.add(name)
        return super().get(name, default)


class Reading:
    """One contract, read and read again."""

    def __init__(self, text: str, language: Language | None) -> None:
        """`language` is that of the messages; without it, that of the contract. Raises :class:`NoRoom` and
        :class:`Inexact`."""
        self._language = language
        self.padded = Padded(text)
        self._names = Names()
        self._definitions: dict[str, v.Definition] = {}
        self._asked = _Asked({})
        self._definition_headers: list[Header] = []
        self._weights = (0, 0)
        self.contract: TrackedContract
        #: the units of which something was said when they were parsed, by where they begin
        self.told: dict[int, Read] = {}
        #: the statements of which something was said when they were bound, or is left open, by identity
        self.speaking: dict[int, Bound] = {}
        self.has_pragma = False
        self._begin()
        self._take_in(0, len(self.padded.units))

    def _begin(self) -> None:
        self.source = PaddedSource(self.padded.text)

    def change(self, text: str) -> None:
        """Read a new text. Raises :class:`NoRoom` and :class:`Inexact`, after which this is of no use any more."""
        before: list[Read] = [unit.read for unit in self.padded.units]
        was_ascii = self.padded.text.isascii()
        first, last = self.padded.change(text)
        if self.padded.text.isascii() is not was_ascii:
            raise Inexact("other names can stand in the text")
        self._begin()
        self._take_in(first, last, before[first : last + len(before) - len(self.padded.units)])

    # --- scanning and parsing --------------------------------------------------------------

    def _take_in(self, first: int, last: int, removed: list[Read] | None = None) -> None:
        units, starts = self.padded.units, self.padded.starts
        scanner = _UnitScanner(self.padded, self.source)
        for index in range(first, last):
            units[index].read = scanner.read(units[index], starts[index])
        language = self._weigh([unit.read for unit in units[first:last]], removed or [])
        if removed is not None and language != self.contract.language:
            raise Inexact("the language of the file has changed")
        renamed = self._renamed(scanner, first, last, removed)
        scanner.names = self._names
        self._reader = Parser(self.source, scanner)
        self._scanner = scanner
        for read in removed or ():
            self.told.pop(read.start, None)
        only_these = self._parse(first, last, renamed)
        self._require_exact()
        if removed is not None and only_these and self._stays_in_place(first, last, removed):
            self._start_binder(language)
            put_in_place(self, first, last, removed)
        else:
            self._bind(language, first=removed is None)

    def _weigh(self, new: list[Read], removed: list[Read]) -> Language:
        """The language of the file: that of which there is more."""
        english, chinese = self._weights
        english += sum(read.weights[0] for read in new) - sum(read.weights[0] for read in removed)
        chinese += sum(read.weights[1] for read in new) - sum(read.weights[1] for read in removed)
        self._weights = english, chinese
        return "zh" if chinese > english else "en"

    def _renamed(
        self, scanner: _UnitScanner, first: int, last: int, removed: list[Read] | None
    ) -> frozenset[str]:
        """Collect the names that have changed: the words with which those begin, and labels."""
        units = self.padded.units
        kind = units[first - 1].read.scanned_kind_after if first else None
        old = [read.declared for read in removed or ()]
        new: list[Names | None] = []
        for index in range(first, len(units)):
            read: Read = units[index].read
            if index >= last:
                if read.scanned_kind == kind:
                    break
                old.append(read.declared)
            kind = scanner.declare(read, kind)
            new.append(read.declared)
        if removed is not None and _all_parts_of(old) == _all_parts_of(new):
            return frozenset()
        before, after = self._names, _merged(unit.read for unit in units)
        self._names = after
        if removed is None:
            return frozenset()
        if before.parties != after.parties or before.grades != after.grades:
            raise Inexact("a party or a grade has another name")
        # Chinese text may follow a label without a space, so that another label is another reading of it.
        labels = {f"@{label}" for label in before.labels ^ after.labels if not label.isascii()}
        changed = {
            phrase
            for phrase in before.phrases.keys() | after.phrases.keys()
            if before.phrases.get(phrase) != after.phrases.get(phrase)
        }
        words = {atoms[0][3] for phrase in changed if (atoms := atoms_of(phrase))}
        return frozenset(words | labels)

    def _parse(self, first: int, last: int, renamed: frozenset[str]) -> bool:
        """Parse the new units, those behind them whose block has become another, and those with names that have;
        whether these were the new ones only."""
        units = self.padded.units
        begin = 0 if renamed else first
        kind = units[begin - 1].read.kind_after if begin else None
        labels = tuple(name for name in renamed if name[0] == "@")
        only_new = True
        for index in range(begin, len(units)):
            read: Read = units[index].read
            if not first <= index < last:
                if read.kind == kind and not self._concerned(read, renamed, labels):
                    if index >= last and not renamed:
                        break
                    kind = read.kind_after
                    continue
                read = self._again(units[index], index)
                only_new = False
            self._parse_unit(read, kind)
            kind = read.kind_after
        return only_new

    def _stays_in_place(self, first: int, last: int, removed: list[Read]) -> bool:
        """Whether no header has come or gone, and no comment speaks to the linter."""
        reads = [*removed, *(unit.read for unit in self.padded.units[first:last])]
        headers = any(isinstance(bound.statement, Header) for read in reads for bound in read.bound)
        return not headers and not self.has_pragma and not any(read.has_pragma for read in reads)

    def _concerned(self, read: Read, renamed: frozenset[str], labels: tuple[str, ...]) -> bool:
        """Whether a unit has a name that has changed, or begins like one of the `labels` that have."""
        if not renamed:
            return False
        if read.diagnostics or read.early or any(bound.diagnostics for bound in read.bound):
            return True  # what was meant is looked for among all names
        if labels and any(word.startswith(labels) for word in read.words):
            return True
        return not renamed.isdisjoint(read.words)

    def _again(self, unit: Unit, index: int) -> Read:
        """A unit scanned anew, because parsing may take its lines apart."""
        before: Read = unit.read
        names, self._scanner.names = self._scanner.names, Names()
        read = unit.read = self._scanner.read(unit, self.padded.starts[index])
        read.scanned_kind, read.scanned_kind_after = before.scanned_kind, before.scanned_kind_after
        read.declared = before.declared
        self._scanner.names = names
        return read

    def _parse_unit(self, read: Read, kind: str | None) -> None:
        reader = self._reader
        headers = [line for line in read.items if isinstance(line, Statement) and line.header is not None]
        reader.start_anew()
        definitions = [reader.header(line) for line in headers if line.header and line.header[0] == "DEFINE"]
        read.early = reader.told()
        reader.start_anew()
        read.kind = kind
        statements = list(reader.statements(read.items, iter(definitions), kind))
        opening = [s for s in statements if isinstance(s, Header) and s.terminal != "DEFINE"]
        read.kind_after = opening[-1].kind if opening else kind
        read.diagnostics = reader.told()
        read.repaired = reader.repaired
        read.bound = [Bound(statement) for statement in statements]
        if read.diagnostics or read.early:
            self.told[read.start] = read
        else:
            self.told.pop(read.start, None)

    # --- binding ---------------------------------------------------------------------------

    def _bind(self, language: Language, *, first: bool) -> None:
        reads: list[Read] = [unit.read for unit in self.padded.units]
        if first:
            self.contract = TrackedContract(self.source, language)
        headers = [
            bound
            for read in reads
            if read.declares
            for bound in read.bound
            if isinstance(bound.statement, Header) and bound.statement.terminal == "DEFINE"
        ]
        self.has_pragma = any(read.has_pragma for read in reads)
        self._definition_headers = [bound.statement for bound in headers]
        self._start_binder(language)
        meanings = self._define(headers)
        changed = {
            name
            for name in self._definitions.keys() | meanings.keys()
            if self._definitions.get(name) is not meanings.get(name)
        }
        self._definitions = meanings
        self._asked = self.binder.definitions = _Asked(meanings)
        for bound in headers:
            if not bound.is_bound or not changed.isdisjoint(bound.asked):
                self._bind_definition(bound)
        put_together(self, headers, changed)

    def _start_binder(self, language: Language) -> None:
        self.contract.source = self.source
        headers, names = self._definition_headers, self._names
        document = Document(self.source, language, [], headers, [], [], names, [])
        self.binder = Binder(document, self._language or language)
        self.binder.definitions = self._asked

    def _require_exact(self) -> None:
        elsewhere = repaired = 0
        for read in self.told.values():
            repaired += read.repaired
            elsewhere += any(each.template == "key_elsewhere" for _, each in read.diagnostics)
        if elsewhere > 1 or repaired > MOST_REPAIRED // 2:
            raise Inexact("what is wrong in one place depends on other places")

    def _define(self, headers: list[Bound]) -> dict[str, v.Definition]:
        """The first definition of each name."""
        meanings: dict[str, v.Definition] = {}
        for bound in headers:
            if not bound.is_bound:
                bound.definition, _ = self.binder.declared_by(bound.statement)
            if bound.definition is not None:
                meanings.setdefault(normalise(bound.definition.name), bound.definition)
        return meanings

    def _bind_definition(self, bound: Bound) -> None:
        _, meant = self.binder.declared_by(bound.statement)
        scratch = self._scratch()
        if bound.definition is not None and meant is not None:
            self.binder.define(bound.definition, meant)
        self._keep(bound, scratch)

    def bind_statement(self, bound: Bound, block: TrackedBlock) -> None:
        """Find out what a statement means in its block."""
        binder, scratch = self.binder, self._scratch()
        inside = c.Block(*(getattr(block, slot) for slot in ("kind", "name", "title", "label")))
        for slot in ("facts", "norms", "paragraphs", "broken"):
            setattr(inside, slot, [])
        binder.put(bound.statement, inside)
        for fact in inside.facts:
            fact.block = block
        for norm in inside.norms:
            norm.block = block
        bound.facts, bound.norms = inside.facts, inside.norms
        bound.paragraphs, bound.broken = inside.paragraphs, inside.broken
        self._keep(bound, scratch)
        bound.block = block

    def open_block(self, bound: Bound) -> c.Block:
        """The block that a header opens."""
        scratch = self._scratch()
        block = self.binder.open(bound.statement)
        self._keep(bound, scratch)
        return block

    def _scratch(self) -> c.Contract:
        """A contract to put the meaning of one statement into."""
        scratch = self.binder.contract = c.Contract(self.source, self.contract.language)
        self.binder.start_anew()
        self._asked.asked = set()
        return scratch

    def _keep(self, bound: Bound, scratch: c.Contract) -> None:
        bound.unresolved, bound.broken_fields = scratch.unresolved, scratch.broken_fields
        bound.diagnostics = self.binder.told()
        bound.asked = frozenset(self._asked.asked)
        bound.is_bound = True
