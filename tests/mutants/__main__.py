"""``make mutants``: every clean contract of the corpus × every operator.

Prints for each operator, and for each rule, how many mutants were found, missed, or found in a wrong place, how many say
nothing wrong after all, and the false alarms on the originals. The exit status is 1 where anything is missed, misplaced
or alarmed at.
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

_TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [_TESTS, os.path.dirname(_TESTS)]

from helpers import CORPUS, read  # noqa: E402
from mutants import facts, norms  # noqa: E402
from mutants.mutant import Mutant, Original  # noqa: E402

from nda_lint.linter import lint, profiles_named  # noqa: E402
from nda_lint.profiles import STANDARD  # noqa: E402
from nda_lint.rulebook import rulebook  # noqa: E402
from nda_lint.source import Source  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.linter import Report

OPERATORS = (*facts.OPERATORS, *norms.OPERATORS)
CLEAN = os.path.join(CORPUS, "clean")
#: Rules that say the same trouble in place of another, which then is silent: grades against roles, destroying what
#: must be kept, two arbitration institutions where a law says what becomes of them.
_IN_PLACE_OF = {"NDA302": ("NDA310",), "NDA303": ("NDA310",), "NDA304": ("NDA309",), "NDA316": ("CN704",)}
_OUTCOMES = ("found", "missed", "misplaced", "not defective", "unreadable")


@dataclass
class Tally:
    """What became of the mutants of one operator."""

    outcomes: Counter[str] = field(default_factory=Counter)
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    failures: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def originals() -> Iterator[Original]:
    """The clean contracts."""
    for name in sorted(os.listdir(CLEAN)):
        if name.endswith(".nda"):
            yield Original(name, read(CLEAN, name))


def outcome(mutant: Mutant, report: Report) -> str:
    """What became of one mutant."""
    if report.contract is None or report.contract.findings:
        return "unreadable"
    if not mutant.codes:
        return "not defective"
    wanted = {*mutant.codes, *(other for code in mutant.codes for other in in_place_of(code))}
    if not mutant.codes & rulebook().by_default(profiles_named(report.contract, STANDARD) or ("default",)):
        return "not defective"
    found = [finding for finding in report if finding.code in wanted]
    if not found:
        return "missed"
    lines = {line for start, end in mutant.places for line in _lines(mutant.text, start, end)}
    for finding in found:
        for span in (finding.span, *(related.span for related in finding.related)):
            if lines.intersection(_lines(mutant.text, *span)):
                return "found"
    return "misplaced"


def in_place_of(code: str) -> Iterator[str]:
    """The rules that say the trouble of another in its place: those that declare it, and those of facts."""
    yield from _IN_PLACE_OF.get(code, ())
    yield from (head["code"] for head in rulebook().heads if code in head["replaces"])


def _lines(text: str, start: int, end: int) -> range:
    return range(text.count("\n", 0, start), text.count("\n", 0, max(start, end - 1)) + 1)


def tally(operator: Any, original: Original, tallied: Tally) -> None:
    """Try one operator on one contract."""
    for number, mutant in enumerate(operator(original), 1):
        report = lint(Source(mutant.text, original.name))
        what = outcome(mutant, report)
        tallied.outcomes[what] += 1
        for code in mutant.codes:
            tallied.by_rule[code][what] += 1
        if what in ("missed", "misplaced"):
            changed = [
                line for line in mutant.text.splitlines() if line not in original.text.splitlines()
            ] or ["(lines are gone)"]
            said = ", ".join(sorted({finding.code for finding in report})) or "nothing"
            tallied.failures.append(
                f"{original.name} {operator.__name__} {number}: {what}; expected {' or '.join(sorted(mutant.codes))},"
                f" said {said}\n    " + "\n    ".join(line.strip() for line in changed[:4])
            )


def run(names: list[str]) -> int:
    """Try all, or the operators named; the exit status."""
    tallies = {one.__name__: Tally() for one in OPERATORS if not names or one.__name__ in names}
    alarms: list[str] = []
    for original in originals():
        report = lint(Source(original.text, original.name))
        alarms += [f"{original.name}: {finding.code} {finding.message}" for finding in report]
        for operator in OPERATORS:
            if operator.__name__ in tallies:
                tally(operator, original, tallies[operator.__name__])
    _show("operator", {name: one.outcomes for name, one in tallies.items()})
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for one in tallies.values():
        for code, counted in one.by_rule.items():
            rules[code].update(counted)
    _show("rule", {code: rules[code] for code in sorted(rules)})
    failures = [failure for one in tallies.values() for failure in one.failures]
    for line in (*failures, *(f"false alarm: {alarm}" for alarm in alarms)):
        print(line)
    total = Counter[str]()
    for one in tallies.values():
        total.update(one.outcomes)
    print(
        f"mutants: {total.total()}, defective: {total['found'] + total['missed'] + total['misplaced']}, "
        f"found: {total['found']}, missed: {total['missed']}, misplaced: {total['misplaced']}, "
        f"false alarms: {len(alarms)}"
    )
    return 1 if failures or alarms else 0


def _show(what: str, rows: dict[str, Counter[str]]) -> None:
    print(f"{what:<26}" + "".join(f"{name:>15}" for name in _OUTCOMES))
    for name, counted in rows.items():
        print(f"{name:<26}" + "".join(f"{counted[one]:>15}" for one in _OUTCOMES))
    print()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
