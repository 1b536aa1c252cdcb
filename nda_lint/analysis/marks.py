"""Brackets and quotation marks of a text that have lost their twin."""

from __future__ import annotations

from nda_lint.quotes import lone_straight

#: what opens, and what closes it; full-width forms are read as their ASCII twins
_CLOSING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "【": "】",
    "〔": "〕",
    "“": "”",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
#: what stands before the bracket of "a)", "12)", "iv)" and 一)
_LONGEST_ENUMERATOR = 4
_ENUMERATORS = frozenset("一二三四五六七八九十")


class Marks:
    """The marks of a text: `lone` are the places of those without a twin, in order; `quoted` the spans of what
    stands in quotation marks, the marks included and the outermost only."""

    __slots__ = ("_open", "_read_as_twin", "lone", "quoted")

    def __init__(self, text: str) -> None:
        self.lone: list[int] = []
        self.quoted: list[tuple[int, int]] = []
        self._open: list[tuple[str, int]] = []
        #: how many brackets that may belong to an enumerator were read as twins of one that opens
        self._read_as_twin = 0
        for place, mark in enumerate(text):
            if mark in _CLOSING:
                self._open.append((mark, place))
            elif mark in _OPENING:
                self._close(text, mark, place)
        self.lone += [place for _mark, place in self._open]
        self._straight(text)
        self.lone.sort()
        self.quoted = _outermost(self.quoted)

    def _close(self, text: str, mark: str, place: int) -> None:
        opening = _OPENING[mark]
        enumerates = mark == ")" and _is_enumerator(text, place)
        if self._open and self._open[-1][0] == opening:
            _, start = self._open.pop()
            self._read_as_twin += enumerates
            if opening in "“「『《":
                self.quoted.append((start, place + 1))
        elif any(other == opening for other, _ in self._open[-2:]):
            # One that opens within has no twin: (see “Annex 1).
            _, start = self._open.pop()
            self.lone.append(start)
            self._close(text, mark, place)
        elif mark == ")" and self._read_as_twin and not enumerates:
            self._read_as_twin -= 1
        elif not enumerates:
            self.lone.append(place)

    def _straight(self, text: str) -> None:
        """Straight quotation marks, which open and close alike."""
        places = [place for place, mark in enumerate(text) if mark == '"']
        if len(places) % 2:
            lone = lone_straight(text, (0, len(text)))
            place = lone.offset if lone is not None else places[-1]
            places.remove(place)
            # Behind a figure it is a measure in inches.
            if not (place and text[place - 1].isdigit()):
                self.lone.append(place)
        self.quoted += [(start, end + 1) for start, end in zip(places[::2], places[1::2], strict=True)]


def _is_enumerator(text: str, place: int) -> bool:
    """Whether a bracket at `place` may belong to “a)” or “2)” rather than close what another opened."""
    begin = place
    while begin and place - begin < _LONGEST_ENUMERATOR and _enumerates(text[begin - 1]):
        begin -= 1
    word = text[begin:place]
    before = text[begin - 1 : begin]
    if not word or before == "(" or _enumerates(before):
        return False
    return (
        word.isdigit()
        or len(word) == 1
        or all(c in "ivxIVX" for c in word)
        or all(c in _ENUMERATORS for c in word)
    )


def _enumerates(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character in _ENUMERATORS if character else False


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
