"""Things of a contract in words, for the placeholders of messages.

Words of the schema and the vocabulary come from the name tables; sentence patterns are few enough to
stand here, one class a language.
"""

from __future__ import annotations

from nda_lint.rulebook.access import ABSENT
from nda_lint.source import is_chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Language


_BEFORE_AMOUNTS = "人民币 "
_QUOTES = frozenset({('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("《", "》")})


class Wording:
    """Says things of a contract in one language; the text of the contract is quoted as it stands."""

    __slots__ = ("_contract", "_names")

    language: Language = "en"
    joint = ", "
    unknown = "unknown"

    def __init__(self, contract: Contract | None, names: Mapping[str, Any]) -> None:
        self._contract = contract
        self._names = names[self.language]

    def show(self, thing: Any, choice_classes: tuple[str, ...] = ()) -> str:
        """A value, a quantity, a person, a norm … in words."""
        if thing is None or thing is ABSENT:
            return self.unknown
        if isinstance(thing, str):
            return self.name("field", thing) if "." in thing else thing
        if isinstance(thing, list):
            return self.joint.join(dict.fromkeys(self.show(item, choice_classes) for item in thing))
        if isinstance(thing, tuple):
            if thing and isinstance(thing[0], str):
                return self._quantity(thing)
            return self.joint.join(dict.fromkeys(self.show(item, choice_classes) for item in thing))
        if hasattr(thing, "type"):
            return self._value(thing, choice_classes)
        return self._other(thing)

    def name(self, section: str, identifier: str | None) -> str:
        """The canonical name of an id."""
        if identifier is None:
            return self.unknown
        names = self._names.get(section, {}).get(identifier)
        return str(names[0]) if names else identifier.replace("_", " ")

    def quoted(self, thing: Any) -> str:
        """The text of the contract at the place of a thing."""
        if self._contract is None:
            return self.unknown
        start, end = thing.span
        text = " ".join(self._contract.source.text[start:end].split())
        return text[1:-1] if (text[:1], text[-1:]) in _QUOTES else text

    def _value(self, value: Any, choice_classes: tuple[str, ...]) -> str:
        if value.type == "choice":
            return self._choice(value, choice_classes)
        patterns: dict[str, Callable[[Any], str]] = {
            "money": self._money,
            "duration": self._duration,
            "number": self._number,
            "percent": lambda found: self._number(found) + "%",
            "text": lambda found: str(found.text),
            "person": lambda found: self._person(found.person),
            "grade": lambda found: str(found.name),
            "yes_no": lambda found: self.name("keyword", "YES" if found.value else "NO"),
        }
        pattern = patterns.get(value.type)
        return pattern(value) if pattern else self.quoted(value)

    def _choice(self, value: Any, choice_classes: tuple[str, ...]) -> str:
        for choice_class in choice_classes:
            names = self._names["choice"].get(f"{choice_class}.{value.id}")
            if names:
                name = str(names[0])
                return name if value.person is None else self.of_person(name, self._person(value.person))
        return self.quoted(value)

    def _other(self, thing: Any) -> str:
        kind = type(thing).__name__
        if kind == "Person":
            return self._person(thing)
        if kind == "Block":
            if thing.name or thing.title:
                return str(thing.name or thing.title)
            return self.name("kind", thing.kind)
        if kind in ("Fact", "Unresolved"):
            return self.quoted(thing)
        if kind == "Definition":
            return str(thing.name)
        if getattr(thing, "id", None) is not None and not hasattr(thing, "every"):
            for section in ("action", "purpose", "event", "means", "condition"):
                if thing.id in self._names.get(section, {}):
                    return self.name(section, thing.id)
        return self.quoted(thing)

    def _number(self, value: Any) -> str:
        if value.minimum == value.maximum:
            return figure(value.minimum)
        return self.between(figure(value.minimum), figure(value.maximum))

    def _money(self, value: Any) -> str:
        low, high = value.minimum, value.maximum
        currency = value.maximum_currency or value.currency
        if low is not None and low == high:
            return self.amount_of_money(low, value.currency)
        if low is None or high is None:
            return self.quoted(value)
        return self.between(self.amount_of_money(low, value.currency), self.amount_of_money(high, currency))

    def _duration(self, value: Any) -> str:
        if value.special is not None:
            return self.name("duration", value.special)
        if value.amount is None or value.event is not None or value.bound is not None:
            return self.quoted(value)
        length = self.length(value.amount, value.unit)
        if value.maximum is None:
            return length
        return self.between(length, self.length(value.maximum, value.maximum_unit or value.unit))

    def bound(self, value: Any, upper: bool) -> str | None:
        """A bound of a range of time in the unit in which it is written; None for other values."""
        if value is None or value is ABSENT or value.type != "duration" or value.amount is None:
            return None
        if upper and value.maximum is not None:
            return self.length(value.maximum, value.maximum_unit or value.unit)
        return self.length(value.amount, value.unit)

    def _quantity(self, quantity: tuple[Any, ...]) -> str:
        dimension, low, high = quantity
        if low != high:
            return self.between(
                self._quantity((dimension, low, low)), self._quantity((dimension, high, high))
            )
        if dimension.startswith("money:"):
            return self.amount_of_money(low, dimension[6:])
        if dimension == "date":
            return self.day(low // 10000, low // 100 % 100, low % 100)
        if dimension == "percent":
            return figure(low) + "%"
        if dimension == "months":
            return self.length(low / 12, "year") if low and low % 12 == 0 else self.length(low, "month")
        if dimension == "hours":
            return self.length(low / 24, "day") if low and low % 24 == 0 else self.length(low, "hour")
        if dimension == "business_days":
            return self.length(low, "business_day")
        return figure(low)

    # --- what each language says in its own way --------------------------------------------

    def sentence(self, parts: Iterable[tuple[str, bool]]) -> str:
        """The parts of a text, those that were filled in marked as such, as one text."""
        return "".join(text for text, _ in parts)

    def day(self, year: int, month: int, day: int) -> str:
        """A day of the calendar."""
        return f"{year}-{month:02}-{day:02}"

    def between(self, low: str, high: str) -> str:
        """A range."""
        return f"{low} to {high}"

    def amount_of_money(self, amount: Any, currency: str | None) -> str:
        """An amount of money."""
        return f"{currency} {figure(amount)}" if currency else figure(amount)

    def length(self, amount: Any, unit: str) -> str:
        """A length of time."""
        names = self._names["unit"][unit]
        return f"{figure(amount)} {names[1] if amount == 1 and len(names) > 1 else names[0]}"

    def of_person(self, name: str, person: str) -> str:
        """A word that is of a person: an institution at somebody's domicile."""
        return f"{name} {person}" if name.endswith(" of") else f"{person} {name}"

    def _person(self, person: Any) -> str:
        if person.kind == "party":
            return str(person.name)
        if person.kind == "text":
            return str(person.text)
        name = self.name("person", person.id)
        return f"{self._person(person.of)}'s {name}" if person.of is not None else name


class ChineseWording(Wording):
    """The same in Chinese."""

    __slots__ = ()

    language: Language = "zh"
    joint = "、"
    unknown = "未知"

    def sentence(self, parts: Iterable[tuple[str, bool]]) -> str:
        """A space goes between a figure or Latin word that is filled in and the Chinese around it, and
        nowhere else."""
        sentence = ""
        was_filled = False
        for text, filled in parts:
            following = text
            if filled or was_filled:
                sentence, following = sentence.rstrip(" "), text.lstrip(" ")
                sentence += _gap(sentence[-1:], following[:1])
            sentence += following
            was_filled = filled
        return sentence

    def day(self, year: int, month: int, day: int) -> str:
        """A day of the calendar."""
        return f"{year} 年 {month} 月 {day} 日"

    def between(self, low: str, high: str) -> str:
        """A range; the currency that stands before both bounds is said once."""
        if low.startswith(_BEFORE_AMOUNTS):
            high = high.removeprefix(_BEFORE_AMOUNTS)
        return self.sentence(((low, True), ("至", False), (high, True)))

    def amount_of_money(self, amount: Any, currency: str | None) -> str:
        """An amount of money."""
        if currency == "CNY":
            return f"{_BEFORE_AMOUNTS}{figure(amount)} 元"
        return f"{figure(amount)} {self.name('currency', currency)}" if currency else figure(amount)

    def length(self, amount: Any, unit: str) -> str:
        """A length of time."""
        return f"{figure(amount)} {self._names['unit'][unit][0]}"

    def of_person(self, name: str, person: str) -> str:
        """A word that is of a person, behind the person."""
        return f"{person}{name}"

    def _person(self, person: Any) -> str:
        if person.kind == "person" and person.of is not None:
            return self._person(person.of) + self.name("person", person.id)
        return super()._person(person)


def _gap(before: str, after: str) -> str:
    """The space between two characters that come to stand beside each other."""
    return (
        " " if (_is_latin(before) and is_chinese(after)) or (is_chinese(before) and _is_latin(after)) else ""
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "%")


def wording(contract: Contract | None, names: Mapping[str, Any], language: Language) -> Wording:
    """What speaks `language`; without a contract, of quantities only."""
    return (ChineseWording if language == "zh" else Wording)(contract, names)


def figure(amount: Any) -> str:
    """A number in figures, thousands marked."""
    if isinstance(amount, str):
        from decimal import Decimal

        amount = Decimal(amount)
    if amount is None:
        return "?"
    if amount == int(amount):
        return f"{int(amount):,}"
    return f"{amount:,}"
