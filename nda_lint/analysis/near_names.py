"""Finds the name that was probably meant by one that differs from it in a letter or two."""

from __future__ import annotations

from nda_lint.spelling import distance, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST_WORD = 4
_LONGEST = 60
#: Of more names than this, only those one edit away are found.
_FEW = 200
#: Characters by which Chinese names are told apart on purpose.
TELLING_APART = frozenset("甲乙丙丁戊己庚辛壬癸一二三四五六七八九十东南西北中新")


class NearNames:
    """Knows the names that a contract declares. What is looked up costs the same however many they are, and does not
    depend on their order."""

    __slots__ = ("_base", "_known", "_names", "_own", "_shortened")

    def __init__(self, names: Iterable[str]) -> None:
        self._names: Iterable[str] | None = names
        self._known: dict[str, str] = {}
        self._shortened: dict[str, list[str]] | None = None
        #: names that nearly are these, and those that these have besides
        self._base: NearNames | None = None
        self._own: NearNames | None = None

    def but(self, before: frozenset[str], now: frozenset[str]) -> NearNames:
        """Of names that were `before`, those that are `now`; no more is prepared anew than what they differ in."""
        gone, own = before - now, NearNames(now - before)
        words = {word: name for word, name in self._by_plain.items() if name not in gone}
        if len(self._by_plain) < len(before) or len({**words, **own._by_plain}) < len(now):
            return NearNames(now)  # some are the same but for their case
        changed = NearNames(())
        changed._base, changed._own = self, own
        changed._known = {**words, **own._by_plain}
        return changed

    @property
    def _by_plain(self) -> dict[str, str]:
        """Names as they are compared, and as they are written; made when the first is asked for."""
        if self._names is not None:
            for name in sorted(self._names):
                self._known.setdefault(plain(name), name)
            self._names = None
        return self._known

    def known(self, name: str) -> bool:
        """Whether it is one of the names, whatever its case."""
        return plain(name) in self._by_plain

    def nearest(self, name: str) -> str | None:
        """The name meant by one that cannot stand for itself, so that a guess does no harm."""
        if len(self._by_plain) > _FEW:
            return self.slip(name)
        near = nearest(plain(name), sorted(self._by_plain))
        return None if near is None else self._by_plain[near]

    def slip(self, name: str) -> str | None:
        """The name of which this is a slip of the pen: one edit, and not one that makes another word."""
        found = plain(name)
        if self.known(name) or not _SHORTEST_WORD <= len(found) <= _LONGEST:
            return None
        known = self._by_plain
        for variant in (found, *_without_one(found)):
            meant = [word for word in self._near(variant) if word in known and _is_slip(found, word)]
            if meant:
                return known[min(meant)]
        return None

    def _near(self, variant: str) -> Iterator[str]:
        """Words that are this one, or become it without one of their letters."""
        if self._base is not None and self._own is not None:
            yield from self._base._near(variant)
            yield from self._own._near(variant)
            return
        if self._shortened is None:
            self._index()
        yield from (self._shortened or {}).get(variant, ())

    def _index(self) -> None:
        """Two words one edit apart are the same once a letter is left out of one of them or of both."""
        self._shortened = {}
        for name in self._by_plain:
            if _SHORTEST_WORD <= len(name) <= _LONGEST:
                for variant in (name, *_without_one(name)):
                    self._shortened.setdefault(variant, []).append(name)


def plain(name: str) -> str:
    """A name as it is compared: without differences of case and white space."""
    return " ".join(name.split()).lower()


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_slip(found: str, meant: str) -> bool:
    if not (found.isascii() and meant.isascii()):
        changed = {*found} ^ {*meant}
        return (
            len(found) == len(meant)
            and distance(found, meant, 1) == 1
            and not (changed and changed <= TELLING_APART)
            and not any(character.isascii() and character.isalnum() for character in changed)
        )
    pairs = list(zip(found.split(), meant.split(), strict=False))
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if len(found.split()) != len(meant.split()) or len(differing) != 1:
        return False
    one, other = differing[0]
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _SHORTEST_WORD:
        return False  # Annex 1 and Annex 2, Site A and Site B
    if one.startswith(other) or other.startswith(one):
        return False  # a plural, or another form of the word
    return distance(one, other, 1) == 1
