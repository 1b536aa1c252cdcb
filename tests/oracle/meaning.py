"""What a norm means: the situations that it covers, requires, permits and forbids.

Every function here reads as the sentences of docs/contradictions.md do: a norm covers a situation where each of
its parts does, and what it forbids, permits or requires is put together from the same parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import z3
from oracle.conditions import Conditions, given_recipients, of_kinds
from oracle.days import Days
from oracle.people import People, is_itself
from oracle.world import Codes, Situation, World, all_of, any_of, called, element_of, meanings, walk

from nda_lint.lexer import normalise
from nda_lint.values import Person, Thing, Word

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from oracle.conditions import Rank
    from oracle.world import Formula

    from nda_lint.contract import Contract, Norm

TRUE = z3.BoolVal(True)
FALSE = z3.BoolVal(False)
_BLANK_MARKS = frozenset("_[]【】●XxＸ ・.·…□")


class Reading:
    """A contract, read for what its norms mean."""

    def __init__(self, contract: Contract, tables: Any) -> None:
        self.contract = contract
        self.world = World(contract, tables)
        self.people = People(self.world)
        self.days = Days(self.world, self.people)
        self.conditions = Conditions(self.world, self.people, self.days, tables["names"])

    def meaning(self, norm: Norm, index: int, situation: Situation) -> Meaning:
        return Meaning(self, norm, index, situation)

    # --- parts -----------------------------------------------------------------------------

    def words(self, words: Iterable[Word], variable: Any, codes: Codes, section: str) -> Formula:
        return any_of(self._word(word, variable, codes, section) for word in words)

    def _word(self, word: Word, variable: Any, codes: Codes, section: str) -> Formula:
        if word.id is not None:
            return self.world.word_below(variable, codes, section, word.id)
        name = normalise(str(word.text))
        if word.term is None:
            return codes.is_one_of(variable, [("text", name)])
        return codes.is_one_of(variable, called(name, word.term, section))

    def thing(self, thing: Thing, s: Situation, norm: Norm) -> Formula:
        """Whether what is done to is covered by what a norm names."""
        world = self.world
        if thing.kind == "text":
            return self._text(thing, s, norm)
        if thing.kind == "person" and thing.person is not None:
            return z3.And(
                s.object == world.objects.numbers["person",],
                self.people.other(thing.person, s.about_person, s.actor, norm),
            )
        parts = [world.object_below(s.object, element_of(thing)), self._owner(thing.of, s, norm)]
        if thing.about is not None:
            parts.append(self._about(thing.about, s.about))
        return all_of(parts)

    def _owner(self, of: Person | None, s: Situation, norm: Norm) -> Formula:
        if of is None:
            return TRUE
        if is_itself(of, norm):
            same = z3.And(s.owner.of == s.actor.of, s.owner.discloses == s.actor.discloses)
            party = z3.And(self.world.is_party(s.owner), same)
            return z3.Implies(self.world.has_party(s.actor), party)
        return self.people.other(of, s.owner, s.actor, norm)

    def _about(self, about: Thing, variable: Any) -> Formula:
        """What the action of a noun is done to: its class alone."""
        objects = self.world.objects
        if about.kind == "person":
            return objects.is_one_of(variable, [("person",)])
        if about.kind != "text":
            return self.world.object_below(variable, element_of(about))
        name = normalise(str(about.text))
        if about.term is None:
            return objects.is_one_of(variable, [("text", name)])
        return objects.is_one_of(variable, called(name, about.term, "object"))

    def _text(self, thing: Thing, s: Situation, norm: Norm) -> Formula:
        """A quoted phrase, or a term: whatever it means, with whose it is."""
        objects, name = self.world.objects, normalise(str(thing.text))
        if thing.term is None:
            return objects.is_one_of(s.object, [("text", name)])
        found = []
        for element in called(name, thing.term, "object"):
            meant = [value.thing for number, value in meanings(thing.term, "object") if number == element[2]]
            owner = self._owner(meant[0].of, s, norm) if meant else TRUE
            found.append(z3.And(objects.is_one_of(s.object, [element]), owner))
        person = Person("text", None, None, thing.text, None, None, thing.term, thing.span)
        if any(True for _ in meanings(thing.term, "person")):
            means = self.people.other(person, s.about_person, s.actor, norm)
            found.append(z3.And(objects.is_one_of(s.object, [("person",)]), means))
        return any_of(found)


@dataclass
class Meaning:
    """One norm, in one situation."""

    reading: Reading
    norm: Norm
    index: int
    s: Situation

    # --- the parts of the norm -------------------------------------------------------------

    @cached_property
    def actors(self) -> Formula:
        return self.reading.people.actors(self.norm.actors, self.s.actor)

    @cached_property
    def to(self) -> Formula:
        return self._persons(given_recipients(self.norm), self.s.to)

    @cached_property
    def source(self) -> Formula:
        return self._persons(self._sources, self.s.source)

    @property
    def _sources(self) -> list[Person]:
        return [person for one in self.norm.recipients if one.preposition == "from" for person in one.persons]

    def _persons(self, persons: list[Person], one: Any) -> Formula:
        if not persons:
            return TRUE
        return self.reading.people.others(persons, one, self.s.actor, self.norm)

    @cached_property
    def purpose(self) -> Formula:
        words = [word for one in self.norm.purposes for word in one.words]
        if not words:
            return TRUE
        return self.reading.words(words, self.s.purpose, self.reading.world.purposes, "purpose")

    @cached_property
    def means(self) -> Formula:
        words = [word for one in self.norm.means for word in one.words]
        if not words:
            return TRUE
        return self.reading.words(words, self.s.means, self.reading.world.means, "means")

    @cached_property
    def writing(self) -> Formula:
        return self.s.writing if self.norm.in_writing else TRUE

    @cached_property
    def action(self) -> Formula:
        return self.reading.words(self.norm.actions, self.s.action, self.reading.world.actions, "action")

    @cached_property
    def object(self) -> Formula:
        if not self.norm.things:
            return TRUE
        return any_of(self.reading.thing(thing, self.s, self.norm) for thing in self.norm.things)

    @cached_property
    def time(self) -> Formula:
        return self.reading.days.covers(self.norm, self.index, self.s.now, self.s.actor)

    @cached_property
    def conditions(self) -> Formula:
        """All that must hold: if and only if."""
        return self._true("if", "only_if")

    def _true(self, *kinds: str) -> Formula:
        true = self.reading.conditions.true
        return all_of([true(one, self.norm, self.s) for one in of_kinds(self.norm, *kinds)])

    @cached_property
    def not_left_out(self) -> Formula:
        """Unless and except: there the norm says nothing at all."""
        true = self.reading.conditions.true
        unless = [true(one, self.norm, self.s) for one in of_kinds(self.norm, "unless")]
        return z3.Not(any_of([*unless, *(self.excepted(thing) for thing in self.norm.exceptions)]))

    def excepted(self, thing: Thing) -> Formula:
        """Whether a situation falls under an exception."""
        s, reading = self.s, self.reading
        if thing.kind == "person" and thing.person is not None:
            return self._excepted_person(thing.person)
        if thing.kind == "purpose":
            return reading.world.word_below(s.purpose, reading.world.purposes, "purpose", str(thing.id))
        if thing.kind == "action" and not any(one.kind == "action" for one in self.norm.things):
            action = reading.world.word_below(s.action, reading.world.actions, "action", str(thing.id))
            return action if thing.about is None else z3.And(action, reading.thing(thing.about, s, self.norm))
        if thing.kind == "text" and thing.term is not None:
            return self._excepted_term(thing)
        return reading.thing(thing, s, self.norm)

    def _excepted_person(self, person: Person) -> Formula:
        people, s = self.reading.people, self.s
        if given_recipients(self.norm):
            return people.other(person, s.to, s.actor, self.norm)
        if self._sources:
            return people.other(person, s.source, s.actor, self.norm)
        if any(thing.kind == "person" for thing in self.norm.things):
            return z3.And(
                s.object == self.reading.world.objects.numbers["person",],
                people.other(person, s.about_person, s.actor, self.norm),
            )
        return people.actors([person], s.actor)

    def _excepted_term(self, thing: Thing) -> Formula:
        """A term is left out of the parts that have the classes of its meanings."""
        term, name, world = thing.term, normalise(str(thing.text)), self.reading.world
        found = []
        if term is not None and any(True for _ in meanings(term, "purpose")):
            found.append(world.purposes.is_one_of(self.s.purpose, called(name, term, "purpose")))
        if any(True for _ in meanings(term, "person")):
            person = Person("text", None, None, thing.text, None, None, term, thing.span)
            found.append(self._excepted_person(person))
        if any(True for _ in meanings(term, "object")) or not found:
            found.append(self.reading.thing(thing, self.s, self.norm))
        return any_of(found)

    # --- the norm as written ---------------------------------------------------------------

    @cached_property
    def adjuncts(self) -> Formula:
        return z3.And(self.to, self.source, self.purpose, self.means, self.writing)

    @cached_property
    def rest(self) -> Formula:
        """What is the same for all that a norm says."""
        return z3.And(self.action, self.object, self.time, self.not_left_out)

    @cached_property
    def written(self) -> Formula:
        """The norm, with every part as a restriction."""
        return z3.And(self.actors, self.adjuncts, self.rest, self.conditions)

    @cached_property
    def untimed(self) -> Formula:
        """The same but for its windows."""
        return z3.And(
            self.actors, self.adjuncts, self.action, self.object, self.not_left_out, self.conditions
        )

    def _rank(self, *kinds: str) -> Rank:
        return self.reading.conditions.rank(self.norm, self.s, *kinds)

    @cached_property
    def rank(self) -> Rank:
        """What it has on its side by law."""
        return self._rank("if", "only_if")

    # --- what it forbids, permits and requires ----------------------------------------------

    @property
    def only_dimensions(self) -> list[str]:
        """The adjuncts that are restricted by an "only" of their own."""
        norm = self.norm
        found = []
        recipients = [one for one in norm.recipients if one.only]
        if any(one.preposition != "from" for one in recipients):
            found.append("to")
        if any(one.preposition == "from" for one in recipients):
            found.append("source")
        if any(one.only for one in norm.purposes):
            found.append("purpose")
        if any(one.only for one in norm.means):
            found.append("means")
        return found

    @property
    def only_all(self) -> bool:
        """Whether "only" stands before the action and there is something that it restricts."""
        norm = self.norm
        conditions = any(True for _ in of_kinds(norm, "if", "only_if"))
        given = norm.recipients or norm.purposes or norm.means or norm.in_writing or conditions
        return bool(norm.only and given)

    @property
    def restricted(self) -> bool:
        """Whether an "only" makes of the norm a ban on everything else."""
        return self.norm.modality != "must_not" and bool(self.only_all or self.only_dimensions)

    @property
    def is_choice(self) -> bool:
        norm = self.norm
        return norm.modality == "must" and norm.connective == "or" and len(norm.actions) > 1

    @cached_property
    def permission(self) -> Formula:
        return self.written if self.norm.modality == "may" else FALSE

    @cached_property
    def duty(self) -> Formula:
        return self.written if self.norm.modality == "must" and not self.restricted else FALSE

    @cached_property
    def ban(self) -> Formula:
        return any_of([forbids for forbids, _ in self.bans])

    @cached_property
    def bans(self) -> list[tuple[Formula, Rank]]:
        """What it forbids: as written, or what follows from an "only"; each with what it has on its side by law."""
        if self.norm.modality == "must_not":
            return [(self.written, self.rank)]
        bans = []
        if self.norm.only_actors:
            bans.append((self._others_may_not(), self._rank()))
        if self.only_all:
            inside = z3.And(self.adjuncts, self.conditions)
            bans.append((z3.And(self.actors, self.rest, z3.Not(inside)), self._rank()))
        elif self.only_dimensions:
            bans.append((self._nothing_else(), self.rank))
        otherwise = not self.norm.only_actors and not self.only_all
        if otherwise and any(True for _ in of_kinds(self.norm, "only_if")):
            bans.append((self._not_otherwise(), self._rank("if")))
        return bans

    def _others_may_not(self) -> Formula:
        """only X may A if C: nobody on the recipient's side may, outside (X and C)."""
        side = self.reading.people.on_recipients_side(self.s.actor)
        return z3.And(side, self.adjuncts, self.rest, z3.Not(z3.And(self.actors, self.conditions)))

    def _nothing_else(self) -> Formula:
        """only to X, only for P: nothing but that."""
        restricted = {name: getattr(self, name) for name in self.only_dimensions}
        others = [
            getattr(self, name)
            for name in ("to", "source", "purpose", "means", "writing")
            if name not in restricted
        ]
        inside = all_of(restricted.values())
        return z3.And(self.actors, self.conditions, self.rest, *others, z3.Not(inside))

    def _not_otherwise(self) -> Formula:
        """only if C: not where not C."""
        plain = self._true("if")
        return z3.And(self.actors, self.adjuncts, self.rest, plain, z3.Not(self._true("only_if")))

    @property
    def discloses(self) -> list[Word]:
        """The actions that are kinds of disclosing."""
        order = self.reading.world.orders["action"]
        return [word for word in self.norm.actions if word.id is not None and order.is_a(word.id, "disclose")]

    @property
    def entails_access(self) -> bool:
        """Whether whoever receives may have access."""
        own = self.norm.modality == "may" or (self.norm.modality == "must" and not self.restricted)
        return own and not self.is_choice and bool(self.discloses and given_recipients(self.norm))


def is_left_out(norm: Norm, parties: Container[str]) -> bool:
    """Whether it is still to be filled in who does what to whom, or somebody is named who is no party."""
    if not norm.actors or not norm.actions:
        return True
    parts = [getattr(norm, slot) for slot in norm.__slots__ if slot not in ("block", "windows", "span")]
    named = [one for part in parts for one in walk(part) if isinstance(one, (Person, Thing, Word))]
    if any(isinstance(one, Person) and one.kind == "party" and one.name not in parties for one in named):
        return True
    return any(one.text is not None and _is_blank(one.text) for one in named)


def _is_blank(text: str) -> bool:
    stripped = text.strip()
    return bool(stripped) and set(stripped) <= _BLANK_MARKS
