"""The benchmark: measures, prints the goals with today's figures, and writes RESULTS.md.

    python -m benchmarks.run [--quick] [--files N] [--only NAME,...]

All figures are ratios of medians of runs that follow each other on one machine, so that they mean the same on another.
"""

from __future__ import annotations

import argparse
import math
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import corpus, measure
from benchmarks.measure import ROOT, WORK, Environment

KILOBYTES = 10_240
MEGABYTE = 1_048_576
BYTES_OF_A_NORM = 106
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


class Row(NamedTuple):
    """A line of the table: what was measured, the goal in words, the figure, and whether the goal is met (None where
    there is no goal, or nothing to measure yet)."""

    what: str
    goal: str
    today: str
    met: bool | None


class Bench:
    """One run of the benchmark."""

    def __init__(self, *, files: int, quick: bool) -> None:
        self.files = files
        self.quick = quick
        self.notes: list[str] = []
        measure.prepare()
        self.tool: Environment = measure.tool()
        self.peers: Environment = measure.peers()
        self.corpus = WORK / f"corpus-{files}"
        shutil.rmtree(self.corpus, ignore_errors=True)
        corpus.write(self.corpus, files, KILOBYTES)
        self.lint = [self.tool.command("nda-lint"), "check", "--isolated"]
        self.yamllint = [self.peers.command("yamllint")]

    # --- rows -----------------------------------------------------------------------------

    def cold(self) -> list[Row]:
        """One contract, in a process of its own."""
        rows = []
        rounds = 11 if self.quick else 41
        for language, number in (("English", "00000.en"), ("Chinese", "00001.zh")):
            commands = {
                "pass": [self.tool.python, "-c", "pass"],
                "tool": [*self.lint, "--no-cache", str(self.corpus / "nda" / f"{number}.nda")],
                "peer": [*self.yamllint, str(self.corpus / "yaml" / f"{number}.yaml")],
            }
            with measure.one_core():
                runs = measure.paired(commands, rounds)
            to_pass = measure.ratio(runs, "tool", "pass")
            rows.append(
                Row(
                    f"one 10 KB contract ({language}), cold",
                    "≤ 5 × `python -c pass`",
                    f"{to_pass:.1f} ×",
                    to_pass <= 5,
                )
            )
            peer = measure.ratio(runs, "peer", "pass")
            to_peer = measure.ratio(runs, "tool", "peer")
            rows.append(
                Row(
                    "- the same against yamllint on as many bytes",
                    "",
                    f"{to_peer:.2f} × (yamllint: {peer:.1f} × `pass`)",
                    None,
                )
            )
        return rows

    def many(self) -> list[Row]:
        """Many contracts in one process."""
        commands = {
            "tool": [*self.lint, "--no-cache", "--output-format", "concise", str(self.corpus / "nda")],
            "peer": [*self.yamllint, str(self.corpus / "yaml")],
        }
        with measure.one_core():
            runs = measure.paired(commands, 1 if self.quick else 3)
        value = measure.ratio(runs, "tool", "peer")
        rows = [
            Row(
                f"{self.files:,} different 10 KB contracts, one core, against yamllint on as many bytes",
                "≤ 1/3", f"{value:.2f} ×", value <= 1 / 3,
            )
        ]  # fmt: skip
        if self.files < 1000:
            self.notes.append(
                f"Measured on {self.files:,} contracts instead of 1,000: both sides take time in proportion to their number."
            )
        return [*rows, self._cached()]

    def _cached(self) -> Row:
        what, goal = "the same again, nothing changed (result cache)", "≤ 3 × `python -c pass`"
        command = [*self.lint, "--output-format", "concise", "."]
        folder = self.corpus / "nda"
        measure.seconds(command, folder)
        if not any(folder.glob(".*cache")):
            return Row(what, goal, "there is no cache yet", None)
        with measure.one_core():
            runs = measure.paired({"pass": [self.tool.python, "-c", "pass"], "tool": command}, 5, folder)
        value = measure.ratio(runs, "tool", "pass")
        return Row(what, goal, f"{value:.1f} ×", value <= 3)

    def jobs(self) -> list[Row]:
        """Two processes instead of one."""
        what, goal = "two cores (`--jobs 2`) against one", "≤ 0.65 ×"
        if not self._has_option("--jobs"):
            return [Row(what, goal, "there is no `--jobs` yet", None)]
        command = [*self.lint, "--no-cache", "--output-format", "concise", str(self.corpus / "nda")]
        runs = measure.paired({"one": [*command, "--jobs", "1"], "two": [*command, "--jobs", "2"]}, 3)
        value = measure.ratio(runs, "two", "one")
        return [Row(what, goal, f"{value:.2f} ×", value <= 0.65)]

    def growth(self) -> list[Row]:
        """How time grows with size, for each shape of contract."""
        rows = []
        most = MEGABYTE if self.quick else 10 * MEGABYTE
        sizes = [size for size in (KILOBYTES, KILOBYTES * 10, MEGABYTE, 10 * MEGABYTE) if size <= most]
        for shape in corpus.SHAPES:
            # Ten thousand norms, definitions or findings are about a megabyte.
            wanted = sizes if shape == "mixed" else [size for size in sizes if size <= MEGABYTE]
            files = [self._one(size, shape) for size in wanted]
            measured = measure.growth(self.tool, files, 3)
            exponent = slope([(each["bytes"], each["seconds"]) for each in measured])
            worst = max(local_slopes([(each["bytes"], each["seconds"]) for each in measured]))
            rows.append(
                Row(
                    f"growth from 10 KB to {wanted[-1] // MEGABYTE} MB, {shape}", "exponent ≤ 1.10",
                    f"{exponent:.2f} (steepest tenfold: {worst:.2f})", exponent <= 1.10,
                )
            )  # fmt: skip
        return rows

    def norms(self) -> list[Row]:
        """Comparing norms with each other, against reading them, and how that grows with their number."""
        counts = (100, 1_000, 2_000) if self.quick else (100, 1_000, 2_000, 10_000)
        files = [self._one(count * BYTES_OF_A_NORM, "norms") for count in counts]
        measured = measure.norms(self.tool, files, 3)
        two_thousand = measured[counts.index(2_000)]
        ratio = two_thousand["comparing"] / two_thousand["reading"]
        points = [(each["norms"], each["comparing"]) for each in measured]
        exponent, worst = slope(points), max(local_slopes(points))
        return [
            Row(
                f"comparing {two_thousand['norms']:,} norms with each other, against reading them", "< 1 ×",
                f"{ratio:.2f} ×", ratio < 1,
            ),
            Row(
                f"growth of that from {points[0][0]:,} to {points[-1][0]:,} norms", "exponent ≤ 1.10",
                f"{exponent:.2f} (steepest step: {worst:.2f})", exponent <= 1.10,
            ),
        ]  # fmt: skip

    def memory(self) -> list[Row]:
        """Memory per byte of a large contract, and after many contracts."""
        size = MEGABYTE if self.quick else 10 * MEGABYTE
        quiet = ["check", "--isolated", "--no-cache", "--output-format", "concise"]
        small = measure.most_memory(self.tool, [*quiet, str(self._one(KILOBYTES, "mixed"))])
        large = measure.most_memory(self.tool, [*quiet, str(self._one(size, "mixed"))])
        per_byte = (large - small) / size
        many = measure.most_memory(self.tool, [*quiet, str(self.corpus / "nda")])
        return [
            Row("memory per MB of one contract", "≤ 8 MB", f"{per_byte:.0f} MB", per_byte <= 8),
            Row(
                f"memory after {self.files:,} contracts against after one",
                "≤ 1.2 ×",
                f"{many / small:.2f} ×",
                many / small <= 1.2,
            ),
        ]

    def broken(self) -> list[Row]:
        """Checking anew after a key that breaks a statement, against the contract without it."""
        rows = []
        for language, name in (("en", "English"), ("zh", "Chinese")):
            text = corpus.contract(KILOBYTES, language, 7)
            texts = [text, *(corpus.mistyped(text, seed) for seed in range(10 if self.quick else 30))]
            files = [self._file(f"broken-{language}-{number}", each) for number, each in enumerate(texts)]
            good, *others = measure.growth(self.tool, files, 5)
            ratios = sorted(
                each["seconds"] / good["seconds"] for each in others if each["findings"] > good["findings"]
            )
            value = median(ratios)
            rows.append(
                Row(
                    f"a key that breaks a statement, against the same contract without it ({name})", "≤ 1.2 ×",
                    f"{value:.2f} × (the worst of {len(ratios)}: {ratios[-1]:.2f} ×)", value <= 1.2,
                )
            )  # fmt: skip
        return rows

    def editor(self) -> list[Row]:
        """What the language server does at each key."""
        rows = []
        for size, name, goal in (
            (KILOBYTES, "10 KB", 1),
            (KILOBYTES * 10, "100 KB", 5),
            (MEGABYTE, "1 MB", 40),
        ):
            number = {1: 400, 5: 100, 40: 20}[goal] // (4 if self.quick else 1)
            files = [
                self._file(f"keys-{each}-{size}", corpus.contract(size, each, 7)) for each in ("en", "zh")
            ]
            measured = measure.keys(self.tool, files, number)
            times = sorted(each for file in measured for sort in file.values() for each in sort)
            worst = times[int(len(times) * 0.95)] * 1000
            whole = [each["seconds"] * 1000 for each in measure.growth(self.tool, files, 1)]
            rows.append(
                Row(
                    f"one key typed in the editor, {name}, all rules, p95", f"≤ {goal} ms",
                    f"{worst:.1f} ms (median {median(times) * 1000:.1f}; the whole: {sum(whole) / 2:.0f})", worst <= goal,
                )
            )  # fmt: skip
            ratios = [
                broken / mended
                for file in measured
                for broken, mended in zip(file["breaking"], file["mending"], strict=True)
            ]
            if ratios and size == KILOBYTES:
                rows.append(
                    Row(
                        "- a key that breaks a statement against the one that mends it again, in the editor", "≤ 1.2 ×",
                        f"{median(ratios):.2f} ×", median(ratios) <= 1.2,
                    )
                )  # fmt: skip
        return rows

    def others(self) -> list[Row]:
        """The linter of prose that comes from npm, on the same text under the name of Markdown."""
        what = "one 10 KB contract (English), cold, against markdownlint-cli2 on the same text"
        linter = measure.from_npm("markdownlint-cli2")
        if linter is None:
            return [Row(what, "", "not measured: npm is not here or cannot install it", None)]
        contract = self.corpus / "nda" / "00000.en.nda"
        markdown = self._file("00000.en", contract.read_text(encoding="utf-8"), "md")
        commands = {
            "pass": [self.tool.python, "-c", "pass"],
            "tool": [*self.lint, "--no-cache", str(contract)],
            "peer": [linter, str(markdown)],
        }
        with measure.one_core():
            runs = measure.paired(commands, 11)
        peer = measure.ratio(runs, "peer", "pass")
        today = f"{measure.ratio(runs, 'tool', 'peer'):.2f} × (markdownlint-cli2: {peer:.1f} × `pass`)"
        return [Row(what, "", today, None)]

    # --- what rows need -------------------------------------------------------------------

    def _one(self, size: int, shape: str) -> Path:
        return self._file(f"{shape}-{size}", corpus.contract(size, "en", 7, shape))

    def _file(self, name: str, text: str, suffix: str = "nda") -> Path:
        path = WORK / f"{name}.{suffix}"
        path.write_bytes(text.encode())
        return path

    def _has_option(self, word: str) -> bool:
        shown = measure.inside(self.tool, "memory", "check", "--help").stdout
        return word in shown


