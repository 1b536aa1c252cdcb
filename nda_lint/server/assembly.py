"""What the units of a text say together: the contract, of which only what has changed is set anew."""

from __future__ import annotations

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
    from nda_lint.source import Span
    from nda_lint.syntax import Comment

_LISTS = {"PARTY": "parties", "ANNEX": "annexes", "CLAUSE": "clauses"}


def put_together(reading: Reading, headers: list[Bound], comments: list[Comment], changed: set[str]) -> None:
    """Set the contract of `reading` to what its units say now. `headers` are those that define something,
    `changed` the names that mean something else than before."""
    _Assembly(reading, headers, changed).put_together(comments)


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
        self._unresolved: list[c.Unresolved] = []
        self._broken_fields: set[str] = set()
        self._said: list[tuple[object, Diagnostic]] = []

    def put_together(self, comments: list[Comment]) -> None:
        for bound in self._headers:
            self._take(bound)
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
        contract.set("unresolved", self._unresolved)
        contract.set_broken_fields(frozenset(self._broken_fields))
        self._set_pragmas(comments)
        contract.findings = self._findings()

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
        self._take(bound)
        if block.kind is None:
            self._broken_fields.add("*")
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
            if bound.unresolved or bound.broken_fields or bound.diagnostics:
                self._take(bound)
        self._norms += norms
        for fact in facts:
            self._facts.setdefault(fact.field, []).append(fact)
        self._set_contents(block, facts, norms, lines, broken)

    def _set_contents(
        self,
        block: TrackedBlock,
        facts: list[c.Fact],
        norms: list[c.Norm],
        lines: list[c.Paragraph],
        broken: list[Span],
    ) -> None:
        contract = self._contract
        before = len(contract.changed)
        contract.set_in_block(block, "facts", facts)
        contract.set_in_block(block, "norms", norms)
        contract.set_in_block(block, "broken", broken)
        if lines != block.lines or (lines and len(contract.changed) > before):
            block.lines = lines
            plain = c.Block()
            plain.facts, plain.norms, plain.broken, plain.paragraphs = facts, norms, broken, lines
            join_paragraphs(plain)
            old = getattr(c.Block, "paragraphs").__get__(block)  # noqa: B009 - without a note
            known = {(each.text, each.spans): each for each in old}
            contract.set_in_block(
                block, "paragraphs", [known.get((each.text, each.spans), each) for each in plain.paragraphs]
            )

    def _take(self, bound: Bound) -> None:
        """Take up what is to be said of a statement, and what of it nobody knows."""
        self._unresolved += bound.unresolved
        self._broken_fields |= bound.broken_fields
        for key, diagnostic in bound.diagnostics:
            # Several sentences where none may stand are one trouble of their block.
            block = ("norm_misplaced", id(bound.block)) if diagnostic.template == "norm_misplaced" else None
            self._said.append((block or key, diagnostic))

    # --- comments and findings -------------------------------------------------------------

    def _set_pragmas(self, comments: list[Comment]) -> None:
        places: list[Span] = []
        if any(read.has_pragma for read in self._reads):
            self._reading.binder.start_anew()
            for read in self._reads:
                for bound in read.bound:
                    self._reading.binder.note_place(bound.statement, places)
        pragmas, is_template = read_pragmas(comments, places) if places else ([], False)
        self._contract.pragmas = pragmas
        self._contract.set("is_template", is_template)

    def _findings(self) -> Any:
        early = [each for read in self._reads if read.early for each in read.early]
        later = [each for read in self._reads if read.diagnostics for each in read.diagnostics]
        said = [*_merged([*early, *later]), *_merged(self._said)]
        if not said:
            return []
        self._reading.binder.contract = self._contract  # the last statement was bound apart from it
        return self._reading.binder.findings(said)


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
