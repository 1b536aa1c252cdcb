"""What a norm means: the situations in which it demands, permits and forbids, as boxes."""

from __future__ import annotations

from nda_lint.analysis.norms.box import EITHER, IN_WRITING, NOT_IN_WRITING, Box, Pieces
from nda_lint.analysis.norms.clock import Clock, event_owner
from nda_lint.analysis.norms.conditions import (
    ALWAYS,
    Atoms,
    Reader,
    all_of,
    any_of,
    both,
    speaks_of_time,
)
from nda_lint.analysis.norms.persons import ALL_PARTIES, Persons, is_relative, key_of
from nda_lint.analysis.norms.universe import EVERYTHING, Dimension, meanings
from nda_lint.lexer import normalise
from nda_lint.values import Person, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.analysis.norms.conditions import Branches, Key
    from nda_lint.analysis.norms.persons import Side
    from nda_lint.contract import Condition, ConditionAtom, Contract, Norm, Window
    from nda_lint.values import Definition, Thing

#: what a place left to fill in has in it
_MAYBE_BLANK = frozenset("_[【Xx×＿●")
_PERSON = ("person",)
_ANY_MEANS = "any_means"
#: sort of thing → the elements that it has among the objects
_THINGS = {"object": "word", "action": "noun"}
_IN_OBJECTS = frozenset((*_THINGS, "graded"))


class Meaning:
    """What one norm says. `written` is what it covers as it stands; `alternatives` are the boxes of each action among which a duty leaves a choice; any other
    duty has one. `words` are the ids of the actions of each. `entailed` are permissions that follow from it."""

    __slots__ = ("alternatives", "bans", "entailed", "index", "norm", "permissions", "words", "written")

    def __init__(self, norm: Norm, index: int) -> None:
        self.norm = norm
        self.index = index
        self.written: list[Box] = []
        self.alternatives: list[list[Box]] = []
        self.words: list[list[Any]] = []
        self.bans: list[Box] = []
        self.permissions: list[Box] = []
        self.entailed: list[Box] = []

    @property
    def duty(self) -> list[Box]:
        """All that a duty covers."""
        return [box for boxes in self.alternatives for box in boxes]

    def boxes(self) -> list[Box]:
        """All that the norm says itself."""
        return [*self.duty, *self.permissions, *self.bans]


