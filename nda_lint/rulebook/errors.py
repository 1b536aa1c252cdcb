"""What may be wrong with a rule file, said in the words of the rule language.

A :class:`RuleError` knows its place, so that it can be shown with the line and a caret; its text
exists in English and Chinese. Everything here serves loading, not linting.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from nda_lint.source import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nda_lint.finding import Language
    from nda_lint.source import Source, Span

#: Key of the message → (English, Chinese); `{…}` are filled in.
MESSAGES: dict[str, tuple[str, str]] = {
    "syntax": ("expected {expected}, found {found}", "此处应为{expected}，实为{found}"),
    "unclosed": (
        "the quotation mark is not closed on this line",
        "引号未在本行内闭合",
    ),
    "unknown-property": ("a rule has no property “{found}”", "规则没有“{found}”这一属性"),
    "repeated-property": ("“{property}” is given twice", "“{property}”重复"),
    "missing-property": ("the rule has no “{property}”", "规则缺少“{property}”"),
    "unneeded-property": (
        "“{property}” has no meaning in a rule whose check is an analysis",
        "由分析程序检查的规则不应有“{property}”",
    ),
    "when-or-analysis": (
        "a rule has either “when” or “analysis”, not both",
        "规则只能有 when 或者 analysis 之一",
    ),
    "one-language": (
        '“{property}” needs a text in English "…" and one in Chinese 「…」',
        '“{property}”须同时有英文 "…" 与中文「…」',
    ),
    "bad-name": ("the name of a rule is in kebab case: {found}", "规则名须用连字符小写形式：{found}"),
    "repeated-rule": (
        "{found} is already the name of another rule ({where})",
        "{found} 已被另一规则使用（{where}）",
    ),
    "repeated-name": ("“{found}” is declared twice", "“{found}”重复声明"),
    "unknown-statute": ("no statute “{found}” is declared", "没有声明名为“{found}”的法律"),
    "unknown-rule": ("there is no rule {found}", "没有规则 {found}"),
    "unknown-severity": ("there is no severity “{found}”", "没有严重程度“{found}”"),
    "unknown-state": (
        "“default” is on, strict or off, not “{found}”",
        "default 只能为 on、strict 或 off，不能为“{found}”",
    ),
    "unknown-profile": ("there is no profile “{found}”", "没有配置档“{found}”"),
    "unknown-applicability": (
        "a fix is safe or unsafe, not “{found}”",
        "fix 只能为 safe 或 unsafe，不能为“{found}”",
    ),
    "unknown-encoding": ("there is no encoding “{found}”", "没有编码“{found}”"),
    "impossible-date": ("{found} is no date of the calendar", "{found} 不是有效日期"),
    "unknown-name": (
        "there is no kind of clause, collection or variable “{found}”",
        "没有名为“{found}”的条款、集合或变量",
    ),
    "unknown-type": ("there is no type of value “{found}”", "没有“{found}”这种值"),
    "unknown-kind": ("there is no kind of clause “{found}”", "没有“{found}”这种条款"),
    "unknown-field": ("{kind} has no key “{found}”", "{kind} 没有键“{found}”"),
    "unknown-attribute": ("{what} has no “{found}”", "{what}没有“{found}”"),
    "unknown-word": ("“{found}” is not something that {what} can be", "{what}不可能是“{found}”"),
    "unknown-currency": ("there is no currency {found}", "没有货币 {found}"),
    "not-comparable": ("{left} cannot be compared with {right}", "{left}不能与{right}比较"),
    "not-ordered": ("{what} has no order: use = or !=", "{what}没有大小之分，请用 = 或 !="),
    "no-quantity": ("{what} cannot be counted with", "{what}不能参与计算"),
    "list-needs-quantifier": (
        "{path} may have several values: write “contains”, or “any x in {path}: …”",
        "{path} 可能有多个值：请用“contains”或者“any x in {path}: …”",
    ),
    "not-a-list": ("{what} is no list", "{what}不是列表"),
    "no-text": ("{what} is not text", "{what}不是文字"),
    "no-condition": ("{what} says nothing that is true or false", "{what}不是可判真假的条件"),
    "no-place": ("{what} stands nowhere in a contract", "{what}在合同中没有位置"),
    "not-settable": (
        "“missing” and “exists” ask for a key, a part or a clause, not for {what}",
        "missing 与 exists 只能询问键、组成部分或条款，不能询问{what}",
    ),
    "unbound": (
        "“{found}” is not bound by an “any” that all of the rule depends on",
        "“{found}”不是由整条规则所依赖的 any 引入的变量",
    ),
    "loose-part": (
        "this does not speak of “{found}”: put brackets around “any {found} …: …” to end it before",
        "此处未提及“{found}”：请用括号将 any {found} …: … 括起，使其在此之前结束",
    ),
    "shadowed": ("“{found}” already means something else here", "“{found}”在此处已有其他含义"),
    "bad-placeholder": ("{{{found}}}: {reason}", "{{{found}}}：{reason}"),
    "no-names": ("{what} has no names in its keys", "{what}的键中没有名称"),
}

_SUGGESTION = ("did you mean {words}?", "是否想写 {words}？")


class RuleError:
    """One mistake in a rule file: what, where, and what may have been meant.

    An argument of the message is a text, or a pair of texts in English and Chinese."""

    __slots__ = ("arguments", "key", "source", "span", "suggestions")

    def __init__(
        self,
        source: Source,
        span: Span,
        key: str,
        suggestions: tuple[str, ...] = (),
        **arguments: str | tuple[str, str],
    ) -> None:
        self.source = source
        self.span = span
        self.key = key
        self.suggestions = suggestions
        self.arguments = arguments

    @property
    def position(self) -> tuple[int, int]:
        """Row and column, counted from 1."""
        return self.source.position(self.span[0])

    def message(self, language: Language = "en") -> str:
        """What is wrong, with the suggestion."""
        index = 0 if language == "en" else 1
        arguments = {
            name: value if isinstance(value, str) else value[index] for name, value in self.arguments.items()
        }
        text = MESSAGES[self.key][index].format(**arguments)
        if self.suggestions:
            joined = (" or " if language == "en" else " 或 ").join(self.suggestions)
            separator = "; " if language == "en" else "；"
            text += separator + _SUGGESTION[index].format(words=joined)
        return text

    def render(self, language: Language = "en") -> str:
        """Place, message, the line and a caret below the words meant."""
        row, column = self.position
        line = self.source.line(row)
        start = column - 1
        length = max(1, min(self.span[1] - self.span[0], len(line) - start))
        caret = " " * display_width(line[:start]) + "^" * max(1, display_width(line[start : start + length]))
        head = f"{self.source.filename}:{row}:{column}: {self.message(language)}"
        return f"{head}\n  {line}\n  {caret}"

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"RuleError({self.key!r}, {self.position}, {self.message()!r})"


class RuleErrors(ValueError):
    """Rules that cannot be loaded, with every reason."""

    def __init__(self, errors: list[RuleError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def nearest(word: str, candidates: Iterable[str], limit: int = 2) -> tuple[str, ...]:
    """The candidates that `word` is likely a slip of the pen for, best first."""
    ordered = sorted(set(candidates))
    plain = word.replace("-", "_")
    if plain in ordered:
        return (plain,)
    close = get_close_matches(word, ordered, n=limit, cutoff=0.7)
    if close:
        return tuple(close)
    parts = {part for part in plain.split("_") if len(part) > 3}
    return tuple(candidate for candidate in ordered if parts & set(candidate.split("_")))[:limit]
