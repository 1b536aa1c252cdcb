"""Patterns that come compiled with the tables are those that `re` would make, and nothing depends on them."""

from __future__ import annotations

import re

import pytest

from nda_lint import patterns
from nda_lint.lexer import atoms_of
from nda_lint.patterns import compiled_before, pattern
from nda_lint.tables import tables

TEXTS = sorted(tables()["patterns"]["compiled"])


def test_the_tables_hold_the_patterns_of_the_modules_that_check() -> None:
    assert set(patterns.texts) & set(TEXTS)
    assert sum("年" in text and "(?P<w>" in text for text in TEXTS) == 2  # those of the lexer


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_tables_hold_is_what_re_compiles(text: str) -> None:
    ready, made = compiled_before(text), re.compile(text)
    assert ready == made  # flags and code
    assert ready is not None
    assert (ready.groups, ready.groupindex, ready.pattern) == (made.groups, made.groupindex, made.pattern)


def test_a_match_says_which_group_it_is_of() -> None:
    assert [atom[0] for atom in atoms_of('Acme 3 "three" 2026-01-01 ____ @x , 甲')] == list("wnsdbrpc")


def test_another_engine_compiles_from_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXTS[0]
    monkeypatch.setattr(patterns, "engine", lambda: "another")
    assert compiled_before(text) is None
    assert pattern(text).fullmatch is not None
    patterns.texts.remove(text)


def test_a_mistake_is_raised_at_the_first_use() -> None:
    broken = pattern("(?P<x>a")
    patterns.texts.remove("(?P<x>a")
    with pytest.raises(re.error):
        broken.search("a")
