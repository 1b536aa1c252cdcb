"""``nda-lint explain``: what a rule looks for, why, by which law, with examples."""

from __future__ import annotations

import os

from nda_lint import DOCUMENTATION
from nda_lint.commands.files import houses_of
from nda_lint.console import paint
from nda_lint.discover import STDIN_FILENAME
from nda_lint.problem import UsageError
from nda_lint.render.data import rule_url
from nda_lint.render.frame import WIDTH
from nda_lint.render.full import severity_word
from nda_lint.render.rule import sections, standing
from nda_lint.render.text import visible, wrap
from nda_lint.rulebook import rulebook
from nda_lint.selection import unknown_rule
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.finding import Language
    from nda_lint.rulebook import Rule

#: What the examples of a rule are called.
EXAMPLES = {"bad": ("Wrong", "错误示例"), "good": ("Right", "正确示例")}


def run(values: Mapping[str, Any], console: Console) -> int:
    """Explain one rule."""
    house = houses_of(values).of(os.path.join(os.curdir, STDIN_FILENAME))
    with using(house.tables):
        return _run(str(values["rule"]), house.documentation, console)


def _run(word: str, documentation: str, console: Console) -> int:
    rules = rulebook().rules
    rule = next((rule for rule in rules if word.upper() == rule.code or word.lower() == rule.name), None)
    if rule is None:
        raise UsageError(*unknown_rule(word, rules))
    console.show(explanation(rule, console.language or "en", console.colour(), documentation))
    return 0


def explanation(rule: Rule, language: Language, colour: bool, documentation: str = DOCUMENTATION) -> str:
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
    lines += ["", rule_url(rule.name, language, documentation)]
    return "\n".join(lines) + "\n"
