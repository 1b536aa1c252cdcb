"""What a norm means: the situations in which it demands, permits and forbids, as boxes."""

from __future__ import annotations

from nda_lint.analysis.norms.box import EITHER, IN_WRITING, NOT_IN_WRITING, Box, are_empty
from nda_lint.analysis.norms.conditions import ALWAYS, all_of, any_of, both
from nda_lint.analysis.norms.parts import Parts
from nda_lint.analysis.norms.universe import EVERYTHING, meanings
from nda_lint.analysis.norms.world import IN_OBJECTS, PERSON
from nda_lint.lexer import normalise
from nda_lint.values import Person, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.analysis.norms.conditions import Branches, Reader
    from nda_lint.analysis.norms.persons import Side
    from nda_lint.contract import Norm
    from nda_lint.values import Definition, Thing

    #: there are as many as norms, or more, and most are none or one
    Boxes = tuple[Box, ...]


class Meaning:
    """What one norm says. `is_empty` where it covers no situation as it stands; `alternatives` are the boxes of each action among
    which a duty leaves a choice; any other duty has one. `words` are the ids of the actions of each. `entailed` are
    permissions that follow from it."""

    __slots__ = (
        "alone", "alternatives", "bans", "entailed", "index", "is_empty", "norm", "permissions", "sides",
        "timed", "timed_key", "words",
    )  # fmt: skip

    def __init__(self, norm: Norm, alone: str | None) -> None:
        self.norm = norm
        #: the name of its one thing where that always stands alone
        self.alone = alone
        #: which of the norms of the contract it is
        self.index = 0
        #: whether it covers no situation as it is written
        self.is_empty = False
        #: what :mod:`nda_lint.analysis.norms.deadlines` has found out about its windows
        self.timed: Any = None
        #: on which sides of what excludes each other its actions stand, once that was asked
        self.sides: list[Any] | None = None
        self.timed_key: Any = None
        self.alternatives: tuple[Boxes, ...] = ()
        self.words: tuple[tuple[Any, ...], ...] = ()
        self.bans: Boxes = ()
        self.permissions: Boxes = ()
        self.entailed: Boxes = ()

    @property
    def duty(self) -> Boxes:
        """All that a duty covers."""
        if len(self.alternatives) == 1:
            return self.alternatives[0]
        return tuple(box for boxes in self.alternatives for box in boxes)

    def boxes(self) -> Boxes:
        """All that the norm says itself."""
        return (*self.duty, *self.permissions, *self.bans)


