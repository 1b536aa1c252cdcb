"""Building of the tables that the tool runs on, from `grammar/`, `rules/` and the schema.

Runs when a wheel is built, on an editable install, and on first use of a bare checkout; only
here are lark and pydantic imported for the sake of the tables. The result is plain data: see
:mod:`nda_lint.tables`.
"""

from __future__ import annotations

import os
from typing import Any

from nda_lint.compile.grammar import grammar_tables
from nda_lint.compile.house import builtin_files
from nda_lint.compile.lexicon import NameClash, lexicon_tables
from nda_lint.compile.names import mistakes
from nda_lint.compile.pack import packed
from nda_lint.compile.patterns import pattern_tables
from nda_lint.compile.places import place_tables
from nda_lint.compile.schema import name_tables, schema_tables
from nda_lint.compile.universe import universe_tables

__all__ = ["CompileError", "build", "packed"]


class CompileError(Exception):
    """The grammar, the rules or the name tables do not fit together; the text says where."""


def build(root: str) -> dict[str, Any]:
    """Compile everything below `root`, the folder that holds `grammar/` and `rules/`.

    Raises :class:`CompileError` with all that is wrong, one a line.
    """
    names = name_tables()
    schema = schema_tables()
    if wrong := mistakes(schema, names):
        raise CompileError("\n".join(wrong))
    try:
        lexicon = lexicon_tables(names, schema)
    except NameClash as error:
        raise CompileError(f"nda_lint/schema/names: {error}") from None
    grammar = grammar_tables(os.path.join(root, "grammar"))
    tables = {"schema": schema, "names": names, "lexicon": lexicon, "grammar": grammar}
    tables["universe"] = universe_tables(schema, names)
    tables["places"] = place_tables()
    tables["patterns"] = pattern_tables()
    tables["rules"] = _rules(root, schema, names)
    return tables


def _rules(root: str, schema: dict[str, Any], names: dict[str, Any]) -> Any:
    from nda_lint.rulebook import compile_rules

    plain, errors = compile_rules(builtin_files(root), schema, names)
    if errors:
        raise CompileError("\n\n".join(str(error) for error in errors))
    return plain
