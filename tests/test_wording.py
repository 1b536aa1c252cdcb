"""What the tool says is set the same way everywhere: one kind of quotation marks, and in Chinese the
punctuation of Chinese."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

import pytest
from helpers import ROOT, read

from nda_lint.describe import expected_terminals, expected_values
from nda_lint.messages import MESSAGES
from nda_lint.rulebook import rulebook
from nda_lint.rulebook.errors import MESSAGES as RULE_ERRORS
from nda_lint.tables import tables

_HAN = "[\u4e00-\u9fff”“）（]"
#: Half-width marks beside Chinese, and other quotation marks than “”.
_WRONG_IN_CHINESE = re.compile(f'[,;:?!()](?={_HAN})|(?<={_HAN})[,;:?!()]|[「」『』`"]')
_WRONG_IN_ENGLISH = re.compile('[「」『』，；：。？！（）、`"]')
#: What is written in these is shown to users, or read by them.
_SPEAKING = (
    "analysis", "commands", "render", "describe.py", "messages.py", "options.py", "problem.py", "quick.py",
    "selection.py", "server", "suppress.py", "translate.py", "format.py",
)  # fmt: skip
#: What is no message: marks to look for, or to write.
_NO_MESSAGE = re.compile(r"\\|\[|\(\?|^.{0,3}$")


def wrong(english: str, chinese: str) -> list[str]:
    """What is set otherwise in a text of both languages. `{…}` is filled in later; `"…"` and 「…」 in a rule
    language's own errors are what to write."""
    fillable = re.compile(r"\{[^{}]*\}(?:: …)?|\"…\"|「…」")
    return [
        *_WRONG_IN_ENGLISH.findall(fillable.sub("X", english)),
        *_WRONG_IN_CHINESE.findall(fillable.sub("字", chinese)),
    ]


@pytest.mark.parametrize("template", MESSAGES)
def test_messages(template: str) -> None:
    assert wrong(*MESSAGES[template]) == []


@pytest.mark.parametrize("key", RULE_ERRORS)
def test_errors_of_the_rule_language(key: str) -> None:
    assert wrong(*RULE_ERRORS[key]) == []


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.code)
def test_texts_of_rules(rule: object) -> None:
    documents = rule.documents  # type: ignore[attr-defined]
    for part in ("summary", "message", "why", "help"):
        assert wrong(*documents[part]) == [], part


def test_what_is_expected() -> None:
    """Alternatives that have an “or” of their own are members of the list, not lists in it."""
    for kind, entry in tables()["schema"]["kinds"].items():
        for key in entry["fields"]:
            english, chinese = (expected_values(f"{kind}.{key}", language) for language in ("en", "zh"))
            assert wrong(english, chinese) == []
            assert re.sub("“[^”]*”", "", english).count(" or ") <= 1, english
            assert re.sub("“[^”]*”", "", chinese).count("或者") <= 1, chinese
    assert expected_values("disputes.negotiation", "en") == (
        "a length of time (3 years, 10 days), “yes” or “no”"
    )
    assert expected_values("disputes.negotiation", "zh") == "期限（3 年、10 日）、“是”或者“否”"
    assert (
        expected_terminals(["OBJECT", "PERSON", "MUST"], "en") == "“must”, information, a thing or a person"
    )


def spoken(path: str) -> Iterator[str]:
    """The texts in a module that have Chinese in them, but for docstrings."""
    tree = ast.parse(read(path))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def modules() -> Iterator[str]:
    for name in _SPEAKING:
        path = os.path.join(ROOT, "nda_lint", name)
        if name.endswith(".py"):
            yield path
        else:
            for folder, _, files in sorted(os.walk(path)):
                yield from (os.path.join(folder, file) for file in sorted(files) if file.endswith(".py"))


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: os.path.relpath(path, ROOT))
def test_what_stands_in_the_code(path: str) -> None:
    for text in spoken(path):
        if re.search("[\u4e00-\u9fff]", text) and not _NO_MESSAGE.search(text):
            assert _WRONG_IN_CHINESE.findall(text) == [], text
