"""What several tests need."""

from __future__ import annotations

import os
from typing import Any

import pytest

from nda_lint.bind import bind
from nda_lint.contract import Contract
from nda_lint.facts import facts
from nda_lint.parser import parse
from nda_lint.source import Source

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORPUS = os.path.join(ROOT, "corpus")
SHARED = os.path.join(os.path.dirname(ROOT), "shared")

needs_shared = pytest.mark.skipif(
    not os.path.isdir(SHARED), reason="the brief's samples are not beside the checkout"
)


def read(*path: str) -> str:
    """The text of a file, line ends as they are."""
    with open(os.path.join(*path), encoding="utf-8", newline="") as stream:
        return stream.read()


def contract_of(text: str) -> Contract:
    """The bound contract of a text."""
    return bind(parse(Source(text, "contract.nda")))


def messages(contract: Contract) -> list[str]:
    """Code and message of the findings about the language."""
    return [f"{finding.code} {finding.message}" for finding in contract.findings]


def clause(text: str, kind: str = "duties", language: str = "en") -> Contract:
    """A contract of two parties with `text` in one clause."""
    if language == "zh":
        head = "协议「协议」\n当事人 甲方「甲公司」\n当事人 乙方「乙公司」\n"
        names = {"duties": "保密义务", "term": "期限", "liability": "违约责任", "scope": "保密范围"}
        return contract_of(f"{head}条款 {names[kind]}\n{text}\n")
    head = 'agreement "Agreement"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\n'
    return contract_of(f"{head}clause {kind.replace('_', '-')}\n{text}\n")


def without_names(data: Any) -> Any:
    """Facts with everything blanked that differs between languages by design."""
    if isinstance(data, dict):
        return {
            key: "…" if key in ("text", "title", "name", "label", "prose") and value else without_names(value)
            for key, value in data.items()
            if key != "language"
        }
    if isinstance(data, list):
        return [without_names(item) for item in data]
    return data


def neutral_facts(text: str) -> Any:
    """The facts of a text, without what differs between languages by design."""
    return without_names(facts(contract_of(text)))
