"""The tables as bytes: small, quick to read, and the same whatever process made them."""

from __future__ import annotations

import marshal
import sys
import zlib
from typing import Any

#: The version of marshal that refers back to what it has seen; every supported Python reads it.
_VERSION = 4
#: Of these a run reads some members only, or some of the members of each.
_IN_PIECES = {"grammar": 1, "names": 2, "rules": 1, "schema": 2}


def packed(tables: dict[str, Any]) -> bytes:
    """The tables, each for itself, so that a run reads only what it needs: the length of an index, the index, the
    parts. The index has, for each part or piece of one, where it begins behind the index, how long it is, and its
    checksum."""
    parts: list[bytes] = []
    place = 0

    def put(part: Any) -> tuple[int, int, int]:
        nonlocal place
        content = dumped(part)
        parts.append(content)
        entry = (place, len(content), zlib.crc32(content))
        place += len(content)
        return entry

    def placed(part: Any, depth: int) -> Any:
        if not depth or not isinstance(part, dict):
            return put(part)
        return {key: placed(piece, depth - 1) for key, piece in part.items()}

    index = {name: placed(part, _IN_PIECES.get(name, 0)) for name, part in tables.items()}
    content = marshal.dumps(index, _VERSION)
    return b"".join((len(content).to_bytes(4, "little"), content, *parts))


def dumped(part: Any) -> bytes:
    """A part by itself, or a piece of one that is read only when it is asked for."""
    seen: dict[Any, Any] = {}
    return marshal.dumps(_shared(part, seen), _VERSION)


def _shared(plain: Any, seen: dict[Any, Any]) -> Any:
    """A copy in which equal strings, numbers and tuples are one object, as marshal writes such an object once; strings
    are in no table of the interpreter.

    It does so with objects that somebody else holds too; `seen` holds all of them, lest it depend on what
    else the process knows."""
    kind = type(plain)
    if kind is str:
        # Only terminals are looked up so often that it matters whether they are the same objects; of the others a
        # reader would look up each in the table of such strings, which takes a third of the time to read them.
        known = seen.get(plain)
        if known is None:
            known = seen[plain] = (
                sys.intern(plain) if plain.isupper() or len(plain) < 2 else plain[:1] + plain[1:]
            )
        return known
    if kind is int:
        return seen.setdefault(plain, plain)
    if kind is dict:
        return {_shared(key, seen): _shared(value, seen) for key, value in plain.items()}
    if kind is tuple:
        # Equal tuples of other types (True and 1) are not the same: compared as they are written.
        copy = tuple(_shared(item, seen) for item in plain)
        return seen.setdefault((tuple, marshal.dumps(copy, 2)), copy)
    if kind is list:
        return [_shared(item, seen) for item in plain]
    return plain
