"""A baseline: what it hides, what it does not, and what becomes of entries that no longer match."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_cli import Result, nda_lint

CONTRACT = """\
agreement "A"
party Acme "Acme Ltd"
party Beta "Beta Ltd"
clause term
  duration: 3 years or 5 years
clause liability
  liquidated damages: CNY 100,000 to CNY 10,000
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.nda").write_text(CONTRACT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.nda").write_text(CONTRACT)
    assert nda_lint("--baseline", "known.json", "--write-baseline", ".", folder=tmp_path).code == 0
    return tmp_path


def checked(folder: Path, *more: str) -> tuple[Result, list[tuple[str, str]]]:
    result = nda_lint("--baseline", "known.json", "--output-format", "json", *more, ".", folder=folder)
    findings = json.loads(result.out)["findings"]
    return result, [(finding["filename"], finding["code"]) for finding in findings]


def entries(folder: Path) -> dict[str, Any]:
    files: dict[str, Any] = json.loads((folder / "known.json").read_text())["files"]
    return files


def test_what_was_there_is_not_shown_again(folder: Path) -> None:
    written = entries(folder)
    assert sorted(written) == ["a.nda", "sub/b.nda"]
    assert {"code": "NDA206", "name": "unresolved-option", "clause": "term", "text": "3 years or 5 years",
            "count": 1} in written["a.nda"]  # fmt: skip
    result, findings = checked(folder)
    assert (result.code, findings) == (0, [])
    count = sum(entry["count"] for file in written.values() for entry in file)
    assert f"{count} findings in the baseline are not shown." in result.err
    assert entries(folder) == written
    assert nda_lint("--output-format", "json", ".", folder=folder).code == 1


def test_lines_and_layout_may_move(folder: Path) -> None:
    text = "# a comment\n\n" + CONTRACT.replace("3 years or 5 years", "3  years　or 5 years")
    (folder / "a.nda").write_text(text)
    before = entries(folder)
    assert checked(folder)[1] == []
    assert entries(folder) == before
    assert nda_lint("--baseline", "../known.json", ".", folder=folder / "sub").code == 0


def test_what_is_new_is_shown_even_where_something_like_it_was_known(folder: Path) -> None:
    (folder / "a.nda").write_text(CONTRACT.replace("3 years or 5 years", "4 years or 5 years"))
    assert ("a.nda", "NDA206") in checked(folder)[1]
    (folder / "a.nda").write_text(CONTRACT + "  liquidated damages: CNY 100,000 to CNY 10,000\n")
    assert checked(folder)[1].count(("a.nda", "NDA201")) == 1  # one of two is known


def test_what_no_longer_matches_is_told_and_taken_out(folder: Path) -> None:
    (folder / "a.nda").write_text(CONTRACT.replace("3 years or 5 years", "3 years from signing"))
    (folder / "sub" / "b.nda").unlink()
    result, findings = checked(folder)
    assert (result.code, findings) == (0, [])
    assert "known.json: what no longer matches is taken out:\n" in result.err
    assert "  a.nda: NDA206 [unresolved-option] “3 years or 5 years”\n" in result.err
    assert "  sub/b.nda: NDA206" in result.err
    left = entries(folder)
    assert sorted(left) == ["a.nda"]
    assert "NDA206" not in [entry["code"] for entry in left["a.nda"]]
    assert "no longer" not in checked(folder)[0].err


def test_entries_stay_where_not_everything_was_looked_at(folder: Path) -> None:
    before = entries(folder)
    (folder / "a.nda").write_text(CONTRACT.replace("3 years or 5 years", "3 years from signing"))
    assert checked(folder, "--select", "NDA201")[1] == []
    assert entries(folder) == before
    (folder / "a.nda").write_text(CONTRACT.replace("duration: 3", "duratoin: 3"))
    assert ("a.nda", "NDA003") in checked(folder)[1]
    assert entries(folder) == before  # a slip of the pen is no mending
    nda_lint("--baseline", "known.json", "sub/b.nda", folder=folder)
    assert entries(folder) == before


def test_what_is_known_is_not_mended(folder: Path) -> None:
    nda_lint("--baseline", "known.json", "--fix", "--unsafe-fixes", ".", folder=folder)
    assert (folder / "a.nda").read_text() == CONTRACT


def test_a_baseline_of_the_configuration(folder: Path) -> None:
    (folder / "nda-lint.toml").write_text('baseline = "known.json"\n')
    assert nda_lint(".", folder=folder).code == 0
    assert nda_lint("--isolated", ".", folder=folder).code == 1
    (folder / "nda-lint.toml").write_text("")
    default = nda_lint("--write-baseline", ".", folder=folder)
    assert (default.code, default.out) == (0, "")
    assert default.err.startswith("nda-lint-baseline.json: ")
    assert (folder / "nda-lint-baseline.json").read_text() == (folder / "known.json").read_text()


