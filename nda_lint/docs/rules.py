"""The catalogue of rules, in each language: what ``nda-lint explain`` says of every rule, on one page.

The heading of a rule is its name, so that the address in its findings leads to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nda_lint.commands.explain import EXAMPLES, sections, standing
from nda_lint.docs.markdown import plain, table
from nda_lint.render.full import severity_word
from nda_lint.rulebook import rulebook

if TYPE_CHECKING:
    from nda_lint.finding import Language
    from nda_lint.rulebook import Rule

_INTRO = {
    "en": """# The rules

[中文版](rules.zh.md)

What nda-lint checks, by topic; `nda-lint explain NAME` says the same of one rule. How severe a finding is may depend
on the contract: a blank in a template is information, in a contract an error. Rules are chosen with `--select`,
`--extend-select` and `--ignore`, by code (`NDA201`), beginning of a code (`NDA2`) or name; a comment in the contract
[ignores](language.md#comments-to-the-linter) one where it stands. [The rule language](rule-language.md) tells how a rule
is written. This page is generated from `rules/`; none of it is legal advice.
""",
    "zh": """# 规则目录

[English](rules.md)

nda-lint 检查什么，按主题排列；`nda-lint explain 名称` 对单条规则作同样的说明。严重程度可能因合同而异：留空在范本中仅作提示，
在合同中则是错误。以 `--select`、`--extend-select`、`--ignore` 选择规则，可写代码（`NDA201`）、代码的开头（`NDA2`）或者名称；合同中的注释可以
就地[忽略](language.zh.md#写给工具的注释)某条规则。规则的写法见[规则语言](rule-language.md)。本页由 `rules/` 生成，不构成法律意见。
""",
}
_HEAD = {"en": ("code", "name", "severity", "what is wrong"), "zh": ("代码", "名称", "严重程度", "问题")}


def rules_page(language: Language) -> str:
    """The page in one language."""
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
        parts += [_rule(rule, language) for rule in rules]
    return "\n".join(parts)


def _row(rule: Rule, language: Language) -> tuple[str, ...]:
    severity = severity_word(rule.severity, language)
    return rule.code, f"[{rule.name}](#{rule.name})", severity, plain(rule.text("summary", language))


def _rule(rule: Rule, language: Language) -> str:
    chinese = language == "zh"
    stop = "。" if chinese else "."
    lines = [
        f"### {rule.name}",
        "",
        f"**{rule.code}** · {standing(rule, language)}",
        "",
        plain(rule.text("summary", language).rstrip(stop) + stop),
    ]
    for title, paragraphs in sections(rule, language):
        lines += [
            "",
            f"**{title}{'：' if chinese else '.'}**{'' if chinese else ' '}{plain(' '.join(paragraphs))}",
        ]
    for key, titles in EXAMPLES.items():
        examples = rule.documents[key]
        own = [example for example in examples if is_chinese(example[0]) == chinese] or examples[:1]
        for text, encoding in own:
            mark = "" if encoding == "utf-8" else f" ({encoding})"
            lines += [
                "",
                f"{titles[chinese]}{mark}{'：' if chinese else ':'}",
                "",
                "```nda",
                text.rstrip("\n"),
                "```",
            ]
    return "\n".join(lines) + "\n"


def is_chinese(text: str) -> bool:
    """Whether an example is written in Chinese."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
