"""Persons as sets of elements: parties in a role, classes of persons by whose they are, and who is quoted.

A party acts through its employees, so as an actor it is these too. “The other party”, “its” and the roles depend on
who acts: they are read for each party and role that the actor may have (`Side`).
"""

from __future__ import annotations

from nda_lint.analysis.norms.universe import EVERYTHING, bits, meanings
from nda_lint.analysis.questions import of_type
from nda_lint.lexer import normalise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from nda_lint.analysis.norms.universe import Element
    from nda_lint.contract import Contract
    from nda_lint.values import Definition, Person

    #: A party and the role in which it acts; None for whoever belongs to no party.
    Side = tuple[str, str]

ROLES = ("discloser", "recipient")
#: Words that mean every party.
ALL_PARTIES = frozenset(("each_party", "both_parties"))
#: Words that say nothing of which party they mean.
_UNKNOWN = ("breaching_party", "injured_party")
_WORDS = frozenset(("person", "other_party", *ROLES, *ALL_PARTIES, *_UNKNOWN))


def roles_of_parties(contract: Contract) -> dict[str, tuple[str, ...]]:
    """Party → the roles that the contract allows it."""
    facts = contract.facts("scope.discloser")
    disclosing = [value.person for value in of_type("person", *facts)]
    named = {person.name for person in disclosing if person.kind == "party"}
    fixed = bool(disclosing) and all(person.kind == "party" for person in disclosing)
    fixed = fixed and all(value.type == "person" for fact in facts for value in fact.values)
    found: dict[str, tuple[str, ...]] = {}
    for block in contract.parties:
        if not block.name:
            continue
        facts = [fact for fact in block.facts if fact.field == "party.role"]
        value: Any = facts[0].value if len(facts) == 1 and len(facts[0].values) == 1 else None
        if value is not None and value.type == "choice":
            found[block.name] = ROLES if value.id == "both" else (value.id,)
        elif fixed:
            found[block.name] = ("discloser" if block.name in named else "recipient",)
        else:
            found[block.name] = ROLES
    for number in range(1, 3 - len(found)):
        found[f"?{number}"] = ROLES
    for role in ROLES:
        if not any(role in roles for roles in found.values()):
            found[f"?{role}"] = (role,)
    return found


def key_of(person: Person | None) -> Any:
    """What tells one way of naming a person from another."""
    if person is None:
        return None
    of = None if person.of is None else key_of(person.of)
    return (person.kind, person.id, person.name, person.text, person.vague, of)


