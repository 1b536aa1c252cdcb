"""Carrying out fixes: until none is left, never two at one place, and never so that a contract reads otherwise than
it did, save where the fix is.

A fix is carried out only if afterwards its finding is gone, everything can still be read, and all statements that it
does not touch say what they said. One that fails this is refused, and the others are carried out without it.
"""

from __future__ import annotations

from itertools import pairwise

from nda_lint.facts import data
from nda_lint.finding import Edit
from nda_lint.source import Source, line_end, with_line_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Fix
    from nda_lint.linter import Report
    from nda_lint.source import Span

#: Fixes may call for others, but not without end.
_MOST_ROUNDS = 100


class Fixed:
    """What became of a contract: the `report` on its text now, the findings that were mended, and those whose fix
    was refused."""

    __slots__ = ("mended", "refused", "report")

    def __init__(self, report: Report, mended: list[Finding], refused: list[Finding]) -> None:
        self.report = report
        self.mended = mended
        self.refused = refused


def fixed(report: Report, check: Callable[[Source], Report], *, unsafe: bool) -> Fixed:
    """Carry out the safe fixes of a report, and the others too if they are wanted; `check` makes a report on a
    text. A contract that cannot be read throughout is left as it is."""
    mended: list[Finding] = []
    refused: dict[Any, Finding] = {}
    seen = {report.source.text}
    for _ in range(_MOST_ROUNDS):
        wanted = [
            finding
            for finding in report.findings
            if finding.fix is not None
            and (unsafe or finding.fix.applicability == "safe")
            and _key(finding, report) not in refused
        ]
        if not wanted or report.contract is None or report.contract.findings:
            break
        chosen = _apart(wanted)
        after = _tried(report, chosen, check)
        while after is None and len(chosen) > 1:  # one of them is to blame: look for it among half of them
            chosen = chosen[: len(chosen) // 2]
            after = _tried(report, chosen, check)
        if after is None:
            refused[_key(chosen[0], report)] = chosen[0]
            continue
        if after.source.text in seen:  # two fixes that undo each other
            break
        seen.add(after.source.text)
        mended += chosen
        report = after
    return Fixed(report, mended, list(refused.values()))


def applied(source: Source, fixes: Iterable[Fix]) -> Source:
    """The text with the edits of fixes that do not overlap; line ends are those of the text."""
    return Source(_edited(source.text, _edits(fixes)), source.filename)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    end = line_end(text)
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += [text[position : edit.span[0]], with_line_end(edit.text, end)]
        position = edit.span[1]
    return "".join([*parts, text[position:]])


def _edits(fixes: Iterable[Fix]) -> list[Edit]:
    return sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span)


def _key(finding: Finding, report: Report) -> Any:
    """Tells a fix from others, wherever its place has moved to."""
    fix = finding.fix
    texts = tuple(edit.text for edit in fix.edits) if fix is not None else ()
    return finding.code, finding.message, report.source.text[finding.span[0] : finding.span[1]], texts


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """The first findings whose fixes do not get in each other's way; at least one."""
    chosen: list[Finding] = []
    taken: list[Edit] = []
    for finding in findings:
        if finding.fix is None:
            continue
        edits = _edits([finding.fix])
        if not any(_collide(edit, other) for edit in edits for other in taken):
            chosen.append(finding)
            taken += edits
    return chosen


def _collide(one: Edit, other: Edit) -> bool:
    """Whether two edits change one place; what is put in collides with whatever ends or begins there."""
    start, end = max(one.span[0], other.span[0]), min(one.span[1], other.span[1])
    puts_in = one.span[0] == one.span[1] or other.span[0] == other.span[1]
    return start <= end if puts_in else start < end


def _tried(report: Report, findings: Sequence[Finding], check: Callable[[Source], Report]) -> Report | None:
    """The report after these fixes; None where they may not be carried out."""
    edits = _edits(finding.fix for finding in findings if finding.fix is not None)
    if any(_collide(one, other) for one, other in pairwise(edits)):
        return None
    text = _edited(report.source.text, edits)
    after = check(Source(text, report.source.filename))
    if report.contract is None or after.contract is None or after.contract.findings:
        return None
    codes = {finding.code for finding in findings}
    if any(_count(after, code) > _count(report, code) - _count(findings, code) for code in codes):
        return None
    moved = _moved(report.source.text, edits)
    before = _untouched(report.contract, [edit.span for edit in edits])
    return after if list(before) == list(_untouched(after.contract, moved)) else None


def _count(findings: Iterable[Finding], code: str) -> int:
    return sum(finding.code == code for finding in findings)


def _moved(text: str, edits: Sequence[Edit]) -> list[Span]:
    """Where what the edits write stands afterwards."""
    end, shift, spans = line_end(text), 0, []
    for edit in edits:
        length = len(with_line_end(edit.text, end))
        start = edit.span[0] + shift
        spans.append((start, start + length))
        shift += length - (edit.span[1] - edit.span[0])
    return spans


def _untouched(contract: Contract, spans: Sequence[Span]) -> Iterator[Any]:
    """What all statements say that none of `spans` touches, in their order; both are in the order of the text."""
    waiting = iter(spans)
    span = next(waiting, None)
    for place, said in sorted(_statements(contract), key=lambda statement: statement[0]):
        while span is not None and span[1] < place[0]:
            span = next(waiting, None)
        if span is None or place[1] < span[0]:
            yield said


def _statements(contract: Contract) -> Iterator[tuple[Span, Any]]:
    for definition in contract.definitions:
        yield definition.span, (definition.name, [data(value) for value in definition.meanings])
    for block in contract.blocks:
        where = (block.kind, block.name, block.label)
        yield block.span, (*where, block.title)
        for fact in block.facts:
            yield fact.span, (where, fact.key, fact.name, [data(value) for value in fact.values])
        for norm in block.norms:
            yield norm.span, (where, data(norm))
        for paragraph in block.paragraphs:
            yield paragraph.span, (where, paragraph.text)
