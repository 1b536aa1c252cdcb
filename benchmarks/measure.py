"""Environments to measure in, and runs of processes in pairs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: Everything that a benchmark makes; git ignores it.
WORK = ROOT / "benchmarks" / ".work"
INSIDE = ROOT / "benchmarks" / "inside.py"


class Environment:
    """A virtual environment of its own, with what one of the competitors needs."""

    def __init__(self, name: str, requirements: list[str], *, reinstall: bool = False) -> None:
        self.folder = WORK / name
        self.binaries = self.folder / "bin"
        self.python = str(self.binaries / "python")
        wanted = json.dumps([sys.version, "upgraded", requirements])
        stamp = self.folder / "installed.json"
        if not reinstall and stamp.is_file() and stamp.read_text() == wanted:
            return
        print(f"setting up {name}", file=sys.stderr, flush=True)
        # The pip of today: those that come along with Python write commands that import more than is needed.
        venv.create(self.folder, with_pip=True, clear=True, upgrade_deps=True)
        subprocess.run(
            [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements],
            check=True,
            env=clean(),
        )
        stamp.write_text(wanted)

    def command(self, name: str) -> str:
        """The path of a command that is installed here."""
        return str(self.binaries / name)

    def version(self, package: str) -> str:
        """The version of a package that is installed here."""
        return self._ask(f"import importlib.metadata; print(importlib.metadata.version({package!r}))")

    def _ask(self, code: str) -> str:
        return subprocess.run(
            [self.python, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()


def tool() -> Environment:
    """The environment that the wheel of this checkout is installed in, as users have it."""
    wheels = WORK / "wheel"
    for old in wheels.glob("*.whl"):
        old.unlink()
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(wheels), str(ROOT)],
        check=True,
        capture_output=True,
        env=clean(),
    )
    (wheel,) = wheels.glob("*.whl")
    return Environment("tool", [str(wheel)], reinstall=True)


def peers() -> Environment:
    """The environment of the linters that are compared with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return Environment("peers", project["dependency-groups"]["bench"])


def from_npm(package: str) -> str | None:
    """The path of the command that an npm package of that name brings, None where it cannot be had."""
    folder = WORK / "npm"
    command = folder / "node_modules" / ".bin" / package
    if not command.exists():
        folder.mkdir(exist_ok=True)
        try:
            subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", package],
                cwd=folder, check=True, capture_output=True, timeout=300,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return None
    return str(command) if command.exists() else None


def prepare() -> None:
    """Make the folder for what is made here, and have git ignore it."""
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / ".gitignore").write_text("*\n")


def clean() -> dict[str, str]:
    """The environment of a process that is measured: nothing in it changes how Python or the linters work.

    With PYTHONDONTWRITEBYTECODE, which some shells set, every module would be compiled in every process.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "NDA_LINT", "YAMLLINT"))
    }


def seconds(command: list[str], folder: Path | None = None) -> float:
    """How long a process takes."""
    begin = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=clean(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - begin


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process, and those that it starts meanwhile, to one core where the system lets one choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def paired(commands: dict[str, list[str]], rounds: int, folder: Path | None = None) -> list[dict[str, float]]:
    """Run each command in turn, `rounds` times over, after one round that is thrown away."""
    if rounds > 3:
        for command in commands.values():
            seconds(command, folder)
    return [{name: seconds(command, folder) for name, command in commands.items()} for _ in range(rounds)]


def ratio(runs: list[dict[str, float]], of: str, to: str) -> float:
    """The median of the ratios of runs that followed each other."""
    return median(run[of] / run[to] for run in runs)


def inside(environment: Environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `inside.py` in an environment."""
    return subprocess.run(
        [environment.python, "-P", str(INSIDE), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=clean(),
        check=False,
    )


def most_memory(environment: Environment, arguments: list[str]) -> int:
    """The most memory that the command held, in bytes."""
    return int(inside(environment, "memory", *arguments).stderr.split()[-1])


def norms(environment: Environment, files: list[Path], repeats: int) -> list[dict[str, Any]]:
    """For each file the number of its norms, and the seconds that reading them and comparing them take."""
    finished = inside(environment, "norms", str(repeats), *map(str, files))
    if finished.returncode:
        raise RuntimeError(finished.stderr)
    return list(json.loads(finished.stdout))


def growth(environment: Environment, files: list[Path], repeats: int) -> list[dict[str, Any]]:
    """For each file its bytes, the seconds that a check takes, and the number of findings."""
    finished = inside(environment, "growth", str(repeats), *map(str, files))
    if finished.returncode:
        raise RuntimeError(finished.stderr)
    return list(json.loads(finished.stdout))


def keys(environment: Environment, files: list[Path], number: int) -> list[dict[str, list[float]]]:
    """For each file the seconds after keys that do no harm and after such as break a statement."""
    finished = inside(environment, "keys", str(number), *map(str, files))
    if finished.returncode:
        raise RuntimeError(finished.stderr)
    return list(json.loads(finished.stdout))
