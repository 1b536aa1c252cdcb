"""What the packaging promises and no build is needed to see; `make wheel-check` builds and installs."""

from __future__ import annotations

import marshal
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import nda_lint
from nda_lint.options import COMMANDS
from nda_lint.tables import Tables, checkout, compile_tables, tables

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirement_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements}


def test_the_base_install_is_three_packages() -> None:
    assert requirement_names(PYPROJECT["project"]["dependencies"]) == {"lark", "pydantic", "typer"}


def test_the_build_has_what_compiling_the_tables_takes() -> None:
    assert {"lark", "pydantic"} <= requirement_names(PYPROJECT["build-system"]["requires"])


def test_the_version_is_stated_once() -> None:
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.?(dev|a|b|rc)\d+)?", nda_lint.__version__)


def test_the_pages_of_rules_are_under_the_documentation_of_the_project() -> None:
    assert PYPROJECT["project"]["urls"]["Documentation"] == nda_lint.DOCUMENTATION


@pytest.mark.parametrize("folder", ["grammar", "rules"])
def test_grammar_and_rules_hold_no_code(folder: str) -> None:
    suffixes = {path.suffix for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert suffixes == ({".lark"} if folder == "grammar" else {".rules"})


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "nda_lint" / "py.typed").is_file()


def test_the_tests_run_in_a_checkout() -> None:
    assert checkout() == str(ROOT)


def test_the_tables_are_plain_data() -> None:
    """So that what one Python wrote every other one reads, and nothing in them can run."""
    unseen: list[Any] = tables().values()
    while unseen:
        value = unseen.pop()
        assert type(value) in (Tables, dict, list, tuple, str, bytes, int, bool, type(None))
        if isinstance(value, dict):
            unseen += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            unseen += value


def test_the_tables_do_not_depend_on_the_process_that_made_them(tmp_path: Path) -> None:
    """Two builds of one source are the same to the byte, whatever the order in which sets came."""
    code = "import sys; from nda_lint.tables import compile_tables; compile_tables(*sys.argv[1:])"
    made = []
    for seed in ("1", "2"):
        path = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT), str(path)],
            cwd=ROOT,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_parts_that_come_in_pieces_seem_whole() -> None:
    names = tables()["names"]["zh"]
    assert "unit" in names and "no such section" not in names
    assert names.get("unit") == names["unit"] and names.get("no such section") is None
    assert dict(names) == {**names} == dict(names.items())
    assert len(names) == len(list(names)) == len(names.keys()) == len(names.values()) > 20


def test_a_tree_that_cannot_be_written_to_compiles_in_memory(tmp_path: Path) -> None:
    built = compile_tables(str(ROOT), str(tmp_path / "no such folder" / "tables.bin"))
    for language, names in tables()["names"].items():
        assert list(built["names"][language]) == list(names)
        for section, words in names.items():
            assert marshal.dumps(built["names"][language][section], 2) == marshal.dumps(words, 2)


# --- for those who use it in their repositories -----------------------------------------------


def hooks() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return list(loaded)


def test_the_hooks_run_commands_and_options_that_exist() -> None:
    commands = {command.name: command for command in COMMANDS}
    for hook in hooks():
        program, command, *options = shlex.split(hook["entry"])
        assert program in PYPROJECT["project"]["scripts"]
        assert all(commands[command].option(option) for option in options)


def test_the_hooks_run_on_contracts_only() -> None:
    for hook in hooks():
        assert re.search(hook["files"], "contracts/客户.nda")
        assert not re.search(hook["files"], "notes.nda.md")


# --- for those who work on it -------------------------------------------------------------------

TARGETS = ("demo", "test", "lint", "golden", "bench", "wheel-check", "clean")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("target", TARGETS)
def test_the_targets_are_there(target: str, tmp_path: Path) -> None:
    """Made in an environment that does not exist yet, each begins by making it."""
    environment = tmp_path / "environment"
    finished = subprocess.run(
        ["make", "--dry-run", target, f"VENV={environment}"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert f"-m venv {environment}" in finished.stdout or target == "clean"


def test_ci_runs_what_the_readme_names() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in readme
    for target in ("test", "lint", "wheel-check"):
        assert target in script.split()
