"""What a mutant is, and the edits of a text that make one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nda_lint.contract import Block, Contract, Fact, Norm
    from nda_lint.source import Span


@dataclass(frozen=True)
class Mutant:
    """A contract with one thing changed.

    `codes` are the rules of which one must speak, `places` the spans in `text` of which the finding must touch one, by
    itself or by a place related to it. No codes: nothing is wrong with it, by what it says.
    """

    text: str
    codes: frozenset[str]
    places: tuple[Span, ...]


class Original:
    """A clean contract and what operators ask of it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.contract: Contract = bound(text)

    @property
    def chinese(self) -> bool:
        return self.contract.language == "zh"

    def word(self, english: str, chinese: str) -> str:
        """The word of the contract's language."""
        return chinese if self.chinese else english

    @cached_property
    def facts(self) -> list[Fact]:
        return [fact for block in self.contract.blocks for fact in block.facts]

    def fact(self, field: str) -> Fact | None:
        """The only fact of a field."""
        found = self.contract.facts(field)
        return found[0] if len(found) == 1 else None

    def values(self, type_: str) -> Iterable[tuple[Fact, Any]]:
        """Each fact with one value, of this type, and the value."""
        return (
            (fact, fact.value) for fact in self.facts if len(fact.values) == 1 and fact.value.type == type_
        )

    def written(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def with_text(self, span: Span, text: str, *codes: str) -> Mutant:
        """With other text in a place, where a finding is expected."""
        return self.edited([(span, text)], *codes)

    def edited(self, edits: list[tuple[Span, str]], *codes: str) -> Mutant:
        """With several edits, at any of which a finding is expected."""
        text, places, shift = self.text, [], 0
        for (start, end), new in sorted(edits):
            text = text[: start + shift] + new + text[end + shift :]
            places.append((start + shift, start + shift + max(len(new), 1)))
            shift += len(new) - (end - start)
        return Mutant(text, frozenset(codes), tuple(places))

    def with_line_after(self, span: Span, line: str, *codes: str) -> Mutant:
        """With a line more behind that which has this place; both are places where a finding may stand."""
        end = self.end_of_line(span[1])
        made = self.with_text((end, end), f"\n  {line}", *codes)
        return Mutant(made.text, made.codes, (*made.places, span))

    def end_of_line(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def lines_of(self, block: Block) -> Span:
        """A block with the line feed behind it."""
        blocks = self.contract.blocks
        place = blocks.index(block)
        end = blocks[place + 1].span[0] if place + 1 < len(blocks) else len(self.text)
        return self.text.rfind("\n", 0, block.span[0]) + 1, self.text.rfind("\n", 0, end) + 1 or end

    def line_of(self, span: Span) -> Span:
        """The whole lines of a place with the line feed behind them."""
        return self.text.rfind("\n", 0, span[0]) + 1, min(self.end_of_line(span[1]) + 1, len(self.text))


def bound(text: str) -> Contract:
    """The contract of a text."""
    return bind(parse(Source(text, "contract.nda")))


def simple_norms(original: Original) -> list[Norm]:
    """The norms that are a sentence each, with a modality of one word."""
    norms = original.contract.norms
    spans = [norm.span for norm in norms]
    return [norm for norm in norms if spans.count(norm.span) == 1]
