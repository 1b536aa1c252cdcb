"""What the tests of the rule language share: contracts from text, and rules from one condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nda_lint.bind import bind
from nda_lint.contract import Contract
from nda_lint.finding import Finding
from nda_lint.parser import parse
from nda_lint.rulebook import Rulebook, compile_rules
from nda_lint.rulebook.errors import RuleError
from nda_lint.source import Source
from nda_lint.tables import tables


def contract(text: str) -> Contract:
    """A contract that can be read without mistakes."""
    bound = bind(parse(Source(text)))
    assert bound.findings == [], [finding.message for finding in bound.findings]
    return bound


def rule_text(
    when: str,
    at: str = "contract",
    message: str = '"found" 「发现」',
    code: str = "TST101",
    name: str = "some-fault",
    more: str = "",
) -> str:
    """A complete rule around one condition."""
    return f"""\
rule {code} {name}
  severity: warning
  summary: "A fault" 「缺陷」
  when: {when}
  at: {at}
  message: {message}
  why: "Because." 「理由。」
  help: "Mend it." 「请更正。」
  {more}
  bad:
    > clause term
  good:
    > clause term
"""


def compiled(text: str) -> tuple[Mapping[str, Any], list[RuleError]]:
    """A rule file compiled against the schema of the tool."""
    loaded = tables()
    return compile_rules([("house.rules", text)], loaded["schema"], loaded["names"])


def book(text: str) -> Rulebook:
    """A rulebook of rules without mistakes."""
    plain, errors = compiled(text)
    assert errors == [], "\n".join(map(str, errors))
    return Rulebook(plain, tables()["names"])


def findings(text: str, when: str, at: str = "contract", **named: Any) -> list[Finding]:
    """What a rule of one condition finds in a contract."""
    evaluating = {name: named.pop(name) for name in ("profiles", "language", "as_of") if name in named}
    return book(rule_text(when, at, **named)).evaluate(contract(text), **evaluating)


def truth(text: str, when: str) -> bool | None:
    """Whether a condition is true, false or unknown of a contract."""
    if findings(text, when):
        return True
    return False if findings(text, f"not ({when})") else None


def mistakes(when: str, **named: str) -> list[RuleError]:
    """What is wrong with a rule of one condition."""
    return compiled(rule_text(when, **named))[1]
