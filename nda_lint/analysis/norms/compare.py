"""Which norms contradict each other: candidates by action and object first, then exactly, situation by situation."""

from __future__ import annotations

from itertools import product

from nda_lint.analysis.norms.box import MASKS, Box, Pieces, are_empty, meet
from nda_lint.analysis.norms.deadlines import deadlines
from nda_lint.analysis.norms.meaning import Reading
from nda_lint.analysis.norms.pairs import Pairs, demanded, forbidden, pairs, permitted, seconds
from nda_lint.analysis.norms.priority import Priority
from nda_lint.analysis.norms.world import world_of
from nda_lint.recall import found_of, made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.contract import Contract, Norm, Window
    from nda_lint.finding import Severity

REQUIRED, PERMITTED = "NDA302", "NDA303"
INCOMPATIBLE, DEADLINES, UNREACHABLE = "NDA304", "NDA305", "NDA322"


class Clash:
    """Norms that cannot all be kept: their meanings, in the order of the contract, and a box of situations in which they
    meet. `first` is the one that demands or permits what the others forbid, or that always yields; `windows` are the
    deadlines that differ."""

    __slots__ = ("box", "code", "entailed", "first", "meanings", "severity", "windows")

    def __init__(
        self,
        code: str,
        severity: Severity,
        meanings: Sequence[Meaning],
        box: Box | None,
        *,
        entailed: bool = False,
        windows: tuple[Window, Window] | None = None,
    ) -> None:
        self.code = code
        self.severity: Severity = severity
        self.first = meanings[0]
        self.meanings = tuple(sorted(meanings, key=lambda one: one.index))
        self.box = box
        self.entailed = entailed
        self.windows = windows

    @property
    def alone(self) -> str | None:
        """The name that all of those norms share which have it alone as their thing, if any has."""
        return next((meaning.alone for meaning in self.meanings if meaning.alone is not None), None)

    @property
    def norms(self) -> tuple[Norm, ...]:
        """The norms, in the order of the contract."""
        return tuple(meaning.norm for meaning in self.meanings)


