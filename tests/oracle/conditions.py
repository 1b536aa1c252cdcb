"""Conditions: atoms that are true or false of somebody, and what norms ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import z3
from oracle.people import key_of
from oracle.world import PARTY_WORDS, PersonVariable, all_of, any_of

from nda_lint.lexer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oracle.days import Days
    from oracle.people import People, Side
    from oracle.world import Element, Formula, Situation, World

    from nda_lint.contract import Condition, ConditionAtom, Norm
    from nda_lint.values import Person

LAW, EXPORT_LAW = "required_by_law", "barred_by_export_law"
#: said of somebody: where nobody is named, of the discloser
OF_THE_DISCLOSER = ("consents", "designated_in_writing", "notified_beforehand")
TO, ACTOR = ("to",), ("actor",)


@dataclass(frozen=True)
class Rank:
    """What a norm has on its side by law: a duty or, before that, a ban of export laws."""

    required: Any
    barred: Any

    def is_that_of(self, other: Rank) -> Formula:
        """That neither prevails over the other by law."""
        return z3.And(self.barred == other.barred, z3.Or(self.barred, self.required == other.required))

    def changed(self, *changes: tuple[Any, Any]) -> Rank:
        """The same of another situation."""
        return Rank(z3.substitute(self.required, *changes), z3.substitute(self.barred, *changes))


class Conditions:
    """Reads the conditions of norms."""

    def __init__(self, world: World, people: People, days: Days, names: Any) -> None:
        self.world, self.people, self.days = world, people, days
        self.order = world.orders["condition"]
        self.impersonal = {word for language in names.values() for word in language["condition"]}
        #: (id or text, of whom) → its variable
        self.atoms: dict[tuple[str, Element | None], Any] = {}
        self._covering: dict[Any, bool] = {}
        self._anybody = PersonVariable.called("anybody")
        self._solver = z3.Solver()
        self._somebody = PersonVariable.called("somebody")
        for person in (self._anybody, self._somebody):
            self._solver.add(*world.person_axioms(person))

    # --- atoms -----------------------------------------------------------------------------

    def atom(self, name: str, key: Element | None) -> Any:
        """The variable of an atom; what it is a kind of is an atom of the same person."""
        if (name, key) not in self.atoms:
            self.atoms[name, key] = z3.Bool(f"{name} {key}")
            for parent in self.order.words.get(name, {"parents": ()})["parents"]:
                self.atom(parent, key)
        return self.atoms[name, key]

    def axioms(self) -> list[Formula]:
        """That an atom implies what it is a kind of."""
        return [
            z3.Implies(atom, self.atoms[parent, key])
            for (name, key), atom in self.atoms.items()
            for parent in self.order.words.get(name, {"parents": ()})["parents"]
        ]

    # --- of whom ---------------------------------------------------------------------------

    def keys(self, atom: ConditionAtom, norm: Norm, side: Side) -> list[Element | None]:
        """Of whom an atom is said, seen from a side: of all of these."""
        if self._is_impersonal(atom):
            return [None]
        if atom.subjects:
            return [key for person in atom.subjects for key in self._keys_of(person, norm, side)]
        if self._is_of_discloser(atom):
            return self._party_keys("discloser", side)
        return [TO if _recipients(norm) else ACTOR]

    def _is_of_discloser(self, atom: ConditionAtom) -> bool:
        return atom.id is not None and any(self.order.is_a(atom.id, word) for word in OF_THE_DISCLOSER)

    def _is_impersonal(self, atom: ConditionAtom) -> bool:
        if atom.id is None:
            return True
        return atom.id in self.impersonal and not self._is_of_discloser(atom)

    def _party_keys(self, word: str, side: Side) -> list[Element | None]:
        parties = self.people.parties_meant(word, side)
        if word in ("each_party", "both_parties") or len(parties) == 1:
            return [("party", party) for party in parties]
        return [("class", word, None)]

    def _keys_of(self, person: Person, norm: Norm, side: Side) -> list[Element | None]:
        if person.kind == "party":
            return [key_of(person)]
        if person.kind == "person" and person.id in PARTY_WORDS and not person.vague:
            return self._party_keys(str(person.id), side)
        if self._covers_recipients(person, norm, side):
            return [TO]
        if self._covers_actors(person, norm, side):
            return [ACTOR]
        return [key_of(person)]

    def _covers_recipients(self, person: Person, norm: Norm, side: Side) -> bool:
        recipients = _recipients(norm)
        if not recipients:
            return False
        one, actor = self._somebody, self._anybody
        return self._never(
            self.people.is_on(actor, side),
            self.people.others(recipients, one, actor, norm),
            z3.Not(self.people.other(person, one, actor, norm)),
        )

    def _covers_actors(self, person: Person, norm: Norm, side: Side) -> bool:
        one, actor = self._somebody, self._anybody
        return self._never(
            self.people.is_on(actor, side),
            self.people.actors(norm.actors, one),
            z3.Not(self.people.other(person, one, actor, norm)),
        )

    def _never(self, *formulas: Formula) -> bool:
        formula = all_of(formulas)
        key = formula.sexpr()
        if key not in self._covering:
            self._solver.push()
            self._solver.add(formula)
            self._covering[key] = self._solver.check() == z3.unsat
            self._solver.pop()
        return self._covering[key]

    # --- what norms ask --------------------------------------------------------------------

    def _value(self, name: str, key: Element | None, situation: Situation) -> Any:
        """Whether an atom is true in a situation: of whoever receives or acts, if that is said of them."""
        if key not in (TO, ACTOR):
            return self.atom(name, key)
        assert key is not None
        person = situation.to if key == TO else situation.actor
        value = self.atom(name, (key[0],))
        for party in self.world.parties:
            itself = z3.And(
                person.kind == self.world.kinds.numbers["party",], self.world.is_of(person, party)
            )
            value = z3.If(itself, self.atom(name, ("party", party)), value)
        return value

    def holds(self, atom: ConditionAtom, norm: Norm, situation: Situation) -> Formula:
        """Whether an atom of a condition is true."""
        if atom.id == "terminated":
            return self.days.terminated(situation.now)
        if atom.id == "in_force":
            return self.days.in_force(situation.now)
        name = atom.id if atom.id is not None else normalise(str(atom.text))
        by_side = [(side, self.keys(atom, norm, side)) for side in self.people.sides()]
        if all(keys == by_side[0][1] for _, keys in by_side):
            return all_of(self._value(name, key, situation) for key in by_side[0][1])
        return all_of(
            z3.Implies(
                self.people.is_on(situation.actor, side),
                all_of(self._value(name, key, situation) for key in keys),
            )
            for side, keys in by_side
        )

    def true(self, condition: Condition, norm: Norm, situation: Situation) -> Formula:
        """Whether the atoms of a condition are true as it joins them."""
        join = any_of if condition.connective == "or" else all_of
        return join([self.holds(atom, norm, situation) for atom in condition.atoms])

    def rank(self, norm: Norm, situation: Situation, *kinds: str) -> Rank:
        """Whether a norm goes by what the law requires, or by what export laws forbid: whether one of its conditions
        of these kinds is true by that."""
        return Rank(*(
            any_of(
                z3.And(self.true(condition, norm, situation), self.holds(atom, norm, situation))
                for condition in of_kinds(norm, *kinds)
                for atom in condition.atoms
                if atom.id is not None and self.order.is_a(atom.id, word)
            )
            for word in (LAW, EXPORT_LAW)
        ))  # fmt: skip


def _recipients(norm: Norm) -> list[Person]:
    return [person for one in norm.recipients if one.preposition in ("to", "with") for person in one.persons]


def given_recipients(norm: Norm) -> list[Person]:
    """Those to or with whom something is done."""
    return _recipients(norm)


def of_kinds(norm: Norm, *kinds: str) -> Iterable[Condition]:
    return (condition for condition in norm.conditions if condition.kind in kinds)
