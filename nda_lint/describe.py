"""The words for keys, kinds, types and grammar symbols in messages."""

from __future__ import annotations

from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: terminal → what a person calls it, alternatives divided by a bar; keywords not named here are shown as they are written
_TERMINALS = {
    "NAME": ("a party", "当事人"),
    "PERSON": ("a person", "人员"),
    "ACTION": ("an action", "动作"),
    "ACTION_NOUN": ("", ""),
    "GERUND": ("an action in -ing", "动作"),
    "OBJECT": ("information|a thing", "信息|事物"),
    "GRADED": ("", ""),
    "PURPOSE": ("a purpose", "目的"),
    "EVENT": ("an event", "事件"),
    "MEANS": ("a means", "方式"),
    "CONDITION": ("a condition", "条件"),
    "CONDITION_PREDICATE": ("a condition", "条件"),
    "CONDITION_BY": ("", ""),
    "STRING": ("a phrase in quotation marks", "带引号的文字"),
    "NUMBER": ("a number", "数字"),
    "UNIT": ("a unit (days, years)", "单位（日、年）"),
    "CURRENCY": ("a currency", "货币"),
    "REFERENCE": ("a label (@name)", "标签（@名称）"),
    "COLON": ("a colon", "冒号"),
    "COMMA": ("", ""),
    "KIND": ("a kind of clause", "条款名称"),
    "KEY": ("a key", "键名"),
    "VALUE": ("a word of its list", "可选的词"),
    "WORDS": ("a name", "名称"),
    "$END": ("the end of the line", "行末"),
    "BLANK": ("", ""),
    "BLANK_QUANTITY": ("", ""),
    "VAGUE": ("", ""),
    "CIRCULAR": ("", ""),
    "DATE": ("a date", "日期"),
    "COUNT": ("how often", "次数"),
    "FREQUENCY_WORD": ("", ""),
    "DURATION_WORD": ("", ""),
    "PERCENT": ("", ""),
    "POSSESSIVE": ("", ""),
    "NOT_COUNTED": ("", ""),
    "PRONOUN": ("", ""),
    "GRADE": ("a grade", "等级"),
}

#: Words that go before others in a list of what was expected.
_FIRST = (
    "MUST", "MUST_NOT", "MAY", "ACTION", "OBJECT", "NAME", "PERSON", "PURPOSE", "EVENT", "NUMBER", "UNIT",
    "CONDITION", "CONDITION_PREDICATE", "REFERENCE", "MEANS", "STRING",
)  # fmt: skip
_MOST_EXPECTED = 6
_MOST_KINDS = 3

#: type of value → what a person calls it, with examples; alternatives are divided by a bar
_TYPES = {
    "text": ("a phrase in quotation marks", "带引号的文字"),
    "item": ("words", "文字"),
    "identifier": ("a number|a code|an address", "号码|代码|地址"),
    "yes_no": ("“yes”|“no”", "“是”|“否”"),
    "number": ("a number", "数字"),
    "percent": ("a percentage (30%)", "百分比（30%）"),
    "money": (
        "an amount (CNY 10,000; CNY 10,000 to CNY 100,000)",
        "金额（人民币 1 万元；1 万元至 10 万元）",
    ),
    "duration": ("a length of time (3 years, 10 days)", "期限（3 年、10 日）"),
    "frequency": ("how often (every 6 months, twice a year)", "频次（每 6 个月、每年两次）"),
    "date": ("a date (2026-03-01)", "日期（2026-03-01）"),
    "moment": ("an event (signing)", "事件（签署日）"),
    "person": ("a party|a person", "当事人|人员"),
    "thing": ("information|a thing", "信息|事物"),
    "clause": ("a kind of clause", "条款名称"),
    "grade": ("a declared grade", "已声明的等级"),
}


def kind_name(kind: str, language: str) -> str:
    """The name of a clause kind or other block."""
    names = tables()["names"][language]
    if kind in names["kind"]:
        return str(names["kind"][kind][0])
    return str(names["keyword"][kind.upper()][0])


def field_name(field: str, language: str) -> str:
    """The name of a key, by full id."""
    return str(tables()["names"][language]["field"][field][0])


def some(words: Sequence[str], language: str, most: int = 12) -> str:
    """A readable list, cut where it gets too long."""
    shown = [*words[:most], "…"] if len(words) > most else list(words)
    return ("、" if language == "zh" else ", ").join(shown) or ("无" if language == "zh" else "none")


def expected_terminals(terminals: Sequence[str], language: str) -> str:
    """What could have stood there, in words."""
    keywords = tables()["names"][language]["keyword"]
    ordered = sorted(terminals, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    shown: list[str] = []
    for terminal in ordered:
        if terminal in _TERMINALS:
            word = _TERMINALS[terminal][language == "zh"]
        elif terminal in keywords:
            word = f"“{keywords[terminal][0]}”"
        else:
            word = ""
        shown += [member for member in word.split("|") if member and member not in shown]
    return alternatives(shown[:_MOST_EXPECTED], language)


def expected_values(field: str, language: str, near: object = None) -> str:
    """What a key accepts, in words; with `near` the word that was probably meant."""
    kind, _, key = field.partition(".")
    entry = tables()["schema"]["kinds"][kind]["fields"][key]
    shown = [
        member
        for type_ in entry["types"]
        if type_ != "choice"
        for member in _TYPES[type_][language == "zh"].split("|")
    ]
    if entry["choices"]:
        names = tables()["names"][language]["choice"]
        words = [
            f"“{names[f'{choice_class}.{choice}'][0]}”"
            for choice_class in entry["choice_classes"]
            for choice in entry["choices"]
            if f"{choice_class}.{choice}" in names
        ]
        shown = [*words[:10], *(["…"] if len(words) > 10 else []), *shown]
    text = alternatives(list(dict.fromkeys(shown)), language)
    if near:
        text += f"（是否应为“{near}”？）" if language == "zh" else f" (did you mean “{near}”?)"
    return text


def alternatives(words: list[str], language: str) -> str:
    """The words with "or" between the last two."""
    if len(words) < 2:
        return words[0] if words else ("其他内容" if language == "zh" else "something else")
    if language == "zh":
        return "、".join(words[:-1]) + "或者" + words[-1]
    return ", ".join(words[:-1]) + " or " + words[-1]


def other_kinds(kinds: frozenset[str], language: str) -> str:
    """A few kinds of blocks by name; many only as other clauses."""
    if len(kinds) > _MOST_KINDS:
        return "其他条款" if language == "zh" else "other clauses"
    names = sorted(kind_name(kind, language) for kind in kinds)
    return alternatives([f"“{name}”" for name in names] if language == "zh" else names, language)
