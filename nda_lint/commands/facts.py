"""``nda-lint facts``: the typed contract as JSON."""

from __future__ import annotations

from json import dumps

from nda_lint.bind import bind
from nda_lint.commands.files import deliver, load, show_findings, tables_of
from nda_lint.facts import facts
from nda_lint.parser import parse
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console

SYNTAX_ERROR = "NDA001"


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show what was bound, also of a contract with syntax errors; these go to standard error."""
    with using(tables_of(values)):
        return _run(values, console)


def _run(values: Mapping[str, Any], console: Console) -> int:
    contract = bind(parse(load(values["file"], values, console)), console.language)
    deliver(dumps(facts(contract), ensure_ascii=False, indent=2) + "\n", values, console)
    errors = [finding for finding in contract.findings if finding.code == SYNTAX_ERROR]
    return int(show_findings(contract, errors, console))
