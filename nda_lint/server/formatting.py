"""The canonical layout as the fewest lines that change, so that the cursor stays where it is."""

from __future__ import annotations

from itertools import takewhile

from nda_lint.finding import Edit
from nda_lint.format import NotFormattable, format_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.server.view import View


def formatting(view: View) -> list[Edit]:
    """The edits that lay the contract out; none where it is laid out, or cannot be read."""
    try:
        formatted = format_text(view.text)
    except NotFormattable:
        return []
    return [] if formatted == view.text else [_difference(view.text, formatted)]


def _difference(before: str, after: str) -> Edit:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = sum(1 for _ in takewhile(_same, zip(old, new, strict=False)))
    most = min(len(old), len(new)) - head
    pairs = zip(reversed(old[len(old) - most :]), reversed(new[len(new) - most :]), strict=True)
    tail = sum(1 for _ in takewhile(_same, pairs))
    start = sum(map(len, old[:head]))
    end = len(before) - sum(map(len, old[len(old) - tail :]))
    return Edit((start, end), "".join(new[head : len(new) - tail]))


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
