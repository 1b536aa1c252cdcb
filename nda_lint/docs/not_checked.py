"""What of the catalogue of law no rule checks, and why, in each language: a page made from
`not-checked.toml` beside this file."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING

from nda_lint.docs.markdown import plain, table
from nda_lint.tables import PACKAGE

if TYPE_CHECKING:
    from nda_lint.finding import Language

_PATH = ("docs", "not-checked.toml")
_INTRO = {
    "en": """# What is not checked

[中文版](not-checked.zh.md)

Rows of the catalogue of law and drafting practice that no rule checks, and why. All others are checked by the rule of
their name or by one that says that it covers them; see [the rules](rules.md). This page is generated from
`nda_lint/docs/not-checked.toml`; none of it is legal advice.
""",
    "zh": """# 未检查的事项

[English](not-checked.md)

法律与起草实务目录中没有规则检查的条目及其理由。其余条目由同名规则或者声明涵盖该条目的规则检查，见[规则目录](rules.zh.md)。
本页由 `nda_lint/docs/not-checked.toml` 生成，不构成法律意见。
""",
}
_HEAD = {"en": ("row", "why not"), "zh": ("条目", "理由")}


def not_checked() -> list[dict[str, str]]:
    """The rows that no rule checks: each with its ``id`` and the reason under ``en`` and ``zh``."""
    with open(os.path.join(PACKAGE, *_PATH), "rb") as stream:
        rows: list[dict[str, str]] = tomllib.load(stream)["row"]
    return rows


def not_checked_page(language: Language) -> str:
    """The page in one language."""
    rows = [(row["id"], plain(row[language])) for row in sorted(not_checked(), key=lambda row: row["id"])]
    return f"{_INTRO[language]}\n{table(_HEAD[language], rows)}\n"
