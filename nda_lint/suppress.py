"""Comments that silence findings, and findings about such comments.

    # nda-lint: ignore NDA303 -- the customer insisted
    # nda-lint: ignore-file missing-counterparts -- electronic only

``ignore`` is about one statement: a finding is silenced where its own place (not a related one) begins in
that statement. A word that silences nothing is *unused-ignore*; one that names no rule, and a comment or
profile that does not exist, is *unknown-rule-in-ignore*. Both can be silenced like any other finding.
"""

from __future__ import annotations

from nda_lint.finding import Edit, Finding, Fix
from nda_lint.pragmas import MISSPELT
from nda_lint.problem import did_you_mean
from nda_lint.profiles import STANDARD
from nda_lint.selection import UNAVOIDABLE, matching, unknown_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nda_lint.contract import Pragma
    from nda_lint.finding import Language
    from nda_lint.selection import Named
    from nda_lint.source import Source, Span

UNUSED = ("NDA901", "unused-ignore")
UNKNOWN = ("NDA902", "unknown-rule-in-ignore")
IGNORING = ("ignore", "ignore-file")
#: every comment there is
KINDS = (*IGNORING, "profile", "template")
_HOUSEKEEPING = frozenset({UNUSED[0], UNKNOWN[0]})


class _Ignore:
    """One rule word of one comment."""

    __slots__ = ("codes", "pragma", "span", "used", "word")

    def __init__(self, pragma: Pragma, word: str, span: Span, codes: frozenset[str]) -> None:
        self.pragma = pragma
        self.word = word
        self.span = span
        self.codes = codes
        self.used = False

    def silences(self, finding: Finding) -> bool:
        target = self.pragma.target
        if finding.code not in self.codes or finding.code in UNAVOIDABLE:
            return False
        if self.pragma.kind == "ignore-file":
            return True
        return target is not None and target[0] <= finding.span[0] <= target[1]


def suppress(
    findings: Iterable[Finding],
    pragmas: Sequence[Pragma],
    rules: Sequence[Named],
    *,
    source: Source,
    language: Language,
    checked: frozenset[str],
    left_out: frozenset[str] = frozenset(),
    profiles: tuple[str, ...] = STANDARD,
) -> list[Finding]:
    """The findings that no comment silences, with those about the comments themselves.

    `checked` are the codes of the rules of this run; `left_out` those that would have been checked by
    default: a comment for one of them is not called unused. `profiles` are the names of those there are.
    """
    if not pragmas:
        return list(findings)
    ignoring = [pragma for pragma in pragmas if pragma.kind in IGNORING]
    ignores = [
        _Ignore(pragma, word, span, matching(word, rules))
        for pragma in ignoring
        for word, span in pragma.rules
    ]
    kept = _silenced(findings, ignores)
    about = [
        _misspelt(pragma, language) if pragma.kind in ("", MISSPELT) else _no_such_comment(pragma, language)
        for pragma in pragmas
        if pragma.kind not in KINDS
    ]
    about += [
        _no_such_profile(word, span, language, profiles)
        for pragma in pragmas
        if pragma.kind == "profile"
        for word, span in pragma.rules
        if word.lower() not in profiles
    ]
    about += [_nothing_named(pragma, language) for pragma in ignoring if not pragma.rules]
    about += [_unknown(ignore, rules, language) for ignore in ignores if not ignore.codes]
    unused = [
        ignore
        for ignore in ignores
        if ignore.codes and not ignore.used and ignore.codes & checked and not ignore.codes & left_out
    ]
    about += [
        _unused(ignore, ignores, source, language) for ignore in unused if not ignore.codes <= _HOUSEKEEPING
    ]
    kept += _silenced((finding for finding in about if finding.code in checked), ignores)
    if UNUSED[0] in checked:  # comments about these two can only be judged now
        kept += [
            _unused(ignore, ignores, source, language)
            for ignore in unused
            if ignore.codes <= _HOUSEKEEPING and not ignore.used
        ]
    return kept


