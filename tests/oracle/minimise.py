"""The shortest draft that still shows a disagreement: norms, facts and parts of norms are dropped while it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oracle.drafts import Clause, Draft

from nda_lint import contract as c
from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: parts of a norm that can go, and what is there then
_OPEN: dict[str, Any] = {
    "label": None, "only_actors": False, "only": False, "recipients": (), "purposes": (), "means": (), "in_writing": False,
    "windows": (), "conditions": (), "exceptions": (), "priorities": (), "things": (),
}  # fmt: skip
_LISTS = ("windows", "conditions", "exceptions", "priorities", "things", "actors", "actions")


def minimise(draft: Draft, disagrees: Callable[[Draft], bool]) -> Draft:
    """A draft of which nothing more can be dropped, so that it still reads as it did: what is dropped must not make a
    name unknown or a sentence unreadable. Dropping all of a half first finds most of it soon."""
    unread = _unread(draft)
    shorter = True
    while shorter:
        shorter = False
        for candidate in _shorter(draft):
            if _unread(candidate) <= unread and disagrees(candidate):
                draft, shorter = candidate, True
                break
    return draft


def _unread(draft: Draft) -> int:
    """How much of a draft is not understood."""
    findings = bind(parse(Source(draft.text()))).findings
    return sum(finding.severity == "error" and finding.code.startswith("NDA0") for finding in findings)


def _shorter(draft: Draft) -> Iterator[Draft]:
    norms = [(clause, norm) for clause in draft.clauses for norm in clause.norms]
    size = len(norms) // 2
    while size:
        for start in range(0, len(norms), size):
            gone = {id(norm) for _, norm in norms[start : start + size]}
            yield _with(draft, lambda norm, gone=gone: None if id(norm) in gone else norm)  # type: ignore[misc]
        size //= 2
    yield from _with_less_head(draft)
    for _, norm in norms:
        for other in _simpler(norm):
            yield _with(draft, lambda one, norm=norm, other=other: other if one is norm else one)  # type: ignore[misc]


def _with(draft: Draft, change: Callable[[c.Norm], c.Norm | None]) -> Draft:
    clauses = []
    for clause in draft.clauses:
        norms = [made for norm in clause.norms if (made := change(norm)) is not None]
        clauses.append(Clause(clause.kind, clause.label, list(clause.facts), norms))
    return Draft(draft.language, draft.head, clauses)


def _with_less_head(draft: Draft) -> Iterator[Draft]:
    """Without a clause that is empty, a fact or a definition."""
    for number, clause in enumerate(draft.clauses):
        others = draft.clauses[:number], draft.clauses[number + 1 :]
        if not clause.norms:
            yield Draft(draft.language, draft.head, [*others[0], *others[1]])
        for fact in clause.facts:
            facts = [one for one in clause.facts if one is not fact]
            changed = Clause(clause.kind, clause.label, facts, clause.norms)
            yield Draft(draft.language, draft.head, [*others[0], changed, *others[1]])
        if clause.label:
            yield Draft(
                draft.language, draft.head,
                [*others[0], Clause(clause.kind, None, clause.facts, clause.norms), *others[1]],
            )  # fmt: skip
    for number in range(1, len(draft.head)):
        yield Draft(draft.language, [*draft.head[:number], *draft.head[number + 1 :]], draft.clauses)


def _simpler(norm: c.Norm) -> Iterator[c.Norm]:
    """A norm without one of its parts, or with a shorter list."""
    for slot, nothing in _OPEN.items():
        if getattr(norm, slot) != nothing:
            yield _changed(norm, slot, nothing)
    for slot in _LISTS:
        members = getattr(norm, slot)
        for number in range(len(members) if len(members) > 1 else 0):
            yield _changed(norm, slot, (*members[:number], *members[number + 1 :]))
    for slot, inner in (
        ("recipients", "persons"),
        ("purposes", "words"),
        ("means", "words"),
        ("conditions", "atoms"),
    ):
        yield from _shorter_inside(norm, slot, inner)


def _shorter_inside(norm: c.Norm, slot: str, inner: str) -> Iterator[c.Norm]:
    for one in getattr(norm, slot):
        members = getattr(one, inner)
        for number in range(len(members) if len(members) > 1 else 0):
            shorter = type(one)(*(getattr(one, name) for name in one.__slots__))
            setattr(shorter, inner, (*members[:number], *members[number + 1 :]))
            if len(members) == 2:
                shorter.connective = None
            yield _changed(
                norm, slot, tuple(shorter if other is one else other for other in getattr(norm, slot))
            )


def _changed(norm: c.Norm, slot: str, value: Any) -> c.Norm:
    made = c.Norm(*(getattr(norm, name) for name in c.Norm.__slots__))
    setattr(made, slot, value)
    for members, connective in (
        ("actors", "actors_connective"), ("things", "things_connective"), ("actions", "connective"),
    ):  # fmt: skip
        if len(getattr(made, members)) < 2:
            setattr(made, connective, None)
    return made
