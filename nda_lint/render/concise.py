"""One finding a line, for editors and for grep."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render import Streamed
from nda_lint.render.frame import clamp
from nda_lint.render.text import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding
    from nda_lint.linter import Report


class Renderer(Streamed):
    """``--output-format concise``."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def piece(self, report: Report) -> str:
        """A line for each finding of the file."""
        return "".join(f"{self._line(report, finding)}\n" for finding in report.findings)

    def _line(self, report: Report, finding: Finding) -> str:
        row, column = report.source.position(clamp(finding.span, report.source)[0])
        code = paint(finding.severity, finding.code, self._colour)
        severity = paint(finding.severity, finding.severity, self._colour)
        where = f"{visible(report.source.filename)}:{row}:{column}"
        return f"{where}: {code} [{finding.name}] {severity}: {one_line(finding.message)}"
