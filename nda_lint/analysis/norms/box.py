"""A box of situations: a set of elements in each dimension, branches of conditions and bounds on time, all at once."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nda_lint.analysis.norms.clock import Clock
    from nda_lint.analysis.norms.conditions import Atoms

#: the dimensions that are sets of elements; of `writing`, bit 0 is “not in writing” and bit 1 “in writing”
MASKS = ("actor", "to", "from_", "action", "object", "owner", "about", "purpose", "means", "writing")
NOT_IN_WRITING, IN_WRITING, EITHER = 1, 2, 3


class Box:
    """See above; `must` and `must_not` are masks of atoms, `time` the number of a set of bounds of the clock."""

    __slots__ = (*MASKS, "must", "must_not", "time")
    actor: int
    to: int
    from_: int
    action: int
    object: int
    owner: int
    about: int
    purpose: int
    means: int
    writing: int
    must: int
    must_not: int
    time: int

    def __init__(self, *parts: int) -> None:
        (
            self.actor, self.to, self.from_, self.action, self.object, self.owner, self.about, self.purpose,
            self.means, self.writing, self.must, self.must_not, self.time,
        ) = parts  # fmt: skip

    def parts(self) -> tuple[int, ...]:
        """All of its parts, in order."""
        return (
            self.actor, self.to, self.from_, self.action, self.object, self.owner, self.about, self.purpose,
            self.means, self.writing, self.must, self.must_not, self.time,
        )  # fmt: skip

    def but(self, **parts: int) -> Box:
        """The same with other parts."""
        made = Box(*self.parts())
        for name, part in parts.items():
            setattr(made, name, part)
        return made

    def empty(self, clock: Clock) -> bool:
        """Whether no situation is in it."""
        return not (
            all(getattr(self, name) for name in MASKS)
            and not self.must & self.must_not
            and clock.both(self.time, self.time)
        )


def meet(one: Box, other: Box, clock: Clock) -> Box | None:
    """The situations in both; None where there are none."""
    action, object_ = one.action & other.action, one.object & other.object
    if not action or not object_:
        return None
    actor, to = one.actor & other.actor, one.to & other.to
    if not actor or not to:
        return None
    must, must_not = one.must | other.must, one.must_not | other.must_not
    if must & must_not:
        return None
    purpose, about, owner = one.purpose & other.purpose, one.about & other.about, one.owner & other.owner
    if not purpose or not about or not owner:
        return None
    means, from_, writing = one.means & other.means, one.from_ & other.from_, one.writing & other.writing
    if not means or not from_ or not writing or not clock.both(one.time, other.time):
        return None
    time = one.time
    if time != other.time:
        time = clock.intern(clock.bounds(time) | clock.bounds(other.time))
    return Box(actor, to, from_, action, object_, owner, about, purpose, means, writing, must, must_not, time)


def are_empty(boxes: Iterable[Box], clock: Clock) -> bool:
    """Whether no situation is in any of these boxes."""
    return all(box.empty(clock) for box in boxes)


class Pieces:
    """What is left of a box where others are taken out of it. Which piece comes first does not depend on the order in
    which the contract was read."""

    __slots__ = ("_atoms", "_clock")

    def __init__(self, clock: Clock, atoms: Atoms) -> None:
        self._clock = clock
        self._atoms = atoms

    def without(self, box: Box, other: Box, names: Sequence[str] = MASKS) -> Iterator[Box]:
        """Boxes that make up all of `box` that is not in `other`, as far as the dimensions of those `names` go."""
        rest = box
        for name in names:
            mine, theirs = getattr(rest, name), getattr(other, name)
            if not mine & theirs:
                yield rest
                return
            if mine & ~theirs:
                yield rest.but(**{name: mine & ~theirs})
                rest = rest.but(**{name: mine & theirs})
        yield from self._without_conditions(rest, other)

    def _without_conditions(self, rest: Box, other: Box) -> Iterator[Box]:
        atoms = self._atoms
        for key in atoms.keys_of(other.must & ~rest.must):
            bit, up = atoms.bit(key), atoms.up(key)
            if up & rest.must_not:
                yield rest
                return
            yield rest.but(must_not=rest.must_not | bit)
            rest = rest.but(must=rest.must | up)
        for key in atoms.keys_of(other.must_not & ~rest.must_not):
            bit, up = atoms.bit(key), atoms.up(key)
            if not up & rest.must_not:
                yield rest.but(must=rest.must | up)
            if rest.must & bit:
                return
            rest = rest.but(must_not=rest.must_not | bit)
        yield from self._without_time(rest, other)

    def _without_time(self, rest: Box, other: Box) -> Iterator[Box]:
        clock = self._clock
        if rest.time == other.time:
            return
        bounds = clock.bounds(rest.time)
        for later, earlier, days, strict in sorted(clock.bounds(other.time) - bounds, key=clock.place):
            outside = bounds | {(earlier, later, -days, not strict)}
            if clock.possible(outside):
                yield rest.but(time=clock.intern(outside))
            bounds = bounds | {(later, earlier, days, strict)}
            if not clock.possible(bounds):
                return

    def remainders(self, box: Box, others: Sequence[Box], names: Sequence[str] = MASKS) -> Iterator[Box]:
        """Boxes that make up all of `box` that is in none of the others."""
        if not others:
            yield box
            return
        for piece in self.without(box, others[0], names):
            yield from self.remainders(piece, others[1:], names)

    def left(self, boxes: Sequence[Box], others: Sequence[Box], names: Sequence[str] = MASKS) -> Box | None:
        """A box of what is in one of `boxes` and in none of `others`; None where these cover everything."""
        for box in boxes:
            if not box.empty(self._clock):
                for found in self.remainders(box, others, names):
                    return found
        return None
