"""The language reference shows every sentence pattern: its examples use all of the grammar."""

from __future__ import annotations

import os
from typing import Any

import pytest
from helpers import ROOT
from test_docs import EXAMPLES, whole
from test_driver import Tokens, _lexer_thread, leaves

from nda_lint import parse_facts, parse_headers, parse_sentences
from nda_lint.compile.grammar import GRAMMARS, compile_grammar
from nda_lint.driver import Node, run
from nda_lint.parser import parse
from nda_lint.source import Source

#: Rule and part of it that no example need show, with why.
_OF_FACTS = "a quantity that only the value of a fact can have"
_OTHER = "a shape of the other language, in a rule that both share"
NOT_SHOWN = {
    "statement": {("value", "COMMA"): "a comma behind the last item, which is reported"},
    "english": {
        ("_measure_unit", "COUNTER"): _OF_FACTS,
        ("_measure_unit", "CURRENCY"): _OF_FACTS,
        ("_measure_unit", "PERCENT"): _OF_FACTS,
        ("measure", "CURRENCY"): _OF_FACTS,
        ("measure", "PERCENT"): _OF_FACTS,
        ("notwithstanding", "LIMIT_END"): _OTHER,
        ("range", "OR_LESS"): _OTHER,
        ("range", "OR_MORE"): _OTHER,
    },
    "chinese": {
        ("_measure_unit", "COUNTER"): _OF_FACTS,
        ("_measure_unit", "CURRENCY"): _OF_FACTS,
        ("_measure_unit", "PERCENT"): _OF_FACTS,
        ("measure", "CURRENCY"): _OF_FACTS,
        ("measure", "PERCENT"): _OF_FACTS,
        ("range", "OR_LESS"): _OF_FACTS,
        ("range", "OR_MORE"): _OF_FACTS,
        ("_period", "EVERY"): _OTHER,
        ("_period", "UNIT"): _OTHER,
        ("_period", "measure"): _OTHER,
        ("frequency", "PER"): _OTHER,
        ("frequency", "_period"): _OTHER,
        ("person", "OF"): _OTHER,
    },
}


def parts(rules: Any) -> set[tuple[str, str]]:
    """Rule and symbol, for each symbol in one of its shapes."""
    found = {
        (str(getattr(rule.origin.name, "value", rule.origin.name)), symbol.name)
        for rule in rules
        for symbol in rule.expansion
    }
    return {(rule, symbol) for rule, symbol in found if not rule.startswith("__")}


@pytest.fixture(scope="module")
def used() -> dict[str, tuple[set[Any], set[Any]]]:
    """Grammar → its rules, and those by which the examples were read."""
    larks: dict[str, Any] = {}
    rules: dict[str, set[Any]] = {}
    taken: dict[str, set[Any]] = {}
    for name in GRAMMARS:
        lark = compile_grammar(os.path.join(ROOT, "grammar"), name, Tokens).parser
        callbacks = lark.parser.parser.callbacks
        larks[name], rules[name], taken[name] = lark, set(callbacks), set()
        for rule, function in list(callbacks.items()):
            callbacks[rule] = _noting(rule, function, taken[name])
    starts = {start: name for name, (_files, all_) in GRAMMARS.items() for start in all_}
    for start, node in _trees():
        larks[starts[start]].parser.parse(_lexer_thread(leaves(node)), start)
    return {name: (rules[name], taken[name]) for name in GRAMMARS}


def _noting(rule: Any, function: Any, taken: set[Any]) -> Any:
    def note(*arguments: Any) -> Any:
        taken.add(rule)
        return function(*arguments)

    return note


def _trees() -> list[tuple[str, Node]]:
    """What the examples of both pages were read as."""
    trees: list[tuple[str, Node]] = []

    def noting(table: dict[str, Any], start: str, lexer: Any) -> Any:
        result = run(table, start, lexer)
        if isinstance(result, Node):
            trees.append((start, result))
        return result

    with pytest.MonkeyPatch.context() as patch:
        for reader in (parse_headers, parse_facts, parse_sentences):
            patch.setattr(reader, "run", noting)
        for language, all_ in EXAMPLES.items():
            for marks, text in all_:
                if marks != ("wrong",):
                    parse(Source(whole(language, text)))
    return trees


@pytest.mark.parametrize("name", sorted(GRAMMARS))
def test_examples_show_the_whole_grammar(name: str, used: dict[str, tuple[set[Any], set[Any]]]) -> None:
    rules, taken = used[name]
    lost = parts(rules) - parts(taken) - NOT_SHOWN[name].keys()
    assert not lost, f"no example in docs/language.md or language.zh.md shows {sorted(lost)}"


@pytest.mark.parametrize("name", sorted(GRAMMARS))
def test_what_need_not_be_shown_is_not_shown(name: str, used: dict[str, tuple[set[Any], set[Any]]]) -> None:
    rules, taken = used[name]
    assert set(NOT_SHOWN[name]) <= parts(rules) - parts(taken)
