"""The clean contracts say nothing, lose what is taken from them and no more; the guide shows its defects."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from helpers import CORPUS, SHARED, needs_shared, read

from nda_lint.rulebook import rulebook

#: the code that a section of this kind leaves behind when it is taken out
REQUIRED = {
    "scope": "NDA102", "term": "NDA103", "liability": "NDA105", "disputes": "NDA106", "counterparts": "NDA107",
    "amendment": "NDA108",
}  # fmt: skip
KINDS = {
    "en": {kind: kind for kind in REQUIRED},
    "zh": {
        "scope": "保密范围", "term": "期限", "liability": "违约责任", "disputes": "争议解决", "counterparts": "份数",
        "amendment": "修改",
    },
}  # fmt: skip
#: what may follow from a section that is gone: names and references to it, and the rest of what it held
CONSEQUENCES = {
    "scope": {"NDA109", "NDA110", "NDA401", "NDA402", "NDA405"},
    "term": {"NDA104", "NDA402", "NDA405"},
    "liability": {"NDA402", "NDA405"},
    "disputes": {"NDA402", "NDA405"},
    "counterparts": {"NDA402", "NDA405"},
    "amendment": {"NDA402", "NDA405"},
}


def findings(text: str) -> list[dict[str, Any]]:
    """What the command finds in a text, run as a process."""
    run = subprocess.run(
        [sys.executable, "-m", "nda_lint", "check", "--isolated", "--output-format", "json", "-"],
        input=text.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode in (0, 1), run.stderr.decode()
    found: list[dict[str, Any]] = json.loads(run.stdout)["findings"]
    return found


def without_clause(text: str, keyword: str, kind: str) -> str:
    """`text` without the clauses of a kind."""
    header = re.compile(
        rf"^{keyword}\s*{kind}\b.*?(?=^(?:{keyword}|annex|附件)|\Z)", re.MULTILINE | re.DOTALL
    )
    shorter, count = header.subn("", text)
    assert count, kind
    return shorter


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", REQUIRED)
def test_a_required_section_that_is_taken_out_is_missed(language: str, kind: str) -> None:
    text = read(CORPUS, "clean", f"customer.{language}.nda")
    assert findings(text) == []
    shorter = without_clause(text, "clause" if language == "en" else "条款", KINDS[language][kind])
    found = {str(finding["code"]) for finding in findings(shorter)}
    assert REQUIRED[kind] in found
    assert found <= {REQUIRED[kind]} | CONSEQUENCES[kind]


@pytest.mark.parametrize(
    ("language", "keys"),
    [
        ("en", "survival|trade secret survival|personal information survival|surviving clauses"),
        ("zh", "存续|商业秘密存续|个人信息存续|存续条款"),
    ],
)
def test_survival_that_is_taken_out_is_missed(language: str, keys: str) -> None:
    text = read(CORPUS, "clean", f"customer.{language}.nda")
    shorter, count = re.subn(
        rf"^\s*(?:{keys})\s*[:：].*(?:\n\s+[^:：\n>]*,?$)*\n", "", text, flags=re.MULTILINE
    )
    assert count
    found = {str(finding["code"]) for finding in findings(shorter)}
    assert "NDA104" in found
    assert found <= {"NDA104", "NDA402", "NDA405"}


@needs_shared
def test_the_guide_shows_its_defects() -> None:
    text = read(SHARED, "samples", "guide.zh.nda")
    found = findings(text)
    assert not [finding for finding in found if str(finding["code"]).startswith("NDA0")]
    known = {rule.name for rule in rulebook().rules}
    reported: dict[str, set[int]] = {}
    for finding in found:
        rows = reported.setdefault(str(finding["name"]), set())
        places: list[Any] = [finding, *finding["related"]]
        for place in places:
            rows.update(range(place["location"]["row"], place["end_location"]["row"] + 1))
    missed = []
    for line in read(SHARED, "samples", "guide.zh.must").splitlines():
        row, _, names = line.partition(" ")
        wanted = [name for name in names.split("|") if name in known]
        if line.startswith("#") or not wanted:
            continue
        there = [
            name
            for name in wanted
            if name in reported and (name.startswith("missing-") or int(row) in reported[name])
        ]
        if not there:
            missed.append(line)
    assert missed == []
