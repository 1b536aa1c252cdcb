"""Vim with ALE and Emacs with Flymake as processes, set up with the lines of docs/editors.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import ROOT, read
from test_ci import commands as commands_of_checkout

commands = commands_of_checkout

ALE = Path("/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale")
CONTRACT = """协议「𝒜 合同」
当事人 甲方「甲公司」
条款 违约责任
  违约金:人民币 5 元至人民币 3 元
"""
MARKED = "人民币 5 元至人民币 3 元"
VIM_SESSION = """
let g:seen = {}
function! Look(turn) abort
  let l:items = get(get(g:, 'ale_buffer_info', {}), bufnr(''), {})
  let l:items = get(l:items, 'loclist', [])
  if !empty(l:items) || a:turn > 200
    let g:seen.items = map(copy(l:items), {_, item -> [item.code, item.type, item.lnum, item.col, get(item, 'end_col', 0), item.text]})
    let g:seen.column = getline(4)[0 : 0] . len(getline(4))
    call writefile([json_encode(g:seen)], $NDA_LINT_SEEN)
    qall!
  endif
  call timer_start(100, {-> Look(a:turn + 1)})
endfunction
call timer_start(100, {-> Look(0)})
"""
EMACS_SESSION = """
(find-file (getenv "NDA_LINT_CONTRACT"))
(flymake-start)
(let ((turns 0))
  (while (and (null (flymake-diagnostics)) (< turns 200))
    (accept-process-output nil 0.1)
    (setq turns (1+ turns))))
(let ((coding-system-for-write 'utf-8)
      (seen (mapcar (lambda (each)
                      (vector (flymake-diagnostic-text each)
                              (symbol-name (flymake-diagnostic-type each))
                              (buffer-substring-no-properties (flymake-diagnostic-beg each)
                                                              (flymake-diagnostic-end each))))
                    (flymake-diagnostics))))
  (write-region (json-encode (vconcat seen)) nil (getenv "NDA_LINT_SEEN")))
"""


def lines_of(page: str, name: str) -> str:
    found = re.search(rf"```{name}\n(.*?)```", read(ROOT, "docs", page), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def environment(tmp_path: Path, commands: dict[str, str]) -> dict[str, str]:
    (tmp_path / "合 同.nda").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "nda-lint.toml").write_text('select = ["NDA2"]\n')
    seen, contract = tmp_path / "seen.json", tmp_path / "合 同.nda"
    return {
        **commands, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "TERM": "dumb",
        "NDA_LINT_SEEN": str(seen), "NDA_LINT_CONTRACT": str(contract),
    }  # fmt: skip


@pytest.mark.skipif(shutil.which("vim") is None or not ALE.exists(), reason="Vim or ALE is not installed")
@pytest.mark.parametrize("page", ["editors.md", "editors.zh.md"])
def test_vim_marks_what_is_found(page: str, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "vimrc").write_text("set encoding=utf-8\n" + lines_of(page, "vim ale"), encoding="utf-8")
    (tmp_path / "session.vim").write_text(VIM_SESSION, encoding="utf-8")
    subprocess.run(
        ["vim", "-N", "-n", "-i", "NONE", "-u", tmp_path / "vimrc", "--not-a-term", "-c", f"source {tmp_path}/session.vim",
         environment["NDA_LINT_CONTRACT"]],
        env=environment, cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=120,
    )  # fmt: skip
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    (item,) = [item for item in seen["items"] if item[0] == "NDA201"]
    _, kind, row, column, last, message = item
    line = CONTRACT.splitlines()[3].encode()
    assert (kind, row) == ("E", 4) and "人民币" in message
    assert line[column - 1 :].decode().startswith(MARKED)
    assert line[last - 1 :].decode() == MARKED[-1]


@pytest.mark.skipif(shutil.which("vim") is None or not ALE.exists(), reason="Vim or ALE is not installed")
def test_vim_lays_out(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "vimrc").write_text(
        "set encoding=utf-8\n" + lines_of("editors.md", "vim ale"), encoding="utf-8"
    )
    (tmp_path / "session.vim").write_text(
        "autocmd User ALEFixPost write! | qall!\ncall timer_start(100, {-> execute('ALEFix')})\n"
        "call timer_start(60000, {-> execute('qall!')})\n"
    )
    untidy = tmp_path / "untidy.nda"
    untidy.write_text('agreement    "A"\n     language :English\n')
    subprocess.run(
        ["vim", "-N", "-n", "-i", "NONE", "-u", tmp_path / "vimrc", "--not-a-term", "-c", f"source {tmp_path}/session.vim", untidy],
        env=environment, cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=120,
    )  # fmt: skip
    assert untidy.read_text() == 'agreement "A"\n  language: English\n'


@pytest.mark.skipif(shutil.which("emacs") is None, reason="Emacs is not installed")
@pytest.mark.parametrize("page", ["editors.md", "editors.zh.md"])
def test_emacs_marks_what_is_found(page: str, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "nda-lint.el").write_text(lines_of(page, "elisp flymake"), encoding="utf-8")
    (tmp_path / "session.el").write_text(EMACS_SESSION, encoding="utf-8")
    done = subprocess.run(
        ["emacs", "-Q", "--batch", "-l", tmp_path / "nda-lint.el", "-l", tmp_path / "session.el"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "seen.json").exists(), done.stderr
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert [(kind.strip(":"), text) for message, kind, text in seen if "NDA201" in message] == [
        ("error", MARKED)
    ]


def test_the_pages_have_the_same_lines() -> None:
    for name in ("vim ale", "elisp flymake"):
        assert lines_of("editors.md", name) == lines_of("editors.zh.md", name)
    assert os.path.exists(os.path.join(ROOT, "docs", "editors.md"))