class Persons:
    """The universe of persons of a contract, whose parties have these roles."""

    def __init__(
        self,
        roles: Mapping[str, tuple[str, ...]],
        above: Mapping[str, Sequence[str]],
        compiled: tuple[Sequence[str], Mapping[str, int]],
    ) -> None:
        self.parties = roles
        self.sides: list[Side] = [(name, role) for name, roles in self.parties.items() for role in roles]
        self._above = above
        #: the classes in order, and for each word the classes at or below it
        self._classes, self._below = compiled
        self._names = frozenset(self._classes)
        #: owners of classes: a side, None for nobody, ("of", "class", id) or ("of", "text", text)
        self._owners: list[Any] = [None, *self.sides]
        self._elements: list[Element] = [
            ("other",), *(("party", *side) for side in self.sides),
            *(("class", word, None) for word in _UNKNOWN),
        ]  # fmt: skip
        self._side_bit = {side: 1 << number for number, side in enumerate(self.sides, start=1)}
        self._party_bits = sum(self._side_bit.values())
        self._extra: list[tuple[Element, str | None, Any]] = []
        self._extra_number: dict[Element, int] = {}
        self._of_term: dict[str, list[int]] = {}
        self._known: dict[Any, int] = {}
        self._offset: dict[Any, int] = {}
        self._first_extra = 0

    # --- announcing -----------------------------------------------------------------------

    def announce(self, person: Person) -> None:
        """Make room for what a person adds to the universe: whose it is, a quoted text, a vague number."""
        of = person.of
        if of is not None:
            self._announce_owner(of)
        if person.kind == "text":
            self._announce_text(person)
        elif person.vague is not None and person.id in self._names:
            owners: Any = (None, *self.sides)
            if of is not None and of.kind == "party":
                owners = self._owners_meant(of, None, None)
            for owner in owners:
                self._add(("vague", person.vague, person.id, _shown(owner)), person.id, owner)

    def _announce_text(self, person: Person) -> None:
        name = normalise(str(person.text))
        if person.term is None:
            self._add(("text", name), None, None)
        else:
            self.announce_term(name, person.term)

    def announce_term(self, name: str, term: Definition) -> None:
        """Make room for the persons that a term means."""
        if name in self._of_term:
            return
        numbers = self._of_term[name] = []
        named = 0
        for number, meaning in meanings(term, "person"):
            if meaning.of is not None:
                self._announce_owner(meaning.of)
            named += meaning.kind == "party"
            if meaning.kind == "person" and meaning.id in self._names:
                named += 1
                for owner in self._owners_meant(meaning.of, None, None) or (None,):
                    element = ("term", name, number, _shown(owner))
                    numbers.append(self._add(element, meaning.id, owner))
        if named < len(term.meanings) or not named:
            numbers.append(self._add(("term", name, 0), None, None))

    def _announce_owner(self, of: Person) -> None:
        if of.kind == "text":
            owner: Any = ("of", "text", normalise(str(of.text)))
        elif of.kind == "person" and (of.id in self._names or of.id in _UNKNOWN):
            owner = ("of", "class", of.id)
        else:
            return
        if owner not in self._owners:
            self._owners.append(owner)

    def _add(self, element: Element, below: str | None, owner: Any) -> int:
        number = self._extra_number.get(element)
        if number is None:
            number = self._extra_number[element] = len(self._extra)
            self._extra.append((element, below, owner))
        return number

    def settle(self) -> None:
        """All that adds to the universe has been announced: give every element its bit."""
        for owner in self._owners:
            self._offset[owner] = len(self._elements)
            self._elements += [("class", word, _shown(owner)) for word in self._classes]
        self._first_extra = len(self._elements)
        self._elements += [element for element, _, _ in self._extra]

    # --- masks ----------------------------------------------------------------------------

    def element_of(self, mask: int) -> Element:
        """One element of a mask: a party before others, else the class that most of the others are a kind of, of nobody
        in particular if it may be; whoever has no name where no class is meant."""
        if mask <= 0:
            return ("other",)
        first = self._elements[(mask & -mask).bit_length() - 1]
        if first[0] != "class" or first[1] not in self._names:
            return first
        start = self._offset[None] if first[2] is None else (mask & -mask).bit_length() - 1
        start -= (start - self._offset[None]) % len(self._classes)
        block = mask >> start & (1 << len(self._classes)) - 1
        best = max(bits(block), key=lambda bit: (self._below[self._classes[bit]] & block).bit_count())
        return self._elements[start + best]

    def of_class(self, word: str, owners: Iterable[Any] | None = None) -> int:
        """Everybody of a class, of anybody or of some owners."""
        meant = self._owners if owners is None else list(owners)
        below = self._below.get(word, 0)
        mask = 0
        for owner in meant:
            mask |= below << self._offset[owner]
        for number, (_, parent, owner) in enumerate(self._extra):
            if parent is not None and word in self._above.get(parent, (parent,)) and owner in meant:
                mask |= 1 << (self._first_extra + number)
        return mask

    def side(self, side: Side, *, acting: bool = False) -> int:
        """A party in a role, with its employees where it acts."""
        return self._side_bit[side] | (self.of_class("employee", (side,)) if acting else 0)

    def own(self, side: Side | None, *, acting: bool = False) -> int:
        """The party that acts itself; any, where nobody knows which acts."""
        return self._sides((side,) if side else self.sides, acting)

    def with_role(self, role: str, *, acting: bool = False, but: str | None = None) -> int:
        """The parties that may have a role, save one."""
        return self._sides((side for side in self.sides if side[1] == role and side[0] != but), acting)

    def _sides(self, sides: Iterable[Side], acting: bool) -> int:
        mask = 0
        for side in sides:
            mask |= self.side(side, acting=acting)
        return mask

    def parties_in(self, mask: int) -> int:
        """The parties themselves that a mask holds."""
        return mask & self._party_bits

    def sides_in(self, mask: int) -> list[Side]:
        """The parties and roles that a mask holds."""
        return [side for side in self.sides if mask & self._side_bit[side]]

    def all_of_party(self, name: str) -> int:
        """A party in all of its roles."""
        return self._sides((side for side in self.sides if side[0] == name), False)

    def belonging(self, side: Side) -> int:
        """A party in a role and everybody who belongs to it."""
        known = self._known.get(("belonging", side))
        if known is None:
            known = self._side_bit[side] | ((1 << len(self._classes)) - 1) << self._offset[side]
            for number, (_, _, owner) in enumerate(self._extra):
                if owner == side:
                    known |= 1 << (self._first_extra + number)
            self._known["belonging", side] = known
        return known

    def as_actors(self, mask: int) -> int:
        """Recipients as those who act: parties act through their employees."""
        for side in self.sides:
            if mask & self._side_bit[side]:
                mask |= self.of_class("employee", (side,))
        return mask

    def not_of_the_recipient(self) -> int:
        """Whom “only X may” does not shut out: the discloser and its people, authorities, whom data concern."""
        known = self._known.get("shut out")
        if known is None:
            known = self.of_class("authority") | self.of_class("data_subject")
            for side in self.sides:
                if side[1] == "discloser":
                    known |= self.belonging(side)
            self._known["shut out"] = known
        return known

    def mask(self, person: Person, side: Side | None, actor: Person | None, *, acting: bool = False) -> int:
        """Whom a person is, where somebody of `side` acts; `actor` is the first actor of the norm, of whom “its” speaks."""
        key = (key_of(person), person.of is actor, side, acting)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._mask(person, side, actor, acting)
        return known

    def _mask(self, person: Person, side: Side | None, actor: Person | None, acting: bool) -> int:
        if person.kind == "party":
            return self._sides((one for one in self.sides if one[0] == person.name), acting)
        if person.kind == "text":
            return self._text(person, acting)
        word = person.id
        if word is None or word == "self":
            return self.own(side, acting=acting)
        if word == "person":
            return EVERYTHING
        if word in _UNKNOWN:
            return 2 << len(self.sides) + _UNKNOWN.index(word)
        if word in _WORDS:
            return self._sides(self._sides_meant(word, side), acting)
        owners = self._owners_meant(person.of, side, actor)
        if person.vague is not None:
            mask = 0
            for owner in (None,) if owners is None else owners:
                number = self._extra_number.get(("vague", person.vague, word, _shown(owner)))
                mask |= 0 if number is None else 1 << (self._first_extra + number)
            if mask:
                return mask
        return self.of_class(word, owners)

    def _sides_meant(self, word: str, side: Side | None) -> list[Side]:
        """The parties and roles that a word for a party means to whoever acts."""
        if word in ALL_PARTIES:
            return self.sides
        if word == "other_party":
            return [one for one in self.sides if side is None or one[0] != side[0]]
        if side is None:
            return [one for one in self.sides if one[1] == word]
        if side[1] == word:
            return [side]
        return [one for one in self.sides if one[1] == word and one[0] != side[0]]

    def _owners_meant(self, of: Person | None, side: Side | None, actor: Person | None) -> list[Any] | None:
        """Whose they are; None for anybody's."""
        if of is None:
            return None
        if of.kind == "party":
            return [one for one in self.sides if one[0] == of.name]
        if of.kind == "text":
            return [("of", "text", normalise(str(of.text)))]
        if of is actor or of.id in ("self", None):
            return [side] if side else None
        if of.id in _WORDS and of.id not in _UNKNOWN and of.id != "person":
            return self._sides_meant(of.id, side)
        if of.id == "person":
            return None
        return [
            owner
            for owner in self._owners
            if owner is not None and owner[:2] == ("of", "class") and of.id in self._above.get(owner[2], ())
        ]

    def _text(self, person: Person, acting: bool) -> int:
        name = normalise(str(person.text))
        if person.term is None:
            return 1 << (self._first_extra + self._extra_number["text", name])
        mask = 0
        for _, meaning in meanings(person.term, "person"):
            if meaning.kind == "party":
                mask |= self._mask(meaning, None, None, acting)
        for number in self._of_term[name]:
            mask |= 1 << (self._first_extra + number)
        return mask


def _shown(owner: Any) -> Element | None:
    """An owner as it stands in an element."""
    if owner is None:
        return None
    return tuple(owner[1:]) if len(owner) == 3 else ("party", *owner)


def is_relative(person: Person | None, actor: Person | None) -> bool:
    """Whether it depends on who acts whom a person means."""
    if person is None:
        return False
    if person.kind == "person" and (person.id in ("other_party", "self", None, *ROLES)):
        return True
    of = person.of
    if of is None or of.kind == "party":
        return False
    return of is actor or is_relative(of, actor)
