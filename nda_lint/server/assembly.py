"""What the units of a text say together: the contract, of which only what has changed is set anew."""

from __future__ import annotations

from bisect import bisect_left

from nda_lint import contract as c
from nda_lint.bind import join_paragraphs
from nda_lint.pragmas import read_pragmas
from nda_lint.server.statements import Bound, Inexact
from nda_lint.server.tracked import TrackedBlock
from nda_lint.syntax import Diagnostic, Header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.server.reading import Reading
    from nda_lint.server.statements import Read
    from nda_lint.server.tracked import TrackedContract
    from nda_lint.source import Span

_LISTS = {"PARTY": "parties", "ANNEX": "annexes", "CLAUSE": "clauses"}


def put_together(reading: Reading, headers: list[Bound], changed: set[str]) -> None:
    """Set the contract of `reading` to what its units say now. `headers` are those that define something,
    `changed` the names that mean something else than before."""
    _Assembly(reading, headers, changed).put_together()


def put_in_place(reading: Reading, first: int, last: int, removed: list[Read]) -> None:
    """Set the contract of `reading` to what its units say now, where these units have taken the place of those `removed`,
    no header and no name among them."""
    contract, starts = reading.contract, reading.padded.starts
    place = starts[first], starts[last]
    block = _block_before(contract.peek("blocks"), place[0])
    gone = [bound for read in removed for bound in read.bound]
    come = [bound for unit in reading.padded.units[first:last] for bound in unit.read.bound]
    if block is None:
        if come:
            raise Inexact("statements before the first header")
        return
    for bound in come:
        reading.bind_statement(bound, block)
    for bound in gone:
        reading.speaking.pop(id(bound), None)
    _note_speaking(reading, come)
    norms = [norm for bound in come for norm in bound.norms]
    facts = [fact for bound in come for fact in bound.facts]
    contract.set("norms", _spliced(contract.peek("norms"), place, norms))
    _splice_facts(contract, place, [fact.field for bound in gone for fact in bound.facts], facts)
    lines = _spliced(block.lines, place, [line for bound in come for line in bound.paragraphs])
    broken = [span for bound in come for span in bound.broken]
    was_there = _starts(gone)
    _set_contents(
        contract, block, _spliced(block.peek("facts"), place, facts), _spliced(block.peek("norms"), place, norms),
        lines, _spliced(block.peek("broken"), place, broken), moved=was_there != _starts(come),
    )  # fmt: skip
    _set_open_ends(reading)


def _block_before(blocks: list[TrackedBlock], place: int) -> TrackedBlock | None:
    """The block in which a place lies."""
    index = bisect_left(blocks, place, key=_start)
    return blocks[index - 1] if index else None


def _start(thing: Any) -> int:
    """Where a thing begins; a span is one itself."""
    span = thing if type(thing) is tuple else thing.span
    start: int = span[0]
    return start


def _spliced(things: list[Any], place: Span, new: list[Any]) -> list[Any]:
    """The things with others instead of those that stand at a place; the same list where that changes nothing."""
    first, after = (bisect_left(things, end, key=_start) for end in place)
    return things if first == after and not new else [*things[:first], *new, *things[after:]]


def _splice_facts(contract: TrackedContract, place: Span, gone: list[str], come: list[c.Fact]) -> None:
    before: dict[str, list[c.Fact]] = dict(contract.peek("facts_by_field").all())
    by_field = dict(before)
    new: dict[str, list[c.Fact]] = {field: [] for field in gone}
    for fact in come:
        new.setdefault(fact.field, []).append(fact)
    for field, facts in new.items():
        by_field[field] = _spliced(by_field.get(field, []), place, facts)
    if any(not by_field[field] for field in new) or len(by_field) > len(before):
        ordered = sorted((facts[0].span, field) for field, facts in by_field.items() if facts)
        by_field = {field: by_field[field] for _, field in ordered}
    if new:
        contract.set_facts(by_field)


def _starts(bounds: list[Bound]) -> list[int]:
    """Where those statements begin that part paragraphs."""
    return sorted(_start(thing) for bound in bounds for thing in (*bound.facts, *bound.norms, *bound.broken))


def _set_contents(
    contract: TrackedContract,
    block: TrackedBlock,
    facts: list[c.Fact],
    norms: list[c.Norm],
    lines: list[c.Paragraph],
    broken: list[Span],
    *,
    moved: bool | None = None,
) -> None:
    """Set the contents of a block; `moved` where other things may stand between its lines of prose, if that is known."""
    before = len(contract.changed)
    contract.set_in_block(block, "facts", facts)
    contract.set_in_block(block, "norms", norms)
    contract.set_in_block(block, "broken", broken)
    if moved is None:
        moved = len(contract.changed) > before
    if lines != block.lines or (lines and moved):
        block.lines = lines
        plain = c.Block()
        plain.facts, plain.norms, plain.broken, plain.paragraphs = facts, norms, broken, lines
        join_paragraphs(plain)
        known = {(each.text, each.spans): each for each in block.peek("paragraphs")}
        contract.set_in_block(
            block, "paragraphs", [known.get((each.text, each.spans), each) for each in plain.paragraphs]
        )


def _note_speaking(reading: Reading, bounds: Iterable[Bound]) -> None:
    for bound in bounds:
        if bound.unresolved or bound.broken_fields or bound.diagnostics:
            reading.speaking[id(bound)] = bound


