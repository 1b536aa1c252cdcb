"""A fact and a sentence that answer one question: what is reported, and what may well stand side by side."""

from __future__ import annotations

import pytest
from helpers import contract_of

from nda_lint.analysis.contradictions import contradictions
from nda_lint.tables import tables

CONTRACT = 'agreement "A"\nparty Acme\n  role: discloser\nparty Beta\n  role: recipient\nclause {kind}\n  {fact}\nclause {other}\n  {norm}\n'


def codes(text: str) -> list[str]:
    return [finding.code for finding in contradictions(contract_of(text), "en", tables())]


@pytest.mark.parametrize(
    ("kind", "fact", "norm", "fires"),
    [
        ("use", "register retention: 3 years", "Beta must retain the register for 5 years", True),
        ("use", "register retention: 3 years", "Beta must retain the register for 36 months", False),
        ("use", "register retention: 3 years", "Beta must retain samples for 5 years", False),
        ("use", "register retention: ____", "Beta must retain the register for 5 years", False),
        ("supervision", "log retention: 1 year", "Beta must retain logs for at least 6 months", False),
        ("supervision", "log retention: 3 months", "Beta must retain logs for at least 6 months", True),
        ("storage", "backup retention: 6 months", "Beta must retain backups for 1 year", True),
        ("access", "leavers revoked within: 1 day", "Beta must revoke access within 3 days after departure", True),
        ("access", "access review: quarterly", "Beta must review accounts every 3 months", False),
        ("access", "access review: quarterly", "Beta must review accounts yearly", True),
        ("notices", "change of address: 5 days", "each party must notify the other party within 10 days after change", True),
        ("term", "survival: 5 years after termination", "Beta must keep confidential information secret for 3 years after termination", True),
        ("term", "survival: 5 years after termination", "Beta must not disclose confidential information indefinitely", True),
        ("term", "survival: 5 years after termination", "Beta must not use confidential information for 3 years after termination", False),
        ("term", "survival: 5 years after termination", "Beta must protect samples for 3 years after termination", False),
        ("term", "survival: 5 years from disclosure", "Beta must protect confidential information for 3 years after termination", False),
        ("use", "register retention: 3 years", "Beta must retain the register for 5 years if required by law", False),
    ],
)  # fmt: skip
def test_a_fact_and_a_sentence(kind: str, fact: str, norm: str, fires: bool) -> None:
    found = codes(CONTRACT.format(kind=kind, fact=fact, other="duties", norm=norm))
    assert (found in (["NDA301"], ["NDA307"])) is fires
    assert len(found) == fires


@pytest.mark.parametrize(
    ("bearer", "actor", "fires"),
    [("Beta", "Beta", True), ("Beta", "Acme", False), ("Beta", "recipient", True), (None, "Acme", True)],
)
def test_whose_duty_it_is(bearer: str | None, actor: str, fires: bool) -> None:
    fact = f"bearer: {bearer}\n  refresher: yearly" if bearer else "refresher: yearly"
    norm = f"{actor} must train employees every 6 months"
    found = codes(CONTRACT.format(kind="training", fact=fact, other="duties", norm=norm))
    assert found == ["NDA301"] * fires


def test_a_right_to_terminate_or_audit_in_another_clause_is_another_right() -> None:
    norm = "either party may terminate this agreement on 60 days' notice"
    apart = CONTRACT.format(kind="termination", fact="notice: 30 days", other="general", norm=norm)
    assert codes(apart) == []
    assert codes(apart.replace("clause general\n", "")) == ["NDA301"]
