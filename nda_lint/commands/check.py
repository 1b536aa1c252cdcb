"""``nda-lint check``: the command that is meant where none is named."""

from __future__ import annotations

import os

from nda_lint.commands.files import (
    baseline_path,
    is_excluded,
    name_of,
    note_nothing_left,
    overwriting,
    replace,
    same_file,
)
from nda_lint.config import Configurations
from nda_lint.discover import STDIN, contracts, read
from nda_lint.options import COMMANDS, ON_RULES
from nda_lint.problem import Problem, UsageError, did_you_mean
from nda_lint.progress import Progress
from nda_lint.render import FOR_PEOPLE, renderer
from nda_lint.render.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.cache import Results
    from nda_lint.commands.known import Known
    from nda_lint.commands.outcome import Outcome
    from nda_lint.console import Console
    from nda_lint.render import Renderer

#: With so many files for each of them, several processes are worth their start.
_FILES_A_PROCESS = 100
#: Formats of which so much goes with each file that it is not kept.
_NOT_KEPT = ("sarif", "html")


def run(values: Mapping[str, Any], console: Console) -> int:
    """Check the contracts and show what was found."""
    _refuse_what_has_no_sense(values)
    configurations = Configurations(values["isolated"])
    paths = values["paths"] or (os.curdir,)
    if values["show_settings"]:
        from nda_lint.commands.settings import show

        return show(paths[0], values, console)
    if values["show_files"]:
        return _show_files(paths, values, configurations, console)
    _refuse_misspelt_command(paths[0])
    files = list(_wanted(paths, values, configurations))
    if not files:  # silence would look as if they were in order
        note_nothing_left(console)
    _spare_contracts(values["output"], files)
    checking = _Run(values, console, configurations, files)
    if values["fix"] and not values["diff"] and STDIN in paths and STDIN not in files:
        checking.give(read(STDIN, console.stdin))  # left out, but whoever pipes a text through gets it back
    if not checking.replay(files):
        for file, outcome in checking.outcomes(files):
            checking.add(file, outcome)
            if console.closed:
                break
    return checking.finish()


def _wanted(
    paths: tuple[str, ...], values: Mapping[str, Any], configurations: Configurations
) -> Iterator[str | Problem]:
    """The files that the paths mean, without those that are left out, and what went wrong on the way to them."""
    excluding: dict[str, bool] = {}  # by folder, of which there are fewer than files
    for file in contracts(paths):
        if not isinstance(file, Problem) and file != STDIN:
            folder = os.path.dirname(file)
            if folder not in excluding:
                excluding[folder] = bool(configurations.of(file).words("exclude"))
            if not excluding[folder]:
                yield file
                continue
        if isinstance(file, Problem) or not is_excluded(file, values, configurations):
            yield file


def _spare_contracts(output: str | None, files: list[str | Problem]) -> None:
    """Refuse to write the report over one of the contracts, before anything is checked."""
    for file in files if output is not None else ():
        if isinstance(file, str) and file != STDIN and same_file(file, str(output)):
            raise overwriting(file)


def _refuse_what_has_no_sense(values: Mapping[str, Any]) -> None:
    if values["write_baseline"] and values["output"] is not None:
        raise UsageError(
            "--write-baseline makes no report that --output could write; --baseline says where it is written",
            "--write-baseline 不产生报告，--output 无可写入；基线的位置以 --baseline 指定",
        )


def _refuse_misspelt_command(word: str) -> None:
    """A first word that is no file was perhaps meant as a command."""
    if word.isalpha() and not os.path.lexists(word):
        english, chinese = did_you_mean(word, [command.name for command in COMMANDS])
        if english:
            raise UsageError(
                f"{word}: no such file or command{english}", f"{word}：没有这个文件或命令{chinese}"
            )


def _show_files(
    paths: tuple[str, ...], values: Mapping[str, Any], configurations: Configurations, console: Console
) -> int:
    failed = False
    for file in _wanted(paths, values, configurations):
        if isinstance(file, Problem):
            console.complain(file)
            failed = True
        else:
            _show_name(name_of(file, values), console)
    return 2 if failed else 0


def _show_name(name: str, console: Console) -> None:
    """A name as other programs take it, or where somebody sees it, as it can do no harm."""
    if console.columns() is None:
        console.emit_bytes(os.fsencode(name) + b"\n")
    else:
        from nda_lint.render.text import visible

        console.show(f"{visible(name)}\n")


