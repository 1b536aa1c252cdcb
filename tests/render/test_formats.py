"""What each format makes of the same findings."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import converters, types

from nda_lint import DOCUMENTATION
from nda_lint.finding import Cite, Edit, Finding, Fix, Related
from nda_lint.linter import Report
from nda_lint.options import FORMATS
from nda_lint.render import MODULES, renderer
from nda_lint.render.lsp import file_uri
from nda_lint.render.summary import Summary, tally
from nda_lint.source import Source, Span

ENGLISH = """\
clause liability
  liquidated damages: CNY 100,000 to CNY 10,000
  basis: per breach
"""
CHINESE = "条款 期限\n  期限：自签署日起 3 年 # 𠀀\n  期限：5 年\n"


def place(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


def english_report() -> Report:
    finding = Finding(
        "NDA201",
        "inverted-range",
        "error",
        "From CNY 100,000 to CNY 10,000: the bounds are the wrong way round.",
        place(ENGLISH, "CNY 100,000 to CNY 10,000"),
        help="Put the lower bound first.",
        related=(Related("so much for each breach", place(ENGLISH, "per breach")),),
        witness="No sum is at least CNY 100,000 and at most CNY 10,000.",
        cites=(
            Cite("民法典 art. 585", "2021-01-01"),
            Cite("Contract Law art. 114", "1999-10-01", "2020-12-31"),
            Cite("Restatement § 356"),
        ),
        fix=Fix(
            "safe",
            "swap the bounds",
            (
                Edit(place(ENGLISH, "CNY 100,000"), "CNY 10,000"),
                Edit(place(ENGLISH, "CNY 10,000"), "CNY 100,000"),
            ),
        ),
    )
    return Report(Source(ENGLISH, "a.nda"), "en", [finding], None)


def chinese_report() -> Report:
    finding = Finding(
        "NDA301",
        "conflicting-values",
        "warning",
        "期限前后不一：3 年与 5 年。",
        place(CHINESE, "5 年"),
        confidence="medium",
        related=(
            Related("另一处", place(CHINESE, "3 年")),
            Related("𠀀 之后", (CHINESE.index("𠀀") + 1,) * 2),
        ),
        help="保留其中一个。",
        cites=(Cite("《民法典》第五百一十条", "2021-01-01"),),
    )
    return Report(Source(CHINESE, "合同.nda"), "zh", [finding], None)


def clean_report() -> Report:
    return Report(Source("", "clean.nda"), "en", [], None)


def rendered(name: str, *reports: Report) -> str:
    made, summary = renderer(name), Summary()
    text = ""
    for report in reports:
        summary.add(tally(report))
        text += made.add(json.loads(json.dumps(made.piece(report))))
    return text + made.finish(summary)


def test_the_registry_and_the_option_name_the_same_formats() -> None:
    assert tuple(MODULES) == FORMATS


def test_rule_pages_are_in_the_documentation_that_the_package_names() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Documentation"] == DOCUMENTATION


def test_full_in_english() -> None:
    assert (
        rendered("full", english_report())
        == """\
error[NDA201] inverted-range: From CNY 100,000 to CNY 10,000: the bounds are the wrong way round.
 --> a.nda:2:23
  |
2 |   liquidated damages: CNY 100,000 to CNY 10,000
  |                       ^^^^^^^^^^^^^^^^^^^^^^^^^
3 |   basis: per breach
  |          ---------- so much for each breach
  |
  = witness: No sum is at least CNY 100,000 and at most CNY 10,000.
  = help: Put the lower bound first.
  = law: 民法典 art. 585 (in force since 2021-01-01)
  = law: Contract Law art. 114 (in force from 1999-10-01 to 2020-12-31)
  = law: Restatement § 356
  = fix: swap the bounds
2 -   liquidated damages: CNY 100,000 to CNY 10,000
2 +   liquidated damages: CNY 10,000 to CNY 100,000

