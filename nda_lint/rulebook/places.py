"""Where findings stand, what their messages quote, and the edits of their fixes."""

from __future__ import annotations

from nda_lint.finding import Edit, Fix
from nda_lint.rulebook.access import ABSENT
from nda_lint.rulebook.sources import members, operand, read_by_operand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.rulebook.wording import Wording
    from nda_lint.source import Span

    Plain = tuple[Any, ...]


#: the parts of a range → whether it is the upper bound
_BOUNDS = {"value.min": False, "value.max": True}


class Places:
    """Finds places in one contract."""

    __slots__ = ("_contract",)

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def first(self, places: Plain, environment: list[Any]) -> tuple[Span, Any]:
        """The first of `places` that the contract has, with the thing that stands there; else the
        header of the agreement, else the start of the file. Of places that are marked so, the one that
        stands last in the text."""
        contract = self._contract
        later = [
            thing for place in places if place[0] == "last" for thing in self._all(place[1], environment)
        ]
        if later:
            thing = max(later, key=self.span)
            return self.span(thing), thing
        for place in places:
            if place[0] == "clause":
                block = next((block for block in contract.blocks if block.kind == place[1]), None)
                if block is not None:
                    return block.span, block
            elif place[0] == "of":
                for thing in self._things(place[1], environment):
                    return self.span(thing), thing
        if contract.agreement is not None:
            return contract.agreement.span, contract.agreement
        return (0, 0), None

    def _all(self, place: Plain, environment: list[Any]) -> list[Any]:
        """Everything that stands at a place."""
        if place[0] == "clause":
            return [block for block in self._contract.blocks if block.kind == place[1]]
        return self._things(place[1], environment) if place[0] == "of" else []

    def others(self, plain: Plain, environment: list[Any], than: Span) -> Iterator[Span]:
        """The places of everything that `plain` stands for, but for one of them; all values of a fact are one
        place, unless the one is among them."""
        together: dict[Span, Span] = {}
        if plain[0] == "values":
            for fact in self._contract.facts(plain[1]):
                whole = (fact.values[0].span[0], fact.values[-1].span[1])
                if not whole[0] <= than[0] < whole[1]:
                    together.update((value.span, whole) for value in fact.values)
        places = (self.span(thing) for thing in self._things(plain, environment))
        return (
            place for place in dict.fromkeys(together.get(place, place) for place in places) if place != than
        )

    def span(self, thing: Any) -> Span:
        """The place of a thing: the name of a definition, the header line of a block, else all of it."""
        place: Span = thing.name_span if hasattr(thing, "meanings") else thing.span
        return place

    def filled(self, template: Plain, environment: list[Any], words: Wording) -> str:
        """A text with its placeholders filled in."""
        return words.sentence(
            (part, False) if type(part) is str else (self._shown(part, environment, words), True)
            for part in template
        )

    def _shown(self, part: Plain, environment: list[Any], words: Wording) -> str:
        if part[0] == "missing":
            contract = self._contract
            return words.show(
                [key for key in part[1] if not contract.facts(key) and not contract.may_be_broken(key)]
            )
        _, plain, choice_classes = part
        if plain[0] == "part" and plain[2] in _BOUNDS:
            bound = words.bound(self._read(plain[1], environment), _BOUNDS[plain[2]])
            if bound is not None:
                return bound
        return words.show(self._read(plain, environment), choice_classes)

    def _read(self, plain: Plain, environment: list[Any]) -> Any:
        if read_by_operand(plain):
            return operand(plain)(environment)
        return members(plain)(environment)[0]

    def _things(self, plain: Plain, environment: list[Any]) -> list[Any]:
        """What `plain` stands for, as a list of things that have a place."""
        found = self._read(plain, environment)
        things = found if isinstance(found, (list, tuple)) else [found]
        return [
            thing for thing in things if thing is not None and thing is not ABSENT and hasattr(thing, "span")
        ]

    # --- fixes -----------------------------------------------------------------------------

    def fix(
        self, fix: Plain, span: Span, thing: Any, environment: list[Any], words: Wording, own: Wording
    ) -> Fix | None:
        """The edits of a fix, or None where it cannot be carried out faithfully."""
        applicability, title, edit = fix
        chinese = own.language == "zh"
        if edit[0] == "replace":
            if getattr(thing, "exclusive", None) is not None:
                return None  # "above 10" is not said by the words for 10
            template = edit[2 if chinese else 1]
            shown = [self._shown(part, environment, own) for part in template if type(part) is not str]
            if own.unknown in shown:
                return None
            edits = [Edit(span, self.filled(template, environment, own))]
        elif edit[0] == "delete":
            edits = [self._deletion(thing)] if hasattr(thing, "span") else []
        else:
            edits = [self._insertion(edit[1], edit[3 if chinese else 2], own)]
        if not edits:
            return None
        text = self.filled(title[1 if words.language == "zh" else 0], environment, words)
        return Fix(applicability, text, tuple(edits))

    def _deletion(self, thing: Any) -> Edit:
        """Takes out the lines that a statement stands on."""
        source = self._contract.source
        first, _ = source.position(thing.span[0])
        last, _ = source.position(thing.span[1])
        end = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
        return Edit((source.line_starts[first - 1], end), "")

    def _insertion(self, kind: str, lines: tuple[str, ...], own: Wording) -> Edit:
        """Puts lines below the header of the first clause of a kind, or a new clause at the end."""
        source = self._contract.source
        ending = "\r\n" if "\r\n" in source.text else "\n"
        body = "".join(f"  {line}{ending}" for line in lines)
        block = next((block for block in self._contract.blocks if block.kind == kind), None)
        if block is None:
            gap = "" if source.text.endswith(("\n", "\r")) or not source.text else ending
            if source.text.strip():  # else it is the first thing in the file
                gap += ending
            header = f"{own.name('keyword', 'CLAUSE')} {own.name('kind', kind)}{ending}"
            return Edit((len(source.text), len(source.text)), f"{gap}{header}{body}")
        row, _ = source.position(block.span[1])
        if row < len(source.line_starts):
            start = source.line_starts[row]
            return Edit((start, start), body)
        return Edit((len(source.text), len(source.text)), ending + body)
