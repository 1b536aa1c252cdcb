"""Whether the name tables name what the schema has, and nothing else, and whether it is documented in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nda_lint.schema import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The blocks that a keyword of their own opens, and not ``clause``.
_HEADERS = ("agreement", "party", "annex")
#: What a word class is called in the tables, where its words stand in several sections.
_SECTIONS = {"condition": ("condition", "condition_predicate", "condition_by")}


def mistakes(schema: dict[str, Any], names: dict[str, Any]) -> list[str]:
    """What lacks a name in a language, and what has one that there is not; where to put it right."""
    found = [
        f"nda_lint/schema: nothing says in {language} what {name} is; a model says it as English|Chinese"
        for name, docs in _documented(schema)
        for language, text in docs.items()
        if not text
    ]
    found += [
        f"nda_lint/schema: {kind}.{key} has no type; types stand in values.py, lists of words in choices.py"
        for kind, entry in schema["kinds"].items()
        for key, field in entry["fields"].items()
        if not field["types"]
    ]
    for language, sections in names.items():
        wanted = set(_wanted(schema))
        given = {(section, name) for section, entries in sections.items() for name in entries}
        found += [_missing(language, section, name) for section, name in sorted(wanted - given)]
        known = {section for section, _name in wanted}
        spare = {(section, name) for section, name in given - wanted if section in known}
        found += [_unknown(language, section, name) for section, name in sorted(spare)]
        fields = {name for section, name in wanted if section == "field"}
        said = sorted(sections.get("stated", {}).keys() - fields)
        found += [_unknown(language, "stated", name) for name in said]
        words = schema["words"]
        for word_class in words:
            parts = _SECTIONS.get(word_class, (word_class,))
            listed = {name for part in parts for name in sections.get(part, ())}
            found += [
                _missing(language, word_class, name) for name in sorted(words[word_class].keys() - listed)
            ]
            found += [
                _unknown(language, word_class, name) for name in sorted(listed - words[word_class].keys())
            ]
    return found


def _documented(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every kind and key with what says what it is."""
    for kind, entry in schema["kinds"].items():
        yield kind, entry["docs"]
        for key, field in entry["fields"].items():
            yield f"{kind}.{key}", field["docs"]


def _wanted(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Section and id of every kind, key and choice."""
    for kind, entry in schema["kinds"].items():
        if kind not in _HEADERS:
            yield "kind", kind
        for key, field in entry["fields"].items():
            yield "field", f"{kind}.{key}"
            for choice_class in field["choice_classes"]:
                for choice in getattr(choices, choice_class):
                    yield "choice", f"{choice_class}.{choice.value}"


def _place(language: str, section: str, name: str) -> tuple[str, str]:
    table, _, key = name.rpartition(".")
    return f"nda_lint/schema/names/{language}.toml, [{section}{'.' if table else ''}{table}]", key


def _missing(language: str, section: str, name: str) -> str:
    place, key = _place(language, section, name)
    return f'{place}: no name for {key}; add {key} = "…"'


def _unknown(language: str, section: str, name: str) -> str:
    place, key = _place(language, section, name)
    return f"{place}: {key} is not in the schema"
