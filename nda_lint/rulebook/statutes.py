"""Statutes and their articles: a rule cites the numbering of today, and this says what was its number when.

A statute is declared once, with the day from which its present text is in force, the days on which it
was renumbered, and the source in which its text was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nda_lint.rulebook.syntax import Node

    #: English text, Chinese text, ISO dates between which it is in force (or None), source
    Cited = tuple[str, str, str | None, str | None, tuple[str, str]]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number, the number of an article put in behind it later (253-1), and paragraphs."""

    number: int
    inserted: int = 0
    paragraphs: tuple[int, ...] = ()

    @property
    def whole(self) -> Article:
        """The article without its paragraphs: what a renumbering speaks of."""
        return Article(self.number, self.inserted)

    def english(self) -> str:
        """Such as ``585(2)``."""
        inserted = f"-{self.inserted}" if self.inserted else ""
        return f"{self.number}{inserted}" + "".join(f"({number})" for number in self.paragraphs)

    def chinese(self) -> str:
        """Such as 第五百八十五条第二款; a second number in brackets is an item."""
        text = f"第{chinese_number(self.number)}条"
        if self.inserted:
            text += f"之{chinese_number(self.inserted)}"
        for number, unit in zip(self.paragraphs, ("款", "项", "目"), strict=False):
            text += f"第{chinese_number(number)}{unit}"
        return text


def chinese_number(number: int) -> str:
    """A whole number from 0 to 9999 in Chinese numerals, as articles are counted."""
    digits = str(number)
    text = ""
    for index, digit in enumerate(digits):
        place = len(digits) - index - 1
        if digit != "0":
            text += _DIGITS[int(digit)] + _PLACES[place]
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零") or "零"
    return text.removeprefix("一") if 10 <= number <= 19 else text


def article_of(node: Node) -> Article:
    """The article that a node of the grammar names."""
    numbers = [int(word.text.replace(",", "")) for word in node.words if word.terminal == "NUMBER"]
    paragraphs = tuple(int(part.word(0).text) for part in node.nodes)
    return Article(numbers[0], numbers[1] if len(numbers) > 1 else 0, paragraphs)


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute: its names, since when its present text is in force, and what it was numbered before.

    Each renumbering is the ISO day from which the new numbers count, with old articles by new ones.
    """

    name: str
    english: str
    chinese: str
    since: str | None
    until: str | None
    renumbered: tuple[tuple[str, Mapping[Article, Article]], ...]
    source: tuple[str, str]

    def cites(
        self, articles: Iterable[Article], since: str | None = None, until: str | None = None
    ) -> list[Cited]:
        """The articles as they are cited in each time since which their numbers are known."""
        wanted = tuple(articles)
        first, last = since or self.since, until or self.until
        found: list[Cited] = []
        for begin, old_by_new in sorted(self.renumbered, reverse=True):
            former = tuple(_renumbered(article, old_by_new) for article in wanted)
            if former == wanted or (since is not None and since >= begin):
                continue
            found.append(self._cite(wanted, begin, last))
            wanted, last = former, _day_before(begin)
        found.append(
            self._cite(wanted, first if last is None or first is None or first <= last else None, last)
        )
        return found

    def _cite(self, articles: tuple[Article, ...], since: str | None, until: str | None) -> Cited:
        word = "art." if len(articles) == 1 else "arts."
        english = f"{self.english}, {word} {', '.join(article.english() for article in articles)}"
        chinese = f"《{self.chinese}》{'、'.join(article.chinese() for article in articles)}"
        return english, chinese, since, until, self.source

    def plain(self) -> dict[str, Any]:
        """As plain data for the tables."""
        return {
            "name": self.name,
            "title": (self.english, self.chinese),
            "in_force": (self.since, self.until),
            "renumbered": tuple(
                (day, tuple((_numbers(old), _numbers(new)) for new, old in old_by_new.items()))
                for day, old_by_new in self.renumbered
            ),
            "source": self.source,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Statute:
        """From the data of :meth:`plain`."""
        renumbered = tuple(
            (day, {Article(*new): Article(*old) for old, new in pairs}) for day, pairs in plain["renumbered"]
        )
        (english, chinese), (since, until) = plain["title"], plain["in_force"]
        return cls(plain["name"], english, chinese, since, until, renumbered, plain["source"])


def _numbers(article: Article) -> tuple[int, int]:
    return article.number, article.inserted


def _renumbered(article: Article, old_by_new: Mapping[Article, Article]) -> Article:
    old = old_by_new.get(article.whole)
    return article if old is None else Article(old.number, old.inserted, article.paragraphs)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
