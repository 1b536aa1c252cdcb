"""Results of an earlier run, for files that are as they were then.

What is kept of a file is what its report was made into, by a run with the same options, the same tool and the same
configuration, on the same day (law changes with the day). A file is as it was where size, times and identity of it
are. Where all files of a run are so, all that it wrote is there at once. The cache is JSON and text, and checked by a
hash; one that is damaged is none.
"""

from __future__ import annotations

import os
from time import time_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.config import Configuration

FOLDER = ".nda_lint_cache"
#: What the names of files in it begin with: results, runs, and the tables of a house.
_FILES, _RUNS, HOUSE = "results-", "run-", "house-"
_MAGIC = b"nda-lint-results-1 "
#: A file that was written this shortly before might be written again without a sign, in nanoseconds.
_TOO_FRESH = 50_000_000
#: How many sets of options are remembered, how many files in each, and how many bytes of what a run wrote.
_MOST_SETS = 20
_MOST_FILES = 20_000
MOST_BYTES = 1 << 23


class Results:
    """The kept results of runs with one set of options. `options` are those on which the result of a file depends,
    `others` those on which also depends what a run makes of all of them."""

    __slots__ = ("_changed", "_digest", "_files", "_path", "_path_of_run", "_stamps")

    def __init__(self, folder: str, options: object, others: object) -> None:
        key = f"{options!r} {tool_state()}"
        place = os.path.join(folder, FOLDER)
        self._path = os.path.join(place, f"{_FILES}{_hash(key)}.json")
        self._path_of_run = os.path.join(place, f"{_RUNS}{_hash(f'{key} {others!r}')}.txt")
        self._files: dict[str, Any] | None = None
        self._stamps: dict[str, str] = {}
        self._digest = ""
        self._changed = False

    def stamp(self, files: Iterable[tuple[str, str]]) -> None:
        """Take note of the present state of files, each with the state of the configuration that it is checked by,
        before one of them is read."""
        latest = time_ns() - _TOO_FRESH
        self._stamps = {file: _stamp(file, configuration, latest) for file, configuration in files}
        if all(self._stamps.values()):
            self._digest = _hash("\n".join(f"{file} {stamp}" for file, stamp in self._stamps.items()))

    @property
    def known(self) -> bool:
        """Whether there was a run with these options, so that there is nothing wrong with them."""
        return bool(self._of_files())

    def run(self) -> tuple[Any, bytes] | None:
        """What is kept of a run over just these files, and all that it wrote; None where one of them has changed."""
        kept = _read(self._path_of_run) if self._digest else None
        if kept is None:
            return None
        head, _, written = kept.partition(b"\n")
        data = _json(head)
        return (data[1], written) if isinstance(data, list) and data[0] == self._digest else None

    def put_run(self, data: Any, written: bytes) -> None:
        """Keep what came of a run over all of the files."""
        if self._digest and len(written) <= MOST_BYTES:
            from json import dumps

            head = dumps([self._digest, data]).encode("ascii")
            make_folder(os.path.dirname(self._path_of_run))
            _write(self._path_of_run, head + b"\n" + written)

    def get(self, file: str) -> Any:
        """What is kept of a file as it is now, or None."""
        stamp, kept = self._stamps.get(file), self._of_files().get(file)
        return kept[1] if kept and stamp and kept[0] == stamp else None

    def put(self, file: str, result: Any) -> None:
        """Keep what came of a file."""
        stamp, files = self._stamps.get(file), self._of_files()
        if stamp:
            files.pop(file, None)  # the latest stand at the end
            files[file] = [stamp, result]
            self._changed = True

    def save(self) -> None:
        """Write what is new, where that is possible."""
        if self._changed:
            from json import dumps

            files = self._of_files()
            while len(files) > _MOST_FILES:
                del files[next(iter(files))]
            folder = os.path.dirname(self._path)
            make_folder(folder)
            _write(self._path, dumps(files, separators=(",", ":")).encode("ascii"))
            _forget_oldest(folder)

    def _of_files(self) -> dict[str, Any]:
        if self._files is None:
            kept = _read(self._path)
            files = _json(kept) if kept is not None else None
            self._files = files if isinstance(files, dict) else {}
        return self._files


def state_of(configuration: Configuration) -> str:
    """Tells one state of a configuration, with the rule files that it names, from another."""
    if configuration.path is None:
        return "-"
    rules = [(path, _stamps_below(path)) for path in configuration.words("rules")]
    return _hash(repr((configuration.path, configuration.values, rules)))


def tool_state() -> str:
    """Tells one state of the tool from another: its modules and tables, and in a checkout what these are made from."""
    package = os.path.dirname(os.path.abspath(__file__))
    parts = [package]
    if not os.path.isdir(os.path.join(package, "grammar")):
        parts += [os.path.join(os.path.dirname(package), name) for name in ("grammar", "rules")]
    return _hash(repr([_stamps_below(part) for part in parts]))


def is_ours(name: str) -> bool:
    """Whether a file of that name in the folder of a cache was put there by this tool."""
    return name == ".gitignore" or name.startswith((_FILES, _RUNS, HOUSE))


def make_folder(folder: str) -> None:
    """Make the folder of a cache, which is nothing to be kept with the contracts."""
    try:
        os.makedirs(folder, exist_ok=True)
        ignored = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignored):
            with open(ignored, "w", encoding="utf-8") as file:
                file.write("*\n")
    except OSError:
        return


def _stamp(path: str, configuration: str, latest: int) -> str:
    """The state of a file; empty where it cannot be told, or could change without a sign."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ""
    if status.st_ctime_ns > latest:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {configuration}"


def _stamps_below(path: str) -> list[tuple[str, int, int]]:
    """Names, sizes and times of a file, or of all files in a folder and those below it."""
    found: list[tuple[str, int, int]] = []
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                    else:
                        status = entry.stat()
                        found.append((entry.path, status.st_size, status.st_mtime_ns))
        except NotADirectoryError:
            status = os.stat(folder)
            found.append((folder, status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return sorted(found)


def _hash(data: str | bytes) -> str:
    try:
        from _blake2 import blake2b  # what hashlib gives, without the rest that it loads
    except ImportError:
        from hashlib import blake2b
    encoded = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    return str(blake2b(encoded, digest_size=12).hexdigest())


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            header, content = file.readline(), file.read()
    except OSError:
        return None
    return content if header == _header(content) else None


def _json(content: bytes) -> Any:
    from json import loads

    try:
        return loads(content)
    except (ValueError, RecursionError):
        return None


def _header(content: bytes) -> bytes:
    return _MAGIC + _hash(content).encode("ascii") + b"\n"


def _write(path: str, content: bytes) -> None:
    from nda_lint.tables import write_if_possible  # a run that only shows what is kept needs no tables

    write_if_possible(path, _header(content) + content)


def _forget_oldest(folder: str) -> None:
    """Results with options that have not been used for long."""
    for prefix in (_FILES, _RUNS):
        try:
            with os.scandir(folder) as entries:
                kept = sorted(
                    (entry.stat().st_mtime_ns, entry.path)
                    for entry in entries
                    if entry.name.startswith(prefix)
                )
            for _, path in kept[:-_MOST_SETS]:
                os.unlink(path)
        except OSError:
            continue
