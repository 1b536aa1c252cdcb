"""Typed values and norms → text of the contract language, in English or Chinese.

What is written parses back to the same: `translate` relies on it, and messages show values with it.
"""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.finding import Language

_BLANK = "____"
_UNQUOTABLE = {"en": '"', "zh": "「」"}
#: other marks for a text in which the usual ones stand
_QUOTES = (('"', '"'), ("「", "」"), ("“", "”"), ("『", "』"), ("《", "》"))


class Writer:
    """Writes in one language."""

    def __init__(self, language: Language) -> None:
        loaded = tables()
        self.language = language
        self.chinese = language == "zh"
        self._names = loaded["names"][language]
        self._fields = loaded["schema"]["kinds"]
        #: who "its" means: the actor of the norm that is written, unless it has a name
        self._itself: v.Person | None = None

    # --- words ----------------------------------------------------------------------------

    def word(self, section: str, identifier: str) -> str:
        """The canonical word for an id."""
        return str(self._names[section][identifier][0])

    def keyword(self, terminal: str) -> str:
        """The canonical word of a keyword."""
        return self.word("keyword", terminal)

    def field(self, field: str) -> str:
        """The name of a key, by full id."""
        return self.word("field", field)

    def quoted(self, text: str) -> str:
        """`text` in the quotation marks of the language, or in others if these stand in it."""
        quotes = (_QUOTES[1], *_QUOTES) if self.chinese else _QUOTES
        for opening, closing in quotes:
            if opening not in text and closing not in text:
                return f"{opening}{text}{closing}"
        return f"{quotes[0][0]}{text}{quotes[0][1]}"

    def joined(self, parts: Iterable[str], connective: str = "AND") -> str:
        """A list of conditions or actions, with "and" or "or" between its members."""
        word = self.keyword(connective)
        return (word if self.chinese else f" {word} ").join(parts)

    def listed(self, parts: Iterable[str], connective: str = "AND") -> str:
        """A list of persons or things: 员工、顾问和关联方, "employees, advisers and affiliates"."""
        *most, last = parts
        if not most:
            return last
        if self.chinese:
            word = _AND_BETWEEN_NOUNS if connective == "AND" else self.keyword(connective)
            return f"{'、'.join(most)}{word}{last}"
        return f"{', '.join(most)} {self.keyword(connective)} {last}"

    def _spaced(self, *parts: str) -> str:
        """Words one after the other, as the language spaces them."""
        return ("" if self.chinese else " ").join(part for part in parts if part)

    # --- values ---------------------------------------------------------------------------

    def value(self, value: v.Value, field: str | None = None) -> str:
        """A value as it stands behind the colon of a fact; `field` is its full id."""
        writer = _VALUES.get(type(value))
        if writer is None:
            raise TypeError(f"{type(value).__name__} cannot be written")
        text: str = writer(self, value, field)
        return text

    def _choice(self, value: v.Choice, field: str | None) -> str:
        kind, _, key = (field or "").partition(".")
        classes = self._fields[kind]["fields"][key]["choice_classes"]
        word = next(
            str(self._names["choice"][f"{choice_class}.{value.id}"][0])
            for choice_class in classes
            if f"{choice_class}.{value.id}" in self._names["choice"]
        )
        if value.person is None:
            return word
        person = self.person(value.person)
        return person + word if self.chinese else f"{word} {person}"

    def _yes_no(self, value: v.YesNo, _field: str | None) -> str:
        return self.keyword("YES" if value.value else "NO")

    def _text(self, value: v.Text, _field: str | None) -> str:
        return self.quoted(value.text) if value.quoted else value.text

    def _blank(self, value: v.Blank, _field: str | None) -> str:
        if value.text is not None:
            return self.quoted(value.text)
        amount = _BLANK
        if value.currency:
            amount = self._money_of(_BLANK, value.currency)
        elif value.unit:
            amount = f"{_BLANK} {self.word('unit', value.unit)}"
        return self._anchored(amount, value.relation, value.event)

    def _vague(self, value: v.Vague, _field: str | None) -> str:
        return self._anchored(self.word("vague", value.id), value.relation, value.event)

    def _circular(self, value: v.Circular, _field: str | None) -> str:
        if value.id is not None:
            return self.word("circular", str(value.id))
        return self.quoted(str(value.text))

    def _options(self, value: v.Options, field: str | None) -> str:
        return self.joined((self.value(option, field) for option in value.alternatives), "OR")

    def _number(self, value: v.Number | v.Percent, _field: str | None) -> str:
        unit = self.keyword("PERCENT") if isinstance(value, v.Percent) else ""
        return self._range(value.minimum, value.maximum, lambda number: f"{digits(number)}{unit}", None)

    def _money(self, value: v.Money, _field: str | None) -> str:
        def show(number: int | str) -> str:
            currency = value.currency
            if number is value.maximum and value.maximum_currency and value.minimum is not value.maximum:
                currency = value.maximum_currency
            return self._money_of(digits(number), currency or "CNY")

        return self._range(value.minimum, value.maximum, show, value.exclusive)

    def _money_of(self, number: str, currency: str) -> str:
        if not self.chinese:
            return f"{currency} {number}"
        names = self._names["currency"][currency]
        if currency == "CNY":
            return f"{names[0]} {number} {names[1]}"
        return f"{number} {names[0]}"

    def _range(self, low: Any, high: Any, show: Any, exclusive: str | None) -> str:
        if low is not None and high is not None:
            if low == high:
                return str(show(low))
            lower, upper = str(show(low)), str(show(high))
            if self.chinese:  # the currency that stands before both is said once
                before = f"{self.word('currency', 'CNY')} "
                upper = upper.removeprefix(before) if lower.startswith(before) else upper
            return self._between(lower, upper)
        if low is not None:
            bound = "MORE_THAN" if exclusive == "minimum" else "AT_LEAST"
            return self._beside(self.keyword(bound), show(low))
        bound = "LESS_THAN" if exclusive == "maximum" else "AT_MOST"
        return self._beside(self.keyword(bound), show(high))

    def _between(self, low: str, high: str) -> str:
        """A range."""
        return self._beside(self._beside(low, self.keyword("RANGE")), high)

    def _beside(self, before: str, after: str) -> str:
        """Two words one after the other; in Chinese with a space only where one of them is in figures."""
        return (
            f"{before} {after}"
            if not self.chinese or before[-1].isascii() or after[0].isascii()
            else before + after
        )

    def _length(self, amount: Any, unit: str | None) -> str:
        if unit is None:
            return digits(amount)
        names = self._names["unit"][unit]
        singular = not self.chinese and amount == 1 and len(names) > 1
        return f"{digits(amount)} {names[1] if singular else names[0]}"

    def _duration(self, value: v.Duration, _field: str | None) -> str:
        if value.special is not None:
            return self._anchored(self.word("duration", value.special), value.relation, value.event)
        return self._anchored(self.stretch(value), value.relation, value.event)

    def stretch(self, value: v.Duration | c.Window) -> str:
        """How long, with its bound or as a range."""
        text = self._length(value.amount, value.unit)
        if value.maximum is not None:
            high = self._length(value.maximum, value.maximum_unit)
            text = self._between(text, high)
        return text if value.bound is None else f"{self.keyword(value.bound.upper())} {text}"

    def _anchored(self, amount: str, relation: str | None, event: v.Event | None) -> str:
        if event is None:
            if relation == "before":
                advance = self.keyword("IN_ADVANCE")
                return f"{advance} {amount}" if self.chinese else f"{amount} {advance}"
            if relation != "within":
                return amount
            return (
                f"{amount}{self.keyword('INNER')}" if self.chinese else f"{self.keyword('WITHIN')} {amount}"
            )
        moment = self.event(event)
        if self.chinese:
            if relation == "from":
                return f"{self.keyword('SINCE')}{moment}{self.keyword('SINCE_END')} {amount}"
            return f"{moment}{self.keyword(str(relation).upper())} {amount}"
        return f"{amount} {self.keyword(str(relation).upper())} {moment}"

    def _frequency(self, value: v.Frequency, _field: str | None) -> str:
        plain = value.count == 1 and value.bound is None
        period = self._length(value.amount, value.unit)
        every = self.keyword("EVERY")
        if value.amount == 1:
            names = self._names["unit"][value.unit]
            # 每月, but 1 个月: the second name counts nothing
            period = names[1] if self.chinese and value.unit == "month" else names[0]
            if not self.chinese:
                period = names[1] if len(names) > 1 else names[0]
        if plain:
            if self.chinese:
                return f"{every}{'' if value.amount == 1 else ' '}{period}"
            return f"{every} {period}"
        bound = self.keyword(value.bound.upper()) if value.bound else ""
        if self.chinese:
            return f"{every}{'' if value.amount == 1 else ' '}{period}{bound} {digits(value.count)} {self.keyword('TIMES')}"
        count = self._names["count"].get(
            str(value.count), (f"{digits(value.count)} {self.keyword('TIMES')}",)
        )[0]
        return " ".join(part for part in (bound, count, "a" if value.amount == 1 else every, period) if part)

    def _date(self, value: v.Date, _field: str | None) -> str:
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"

    def _moment(self, value: v.Moment, _field: str | None) -> str:
        return self.event(value.event)

    def _person_value(self, value: v.PersonValue, field: str | None) -> str:
        person = self.person(value.person)
        if field is not None and field.endswith("default"):
            return self._spaced(person, self.keyword("LIABLE"))
        return person

    def _thing_value(self, value: v.ThingValue, _field: str | None) -> str:
        return self.thing(value.thing)

    def _clause(self, value: v.ClauseValue, _field: str | None) -> str:
        return self.word("kind", value.kind) if value.kind is not None else f"@{value.label}"

    def _grade(self, value: v.GradeValue, _field: str | None) -> str:
        return value.name

    # --- people, things, moments ----------------------------------------------------------

    def person(self, person: v.Person) -> str:
        """A person, with whom they belong to."""
        if person.kind == "party":
            return str(person.name)
        if person.kind == "text":
            return self.quoted(str(person.text))
        if person.id == "self":
            return self._its()
        word = self.word("person", str(person.id))
        vague = self.word("vague", person.vague) if person.vague else ""
        if person.of is None:
            return self._spaced(vague, word)
        if self.chinese:
            return (
                f"{self._owner(person.of)}{word}" if not vague else f"{self._owner(person.of)}的{vague}{word}"
            )
        return self._spaced(self._possessive(person.of), vague, word)

    def _owner(self, person: v.Person) -> str:
        return self._its() if person is self._itself else self.person(person)

    def _its(self) -> str:
        return str(self._names["keyword"]["NOT_COUNTED"][0])

    def thing(self, thing: v.Thing) -> str:
        """An object of an action."""
        if thing.kind == "person" and thing.person is not None:
            return self.person(thing.person)
        if thing.kind == "text":
            return self.quoted(str(thing.text))
        if thing.kind == "graded":
            suffix = str(self._names["graded"][thing.id][0])
            return self._spaced(str(thing.name), suffix)
        section = {"action": "action_noun", "object": "object", "purpose": "purpose"}[thing.kind]
        word = self.word(section, str(thing.id))
        if thing.every:
            word = self._spaced(_EVERY[self.chinese, thing.kind == "action"], word)
        if thing.about is not None:
            word = self._spaced(word, "" if self.chinese else self.keyword("OF"), self.thing(thing.about))
        if thing.of is None:
            return word
        owner = self._owner(thing.of)
        return f"{owner}{word}" if self.chinese else f"{self._possessive(thing.of)} {word}"

    def _possessive(self, person: v.Person) -> str:
        owner = self._owner(person)
        if person.id == "self" or person is self._itself:
            return owner
        return f"{owner}'" if owner.endswith("s") else f"{owner}'s"

    def event(self, event: v.Event) -> str:
        """An event, with whose it is."""
        if event.date is not None:
            return event.date
        word = self.quoted(str(event.text)) if event.id is None else self.word("event", event.id)
        if event.of is None:
            return word
        owner = self.person(event.of)
        return f"{owner}{word}" if self.chinese else f"{self._possessive(event.of)} {word}"


