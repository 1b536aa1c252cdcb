"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change."""

from __future__ import annotations

from nda_lint.render import Streamed
from nda_lint.render.frame import clamp
from nda_lint.render.repository import Repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding
    from nda_lint.linter import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


class Renderer(Streamed):
    """``--output-format github``."""

    def __init__(self, colour: bool) -> None:
        self._repository = Repository()

    def piece(self, report: Report) -> str:
        """A command for each finding of the file."""
        path = self._repository.path(report.source.filename) or report.source.filename
        return "".join(f"{_command(report, finding, path)}\n" for finding in report.findings)


def _command(report: Report, finding: Finding, path: str) -> str:
    start, end = clamp(finding.span, report.source)
    row, column = report.source.position(start)
    last_row, last_column = report.source.position(end)
    place = {"file": path, "line": row, "endLine": last_row}
    if row == last_row:  # columns of two lines are refused
        place |= {"col": column, "endColumn": last_column}
    place["title"] = f"{finding.code} {finding.name}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    message = "\n".join(text for text in (finding.message, finding.witness, finding.help) if text)
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