def _silenced(findings: Iterable[Finding], ignores: list[_Ignore]) -> list[Finding]:
    """What is left of `findings`; the ignores that took something away are marked as used."""
    kept = []
    for finding in findings:
        silencing = [ignore for ignore in ignores if ignore.silences(finding)]
        for ignore in silencing:
            ignore.used = True
        if not silencing:
            kept.append(finding)
    return kept


def _nothing_named(pragma: Pragma, language: Language) -> Finding:
    chinese = language == "zh"
    message = (
        "这条忽略注释没有写明规则，因此不起作用"
        if chinese
        else "this comment does not say which rule to ignore, so it ignores nothing"
    )
    reason = "理由" if chinese else "reason"
    return Finding(
        *UNKNOWN,
        "warning",
        message,
        pragma.span,
        help=f"# nda-lint: {pragma.kind} conflicting-values -- {reason}",
    )


def _misspelt(pragma: Pragma, language: Language) -> Finding:
    message = (
        "这条注释没有起作用：给检查工具的注释须写作 # nda-lint: ignore …"
        if language == "zh"
        else "this comment does nothing: to the linter one writes # nda-lint: ignore …"
    )
    return Finding(*UNKNOWN, "warning", message, pragma.span)


def _no_such_comment(pragma: Pragma, language: Language) -> Finding:
    english, chinese = did_you_mean(pragma.kind, KINDS)
    known = ("、" if language == "zh" else ", ").join(KINDS)
    message = (
        f"没有名为“{pragma.kind}”的注释指令（可用：{known}）{chinese}"
        if language == "zh"
        else f"there is no comment “{pragma.kind}” to the linter, only {known}{english}"
    )
    return Finding(*UNKNOWN, "warning", message, pragma.span)


def _no_such_profile(word: str, span: Span, language: Language, profiles: tuple[str, ...]) -> Finding:
    english, chinese = did_you_mean(word, profiles)
    known = ("、" if language == "zh" else ", ").join(profiles)
    message = (
        f"没有名为“{word}”的要求（可用：{known}）{chinese}"
        if language == "zh"
        else f"there is no profile “{word}”, only {known}{english}"
    )
    return Finding(*UNKNOWN, "warning", message, span)


def _unknown(ignore: _Ignore, rules: Sequence[Named], language: Language) -> Finding:
    english, chinese = unknown_rule(ignore.word, rules)
    return Finding(*UNKNOWN, "warning", chinese if language == "zh" else english, ignore.span)


def _unused(ignore: _Ignore, ignores: list[_Ignore], source: Source, language: Language) -> Finding:
    chinese = language == "zh"
    if ignore.codes <= UNAVOIDABLE:
        message = (
            f"{ignore.word} 不能被忽略：文件必须先能读懂"
            if chinese
            else f"{ignore.word} cannot be ignored: first the file must be readable"
        )
    else:
        whole_file = ignore.pragma.kind == "ignore-file"
        message = (
            f"{'本文件中' if whole_file else '此处'}没有 {ignore.word} 的问题，这条忽略是多余的"
            if chinese
            else f"nothing of {ignore.word} is found {'in this file' if whole_file else 'here'}, "
            "so this ignore does nothing"
        )
    fix = Fix("safe", "删去它" if chinese else "remove it", (_removal(ignore, ignores, source),))
    return Finding(*UNUSED, "warning", message, ignore.span, fix=fix)


def _removal(ignore: _Ignore, ignores: list[_Ignore], source: Source) -> Edit:
    """Take the word out of its list, or the comment out of the file if it is the only one."""
    words = [other for other in ignores if other.pragma is ignore.pragma]
    if len(words) > 1:
        position = words.index(ignore)
        if position:
            return Edit((words[position - 1].span[1], ignore.span[1]), "")
        return Edit((ignore.span[0], words[1].span[0]), "")
    start, end = ignore.pragma.span
    row = source.position(start)[0]
    begin = source.line_starts[row - 1]
    if source.text[begin:start].strip() or source.text[end : end + 1].strip():
        return Edit((begin + len(source.text[begin:start].rstrip()), end), "")
    after = source.line_starts[row] if row < len(source.line_starts) else len(source.text)
    return Edit((begin, after), "")
