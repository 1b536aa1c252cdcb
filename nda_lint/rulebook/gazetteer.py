"""Where a place is that a text names: its territory (``prc``, ``singapore``) and, inside the PRC, its region.

A region is a division of the PRC at the level of a province, a part of the United Kingdom or a state of the United States,
elsewhere the territory itself. Only names that
stand for one place are listed, and a name in a street's name (南京西路, Beijing Road) does not count; where nothing
listed is named, nothing is known. That keeps rules about courts silent rather than wrong.
"""

from __future__ import annotations

from nda_lint.patterns import pattern
from nda_lint.remember import remembering
from nda_lint.source import is_chinese
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: The member states of the European Union; its own law counts as theirs.
_MEMBERS = frozenset(
    ("austria", "belgium", "bulgaria", "croatia", "cyprus", "czechia", "denmark", "estonia", "european_union", "finland",
     "france", "germany", "greece", "hungary", "ireland", "italy", "latvia", "lithuania", "luxembourg", "malta",
     "netherlands", "poland", "portugal", "romania", "slovakia", "slovenia", "spain", "sweden")
)  # fmt: skip
#: What a law is said not to include is not the place it is of. Compiled where one of the words stands.
_NOT_INCLUDED = pattern(
    r"(?i)(?:excluding|exclusive of|not including|without including|other than|except for|不包含|不包括|不含)[^)）]*"
)
_LEFT_OUT = ("exclu", "including", "other than", "except for", "不包", "不含")
_STREETS = "路街道巷弄里"
_ENGLISH_STREETS = frozenset(("road", "rd", "street", "st", "avenue", "ave"))
_QUARTERS = frozenset(("east", "west", "north", "south", "central", "middle"))


@remembering(256)  # many rules ask where one place is
def located(text: str) -> tuple[str, str | None] | None:
    """The territory and the region that a text names, or None where it names no place that is listed.

    The most exact name counts: “China” says less than “Hong Kong, China”. The region is None where only
    the country is named.
    """
    exact: tuple[str, str | None] | None = None
    if any(word in text.lower() for word in _LEFT_OUT):
        text = _NOT_INCLUDED.sub("", text)
    for name, territory, region in _mentions(text):
        if name in ("prc", "china", "中国", "中华人民共和国"):
            exact = exact or (territory, None)
        elif exact is None or exact[1] is None:
            exact = (territory, region)
    return exact


def _mentions(text: str) -> list[tuple[str, str, str]]:
    """The places named, those that say where the rest is first: Chinese begins with the province, English
    ends with it."""
    text = text.lower()
    english: list[str] = []
    chinese: list[str] = []
    last = place = 0
    names, letters = tables()["places"]["names"], tables()["places"]["letters"]
    while place < len(text):
        name = _name_at(letters, text, place)
        if name is None:
            place += 1
            continue
        end = place + len(name)
        if not is_chinese(name):
            if not _in_a_street(text[end:]):
                english.append(name)
        elif not _in_a_chinese_street(text, end):
            marked = text[end : end + 1] in ("市", "省", "自") or place <= last + 1
            if marked or not names[name][2]:
                chinese.append(name)
                last = end
        place = end
    return [(name, names[name][0], names[name][1]) for name in (*chinese, *reversed(english))]


def _name_at(letters: Mapping[str, list[str]], text: str, place: int) -> str | None:
    """The longest name that begins at a place of a text in lower case; English ones are whole words."""
    for name in letters.get(text[place], ()):
        if text.startswith(name, place):
            around = text[place - 1 : place] + text[place + len(name) : place + len(name) + 1]
            if is_chinese(name) or not any("a" <= letter <= "z" for letter in around):
                return name
    return None


def _in_a_street(rest: str) -> bool:
    if not rest[:1].isspace():
        return False
    words = [_letters(word) for word in rest[:40].split()[:2]] or [""]
    return words[0] in _ENGLISH_STREETS or (words[0] in _QUARTERS and words[-1] in _ENGLISH_STREETS)


def _letters(word: str) -> str:
    """The English letters with which a word begins."""
    end = next((place for place, letter in enumerate(word) if not "a" <= letter <= "z"), len(word))
    return word[:end]


def _in_a_chinese_street(text: str, end: int) -> bool:
    for letter in text[end : end + 3]:
        if letter in _STREETS:
            return True
        if not is_chinese(letter):
            return False
    return False


def _territory_of_word(word: str) -> str | None:
    territory: str | None = tables()["places"]["choices"].get(word)
    return territory


def territory_of(value: Any) -> str | None:
    """The territory of a text, or of a word of the vocabulary of governing law."""
    if value.type == "choice":
        return _territory_of_word(value.id)
    place = located(value.text)
    return place[0] if place else None


def region_of(value: Any) -> str | None:
    """The region of a text; a word of the vocabulary of governing law is a region but for the PRC."""
    if value.type == "choice":
        territory = _territory_of_word(value.id)
        return None if territory == "prc" else territory
    place = located(value.text)
    return place[1] if place else None


def union_of(value: Any) -> str | None:
    """``european_union`` for what is in one of its member states; none where the place is not known."""
    territory = territory_of(value)
    return None if territory is None else "european_union" if territory in _MEMBERS else "none"
