"""The page on changes of rules, in each language: a template and the catalogue in numbers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nda_lint.docs.markdown import table
from nda_lint.finding import SEVERITIES
from nda_lint.render.full import severity_word
from nda_lint.rulebook import rulebook
from nda_lint.tables import PACKAGE

if TYPE_CHECKING:
    from nda_lint.finding import Language

_HEAD = {"en": ("codes", "rules"), "zh": ("代码", "规则数")}
_ALL = {"en": "all", "zh": "合计"}
#: How long the code of a family is that is told from others of its letters.
_FAMILY = len("NDA1")


def rule_changes_page(language: Language) -> str:
    """The page in one language."""
    with open(os.path.join(PACKAGE, "docs", f"rule-changes.{language}.md"), encoding="utf-8") as stream:
        return stream.read().replace("{{catalogue}}", _catalogue(language))


def _catalogue(language: Language) -> str:
    """How many rules each family has, by severity."""
    families: dict[str, list[str]] = {}
    for rule in sorted(rulebook().rules, key=lambda rule: rule.code):
        letters = rule.code.rstrip("0123456789")
        family = rule.code[:_FAMILY] if letters == "NDA" else letters
        families.setdefault(family, []).append(rule.severity)
    rows = [_row(family, found) for family, found in families.items()]
    rows.append(_row(_ALL[language], [severity for found in families.values() for severity in found]))
    return table((*_HEAD[language], *(severity_word(severity, language) for severity in SEVERITIES)), rows)


def _row(name: str, severities: list[str]) -> tuple[str, ...]:
    return name, str(len(severities)), *(str(severities.count(severity)) for severity in SEVERITIES)
