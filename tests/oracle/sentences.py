"""Sentences at random, of a few words that are used again and again, so that they meet, nest and exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oracle.words import (
    ACTIONS,
    DATES,
    EVENTS,
    GRADES,
    LABELS,
    MEANS,
    NOUNS,
    OBJECTS,
    OF_NOBODY,
    OF_SOMEBODY,
    PARTIES,
    PERSONS,
    PHRASES,
    PURPOSES,
    SIDES,
    TERMS,
    UNITS,
)

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.write_norms import NormWriter

if TYPE_CHECKING:
    from random import Random

    from nda_lint.finding import Language

SPAN = (0, 0)


class Author:
    """Who writes a draft: a few words of each class are taken, and used again and again."""

    def __init__(self, choose: Random, language: Language) -> None:
        self.choose, self.language = choose, language
        self.writer = NormWriter(language)
        self.parties = PARTIES[language][: choose.choice((2, 2, 2, 2, 3, 1))]
        self.actions = self._few(choose.choice(ACTIONS), 2, 5)
        self.objects = self._few(choose.choice(OBJECTS), 2, 4)
        self.persons = self._few(PERSONS, 2, 5)
        self.purposes = self._few(PURPOSES, 1, 4)
        self.means = self._few(MEANS, 1, 3)
        self.of_somebody = self._few(OF_SOMEBODY, 1, 3)
        self.of_nobody = self._few(OF_NOBODY, 1, 3)
        self.events = self._few(EVENTS, 1, 3)
        #: how full of adjuncts the sentences are, in percent
        self.density = choose.choice((8, 15, 25, 40))

    # --- choosing --------------------------------------------------------------------------

    def _few(self, words: tuple[str, ...], least: int, most: int) -> list[str]:
        return self.choose.sample(words, self.choose.randint(least, min(most, len(words))))

    def _chance(self, percent: int) -> bool:
        return self.choose.randint(0, 99) < percent

    def _adjunct(self) -> bool:
        return self._chance(self.density)

    def _several(self, make: Any, percent: int = 25) -> tuple[Any, ...]:
        """One, or sometimes two or three, no two the same."""
        found = [make()]
        while self._chance(percent) and len(found) < 3:
            found.append(make())
        return tuple({repr(one): one for one in found}.values())

    def _joined(self, members: tuple[Any, ...]) -> c.Connective:
        return self.choose.choice(("and", "or")) if len(members) > 1 else None

    # --- people, things, words ---------------------------------------------------------------

    def party(self) -> v.Person:
        return v.Person("party", None, self.choose.choice(self.parties), None, None, None, None, SPAN)

    def _class(self, identifier: str, of: v.Person | None = None, vague: str | None = None) -> v.Person:
        return v.Person("person", identifier, None, None, of, vague, None, SPAN)

    def person(self, itself: v.Person | None = None, *, quoted: bool = True) -> v.Person:
        """A party, a class, somebody's class, a term or a phrase; `itself` is who "its" means."""
        sort = self.choose.randint(0, 99)
        if sort < 30:
            return self.party()
        if sort < 45:
            return self._class(self.choose.choice(SIDES))
        if sort < 70:
            return self._class(self.choose.choice(self.persons))
        if sort < 90:
            kinds = [person for person in self.persons if person != "person"] or ["employee"]
            return self._class(self.choose.choice(kinds), self._owner(itself))
        if sort < 93:
            return self._class("executive", None, self.choose.choice(("very_few", "several")))
        if quoted and sort < 98:
            name = self.choose.choice((*TERMS[self.language][3:], PHRASES[self.language][0]))
            return v.Person("text", None, None, name, None, None, None, SPAN)
        return self._class("third_party")

    def _owner(self, itself: v.Person | None) -> v.Person:
        sort = self.choose.randint(0, 9)
        if itself is not None and sort < 4:
            return itself
        if sort < 8:
            return self.party()
        return self._class(
            self.choose.choice(
                (
                    "discloser",
                    "recipient",
                    "other_party",
                    "each_party",
                    "third_party",
                    "partner",
                    "employee",
                    "breaching_party",
                )
            )
        )

    def thing(self, itself: v.Person | None = None) -> v.Thing:
        sort = self.choose.randint(0, 99)
        nothing = (None, None, None, None)
        if sort < 55:
            return v.Thing("object", self.choose.choice(self.objects), *nothing, None, None, SPAN)
        if sort < 72:
            return v.Thing(
                "object", self.choose.choice(self.objects), *nothing, None, self._owner(itself), SPAN
            )
        if sort < 80:
            kind = self.choose.choice(("information", "document"))
            grade = self.choose.choice(GRADES[self.language])
            return v.Thing("graded", kind, grade, None, None, None, None, None, SPAN)
        if sort < 85:
            about = self.thing() if self._chance(50) else None
            if about is not None and about.kind != "object":
                about = None
            noun = self.choose.choice(NOUNS)
            return v.Thing("action", noun, None, None, None, True, None, None, SPAN, about)
        if sort < 89:
            person = self.person(itself, quoted=False)
            return v.Thing("person", None, None, None, person, None, None, None, SPAN)
        name = self.choose.choice((*TERMS[self.language][:3], *PHRASES[self.language]))
        return v.Thing("text", None, None, name, None, None, None, None, SPAN)

    def word(self, words: list[str], *texts: str) -> v.Word:
        if texts and self._chance(10):
            return v.Word(None, self.choose.choice(texts), None, SPAN)
        return v.Word(self.choose.choice(words), None, None, SPAN)

    def action(self) -> v.Word:
        texts = (PHRASES[self.language][1], TERMS[self.language][2]) if self._chance(20) else ()
        return self.word(self.actions, *texts)

    # --- adjuncts ----------------------------------------------------------------------------

    def recipients(self, itself: v.Person) -> tuple[c.Recipients, ...]:
        found = []
        if self._chance(self.density + 15):
            persons = self._several(lambda: self.person(itself))
            only = self._chance(15)
            where = self.choose.choice(("to", "to", "to", "with", "from"))
            found.append(c.Recipients(where, persons, self._joined(persons), only, SPAN))
            if self._chance(15):
                other = self.choose.choice([one for one in ("to", "with", "from") if one != where])
                found.append(c.Recipients(other, (self.person(itself),), None, self._chance(10), SPAN))
        return tuple(found)

    def purpose_words(self) -> tuple[c.Words, ...]:
        if not self._adjunct():
            return ()
        texts = (TERMS[self.language][0], PHRASES[self.language][0])
        return self._lists(lambda: self.word(self.purposes, *texts), 30)

    def means_words(self) -> tuple[c.Words, ...]:
        if not self._chance(self.density // 2):
            return ()
        return self._lists(lambda: self.word(self.means, PHRASES[self.language][1]), 20)

    def _lists(self, make: Any, only: int) -> tuple[c.Words, ...]:
        """A list of words, seldom two; with this chance restricted to them."""
        found = []
        for _ in range(2 if self._chance(8) else 1):
            words = self._several(make)
            found.append(c.Words(words, self._joined(words), self._chance(only), SPAN))
        return tuple(found)

    def event(self) -> v.Event:
        sort = self.choose.randint(0, 9)
        if sort == 0:
            return v.Event(None, None, self.choose.choice(DATES), None, None, SPAN)
        if sort == 1:
            return v.Event(None, self.choose.choice(PHRASES[self.language]), None, None, None, SPAN)
        identifier = self.choose.choice(self.events)
        of = self.party() if identifier == "request" and self._chance(40) else None
        if identifier in ("request", "leak") and self._chance(30):
            of = self._class(self.choose.choice(("other_party", "discloser", "recipient", "each_party")))
        return v.Event(identifier, None, None, of, None, SPAN)

    def windows(self) -> tuple[c.Window, ...]:
        if not self._adjunct():
            return ()
        return tuple(self.window() for _ in range(self.choose.choice((1, 1, 1, 1, 2))))

    def window(self) -> c.Window:
        """A window of any sort."""
        shape = self.choose.choice(
            ("within", "within", "after", "before", "for", "for", "at", "from", "until", "bare after", "bare before",
             "lasting", "no event", "advance", "special", "vague", "blank")
        )  # fmt: skip
        if shape == "special":
            return _window("for", special=self.choose.choice(("indefinite", "until_public", "statutory")))
        if shape == "vague":
            return _window("within", vague="promptly", event=self.event() if self._chance(50) else None)
        if shape in ("at", "from", "until"):
            return _window(shape, event=self.event())
        if shape.startswith("bare"):
            return _window(shape.split()[1], event=self.event())
        length = self._length()
        if shape == "blank":
            blank = v.Blank(None, length["unit"], None, None, None, SPAN)
            return _window("within", amount=blank, unit=length["unit"], event=self.event())
        if shape in ("no event", "lasting", "advance"):
            relation = {"no event": "within", "lasting": "for", "advance": "before"}[shape]
            return _window(relation, **length)
        return _window(shape, event=self.event(), **length)

    def _length(self) -> dict[str, Any]:
        amount, unit = self.choose.choice((1, 2, 3, 5, 10, 12, 24, 30)), self.choose.choice(UNITS)
        bound = self.choose.choice(
            (None, None, None, None, "at_least", "at_most", "range", "more_than", "less_than")
        )
        length: dict[str, Any] = {"amount": amount, "unit": unit}
        if bound == "range":
            return {**length, "maximum": amount + self.choose.randint(1, 9), "maximum_unit": unit}
        return {**length, "bound": bound} if bound else length

    def atom(self, itself: v.Person) -> c.ConditionAtom:
        sort = self.choose.randint(0, 9)
        if sort == 0:
            return c.ConditionAtom(None, self.choose.choice(PHRASES[self.language]), (), SPAN)
        if sort < 4:
            return c.ConditionAtom(self.choose.choice(self.of_nobody), None, (), SPAN)
        identifier = self.choose.choice(self.of_somebody)
        if sort < 6:
            return c.ConditionAtom(identifier, None, (), SPAN)
        subjects = self._several(lambda: self.person(itself, quoted=False), 10)
        return c.ConditionAtom(identifier, None, subjects, SPAN)

    def conditions(self, itself: v.Person) -> tuple[c.Condition, ...]:
        found: list[c.Condition] = []
        while self._adjunct() and len(found) < 2:
            atoms = self._several(lambda: self.atom(itself), 30)
            kind = self.choose.choice(("if", "if", "unless", "unless", "only_if"))
            found.append(c.Condition(kind, self._joined(atoms), atoms, SPAN))
        return tuple(found)

    def exceptions(self, itself: v.Person) -> tuple[v.Thing, ...]:
        if not self._chance(self.density // 2):
            return ()
        return self._several(lambda: self.thing(itself), 15)

    def priorities(self, labels: list[str]) -> tuple[c.Priority, ...]:
        if not labels or not self._chance(self.density // 2):
            return ()
        kinds = ("subject_to", "subject_to", "notwithstanding", "failing_which")
        return (c.Priority(self.choose.choice(kinds), self.choose.choice(labels), SPAN),)

    # --- norms ---------------------------------------------------------------------------------

    def norm(self, labels: list[str]) -> c.Norm:
        actors = self._several(self.person, 12)
        # Nothing belongs to somebody in quotation marks.
        itself = actors[0] if actors[0].kind != "text" else self.party()
        modality = self.choose.choice(("must", "must", "must_not", "must_not", "may"))
        actions = self._several(self.action, 25)
        things = self._several(lambda: self.thing(itself), 15) if self._chance(93) else ()
        label = self.choose.choice(LABELS[self.language]) if self._chance(12) else None
        only = modality != "must_not" and self._chance(self.density // 4)
        return c.Norm(
            label, modality, actors, self._joined(actors), self._chance(6), only, actions, self._joined(actions),
            things, self._joined(things), self.recipients(itself), self.purpose_words(), self.means_words(),
            self._chance(6), self.windows(), (), self.conditions(itself), self.exceptions(itself),
            self.priorities(labels), None, None, SPAN, SPAN,
        )  # fmt: skip

    def like(self, norm: c.Norm, labels: list[str]) -> c.Norm:
        """A norm that differs from another in one or two things, so that the two meet, nest or differ in time."""
        other = c.Norm(*(getattr(norm, slot) for slot in c.Norm.__slots__))
        itself = other.actors[0] if other.actors[0].kind != "text" else self.party()
        if norm.modality == "must" and norm.windows and self._chance(40):
            other.windows = (self._nearly(norm),)
            return other
        if norm.modality == "must" and norm.connective == "or" and self._chance(60):
            return self._against_one(other)
        if self._chance(30):
            return self._opposed(other, labels)
        changes = self.choose.sample(
            ("modality", "modality", "windows", "things", "actions", "recipients", "purposes", "conditions", "actors",
             "exceptions", "priorities", "priorities", "nothing"),
            self.choose.randint(1, 3),
        )  # fmt: skip
        made: dict[str, Any] = {
            "modality": lambda: self.choose.choice(("must", "must_not", "may")),
            "windows": lambda: (self.choose.choice((self.window, lambda: self._nearly(norm)))(),),
            "things": lambda: (self.thing(itself),),
            "actions": lambda: self._several(self.action, 25),
            "recipients": lambda: self.recipients(itself),
            "purposes": self.purpose_words,
            "conditions": lambda: self.conditions(itself),
            "actors": lambda: (self.person(),),
            "exceptions": lambda: self.exceptions(itself),
            "priorities": lambda: self._surely_over(labels),
        }
        for change in changes:
            if change in made:
                setattr(other, change, made[change]())
        other.connective = other.connective if len(other.actions) > 1 else None
        if len(other.actions) > 1 and other.connective is None:
            other.connective = self._joined(other.actions)
        other.things_connective = self._joined(other.things)
        other.actors_connective = self._joined(other.actors)
        other.only = other.only and other.modality != "must_not"
        return other

    def _against_one(self, norm: c.Norm) -> c.Norm:
        """A ban on one of the alternatives of a choice, whatever else is said of it."""
        norm.modality, norm.actions, norm.connective = "must_not", (self.choose.choice(norm.actions),), None
        norm.only = norm.only_actors = norm.in_writing = False
        norm.recipients = norm.purposes = norm.means = norm.exceptions = norm.priorities = (
            norm.conditions
        ) = ()
        if self._chance(50):
            norm.things, norm.things_connective = (), None
        return norm

    def _opposed(self, norm: c.Norm, labels: list[str]) -> c.Norm:
        """The contrary of a norm, for the same or for part of it; perhaps it is said which prevails."""
        norm.modality = "must_not" if norm.modality != "must_not" else self.choose.choice(("must", "may"))
        norm.only = norm.only and norm.modality != "must_not"
        if self._chance(40):
            norm.conditions = (*norm.conditions, *self.conditions(norm.actors[0]))[:2]
        if self._chance(30):
            norm.recipients = self.recipients(norm.actors[0])
        if self._chance(50):
            norm.priorities = self._surely_over(labels)
        return norm

    def _nearly(self, norm: c.Norm) -> c.Window:
        """A window of a norm with another length."""
        if not norm.windows:
            return self.window()
        window = c.Window(*(getattr(norm.windows[0], slot) for slot in c.Window.__slots__))
        if isinstance(window.amount, int):
            for slot, value in {
                "bound": None,
                "maximum": None,
                "maximum_unit": None,
                **self._length(),
            }.items():
                setattr(window, slot, value)
        return window

    def _surely_over(self, labels: list[str]) -> tuple[c.Priority, ...]:
        kind = self.choose.choice(("subject_to", "notwithstanding"))
        if kind == "notwithstanding" and self._chance(20):
            return (c.Priority(kind, "", SPAN),)
        return (c.Priority(kind, self.choose.choice(labels), SPAN),)


def _window(relation: str, **parts: object) -> c.Window:
    parts = {"relation": relation, "span": SPAN, **parts}
    return c.Window(*(parts.get(slot) for slot in c.Window.__slots__))
