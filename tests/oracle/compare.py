"""The engine against the oracle: every pair of norms of a contract, and every witness."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from oracle.answers import FORBIDDEN, INCOMPATIBLE, PERMITTED, UNREACHABLE, Oracle
from oracle.witness import OF_ONE_DEED, stated

from nda_lint.analysis.norms import analyse
from nda_lint.bind import bind
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.analysis.norms import Conflict
    from nda_lint.contract import Contract


@dataclass
class Tally:
    """What was compared, and where the two sides differ."""

    pairs: int = 0
    contradictions: int = 0
    witnesses: int = 0
    disagreements: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.pairs += other.pairs
        self.contradictions += other.contradictions
        self.witnesses += other.witnesses
        self.disagreements += other.disagreements

    def __str__(self) -> str:
        return (
            f"pairs: {self.pairs}, contradictions: {self.contradictions}, witnesses: {self.witnesses}, "
            f"disagreements: {len(self.disagreements)}"
        )


def compare_text(text: str) -> Tally:
    """Both sides on the text of a contract."""
    return compare(bind(parse(Source(text))))


def compare(contract: Contract) -> Tally:
    """Both sides on a contract."""
    return Comparison(contract).tally


class Comparison:
    """Both sides, and what each says."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.oracle = Oracle(contract, tables())
        self.numbers = {id(norm): number for number, norm in enumerate(contract.norms)}
        self.tally = Tally()
        try:
            self.conflicts = analyse(contract, tables())
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            self.conflicts = []
            self.tally.disagreements.append(f"the engine gives up: {error!r}")
            return
        self.tally.contradictions = len(self.conflicts)
        self.tally.disagreements += [
            *self._pairs(), *self._choices(), *self._unreachable(), *self._witnesses()
        ]  # fmt: skip

    def _of(self, conflict: Conflict) -> tuple[int, ...]:
        return tuple(self.numbers[id(norm)] for norm in conflict.norms)

    def _quoted(self, *norms: int) -> str:
        text = self.contract.source.text
        return "\n".join("    " + text[slice(*self.contract.norms[norm].span)].strip() for norm in norms)

    def _differ(self, what: str, engine: object, oracle: object, *norms: int) -> str:
        return f"{what}: engine {engine}, oracle {oracle}\n{self._quoted(*norms)}"

    # --- pairs -----------------------------------------------------------------------------

    def _pairs(self) -> Iterator[str]:
        found: dict[frozenset[int], dict[str, str]] = defaultdict(dict)
        for conflict in self.conflicts:
            norms = frozenset(self._of(conflict))
            if conflict.code == UNREACHABLE or len(norms) != 2:
                continue
            if conflict.code in found[norms]:
                yield self._differ("said twice", conflict.code, "once", *norms)
            found[norms][conflict.code] = conflict.severity
        for one, other in self.oracle.pairs():
            self.tally.pairs += 1
            engine, oracle = found[frozenset((one, other))], self.oracle.pair(one, other)
            if engine != oracle:
                yield self._differ("pair", engine, oracle, one, other)

    # --- duties with a choice ----------------------------------------------------------------

    def _choices(self) -> Iterator[str]:
        """What takes several bans to bar."""
        several = [self._of(one) for one in self.conflicts if one.code == FORBIDDEN and len(one.norms) > 2]
        for number in self.oracle.compared:
            meaning = self.oracle.norms[number]
            if not meaning.is_choice or number in self.oracle.empty:
                continue
            size = self.oracle.shortest_bar(number)
            mine = [norms for norms in several if number in norms and self._bars(number, norms)]
            sizes = [len(norms) - 1 for norms in mine]
            wanted = [] if size is None or size < 2 else [size]
            if sizes[:1] != wanted:
                yield self._differ("choice barred by", sizes, wanted, number, *(n for m in mine for n in m))
            several = [norms for norms in several if norms not in mine[:1]]
        for norms in several:
            yield self._differ("choice barred by several", len(norms) - 1, None, *norms)

    def _bars(self, number: int, norms: tuple[int, ...]) -> bool:
        return self.oracle.bar(number, [norm for norm in norms if norm != number])

    # --- unreachable norms -------------------------------------------------------------------

    def _unreachable(self) -> Iterator[str]:
        found = [self._of(one) for one in self.conflicts if one.code == UNREACHABLE]
        empty = {norms[0] for norms in found if len(norms) == 1}
        for norm in sorted(empty ^ self.oracle.empty):
            yield self._differ("covers nothing", norm in empty, norm in self.oracle.empty, norm)
        pairs = {frozenset(norms) for norms in found if len(norms) == 2}
        for number in self.oracle.compared:
            by = [
                other
                for other in self.oracle.compared
                if other != number and self.oracle.overridden(number, other)
            ]
            if by and not any(frozenset((number, other)) in pairs for other in by):
                yield self._differ("always yields", False, True, number, *by)
        for one, other in (sorted(pair) for pair in pairs):
            if not self.oracle.overridden(one, other) and not self.oracle.overridden(other, one):
                yield self._differ("always yields", True, False, one, other)

    # --- witnesses ---------------------------------------------------------------------------

    def _witnesses(self) -> Iterator[str]:
        for conflict in self.conflicts:
            if conflict.situation is None or conflict.code == UNREACHABLE:
                continue
            self.tally.witnesses += 1
            norms = self._of(conflict)
            if not self._is_witness(conflict, norms):
                shown = {
                    **conflict.situation.elements,
                    **conflict.situation.atoms,
                    **conflict.situation.times,
                }
                yield self._differ(f"witness of {conflict.code}", shown, "not in both", *norms)

    def _is_witness(self, conflict: Conflict, norms: tuple[int, ...]) -> bool:
        oracle, situation = self.oracle, conflict.situation
        assert situation is not None
        if conflict.code == INCOMPATIBLE:
            deeds: Any = stated(oracle, situation, apart=OF_ONE_DEED)
            both = oracle.excluding(*norms)
            return both is not None and oracle.possible(*both, *deeds)
        if conflict.code == FORBIDDEN:
            return any(self._forbidden(conflict, number, norms) for number in norms)
        if conflict.code == PERMITTED:
            facts = stated(oracle, situation)
            one, other = norms
            return any(
                oracle.permits_what_is_forbidden(mine, theirs, facts)
                for mine, theirs in ((one, other), (other, one))
            )
        return True

    def _forbidden(self, conflict: Conflict, duty: int, norms: tuple[int, ...]) -> bool:
        oracle, situation = self.oracle, conflict.situation
        assert situation is not None
        bans = [norm for norm in norms if norm != duty]
        if "duty" not in oracle.effects(duty):
            return False
        if oracle.norms[duty].is_choice:
            facts = stated(oracle, situation, apart=frozenset(("action",)))
            return oracle.possible(*oracle.barred(duty, bans), *facts)
        return len(bans) == 1 and oracle.requires_what_is_forbidden(duty, bans[0], stated(oracle, situation))
