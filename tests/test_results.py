"""Results that are kept, and work that is shared: the same output whatever was known and who did it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from test_cli import Result, modules_after, nda_lint

from nda_lint.cache import FOLDER, Results

CONTRACT = 'agreement "A"\nclause term\n  duration: {} years or 5 years\n'
CHINESE = "协议「甲」\n条款 期限\n  期限：{} 年或者 5 年\n"
FORMATS = ("full", "concise", "json", "json-lines", "lsp", "sarif", "github", "gitlab", "junit")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        (tmp_path / f"{number}.nda").write_text((CHINESE if number % 2 else CONTRACT).format(number + 1))
    (tmp_path / "clean.nda").write_text("\n")
    time.sleep(0.1)  # a file that has just been written is not kept
    return tmp_path


def same(one: Result, other: Result) -> bool:
    return (one.code, one.out, one.err) == (other.code, other.out, other.err)


def kept(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("re*.json"))


def checks_nothing(folder: Path, *arguments: str) -> bool:
    return "nda_lint.linter" not in modules_after(*arguments, folder=folder)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_again_is_the_same(folder: Path, name: str) -> None:
    arguments = ("--output-format", name, ".")
    without = nda_lint("--no-cache", *arguments, folder=folder)
    assert not (folder / FOLDER).exists()
    first, again = nda_lint(*arguments, folder=folder), nda_lint(*arguments, folder=folder)
    assert same(without, first) and same(first, again)
    assert checks_nothing(folder, *arguments) == (name != "sarif")


def test_one_changed_file_is_checked_and_no_other(folder: Path) -> None:
    nda_lint("--output-format", "concise", ".", folder=folder)
    (folder / "3.nda").write_text(CONTRACT.format(17))
    time.sleep(0.1)
    changed = nda_lint("--output-format", "concise", ".", folder=folder)
    assert "17 years or 5 years" in changed.out
    assert same(changed, nda_lint("--no-cache", "--output-format", "concise", ".", folder=folder))
    (folder / "new.nda").write_text(CONTRACT.format(18))
    assert "18 years" in nda_lint("--output-format", "concise", ".", folder=folder).out
    (folder / "new.nda").unlink()
    assert same(changed, nda_lint("--output-format", "concise", ".", folder=folder))


def test_a_file_that_changes_without_a_sign_is_not_kept(folder: Path) -> None:
    for turn in range(5):
        (folder / "0.nda").write_text(CONTRACT.format(20 + turn))
        assert f"{20 + turn} years" in nda_lint("--output-format", "concise", ".", folder=folder).out


def test_what_results_depend_on(folder: Path) -> None:
    base = ("--output-format", "concise", ".")
    nda_lint(*base, folder=folder)
    for more in (["--select", "NDA1"], ["--ignore", "NDA206"], ["--profile", "strict"], ["--lang", "zh"],
                 ["--color", "always"], ["--as-of", "2020-01-01"]):  # fmt: skip
        assert same(
            nda_lint(*more, *base, folder=folder), nda_lint("--no-cache", *more, *base, folder=folder)
        )
    for config in (
        'ignore = ["NDA206"]\n',
        'lang = "zh"\n',
        '[rule.NDA206]\nseverity = "info"\n',
        'exclude = ["0.nda"]\n',
    ):
        (folder / "nda-lint.toml").write_text(config)
        with_config = nda_lint(*base, folder=folder)
        assert same(with_config, nda_lint("--no-cache", *base, folder=folder)), config
    (folder / "nda-lint.toml").unlink()
    codes = [
        nda_lint("--fail-severity", least, *base, folder=folder).code for least in ("error", "never", "error")
    ]
    assert codes == [1, 0, 1]
    assert nda_lint("--select", "NDA999x", *base, folder=folder).code == 2


def test_a_changed_rule_file_counts(folder: Path) -> None:
    rule = (
        'pack acme "A" 「甲」\n\nrule ACME001 term-agreed\n  severity: warning\n  summary: "A" 「甲」\n  when: term.duration exists\n'
        '  at: term.duration\n  message: "First." 「一。」\n  why: "B" 「乙」\n  help: "C" 「丙」\n'
        "  bad:\n    > clause term\n    >   duration: 3 years\n  good:\n    > clause term\n"
    )
    (folder / "house.rules").write_text(rule)
    (folder / "nda-lint.toml").write_text('rules = ["house.rules"]\nselect = ["ACME"]\n')
    assert "First." in nda_lint(".", folder=folder).out
    (folder / "house.rules").write_text(rule.replace("First.", "Second."))
    assert "Second." in nda_lint(".", folder=folder).out


@pytest.mark.parametrize("damage", [b"", b"nda-lint-results-1 0\n{}", b"\x00" * 100, b"[" * 100_000])
def test_a_damaged_cache_is_none(folder: Path, damage: bytes) -> None:
    before = nda_lint(".", folder=folder)
    for path in (folder / FOLDER).iterdir():
        path.write_bytes(damage)
    assert same(nda_lint(".", folder=folder), before)
    assert same(nda_lint(".", folder=folder), before)


def test_results_with_a_right_sum_and_a_wrong_shape_are_none(folder: Path) -> None:
    place = Results(str(folder), 1, 2)
    place.stamp([("0.nda", "-")])
    place._files = {"0.nda": ["other", None]}
    assert place.get("0.nda") is None and place.get("1.nda") is None and place.run() is None


def test_a_folder_that_cannot_be_written_does_without(folder: Path) -> None:
    (folder / FOLDER).write_text("in the way")
    assert nda_lint(".", folder=folder).code == 1


def test_nothing_is_kept_of_a_single_file_or_of_standard_input(folder: Path) -> None:
    nda_lint("0.nda", folder=folder)
    nda_lint("-", "0.nda", folder=folder)
    nda_lint("--fix", ".", folder=folder)
    assert not (folder / FOLDER).exists()


def test_old_results_are_forgotten(folder: Path) -> None:
    for number in range(25):
        nda_lint("--select", f"NDA10{number % 9}", "--ignore", f"NDA2{number // 9}", ".", folder=folder)
    assert len(list((folder / FOLDER).glob("results-*"))) <= 20


@pytest.mark.parametrize("name", ["full", "json", "sarif", "junit"])
def test_several_processes_give_what_one_gives(folder: Path, name: str) -> None:
    (folder / "odd.nda").write_bytes(b"\xff\xfe odd")
    (folder / "word.nda").write_bytes(b"PK\x03\x04")
    arguments = ("--no-cache", "--output-format", name, ".", "none.nda")
    one, two = (nda_lint("--jobs", jobs, *arguments, folder=folder) for jobs in ("1", "2"))
    assert same(one, two)
    assert one.code == 2


def test_several_processes_mend_too(folder: Path) -> None:
    for path in folder.glob("*.nda"):
        path.write_text("# nda-lint: ignore-file NDA201 -- none\n" + path.read_text())
    result = nda_lint("--jobs", "3", "--fix", ".", folder=folder)
    assert "Fixed 7 findings in 7 files." in result.out
    assert not any("ignore-file" in path.read_text() for path in folder.glob("*.nda"))


def test_a_wrong_number_of_processes_is_said(folder: Path) -> None:
    assert nda_lint("--jobs", "many", ".", folder=folder).code == 2
    assert nda_lint("--jobs", "0", ".", folder=folder).code == 1  # as many as suit


def test_pickle_is_not_among_what_reads_a_cache(folder: Path) -> None:
    nda_lint(".", folder=folder)
    assert not modules_after(".", folder=folder) & {"pickle", "multiprocessing", "concurrent.futures"}
    assert os.listdir(folder / FOLDER)
