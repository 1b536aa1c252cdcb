"""Checking again what has changed: a check whose part of the contract is the same has the same findings.

Which part that is, the contract notes while the check runs (:mod:`nda_lint.server.tracked`). What comes out is what
:func:`nda_lint.linter.lint` finds; where that cannot be sure, the whole is checked anew.
"""

from __future__ import annotations

from functools import partial

from nda_lint.contract import Block, Contract
from nda_lint.finding import Edit, Finding, Fix, Related
from nda_lint.linter import ANALYSES, Prepared, finished, lint
from nda_lint.rulebook import rulebook
from nda_lint.rulebook.book import Run
from nda_lint.server.padded import NoRoom
from nda_lint.server.reading import Reading
from nda_lint.server.statements import Inexact
from nda_lint.source import Source
from nda_lint.tables import tables
from nda_lint.values import Definition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from nda_lint.linter import Settings
    from nda_lint.server.padded import Padded
    from nda_lint.server.tracked import TrackedContract


#: So many times a text that its parts do not make up is checked as a whole before its parts are tried again.
_RESTS = 8


class Engine:
    """Checks the text of one document again and again, under one set of settings and tables."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reading: Reading | None = None
        self._known = _Known()
        self._rests = 0

    def check(self, source: Source) -> list[Finding]:
        """What is found in a text now."""
        found = self._again(source.text) if self._reading is not None else None
        if found is None:
            found = self._anew(source.text)
        return lint(source, self._settings).findings if found is None else found

    def outline(self, source: Source) -> Contract | None:
        """A contract with the blocks and the definitions of the text that was checked last, and nothing in them; None
        where that was checked as a whole."""
        reading = self._reading
        if reading is None or reading.padded.real != source.text:
            return None
        contract = Contract(source, reading.contract.language)
        contract.blocks = [_placed(block, Block, reading.padded) for block in reading.contract.blocks]
        contract.definitions = [
            _placed(definition, Definition, reading.padded) for definition in reading.contract.definitions
        ]
        return contract

    def _again(self, text: str) -> list[Finding] | None:
        """What is found where only what has changed is read; None where that is not enough."""
        reading, self._reading = self._reading, None
        try:
            if reading is None:
                return None
            reading.change(text)
            found = self._found(reading)
        except (NoRoom, Inexact):
            return None
        self._reading = reading
        return found

    def _anew(self, text: str) -> list[Finding] | None:
        """What is found where all is read; None where the parts do not make up the whole."""
        if self._rests:
            self._rests -= 1
            return None
        self._known = _Known()
        try:
            reading = Reading(text, self._settings.language)
            found = self._found(reading)
        except (NoRoom, Inexact):
            self._rests = _RESTS
            return None
        self._reading = reading
        return found

    def _found(self, reading: Reading) -> list[Finding]:
        contract, known = reading.contract, self._known
        ready = Prepared(contract, self._settings)
        known.begin(contract, ready)
        found = known.completed(finding for finding in contract.findings if finding.code in ready.checked)
        found += known.rules()
        for analysis in ANALYSES:
            found += known.analysis(analysis)
        contract.changed.clear()
        left = finished(found, contract, reading.source, ready, self._settings)
        return [_moved(finding, reading.padded) for finding in left]


class _Known:
    """What checks have found, each with what they have read."""

    def __init__(self) -> None:
        self._of: object = None
        #: what there is in the contract, and what is expected of it
        self._asked_for: object = None
        self._chosen: list[Mapping[str, Any]] = []
        self._replacing: list[Mapping[str, Any]] = []
        self._rules: dict[str, tuple[frozenset[object], list[Finding]]] = {}
        self._applying: dict[str, tuple[frozenset[object], bool]] = {}
        self._packs: dict[int, tuple[frozenset[object], bool]] = {}
        self._analyses: dict[Any, tuple[frozenset[object], list[Finding]]] = {}
        self._replaced: set[str] = set()
        self._contract: TrackedContract
        self._ready: Prepared
        self._run: Run

    def begin(self, contract: TrackedContract, ready: Prepared) -> None:
        """Begin a check. What is true of the contract as a whole and has changed makes all the rest void."""
        self._contract, self._ready = contract, ready
        contract.memo.begin(contract.changed)
        self._run = run = Run(rulebook(), contract, ready.language, ready.profiles, ready.as_of, ready.asked)
        if self._asked_for != (run.present, ready.profiles):
            self._asked_for = (run.present, ready.profiles)
            self._packs.clear()
            self._applying.clear()
            self._chosen = run.chosen(ready.checked)
            self._replacing = run.replacing(ready.checked)
            codes = {head["code"] for head in self._chosen}
            # A rule that is passed over does not see what changes meanwhile.
            self._rules = {code: kept for code, kept in self._rules.items() if code in codes}
        for index in range(len(rulebook().packs)):
            self._packs[index] = self._kept(self._packs.get(index), partial(run.pack_applies, index))
            run.packs[index] = self._packs[index][1]
        text = contract.source.text
        # What fixes insert has the same ends of lines, and stands apart from what is there.
        layout = ("\r\n" in text, text.endswith(("\n", "\r")), not text or text.isspace())
        packs = tuple(applies for _, applies in self._packs.values())
        state = (ready.language, ready.profiles, run.as_of, layout, packs)
        if state != self._of:
            if self._of is not None:
                contract.memo.forget()
            self._of = state
            self._rules.clear()
            self._applying.clear()
            self._analyses.clear()
        self._replaced.clear()
        for head in self._replacing:
            code = head["code"]
            self._applying[code] = self._kept(self._applying.get(code), partial(run.applies, head))
            if self._applying[code][1]:
                self._replaced.update(head["replaces"])

    def _kept(self, known: Any, find: Callable[[], Any]) -> Any:
        """What was found the last time if nothing of what was read has changed; else what is found now."""
        contract = self._contract
        if known is not None and known[0].isdisjoint(contract.changed):
            return known
        contract.note.clear()
        found = find()
        return frozenset(contract.note), found

    def completed(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings of the reader and of analyses with what their rules declare, without those of rules for which
        another one stands in."""
        return [self._run.completed(each) for each in findings if each.code not in self._replaced]

    def rules(self) -> list[Finding]:
        """What the rules find."""
        found: list[Finding] = []
        changed = self._contract.changed
        for head in self._chosen:
            code = head["code"]
            if code in self._replaced:
                self._rules.pop(code, None)
                continue
            known = self._rules.get(code)
            if known is None or not known[0].isdisjoint(changed):
                known = self._rules[code] = self._kept(None, partial(self._run.all_of, head))
            found += known[1]
        return found

    def analysis(self, analysis: Any) -> list[Finding]:
        """What one of the analyses finds."""

        def find() -> list[Finding]:
            ready = self._ready
            found = analysis(self._contract, ready.language, tables())
            # Copies, because what is found is remembered, and what completes it may become other words.
            return [self._run.completed(_copied(each)) for each in found if each.code in ready.checked]

        kept = self._analyses[analysis] = self._kept(self._analyses.get(analysis), find)
        return [finding for finding in kept[1] if finding.code not in self._replaced]


def _placed(thing: Any, sort: Any, padded: Padded) -> Any:
    """A header with its names, and its place in the text as the editor has it."""
    return sort(
        **{name: getattr(thing, name, None) for name in ("kind", "name", "label") if name in sort.__slots__},
        span=padded.span(thing.span),
    )


def _copied(finding: Finding) -> Finding:
    """The same finding once more."""
    copy = Finding.__new__(Finding)
    for slot in Finding.__slots__:
        setattr(copy, slot, getattr(finding, slot))
    return copy


def _moved(finding: Finding, padded: Padded) -> Finding:
    """A finding with its places in the text as the editor has it."""
    moved, fix = _copied(finding), finding.fix
    moved.span = padded.span(finding.span)
    moved.related = tuple(Related(each.message, padded.span(each.span)) for each in finding.related)
    if fix is not None:
        edits = tuple(Edit(padded.span(edit.span), edit.text) for edit in fix.edits)
        moved.fix = Fix(fix.applicability, fix.message, edits)
    return moved
