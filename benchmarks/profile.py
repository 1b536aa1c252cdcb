"""Where the time to start and the memory go: `make profile`, or python -m benchmarks.profile [FILE] [--lines N].

Both are measured in an environment of their own, with the wheel of this checkout, as users have it. Without FILE
it is a generated contract, of 10 KB for the imports and of 1 MB for the memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import corpus, measure
from benchmarks.measure import WORK, Environment

KILOBYTES = 10_240
MEGABYTE = 1_048_576
_RUNS = 9


def imports(tool: Environment, file: Path) -> dict[str, tuple[float, float]]:
    """Module → milliseconds for itself, and with all that it imports first, in a run of `nda-lint FILE`; without
    what `python -c pass` imports. Medians of some runs."""
    always = _import_times(tool, ["-c", "pass"])
    runs = [
        _import_times(tool, ["-P", "-c", "from nda_lint.quick import main; main()", str(file)])
        for _ in range(_RUNS)
    ]
    return {
        name: (median(run[name][0] for run in runs), median(run[name][1] for run in runs))
        for name in runs[0]
        if name not in always and all(name in run for run in runs)
    }


def _import_times(tool: Environment, arguments: list[str]) -> dict[str, tuple[float, float]]:
    finished = subprocess.run(
        [tool.python, "-X", "importtime", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=measure.clean(),
        check=False,
    )
    times = {}
    for line in finished.stderr.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        together, _, name = rest.partition("|")
        if line.startswith("import time:") and own.strip().isdigit():
            times[name.strip()] = (int(own) / 1000, int(together) / 1000)
    return times


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns, of which the last one is text and the others are figures."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head) - 1)]
    lines = [
        "  ".join([*(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in (head, *rows)
    ]
    return "\n".join(lines)


def show_imports(times: dict[str, tuple[float, float]], most: int) -> None:
    """The modules that take the longest, and what they come to."""
    ours = [own for name, (own, _) in times.items() if name.partition(".")[0] == "nda_lint"]
    others = sum(own for own, _ in times.values()) - sum(ours)
    longest = sorted(times.items(), key=lambda item: -item[1][0])[:most]
    rows = [(f"{own:.2f}", f"{together:.2f}", name) for name, (own, together) in longest]
    print(table(("itself, ms", "with its own imports", "module"), rows))
    print(
        f"{sum(ours):.1f} ms for {len(ours)} modules of nda_lint, {others:.1f} ms for {len(times) - len(ours)} others"
        " (to measure makes every import slower)\n"
    )


def show_allocations(tool: Environment, file: Path, most: int) -> None:
    """The lines that hold the most when a contract has been checked, and the most that was held meanwhile."""
    finished = measure.inside(tool, "allocations", str(file), str(most))
    if finished.returncode:
        raise RuntimeError(finished.stderr)
    found = json.loads(finished.stdout)
    size = found["bytes"]
    rows = [(f"{held / size:.2f}", f"{count:,}", place) for held, count, place in found["lines"]]
    print(table(("held, MB per MB", "objects", "line"), rows))
    print(
        f"{found['peak'] / size:.1f} MB at the most and {found['held'] / size:.1f} MB at the end for each MB of"
        f" a contract of {size:,} bytes with {found['findings']:,} findings"
    )


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a contract; by default one that is generated")
    parser.add_argument("--lines", type=int, default=15, help="how many lines each table has (default 15)")
    asked = parser.parse_args()
    measure.prepare()
    tool = measure.tool()
    small, large = asked.file, asked.file
    if asked.file is None:
        small, large = WORK / "profile-10K.nda", WORK / "profile-1M.nda"
        small.write_bytes(corpus.contract(KILOBYTES, "en", 7).encode())
        large.write_bytes(corpus.contract(MEGABYTE, "en", 7).encode())
    show_imports(imports(tool, small), asked.lines)
    show_allocations(tool, large, asked.lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
