"""Loading of the compiled tables, and their compilation on first use of a checkout.

`tables.bin` is a header line with the hash of what it was made from and a checksum of its index, the index, then
for each part plain tuples, dicts, strings and numbers in marshal format: data, never code. Parts are read when they are
asked for: most runs need less than half. A wheel brings it
along; in a checkout it is made anew whenever `grammar/`, `rules/` or the schema changed.
"""

from __future__ import annotations

import marshal
import os
from _thread import allocate_lock
from contextvars import ContextVar
from io import BytesIO
from zlib import crc32

from nda_lint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

PACKAGE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(PACKAGE, "tables.bin")
_MAGIC = "nda-lint-tables-3"


class TablesError(Exception):
    """The compiled tables are missing or damaged and cannot be made here."""


class Tables(dict[str, "Any"]):
    """The parts of the tables, or the pieces of one, each read from its place when it is first asked for.

    `checksum` tells one state from another; `rulebook` is kept here for those who run the rules."""

    __slots__ = ("_packed", "checksum", "rulebook")

    def __init__(self, packed: dict[str, Any], checksum: str = "") -> None:
        super().__init__()
        self._packed = packed
        self.checksum = checksum
        self.rulebook: object = None

    @classmethod
    def upon(cls, base: Tables, parts: dict[str, Any]) -> Tables:
        """Those of `base` with other `parts`, packed or not, in the place of some."""
        made = cls({**base._packed, **parts}, base.checksum)
        made.update({name: part for name, part in dict.items(base) if name not in parts})
        return made

    def __missing__(self, name: str) -> Any:
        part = self._packed[name]
        if isinstance(part, _Part):
            part = marshal.loads(part.content())
        elif _is_in_pieces(part):
            part = Tables(part)
        self[name] = part
        return part

    # All that is there is in it, whether it has been read or not.

    def __contains__(self, name: object) -> bool:
        return name in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def get(self, name: str, default: Any = None) -> Any:
        """A part, `default` where there is none of that name."""
        return self[name] if name in self._packed else default

    def keys(self) -> Any:
        """The names of all parts."""
        return self._packed.keys()

    def values(self) -> Any:
        """All parts."""
        return [self[name] for name in self._packed]

    def items(self) -> Any:
        """All parts with their names."""
        return [(name, self[name]) for name in self._packed]


class _Part:
    """Where a part stands."""

    __slots__ = ("_checksum", "_content", "_length", "_place")

    def __init__(self, content: _Content, place: int, length: int, checksum: int) -> None:
        self._content = content
        self._place = place
        self._length = length
        self._checksum = checksum

    def content(self) -> bytes:
        """Its bytes. Raises :class:`TablesError` where they are not those that were written."""
        content = self._content.read(self._place, self._length)
        if crc32(content) != self._checksum:
            raise self._content.damaged()
        return content


def _is_in_pieces(part: dict[str, Any]) -> bool:
    pieces = part.values()
    return all(
        isinstance(piece, _Part) or (isinstance(piece, dict) and _is_in_pieces(piece)) for piece in pieces
    )


class _Content:
    """Packed tables in a file, which stays open: another one may be put in its place at any time."""

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self._path = path
        self._stream = stream
        self._start = 0
        self._lock = allocate_lock()

    def parts(self, checksum: str) -> dict[str, Any]:
        """What stands in the index, which must have this checksum. Raises :class:`TablesError`."""
        length = int.from_bytes(self._stream.read(4), "little")
        index = self._stream.read(length)
        if f"{length}-{crc32(index):08x}" != checksum:
            raise self.damaged()
        self._start = self._stream.tell()
        entries: dict[str, Any] = marshal.loads(index)
        return {name: self._placed(entry) for name, entry in entries.items()}

    def _placed(self, entry: Any) -> Any:
        if isinstance(entry, dict):
            return {name: self._placed(piece) for name, piece in entry.items()}
        return _Part(self, *entry)

    def read(self, place: int, length: int) -> bytes:
        if not hasattr(os, "pread") or not hasattr(self._stream, "raw"):
            with self._lock:
                self._stream.seek(self._start + place)
                return self._stream.read(length)
        # Processes that come of one fork share the place up to which a file is read.
        parts, place, left = [], self._start + place, length
        while left and (part := os.pread(self._stream.fileno(), left, place)):
            parts.append(part)
            place, left = place + len(part), left - len(part)
        return b"".join(parts)

    def damaged(self) -> TablesError:
        return TablesError(f"{self._path}: damaged; reinstall nda-lint {__version__}")

    def __del__(self) -> None:
        self._stream.close()


#: the tables built in, once they have been read
_read_before: list[Tables] = []
_OF_HOUSE: ContextVar[Tables | None] = ContextVar("tables", default=None)