def _processors() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Run:
    """One run over many files: what is checked anew, what is written where, and what it comes to."""

    def __init__(
        self,
        values: Mapping[str, Any],
        console: Console,
        configurations: Configurations,
        files: list[str | Problem],
    ) -> None:
        self._values = values
        self._progress = Progress(len(files), console)
        self._configurations = configurations
        self._console = console
        self._output: str | None = values["output"]
        self._colour = console.colour() if self._output is None else values["color"] == "always"
        self._is_for_machines = values["output_format"] not in FOR_PEOPLE
        self._is_fixing = values["fix"] or values["diff"]
        self._summary = Summary(values["fail_severity"], values["max_warnings"], values["exit_zero"])
        #: by folder, what becomes of the baseline for the contracts in it
        self._known = self._known_findings(files)
        self._text_on_output = False
        self._states: dict[str, str] = {}
        self._results: Results | None = None
        self._renderer_made: Renderer | None = None
        self._written: list[str] = []
        self._bytes_written = 0
        self._is_replayed = False

    def _renderer(self) -> Renderer:
        """What shows the reports; a run that shows what an earlier one has written needs none."""
        if self._renderer_made is None:
            self._renderer_made = renderer(self._values["output_format"], colour=self._colour)
        return self._renderer_made

    def _known_findings(self, files: list[str | Problem]) -> dict[str, Known]:
        names = {os.path.dirname(file): file for file in files if isinstance(file, str) and file != STDIN}
        if STDIN in files:
            names[STDIN] = name_of(STDIN, self._values)
        paths = {
            folder: path
            for folder, name in names.items()
            if (path := baseline_path(self._values, self._configurations, name)) is not None
        }
        if not paths:
            return {}
        from nda_lint.commands.known import Known

        known: dict[str, Known] = {}
        for path in paths.values():
            if os.path.abspath(path) not in known:
                known[os.path.abspath(path)] = Known(path, self._values)
        return {folder: known[os.path.abspath(path)] for folder, path in paths.items()}

    def _baselines(self) -> list[Known]:
        """Each baseline once."""
        return list(dict.fromkeys(self._known.values()))

    # --- what is checked anew, and what is known ---------------------------------------------

    def replay(self, files: list[str | Problem]) -> bool:
        """Write again what a run over just these files has written, where nothing has changed since."""
        self._results = self._kept(files)
        if self._results is None:
            return False
        self._results.stamp((file, self._state(file)) for file in files if isinstance(file, str))
        kept = None if any(isinstance(file, Problem) for file in files) else self._results.run()
        if kept is None:
            return False
        self._summary.restore(kept[0])
        if self._output is None and self._is_for_machines:
            self._console.emit_bytes(kept[1])
        else:
            self._write(kept[1].decode())
        self._is_replayed = True
        return True

    def outcomes(self, files: list[str | Problem]) -> Iterator[tuple[str, Outcome | Problem]]:
        """What comes of each file, in order."""
        kept = self._results
        known = {file: kept.get(file) if kept else None for file in files if isinstance(file, str)}
        fresh = self._checked([file for file, result in known.items() if result is None])
        for file in files:
            if isinstance(file, Problem):
                yield "", file
            elif (result := known[file]) is not None:
                yield file, self._as_outcome(result)
            else:
                outcome = next(fresh)
                self._keep(file, outcome)
                yield file, outcome

    def _kept(self, files: list[str | Problem]) -> Results | None:
        """The results of earlier runs, where several files are checked and nothing is written but the report."""
        values = self._values
        unfit = values["no_cache"] or self._is_fixing or values["write_baseline"]
        if unfit or len(files) < 2 or STDIN in files or values["output_format"] in _NOT_KEPT:
            return None
        from time import strftime

        from nda_lint.cache import Results

        here = os.path.abspath(os.curdir)
        options = {name: values[name] for name in (*ON_RULES, "output_format", "isolated")}
        options["as_of"] = options["as_of"] or strftime("%Y-%m-%d")
        options |= {
            "language": self._console.language,
            "colour": self._colour,
            "here": here,
            "baselines": [(folder, known.path, known.text) for folder, known in self._known.items()],
        }
        others = [values[name] for name in ("fail_severity", "max_warnings", "exit_zero", "statistics")]
        return Results(self._configurations.of_folder(here).folder or here, options, others)

    def _state(self, file: str) -> str:
        """The state of the configuration of a file."""
        folder = os.path.dirname(file)
        known = self._states.get(folder)
        if known is None:
            from nda_lint.cache import state_of

            known = self._states[folder] = state_of(self._configurations.of(file))
        return known

    def _as_outcome(self, result: Any) -> Outcome:
        from nda_lint.commands.outcome import Outcome

        piece, tally, matched, whole = result
        return Outcome(piece, tally, matched, whole=whole)

    def _keep(self, file: str, outcome: Outcome) -> None:
        if self._results and outcome.problem is None:
            self._results.put(file, (outcome.piece, outcome.tally, outcome.matched, outcome.whole))

    def _keep_all(self) -> None:
        if self._results is None or self._is_replayed or self._console.closed:
            return
        self._results.save()
        pruned = any(known.has_changed for known in self._baselines())
        if self._is_to_be_kept() and not (self._summary.unchecked or pruned):
            self._results.put_run(
                self._summary.state(), "".join(self._written).encode("utf-8", "backslashreplace")
            )

    def _is_to_be_kept(self) -> bool:
        """Whether what was written is little enough to be kept."""
        from nda_lint.cache import MOST_BYTES

        return self._bytes_written <= MOST_BYTES

    def _checked(self, files: list[str]) -> Iterator[Outcome]:
        if not files and self._results and self._results.known:
            return iter(())
        from nda_lint.commands.checking import outcomes

        jobs = self._values["jobs"] or min(_processors(), len(files) // _FILES_A_PROCESS)
        return outcomes(
            files,
            jobs,
            self._console.stdin,
            self._values,
            self._console.language,
            self._colour,
            self._output is None and self._console.columns() is not None,
        )

    # --- what is made of it --------------------------------------------------------------------

    def add(self, file: str, outcome: Outcome | Problem) -> None:
        """Show what came of one file."""
        problem = outcome if isinstance(outcome, Problem) else outcome.problem
        if problem is not None:
            self._summary.problems.append(problem)
            self._progress.clear()
            self._console.complain(problem)
        elif not isinstance(outcome, Problem):
            self._count(file, outcome)
            if outcome.text is not None:
                self.give(outcome.text)
            if self._values["diff"]:
                self._show_difference(outcome.difference)
            elif self._values["write_baseline"]:
                pass  # they are listed there
            elif self._is_for_machines or not self._values["statistics"]:
                self._write(self._renderer().add(outcome.piece))
        self._progress.step()

    def give(self, text: bytes) -> None:
        """Give a contract back on standard output, where it is then alone."""
        self._text_on_output = True
        self._console.emit_bytes(text)

    def _count(self, file: str, outcome: Outcome) -> None:
        self._summary.add(outcome.tally)
        self._summary.mended += outcome.mended
        self._summary.mended_files += bool(outcome.mended)
        self._summary.refused += outcome.refused
        self._summary.known += sum(match[-1] for match in outcome.matched)
        known = self._known.get(os.path.dirname(file)) if file != STDIN else None
        if known is not None:
            known.count(file, outcome)

    def _write(self, text: str) -> None:
        """Write of the report."""
        if not text:
            return
        self._progress.clear()
        if self._output is not None or (self._results is not None and self._is_to_be_kept()):
            self._written.append(text)
            self._bytes_written += len(text)
        if self._output is not None:
            return
        if self._text_on_output:
            self._console.note(text.removesuffix("\n"))
        elif self._is_for_machines:
            self._console.emit(text)
        else:
            self._console.show(text)

    def _show_difference(self, text: str) -> None:
        if text and self._output is not None:
            self._written.append(text)
        elif text:
            self._progress.clear()
            self._console.show(text)

    def finish(self) -> int:
        """Write the rest and the summary; the exit code."""
        self._progress.clear()
        if not self._values["write_baseline"]:
            if not (self._is_replayed or self._values["diff"]):
                self._write(self._renderer().finish(self._summary))
            if self._output is not None:
                counted = self._statistics() if self._counts_only() else ()
                text = "".join([*self._written, *(f"{line}\n" for line in counted)])
                replace(self._output, text.encode("utf-8", "backslashreplace"))
        aside = (
            self._is_for_machines or self._output is not None or self._text_on_output or self._values["diff"]
        )
        for line in self._closing():
            if aside:
                self._console.note(line)
            else:
                self._console.show(f"{line}\n")
        for known in self._baselines():
            known.finish(self._console)
        self._keep_all()
        return self._code()

    def _counts_only(self) -> bool:
        """Whether how often each rule speaks is all of the report."""
        return self._values["statistics"] and not (self._is_for_machines or self._values["diff"])

    def _statistics(self) -> list[str]:
        return self._summary.statistics() if self._values["statistics"] else []

    def _code(self) -> int:
        if self._values["write_baseline"] and not self._summary.unchecked:
            return 0
        if self._values["diff"]:
            would = self._summary.mended > 0 and not self._values["exit_zero"]
            return 2 if self._summary.unchecked else int(would)
        return self._summary.verdict()

    def _closing(self) -> list[str]:
        summary = self._summary
        language = summary.language(self._console.language)
        lines = summary.about_fixes(language, written=not self._values["diff"])
        if self._values["write_baseline"]:
            return []
        if self._values["diff"]:
            return lines or [self._console.pick("Nothing would be fixed.", "没有可自动修正的问题。")]
        written = self._output is not None and self._counts_only()
        lines = [*(() if written else self._statistics()), *lines]
        if summary.files:
            lines.append(summary.sentence(language))
            if not self._is_for_machines:
                lines += summary.fixes_to_come(language)
            lines += [line for line in (summary.about_baseline(language),) if line]
        return lines
