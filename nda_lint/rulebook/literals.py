"""Numbers, durations, money, dates and texts as they are written in rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from nda_lint.rulebook import types as t
from nda_lint.rulebook.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from nda_lint.rulebook.syntax import Word

    Typed = tuple[tuple[Any, ...], t.Type]

CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "HKD", "JPY", "SGD", "CHF", "MOP", "TWD", "KRW", "AUD", "CAD", "INR",
)  # fmt: skip
_ALSO_CALLED = {"RMB": ("CNY",), "CNH": ("CNY",), "NTD": ("TWD",)}


class LiteralProblem(Exception):
    """A literal that means nothing: the word, the key of the message, and what may have been meant."""

    def __init__(self, word: Word, key: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(key)
        self.word = word
        self.key = key
        self.near = near


def read_day(word: Word) -> date:
    """A date; raises :class:`LiteralProblem` for one that is not in the calendar."""
    try:
        return date.fromisoformat(word.text)
    except ValueError:
        raise LiteralProblem(word, "impossible-date") from None


def unquoted(word: Word) -> str:
    """A text without its quotation marks."""
    return word.text[1:-1]


def _amount(word: Word) -> int | str:
    text = word.text.replace(",", "")
    return int(text) if text.isdigit() else text


def _number(word: Word) -> Typed:
    return ("number", _amount(word)), t.NUMBER


def _percent(word: Word) -> Typed:
    return ("percent", _amount(word)), t.PERCENT


def _duration(amount: Word, unit: Word) -> Typed:
    return ("duration", _amount(amount), unit.text.removesuffix("s").replace(" ", "_")), t.DURATION


def _money(currency: Word, amount: Word) -> Typed:
    if currency.text not in CURRENCIES:
        near = _ALSO_CALLED.get(currency.text) or nearest(currency.text, CURRENCIES)
        raise LiteralProblem(currency, "unknown-currency", near)
    return ("money", _amount(amount), currency.text), t.MONEY


def _date(word: Word) -> Typed:
    day = read_day(word)
    return ("date", day.year, day.month, day.day), t.DATE


def _string(word: Word) -> Typed:
    return ("text", unquoted(word)), t.STRING


#: Name in the grammar → what reads its words.
LITERALS: dict[str, Callable[..., Typed]] = {
    "number": _number,
    "percent": _percent,
    "duration": _duration,
    "money": _money,
    "date": _date,
    "string": _string,
}
