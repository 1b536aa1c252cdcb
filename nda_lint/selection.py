"""Which rules are meant by a word, and which rules a run checks.

A word is a rule's code (``NDA301``, in any case), its name (``conflicting-values``), a prefix of codes that
ends in digits or with their letters (``NDA3``, ``NDA``, ``CN``), or ``ALL``.
"""

from __future__ import annotations

from nda_lint.problem import UsageError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Named(Protocol):
        """What a rule must tell to be chosen."""

        @property
        def code(self) -> str:
            """Such as ``NDA301``."""

        @property
        def name(self) -> str:
            """Such as ``conflicting-values``."""


#: Without these a file has not been read as what it says, so no selection and no comment hides them.
UNAVOIDABLE = frozenset({"NDA001", "NDA006"})
_DIGITS = "0123456789"
#: How many digits of a code number the rules of a family.
_IN_FAMILY = 2


def matching(word: str, rules: Iterable[Named]) -> frozenset[str]:
    """The codes of the rules that `word` means; none where it means nothing."""
    code = word.upper()
    if code == "ALL":
        return frozenset(rule.code for rule in rules)
    name = word.lower()
    letters = code.rstrip(_DIGITS)
    return frozenset(
        rule.code
        for rule in rules
        if rule.name == name or (rule.code.startswith(code) and rule.code.rstrip(_DIGITS) == letters)
    )


def require_known(words: Iterable[str], rules: Sequence[Named], flag: str) -> None:
    """Raise :class:`UsageError` for the first of `words` that means no rule."""
    for word in words:
        if not matching(word, rules):
            english, chinese = unknown_rule(word, rules)
            raise UsageError(f"{flag}: {english}", f"{flag}：{chinese}")


def unknown_rule(word: str, rules: Sequence[Named]) -> tuple[str, str]:
    """The sentence for a word that means no rule, in English and Chinese."""
    near = _nearest_code(word.upper(), [rule.code for rule in rules])
    known = [near] if near else [*(rule.name for rule in rules), *(rule.code for rule in rules)]
    english, chinese = did_you_mean(word, known)
    return f"there is no rule “{word}”{english}", f"没有名为“{word}”的规则{chinese}"


def _nearest_code(word: str, codes: Iterable[str]) -> str | None:
    """The code meant by one that there is not: of the same family, with its digits swapped or one of them
    wrong."""
    if not word[-_IN_FAMILY:].isdigit() or not word[:-_IN_FAMILY].rstrip(_DIGITS).isalpha():
        return None

    def difference(code: str) -> tuple[bool, int, int]:
        return (
            sorted(code) != sorted(word),
            sum(one != other for one, other in zip(code, word, strict=True)),
            abs(int(code[-_IN_FAMILY:]) - int(word[-_IN_FAMILY:])),
        )

    family = [code for code in codes if code[:-_IN_FAMILY] == word[:-_IN_FAMILY] and len(code) == len(word)]
    return min(family, key=difference, default=None)


def selected(
    rules: Sequence[Named],
    by_default: frozenset[str],
    *,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> frozenset[str]:
    """The codes to check: `select` replaces those `by_default`, `extend_select` adds, `ignore` takes away;
    the more exact word prevails (``--select NDA301 --ignore NDA3`` checks NDA301)."""
    chosen = set() if select else set(by_default)
    steps = [(_exactness(word), 0, word) for word in (*select, *extend_select)]
    steps += [(_exactness(word), 1, word) for word in ignore]
    for _, takes_away, word in sorted(steps):
        if takes_away:
            chosen -= matching(word, rules)
        else:
            chosen |= matching(word, rules)
    return frozenset(chosen) | UNAVOIDABLE


def _exactness(word: str) -> int:
    """The longer a prefix the more exact; a name is as exact as a whole code."""
    if word.upper() == "ALL":
        return 0
    return 100 if "-" in word or len(word) >= len("NDA301") else len(word)
