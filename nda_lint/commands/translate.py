"""``nda-lint translate``: the same contract in the other language."""

from __future__ import annotations

from nda_lint.bind import bind
from nda_lint.commands.files import deliver, load, show_syntax_errors
from nda_lint.parse import parse
from nda_lint.translate import translate_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show the translation; what cannot be read cannot be translated, so syntax errors end it."""
    source = load(values["file"], values, console)
    if show_syntax_errors(bind(parse(source), console.language), console):
        return 1
    deliver(translate_text(source.text, values["to"]), values, console)
    return 0
