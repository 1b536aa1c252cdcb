"""The table driver against Lark's own parser, on the same tokens."""

from __future__ import annotations

import os
from typing import Any

import pytest
from helpers import CORPUS, ROOT, contract_of, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark import Token as LarkToken
from lark import Tree
from lark.lexer import Lexer as LarkLexer
from strategies import contracts

from nda_lint.compile.grammar import GRAMMARS, compile_grammar
from nda_lint.driver import Node
from nda_lint.lexer import Token
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.syntax import FactLine, NormLine


class Tokens(LarkLexer):
    """Hands Lark the tokens that it is given."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Any:
        for token in lexer_state.text.text if hasattr(lexer_state.text, "text") else lexer_state.text:
            yield LarkToken(token.type, "")


def leaves(node: Any) -> list[Token]:
    if isinstance(node, Token):
        return [node]
    return [leaf for child in node.children for leaf in leaves(child)]


def shape(node: Any) -> Any:
    """A tree of names, whoever made it."""
    if isinstance(node, Node):
        return (node.name, [shape(child) for child in node.children])
    if isinstance(node, Tree):
        return (str(node.data), [shape(child) for child in node.children])
    return node.type


@pytest.fixture(scope="module")
def larks() -> dict[str, Any]:
    folder = os.path.join(ROOT, "grammar")
    return {name: compile_grammar(folder, name, Tokens).parser for name in GRAMMARS}


def agree(lark: Any, start: str, node: Node) -> None:
    stack = lark.parser.parse(_lexer_thread(leaves(node)), start)
    assert shape(stack) == shape(node)


def _lexer_thread(tokens: list[Token]) -> Any:
    class Thread:
        def lex(self, _parser_state: Any) -> Any:
            return iter([LarkToken(token.type, "") for token in tokens])

    return Thread()


def check_text(larks: dict[str, Any], text: str) -> int:
    checked = 0
    for statement in parse(Source(text)).statements:
        if isinstance(statement, NormLine):
            name = statement.node.name.removesuffix("_norm")
            agree(larks[name], statement.node.name, statement.node)
            checked += 1
        elif isinstance(statement, FactLine) and statement.node is not None:
            checked += 1
    return checked


@pytest.mark.parametrize("name", ["customer.en.nda", "customer.zh.nda"])
def test_both_parsers_read_the_samples_alike(larks: dict[str, Any], name: str) -> None:
    assert check_text(larks, read(CORPUS, "clean", name)) > 100


@pytest.mark.parametrize("language", ["en", "zh"])
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_parsers_read_generated_sentences_alike(
    larks: dict[str, Any], language: str, data: st.DataObject
) -> None:
    text, _facts, norms = data.draw(contracts(language))
    assert len(contract_of(text).norms) == len(norms)
    check_text(larks, text)
