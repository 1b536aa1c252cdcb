"""The language reference, in each language: a template with every word of the tables.

The templates, `language.en.md` and `language.zh.md`, explain; what they say in ``{{…}}`` is read from the schema
and the name tables. On each page the words of its own language come first.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from nda_lint.docs.markdown import codes, table
from nda_lint.tables import PACKAGE, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("en", "zh")

#: placeholder of the template → word class, where the words stand in an order
_WORDS = ("actions", "objects", "persons", "purposes", "events", "means", "vague", "circular")
#: placeholder of the template → sections of the name tables
_PLAIN: dict[str, tuple[str, ...]] = {
    "action_nouns": ("action_noun",),
    "graded": ("graded",),
    "quantities": ("unit", "duration", "frequency", "count", "number"),
    "months": ("month",),
    "currencies": ("currency",),
    "keywords": ("keyword",),
}
_CONDITIONS = {"condition": "{}", "condition_predicate": "{who} {}", "condition_by": "{} {who}"}

#: type of value → what it is called on the page, and the heading that explains it
_TYPES: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "text": ("phrase", "names-and-phrases"),
        "item": ("free words", "lists-of-free-words"),
        "identifier": ("code", "codes-and-addresses"),
        "yes_no": ("yes or no", "numbers-shares-yes-and-no"),
        "number": ("number", "numbers-shares-yes-and-no"),
        "percent": ("share", "numbers-shares-yes-and-no"),
        "money": ("money", "money"),
        "duration": ("length of time", "lengths-of-time"),
        "frequency": ("how often", "how-often"),
        "date": ("date", "dates"),
        "moment": ("event", "persons-information-events-clauses-grades"),
        "person": ("person", "persons-information-events-clauses-grades"),
        "thing": ("information", "persons-information-events-clauses-grades"),
        "clause": ("clause", "persons-information-events-clauses-grades"),
        "grade": ("grade", "persons-information-events-clauses-grades"),
    },
    "zh": {
        "text": ("文字", "名称与文字"),
        "item": ("自由词语", "自由词语的清单"),
        "identifier": ("代码", "代码与网络地址"),
        "yes_no": ("是或否", "数字比例是与否"),
        "number": ("数字", "数字比例是与否"),
        "percent": ("比例", "数字比例是与否"),
        "money": ("金额", "金额"),
        "duration": ("期间", "期间"),
        "frequency": ("频次", "频次"),
        "date": ("日期", "日期"),
        "moment": ("事件", "人员信息事件条款等级"),
        "person": ("人员", "人员信息事件条款等级"),
        "thing": ("信息", "人员信息事件条款等级"),
        "clause": ("条款", "人员信息事件条款等级"),
        "grade": ("等级", "人员信息事件条款等级"),
    },
}
#: what stands in quotation marks in a key
_NAMED = {
    "en": {
        "party": "may name a party",
        "grade": "names a grade",
        "register": "names a register or one of its items",
        "retention": "names what is kept",
        "category": "names a category",
        "free": "may bear a name",
    },
    "zh": {
        "party": "可写当事人名称",
        "grade": "须写等级名称",
        "register": "须写清单或者其项目的名称",
        "retention": "须写保留例外",
        "category": "须写类别名称",
        "free": "可写名称",
    },
}
_SAID = {
    "en": {
        "words": ("English", "in Chinese"),
        "below": "below",
        "key": ("key", "in Chinese", "accepts", "how many", "about"),
        "who": "WHO",
        "many": "several",
        "comma": ", ",
        "semicolon": "; ",
    },
    "zh": {
        "words": ("中文", "英文"),
        "below": "上位词",
        "key": ("键", "英文", "可写的值", "个数与名称", "说明"),
        "who": "某人",
        "many": "可多项",
        "comma": "、",
        "semicolon": "；",
    },
}


def language_page(language: str) -> str:
    """The reference in one language."""
    with open(os.path.join(PACKAGE, "docs", f"language.{language}.md"), encoding="utf-8") as stream:
        page = stream.read()
    return Reference(language).fill(page)


class Reference:
    """What fills the template of one language."""

    def __init__(self, language: str) -> None:
        loaded = tables()
        self._schema: Any = loaded["schema"]
        self._all_names: Any = loaded["names"]
        self._language = language
        self._languages = (language, *(other for other in LANGUAGES if other != language))
        self._said: dict[str, Any] = _SAID[language]

    def fill(self, page: str) -> str:
        """The page for a template."""
        page = page.replace("{{clauses}}", "\n\n".join(self._clause(kind) for kind in self._schema["kinds"]))
        for name in _WORDS:
            page = page.replace("{{" + name + "}}", self._words(_class_of(name)))
        for name, sections in _PLAIN.items():
            page = page.replace("{{" + name + "}}", self._names_table(sections))
        return page.replace("{{conditions}}", self._conditions())

    def _names(self, section: str, identifier: str, language: str | None = None) -> tuple[str, ...]:
        entries = self._all_names[language or self._language].get(section, {})
        return tuple(entries.get(identifier, ()))

    def _both(self, section: str, identifier: str) -> tuple[str, ...]:
        """The names in both languages, the page's own first."""
        return tuple(codes(self._names(section, identifier, language)) for language in self._languages)

    def _clause(self, kind: str) -> str:
        entry = self._schema["kinds"][kind]
        section = "kind" if self._names("kind", kind) else "keyword"
        name = kind if section == "kind" else kind.upper()
        title = " · ".join(self._names(section, name, language)[0] for language in self._languages)
        rows = [self._key(kind, key, field) for key, field in entry["fields"].items()]
        about = f"{entry['docs'][self._language]}"
        return f"#### {title}\n\n{about}\n\n{table(self._said['key'], rows)}"

    def _key(self, kind: str, key: str, field: Any) -> tuple[str, ...]:
        accepts = []
        for type_ in field["types"]:
            if type_ != "choice":
                said, anchor = _TYPES[self._language][type_]
                accepts.append(f"[{said}](#{anchor})")
        for choice_class in field["choice_classes"]:
            accepts += [
                " ".join(words for words in self._both("choice", name) if words)
                for name in self._all_names[self._language]["choice"]
                if name.startswith(f"{choice_class}.")
            ]
        marks = [self._said["many"]] if field["many"] else []
        marks += [_NAMED[self._language][field["named"]]] if field["named"] else []
        return (
            *self._both("field", f"{kind}.{key}"),
            self._said["semicolon"].join(accepts),
            self._said["comma"].join(marks),
            field["docs"][self._language],
        )

    def _words(self, word_class: str) -> str:
        rows = []
        for identifier, word in self._schema["words"][word_class].items():
            parents = [self._names(word_class, parent)[0] for parent in word["parents"]]
            rows.append((*self._both(word_class, identifier), self._said["comma"].join(parents)))
        if not any(row[-1] for row in rows):
            return table(self._said["words"], [row[:-1] for row in rows])
        return table((*self._said["words"], self._said["below"]), rows)

    def _names_table(self, sections: Iterable[str]) -> str:
        rows = []
        for section in sections:
            entries = (self._all_names[language].get(section, {}) for language in self._languages)
            for identifier in dict.fromkeys(name for entry in entries for name in entry):
                rows.append(self._both(section, identifier))
        return table(self._said["words"], [row for row in rows if any(row)])

    def _conditions(self) -> str:
        rows = []
        for section, shape in _CONDITIONS.items():
            for identifier in self._schema["words"]["condition"]:
                names = [self._names(section, identifier, language) for language in self._languages]
                if any(names):
                    rows.append(
                        tuple(
                            codes(shape.format(name, who=self._said["who"]) for name in all_)
                            for all_ in names
                        )
                    )
        return table(self._said["words"], rows)


def _class_of(placeholder: str) -> str:
    return placeholder.removesuffix("s") if placeholder != "means" else placeholder
