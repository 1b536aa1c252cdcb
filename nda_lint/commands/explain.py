"""``nda-lint explain``: what a rule looks for, why, by which law, with examples."""

from __future__ import annotations

import os

from nda_lint.commands.files import houses_of
from nda_lint.console import paint
from nda_lint.discover import STDIN_FILENAME
from nda_lint.finding import Cite
from nda_lint.problem import UsageError
from nda_lint.render.data import rule_url
from nda_lint.render.frame import WIDTH
from nda_lint.render.full import law, severity_word
from nda_lint.render.text import visible, wrap
from nda_lint.rulebook import rulebook
from nda_lint.rulebook.sources import operand
from nda_lint.rulebook.wording import wording
from nda_lint.selection import unknown_rule
from nda_lint.tables import tables, using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.finding import Language
    from nda_lint.rulebook import Rule

#: When a rule speaks, in English and Chinese.
STATES = {
    "on": ("on by default", "默认启用"),
    "strict": ("only with --profile strict", "仅在 --profile strict 时启用"),
    "off": ("only when selected", "仅在选择时启用"),
}
#: What the examples of a rule are called.
EXAMPLES = {"bad": ("Wrong", "错误示例"), "good": ("Right", "正确示例")}


def run(values: Mapping[str, Any], console: Console) -> int:
    """Explain one rule."""
    with using(houses_of(values).of(os.path.join(os.curdir, STDIN_FILENAME)).tables):
        return _run(str(values["rule"]), console)


def _run(word: str, console: Console) -> int:
    rules = rulebook().rules
    rule = next((rule for rule in rules if word.upper() == rule.code or word.lower() == rule.name), None)
    if rule is None:
        raise UsageError(*unknown_rule(word, rules))
    console.show(explanation(rule, console.language or "en", console.colour()))
    return 0


def explanation(rule: Rule, language: Language, colour: bool) -> str:
    """All that there is to say about a rule, at 80 columns."""
    severity = severity_word(rule.severity, language)
    words = standing(rule, language).replace(severity, paint(rule.severity, severity, colour), 1)
    lines = [
        paint("strong", f"{rule.code} {rule.name}", colour)
        + (f"（{words}）" if language == "zh" else f" ({words})"),
        "",
        *wrap(visible(rule.text("summary", language)), WIDTH),
    ]
    for title, paragraphs in sections(rule, language):
        lines.extend(["", paint("strong", title, colour)])
        for paragraph in paragraphs:
            lines.extend(f"  {line}" for line in wrap(visible(paragraph), WIDTH - 2))
    for key, titles in EXAMPLES.items():
        for text, _ in rule.documents[key]:
            lines += ["", paint("strong", titles[language == "zh"], colour)]
            lines += [f"  {visible(line)}".rstrip() for line in text.splitlines()]
    lines += ["", rule_url(rule.name, language)]
    return "\n".join(lines) + "\n"


def standing(rule: Rule, language: Language) -> str:
    """How severe the rule is and when it speaks, with what profiles make of it."""
    chinese = language == "zh"
    head = rulebook().head(rule.code) or {}
    severities, defaults = dict(head["severity_in"]), dict(head["default_in"])
    parts = [
        f"{severity_word(rule.severity, language)}{'，' if chinese else ', '}{STATES[rule.default][chinese]}"
    ]
    for profile in dict.fromkeys([*severities, *defaults]):
        said = []
        if profile in severities:
            said.append(severity_word(severities[profile], language))
        if profile in defaults:
            said.append(STATES[defaults[profile]][chinese])
        joined = ("，" if chinese else ", ").join(said)
        parts.append(f"--profile {profile}{'：' if chinese else ': '}{joined}")
    return ("；" if chinese else "; ").join(parts)


def sections(rule: Rule, language: Language) -> list[tuple[str, list[str]]]:
    """Title and paragraphs of what there is to say beyond the summary."""
    chinese = language == "zh"
    settable = parameters(rule, language)
    spoken = {name: value for name, value, _ in settable}
    found = [
        ("原因" if chinese else "Why", [_filled(rule.text("why", language), spoken)]),
        ("建议" if chinese else "What to do", [_filled(rule.text("help", language), spoken)]),
        (
            "参数" if chinese else "Parameters",
            [f"{name} = {value}{'：' if chinese else ': '}{text}" for name, value, text in settable],
        ),
        ("依据" if chinese else "Law", _law(rule, language)),
    ]
    return [(title, paragraphs) for title, paragraphs in found if any(paragraphs)]


def _law(rule: Rule, language: Language) -> list[str]:
    """What a rule cites, with the times in which it is in force, its sources, and when to look again."""
    chinese = language == "zh"
    lines = []
    for *texts, since, until, source in rule.documents["cites"]:
        line = law(Cite(texts[chinese], since, until), language)
        if source[chinese]:
            line += f"。来源：{source[chinese]}" if chinese else f". Source: {source[chinese]}"
        lines.append(line)
    day = rule.documents["review_by"]
    if day:
        lines.append(
            f"须于 {day} 前复核：法律可能已有变化"
            if chinese
            else f"To be reviewed by {day}: the law may have changed"
        )
    return lines


def parameters(rule: Rule, language: Language) -> list[tuple[str, str, str]]:
    """Name, value and meaning of what a house may set of a rule."""
    chinese = language == "zh"
    words = wording(None, tables()["names"], language)
    return [
        (name, words.show(operand(literal)([])), texts[chinese])
        for name, literal, *texts in rule.documents["parameters"]
    ]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A text of a rule with its parameters filled in; what a contract would fill in stays as it is."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
