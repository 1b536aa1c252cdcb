"""Loading of the compiled tables, and their compilation on first use of a checkout.

`tables.bin` is a header line with the hash of what it was made from and a checksum of its own content, then
for each part plain tuples, dicts, strings and numbers in marshal format: data, never code. A wheel brings it
along; in a checkout it is made anew whenever `grammar/`, `rules/` or the schema changed.
"""

from __future__ import annotations

import marshal
import os
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
    """The parts of the tables, each read from its bytes when it is first asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: dict[str, Any]) -> None:
        super().__init__()
        self._packed = packed

    def __missing__(self, name: str) -> Any:
        packed = self._packed[name]
        part = self[name] = marshal.loads(packed) if isinstance(packed, bytes) else Tables(packed)
        return part


@cache
def tables() -> dict[str, Any]:
    """The tables: ``schema``, ``names``, ``lexicon``, ``grammar``, ``rules``.

    Raises :class:`TablesError` where there are none and nothing to make them from.
    """
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


def compile_tables(root: str, path: str, sources: str | None = None) -> dict[str, Any]:
    """Compile the tables from `root` and write them to `path` if that can be written."""
    from nda_lint.compile import build, packed

    content = packed(build(root))
    header = f"{_MAGIC} {sources or _digest_of_sources(root)} {_checksum(content)}\n".encode()
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "wb") as stream:
            stream.write(header + content)
        os.replace(temporary, path)
    except OSError:
        # A checkout that cannot be written to is compiled in memory each time: slower, but right.
        pass
    # Through marshal once, so that a fresh build and a loaded one are the same to the letter.
    return Tables(marshal.loads(content))


def _read(path: str, sources: str | None) -> dict[str, Any]:
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
    return Tables(marshal.loads(content))


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
