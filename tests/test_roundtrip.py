"""Writing, reading, layout and translation agree, over generated contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import contracts

from nda_lint.bind import bind
from nda_lint.facts import data as plain
from nda_lint.facts import facts
from nda_lint.format import format_text
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.translate import translate_text

if TYPE_CHECKING:
    from nda_lint.finding import Language

OTHER: dict[str, Language] = {"en": "zh", "zh": "en"}
relaxed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def bound(text: str) -> dict[str, object]:
    contract = bind(parse(Source(text)))
    assert [finding.message for finding in contract.findings] == []
    data = facts(contract)
    del data["language"]
    return data


@pytest.mark.parametrize("language", ["en", "zh"])
@relaxed
@given(data=st.data())
def test_reading_gives_back_what_was_written(language: str, data: st.DataObject) -> None:
    text, stated, said = data.draw(contracts(language))
    contract = bind(parse(Source(text)))
    assert [finding.message for finding in contract.findings] == []
    read = [fact for clause in contract.clauses[1:] for fact in clause.facts]
    assert [(fact.field, fact.name, plain(fact.values)) for fact in read] == [
        (fact.field, fact.name, plain(fact.values)) for fact in stated
    ]
    assert [plain(norm) for norm in contract.norms] == [plain(norm) for norm in said]


@pytest.mark.parametrize("language", ["en", "zh"])
@relaxed
@given(data=st.data())
def test_layout_keeps_the_contract_and_is_idempotent(language: str, data: st.DataObject) -> None:
    text, _stated, _said = data.draw(contracts(language))
    formatted = format_text(text)
    assert format_text(formatted) == formatted
    assert bound(formatted) == bound(text)
    assert formatted.count("#") == text.count("#")


@pytest.mark.parametrize("language", ["en", "zh"])
@relaxed
@given(data=st.data())
def test_translation_there_and_back_binds_to_the_same_contract(language: str, data: st.DataObject) -> None:
    text, _stated, _said = data.draw(contracts(language))
    there = translate_text(text, OTHER[language])
    assert bound(there) == bound(text)
    back = translate_text(there, OTHER[OTHER[language]])
    assert bound(back) == bound(text)
    assert back == format_text(text)


@pytest.mark.parametrize(
    "sentences",
    [
        # found by generation: who follows "access to" in a list receives it too
        ["Acme must accept access to Acme and Acme", "Acme must accept access rights"],
        ["Acme must accept access to Beta, employees and advisers who need to know"],
    ],
)
def test_contracts_that_were_once_lost_in_translation(sentences: list[str]) -> None:
    head = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n'
    text = format_text(head + "".join(f"  {sentence}\n" for sentence in sentences))
    there = translate_text(text, "zh")
    assert bound(there) == bound(text)
    assert bound(translate_text(there, "en")) == bound(text)
