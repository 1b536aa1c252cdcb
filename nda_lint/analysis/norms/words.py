"""Elements of situations, clauses and conditions in words."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.patterns import pattern
from nda_lint.write_norms import NormWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.analysis.norms.universe import Element
    from nda_lint.contract import Contract, Norm
    from nda_lint.finding import Language

_NOWHERE = (0, 0)
#: A title that begins with the number of its clause.
_NUMBER = pattern(r"\s*(第[一二三四五六七八九十百零〇0-9]+条|[0-9]+(?:\.[0-9]+)*(?=[.\s、]|$))")
_MONTHS = (
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)  # fmt: skip
#: Forms of English verbs in the third person that are no stem with an s.
_STEMS = {"has": "have", "is": "are", "does": "do"}


class Words:
    """Writes what a witness speaks of."""

    def __init__(self, contract: Contract, names: Any, language: Language) -> None:
        self.contract = contract
        self.chinese = language == "zh"
        self.writer = NormWriter(language)
        self._names = names[language]
        self._clauses: dict[str | None, int] = {}
        for block in contract.clauses:
            self._clauses[block.kind] = self._clauses.get(block.kind, 0) + 1

    # --- elements ---------------------------------------------------------------------------

    def person(self, element: Element) -> v.Person | None:
        """Somebody, if anybody in particular is meant."""
        sort = element[0]
        if sort == "party":
            if element[1].startswith("?"):
                return v.Person("person", element[2], None, None, None, None, None, _NOWHERE)
            return v.Person("party", None, element[1], None, None, None, None, _NOWHERE)
        if sort in ("class", "vague"):
            vague, word, owner = element[1:] if sort == "vague" else (None, *element[1:])
            if owner is not None and owner[0] == "class":
                owner = (*owner, None)
            of = None if owner is None else self.person(owner)
            return v.Person("person", word, None, None, of, vague, None, _NOWHERE)
        if sort in ("text", "term"):
            return v.Person("text", None, None, element[1], None, None, None, _NOWHERE)
        return None

    def thing(self, elements: dict[str, Element]) -> v.Thing | None:
        """What something is done to."""
        element = elements["object"]
        of = self.person(elements["owner"])
        sort = element[0]
        if sort == "word":
            return v.Thing("object", element[1], None, None, None, None, None, of, _NOWHERE)
        if sort == "graded":
            return v.Thing("graded", element[2], element[1], None, None, None, None, None, _NOWHERE)
        if sort in ("noun", "purpose"):
            about = None
            if sort == "noun" and elements["about"][0] != "other":
                about = self.thing({**elements, "object": elements["about"], "owner": ("other",)})
            kind = "action" if sort == "noun" else "purpose"
            return v.Thing(kind, element[1], None, None, None, None, None, None, _NOWHERE, about=about)
        if sort in ("text", "term"):
            return v.Thing("text", None, None, element[1], None, None, None, None, _NOWHERE)
        person = self.person(elements["about"]) if sort == "person" else None
        return (
            None
            if person is None
            else v.Thing("person", None, None, None, person, None, None, None, _NOWHERE)
        )

    def _word(self, element: Element) -> v.Word | None:
        if element[0] == "word":
            return v.Word(element[1], None, None, _NOWHERE)
        return None if element[0] == "other" else v.Word(None, element[1], None, _NOWHERE)

    def act(self, elements: dict[str, Element], *, actions: Norm | None = None) -> str:
        """What is done in a situation; all the actions of a norm, where that leaves a choice."""
        norm = blank_norm()
        action, thing = self._word(elements["action"]), self.thing(elements)
        if actions is not None:
            norm.actions, norm.connective = actions.actions, actions.connective
        elif action is not None:
            norm.actions = (action,)
        norm.things = (thing,) if thing is not None else ()
        for preposition, key in (("to", "to"), ("from", "from")):
            person = self.person(elements[key])
            if person is not None:
                recipients = c.Recipients(preposition, (person,), None, False, _NOWHERE)
                norm.recipients = (*norm.recipients, recipients)
        for slot, key in (("purposes", "purpose"), ("means", "means")):
            word = self._word(elements[key])
            if word is not None:
                setattr(norm, slot, (c.Words((word,), None, False, _NOWHERE),))
        return self.writer.act(norm)

    def actions(self, norm: Norm) -> str:
        """What a norm demands, without what it is done to."""
        bare = blank_norm()
        bare.actions, bare.connective = norm.actions, norm.connective
        return self.writer.act(bare)

    def named(self, element: Element) -> str:
        """Somebody by name, or “somebody” where nobody in particular is meant."""
        person = self.person(element)
        if person is None:
            return "任何人" if self.chinese else "somebody"
        return self._with_article(person)

    def _with_article(self, person: v.Person) -> str:
        text = self.writer.person(person)
        alone = person.kind == "person" and person.of is None and person.id in ("discloser", "recipient")
        return f"the {text}" if alone and not self.chinese else text

    # --- clauses ----------------------------------------------------------------------------

    def clause(self, norm: Norm) -> str:
        """The clause in which a norm stands, by its number where its title has one."""
        number = _NUMBER.match(norm.block.title or "")
        if number is not None:
            return number[1] if self.chinese else f"clause {number[1]}"
        return self._by_kind(norm.block)

    def _by_kind(self, block: Any) -> str:
        written = self.contract.source.text[slice(*block.kind_span)].strip()
        title = f"“{block.title}”" if block.title and self._clauses.get(block.kind, 0) > 1 else ""
        if block.kind == "annex" or not written:
            name = block.name or block.title or ""
            return f"附件“{name}”" if self.chinese else f"annex “{name}”"
        if self.chinese:
            return f"“{written}”条款{title}"
        return f"the clause on {written}" + (f", {title}" if title else "")

    # --- days -------------------------------------------------------------------------------

    def day(self, day: Any) -> str:
        """A day of the calendar."""
        if self.chinese:
            return f"{day.year} 年 {day.month} 月 {day.day} 日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    # --- conditions ---------------------------------------------------------------------------

    def conditions(self, literals: list[tuple[Any, bool]], elements: dict[str, Element]) -> str:
        """That conditions hold or do not, as one sentence; what is said of one subject is said of it once."""
        found: list[tuple[str, str]] = []
        for key, holds in literals:
            subject, predicate = self._holding(key, elements, holds)
            if subject and not self.chinese and found and found[-1][0] == subject:
                found[-1] = (subject, f"{found[-1][1]} and {predicate}")
            else:
                found.append((subject, predicate))
        parts = [self.writer._spaced(subject, predicate) for subject, predicate in found]
        if self.chinese:
            return "，且".join(parts)
        return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else ""

    def _holding(self, key: Any, elements: dict[str, Element], holds: bool) -> tuple[str, str]:
        word, subject = key
        if word in self._names["condition_predicate"] and subject is not None:
            return self._predicate(word, self._subject(subject, elements), holds)
        if word in self._names["condition"]:
            return "", self._sentence(str(self._names["condition"][word][0]), holds)
        if word in self._names["condition_by"] and subject is not None:
            by = str(self._names["condition_by"][word][0])
            return "", self._sentence(self.writer._spaced(by, self._subject(subject, elements)[0]), holds)
        return "", self._sentence(self.writer.quoted(word), holds)

    def _sentence(self, sentence: str, holds: bool) -> str:
        if self.chinese:
            return sentence if holds else f"不存在“{sentence}”的情形"
        if sentence.split(" ")[0].endswith("ed"):
            return f"it is {sentence}" if holds else f"it is not {sentence}"
        return sentence if holds else f"it is not so that {sentence}"

    def _subject(self, subject: Any, elements: dict[str, Element]) -> tuple[str, bool]:
        """Who a condition speaks of, and whether English takes the plural."""
        if subject in ("to", "actor"):
            person = self.person(elements[subject])
        elif subject[0] == "party":
            person = self.person(("party", subject[1], "discloser"))
        else:
            known = subject[1] in self._names["person"]
            kind, word, text = ("person", subject[1], None) if known else ("text", None, subject[1])
            person = v.Person(kind, word, None, text, _named(subject[2]), None, None, _NOWHERE)
        if person is None:
            return ("其" if self.chinese else "they"), True
        singular = person.kind == "party" or person.id in ("discloser", "recipient")
        return self._with_article(person), not singular

    def _predicate(self, word: str, who: tuple[str, bool], holds: bool) -> tuple[str, str]:
        subject, plural = who
        if self.chinese:
            predicate = str(self._names["condition_predicate"][word][0])
            if holds:
                return subject, predicate
            text = (
                f"未经{subject}{predicate}" if "同意" in predicate else f"不存在“{subject}{predicate}”的情形"
            )
            return "", text
        predicate = self.writer._predicate(word, plural=plural)
        if holds:
            return subject, predicate
        first, _, rest = predicate.partition(" ")
        if first in ("is", "are", "has", "have") and not rest.startswith("a "):
            return subject, f"{first} not {rest}"
        stem = _STEMS.get(first, first[:-1] if first.endswith("s") and not plural else first)
        return subject, f"{'do' if plural else 'does'} not {stem} {rest}".rstrip()


def _named(key: Any) -> v.Person | None:
    """Whose somebody is, from what tells one way of naming a person from another."""
    if key is None:
        return None
    kind, word, name, text, vague, of = key
    return v.Person(kind, word, name, text, _named(of), vague, None, _NOWHERE)


def blank_norm() -> Norm:
    """A norm that says nothing yet."""
    block: Any = None
    return c.Norm(
        None, "must", (), None, False, False, (), None, (), None, (), (), (), False, (), (), (), (), (),
        block, None, _NOWHERE, _NOWHERE,
    )  # fmt: skip
