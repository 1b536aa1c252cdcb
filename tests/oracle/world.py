"""What a situation is made of: the elements of each dimension, and the variables of the solver that stand for them.

An element of a small dimension (an action, an object, …) is a number in a bit-vector. A person has three of
them: what class of person it is, whose, and in which role that party is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import z3

from nda_lint.lexer import normalise
from nda_lint.values import Definition, Person, Slotted, Thing, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nda_lint.contract import Contract, Norm

    Element = tuple[Any, ...]
    Formula = Any

#: words of the vocabulary that say which party, rather than what kind of person
PARTY_WORDS = frozenset(("each_party", "both_parties", "other_party", "discloser", "recipient"))
UNKNOWN_SIDES = ("breaching_party", "injured_party")
ROLES = ("discloser", "recipient")
BITS = 9
#: what stands for any variable of a dimension
_ANY = z3.BitVec("any", BITS)


def any_of(formulas: Iterable[Formula]) -> Formula:
    return z3.Or(*formulas)


def all_of(formulas: Iterable[Formula]) -> Formula:
    return z3.And(*formulas)


class Order:
    """The is-a order of one class of words."""

    def __init__(self, words: dict[str, Any]) -> None:
        self.words = words

    def is_a(self, word: str, other: str) -> bool:
        """Whether the one is the other or a kind of it."""
        parents = self.words[word]["parents"] if word in self.words else ()
        return word == other or any(self.is_a(parent, other) for parent in parents)

    def below(self, word: str) -> list[str]:
        return [one for one in self.words if self.is_a(one, word)]


@dataclass(frozen=True)
class PersonVariable:
    """`kind` is what class of person, `of` whose, `discloses` the role of that party (no matter elsewhere)."""

    name: str
    kind: Any
    of: Any
    discloses: Any

    @classmethod
    def called(cls, name: str) -> PersonVariable:
        return cls(name, z3.BitVec(name, BITS), z3.BitVec(f"{name}.of", BITS), z3.Bool(f"{name}.discloses"))

    def parts(self) -> tuple[Any, Any, Any]:
        return self.kind, self.of, self.discloses


@dataclass(frozen=True)
class Situation:
    """The variables of one situation; what holds in it (conditions, days) is named by :mod:`oracle.conditions` and
    :mod:`oracle.days`."""

    actor: PersonVariable
    to: PersonVariable
    source: PersonVariable
    action: Any
    object: Any
    owner: PersonVariable
    about: Any
    about_person: PersonVariable
    purpose: Any
    means: Any
    writing: Any
    now: Any

    @classmethod
    def called(cls, name: str) -> Situation:
        person = PersonVariable.called

        def number(part: str) -> Any:
            return z3.BitVec(f"{name}.{part}", BITS)

        return cls(
            person(f"{name}.actor"), person(f"{name}.to"), person(f"{name}.from"), number("action"), number("object"),
            person(f"{name}.owner"), number("about"), person(f"{name}.about_person"), number("purpose"), number("means"),
            z3.Bool(f"{name}.writing"), z3.Real(f"{name}.now"),
        )  # fmt: skip

    def persons(self) -> tuple[PersonVariable, ...]:
        return self.actor, self.to, self.source, self.owner, self.about_person


class Codes:
    """Elements of one dimension ↔ numbers."""

    def __init__(self) -> None:
        self.numbers: dict[Element, int] = {}
        #: sets of elements, as said of any variable
        self._sets: dict[tuple[int, ...], Formula] = {}

    def add(self, element: Element) -> None:
        self.numbers.setdefault(element, len(self.numbers))

    def is_one_of(self, variable: Any, elements: Iterable[Element]) -> Formula:
        numbers = tuple(sorted({self.numbers[element] for element in elements}))
        if numbers not in self._sets:
            self._sets[numbers] = any_of(number == _ANY for number in numbers)
        return z3.substitute(self._sets[numbers], (_ANY, variable))

    def domain(self, variable: Any) -> Formula:
        return z3.ULT(variable, len(self.numbers))


class World:
    """The universes of a contract."""

    def __init__(self, contract: Contract, tables: Any) -> None:
        words = tables["schema"]["words"]
        self.contract = contract
        self.orders = {section: Order(words[section]) for section in words}
        self.roles = roles_of(contract)
        self.parties = list(self.roles)
        self.kinds, self.owners = Codes(), Codes()
        self.actions, self.objects, self.purposes, self.means = Codes(), Codes(), Codes(), Codes()
        #: term → the number of each meaning of a class, and what it means
        self.terms: dict[str, Definition] = {}
        self._anybody = PersonVariable.called("anybody")
        self._of_anybody: Formula = None
        self._collect()

    # --- the elements ----------------------------------------------------------------------

    def _collect(self) -> None:
        self.kinds.add(("party",))
        for word in self.orders["person"].words:
            if word not in PARTY_WORDS and word != "person":
                self.kinds.add(("word", word))
        for party in self.parties:
            self.owners.add(("party", party))
        self.owners.add(("nobody",))
        vocabulary = (
            (self.actions, "action"), (self.objects, "object"), (self.purposes, "purpose"), (self.means, "means"),
        )  # fmt: skip
        for codes, section in vocabulary:
            for word in self.orders[section].words:
                codes.add(("word", word))
        for word in self.orders["action"].words:
            self.objects.add(("noun", word))
        for word in self.orders["purpose"].words:
            self.objects.add(("purpose", word))
        self.objects.add(("person",))
        for norm in self.contract.norms:
            self._collect_of(norm)
        for codes in (self.kinds, self.actions, self.objects, self.purposes, self.means):
            codes.add(("other",))

    def _collect_of(self, norm: Norm) -> None:
        for one in walk(norm):
            if isinstance(one, Person):
                self._person(one)
            elif isinstance(one, Thing):
                if one.kind == "graded":
                    for kind in ("information", "document"):
                        self.objects.add(("graded", one.name, kind))
                elif one.kind == "text":
                    self._text(one.text, one.term, self.objects, self.kinds, self.purposes)
        for actions in (norm.actions,):
            self._words(actions, self.actions)
        for purposes in norm.purposes:
            self._words(purposes.words, self.purposes)
        for means in norm.means:
            self._words(means.words, self.means)

    def _words(self, words: Iterable[Word], codes: Codes) -> None:
        for word in words:
            if word.id is None:
                self._text(word.text, word.term, codes)

    def _text(self, text: str | None, term: Definition | None, *codes: Codes) -> None:
        name = normalise(str(text))
        for one in codes:
            if term is None:
                one.add(("text", name))
            else:
                self.terms[name] = term
                for number in range(len(term.meanings) + 1):
                    one.add(("term", name, number))

    def _person(self, person: Person) -> None:
        if person.kind == "text":
            self._text(person.text, person.term, self.kinds)
            for meaning in meanings(person.term, "person"):
                self._person(meaning[1].person)
        if person.vague:
            self.kinds.add(("vague", person.vague, person.id))
        of = person.of
        if of is None:
            return
        if of.kind == "text":
            self.owners.add(("text", normalise(str(of.text))))
        elif of.kind == "person" and of.id not in (*PARTY_WORDS, "self", "person"):
            self.owners.add(("class", of.id))

    # --- what is always so -----------------------------------------------------------------

    def axioms(self, situation: Situation) -> list[Formula]:
        """That every variable stands for an element."""
        domains = [
            self.actions.domain(situation.action),
            self.objects.domain(situation.object),
            self.objects.domain(situation.about),
            self.purposes.domain(situation.purpose),
            self.means.domain(situation.means),
        ]
        return domains + [axiom for person in situation.persons() for axiom in self.person_axioms(person)]

    def person_axioms(self, person: PersonVariable) -> list[Formula]:
        """Which combinations of class, owner and role there are."""
        if self._of_anybody is None:
            self._of_anybody = all_of(self._axioms_of(self._anybody))
        return [z3.substitute(self._of_anybody, *zip(self._anybody.parts(), person.parts(), strict=True))]

    def _axioms_of(self, person: PersonVariable) -> list[Formula]:
        nobody = person.of == self.owners.numbers["nobody",]
        kinds = self.kinds.numbers
        unowned = [kind for kind in kinds if kind[0] in ("text", "other") or kind[-1] in UNKNOWN_SIDES]
        found = [self.kinds.domain(person.kind), self.owners.domain(person.of)]
        found.append(z3.Implies(self.is_party(person), self.has_party(person)))
        found.append(z3.Implies(self.kinds.is_one_of(person.kind, unowned), nobody))
        for kind, number in kinds.items():
            if kind[0] == "term":
                found.append(z3.Implies(person.kind == number, self._owner_of_term(person, kind)))
        for party, roles in self.roles.items():
            if len(roles) == 1:
                disclosing = person.discloses == (roles[0] == "discloser")
                found.append(z3.Implies(self.is_of(person, party), disclosing))
        found.append(z3.Implies(z3.Not(self.has_party(person)), z3.Not(person.discloses)))
        return found

    def _owner_of_term(self, person: PersonVariable, kind: Element) -> Formula:
        """A person that a term means belongs to whom the meaning names."""
        for number, value in meanings(self.terms[kind[1]], "person"):
            if number != kind[2]:
                continue
            whose = value.person.of
            if whose is not None and whose.kind == "party":
                return person.of == self.owners.numbers["party", whose.name]
            if whose is not None and whose.kind == "person" and ("class", whose.id) in self.owners.numbers:
                return person.of == self.owners.numbers["class", whose.id]
            if whose is not None and whose.id in ROLES:
                return z3.And(self.has_party(person), person.discloses == (whose.id == "discloser"))
            if whose is not None and whose.id in PARTY_WORDS:
                return self.has_party(person)
        return person.of == self.owners.numbers["nobody",]

    def has_party(self, person: PersonVariable) -> Formula:
        """Whether a person is a party or belongs to one."""
        return z3.ULT(person.of, len(self.parties))

    def is_of(self, person: PersonVariable, party: str) -> Formula:
        return person.of == self.owners.numbers["party", party]

    def is_party(self, person: PersonVariable) -> Formula:
        """Whether a person is a party itself."""
        return person.kind == self.kinds.numbers["party",]

    # --- classes ---------------------------------------------------------------------------

    def kind_below(self, variable: Any, word: str) -> Formula:
        """Whether a kind of person is at or below a word."""
        order = self.orders["person"]
        return self.kinds.is_one_of(
            variable,
            [
                kind
                for kind in self.kinds.numbers
                if (kind[0] == "word" and order.is_a(kind[1], word))
                or (kind[0] == "vague" and order.is_a(kind[2], word))
                or (kind[0] == "term" and self._term_is_a(kind, "person", word))
            ],
        )

    def _term_is_a(self, element: Element, section: str, word: str) -> bool:
        for number, value in meanings(self.terms[element[1]], section):
            meant = value.person if section == "person" else value.thing
            if (
                number == element[2]
                and meant.kind == section
                and self.orders[section].is_a(str(meant.id), word)
            ):
                return True
        return False

    def object_below(self, variable: Any, thing: Element) -> Formula:
        """Whether an object is at or below a word, a grade, a noun of an action or a purpose."""
        return self.objects.is_one_of(
            variable, [one for one in self.objects.numbers if self._is_a(one, thing)]
        )

    def _is_a(self, one: Element, other: Element) -> bool:
        if one == other:
            return True
        if one[0] == "graded" and other[0] == "word":
            confidential = "confidential_information" if one[2] == "information" else "confidential_document"
            return self.orders["object"].is_a(confidential, other[1])
        if one[0] == "term":
            return any(
                number == one[2] and self._is_a(element_of(value.thing), other)
                for number, value in meanings(self.terms[one[1]], "object")
            )
        sections = {"word": "object", "noun": "action", "purpose": "purpose"}
        return (
            one[0] == other[0] and one[0] in sections and self.orders[sections[one[0]]].is_a(one[1], other[1])
        )

    def word_below(self, variable: Any, codes: Codes, section: str, word: str) -> Formula:
        """Whether an action, purpose or means is at or below a word."""
        if word == "any_means":
            return z3.BoolVal(True)
        order = self.orders[section]
        return codes.is_one_of(
            variable,
            [
                one
                for one in codes.numbers
                if (one[0] == "word" and order.is_a(one[1], word))
                or (one[0] == "term" and section == "purpose" and self._term_is_a(one, section, word))
            ],
        )

    def owner_below(self, variable: Any, owner: Element) -> Formula:
        """Whether the owner of a person of a class is at or below a class, or is that text."""
        order = self.orders["person"]
        return self.owners.is_one_of(
            variable,
            [
                one
                for one in self.owners.numbers
                if one == owner or (one[0] == owner[0] == "class" and order.is_a(one[1], owner[1]))
            ],
        )


def element_of(thing: Thing) -> Element:
    """The element that bears the name of a class of things."""
    if thing.kind == "graded":
        return ("graded", thing.name, "document" if thing.id == "document" else "information")
    names = {"object": "word", "action": "noun", "purpose": "purpose"}
    return (names.get(thing.kind, thing.kind), thing.id)


def meanings(term: Definition | None, section: str) -> Iterator[tuple[int, Any]]:
    """The meanings of a term that are of one class, with their numbers from 1."""
    value: Any
    for number, value in enumerate(term.meanings if term is not None else (), 1):
        if value.type == "person" and section == "person":
            yield number, value
        elif value.type == "thing":
            kind = value.thing.kind
            in_object = section == "object" and kind not in ("purpose", "person", "text")
            if in_object or section == kind == "purpose":
                yield number, value


def called(name: str, term: Definition, section: str) -> list[Element]:
    """The elements that a term means in one class: one for each meaning, and another for all that is of no such
    class. A party that it means is that party itself."""
    numbers, elsewhere = [], 0
    for number, value in meanings(term, section):
        if section != "person" or value.person.id not in (None, "person", *PARTY_WORDS, *UNKNOWN_SIDES):
            numbers.append(number)
        elif value.person.kind == "party":
            elsewhere += 1
    if section == "object":
        elsewhere = sum(1 for _ in meanings(term, "person"))
    if len(numbers) + elsewhere < len(term.meanings) or len(numbers) + elsewhere == 0:
        numbers.append(0)
    return [("term", name, number) for number in numbers]


def walk(one: Any) -> Iterator[Any]:
    """Everything that a norm is made of."""
    if isinstance(one, tuple):
        for part in one:
            yield from walk(part)
    elif isinstance(one, Slotted):
        yield one
        for slot in one.__slots__:
            if slot not in ("block", "term", "span"):
                yield from walk(getattr(one, slot))


def roles_of(contract: Contract) -> dict[str, tuple[str, ...]]:
    """Party → the roles that the facts allow it; with unnamed parties where fewer than two are declared, or a role
    would be nobody's."""
    named = [str(block.name) for block in contract.parties if block.name]
    disclosing: list[Any] = [value for fact in contract.facts("scope.discloser") for value in fact.values]
    persons = [value.person if value.type == "person" else None for value in disclosing]
    disclosers = {one.name for one in persons if one is not None and one.kind == "party" and one.of is None}
    fixed = bool(persons) and all(one is not None and one.kind == "party" for one in persons)
    found: dict[str, tuple[str, ...]] = {}
    for block in contract.parties:
        if not block.name:
            continue
        said = [fact.value for fact in block.facts if fact.field == "party.role"]
        choice: Any = said[0] if len(said) == 1 else None
        if choice is not None and choice.type == "choice":
            found[block.name] = ROLES if choice.id == "both" else (choice.id,)
        elif fixed:
            found[block.name] = ("discloser",) if block.name in disclosers else ("recipient",)
        else:
            found[block.name] = ROLES
    for number in range(1, 3 - len(named)):
        found[f"?{number}"] = ROLES
    for role in ROLES:
        if not any(role in roles for roles in found.values()):
            found["?" + str(len(found) + 1)] = (role,)
    return found
