"""Text of a rule file → syntax, with Lark; one mistake costs one rule, and all are reported.

Only building the tables and loading a house's own rules come here, so that Lark is not imported
where contracts are linted.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.literals import LITERALS, LiteralProblem
from nda_lint.rulebook.syntax import FileSyntax, Node, RuleSyntax, Word
from nda_lint.source import Source

if TYPE_CHECKING:
    from nda_lint.source import Span

PROPERTIES = (
    "severity", "default", "covers", "replaces", "applies", "in force", "review by", "analysis", "parameter",
    "summary", "when", "at", "related", "message", "why", "help", "cite", "fix safe", "fix unsafe",
    "bad", "good", "renumbered", "source",
)  # fmt: skip

_RULE_START = re.compile(r"^[ \t]*(?:rule|statute|condition)[ \t]", re.MULTILINE)
_PROPERTY_LINE = re.compile(r"[ \t]*([a-z]+(?: [a-z]+)?)[ \t]*[:：]")

#: Terminals of the grammar in the words of a rule author: English, Chinese.
_EXPECTED = {
    "WORD": ("a name", "名称"), "CODE": ("a code like NDA101", "如 NDA101 的代码"),
    "ROW": ("the id of a row", "表行编号"), "ENGLISH": ('a text "…"', '英文 "…"'),
    "CHINESE": ("a text 「…」", "中文「…」"), "DATE": ("a date like 2026-03-01", "如 2026-03-01 的日期"),
    "NUMBER": ("a number", "数字"), "EXAMPLE_LINE": ("lines that start with >", "以 > 开头的行"),
    "COMPARISON": ("a comparison", "比较符号"), "_COLON": ("a colon", "冒号"),
    "_COMMA": ("a comma", "逗号"), "DOT": ("a full stop", "句点"), "RPAR": ("a closing bracket", "右括号"),
    "LPAR": ("an opening bracket", "左括号"), "RULE": ("“rule”", "rule"), "$END": ("the end", "文末"),
    "UNIT": ("a unit of time", "时间单位"),
}  # fmt: skip


def grammar_text() -> str:
    """The grammar of rule files, from the package or, in a checkout, from beside it."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "grammar", package.parent / "grammar"):
        path = folder / "rules.lark"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError("grammar/rules.lark")


@cache
def _parser() -> Lark:
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=False,
        start=["start", "quantity"],
    )


def parse_rules(text: str, filename: str) -> tuple[FileSyntax, list[RuleError]]:
    """Parse one rule file. Each rule that cannot be read gives one error and is left out."""
    source = Source(text, filename)
    errors: list[RuleError] = []
    while True:
        try:
            tree = _parser().parse(text, start="start")
            break
        except UnexpectedInput as error:
            offset = _offset(error, text)
            errors.append(_explain(source, error, offset))
            text = _without_rule_at(text, offset)
    pack: Node | None = None
    shared: list[Node] = []
    rules: list[RuleSyntax] = []
    for child in tree.children:
        node = _convert(child)
        if isinstance(node, Word):
            continue
        if node.kind == "pack":
            pack = node
        elif node.kind in ("statute", "shared"):
            shared.append(node)
        else:
            rules.append(RuleSyntax(node.word(0), node.word(1), node.nodes, node.span))
    return FileSyntax(source, pack, tuple(shared), tuple(rules)), errors


def read_quantity(text: str) -> tuple[object, ...] | None:
    """The plain form of a literal such as ``CNY 500,000`` or ``3 years``; None where `text` is none."""
    try:
        node = _convert(_parser().parse(text, start="quantity"))
        if isinstance(node, Word):
            return None
        plain, _ = LITERALS[node.kind](*node.words)
    except (UnexpectedInput, LiteralProblem):
        return None
    return plain


def parse_path(text: str) -> list[str] | None:
    """The words of a placeholder such as ``x.min``, or None if it is no path."""
    words = text.strip().split(".")
    return words if all(re.fullmatch(r"[a-z][a-z0-9_]*", word) for word in words) else None


def _convert(item: Tree[Token] | Token) -> Node | Word:
    if isinstance(item, Token):
        start = item.start_pos or 0
        return Word(item.type, str(item), (start, start + len(item)))
    parts = tuple(_convert(child) for child in item.children)
    if item.meta.empty:
        return Node(item.data, parts, (0, 0))
    return Node(item.data, parts, (item.meta.start_pos, item.meta.end_pos))


def _offset(error: UnexpectedInput, text: str) -> int:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return len(text.rstrip())
    position = error.pos_in_stream
    return len(text) if position is None else position


def _without_rule_at(text: str, offset: int) -> str:
    """`text` with the rule around `offset` blanked out, so that every other span stays as it is."""
    starts = [match.start() for match in _RULE_START.finditer(text)]
    begin = max((start for start in starts if start <= offset), default=0)
    end = min((start for start in starts if start > offset), default=len(text))
    if not text[begin:end].strip():  # nothing left that could be blamed
        begin, end = 0, len(text)
    return text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]


def _explain(source: Source, error: UnexpectedInput, offset: int) -> RuleError:
    row, _ = source.position(min(offset, len(source.text)))
    line_start = source.line_starts[row - 1]
    property_line = _PROPERTY_LINE.match(source.text, line_start)
    if property_line and property_line[1] not in PROPERTIES and property_line.start(1) <= offset:
        known = {name.split()[0] if name.startswith("fix") else name for name in PROPERTIES}
        if property_line[1] not in known:
            return RuleError(
                source, property_line.span(1), "unknown-property", nearest(property_line[1], PROPERTIES),
                found=property_line[1],
            )  # fmt: skip
    if source.text[offset : offset + 1] in ('"', "「"):
        return RuleError(source, (offset, offset + 1), "unclosed")
    span, found = _found(source, error, offset)
    return RuleError(source, span, "syntax", expected=_expected(error), found=found)


def _found(source: Source, error: UnexpectedInput, offset: int) -> tuple[Span, str | tuple[str, str]]:
    if isinstance(error, UnexpectedToken):
        if error.token.type == "$END":
            return (offset, offset), ("the end of the file", "文件末尾")
        return (offset, offset + len(error.token)), f"“{error.token}”"
    word = re.compile(r"[^\s]+").match(source.text, offset)
    text = word[0] if word else source.text[offset : offset + 1]
    return (offset, offset + len(text)), f"“{text}”"


def _expected(error: UnexpectedInput) -> tuple[str, str]:
    accepted: set[str] = set()
    if isinstance(error, UnexpectedToken):
        accepted = set(error.accepts or error.expected)
    elif isinstance(error, UnexpectedCharacters):
        accepted = set(error.allowed or ())
    words = [pair for name, pair in _EXPECTED.items() if name in accepted]
    keywords = sorted(accepted & {"IS", "IN", "AND", "OR", "WITH", "OF"})
    words += [(f"“{name.lower()}”", f"“{name.lower()}”") for name in keywords]
    if any(name.startswith("_") and name not in ("_COLON", "_COMMA") for name in accepted):
        words.append(("a property", "属性"))
    if not words:
        return "something else", "其他内容"
    return " or ".join(english for english, _ in words[:6]), "或".join(chinese for _, chinese in words[:6])
