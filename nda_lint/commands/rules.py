"""``nda-lint rules``: the catalogue."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.render.data import rule_url
from nda_lint.render.full import severity_word
from nda_lint.render.text import shorten
from nda_lint.rulebook import builtin
from nda_lint.source import display_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.rulebook import Rule, Rulebook


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show all rules, by code."""
    book = builtin()
    rules = sorted(book.rules, key=lambda rule: rule.code)
    if values["output_format"] == "json":
        from json import dumps

        entries = [dumps(_data(rule, _pack(book, rule)), ensure_ascii=False) for rule in rules]
        console.emit("[\n  " + ",\n  ".join(entries) + "\n]\n" if entries else "[]\n")
    else:
        console.show("".join(f"{line}\n" for line in _table(rules, console)))
    return 0


def _table(rules: list[Rule], console: Console) -> list[str]:
    """A line for each rule: code, severity, name and, as far as the line goes, what it says."""
    language = console.language or "en"
    width = console.columns()
    names = max((len(rule.name) for rule in rules), default=0)
    colour = console.colour()
    lines = []
    for rule in rules:
        word = severity_word(rule.severity, language)
        mark = {"on": " ", "strict": "*", "off": "-"}[rule.default]
        head = f"{rule.code:<7}{mark} {paint(rule.severity, word, colour)}{' ' * (8 - display_width(word))}"
        room = max(width - (7 + 2 + 8 + names + 2), 0) if width else 0
        summary = rule.text("summary", language)
        lines.append(f"{head}{rule.name:<{names}}  {shorten(summary, room) if width else summary}".rstrip())
    ending = console.pick(
        "* only with --profile strict   - only when selected   nda-lint explain RULE tells more",
        "* 仅在 --profile strict 时启用   - 仅在选择时启用   nda-lint explain RULE 查看详情",
    )
    return [*lines, "", ending]


def _pack(book: Rulebook, rule: Rule) -> str:
    head = book.head(rule.code)
    return "" if head is None else str(book.packs[head["pack"]]["name"])


def _data(rule: Rule, pack: str) -> dict[str, Any]:
    documents = rule.documents
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "default": rule.default,
        "pack": pack,
        "summary": _both(documents["summary"]),
        "why": _both(documents["why"]),
        "help": _both(documents["help"]),
        "cites": [
            {"en": english, "zh": chinese, "in_force_from": since, "in_force_until": until}
            for english, chinese, since, until, _ in documents["cites"]
        ],
        "covers": list(documents["covers"]),
        "url": rule_url(rule.name),
    }


def _both(pair: tuple[str, str]) -> dict[str, str]:
    return {"en": pair[0], "zh": pair[1]}
