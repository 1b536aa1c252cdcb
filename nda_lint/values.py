"""What a contract speaks of and what its keys can say: people, things, moments and values.

Ids are those of :mod:`nda_lint.schema` and never depend on the language of the file. These are slotted classes
because they are made by the thousand.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from nda_lint.source import Span

    Unit = Literal["hour", "day", "business_day", "week", "month", "quarter", "year"]
    Bound = Literal["at_least", "at_most", "more_than", "less_than"]
    Relation = Literal["from", "after", "before", "at", "within"]


class Slotted:
    """Positional construction in the order of the slots, with later ones defaulting to None."""

    __slots__: tuple[str, ...] = ()
    #: what sets each of the slots
    _setters: tuple[Any, ...] = ()
    span: Span

    def __init_subclass__(cls) -> None:
        members = [cls.__dict__[name] for name in cls.__dict__["__slots__"]]
        cls._setters = tuple(
            member.fset if isinstance(member, property) else member.__set__ for member in members
        )

    def __init__(self, *values: object, **named: object) -> None:
        setters = self._setters
        for put, value in zip(setters, values):  # noqa: B905 - to say so would take a fifth of the time
            put(self, value)
        if len(values) < len(setters):
            for number in range(len(values), len(setters)):
                setters[number](self, named.get(self.__slots__[number]))

    def __repr__(self) -> str:
        fields = ", ".join(
            f"{name}={getattr(self, name)!r}"
            for name in self.__slots__
            if name != "span" and getattr(self, name) is not None
        )
        return f"{type(self).__name__}({fields})"


class Kept(Slotted):
    """What contracts are made of. There is a place to most of it, which as a pair of numbers takes more room than
    all else that is said there: it is kept as one number."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for name in cls.__dict__["__slots__"]:
            if name == "span" or name.endswith("_span"):
                setattr(cls, name, _as_one_number(cls.__dict__[name]))
        super().__init_subclass__()


#: More than any place in a text.
_MOST = (1 << 32) - 1


def _as_one_number(member: Any) -> property:
    """The place that a slot holds."""
    take, put = member.__get__, member.__set__

    def read(self: Kept) -> Span | None:
        number = take(self)
        return None if number is None else (number >> 32, number & _MOST)

    def write(self: Kept, span: Span | None) -> None:
        put(self, None if span is None else span[0] << 32 | span[1])

    return property(read, write)


# --- people, things, moments -------------------------------------------------------------


class Person(Kept):
    """A party, a class of persons, or a defined term that names persons.

    `kind` is ``party`` (then `name` is the declared name), ``person`` (then `id` is a class of the
    vocabulary such as ``employee``, ``each_party``, ``discloser``) or ``text`` (then `text` is a
    quoted phrase or term). `of` is the person they belong to (Beta's employees), `vague` the
    id of a vague number of them (very few executives), `term` the definition the text refers to.
    """

    __slots__ = ("kind", "id", "name", "text", "of", "vague", "term", "span")
    kind: Literal["party", "person", "text"]
    id: str | None
    name: str | None
    text: str | None
    of: Person | None
    vague: str | None
    term: Definition | None
    span: Span


class Thing(Kept):
    """What an action is done to.

    `kind` is ``object`` (`id` from the vocabulary), ``purpose`` (likewise), ``graded`` (information or documents of the
    declared grade `name`; `id` is the class, ``information`` or ``document``), ``action`` (the
    noun of an action: "every access", "destruction"; `id` is the action), ``person`` (`person`)
    or ``text`` (a quoted phrase or term; `term` is the definition it refers to, if any). `of` is
    whose it is (Acme's confidential information), `about` what the action of a
    noun is done to ("every access to core information").
    """

    __slots__ = ("kind", "id", "name", "text", "person", "every", "term", "of", "span", "about")
    kind: Literal["object", "purpose", "graded", "action", "person", "text"]
    id: str | None
    name: str | None
    text: str | None
    person: Person | None
    every: bool | None
    term: Definition | None
    of: Person | None
    about: Thing | None
    span: Span


class Word(Kept):
    """A word of one class of the vocabulary (`id`), or a quoted phrase of that class (`text`)."""

    __slots__ = ("id", "text", "term", "span")
    id: str | None
    text: str | None
    term: Definition | None
    span: Span


class Event(Kept):
    """A moment on the contract's time line: `id` from the vocabulary, or a quoted phrase.

    `of` is the person whose event it is (Acme's request). A day of the calendar is an event too: its
    `date` in ISO 8601."""

    __slots__ = ("id", "text", "date", "of", "term", "span")
    id: str | None
    text: str | None
    date: str | None
    of: Person | None
    term: Definition | None
    span: Span


class Definition(Kept):
    """``define "name": meaning``; `meaning` is text, or a class of the vocabulary (`thing`,
    `person`, ...)."""

    __slots__ = ("name", "text", "meanings", "name_span", "span")
    name: str
    text: str | None
    meanings: tuple[Value, ...]
    name_span: Span
    span: Span


# --- values of facts ---------------------------------------------------------------------


