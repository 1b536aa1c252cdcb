"""``nda-lint rules``: the catalogue, and the examples of rule files."""

from __future__ import annotations

import os

from nda_lint.commands.files import houses_of
from nda_lint.console import paint
from nda_lint.discover import STDIN_FILENAME
from nda_lint.problem import Problem, UsageError, did_you_mean
from nda_lint.render.data import rule_url
from nda_lint.render.full import severity_word
from nda_lint.render.text import shorten, visible
from nda_lint.rulebook import rulebook
from nda_lint.source import display_width
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.examples import Outcome
    from nda_lint.house import House
    from nda_lint.rulebook import Rule, Rulebook

_TEST = "test"


def run(values: Mapping[str, Any], console: Console) -> int:
    """Show all rules, by code; or run the examples of rule files."""
    words = values["words"]
    if words and words[0] != _TEST:
        english, chinese = did_you_mean(words[0], [_TEST])
        raise UsageError(
            f"rules: “{words[0]}” is nothing that can be done with rules, only “{_TEST}”{english}",
            f"rules：“{words[0]}”不可用，只能为“{_TEST}”{chinese}",
        )
    house = houses_of(values).of(os.path.join(os.curdir, STDIN_FILENAME))
    if words:
        return _test(words[1:], house, console)
    with using(house.tables):
        _show(values["output_format"], house.documentation, console)
    return 0


def _show(output_format: str, documentation: str, console: Console) -> None:
    book = rulebook()
    rules = sorted(book.rules, key=lambda rule: rule.code)
    if output_format == "json":
        from json import dumps

        entries = [dumps(_data(rule, _pack(book, rule), documentation), ensure_ascii=False) for rule in rules]
        console.emit("[\n  " + ",\n  ".join(entries) + "\n]\n" if entries else "[]\n")
    else:
        console.show("".join(f"{line}\n" for line in _table(rules, console)))


# --- the catalogue -----------------------------------------------------------------------


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


def _data(rule: Rule, pack: str, documentation: str) -> dict[str, Any]:
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
            {
                "en": english, "zh": chinese, "in_force_from": since, "in_force_until": until,
                "source": _both(source),
            }
            for english, chinese, since, until, source in documents["cites"]
        ],
        "covers": list(documents["covers"]),
        "parameters": {name: _both(texts) for name, _, *texts in documents["parameters"]},
        "url": rule_url(rule.name, documentation=documentation),
    }  # fmt: skip


def _both(pair: Sequence[str]) -> dict[str, str]:
    return {"en": pair[0], "zh": pair[1]}


# --- examples ----------------------------------------------------------------------------


def _test(paths: Sequence[str], house: House, console: Console) -> int:
    """Run the examples of the rules in files, or in those of the configuration: 1 if one comes out wrong."""
    from nda_lint.examples import outcomes

    house = house.with_rules_alone(tuple(os.path.abspath(path) for path in paths))
    codes = house.own_codes
    if not codes:
        raise Problem(
            "there are no rules to test: name a rule file, or list them under “rules” in nda-lint.toml",
            "没有可测试的规则：请给出规则文件，或者在 nda-lint.toml 的“rules”中列出",
        )
    count = wrong = 0
    with using(house.tables):
        for rule in rulebook().rules:
            if rule.code in codes:
                tried = list(outcomes(rule, house.profiles))
                failed = [outcome for outcome in tried if not outcome.right]
                count += len(tried)
                wrong += len(failed)
                console.show("".join(f"{line}\n" for line in _outcome(rule, len(tried), failed, console)))
    console.show(_summary(len(codes), count, wrong, console))
    return int(bool(wrong))


def _outcome(rule: Rule, count: int, failed: list[Outcome], console: Console) -> list[str]:
    colour = console.colour()
    if not failed:
        said = console.pick("1 example" if count == 1 else f"{count} examples", f"{count} 个示例")
        return [f"{paint('info', console.pick('ok', '通过'), colour)} {rule.code} {rule.name} ({said})"]
    lines = [f"{paint('error', console.pick('wrong', '未通过'), colour)} {rule.code} {rule.name}"]
    for outcome in failed:
        lines.append(f"  {_reason(outcome, console)}")
        lines += [f"    > {visible(line)}".rstrip() for line in outcome.text.splitlines()]
    return lines


def _reason(outcome: Outcome, console: Console) -> str:
    number = outcome.number + 1
    if outcome.unreadable:
        message = visible(outcome.unreadable[0].message)
        return console.pick(
            f"{outcome.kind} example {number} cannot be read: {message}",
            f"{outcome.kind} 示例 {number} 无法读取：{message}",
        )
    if outcome.kind == "bad":
        return console.pick(
            f"bad example {number}: the rule finds nothing in it",
            f"bad 示例 {number}：规则在其中没有发现问题",
        )
    message = visible(outcome.found[0].message)
    return console.pick(
        f"good example {number}: the rule finds fault with it: {message}",
        f"good 示例 {number}：规则误报：{message}",
    )


def _summary(rules: int, examples: int, wrong: int, console: Console) -> str:
    if console.language == "zh":
        ending = f"，{wrong} 个未通过" if wrong else "，全部通过"
        return f"{rules} 条规则，{examples} 个示例{ending}。\n"
    ending = f", {wrong} wrong" if wrong else ", all right"
    return f"{rules} {'rule' if rules == 1 else 'rules'}, {examples} {'example' if examples == 1 else 'examples'}{ending}.\n"
