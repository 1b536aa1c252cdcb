"""Findings as a Code Quality report of GitLab."""

from __future__ import annotations

from json import dumps

from nda_lint.render.frame import clamp
from nda_lint.render.repository import Repository, fingerprints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


class Renderer:
    """``--output-format gitlab``."""

    def __init__(self, colour: bool) -> None:
        self._repository = Repository()
        self._entries: list[str] = []

    def piece(self, report: Report) -> list[str]:
        """An entry for each finding of the file."""
        path = self._repository.path(report.source.filename) or report.source.filename
        return [_entry(report, finding, path, mark) for finding, mark in fingerprints(report, path)]

    def add(self, piece: list[str]) -> str:
        """Nothing can be written before the last file."""
        self._entries += piece
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole array, a line for each finding."""
        return "[\n  " + ",\n  ".join(self._entries) + "\n]\n" if self._entries else "[]\n"


def _entry(report: Report, finding: Finding, path: str, fingerprint: str) -> str:
    start, end = clamp(finding.span, report.source)
    entry = {
        "description": f"{finding.code} {finding.name}: {finding.message}",
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "lines": {"begin": report.source.position(start)[0], "end": report.source.position(end)[0]},
        },
    }
    return dumps(entry, ensure_ascii=False)
