"""The formats that other programs show beside the code: SARIF, GitHub, GitLab and JUnit."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from helpers import CORPUS, ROOT
from junitparser import JUnitXml
from test_cli import nda_lint

from nda_lint import Cite, Edit, Finding, Fix, Related, Report, lint
from nda_lint.render import renderer
from nda_lint.render.summary import Summary, tally
from nda_lint.source import Source

TEXT = """\
agreement "A"
clause term @period
  duration: 3 years or 5 years
  survival: 3 years or 5 years
"""
ODD = 'a,b:c%\r\n"<&>\x01\ud800 期'


def report_of(text: str = TEXT, filename: str = "contract.nda", **options: Any) -> Report:
    return lint(text, filename=filename, **options)


def rendered(name: str, *reports: Report, summary: Summary | None = None) -> str:
    made, counted, text = renderer(name), summary or Summary(), ""
    for report in reports:
        counted.add(tally(report))
        text += made.add(json.loads(json.dumps(made.piece(report))))
    return text + made.finish(counted)


def odd_report() -> Report:
    """Everything that a finding can have, with text that formats must take care of."""
    text = "条款 期限\r\n  期限：自签署日起 3 年 # 𠀀\r  期限：5 年\n"
    place = (text.index("5 年"), text.index("5 年") + 3)
    finding = Finding(
        "NDA301", "conflicting-values", "info", ODD, place,
        help=ODD, witness=ODD, related=(Related(ODD, (0, 4)), Related("two lines", (0, len(text)))),
        cites=(Cite(ODD, "2021-01-01"),), fix=Fix("unsafe", ODD, (Edit(place, "6 年"), Edit((0, 0), "# \n"))),
    )  # fmt: skip
    return Report(Source(text, "合同 a,b#?.nda"), "zh", [finding], None)


def sarif(*reports: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("sarif", *reports))
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


# --- SARIF -----------------------------------------------------------------------------------


def test_sarif_results() -> None:
    run = sarif(report_of(select=["NDA206"]))
    assert run["columnKind"] == "unicodeCodePoints"
    first, second = run["results"]
    assert (first["ruleId"], first["level"]) == ("NDA206", "error")
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "contract.nda", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 31},
            },
            "logicalLocations": [{"name": "@period", "kind": "clause"}],
        }
    ]
    assert first["message"]["text"].startswith("“3 years or 5 years”")
    assert first["partialFingerprints"] != second["partialFingerprints"]  # the same text in the same clause
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("NDA206", "UnresolvedOption")
    assert rule["helpUri"].endswith("/rules/unresolved-option.md")
    assert rule["help"]["text"] and rule["help"]["markdown"].startswith("**Why**")
    assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_sarif_of_everything_that_a_finding_has() -> None:
    (result,) = sarif(odd_report())["results"]
    assert result["level"] == "note"
    assert unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == "合同 a,b#?.nda"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3  # a lone CR ends a line
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2]
    (fix,) = result["fixes"]
    replacements = fix["artifactChanges"][0]["replacements"]
    assert [each["insertedContent"]["text"] for each in replacements] == ["# \n", "6 年"]
    assert result["properties"]["confidence"] == "high"


def test_rules_are_told_once_and_in_order() -> None:
    run = sarif(report_of(), report_of(filename="other.nda"))
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids)) and len(ids) > 3
    assert {result["ruleId"] for result in run["results"]} == set(ids)


def test_sarif_says_how_the_run_ended() -> None:
    assert sarif(report_of("", select=["NDA206"]))["invocations"] == [
        {"executionSuccessful": True, "exitCode": 0}
    ]
    assert sarif(report_of())["invocations"][0]["exitCode"] == 1
    summary = Summary(fail_severity="never")
    log = json.loads(rendered("sarif", report_of(), summary=summary))
    assert log["runs"][0]["invocations"][0]["exitCode"] == 0


# --- fingerprints ----------------------------------------------------------------------------


def fingerprints(*reports: Report) -> list[str]:
    entries = json.loads(rendered("gitlab", *reports))
    return [entry["fingerprint"] for entry in entries]


def test_fingerprints_do_not_collide_and_do_not_depend_on_lines() -> None:
    reports = [report_of(), report_of(filename="other.nda")]
    reports += [lint(path) for path in sorted(Path(CORPUS).glob("*/*.nda"))]
    marks = fingerprints(*reports)
    assert len(marks) == len(set(marks)) > 100
    moved = report_of("# a comment\n\n" + TEXT.replace("duration: ", "duration :   "))
    assert fingerprints(moved) == fingerprints(reports[0])
    assert fingerprints(report_of(language="zh")) == fingerprints(reports[0])
    run = sarif(*reports)
    assert sorted(
        mark for result in run["results"] for mark in result["partialFingerprints"].values()
    ) == sorted(marks)


# --- GitHub ----------------------------------------------------------------------------------


def test_github() -> None:
    first, _ = rendered("github", report_of(select=["NDA206"])).splitlines()
    assert first.startswith(
        "::error file=contract.nda,line=3,endLine=3,col=13,endColumn=31,title=NDA206 unresolved-option::“3 years or"
    )


def test_github_commands_stay_on_one_line_and_keep_their_properties() -> None:
    text = rendered("github", odd_report())
    (line,) = text.split("\n")[:-1]
    assert "\r" not in line
    match = re.fullmatch(r"::notice (?P<properties>.*?)::(?P<message>.*)", line)
    assert match is not None
    properties = dict(each.split("=", 1) for each in match["properties"].split(","))
    assert list(properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert unquote(properties["file"]) == "合同 a,b#?.nda"
    assert unquote(match["message"]).startswith(ODD[:10])
    report = odd_report()
    report.findings[0].span = (0, len(report.source.text))
    assert ",col=" not in rendered("github", report)


# --- GitLab ----------------------------------------------------------------------------------


def test_gitlab_entries_have_what_code_quality_asks_for() -> None:
    entries = json.loads(rendered("gitlab", report_of(), odd_report()))
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert set(entry["location"]["lines"]) == {"begin", "end"}
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert entries[-1]["severity"] == "info"
    assert json.loads(rendered("gitlab")) == []


# --- JUnit -----------------------------------------------------------------------------------


def junit(*reports: Report, **options: Any) -> JUnitXml:
    xml = JUnitXml.fromstring(
        rendered("junit", *reports, summary=Summary(**options)).encode("utf-8", "surrogatepass")
    )
    assert isinstance(xml, JUnitXml)
    return xml


def test_junit_loads_and_counts() -> None:
    xml = junit(report_of(), odd_report(), report_of("", filename="clean.nda", select=["NDA206"]))
    contract, odd, clean = list(xml)
    assert (contract.name, contract.tests, contract.failures) == (
        "contract.nda",
        len(report_of()),
        len(report_of()),
    )
    assert [case.name for case in clean] == ["no findings"]
    (case,) = list(odd)
    assert case.classname == "合同 a,b#?.nda" and case.name == "NDA301 conflicting-values (3:6)"
    assert case.is_passed  # information fails no run
    assert xml.tests == len(report_of()) + 2 and xml.failures == len(report_of())


@pytest.mark.parametrize(
    ("options", "failing"),
    [
        ({"fail_severity": "error"}, {"error"}),
        ({"fail_severity": "warning"}, {"error", "warning"}),
        ({"fail_severity": "info"}, {"error", "warning", "info"}),
        ({"fail_severity": "never"}, set()),
        ({"let_pass": 100}, {"error"}),
        ({"let_pass": 0}, {"error", "warning"}),
        ({"exit_zero": True}, set()),
    ],
)
def test_junit_fails_where_the_run_does_and_shows_all(options: dict[str, Any], failing: set[str]) -> None:
    report = report_of()
    severities = ["error", "warning", "info"]
    for index, finding in enumerate(report):
        finding.severity = severities[index % 3]  # type: ignore[assignment]
    xml = junit(report, **options)
    (suite,) = list(xml)
    cases = list(suite)
    assert len(cases) == len(report)
    assert [not case.is_passed for case in cases] == [finding.severity in failing for finding in report]
    summary = Summary(**options)
    summary.add(tally(report))
    assert bool(xml.failures) == bool(summary.verdict())


def test_junit_counts_what_could_not_be_checked(tmp_path: Path) -> None:
    (tmp_path / "a.nda").write_bytes(b"PK\x03\x04")
    xml = JUnitXml.fromstring(nda_lint("--output-format", "junit", ".", folder=tmp_path).out)
    assert isinstance(xml, JUnitXml)
    assert (xml.errors, xml.tests) == (1, 1)


@pytest.mark.parametrize("name", ["junit", "sarif", "html"])
def test_a_report_says_why_a_file_is_not_in_it(tmp_path: Path, name: str) -> None:
    """Whoever reads it may not see standard error."""
    (tmp_path / "a.nda").write_text(TEXT)
    (tmp_path / "b & c.nda").symlink_to("gone")
    result = nda_lint("--output-format", name, ".", folder=tmp_path)
    assert result.code == 2 and "b & c.nda: no such file or folder" in result.err
    shown = result.out if name == "sarif" else html.unescape(result.out)
    assert "b & c.nda: no such file or folder" in shown
    if name == "sarif":
        (invocation,) = json.loads(result.out)["runs"][0]["invocations"]
        (told,) = invocation["toolExecutionNotifications"]
        assert (told["level"], invocation["executionSuccessful"]) == ("error", False)
        clean = json.loads(nda_lint("--output-format", name, "a.nda", folder=tmp_path).out)
        assert "toolExecutionNotifications" not in clean["runs"][0]["invocations"][0]


# --- paths, and the command ------------------------------------------------------------------


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "contracts 甲"
    inner.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (inner / "a b.nda").write_text(TEXT)
    (tmp_path / "outside.nda").write_text(TEXT)
    run = json.loads(nda_lint("--output-format", "sarif", "a b.nda", folder=inner).out)["runs"][0]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == "contracts 甲/a b.nda" and " " not in uri and uri.isascii()
    gitlab = json.loads(nda_lint("--output-format", "gitlab", str(inner), folder=tmp_path).out)
    assert {entry["location"]["path"] for entry in gitlab} == {"contracts 甲/a b.nda"}
    assert "file=contracts 甲/a b.nda," in nda_lint("--output-format", "github", ".", folder=inner).out
    outside = json.loads(nda_lint("--output-format", "sarif", "../../outside.nda", folder=inner).out)["runs"][
        0
    ]
    location = outside["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "outside.nda", "uriBaseId": "SRCROOT"} or location["uri"].startswith(
        "file:///"
    )
    from_stdin = nda_lint(
        "--output-format", "sarif", "--stdin-filename", "a b.nda", "-", folder=inner, stdin=TEXT
    )
    assert (
        json.loads(from_stdin.out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        == (run["results"][0]["locations"][0]["physicalLocation"])
    )


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "json", "lsp"])
def test_each_goes_into_a_file_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.nda").write_text(TEXT)
    shown = nda_lint("--output-format", name, "a.nda", folder=tmp_path)
    written = nda_lint("--output-format", name, "-o", "out", "a.nda", folder=tmp_path)
    assert (written.out, written.code) == ("", shown.code)
    assert (tmp_path / "out").read_text() == shown.out


@pytest.mark.parametrize("least", ["error", "warning", "info", "never"])
@pytest.mark.parametrize(
    "name", ["full", "concise", "json", "json-lines", "lsp", "sarif", "github", "gitlab", "junit"]
)
def test_what_fails_is_apart_from_what_is_shown(tmp_path: Path, name: str, least: str) -> None:
    (tmp_path / "a.nda").write_text('agreement "A"\nclause term\n  duration: 3 years\n')
    arguments = ("--output-format", name, "--select", "NDA113", "a.nda")  # a warning
    result = nda_lint("--fail-severity", least, *arguments, folder=tmp_path)
    assert "NDA113" in result.out
    assert result.code == int(least in ("warning", "info"))


def test_the_address_of_the_documentation_is_the_configuration_s(tmp_path: Path) -> None:
    (tmp_path / "a.nda").write_text(TEXT)
    (tmp_path / "nda-lint.toml").write_text('docs-url = "https://contracts.example/rules/"\n')
    page = "https://contracts.example/rules/rules/unresolved-option.md"
    for name in ("json", "json-lines", "lsp", "sarif"):
        out = nda_lint("--select", "NDA206", "--output-format", name, ".", folder=tmp_path).out
        assert page in out and "nda-lint.example/docs/rules" not in out
    assert page in nda_lint("explain", "NDA206", folder=tmp_path).out
    (tmp_path / "nda-lint.toml").write_text('docs-url = "rules"\n')
    assert "docs-url: expected an address" in nda_lint(".", folder=tmp_path).err


def test_the_help_lists_every_format() -> None:
    help_text = " ".join(nda_lint("check", "--help").out.split())
    assert all(name in help_text for name in ("sarif", "github", "gitlab", "junit"))
    assert Path(ROOT, "nda_lint", "render", "sarif.py").exists()
