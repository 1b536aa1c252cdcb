"""The path of ``nda-lint contract.nda`` imports nothing heavy: a process is asked what it has loaded.

The direction of imports inside the package is held by import-linter (`make lint`).
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import nda_lint
from nda_lint.tables import tables

PACKAGE = Path(nda_lint.__file__).parent
#: Each takes longer to import than a contract takes to check.
HEAVY = frozenset(
    {
        "asyncio",
        "click",
        "dataclasses",
        "inspect",
        "lark",
        "logging",
        "pathlib",
        "pydantic",
        "rich",
        "tomllib",
        "typer",
    }
)
CONTRACT = 'agreement "Trial"\n\nclause term\n  duration: 3 years from signing\n  duraton: 3 years\n'
LOADED = """
import io, sys
before = set(sys.modules)
from nda_lint.quick import main
code = main(sys.argv[1:])
loaded = sorted(set(sys.modules) - before)
import json
sys.stderr.write(json.dumps([code, loaded]))
"""


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of a run of the command, and the top-level modules that it loaded."""
    tables()  # made here where they are stale, so that the process has nothing to compile
    finished = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, encoding="utf-8", check=True
    )
    code, modules = json.loads(finished.stderr.splitlines()[-1])
    return code, {name.partition(".")[0] for name in modules}


@pytest.fixture
def contract(tmp_path: Path) -> str:
    path = tmp_path / "trial.nda"
    path.write_text(CONTRACT)
    return str(path)


def test_checking_a_contract_loads_nothing_heavy(contract: str) -> None:
    code, modules = loaded(contract)
    assert code == 1
    assert not modules & HEAVY


def test_checking_a_contract_does_without_what_python_need_not_load(contract: str) -> None:
    code, modules = loaded("--isolated", "--no-cache", contract)
    assert code == 1
    assert not modules & {"collections", "contextlib", "datetime", "enum", "functools", "re", "typing"}


@pytest.mark.parametrize("arguments", [["--version"], ["rules"], ["explain", "NDA001"], ["--help"]])
def test_neither_do_the_small_commands(arguments: list[str]) -> None:
    code, modules = loaded(*arguments)
    assert code == 0
    assert not modules & HEAVY


def imported_at_the_top(path: Path) -> set[str]:
    """The top-level packages that a module imports when it is imported itself."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_lark_pydantic_and_typer_stay_where_they_are_needed() -> None:
    where: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        for package in imported_at_the_top(path) & {"lark", "pydantic", "typer"}:
            where.setdefault(package, set()).add(name)
    assert where["typer"] == {"cli.py"}
    assert all(name.startswith("schema/") for name in where["pydantic"])
    assert all(name.startswith(("compile/", "rulebook/")) for name in where["lark"])
