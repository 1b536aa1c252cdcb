"""From the PATHs of a command line to the bytes of contracts.

Folders are searched for ``*.nda``; links to folders are not followed inside a search, so it always
ends. A file that is named is read whatever it is called, except documents of a word processor, for which
there is a sentence that says what to do.
"""

from __future__ import annotations

import os
import stat

from nda_lint import DOCUMENTATION
from nda_lint.problem import Problem, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import RawIOBase
    from typing import BinaryIO

STDIN = "-"
STDIN_FILENAME = "<stdin>"
SUFFIX = ".nda"
#: More than any contract; a stream without end is refused when it has given this much.
MOST_BYTES = 1 << 28
_CHUNK = 1 << 20
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "site-packages"})
_DOCUMENTS = {
    ".docx": ("a Word document", "Word 文档"),
    ".doc": ("a Word document", "Word 文档"),
    ".odt": ("an OpenDocument text", "OpenDocument 文档"),
    ".wps": ("a WPS document", "WPS 文档"),
    ".rtf": ("a Rich Text document", "RTF 文档"),
    ".pdf": ("a PDF document", "PDF 文档"),
    ".zip": ("a Word document or another archive", "Word 文档或其他压缩文件"),
}
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".rtf"),
)


def contracts(paths: Sequence[str]) -> Iterator[str | Problem]:
    """The files that `paths` mean, each once, in order; and what went wrong on the way to them."""
    if len(paths) == 1 and paths[0] != STDIN:
        yield from _expand(paths[0])  # where each file is there once
        return
    seen: set[str] = set()
    for path in paths:
        found: Iterator[str | Problem] = iter([STDIN]) if path == STDIN else _expand(path)
        for file in found:
            if isinstance(file, Problem):
                yield file
            elif (key := file if file == STDIN else os.path.abspath(file)) not in seen:
                seen.add(key)
                yield file


def _expand(path: str) -> Iterator[str | Problem]:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield _cannot_read(path, error)
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _document(path, suffix) if (suffix := _suffix(path)) in _DOCUMENTS else path
        return
    empty = True
    for file in _search(path):
        empty = False
        yield file
    if empty:
        yield Problem(
            f"{path}: this folder holds no contracts (*{SUFFIX})",
            f"{path}：这个文件夹里没有合同（*{SUFFIX}）",
        )


def _search(folder: str) -> Iterator[str | Problem]:
    """The contracts below `folder` in the order of their names; without recursion, as a tree may be deep."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                inside = sorted((entry.name, _is_folder(entry)) for entry in entries if _is_wanted(entry))
        except OSError as error:
            yield _cannot_read(path, error)
            continue
        prefix = "" if path == os.curdir else path
        waiting += [(os.path.join(prefix, name), kind) for name, kind in reversed(inside)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Folders to search and contracts to read; a link that leads nowhere is one, so that it is reported."""
    if _is_folder(entry):
        return not entry.name.startswith(".") and entry.name not in _LEFT_OUT
    if not entry.name.lower().endswith(SUFFIX):
        return False
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:
        return True


def read(path: str, stdin: BinaryIO) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises :class:`Problem`."""
    try:
        if path == STDIN:
            data = _read_stream(stdin)
        else:
            with open(path, "rb", buffering=0) as file:
                status = os.fstat(file.fileno())
                # One read suffices for a file; a pipe is read until it ends.
                regular = stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES
                data = file.readall() if regular else _read_stream(file)
    except (OSError, ValueError) as error:
        raise _cannot_read(path, error) from None
    if len(data) > MOST_BYTES:
        limit = f"{MOST_BYTES >> 20} MB"
        raise Problem(
            f"{_shown(path)}: more than {limit} is no contract", f"{_shown(path)}：超过 {limit}，不是合同"
        )
    for signature, suffix in _SIGNATURES:
        if data.startswith(signature):
            raise _document(_shown(path), suffix)
    if path != STDIN and _suffix(path) in _DOCUMENTS:
        raise _document(path, _suffix(path))
    return data


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _read_stream(stream: BinaryIO | RawIOBase) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while size <= MOST_BYTES and (chunk := stream.read(_CHUNK)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _shown(path: str) -> str:
    return STDIN_FILENAME if path == STDIN else path


def _cannot_read(path: str, error: OSError | ValueError) -> Problem:
    english, chinese = reason(error)
    return Problem(f"{_shown(path)}: {english}", f"{_shown(path)}：{chinese}")


def _document(path: str, suffix: str) -> Problem:
    english, chinese = _DOCUMENTS[suffix]
    return Problem(
        f"{path}: this is {english}; nda-lint reads contracts written as plain text in {SUFFIX} files. "
        f"Write its clauses down in one; {DOCUMENTATION} shows how",
        f"{path}：这是 {chinese}；nda-lint 只读取以纯文本写成的 {SUFFIX} 合同。"
        f"请将其条款写成 {SUFFIX} 文件，写法见 {DOCUMENTATION}",
    )
