"""Finds many names in a text in one pass, for contracts with thousands of defined terms."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LENGTH = 3
_FEW = 100


class NameFinder:
    """Knows a set of names; :meth:`find` gives those that a text mentions.

    Few names are looked for one after the other. Of many, each is looked up by the rarest of its groups of
    three characters, so that the cost depends on the text and not on the number of names. Case does not
    count; in Latin script a name is found as a whole word or with a plural ending.
    """

    __slots__ = ("_few", "_groups", "_lengths", "names")

    def __init__(self, names: Iterable[str]) -> None:
        distinct = {name: name.lower() for name in names if name}
        self.names = frozenset(distinct)
        self._few = distinct if len(distinct) <= _FEW else {}
        self._groups: dict[str, list[tuple[str, str, int]]] = {}
        self._lengths: list[int] = []
        if not self._few:
            self._index(distinct)

    def _index(self, names: dict[str, str]) -> None:
        frequency: dict[str, int] = {}
        for lowered in names.values():
            for _, group in _grouped(lowered):
                frequency[group] = frequency.get(group, 0) + 1
        for name, lowered in names.items():
            offset, rarest = min(_grouped(lowered), key=lambda item: frequency[item[1]])
            self._groups.setdefault(rarest, []).append((name, lowered, offset))
        self._lengths = sorted({len(group) for group in self._groups})

    def find(self, text: str) -> Iterator[str]:
        """The names that `text` mentions, one mention or more for each."""
        lowered = text.lower()
        for name, wanted in self._few.items():
            begin = lowered.find(wanted)
            while begin >= 0:
                if _whole(lowered, begin, wanted):
                    yield name
                    break
                begin = lowered.find(wanted, begin + 1)
        for length in self._lengths:
            for start in range(len(lowered) - length + 1):
                for name, wanted, offset in self._groups.get(lowered[start : start + length], ()):
                    begin = start - offset
                    if begin >= 0 and lowered.startswith(wanted, begin) and _whole(lowered, begin, wanted):
                        yield name


def _grouped(name: str) -> list[tuple[int, str]]:
    if len(name) <= _LENGTH:
        return [(0, name)]
    return [(start, name[start : start + _LENGTH]) for start in range(len(name) - _LENGTH + 1)]


def _whole(text: str, start: int, name: str) -> bool:
    """Whether the name stands there as a word of its own."""
    end = start + len(name)
    if start and _joins(text[start - 1]) and _joins(name[0]):
        return False
    if not _joins(name[-1]) or not _joins(text[end : end + 1]):
        return True
    for ending in ("s", "es"):
        if text.startswith(ending, end) and not _joins(text[end + len(ending) : end + len(ending) + 1]):
            return True
    return False


def _joins(character: str) -> bool:
    """Whether a character makes one word with another such beside it; Chinese characters do not."""
    return character.isascii() and (character.isalnum() or character == "_")
