"""The dimensions of one contract: the words that its norms may use, and what it adds to them."""

from __future__ import annotations

from nda_lint.analysis.norms.clock import Clock
from nda_lint.analysis.norms.conditions import Atoms
from nda_lint.analysis.norms.persons import Persons, key_of, roles_of_parties
from nda_lint.analysis.norms.universe import EVERYTHING, TERM, TEXT, Dimension, meanings
from nda_lint.lexer import normalise
from nda_lint.recall import found_of, made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract, Norm
    from nda_lint.values import Definition, Person, Thing, Word


#: what a place left to fill in has in it
_MAYBE_BLANK = frozenset("_[【Xx×＿●")
PERSON = ("person",)
_ANY_MEANS = "any_means"
#: sort of thing → the elements that it has among the objects
_THINGS = {"object": "word", "action": "noun"}
#: so many texts are added to a world before it is made anew
_MOST_ADDED = 500
#: more meanings than a term has
_FEW = 4
#: sorts of things that stand where things stand
IN_OBJECTS = frozenset((*_THINGS, "graded"))


class World:
    """The dimensions of one contract."""

    def __init__(
        self,
        contract: Contract,
        roles: Mapping[str, tuple[str, ...]],
        norms: Iterable[Norm],
        tables: Mapping[str, Any],
    ) -> None:
        """`roles` are those of the parties, `norms` those that can be compared."""
        compiled = tables["universe"]
        self.above: Mapping[str, Mapping[str, tuple[str, ...]]] = compiled["above"]
        self.persons = Persons(roles, self.above["person"], compiled["persons"])
        dimensions = compiled["dimensions"]
        self.action = Dimension(dimensions["action"])
        self.object = Dimension(dimensions["object"])
        self.object.add(PERSON)
        self.purpose = Dimension(dimensions["purpose"])
        self.means = Dimension(dimensions["means"])
        self._dimensions = {
            "action": self.action, "object": self.object, "purpose": self.purpose, "means": self.means,
        }  # fmt: skip
        self.atoms = Atoms(self.above["condition"])
        self.clock = Clock(contract, self.above["event"])
        self.impersonal = frozenset(compiled["impersonal"])
        self.of_discloser = frozenset(compiled["of_discloser"])
        #: what somebody may do to whom something may be done: he has access to what is disclosed to him
        self.entailed = [
            (self.action.mask(("word", done)), self.action.mask(("word", lets)))
            for done, lets in compiled["entailed"]
        ]
        self._shared: dict[int, int] = {}
        #: actions that exclude each other, and the actions at or below each of them
        actions = self.above["action"]
        self.excluded = [(x, y) for x, y in compiled["excluded"] if x in actions and y in actions]
        self._below = {
            word: frozenset(one for one in actions if word in actions[one])
            for pair in self.excluded
            for word in pair
        }
        #: the terms that have elements here, by dimension, name and meaning, where a world lasts longer than a check
        self.terms: frozenset[Any] = frozenset()
        self.named: set[Any] | None = None
        #: names of terms that stand where persons stand
        self._named_persons = {
            normalise(str(person.text))
            for norm in norms
            for person in persons_of(norm)
            if person.kind == "text"
        }
        # While a contract is edited, what stands alone may soon stand with others.
        self._alone = self._standing_alone(norms) if contract.memo is None else {}
        #: how many names have such meanings
        self._many: dict[Any, int] = {}
        for _, sort in self._alone.values():
            self._many[sort] = self._many.get(sort, 0) + 1
        for norm in norms:
            self._announce(norm)
        self.persons.settle()
        self._elements = self._count()

    def shared(self, mask: int) -> int:
        """A mask that many norms have, which is held once for all of them."""
        return self._shared.setdefault(mask, mask)

    # --- names that stand alone ----------------------------------------------------------------

    def _standing_alone(self, norms: Iterable[Norm]) -> dict[str, tuple[str, Any]]:
        """Names that stand nowhere but as the one thing of norms, each with the sort of its meanings. No two of them
        need be compared, so that all of a sort share their elements, and masks do not grow with the number of terms."""
        found: dict[str, tuple[str, Any]] = {}
        sorts: dict[Any, Any] = {}
        others = set(self._named_persons)
        for norm in norms:
            first = norm.things[0] if len(norm.things) == 1 and not norm.exceptions else None
            if first is not None and first.kind == "text":
                name = normalise(str(first.text))
                if name not in found:
                    sort = _sort_of(first.term)
                    found[name] = name, sorts.setdefault(sort, sort)
            else:
                others.update(
                    normalise(str(thing.text)) for thing in _things_of(norm) if thing.kind == "text"
                )
        return {name: entry for name, entry in found.items() if entry[1] is not None and name not in others}

    def alone(self, norm: Norm) -> str | None:
        """The name that is the one thing of a norm, if it is one that always stands alone."""
        if len(norm.things) != 1 or norm.things[0].kind != "text":
            return None
        found = self._alone.get(normalise(str(norm.things[0].text)))
        return None if found is None else found[0]

    def called(self, name: str) -> Any:
        """By what the elements of a term among the objects are told from those of others: its name, or its sort."""
        found = self._alone.get(name)
        return name if found is None else found[1]

    # --- what the contract adds to the universe ----------------------------------------------

    def _announce(self, norm: Norm) -> None:
        for person in persons_of(norm):
            self.persons.announce(person)
        for dimension, word in _words_of(norm):
            self._announce_word(self._dimensions[dimension], word)
        for thing in _things_of(norm):
            self._announce_thing(thing)

    def is_worn(self) -> bool:
        """Whether so much has been added since it was made that most of it is of what is no more."""
        return self._count() > self._elements + _MOST_ADDED or self.clock.is_worn()

    def _count(self) -> int:
        return sum(len(dimension.elements) for dimension in self._dimensions.values())

    def sides(self, actions: Iterable[Any]) -> list[tuple[tuple[str, str], int]]:
        """The pairs of actions that exclude each other of which some actions are one; and which, the first or second."""
        words = frozenset(actions)
        return [
            (pair, side)
            for pair in self.excluded
            for side in (0, 1)
            if not words.isdisjoint(self._below[pair[side]])
        ]

    def name(self, named: Iterable[tuple[str, str, Any]]) -> None:
        """These are the texts and terms that the contract names now, each in a dimension; terms may stand in others too."""
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in self._dimensions}
        for dimension, name, meant in named:
            if meant is None:
                found[dimension].append((TEXT, name))
            else:
                for names in found.values():
                    names.append((TERM, name))
        for dimension, names in found.items():
            self._dimensions[dimension].name(names)

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
            name = self.called(normalise(str(thing.text)))
            dimension.add(("text", name), (), self._many.get(name, 1))
        elif thing.kind == "text" and thing.term is not None:
            name = normalise(str(thing.text))
            self._announce_term(self.called(name), thing.term)
            if name in self._named_persons or meanings(thing.term, "person"):
                self.persons.announce_term(name, thing.term)

    def _announce_term(self, name: Any, term: Definition) -> None:
        """A term where things stand: an element below each thing that it means, and one for whatever else it means."""
        dimension, many = self.object, self._many.get(name, 1)
        things = meanings(term, "thing")
        for number, meaning in things:
            if meaning.kind in _THINGS:
                prefix = _THINGS[meaning.kind]
                dimension.add(("term", name, number), self._above(meaning.kind, meaning.id, prefix), many)
            elif meaning.kind == "graded":
                kind, above = _graded(meaning)
                grade, all_above = ("graded", meaning.name, kind), self._above("object", above)
                dimension.add(grade, all_above)
                dimension.add(("term", name, number), [grade, *all_above])
            elif meaning.kind == "purpose":
                self.purpose.add(("term", name, number), self._above("purpose", meaning.id))
        if sum(meaning.kind in IN_OBJECTS for _, meaning in things) < (len(term.meanings) or 1):
            dimension.add(("term", name, 0), (), many)

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
    def _of_term(dimension: Dimension, name: Any, term: Definition, numbers: list[int]) -> int:
        """The elements of a term: those of some meanings, and one for all others."""
        if len(numbers) < len(term.meanings) or not numbers:
            numbers = [*numbers, 0]
        mask = dimension.mask(("term", name, numbers[0]))
        for number in numbers[1:]:
            mask |= dimension.mask(("term", name, number))
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
            return dimension.mask(PERSON)
        name = self.called(normalise(str(thing.text)))
        if thing.term is None:
            return dimension.mask(("text", name))
        numbers = [number for number, meaning in meanings(thing.term, "thing") if meaning.kind in IN_OBJECTS]
        return self._of_term(dimension, name, thing.term, numbers)


