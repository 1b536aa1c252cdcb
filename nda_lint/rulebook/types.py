"""What the expressions of the rule language are about: static types and their parts.

The type checker asks here what a thing has (``n.action``, ``x.min``) and what may be said of it
(``is range``). How the parts are read from a contract is :mod:`nda_lint.rulebook.access`; the names
of the parts, ``sort.part``, are the same there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNITS = ("hour", "day", "business_day", "week", "month", "quarter", "year")
BOUNDS = ("at_least", "at_most", "more_than", "less_than")
RELATIONS = ("from", "after", "before", "at", "within", "for")
SPECIALS = ("indefinite", "until_public", "statutory")

#: Value types that hold text.
TEXT_TYPES = ("text", "item", "identifier")
#: Value types that have a size, and the dimension in which it is compared.
SIZED = {
    "number": "number", "percent": "percent", "money": "money", "duration": "duration", "date": "date",
}  # fmt: skip
#: What may be asked of any value whatever its type.
PREDICATES = (
    "blank",
    "vague",
    "circular",
    "options",
    "broken",
    "known",
    "range",
    "open_ended",
    "defined",
    "quoted",
)

VALUE_TYPES = (
    "text", "yes_no", "number", "percent", "money", "duration", "frequency", "date", "moment", "person",
    "thing", "clause", "grade", "choice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """A static type: its sort and, depending on it, what it is made of."""

    sort: str
    #: of a value: the value types it may have
    types: tuple[str, ...] = ()
    #: of a value: the words of its key's own lists, and the names of those lists
    choices: tuple[str, ...] = ()
    choice_classes: tuple[str, ...] = ()
    #: of a word: its class in the vocabulary
    word_class: str = ""
    #: of an enumeration: its members
    ids: tuple[str, ...] = ()
    #: of a list: what is in it
    element: Type | None = None
    #: of a block: its kind
    kind: str = ""
    #: of a quantity: number, percent, money, duration or date
    dimension: str = ""

    def listed(self) -> Type:
        """A list of these."""
        return Type("list", element=self)


NUMBER = Type("quantity", dimension="number")
PERCENT = Type("quantity", dimension="percent")
MONEY = Type("quantity", dimension="money")
DURATION = Type("quantity", dimension="duration")
DATE = Type("quantity", dimension="date")
STRING = Type("string")
TRUTH = Type("truth")
PERSON = Type("person")
THING = Type("thing")
EVENT = Type("event", word_class="event")
NORM = Type("norm")
WINDOW = Type("window")
PRIORITY = Type("priority")
DEFINITION = Type("definition")
UNRESOLVED = Type("unresolved")
ATOM = Type("condition", word_class="condition")
ANY_VALUE = Type("value", types=VALUE_TYPES)
FREQUENCY = Type("value", types=("frequency",))
BLOCK = Type("block")
PARTY = Type("block", kind="party")


def enumeration(*ids: str) -> Type:
    """A type with these members."""
    return Type("enum", ids=ids)


def words(word_class: str) -> Type:
    """A word of one class of the vocabulary."""
    return Type("word", word_class=word_class)


UNIT = enumeration(*UNITS)
BOUND = enumeration(*BOUNDS)

#: value type → part → its type
VALUE_PARTS: dict[str, dict[str, Type]] = {
    "money": {
        "min": MONEY, "max": MONEY, "currency": STRING, "max_currency": STRING,
        "swapped": Type("value", types=("money",)),
    },
    "number": {"min": NUMBER, "max": NUMBER, "swapped": Type("value", types=("number",))},
    "percent": {"min": PERCENT, "max": PERCENT, "swapped": Type("value", types=("percent",))},
    "duration": {
        "min": DURATION, "max": DURATION, "swapped": Type("value", types=("duration",)), "amount": NUMBER, "unit": UNIT, "bound": BOUND,
        "special": enumeration(*SPECIALS), "relation": enumeration(*RELATIONS), "event": EVENT,
    },
    "frequency": {"count": NUMBER, "amount": NUMBER, "unit": UNIT, "bound": BOUND, "per_year": NUMBER},
    "date": {"year": NUMBER, "month": NUMBER, "day": NUMBER},
    "moment": {"event": EVENT},
    "person": {"name": STRING, "party": PARTY, "of": PERSON},
    "thing": {"name": STRING, "person": PERSON},
    "clause": {"label": STRING},
    "grade": {"name": STRING},
    "choice": {"person": PERSON, "territory": STRING, "region": STRING, "union": STRING},
    "text": {"text": STRING, "territory": STRING, "region": STRING, "union": STRING},
    "item": {"text": STRING},
    "identifier": {"text": STRING},
}  # fmt: skip

#: sort → part → its type
PARTS: dict[str, dict[str, Type]] = {
    "norm": {
        "modality": enumeration("must", "must_not", "may"),
        "actor": PERSON.listed(), "action": words("action").listed(), "object": THING.listed(),
        "recipient": PERSON.listed(), "purpose": words("purpose").listed(), "means": words("means").listed(),
        "window": WINDOW.listed(), "frequency": FREQUENCY.listed(), "condition": ATOM.listed(),
        "if": ATOM.listed(), "unless": ATOM.listed(), "only_if": ATOM.listed(), "exception": THING.listed(),
        "priority": PRIORITY.listed(), "label": STRING, "clause": BLOCK,
        "only": TRUTH, "only_actor": TRUTH, "only_recipient": TRUTH, "only_purpose": TRUTH,
        "only_means": TRUTH, "in_writing": TRUTH,
    },
    "person": {"name": STRING, "party": PARTY, "of": PERSON, "text": STRING},
    "thing": {"name": STRING, "person": PERSON, "text": STRING, "about": THING},
    "event": {"of": PERSON, "text": STRING},
    "word": {"text": STRING},
    "condition": {"by": PERSON, "subject": PERSON.listed(), "text": STRING},
    "window": {
        "relation": enumeration(*RELATIONS, "until"), "length": DURATION, "amount": NUMBER, "unit": UNIT,
        "event": EVENT, "special": enumeration(*SPECIALS),
    },
    "priority": {"kind": enumeration("subject_to", "notwithstanding", "failing_which"), "label": STRING},
    "definition": {"name": STRING, "text": STRING, "meaning": ANY_VALUE.listed()},
    "block": {"name": STRING, "full_name": STRING, "title": STRING, "label": STRING, "norms": NORM.listed()},
    "fact": {"name": STRING, "value": ANY_VALUE, "values": ANY_VALUE.listed(), "clause": BLOCK},
    "unresolved": {"value": ANY_VALUE, "key": STRING, "norm": NORM},
}  # fmt: skip

#: sort → what may be said of it with “is”, beside the words of its class
SORT_PREDICATES: dict[str, tuple[str, ...]] = {
    "block": ("empty", "broken"),
    "person": ("party", "vague"),
    "thing": ("every",),
    "window": ("vague",),
    "unresolved": ("blank", "vague", "circular", "options"),
    "definition": ("broken",),
    "contract": ("template", "english", "chinese"),
}

#: What things are called in messages: English, Chinese.
_SORT_NAMES: dict[str, tuple[str, str]] = {
    "list": ("a list", "列表"),
    "block": ("a clause", "条款"),
    "fact": ("a fact", "事实项"),
    "norm": ("a norm", "规范句"),
    "person": ("a person", "人员"),
    "thing": ("an object", "客体"),
    "word": ("a word of the vocabulary", "词汇表中的词"),
    "event": ("an event", "事件"),
    "window": ("a time window", "时间范围"),
    "condition": ("a condition", "条件"),
    "priority": ("a priority", "优先关系"),
    "definition": ("a definition", "定义"),
    "unresolved": ("an unresolved value", "未确定的值"),
    "string": ("text", "文字"),
    "truth": ("a condition", "真假条件"),
    "enum": ("a word", "词"),
    "contract": ("the contract", "合同"),
    "profile": ("the profile", "配置档"),
}
_TYPE_NAMES: dict[str, tuple[str, str]] = {
    "text": ("text", "文字"),
    "item": ("text", "文字"),
    "identifier": ("text", "文字"),
    "yes_no": ("yes or no", "是或否"),
    "number": ("a number", "数字"),
    "percent": ("a percentage", "百分比"),
    "money": ("an amount of money", "金额"),
    "duration": ("a duration", "期限"),
    "frequency": ("a frequency", "频次"),
    "date": ("a date", "日期"),
    "moment": ("an event", "事件"),
    "person": ("a person", "人员"),
    "thing": ("an object", "客体"),
    "clause": ("a clause", "条款"),
    "grade": ("a grade", "等级"),
    "choice": ("a choice", "选项"),
}


_CLASS_NAMES: dict[str, tuple[str, str]] = {
    "action": ("an action", "动作"),
    "purpose": ("a purpose", "目的"),
    "means": ("a means", "方式"),
}


def describe(type_: Type) -> tuple[str, str]:
    """What a type is called in messages, in English and Chinese."""
    if type_.sort == "quantity":
        return _TYPE_NAMES[type_.dimension]
    if type_.sort == "value":
        names = [_TYPE_NAMES[name] for name in type_.types if name in _TYPE_NAMES]
        if type_ == ANY_VALUE or not names:
            return "a value", "值"
        distinct = list(dict.fromkeys(names))
        return " or ".join(english for english, _ in distinct), "或".join(chinese for _, chinese in distinct)
    if type_.sort == "list" and type_.element is not None:
        english, chinese = describe(type_.element)
        return f"a list ({english})", f"列表（{chinese}）"
    return _CLASS_NAMES.get(type_.word_class) or _SORT_NAMES[type_.sort]


def parts_of(type_: Type) -> dict[str, Type]:
    """The parts that something of this type may have."""
    if type_.sort == "value":
        parts: dict[str, Type] = {"alternatives": type_.listed()}
        for name in type_.types:
            parts.update(VALUE_PARTS.get(name, {}))
        return parts
    if type_.sort == "fact" and type_.types:  # of a known key
        value = replace(type_, sort="value")
        return {**PARTS["fact"], "value": value, "values": value.listed()}
    return PARTS.get(type_.sort, {})


def dimensions_of(type_: Type) -> frozenset[str]:
    """The dimensions in which something of this type may be compared."""
    if type_.sort == "quantity":
        return frozenset((type_.dimension,))
    if type_.sort == "value":
        return frozenset(SIZED[name] for name in type_.types if name in SIZED)
    return frozenset()


def is_text(type_: Type) -> bool:
    """Whether something of this type may be text."""
    if type_.sort == "value":
        return any(name in TEXT_TYPES for name in type_.types)
    return type_.sort == "string"


def is_choice(type_: Type) -> bool:
    """Whether something of this type may be a word of a closed list."""
    return type_.sort == "value" and "choice" in type_.types


def field_type(field: Mapping[str, Any]) -> Type:
    """The type of one value of a field of the schema table."""
    return Type(
        "value",
        types=tuple(field["types"]),
        choices=tuple(field.get("choices") or ()),
        choice_classes=tuple(field.get("choice_classes") or ()),
    )


def fact_of(field: Mapping[str, Any]) -> Type:
    """The type of a fact of a field of the schema table: what its values may be is known."""
    return replace(field_type(field), sort="fact")


def merged(types: Sequence[Type]) -> Type:
    """The type of something that is of one of these, all of one sort."""
    first = types[0]
    return replace(
        first,
        # A clause of several kinds has the keys that they share.
        kind=" ".join(dict.fromkeys(name for type_ in types for name in type_.kind.split())),
        types=tuple(dict.fromkeys(name for type_ in types for name in type_.types)),
        choices=tuple(dict.fromkeys(choice for type_ in types for choice in type_.choices)),
        choice_classes=tuple(dict.fromkeys(name for type_ in types for name in type_.choice_classes)),
    )


def with_kind(type_: Type, kind: str) -> Type:
    """A block type narrowed to one kind."""
    return replace(type_, kind=kind)
