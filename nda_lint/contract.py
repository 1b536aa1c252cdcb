"""The typed contract: what rules, analyses and outputs see.

Every occurrence of everything is kept with its span, so that a contradiction has two places;
"missing" is a question to the whole contract. Ids are those of :mod:`nda_lint.schema` and never
depend on the language of the file. These are slotted classes because they are made by the
thousand; their shape as data (``nda-lint facts``) is :mod:`nda_lint.facts`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from nda_lint.finding import Finding, Language
    from nda_lint.source import Source, Span

    Unit = Literal["hour", "day", "business_day", "week", "month", "quarter", "year"]
    Bound = Literal["at_least", "at_most", "more_than", "less_than"]
    Connective = Literal["and", "or"] | None
    Relation = Literal["from", "after", "before", "at", "within"]


class Slotted:
    """Positional construction in the order of the slots, with later ones defaulting to None."""

    __slots__: tuple[str, ...] = ()
    span: Span

    def __init__(self, *values: object, **named: object) -> None:
        slots = self.__slots__
        for name, value in zip(slots, values, strict=False):
            setattr(self, name, value)
        if len(values) < len(slots):
            for name in slots[len(values) :]:
                setattr(self, name, named.get(name))

    def __repr__(self) -> str:
        fields = ", ".join(
            f"{name}={getattr(self, name)!r}"
            for name in self.__slots__
            if name != "span" and getattr(self, name) is not None
        )
        return f"{type(self).__name__}({fields})"


# --- people, things, moments -------------------------------------------------------------


class Person(Slotted):
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


class Thing(Slotted):
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


class Word(Slotted):
    """A word of one class of the vocabulary (`id`), or a quoted phrase of that class (`text`)."""

    __slots__ = ("id", "text", "term", "span")
    id: str | None
    text: str | None
    term: Definition | None
    span: Span


class Event(Slotted):
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


# --- values of facts ---------------------------------------------------------------------


class Value(Slotted):
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


# --- statements --------------------------------------------------------------------------


class Fact(Slotted):
    """``key: value, value``. `field` is the full id (``term.duration``), `key` its last part."""

    __slots__ = ("field", "key", "name", "values", "block", "key_span", "name_span", "span")
    field: str
    key: str
    name: str | None
    values: tuple[Value, ...]
    block: Block
    key_span: Span
    name_span: Span | None
    span: Span

    @property
    def value(self) -> Value:
        """The first value: the only one for a key that takes one."""
        return self.values[0]


class Window(Slotted):
    """When: `relation` to `event`, `amount` `unit`s away (None: at the event itself; a
    :class:`Blank` where the number is left to fill in).

    `within` runs from the event for the amount; `before`/`after` lie on that side of the event (`before`
    without an event: in advance); `at` is the event; `for` lasts, `until` ends with the event. `vague` is a
    vague word instead of an amount (promptly). `bound` and `maximum` are those of a :class:`Duration`.
    """

    __slots__ = (
        "relation", "amount", "unit", "event", "vague", "special", "span", "bound", "maximum", "maximum_unit",
    )  # fmt: skip
    relation: str
    amount: int | str | Blank | None
    unit: Unit | None
    event: Event | None
    vague: str | None
    special: str | None
    span: Span
    bound: Bound | None
    maximum: int | str | None
    maximum_unit: Unit | None


class Recipients(Slotted):
    """`preposition` is ``to``, ``with`` or ``from``; `only` restricts to them; `connective` joins several."""

    __slots__ = ("preposition", "persons", "connective", "only", "span")
    preposition: Literal["to", "with", "from"]
    only: bool
    span: Span
    persons: tuple[Person, ...]
    connective: Connective


class Words(Slotted):
    """Purposes or means: `words`, what joins them, and whether `only` they are meant."""

    __slots__ = ("words", "connective", "only", "span")
    only: bool
    span: Span
    words: tuple[Word, ...]
    connective: Connective


class ConditionAtom(Slotted):
    """`id` from the vocabulary or quoted `text`; `subjects` empty where nobody or "they" / 其 is named:
    then the recipient is meant, else the actor."""

    __slots__ = ("id", "text", "subjects", "span")
    id: str | None
    text: str | None
    span: Span
    subjects: tuple[Person, ...]


class Condition(Slotted):
    """`kind` is ``if``, ``unless`` or ``only_if`` (permitted if so, and else not); `connective` (``and``,
    ``or``) joins the atoms."""

    __slots__ = ("kind", "connective", "atoms", "span")
    kind: Literal["if", "unless", "only_if"]
    connective: Connective
    span: Span
    atoms: tuple[ConditionAtom, ...]


class Priority(Slotted):
    """`kind` is ``subject_to``, ``notwithstanding`` or ``failing_which``; `label` what it names."""

    __slots__ = ("kind", "label", "span")
    kind: Literal["subject_to", "notwithstanding", "failing_which"]
    label: str
    span: Span


class Norm(Slotted):
    """A sentence with must / must not / may.

    `only_actors` is the leading "only", `only` the one before the action (all adjuncts at once).
    `connective` joins several actions: ``or`` is a choice, ``and`` means all of them; the others join
    several actors and several things.
    """

    __slots__ = (
        "label", "modality", "actors", "actors_connective", "only_actors", "only", "actions", "connective",
        "things", "things_connective", "recipients", "purposes", "means", "in_writing", "windows", "frequencies", "conditions",
        "exceptions", "priorities", "block", "label_span", "modality_span", "span",
    )  # fmt: skip
    label: str | None
    modality: Literal["must", "must_not", "may"]
    actors: tuple[Person, ...]
    only_actors: bool
    only: bool
    actions: tuple[Word, ...]
    connective: Connective
    things: tuple[Thing, ...]
    things_connective: Connective
    actors_connective: Connective
    recipients: tuple[Recipients, ...]
    purposes: tuple[Words, ...]
    means: tuple[Words, ...]
    in_writing: bool
    windows: tuple[Window, ...]
    frequencies: tuple[Value, ...]
    conditions: tuple[Condition, ...]
    exceptions: tuple[Thing, ...]
    priorities: tuple[Priority, ...]
    block: Block
    label_span: Span | None
    modality_span: Span
    span: Span


class Paragraph(Slotted):
    """Consecutive prose lines of a clause: `text` joined with line feeds, `spans` one a line."""

    __slots__ = ("text", "spans", "span")
    text: str
    spans: tuple[Span, ...]
    span: Span


class Definition(Slotted):
    """``define "name": meaning``; `meaning` is text, or a class of the vocabulary (`thing`,
    `person`, ...)."""

    __slots__ = ("name", "text", "meanings", "name_span", "span")
    name: str
    text: str | None
    meanings: tuple[Value, ...]
    name_span: Span
    span: Span


class Block(Slotted):
    """What a header opens: the agreement, a party, an annex or a clause.

    `kind` is ``agreement``, ``party``, ``annex`` or the id of a clause kind; None if the header names
    no known kind. `broken` holds the spans of the statements in it that could not be read.
    `name` is the declared name (of a party or annex), `title` the quoted text of the header.
    """

    __slots__ = (
        "kind", "name", "title", "label", "facts", "norms", "paragraphs", "broken",
        "kind_span", "name_span", "label_span", "span",
    )  # fmt: skip
    kind: str | None
    name: str | None
    title: str | None
    label: str | None
    facts: list[Fact]
    norms: list[Norm]
    paragraphs: list[Paragraph]
    broken: list[Span]
    kind_span: Span
    name_span: Span | None
    label_span: Span | None
    span: Span


class Contract:
    """A bound contract: its blocks in source order and the indexes that checks read."""

    __slots__ = (
        "agreement", "annexes", "blocks", "broken_fields", "clauses", "definitions", "facts_by_field",
        "findings", "is_template", "language", "norms", "parties", "pragmas", "source", "unresolved",
    )  # fmt: skip

    def __init__(self, source: Source, language: Language) -> None:
        self.source = source
        self.language = language
        self.blocks: list[Block] = []
        self.agreement: Block | None = None
        self.parties: list[Block] = []
        self.annexes: list[Block] = []
        self.clauses: list[Block] = []
        self.definitions: list[Definition] = []
        self.norms: list[Norm] = []
        #: full field id → its facts in source order
        self.facts_by_field: dict[str, list[Fact]] = {}
        #: what may be there but could not be read: full field ids, ``kind.*`` for any field of a
        #: kind, ``*`` for anything; nothing of these is called missing
        self.broken_fields: set[str] = set()
        #: findings of parsing and binding (family NDA0)
        self.findings: list[Finding] = []
        #: every place, in facts and in norms, that is given but says nothing definite
        self.unresolved: list[Unresolved] = []
        self.is_template = False
        self.pragmas: list[Pragma] = []

    def facts(self, field: str) -> list[Fact]:
        """All facts of a field (``term.duration``), in source order."""
        return self.facts_by_field.get(field, [])

    def clauses_of(self, kind: str) -> Iterator[Block]:
        """The clauses of one kind, in source order."""
        return (clause for clause in self.clauses if clause.kind == kind)

    def may_be_broken(self, field: str) -> bool:
        """Whether something that could not be read may have been this field (``kind.key``), a
        clause of this kind (``kind``), or a norm (``norm``)."""
        kind = field.partition(".")[0]
        broken = self.broken_fields
        return bool(broken) and ("*" in broken or field in broken or f"{kind}.*" in broken)


class Unresolved(Slotted):
    """A blank, vague, circular or undecided value where it stands: in the fact of `field` (a full
    field id) or in `norm`."""

    __slots__ = ("value", "field", "norm", "span")
    value: Value
    field: str | None
    norm: Norm | None
    span: Span


class Pragma(Slotted):
    """A comment to the linter: `kind` is ``ignore``, ``ignore-file``, ``profile`` or ``template``.

    `rules` are the words given, each with its span; `target` is the span of the statement that an
    ``ignore`` is about (None for the others).
    """

    __slots__ = ("kind", "rules", "reason", "target", "span")
    kind: str
    reason: str | None
    target: Span | None
    span: Span
    rules: tuple[tuple[str, Span], ...]
