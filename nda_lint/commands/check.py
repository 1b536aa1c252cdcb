"""``nda-lint check``: the command that is meant where none is named."""

from __future__ import annotations

import gc
import os

from nda_lint.commands.files import houses_of, is_excluded, name_of, place_of, replace, same_file
from nda_lint.discover import STDIN, STDIN_FILENAME, contracts, read
from nda_lint.finding import SEVERITIES
from nda_lint.linter import lint_bytes
from nda_lint.options import COMMANDS
from nda_lint.problem import TRACEBACK, Problem, UsageError, did_you_mean, unexpected
from nda_lint.progress import Progress
from nda_lint.render import renderer
from nda_lint.render.summary import Summary
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.house import Houses
    from nda_lint.linter import Report
    from nda_lint.render import Renderer

#: Cyclic garbage is collected when this many bytes have been checked, not while a contract is read.
_COLLECT_AFTER = 1 << 15


def run(values: Mapping[str, Any], console: Console) -> int:
    """Check the contracts and show what was found."""
    houses = houses_of(values)
    # What is wrong with the options or the configuration here is said once and not for each file.
    here = houses.of(os.path.join(os.curdir, STDIN_FILENAME))
    here.settings(values, console.language, STDIN_FILENAME)
    paths = values["paths"] or (os.curdir,)
    if values["show_files"]:
        return _show_files(paths, values, houses, console)
    _refuse_misspelt_command(paths[0])
    files = [
        file
        for file in contracts(paths)
        if isinstance(file, Problem) or not is_excluded(file, values, houses)
    ]
    _spare_contracts(values["output"], files)
    checking = _Run(values, houses, console, Progress(len(files), console))
    for file in files:
        checking.check(file)
        if console.closed:
            break
    return checking.finish()


def _spare_contracts(output: str | None, files: list[str | Problem]) -> None:
    """Refuse to write the report over one of the contracts, before anything is checked."""
    for file in files if output is not None else ():
        if isinstance(file, str) and file != STDIN and same_file(file, str(output)):
            raise UsageError(
                f"{file}: the report would overwrite this contract", f"{file}：报告会覆盖这份合同"
            )


def _refuse_misspelt_command(word: str) -> None:
    """A first word that is no file was perhaps meant as a command."""
    if word.isalpha() and not os.path.lexists(word):
        english, chinese = did_you_mean(word, [command.name for command in COMMANDS])
        if english:
            raise UsageError(
                f"{word}: no such file or command{english}", f"{word}：没有这个文件或命令{chinese}"
            )


def _show_files(paths: tuple[str, ...], values: Mapping[str, Any], houses: Houses, console: Console) -> int:
    failed = False
    for file in contracts(paths):
        if isinstance(file, Problem):
            console.complain(file)
            failed = True
        elif not is_excluded(file, values, houses):
            console.show(f"{name_of(file, values)}\n")
    return 2 if failed else 0


class _Run:
    """One run over many files: what is written where, and what it comes to."""

    def __init__(
        self, values: Mapping[str, Any], houses: Houses, console: Console, progress: Progress
    ) -> None:
        self._values = values
        self._progress = progress
        self._houses = houses
        self._console = console
        self._output: str | None = values["output"]
        colour = console.colour() if self._output is None else values["color"] == "always"
        self._renderer: Renderer = renderer(values["output_format"], colour=colour)
        self._for_output: list[str] = []
        self._bytes_since_collection = 0
        self._has_collected = False
        self._summary = Summary()

    def check(self, file: str | Problem) -> None:
        """Check one file; what goes wrong with it does not stop the others."""
        try:
            report = self._report(file)
        except Problem as problem:
            self._summary.unchecked += 1
            self._progress.clear()
            self._console.complain(problem)
        else:
            self._add(report)
        self._collect()
        self._progress.step()

    def _collect(self) -> None:
        """Free what the contracts have left behind, in cycles that only the collector finds."""
        if not self._has_collected or self._bytes_since_collection > _COLLECT_AFTER:
            if self._progress.is_last():
                return
            gc.collect()
            if not self._has_collected:
                gc.freeze()  # what is left now (tables, rules) stays to the end: never walk over it again
            self._has_collected = True
            self._bytes_since_collection = 0

    def _report(self, file: str | Problem) -> Report:
        if isinstance(file, Problem):
            raise file
        data = read(file, self._console.stdin)
        self._bytes_since_collection += len(data)
        name = name_of(file, self._values)
        try:
            place = place_of(file, self._values)
            house = self._houses.of(place)
            settings = house.settings(self._values, self._console.language, place)
            with using(house.tables):
                return lint_bytes(data, name, settings)
        except Problem:
            raise
        except Exception as error:  # one file must not take the others down
            if os.environ.get(TRACEBACK):
                raise
            raise unexpected(error, name) from error

    def _add(self, report: Report) -> None:
        self._summary.add(report)
        if self._renderer.machine or not self._values["statistics"]:
            self._write(self._renderer.add(report))

    def _write(self, text: str) -> None:
        if not text:
            return
        self._progress.clear()
        if self._output is not None:
            self._for_output.append(text)
        elif self._renderer.machine:
            self._console.emit(text)
        else:
            self._console.show(text)

    def finish(self) -> int:
        """Write the rest and the summary; the exit code."""
        self._progress.clear()
        self._write(self._renderer.finish(self._summary))
        if self._output is not None:
            replace(self._output, "".join(self._for_output).encode("utf-8", "backslashreplace"))
        for line in self._closing():
            if self._renderer.machine or self._output is not None:
                self._console.note(line)
            else:
                self._console.show(f"{line}\n")
        return 2 if self._summary.unchecked else self._verdict()

    def _closing(self) -> list[str]:
        lines = self._summary.statistics() if self._values["statistics"] else []
        if self._summary.files:
            lines.append(self._summary.sentence(self._summary.language(self._console.language)))
        return lines

    def _verdict(self) -> int:
        """0 or 1, by the failing severity and the number of warnings that are let pass."""
        counts = self._summary.counts
        least = self._values["fail_severity"]
        failing = SEVERITIES[SEVERITIES.index(least) :] if least in SEVERITIES else ()
        let_pass = self._values["max_warnings"]
        too_many = let_pass is not None and counts["warning"] > let_pass
        found = any(counts[severity] for severity in failing if severity != "warning" or let_pass is None)
        return int((found or too_many) and not self._values["exit_zero"])
