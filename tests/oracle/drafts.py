"""Contracts at random, made so that their norms often meet: few actions, objects and persons, close to each other.

A draft is what is typed, one block after another; its text is written by the product's own writer and read by its
own parser. `choose` is a :class:`random.Random`, or what Hypothesis gives in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from oracle.sentences import Author
from oracle.words import (
    DATES,
    EVENTS,
    GRADES,
    KINDS,
    LABELS,
    PHRASES,
    TERMS,
)

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.write_norms import NormWriter

if TYPE_CHECKING:
    from random import Random

    from nda_lint.finding import Language

SPAN = (0, 0)


@dataclass
class Clause:
    """A clause of a draft: what its facts and norms say."""

    kind: str
    label: str | None
    facts: list[str] = field(default_factory=list)
    norms: list[c.Norm] = field(default_factory=list)


@dataclass
class Draft:
    """A contract to be written: `head` and the facts are lines, norms are typed."""

    language: Language
    head: list[str]
    clauses: list[Clause]

    def text(self) -> str:
        writer = NormWriter(self.language)
        lines = list(self.head)
        for clause in self.clauses:
            label = f" @{clause.label}" if clause.label else ""
            lines.append(f"{writer.keyword('CLAUSE')} {writer.word('kind', clause.kind)}{label}")
            lines += [f"  {fact}" for fact in clause.facts]
            lines += [f"  {writer.norm(norm)}" for norm in clause.norms]
        return "\n".join(lines) + "\n"


def draft(choose: Random, *, most: int = 40, language: Language | None = None) -> Draft:
    """A contract with two to `most` norms."""
    languages: tuple[Language, ...] = (language,) if language is not None else ("en", "zh")
    return _Author(choose, choose.choice(languages)).contract(choose.randint(2, most))


class _Author(Author):
    """Writes whole contracts: definitions, facts, clauses and what they say."""

    def contract(self, norms: int) -> Draft:
        clauses = self._facts()
        kinds = self.choose.sample(KINDS, self.choose.randint(1, min(3, norms)))
        labels = [*LABELS[self.language]]
        made = []
        for number, kind in enumerate(kinds):
            label = None
            if self._chance(30):
                label = f"part-{number}" if self.language == "en" else f"部分{'甲乙丙'[number]}"
            made.append(Clause(kind, label))
            labels.append(label or self.writer.word("kind", kind).replace(" ", "-"))
        written: list[c.Norm] = []
        likeness = self.choose.choice((10, 30, 60))
        for _ in range(norms):
            again = bool(written) and self._chance(likeness)
            timed = [norm for norm in written if norm.modality == "must" and norm.windows]
            model = self.choose.choice(timed if timed and self._chance(30) else written) if again else None
            written.append(self.norm(labels) if model is None else self.like(model, labels))
            self.choose.choice(made).norms.append(written[-1])
        self._survive(clauses, made)
        return Draft(self.language, self._head(), [*clauses, *made])

    def _head(self) -> list[str]:
        write, phrase = self.writer, PHRASES[self.language][0]
        lines = [f"{write.keyword('AGREEMENT')} {write.quoted(phrase)}"]
        roles = self.choose.choice(
            ((), (), ("discloser", "recipient"), ("recipient", "discloser"), ("both",))
        )
        for number, party in enumerate(self.parties):
            lines.append(f"{write.keyword('PARTY')} {party} {write.quoted(phrase + str(number))}")
            if number < len(roles):
                value = write.value(v.Choice(roles[number], None, SPAN), "party.role")
                lines.append(f"  {write.field('party.role')}: {value}")
        lines += [
            f"{write.keyword('DEFINE')} {write.quoted(term)}: {meaning}" for term, meaning in self._meanings()
        ]
        return lines

    def _meanings(self) -> list[tuple[str, str]]:
        write, choose = self.writer, self.choose
        project, data, papers, team, staff = TERMS[self.language]
        thing = [write.thing(v.Thing("object", one, *(None,) * 6, SPAN)) for one in self.objects]
        purpose = write.thing(v.Thing("purpose", choose.choice(self.purposes), *(None,) * 6, SPAN))
        persons = [write.person(self._class(one)) for one in (*self.persons, "employee") if one != "person"]
        owned = write.person(self._class("employee", self.party()))
        named = [write.person(self.party()), write.person(self._class("employee", self._class("recipient")))]
        graded = write.thing(v.Thing("graded", "information", GRADES[self.language][0], *(None,) * 5, SPAN))
        free = write.quoted(PHRASES[self.language][1])
        comma = "、" if self.language == "zh" else ", "
        return [
            (project, choose.choice((purpose, free))),
            (data, choose.choice((thing[0], comma.join(thing[:2]), free))),
            (papers, choose.choice((thing[-1], graded, comma.join((thing[-1], persons[0])), free))),
            (team, choose.choice((persons[0], owned, comma.join((persons[0], owned)), *named, persons[-1]))),
            (staff, choose.choice((persons[-1], free))),
        ]

    def _facts(self) -> list[Clause]:
        write, choose = self.writer, self.choose
        found = []
        dates = Clause("dates", None)
        if self.parties and self._chance(15):
            named = choose.choice((*self.parties, write.word("person", "each_party")))
            found.append(Clause("scope", None, [f"{write.field('scope.discloser')}: {named}"]))
        if self._chance(50):
            dates.facts.append(f"{write.field('dates.signed')}: {choose.choice(DATES[:2])}")
            if self._chance(10):
                dates.facts.append(f"{write.field('dates.signed')}: {choose.choice(DATES[:2])}")
        if self._chance(40):
            value = choose.choice((DATES[0], DATES[1], *(write.event(_event(one)) for one in EVENTS[4:8:3])))
            dates.facts.append(f"{write.field('dates.effective')}: {value}")
        if dates.facts:
            found.append(dates)
        term = Clause("term", None)
        if self._chance(60):
            anchor = choose.choice((None, None, "signing", "effective_date", "first_disclosure"))
            for _ in range(2 if self._chance(8) else 1):
                term.facts.append(f"{write.field('term.duration')}: {self._duration(anchor, 'from')}")
        elif self._chance(40):
            term.facts.append(f"{write.field('term.end_date')}: {choose.choice(DATES[1:])}")
        if self._chance(40):
            anchor = choose.choice(("termination", "termination", None, "expiry", "signing", "disclosure"))
            term.facts.append(f"{write.field('term.survival')}: {self._duration(anchor, 'after')}")
        elif self._chance(15):
            term.facts.append(f"{write.field('term.survival_until')}: {choose.choice(DATES[1:])}")
        found.append(term)
        grades = Clause("classification", None)
        for grade in GRADES[self.language]:
            line = f"{write.field('classification.grade')} {write.quoted(grade)}: {write.quoted(grade)}"
            grades.facts.append(line)
        return [*found, grades]

    def _duration(self, anchor: str | None, relation: Any) -> str:
        if self._chance(12):
            return self.writer.value(v.Duration(None, None, None, "indefinite", None, None, None, None, SPAN))
        amount, unit = self.choose.choice(((3, "year"), (18, "month"), (5, "year"), (90, "day"), (2, "week")))
        event = _event(anchor) if anchor else None
        length = v.Duration(amount, unit, None, None, None, relation if event else None, event, None, SPAN)
        return self.writer.value(length)

    def _survive(self, clauses: list[Clause], made: list[Clause]) -> None:
        """Perhaps some of the clauses survive."""
        term = next(clause for clause in clauses if clause.kind == "term")
        if self._chance(40):
            clause = self.choose.choice(made)
            name = f"@{clause.label}" if clause.label else self.writer.word("kind", clause.kind)
            term.facts.append(f"{self.writer.field('term.surviving_clauses')}: {name}")


def _event(identifier: str) -> v.Event:
    return v.Event(identifier, None, None, None, None, SPAN)
