"""Norms → sentences, in the word order of each language."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_whole import goes_on
from nda_lint.lexer import atoms_of, joined
from nda_lint.tables import tables
from nda_lint.write import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_ENSURE = "ensure_compliance"
#: Characters with which the second half of a word for an action begins, at most.
_LONGEST_TAIL = 6
_MODALS = {"must": "MUST", "must_not": "MUST_NOT", "may": "MAY"}
_PREPOSITIONS = {"to": "TO", "with": "WITH", "from": "FROM"}
_PRIORITIES = {
    "subject_to": "SUBJECT_TO", "notwithstanding": "NOTWITHSTANDING", "failing_which": "FAILING_WHICH",
}  # fmt: skip


class NormWriter(Writer):
    """Writes norms, and all that a :class:`~nda_lint.write.Writer` writes."""

    def norm(self, norm: c.Norm) -> str:
        """The sentence that states a norm."""
        self._itself = norm.actors[0] if norm.actors and norm.actors[0].kind == "person" else None
        sentence = self._chinese(norm) if self.chinese else self._english(norm)
        self._itself = None
        return f"@{norm.label} {sentence}" if norm.label else sentence

    def act(self, norm: c.Norm) -> str:
        """What is done, to whom, what for and how: a norm without who must, when and on what conditions."""
        if self.chinese:
            return "".join(self._chinese_act(norm))
        return " ".join(part for part in self._english_act(norm) if part)

    def condition(self, condition: c.Condition) -> str:
        """The part of a sentence that states a condition."""
        return self._chinese_condition(condition) if self.chinese else self._english_condition(condition)

    # --- English --------------------------------------------------------------------------

    def _english(self, norm: c.Norm) -> str:
        only = self.keyword("ONLY")
        parts = [
            only if norm.only_actors else "",
            self.listed((self.person(actor) for actor in norm.actors), _upper(norm.actors_connective)),
            self.keyword(_MODALS[norm.modality]),
            only if norm.only else "",
            *self._english_act(norm),
        ]
        parts += [self._english_window(window) for window in norm.windows]
        parts += [self.value(frequency) for frequency in norm.frequencies]
        parts += [self._english_condition(condition) for condition in norm.conditions]
        if norm.exceptions:
            parts.append(self.keyword("EXCEPT"))
            parts.append(self.listed(self.thing(thing) for thing in norm.exceptions))
        sentence = " ".join(part for part in parts if part)
        for priority in norm.priorities:
            sentence += f", {self.keyword(_PRIORITIES[priority.kind])} {self._named(priority)}"
        return sentence

    def _named(self, priority: c.Priority) -> str:
        return f"@{priority.label}" if priority.label else self.keyword("ANYTHING")

    def _english_act(self, norm: c.Norm) -> list[str]:
        parts = [self._actions(norm), self._objects(norm)]
        for recipients in norm.recipients:
            parts.append(
                self._restricted(recipients.only, self.keyword(_PREPOSITIONS[recipients.preposition]))
            )
            parts.append(
                self.listed(
                    (self.person(person) for person in recipients.persons), _upper(recipients.connective)
                )
            )
        for words, keyword, section in self._adjunct_words(norm):
            parts.append(self._restricted(bool(words.only), self.keyword(keyword)))
            parts.append(
                self.listed((self._word(word, section) for word in words.words), _upper(words.connective))
            )
        if norm.in_writing:
            parts.append(self.keyword("IN_WRITING"))
        return parts

    def _restricted(self, only: bool, keyword: str) -> str:
        return f"{self.keyword('ONLY')} {keyword}" if only else keyword

    def _english_window(self, window: c.Window) -> str:
        event = self.event(window.event) if window.event is not None else ""
        if window.special is not None:
            return self.word("duration", window.special)
        if window.vague is not None:
            return self._vague_window(window, event)
        if window.relation == "until":
            return f"{self.keyword('UNTIL')} {event}"
        amount = self.stretch(window) if window.amount is not None else ""
        if window.relation == "before" and not event:
            return f"{amount} {self.keyword('IN_ADVANCE')}"
        if window.relation == "within":
            return f"{self.keyword('WITHIN')} {amount}" + (
                f" {self.keyword('AFTER')} {event}" if event else ""
            )
        if window.relation == "for":
            return f"{self.keyword('FOR')} {amount}" + (f" {self.keyword('AFTER')} {event}" if event else "")
        if window.relation == "after" and not event:
            return f"{self.keyword('AFTER')} {amount}"
        keyword = {"before": "BEFORE", "after": "AFTER", "at": "ON", "from": "FROM"}[window.relation]
        return " ".join(part for part in (amount, self.keyword(keyword), event) if part)

    def _vague_window(self, window: c.Window, event: str) -> str:
        word = self.word("vague", str(window.vague))
        after = f" {self.keyword('AFTER')} {event}" if event else ""
        return f"{word}{after}"

    def _english_condition(self, condition: c.Condition) -> str:
        keyword = self.keyword(condition.kind.upper())
        return f"{keyword} " + self.joined(
            (self._atom(atom) for atom in condition.atoms), _upper(condition.connective)
        )

    # --- Chinese --------------------------------------------------------------------------

    def _chinese(self, norm: c.Norm) -> str:
        only = self.keyword("ONLY")
        may_only = norm.only and norm.modality == "may"
        parts = [
            only if norm.only_actors else "",
            self.listed((self.person(actor) for actor in norm.actors), _upper(norm.actors_connective)),
            self.keyword("MAY_ONLY" if may_only else _MODALS[norm.modality]),
        ]
        # 在 5 年内保密 would be for five years.
        deadline = self.keyword("NO_LATER") if goes_on(norm) else ""
        for window in norm.windows:
            latest = deadline if window.relation == "within" and window.amount is not None else ""
            parts.append(f"{latest}{self._chinese_window(window)}")
        for frequency in norm.frequencies:
            parts.append(self.value(frequency))
        parts += self._chinese_act(norm, only if norm.only and not may_only else "")
        sentence = "".join(parts)
        for condition in norm.conditions:
            sentence += f",{self._chinese_condition(condition)}"
        if norm.exceptions:
            excepted = self.listed(self.thing(thing) for thing in norm.exceptions)
            sentence += f",{self.keyword('EXCEPT')}{excepted}{self.keyword('OUTSIDE')}"
        for priority in norm.priorities:
            space = " " if priority.label else ""
            sentence += f",{self.keyword(_PRIORITIES[priority.kind])}{space}{self._named(priority)}"
            if priority.kind == "notwithstanding":
                sentence += f"{space}{self.keyword('LIMIT_END')}"
        return sentence

    def _chinese_act(self, norm: c.Norm, only_all: str = "") -> list[str]:
        only = self.keyword("ONLY")
        parts: list[str] = []
        for recipients in norm.recipients:
            keyword = self.keyword(_PREPOSITIONS[recipients.preposition])
            persons = self.listed(
                (self.person(person) for person in recipients.persons), _upper(recipients.connective)
            )
            parts.append(f"{only if recipients.only else ''}{keyword}{persons}")
        for words, keyword, section in self._adjunct_words(norm):
            text = self.listed((self._word(word, section) for word in words.words), _upper(words.connective))
            parts.append(f"{only if words.only else ''}{self.keyword(keyword)}{text}")
        parts.append(self.keyword("IN_WRITING") if norm.in_writing else "")
        actions, objects = self._actions(norm), self._objects(norm)
        if objects and _runs_together(actions, objects):
            return [*parts, self.keyword("BA"), objects, only_all, actions]
        return [*parts, only_all, actions, objects]

    def _chinese_window(self, window: c.Window) -> str:
        event = self.event(window.event) if window.event is not None else ""
        amount = ""
        if window.amount is not None:
            amount = self.stretch(window)
            # 持续 3 年, but 持续至少 3 年
            amount = f" {amount}" if amount[0].isascii() else amount
        elif window.vague is not None:
            amount = self.word("vague", str(window.vague))
        elif window.special is not None:
            amount = self.word("duration", window.special)
        if window.relation == "before" and not event:
            return f"{self.keyword('IN_ADVANCE')}{amount}"
        if window.relation == "until":
            return f"{self.keyword('UNTIL')}{event}{self.keyword('UNTIL_END')}"
        lead = self.keyword("WITHIN")
        if window.relation == "at":
            return f"{lead}{event}{self.keyword('AT')}"
        if window.vague is not None or window.relation == "within":
            after = f"{lead}{event}{self.keyword('AFTER')}" if event else ""
            if window.vague is not None:
                return f"{after}{amount}"
            return f"{after or lead}{amount}{self.keyword('INNER')}"
        if window.relation == "from":
            return f"{self.keyword('SINCE')}{event}{self.keyword('SINCE_END')}"
        if window.relation == "for":
            after = f"{lead}{event}{self.keyword('AFTER')}" if event else ""
            return f"{after}{self.keyword('LASTING')}{amount}"
        side = self.keyword(window.relation.upper())
        if not event:
            return f"{lead}{amount}{side}"
        return f"{lead}{event}{side}{amount}"

    def _chinese_condition(self, condition: c.Condition) -> str:
        keyword = self.keyword(condition.kind.upper())
        return keyword + self.joined(
            (self._atom(atom) for atom in condition.atoms), _upper(condition.connective)
        )

    # --- both -----------------------------------------------------------------------------

    def _adjunct_words(self, norm: c.Norm) -> Iterable[tuple[c.Words, str, str]]:
        for words in norm.purposes:
            yield words, "FOR", "purpose"
        for words in norm.means:
            yield words, "BY", "means"

    def _actions(self, norm: c.Norm) -> str:
        if _who_complies(norm):
            return self.keyword("ENSURE")
        return self.joined((self._word(action, "action") for action in norm.actions), _upper(norm.connective))

    def _objects(self, norm: c.Norm) -> str:
        """What the actions are done to."""
        if not norm.things:
            return ""
        persons = _who_complies(norm)
        if persons:
            who = self.listed(self.thing(thing) for thing in norm.things[:persons])
            what = self.listed([self.thing(thing) for thing in norm.things[persons:]] or [""])
            return self._spaced(who, self.keyword("COMPLIES"), what)
        return self.listed((self.thing(thing) for thing in norm.things), _upper(norm.things_connective))

    def _word(self, word: v.Word, section: str) -> str:
        return self.word(section, word.id) if word.id is not None else self.quoted(str(word.text))

    def _atom(self, atom: c.ConditionAtom) -> str:
        if atom.id is None:
            return self.quoted(str(atom.text))
        if not atom.subjects:
            if atom.id in self._names["condition"]:
                return self.word("condition", atom.id)
            pronoun = self.keyword("PRONOUN")
            return self._spaced(pronoun, self._predicate(atom.id, plural=True))
        subjects = self.listed(self.person(person) for person in atom.subjects)
        if atom.id in self._names["condition_predicate"]:
            plural = len(atom.subjects) > 1 or atom.subjects[0].kind == "person"
            return self._spaced(subjects, self._predicate(atom.id, plural=plural))
        return self._spaced(self.word("condition_by", atom.id), subjects)

    def _predicate(self, identifier: str, *, plural: bool) -> str:
        """English says "Acme consents" and "third parties consent"; both are in the table."""
        names = self._names["condition_predicate"][identifier]
        if not self.chinese and plural:
            for name in names:
                first = name.split(" ")[0]
                if first in ("are", "need", "have") or not first.endswith("s"):
                    return str(name)
        if not self.chinese and not plural:
            for name in names:
                if name.split(" ")[0] not in ("are", "need", "have"):
                    return str(name)
        return str(names[0])


def _runs_together(actions: str, objects: str) -> bool:
    """Whether the end of the actions and the beginning of the objects make one word: 撤销 and 权限."""
    words = tables()["lexicon"]["words"]
    last = next((actions[place:] for place in range(len(actions)) if _is_action(words, actions[place:])), "")
    return bool(last) and any(_is_action(words, last + objects[:end]) for end in range(1, _LONGEST_TAIL))


def _is_action(words: Mapping[str, Any], text: str) -> bool:
    found = words.get(joined(atoms_of(text)), ())
    return any(entry[0] == "ACTION" for entry in found)


def _who_complies(norm: c.Norm) -> int:
    """How many of the things are the persons of "ensure that its employees comply with …"; 0 in other norms."""
    if len(norm.actions) != 1 or norm.actions[0].id != _ENSURE or norm.things_connective == "or":
        return 0
    persons = [thing.kind == "person" and not thing.every for thing in norm.things]
    count = persons.index(False) if False in persons else len(persons)
    return 0 if any(persons[count:]) else count


def _upper(connective: c.Connective) -> str:
    return (connective or "and").upper()
