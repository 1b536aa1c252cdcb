"""The words of the language as an editor shows them."""

from __future__ import annotations

import re

from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Language

#: terminal of the grammar → class of the vocabulary
CLASSES = {
    "ACTION": "action",
    "ACTION_NOUN": "action",
    "OBJECT": "object",
    "PERSON": "person",
    "PURPOSE": "purpose",
    "EVENT": "event",
    "MEANS": "means",
    "CONDITION": "condition",
    "CONDITION_PREDICATE": "condition",
    "CONDITION_BY": "condition",
    "VAGUE": "vague",
    "CIRCULAR": "circular",
}

#: terminal → what it does, in English and Chinese
KEYWORDS = {
    "MUST": ("**must**: a duty", "**应当**：义务"),
    "MUST_NOT": ("**must not**: a ban", "**不得**：禁止"),
    "MAY": ("**may**: a permission", "**可以**：许可"),
    "ONLY": ("**only**: nobody or nothing else", "**仅**：除此以外一概不许"),
    "IF": ("**if**: holds where the condition is met", "**如**：条件成就时适用"),
    "UNLESS": ("**unless**: does not hold where the condition is met", "**除非**：条件成就时不适用"),
    "ONLY_IF": ("**only if**: permitted where the condition is met, otherwise not", "**仅当**：条件成就时允许，否则不许"),
    "EXCEPT": ("**except**: what is left out", "**除外**：不在其内的部分"),
    "SUBJECT_TO": ("**subject to**: the norm or clause named goes first", "**受限于**：以所指条款为先"),
    "NOTWITHSTANDING": ("**notwithstanding**: goes before the norm or clause named", "**不受限制**：优先于所指条款"),
    "FAILING_WHICH": ("**failing which**: what follows a breach", "**否则**：违反时的后果"),
    "WITHIN": ("**within**: at the latest so long after the event", "**内**：自事件起至迟的期限"),
    "BEFORE": ("**before**: earlier than the event", "**前**：早于该事件"),
    "AFTER": ("**after**: later than the event", "**后**：晚于该事件"),
    "UNTIL": ("**until**: ends with the event", "**至**：以该事件为止"),
    "IN_WRITING": ("**in writing**", "**书面**"),
}  # fmt: skip

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def escaped(text: str) -> str:
    """Text as Markdown shows it."""
    return _MARKDOWN.sub(r"\\\1", text)


def names_of(section: str, identifier: str, language: Language) -> str:
    """The name of an id in `language`, and in the other one."""
    other: Language = "en" if language == "zh" else "zh"
    sections = ("condition", "condition_predicate", "condition_by") if section == "condition" else (section,)
    found = []
    for each in (language, other):
        names = tables()["names"][each]
        found += [str(names[s][identifier][0]) for s in sections if identifier in names.get(s, {})][:1]
    return escaped(" · ".join(dict.fromkeys(found)))
