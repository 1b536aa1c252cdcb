"""The is-a order of the vocabulary, asked upwards."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Order:
    """What a word of the vocabulary is: itself and everything above it. The schema is read when it is first asked."""

    __slots__ = ("_above", "_tables")

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables
        self._above: dict[tuple[str, str], frozenset[str]] = {}

    def above(self, word_class: str, word: str) -> frozenset[str]:
        """A word with all that it is a kind of."""
        found = self._above.get((word_class, word))
        if found is None:
            words = self._tables["schema"]["words"][word_class]
            seen: set[str] = set()
            waiting = [word]
            while waiting:
                one = waiting.pop()
                if one not in seen:
                    seen.add(one)
                    waiting.extend(words[one]["parents"] if one in words else ())
            found = self._above[word_class, word] = frozenset(seen)
        return found

    def is_a(self, word_class: str, word: str | None, other: str) -> bool:
        """Whether a word is another one, or a kind of it."""
        return word is not None and (word == other or other in self.above(word_class, word))
