"""A contract as a document in HTML, with each finding as a note at its place.

Every line of the file is shown: headers as headings, facts as lists of keys and values, norms and prose as paragraphs,
comments and what could not be read as they stand. The text is that of the source, so that places stay places; only
what is not printable is made visible.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from html import escape

from nda_lint.render.data import rule_url
from nda_lint.render.frame import clamp
from nda_lint.render.full import law, severity_word
from nda_lint.render.suggestion import changed_lines
from nda_lint.render.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Fix
    from nda_lint.linter import Report

    Mark = tuple[int, int, str, int]

#: A statement of more characters than this is cut; nobody reads it in a report.
_MOST = 6_000
#: Of so many related places each has its own line; the rest is counted.
_MOST_PLACES = 20
_BLANKS = str.maketrans("\n\r\t", "   ")
_LABEL = re.compile(r"@[^\s,;:，；：。、]+")
_COLON = " \t\r\n:："
_BRACE = re.compile(r"[{}]")
_LISTED = ("fact", "define")
_HEADS = ("agreement", "party", "annex", "clause")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SEVERITIES = ("error", "warning", "info")

_WORDS = {
    "en": {
        "line": "line {0}",
        "help": "What to do",
        "witness": "Situation",
        "law": "Law",
        "places": "See also",
        "safe": "Fix",
        "unsafe": "Fix, to be reviewed",
        "confidence": "confidence: {0}",
        "medium": "medium",
        "low": "low",
        "more": "and {0} more places",
        "note": "note {0}",
        "definitions": "Definitions",
        "unread": "not read",
        "cut": "… ({0} more characters)",
        "whole": "The file as a whole",
        "removed": "before: ",
        "inserted": "after: ",
    },
    "zh": {
        "line": "第 {0} 行",
        "help": "建议",
        "witness": "情形",
        "law": "依据",
        "places": "另见",
        "safe": "修正",
        "unsafe": "修正（须复核）",
        "confidence": "把握程度：{0}",
        "medium": "中",
        "low": "低",
        "more": "还有 {0} 处",
        "note": "问题 {0}",
        "definitions": "定义",
        "unread": "未能读取",
        "cut": "……（还有 {0} 个字符）",
        "whole": "整个文件",
        "removed": "修改前：",
        "inserted": "修改后：",
    },
}


def shown(text: str) -> str:
    """Text of any origin as the content of an element or attribute: inert, on one line, visible."""
    return escape(visible(text.translate(_BLANKS)))


class Row:
    """A statement, or a line that is none: where it stands, and what it is (`kind`) of what (`thing`)."""

    __slots__ = ("end", "kind", "start", "thing")

    def __init__(self, start: int, end: int, kind: str, thing: Any = None) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.thing = thing


class Document:
    """One report as HTML; `prefix` keeps its anchors apart from those of other files."""

    def __init__(self, report: Report, prefix: str) -> None:
        self._report = report
        self._source = report.source
        self._prefix = prefix
        self._words = _WORDS[report.language]
        self._rows = list(_rows(report.contract, report.source.text)) if report.contract else []
        self._starts = [row.start for row in self._rows]
        self._notes: dict[int, list[int]] = {}
        self._marks: dict[int, list[Mark]] = {}
        self._seen_from: dict[int, list[int]] = {}
        for number, finding in enumerate(report.findings):
            self._place(number, finding)
        self._labels = dict(self._label_anchors(report.contract)) if report.contract else {}

    # --- places -----------------------------------------------------------------------------

    def _place(self, number: int, finding: Finding) -> None:
        start, end = clamp(finding.span, self._source)
        row = self._row_at(start)
        self._notes.setdefault(row, []).append(number)
        self._mark(row, start, end, finding.severity, number)
        for related in finding.related:
            start, end = clamp(related.span, self._source)
            other = self._row_at(start)
            self._mark(other, start, end, "related", number)
            if other != row and number not in self._seen_from.setdefault(other, []):
                self._seen_from[other].append(number)

    def _mark(self, row: int, start: int, end: int, style: str, number: int) -> None:
        while 0 <= row < len(self._rows) and self._rows[row].start < max(end, start + 1):
            bound = self._rows[row]
            first, last = max(start, bound.start), min(max(end, start + 1), bound.end)
            if first < last:
                self._marks.setdefault(row, []).append((first, last, style, number))
            row += 1

    def _row_at(self, offset: int) -> int:
        """The row in which a place is, or after which it comes; -1 where there is none before it."""
        return bisect_right(self._starts, offset) - 1

    def note_anchor(self, number: int) -> str:
        """The id of the note of a finding."""
        return f"{self._prefix}-n{number + 1}"

    def row_anchor(self, offset: int) -> str:
        """The id of the row at a place."""
        index = max(self._row_at(offset), 0)
        if not self._rows:
            return self._prefix
        return f"{self._prefix}-r{index + 1}"

    def row_number(self, offset: int) -> int:
        """The number of the line at a place."""
        return self._source.position(min(offset, len(self._source.text)))[0]

    def line(self, offset: int) -> str:
        """The number of a line, in words."""
        return self._words["line"].format(self.row_number(offset))

    def _label_anchors(self, contract: Contract) -> Iterator[tuple[str, str]]:
        """What references may name, with the row to which it leads: a clause without a label goes by its kind."""
        for block in reversed(contract.clauses):
            yield self._source.text[slice(*block.kind_span)], self.row_anchor(block.span[0])
        things: list[Any] = [*contract.blocks, *contract.norms]
        for thing in things:
            if thing.label:
                yield thing.label, self.row_anchor(thing.span[0])

    # --- the document -----------------------------------------------------------------------

    def html(self) -> str:
        """The contract from its first line to its last."""
        parts = list(self._before())
        listed = section = ""
        for index, row in enumerate(self._rows):
            in_list = row.kind if row.kind in _LISTED else ""
            opens = row.kind in _HEADS or (row.kind == "define" and section != "define")
            if listed and (opens or in_list != listed):
                parts.append("</dl>")
                listed = ""
            if opens:
                parts += ["</section>"] if section else []
                section = row.kind
                parts.append(f'<section class="block {section}">')
                parts += (
                    [f'<h3 class="added">{self._words["definitions"]}</h3>'] if section == "define" else []
                )
            if in_list and not listed:
                parts.append("<dl>")
                listed = in_list
            parts.append(self._row(index, row))
            notes = [self._note(number) for number in self._notes.get(index, ())]
            if notes and listed:
                parts.append("</dl>")
                listed = ""
            parts += notes
        return "\n".join([*parts, "</dl>" if listed else "", "</section>" if section else ""])

    def _before(self) -> Iterator[str]:
        """Notes on what is not there: a file without a line, or one that is no text."""
        notes = self._notes.get(-1, ())
        if notes:
            yield f'<h3 class="added">{self._words["whole"]}</h3>'
        for number in notes:
            yield self._note(number)

    def _row(self, index: int, row: Row) -> str:
        anchor = f' id="{self._prefix}-r{index + 1}"'
        line = f'<span class="ln" aria-hidden="true">{self._source.position(row.start)[0]}</span>'
        see = self._see(index)
        if row.kind in _HEADS:
            return f"<h3{anchor}>{line}{self._heading(index, row)}{see}</h3>"
        if row.kind in _LISTED:
            key, value = self._fact(index, row)
            return f'<div class="row"{anchor}><dt>{line}{key}</dt><dd>{value}{see}</dd></div>'
        if row.kind == "prose":
            return f'<blockquote class="row"{anchor}>{line}<p>{self._prose(index, row)}{see}</p></blockquote>'
        text = self._text(index, row.start, row.end)
        if row.kind == "norm":
            return f'<p class="row norm"{anchor}>{line}{text}{see}</p>'
        if row.kind == "comment":
            return f'<p class="row comment"{anchor}>{line}{text}{see}</p>'
        unread = f'<span class="unread">{self._words["unread"]}</span>'
        return f'<p class="row raw"{anchor}>{line}{text} {unread}{see}</p>'

    def _heading(self, index: int, row: Row) -> str:
        """The keyword small, the rest as it stands."""
        block = row.thing
        start = block.kind_span[0] if row.kind == "clause" else block.kind_span[1]
        start = min(max(start, row.start), row.end)
        keyword = self._text(index, row.start, start)
        return (
            f'<span class="kw">{keyword}</span><span class="rest">{self._text(index, start, row.end)}</span>'
        )

    def _fact(self, index: int, row: Row) -> tuple[str, str]:
        """Key and value, without the colon between them."""
        text = self._source.text
        middle = row.thing if isinstance(row.thing, int) else row.end
        key_end = middle
        while key_end > row.start and text[key_end - 1] in _COLON:
            key_end -= 1
        while middle < row.end and text[middle] in _COLON:
            middle += 1
        return self._text(index, row.start, key_end), self._text(index, middle, row.end)

    def _prose(self, index: int, row: Row) -> str:
        """The lines of a paragraph put together, without the signs at their beginning."""
        text = self._source.text
        parts: list[str] = []
        before = ""
        for whole, end in row.thing.spans:
            start = text.find(">", whole, end) + 1 or whole
            line = text[start:end].strip()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            gap = "" if not before or (_WIDE.match(before) and _WIDE.match(line[:1] or " ")) else " "
            parts.append(gap + self._text(index, start, end))
            before = line[-1:] or before
        return "".join(parts)

    def _see(self, index: int) -> str:
        """Links back from a related place to the notes that name it."""
        links = (
            f' <a class="see {self._report.findings[number].severity}" href="#{self.note_anchor(number)}">'
            f"{self._words['note'].format(number + 1)}</a>"
            for number in self._seen_from.get(index, ())
        )
        return "".join(links)

    # --- text with marks ----------------------------------------------------------------------

    def _text(self, index: int, start: int, end: int) -> str:
        """The text between two places, with what findings are about marked."""
        left_out = end - start - _MOST
        if left_out > 0:
            end = start + _MOST
        marks = [
            (max(first, start), min(last, end), style, number)
            for first, last, style, number in self._marks.get(index, ())
            if first < end and last > start
        ]
        cuts = sorted({start, end, *(place for mark in marks for place in mark[:2])})
        parts = [
            self._piece(first, last, [mark for mark in marks if mark[0] <= first and last <= mark[1]])
            for first, last in itertools.pairwise(cuts)
        ]
        more = self._words["cut"].format(left_out) if left_out > 0 else ""
        return "".join(parts) + (f'<span class="added">{more}</span>' if more else "")

    def _piece(self, start: int, end: int, marks: list[Mark]) -> str:
        text = self._source.text[start:end]
        here = self.row_anchor(start)
        html = ""
        done = 0
        for match in _LABEL.finditer(text):
            anchor = self._labels.get(match[0][1:])
            if anchor is None:
                continue
            link = f'a class="ref" href="#{anchor}"' if anchor != here else 'span class="label"'
            html += f"{_plain(text[done : match.start()])}<{link}>{shown(match[0])}</{link.split(' ')[0]}>"
            done = match.end()
        html += _plain(text[done:])
        if not marks:
            return html
        styles = " ".join(
            style for style in (*_SEVERITIES, "related") if any(mark[2] == style for mark in marks)
        )
        return f'<mark class="{styles}">{html}</mark>'

    # --- notes --------------------------------------------------------------------------------

    def _note(self, number: int) -> str:
        finding, language = self._report.findings[number], self._report.language
        anchor = self.note_anchor(number)
        url = rule_url(finding.name, language, self._report.documentation)
        confidence = ""
        if finding.confidence != "high":
            level = self._words[finding.confidence]
            confidence = f' <span class="confidence">{self._words["confidence"].format(level)}</span>'
        parts = [
            (
                f'<div class="note {finding.severity}" id="{anchor}" role="group" aria-labelledby="{anchor}-h"'
                f' lang="{language}">'
            ),
            (
                f'<h4 id="{anchor}-h"><span class="badge">{severity_word(finding.severity, language)} {number + 1}</span> '
                f'<a class="code" href="{shown(url)}">{shown(finding.code)}</a> '
                f'<span class="name">{shown(finding.name)}</span>{confidence}</h4>'
            ),
            f'<p class="message">{shown(finding.message)}</p>',
            *self._details(finding),
            "</div>",
        ]
        return "\n".join(parts)

    def _details(self, finding: Finding) -> Iterator[str]:
        entries = [
            *(
                (self._words[name], [f"<p>{shown(line)}</p>" for line in (text or "").splitlines()])
                for name, text in (("witness", finding.witness), ("help", finding.help))
            ),
            (self._words["places"], _items(self._places(finding))),
            (self._words["law"], _items(shown(law(cite, self._report.language)) for cite in finding.cites)),
        ]
        if finding.fix is not None:
            kind = "safe" if finding.fix.applicability == "safe" else "unsafe"
            entries.append(
                (self._words[kind], [f"<p>{shown(finding.fix.message)}</p>", self._diff(finding.fix)])
            )
        filled = [(name, "".join(content)) for name, content in entries if content]
        if filled:
            yield "<dl>"
            yield from (f"<div><dt>{name}</dt><dd>{content}</dd></div>" for name, content in filled)
            yield "</dl>"

    def _places(self, finding: Finding) -> Iterator[str]:
        for related in finding.related[:_MOST_PLACES]:
            start = clamp(related.span, self._source)[0]
            link = f'<a href="#{self.row_anchor(start)}">{self.line(start)}</a>'
            colon = "：" if self._report.language == "zh" else ": "
            yield f"{link}{colon}{shown(related.message)}"
        if len(finding.related) > _MOST_PLACES:
            yield self._words["more"].format(len(finding.related) - _MOST_PLACES)

    def _diff(self, fix: Fix) -> str:
        changed = changed_lines(self._source, fix)
        if changed is None:
            return ""
        _, removed, inserted = changed
        lines = [
            *(("del", "\N{MINUS SIGN}", self._words["removed"], line) for line in removed),
            *(("ins", "+", self._words["inserted"], line) for line in inserted),
        ]
        return '<div class="diff">' + "".join(
            f'<{tag}><span class="sign" aria-hidden="true">{sign}</span><span class="hidden">{word}</span>'
            f"<code>{escape(visible(line.strip()))}</code></{tag}>"
            for tag, sign, word, line in lines
        ) + "</div>"  # fmt: skip


def _items(entries: Iterable[str]) -> list[str]:
    items = [f"<li>{entry}</li>" for entry in entries]
    return ["<ul>", *items, "</ul>"] if items else []


def _plain(text: str) -> str:
    return _BRACE.sub(lambda match: f'<span class="brace">{match[0]}</span>', shown(text))


# --- the rows of a contract --------------------------------------------------------------------


def _rows(contract: Contract, text: str) -> Iterator[Row]:
    """Everything that the file holds, in its order, nothing twice."""
    end = 0
    last: Row | None = None
    for row in sorted(_statements(contract), key=lambda row: (row.start, -row.end)):
        if last is not None and row.start < end:  # one sentence, two norms
            last.end = end = max(end, row.end)
            continue
        if last is not None:
            yield from _with_tail(last, text, row.start)
        else:
            yield from _lines(text, 0, row.start)
        last, end = row, row.end
    if last is not None:
        yield from _with_tail(last, text, len(text))
    else:
        yield from _lines(text, 0, len(text))


def _statements(contract: Contract) -> Iterator[Row]:
    for block in contract.blocks:
        kind = block.kind if block.kind in _HEADS else "clause"
        yield Row(*block.span, kind, block)
        for fact in block.facts:
            yield Row(*fact.span, "fact", fact.values[0].span[0] if fact.values else None)
        for norm in block.norms:
            yield Row(*norm.span, "norm", norm)
        for paragraph in block.paragraphs:
            yield Row(*paragraph.span, "prose", paragraph)
        for span in block.broken:
            yield Row(*span, "raw")
    for definition in contract.definitions:
        meaning = definition.meanings[0].span[0] if definition.meanings else None
        if meaning is None or meaning < definition.name_span[1]:
            meaning = definition.name_span[1]
        yield Row(*definition.span, "define", meaning)


def _with_tail(row: Row, text: str, until: int) -> Iterator[Row]:
    """The row, with what is left of its line, and the lines between it and the next."""
    line_end = min(
        (place for place in (text.find("\n", row.end, until), text.find("\r", row.end, until)) if place >= 0),
        default=until,
    )
    rest = text[row.end : line_end]
    if rest.strip() and not rest.lstrip().startswith("#"):
        row.end = line_end
    yield row
    yield from _lines(text, row.end, until)


def _lines(text: str, start: int, end: int) -> Iterator[Row]:
    """Lines that are no statements: comments, and what nobody could make anything of."""
    for line in text[start:end].splitlines(keepends=True):
        content = line.strip()
        if content:
            first = start + line.index(content)
            kind = "comment" if content.startswith("#") else "raw"
            yield Row(first, first + len(content), kind)
        start += len(line)
