"""What stands in a repository of contracts and in its builds: valid by the published schemas, and run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import CORPUS, ROOT, read
from jsonschema import Draft7Validator
from test_cli import Result, nda_lint

from nda_lint.docs.markdown import fences
from nda_lint.options import FORMATS

PAGES = ("ci.md", "ci.zh.md")
FAULTY = read(CORPUS, "faulty", "demo.en.nda")
CLEAN = read(CORPUS, "clean", "customer.en.nda")

#: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def block(page: str, name: str) -> str:
    (found,) = [fence.text for fence in fences(read(ROOT, "docs", page)) if name in fence.info]
    return found


def accepts(schema: str, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def commands(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``nda-lint`` is this checkout."""
    folder = tmp_path / "commands"
    folder.mkdir()
    program = folder / "nda-lint"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m nda_lint "$@"\n')
    program.chmod(0o755)
    pip = folder / "pip"
    pip.write_text("#!/bin/sh\nexit 0\n")
    pip.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}


# --- GitHub ----------------------------------------------------------------------------------


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(read(ROOT, "action.yml"))
    return data


def test_the_action_is_valid() -> None:
    accepts("vendor.github-actions", Path(ROOT, "action.yml"))


@pytest.mark.parametrize("page", PAGES)
def test_the_workflow_of_the_documentation_is_valid_and_uses_the_action(page: str, tmp_path: Path) -> None:
    path = tmp_path / "contracts.yml"
    path.write_text(block(page, "workflow"), encoding="utf-8")
    accepts("vendor.github-workflows", path)
    steps = yaml.safe_load(path.read_text())["jobs"]["nda-lint"]["steps"]
    (ours,) = [step for step in steps if step["uses"].startswith("nda-lint/")]
    assert set(ours["with"]) <= set(action()["inputs"])
    assert steps[-1]["with"]["sarif_file"] == ours["with"]["sarif"]