ROWS: dict[str, Callable[[Bench], list[Row]]] = {
    "cold": Bench.cold,
    "many": Bench.many,
    "jobs": Bench.jobs,
    "growth": Bench.growth,
    "norms": Bench.norms,
    "memory": Bench.memory,
    "broken": Bench.broken,
    "editor": Bench.editor,
    "others": Bench.others,
}


def slope(points: list[tuple[int, float]]) -> float:
    """The exponent with which the second of each pair grows with the first, by least squares of logarithms."""
    logs = [(math.log(size), math.log(value)) for size, value in points]
    mean_size = sum(size for size, _ in logs) / len(logs)
    mean_value = sum(value for _, value in logs) / len(logs)
    above = sum((size - mean_size) * (value - mean_value) for size, value in logs)
    return above / sum((size - mean_size) ** 2 for size, _ in logs)


def local_slopes(points: list[tuple[int, float]]) -> list[float]:
    """The exponent between each pair of neighbours."""
    return [slope([before, after]) for before, after in zip(points, points[1:], strict=False)]


def table(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    marks = {True: "yes", False: "no", None: ""}
    lines = ["| what | goal | today | met |", "|---|---|---|---|"]
    return (
        "\n".join(
            [*lines, *(f"| {row.what} | {row.goal} | {row.today} | {marks[row.met]} |" for row in rows)]
        )
        + "\n"
    )


def results(bench: Bench, rows: list[Row], command: str) -> str:
    """The page that RESULTS.md is."""
    with_goal = [row for row in rows if row.met is not None]
    missed = [row.what for row in with_goal if not row.met]
    share = corpus.unique_share(bench.corpus / "nda")
    stand = f"{len(with_goal) - len(missed)} of {len(with_goal)} goals that can be measured are met."
    if missed:
        stand += f" Not yet: {'; '.join(missed)}."
    notes = [
        "Every figure is a ratio: medians of runs that follow each other on one machine, in one run of the command above."
        " `pass` is `python -c pass` in the environment that the wheel is installed in.",
        f"Python {platform.python_version()}, commands as pip {bench.tool.version('pip')} writes them,"
        f" yamllint {bench.peers.version('yamllint')} with its default rules and nothing to"
        " report; nda-lint with its default rules.",
        f"The contracts are generated from seeds, half of them English and half Chinese; {share:.0%} of their statements"
        " stand in the corpus only once. The YAML files hold the same statements and have the same number of bytes.",
        *bench.notes,
    ]
    return (
        "# Where we stand\n\n"
        f"Written by `{command}`; do not edit.\n\n"
        f"{table(rows)}\n{stand}\n\n" + "".join(f"- {note}\n" for note in notes)
    )


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer contracts and runs; RESULTS.md is left alone"
    )
    parser.add_argument("--files", type=int, help="how many contracts (default 1000, quick 100)")
    parser.add_argument("--only", default="", help=f"some of: {', '.join(ROWS)}; RESULTS.md is left alone")
    asked = parser.parse_args()
    names = asked.only.split(",") if asked.only else list(ROWS)
    bench = Bench(files=asked.files or (100 if asked.quick else 1000), quick=asked.quick)
    rows: list[Row] = []
    for name in names:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        rows += ROWS[name](bench)
    command = "make bench" + (f' ARGS="--files {asked.files}"' if asked.files else "")
    page = results(bench, rows, command)
    print(page)
    if not asked.quick and not asked.only:
        RESULTS.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
