"""A quotation mark that has lost its twin: where it is, and how its line may have been meant.

Much may hang on such a line: the name of a party, a grade, a kind of clause. The readings are what it would say if
the twin stood where names and phrases usually begin or end, and if the mark were not there.
"""

from __future__ import annotations

from nda_lint.lexer import Atom, atoms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.source import Span

CLOSING = "”」』》"
#: What stands between words.
_BETWEEN = frozenset(" \t:,()")
#: What a name or a phrase ends before.
_ENDS = frozenset((":", ","))
#: A phrase that has lost its opening mark is looked for among so many last words of what stands before it.
_MOST_WORDS = 4


class LoneMark:
    """A quotation mark without its twin, at `offset`; whether it `opens`, and the span of its line."""

    __slots__ = ("line", "offset", "opens")

    def __init__(self, offset: int, opens: bool, line: Span) -> None:
        self.offset = offset
        self.opens = opens
        self.line = line


def lone_mark(text: str, atoms: list[Atom]) -> LoneMark | None:
    """The first mark without a twin among the `atoms` of a line."""
    for kind, start, _end, word in atoms:
        if kind == "u":
            line = (atoms[0][1], atoms[-1][2])
            straight = lone_straight(text, line) if word[0] == '"' else None
            return straight or LoneMark(start, True, line)
        if kind == "p" and word in CLOSING:
            return LoneMark(start, False, (atoms[0][1], atoms[-1][2]))
    return None


def lone_straight(text: str, line: Span) -> LoneMark | None:
    """Straight marks open and close alike; of an odd number of them the lone one is where the first of two stands
    like one that closes (behind a word, before none), or the second like one that opens."""
    begin, end = line
    places = [place for place in range(begin, end) if text[place] == '"']
    for number, place in enumerate(places):
        behind = text[place - 1] in _BETWEEN if place > begin else True
        before = text[place + 1] in _BETWEEN if place + 1 < end else True
        if number % 2 == 0 and before and not behind:
            return LoneMark(place, False, line)
        if number % 2 == 1 and behind and not before:
            return LoneMark(places[number - 1], True, line)
    return None


def readings(
    text: str, written: str, mark: LoneMark, names_from: tuple[int, ...] = ()
) -> Iterator[list[Atom]]:
    """How the line of `mark` may have been meant, the likeliest first; the last is without the mark.

    `text` is normalised, `written` the text as it was written; a name that has lost its opening mark may begin
    at the atoms `names_from`.
    """
    begin, end = mark.line
    before = atoms_of(text[begin : mark.offset], begin)
    after = atoms_of(text[mark.offset + 1 : end], mark.offset + 1)
    if mark.opens:
        phrases = _opened(written, mark.offset, after)
        yield from ([*before, *phrase] for phrase in phrases)
    else:
        for first in _beginnings(before, names_from):
            start = before[first][1]
            phrase = ("s", start, mark.offset + 1, written[start : mark.offset].strip())
            yield [*before[:first], phrase, *after]
    yield [*before, *after]


def _opened(written: str, offset: int, after: list[Atom]) -> Iterator[list[Atom]]:
    """What an opening mark begins: a phrase up to what phrases end before, or up to the end of the line."""
    stops = [index for index, atom in enumerate(after) if atom[0] in "sur" or atom[3] in _ENDS]
    for stop in (*stops[:1], len(after)):
        if stop:
            end = after[stop - 1][2]
            yield [("s", offset, end, written[offset + 1 : end].strip()), *after[stop:]]


def _beginnings(before: list[Atom], names_from: tuple[int, ...]) -> list[int]:
    """Where a phrase may begin that ends behind the atoms `before`."""
    last = len(before)
    behind = [index for index in range(1, last) if before[index - 1][3] in _ENDS]
    nearest = range(last - 1, max(last - 1 - _MOST_WORDS, 0), -1)
    return [first for first in dict.fromkeys((*names_from, *reversed(behind), *nearest)) if 0 < first < last]
