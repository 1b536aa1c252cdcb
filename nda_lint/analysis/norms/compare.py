"""Which norms contradict each other: candidates by action and object first, then exactly, situation by situation."""

from __future__ import annotations

from itertools import product

from nda_lint.analysis.norms.box import MASKS, Box, Pieces, meet
from nda_lint.analysis.norms.deadlines import deadlines
from nda_lint.analysis.norms.meaning import Reading
from nda_lint.analysis.norms.priority import Priority
from nda_lint.analysis.norms.universe import bits
from nda_lint.analysis.norms.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.contract import Contract, Norm, Window
    from nda_lint.finding import Severity

REQUIRED, PERMITTED = "NDA302", "NDA303"
INCOMPATIBLE, DEADLINES, UNREACHABLE = "NDA304", "NDA305", "NDA322"
#: A class with more elements than this is compared with all others; one with fewer is found by its elements.
_FEW = 4


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
    def norms(self) -> tuple[Norm, ...]:
        """The norms, in the order of the contract."""
        return tuple(meaning.norm for meaning in self.meanings)


class Comparison:
    """Compares the norms of one contract."""

    def __init__(self, contract: Contract, tables: Mapping[str, Any]) -> None:
        self.world = World(contract, tables)
        self.meanings = [Reading(self.world, norm, number).meaning() for number, norm in self.world.norms()]
        self.pieces = Pieces(self.world.clock, self.world.atoms.ups())
        self.priority = Priority(contract, tables)
        self._excluded = _exclusions(tables, self.world)
        above = self.world.above["action"]
        self._below = {
            word: frozenset(one for one in above if word in above[one])
            for pair in self._excluded
            for word in pair
        }
        self._unreachable: set[tuple[int, int]] = set()

    def clashes(self) -> list[Clash]:
        """All contradictions, in the order of the contract."""
        found = [
            Clash(UNREACHABLE, "warning", [meaning], None) for meaning in self.meanings if meaning.is_empty
        ]
        meanings = [meaning for meaning in self.meanings if not meaning.is_empty]
        bans = [meaning for meaning in meanings if meaning.bans]
        permitting = [meaning for meaning in meanings if meaning.permissions or meaning.entailed]
        duties = [meaning for meaning in meanings if meaning.alternatives]
        for duty, against in _grouped(_candidates(duties, bans, "duty", "bans")):
            found += self._required(duty, against)
        for permission, ban in _candidates(permitting, bans, "permitted", "bans"):
            found += self._permitted(permission, ban)
        found += self._duties(duties)
        found = _once(found)
        order = {DEADLINES: 4, INCOMPATIBLE: 3, PERMITTED: 2, REQUIRED: 1, UNREACHABLE: 0}
        found = [clash for clash in found if not self._is_moot(clash)]
        found.sort(key=lambda clash: (clash.meanings[-1].index, order[clash.code], clash.meanings[0].index))
        return found

    def _is_moot(self, clash: Clash) -> bool:
        """Whether a norm of the two never speaks because the other prevails, which is said already."""
        if clash.code == UNREACHABLE or len(clash.meanings) != 2:
            return False
        return (clash.meanings[0].index, clash.meanings[1].index) in self._unreachable

    def _is_nothing(self, boxes: Sequence[Box]) -> bool:
        return all(box.empty(self.world.clock) for box in boxes)

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

    def _required(self, duty: Meaning, bans: Sequence[Meaning]) -> Iterator[Clash]:
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

    def _permitted(self, permission: Meaning, ban: Meaning) -> Iterator[Clash]:
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
        key = (min(one.index, other.index), max(one.index, other.index))
        if key in self._unreachable:
            return
        opposed = over.permissions or (over.duty if len(over.alternatives) == 1 else ())
        parts = [(under.bans, opposed), (under.permissions, over.bans), (under.duty, over.bans)]
        parts = [(mine, theirs) for mine, theirs in parts if not self._is_nothing(mine)]
        if parts and all(
            self._covered(mine, theirs) or (mine == under.duty and self._rules_out(over, under))
            for mine, theirs in parts
        ):
            self._unreachable.add(key)
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
            words = {word for group in meaning.words for word in group}
            for pair in self._excluded:
                for side in (0, 1):
                    if words & self._below[pair[side]]:
                        sides.setdefault(pair, ([], []))[side].append(meaning)
        seen: set[tuple[int, int]] = set()
        for left, right in sides.values():
            if not left or not right:
                continue
            for one, other in _candidates(left, right, "context", "context"):
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
            for x, y in self._excluded
            if word in above and word2 in above
        )


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


def _exclusions(tables: Mapping[str, Any], world: World) -> list[tuple[str, str]]:
    pairs = tables["universe"]["excluded"]
    return [(x, y) for x, y in pairs if x in world.above["action"] and y in world.above["action"]]


# --- candidates ------------------------------------------------------------------------------------


def _boxes(meaning: Meaning, part: str) -> Sequence[Box]:
    if part == "permitted":
        return (*meaning.permissions, *meaning.entailed)
    if part == "context":
        return contexts(meaning)
    found: Sequence[Box] = getattr(meaning, part)
    return found


class _Group:
    """Norms whose boxes have the same actions and the same objects."""

    __slots__ = ("action", "members", "object")

    def __init__(self, action: int, object_: int) -> None:
        self.action = action
        self.object = object_
        self.members: list[Meaning] = []


def _groups(meanings: Iterable[Meaning], part: str) -> list[_Group]:
    found: dict[tuple[int, int], _Group] = {}
    for meaning in meanings:
        for key in dict.fromkeys((box.action, box.object) for box in _boxes(meaning, part)):
            group = found.get(key)
            if group is None:
                group = found[key] = _Group(*key)
            group.members.append(meaning)
    return list(found.values())


def _candidates(
    ones: Iterable[Meaning], others: Iterable[Meaning], part: str, other_part: str
) -> Iterator[tuple[Meaning, Meaning]]:
    """Pairs of norms of which boxes share an action and an object, each pair once."""
    wide: list[_Group] = []
    by_bit: dict[int, list[_Group]] = {}
    every = _groups(others, other_part)
    for group in every:
        few = _few_bits(group.object)
        if few is None:
            wide.append(group)
        else:
            for bit in few:
                by_bit.setdefault(bit, []).append(group)
    seen: set[tuple[int, int]] = set()
    for mine in _groups(ones, part):
        few = _few_bits(mine.object)
        near = every if few is None else [*wide, *(group for bit in few for group in by_bit.get(bit, ()))]
        for group in near:
            if not mine.action & group.action or not mine.object & group.object:
                continue
            for one in mine.members:
                for other in group.members:
                    key = (one.index, other.index)
                    if key not in seen:
                        seen.add(key)
                        yield one, other


def _few_bits(mask: int) -> list[int] | None:
    """The elements of a small class, each by the number of its bit; None for any other."""
    return None if mask < 0 or mask.bit_count() > _FEW else bits(mask)


def _grouped(pairs: Iterable[tuple[Meaning, Meaning]]) -> Iterator[tuple[Meaning, list[Meaning]]]:
    """Pairs by their first member."""
    found: dict[int, tuple[Meaning, list[Meaning]]] = {}
    for one, other in pairs:
        found.setdefault(one.index, (one, []))[1].append(other)
    yield from found.values()