class World:
    """The dimensions of one contract, and what its norms mean in them."""

    def __init__(self, contract: Contract, tables: Mapping[str, Any]) -> None:
        compiled = tables["universe"]
        self.above: Mapping[str, Mapping[str, tuple[str, ...]]] = compiled["above"]
        self.persons = Persons(contract, self.above["person"], compiled["persons"])
        dimensions = compiled["dimensions"]
        self.action = Dimension(dimensions["action"])
        self.object = Dimension(dimensions["object"])
        self.object.add(_PERSON)
        self.purpose = Dimension(dimensions["purpose"])
        self.means = Dimension(dimensions["means"])
        self.atoms = Atoms(self.above["condition"])
        self.clock = Clock(contract, self.above["event"])
        self.impersonal = frozenset(compiled["impersonal"])
        self.of_discloser = frozenset(compiled["of_discloser"])
        self.disclosing = self.action.mask(("word", "disclose"))
        self.accessing = self.action.mask(("word", "access"))
        parties = self.persons.parties
        norms = [(number, norm) for number, norm in enumerate(contract.norms) if _is_whole(norm, parties)]
        for _, norm in norms:
            self._announce(norm)
        self.persons.settle()
        self.meanings = [Reading(self, norm, number).meaning() for number, norm in norms]
        self.pieces = Pieces(self.clock, self.atoms.ups())

    # --- what the contract adds to the universe ----------------------------------------------

    def _announce(self, norm: Norm) -> None:
        for person in persons_of(norm):
            self.persons.announce(person)
        for word in norm.actions:
            self._announce_word(self.action, word)
        for dimension, adjuncts in ((self.purpose, norm.purposes), (self.means, norm.means)):
            for words in adjuncts:
                for word in words.words:
                    self._announce_word(dimension, word)
        for thing in (*norm.things, *norm.exceptions):
            self._announce_thing(thing)
            if thing.about is not None:
                self._announce_thing(thing.about)

    def _announce_word(self, dimension: Dimension, word: Word) -> None:
        if word.id is not None or word.text is None:
            return
        if word.term is None:
            dimension.add(("text", normalise(word.text)))
            return
        for number, meaning in meanings(word.term, "thing"):
            if meaning.kind == "purpose" and dimension is self.purpose:
                dimension.add(("term", normalise(word.text), number), self._above("purpose", meaning.id))
        dimension.add(("term", normalise(word.text), 0))

    def _announce_thing(self, thing: Thing) -> None:
        dimension = self.object
        if thing.kind == "graded":
            kind, above = _graded(thing)
            dimension.add(("graded", thing.name, kind), self._above("object", above))
        elif thing.kind == "text" and thing.term is None:
            dimension.add(("text", normalise(str(thing.text))))
        elif thing.kind == "text" and thing.term is not None:
            self._announce_term(normalise(str(thing.text)), thing.term)

    def _announce_term(self, name: str, term: Definition) -> None:
        """A term where things stand: an element below each thing that it means."""
        dimension = self.object
        for number, meaning in meanings(term, "thing"):
            if meaning.kind in _THINGS:
                prefix = _THINGS[meaning.kind]
                dimension.add(("term", name, number), self._above(meaning.kind, meaning.id, prefix))
            elif meaning.kind == "graded":
                kind, above = _graded(meaning)
                grade, all_above = ("graded", meaning.name, kind), self._above("object", above)
                dimension.add(grade, all_above)
                dimension.add(("term", name, number), [grade, *all_above])
            elif meaning.kind == "purpose":
                self.purpose.add(("term", name, number), self._above("purpose", meaning.id))
        dimension.add(("term", name, 0))

    def _above(self, word_class: str, word: str, prefix: str = "word") -> list[Any]:
        """A word with all that it is a kind of, as elements."""
        return [(prefix, one) for one in self.above[word_class].get(word, ())]

    # --- words as sets -------------------------------------------------------------------------

    def word(self, dimension: Dimension, word: Word) -> int:
        """The elements of a word, or of a quoted phrase."""
        if word.id is not None:
            return EVERYTHING if word.id == _ANY_MEANS else dimension.mask(("word", word.id))
        name = normalise(str(word.text))
        if word.term is None:
            return dimension.mask(("text", name))
        meant = [number for number, meaning in meanings(word.term, "thing") if meaning.kind == "purpose"]
        if dimension is not self.purpose:
            meant = []
        return self._of_term(dimension, name, word.term, meant)

    @staticmethod
    def _of_term(dimension: Dimension, name: str, term: Definition, numbers: list[int]) -> int:
        """The elements of a term: those of some meanings, and one for all others."""
        mask = 0
        for number in numbers:
            mask |= dimension.mask(("term", name, number))
        if len(numbers) < len(term.meanings) or not numbers:
            mask |= dimension.mask(("term", name, 0))
        return mask

    def things(self, thing: Thing) -> int:
        """The elements of an object."""
        dimension = self.object
        if thing.kind == "object":
            return dimension.mask(("word", thing.id))
        if thing.kind == "graded":
            return dimension.mask(("graded", thing.name, _graded(thing)[0]))
        if thing.kind == "action":
            return dimension.mask(("noun", thing.id))
        if thing.kind == "purpose":
            return dimension.mask(("purpose", thing.id))
        if thing.kind == "person":
            return dimension.mask(_PERSON)
        name = normalise(str(thing.text))
        if thing.term is None:
            return dimension.mask(("text", name))
        numbers = [number for number, meaning in meanings(thing.term, "thing") if meaning.kind in _IN_OBJECTS]
        return self._of_term(dimension, name, thing.term, numbers)


