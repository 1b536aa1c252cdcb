"""The parts of a sentence as sets: who, what, when and on what conditions, for each party that may act."""

from __future__ import annotations

from nda_lint.analysis.norms.clock import event_owner
from nda_lint.analysis.norms.conditions import Reader, speaks_of_time
from nda_lint.analysis.norms.persons import ALL_PARTIES, is_relative, key_of
from nda_lint.analysis.norms.universe import EVERYTHING, Dimension, meanings
from nda_lint.analysis.norms.world import IN_OBJECTS, PERSON
from nda_lint.lexer import normalise
from nda_lint.values import Person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.analysis.norms.conditions import Key
    from nda_lint.analysis.norms.persons import Side
    from nda_lint.analysis.norms.world import World
    from nda_lint.contract import Condition, ConditionAtom, Norm, Window
    from nda_lint.values import Definition, Thing


class Parts:
    """The parts of one norm, read in its world."""

    def __init__(
        self, world: World, norm: Norm, number: int | None = None, *, timeless: bool = False
    ) -> None:
        """`number` tells the norm from others; without one, its place does."""
        self.world = world
        self.norm = norm
        self.number = norm.span[0] if number is None else number
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
        """Whom people are, seen from a side; who acts themselves are whoever the words name."""
        seen_from = (None, None) if acting else (side, self.first)
        mask = 0
        for person in people:
            mask |= self.persons.mask(person, *seen_from, acting=acting)
        return mask

    def _objects(self, side: Side | None) -> list[tuple[int, int, int]]:
        """The objects, each with its owners and with what is done to it where it is the noun of an action. Words that
        differ in neither are one set."""
        if not self.norm.things:
            return [(EVERYTHING, EVERYTHING, EVERYTHING)]
        found: dict[tuple[int, int], int] = {}
        for thing in self.norm.things:
            for mask, owner, about in self._thing(thing, side):
                known = found.get((owner, about))
                found[owner, about] = mask if known is None else known | mask
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
        world, name = self.world, self.world.called(normalise(str(thing.text)))
        things = [(number, one) for number, one in meanings(term, "thing") if one.kind in IN_OBJECTS]
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
            found.append((world.object.mask(PERSON), EVERYTHING, self._mask_of((who,), side)))
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
        return self.world.clock.window(window, self.number, self._event_owner(window, side))

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
        return (key[0], ("giver", self.number)) if key[1] == "actor" else key

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
