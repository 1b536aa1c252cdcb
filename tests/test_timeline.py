"""``nda-lint timeline`` as a process: table, JSON and picture, in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from helpers import CORPUS, SHARED, needs_shared

from nda_lint.source import display_width

SVG = "{http://www.w3.org/2000/svg}"
CLEAN = sorted(
    os.path.join(CORPUS, "clean", name) for name in os.listdir(f"{CORPUS}/clean") if name.endswith(".nda")
)
HOSTILE = (
    'agreement "<script>alert(1)</script> & \u202egnirts"\nparty Acme "A"\nclause duties\n'
    '  Acme must "burn </text><script>" documents within 3 days after signing\n'
)


def nda_lint(*arguments: str, stdin: bytes = b"", code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "nda_lint", "timeline", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


def customer(language: str) -> str:
    return os.path.join(CORPUS, "clean", f"customer.{language}.nda")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", CLEAN, ids=os.path.basename)
def test_the_table_fits_80_cells(path: str, language: str) -> None:
    for day in ([], ["--as-of", "2027-01-01"]):
        lines = nda_lint(path, "--lang", language, *day).splitlines()
        assert max(map(display_width, lines)) <= 80
        assert any("2026-" in line for line in lines)


@pytest.mark.parametrize("word", ["x" * 300, "字" * 150, "z字" * 100])
def test_words_longer_than_a_column_go_on_below(word: str) -> None:
    text = (
        f'agreement "A"\nparty Acme "A"\nclause duties\n  Acme must "{word}" within 3 days after "{word}"\n'
    )
    lines = nda_lint("-", stdin=text.encode()).splitlines()
    assert max(map(display_width, lines)) <= 80
    assert sum(line.count(word[0]) for line in lines) >= 3 * text.count(word[0]) // 2
    labels = [element.text or "" for element in picture("-", stdin=text.encode()).iter(f"{SVG}text")]
    assert max(map(display_width, labels)) < 80


def test_the_table_in_chinese() -> None:
    lines = nda_lint(customer("zh")).splitlines()
    assert lines[:2] == [
        "日期",
        "  2026-03-01                 日期 · 签署日:2026-03-01                         32",
    ]
    assert any(line.startswith("  不晚于 2029-03-12 [2]") for line in lines)
    assert any("2029-03-11 为星期日" in line for line in lines)


def test_the_table_speaks_the_language_that_is_asked_for() -> None:
    lines = nda_lint(customer("zh"), "--lang", "en").splitlines()
    assert lines[0] == "Dates"
    assert any("discovery of leak + 24" in line and "乙方应当" in line for line in lines)


def test_what_is_over() -> None:
    lines = nda_lint(customer("en"), "--as-of", "2030-01-01").splitlines()
    assert any(line.startswith("  over    2026-03-01 to 2029-03-01") for line in lines)
    assert any(line.startswith("  running 2029-03-01 to 2034-03-01") for line in lines)
    assert any(line.startswith("          discovery of leak") for line in lines)


def neutral(data: dict[str, object]) -> object:
    """The entries without what differs between languages: words of the contract, and where they stand."""
    entries = data["entries"]
    assert isinstance(entries, list)
    for entry in entries:
        for key in ("text", "location", "end_location", "name"):
            entry.pop(key)
        for point in (entry["start"], entry["end"]):
            if point is not None:
                point.pop("text")
    return entries


def test_the_data_are_the_same_in_both_languages() -> None:
    english, chinese = (
        json.loads(nda_lint(customer(language), "--output-format", "json")) for language in ("en", "zh")
    )
    assert (english["version"], english["language"], chinese["language"]) == (1, "en", "zh")
    assert neutral(english) == neutral(chinese)


def test_places_and_texts_of_the_data() -> None:
    lines = Path(customer("zh")).read_text(encoding="utf-8").splitlines()
    data = json.loads(nda_lint(customer("zh"), "--output-format", "json", "--as-of", "2027-01-01"))
    assert data["as_of"] == "2027-01-01"
    for entry in data["entries"]:
        row, column = entry["location"]["row"], entry["location"]["column"]
        end = entry["end_location"]
        assert end["row"] == row
        assert lines[row - 1][column - 1 : end["column"] - 1] == entry["text"]
    deadline = next(entry for entry in data["entries"] if "返还或者销毁保密信息" in entry["text"])
    assert deadline["end"] == {
        "date": "2029-03-11", "postponed_to": "2029-03-12", "weekend": True, "event": "termination", "direction": "after",
        "length": {"amount": 10, "unit": "day", "maximum": None, "maximum_unit": None, "bound": None},
        "special": None, "vague": None, "text": None, "assumptions": ["ends_with_term"],
    }  # fmt: skip
    assert deadline["status"] == "ahead"


@needs_shared
@pytest.mark.parametrize("name", ["customer.en.nda", "customer.zh.nda", "guide.zh.nda"])
@pytest.mark.parametrize("output_format", ["table", "json", "svg"])
def test_samples(name: str, output_format: str) -> None:
    assert nda_lint(os.path.join(SHARED, "samples", name), "--output-format", output_format)


# --- the picture -----------------------------------------------------------------------------


def picture(*arguments: str, stdin: bytes = b"") -> ET.Element:
    return ET.fromstring(nda_lint(*arguments, "--output-format", "svg", stdin=stdin))  # noqa: S314 - our own


def shapes(root: ET.Element, category: str, tag: str) -> list[ET.Element]:
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class", "").split()[0] == category]
    return [shape for group in groups for shape in group.iter(f"{SVG}{tag}")]


def test_a_picture_has_a_mark_for_each_entry() -> None:
    data = json.loads(nda_lint(customer("en"), "--output-format", "json"))
    root = picture(customer("en"))
    assert len(list(root.iter(f"{SVG}g"))) == len(data["entries"])
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Time line: Customer Confidentiality Agreement"
    assert root.get("role") == "img"
    monthly = next(entry for entry in data["entries"] if entry["key"] == "storage.server_backup")
    assert monthly["next"] == "2026-04-01"
    assert len(shapes(root, "reviews", "line")) > 36


def test_bars_stand_in_their_order() -> None:
    term, survival = shapes(picture(customer("zh")), "term", "rect")[:2]
    left, width = float(term.attrib["x"]), float(term.attrib["width"])
    assert float(survival.attrib["x"]) == pytest.approx(left + width, abs=0.2)
    assert float(survival.attrib["width"]) / width == pytest.approx(5 / 3, rel=0.01)
    assert "assumed" in survival.attrib["class"]
    assert "assumed" not in term.attrib["class"]


def test_nothing_leaves_the_picture() -> None:
    for path in CLEAN:
        root = picture(path, "--as-of", "2100-01-01")
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for text in root.iter(f"{SVG}text"):
            assert 0 < float(text.attrib["x"]) < width
            assert 0 < float(text.attrib["y"]) < height


def test_without_a_day_the_picture_counts_from_the_start() -> None:
    text = Path(customer("en")).read_text(encoding="utf-8").replace("  signed: 2026-03-01\n", "")
    root = picture("-", stdin=text.encode())
    labels = [element.text for element in root.iter(f"{SVG}text")]
    assert {"start", "+1 year", "signing + 3 years"} <= set(labels)
    assert not any("2001" in (label or "") for label in labels)


def test_a_picture_of_very_much_says_what_it_leaves_out() -> None:
    norms = "".join(
        f"  Acme must return documents within {days} days after signing\n" for days in range(1, 251)
    )
    text = f'agreement "A"\nparty Acme "A"\nclause dates\n  signed: 2026-03-01\nclause duties\n{norms}'
    root = picture("-", stdin=text.encode())
    assert len(list(root.iter(f"{SVG}g"))) == 200
    assert "and 51 more, in the table" in [element.text for element in root.iter(f"{SVG}text")]


def test_what_stands_in_a_contract_is_no_markup() -> None:
    output = nda_lint("-", "--output-format", "svg", stdin=HOSTILE.encode())
    assert "<script" not in output
    assert "\u202e" not in output
    ET.fromstring(output)  # noqa: S314 - our own


def test_times_that_nothing_fixes() -> None:
    empty = b'agreement "A"\n'
    assert nda_lint("-", stdin=empty) == "The contract names no times.\n"
    assert json.loads(nda_lint("-", "--output-format", "json", stdin=empty))["entries"] == []
    assert list(picture("-", stdin=empty).iter(f"{SVG}g")) == []


def test_into_a_file(tmp_path: Path) -> None:
    target = tmp_path / "line.svg"
    assert nda_lint(customer("en"), "--output-format", "svg", "-o", str(target)) == ""
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_a_contract_with_errors_shows_what_could_be_read() -> None:
    text = b'agreement "A"\nclause term\n  duration: 3 years from 2026-03-01\n  survival 5 years\n'
    assert "2026-03-01 to 2029-03-01" in nda_lint("-", stdin=text, code=1)
