"""Findings as an array of ``PublishDiagnosticsParams`` of LSP 3.17, with an entry for every file that was
read, so that an editor clears old marks."""

from __future__ import annotations

import os
from json import dumps

from nda_lint import DOCUMENTATION
from nda_lint.render.data import rule_url
from nda_lint.render.frame import clamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.finding import Finding
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary
    from nda_lint.source import Source, Span

_SEVERITY = {"error": 1, "warning": 2, "info": 3}
#: ``DiagnosticTag.Unnecessary``: editors fade it
_UNNECESSARY = 1


class Renderer:
    """``--output-format lsp``."""

    def __init__(self, colour: bool) -> None:
        self._files: list[str] = []

    def piece(self, report: Report) -> str:
        """The entry of the file."""
        uri = file_uri(report.source.filename)
        diagnostics = [
            diagnostic(finding, report.source, uri, report.documentation) for finding in report.findings
        ]
        return dumps({"uri": uri, "diagnostics": diagnostics}, ensure_ascii=False)

    def add(self, piece: str) -> str:
        """Nothing can be written before the last file."""
        self._files.append(piece)
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole array, a line for each file."""
        return "[\n  " + ",\n  ".join(self._files) + "\n]\n" if self._files else "[]\n"


def file_uri(filename: str) -> str:
    """The URI of a file; what came from standard input without a name has none of its own."""
    from urllib.parse import quote

    if filename == "<stdin>":
        return "untitled:stdin"
    path = os.path.abspath(filename).replace(os.sep, "/")
    return "file://" + quote(os.fsencode(path if path.startswith("/") else f"/{path}"))


def diagnostic(
    finding: Finding, source: Source, uri: str, documentation: str = DOCUMENTATION
) -> dict[str, Any]:
    """One finding as a ``Diagnostic``."""
    fix = finding.fix
    return {
        "range": span_range(finding.span, source),
        "severity": _SEVERITY[finding.severity],
        "code": finding.code,
        "codeDescription": {"href": rule_url(finding.name, documentation=documentation)},
        "source": "nda-lint",
        "message": finding.message,
        "relatedInformation": [
            {
                "location": {"uri": uri, "range": span_range(related.span, source)},
                "message": related.message,
            }
            for related in finding.related
        ],
        "tags": [_UNNECESSARY] if finding.name.startswith("unused-") else [],
        "data": {
            "name": finding.name,
            "witness": finding.witness,
            "fix": None
            if fix is None
            else {
                "applicability": fix.applicability,
                "message": fix.message,
                "edits": [
                    {"range": span_range(edit.span, source), "newText": edit.text} for edit in fix.edits
                ],
            },
        },
    }


def span_range(span: Span, source: Source) -> dict[str, dict[str, int]]:
    """A span as a ``Range``: from 0, in UTF-16 code units."""
    start, end = clamp(span, source)
    return {"start": _position(start, source), "end": _position(end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    line, character = source.utf16_position(offset)
    return {"line": line, "character": character}
