"""Which norm prevails over which, where the contract says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nda_lint.contract import Contract, Norm


class Priorities:
    """The order that "subject to" and "notwithstanding" make, with what follows from it; none within a circle."""

    def __init__(self, contract: Contract, names: Any) -> None:
        self.contract = contract
        self.kinds = {
            spelling: kind
            for language in names.values()
            for kind, words in language["kind"].items()
            for word in words
            for spelling in (word, word.replace(" ", "-"))
        }
        yields = self._stated()
        self._over = {index: _reached(yields, index) for index in range(len(contract.norms))}

    def prevails(self, one: int, other: int) -> bool:
        """Whether the one prevails over the other."""
        return one in self._over[other] and other not in self._over[one]

    def _stated(self) -> dict[int, set[int]]:
        """Norm → those that it says prevail over it, or that say so themselves."""
        yields: dict[int, set[int]] = {index: set() for index in range(len(self.contract.norms))}
        for index, norm in enumerate(self.contract.norms):
            for priority in norm.priorities:
                for other in self._named(priority.label) if priority.label else self._all_others():
                    if other == index:
                        continue
                    if priority.kind == "subject_to":
                        yields[index].add(other)
                    elif priority.kind == "notwithstanding":
                        yields[other].add(index)
        return yields

    def _all_others(self) -> list[int]:
        """All that the contract says but what itself prevails over all."""
        return [
            index
            for index, norm in enumerate(self.contract.norms)
            if all(priority.label for priority in norm.priorities)
        ]

    def _named(self, label: str) -> list[int]:
        """The norms that a label stands for: those that bear it, else those of its clause."""
        norms = self.contract.norms
        found = [index for index, norm in enumerate(norms) if norm.label == label]
        return found or [index for index, norm in enumerate(norms) if self._is_in(norm, label)]

    def _is_in(self, norm: Norm, label: str) -> bool:
        if any(clause.label == label for clause in self.contract.clauses):
            return norm.block.label == label
        return norm.block.kind is not None and norm.block.kind == self.kinds.get(label)


def _reached(edges: dict[int, set[int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for target in edges[waiting.pop()]:
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found
