"""The baseline in a run of ``nda-lint check``: written anew, or rid of what no longer matches."""

from __future__ import annotations

import os

from nda_lint.baseline import Baseline
from nda_lint.commands.files import replace
from nda_lint.options import ON_RULES
from nda_lint.problem import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.commands.outcome import Outcome
    from nda_lint.console import Console


class Known:
    """What becomes of a baseline. Raises :class:`Problem` where it cannot be read."""

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        self._writes: bool = values["write_baseline"]
        # What was not found can be gone only where all rules spoke and nothing was mended on the way.
        changed = values["fix"] or values["diff"] or any(values[name] for name in ON_RULES)
        self._prunes = not (self._writes or changed)
        starts_anew = self._writes and not os.path.exists(path)
        self._baseline = Baseline(path) if starts_anew else Baseline.read(path)
        self.path = path
        #: what it says before the run
        self.text = self._baseline.text()
        self._gone: list[str] = []
        self._noted = 0

    @property
    def has_changed(self) -> bool:
        """Whether something no longer matched."""
        return bool(self._gone)

    def count(self, file: str, outcome: Outcome) -> None:
        """Take note of what came of a file."""
        if self._writes:
            self._noted += self._baseline.put(file, outcome.noted)
        elif self._prunes and outcome.whole:  # where all of it could be read
            self._gone += self._baseline.prune(file, outcome.matched)

    def finish(self, console: Console) -> None:
        """Write the file, where there is something to write, and say so."""
        path = self._baseline.path
        if self._writes:
            self._baseline.prune_missing()
            self._write()
            count = f"{self._noted} {'finding' if self._noted == 1 else 'findings'}"
            console.note(console.pick(f"{path}: {count} written.", f"{path}：已写入 {self._noted} 处问题。"))
            return
        if self._prunes:
            self._gone += self._baseline.prune_missing()
        if not self._gone:
            return
        console.note(
            console.pick(
                f"{path}: what no longer matches is taken out:", f"{path}：下列条目已不再匹配，现予删除："
            )
        )
        for line in self._gone:
            console.note(f"  {line}")
        try:
            self._write()
        except Problem as problem:  # a build may read it only; what was found stays what it is
            console.complain(problem)

    def _write(self) -> None:
        replace(self._baseline.path, self._baseline.text().encode("utf-8", "backslashreplace"))
