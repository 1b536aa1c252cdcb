"""One finding a line, as JSON."""

from __future__ import annotations

from json import dumps

from nda_lint.render import Streamed
from nda_lint.render.data import finding_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.linter import Report


class Renderer(Streamed):
    """``--output-format json-lines``."""

    def __init__(self, colour: bool) -> None:
        pass

    def piece(self, report: Report) -> str:
        """A line for each finding of the file."""
        return "".join(
            dumps(finding_data(finding, report.source, report.documentation), ensure_ascii=False) + "\n"
            for finding in report.findings
        )