def _sort_of(term: Definition | None) -> Any:
    """What terms have in common whose elements stand below the same classes; nothing where that is not simple."""
    if term is None:
        return ()
    things = meanings(term, "thing")
    simple = len(term.meanings) <= _FEW and not meanings(term, "person")
    if not simple or any(thing.kind not in _THINGS for _, thing in things):
        return None
    return (len(term.meanings), *((number, thing.kind, thing.id) for number, thing in things))


def _graded(thing: Thing) -> tuple[str, str]:
    """What is graded, and the class of the vocabulary above it."""
    if thing.id == "document":
        return "document", "confidential_document"
    return "information", "confidential_information"


def world_of(contract: Contract, tables: Mapping[str, Any]) -> tuple[World, list[Norm]]:
    """The world of a contract, and the norms that can be compared in it. While a contract is edited it stays the same as
    long as what it rests on does, and what the norms add to it."""
    roles = roles_of_parties(contract)
    whole = found_of(
        contract,
        _is_whole,
        contract.norms,
        lambda norm: [norm] if _is_whole(norm, roles) else (),
        tuple(roles),
    )
    norms = list(whole)
    if contract.memo is None:
        return World(contract, roles, norms, tables), norms
    basis = (roles, tuple(dict.fromkeys(found_of(contract, _added_by, norms, _added_by))))
    named = set(found_of(contract, _named_by, norms, _named_by))
    terms = frozenset(one for one in named if one[2] is not None)
    world = made_of(
        contract,
        World,
        basis,
        lambda _: World(contract, roles, norms, tables),
        lambda world: terms <= world.terms and not world.is_worn(),
    )
    world.terms |= terms
    if named != world.named:
        world.named = named
        world.name(named)
    return world, norms


