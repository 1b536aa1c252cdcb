"""What is checked again where it has changed is what is found in the whole."""

from __future__ import annotations

import os
from typing import Any

import pytest
from helpers import CORPUS, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nda_lint.analysis.norms.report import MENDABLE
from nda_lint.contract import Norm
from nda_lint.finding import Finding
from nda_lint.identity import Clauses
from nda_lint.linter import Settings, lint
from nda_lint.server import engine
from nda_lint.server.checking import Checker
from nda_lint.server.engine import Engine
from nda_lint.server.houses import HousesOnDisk
from nda_lint.server.memo import Memo
from nda_lint.server.options import defaults
from nda_lint.server.padded import NoRoom, Padded
from nda_lint.source import Source

FILES = sorted(
    os.path.join(CORPUS, folder, name)
    for folder in ("clean", "faulty", "forms")
    for name in os.listdir(os.path.join(CORPUS, folder))
    if name.endswith(".nda") and not name.startswith("encoding")
)
#: What is typed: letters, marks, words that turn one sort of statement into another, ends of lines.
PIECES = (
    "x", " ", ",", ":", '"', "@", "#", "\n", "\r\n", "、", "：", "「", "甲", "的", "____", "1", "not ", "must ", "应当",
    "clause term\n", "条款 期限\n", "> prose {Acme}\n", "# nda-lint: ignore ALL -- why\n", "# nda-lint: template\n",
    'define "Project": information\n', "定义「合作项目」:信息\n", 'party Gamma "Gamma Ltd"\n', "  duration: 3 years\n",
    "  Acme must not disclose information\n", "  乙方不得披露信息\n", "  @secrecy ", "subject to @secrecy", "  grade \"Core\": \"C\"\n",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.one_of(
            st.tuples(st.just("type"), st.sampled_from(PIECES)),
            st.tuples(st.just("delete"), st.integers(1, 40)),
            st.tuples(st.just("copy"), st.tuples(st.floats(0, 1), st.integers(1, 80))),
            st.tuples(st.just("undo"), st.none()),
        ),
    ),
    min_size=1,
    max_size=6,
)


def plain(finding: Finding) -> Any:
    # What mends contradictions between norms is looked for when it is asked for; see test_server.py.
    fix = finding.fix if finding.code not in MENDABLE else None
    edits = [(edit.span, edit.text) for edit in fix.edits] if fix else None
    return (
        finding.code, finding.severity, finding.message, finding.span, finding.help, finding.witness,
        [(each.message, each.span) for each in finding.related], [cite.text for cite in finding.cites], edits,
    )  # fmt: skip


def edited(text: str, before: str, place: float, what: tuple[str, Any]) -> str:
    offset = round(place * len(text))
    sort, how = what
    if sort == "type":
        return f"{text[:offset]}{how}{text[offset:]}"
    if sort == "delete":
        return text[:offset] + text[offset + how :]
    if sort == "copy":
        start = round(how[0] * len(text))
        return text[:offset] + text[start : start + how[1]] + text[offset:]
    return before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), EDITS)
def test_the_same_as_the_whole(path: str, edits: list[Any]) -> None:
    text = before = read(path)
    checker = Engine(Settings())
    checker.check(Source(text))
    for place, what in edits:
        text, before = edited(text, before, place, what), text
        found = [plain(finding) for finding in checker.check(Source(text))]
        whole = lint(Source(text))
        assert found == [plain(finding) for finding in whole.findings]
        outline = checker.outline(whole.source)
        if outline is not None:
            one, other = Clauses(outline), Clauses(whole.contract)
            assert [one.at(place) for place in range(len(text))] == [
                other.at(place) for place in range(len(text))
            ]


