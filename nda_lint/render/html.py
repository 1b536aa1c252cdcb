"""A report to open in a browser: one file, which loads nothing and runs nothing.

The filter by severity is made of check boxes and style alone, and the page forbids scripts: what stands in a contract
cannot act, whatever it is. A browser that does not know the selector shows everything.
"""

from __future__ import annotations

import os
import re
from datetime import date

from nda_lint import DOCUMENTATION, __version__
from nda_lint.analysis.chronology import chronology
from nda_lint.analysis.moments import CATEGORIES
from nda_lint.render.full import severity_word
from nda_lint.render.html_document import Document, shown
from nda_lint.render.timeline import Phrases, notes_of
from nda_lint.render.timeline_svg import STYLE, element
from nda_lint.tables import PACKAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.analysis.moments import Entry
    from nda_lint.finding import Finding, Language, Severity
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
#: A day stays on one line.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNBROKEN = r'<span class="day">\g<0></span>'
#: Widths of the picture: on a page, and where the page is narrow.
_WIDE, _NARROW = 760, 330

_WORDS = {
    "en": {
        "report": "Report on {0} contracts",
        "one": "Report on one contract",
        "skip": "Skip to the findings",
        "advice": "This report points things out. It is no legal advice.",
        "findings": "Findings",
        "none": "No findings.",
        "files": "Contracts",
        "contract": "Contract",
        "timeline": "Time line",
        "table": "The same as a table",
        "show": "Show",
        "errors": "Errors",
        "warnings": "Warnings",
        "infos": "Notes",
        "when": "When",
        "what": "What the contract says",
        "line": "Line",
        "of": "{0}, line {1}",
        "made": "Made by nda-lint {0}",
        "documentation": "Documentation",
        "en": "in English",
        "zh": "in Chinese",
        "no times": "The contract names no times.",
        "contents": "Contents",
        "hidden": "Hidden by the choice of severities above.",
    },
    "zh": {
        "report": "{0} 份合同的检查报告",
        "one": "合同检查报告",
        "skip": "跳到检查结果",
        "advice": "本报告仅作提示，不构成法律意见。",
        "findings": "检查结果",
        "none": "未发现问题。",
        "files": "合同",
        "contract": "合同",
        "timeline": "时间线",
        "table": "同样内容的表格",
        "show": "显示",
        "errors": "错误",
        "warnings": "警告",
        "infos": "提示",
        "when": "时间",
        "what": "合同原文",
        "line": "行",
        "of": "{0}，第 {1} 行",
        "made": "由 nda-lint {0} 生成",
        "documentation": "文档",
        "en": "英文",
        "zh": "中文",
        "no times": "合同未涉及任何时间。",
        "contents": "目录",
        "hidden": "已按上方所选严重程度隐藏。",
    },
}
#: Stands for the beginning of the anchors of a file until that is known; the text of a contract never shows it.
_PREFIX = "\0"
_PLURAL = {"error": "errors", "warning": "warnings", "info": "infos"}


