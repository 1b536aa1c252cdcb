"""Atoms and tokens."""

from __future__ import annotations

import pytest

from nda_lint.lexer import Lexer, Names, atoms_of, chinese_number, joined, normalise
from nda_lint.tables import tables


def tokens(text: str, names: Names | None = None) -> list[tuple[str, object]]:
    """The best candidate at each place."""
    text = normalise(text)
    lexer = Lexer(text, atoms_of(text), tables()["lexicon"], names or Names())
    found: list[tuple[str, object]] = []
    index = 0
    while index < len(lexer.atoms):
        candidates = lexer.candidates(index)
        if not candidates:
            found.append(("?", lexer.atoms[index][3]))
            index += 1
            continue
        end, terminal, identifier = candidates[0]
        found.append((terminal, identifier))
        index = end
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3), ("十", 10), ("十八", 18), ("二十", 20), ("三十六", 36), ("一百零五", 105), ("两千", 2000),
        ("壹拾万", 100_000), ("一万五千", 15_000), ("二〇二六", 2026), ("一亿二千万", 120_000_000), ("十万", 100_000),
        ("叁佰万", 3_000_000),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10,000", 10_000), ("1.5", "1.5"), ("10万", 100_000), ("1 亿", 100_000_000), ("1.5 万", 15_000),
        ("壹拾万", 100_000), ("１０", 10), ("2.50", "2.5"), ("1,234,567.80", "1234567.8"), ("eighteen", 18),
    ],
)  # fmt: skip
def test_numbers(text: str, number: object) -> None:
    assert tokens(text) == [("NUMBER", number)]


def test_a_comma_that_does_not_mark_thousands_separates() -> None:
    assert [kind for kind, _ in tokens("1,00")] == ["NUMBER", "COMMA", "NUMBER"]


def test_the_longest_word_wins_in_chinese() -> None:
    assert tokens("应当") == [("MUST", None)]
    assert tokens("不得泄露技术信息")[0] == ("MUST_NOT", None)
    assert tokens("第三人不得") == [("PERSON", "third_party"), ("MUST_NOT", None)]
    assert tokens("知悉泄密") == [("EVENT", "discovery_of_leak")]


def test_english_words_end_at_word_boundaries() -> None:
    assert tokens("must not")[0] == ("MUST_NOT", None)
    assert tokens("must notify") == [("MUST", None), ("ACTION", "notify")]
    assert tokens("mustard")[0] == ("?", "mustard")


def test_white_space_between_the_words_of_a_keyword_is_free() -> None:
    assert tokens("must \t  not") == [("MUST_NOT", None)]
    assert tokens("不 得") == [("MUST_NOT", None)]


def test_the_longest_declared_name_wins() -> None:
    names = Names()
    names.add("甲", "NAME", "甲")
    names.add("甲方公司", "NAME", "甲方公司")
    assert tokens("甲方公司不得", names) == [("NAME", "甲方公司"), ("MUST_NOT", None)]


def test_full_width_forms_keep_their_places() -> None:
    text = "期限：３ 年，金额"
    assert len(normalise(text)) == len(text)
    assert normalise(text).startswith("期限:3 年,")


@pytest.mark.parametrize("text", ['"a b"', "“a b”", "「a b」", "『a b』", "《a b》"])
def test_all_quotation_marks_are_equal(text: str) -> None:
    assert [(atom[0], atom[3]) for atom in atoms_of(text)] == [("s", "a b")]


@pytest.mark.parametrize("text", ["____", "[ ]", "[●]", "【 】", "XX", "【】"])
def test_blanks(text: str) -> None:
    assert [atom[0] for atom in atoms_of(text)] == ["b"]


def test_xx_within_a_word_is_no_blank() -> None:
    assert [atom[0] for atom in atoms_of("XXL")] == ["w"]


@pytest.mark.parametrize(
    "text", ["2026-03-01", "1 March 2026", "2026 年 3 月 1 日", "2026年3月1日", "March 1, 2026"]
)
def test_dates_are_one_atom(text: str) -> None:
    assert [atom[0] for atom in atoms_of(text)] == ["d"]


def test_phrases_are_joined_alike_whatever_the_spacing() -> None:
    assert joined(atoms_of("two  words")) == "two words"
    assert joined(atoms_of("两 个 字")) == "两个字"


@pytest.mark.parametrize(
    "text",
    [
        "Beta must protect and must not disclose and use documents and return every copy",
        "乙方应当保护并且不得披露和使用文件并返还任何副本",
    ],
)
def test_what_depends_on_a_patch_is_looked_up_again(text: str) -> None:
    def lexer_of() -> Lexer:
        return Lexer(text, atoms_of(text), tables()["lexicon"], Names())

    lexer = lexer_of()
    everywhere = range(len(lexer.atoms))
    unpatched = [lexer.candidates(index) for index in everywhere]
    depends = False
    for place in everywhere:
        for patch in ((place + 1, "MUST", None), (place + 1, "OBJECT", "copy")):
            lexer.patch(place, patch)
            fresh = lexer_of()
            fresh.patches[place] = patch
            patched = [fresh.candidates(index) for index in everywhere]
            assert [lexer.candidates(index) for index in everywhere] == patched
            depends |= patched[:place] != unpatched[:place]
            lexer.patch(place, None)
            assert [lexer.candidates(index) for index in everywhere] == unpatched
    # Whether "and" joins sentences is told by what follows; 并 always does.
    assert depends == text.isascii()
