"""The commands beside ``check``, run as processes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

UNTIDY = 'agreement "A"\nclause term\nduration :3 years\n      > The term is   as it stands.\n'
BROKEN = 'agreement "A"\n\nclause term\n  duration: 3 years\n  survival 5 years\n'
CHINESE = "协议「甲」\n\n条款 期限\n  期限：自签署日起 3 年\n"


def nda_lint(
    *arguments: str, folder: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "nda_lint", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


# --- facts -------------------------------------------------------------------------------


def test_facts(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_text(CHINESE)
    done = nda_lint("facts", "x.nda", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    data = json.loads(done.stdout)
    assert (data["version"], data["language"]) == (1, "zh")
    assert data["clauses"][0]["facts"][0]["key"] == "duration"
    assert nda_lint("facts", "-", stdin=CHINESE.encode()).stdout == done.stdout


def test_facts_of_a_contract_with_syntax_errors(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_text(BROKEN)
    done = nda_lint("facts", "x.nda", "-o", "facts.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"x.nda:5:3: NDA001 [syntax-error] error: ")
    data = json.loads((tmp_path / "facts.json").read_text())
    assert [fact["key"] for fact in data["clauses"][0]["facts"]] == ["duration", "survival"]


def test_facts_of_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_bytes(b"agreement \xff\n")
    done = nda_lint("facts", "x.nda", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"x.nda: byte 11 (0xff) is not UTF-8" in done.stderr


# --- rules and explain -------------------------------------------------------------------


def test_rules() -> None:
    table = nda_lint("rules").stdout.decode()
    assert "NDA001   error   syntax-error" in table
    entries = json.loads(nda_lint("rules", "--output-format", "json").stdout)
    codes = [entry["code"] for entry in entries]
    assert codes == sorted(codes)
    assert set(entries[0]) == {
        "code", "name", "severity", "default", "pack", "summary", "why", "help", "cites", "covers", "parameters", "url",
    }  # fmt: skip
    assert set(entries[0]["summary"]) == {"en", "zh"}


def test_explain_by_code_or_name_in_both_languages() -> None:
    english = nda_lint("explain", "NDA001")
    assert english.returncode == 0
    assert (
        nda_lint("explain", "syntax-error").stdout == english.stdout == nda_lint("explain", "nda001").stdout
    )
    text = english.stdout.decode()
    assert text.startswith("NDA001 syntax-error (error, on by default)\n")
    for title in ("Why", "What to do", "Wrong", "Right"):
        assert f"\n{title}\n" in text
    assert text.endswith("/rules/syntax-error.md\n")
    chinese = nda_lint("explain", "NDA001", "--lang", "zh").stdout.decode()
    assert chinese.startswith("NDA001 syntax-error（错误，默认启用）\n")
    assert "\n原因\n" in chinese
    assert chinese.endswith("/rules/syntax-error.zh.md\n")


# --- translate ---------------------------------------------------------------------------


def test_translate(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_text(CHINESE)
    done = nda_lint("translate", "--to", "en", "x.nda", folder=tmp_path)
    assert done.returncode == 0
    assert "duration: 3 years from signing" in done.stdout.decode()
    back = nda_lint("translate", "--to", "zh", "-", stdin=done.stdout)
    again = nda_lint("translate", "--to", "en", "-", stdin=back.stdout)
    assert again.stdout == done.stdout


def test_what_cannot_be_read_cannot_be_translated(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_text(BROKEN)
    done = nda_lint("translate", "--to", "zh", "x.nda", "-o", "y.nda", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"NDA001" in done.stderr
    assert not (tmp_path / "y.nda").exists()


# --- format ------------------------------------------------------------------------------


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "x.nda"
    path.write_text(UNTIDY)
    return path


def test_format_in_place_and_then_never_again(untidy: Path) -> None:
    done = nda_lint("format", str(untidy))
    assert (done.returncode, done.stderr) == (0, b"1 file reformatted.\n")
    text = untidy.read_text()
    assert "  duration: 3 years\n" in text
    assert "> The term is   as it stands." in text
    before = untidy.stat()
    again = nda_lint("format", str(untidy))
    assert (again.returncode, again.stderr) == (0, b"1 file left unchanged.\n")
    assert (untidy.stat().st_mtime_ns, untidy.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [path.name for path in untidy.parent.iterdir()] == ["x.nda"]


def test_format_check_and_diff_write_nothing(untidy: Path) -> None:
    check = nda_lint("format", "--check", "x.nda", folder=untidy.parent)
    assert (check.returncode, check.stdout) == (1, b"Would reformat: x.nda\n")
    diff = nda_lint("format", "--diff", "x.nda", folder=untidy.parent)
    assert diff.returncode == 1
    assert diff.stdout.decode().startswith("--- x.nda\n+++ x.nda\n@@ ")
    assert "+  duration: 3 years\n" in diff.stdout.decode()
    assert untidy.read_text() == UNTIDY
    nda_lint("format", str(untidy))
    assert nda_lint("format", "--check", str(untidy)).returncode == 0
    assert nda_lint("format", "--diff", str(untidy)).stdout == b""


def test_format_keeps_mode_line_ends_and_byte_order_mark(untidy: Path) -> None:
    untidy.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
    untidy.chmod(0o640)
    assert nda_lint("format", str(untidy)).returncode == 0
    data = untidy.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfagreement")
    assert data.count(b"\n") == data.count(b"\r\n") > 2
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_format_keeps_links(untidy: Path) -> None:
    link = untidy.with_name("link.nda")
    link.symlink_to("x.nda")
    assert nda_lint("format", str(link)).returncode == 0
    assert link.is_symlink()
    assert untidy.read_text() != UNTIDY


def test_format_leaves_syntax_errors_alone(untidy: Path) -> None:
    broken = untidy.with_name("broken.nda")
    broken.write_text(BROKEN)
    done = nda_lint("format", ".", folder=untidy.parent)
    assert done.returncode == 1
    assert done.stderr.startswith(b"broken.nda:5:3: NDA001")
    assert done.stderr.endswith(b"1 file reformatted, 1 file with errors left alone.\n")
    assert broken.read_text() == BROKEN


def test_format_standard_input() -> None:
    done = nda_lint("format", "-", stdin=UNTIDY.encode())
    assert done.returncode == 0
    assert b"  duration: 3 years\n" in done.stdout
    broken = nda_lint("format", "-", stdin=BROKEN.encode())
    assert (broken.returncode, broken.stdout) == (1, BROKEN.encode())


def test_format_what_cannot_be_formatted(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_bytes(b"agreement \xff\n")
    done = nda_lint("format", "x.nda", "missing.nda", folder=tmp_path)
    assert done.returncode == 2
    assert b"is not UTF-8" in done.stderr
    assert b"missing.nda: no such file" in done.stderr
    assert (tmp_path / "x.nda").read_bytes() == b"agreement \xff\n"


def test_format_of_nothing_that_could_be_read_sums_nothing_up(tmp_path: Path) -> None:
    done = nda_lint("format", "missing.nda", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, b"error: missing.nda: no such file or folder\n")


@pytest.mark.parametrize(
    "command", [["facts"], ["timeline"], ["timeline", "--output-format", "svg"], ["translate", "--to", "zh"]]
)
def test_no_result_is_written_over_the_contract(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.nda").write_text('agreement "A"\n')
    (tmp_path / "link").symlink_to("a.nda")
    for target in ("a.nda", "./a.nda", "link"):
        result = nda_lint(*command, "a.nda", "-o", target, folder=tmp_path)
        assert result.returncode == 2 and b"a.nda: the result would overwrite this contract" in result.stderr
    assert (tmp_path / "a.nda").read_text() == 'agreement "A"\n'
    assert nda_lint(*command, "a.nda", "-o", "b.out", folder=tmp_path).returncode == 0
