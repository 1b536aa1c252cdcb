"""The types of values, as pydantic models: what a key accepts, and its shape in ``nda-lint facts``.

The class names here are the types that models in :mod:`nda_lint.schema.clauses` annotate their
fields with. The runtime twins, with spans, are the slotted classes of :mod:`nda_lint.values`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal["hour", "day", "business_day", "week", "month", "quarter", "year"]
Bound = Literal["at_least", "at_most", "more_than", "less_than"]
#: Exact: an int where the number is whole, else its digits as a string.
Quantity = int | str


class Value(BaseModel):
    """Base of all values."""

    model_config = ConfigDict(extra="forbid")


class Choices(StrEnum):
    """Base of the closed lists of words that a key accepts."""


class Person(Value):
    """A party, a class of persons, or a term for persons; `of` is whom they belong to."""

    type: Literal["party", "person", "text"]
    id: str | None = None
    name: str | None = None
    text: str | None = None
    of: Person | None = None
    vague: str | None = None


class Thing(Value):
    """Information, a document, a thing, the noun of an action, or persons acted upon."""

    type: Literal["object", "purpose", "graded", "action", "person", "text"]
    id: str | None = None
    name: str | None = None
    text: str | None = None
    person: Person | None = None
    every: Literal[True] | None = None


class Event(Value):
    """A moment on the contract's time line; `of` is the person whose event it is."""

    id: str | None = None
    text: str | None = None
    of: Person | None = None


class Text(Value):
    """A quoted name or phrase, or the name of a defined term."""

    type: Literal["text"] = "text"
    text: str


class Item(Text):
    """Free words or a quoted term, as an item of a list."""


class Identifier(Text):
    """A number, code or address written without quotation marks (or with them)."""


class YesNo(Value):
    """Yes or no."""

    type: Literal["yes_no"] = "yes_no"
    value: bool


class Number(Value):
    """A number, or a range of numbers with `maximum`."""

    type: Literal["number"] = "number"
    minimum: Quantity
    maximum: Quantity


class Percent(Value):
    """A percentage, or a range."""

    type: Literal["percent"] = "percent"
    minimum: Quantity
    maximum: Quantity


class Money(Value):
    """An amount of money (bounds equal) or a range of amounts, bounds included; None is open."""

    type: Literal["money"] = "money"
    minimum: Quantity | None
    maximum: Quantity | None
    currency: Annotated[str | None, Field(description="ISO 4217")]
    maximum_currency: str | None = None
    exclusive: Literal["minimum", "maximum"] | None = None


class Duration(Value):
    """A length of time, possibly anchored to an event, or one of the special lengths."""

    type: Literal["duration"] = "duration"
    amount: Quantity | None = None
    unit: Unit | None = None
    maximum: Quantity | None = None
    maximum_unit: Unit | None = None
    special: Literal["indefinite", "until_public", "statutory"] | None = None
    bound: Bound | None = None
    relation: Literal["from", "after", "before", "at", "within"] | None = None
    event: Event | None = None


class Frequency(Value):
    """`count` times in every `amount` units."""

    type: Literal["frequency"] = "frequency"
    count: Quantity
    amount: Quantity
    unit: Unit
    bound: Bound | None = None


class Date(Value):
    """A day of the calendar."""

    type: Literal["date"] = "date"
    year: int
    month: int
    day: int


class Moment(Value):
    """An event as a value."""

    type: Literal["moment"] = "moment"
    event: Event


class PersonValue(Value):
    """A person or party as a value."""

    type: Literal["person"] = "person"
    person: Person


class ThingValue(Value):
    """Information or another object as a value."""

    type: Literal["thing"] = "thing"
    thing: Thing


class ClauseValue(Value):
    """A clause, by kind or label."""

    type: Literal["clause"] = "clause"
    kind: str | None = None
    label: str | None = None


class GradeValue(Value):
    """A declared grade, by name."""

    type: Literal["grade"] = "grade"
    name: str


class Choice(Value):
    """A word of the key's own list."""

    type: Literal["choice"] = "choice"
    id: str
    person: Person | None = None


class Unresolved(Value):
    """A value that is given but says nothing definite: a blank, a vague or circular word,
    alternatives that nobody chose between, or text that could not be read."""

    type: Literal["blank", "vague", "circular", "options", "broken"]
    id: str | None = None
    text: str | None = None
    alternatives: list[Any] | None = None
    unit: Unit | None = None
    currency: str | None = None
    relation: str | None = None
    event: Event | None = None


#: The name of each type, as rules and `facts` say it.
TYPE_NAMES: dict[type[Value], str] = {
    Text: "text",
    Item: "item",
    Identifier: "identifier",
    YesNo: "yes_no",
    Number: "number",
    Percent: "percent",
    Money: "money",
    Duration: "duration",
    Frequency: "frequency",
    Date: "date",
    Moment: "moment",
    PersonValue: "person",
    ThingValue: "thing",
    ClauseValue: "clause",
    GradeValue: "grade",
}


class Clause(BaseModel):
    """Base of the clause kinds; the docstring of a kind is its one-line documentation."""

    model_config = ConfigDict(extra="forbid")


Named = Literal["grade", "register", "party", "retention", "category", "free"]


def key(english: str, chinese: str, *leaves: str, named: Named | None = None) -> Any:
    """Declare a key of a clause kind.

    `english` and `chinese` are its one-line documentation, `leaves` the leaves of the catalogue
    of contract contents it holds (``E16``), `named` what stands in quotation marks in the key
    where a clause holds several things of one kind (``amount "Core"``).
    """
    return Field(
        default=None,
        description=english,
        json_schema_extra={"zh": chinese, "leaves": list(leaves), "named": named},
    )
