"""The recipe of CONTRIBUTING.md, followed to the letter in a copy of the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, read

from nda_lint.docs.markdown import fences

CONTRACT = 'agreement "A"\n\nclause insurance\n  insured sum: CNY 10\n  insurer: "X"\n'


def insert(path: Path, text: str, before: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert content.count(before) == 1
    path.write_text(content.replace(before, text + before), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout to which a clause kind was added as the page says."""
    folder = tmp_path_factory.mktemp("copy")
    unwanted = shutil.ignore_patterns("__pycache__", "tables.bin")
    for part in ("nda_lint", "grammar", "rules"):
        shutil.copytree(os.path.join(ROOT, part), folder / part, ignore=unwanted)
    model, line, english, chinese, rule = (
        fence.text for fence in fences(read(ROOT, "CONTRIBUTING.md")) if fence.info
    )
    schema = folder / "nda_lint" / "schema"
    insert(schema / "clauses.py", f"{model}\n\n", "#: Every block of a contract by its id")
    insert(schema / "clauses.py", f"    {line}", '    "general": General,')
    for language, names in (("en", english), ("zh", chinese)):
        kind, fields = names.removeprefix("[kind]\n").split("\n\n")
        insert(schema / "names" / f"{language}.toml", f"{kind}\n\n{fields}\n", "[field.agreement]")
    (folder / "rules" / "insurance.rules").write_text(rule, encoding="utf-8")
    (folder / "x.nda").write_text(CONTRACT, encoding="utf-8")
    return folder


def nda_lint(copy: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nda_lint", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode < 2, done.stderr.decode()
    return done.stdout.decode() + done.stderr.decode()


def test_the_rule_speaks(copy: Path) -> None:
    found = nda_lint(copy, "--select", "NDA0,NDA890", "--output-format", "concise", "x.nda")
    assert found.startswith(
        "x.nda:4:16: NDA890 [insurance-without-evidence] warning: Insurance of CNY 10 is agreed"
    )
    assert "Found 1 warning in 1 file." in found


def test_the_clause_is_translated(copy: Path) -> None:
    assert nda_lint(copy, "translate", "--to", "zh", "x.nda").endswith(
        "条款 保险\n  保险金额:人民币 10 元\n  保险人:「X」\n"
    )


def complaint(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nda_lint", "x.nda"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    return done.stderr.decode()


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        ("c.InsurerKind", "error: the schema cannot be read"),
        ("str", "nda_lint/schema: insurance.insurer has no type; types stand in values.py"),
    ],
)
def test_a_type_that_there_is_not_is_said(copy: Path, tmp_path: Path, annotation: str, said: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(copy, other)
    models = other / "nda_lint" / "schema" / "clauses.py"
    text = models.read_text(encoding="utf-8")
    models.write_text(text.replace("    insurer: Text =", f"    insurer: {annotation} ="), encoding="utf-8")
    found = complaint(other)
    assert said in found
    assert "fault of the tool" not in found
    assert "nda_lint/schema/clauses.py:" in found or annotation == "str"


def test_a_forgotten_name_is_said(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(copy, other)
    names = other / "nda_lint" / "schema" / "names" / "zh.toml"
    names.write_text(names.read_text(encoding="utf-8").replace('insurer = "保险人"\n', ""), encoding="utf-8")
    assert "zh.toml, [field.insurance]: no name for insurer" in complaint(other)
