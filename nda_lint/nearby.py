"""Words of the lexicon by what a misspelling leaves of them, so that one is compared with a few of them, not with all.

No word is passed over that is near enough. Of an English word the first letter is left, or all the others; of a Chinese
word at least one of any few characters, as long as they are more than may be wrong.
"""

from __future__ import annotations

from nda_lint.lexer import WORDS_OF_NUMBERS, atoms_of
from nda_lint.spelling import MOST_TOLERATED, tolerance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    #: a phrase, its terminals with their ids, and how many edits may lie between it and a misspelling
    Word = tuple[str, Any, int]
    #: the number of a word, its length, its letters, a bit each, and how many of them may be wrong
    Sketch = tuple[int, int, int, int]

#: So many letters are left at least of an English word that has lost as many as may be.
_FEWEST_LETTERS = 3


class Nearby:
    """The words of one lexicon: phrase → terminals with ids. Each language is put in order when it is first needed."""

    __slots__ = ("_chinese", "_english", "_english_words", "_words", "words")

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        self._words = list(words.items())
        self._english: _English | None = None
        self._english_words: frozenset[str] | None = None
        self._chinese: _Chinese | None = None

    def near(self, keys: list[str]) -> Iterator[Word]:
        """The words that may be meant by one of `keys`, each of which begins with the one before it, and some others;
        as they stand in the lexicon."""
        found: set[int] = set()
        plain = [key for key in keys if key.isascii()]
        mixed = [key for key in keys[len(plain) :] if _half_english(key)]
        if plain or mixed:
            found.update(self._of_english().near(plain, mixed))
        if len(plain) < len(keys):
            found.update(self._of_chinese().near(keys[-1]))
        # A word such as ", notwithstanding" has its comma before it.
        after_comma = keys[0][0] == ","
        letters = frozenset(keys[-1])
        for number in sorted(found):
            phrase, entries = self._words[number]
            if (phrase[0] == ",") == after_comma:
                allowed = tolerance(phrase.removeprefix(","))
                # A letter that is nowhere in what was found takes an edit of its own.
                if len(letters.union(phrase)) - len(letters) <= allowed:
                    yield phrase, entries, allowed

    def half_alike(self, pair: str) -> Iterator[tuple[str, Any]]:
        """The words of two Chinese characters, one of which stands in `pair` in the same place."""
        return map(self._words.__getitem__, self._of_chinese().half_alike(pair))

    @property
    def english_words(self) -> frozenset[str]:
        """The words that English phrases are made of."""
        if self._english_words is None:
            found = set(WORDS_OF_NUMBERS)
            for phrase in self.words:
                if phrase.isascii():
                    plain = phrase.replace(" ", "").isalpha()
                    found.update(phrase.split() if plain else (atom[3] for atom in atoms_of(phrase)))
            self._english_words = frozenset(found)
        return self._english_words

    def _of_english(self) -> _English:
        if self._english is None:
            self._english = _English(self.words)
        return self._english

    def _of_chinese(self) -> _Chinese:
        if self._chinese is None:
            self._chinese = _Chinese(self.words)
        return self._chinese


class _English:
    """English words, each by its number in the lexicon, and those Chinese ones of which there may be left only what is
    not Chinese."""

    __slots__ = ("_by_initial", "_by_rest", "_half_chinese", "_numbers", "_sketches")

    def __init__(self, words: Iterable[str]) -> None:
        self._numbers: dict[str, int] = {}
        self._by_initial: dict[str, list[str]] = {}
        self._by_rest: dict[str, list[int]] = {}
        self._half_chinese: list[int] = []
        self._sketches: dict[str, list[Sketch]] = {}
        for number, word in enumerate(words):
            if word.isascii():
                if len(word) > _FEWEST_LETTERS:
                    self._numbers[word] = number
                    self._by_initial.setdefault(word[0], []).append(word)
                    self._by_rest.setdefault(word[1:], []).append(number)
            elif len(word) - len(word.encode("ascii", "ignore")) <= tolerance(word):
                self._half_chinese.append(number)

    def near(self, plain: list[str], mixed: list[str]) -> Iterator[int]:
        """The words near the keys `plain`, and near those with Chinese characters in them."""
        yield from self._half_chinese
        if plain:
            yield from self._of_initial(plain[0][0], plain)
        for key in plain:
            # Where the first letter is another it was replaced, lost, added or has changed places with the second.
            yield from self._by_rest.get(key[1:], ())
            yield from self._by_rest.get(key, ())
            for meant in (key[1:], key[1:2] + key[0] + key[2:]):
                if meant in self._numbers:
                    yield self._numbers[meant]
        for initial in self._by_initial if mixed else ():
            yield from self._of_initial(initial, mixed)

    def _of_initial(self, initial: str, keys: list[str]) -> list[int]:
        """The words with an initial that are about as long as one of `keys` and made of their letters."""
        sketches = self._sketches.get(initial)
        if sketches is None:
            words = self._by_initial.get(initial, ())
            sketches = [
                (self._numbers[word], len(word), _letters(word), tolerance(word.removeprefix(",")))
                for word in words
            ]
            self._sketches[initial] = sketches
        letters = _letters(keys[-1])
        lengths = {len(key) + more for key in keys for more in range(-MOST_TOLERATED, MOST_TOLERATED + 1)}
        return [
            number
            for number, length, others, allowed in sketches
            # A letter that is nowhere in what was found takes an edit of its own.
            if length in lengths and (others & ~letters).bit_count() <= allowed
        ]


class _Chinese:
    """Chinese words, each by its number in the lexicon."""

    __slots__ = ("_by_character", "_pairs")

    def __init__(self, words: Iterable[str]) -> None:
        #: the words that stand under a character: each does under its rarest, where few others stand
        self._by_character: dict[str, list[int]] = {}
        #: those of two characters, by the place of either
        self._pairs: dict[tuple[int, str], list[int]] = {}
        chinese = [
            (number, word.removeprefix(",")) for number, word in enumerate(words) if not word.isascii()
        ]
        frequency: dict[str, int] = {}
        for _number, word in chinese:
            for character in word:
                frequency[character] = frequency.get(character, 0) + 1
        by_frequency = frequency.__getitem__
        for number, word in chinese:
            allowed = tolerance(word)
            for character in sorted(set(word), key=by_frequency)[: allowed + 1] if allowed else ():
                self._by_character.setdefault(character, []).append(number)
            if len(word) == 2:
                for place in enumerate(word):
                    self._pairs.setdefault(place, []).append(number)

    def near(self, key: str) -> Iterator[int]:
        """The words near `key` or what it begins with."""
        for character in set(key):
            yield from self._by_character.get(character, ())

    def half_alike(self, pair: str) -> list[int]:
        """The words of two characters, one of which stands in `pair` in the same place."""
        return sorted({number for place in enumerate(pair) for number in self._pairs.get(place, ())})


def _letters(word: str) -> int:
    """The letters of a word, a bit each; few other characters have bits of their own."""
    bits = 0
    for letter in set(word):
        bits |= 1 << (ord(letter) & 31)
    return bits


def _half_english(key: str) -> bool:
    """Whether a phrase with Chinese characters in it may be a misspelling of an English one."""
    english = len(key.encode("ascii", "ignore"))
    return english >= _FEWEST_LETTERS and len(key) - english <= MOST_TOLERATED


_last: list[Nearby] = []


def nearby(words: Mapping[str, Any]) -> Nearby:
    """The words of a lexicon."""
    known = _last[0] if _last else None
    if known is None or known.words is not words:
        known = Nearby(words)
        _last[:] = [known]
    return known