@pytest.mark.parametrize("path", FILES, ids=os.path.basename)
def test_letter_by_letter(path: str) -> None:
    """A line typed and taken away again; findings move with the text and come back."""
    text = read(path)
    checker = Engine(Settings(extend_select=("ALL",)))
    first = [plain(finding) for finding in checker.check(Source(text))]
    line = "\n  notice: 30 days" if "clause" in text else "\n  解除通知:30 日"
    middle = text.find("\n", len(text) // 2)
    for length in (1, len(line) // 2, len(line), 3, 0):
        now = text[:middle] + line[:length] + text[middle:]
        found = [plain(finding) for finding in checker.check(Source(now))]
        assert found == [plain(f) for f in lint(Source(now), Settings(extend_select=("ALL",))).findings]
    assert found == first


def test_a_key_reads_no_more_than_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    text = read(CORPUS, "clean", "customer.en.nda")
    checker = Engine(Settings())
    checker.check(Source(text))
    monkeypatch.setattr(engine, "lint", lambda *_: pytest.fail("the whole file was checked"))
    monkeypatch.setattr(engine, "Reading", lambda *_: pytest.fail("the whole file was read"))
    for words, by in (
        ("3 years from signing", "4 years from signing"),
        ("4 years from", "4 yeasr from"),
        ("must not disclose", "must not disclose or copy"),
        ("four years", "five years"),
        ('"Test Data": technical', '"Trial Data": technical'),
        ("\nclause use", "\n  Beta must log every access\nclause use"),
        ('clause scope "Conf', 'clause scope "The Conf'),
    ):
        text = text.replace(words, by, 1)
        assert [plain(f) for f in checker.check(Source(text))] == [
            plain(f) for f in lint(Source(text)).findings
        ]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab,# >\n\r\t:「」\u2028", max_size=60), EDITS)
def test_a_padded_text_is_the_text(text: str, edits: list[Any]) -> None:
    padded = Padded(text)
    before = text
    for place, what in edits:
        text, before = edited(text, before, place, what), text
        try:
            padded.change(text)
        except NoRoom:
            padded = Padded(text)
        assert "".join(unit.text for unit in padded.units) == text
        assert padded.text == "".join(unit.padded() for unit in padded.units)
        assert [unit.text for unit in padded.units] == [unit.text for unit in Padded(text).units]
        whole = Source(text)
        lines = [whole.line(row + 1) for row in range(len(whole.line_starts))]
        room = Source(padded.text)
        assert [room.line(row + 1).rstrip() for row in range(len(room.line_starts))] == [
            line.rstrip() for line in lines
        ]
        for start, line in zip(room.line_starts, lines, strict=True):
            assert text[padded.offset(start) :][: len(line)] == line


def test_a_fault_of_the_engine_costs_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    text = read(CORPUS, "faulty", "demo.en.nda")
    houses = HousesOnDisk(defaults(), None, isolated=True, cache=False)
    checker = Checker()
    monkeypatch.setattr(Engine, "check", lambda *_: int("fault"))
    found = checker.findings("file:///demo.nda", Source(text), houses.of("demo.nda"))
    assert [plain(finding) for finding in found] == [
        plain(finding) for finding in lint(Source(text)).findings
    ]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", " "])
def test_what_is_inserted_at_the_end_fits_to_the_end(end: str) -> None:
    text = 'agreement "A"\n  type: mutual\nclause term\n  duration: 3 years'
    checker = Engine(Settings())
    checker.check(Source(text + "\n"))
    found = [plain(finding) for finding in checker.check(Source(text + end))]
    assert found == [plain(finding) for finding in lint(Source(text + end)).findings]


def test_a_key_in_a_sentence_leaves_all_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever takes a sentence by itself takes only the one that has changed."""
    text = read(CORPUS, "clean", "customer.en.nda")
    checker = Engine(Settings())
    checker.check(Source(text))
    looked: list[Any] = []
    look = Memo._look

    def noted(self: Memo, kept: Any, thing: Any, by: Any) -> Any:
        looked.append(thing)
        return look(self, kept, thing, by)

    monkeypatch.setattr(Memo, "_look", noted)
    for words, by in (("must not disclose", "must not disclose or copy"), ("or copy", "or  copy")):
        looked.clear()
        text = text.replace(words, by, 1)
        checker.check(Source(text))
        sentences = {id(thing) for thing in looked if isinstance(thing, Norm)}
        assert len(sentences) == 1
