"""One concrete situation out of a box: an element in each dimension, which conditions hold, and the days."""

from __future__ import annotations

from fractions import Fraction

from nda_lint.analysis.norms.days import DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.analysis.norms.box import Box
    from nda_lint.analysis.norms.universe import Element
    from nda_lint.analysis.norms.world import World


class Situation:
    """`elements` by dimension, `writing`, `atoms` that hold or not, and `times`: days by moment, “now” among them."""

    __slots__ = ("atoms", "elements", "times", "writing")

    def __init__(
        self, elements: dict[str, Element], writing: bool, atoms: dict[Any, bool], times: dict[Any, Fraction]
    ) -> None:
        self.elements = elements
        self.writing = writing
        self.atoms = atoms
        self.times = times


def situation(world: World, box: Box, name: str | None) -> Situation:
    """A situation in a box that is not empty; `name` is that of the term which norms have alone as their thing."""
    atoms = world.atoms
    holding = dict.fromkeys(atoms.keys_of(box.must), True)
    holding.update(dict.fromkeys(atoms.keys_of(box.must_not), False))
    moments = world.clock.moments(world.clock.bounds(box.time))
    step = Fraction(*moments.pop(None)) / DAY
    times = {key: Fraction(ticks) / DAY + step * steps for key, (ticks, steps) in moments.items()}
    return Situation(elements(world, box, name), box.writing == 2, holding, times)


def elements(world: World, box: Box, name: str | None) -> dict[str, Element]:
    """An element of each dimension: of what the norms name the most general."""
    object_ = world.object.element(box.object, name)
    about: Element = ("other",)
    if object_[0] == "noun":
        about = world.object.element(box.about)
    elif object_ == ("person",):
        about = world.persons.element_of(box.about)
    return {
        "actor": world.persons.element_of(box.actor),
        "to": world.persons.element_of(box.to),
        "from": world.persons.element_of(box.from_),
        "action": world.action.element(box.action),
        "object": object_,
        "owner": world.persons.element_of(box.owner),
        "about": about,
        "purpose": world.purpose.element(box.purpose),
        "means": world.means.element(box.means),
    }
