"""The transcribed forms are whole, and contracts in two languages say the same in both."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nda_lint.bind import bind
from nda_lint.facts import facts
from nda_lint.parser import parse
from nda_lint.source import Source

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SOURCES = ROOT.parent / "shared" / "forms"

#: transcription → the texts it was made from
FORMS = {
    "commonpaper-mutual.en.nda": (
        "commonpaper-mutual-nda-1.0-coverpage.md",
        "commonpaper-mutual-nda-1.0.md",
    ),
    "commonpaper-one-way.en.nda": ("commonpaper-one-way-nda.txt",),
    "bonterms-mutual.en.nda": ("bonterms-mutual-nda.md",),
    "papertrail-individual-or-company.en.nda": ("papertrail-nda-short-individual-or-corporate.md",),
}

#: Two contracts, not one in two languages: what is misspelt in one has no like in the other.
_APART = frozenset(("encoding.en.nda", "language.en.nda"))

#: The English files of contracts that are there in both languages.
PAIRS = [
    path
    for path in sorted(CORPUS.glob("*/*.en.nda"))
    if path.name not in _APART and path.with_name(path.name.replace(".en.", ".zh.")).exists()
]

#: Keys of the facts under which names and free text stand; these may differ between languages.
_TEXTS = frozenset(("text", "title", "name", "label", "prose", "language"))

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]*>")
_TABLE_RULE = re.compile(r"^\|[:\-| ]+\|$", re.MULTILINE)
_NUMBERING = re.compile(r"^\s*(\d+\.|-)\s+", re.MULTILINE)
_BLANK = re.compile(r"\[[^\]]*\]")
_FIELD = re.compile(r"\{[a-z_]+\}")
_NAME = re.compile(r"\{@?([^{}]*)\}")
_UNREAD = re.compile(r"[\s\"“”'’*_#|]")
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_SENTENCE = re.compile(r"(?<=[.:;])\s+|\n+")


def contract(path: Path) -> Any:
    return bind(parse(Source(path.read_text(encoding="utf-8"), path.name)))


def without_texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: None if key in _TEXTS else without_texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_texts(item) for item in data]
    return data


@pytest.mark.parametrize("english", PAIRS, ids=lambda path: path.name)
def test_both_languages_say_the_same(english: Path) -> None:
    chinese = english.with_name(english.name.replace(".en.", ".zh."))
    assert without_texts(facts(contract(chinese))) == without_texts(facts(contract(english)))


@pytest.mark.parametrize(
    "english", [path for path in PAIRS if path.parent.name == "forms"], ids=lambda path: path.name
)
def test_a_translated_form_has_every_paragraph(english: Path) -> None:
    chinese = english.with_name(english.name.replace(".en.", ".zh."))
    assert [len(block.paragraphs) for block in contract(chinese).blocks] == [
        len(block.paragraphs) for block in contract(english).blocks
    ]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("forms/*.nda")), ids=lambda path: path.name)
def test_every_sentence_of_a_form_is_read(path: Path) -> None:
    read = contract(path)
    assert [finding.message for finding in read.findings] == []
    head = read.source.text.partition("\nagreement" if ".en." in path.name else "\n协议")[0]
    assert "CC BY 4.0" in head or "CC0 1.0" in head
    assert "# nda-lint: template\n# nda-lint: profile common-law" in head


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.skipif(not SOURCES.is_dir(), reason="the published forms are not beside this checkout")
def test_the_wording_of_a_form_is_complete_and_nothing_is_added(name: str) -> None:
    text = "\n".join((SOURCES / source).read_text(encoding="utf-8") for source in FORMS[name])
    text = _NUMBERING.sub("", _TABLE_RULE.sub("", _TAG.sub("", _LINK.sub(r"\1", text))))
    paragraphs = [
        paragraph.text for block in contract(CORPUS / "forms" / name).blocks for paragraph in block.paragraphs
    ]
    prose = plain(_NAME.sub(r"\1", "\n".join(paragraphs)))
    published = plain(_FIELD.sub("", text))
    left_out = [part for part in sentences(_FIELD.sub("", text)) if plain(part) not in prose]
    added = [
        part
        for paragraph in paragraphs
        for part in sentences(_NAME.sub(r"\1", _LINE_END.sub(" ", paragraph)))
        if plain(part) not in published
    ]
    assert left_out == []
    assert added == []


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(_BLANK.sub("", text)) if plain(part)]


def plain(text: str) -> str:
    """A text without white space, quotation marks, markup and what is left to fill in."""
    return _UNREAD.sub("", _BLANK.sub("", text))


def said(name: str) -> set[str]:
    """What a form says: ``kind.key: id`` of its facts, ``action: id`` of the words of its norms."""
    bound = contract(CORPUS / "forms" / name)
    values = {
        f"{field}: {value.id}"
        for field, of_key in bound.facts_by_field.items()
        for fact in of_key
        for value in fact.values
        if value.type == "choice"
    }
    for norm in bound.norms:
        words = [word.id for group in (*norm.means, *norm.purposes) for word in group.words]
        words += [atom.id for condition in norm.conditions for atom in condition.atoms]
        words += [window.event.id for window in norm.windows if window.event]
        words += ["in writing"] if norm.in_writing else []
        values |= {f"{action.id}: {word}" for action in norm.actions for word in words}
    return values


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        (
            f"commonpaper-{name}.nda",
            {"termination.effect_on_duties: duties_continue", "terminate: in writing"}
            | {"assign: merger_or_acquisition", "assign: reorganisation", "assign: transfer_of_business"},
        )
        for name in ("mutual.en", "mutual.zh", "one-way.en")
    ]
    + [
        (
            "bonterms-mutual.en.nda",
            {"termination.effect_on_duties: duties_continue", "terminate: notice"}
            | {"assign: merger_or_acquisition", "assign: reorganisation", "assign: transfer_of_business"},
        ),
        (
            "papertrail-individual-or-company.en.nda",
            {"applicability.persons: assignees", "use: violating_securities_law"},
        ),
    ],
)
def test_what_a_form_says_is_no_weaker_in_its_transcription(name: str, statements: set[str]) -> None:
    assert statements <= said(name)


def test_in_the_one_way_form_only_the_discloser_is_free_of_the_duty_to_deal() -> None:
    bound = contract(CORPUS / "forms" / "commonpaper-one-way.en.nda")
    for field in ("general.obligation_to_disclose", "general.obligation_to_deal"):
        assert [fact.name for fact in bound.facts(field)] == ["Discloser"]


def test_the_short_form_counts_from_a_written_decision() -> None:
    bound = contract(CORPUS / "forms" / "papertrail-individual-or-company.en.nda")
    (duration,) = bound.facts("term.duration")
    assert duration.values[0].event.id == "written_decision_on_transaction"