def _set_open_ends(reading: Reading) -> None:
    """Set what is to be said of units and of statements, and what of them nobody knows; definitions come first."""
    contract = reading.contract
    speaking = sorted(reading.speaking.values(), key=_definitions_first)
    broken_fields: set[str] = set()
    said: list[tuple[object, Diagnostic]] = []
    for bound in speaking:
        broken_fields |= bound.broken_fields
        for key, diagnostic in bound.diagnostics:
            # Several sentences where none may stand are one trouble of their block.
            block = ("norm_misplaced", id(bound.block)) if diagnostic.template == "norm_misplaced" else None
            said.append((block or key, diagnostic))
    if any(block.kind is None for block in contract.peek("blocks")):
        broken_fields.add("*")
    contract.set("unresolved", [each for bound in speaking for each in bound.unresolved])
    contract.set_broken_fields(frozenset(broken_fields))
    told = [reading.told[start] for start in sorted(reading.told)]
    early = [each for read in told for each in read.early]
    later = [each for read in told for each in read.diagnostics]
    merged = [*_merged([*early, *later]), *_merged(said)]
    reading.binder.contract = contract  # the last statement was bound apart from it
    contract.findings = reading.binder.findings(merged) if merged else []


def _definitions_first(bound: Bound) -> tuple[bool, int]:
    statement = bound.statement
    defines = isinstance(statement, Header) and statement.terminal == "DEFINE"
    return not defines, _start(statement)


class _Assembly:
    def __init__(self, reading: Reading, headers: list[Bound], changed: set[str]) -> None:
        self._reading = reading
        self._contract = reading.contract
        self._reads: list[Read] = [unit.read for unit in reading.padded.units]
        self._headers = headers
        self._changed = changed
        self._blocks: list[TrackedBlock] = []
        self._registered: dict[str, list[TrackedBlock]] = {name: [] for name in _LISTS.values()}
        self._agreements: list[TrackedBlock] = []
        self._norms: list[c.Norm] = []
        self._facts: dict[str, list[c.Fact]] = {}

    def put_together(self) -> None:
        self._reading.speaking.clear()
        _note_speaking(self._reading, self._headers)
        self._statements()
        contract = self._contract
        contract.set(
            "definitions", [each.definition for each in self._headers if each.definition is not None]
        )
        contract.set("blocks", self._blocks)
        contract.set("agreement", self._agreements[0] if self._agreements else None)
        for name, blocks in self._registered.items():
            contract.set(name, blocks)
        contract.set("norms", self._norms)
        contract.set_facts(self._facts)
        self._set_pragmas()
        _set_open_ends(self._reading)

    # --- statements ------------------------------------------------------------------------

    def _statements(self) -> None:
        block: TrackedBlock | None = None
        inside: list[Bound] = []
        for read in self._reads:
            for bound in read.bound:
                if not isinstance(bound.statement, Header):
                    inside.append(bound)
                elif bound.statement.terminal != "DEFINE":
                    self._fill(block, inside)
                    block, inside = self._opened(bound), []
        self._fill(block, inside)

    def _opened(self, bound: Bound) -> TrackedBlock:
        """The block of a header; it stays the same as long as the header does."""
        block = bound.block
        if block is None or not bound.is_bound:
            block = bound.block = TrackedBlock(self._reading.open_block(bound), self._contract.note)
        self._blocks.append(block)
        name = _LISTS.get(bound.statement.terminal)
        if name is not None:
            self._registered[name].append(block)
        else:
            self._agreements.append(block)
            if len(self._agreements) > 1:
                raise Inexact("several headers of an agreement")
        _note_speaking(self._reading, (bound,))
        return block

    def _fill(self, block: TrackedBlock | None, inside: list[Bound]) -> None:
        """Put the statements of a block into it."""
        if block is None:
            if inside:
                raise Inexact("statements before the first header")
            return
        facts: list[c.Fact] = []
        norms: list[c.Norm] = []
        lines: list[c.Paragraph] = []
        broken: list[Span] = []
        changed = self._changed
        for bound in inside:
            if bound.block is not block or (changed and not changed.isdisjoint(bound.asked)):
                self._reading.bind_statement(bound, block)
            facts += bound.facts
            norms += bound.norms
            lines += bound.paragraphs
            broken += bound.broken
        _note_speaking(self._reading, inside)
        self._norms += norms
        for fact in facts:
            self._facts.setdefault(fact.field, []).append(fact)
        _set_contents(self._contract, block, facts, norms, lines, broken)

    # --- comments and findings -------------------------------------------------------------

    def _set_pragmas(self) -> None:
        comments = [comment for read in self._reads for comment in read.comments]
        places: list[Span] = []
        if self._reading.has_pragma:
            self._reading.binder.start_anew()
            for read in self._reads:
                for bound in read.bound:
                    self._reading.binder.note_place(bound.statement, places)
        pragmas, is_template = read_pragmas(comments, places) if places else ([], False)
        self._contract.pragmas = pragmas
        self._contract.set("is_template", is_template)


def _merged(told: Iterable[tuple[object, Diagnostic]]) -> list[Diagnostic]:
    """What was said of single statements, with what is the same trouble put into one."""
    found: list[Diagnostic] = []
    known: dict[object, Diagnostic] = {}
    for key, said in told:
        first = known.get(key) if key is not None else None
        if first is not None:
            first.related += [said.span, *said.related]
            continue
        # A copy, because places are added to it.
        copy = Diagnostic(said.code, said.template, said.values, said.span, list(said.related))
        found.append(copy)
        if key is not None:
            known[key] = copy
    return found
