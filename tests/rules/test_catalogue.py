"""Every row of the catalogue of law is found in exactly one place: the name of a rule, the `covers` of a rule, or
`nda_lint/docs/not-checked.toml` with the reason. Names and `covers` are read from the rules, rows from the brief."""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest
from helpers import ROOT, SHARED, read

from nda_lint.docs.not_checked import not_checked
from nda_lint.rulebook import rulebook

FACTS = os.path.join(SHARED, "law", "facts.md")
needs_facts = pytest.mark.skipif(not os.path.isfile(FACTS), reason="the brief is not beside the checkout")
#: Where a table of rows starts, and the heading that ends it.
TABLES = (("# A. ", "# D. "), ("# D. ", "# E. "), ("### E.1", "# F. "))
_ID = re.compile(r"[A-Z]{2,}(?:-[A-Z0-9.]+)+")
#: Rows of information only, which need no rule.
_INFORMATION = re.compile(r"I(/[GF])?")


def rows() -> list[str]:
    """The ids of the rows that must be found: all of the guide's defects, and of the others those that say more than
    “for information”."""
    text = read(FACTS)
    found: list[str] = []
    for start, end in TABLES:
        column = 0
        for line in text[text.index(f"\n{start}") : text.index(f"\n{end}")].splitlines():
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            if cells[0] == "id" and "sev" in cells:
                column = cells.index("sev")
            elif line.startswith("|") and _ID.match(cells[0]):
                informs = start == "# A. " and _INFORMATION.fullmatch(cells[column])
                found += [] if informs else [row.replace(".", "-") for row in cells[0].split(" / ")]
    return found


def places() -> Counter[str]:
    """Row → in how many places it is found. A name has no full stops, so rows are compared without them."""
    found: Counter[str] = Counter()
    for rule in rulebook().rules:
        found.update({rule.name.upper(), *(row.replace(".", "-") for row in rule.documents["covers"])})
    found.update(row["id"].replace(".", "-") for row in not_checked())
    return found


@needs_facts
def test_the_rows_are_those_of_the_brief() -> None:
    kinds = Counter(row.split("-")[0] for row in rows())
    assert kinds["SEED"] == 54
    assert kinds["GEN"] > 40
    assert kinds["CN"] > 80
    assert {"VAGUE", "OPTION", "MX", "SCOPE", "ACCESS", "NOTICE", "LIT"} <= set(kinds)


@needs_facts
def test_every_row_is_found_in_exactly_one_place() -> None:
    found = places()
    missing = [row for row in rows() if not found[row]]
    assert missing == []
    assert [row for row in rows() if found[row] > 1] == []


@needs_facts
def test_at_most_a_quarter_is_not_checked() -> None:
    all_ = rows()
    waiting = [row["id"] for row in not_checked() if row["id"].replace(".", "-") in all_]
    assert len(waiting) * 4 <= len(all_)


@needs_facts
def test_what_is_not_checked_is_a_row() -> None:
    text = read(FACTS)
    assert [row["id"] for row in not_checked() if f"| {row['id']} |" not in text] == []


def test_each_row_that_is_not_checked_has_a_reason_in_both_languages() -> None:
    listed = [row["id"] for row in not_checked()]
    assert len(set(listed)) == len(listed)
    for row in not_checked():
        assert set(row) == {"id", "en", "zh"}
        assert re.search("[a-z]", row["en"])
        assert re.search("[\u4e00-\u9fff]", row["zh"])


def test_the_page_shows_every_row() -> None:
    for page in ("not-checked.md", "not-checked.zh.md"):
        shown = read(ROOT, "docs", page)
        assert [row["id"] for row in not_checked() if f"| {row['id']} |" not in shown] == []
