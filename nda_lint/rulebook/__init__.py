"""The rules: a small typed language for them, and the catalogue that runs them.

`docs/rule-language.md` explains the language to those who write rules. The way of a rule file::

    text → parse (Lark) → syntax → check (types) → declare (plain data) → compile
    plain data → book → evaluate (three-valued) → findings

The first line runs when the tables are built and when a house loads its own rules, the second for each
contract; only the first imports Lark.
"""

from __future__ import annotations

from nda_lint.rulebook.book import Rule, Rulebook, combine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.rulebook.compile import compile_rules

__all__ = ["Rule", "Rulebook", "combine", "compile_rules", "rulebook"]


def rulebook() -> Rulebook:
    """The rules in use: those that come with the tool, unless a house has put its own beside them."""
    from nda_lint.tables import tables

    in_use = tables()
    book = in_use.rulebook
    if not isinstance(book, Rulebook):
        book = in_use.rulebook = Rulebook(in_use["rules"])
    return book


def __getattr__(name: str) -> Any:
    if name == "compile_rules":  # imports Lark
        from nda_lint.rulebook.compile import compile_rules

        return compile_rules
    raise AttributeError(name)
