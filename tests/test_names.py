"""What whoever adds to the schema forgets is said, with the place where it belongs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from nda_lint import compile as compiler
from nda_lint.compile.names import mistakes
from nda_lint.compile.schema import name_tables, schema_tables
from nda_lint.problem import unexpected

SCHEMA, NAMES = schema_tables(), name_tables()


def test_all_is_named() -> None:
    assert mistakes(SCHEMA, NAMES) == []


@pytest.mark.parametrize(
    ("language", "section", "name", "place"),
    [
        ("zh", "kind", "term", "zh.toml, [kind]: no name for term;"),
        ("en", "field", "term.survival", "en.toml, [field.term]: no name for survival;"),
        ("zh", "choice", "Law.prc", "zh.toml, [choice.Law]: no name for prc;"),
        ("en", "action", "disclose", "en.toml, [action]: no name for disclose;"),
    ],
)
def test_a_missing_name_is_said_with_its_place(language: str, section: str, name: str, place: str) -> None:
    names: Any = deepcopy(NAMES)
    del names[language][section][name]
    (message,) = mistakes(SCHEMA, names)
    assert message.startswith(f"nda_lint/schema/names/{place}")


@pytest.mark.parametrize(
    ("section", "name", "place"),
    [
        ("field", "term.survivel", "[field.term]: survivel"),
        ("choice", "Law.atlantis", "[choice.Law]: atlantis"),
        ("person", "martian", "[person]: martian"),
    ],
)
def test_a_name_of_nothing_is_said(section: str, name: str, place: str) -> None:
    names: Any = deepcopy(NAMES)
    names["en"][section][name] = ("x",)
    assert mistakes(SCHEMA, names) == [f"nda_lint/schema/names/en.toml, {place} is not in the schema"]


def test_a_kind_without_words_in_one_language_is_said() -> None:
    schema: Any = deepcopy(SCHEMA)
    schema["kinds"]["term"]["docs"]["zh"] = ""
    (message,) = mistakes(schema, NAMES)
    assert "in zh what term is" in message


def test_all_mistakes_come_at_once_and_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    names: Any = deepcopy(NAMES)
    del names["en"]["kind"]["term"], names["zh"]["kind"]["term"]
    monkeypatch.setattr(compiler, "name_tables", lambda: names)
    with pytest.raises(compiler.CompileError) as raised:
        compiler.build(".")
    assert len(unexpected(raised.value).details("en").splitlines()) == 2


def test_two_meanings_of_a_name_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    names: Any = deepcopy(NAMES)
    names["en"]["field"]["term.survival"] = names["en"]["field"]["term.duration"]
    monkeypatch.setattr(compiler, "name_tables", lambda: names)
    with pytest.raises(compiler.CompileError, match="'duration' is key duration and survival of term"):
        compiler.build(".")
