"""Findings as plain data, for every format that machines read. Keys, codes and names are the same in
every language."""

from __future__ import annotations

from nda_lint import DOCUMENTATION
from nda_lint.render.frame import clamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.finding import Finding, Fix, Language
    from nda_lint.source import Source, Span


def rule_url(name: str, language: Language = "en", documentation: str = DOCUMENTATION) -> str:
    """The page of a rule below the address of the documentation: `rules/NAME.md`, in Chinese `rules/NAME.zh.md`."""
    return f"{documentation}/rules/{name}{'.zh.md' if language == 'zh' else '.md'}"


def finding_data(finding: Finding, source: Source, documentation: str = DOCUMENTATION) -> dict[str, Any]:
    """One finding as JSON values; rows and columns count from 1, columns in characters, ends exclusive."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "filename": source.filename,
        **_place(finding.span, source),
        "related": [
            {"message": related.message, "filename": source.filename, **_place(related.span, source)}
            for related in finding.related
        ],
        "witness": finding.witness,
        "cites": [
            {"text": cite.text, "in_force_from": cite.in_force_from, "in_force_until": cite.in_force_until}
            for cite in finding.cites
        ],
        "fix": None if finding.fix is None else _fix(finding.fix, source),
        "url": rule_url(finding.name, documentation=documentation),
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [{**_place(edit.span, source), "text": edit.text} for edit in fix.edits],
    }


def _place(span: Span, source: Source) -> dict[str, dict[str, int]]:
    start, end = clamp(span, source)
    return {"location": _position(start, source), "end_location": _position(end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    row, column = source.position(offset)
    return {"row": row, "column": column}
