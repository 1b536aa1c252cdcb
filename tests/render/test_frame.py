"""Carets stand under what they mark, whatever the line is made of and however long it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nda_lint.render.frame import WIDTH, Mark, frame, gutter_width, window
from nda_lint.render.text import shorten, visible, wrap
from nda_lint.source import Source, display_width


def shown(text: str, *marks: Mark) -> str:
    source = Source(text)
    return "\n".join(frame(source, marks, gutter_width(source, marks), colour=False))


def mark(text: str, part: str, sign: str = "^", label: str = "") -> Mark:
    start = text.index(part)
    return Mark((start, start + len(part)), sign, "error", label)


def test_caret_under_ascii() -> None:
    text = "clause term\n  duration: 3 years\n"
    assert shown(text, mark(text, "3 years")) == (
        "  |\n"
        "2 |   duration: 3 years\n"
        "  |             ^^^^^^^"
    )  # fmt: skip


def test_caret_under_chinese_counts_cells() -> None:
    text = "条款 期限\n  期限：自签署日起 3 年\n"
    assert shown(text, mark(text, "签署日")) == (
        "  |\n"
        "2 |   期限：自签署日起 3 年\n"
        "  |           ^^^^^^"
    )  # fmt: skip


def test_tabs_expand() -> None:
    text = "\tduration:\t3 years\n"
    assert shown(text, mark(text, "3 years")).splitlines()[1:] == [
        "1 |     duration:    3 years",
        "  |                  ^^^^^^^",
    ]


def test_related_place_has_its_line_and_label() -> None:
    text = "a: one\nb: two\nc: three\n"
    assert shown(text, mark(text, "three"), mark(text, "one", "-", "the other")) == (
        "  |\n"
        "1 | a: one\n"
        "  |    --- the other\n"
        "...\n"
        "3 | c: three\n"
        "  |    ^^^^^"
    )  # fmt: skip


def test_places_on_one_line_share_it() -> None:
    text = "min: 3 max: 1\n"
    assert shown(text, mark(text, "1"), mark(text, "3", "-", "lower")).splitlines() == [
        "  |",
        "1 | min: 3 max: 1",
        "  |             ^",
        "  |      - lower",
    ]


def test_long_label_goes_below() -> None:
    text = "a: one\n"
    lines = shown(text, mark(text, "one", "-", "word " * 30)).splitlines()
    assert lines[2] == "  |    ---"
    assert all(display_width(line) <= WIDTH for line in lines)
    assert "".join(line[3:].strip() + " " for line in lines[3:]).split() == ["word"] * 30


def test_span_over_lines_shows_the_first_to_its_end() -> None:
    text = "a: one\nb: two\n"
    assert shown(text, Mark((3, 12), "^", "error")).splitlines()[1:] == ["1 | a: one", "  |    ^^^"]


def test_end_of_file_and_empty_text() -> None:
    assert shown("", Mark((0, 0), "^", "error")).splitlines() == ["  |", "1 |", "  | ^"]
    assert shown("a\n", Mark((2, 2), "^", "error")).splitlines() == ["  |", "2 |", "  | ^"]
    assert shown("a", Mark((70, 99), "^", "error")).splitlines() == ["  |", "1 | a", "  |  ^"]


def test_line_ends_are_not_marked() -> None:
    text = "a: one\r\nb: two\r\n"
    assert shown(text, Mark((3, 8), "^", "error")).splitlines()[1:] == ["1 | a: one", "  |    ^^^"]


def test_window_into_the_middle_of_a_long_line() -> None:
    text = "word " * 1000 + "HERE" + " word" * 1000
    line = shown(text, mark(text, "HERE")).splitlines()
    assert display_width(line[1]) <= WIDTH
    assert line[1].count("...") == 2
    assert line[1].index("HERE") == line[2].index("^^^^")


def test_window_with_chinese_to_the_end() -> None:
    text = "甲乙丙丁" * 5000 + "违约金"
    line = shown(text, mark(text, "违约金")).splitlines()
    assert line[1].endswith("违约金")
    assert display_width(line[1]) <= WIDTH
    assert display_width(line[1][: line[1].index("违约金")]) == line[2].index("^")
    assert line[2].endswith(" ^^^^^^")


def test_a_place_longer_than_the_window_is_marked_to_its_edge() -> None:
    text = "x" * 10_000
    line = shown(text, Mark((0, 10_000), "^", "error")).splitlines()
    assert line[1].endswith("x...")
    assert line[2].count("^") == line[1].count("x")


def test_control_characters_and_directions_are_harmless() -> None:
    assert visible("a\x00b\x1b[31m\x7f") == "a␀b␛[31m␡"
    assert visible("\u202eabc\u2066\u200f\ufeff") == "<U+202E>abc<U+2066><U+200F><U+FEFF>"
    assert visible("　 ") == "　 "
    text = "a: \u202eone two\n"
    assert shown(text, mark(text, "two")).splitlines()[1:] == [
        "1 | a: <U+202E>one two",
        "  |                ^^^",
    ]


@given(
    st.text(alphabet="aé字，\t\x00\u202e\u0301 　x", min_size=1, max_size=400),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_window_always_fits_and_agrees(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    line, left, cells = window(text, (0, len(text)), (start, end), 60)
    assert display_width(line) <= 60 or "\u0301" in text
    assert cells >= 1
    whole = visible(text[start:end])
    before = 0
    while display_width(line[:before]) < left:
        before += 1
    rest = line[before:].removesuffix("...")
    assert rest.startswith(whole) or whole.startswith(rest) or "\u0301" in text


def test_wrap_breaks_between_words_and_between_characters() -> None:
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("本合同自双方签署之日起生效，有效期三年。", 12) == [
        "本合同自双方",
        "签署之日起生",
        "效，有效期三",
        "年。",
    ]
    assert wrap("", 8) == [""]
    assert all(
        not line.startswith(("，", "。", "）", ",")) for line in wrap("甲，乙。（丙），丁,戊" * 20, 10)
    )


@given(st.text(alphabet="ab 字，。（ x", max_size=200), st.integers(6, 40))
def test_wrap_loses_nothing(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_shorten() -> None:
    assert shorten("short", 10) == "short"
    assert shorten("字" * 10, 10) == "字字字..."
