"""Renaming a party, a term, a label or a grade wherever it stands."""

from __future__ import annotations

import re

from nda_lint.bind import bind
from nda_lint.finding import Edit
from nda_lint.parser import parse
from nda_lint.server.names import occurrences
from nda_lint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.contract import Contract
    from nda_lint.server.names import Occurrence
    from nda_lint.server.view import View

#: What no name has in it.
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\"“”「」『』《》{}#:：@>]")
_NOT_IN_LABELS = re.compile(r"[\s,，、()（）.。!！?？]")


class NotRenamed(ValueError):
    """Why a name cannot be given; the message is for the one who asked."""


def places_of(view: View, name: Occurrence) -> list[Occurrence]:
    """Everywhere where the same name stands."""
    return [each for each in view.names if each.sort == name.sort and each.name == name.name]


def renamed(view: View, name: Occurrence, wanted: str) -> list[Edit]:
    """The edits that call a thing `wanted`. Raises :class:`NotRenamed` where the contract would not be read as
    before with that name."""
    wanted = wanted.strip()
    if wanted == name.name:
        return []
    bad = _NOT_IN_NAMES.search(wanted) or (name.sort == "label" and _NOT_IN_LABELS.search(wanted))
    if not wanted or bad:
        found = f"“{bad[0]}”" if bad and bad[0].isprintable() else ""
        raise NotRenamed(view.pick(f"this name is not possible {found}".strip(), f"不能用作名称{found}"))
    if any(each.sort == name.sort and each.name == wanted for each in view.names):
        raise NotRenamed(view.pick(f"“{wanted}” is there already", f"“{wanted}”已经存在"))
    places = places_of(view, name)
    edits = [Edit(each.span, wanted) for each in places]
    _require_same(view, name, wanted, applied(view.text, edits), len(places))
    return edits


def applied(text: str, edits: list[Edit]) -> str:
    """A text with edits made that do not touch each other."""
    parts, end = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[end : edit.span[0]], edit.text]
        end = edit.span[1]
    return "".join([*parts, text[end:]])


def _require_same(view: View, name: Occurrence, wanted: str, text: str, count: int) -> None:
    document = parse(Source(text))
    now = [each for each in occurrences(document) if each.sort == name.sort and each.name == wanted]
    if len(now) != count or _shape(bind(document)) != _shape(view.contract):
        raise NotRenamed(
            view.pick(
                f"with the name “{wanted}” the contract would be read differently",
                f"若改名为“{wanted}”，合同将读作不同的内容",
            )
        )


def _shape(contract: Contract) -> object:
    """What must stay: the same things found wrong with the text, and as many statements of each sort."""
    return (
        sorted(finding.code for finding in contract.findings),
        [(block.kind, len(block.norms), [fact.field for fact in block.facts]) for block in contract.blocks],
    )
