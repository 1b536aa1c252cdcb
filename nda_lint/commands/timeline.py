"""``nda-lint timeline``: what happens when, as it follows from a contract."""

from __future__ import annotations

from datetime import date

from nda_lint.analysis.chronology import chronology
from nda_lint.bind import bind
from nda_lint.commands.facts import SYNTAX_ERROR
from nda_lint.commands.files import deliver, load, show_findings, tables_of
from nda_lint.parser import parse
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.analysis.chronology import Chronology
    from nda_lint.console import Console


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show the time line of what was bound; errors in the language go to standard error."""
    with using(tables_of(values)):
        return _run(values, console)


def _run(values: Mapping[str, Any], console: Console) -> int:
    contract = bind(parse(load(values["file"], values, console)), console.language)
    found = chronology(contract)
    as_of = date.fromisoformat(values["as_of"]) if values["as_of"] else None
    language = console.language or contract.language
    errors = [finding for finding in contract.findings if finding.code == SYNTAX_ERROR]
    if values["output_format"] == "table" and values["output"] is None:
        from nda_lint.render.timeline import table

        console.show(table(found, language, as_of, console.colour()))
    else:
        deliver(_written(values["output_format"], found, language, as_of), values, console)
    return int(show_findings(contract, errors, console))


def _written(output_format: str, found: Chronology, language: Any, as_of: date | None) -> str:
    if output_format == "svg":
        from nda_lint.render.timeline_svg import picture

        return picture(found, language, as_of)
    from nda_lint.render.timeline import data, table

    if output_format == "table":
        return table(found, language, as_of)
    from json import dumps

    return dumps(data(found, as_of), ensure_ascii=False, indent=2) + "\n"
