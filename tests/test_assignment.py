"""Agreements are assigned and ended: what is not done to information has words of its own."""

from __future__ import annotations

import pytest
from helpers import contract_of, messages, neutral_facts

from nda_lint.translate import translate_text

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n'


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("甲方不得转让本协议", "assign"),
        ("甲方不得转让本协议项下的义务", "assign"),
        ("Acme must not transfer this agreement", "assign"),
        ("Acme must not assign or transfer rights", "assign"),
        ("甲方不得转让保密信息", "transfer"),
        ("Acme must not transfer documents", "transfer"),
    ],
)
def test_agreements_and_rights_are_assigned_and_information_is_transferred(
    sentence: str, action: str
) -> None:
    text = f"{HEAD.replace('Acme', '甲方', 1) if sentence[0] == '甲' else HEAD}  {sentence}\n"
    assert messages(contract_of(text)) == []
    (norm,) = contract_of(text).norms
    assert [word.id for word in norm.actions] == [action]
    assert norm.connective is None
    for language in ("en", "zh"):
        assert neutral_facts(translate_text(text, language)) == neutral_facts(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "each party may terminate this agreement by written notice to the other party",
        "任何一方可以以书面通知方式向另一方解除本协议",
        "任何一方可以以书面通知向另一方解除本协议",
    ],
)
def test_an_agreement_is_ended_in_writing(sentence: str) -> None:
    contract = contract_of(f"{HEAD}  {sentence}\n")
    assert messages(contract) == []
    (norm,) = contract.norms
    assert norm.in_writing
    assert [person.id for person in norm.recipients[0].persons] == ["other_party"]