def test_writing_again_keeps_what_was_not_checked(folder: Path) -> None:
    before = entries(folder)
    (folder / "a.nda").write_text("\n")
    nda_lint("--baseline", "known.json", "--write-baseline", "a.nda", folder=folder)
    after = entries(folder)
    assert after["sub/b.nda"] == before["sub/b.nda"]
    assert after.get("a.nda") != before["a.nda"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"version": 2, "files": {}}', '{"version": 1, "files": [1]}', "[" * 100_000]
)
def test_what_is_no_baseline_is_said(folder: Path, text: str) -> None:
    (folder / "known.json").write_text(text)
    result = nda_lint("--baseline", "known.json", ".", folder=folder)
    assert (result.code, result.out) == (2, "")
    assert "known.json: this is no baseline" in result.err
    assert nda_lint("--baseline", "none.json", ".", folder=folder).code == 2


def test_several_processes_know_it_too(folder: Path) -> None:
    assert checked(folder, "--jobs", "2")[1] == []
    assert checked(folder, "--no-cache")[1] == []


def test_chinese(folder: Path) -> None:
    (folder / "a.nda").unlink()
    result = nda_lint("--baseline", "known.json", "--lang", "zh", ".", folder=folder)
    assert "已列入基线" in result.out
    assert "known.json：下列条目已不再匹配，现予删除：" in result.err


def test_it_is_under_version_control_like_any_text(folder: Path) -> None:
    text = (folder / "known.json").read_text()
    nda_lint("--baseline", "known.json", "--write-baseline", "sub", "a.nda", folder=folder)
    assert (folder / "known.json").read_text() == text  # whatever the order of the files
    assert text.endswith("}\n") and len(text.splitlines()) > 10
    assert subprocess.run(
        ["python3", "-m", "json.tool", folder / "known.json"], capture_output=True, check=True
    )


def test_a_baseline_that_is_not_there_is_said(folder: Path) -> None:
    """Wherever the command runs: passed over in silence it would look like a contract that has got worse."""
    (folder / "sub" / "nda-lint.toml").write_text('baseline = "gone.json"\n')
    for place, path in ((folder, "."), (folder, "sub/b.nda"), (folder / "sub", ".")):
        result = nda_lint(path, folder=place)
        assert (result.code, result.out) == (2, "")
        assert (
            "gone.json: there is no such baseline; “nda-lint check --write-baseline” writes it" in result.err
        )
    assert nda_lint("--isolated", ".", folder=folder).code == 1
    assert nda_lint("--write-baseline", "sub", folder=folder).code == 0
    assert sorted(json.loads((folder / "sub" / "gone.json").read_text())["files"]) == ["b.nda"]
    assert nda_lint("sub", folder=folder).code == 0


def test_each_contract_has_the_baseline_of_its_configuration(folder: Path) -> None:
    (folder / "nda-lint.toml").write_text('baseline = "known.json"\n')
    (folder / "sub" / "nda-lint.toml").write_text('baseline = "own.json"\n')
    (folder / "c").mkdir()
    (folder / "c" / "nda-lint.toml").write_text("")  # has none of its own
    (folder / "c" / "c.nda").write_text(CONTRACT)
    assert "own.json: there is no such baseline" in nda_lint(".", folder=folder).err
    written = nda_lint("--write-baseline", ".", folder=folder)
    assert (written.code, written.err.count(" written.")) == (0, 2)
    assert sorted(json.loads((folder / "sub" / "own.json").read_text())["files"]) == ["b.nda"]
    assert {"a.nda", "c/c.nda"} <= entries(folder).keys()
    for arguments in (["."], ["--jobs", "2", "--no-cache", "."], ["sub", "a.nda"], ["."]):
        assert nda_lint(*arguments, folder=folder).code == 0
    (folder / "sub" / "b.nda").write_text(CONTRACT.replace(" or 5 years", ""))
    pruned = nda_lint(".", folder=folder)
    assert f"{folder / 'sub' / 'own.json'}: what no longer matches is taken out:" in pruned.err
    assert "known.json" not in pruned.err
    assert "own.json" in nda_lint("--show-settings", "sub", folder=folder).out


def test_a_report_beside_a_new_baseline_is_refused(folder: Path) -> None:
    result = nda_lint("--write-baseline", "-o", "report.txt", ".", folder=folder)
    assert result.code == 2 and "--write-baseline makes no report" in result.err
    assert not (folder / "nda-lint-baseline.json").exists() and not (folder / "report.txt").exists()
