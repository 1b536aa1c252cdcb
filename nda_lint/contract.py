"""The typed contract: what rules, analyses and outputs see.

Every occurrence of everything is kept with its span, so that a contradiction has two places;
"missing" is a question to the whole contract. Ids are those of :mod:`nda_lint.schema` and never
depend on the language of the file. These are slotted classes because they are made by the
thousand; their shape as data (``nda-lint facts``) is :mod:`nda_lint.facts`.
"""

from __future__ import annotations

from nda_lint.values import Kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any, Literal

    from nda_lint.finding import Finding, Language
    from nda_lint.source import Source, Span
    from nda_lint.values import Blank, Bound, Definition, Event, Person, Thing, Unit, Value, Word

    Connective = Literal["and", "or"] | None


class Fact(Kept):
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


class Window(Kept):
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


class Recipients(Kept):
    """`preposition` is ``to``, ``with`` or ``from``; `only` restricts to them; `connective` joins several."""

    __slots__ = ("preposition", "persons", "connective", "only", "span")
    preposition: Literal["to", "with", "from"]
    only: bool
    span: Span
    persons: tuple[Person, ...]
    connective: Connective


class Words(Kept):
    """Purposes or means: `words`, what joins them, and whether `only` they are meant."""

    __slots__ = ("words", "connective", "only", "span")
    only: bool
    span: Span
    words: tuple[Word, ...]
    connective: Connective


class ConditionAtom(Kept):
    """`id` from the vocabulary or quoted `text`; `subjects` empty where nobody or "they" / 其 is named:
    then the recipient is meant, else the actor."""

    __slots__ = ("id", "text", "subjects", "span")
    id: str | None
    text: str | None
    span: Span
    subjects: tuple[Person, ...]


class Condition(Kept):
    """`kind` is ``if``, ``unless`` or ``only_if`` (permitted if so, and else not); `connective` (``and``,
    ``or``) joins the atoms."""

    __slots__ = ("kind", "connective", "atoms", "span")
    kind: Literal["if", "unless", "only_if"]
    connective: Connective
    span: Span
    atoms: tuple[ConditionAtom, ...]


class Priority(Kept):
    """`kind` is ``subject_to``, ``notwithstanding`` or ``failing_which``; `label` what it names, and nothing where
    all else that the contract says is meant."""

    __slots__ = ("kind", "label", "span")
    kind: Literal["subject_to", "notwithstanding", "failing_which"]
    label: str
    span: Span


class Norm(Kept):
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


class Paragraph(Kept):
    """Consecutive prose lines of a clause: `text` joined with line feeds, `spans` one a line."""

    __slots__ = ("text", "spans", "span")
    text: str
    spans: tuple[Span, ...]
    span: Span


class Block(Kept):
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
        "findings", "is_template", "language", "norms", "norms_by_action", "parties", "pragmas", "source", "unresolved",
    )  # fmt: skip

    #: what remembers what was found of single things, where one contract is checked again and again
    memo: Any = None

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
        #: kept by those who look for norms with an action (see :mod:`nda_lint.rulebook.narrow`)
        self.norms_by_action: Any = None
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

    def all_facts(self) -> list[Fact]:
        """The facts of all fields."""
        return [fact for facts in self.facts_by_field.values() for fact in facts]

    def clauses_of(self, kind: str) -> Iterator[Block]:
        """The clauses of one kind, in source order."""
        return (clause for clause in self.clauses if clause.kind == kind)

    def may_be_broken(self, field: str) -> bool:
        """Whether something that could not be read may have been this field (``kind.key``), a
        clause of this kind (``kind``), or a norm (``norm``)."""
        return may_be_among(self.broken_fields, field)


def may_be_among(broken: Collection[str], field: str) -> bool:
    """Whether a field, a clause or a norm may be among what could not be read (see :class:`Contract`)."""
    return bool(broken) and ("*" in broken or field in broken or f"{field.partition('.')[0]}.*" in broken)


class Unresolved(Kept):
    """A blank, vague, circular or undecided value where it stands: in the fact of `field` (a full
    field id) or in `norm`."""

    __slots__ = ("value", "field", "norm", "span")
    value: Value
    field: str | None
    norm: Norm | None
    span: Span


class Pragma(Kept):
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
