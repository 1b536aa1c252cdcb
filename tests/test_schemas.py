"""The JSON Schemas describe what is really written, and refuse what is not."""

from __future__ import annotations

import copy
import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import CORPUS, ROOT, read
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import contracts as random_contracts
from test_cli import nda_lint
from test_house import RULES

from nda_lint import parse
from nda_lint.docs.markdown import fences
from nda_lint.facts import facts

CONTRACTS = [path for path in sorted(Path(CORPUS).glob("*/*.nda")) if not path.name.startswith("encoding")]


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(read(ROOT, "docs", "schemas", f"{name}.schema.json"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


FINDINGS, FACTS, CONFIGURATION = map(validator, ("findings", "facts", "configuration"))


def errors(checked: Draft202012Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in checked.iter_errors(data)]


# --- findings --------------------------------------------------------------------------------


def test_findings_of_the_corpus() -> None:
    for more in ([], ["--profile", "strict", "--lang", "zh"]):
        data = json.loads(nda_lint("--output-format", "json", *more, CORPUS).out)
        assert errors(FINDINGS, data) == []
        assert {finding["fix"] is None for finding in data["findings"]} == {True, False}
        assert any(finding["related"] for finding in data["findings"])
    assert (
        errors(FINDINGS, json.loads(nda_lint("--output-format", "json", "--select", "NDA201", "-").out)) == []
    )


def test_lines_are_findings_of_the_same_schema() -> None:
    schema = {**FINDINGS.schema, "$ref": "#/$defs/finding"}
    for key in ("type", "properties", "required", "additionalProperties"):
        del schema[key]
    lines = nda_lint("--output-format", "json-lines", os.path.join(CORPUS, "faulty")).out.splitlines()
    assert len(lines) > 20
    assert [errors(Draft202012Validator(schema), json.loads(line)) for line in lines] == [[]] * len(lines)


# --- facts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_facts_of_the_corpus(path: Path) -> None:
    assert errors(FACTS, facts(parse(path))) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@given(drawn=st.data())
def test_facts_of_random_contracts(language: str, drawn: st.DataObject) -> None:
    text, _, _ = drawn.draw(random_contracts(language))
    assert errors(FACTS, facts(parse(text))) == []


# --- configuration ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["configuration.md", "configuration.zh.md", "tutorial.md", "tutorial.zh.md"])
def test_configurations_of_the_documentation(page: str) -> None:
    texts = [fence.text for fence in fences(read(ROOT, "docs", page)) if fence.info[:1] == ("toml",)]
    assert texts
    for text in texts:
        assert errors(CONFIGURATION, tomllib.loads(text)) == []


WRONG = [
    'selct = ["NDA1"]', "select = 3", "select = [3]", 'lang = "fr"', 'docs-url = "rules"', "rules = true",
    '[rule.NDA103]\nseverity = "eror"', "[rule.NDA103]\nlimit = true", "[profiles.acme]\nname = 'x'",
    '[vocabulary.objekt.x]\nbelow = "document"\nen = "x"\nzh = "x"', '[vocabulary.object.x]\nen = "x"\nzh = "x"',
    '[[overrides]]\nfiles = []', '[[overrides]]\nignore = ["NDA1"]', '[overrides]\nfiles = ["x"]', '[[overrides]]\nfiles = ["x"]\nlang = "zh"',
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_schema_and_command_refuse_the_same(tmp_path: Path, text: str) -> None:
    assert errors(CONFIGURATION, tomllib.loads(text))
    (tmp_path / "nda-lint.toml").write_text(text)
    assert nda_lint("--show-settings", ".", folder=tmp_path).code == 2


RIGHT = [
    'select = "NDA1, NDA2"', 'extend = "base.toml"', 'lang = "zh"', 'docs-url = "https://x.example"',
    'rules = ["house.rules"]\n[rule.ACME001]\nlimit = "CNY 300,000"\nseverity = "off"',
    '[profiles.acme]\nextends = ["strict"]\nextend-select = ["NDA1"]\n[profiles.acme.rule.NDA103]\nseverity = "info"',
    '[[overrides]]\nfiles = "old/**"\nprofile = ["strict"]',
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_schema_and_command_accept_the_same(tmp_path: Path, text: str) -> None:
    assert errors(CONFIGURATION, tomllib.loads(text)) == []
    (tmp_path / "base.toml").write_text("")
    (tmp_path / "house.rules").write_text(RULES)
    (tmp_path / "nda-lint.toml").write_text(text)
    assert nda_lint("--show-settings", ".", folder=tmp_path).code == 0


# --- none of them accepts everything -----------------------------------------------------------


def spoilt(data: Any) -> Iterator[Any]:
    """The data with one thing more, one thing less, or one thing of another type, at every place."""
    for path in places(data, ()):
        for change in ("more", "less", "other"):
            copied = copy.deepcopy(data)
            holder: Any = copied
            for key in path[:-1]:
                holder = holder[key]
            if change == "more" and isinstance(holder, dict):
                holder["surplus"] = 1
            elif change == "less" and isinstance(holder, dict):
                del holder[path[-1]]
            elif change == "other":
                holder[path[-1]] = 3.5
            else:
                continue
            yield change, path, copied


def places(data: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from places(value, (*path, key))


def test_spoilt_facts_are_refused() -> None:
    data = facts(parse('agreement "A"\nclause term\n  duration: 3 years from signing\n'))
    refused = {(change, path): bool(errors(FACTS, each)) for change, path, each in spoilt(data)}
    assert all(right for (change, _), right in refused.items() if change in ("more", "other"))
    left_out = [path[-1] for (change, path), right in refused.items() if change == "less" and not right]
    assert set(left_out) <= {"relation", "event", "amount", "unit", "id"}  # what a value need not have


def test_spoilt_findings_are_refused() -> None:
    data = json.loads(nda_lint("--output-format", "json", "--select", "NDA201", "-", stdin=(
        'agreement "A"\nclause liability\n  liquidated damages: CNY 100,000 to CNY 10,000\n')).out)  # fmt: skip
    assert data["findings"][0]["fix"]
    assert all(errors(FINDINGS, each) for _, _, each in spoilt(data))
