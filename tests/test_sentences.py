"""What a sentence says of one action and what of all, and of whom."""

from __future__ import annotations

import pytest
from helpers import clause, contract_of, messages, neutral_facts

from nda_lint.linter import lint
from nda_lint.source import Source
from nda_lint.translate import translate_text

HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n'


def split(sentence: str) -> list[str]:
    """The norms of a sentence, each as a line; the other language says the same."""
    text = f"{HEAD}  {sentence}\n"
    assert messages(contract_of(text)) == []
    for language in ("en", "zh"):
        assert neutral_facts(translate_text(text, language)) == neutral_facts(text)
    lines = translate_text(text, "en").splitlines()
    return [line.strip() for line in lines[lines.index("clause duties") + 1 :]]


@pytest.mark.parametrize(
    ("sentence", "norms"),
    [
        (
            "@end Beta must return documents and destroy copies within 5 days",
            [
                "@end Beta must return documents within 5 days",
                "@end Beta must destroy copies within 5 days",
            ],
        ),
        (
            "Beta may send samples to advisers who need to know and copy documents",
            ["Beta may send samples to advisers if they need to know", "Beta may copy documents"],
        ),
        (
            "Beta may copy documents and send samples to advisers with a need to know if Acme consents",
            [
                "Beta may copy documents if Acme consents",
                "Beta may send samples to advisers if they need to know if Acme consents",
            ],
        ),
        (
            "除员工外的任何人不得复制文件并不得向除顾问外的第三方发送样品",
            [
                "persons must not copy documents except employees",
                "persons must not send samples to third parties except employees and advisers",
            ],
        ),
    ],
)
def test_several_actions(sentence: str, norms: list[str]) -> None:
    assert split(sentence) == norms


@pytest.mark.parametrize("sentence", ["经甲方书面同意,可以复制样品", "甲方要求的,应当返还样品"])
def test_who_consents_or_asks_is_not_who_acts(sentence: str) -> None:
    assert messages(clause(sentence, language="zh")) != []


def test_who_is_in_breach_must_pay() -> None:
    contract = clause("乙方违约的,应当支付违约金", language="zh")
    assert messages(contract) == []
    assert [actor.name for actor in contract.norms[0].actors] == ["乙方"]


def test_acts_of_its_employees_are_those_of_the_one_who_answers() -> None:
    one, other = (
        split("Beta is liable for acts of its employees"),
        split("Beta is liable for acts of Beta's employees"),
    )
    assert one == other


def test_a_number_of_times_is_not_lost() -> None:
    assert messages(clause("乙方应当对员工进行一次培训", language="zh")) == []
    assert messages(clause("乙方应当进行两次内部审计", language="zh")) != []


def test_a_duty_after_a_comma_is_no_thing() -> None:
    """返还文件,销毁副本 does not say that destruction is returned."""
    assert messages(clause("乙方应当返还文件,销毁副本", language="zh")) != []
    assert messages(clause("乙方应当证明销毁副本和删除数据", language="zh")) == []
    assert messages(clause("乙方应当登记文件和每次查阅样品", language="zh")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "nobody may copy samples",
        "no one shall copy samples",
        "no employee of Beta may copy samples",
        "neither Acme nor Beta may copy samples",
        "Beta agrees not to copy samples",
        "Beta is not permitted to copy samples",
    ],
)
def test_a_ban_is_never_read_as_leave(sentence: str) -> None:
    contract = clause(sentence)
    assert messages(contract) == []
    assert [norm.modality for norm in contract.norms] == ["must_not"]


@pytest.mark.parametrize(
    "sentence",
    [
        "neither party may not copy samples",
        "Beta may disclose samples to nobody",
        "Beta must refrain from samples",
    ],
)
def test_a_second_negation_is_an_error(sentence: str) -> None:
    found = messages(clause(sentence))
    assert found != []
    assert not any("did you mean" in message for message in found)


def test_access_to_several_persons_is_given_to_all_of_them() -> None:
    (norm,) = clause("Beta must accept access to Acme and Beta").norms
    assert [thing.id for thing in norm.things] == ["access"]
    assert [[person.name for person in r.persons] for r in norm.recipients] == [["Acme", "Beta"]]
    assert norm.recipients[0].connective == "and"


@pytest.mark.parametrize(
    "who", ["the other party", "each party", "every employee", "Acme", "Acme's employees"]
)
def test_who_is_told_and_of_what(who: str) -> None:
    (norm,) = clause(f"Beta must inform {who} of leaks and all disputes").norms
    assert [thing.id for thing in norm.things] == ["leak", "dispute"]
    assert [len(recipients.persons) for recipients in norm.recipients] == [1]
    assert split(f"Beta must inform {who} of leaks and all disputes")


@pytest.mark.parametrize(
    ("lead", "bound"), [("no later than", "at_least"), ("not later than", "at_least"), ("within", "at_most")]
)
def test_a_limit_before_an_event_lies_before_it(lead: str, bound: str) -> None:
    for sentence in (
        f"Beta must notify Acme {lead} 10 days before disclosure",
        f"{lead} 10 days before disclosure, Beta must notify Acme",
    ):
        (norm,) = clause(sentence).norms
        (window,) = norm.windows
        assert (window.relation, window.amount, window.bound) == ("before", 10, bound)
        assert split(sentence)


@pytest.mark.parametrize(
    ("sentence", "norm"),
    [
        ("Beta must not make copies of samples", "Beta must not copy samples"),
        ("Beta must give Acme notice", "Beta must notify Acme"),
        ("Beta must give notice to Acme of leaks", "Beta must notify leaks to Acme"),
        (
            "Beta must take reasonable steps to protect samples",
            "Beta must protect samples by reasonable measures",
        ),
        ("Beta must notify Acme immediately upon request", "Beta must notify Acme immediately after request"),
        ("Beta must return all of Acme's documents", "Beta must return Acme's documents"),
        ("Beta must return samples on expiry or termination", "Beta must return samples on termination"),
        (
            "Beta may share samples with any of its affiliates",
            "Beta may disclose samples with Beta's affiliates",
        ),
    ],
)
def test_what_drafters_write_says_the_same(sentence: str, norm: str) -> None:
    assert neutral_facts(f"{HEAD}  {split(sentence)[0]}\n") == neutral_facts(f"{HEAD}  {norm}\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Beta must protect samples with copies",
        "Beta must copy 10 days' notice",
        "Beta must keep notice",
    ],
)
def test_what_is_supplied_needs_somebody_to_get_it(sentence: str) -> None:
    assert messages(clause(sentence)) != []


def test_who_is_still_to_be_named_may_be_left_blank() -> None:
    contract = clause("____ may disclose samples to [●]")
    assert messages(contract) == []
    assert [actor.text for actor in contract.norms[0].actors] == ["____"]


@pytest.mark.parametrize("event", ["终止或者届满", "本协议期限届满或者终止", "期满或终止"])
def test_the_end_in_either_way_is_the_end(event: str) -> None:
    (norm,) = clause(f"乙方应当在{event}后 10 日内返还样品", language="zh").norms
    assert [window.event.id for window in norm.windows if window.event] == ["termination"]


def test_a_blank_person_is_a_blank_and_no_undefined_term() -> None:
    found = [
        finding.code
        for finding in lint(Source(f"{HEAD}  Beta may disclose samples to ____\n", "contract.nda")).findings
    ]
    assert "NDA207" in found
    assert "NDA401" not in found
