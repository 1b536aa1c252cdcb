"""``nda-lint explain``: what a rule looks for, why, by which law, with examples."""

from __future__ import annotations

from nda_lint.console import paint
from nda_lint.finding import Cite
from nda_lint.problem import UsageError
from nda_lint.render.data import rule_url
from nda_lint.render.frame import WIDTH
from nda_lint.render.full import law, severity_word
from nda_lint.render.text import visible, wrap
from nda_lint.rulebook import builtin
from nda_lint.selection import unknown_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


def run(values: Mapping[str, Any], console: Console) -> int:
    """Explain one rule."""
    word = str(values["rule"])
    rules = builtin().rules
    rule = next((rule for rule in rules if word.upper() == rule.code or word.lower() == rule.name), None)
    if rule is None:
        raise UsageError(*unknown_rule(word, rules))
    console.show(explanation(rule, console.language or "en", console.colour()))
    return 0


def explanation(rule: Rule, language: Language, colour: bool) -> str:
    """All that there is to say about a rule, at 80 columns."""
    chinese = language == "zh"
    documents = rule.documents
    severity = paint(rule.severity, severity_word(rule.severity, language), colour)
    state = (
        f"（{severity}，{STATES[rule.default][1]}）"
        if chinese
        else f" ({severity}, {STATES[rule.default][0]})"
    )
    lines = [
        f"{paint('strong', f'{rule.code} {rule.name}', colour)}{state}",
        "",
        *wrap(visible(rule.text("summary", language)), WIDTH),
    ]

    def section(english: str, chinese_title: str, paragraphs: Sequence[str]) -> None:
        if any(paragraphs):
            title = chinese_title if chinese else english
            lines.extend(["", paint("strong", title, colour)])
            for paragraph in paragraphs:
                lines.extend(f"  {line}" for line in wrap(visible(paragraph), WIDTH - 2))

    section("Why", "原因", [rule.text("why", language)])
    section("What to do", "建议", [rule.text("help", language)])
    cites = [Cite(cite[chinese], cite[2], cite[3]) for cite in documents["cites"]]
    section("Law", "依据", [law(cite, language) for cite in cites])
    for key, english, chinese_title in (("bad", "Wrong", "错误示例"), ("good", "Right", "正确示例")):
        for text, _ in documents[key]:
            lines += ["", paint("strong", chinese_title if chinese else english, colour)]
            lines += [f"  {visible(line)}".rstrip() for line in text.splitlines()]
    lines += ["", rule_url(rule.name)]
    return "\n".join(lines) + "\n"
