"""The lines of long texts are packed between being cut and being parsed; what is read is the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nda_lint import scan
from nda_lint.bind import bind
from nda_lint.facts import facts
from nda_lint.parser import parse, stream
from nda_lint.scan import Scanner, declares_term
from nda_lint.source import Source
from nda_lint.syntax import Document, Header

CORPUS = sorted((Path(__file__).parent.parent / "corpus").rglob("*.nda"))
#: what a line can be that is not packed, or is cut in a way of its own
LINES = """\
# nda-lint: ignore NDA101
agreement "Atlas NDA" # nda-lint: ignore NDA102
party Acme "Acme Inc."
  role: discloser
party 乙方 北京某某有限公司
  role: recipient
define "Team": Acme's employees
define “Data”: technical information
clause classification
  grade "Core": "the most secret of all"
clause purpose of use
  > Prose that goes on
  > on a second line.
  the Recipient must not disclose "Data" to
clause duties
  乙方 must not use,
    copy or sell "Data"
  @one 乙方 must return "Core information within 5 days
  乙方 may disclose Core information to the "Team", # as it needs
  乙方 must not disclse “Data” except Core information
  term: 3 years
"""


def _read(source: Source, read: Callable[[Source], Document]) -> object:
    contract = bind(read(source))
    return (
        facts(contract), repr(contract.findings), repr(contract.pragmas), contract.language, contract.broken_fields
    )  # fmt: skip


def test_what_is_read_sparingly_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_SHORT_TEXT", -1)
    monkeypatch.setattr(scan, "_LINES_AT_ONCE", 3)
    texts = [LINES, LINES.replace("\n", "\r\n"), LINES.rstrip("\n"), ""]
    texts += [path.read_text(encoding="utf-8", errors="replace") for path in CORPUS]
    # Without the marks that end strings and facts much of it is cut in other ways.
    texts += [text.replace(mark, "") for text in texts[::4] for mark in '":']
    assert len(texts) > 60
    for text in texts:
        assert _read(Source(text), stream) == _read(Source(text), parse)


def test_lines_are_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_SHORT_TEXT", -1)
    sparing, whole = Scanner(Source(LINES), sparing=True), Scanner(Source(LINES))
    assert not sparing.lines
    declaring = [line for packed in sparing.packed for line in packed.declaring()]
    assert [line.atoms for line in declaring] == [line.atoms for line in whole.lines if declares_term(line)]
    lines = [line for packed in sparing.packed for line in packed]
    assert len(lines) == len(whole.lines)
    for line, expected in zip(lines, whole.lines, strict=True):
        assert line.span == expected.span
        if not isinstance(line, Header):  # those are no more than places
            for slot in ("atoms", "header", "readings", "too_long", "text"):
                assert getattr(line, slot, None) == getattr(expected, slot, None)
