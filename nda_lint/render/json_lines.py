"""One finding a line, as JSON."""

from __future__ import annotations

from json import dumps

from nda_lint.render.data import finding_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary


class Renderer:
    """``--output-format json-lines``."""

    machine = True

    def __init__(self, colour: bool) -> None:
        pass

    def add(self, report: Report) -> str:
        """A line for each finding of the file."""
        return "".join(
            dumps(finding_data(finding, report.source), ensure_ascii=False) + "\n"
            for finding in report.findings
        )

    def finish(self, summary: Summary) -> str:
        """Nothing is left."""
        return ""
