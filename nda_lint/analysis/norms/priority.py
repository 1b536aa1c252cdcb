"""Which norm prevails over which, as the contract says: by reference, or by the order of its documents."""

from __future__ import annotations

from nda_lint.analysis.graphs import components
from nda_lint.analysis.priorities import Labels, labels_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.contract import Contract, Norm

_MAIN, _ANNEXES = "this_agreement", "annexes"


class Priority:
    """Answers whether a norm prevails over another, whatever they say."""

    def __init__(self, contract: Contract, tables: Mapping[str, Any]) -> None:
        self._contract = contract
        self._edges: dict[Any, list[Any]] = {}
        self._reached: dict[int, set[Any]] = {}
        self._component: dict[Any, int] = {}
        self._rank = _ranks(contract)
        self._labelled = frozenset(priority.label for norm in contract.norms for priority in norm.priorities)
        if self._labelled:
            self._labels = labels_of(contract, tables)
            self._connect(self._labels)
            for number, members in enumerate(components(self._edges)):
                if len(members) > 1:
                    self._component.update(dict.fromkeys(members, number))

    @property
    def basis(self) -> Any:
        """What decides which of two norms prevails where neither of them is new. A norm that yields to others, or others
        to it, and is named by none decides nothing between others."""
        contract, labelled = self._contract, self._labelled
        blocks = (
            {id(block) for label in labelled for block in self._labels.blocks.get(label, ())}
            if labelled
            else set()
        )
        speaking = tuple(
            norm
            for norm in contract.norms
            if norm.label in labelled
            or (norm.priorities and ("" in labelled or id(norm.block) in blocks or _goes_both_ways(norm)))
        )
        return speaking, tuple(contract.facts("general.precedence")), tuple(contract.annexes)

    def _connect(self, labels: Labels) -> None:
        """Which norm yields to which. A clause stands for its norms: ``("over", id)`` is yielded to for any of them,
        ``("under", id)`` is what all of them yield to."""
        number = {id(norm): index for index, norm in enumerate(self._contract.norms)}
        for index, norm in enumerate(self._contract.norms):
            for priority in norm.priorities:
                if priority.kind not in ("subject_to", "notwithstanding"):
                    continue
                prevails = priority.kind == "notwithstanding"
                if not priority.label:
                    self._connect_all(index)
                    continue
                others = [number[id(other)] for other in labels.norms.get(priority.label, ())]
                blocks = [] if others else labels.blocks.get(priority.label, ())
                for block in blocks:
                    if block is norm.block:
                        others += [number[id(other)] for other in block.norms if other is not norm]
                    else:
                        self._connect_clause(index, block, prevails, number)
                for other in others:
                    if other != index:
                        self._yields(other, index) if prevails else self._yields(index, other)

    def _connect_all(self, index: int) -> None:
        """All norms but those that themselves prevail over all yield to this one."""
        if "all" not in self._edges:
            self._edges["all"] = []
            for other, norm in enumerate(self._contract.norms):
                if all(priority.label for priority in norm.priorities):
                    self._yields(other, "all")
        self._yields("all", index)

    def _connect_clause(self, index: int, block: Any, prevails: bool, number: dict[int, int]) -> None:
        node = ("under" if prevails else "over", id(block))
        if node not in self._edges:
            self._edges[node] = []
            for member in block.norms:
                if prevails:
                    self._yields(number[id(member)], node)
                else:
                    self._yields(node, number[id(member)])
        if prevails:
            self._yields(node, index)
        else:
            self._yields(index, node)

    def _yields(self, one: Any, other: Any) -> None:
        self._edges.setdefault(one, []).append(other)

    def prevails(self, one: int, other: int) -> bool:
        """Whether the norm with number `one` prevails over `other`."""
        if other in self._edges:
            mine = self._component.get(one)
            if one in self._above(other) and (mine is None or mine != self._component.get(other)):
                return True
            if self._yields_to(one, other):
                return False
        elif self._yields_to(one, other):
            return False
        return self._rank.get(one, -1) < self._rank.get(other, -1) if self._both_ranked(one, other) else False

    def _yields_to(self, one: int, other: int) -> bool:
        if one not in self._edges:
            return False
        mine = self._component.get(one)
        return other in self._above(one) and (mine is None or mine != self._component.get(other))

    def _both_ranked(self, one: int, other: int) -> bool:
        return one in self._rank and other in self._rank

    def _above(self, index: int) -> set[Any]:
        """All that a norm yields to."""
        known = self._reached.get(index)
        if known is None:
            known = set()
            waiting = list(self._edges.get(index, ()))
            while waiting:
                node = waiting.pop()
                if node not in known:
                    known.add(node)
                    waiting += self._edges.get(node, ())
            self._reached[index] = known
        return known


def _goes_both_ways(norm: Norm) -> bool:
    """Whether a norm yields to one thing and prevails over another."""
    return len({priority.kind for priority in norm.priorities}) > 1


def _ranks(contract: Contract) -> dict[int, int]:
    """Norm → rank of its document, where the contract orders both the annexes and itself."""
    facts = contract.facts("general.precedence")
    if len(facts) != 1 or not contract.annexes:
        return {}
    values: list[Any] = list(facts[0].values)
    order = [value.id if value.type == "choice" else str(getattr(value, "text", "")) for value in values]
    main = order.index(_MAIN) if _MAIN in order else None
    found: dict[int, int] = {}
    for index, norm in enumerate(contract.norms):
        rank = main
        if norm.block.kind == "annex":
            names = (norm.block.name, norm.block.title, _ANNEXES)
            rank = next((rank for rank, word in enumerate(order) if word in names), None)
        if rank is not None:
            found[index] = rank
    return found
