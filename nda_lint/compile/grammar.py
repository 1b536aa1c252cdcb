"""Grammar files → LALR tables, by Lark."""

from __future__ import annotations

import os
import re
from typing import Any

from lark import Lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

#: table name → the files it is compiled from and its start rules. A keyword language adds a line.
GRAMMARS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "statement": (("common.lark", "statement.lark"), ("header", "fact")),
    "english": (("common.lark", "sentence.lark", "english.lark"), ("english_norm",)),
    "chinese": (("common.lark", "sentence.lark", "chinese.lark"), ("chinese_norm",)),
}

_COMMENT = re.compile(r"//.*")
_TERMINAL = re.compile(r"\b[A-Z][A-Z_]+\b")


class _NoLexer(Lexer):
    """Lark compiles the tables only; the product brings its own lexer."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Any:  # pragma: no cover - never called
        raise NotImplementedError


def grammar_text(folder: str, name: str) -> str:
    """The text of grammar `name` as Lark reads it: its files and its declared terminals."""
    files, _starts = GRAMMARS[name]
    parts = []
    for file in files:
        with open(os.path.join(folder, file), encoding="utf-8") as stream:
            parts.append(_COMMENT.sub("", stream.read()))
    text = "\n".join(parts)
    return f"{text}\n%declare {' '.join(sorted(set(_TERMINAL.findall(text))))}\n"


def compile_grammar(folder: str, name: str, lexer: type[Lexer] = _NoLexer) -> Lark:
    """Compile one grammar with Lark; `lexer` lets a test run Lark's own parser on it."""
    return Lark(
        grammar_text(folder, name),
        parser="lalr",
        start=list(GRAMMARS[name][1]),
        keep_all_tokens=True,
        maybe_placeholders=False,
        lexer=lexer,
    )


def grammar_tables(folder: str) -> dict[str, Any]:
    """For each grammar: ``start`` (rule → first and last state), ``actions`` (per state, terminal →
    next state, or minus one minus the rule to reduce by), ``gotos`` (per state, rule → next state) and
    ``rules`` (name of the node or None to splice its children, name to go by, number of symbols, whether a child may be such a splice)."""
    return {name: _plain(compile_grammar(folder, name)) for name in GRAMMARS}


def _plain(lark: Lark) -> dict[str, Any]:
    """The tables with states and rules numbered by what they are, not by how Lark came upon them."""
    table = lark.parser.parser._parse_table
    order = _order(table)
    found = {
        argument
        for state in order
        for action, argument in table.states[state].values()
        if action is not Shift
    }
    reduced = sorted(
        found,
        key=lambda rule: (rule.origin.name, [symbol.name for symbol in rule.expansion], rule.alias or ""),
    )
    numbers = {rule: number for number, rule in enumerate(reduced)}
    rules = []
    for rule in reduced:
        origin = str(rule.origin.name)
        shown = rule.alias or origin
        spliced = any(not symbol.is_term and symbol.name.startswith("_") for symbol in rule.expansion)
        rules.append((None if shown.startswith("_") else shown, origin, len(rule.expansion), spliced))
    actions: list[dict[str, int]] = []
    gotos: list[dict[str, int]] = []
    for state in order:
        terminals: dict[str, int] = {}
        nonterminals: dict[str, int] = {}
        for symbol, (action, argument) in sorted(table.states[state].items()):
            if action is not Shift:
                terminals[symbol] = -1 - numbers[argument]
                continue
            following = order[_after_splices(table, state, argument)]
            (terminals if symbol.isupper() else nonterminals)[symbol] = following
        actions.append(terminals)
        gotos.append(nonterminals)
    starts = {
        name: (order[table.start_states[name]], order[table.end_states[name]])
        for name in sorted(table.start_states)
    }
    return {"start": starts, "actions": actions, "gotos": gotos, "rules": rules}


def _order(table: Any) -> dict[Any, int]:
    """State → its number: breadth first from the start states, by the names of the symbols."""
    waiting = [table.start_states[name] for name in sorted(table.start_states)]
    order = {state: number for number, state in enumerate(waiting)}
    while waiting:
        state = waiting.pop(0)
        for _symbol, (action, argument) in sorted(table.states[state].items()):
            following = _after_splices(table, state, argument) if action is Shift else None
            if following is not None and following not in order:
                order[following] = len(order)
                waiting.append(following)
    return order


def _after_splices(table: Any, state: Any, following: Any) -> Any:
    """The state that comes after `following` is entered from `state`, where all that can be done there is to
    splice its one child into what stands around it: nearly half of all reductions do only that."""
    while True:
        row = table.states[following].values()
        rules = {argument for action, argument in row if action is not Shift}
        if len(rules) != 1 or any(action is Shift for action, _argument in row):
            return following
        (rule,) = rules
        if rule.alias or not rule.origin.name.startswith("_") or len(rule.expansion) != 1:
            return following
        following = table.states[state][rule.origin.name][1]
