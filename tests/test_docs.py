"""The generated pages are fresh, complete, and what they show is true."""

from __future__ import annotations

import os

import pytest
from helpers import ROOT, contract_of, messages, neutral_facts, read

from nda_lint.docs.markdown import fences
from nda_lint.docs.pages import leaf_holders, pages
from nda_lint.translate import translate_text

PAGES = pages()
EXAMPLES = [fence.text for fence in fences(PAGES["language.md"]) if fence.info[:1] == ("nda",)]
OPENERS = ("agreement", "协议", "party", "当事人")


@pytest.mark.parametrize("path", sorted(PAGES))
def test_generated_pages_are_fresh(path: str) -> None:
    assert read(ROOT, "docs", path) == PAGES[path], "write it anew with python -m nda_lint.docs"


def test_no_placeholder_is_left() -> None:
    assert "{{" not in PAGES["language.md"]


def test_every_leaf_has_a_place() -> None:
    assert [leaf for leaf, holders in leaf_holders().items() if not holders] == []


def whole(example: str) -> str:
    """An example that is not a whole contract stands in the contract that comes first."""
    if example.lstrip().startswith(OPENERS):
        return example
    chinese = any("\u4e00" <= character <= "\u9fff" for character in example)
    first = EXAMPLES[0]
    if chinese:
        # Some Chinese examples speak of the parties of the first contract.
        told = "Beta" in example or "Acme" in example
        first = translate_text(first, "zh") if told else read(ROOT, "corpus", "clean", "customer.zh.nda")
    return f"{first}\n{example}"


def test_the_reference_has_examples() -> None:
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_first_contract_of_the_readme_is_read_without_a_word(name: str) -> None:
    text = "\n".join(line.removeprefix("   ") for line in read(ROOT, name).split("\n"))
    (example,) = [fence.text for fence in fences(text) if fence.info[:1] == ("nda",)]
    assert messages(contract_of(example)) == []


def test_both_customer_contracts_are_the_same_contract() -> None:
    english, chinese = (
        neutral_facts(read(os.path.join(ROOT, "corpus", "clean"), f"customer.{language}.nda"))
        for language in ("en", "zh")
    )
    assert english == chinese


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_are_read_without_a_word(example: str) -> None:
    assert messages(contract_of(whole(example))) == []