def _added_by(norm: Norm) -> Iterator[Any]:
    """What tells that which a norm adds to its world from what others add, but for texts and terms, without which a world
    stays as it is."""
    for person in persons_of(norm):
        if person.of is not None or person.kind == "text" or person.vague is not None:
            yield key_of(person), person.term
    for thing in _things_of(norm):
        if thing.kind == "graded":
            yield thing.id, thing.name
        elif thing.term is not None and meanings(thing.term, "person"):
            yield thing.text, thing.term


def _named_by(norm: Norm) -> Iterator[tuple[str, str, Any]]:
    """The texts and terms that a norm names, each with the dimension in which it does, and what a term means."""
    for dimension, word in _words_of(norm):
        if word.id is None and word.text is not None:
            yield dimension, normalise(word.text), _meant_by(word.term)
    for thing in _things_of(norm):
        if thing.kind == "text":
            yield "object", normalise(str(thing.text)), _meant_by(thing.term)


def _meant_by(term: Definition | None) -> Any:
    """What a term adds to a world, whichever object says so; None without one."""
    if term is None:
        return None
    things = tuple((number, one.kind, one.id, one.name) for number, one in meanings(term, "thing"))
    return len(term.meanings), things


def _words_of(norm: Norm) -> Iterator[tuple[str, Word]]:
    yield from (("action", word) for word in norm.actions)
    yield from (("purpose", word) for part in norm.purposes for word in part.words)
    yield from (("means", word) for part in norm.means for word in part.words)


def _things_of(norm: Norm) -> Iterator[Thing]:
    for thing in (*norm.things, *norm.exceptions):
        yield thing
        if thing.about is not None:
            yield thing.about


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
