"""Pictures of the time lines of the customer contracts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nda_lint.analysis.chronology import chronology
from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.render.timeline_svg import picture
from nda_lint.source import Source
from nda_lint.tables import PACKAGE

if TYPE_CHECKING:
    from nda_lint.finding import Language


def time_line_page(language: Language) -> str:
    """The picture for the contract in that language."""
    name = f"customer.{language}.nda"
    path = os.path.join(os.path.dirname(PACKAGE), "corpus", "clean", name)
    with open(path, encoding="utf-8", newline="") as stream:
        contract = bind(parse(Source(stream.read(), name)))
    return picture(chronology(contract), language)
