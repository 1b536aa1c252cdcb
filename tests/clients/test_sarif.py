"""SARIF as its own tools see it: the published schema and Microsoft's validator, both from npm.

``make client-test`` installs what these tests need.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from helpers import ROOT
from test_cli import nda_lint

TOOL = Path(ROOT, ".venv", "npm", "node_modules", "@microsoft", "sarif-multitool-linux")
SCHEMA = TOOL / "sarif-2.1.0.json"

pytestmark = pytest.mark.skipif(not SCHEMA.exists(), reason="“make client-test” installs the SARIF tools")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of the whole corpus, with what cannot be read beside it."""
    folder = tmp_path_factory.mktemp("sarif")
    (folder / "odd 名.nda").write_bytes(b"agreement \xff\n")
    path = folder / "log.sarif"
    result = nda_lint(
        "--output-format",
        "sarif",
        "--profile",
        "strict",
        "-o",
        str(path),
        "corpus",
        str(folder),
        folder=Path(ROOT),
    )
    assert result.code == 1
    return path


def test_the_published_schema_accepts_it(log: Path) -> None:
    done = subprocess.run(
        ["check-jsonschema", "--schemafile", SCHEMA, log],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_validator_has_nothing_to_say(log: Path) -> None:
    program = TOOL / "Sarif.Multitool"
    program.chmod(0o755)
    verdict = log.with_name("verdict.sarif")
    done = subprocess.run(
        [program, "validate", "--rule-kind", "Sarif;Ghas", "--output", verdict, log],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (run,) = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"]
    assert [
        result for result in run["results"] if result.get("level", "warning") in ("error", "warning")
    ] == []
