"""“Nothing in this agreement prevents Beta from reporting crimes”: Beta may report crimes, whatever else it says."""

from __future__ import annotations

import pytest
from helpers import clause, messages

from nda_lint.compile.lexicon import _gerund
from nda_lint.linter import Settings, lint_bytes


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        (
            "en",
            "Nothing in this Agreement prevents Beta from reporting violations of law to authorities",
            "Beta may report violations of law to authorities, notwithstanding anything in this agreement",
        ),
        (
            "en",
            "nothing herein shall restrict Beta's employees from discussing or disclosing wages, notwithstanding @duties",
            "Beta's employees may discuss or disclose wages, despite any other provision of this agreement, despite @duties",
        ),
        (
            "en",
            "no provision of this agreement prohibits Beta from reporting crimes to the police or from disclosing documents to lawyers",
            "Beta may report crimes to the police and disclose documents to lawyers, notwithstanding anything to the contrary",
        ),
        (
            "zh",
            "本协议的任何约定均不妨碍乙方向主管机关举报违法行为",
            "乙方可以向主管机关举报违法行为,不受本协议其他约定限制",
        ),
        ("zh", "本协议不限制乙方讨论或者披露工资", "乙方可以讨论或者披露工资,不受本协议任何其他条款的限制"),
    ],
)
def test_it_permits(language: str, said: str, meant: str) -> None:
    one, other = clause(said, language=language), clause(meant, language=language)
    assert messages(one) == messages(other) == []
    assert len(one.norms) == len(other.norms)
    for first, second in zip(one.norms, other.norms, strict=True):
        assert first.modality == second.modality == "may"
        for part in ("actors", "actions", "things", "recipients", "priorities"):
            assert _ids(getattr(first, part)) == _ids(getattr(second, part))


def _ids(parts: object) -> list[str]:
    """What parts of a norm are, without where they stand."""
    found = parts if isinstance(parts, tuple) else (parts,) if parts else ()
    return [
        str(getattr(part, "id", None) or getattr(part, "name", None) or type(part).__name__) for part in found
    ]


@pytest.mark.parametrize(
    "freed",
    [
        "nothing in this agreement prevents Beta from disclosing trade secrets to lawyers",
        "Beta may disclose trade secrets to lawyers, notwithstanding anything in this agreement",
        "本协议任何内容均不妨碍Beta向律师披露商业秘密",
    ],
)
def test_it_prevails_over_all_else(freed: str) -> None:
    """Without it the permission contradicts the ban."""
    ban = "Beta must not disclose trade secrets"
    assert "NDA303" in _codes(ban, "Beta may disclose trade secrets to lawyers")
    assert not _codes(ban, freed)


def _codes(*norms: str) -> list[str]:
    lines = ['agreement "NDA"', 'party Acme "Acme Ltd"', 'party Beta "Beta Ltd"', "clause duties", *norms]
    settings = Settings(select=("NDA0", "NDA3", "NDA4"))
    return [finding.code for finding in lint_bytes("\n".join(lines).encode(), "nda.nda", settings).findings]


def test_what_is_not_said_with_it_is_no_sentence() -> None:
    assert messages(clause("nothing in this agreement prevents Beta reporting crimes"))
    assert messages(clause("nothing in this agreement prevents Beta from crimes"))


@pytest.mark.parametrize(
    ("action", "gerund"),
    [
        ("disclose", "disclosing"), ("make copies of", "making copies of"), ("log", "logging"), ("submit", "submitting"),
        ("be employed by", "being employed by"), ("report", "reporting"), ("copy", "copying"),
    ],
)  # fmt: skip
def test_the_form_in_ing(action: str, gerund: str) -> None:
    assert _gerund(action) == gerund
