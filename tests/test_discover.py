"""From PATHs to files: every way to name contracts, and every way in which that may fail."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from nda_lint import discover
from nda_lint.discover import contracts, read
from nda_lint.problem import Problem

NOBODY = io.BytesIO()
not_as_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("agreement\n")


def found(*paths: str) -> list[str]:
    return [str(file) if isinstance(file, Problem) else file for file in contracts(paths)]


def test_folders_are_searched_in_order() -> None:
    write("b/z.nda", "b/a/y.nda", "b/x.NDA", "b/notes.txt", "b/.git/hidden.nda", "b/node_modules/n.nda")
    assert found("b") == ["b/a/y.nda", "b/x.NDA", "b/z.nda"]
    assert found("b/") == ["b/a/y.nda", "b/x.NDA", "b/z.nda"]


def test_the_current_folder_is_not_spelt_out() -> None:
    write("a.nda", "b/c.nda")
    assert found(".") == ["a.nda", "b/c.nda"]


def test_named_files_come_in_the_order_given_and_once() -> None:
    write("b.nda", "a.nda", "odd.txt")
    assert found("b.nda", "a.nda", "./b.nda", "odd.txt", ".") == ["b.nda", "a.nda", "odd.txt"]


def test_standard_input() -> None:
    assert found("-", "-") == ["-"]
    assert read("-", io.BytesIO(b"agreement")) == b"agreement"


def test_missing_file() -> None:
    assert found("none.nda") == ["none.nda: no such file or folder"]


def test_folder_without_contracts() -> None:
    write("empty/readme.txt")
    (problem,) = contracts(["empty"])
    assert isinstance(problem, Problem)
    assert problem.english == "empty: this folder holds no contracts (*.nda)"
    assert problem.chinese == "empty：这个文件夹里没有合同（*.nda）"


@pytest.mark.parametrize(
    ("name", "what"), [("x.docx", "a Word document"), ("x.DOC", "a Word"), ("x.pdf", "a PDF document")]
)
def test_documents_of_word_processors_get_a_sentence(name: str, what: str) -> None:
    write(name)
    (sentence,) = found(name)
    assert sentence.startswith(f"{name}: this is {what}")
    assert ".nda" in sentence and "https://" in sentence


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1"]
)
def test_documents_with_the_wrong_name_are_known_by_their_content(data: bytes) -> None:
    Path("x.nda").write_bytes(data)
    with pytest.raises(Problem, match=r"x\.nda: this is a"):
        read("x.nda", NOBODY)


def test_loops_of_links_end() -> None:
    write("a/b/x.nda")
    Path("a/b/up").symlink_to("..", target_is_directory=True)
    Path("a/self").symlink_to("self")
    Path("a/self.nda").symlink_to("self.nda")
    files = found("a")
    assert files == ["a/b/x.nda", "a/self.nda"]
    with pytest.raises(Problem, match=r"a/self\.nda: "):
        read("a/self.nda", NOBODY)


def test_a_link_to_a_contract_and_a_named_link_to_a_folder_are_followed() -> None:
    write("real/x.nda")
    Path("here").mkdir()
    Path("here/link.nda").symlink_to("../real/x.nda")
    Path("folder").symlink_to("real", target_is_directory=True)
    assert found("here") == ["here/link.nda"]
    assert found("folder") == ["folder/x.nda"]


def test_a_link_that_leads_nowhere_is_reported() -> None:
    Path("gone.nda").symlink_to("nowhere")
    assert found(".") == ["gone.nda"]
    with pytest.raises(Problem, match=r"gone\.nda: no such file"):
        read("gone.nda", NOBODY)


def test_pipes_in_a_folder_are_not_waited_for() -> None:
    write("a/x.nda")
    os.mkfifo("a/pipe.nda")
    assert found("a") == ["a/x.nda"]


def test_deep_trees() -> None:
    write("/".join(["d"] * 800) + "/x.nda")
    assert len(found("d")) == 1


def test_files_that_vanish_and_folders_that_are_files() -> None:
    with pytest.raises(Problem, match="no such file"):
        read("vanished.nda", NOBODY)
    Path("folder.nda").mkdir()
    with pytest.raises(Problem, match="this is a folder and no file"):
        read("folder.nda", NOBODY)


def test_impossible_names() -> None:
    assert found("a\0b") == ["a\0b: not a possible file name"]
    assert found("lone\udcff") == ["lone\udcff: no such file or folder"]
    assert len(found("x" * 5000)) == 1


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "MOST_BYTES", 1 << 20)
    Path("large.nda").write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(Problem, match="more than 1 MB is no contract"):
        read("large.nda", NOBODY)
    with pytest.raises(Problem, match="<stdin>: more than 1 MB"):
        read("-", io.BytesIO(b"x" * (3 << 20)))


@not_as_root
def test_unreadable() -> None:
    write("shut/x.nda", "y.nda", "z.nda")
    os.chmod("shut", 0)
    os.chmod("y.nda", 0)
    try:
        assert found(".") == ["shut: permission denied", "y.nda", "z.nda"]
        with pytest.raises(Problem, match="permission denied"):
            read("y.nda", NOBODY)
    finally:
        os.chmod("shut", 0o700)


def test_a_contract_and_a_link_to_it_are_two_files() -> None:
    """As with ruff: a link has a path of its own, and perhaps settings of its own."""
    write("a/x.nda", "b/y.nda")
    Path("a/link.nda").symlink_to("x.nda")
    assert found("a") == ["a/link.nda", "a/x.nda"]
    assert found("a/x.nda", "./a/x.nda", "a") == ["a/x.nda", "a/link.nda"]
