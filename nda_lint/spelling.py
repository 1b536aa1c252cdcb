"""How near words are to each other: edits between them, and which of several one was meant to be."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: More edits than this never lie between a misspelling and the word that is meant.
MOST_TOLERATED = 2
#: Of fewer characters no part of a word is made.
SHORTEST_PART = 2
#: Shorter words (for, her, and) are too near to each other.
_SHORTEST_ENGLISH = 4
#: 丙方 is a party, if one that is not declared.
_PARTY_STEMS = frozenset("甲乙丙丁戊己庚辛")


def looks_like_party(text: str) -> bool:
    """Whether `text` is what a party is called in a Chinese contract: 甲方."""
    return len(text) == 2 and text[0] in _PARTY_STEMS and text[1] == "方"


def distance(left: str, right: str, most: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words; more than `most` if it takes more."""
    if left == right:
        return 0
    if abs(len(left) - len(right)) > most:
        return most + 1
    left, right = _without_common_ends(left, right)
    if not left or not right:
        return len(left) or len(right)
    # Every letter that only one of them has takes an edit of its own: most words are ruled out so.
    if len(set(left).difference(right)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return last[-1]


def _without_common_ends(left: str, right: str) -> tuple[str, str]:
    """Two words that are not the same, without what both begin with and what both end with."""
    first, shorter = 0, min(len(left), len(right))
    while first < shorter and left[first] == right[first]:
        first += 1
    last = 0
    while last < shorter - first and left[-1 - last] == right[-1 - last]:
        last += 1
    return left[first : len(left) - last], right[first : len(right) - last]


def tolerance(word: str) -> int:
    """How many edits may lie between a misspelling and `word` for it to be meant."""
    shortest = _SHORTEST_ENGLISH if word.isascii() else 2
    return 0 if len(word) < shortest else 1 if len(word) < 6 else MOST_TOLERATED


def other_word(left: str, right: str) -> bool:
    """Two Chinese words of two characters that share one are two words (甲方, 各方), not one misspelt, and so are two
    names of countries or states (德国法律, 中国法律)."""
    if len(left) != len(right) or left.isascii():
        return False
    if len(left) == 2:
        return left != right[::-1]
    return any(
        one != other and left[index + 1 : index + 2] == right[index + 1 : index + 2] in ("国", "州", "省")
        for index, (one, other) in enumerate(zip(left, right, strict=True))
    )


def nearest(word: str, known: Any) -> str | None:
    """The word of `known` nearest to `word`, if near enough; else the only one that contains it, or that shares
    one of its two Chinese characters."""
    best: tuple[int, str] | None = None
    for candidate in known:
        most = tolerance(candidate)
        if abs(len(candidate) - len(word)) > most or other_word(word, candidate):
            continue
        edits = distance(word, candidate, most)
        # Of two equally near words the longer one: letters are lost more often than added.
        if edits <= most and (best is None or (edits, -len(candidate)) < (best[0], -len(best[1]))):
            best = (edits, candidate)
    if best is None and len(word) >= SHORTEST_PART:
        if looks_like_party(word):
            return None  # 甲方 is another than 乙方
        alike = [c for c in known if (word in c if len(word) > SHORTEST_PART else half_alike(word, c))]
        return alike[0] if len(alike) == 1 else None
    return best[1] if best else None


def half_alike(left: str, right: str) -> bool:
    """Whether two Chinese words of two characters have one of them in its place: 批露, 披露."""
    return (
        len(left) == len(right) == SHORTEST_PART
        and (left[0] == right[0]) != (left[1] == right[1])
        and (not left.isascii())
    )
