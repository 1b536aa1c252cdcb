"""The format for people: each finding with its lines, what to do, what would happen, and the law."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render import Streamed
from nda_lint.render.frame import WIDTH, Mark, clamp, frame, gutter_width
from nda_lint.render.suggestion import suggestion
from nda_lint.render.text import one_line, visible, wrap
from nda_lint.source import display_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Cite, Finding, Language, Severity
    from nda_lint.linter import Report

_SEVERITY = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
}
_NOTE = {
    "en": {"help": "help", "fix": "fix", "unsafe": "fix, to be reviewed", "witness": "witness", "law": "law"},
    "zh": {"help": "建议", "fix": "修正", "unsafe": "修正（须复核）", "witness": "情形", "law": "依据"},
}
#: How many related places are shown with their lines; the rest is counted.
_MOST_PLACES = 10


class Renderer(Streamed):
    """``--output-format full``."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def piece(self, report: Report) -> str:
        """All findings of the file, each followed by an empty line."""
        return "".join(f"{block(report, finding, self._colour)}\n\n" for finding in report.findings)


def block(report: Report, finding: Finding, colour: bool) -> str:
    """One finding."""
    source, language = report.source, report.language
    marks = [Mark(finding.span, "^", finding.severity)]
    marks += [
        Mark(related.span, "-", "frame", one_line(related.message))
        for related in finding.related[:_MOST_PLACES]
    ]
    gutter = gutter_width(source, marks)
    row, column = source.position(clamp(finding.span, source)[0])
    title = f"{severity_word(finding.severity, language)}[{finding.code}]"
    margin = " " * gutter
    name = paint("strong", finding.name, colour)
    arrow = paint("frame", "-->", colour)
    lines = [
        f"{paint(finding.severity, title, colour)} {name}: {one_line(finding.message)}",
        f"{margin}{arrow} {visible(source.filename)}:{row}:{column}",
        *frame(source, marks, gutter, colour),
    ]
    left_out = len(finding.related) - _MOST_PLACES
    if left_out > 0:
        more = f"还有 {left_out} 处" if language == "zh" else f"and {left_out} more places"
        lines.append(paint("frame", f"... {more}", colour))
    notes = _notes(finding, language, margin, colour)
    if finding.fix is not None:
        kind = "fix" if finding.fix.applicability == "safe" else "unsafe"
        notes += _note(_NOTE[language][kind], one_line(finding.fix.message), margin, colour)
        notes += suggestion(source, finding.fix, gutter, colour)
    if notes:
        lines += [f"{margin} {paint('frame', '|', colour)}", *notes]
    return "\n".join(lines)


def _notes(finding: Finding, language: Language, margin: str, colour: bool) -> list[str]:
    words = _NOTE[language]
    lines: list[str] = []
    if finding.witness:
        lines += _note(words["witness"], finding.witness, margin, colour)
    if finding.help:
        lines += _note(words["help"], finding.help, margin, colour)
    for cite in finding.cites:
        lines += _note(words["law"], law(cite, language), margin, colour)
    return lines


def _note(label: str, text: str, margin: str, colour: bool) -> list[str]:
    """``= label: text``, wrapped so that the text stays in one column."""
    indent = len(margin) + 3 + display_width(label) + 2
    lines = [line for part in text.splitlines() for line in wrap(visible(part), WIDTH - indent)] or [""]
    colon = ": " if label.isascii() else "："
    head = f"{margin} {paint('frame', '=', colour)} {paint('strong', label, colour)}{colon}{lines[0]}"
    return [head, *(" " * indent + line for line in lines[1:])]


def severity_word(severity: Severity, language: Language) -> str:
    """The word for a severity."""
    return _SEVERITY[language][severity]


def law(cite: Cite, language: Language) -> str:
    """A citation with the dates between which it is in force."""
    since, until = cite.in_force_from, cite.in_force_until
    chinese = language == "zh"
    if since and until:
        when = f"{since} 至 {until} 有效" if chinese else f"in force from {since} to {until}"
    elif since:
        when = f"自 {since} 起施行" if chinese else f"in force since {since}"
    elif until:
        when = f"有效至 {until}" if chinese else f"in force until {until}"
    else:
        return cite.text
    return f"{cite.text}（{when}）" if chinese else f"{cite.text} ({when})"
