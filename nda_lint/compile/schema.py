"""Schema and name tables as plain data."""

from __future__ import annotations

import os
import tomllib
import types
import typing
from typing import Any

from nda_lint.schema.clauses import KINDS
from nda_lint.schema.values import TYPE_NAMES, Choices, Clause, Value
from nda_lint.schema.vocabulary import ENTAILED, EXCLUDED, WORDS, parse_words

LANGUAGES = ("en", "zh")


def schema_tables() -> dict[str, Any]:
    """``kinds`` with their fields, ``words`` by class, the pairs of actions of which one ``excluded`` or ``entailed``
    the other; see the fields of each below."""
    return {
        "kinds": {kind: _kind(model) for kind, model in KINDS.items()},
        "words": {word_class: parse_words(table) for word_class, table in WORDS.items()},
        "excluded": EXCLUDED,
        "entailed": ENTAILED,
    }


def _kind(model: type[Clause]) -> dict[str, Any]:
    english, _, chinese = (model.__doc__ or "").strip().partition("|")
    return {
        "docs": {"en": english.strip(), "zh": chinese.strip()},
        "fields": {name: _field(model, name) for name in model.model_fields},
    }


def _field(model: type[Clause], name: str) -> dict[str, Any]:
    field = model.model_fields[name]
    extra = field.json_schema_extra
    if not isinstance(extra, dict):
        raise TypeError(f"{model.__name__}.{name}: declare it with key()")
    types_, choice_classes, choices, many = _read_annotation(field.annotation)
    return {
        "types": tuple(types_),
        "choice_classes": tuple(choice_classes),
        "choices": tuple(choices),
        "many": many,
        "named": extra["named"],
        "leaves": tuple(extra["leaves"]),  # type: ignore[arg-type]
        "docs": {"en": field.description or "", "zh": extra["zh"]},
    }


def _read_annotation(annotation: Any) -> tuple[list[str], list[str], list[str], bool]:
    many = typing.get_origin(annotation) is list
    if many:
        (annotation,) = typing.get_args(annotation)
    members = (
        typing.get_args(annotation)
        if typing.get_origin(annotation) in (typing.Union, types.UnionType)
        else (annotation,)
    )
    names: list[str] = []
    classes: list[str] = []
    choices: list[str] = []
    for member in members:
        if isinstance(member, type) and issubclass(member, Choices):
            classes.append(member.__name__)
            choices.extend(value.value for value in member)
            if "choice" not in names:
                names.append("choice")
        elif isinstance(member, type) and issubclass(member, Value):
            names.append(TYPE_NAMES[member])
    return names, classes, choices, many


def name_tables() -> dict[str, Any]:
    """language → section (``keyword``, ``kind``, ``action``, ...) → id → names, canonical first.

    The sections ``field`` and ``choice`` are keyed ``kind.field`` and ``Class.member``.
    """
    return {language: _names(language) for language in LANGUAGES}


def _names(language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "schema", "names", f"{language}.toml")
    with open(path, "rb") as stream:
        raw = tomllib.load(stream)
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for section, entries in raw.items():
        flat: dict[str, tuple[str, ...]] = {}
        for identifier, entry in entries.items():
            if isinstance(entry, dict):
                for member, text in entry.items():
                    flat[f"{identifier}.{member}"] = _split(text)
            else:
                flat[identifier] = _split(entry)
        names[section] = flat
    return names


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