class Comparison:
    """Compares the norms of one contract."""

    def __init__(self, contract: Contract, tables: Mapping[str, Any]) -> None:
        self._contract = contract
        self.world, norms = world_of(contract, tables)
        self.meanings = list(found_of(contract, Reading, norms, self._read, self.world))
        index = {id(norm): number for number, norm in enumerate(contract.norms)}
        for meaning in self.meanings:
            meaning.index = index[id(meaning.norm)]
        self.pieces = Pieces(self.world.clock, self.world.atoms)
        self.priority = Priority(contract, tables)

    def _read(self, norm: Norm) -> Iterator[Meaning]:
        yield Reading(self.world, norm).meaning()

    def clashes(self) -> list[Clash]:
        """All contradictions, in the order of the contract."""
        found = [
            Clash(UNREACHABLE, "warning", [meaning], None) for meaning in self.meanings if meaning.is_empty
        ]
        meanings = [meaning for meaning in self.meanings if not meaning.is_empty]
        if self._contract.memo is None:
            found += self._pairwise(meanings)
        else:
            basis = self.world, self.priority.basis
            pairwise = made_of(self._contract, _Pairwise, basis, lambda _: _Pairwise())
            found += pairwise.found(self, meanings)
        found += self._duties([meaning for meaning in meanings if meaning.alternatives])
        found = _once(found)
        moot = {clash.meanings for clash in found if clash.code == UNREACHABLE}
        found = [clash for clash in found if clash.code == UNREACHABLE or clash.meanings not in moot]
        order = {DEADLINES: 4, INCOMPATIBLE: 3, PERMITTED: 2, REQUIRED: 1, UNREACHABLE: 0}
        found.sort(key=lambda clash: (clash.meanings[-1].index, order[clash.code], clash.meanings[0].index))
        return found

    def _pairwise(self, meanings: Sequence[Meaning]) -> Iterator[Clash]:
        """What clashes two by two, and duties with bans, where nothing of it need be remembered."""
        for duty, bans in seconds(meanings, demanded, forbidden):
            yield from self.required(duty, bans)
        for permission, bans in seconds(meanings, permitted, forbidden):
            for ban in bans:
                yield from self.permitted(permission, ban)

    # --- where two sets of boxes meet ---------------------------------------------------------------

    def _meetings(self, one: Sequence[Box], other: Sequence[Box]) -> Iterator[Box]:
        """Boxes of situations in both, in which neither prevails because the law requires it."""
        clock, rank = self.world.clock, self.world.atoms.rank
        ranks = {id(box): rank(box.must) for box in (*one, *other)}
        by_law = [box for box in (*one, *other) if ranks[id(box)]]
        for first, second in product(one, other):
            box = meet(first, second, clock)
            if box is None:
                continue
            if not by_law:
                yield box
            elif ranks[id(first)] == ranks[id(second)]:
                higher = [other for other in by_law if ranks[id(other)] > ranks[id(first)]]
                yield from self.pieces.remainders(box, higher)

    def _explicit(self, one: Meaning, other: Meaning) -> bool:
        """Whether one of two norms prevails over the other everywhere."""
        return self.priority.prevails(one.index, other.index) or self.priority.prevails(
            other.index, one.index
        )

    def _covered(self, boxes: Sequence[Box], others: Sequence[Box], names: Sequence[str] = MASKS) -> bool:
        return self.pieces.left(boxes, others, names) is None

    # --- duty against ban, permission against ban --------------------------------------------------

    def required(self, duty: Meaning, bans: Sequence[Meaning]) -> Iterator[Clash]:
        """Where bans bar what a duty demands."""
        against = []
        for ban in bans:
            if ban is duty:
                continue
            if self._explicit(duty, ban):
                yield from self._yielding(duty, ban)
                continue
            against.append(ban)
        if not against:
            return
        reached: list[list[tuple[Meaning, Box]]] = [
            [(ban, box) for ban in against for box in self._meetings(alternative, ban.bans)]
            for alternative in duty.alternatives
        ]
        if not all(reached):
            return
        alone = False
        for ban in against:
            own = [[pair for pair in pairs if pair[0] is ban] for pairs in reached]
            found = self._common(own) if all(own) else None
            if found is not None:
                alone = True
                yield Clash(REQUIRED, "error", [duty, ban], found[1])
        if not alone and len(duty.alternatives) > 1:
            found = self._common(reached)
            if found is not None:
                yield Clash(REQUIRED, "error", [duty, *found[0]], found[1])

    def _common(self, reached: Sequence[Sequence[tuple[Meaning, Box]]]) -> tuple[list[Meaning], Box] | None:
        """A context in which every alternative is barred, with the fewest bans that bar them."""
        best: tuple[list[Meaning], Box] | None = None
        clock = self.world.clock

        def search(depth: int, box: Box | None, bans: list[Meaning]) -> None:
            nonlocal best
            if best is not None and len(bans) >= len(best[0]):
                return
            if depth == len(reached):
                if box is not None:
                    best = (bans, box)
                return
            for ban, found in reached[depth]:
                context = found if box is None else meet(box.but(action=-1), found.but(action=-1), clock)
                if context is not None:
                    action = found.action if box is None else box.action
                    search(
                        depth + 1, context.but(action=action), bans if any(ban is one for one in bans) else [*bans, ban]
                    )  # fmt: skip

        search(0, None, [])
        return best

    def permitted(self, permission: Meaning, ban: Meaning) -> Iterator[Clash]:
        """Where a ban forbids what another norm permits."""
        if permission is ban:
            return
        if self._explicit(permission, ban):
            if permission.permissions:
                yield from self._yielding(permission, ban)
            return
        box = next(self._meetings(permission.permissions, ban.bans), None)
        inside = (
            box is not None
            and self._covered(permission.permissions, ban.bans)
            and not self._covered(ban.bans, permission.permissions)
        )
        if box is not None and not inside:
            yield Clash(PERMITTED, "error", [permission, ban], box)
            return
        access = next(self._meetings(permission.entailed, ban.bans), None)
        if access is not None:
            yield Clash(PERMITTED, "error", [permission, ban], access, entailed=True)
        elif box is not None:
            yield Clash(PERMITTED, "warning", [permission, ban], box)

    # --- norms that always yield -------------------------------------------------------------------

    def _yielding(self, one: Meaning, other: Meaning) -> Iterator[Clash]:
        """One of two norms prevails over the other: whether that other one is left with nothing."""
        under, over = (one, other) if self.priority.prevails(other.index, one.index) else (other, one)
        opposed = over.permissions or (over.duty if len(over.alternatives) == 1 else ())
        parts = [(under.bans, opposed), (under.permissions, over.bans), (under.duty, over.bans)]
        parts = [(mine, theirs) for mine, theirs in parts if not are_empty(mine, self.world.clock)]
        if parts and all(
            self._covered(mine, theirs) or (mine == under.duty and self._rules_out(over, under))
            for mine, theirs in parts
        ):
            shown = next(box for box in under.boxes() if not box.empty(self.world.clock))
            yield Clash(UNREACHABLE, "warning", [under, over], shown)

    def _rules_out(self, over: Meaning, under: Meaning) -> bool:
        """Whether whatever a duty demands is excluded by what another demands wherever it does."""
        norm = over.norm
        if not over.alternatives or norm.recipients or norm.purposes or norm.means or norm.in_writing:
            return False
        return self._exclude_all(under, over) and self._covered(contexts(under), contexts(over))

    def _exclude_all(self, under: Meaning, over: Meaning) -> bool:
        """Whether every action of a duty is excluded by what another leaves no choice but to do."""
        return all(
            word.id is not None and all(self._exclude([word.id], group) for group in over.words)
            for word in under.norm.actions
        )

    # --- duty against duty ----------------------------------------------------------------------------

    def _duties(self, duties: Sequence[Meaning]) -> Iterator[Clash]:
        for one, other in self._rivals(duties):
            if not self._are_excluded(one, other):
                continue
            if self._explicit(one, other):
                yield from self._yielding(one, other)
                continue
            box = next(self._meetings(contexts(one), contexts(other)), None)
            if box is not None:
                yield Clash(INCOMPATIBLE, "error", [one, other], box)
        for deadline in deadlines(self.world, duties, self._meetings, self._covered):
            if not self._explicit(*deadline.meanings):
                severity: Severity = "error" if deadline.disjoint else "warning"
                yield Clash(DEADLINES, severity, deadline.meanings, None, windows=deadline.windows)

    def _rivals(self, duties: Sequence[Meaning]) -> Iterator[tuple[Meaning, Meaning]]:
        """Pairs of duties of which the one demands what excludes what the other demands, on a common object."""
        sides: dict[tuple[str, str], tuple[list[Meaning], list[Meaning]]] = {}
        for meaning in duties:
            if meaning.sides is None:
                meaning.sides = self.world.sides(word for group in meaning.words for word in group)
            for pair, side in meaning.sides:
                sides.setdefault(pair, ([], []))[side].append(meaning)
        seen: set[tuple[int, int]] = set()
        for left, right in sides.values():
            if not left or not right:
                continue
            for one, other in pairs(left, right, contexts):
                key = (min(one.index, other.index), max(one.index, other.index))
                if one is not other and key not in seen:
                    seen.add(key)
                    yield one, other

    def _are_excluded(self, one: Meaning, other: Meaning) -> bool:
        """Whether what the one demands and what the other demands cannot both be done to one thing."""
        mine, theirs = one.words, other.words
        if len(mine) > 1 and len(theirs) > 1:
            return all(self._exclude(group, group2) for group in mine for group2 in theirs)
        if len(mine) > 1:
            return all(self._exclude(group, theirs[0]) for group in mine)
        return all(self._exclude(mine[0], group) for group in theirs)

    def _exclude(self, words: Iterable[Any], others: Iterable[Any]) -> bool:
        above = self.world.above["action"]
        return any(
            (x in above[word] and y in above[word2]) or (y in above[word] and x in above[word2])
            for word, word2 in product(words, others)
            for x, y in self.world.excluded
            if word in above and word2 in above
        )