class Reading(Parts):
    """Reads one norm in its world."""

    # --- boxes ---------------------------------------------------------------------------------------

    def _place(
        self, actors: int, to: Any = None, *, entailed: bool = False, **parts: Any
    ) -> Iterator[tuple[Reader, Box]]:
        """A box without conditions for every way in which actors and recipients may be who they are, with the reader of
        conditions there. `to` is a function from a side to a mask, where it is not the norm's own recipients;
        `parts` are other masks than the norm's own."""
        world, norm = self.world, self.norm
        shared = world.shared
        purpose = parts["purpose"] if "purpose" in parts else self._adjunct(world.purpose, norm.purposes)
        means = parts["means"] if "means" in parts else self._adjunct(world.means, norm.means)
        purpose, means = shared(purpose), shared(means)
        writing = parts.get("writing") or (IN_WRITING if norm.in_writing else EITHER)
        action = shared(parts.get("action") or self._actions())
        for side, mine in self._sides(actors):
            if to is not None:
                recipients = to(side)
            else:
                recipients = self._mask_of(self.to, side) if self.to else EVERYTHING
            source = self._mask_of(self.source, side) if self.source else EVERYTHING
            if "from_" in parts:
                source = parts["from_"](side)
            time = world.clock.intern(self._time(side))
            for objects, owner, about in self._objects(side):
                for acting, actor in self._by_party(mine, "actor"):
                    for receiving, recipient in self._by_party(recipients, "to"):
                        yield (
                            self._reader(side, actor, recipient, entailed=entailed),
                            Box(
                                shared(acting), shared(receiving), shared(source), action, objects,
                                shared(owner), shared(about), purpose, means, writing, 0, 0, time,
                            ),
                        )  # fmt: skip

    def _actions(self) -> int:
        mask = 0
        for word in self.norm.actions:
            mask |= self.world.word(self.world.action, word)
        return mask

    def _boxes(self, condition: Any, actors: int, to: Any = None, **parts: Any) -> Boxes:
        """Boxes with the conditions that `condition` reads, less what is excepted."""
        clock = self.world.clock
        found: list[Box] = []
        for reader, box in self._place(actors, to, **parts):
            for must, must_not, bounds in condition(reader):
                if not (must or must_not or bounds):
                    found.append(box)
                    continue
                time = clock.intern(clock.bounds(box.time) | set(bounds)) if bounds else box.time
                found.append(box.but(must=must, must_not=must_not, time=time))
        return tuple(self._without_exceptions(found))

    def _without_exceptions(self, boxes: list[Box]) -> list[Box]:
        for thing in self.norm.exceptions:
            left: list[Box] = []
            for box in boxes:
                left += self._without(box, thing)
            boxes = left
        return boxes

    def _without(self, box: Box, thing: Thing) -> Iterator[Box]:
        left = [box]
        for masks in self._excepted(box, thing):
            left = [piece for rest in left for piece in _outside(rest, masks)]
        yield from left

    def _excepted(self, box: Box, thing: Thing) -> list[dict[str, int]]:
        """The parts that an exception names, all of those of each together."""
        world = self.world
        side = next((side for side in self.persons.sides if box.actor & self.persons.belonging(side)), None)
        if not self.relative:
            side = None
        if thing.kind == "person" and thing.person is not None:
            return [self._excepted_person(thing.person, side)]
        if thing.kind == "action" and not any(one.kind == "action" for one in self.norm.things):
            masks = {"action": world.action.mask(("word", thing.id))}
            if thing.about is None:
                return [masks]
            return [{**masks, **_as_object(triple)} for triple in self._thing(thing.about, side)]
        if thing.kind == "purpose":
            return [{"purpose": world.purpose.mask(("word", thing.id))}]
        if thing.kind == "text" and thing.term is not None:
            return self._excepted_term(thing, thing.term, side)
        return [_as_object(triple) for triple in self._thing(thing, side)]

    def _excepted_term(self, thing: Thing, term: Definition, side: Side | None) -> list[dict[str, int]]:
        """A term is left out of the parts that have the classes of its meanings."""
        found = []
        name, kinds = normalise(str(thing.text)), {one.kind for _, one in meanings(term, "thing")}
        if "purpose" in kinds:
            found.append({"purpose": self.world.word(self.world.purpose, Word(None, name, term, thing.span))})
        if meanings(term, "person"):
            who = Person("text", None, None, thing.text, None, None, term, thing.span)
            found.append(self._excepted_person(who, side))
        if kinds & IN_OBJECTS or not found:
            found += [_as_object(triple) for triple in self._meant(thing, term, side)]
        return found

    def _excepted_person(self, person: Person, side: Side | None) -> dict[str, int]:
        """Persons are left out of those who receive or give, else of those to whom it is done, else of those who act."""
        if self.to or self.source:
            return {"to" if self.to else "from_": self._mask_of((person,), side)}
        if any(thing.kind == "person" for thing in self.norm.things):
            return {"object": self.world.object.mask(PERSON), "about": self._mask_of((person,), side)}
        return {"actor": self._mask_of((person,), side, acting=True)}

    # --- what it says -----------------------------------------------------------------------------------

    def meaning(self) -> Meaning:
        """The norm's own boxes and those that follow from it."""
        norm = self.norm
        meaning = Meaning(norm, self.world.alone(norm))
        actors = self._mask_of(norm.actors, None, acting=True)
        if norm.modality == "must_not":
            meaning.bans = self._boxes(self._all, actors)
            meaning.is_empty = are_empty(meaning.bans, self.world.clock)
            return meaning
        restricts = (
            self.only_to or self.only_source or any(words.only for words in (*norm.purposes, *norm.means))
        )
        only_all = norm.only and self._has_something_to_restrict()
        if norm.modality == "may":
            meaning.permissions = self._boxes(self._all, actors)
        elif not (only_all or restricts):
            self._duties(meaning, actors)
        written = meaning.permissions or meaning.duty or self._boxes(self._all, actors)
        meaning.is_empty = are_empty(written, self.world.clock)
        if norm.only_actors:
            meaning.bans += self._others(actors)
        if only_all:
            meaning.bans += self._outside_all(actors)
        elif restricts:
            meaning.bans += self._outside_each(actors)
        if self.only_if and not norm.only_actors and not only_all:
            meaning.bans += self._boxes(self._not_only_if, actors)
        if meaning.permissions or len(meaning.alternatives) == 1:
            meaning.entailed = tuple(self._entailed(actors))
        return meaning

    def _has_something_to_restrict(self) -> bool:
        """Whether "only" before the action has adjuncts or conditions behind it; without any it says nothing."""
        norm = self.norm
        given = (norm.recipients, norm.purposes, norm.means, norm.in_writing, self.if_, self.only_if)
        return any(given)

    def _duties(self, meaning: Meaning, actors: int) -> None:
        actions = self.norm.actions
        choice = self.norm.connective == "or" and len(actions) > 1
        groups = [(word,) for word in actions] if choice else [actions]
        for group in groups:
            mask = 0
            for word in group:
                mask |= self.world.word(self.world.action, word)
            meaning.alternatives += (self._boxes(self._all, actors, action=mask),)
            meaning.words += (tuple(word.id for word in group if word.id is not None),)

    def _others(self, actors: int) -> Boxes:
        """Whom “only X may, if C” shuts out: all but X, and X where not C, on the side of the recipient."""
        shut_out = ~self.persons.not_of_the_recipient()
        found = self._boxes(self._not_unless, ~actors & shut_out)
        if self.if_ or self.only_if:
            found += self._boxes(self._outside_conditions, actors & shut_out)
        return found

    def _outside_all(self, actors: int) -> Boxes:
        """What “may only” shuts out: whatever is not as all adjuncts and conditions together say."""
        world, norm = self.world, self.norm
        everything: dict[str, Any] = {
            "purpose": EVERYTHING, "means": EVERYTHING, "writing": EITHER, "from_": self._anybody,
        }  # fmt: skip
        anybody = self._anybody
        found: Boxes = ()
        if self.to:
            found += self._boxes(self._not_unless, actors, self._not_recipients, **everything)
        if self.source:
            found += self._boxes(
                self._not_unless, actors, anybody, **{**everything, "from_": self._not_sources}
            )
        if norm.purposes:
            other = ~self._adjunct(world.purpose, norm.purposes)
            found += self._boxes(self._not_unless, actors, anybody, **{**everything, "purpose": other})
        if norm.means:
            other = ~self._adjunct(world.means, norm.means)
            found += self._boxes(self._not_unless, actors, anybody, **{**everything, "means": other})
        if norm.in_writing:
            found += self._boxes(
                self._not_unless, actors, anybody, **{**everything, "writing": NOT_IN_WRITING}
            )
        if self.if_ or self.only_if:
            found += self._boxes(self._outside_conditions, actors, anybody, **everything)
        return found

    def _outside_each(self, actors: int) -> Boxes:
        """What an “only” before an adjunct shuts out: all else than what it says; of several, whatever is not all of it."""
        world, norm = self.world, self.norm
        restricted: dict[str, tuple[Any, Any]] = {}
        if self.only_to:
            restricted["to"] = self._not_recipients, self._anybody
        if self.only_source:
            restricted["from_"] = self._not_sources, self._anybody
        if any(words.only for words in norm.purposes):
            restricted["purpose"] = ~self._adjunct(world.purpose, norm.purposes), EVERYTHING
        if any(words.only for words in norm.means):
            restricted["means"] = ~self._adjunct(world.means, norm.means), EVERYTHING
        found: Boxes = ()
        for name in restricted:
            parts = {other: masks[other != name] for other, masks in restricted.items()}
            found += self._boxes(self._all, actors, **parts)
        return found

    def _anybody(self, _side: Side | None) -> int:
        return EVERYTHING

    def _not_recipients(self, side: Side | None) -> int:
        return ~self._mask_of(self.to, side)

    def _not_sources(self, side: Side | None) -> int:
        return ~self._mask_of(self.source, side)

    def _entailed(self, actors: int) -> Iterator[Box]:
        """Whoever may disclose something to somebody lets him have access to it."""
        actions = self._actions()
        pairs = [(done, lets) for done, lets in self.world.entailed if actions & done]
        if not self.to or not pairs:
            return
        for box in self._boxes(self._all, actors, entailed=True):
            for done, lets in pairs:
                if box.action & done:
                    yield box.but(
                        actor=self.persons.as_actors(box.to), to=EVERYTHING, from_=EVERYTHING, action=lets,
                        means=EVERYTHING, writing=EITHER,
                    )  # fmt: skip

    # --- conditions of each ---------------------------------------------------------------------------------

    def _all(self, reader: Reader) -> Branches:
        """Where all conditions hold."""
        return both(all_of(reader.holds(one) for one in (*self.if_, *self.only_if)), self._not_unless(reader))

    def _not_unless(self, reader: Reader) -> Branches:
        """Where nothing lifts the norm."""
        return all_of(reader.fails(one) for one in self.unless) if self.unless else ALWAYS

    def _outside_conditions(self, reader: Reader) -> Branches:
        """Where a condition is not met, and nothing lifts the norm."""
        return both(any_of(reader.fails(one) for one in (*self.if_, *self.only_if)), self._not_unless(reader))

    def _not_only_if(self, reader: Reader) -> Branches:
        return both(
            both(
                any_of(reader.fails(one) for one in self.only_if),
                all_of(reader.holds(one) for one in self.if_),
            ),
            self._not_unless(reader),
        )


def _as_object(triple: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("object", "owner", "about"), triple, strict=True))


def _outside(box: Box, masks: Mapping[str, int]) -> Iterator[Box]:
    """Boxes that make up all of a box that is not in all of these masks at once."""
    rest = box
    for name, mask in masks.items():
        mine = getattr(rest, name)
        if mine & ~mask:
            yield rest.but(**{name: mine & ~mask})
        if not mine & mask:
            return
        rest = rest.but(**{name: mine & mask})
