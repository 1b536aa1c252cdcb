"""The keywords that open headers, and which of them a misspelt word nearly is.

Most sentences begin with one of a few words, and each is compared with all keywords: what comes of it is kept.
"""

from __future__ import annotations

from nda_lint.spelling import distance, tolerance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nda_lint.lexer import Atom

    #: terminal, number of atoms, language, and whether it is spelt right
    Header = tuple[str, int, str, bool]
    #: how many letters are wrong, terminal, language, and how many atoms it may be made of
    Near = tuple[int, str, str, int]

#: So many words are kept at the most.
_MOST_KEPT = 10_000


class Keywords:
    """Those of one lexicon: phrase → terminal and language."""

    __slots__ = ("_near", "glued", "headers")

    def __init__(self, headers: Mapping[str, tuple[str, str]]) -> None:
        self.headers = headers
        #: those that a lost space may join with what follows: phrase and terminal
        self.glued = [
            (phrase, terminal)
            for phrase, (terminal, language) in headers.items()
            if language == "en" and terminal in ("CLAUSE", "PARTY")
        ]
        self._near: dict[str, list[Near]] = {}

    def near(self, atoms: list[Atom]) -> list[tuple[int, Header]]:
        """The keywords that a line nearly begins with, and how many letters are wrong in each."""
        found: list[tuple[int, Header]] = []
        word = ""
        for length, atom in enumerate(atoms, 1):
            word += atom[3]
            known = self._near.get(word)
            for edits, terminal, language, most in self._kept(word) if known is None else known:
                if length <= most:
                    found.append((edits, (terminal, length, language, False)))
        return found

    def _kept(self, word: str) -> list[Near]:
        near: list[Near] = []
        for phrase, (terminal, language) in self.headers.items():
            allowed = tolerance(phrase)
            if abs(len(word) - len(phrase)) <= allowed:
                edits = distance(word, phrase, allowed)
                if edits <= allowed:
                    # A Chinese keyword may have lost or gained a character; an English one is a word.
                    near.append((edits, terminal, language, 3 if language == "en" else len(phrase) + 1))
        if len(self._near) >= _MOST_KEPT:
            self._near.clear()
        self._near[word] = near
        return near


_last: list[Keywords] = []


def keywords_of(headers: Mapping[str, tuple[str, str]]) -> Keywords:
    """The keywords of a lexicon."""
    if not _last or _last[0].headers is not headers:
        _last[:] = [Keywords(headers)]
    return _last[0]
