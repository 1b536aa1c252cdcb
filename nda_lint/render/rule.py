"""What there is to say about a rule, for every output that explains one."""

from __future__ import annotations

from nda_lint.finding import Cite
from nda_lint.render.full import law, severity_word
from nda_lint.rulebook import rulebook
from nda_lint.rulebook.sources import operand
from nda_lint.rulebook.wording import wording
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nda_lint.finding import Language
    from nda_lint.rulebook import Rule

#: When a rule speaks, in English and Chinese.
STATES = {
    "on": ("on by default", "默认启用"),
    "strict": ("only with --profile strict", "仅在 --profile strict 时启用"),
    "off": ("only when selected", "仅在选择时启用"),
}


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
