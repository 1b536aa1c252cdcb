"""Loading of the compiled tables, and their compilation on first use of a checkout.

`tables.bin` is a header line with the hash of what it was made from and a checksum of its own content, then
for each part plain tuples, dicts, strings and numbers in marshal format: data, never code. A wheel brings it
along; in a checkout it is made anew whenever `grammar/`, `rules/` or the schema changed.
"""

from __future__ import annotations

import marshal
import os
from contextvars import ContextVar
from functools import cache

from nda_lint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PACKAGE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(PACKAGE, "tables.bin")
_MAGIC = "nda-lint-tables-2"


class TablesError(Exception):
    """The compiled tables are missing or damaged and cannot be made here."""


class Tables(dict[str, "Any"]):
    """The parts of the tables, each read from its bytes when it is first asked for.

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
        made.update({name: part for name, part in base.items() if name not in parts})
        return made

    def __missing__(self, name: str) -> Any:
        packed = self._packed[name]
        if isinstance(packed, bytes):
            packed = marshal.loads(packed)
        elif all(isinstance(piece, bytes) for piece in packed.values()):
            packed = Tables(packed)
        self[name] = packed
        return packed


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
    """The tables in use: ``schema``, ``names``, ``lexicon``, ``grammar``, ``rules``.

    Raises :class:`TablesError` where there are none and nothing to make them from.
    """
    return _OF_HOUSE.get() or _built_in()


@cache
def _built_in() -> Tables:
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
    store(path, content, sources or _digest_of_sources(root))
    # Through marshal once, so that a fresh build and a loaded one are the same to the letter.
    return Tables(marshal.loads(content), _checksum(content))


def store(path: str, content: bytes, sources: str) -> None:
    """Write packed tables that were made from `sources`, if `path` can be written; else they are made anew each
    time, which is slower but right."""
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "wb") as stream:
            stream.write(f"{_MAGIC} {sources} {_checksum(content)}\n".encode() + content)
        os.replace(temporary, path)
    except OSError:
        pass


def stored(path: str, sources: str) -> dict[str, Any] | None:
    """The packed parts of tables made from `sources`; None where they are not there, or damaged."""
    try:
        return _read(path, sources)._packed
    except TablesError:
        return None


def _read(path: str, sources: str | None) -> Tables:
    try:
        with open(path, "rb") as stream:
            header = stream.readline().decode("ascii", "replace").split()
            content = stream.read()
    except OSError as error:
        raise TablesError(f"{path}: {error.strerror}; reinstall nda-lint {__version__}") from None
    if len(header) != 3 or header[0] != _MAGIC or header[2] != _checksum(content):
        raise TablesError(f"{path}: damaged; reinstall nda-lint {__version__}")
    if sources is not None and header[1] != sources:
        raise TablesError(f"{path}: made from other sources")
    return Tables(marshal.loads(content), header[2])


def _checksum(content: bytes) -> str:
    """Tells a damaged file. zlib, because hashlib loads OpenSSL, which takes longer than all the rest."""
    from zlib import crc32

    return f"{len(content)}-{crc32(content):08x}"


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
