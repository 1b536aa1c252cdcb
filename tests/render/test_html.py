"""The report in HTML: well-formed, inert, complete, in the language of its messages."""

from __future__ import annotations

import itertools
import json
import os
import re
from html.parser import HTMLParser

import pytest
from helpers import CORPUS, read

from nda_lint.encoding import not_utf8
from nda_lint.finding import Cite, Edit, Finding, Fix, Related
from nda_lint.linter import Report, Settings, lint
from nda_lint.render import renderer
from nda_lint.render.summary import Summary, tally
from nda_lint.source import NotUtf8, Source, decode

VOID = frozenset(("meta", "link", "input", "br"))
CONTRACTS = sorted(
    os.path.join(folder, name)
    for folder in (f"{CORPUS}/clean", f"{CORPUS}/faulty")
    for name in os.listdir(folder)
    if name.endswith(".nda")
)
EVIL = (
    'agreement "<script>alert(1)</script>"\nparty A"cme "\x00"\n'
    'clause duties @"><img src=x onerror=alert(1)>\n  Acme must "<b onclick=\'x\'>" \u202edocuments\u2069\n'
    '  # --><script>\n  > </p></style><script>alert("{A}")</script> \U0001f4a5\n<svg onload=1>\n'
)


class Page(HTMLParser):
    """The elements of a page; an end that has no beginning, or an element left open, is an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        #: element or its id → the text in it
        self.texts: dict[str, str] = {}
        self._ids: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), "an attribute twice"
        self.elements.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
            self._ids.append(found.get("id", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()
        self._ids.pop()

    def handle_data(self, data: str) -> None:
        for name in {*self.open, *self._ids}:
            self.texts[name] = self.texts.get(name, "") + data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.elements if found == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if tag in ("h1", "h2", "h3", "h4", "h5", "h6")]


def html_of(*reports: Report) -> str:
    made, summary = renderer("html"), Summary()
    for report in reports:
        summary.add(tally(report))
        assert made.add(json.loads(json.dumps(made.piece(report)))) == ""
    return made.finish(summary)


def report_of(path: str, **settings: object) -> Report:
    return lint(Source(read(path), os.path.basename(path)), Settings(**settings))  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", CONTRACTS, ids=os.path.basename)
def test_every_contract_of_the_corpus(path: str) -> None:
    """Well-formed, nothing of the text lost, each finding at its place, every link with an end."""
    with open(path, "rb") as stream:
        data = stream.read()
    try:
        report = lint(Source(decode(data), os.path.basename(path)))
    except NotUtf8 as error:
        source, language, finding = not_utf8(data, os.path.basename(path), error, None)
        report = Report(source, language, [finding], None)
    page = Page(html_of(report))
    assert len(page.ids) == len(set(page.ids))
    targets = [attributes["href"] for attributes in page.of("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(page.ids)
    for number, finding in enumerate(report.findings):
        note = page.texts[f"f1-n{number + 1}"]
        for text in (finding.code, finding.name, finding.message, finding.help or "", finding.witness or ""):
            assert squeezed(text) in squeezed(note)
        for cite in finding.cites:
            assert squeezed(cite.text) in squeezed(note)
        assert f"#f1-n{number + 1}" in targets
    if report.contract is not None:
        shown, place = squeezed(page.texts["f1"]), 0
        for line in report.source.text.splitlines():
            for word in re.split(r"[\s:：]+", line.lstrip("> ")):
                place = shown.find(word, place)
                assert place >= 0, line


@pytest.mark.parametrize(
    ("name", "settings", "language", "contract_language"),
    [
        ("demo.en", {}, "en", "en"),
        ("demo.zh", {}, "zh", "zh"),
        ("demo.zh", {"language": "en"}, "en", "zh"),
        ("demo.en", {"language": "zh"}, "zh", "en"),
    ],
)
def test_languages(name: str, settings: dict[str, object], language: str, contract_language: str) -> None:
    page = Page(html_of(report_of(f"{CORPUS}/faulty/{name}.nda", **settings)))
    assert page.of("html") == [{"lang": language}]
    contract = next(element for element in page.of("div") if element.get("class") == "contract")
    assert contract["lang"] == contract_language
    notes = [element for element in page.of("div") if "note" in element.get("class", "").split()]
    assert {note["lang"] for note in notes} == {language}
    advice = {"en": "It is no legal advice.", "zh": "不构成法律意见"}
    assert page.texts["footer"].count(advice[language]) == 1
    assert page.texts["header"].count(advice[language]) == 1


def test_reports_in_several_languages_are_framed_in_english() -> None:
    page = Page(html_of(*(report_of(f"{CORPUS}/faulty/demo.{language}.nda") for language in ("en", "zh"))))
    assert page.of("html") == [{"lang": "en"}]
    assert [element["lang"] for element in page.of("article")] == ["en", "zh"]
    assert page.texts["h1"] == "Report on 2 contracts"
    assert {"f1", "f2", "f1-n1", "f2-n1"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_headings_and_landmarks() -> None:
    page = Page(html_of(report_of(f"{CORPUS}/faulty/demo.en.nda")))
    levels = page.headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [len(page.of(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    for section in page.of("article"):
        assert section["aria-labelledby"] in page.ids


def test_the_page_loads_and_runs_nothing() -> None:
    html = html_of(report_of(f"{CORPUS}/faulty/demo.zh.nda"))
    page = Page(html)
    (policy,) = [element for element in page.of("meta") if "http-equiv" in element]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert page.of("script") == [] and page.of("img") == [] and page.of("iframe") == []
    assert [element["href"] for element in page.of("link")] == ["data:,"]
    assert "url(" not in html and "@import" not in html


def test_what_stands_in_a_contract_is_inert() -> None:
    report = lint(Source(EVIL, '"><script>.nda'))
    report.findings.append(
        Finding(
            "X<1>", "<name>", "error", "<img src=x onerror=alert(1)>\x00\u202e", (0, 5), help="<b>", witness="</div>",
            cites=(Cite("<i>"),), related=(Related("<u>", (20, 30)),),
            fix=Fix("unsafe", "<s>", (Edit((0, 9), "<script>alert(2)</script>"),)),
        )
    )  # fmt: skip
    html = html_of(report)
    page = Page(html)
    assert not {"script", "img", "b", "i", "u", "s"} & {tag for tag, found in page.elements} - {"b"}
    assert all(not name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not set("\x00\u202e\u2069") & set(html)
    assert "␀" in html and "&lt;U+202E&gt;" in html
    assert "<script>alert(1)</script>" in page.texts["h1"]


def test_a_finding_with_everything() -> None:
    text = "clause liability\n  liquidated damages: CNY 100,000 to CNY 10,000\n  basis: per breach\n"

    def place(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    report = lint(Source(text, "a.nda"), Settings(select=("NDA001",)))
    report.findings[:] = [
        Finding(
            "NDA201", "inverted-range", "warning", "The bounds.", place("CNY 100,000 to CNY 10,000"),
            confidence="medium", help="Swap.", witness="On 1 March.", related=(Related("for each", place("per breach")),),
            cites=(Cite("民法典 art. 585", "2021-01-01"),),
            fix=Fix("safe", "swap the bounds", (Edit(place("CNY 100,000"), "CNY 10,000"), Edit(place("CNY 10,000"), "CNY 100,000"))),
        )
    ]  # fmt: skip
    page = Page(html_of(report))
    note = page.texts["f1-n1"]
    for part in (
        "warning 1",
        "confidence: medium",
        "Swap.",
        "On 1 March.",
        "line 3: for each",
        "in force since 2021-01-01",
    ):
        assert part in note
    assert "liquidated damages: CNY 100,000 to CNY 10,000" in page.texts["del"]
    assert "liquidated damages: CNY 10,000 to CNY 100,000" in page.texts["ins"]
    marks = [element["class"] for element in page.of("mark")]
    assert marks == ["warning", "related"]
    assert "note 1" in page.texts["f1-r3"]


def test_marks_that_overlap_are_cut_where_they_must() -> None:
    report = lint(Source("clause term\n  duration: 3 years\n", "a.nda"), Settings(select=("NDA001",)))
    start = report.source.text.index("3 years")
    report.findings[:] = [
        Finding("A1", "a", "error", "one", (start, start + 4)),
        Finding("A2", "b", "info", "other", (start + 2, start + 7)),
    ]
    page = Page(html_of(report))
    assert [element["class"] for element in page.of("mark")] == ["error", "error info", "info"]
    assert "3 years" in page.texts["f1-r2"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\x00\x01\n", "「" * 5000, "x" * 50_000])
def test_files_with_little_in_them(text: str) -> None:
    report = lint(Source(text, "x.nda"))
    page = Page(html_of(report))
    for number in range(len(report.findings)):
        assert f"f1-n{number + 1}" in page.ids


def test_no_files_at_all() -> None:
    assert Page(html_of()).headings == [1, 2]


def test_a_clean_contract_has_its_time_line() -> None:
    page = Page(html_of(report_of(f"{CORPUS}/clean/customer.zh.nda")))
    assert "未发现问题" in page.texts["findings"]
    assert len(page.of("svg")) == 2
    assert "不晚于 2029-03-12" in page.texts["table"]
    assert "不晚于 2029-03-12" in page.texts["svg"]


def test_what_is_over_on_a_day() -> None:
    page = Page(html_of(report_of(f"{CORPUS}/clean/customer.en.nda", as_of="2030-01-01")))
    assert "as of 2030-01-01" in page.texts["svg"]
    assert "2026-03-01 to 2029-03-01over" in page.texts["td"]
    undated = Page(html_of(report_of(f"{CORPUS}/clean/customer.en.nda")))
    assert "over" not in undated.texts["svg"].split()