class using:  # noqa: N801 - read as a statement: with using(tables)
    """``with using(tables):`` other tables than those built in, in this thread or task."""

    __slots__ = ("_tables", "_token")

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __enter__(self) -> None:
        self._token = _OF_HOUSE.set(self._tables)

    def __exit__(self, *_error: object) -> None:
        _OF_HOUSE.reset(self._token)


def tables() -> Tables:
    """The tables in use: ``schema``, ``names``, ``lexicon``, ``grammar``, ``universe``, ``places``,
    ``patterns``, ``rules``.

    Raises :class:`TablesError` where there are none and nothing to make them from.
    """
    return _OF_HOUSE.get() or _built_in()


def built_in_if_read() -> Tables | None:
    """The tables built in, if they have been read."""
    return _read_before[0] if _read_before else None


def _built_in() -> Tables:
    if not _read_before:
        _read_before.append(_read_or_compiled())
    return _read_before[0]


def _read_or_compiled() -> Tables:
    root = checkout()
    if root is None:
        return _read(FILE, None)
    sources = _digest_of_sources(root)
    try:
        return _read(FILE, sources)
    except TablesError:
        return compile_tables(root, FILE, sources)


def checkout() -> str | None:
    """The folder with `grammar/` and `rules/` beside the package; None in an installed wheel."""
    root = os.path.dirname(PACKAGE)
    is_checkout = not os.path.isdir(os.path.join(PACKAGE, "grammar")) and os.path.isdir(
        os.path.join(root, "grammar")
    )
    return root if is_checkout else None


def compile_tables(root: str, path: str, sources: str | None = None) -> Tables:
    """Compile the tables from `root` and write them to `path` if that can be written."""
    from nda_lint.compile import build, packed

    content = packed(build(root))
    sources = sources or _digest_of_sources(root)
    store(path, content, sources)
    # Through marshal once, so that a fresh build and a loaded one are the same to the letter.
    return _from(path, BytesIO(_headed(content, sources)), sources)


def _headed(content: bytes, sources: str) -> bytes:
    length = int.from_bytes(content[:4], "little")
    return f"{_MAGIC} {sources} {length}-{crc32(content[4 : 4 + length]):08x}\n".encode() + content


def store(path: str, content: bytes, sources: str) -> None:
    """Write packed tables that were made from `sources`, if `path` can be written; else they are made anew each
    time, which is slower but right."""
    write_if_possible(path, _headed(content, sources))


def write_if_possible(path: str, content: bytes) -> None:
    """Write what can be made again at any time: whole, or not at all."""
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    except OSError:
        return


def stored(path: str, sources: str) -> dict[str, Any] | None:
    """The packed parts of tables made from `sources`; None where they are not there, or damaged."""
    try:
        return _read(path, sources)._packed
    except TablesError:
        return None


def _read(path: str, sources: str | None) -> Tables:
    try:
        stream = open(path, "rb")  # noqa: SIM115 - as long as the tables are in use
    except OSError as error:
        raise TablesError(f"{path}: {error.strerror}; reinstall nda-lint {__version__}") from None
    return _from(path, stream, sources)


def _from(path: str, stream: BinaryIO, sources: str | None) -> Tables:
    content = _Content(path, stream)
    header = stream.readline().decode("ascii", "replace").split()
    if len(header) != 3 or header[0] != _MAGIC:
        raise content.damaged()
    if sources is not None and header[1] != sources:
        raise TablesError(f"{path}: made from other sources")
    return Tables(content.parts(header[2]), header[2])


def _hash(content: bytes) -> str:
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def _digest_of_sources(root: str) -> str:
    """A hash over everything that the tables are made from."""
    parts: list[bytes] = []
    for folder, endings in (
        (os.path.join(root, "grammar"), (".lark",)),
        (os.path.join(root, "rules"), (".rules",)),
        (os.path.join(PACKAGE, "schema"), (".py", ".toml")),
        (os.path.join(PACKAGE, "compile"), (".py",)),
        (os.path.join(PACKAGE, "rulebook"), (".py",)),
        (PACKAGE, ("lexer.py",)),
    ):
        for path in _files(folder, endings):
            with open(path, "rb") as stream:
                parts.append(os.path.relpath(path, root).encode() + b"\0" + stream.read())
    return _hash(b"\0".join(parts))


def _files(folder: str, endings: tuple[str, ...]) -> list[str]:
    if folder == PACKAGE:
        return [os.path.join(folder, name) for name in endings]
    found = []
    for path, folders, names in os.walk(folder):
        folders.sort()
        found += [os.path.join(path, name) for name in sorted(names) if name.endswith(endings)]
    return found