class _Pairwise:
    """What clashes two by two, and duties with bans; of norms that stay it is known while others come and go."""

    def __init__(self) -> None:
        self._meanings: dict[int, Meaning] = {}
        self._required = Pairs(demanded, forbidden)
        self._permitted = Pairs(permitted, forbidden)
        #: the duty or the permission → its clashes, where it has any
        self._clashes: tuple[dict[int, list[Clash]], dict[int, list[Clash]]] = ({}, {})

    def found(self, comparison: Comparison, meanings: Iterable[Meaning]) -> Iterator[Clash]:
        """What clashes now that these are the norms."""
        now = {id(meaning): meaning for meaning in meanings}
        gone = [meaning for number, meaning in self._meanings.items() if number not in now]
        come = [meaning for number, meaning in now.items() if number not in self._meanings]
        self._meanings = now
        for duty in self._touched(0, self._required, gone, come):
            self._keep(0, duty, comparison.required(duty, self._required.seconds(duty)))
        for permission in self._touched(1, self._permitted, gone, come):
            bans = self._permitted.seconds(permission)
            self._keep(1, permission, (one for ban in bans for one in comparison.permitted(permission, ban)))
        for known in self._clashes:
            for clashes in known.values():
                yield from clashes

    def _touched(
        self, which: int, pairs: Pairs, gone: list[Meaning], come: list[Meaning]
    ) -> Iterable[Meaning]:
        for meaning in gone:
            self._clashes[which].pop(id(meaning), None)
        return pairs.update(gone, come).values()

    def _keep(self, which: int, first: Meaning, clashes: Iterable[Clash]) -> None:
        found = list(clashes)
        if found:
            self._clashes[which][id(first)] = found
        else:
            self._clashes[which].pop(id(first), None)


def _once(clashes: Iterable[Clash]) -> list[Clash]:
    """Each two norms once for each code; an error rather than a warning, and a permission of its own rather than one
    that follows."""
    found: dict[tuple[str, tuple[int, ...]], Clash] = {}
    for clash in clashes:
        key = (clash.code, tuple(meaning.index for meaning in clash.meanings))
        known = found.get(key)
        if known is None or (clash.severity == "error", not clash.entailed) > (
            known.severity == "error", not known.entailed,
        ):  # fmt: skip
            found[key] = clash
    return list(found.values())


def contexts(meaning: Meaning) -> list[Box]:
    """The boxes of a duty as far as they must be shared for another duty to get into its way."""
    found: dict[tuple[int, ...], Box] = {}
    for box in meaning.duty:
        context = box.but(action=-1, to=-1, from_=-1, purpose=-1, means=-1, writing=3)
        found[context.parts()] = context
    return list(found.values())
