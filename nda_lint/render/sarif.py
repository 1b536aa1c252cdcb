"""Findings as SARIF 2.1.0, for code scanning and for viewers.

Paths are relative to the root of the repository, columns count characters, and a finding has the same fingerprint
wherever its line moves to.
"""

from __future__ import annotations

from json import dumps

from nda_lint import DOCUMENTATION, __version__
from nda_lint.identity import Clauses
from nda_lint.render.data import rule_url
from nda_lint.render.frame import clamp
from nda_lint.render.lsp import file_uri
from nda_lint.render.repository import Repository, fingerprints
from nda_lint.render.rule import sections
from nda_lint.rulebook import rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.finding import Finding, Fix, Language
    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary
    from nda_lint.rulebook import Rule
    from nda_lint.source import Source, Span

    Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "SRCROOT"
#: The version of what fingerprints are made from.
_FINGERPRINT = "ndaLintFinding/v1"


class Renderer:
    """``--output-format sarif``."""

    def __init__(self, colour: bool) -> None:
        self._repository = Repository()
        self._described: dict[tuple[str, Language], Json] = {}
        self._results: list[str] = []
        self._rules: dict[str, Json] = {}

    def piece(self, report: Report) -> tuple[list[str], dict[str, Json]]:
        """The results of the file, and what there is to say about their rules."""
        source = report.source
        path = self._repository.path(source.filename)
        clauses = Clauses(report.contract)
        artifact = _artifact(path, source.filename)
        results = [
            dumps(_result(report, finding, artifact, mark, clauses), ensure_ascii=False)
            for finding, mark in fingerprints(report, path or source.filename)
        ]
        codes = dict.fromkeys(finding.code for finding in report.findings)
        return results, {code: self._rule(code, report) for code in codes}

    def add(self, piece: tuple[list[str], dict[str, Json]]) -> str:
        """Nothing can be written before the last file."""
        results, rules = piece
        self._results += results
        for code, rule in rules.items():
            self._rules.setdefault(code, rule)
        return ""

    def finish(self, summary: Summary) -> str:
        """The whole log; a line for each result."""
        rules = [self._rules[code] for code in sorted(self._rules)]
        driver = {
            "name": "nda-lint",
            "version": __version__,
            "semanticVersion": __version__,
            "informationUri": DOCUMENTATION,
            "rules": rules,
        }
        invocation: Json = {"executionSuccessful": not summary.unchecked, "exitCode": summary.verdict()}
        if summary.problems:
            language = summary.language(None)
            invocation["toolExecutionNotifications"] = [
                {"level": "error", "message": {"text": problem.text(language)}}
                for problem in summary.problems
            ]
        run: Json = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": [],
        }
        log = dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        results = ",\n".join(self._results)
        return (
            log.replace('"results": []', f'"results": [\n{results}\n]' if results else '"results": []') + "\n"
        )

    def _rule(self, code: str, report: Report) -> Json:
        key = (code, report.language)
        if key not in self._described:
            rule = next(rule for rule in rulebook().rules if rule.code == code)
            self._described[key] = _rule(rule, report.language, report.documentation)
        return self._described[key]


def _rule(rule: Rule, language: Language, documentation: str) -> Json:
    """What code scanning shows beside a finding."""
    summary = rule.text("summary", language)
    said = sections(rule, language)
    url = rule_url(rule.name, language, documentation)
    plain = "\n\n".join(f"{title}\n" + "\n".join(paragraphs) for title, paragraphs in said)
    marked = "\n\n".join(f"**{title}**\n\n" + "\n\n".join(paragraphs) for title, paragraphs in said)
    pack = (rulebook().head(rule.code) or {}).get("pack")
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": said[0][1][0] if said else summary},
        "help": {"text": f"{plain}\n\n{url}", "markdown": f"{marked}\n\n[{rule.name}]({url})"},
        "helpUri": url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default == "on"},
        "properties": {
            "tags": ["contract", *([rulebook().packs[pack]["name"]] if pack is not None else [])],
            "problem.severity": _LEVELS[rule.severity].replace("note", "recommendation"),
        },
    }


def _result(report: Report, finding: Finding, artifact: Json, fingerprint: str, clauses: Clauses) -> Json:
    source = report.source
    location: Json = {"physicalLocation": _physical(finding.span, source, artifact)}
    clause = clauses.at(finding.span[0])
    if clause:
        location["logicalLocations"] = [{"name": clause, "kind": "clause"}]
    message = "\n".join(text for text in (finding.message, finding.witness, finding.help) if text)
    result: Json = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "properties": {
            "confidence": finding.confidence,
            "witness": finding.witness,
            "cites": [cite.text for cite in finding.cites],
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": related.message},
                "physicalLocation": _physical(related.span, source, artifact),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, source, artifact)]
    return result


def _fix(fix: Fix, source: Source, artifact: Json) -> Json:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}}
        for edit in sorted(fix.edits, key=lambda edit: edit.span)
    ]
    return {
        "description": {"text": fix.message},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"applicability": fix.applicability},
    }


def _physical(span: Span, source: Source, artifact: Json) -> Json:
    return {"artifactLocation": artifact, "region": _region(span, source)}


def _region(span: Span, source: Source) -> Json:
    start, end = clamp(span, source)
    (row, column), (last_row, last_column) = source.position(start), source.position(end)
    return {"startLine": row, "startColumn": column, "endLine": last_row, "endColumn": last_column}


def _artifact(path: str | None, filename: str) -> Json:
    """Where the file is: from the root of the repository, or where that does not have it, by its whole address."""
    if path is None or filename == "<stdin>":
        return {"uri": file_uri(filename)}
    import os
    from urllib.parse import quote

    return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}
