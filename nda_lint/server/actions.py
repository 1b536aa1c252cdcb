"""What can be done about findings: mend, ignore with a reason, explain.

Edits are made from the server's own text and its own findings, never from places that an editor sends back: those
may be of an older text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from nda_lint.finding import Edit
from nda_lint.pragmas import read_pragmas
from nda_lint.selection import UNAVOIDABLE
from nda_lint.server.rename import applied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nda_lint.finding import Finding
    from nda_lint.server.view import View
    from nda_lint.source import Span

EXPLAIN = "nda-lint.explain"
FIX_ALL = "source.fixAll"
QUICK_FIX = "quickfix"


class Action(NamedTuple):
    """Something to do: its title, of which kind it is, the finding it is about, and its edits; without edits, the
    command to explain."""

    title: str
    kind: str
    finding: Finding | None
    edits: tuple[Edit, ...]
    preferred: bool = False


def keys(findings: Sequence[Finding]) -> list[str]:
    """A key for each finding, by which it is found again: the same in a text that was changed elsewhere."""
    counted: dict[tuple[str, str], int] = {}
    found = []
    for finding in findings:
        same = (finding.code, finding.message)
        counted[same] = counted.get(same, 0) + 1
        found.append(f"{finding.code}/{counted[same]}/{finding.message}")
    return found


def actions(view: View, span: Span, asked: Collection[str], wanted: Collection[str]) -> Iterator[Action]:
    """What can be done about the findings in a span, or those whose key is among those `asked` for, in the kinds
    that are `wanted` (all of them if none is named)."""
    touched = {id(finding) for finding in view.findings_at(span)}
    meant = [
        finding
        for finding, key in zip(view.findings, keys(view.findings), strict=True)
        if id(finding) in touched and (key in asked or not asked)
    ]
    if _is_wanted(QUICK_FIX, wanted):
        for finding in meant:
            yield from _fix(view, finding)
        for finding in meant:
            yield from _ignore(view, finding)
        for finding in _first_of_each_rule(meant):
            title = view.pick(f"Explain {finding.code} {finding.name}", f"解释 {finding.code} {finding.name}")
            yield Action(title, QUICK_FIX, finding, ())
    if _is_wanted(FIX_ALL, wanted):
        edits = safe_edits(view.findings)
        if edits:
            title = view.pick("Make all safe fixes", "应用所有安全的修正")
            yield Action(title, f"{FIX_ALL}.nda-lint", None, edits)


def _is_wanted(kind: str, wanted: Collection[str]) -> bool:
    """Whether a kind, or one below it, is among those asked for."""
    full = f"{FIX_ALL}.nda-lint" if kind == FIX_ALL else kind
    return not wanted or any(full == each or full.startswith(f"{each}.") or not each for each in wanted)


def _first_of_each_rule(findings: Sequence[Finding]) -> list[Finding]:
    return list({finding.code: finding for finding in reversed(findings)}.values())[::-1]


def _fix(view: View, finding: Finding) -> Iterator[Action]:
    fix = view.fix_of(finding)
    if fix is None or not _is_possible(fix.edits, len(view.text)):
        return
    safe = fix.applicability == "safe"
    title = fix.message if safe else view.pick(f"{fix.message} (to be reviewed)", f"{fix.message}（须复核）")
    yield Action(title, QUICK_FIX, finding, fix.edits, preferred=safe)


def safe_edits(findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """The edits of all safe fixes; of those that touch each other only the first."""
    chosen: list[Edit] = []
    for finding in findings:
        fix = finding.fix
        if fix is not None and fix.applicability == "safe" and not _touch([*chosen, *fix.edits]):
            chosen += fix.edits
    return tuple(chosen)


def _is_possible(edits: Sequence[Edit], length: int) -> bool:
    return (
        bool(edits)
        and not _touch(edits)
        and all(0 <= edit.span[0] <= edit.span[1] <= length for edit in edits)
    )


def _touch(edits: Sequence[Edit]) -> bool:
    ordered = sorted(edit.span for edit in edits)
    return any(before[1] > after[0] or before == after for before, after in pairwise(ordered))


# --- ignoring ----------------------------------------------------------------------------


def _ignore(view: View, finding: Finding) -> Iterator[Action]:
    """A comment above the statement that silences the finding; the reason is to be filled in."""
    if finding.code in UNAVOIDABLE:
        return
    start, _ = view.line_of(_statement_start(view, finding.span[0]))
    indent = re.match(r"[ \t\u3000]*", view.text[start:])
    line_end = re.search(r"\r\n|\n|\r", view.text)
    reason = view.pick("reason", "理由")
    above = _ignored_above(view, start)
    if above is not None:
        edit = Edit((above, above), f", {finding.name}")
    else:
        comment = f"# nda-lint: ignore {finding.name} -- {reason}"
        edit = Edit(
            (start, start), f"{indent[0] if indent else ''}{comment}{line_end[0] if line_end else chr(10)}"
        )
    title = view.pick(f"Ignore {finding.name} here, with a reason", f"在此处忽略 {finding.name}，并注明理由")
    yield Action(title, QUICK_FIX, finding, (edit,))


def _statement_start(view: View, offset: int) -> int:
    statement = view.statement_at(offset)
    return int(statement.span[0]) if statement is not None else offset


def _ignored_above(view: View, start: int) -> int | None:
    """Where to add a word to the comment that stands in the line above and ignores something there already."""
    if start == 0:
        return None
    line = view.line_of(start - 1)
    comments = [
        each for each in view.document.comments if line[0] <= each.span[0] < line[1] and not each.trailing
    ]
    pragmas, _ = read_pragmas(comments, [])
    rules = next((each.rules for each in pragmas if each.kind == "ignore" and each.rules), None)
    return rules[-1][1][1] if rules else None


def outcome(view: View, action: Action) -> str:
    """The text with an action done."""
    return applied(view.text, list(action.edits))
