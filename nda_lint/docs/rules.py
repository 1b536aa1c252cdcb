"""The catalogue of rules, in each language: an index by topic, and a page for each rule with its law, its
examples and what nda-lint prints of them.

The page of a rule is called after it, so that the address in its findings leads there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nda_lint.commands.explain import EXAMPLES
from nda_lint.docs.markdown import plain, table
from nda_lint.examples import outcomes
from nda_lint.linter import Report
from nda_lint.render.full import block, severity_word
from nda_lint.render.rule import sections, standing
from nda_lint.rulebook import rulebook
from nda_lint.source import Source, is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.examples import Outcome
    from nda_lint.finding import Language
    from nda_lint.rulebook import Rule

#: language → what the name of a page in it ends with
ENDINGS: dict[Language, str] = {"en": ".md", "zh": ".zh.md"}

_INTRO = {
    "en": """# The rules

[中文版](rules.zh.md)

What nda-lint checks, by topic; `nda-lint explain NAME` says the same of one rule. How severe a finding is may depend
on the contract: a blank in a template is information, in a contract an error. Rules are chosen with `--select`,
`--extend-select` and `--ignore`, by code (`NDA201`), beginning of a code (`NDA2`) or name; a comment in the contract
[ignores](language.md#comments-to-the-linter) one where it stands. [The rule language](rule-language.md) tells how a rule
is written, [changes of rules](rule-changes.md) what a release may do to your builds. The pages are generated from `rules/`; none of it is legal advice.
""",
    "zh": """# 规则目录

[English](rules.md)

nda-lint 检查什么，按主题排列；`nda-lint explain 名称` 对单条规则作同样的说明。严重程度可能因合同而异：留空在范本中仅作提示，
在合同中则是错误。以 `--select`、`--extend-select`、`--ignore` 选择规则，可写代码（`NDA201`）、代码的开头（`NDA2`）或者名称；合同中的注释可以
就地[忽略](language.zh.md#写给工具的注释)某条规则。规则的写法见[规则语言](rule-language.zh.md)，版本升级对构建的影响见[规则的变更](rule-changes.zh.md)。各页由 `rules/` 生成，不构成法律意见。
""",
}
_HEAD = {"en": ("code", "name", "severity", "what is wrong"), "zh": ("代码", "名称", "严重程度", "问题")}
_OTHER = {"en": "中文版", "zh": "English"}
_FILE = "example.nda"


def rule_pages() -> Iterator[tuple[str, str]]:
    """Path below `docs/` and content of the index and of every rule's page, in both languages."""
    for language, ending in ENDINGS.items():
        yield f"rules{ending}", _index(language)
    for rule in rulebook().rules:
        tried = list(outcomes(rule))
        for language, ending in ENDINGS.items():
            yield f"rules/{rule.name}{ending}", _page(rule, tried, language)


def _index(language: Language) -> str:
    book = rulebook()
    packs: dict[int, list[Rule]] = {}
    for rule in sorted(book.rules, key=lambda rule: rule.code):
        head = book.head(rule.code)
        if head is not None:
            packs.setdefault(head["pack"], []).append(rule)
    parts = [_INTRO[language]]
    for pack, rules in packs.items():
        parts.append(f"## {book.packs[pack]['title'][language == 'zh']}\n")
        parts.append(table(_HEAD[language], [_row(rule, language) for rule in rules]) + "\n")
    return "\n".join(parts)


def _row(rule: Rule, language: Language) -> tuple[str, ...]:
    severity = severity_word(rule.severity, language)
    link = f"[{rule.name}](rules/{rule.name}{ENDINGS[language]})"
    return rule.code, link, severity, plain(rule.text("summary", language))


def _page(rule: Rule, tried: list[Outcome], language: Language) -> str:
    chinese = language == "zh"
    stop = "。" if chinese else "."
    other: Language = "en" if chinese else "zh"
    index = "规则目录" if chinese else "All rules"
    lines = [
        f"# {rule.name}",
        "",
        f"[{index}](../rules{ENDINGS[language]}) · [{_OTHER[language]}]({rule.name}{ENDINGS[other]})",
        "",
        f"**{rule.code}** · {standing(rule, language)}",
        "",
        plain(rule.text("summary", language).rstrip(stop) + stop),
    ]
    for title, paragraphs in sections(rule, language):
        lines += ["", f"## {title}", ""]
        if len(paragraphs) == 1:
            lines.append(plain(paragraphs[0]))
        else:
            lines += [f"- {plain(paragraph)}" for paragraph in paragraphs]
    for kind, titles in EXAMPLES.items():
        own = [outcome for outcome in tried if outcome.kind == kind]
        own = [outcome for outcome in own if is_chinese(outcome.text) == chinese] or own[:1]
        lines += ["", f"## {titles[chinese]}"]
        for outcome in own:
            lines += _example(rule, outcome, language)
    return "\n".join(lines) + "\n"


def _example(rule: Rule, outcome: Outcome, language: Language) -> list[str]:
    """An example and, where it is a bad one, what is printed of it."""
    encoding = rule.documents[outcome.kind][outcome.number][1]
    mark = "" if encoding == "utf-8" else f" {encoding}"
    lines = ["", f"```nda{mark}", outcome.text.rstrip("\n"), "```"]
    if outcome.found:
        report = Report(Source(outcome.text, _FILE), language, list(outcome.found), None)
        printed = "\n\n".join(block(report, finding, colour=False) for finding in outcome.found)
        lines += ["", "```text", *(line.rstrip() for line in printed.splitlines()), "```"]
    return lines
