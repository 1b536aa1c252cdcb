"""The tables as bytes: small, quick to read, and the same whatever process made them."""

from __future__ import annotations

import marshal
import sys
from typing import Any

#: The version of marshal that refers back to what it has seen; every supported Python reads it.
_VERSION = 4
#: Of these a run reads some members only.
_IN_PIECES = ("grammar",)


def packed(tables: dict[str, Any]) -> bytes:
    """The tables, each for itself, so that a run reads only what it needs."""
    return marshal.dumps({name: _part(name, part) for name, part in tables.items()}, _VERSION)


def _part(name: str, part: Any) -> Any:
    if name in _IN_PIECES:
        return {key: _dumped(piece) for key, piece in part.items()}
    return _dumped(part)


def _dumped(part: Any) -> bytes:
    seen: dict[Any, Any] = {}
    return marshal.dumps(_shared(part, seen), _VERSION)


def _shared(plain: Any, seen: dict[Any, Any]) -> Any:
    """A copy in which equal strings and numbers are one object, as marshal writes such an object once.

    It does so with objects that somebody else holds too; `seen` holds all of them, lest it depend on what
    else the process knows."""
    kind = type(plain)
    if kind is str:
        return seen.setdefault(plain, sys.intern(plain))
    if kind is int:
        return seen.setdefault(plain, plain)
    if kind is dict:
        return {_shared(key, seen): _shared(value, seen) for key, value in plain.items()}
    if kind is tuple:
        return tuple(_shared(item, seen) for item in plain)
    if kind is list:
        return [_shared(item, seen) for item in plain]
    return plain
