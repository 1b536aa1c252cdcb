"""Starting a repository of contracts, and taking away what was only kept."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import ROOT, contract_of, read
from test_cli import nda_lint

from nda_lint.cache import FOLDER
from nda_lint.facts import facts

NAMES = {"en": "contract.nda", "zh": "合同.nda"}


@pytest.mark.parametrize("profile", ["default", "common-law"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_is_clean_and_laid_out(tmp_path: Path, language: str, profile: str) -> None:
    arguments = ("--lang", language, "--profile", profile)
    assert nda_lint("init", *arguments, folder=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["nda-lint.toml", NAMES[language]])
    for more in ([], ["--isolated"]):
        assert nda_lint(*more, "--fail-severity", "info", ".", folder=tmp_path).code == 0
    assert nda_lint("format", "--check", ".", folder=tmp_path).code == 0
    assert f'profile = ["{profile}"]' in nda_lint("--show-settings", ".", folder=tmp_path).out


@pytest.mark.parametrize("profile", ["default", "common-law"])
def test_both_languages_start_with_the_same_contract(profile: str) -> None:
    one, other = (
        facts(contract_of(read(ROOT, "nda_lint", "templates", f"{profile}.{language}.nda")))
        for language in ("en", "zh")
    )
    kinds = [[(clause["kind"], [fact["key"] for fact in clause["facts"]], len(clause["norms"]), len(clause["prose"]))
              for clause in each["clauses"]] for each in (one, other)]  # fmt: skip
    assert kinds[0] == kinds[1]


def test_what_is_said_stands_in_the_contract(tmp_path: Path) -> None:
    said = {
        "discloser": 'Tom "The Valve" & Sons', "discloser-address": "1 Quay\nHull", "recipient": "乙「水泵」有限公司",
        "recipient-address": "2 Dock Road", "purpose": "a trial", "court": "County Court at Leeds",
    }  # fmt: skip
    flags = [word for name, value in said.items() for word in (f"--{name}", value)]
    assert nda_lint("init", "--contract", "first.nda", *flags, folder=tmp_path).code == 0
    text = (tmp_path / "first.nda").read_text()
    for words in (
        "Tom 'The Valve' & Sons",
        "1 Quay Hull",
        "乙『水泵』有限公司",
        "a trial",
        "County Court at Leeds",
    ):
        assert words in text
    assert nda_lint(".", folder=tmp_path).code == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    for name in ("nda-lint.toml", "contract.nda"):
        (tmp_path / name).write_text("mine")
        result = nda_lint("init", folder=tmp_path)
        assert (result.code, result.out) == (2, "")
        assert f"{name}: it is there already" in result.err
        assert [path.name for path in tmp_path.iterdir()] == [name]
        (tmp_path / name).unlink()


def test_a_contract_that_would_not_be_clean_is_not_written(tmp_path: Path) -> None:
    result = nda_lint("init", "--purpose", "to be agreed later, ____", folder=tmp_path)
    assert result.code == 2
    assert "the contract would not be clean" in result.err
    assert not list(tmp_path.iterdir())


class Terminal:
    """A process whose standard input and error are a terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nda_lint", *arguments],
            cwd=folder, stdin=slave, stderr=slave, stdout=subprocess.PIPE, env=environment,
        )  # fmt: skip
        os.close(slave)
        self.shown = ""

    def expect(self, words: str) -> None:
        """Wait until `words` are shown."""
        latest = time.monotonic() + 60
        while words not in self.shown and time.monotonic() < latest:
            if select.select([self._master], [], [], 1)[0]:
                self.shown += os.read(self._master, 4096).decode()
        assert words in self.shown, self.shown
        self.shown = self.shown.partition(words)[2]

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def end(self) -> tuple[int, str]:
        out, _ = self.process.communicate(timeout=60)
        os.close(self._master)
        return self.process.returncode, out.decode()


def test_it_asks_where_somebody_is_there(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init")
    terminal.expect("Language 语言 (en, zh) [en]: ")
    terminal.type("fr\n")
    terminal.expect("Language 语言 (en, zh) [en]: ")
    terminal.type("zh\n")
    terminal.expect("[default]: ")
    terminal.type("\n")
    terminal.expect("披露方全称 [上海甲阀门有限公司]: ")
    terminal.type("北京丙仪器有限公司\n")
    for _ in range(5):
        terminal.expect("]: ")
        terminal.type("\n")
    code, out = terminal.end()
    assert (code, out) == (0, "已写入 nda-lint.toml 与 合同.nda。下一步：nda-lint 合同.nda\n")
    assert "当事人 甲方「北京丙仪器有限公司」" in (tmp_path / "合同.nda").read_text()
    assert nda_lint(".", folder=tmp_path).code == 0


def test_no_answer_writes_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init", "--lang", "en")
    terminal.expect("[common-law]: ")
    terminal.type("\x04")
    assert terminal.end()[0] == 2
    assert not list(tmp_path.iterdir())


def test_clean_takes_away_what_was_kept_and_nothing_else(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    for number in range(2):
        (inner / f"{number}.nda").write_text('agreement "A"\n')
    (tmp_path / "nda-lint.toml").write_text(
        '[vocabulary.object.x]\nbelow = "document"\nen = "xylograph"\nzh = "木刻件"\n'
    )
    nda_lint("inner", folder=tmp_path)
    nda_lint("--isolated", ".", folder=inner)
    assert list((tmp_path / FOLDER).glob("house-*")) and list((inner / FOLDER).glob("results-*"))
    (inner / FOLDER / "mine.txt").write_text("kept")
    result = nda_lint("clean", folder=tmp_path)
    assert result.code == 0 and result.out.endswith(" files of the cache removed.\n")
    assert not (tmp_path / FOLDER).exists()
    assert [path.name for path in (inner / FOLDER).iterdir()] == ["mine.txt"]
    assert nda_lint("clean", "--lang", "zh", folder=inner).out == "已删除 0 个缓存文件。\n"


def test_clean_finds_the_cache_of_the_configuration_from_below(tmp_path: Path) -> None:
    (tmp_path / "nda-lint.toml").write_text("not TOML at all [")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "results-0.json").write_text("")
    (tmp_path / "inner").mkdir()
    assert nda_lint("clean", folder=tmp_path / "inner").out == "1 file of the cache removed.\n"


def test_clean_does_not_follow_links(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "results-0.json").write_text("")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / FOLDER).symlink_to(tmp_path / "other")
    assert nda_lint("clean", folder=tmp_path / "here").out == "0 files of the cache removed.\n"
    assert (tmp_path / "other" / "results-0.json").exists()


def test_the_contract_may_lie_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    result = nda_lint("init", "--contract", "our contracts/first.nda", folder=tmp_path)
    assert result.code == 0 and "Next: nda-lint 'our contracts/first.nda'\n" in result.out
    assert nda_lint(".", folder=tmp_path).code == 0


@pytest.mark.parametrize("name", ["first.docx", "first", "contract.nda/first.nda"])
def test_what_could_not_be_checked_is_not_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "contract.nda").write_text("")
    assert nda_lint("init", "--contract", name, folder=tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["contract.nda"]