class Renderer:
    """``--output-format html``."""

    def __init__(self, colour: bool) -> None:
        self._files: list[_Shown] = []

    def piece(self, report: Report) -> dict[str, Any]:
        """What the page says of the file; which one it is there is not known yet."""
        return _File(report, _PREFIX).plain()

    def add(self, piece: dict[str, Any]) -> str:
        """Nothing can be written before the last file."""
        self._files.append(_Shown(piece, f"f{len(self._files) + 1}"))
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole page."""
        return _Page(self._files, summary).html()


class _Shown:
    """One file of the page, whose anchors begin with `prefix`."""

    def __init__(self, piece: dict[str, Any], prefix: str) -> None:
        self.prefix = prefix
        self.name: str = piece["name"]
        self.title: str = piece["title"]
        self.language: Language = piece["language"]
        self.has_contract: bool = piece["has_contract"]
        self.counts: dict[str, int] = piece["counts"]
        self.findings = [finding.replace(_PREFIX, prefix) for finding in piece["findings"]]
        self.html: str = piece["html"].replace(_PREFIX, prefix)


class _File:
    """What the page says of one file, in the language of its messages."""

    def __init__(self, report: Report, prefix: str) -> None:
        self.prefix = prefix
        self.name = shown(report.source.filename)
        self.language: Language = report.language
        contract = report.contract
        self.contract_language: Language | None = contract.language if contract is not None else None
        title = contract.agreement.title if contract is not None and contract.agreement is not None else None
        self.title = shown(title) if title else self.name
        self.counts = {
            severity: sum(finding.severity == severity for finding in report.findings)
            for severity in _SEVERITIES
        }
        self._words = _WORDS[report.language]
        document = Document(report, prefix)
        self.findings = [
            self._finding(document, number, finding) for number, finding in enumerate(report.findings)
        ]
        self._document = document.html()
        self._timeline = "" if contract is None else self._times(report, document)

    def plain(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "name": self.name,
            "title": self.title,
            "language": self.language,
            "has_contract": self.contract_language is not None,
            "counts": self.counts,
            "findings": self.findings,
            "html": self.html(),
        }

    def _finding(self, document: Document, number: int, finding: Finding) -> str:
        """A line of the list at the top."""
        where = document.line(finding.span[0])
        return (
            f'<li class="{finding.severity}"><a href="#{document.note_anchor(number)}">'
            f'<span class="badge">{severity_word(finding.severity, self.language)} {number + 1}</span> '
            f'<span class="message">{shown(finding.message)}</span></a> '
            f'<span class="place">{shown(finding.code)} · {where}</span></li>'
        )

    def html(self) -> str:
        """The contract with its notes, and its time line."""
        words = self._words
        lang = f' lang="{self.contract_language}"' if self.contract_language else ""
        return "\n".join(
            (
                f'<article class="file" id="{self.prefix}" aria-labelledby="{self.prefix}-h" lang="{self.language}">',
                f'<h2 id="{self.prefix}-h"><span class="filename">{self.name}</span></h2>',
                f'<div class="contract"{lang}>',
                self._document,
                "</div>",
                f'<section class="times" id="{self.prefix}-t" aria-labelledby="{self.prefix}-th">',
                f'<h3 id="{self.prefix}-th">{words["timeline"]}</h3>',
                self._timeline,
                "</section>",
                "</article>",
            )
            if self._timeline
            else (
                f'<article class="file" id="{self.prefix}" aria-labelledby="{self.prefix}-h" lang="{self.language}">',
                f'<h2 id="{self.prefix}-h"><span class="filename">{self.name}</span></h2>',
                self._document,
                "</article>",
            )
        )

    # --- the time line ------------------------------------------------------------------------

    def _times(self, report: Report, document: Document) -> str:
        if report.contract is None:
            return ""
        found = chronology(report.contract)
        as_of = date.fromisoformat(report.as_of) if report.as_of else None
        if not found.entries:
            return f'<p class="none">{self._words["no times"]}</p>'
        pictures = [
            f'<div class="picture {name}">'
            + element(found, self.language, as_of, width, prefix=f"{self.prefix}-{name}")
            + "</div>"
            for name, width in (("wide", _WIDE), ("narrow", _NARROW))
        ]
        phrases = Phrases(found, self.language)
        rows = [
            line
            for category in CATEGORIES
            for line in self._rows(phrases.category(category), found.of(category), phrases, document, as_of)
        ]
        assumed = dict.fromkeys(name for entry in found.entries for name in notes_of(entry))
        notes = [phrases.note(name) for name in assumed]
        words = self._words
        head = "".join(f'<th scope="col">{words[name]}</th>' for name in ("when", "what", "line"))
        return "\n".join(
            (
                *pictures,
                f"<details><summary>{words['table']}</summary>",
                f"<table><thead><tr>{head}</tr></thead>",
                *rows,
                "</table></details>",
                '<ul class="assumptions">',
                *(f"<li>{shown(note)}</li>" for note in (*notes, phrases.holidays)),
                "</ul>",
            )
        )

    def _rows(
        self, heading: str, entries: list[Entry], phrases: Phrases, document: Document, as_of: date | None
    ) -> Iterator[str]:
        if entries:
            yield f'<tbody><tr><th colspan="3" scope="rowgroup">{heading}</th></tr>'
            for entry in entries:
                remarks = "".join(
                    f'<span class="remark">{shown(text)}</span>' for text in phrases.remarks(entry)
                )
                row = document.row_number(entry.span[0])
                status = phrases.status(entry.status(as_of)) if as_of is not None else ""
                state = f'<span class="remark">{status}</span>' if status else ""
                yield (
                    f"<tr><td>{_DAY.sub(_UNBROKEN, shown(phrases.when(entry, as_of)))}{state}</td>"
                    f'<td><span class="of">{shown(phrases.clause(entry))}</span> '
                    f"{shown(phrases.statement(entry))}{remarks}</td>"
                    f'<td><a href="#{document.row_anchor(entry.span[0])}">'
                    f'<span class="hidden">{self._words["line"]} </span>{row}</a></td></tr>'
                )
            yield "</tbody>"


class _Page:
    def __init__(self, files: list[_Shown], summary: Summary) -> None:
        self._files = files
        self._summary = summary
        self._language: Language = summary.language(None)
        self._words = _WORDS[self._language]

    def html(self) -> str:
        words = self._words
        one = self._files[0] if len(self._files) == 1 else None
        heading = one.title if one is not None else words["report"].format(len(self._files))
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{self._language}">',
                *self._head(heading),
                "<body>",
                f'<a class="skip" href="#findings">{words["skip"]}</a>',
                "<header>",
                f'<p class="brand">nda-lint · {words["one"] if one else words["files"]}</p>',
                f"<h1>{heading}</h1>",
                f'<p class="sum">{shown(self._summary.sentence(self._language))}</p>',
                *self._unchecked(),
                f'<p class="advice">{words["advice"]}</p>',
                "</header>",
                self._bar(),
                "<main>",
                *self._findings(),
                *(file.html for file in self._files),
                "</main>",
                "<footer>",
                f"<p>{words['advice']}</p>",
                (
                    f"<p>{words['made'].format(shown(__version__))} · "
                    f'<a href="{shown(DOCUMENTATION)}">{words["documentation"]}</a></p>'
                ),
                "</footer>",
                "</body>",
                "</html>",
                "",
            )
        )

    def _unchecked(self) -> Iterator[str]:
        """Why there are files that are not in the report."""
        if self._summary.problems:
            yield '<ul class="unchecked">'
            for problem in self._summary.problems:
                yield f"<li>{shown(problem.text(self._language))}</li>"
            yield "</ul>"

    def _head(self, heading: str) -> tuple[str, ...]:
        with open(os.path.join(PACKAGE, "render", "html.css"), encoding="utf-8") as stream:
            style = stream.read()
        return (
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f'<meta name="generator" content="nda-lint {shown(__version__)}">',
            '<link rel="icon" href="data:,">',
            f"<title>{heading} · nda-lint</title>",
            f"<style>\n{style}{STYLE}</style>",
            "</head>",
        )

    def _bar(self) -> str:
        """Which severities are shown, and the ways to the parts of the page."""
        words, counts = self._words, self._summary.counts
        boxes = "".join(
            f'<label class="{severity}"><input type="checkbox" id="show-{severity}" checked autocomplete="off"> '
            f"{words[_PLURAL[severity]]} <b>{counts[severity]}</b></label>"
            for severity in _SEVERITIES
        )
        links = [("findings", words["findings"])]
        if len(self._files) == 1:
            links += [("f1", words["contract"])]
            links += [("f1-t", words["timeline"])] if self._files[0].has_contract else []
        ways = "".join(f'<a href="#{target}">{text}</a>' for target, text in links)
        filters = f'<fieldset class="filter"><legend>{words["show"]}</legend>{boxes}</fieldset>'
        return f'<nav class="ways" aria-label="{words["contents"]}"><div>{ways}</div>{filters}</nav>'

    def _findings(self) -> Iterator[str]:
        yield f'<section id="findings" tabindex="-1" aria-labelledby="findings-h"><h2 id="findings-h">{self._words["findings"]}</h2>'
        if len(self._files) > 1:
            yield '<ul class="files">'
            for file in self._files:
                counts = " · ".join(
                    f'<span class="{severity}">{self._words[_PLURAL[severity]]} {file.counts[severity]}</span>'
                    for severity in _SEVERITIES
                    if file.counts[severity]
                )
                title = "" if file.title == file.name else f"<span>{file.title}</span>"
                yield (
                    f'<li><a href="#{file.prefix}"><span class="filename">{file.name}</span></a> {title}'
                    f" <span>{counts or self._words['none']}</span></li>"
                )
            yield "</ul>"
        for file in self._files:
            if len(self._files) > 1 and file.findings:
                yield f'<h3><a href="#{file.prefix}">{file.name}</a></h3>'
            if file.findings:
                yield f'<ol class="list" lang="{file.language}">'
                yield from file.findings
                yield "</ol>"
            elif len(self._files) == 1:
                yield f'<p class="none">{self._words["none"]}</p>'
        yield "</section>"
