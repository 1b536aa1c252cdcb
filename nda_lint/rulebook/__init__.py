"""The rules: a small typed language for them, and the catalogue that runs them.

`docs/rule-language.md` explains the language to those who write rules. The way of a rule file::

    text → parse (Lark) → syntax → check (types) → declare (plain data) → compile
    plain data → book → evaluate (three-valued) → findings

The first line runs when the tables are built and when a house loads its own rules, the second for each
contract; only the first imports Lark.
"""

from __future__ import annotations

from functools import cache

from nda_lint.rulebook.book import Rule, Rulebook, combine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.rulebook.compile import compile_rules

__all__ = ["Rule", "Rulebook", "builtin", "combine", "compile_rules", "rules_by_code"]


@cache
def builtin() -> Rulebook:
    """The rules that come with the tool."""
    from nda_lint.tables import tables

    return Rulebook(tables()["rules"])


@cache
def rules_by_code() -> Mapping[str, Rule]:
    """The rules that come with the tool, by their codes."""
    return {rule.code: rule for rule in builtin().rules}


def __getattr__(name: str) -> Any:
    if name == "compile_rules":  # imports Lark
        from nda_lint.rulebook.compile import compile_rules

        return compile_rules
    raise AttributeError(name)
