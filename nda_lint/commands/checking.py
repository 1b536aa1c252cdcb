"""Checking one contract as a run asks for it: what comes of it is plain data, whichever process did it."""

from __future__ import annotations

import gc
import os

from nda_lint.commands.files import (
    baseline_at,
    baseline_path,
    encoded,
    houses_of,
    name_of,
    overwrite,
)
from nda_lint.commands.outcome import Outcome
from nda_lint.discover import STDIN, STDIN_FILENAME, read
from nda_lint.linter import Report, lint, source_of
from nda_lint.problem import Problem, failing_alone
from nda_lint.render import renderer
from nda_lint.render.summary import tally
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

    from nda_lint.baseline import Baseline
    from nda_lint.finding import Language
    from nda_lint.fix import Fixed
    from nda_lint.source import Source

#: Cyclic garbage is collected when this many bytes have been checked, not while a contract is read.
_COLLECT_AFTER = 1 << 15
#: What Windows takes, and more than is of use.
_MOST_PROCESSES = 61


class Checker:
    """Checks one file after the other by the same options. Raises :class:`Problem` for what is wrong with these, or
    with the configuration of the folder where the command runs."""

    def __init__(
        self, values: Mapping[str, Any], language: Language | None, colour: bool, seen: bool = False
    ) -> None:
        self._values = values
        self._language = language
        self._colour = colour
        self._seen = seen
        self._renderer = renderer(values["output_format"], colour=colour)
        self._houses = houses_of(values)
        here = self._houses.of(os.path.join(os.curdir, STDIN_FILENAME))
        here.settings(values, language, STDIN_FILENAME)
        self._baselines: dict[str, Baseline] = {}
        self._bytes_since_collection = 0
        self._has_collected = False
        self._has_checked = False

    def outcome(self, file: str, stdin: BinaryIO) -> Outcome:
        """Check one file; what goes wrong with it is part of what comes of it."""
        self._collect()
        try:
            return self._outcome(file, stdin)
        except Problem as problem:
            failed = Outcome()
            failed.problem = problem
            return failed

    def _collect(self) -> None:
        """Free what the contracts have left behind, in cycles that only the collector finds."""
        if self._has_checked and (not self._has_collected or self._bytes_since_collection > _COLLECT_AFTER):
            gc.collect()
            if not self._has_collected:
                gc.freeze()  # what is left now (tables, rules) stays to the end: never walk over it again
            self._has_collected = True
            self._bytes_since_collection = 0
        self._has_checked = True

    def _outcome(self, file: str, stdin: BinaryIO) -> Outcome:
        name = name_of(file, self._values)
        with failing_alone(name):
            data = read(file, stdin)
            self._bytes_since_collection += len(data)
            house = self._houses.of(name)
            settings = house.settings(self._values, self._language, name)
            baseline = self._baseline(name)
            with using(house.tables):
                is_mending = self._values["fix"] or self._values["diff"]
                source = source_of(data, name, settings)
                if not is_mending:
                    data = b""  # nobody asks for them again
                report = source if isinstance(source, Report) else lint(source, settings)
                report, matched = _sifted(report, baseline)
                if not is_mending:
                    return self._told(report, matched)
                return self._mended(
                    file, data, report, lambda source: _sifted(lint(source, settings), baseline)[0]
                )

    def _baseline(self, name: str) -> Baseline | None:
        """The baseline of a contract, each read once; none where one is being written."""
        path = baseline_path(self._values, self._houses.configurations, name)
        if path is None or self._values["write_baseline"]:
            return None
        if path not in self._baselines:
            self._baselines[path] = baseline_at(path)
        return self._baselines[path]

    def _told(self, report: Report, matched: Any) -> Outcome:
        whole = report.contract is not None and not report.contract.findings
        outcome = Outcome(self._renderer.piece(report), tally(report), matched, whole=whole)
        if self._values["write_baseline"]:
            from nda_lint.identity import identities

            outcome.noted = [(finding.name, *identity) for finding, identity in identities(report)]
        return outcome

    # --- fixes -----------------------------------------------------------------------------

    def _mended(self, file: str, data: bytes, report: Report, check: Callable[[Source], Report]) -> Outcome:
        from nda_lint.fix import fixed

        before = report.source.text
        done = fixed(report, check, unsafe=self._values["unsafe_fixes"])
        outcome = self._told(done.report, ())
        outcome.mended = len(done.mended)
        outcome.refused = len(done.refused)
        outcome.tally = tally(done.report, done.refused)
        if self._values["diff"]:
            outcome.difference = self._difference(before, done)
        elif file == STDIN:
            outcome.text = encoded(done.report.source.text, data) if done.mended else data
        elif done.mended:
            overwrite(file, data, encoded(done.report.source.text, data), "修正")
        return outcome

    def _difference(self, before: str, done: Fixed) -> str:
        if not done.mended:
            return ""
        from nda_lint.render.difference import difference

        after = done.report.source
        return difference(before, after.text, after.filename, self._colour, seen=self._seen)


def _sifted(report: Report, baseline: Baseline | None) -> tuple[Report, Any]:
    """A report without what the baseline has."""
    if baseline is None:
        return report, ()
    new, matched = baseline.sift(report)
    report.findings[:] = new
    return report, matched


# --- several processes -----------------------------------------------------------------------


def outcomes(files: Sequence[str], jobs: int, stdin: BinaryIO, *arguments: Any) -> Iterator[Outcome]:
    """What comes of each file, in their order; with several `jobs` in as many processes. `arguments` are those of
    :class:`Checker`, and what is wrong with them is raised at once."""
    checker = Checker(*arguments)
    jobs = min(jobs, len(files), _MOST_PROCESSES)  # all are started at once
    if jobs < 2 or STDIN in files:
        return (checker.outcome(file, stdin) for file in files)
    return _in_processes(files, jobs, arguments)


def _in_processes(files: Sequence[str], jobs: int, arguments: Sequence[Any]) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    # A fork has the tables at once; where there is none, each process loads them.
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    size = max(1, min(4, len(files) // (jobs * 4)))
    with ProcessPoolExecutor(jobs, get_context(method), _begin, tuple(arguments)) as pool:
        try:
            yield from pool.map(_work, files, chunksize=size)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_of_this_process: list[Checker] = []


def _begin(*arguments: Any) -> None:
    """Make ready a process that checks files; a keyboard interrupt is for the one that started it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _of_this_process.append(Checker(*arguments))


def _work(file: str) -> Outcome:
    with open(os.devnull, "rb") as nothing:
        return _of_this_process[0].outcome(file, nothing)
