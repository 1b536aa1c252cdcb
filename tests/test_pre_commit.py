"""The hooks under the real pre-commit, on a repository made for the purpose.

pre-commit takes hooks from a git repository, so the files of this checkout become one; then it builds and
installs them as it would anywhere. The registry is pip's own affair; where it or git is missing, the tests
say so and are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "nda_lint",
    "grammar",
    "rules",
)
CLEAN = (ROOT / "corpus" / "clean" / "customer.en.nda").read_text(encoding="utf-8")
BAD = 'agreement "Trial"\n  langage: English\n'
UNFORMATTED = 'agreement    "Trial"\n        language :English\n'


class Repository:
    """A git repository whose commits run the hooks."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        folder.mkdir()
        self.run("git", "init", "--quiet")

    def run(self, *command: str, code: int | None = 0) -> str:
        """Run a command in it; `code` is what it must end with, None for anything."""
        finished = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        said = finished.stdout + finished.stderr
        assert code is None or finished.returncode == code, said
        return said

    def write(self, name: str, text: str) -> Path:
        """Write a file and stage it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.run("git", "add", name)
        return path

    def commit(self, code: int) -> str:
        """Commit what is staged, which must end with `code`."""
        return self.run("git", "commit", "--quiet", "--message", "a contract", code=code)

    def commits(self) -> int:
        """How many commits there are."""
        return len(self.run("git", "rev-list", "--all").split())


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    if find_spec("pre_commit") is None:
        pytest.skip("pre-commit is not installed")
    home = tmp_path_factory.mktemp("home")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "NDA_LINT"))
    }
    person = {
        f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in PERSON.items()
    }
    return {
        **kept,
        **person,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home),
        "PYTHONUTF8": "1",
    }


PERSON = {"NAME": "A Drafter", "EMAIL": "drafter@nda-lint.example"}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Repository:
    """This checkout, as far as it is shipped, as the repository that hooks come from."""
    repository = Repository(tmp_path_factory.mktemp("hooks") / "nda-lint", environment)
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, repository.folder / name, ignore=shutil.ignore_patterns("__pycache__", "tables.bin*")
            )
        else:
            shutil.copy2(source, repository.folder / name)
    repository.run("git", "add", "--all")
    repository.commit(0)
    return repository


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory, hooks: Repository) -> Repository:
    """A user's repository with the hook set up as the documentation has it."""
    repository = Repository(tmp_path_factory.mktemp("user") / "contracts", hooks.environment)
    revision = hooks.run("git", "rev-parse", "HEAD").strip()
    repository.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: {hooks.folder.as_uri()}\n    rev: {revision}\n"
        "    hooks:\n      - id: nda-lint\n        exclude: ^drafts/\n"
        "      - id: nda-format\n        stages: [manual]\n",
    )
    said = repository.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks", code=None)
    if "CalledProcessError" in said and "pip" in said:
        pytest.skip(f"pre-commit could not install the hook: {said.splitlines()[-1]}")
    assert "pre-commit installed" in said, said
    repository.commit(0)
    return repository


@pytest.fixture
def repository(contracts: Repository) -> Repository:
    """The user's repository with nothing staged."""
    contracts.run("git", "reset", "--quiet", "--hard")
    return contracts


def test_a_faulty_contract_stops_the_commit(repository: Repository) -> None:
    before = repository.commits()
    repository.write("faulty.nda", BAD)
    said = repository.commit(1)
    assert "NDA003" in said
    assert "faulty.nda" in said
    assert repository.commits() == before


def test_a_clean_contract_passes(repository: Repository) -> None:
    before = repository.commits()
    repository.write("clean.nda", CLEAN)
    repository.commit(0)
    assert repository.commits() == before + 1


def test_what_is_excluded_is_not_checked(repository: Repository) -> None:
    before = repository.commits()
    repository.write("drafts/faulty.nda", BAD)
    repository.commit(0)
    assert repository.commits() == before + 1


def test_what_the_configuration_excludes_is_left_alone_by_both(repository: Repository) -> None:
    before = repository.commits()
    repository.write("nda-lint.toml", 'exclude = ["old"]\n')
    repository.write("old/faulty.nda", BAD)
    path = repository.write("old/layout.nda", UNFORMATTED)
    repository.commit(0)
    assert repository.commits() == before + 1
    said = repository.run(*FORMAT, "old/faulty.nda", "old/layout.nda", code=0)
    assert "Passed" in said
    assert path.read_text(encoding="utf-8") == UNFORMATTED


def test_several_contracts_and_odd_names(repository: Repository) -> None:
    for name in ("a b.nda", "合同 1.nda", "-dash.nda"):
        (repository.folder / name).write_text(CLEAN, encoding="utf-8")
    repository.write("quote'.nda", BAD)
    repository.run("git", "add", "--all")
    said = repository.commit(1)
    assert "quote'.nda" in said and "NDA003" in said
    assert "a b.nda" not in said
    assert not (repository.folder / "nda_lint").exists()


def test_other_files_are_not_looked_at(repository: Repository) -> None:
    repository.write("notes.txt", BAD)
    assert "no files to check" in repository.commit(0)


FORMAT = (
    sys.executable, "-m", "pre_commit", "run", "nda-format", "--hook-stage", "manual", "--files",
)  # fmt: skip


def test_the_second_hook_formats(repository: Repository) -> None:
    path = repository.write("layout.nda", UNFORMATTED)
    said = repository.run(*FORMAT, "layout.nda", code=1)
    assert "files were modified by this hook" in said
    assert path.read_text(encoding="utf-8") == 'agreement "Trial"\n  language: English\n'
