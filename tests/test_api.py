"""The Python interface: what it gives, what it costs to import, and that threads do not disturb each other."""

from __future__ import annotations

import contextlib
import inspect
import io
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from helpers import CORPUS, ROOT, read
from test_cli import nda_lint as command

import nda_lint
from nda_lint import Finding, Linter, Problem, lint, parse
from nda_lint.docs.markdown import fences

TEXT = 'agreement "A"\nclause term\n  duration: 3 years or 5 years\n'
CHINESE = "协议「甲」\n条款 期限\n  期限:3 年或者 5 年\n"
CONTRACTS = sorted(Path(CORPUS).glob("clean/*.nda")) + sorted(Path(CORPUS).glob("faulty/*.nda"))


def test_findings_of_a_text() -> None:
    report = lint(TEXT, select=["NDA206"])
    (finding,) = report
    assert isinstance(finding, Finding)
    assert (finding.code, finding.name, finding.severity) == ("NDA206", "unresolved-option", "error")
    assert report.source.position(finding.span[0]) == (3, 13)
    assert len(report) == 1 and report.findings == [finding]
    assert list(lint(TEXT.encode(), select="unresolved-option")) == [finding]
    assert lint(TEXT, select="NDA206", language="zh").findings[0].message != finding.message
    assert bool(lint("", select="NDA206")), "a report is true, whether or not it has findings"


def test_a_file_is_a_path_and_a_string_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.nda"
    path.write_text(TEXT)
    assert lint(path, select="NDA206").source.filename == str(path)
    assert lint(path, filename="shown.nda").source.filename == "shown.nda"
    with pytest.raises(Problem, match="no such file"):
        lint(tmp_path / "none.nda")


def test_the_contract_as_data() -> None:
    contract = parse(TEXT)
    (fact,) = contract.facts("term.duration")
    assert [value.type for value in fact.values] == ["options"]
    assert not contract.findings
    broken = parse('agreement "A"\nclause trem\n')
    assert [finding.code for finding in broken.findings] == ["NDA002"]
    with pytest.raises(Problem, match="not UTF-8"):
        parse(b"agreement \xff")
    assert [finding.code for finding in lint(b"agreement \xff")] == ["NDA006"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"select": ["NDA999x"]}, "there is no rule “NDA999x”"),
        ({"profile": ["strikt"]}, "did you mean “strict”"),
        ({"as_of": "tomorrow"}, "no day of the calendar"),
        ({"configuration": "none/nda-lint.toml"}, "none/nda-lint.toml: no such file"),
    ],
)
def test_what_is_wrong_with_options_is_a_problem(options: dict[str, str], words: str) -> None:
    with pytest.raises(Problem, match=words):
        lint(TEXT, **options)  # type: ignore[arg-type]


def test_a_configuration_holds_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "nda-lint.toml").write_text('select = ["NDA206"]\n[rule.NDA206]\nseverity = "info"\n')
    for configuration in (tmp_path, tmp_path / "nda-lint.toml"):
        assert [finding.severity for finding in lint(TEXT, configuration=configuration)] == ["info"]
    assert len(lint(TEXT)) > 1


def test_one_linter_with_options_of_its_own() -> None:
    one, other = Linter(select=["NDA206"]), Linter(select=["NDA206"], language="zh")
    assert one.lint(TEXT).findings[0].message.startswith("“3 years or 5 years”")
    assert other.lint(TEXT).findings[0].message != one.lint(TEXT).findings[0].message


def test_threads_get_what_one_gets() -> None:
    alone = [lint(path).findings for path in CONTRACTS]
    shared = Linter()
    together = threading.Barrier(4)

    def work(turn: int) -> list[list[Finding]]:
        together.wait()
        turned = [*CONTRACTS[turn:], *CONTRACTS[:turn]]
        found = [(shared if turn % 2 else Linter()).lint(path).findings for path in turned]
        return [*found[len(found) - turn :], *found[: len(found) - turn]]

    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(work, range(4)):
            assert found == alone


def test_houses_of_threads_do_not_mix(tmp_path: Path) -> None:
    word = '[vocabulary.object.lab-notebook]\nbelow = "technical_information"\nen = "lab notebook"\nzh = "记录本"\n'
    (tmp_path / "nda-lint.toml").write_text('select = ["NDA0"]\n' + word)
    text = 'agreement "A"\nparty Beta "Beta Ltd"\nclause duties\n  Beta must not copy lab notebook\n'
    own, plain = Linter(configuration=tmp_path), Linter(select=["NDA0"])

    def work(turn: int) -> bool:
        return bool((own if turn % 2 else plain).lint(text).findings)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(40))) == [turn % 2 == 0 for turn in range(40)]


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, nda_lint; before = sorted(n for n in sys.modules if n.startswith('nda_lint'));"
        "from nda_lint import Finding; from nda_lint import lint;"
        "import nda_lint.linter, nda_lint.parser; from nda_lint import lint, parse;"
        "print(before, callable(lint), callable(parse), 'lark' in sys.modules, 'typer' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split("] ")[0] == "['nda_lint'"
    assert done.stdout.split()[-4:] == ["True", "True", "False", "False"]


def test_public_names_are_there_and_no_others() -> None:
    for name in nda_lint.__all__:
        assert getattr(nda_lint, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'linting'"):
        _ = nda_lint.linting  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["api.md", "api.zh.md"])
def test_what_the_documentation_shows(page: str) -> None:
    shown = list(fences(read(ROOT, "docs", page)))
    names: dict[str, Any] = {}
    pairs = [(block, after) for block, after in pairwise(shown) if block.info == ("python",)]
    assert len(pairs) >= 5
    for block, after in pairs:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block.text, names)  # noqa: S102 - what our own page says
        assert printed.getvalue() == after.text


@pytest.mark.parametrize("page", ["api.md", "api.zh.md"])
def test_the_documentation_names_all_parameters(page: str) -> None:
    text = read(ROOT, "docs", page)
    for function in (lint, parse):
        names = list(inspect.signature(function).parameters)
        assert f"`{function.__name__}({names[0]}, *, {', '.join(names[1:])})`" in text
    assert f"`Linter(*, {', '.join(inspect.signature(Linter).parameters)})`" in text


def test_a_file_is_read_as_the_command_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (("a.docx", b"text"), ("b.nda", b"PK\x03\x04...."), ("c.nda", b"%PDF-1.4")):
        Path(name).write_bytes(content)
        for function in (lint, parse):
            with pytest.raises(Problem, match=f"{name}: this is a "):
                function(Path(name))
        shown = command(name, folder=tmp_path)
        assert shown.code == 2 and f"{name}: this is a " in shown.err
    Path("gbk.nda").write_bytes("协议「试用」".encode("gbk"))
    assert [finding.code for finding in lint(Path("gbk.nda"))] == ["NDA006"]
    assert "NDA006" in command("--output-format", "concise", "gbk.nda", folder=tmp_path).out
    Path("-").write_text(TEXT)
    assert lint(Path("-")).findings  # a file of that name, never standard input
    with pytest.raises(Problem, match="no such file or folder"):
        lint(Path("gone.nda"))
