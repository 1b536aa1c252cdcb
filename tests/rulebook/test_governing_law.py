"""Under which law a contract is, however that law is named: packs of rules hang on it."""

from __future__ import annotations

from functools import cache

import pytest
from helpers import contract_of, read
from rulebook.support import book, contract, rule_text

from nda_lint.contract import Contract

CONDITIONS = ("prc_law", "outside_prc", "us_law", "california_law", "uk_law", "english_law", "eu_law")


@cache
def _book() -> object:
    """A rule for each law."""
    rules = [
        rule_text(f"contract is {name}", code=f"TST{number}", name=name.replace("_", "-"))
        for number, name in enumerate(CONDITIONS, 100)
    ]
    return book("\n".join([read("rules", "conditions.rules"), *rules]))


def laws(bound: Contract) -> set[str]:
    """The laws under which a contract is."""
    return {finding.name.replace("-", "_") for finding in _book().evaluate(bound)}  # type: ignore[attr-defined]


FOREIGN = {"outside_prc"}


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("PRC law", {"prc_law"}),
        ("the laws of mainland China", {"prc_law"}),
        ("the laws of the State of Delaware", FOREIGN | {"us_law"}),
        ("New York law", FOREIGN | {"us_law"}),
        ("California law", FOREIGN | {"us_law", "california_law"}),
        ("Scots law", FOREIGN | {"uk_law"}),
        ("the laws of Northern Ireland", FOREIGN | {"uk_law"}),
        ("the laws of England", FOREIGN | {"uk_law", "english_law"}),
        ("Irish law", FOREIGN | {"eu_law"}),
        ("the law of the Federal Republic of Germany", FOREIGN | {"eu_law"}),
        ("the law applicable in the Hong Kong SAR", FOREIGN),
        (
            "the laws of the Hong Kong Special Administrative Region of the People's Republic of China",
            FOREIGN,
        ),
        ("Swiss law", FOREIGN),
        ("中国大陆法律", {"prc_law"}),
        ("中华人民共和国法律（不含港澳台）", {"prc_law"}),
        ("中华人民共和国香港特别行政区法律", FOREIGN),
        ("美国加州法律", FOREIGN | {"us_law", "california_law"}),
        ("德国法律", FOREIGN | {"eu_law"}),
        ("英格兰及威尔士法律", FOREIGN | {"uk_law", "english_law"}),
        ("北爱尔兰法律", FOREIGN | {"uk_law"}),
    ],
)
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_law_by_its_names(law: str, expected: set[str], mark: str) -> None:
    """As words of the language and as a phrase, in English and in Chinese contracts."""
    assert laws(contract(f"clause governing-law\n  law: {mark}{law}{mark}\n")) == expected
    assert laws(contract(f"条款 适用法律\n  适用法律:{mark}{law}{mark}\n")) == expected


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("the laws of the PRC (for the purposes hereof excluding Hong Kong, Macao and Taiwan)", {"prc_law"}),
        (
            "中华人民共和国法律，为本协议之目的，不包括香港特别行政区、澳门特别行政区和台湾地区法律",
            {"prc_law"},
        ),
        ("the laws of the State of Ohio, United States of America", FOREIGN | {"us_law"}),
        ("Polish law", FOREIGN | {"eu_law"}),
        ("巴西法律", FOREIGN),
        ("the laws of Vanuatu", set()),
        ("瓦努阿图法律", set()),
    ],
)
def test_a_law_in_a_phrase(law: str, expected: set[str]) -> None:
    """Where the place is not known, neither is the law."""
    assert laws(contract(f'clause governing-law\n  law: "{law}"\n')) == expected
    assert laws(contract(f"条款 适用法律\n  适用法律:「{law}」\n")) == expected


def test_no_law_chosen() -> None:
    assert laws(contract("clause term\n")) == {"outside_prc"}
    assert laws(contract("条款 期限\n")) == {"prc_law"}
    assert laws(contract("条款 适用法律\n  适用法律:普通法\n")) == {"prc_law"}


@pytest.mark.parametrize("law", ["俄国法律", "巴西法律", "俄亥俄州法律"])
def test_another_country_is_no_misspelling(law: str) -> None:
    """What is not in the vocabulary is said to be unknown, and not read as the law of China."""
    bound = contract_of(f"条款 适用法律\n  适用法律:{law}\n")
    assert [finding.code for finding in bound.findings] == ["NDA004"]
    assert not laws(bound) & {"prc_law", "us_law", "eu_law"}
