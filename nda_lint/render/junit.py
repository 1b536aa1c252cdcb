"""Findings as a JUnit report: a suite for each file, a case for each finding.

A case fails where its severity makes the run fail, so that a server which reads the report and one which looks at
the exit code say the same; other findings are told in cases that pass.
"""

from __future__ import annotations

import re

from nda_lint.render.frame import clamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary

    #: severity, the opening tag of a case, the attributes of its failure, and its text
    Case = tuple[str, str, str, str]

#: What may not stand in XML 1.0, however it is written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Renderer:
    """``--output-format junit``."""

    def __init__(self, colour: bool) -> None:
        self._files: list[tuple[str, list[Case]]] = []

    def piece(self, report: Report) -> tuple[str, list[Case]]:
        """The name of the file and its cases."""
        return report.source.filename, [_case(report, finding) for finding in report.findings]

    def add(self, piece: tuple[str, list[Case]]) -> str:
        """Nothing can be written before it is known what fails the run."""
        self._files.append(piece)
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole document."""
        suites = [_suite(name, cases, summary) for name, cases in self._files]
        unchecked = summary.unchecked
        if unchecked:
            language = summary.language(None)
            suites.append(
                (unchecked, 0, _unchecked([problem.text(language) for problem in summary.problems]))
            )
        tests = sum(count for count, _, _ in suites)
        failures = sum(failed for _, failed, _ in suites)
        head = f'<testsuites name="nda-lint" tests="{tests}" failures="{failures}" errors="{unchecked}">'
        body = "".join(text for _, _, text in suites)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{head}\n{body}</testsuites>\n'


def _case(report: Report, finding: Finding) -> Case:
    source = report.source
    row, column = source.position(clamp(finding.span, source)[0])
    name = f"{finding.code} {finding.name} ({row}:{column})"
    opening = f'<testcase name="{_text(name)}" classname="{_text(source.filename)}" file="{_text(source.filename)}" line="{row}"'
    failure = f'message="{_text(finding.message)}" type="{finding.severity}"'
    told = [f"{source.filename}:{row}:{column}: {finding.message}", finding.witness, finding.help]
    told += [cite.text for cite in finding.cites]
    return finding.severity, opening, failure, _text("\n".join(text for text in told if text))


def _suite(filename: str, cases: list[Case], summary: Summary) -> tuple[int, int, str]:
    """How many cases a file has, how many of them fail, and its suite; a file without findings has one that passes."""
    lines = []
    failed = 0
    for severity, opening, failure, text in cases:
        if summary.fails(severity):
            failed += 1
            lines.append(f"    {opening}>\n      <failure {failure}>{text}</failure>\n    </testcase>\n")
        else:
            lines.append(f"    {opening}>\n      <system-out>{text}</system-out>\n    </testcase>\n")
    name = _text(filename)
    if not cases:
        lines.append(f'    <testcase name="no findings" classname="{name}" file="{name}"/>\n')
    head = f'  <testsuite name="{name}" tests="{len(lines)}" failures="{failed}" errors="0">\n'
    return len(lines), failed, head + "".join(lines) + "  </testsuite>\n"


def _unchecked(reasons: list[str]) -> str:
    """A suite of the files that could not be checked, each with the reason."""
    cases = "".join(
        f'    <testcase name="not checked" classname="nda-lint">\n      <error message="{_text(reason)}"/>\n    </testcase>\n'
        for reason in reasons
    )
    count = len(reasons)
    return f'  <testsuite name="nda-lint" tests="{count}" failures="0" errors="{count}">\n{cases}  </testsuite>\n'


def _text(text: str) -> str:
    """`text` as it may stand in XML, in an attribute too."""
    text = _NOT_XML.sub("\ufffd", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")