class Reading:
    """Reads one norm in its world."""

    def __init__(self, world: World, norm: Norm, index: int, *, timeless: bool = False) -> None:
        self.world = world
        self.norm = norm
        self.index = index
        #: leave out when the norm holds, but for what its conditions say
        self._timeless = timeless
        self.persons = world.persons
        self.first = norm.actors[0]
        self.to = [person for one in norm.recipients if one.preposition != "from" for person in one.persons]
        self.source = [
            person for one in norm.recipients if one.preposition == "from" for person in one.persons
        ]
        self.only_to = any(one.only for one in norm.recipients if one.preposition != "from")
        self.only_source = any(one.only for one in norm.recipients if one.preposition == "from")
        self._own_atoms: dict[Key, Key] = {}
        by_kind: dict[str, list[Condition]] = {"if": [], "unless": [], "only_if": []}
        for condition in norm.conditions:
            by_kind[condition.kind].append(condition)
        self.if_, self.unless, self.only_if = by_kind["if"], by_kind["unless"], by_kind["only_if"]
        atoms = [atom for one in norm.conditions for atom in one.atoms]
        implicit = any(self._is_implicit(atom) for atom in atoms)
        named = any(person.kind != "party" for atom in atoms for person in atom.subjects)
        #: whether conditions may speak of whoever receives, and of whoever acts
        self._of = {"to": implicit and bool(self.to), "actor": implicit and (not self.to or named)}
        self.relative = self._is_relative()

    def _is_relative(self) -> bool:
        norm = self.norm
        if any(is_relative(person, self.first) for person in (*self.to, *self.source)):
            return True
        for thing in (*norm.things, *norm.exceptions):
            its = thing.of is self.first and self.first.kind != "party"
            if its or is_relative(thing.of, self.first) or is_relative(thing.person, self.first):
                return True
        for window in norm.windows:
            if window.event is not None and is_relative(window.event.of, self.first):
                return True
        return any(
            (not atom.subjects and atom.id is not None and atom.id in self.world.of_discloser)
            or any(is_relative(person, self.first) for person in atom.subjects)
            for condition in norm.conditions
            for atom in condition.atoms
        )

    def _is_implicit(self, atom: ConditionAtom) -> bool:
        """Whether an atom may speak of whoever receives or acts."""
        if atom.id is None or atom.id in self.world.impersonal or atom.id in ("in_force", "terminated"):
            return False
        if not atom.subjects:
            return atom.id not in self.world.of_discloser
        return any(person.kind != "party" for person in atom.subjects)

    # --- parts of the sentence ------------------------------------------------------------------

    def _sides(self, actors: int) -> Iterator[tuple[Side | None, int]]:
        """The actors by party and role, where it matters which."""
        if not self.relative:
            yield None, actors
            return
        rest = actors
        for side in self.persons.sides:
            mine = actors & self.persons.belonging(side)
            if mine:
                yield side, mine
            rest &= ~self.persons.belonging(side)
        if rest:
            yield None, rest

    def _by_party(self, mask: int, rest: str) -> Iterator[tuple[int, Any]]:
        """Persons by party, each of which is somebody of whom a condition may speak by name."""
        if not self._of[rest]:
            yield mask, rest
            return
        parties = self.persons.parties_in(mask)
        if parties:
            names = dict.fromkeys(name for name, _ in self.persons.sides_in(parties))
            for name in names:
                own = parties & self.persons.all_of_party(name)
                yield own, ("party", name)
        if mask & ~parties:
            yield mask & ~parties, rest

    def _mask_of(self, people: Iterable[Person], side: Side | None, *, acting: bool = False) -> int:
        mask = 0
        for person in people:
            mask |= self.persons.mask(person, side, self.first, acting=acting)
        return mask

    def _objects(self, side: Side | None) -> list[tuple[int, int, int]]:
        """The objects, each with its owners and with what is done to it where it is the noun of an action. Words that
        differ in neither are one set."""
        if not self.norm.things:
            return [(EVERYTHING, EVERYTHING, EVERYTHING)]
        found: dict[tuple[int, int], int] = {}
        for thing in self.norm.things:
            for mask, owner, about in self._thing(thing, side):
                found[owner, about] = found.get((owner, about), 0) | mask
        return [(mask, owner, about) for (owner, about), mask in found.items()]

    def _thing(self, thing: Thing, side: Side | None) -> list[tuple[int, int, int]]:
        """What a thing is, whose, and what is done to it: more than one where it is a term."""
        if thing.kind == "text" and thing.term is not None:
            return self._meant(thing, thing.term, side)
        owner = EVERYTHING if thing.of is None else self._owner(thing.of, side)
        about = EVERYTHING
        if thing.kind == "action" and thing.about is not None:
            about = self.world.things(thing.about)
        elif thing.kind == "person" and thing.person is not None:
            about = self._mask_of((thing.person,), side)
        return [(self.world.things(thing), owner, about)]

    def _meant(self, thing: Thing, term: Definition, side: Side | None) -> list[tuple[int, int, int]]:
        """What a term means among things: each meaning with its owner, and persons."""
        world, name = self.world, normalise(str(thing.text))
        things = [(number, one) for number, one in meanings(term, "thing") if one.kind in _IN_OBJECTS]
        persons = meanings(term, "person")
        found = [
            (
                world.object.mask(("term", name, number)),
                EVERYTHING if one.of is None else self._owner(one.of, side),
                EVERYTHING,
            )
            for number, one in things
        ]
        if persons:
            who = Person("text", None, None, thing.text, None, None, term, thing.span)
            found.append((world.object.mask(_PERSON), EVERYTHING, self._mask_of((who,), side)))
        if len(things) + len(persons) < len(term.meanings) or not found:
            found.append((world.object.mask(("term", name, 0)), EVERYTHING, EVERYTHING))
        return found

    def _owner(self, of: Person, side: Side | None) -> int:
        """Whose an object is; “its” is what belongs to the party that acts."""
        if of is self.first and of.kind != "party":
            return EVERYTHING if side is None else self.persons.own(side)
        return self._mask_of((of,), side)

    def _adjunct(self, dimension: Dimension, adjuncts: Iterable[Any]) -> int:
        mask = 0
        for words in adjuncts:
            for word in words.words:
                mask |= self.world.word(dimension, word)
        return mask or EVERYTHING

    def _time(self, side: Side | None) -> list[Any]:
        """Bounds on now that hold whatever the conditions."""
        if self._timeless:
            return []
        bounds: list[Any] = []
        windows = False
        for window in self.norm.windows:
            found = self.window(window, side)
            windows = windows or bool(found)
            bounds += found
        if not windows and not speaks_of_time(self.norm.conditions):
            bounds += self.world.clock.usual(self.norm)
        return bounds

    def window(self, window: Window, side: Side | None) -> tuple[Any, ...]:
        """The bounds of a window of the norm."""
        return self.world.clock.window(window, self.index, self._event_owner(window, side))

    def event_key(self, window: Window, side: Side | None) -> Any:
        """What tells the event of a window from others; None without one."""
        event = window.event
        if event is None:
            return None
        return self.world.clock.event_key(event, self._event_owner(window, side))

    def _event_owner(self, window: Window, side: Side | None) -> Any:
        of = window.event.of if window.event is not None else None
        return event_owner(of, self._one_party(of, side))

    def sides(self) -> list[Side | None]:
        """The parties and roles for which the norm is read one by one."""
        return [side for side, _ in self._sides(self._mask_of(self.norm.actors, None, acting=True))]

    def _one_party(self, person: Person | None, side: Side | None) -> str | None:
        """The party that a word stands for, if it is one alone."""
        if person is None or (person.kind == "person" and person.of is not None):
            return None
        names = {name for name, _ in self.persons.sides_in(self._mask_of((person,), side))}
        if person.kind == "party":
            return person.name
        relative = person.kind == "person" and is_relative(person, self.first)
        return names.pop() if relative and len(names) == 1 else None

    # --- conditions -------------------------------------------------------------------------------

    def _reader(self, side: Side | None, actor: Any, recipient: Any, *, entailed: bool = False) -> Reader:
        """Reads conditions where the actor and the recipient are who they are: a party by name, or somebody else."""

        def keys(atom: ConditionAtom) -> list[Key]:
            return [
                self._renamed(key) if entailed else key for key in self._keys(atom, side, actor, recipient)
            ]

        return Reader(self.world.atoms, keys)

    def _renamed(self, key: Key) -> Key:
        """Who received is who has access; who gave is not there any more."""
        if key[1] == "to":
            return (key[0], "actor")
        return (key[0], ("giver", self.index)) if key[1] == "actor" else key

    def _keys(self, atom: ConditionAtom, side: Side | None, actor: Any, recipient: Any) -> list[Key]:
        if atom.id is None:
            return [(atom.text, None)]
        if atom.id in self.world.impersonal:
            return [(atom.id, None)]
        if not atom.subjects:
            if atom.id in self.world.of_discloser:
                return [(atom.id, self._discloser(side))]
            return [(atom.id, recipient if self.to else actor)]
        found = [
            (atom.id, subject)
            for person in atom.subjects
            for subject in self._subjects(person, side, actor, recipient)
        ]
        return list(dict.fromkeys(found))

    def _subjects(self, person: Person, side: Side | None, actor: Any, recipient: Any) -> list[Any]:
        """Of whom a condition is: "if both parties consent" is of each, and not of whoever acts alone."""
        if person.kind == "person" and person.id in ALL_PARTIES and person.vague is None:
            return [("party", party) for party in self.persons.parties]
        return [self._subject(person, side, actor, recipient)]

    def _discloser(self, side: Side | None) -> Any:
        meant = self.persons.with_role("discloser", but=side[0] if side and side[1] == "recipient" else None)
        if side is not None and side[1] == "discloser":
            return ("party", side[0])
        names = {name for name, _ in self.persons.sides_in(meant)}
        return ("party", names.pop()) if len(names) == 1 else ("class", "discloser", None)

    def _subject(self, person: Person, side: Side | None, actor: Any, recipient: Any) -> Any:
        if person.kind == "party":
            return ("party", person.name)
        party = self._one_party(person, side)
        if party is not None:
            return ("party", party)
        mask = self._mask_of((person,), side)
        if self.to and not self._mask_of(self.to, side) & ~mask:
            return recipient
        if not self._mask_of(self.norm.actors, side) & ~mask:
            return actor
        return ("class", person.id or person.text, key_of(person.of))

    # --- boxes ---------------------------------------------------------------------------------------

    def _place(
        self, actors: int, to: Any = None, *, entailed: bool = False, **parts: Any
    ) -> Iterator[tuple[Reader, Box]]:
        """A box without conditions for every way in which actors and recipients may be who they are, with the reader of
        conditions there. `to` is a function from a side to a mask, where it is not the norm's own recipients;
        `parts` are other masks than the norm's own."""
        world, norm = self.world, self.norm
        purpose = parts["purpose"] if "purpose" in parts else self._adjunct(world.purpose, norm.purposes)
        means = parts["means"] if "means" in parts else self._adjunct(world.means, norm.means)
        writing = parts.get("writing") or (IN_WRITING if norm.in_writing else EITHER)
        action = parts.get("action") or self._actions()
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
                                acting, receiving, source, action, objects, owner, about, purpose, means,
                                writing, 0, 0, time,
                            ),
                        )  # fmt: skip

    def _actions(self) -> int:
        mask = 0
        for word in self.norm.actions:
            mask |= self.world.word(self.world.action, word)
        return mask

    def _boxes(self, condition: Any, actors: int, to: Any = None, **parts: Any) -> list[Box]:
        """Boxes with the conditions that `condition` reads, less what is excepted."""
        clock = self.world.clock
        found: list[Box] = []
        for reader, box in self._place(actors, to, **parts):
            for must, must_not, bounds in condition(reader):
                time = clock.intern(clock.bounds(box.time) | set(bounds)) if bounds else box.time
                found.append(box.but(must=must, must_not=must_not, time=time))
        return self._without_exceptions(found)

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
        if kinds & _IN_OBJECTS or not found:
            found += [_as_object(triple) for triple in self._meant(thing, term, side)]
        return found

    def _excepted_person(self, person: Person, side: Side | None) -> dict[str, int]:
        """Persons are left out of those who receive or give, else of those to whom it is done, else of those who act."""
        if self.to or self.source:
            return {"to" if self.to else "from_": self._mask_of((person,), side)}
        if any(thing.kind == "person" for thing in self.norm.things):
            return {"object": self.world.object.mask(_PERSON), "about": self._mask_of((person,), side)}
        return {"actor": self._mask_of((person,), side, acting=True)}

    # --- what it says -----------------------------------------------------------------------------------

    def meaning(self) -> Meaning:
        """The norm's own boxes and those that follow from it."""
        norm = self.norm
        meaning = Meaning(norm, self.index)
        actors = self._mask_of(norm.actors, None, acting=True)
        if norm.modality == "must_not":
            meaning.bans = meaning.written = self._boxes(self._all, actors)
            return meaning
        restricts = (
            self.only_to or self.only_source or any(words.only for words in (*norm.purposes, *norm.means))
        )
        only_all = norm.only and self._has_something_to_restrict()
        if norm.modality == "may":
            meaning.permissions = self._boxes(self._all, actors)
        elif not (only_all or restricts):
            self._duties(meaning, actors)
        meaning.written = meaning.permissions or meaning.duty or self._boxes(self._all, actors)
        if norm.only_actors:
            meaning.bans += self._others(actors)
        if only_all:
            meaning.bans += self._outside_all(actors)
        elif restricts:
            meaning.bans += self._outside_each(actors)
        if self.only_if and not norm.only_actors and not only_all:
            meaning.bans += self._boxes(self._not_only_if, actors)
        self._entail(meaning, actors)
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
            meaning.alternatives.append(self._boxes(self._all, actors, action=mask))
            meaning.words.append([word.id for word in group if word.id is not None])

    def _others(self, actors: int) -> list[Box]:
        """Whom “only X may, if C” shuts out: all but X, and X where not C, on the side of the recipient."""
        shut_out = ~self.persons.not_of_the_recipient()
        found = self._boxes(self._not_unless, ~actors & shut_out)
        if self.if_ or self.only_if:
            found += self._boxes(self._outside_conditions, actors & shut_out)
        return found

    def _outside_all(self, actors: int) -> list[Box]:
        """What “may only” shuts out: whatever is not as all adjuncts and conditions together say."""
        world, norm = self.world, self.norm
        everything: dict[str, Any] = {
            "purpose": EVERYTHING, "means": EVERYTHING, "writing": EITHER, "from_": lambda _side: EVERYTHING,
        }  # fmt: skip

        def anybody(_side: Side | None) -> int:
            return EVERYTHING

        found: list[Box] = []
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

    def _outside_each(self, actors: int) -> list[Box]:
        """What an “only” before one adjunct shuts out."""
        world, norm = self.world, self.norm
        found: list[Box] = []
        if self.only_to:
            found += self._boxes(self._all, actors, self._not_recipients)
        if self.only_source:
            found += self._boxes(self._all, actors, from_=self._not_sources)
        if any(words.only for words in norm.purposes):
            found += self._boxes(self._all, actors, purpose=~self._adjunct(world.purpose, norm.purposes))
        if any(words.only for words in norm.means):
            found += self._boxes(self._all, actors, means=~self._adjunct(world.means, norm.means))
        return found

    def _not_recipients(self, side: Side | None) -> int:
        return ~self._mask_of(self.to, side)

    def _not_sources(self, side: Side | None) -> int:
        return ~self._mask_of(self.source, side)

    def _entail(self, meaning: Meaning, actors: int) -> None:
        """Whoever may disclose something to somebody lets him have access to it."""
        world = self.world
        if (
            not self.to
            or not self._actions() & world.disclosing
            or not (meaning.permissions or len(meaning.alternatives) == 1)
        ):
            return
        reader_boxes = self._boxes(self._all, actors, entailed=True)
        for box in reader_boxes:
            if box.action & world.disclosing:
                meaning.entailed.append(
                    box.but(
                        actor=self.persons.as_actors(box.to), to=EVERYTHING, from_=EVERYTHING, action=world.accessing,
                        means=EVERYTHING, writing=EITHER,
                    )
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


def _graded(thing: Thing) -> tuple[str, str]:
    """What is graded, and the class of the vocabulary above it."""
    if thing.id == "document":
        return "document", "confidential_document"
    return "information", "confidential_information"


def persons_of(norm: Norm) -> Iterator[Person]:
    """Every person that a norm names as one of its parts."""
    yield from norm.actors
    for recipients in norm.recipients:
        yield from recipients.persons
    for thing in (*norm.things, *norm.exceptions):
        if thing.of is not None:
            yield thing.of
        if thing.person is not None:
            yield thing.person
    for condition in norm.conditions:
        for atom in condition.atoms:
            yield from atom.subjects


def _is_whole(norm: Norm, parties: Container[str]) -> bool:
    """Whether a norm says of all its parts what they are: it has no blanks, nobody who is not declared, and somebody
    who does something."""
    if not norm.actors or not norm.actions:
        return False
    persons = list(persons_of(norm))
    if any(person.kind == "party" and person.name not in parties for person in persons):
        return False
    texts: list[Any] = [*norm.actions, *persons, *norm.things, *norm.exceptions]
    for words in (*norm.purposes, *norm.means):
        texts += words.words
    return not any(one.text is not None and _is_blank(one.text) for one in texts)


def _is_blank(text: str) -> bool:
    """Whether a quoted text is, or has in it, a place left to fill in."""
    if text.strip() and _MAYBE_BLANK.isdisjoint(text):
        return False
    from nda_lint.bind_values import is_blank

    return is_blank(text)