#: 且 joins clauses; nouns are joined otherwise.
_AND_BETWEEN_NOUNS = "和"

#: (Chinese?, of an action?) → "every": 每 counts periods, 每次 actions
_EVERY = {(False, False): "all", (False, True): "every", (True, False): "全部", (True, True): "每次"}

_VALUES: dict[type[v.Value], Any] = {
    v.Choice: Writer._choice,
    v.YesNo: Writer._yes_no,
    v.Text: Writer._text,
    v.Blank: Writer._blank,
    v.Vague: Writer._vague,
    v.Circular: Writer._circular,
    v.Options: Writer._options,
    v.Number: Writer._number,
    v.Percent: Writer._number,
    v.Money: Writer._money,
    v.Duration: Writer._duration,
    v.Frequency: Writer._frequency,
    v.Date: Writer._date,
    v.Moment: Writer._moment,
    v.PersonValue: Writer._person_value,
    v.ThingValue: Writer._thing_value,
    v.ClauseValue: Writer._clause,
    v.GradeValue: Writer._grade,
}


def digits(number: int | str | v.Value | None) -> str:
    """A number with thousands marks, without rounding; a blank as a blank."""
    if isinstance(number, v.Value) or number is None:
        return _BLANK
    whole, point, fraction = str(number).partition(".")
    return f"{int(whole):,}{point}{fraction}"