class Value(Kept):
    """Base of the values of facts; `type` names the shape in ``nda-lint facts``.

    `known` is False where the value is given but says nothing that can be computed with: a blank,
    a vague or circular word, an unresolved option, or text that could not be read.
    """

    __slots__ = ()
    type: str = ""
    known: bool = True
    span: Span


class Blank(Value):
    """A place left to fill in: ``____``, ``[ ]``, ``XX``.

    `text` is what stands in quotation marks, if it does; `unit` or `currency` what is to be counted,
    and `relation` and `event` what an amount of time is anchored to.
    """

    __slots__ = ("text", "unit", "currency", "relation", "event", "span")
    text: str | None
    unit: Unit | None
    currency: str | None
    relation: Relation | None
    event: Event | None
    type = "blank"
    known = False


class Vague(Value):
    """A vague word where a quantity is wanted; `id` is its id in the vocabulary, `relation` and `event`
    what it is anchored to (a certain period after termination)."""

    __slots__ = ("id", "relation", "event", "span")
    relation: Relation | None
    event: Event | None
    type = "vague"
    known = False
    id: str


class Circular(Value):
    """A word that points back at the contract without saying anything: "as agreed"."""

    __slots__ = ("id", "text", "span")
    id: str | None
    text: str | None
    type = "circular"
    known = False


class Options(Value):
    """Alternatives among which nobody has chosen yet: "3 years or 5 years"."""

    __slots__ = ("alternatives", "span")
    type = "options"
    known = False
    alternatives: tuple[Value, ...]


class Broken(Value):
    """Text that is there but could not be read as a value of its key; it has been reported."""

    __slots__ = ("text", "span")
    text: str
    type = "broken"
    known = False


class Choice(Value):
    """A word of the key's own list (`id`), possibly of a person ("arbitration institution at
    Acme's domicile")."""

    __slots__ = ("id", "person", "span")
    type = "choice"
    id: str
    person: Person | None


class YesNo(Value):
    """Yes or no."""

    __slots__ = ("value", "span")
    type = "yes_no"
    value: bool


class Text(Value):
    """Free text: a quoted name or phrase, or an item of a list; `term` if it names a definition."""

    __slots__ = ("text", "quoted", "term", "span")
    type = "text"
    text: str
    quoted: bool
    term: Definition | None


class Number(Value):
    """A whole or decimal number, or a range of them (`maximum`); exact, as a string of digits
    where it is no whole number."""

    __slots__ = ("minimum", "maximum", "span")
    minimum: int | str
    maximum: int | str
    type = "number"


class Percent(Value):
    """A percentage, or a range of them."""

    __slots__ = ("minimum", "maximum", "span")
    minimum: int | str
    maximum: int | str
    type = "percent"


class Money(Value):
    """An amount (`minimum` equals `maximum`) or a range of amounts, bounds included.

    Amounts are int or Decimal, in whole units of the currency; None is an open end. `currency` is
    an ISO 4217 code, `maximum_currency` that of the upper bound where it differs, `exclusive` the
    bound ("minimum" or "maximum") that is itself not included.
    """

    __slots__ = ("minimum", "maximum", "currency", "maximum_currency", "exclusive", "span")
    minimum: int | str | None
    maximum: int | str | None
    maximum_currency: str | None
    exclusive: Literal["minimum", "maximum"] | None
    type = "money"
    currency: str | None


class Duration(Value):
    """A length of time, or a range of lengths.

    `amount` (and `maximum` for a range) count `unit`s; `special` is ``indefinite``,
    ``until_public`` or ``statutory`` and then there is no amount. `relation` and `event` anchor it
    ("5 years after termination"). `bound` is given for "at least 3 years".
    """

    __slots__ = ("amount", "unit", "maximum", "special", "bound", "relation", "event", "maximum_unit", "span")
    amount: int | str | None
    maximum: int | str | None
    maximum_unit: Unit | None
    type = "duration"
    unit: Unit | None
    special: str | None
    bound: Bound | None
    relation: Relation | None
    event: Event | None


class Frequency(Value):
    """`count` times in every `amount` `unit`s; `bound` for "at least twice a year"."""

    __slots__ = ("count", "amount", "unit", "bound", "span")
    amount: int | str
    type = "frequency"
    count: int
    unit: Unit
    bound: Bound | None


class Date(Value):
    """A day of the calendar."""

    __slots__ = ("year", "month", "day", "span")
    type = "date"
    year: int
    month: int
    day: int


class Moment(Value):
    """An event as the value of a fact ("effective: signing")."""

    __slots__ = ("event", "span")
    type = "moment"
    event: Event


class PersonValue(Value):
    """A person as the value of a fact."""

    __slots__ = ("person", "span")
    type = "person"
    person: Person


class ThingValue(Value):
    """Information or another object as the value of a fact."""

    __slots__ = ("thing", "span")
    type = "thing"
    thing: Thing


class ClauseValue(Value):
    """A clause named by its kind or label."""

    __slots__ = ("kind", "label", "span")
    type = "clause"
    kind: str | None
    label: str | None


class GradeValue(Value):
    """A declared grade of information, by name."""

    __slots__ = ("name", "span")
    type = "grade"
    name: str
