"""The reference of the rule language, in each language: a template and what the type checker knows."""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING, Any

from nda_lint.docs.markdown import code, codes, plain, table
from nda_lint.rulebook import types as t
from nda_lint.tables import PACKAGE, tables

if TYPE_CHECKING:
    from nda_lint.finding import Language

_HEADS = {
    "en": {"parts": ("of", "there is", "which is"), "is": ("of", "may be said"), "name": ("name", "what it says"),
           "law": ("name", "in force since", "source"), "any": "anything with a value"},
    "zh": {"parts": ("对象", "组成部分", "类型"), "is": ("对象", "可以说"), "name": ("名称", "含义"),
           "law": ("名称", "施行日", "来源"), "any": "任何值"},
}  # fmt: skip


def rule_language_page(language: Language) -> str:
    """The page in one language."""
    with open(os.path.join(PACKAGE, "docs", f"rule-language.{language}.md"), encoding="utf-8") as stream:
        page = stream.read()
    shared = marshal.loads(tables()["rules"]["shared"])
    for name, content in (
        ("parts", _parts(language)),
        ("predicates", _predicates(language)),
        ("conditions", _conditions(shared["conditions"], language)),
        ("statutes", _statutes(shared["statutes"], language)),
        ("keys", _keys()),
        ("words", _words()),
    ):
        page = page.replace("{{" + name + "}}", content)
    return page


def _called(type_: t.Type, language: Language) -> str:
    """What a type is called; of a list, what is in it."""
    if type_.sort == "enum":
        return codes(type_.ids)
    return t.describe(type_)[language == "zh"]


def _parts(language: Language) -> str:
    """A line for each part, what has it named once."""
    owned: dict[str, dict[str, str]] = {}
    sorts = [(t.Type("value", types=(name,)), parts) for name, parts in t.VALUE_PARTS.items()]
    for owner, parts in [*sorts, *((t.Type(sort), parts) for sort, parts in t.PARTS.items())]:
        entries = owned.setdefault(t.describe(owner)[language == "zh"], {})
        entries.update((code(name), _called(part, language)) for name, part in parts.items())
    rows = [
        ("" if index else owner, name, part)
        for owner, entries in owned.items()
        for index, (name, part) in enumerate(entries.items())
    ]
    return table(_HEADS[language]["parts"], rows)


def _predicates(language: Language) -> str:
    rows: list[tuple[str, str]] = [(str(_HEADS[language]["any"]), codes(t.PREDICATES))]
    rows.append((t.describe(t.Type("value", types=("duration",)))[language == "zh"], codes(t.SPECIALS)))
    rows.append((t.describe(t.Type("value", types=("yes_no",)))[language == "zh"], codes(("yes", "no"))))
    rows += [
        (t.describe(t.Type(sort))[language == "zh"], codes(words))
        for sort, words in t.SORT_PREDICATES.items()
    ]
    return table(_HEADS[language]["is"], rows)


def _conditions(conditions: Any, language: Language) -> str:
    rows = [(code(name), plain(entry[3][language == "zh"])) for name, entry in conditions.items()]
    return table(_HEADS[language]["name"], rows)


def _statutes(statutes: Any, language: Language) -> str:
    chinese = language == "zh"
    rows = [
        (
            code(name),
            plain(entry["title"][chinese]),
            entry["in_force"][0] or "",
            plain(entry["source"][chinese]),
        )
        for name, entry in statutes.items()
    ]
    head = _HEADS[language]["law"]
    return table((head[0], "", *head[1:]), rows)


def _keys() -> str:
    schema, names = tables()["schema"], tables()["names"]
    parts = []
    for kind, entry in schema["kinds"].items():
        rows = []
        for key, field in entry["fields"].items():
            called = [str(names[language]["field"][f"{kind}.{key}"][0]) for language in ("en", "zh")]
            rows.append((code(f"{kind}.{key}"), " · ".join(called), codes(field["choices"])))
        parts.append(table((code(kind), "", ""), rows))
    return "\n\n".join(parts)


def _words() -> str:
    schema, names = tables()["schema"], tables()["names"]
    parts = []
    for word_class, words in schema["words"].items():
        rows = []
        for identifier, word in words.items():
            called = [names[language].get(word_class, {}).get(identifier) for language in ("en", "zh")]
            rows.append(
                (
                    code(identifier),
                    " · ".join(str(all_[0]) for all_ in called if all_),
                    codes(word["parents"]),
                )
            )
        parts.append(table((code(word_class), "", "<"), rows))
    return "\n\n".join(parts)
