"""The words that a misspelling is compared with are all that are near enough, and few."""

from __future__ import annotations

import random

import pytest

from nda_lint.nearby import Nearby
from nda_lint.spelling import MOST_TOLERATED, distance, tolerance
from nda_lint.tables import tables

LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz ", "zh": "的方人不保密信息后应当"}


def misspelt(word: str, letters: str, chance: random.Random) -> str:
    """`word` with one or two letters lost, added, replaced or swapped with their neighbours."""
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.randrange(len(word) + 1)
        match chance.choice("diRs"):
            case "d":
                word = word[:place] + word[place + 1 :]
            case "i":
                word = word[:place] + chance.choice(letters) + word[place:]
            case "R":
                word = word[:place] + chance.choice(letters) + word[place + 1 :]
            case _:
                word = (
                    word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]
                )
    return word


def near_enough(found: str, word: str) -> bool:
    """Whether `word` may be meant by `found`, as :mod:`nda_lint.repair` has it: where an English word has two letters
    wrong, the first is right."""
    allowed = tolerance(word.removeprefix(","))
    if not allowed or (found[0] == ",") != (word[0] == ","):
        return False
    edits = distance(found, word, allowed)
    return edits <= allowed and not (found.isascii() and edits == MOST_TOLERATED and found[0] != word[0])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_that_is_near_enough_is_passed_over(language: str) -> None:
    words = tables()["lexicon"]["words"]
    known = Nearby(words)
    chance = random.Random(f"nearby {language}")
    own = [word for word in words if word.isascii() == (language == "en")]
    # Now and then letters of the other language get into a word.
    letters = LETTERS[language] * 5 + "".join(LETTERS.values())
    for _ in range(150):
        found = misspelt(chance.choice(own), letters, chance).strip()
        if not found:
            continue
        # What stands behind a misspelling is looked at too.
        keys = [found[:place] for place in range(1, len(found))] + [found, f"{found}而"]
        compared = [word for word, _entries, _allowed in known.near(keys)]
        order = {word: number for number, word in enumerate(compared)}
        assert [word for word in words if word in order] == compared
        missing = [word for word in words if word not in order and near_enough(found, word)]
        assert not missing, (found, missing)
        assert len(compared) < len(words) / 2, found


def test_words_that_share_one_of_two_characters() -> None:
    words = tables()["lexicon"]["words"]
    found = {word for word, _entries in Nearby(words).half_alike("批露")}
    assert "披露" in found
    alike = {word for word in words if len(word) == 2 and (word[0] == "批") != (word[1] == "露")}
    assert found >= alike
    # A comma is no character of a word.
    assert ",向" not in {word for word, _entries in Nearby(words).half_alike("社向")}


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("disclose", "disclose", 0),
        ("disclose", "discloze", 1),
        ("disclose", "dislcose", 1),
        ("disclose", "isclose", 1),
        ("disclose", "discloses", 1),
        ("disclose", "dislcoze", 2),
        ("披露", "露披", 1),
        ("", "ab", 2),
        ("ab", "ba", 1),
        ("aab", "aba", 1),
    ],
)
def test_distance(left: str, right: str, edits: int) -> None:
    assert distance(left, right, MOST_TOLERATED) == edits
    assert distance(right, left, MOST_TOLERATED) == edits


@pytest.mark.parametrize(("left", "right"), [("disclose", "protect"), ("abc", "cab" * 2), ("", "abc")])
def test_distance_of_words_that_are_far_from_each_other(left: str, right: str) -> None:
    assert distance(left, right, MOST_TOLERATED) > MOST_TOLERATED
