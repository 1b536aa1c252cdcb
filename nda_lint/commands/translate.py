"""``nda-lint translate``: the same contract in the other language."""

from __future__ import annotations

from nda_lint.bind import bind
from nda_lint.commands.files import deliver, load, show_findings, tables_of
from nda_lint.parser import parse
from nda_lint.problem import Problem
from nda_lint.tables import using
from nda_lint.translate import NotTranslatable, translate_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show the translation; what cannot be read cannot be translated, so errors in the language end it."""
    with using(tables_of(values)):
        return _run(values, console)


def _run(values: Mapping[str, Any], console: Console) -> int:
    source = load(values["file"], values, console)
    try:
        text = translate_text(source.text, values["to"])
    except NotTranslatable as error:
        contract = bind(parse(source), console.language)
        if show_findings(contract, contract.findings, console):
            return 1
        raise Problem(f"{source.filename}: {error}", f"{source.filename}：{error}") from None
    deliver(text, values, console)
    return 0