"""
    )


def test_full_in_chinese() -> None:
    assert (
        rendered("full", chinese_report())
        == """\
警告[NDA301] conflicting-values: 期限前后不一：3 年与 5 年。
 --> 合同.nda:3:6
  |
2 |   期限：自签署日起 3 年 # 𠀀
  |                    ---- 另一处
  |                             - 𠀀 之后
3 |   期限：5 年
  |         ^^^^
  |
  = 建议：保留其中一个。
  = 依据：《民法典》第五百一十条（自 2021-01-01 起施行）

"""
    )


def test_full_never_lets_the_text_act() -> None:
    report = english_report()
    finding = report.findings[0]
    finding.message = "bad \x1b[31m\nvalue \u202e"
    report.source.filename = "a\x07.nda"
    text = rendered("full", report)
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text
    assert text.startswith("error[NDA201] inverted-range: bad ␛[31m value <U+202E>\n --> a␇.nda:2:23\n")


def test_full_counts_the_places_it_leaves_out() -> None:
    report = english_report()
    report.findings[0].related = tuple(Related("again", (0, 6)) for _ in range(30))
    text = rendered("full", report)
    assert text.count("again") == 10
    assert "... and 20 more places" in text


def test_colours_only_when_asked_for() -> None:
    assert "\x1b" not in rendered("full", english_report(), chinese_report())
    coloured = renderer("full", colour=True).piece(english_report())
    assert "\x1b[1;31merror[NDA201]\x1b[0m" in coloured


def test_concise() -> None:
    assert rendered("concise", english_report(), clean_report(), chinese_report()) == (
        "a.nda:2:23: NDA201 [inverted-range] error: "
        "From CNY 100,000 to CNY 10,000: the bounds are the wrong way round.\n"
        "合同.nda:3:6: NDA301 [conflicting-values] warning: 期限前后不一：3 年与 5 年。\n"
    )


def test_json() -> None:
    data = json.loads(rendered("json", english_report(), clean_report(), chinese_report()))
    assert list(data) == ["version", "files", "findings", "summary"]
    assert data["version"] == 1
    assert data["files"] == [
        {"filename": "a.nda", "language": "en", "findings": 1},
        {"filename": "clean.nda", "language": "en", "findings": 0},
        {"filename": "合同.nda", "language": "zh", "findings": 1},
    ]
    assert data["summary"] == {"files": 3, "errors": 1, "warnings": 1, "infos": 0, "fixable": 1}
    english, chinese = data["findings"]
    assert english == {
        "code": "NDA201",
        "name": "inverted-range",
        "severity": "error",
        "confidence": "high",
        "message": "From CNY 100,000 to CNY 10,000: the bounds are the wrong way round.",
        "filename": "a.nda",
        "location": {"row": 2, "column": 23},
        "end_location": {"row": 2, "column": 48},
        "related": [
            {
                "message": "so much for each breach",
                "filename": "a.nda",
                "location": {"row": 3, "column": 10},
                "end_location": {"row": 3, "column": 20},
            }
        ],
        "witness": "No sum is at least CNY 100,000 and at most CNY 10,000.",
        "cites": [
            {"text": "民法典 art. 585", "in_force_from": "2021-01-01", "in_force_until": None},
            {"text": "Contract Law art. 114", "in_force_from": "1999-10-01", "in_force_until": "2020-12-31"},
            {"text": "Restatement § 356", "in_force_from": None, "in_force_until": None},
        ],
        "fix": {
            "applicability": "safe",
            "message": "swap the bounds",
            "edits": [
                {
                    "location": {"row": 2, "column": 23},
                    "end_location": {"row": 2, "column": 34},
                    "text": "CNY 10,000",
                },
                {
                    "location": {"row": 2, "column": 23 + len("CNY 100,000 to ")},
                    "end_location": {"row": 2, "column": 48},
                    "text": "CNY 100,000",
                },
            ],
        },
        "url": f"{DOCUMENTATION}/rules/inverted-range.md",
    }
    assert chinese["location"] == {"row": 3, "column": 6}
    assert chinese["related"][1]["location"] == {"row": 2, "column": 19}  # characters, not UTF-16 units
    assert (chinese["witness"], chinese["fix"], chinese["confidence"]) == (None, None, "medium")


def test_json_of_nothing() -> None:
    assert json.loads(rendered("json")) == {
        "version": 1,
        "files": [],
        "findings": [],
        "summary": {"files": 0, "errors": 0, "warnings": 0, "infos": 0, "fixable": 0},
    }


def test_json_lines_are_the_findings_of_json() -> None:
    reports = english_report(), clean_report(), chinese_report()
    lines = rendered("json-lines", *reports).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(rendered("json", *reports))["findings"]


def diagnostics(*reports: Report) -> list[types.PublishDiagnosticsParams]:
    converter = converters.get_converter()
    data: list[dict[str, Any]] = json.loads(rendered("lsp", *reports))
    return [converter.structure(entry, types.PublishDiagnosticsParams) for entry in data]


def test_lsp_loads_as_the_protocol_has_it() -> None:
    english, clean, chinese = diagnostics(english_report(), clean_report(), chinese_report())
    assert english.uri.startswith("file:///") and english.uri.endswith("/a.nda")
    assert english.version is None
    assert not clean.diagnostics
    (diagnostic,) = english.diagnostics
    assert diagnostic.range == types.Range(types.Position(1, 22), types.Position(1, 47))
    assert diagnostic.severity == types.DiagnosticSeverity.Error
    assert (diagnostic.code, diagnostic.source) == ("NDA201", "nda-lint")
    assert diagnostic.code_description == types.CodeDescription(f"{DOCUMENTATION}/rules/inverted-range.md")
    assert diagnostic.related_information is not None
    assert diagnostic.related_information[0].location.uri == english.uri
    assert isinstance(diagnostic.data, dict)
    assert diagnostic.data["name"] == "inverted-range"
    assert diagnostic.data["witness"].startswith("No sum")
    assert diagnostic.data["fix"]["edits"][0]["newText"] == "CNY 10,000"
    assert chinese.uri.endswith("/%E5%90%88%E5%90%8C.nda")


def test_lsp_counts_utf16_units() -> None:
    (chinese,) = diagnostics(chinese_report())
    related = chinese.diagnostics[0].related_information
    assert related is not None
    assert related[1].location.range.start == types.Position(1, 19)  # one more than characters


def test_lsp_of_nothing() -> None:
    assert diagnostics() == []


@pytest.mark.parametrize("name", ["a b.nda", "a\udcff.nda", "%.nda", "#?.nda"])
def test_uri_of_odd_names(name: str) -> None:
    uri = file_uri(name)
    assert (
        uri.startswith("file:///") and uri.isascii() and " " not in uri and "#" not in uri and "?" not in uri
    )


def test_uri_of_standard_input() -> None:
    assert file_uri("<stdin>") == "untitled:stdin"


def test_summary_sentences() -> None:
    summary = Summary()
    summary.add(tally(clean_report()))
    assert summary.sentence("en") == "All checks passed: 1 file, no findings."
    assert summary.sentence("zh") == "检查通过：1 个文件，未发现问题。"
    summary.add(tally(english_report()))
    assert summary.language(None) == "en"
    summary.add(tally(chinese_report()))
    assert summary.sentence("en") == "Found 1 error and 1 warning in 3 files."
    assert summary.sentence("zh") == "在 3 个文件中发现 1 个错误、1 个警告。"
    assert summary.language(None) == "en" and summary.language("zh") == "zh"
    assert summary.statistics() == [
        "1  NDA201  inverted-range (error)",
        "1  NDA301  conflicting-values (warning)",
    ]
