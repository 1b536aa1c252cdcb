"""All findings as one JSON object."""

from __future__ import annotations

from json import dumps

from nda_lint.render.data import finding_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary


VERSION = 1


class Renderer:
    """``--output-format json``."""

    def __init__(self, colour: bool) -> None:
        # Kept as text, not as reports: a run over many files must not hold all of them.
        self._files: list[str] = []
        self._findings: list[str] = []

    def piece(self, report: Report) -> list[str]:
        """The entry of the file, and its findings."""
        source = report.source
        # That of the contract, whatever language the messages are in.
        language = report.contract.language if report.contract else report.language
        entry = {"filename": source.filename, "language": language, "findings": len(report.findings)}
        findings = (finding_data(finding, source, report.documentation) for finding in report.findings)
        return [dumps(each, ensure_ascii=False) for each in (entry, *findings)]

    def add(self, piece: list[str]) -> str:
        """Nothing can be written before the last file."""
        self._files.append(piece[0])
        self._findings += piece[1:]
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole object: a line for each file and for each finding."""
        counts = {
            "files": summary.files,
            "errors": summary.counts["error"],
            "warnings": summary.counts["warning"],
            "infos": summary.counts["info"],
            "fixable": summary.fixable,
        }
        return (
            f'{{\n  "version": {VERSION},\n'
            f'  "files": {_array(self._files)},\n'
            f'  "findings": {_array(self._findings)},\n'
            f'  "summary": {dumps(counts)}\n}}\n'
        )


def _array(items: list[str]) -> str:
    return "[\n    " + ",\n    ".join(items) + "\n  ]" if items else "[]"