@pytest.fixture
def runner(tmp_path: Path, commands: dict[str, str]) -> Any:
    """Runs the steps of the action as a runner does, in a folder with two contracts."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    folder = tmp_path / "checkout"
    (folder / "two words").mkdir(parents=True)
    (folder / "two words" / "faulty.nda").write_text(FAULTY)
    (folder / "clean.nda").write_text(CLEAN)
    home = tmp_path / "runner" / "nda-lint" / "bin"
    home.mkdir(parents=True)
    shutil.copy(tmp_path / "commands" / "nda-lint", home / "nda-lint")

    def run(**given: str) -> Result:
        inputs = {name: entry["default"] for name, entry in action()["inputs"].items()} | given
        step = next(step for step in action()["runs"]["steps"] if step.get("name") == "Check")
        variables = {
            name: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for name, value in step["env"].items()
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder, env={**commands, **variables, "RUNNER_TEMP": str(tmp_path / "runner")},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        return Result(done.returncode, done.stdout, done.stderr)

    return run


def test_the_action_annotates_and_fails(runner: Any) -> None:
    result = runner()
    assert result.code == 1
    assert "::error file=two words/faulty.nda,line=" in result.out
    assert runner(paths="clean.nda\n").code == 0
    assert runner(args="--fail-severity=never\n--lang=zh\n").code == 0


def test_the_action_writes_sarif(runner: Any, tmp_path: Path) -> None:
    result = runner(paths="two words\n\nclean.nda\n", sarif="out dir.sarif", args="--select=NDA2")
    assert result.code == 1
    log = json.loads((tmp_path / "checkout" / "out dir.sarif").read_text())
    assert log["runs"][0]["results"]


@pytest.mark.parametrize(
    "hostile", ["$(touch stolen)", "`touch stolen`", "; touch stolen", '" && touch stolen "']
)
def test_the_action_runs_nothing_that_it_is_given(runner: Any, tmp_path: Path, hostile: str) -> None:
    for name in ("paths", "args", "sarif"):
        runner(**{name: hostile})
    assert not (tmp_path / "checkout" / "stolen").exists()
    assert "${{" not in "".join(step.get("run", "") for step in action()["runs"]["steps"])


# --- GitLab ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_snippet_for_gitlab_is_valid_and_writes_its_report(
    page: str, tmp_path: Path, commands: dict[str, str]
) -> None:
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(block(page, "gitlab"), encoding="utf-8")
    accepts("vendor.gitlab-ci", path)
    job = yaml.safe_load(path.read_text())["nda-lint"]
    folder = tmp_path / "checkout"
    (folder / ".git").mkdir(parents=True)
    (folder / "faulty.nda").write_text(FAULTY)
    shell = ["sh", "-c"]
    codes = [
        subprocess.run([*shell, line], cwd=folder, env=commands, capture_output=True, check=False).returncode
        for line in job["script"]
    ]
    assert codes == [0, 1]
    report = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert report
    assert [error.message for error in Draft7Validator(CODE_QUALITY).iter_errors(report)] == []


# --- pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_every_format_and_hook(page: str) -> None:
    text = read(ROOT, "docs", page)
    assert all(f"`{name}`" in text for name in FORMATS)
    hooks = [hook["id"] for hook in yaml.safe_load(read(ROOT, ".pre-commit-hooks.yaml"))]
    shown = yaml.safe_load(block(page, "pre-commit"))["repos"][0]["hooks"]
    assert [hook["id"] for hook in shown] == hooks


# --- shell completion ------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nda-lint ex", ["explain"]),
        ("nda-lint check --output-format git", ["github", "gitlab"]),
        ("nda-lint --fail-severity w", ["warning"]),
        ("nda-lint translate --to ", ["en", "zh"]),
        ("nda-lint check --unsafe", ["--unsafe-fixes"]),
    ],
)
def test_bash_completes(commands: dict[str, str], line: str, expected: list[str], tmp_path: Path) -> None:
    words = line.split(" ")
    script = (
        'eval "$(_NDA_LINT_COMPLETE=source_bash nda-lint)"\n'
        f"COMP_WORDS=({' '.join(word or chr(39) * 2 for word in words)}); COMP_CWORD={len(words) - 1}\n"
        '_nda_lint_completion nda-lint\nprintf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script],
        env=commands, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout.split() == expected, done.stderr


# --- a repository with fifty contracts ---------------------------------------------------------


def test_a_repository_of_contracts(tmp_path: Path) -> None:
    """Both languages, house rules, excludes, a baseline, links and odd names: every output tells the same."""
    house = (
        'pack acme "A" 「甲」\n\nrule ACME001 term-above-house-limit\n  severity: warning\n  summary: "Long" 「过长」\n'
        '  when: term.duration > 4 years\n  at: term.duration\n  message: "Too long." 「过长。」\n'
        '  why: "B" 「乙」\n  help: "C" 「丙」\n  bad:\n    > clause term\n    >   duration: 5 years\n'
        "  good:\n    > clause term\n    >   duration: 3 years\n"
    )
    (tmp_path / "house.rules").write_text(house)
    (tmp_path / "nda-lint.toml").write_text(
        'rules = ["house.rules"]\nexclude = ["drafts", "*.old.nda"]\nbaseline = "known.json"\n'
        '[rule.ACME001]\nseverity = "error"\n'
    )
    names = [
        "a b.nda",
        "-dash.nda",
        "#1.nda",
        "甲 乙.nda",
        "quote'\".nda",
        "new\nline.nda",
        "UPPER.NDA",
        "%41.nda",
    ]
    names += [f"{number:02}.{'zh' if number % 2 else 'en'}.nda" for number in range(42)]
    for number, name in enumerate(names):
        language = "zh" if number % 2 else "en"
        folder = tmp_path / ("合同" if number % 3 else "contracts")
        folder.mkdir(exist_ok=True)
        text = read(
            CORPUS,
            "clean" if number % 5 else "faulty",
            f"{'customer' if number % 5 else 'demo'}.{language}.nda",
        )
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "x.nda").write_text(FAULTY)
    (tmp_path / "gone.old.nda").write_text(FAULTY)
    (tmp_path / "link.nda").symlink_to(tmp_path / "contracts" / "a b.nda")
    (tmp_path / "loop").symlink_to(tmp_path)
    long = CLEAN.replace("duration: 3 years", "duration: 5 years").replace("three", "five")
    (tmp_path / "long.nda").write_text(long, encoding="utf-8")

    listed = nda_lint("--show-files", ".", folder=tmp_path)
    assert len(listed.out.splitlines()) == 53  # one name has a line feed in it
    assert "drafts" not in listed.out and "old" not in listed.out and "loop" not in listed.out
    (tmp_path / "known.json").write_text('{"version": 1, "files": {}}')
    first = json.loads(nda_lint("--output-format", "json", ".", folder=tmp_path).out)
    assert first["summary"]["files"] == 52
    assert [each["severity"] for each in first["findings"] if each["code"] == "ACME001"] == ["error"]
    counts: dict[str, Callable[[str], int]] = {
        "json-lines": lambda text: len(text.splitlines()),
        "concise": lambda text: len(text.splitlines()),
        "github": lambda text: len(text.splitlines()),
        "gitlab": lambda text: len(json.loads(text)),
        "sarif": lambda text: len(json.loads(text)["runs"][0]["results"]),
        "lsp": lambda text: sum(len(each["diagnostics"]) for each in json.loads(text)),
        "junit": lambda text: text.count("<failure"),
    }
    for name, count in counts.items():
        once = nda_lint("--output-format", name, "--jobs", "2", "--no-cache", ".", folder=tmp_path)
        again = nda_lint("--output-format", name, ".", folder=tmp_path)
        assert (once.code, once.out, once.err) == (again.code, again.out, again.err)
        failing = [each for each in first["findings"] if name != "junit" or each["severity"] != "info"]
        assert count(once.out) == len(failing), name
    marks = [
        entry["fingerprint"]
        for entry in json.loads(nda_lint("--output-format", "gitlab", ".", folder=tmp_path).out)
    ]
    assert len(set(marks)) == len(marks)
    assert nda_lint("--write-baseline", ".", folder=tmp_path).code == 0
    after = nda_lint(".", folder=tmp_path)
    assert (after.code, "no longer" in after.err) == (0, False)
