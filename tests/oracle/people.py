"""Which persons a word of a norm covers, and which party a word stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3
from oracle.world import PARTY_WORDS, any_of, called, meanings

from nda_lint.lexer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oracle.world import Element, Formula, PersonVariable, World

    from nda_lint.contract import Norm
    from nda_lint.values import Definition, Person

    #: The party of the actor and its role; None where the actor is of no party.
    Side = tuple[str, str] | None

TRUE = z3.BoolVal(True)


class People:
    """Reads the persons of norms."""

    def __init__(self, world: World) -> None:
        self.world = world

    # --- who is covered ----------------------------------------------------------------------

    def actors(self, persons: Iterable[Person], one: PersonVariable) -> Formula:
        """Whether somebody is among those who act: parties act through their employees as well."""
        return any_of(self._actor(person, one) for person in persons)

    def _actor(self, person: Person, one: PersonVariable) -> Formula:
        world = self.world
        acting = self._acts_for_a_party(one)
        if person.kind == "party":
            return z3.And(acting, world.is_of(one, str(person.name)))
        if person.kind == "person" and person.id in PARTY_WORDS and not person.vague:
            if person.id in ("discloser", "recipient"):
                return z3.And(acting, one.discloses == (person.id == "discloser"))
            return acting
        # A term that means a party by name means whoever acts for it.
        meant = [value.person for _, value in meanings(person.term, "person") if value.person.kind == "party"]
        itself = [self._actor(party, one) for party in meant]
        return any_of([z3.And(self._kind(person, one), self._owned_plainly(person.of, one)), *itself])

    def _acts_for_a_party(self, one: PersonVariable) -> Formula:
        """A party, or an employee of one."""
        world = self.world
        return z3.And(
            world.has_party(one), z3.Or(world.is_party(one), world.kind_below(one.kind, "employee"))
        )

    def others(
        self, persons: Iterable[Person], one: PersonVariable, actor: PersonVariable, norm: Norm
    ) -> Formula:
        """Whether somebody is among the persons of any other place, seen from the actor."""
        return any_of(self.other(person, one, actor, norm) for person in persons)

    def other(self, person: Person, one: PersonVariable, actor: PersonVariable, norm: Norm) -> Formula:
        if person.kind == "party":
            return z3.And(self.world.is_party(one), self.world.is_of(one, str(person.name)))
        if person.kind == "person" and person.id in PARTY_WORDS and not person.vague:
            return z3.And(self.world.is_party(one), self._party_word(str(person.id), one, actor))
        return z3.And(self._kind(person, one), self._owned(person.of, one, actor, norm))

    def _kind(self, person: Person, one: PersonVariable) -> Formula:
        """What kind of person is meant, whoever they belong to."""
        world = self.world
        if person.kind == "text":
            name = normalise(str(person.text))
            if person.term is None:
                return world.kinds.is_one_of(one.kind, [("text", name)])
            return self._meant(name, person.term, one)
        if person.vague:
            # "very few executives" are nobody's, unless it is said whose.
            whose = TRUE if person.of is not None else world.owners.is_one_of(one.of, [("nobody",)])
            return z3.And(world.kinds.is_one_of(one.kind, [("vague", person.vague, person.id)]), whose)
        if person.id == "person":
            return TRUE
        return world.kind_below(one.kind, str(person.id))

    def _meant(self, name: str, term: Definition, one: PersonVariable) -> Formula:
        """Whom a term means: a party by name is that party itself."""
        world = self.world
        parties = [value.person for _, value in meanings(term, "person") if value.person.kind == "party"]
        elements = called(name, term, "person")
        itself = [z3.And(world.is_party(one), world.is_of(one, str(party.name))) for party in parties]
        return any_of([world.kinds.is_one_of(one.kind, elements), *itself])

    def _party_word(self, word: str, one: PersonVariable, actor: PersonVariable) -> Formula:
        """Whether somebody of a party is of the one that a word means, seen from the actor."""
        world = self.world
        same = one.of == actor.of
        if word == "other_party":
            return z3.Implies(world.has_party(actor), z3.Not(same))
        if word in ("discloser", "recipient"):
            discloses = z3.BoolVal(word == "discloser")
            return z3.And(
                one.discloses == discloses,
                z3.Implies(world.has_party(actor), same == (actor.discloses == discloses)),
            )
        return TRUE

    def _owned(self, of: Person | None, one: PersonVariable, actor: PersonVariable, norm: Norm) -> Formula:
        """Whether somebody belongs to those who are named."""
        world = self.world
        if of is not None and is_itself(of, norm):
            return z3.Implies(
                world.has_party(actor), z3.And(one.of == actor.of, one.discloses == actor.discloses)
            )
        if of is not None and of.kind == "person" and of.id in PARTY_WORDS:
            return z3.And(world.has_party(one), self._party_word(str(of.id), one, actor))
        return self._owned_plainly(of, one)

    def _owned_plainly(self, of: Person | None, one: PersonVariable) -> Formula:
        world = self.world
        if of is None or of.id == "person":
            return TRUE
        if of.kind == "party":
            return world.is_of(one, str(of.name))
        if of.kind == "text":
            return world.owner_below(one.of, ("text", normalise(str(of.text))))
        if of.id in PARTY_WORDS:
            role = one.discloses == (of.id == "discloser") if of.id in ("discloser", "recipient") else TRUE
            return z3.And(world.has_party(one), role)
        return world.owner_below(one.of, ("class", of.id))

    # --- the recipient's side ------------------------------------------------------------------

    def on_recipients_side(self, one: PersonVariable) -> Formula:
        """Not the discloser or who belongs to it, no authority, and not whom the data concern."""
        world = self.world
        discloser = z3.And(world.has_party(one), one.discloses)
        return z3.Not(
            z3.Or(
                discloser, world.kind_below(one.kind, "authority"), world.kind_below(one.kind, "data_subject")
            )
        )

    # --- from where the actor stands -------------------------------------------------------------

    def sides(self) -> list[Side]:
        """Every party in every role that it may have; and nobody's side."""
        return [*((party, role) for party, roles in self.world.roles.items() for role in roles), None]

    def is_on(self, actor: PersonVariable, side: Side) -> Formula:
        """Whether the actor stands on a side."""
        if side is None:
            return z3.Not(self.world.has_party(actor))
        return z3.And(self.world.is_of(actor, side[0]), actor.discloses == (side[1] == "discloser"))

    def parties_meant(self, word: str, side: Side) -> list[str]:
        """The parties that a word stands for, seen from a side."""
        roles = self.world.roles
        if word in ("each_party", "both_parties"):
            return list(roles)
        if word == "other_party":
            return [party for party in roles if side is None or party != side[0]]
        able = [party for party, allowed in roles.items() if word in allowed]
        if side is None:
            return able
        return [side[0]] if side[1] == word else [party for party in able if party != side[0]]


def is_itself(of: Person, norm: Norm) -> bool:
    """Whether "its" is meant: whoever acts, unless that is a party by name."""
    if of.kind == "party":
        return False
    return of.id == "self" or (bool(norm.actors) and of is norm.actors[0])


def key_of(person: Person) -> Element:
    """A person as written, to name a condition or an event by."""
    if person.kind == "party":
        return ("party", person.name)
    if person.kind == "text":
        return ("class", normalise(str(person.text)), None)
    return ("class", person.id, key_of(person.of) if person.of is not None else None)
