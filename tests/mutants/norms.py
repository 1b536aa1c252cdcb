"""Operators on norms. Which mutants are defective, and how, the oracle says: the same semantics, written apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mutants.mutant import Mutant, Original, bound, simple_norms
from oracle.answers import Oracle

from nda_lint.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.contract import Norm
    from nda_lint.source import Span

_MODALITIES = {"must": ("must", "应当"), "must_not": ("must not", "不得"), "may": ("may", "可以")}
UNREACHABLE, CHOICE = "NDA322", "NDA302"


def turn_may_into_must_not(original: Original) -> Iterator[Mutant]:
    """A permission becomes a ban."""
    yield from _turned(original, "may", "must_not")


def turn_must_into_must_not(original: Original) -> Iterator[Mutant]:
    """A duty becomes a ban."""
    yield from _turned(original, "must", "must_not")


def turn_must_not_into_may(original: Original) -> Iterator[Mutant]:
    """A ban becomes a permission."""
    yield from _turned(original, "must_not", "may")


def turn_must_not_into_must(original: Original) -> Iterator[Mutant]:
    """A ban becomes a duty."""
    yield from _turned(original, "must_not", "must")


def _turned(original: Original, modality: str, into: str) -> Iterator[Mutant]:
    for norm in simple_norms(original):
        if norm.modality == modality and not (norm.only or norm.only_actors or _has_only(norm)):
            yield _judged(original, [(norm.modality_span, original.word(*_MODALITIES[into]))])


def _has_only(norm: Norm) -> bool:
    return any(part.only for parts in (norm.recipients, norm.purposes, norm.means) for part in parts) or any(
        condition.kind == "only_if" for condition in norm.conditions
    )


def drop_a_condition(original: Original) -> Iterator[Mutant]:
    """Without its unless, if or except."""
    for norm in simple_norms(original):
        for condition in norm.conditions:
            yield _judged(original, [(_with_comma(original, condition.span), "")])


def drop_a_priority(original: Original) -> Iterator[Mutant]:
    """Without its “subject to” or “notwithstanding”."""
    for norm in simple_norms(original):
        for priority in norm.priorities:
            label = original.text.index("@", priority.span[0])
            start = max(original.text.rfind(mark, norm.span[0], label) for mark in ",，")
            end = min(
                [place for mark in ",，" if (place := original.text.find(mark, label, norm.span[1])) > 0]
                or [norm.span[1]]
            )
            if start > 0:
                yield _judged(original, [((start, end), "")])


def _with_comma(original: Original, span: Span) -> Span:
    start, end = span
    while original.text[start - 1] in " ,，":
        start -= 1
    return start, end


def oppose(original: Original) -> Iterator[Mutant]:
    """The same sentence once more in the next line, with the opposite modality."""
    opposite = {"must": ("must_not",), "must_not": ("must", "may"), "may": ("must_not",)}
    for norm in simple_norms(original):
        if norm.only or norm.only_actors or _has_only(norm):
            continue
        for into in opposite[norm.modality]:
            start, end = norm.modality_span
            head = original.text[norm.label_span[1] if norm.label_span else norm.span[0] : start].strip()
            sentence = f"{head}{original.word(' ', '')}{original.word(*_MODALITIES[into])}{original.text[end : norm.span[1]]}"
            place = original.end_of_line(norm.span[1])
            yield _judged(original, [((place, place), f"\n  {sentence.strip()}")])


def repeat_with_another_time(original: Original) -> Iterator[Mutant]:
    """The same sentence once more, with another length of time."""
    for norm in simple_norms(original):
        if not any(isinstance(window.amount, int) for window in norm.windows):
            continue
        start = norm.label_span[1] if norm.label_span else norm.span[0]
        sentence = original.text[start : norm.span[1]].strip()
        window = next(window for window in norm.windows if isinstance(window.amount, int))
        amount: Any = window.amount
        other = re.sub(rf"(?<!\d){amount}(?!\d)", str(amount * 3), sentence, count=1)
        if other != sentence:
            place = original.end_of_line(norm.span[1])
            yield _judged(original, [((place, place), f"\n  {other}")])


def _judged(original: Original, edits: list[tuple[Span, str]]) -> Mutant:
    """The mutant with what the oracle finds in it. Every conflict must be found at one of its norms."""
    made = original.edited(edits)
    contract = bound(made.text)
    if contract.findings:
        return made  # not readable any more: told apart by who runs it
    line = made.text.count("\n", 0, made.places[0][0] + 1)
    changed = [
        index for index, one in enumerate(contract.norms) if made.text.count("\n", 0, one.span[0]) == line
    ]
    oracle = Oracle(contract, tables())
    codes: set[str] = set()
    places: list[Span] = []
    for index in changed:
        for other in range(len(contract.norms)):
            found = set(oracle.pair(index, other)) if index != other else set()
            if index != other and (oracle.overridden(index, other) or oracle.overridden(other, index)):
                found.add(UNREACHABLE)
            if found:
                codes |= found
                places += [contract.norms[index].span, contract.norms[other].span]
        if index in oracle.empty:
            codes.add(UNREACHABLE)
            places.append(contract.norms[index].span)
        size = oracle.shortest_bar(index)
        if size is not None and size > 1:
            codes.add(CHOICE)
            places.append(contract.norms[index].span)
    return Mutant(made.text, frozenset(codes), tuple(places) or made.places)


OPERATORS: tuple[Any, ...] = (
    turn_may_into_must_not, turn_must_into_must_not, turn_must_not_into_may, turn_must_not_into_must, drop_a_condition,
    drop_a_priority, oppose, repeat_with_another_time,
)  # fmt: skip
