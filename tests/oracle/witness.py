"""The engine's witnesses, put to the oracle: a situation is stated part by part, and has to be covered as claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import z3

if TYPE_CHECKING:
    from oracle.answers import Oracle
    from oracle.world import Codes, Element, Formula, PersonVariable, World

    from nda_lint.analysis.norms.situation import Situation

#: what several deeds at one time need not share
OF_ONE_DEED = frozenset(("to", "from", "action", "purpose", "means", "writing"))

#: how an owner begins that is not a party in a role
_OWNERS = frozenset(("party", "class", "text"))


def stated(oracle: Oracle, situation: Situation, *, apart: frozenset[str] = frozenset()) -> list[Formula]:
    """A situation as the oracle says it, without the dimensions that are left `apart`."""
    s, world = oracle.s, oracle.world
    persons = {"actor": s.actor, "to": s.to, "from": s.source, "owner": s.owner}
    words = {
        "action": (s.action, world.actions), "object": (s.object, world.objects),
        "purpose": (s.purpose, world.purposes), "means": (s.means, world.means),
    }  # fmt: skip
    found: list[Formula] = []
    for name, element in situation.elements.items():
        if name in apart:
            continue
        if name in persons:
            found.append(person(oracle, persons[name], element))
        elif name in words:
            found.append(_word(*words[name], element))
        elif situation.elements["object"] == ("person",):
            found.append(person(oracle, s.about_person, element))
        elif situation.elements["object"][0] == "noun":
            found.append(_word(s.about, world.objects, element))
    if "writing" not in apart:
        found.append(s.writing == situation.writing)
    return found + _atoms(oracle, situation) + _times(oracle, situation)


def _word(variable: Any, codes: Codes, element: Element) -> Formula:
    return variable == codes.numbers[element]


def person(oracle: Oracle, variable: PersonVariable, element: Element) -> Formula:
    """That a variable stands for a person."""
    world = oracle.world
    kinds, owners = world.kinds.numbers, world.owners.numbers
    kind: Element
    owner: Element | None
    if element[0] == "party":
        kind, owner = ("party",), element
    elif element[0] == "class":
        kind, owner = ("word", element[1]), element[2]
    elif element[0] == "vague":
        kind, owner = element[:3], element[3]
    elif element[0] == "term":
        kind, owner = element[:3], element[3] if len(element) > 3 else None
        owner = (
            ("party", *owner) if owner is not None and len(owner) == 2 and owner[0] not in _OWNERS else owner
        )
    else:
        kind, owner = element, None
    found = [variable.kind == kinds[kind]]
    if owner is None:
        return z3.And(*found, variable.of == owners["nobody",])
    if owner[0] == "party":
        party = owner[1] if owner[1] in world.roles else _unnamed(world, owner[2])
        found += [variable.of == owners["party", party], variable.discloses == (owner[2] == "discloser")]
    else:
        found.append(variable.of == owners[owner])
    return z3.And(*found)


def _unnamed(world: World, role: str) -> str:
    return next(party for party, roles in world.roles.items() if party[0] == "?" and role in roles)


def _atoms(oracle: Oracle, situation: Situation) -> list[Formula]:
    known = oracle.reading.conditions.atoms
    found = []
    for (name, key), value in situation.atoms.items():
        whose = (key,) if isinstance(key, str) else key
        if (name, whose) in known:
            found.append(known[name, whose] == value)
    return found


def _times(oracle: Oracle, situation: Situation) -> list[Formula]:
    days = oracle.reading.days
    known: dict[Any, Any] = {
        ("now",): oracle.s.now, ("F",): days.effective.number, ("E",): days.end.number, ("S",): days.signing.number,
    }  # fmt: skip
    if days.survival is not None:
        known["V",] = days.survival.number
    found = []
    for key, day in situation.times.items():
        name = (key,) if isinstance(key, str) else tuple(key)
        moment = known.get(name, days.variables.get(name))
        if moment is not None:
            found.append(moment == z3.Q(day.numerator, day.denominator))
    return found
