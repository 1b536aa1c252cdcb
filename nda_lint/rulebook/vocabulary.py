"""The tables of schema and names as the type checker asks them, and what ``is WORD`` means.

A test is a plain tuple. Words of the vocabulary are spelt out here into the set of ids at or below
them, so that linting needs no *is-a* order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nda_lint.rulebook import types as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nda_lint.rulebook.shared import SharedCondition
    from nda_lint.rulebook.statutes import Statute

Test = tuple[Any, ...]

#: Words for which `is` looks at the role of a party.
ROLES = ("discloser", "recipient")


class Vocabulary:
    """Kinds, fields and words of the schema table, with the names people use for them."""

    def __init__(self, schema: Mapping[str, Any], names: Mapping[str, Any]) -> None:
        self.kinds: Mapping[str, Any] = schema["kinds"]
        self.words: Mapping[str, Mapping[str, Any]] = schema["words"]
        self.names = names
        #: conditions with a name and statutes, as far as they have been declared
        self.conditions: dict[str, SharedCondition] = {}
        self.statutes: dict[str, Statute] = {}
        self._children: dict[str, dict[str, list[str]]] = {}

    def field(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """The entry of a field, or None."""
        entry = self.kinds[kind]["fields"].get(key)
        return entry if entry is None else dict(entry)

    def below(self, word_class: str, word: str) -> tuple[str, ...]:
        """The ids at or below `word` in the is-a order of its class."""
        children = self._children.get(word_class)
        if children is None:
            children = {}
            for identifier, entry in self.words.get(word_class, {}).items():
                for parent in entry["parents"]:
                    children.setdefault(parent, []).append(identifier)
            self._children[word_class] = children
        found: dict[str, None] = {}
        waiting = [word]
        while waiting:
            identifier = waiting.pop()
            if identifier not in found:
                found[identifier] = None
                waiting.extend(children.get(identifier, ()))
        return tuple(found)

    def above(self, word_class: str, word: str) -> tuple[str, ...]:
        """The ids at or above `word`."""
        found: dict[str, None] = {}
        waiting = [word]
        table = self.words.get(word_class, {})
        while waiting:
            identifier = waiting.pop()
            if identifier not in found:
                found[identifier] = None
                waiting.extend(table[identifier]["parents"])
        return tuple(found)

    def candidates(self, type_: t.Type) -> set[str]:
        """Every word that may follow `is` after something of this type."""
        words: set[str] = set(t.SORT_PREDICATES.get(type_.sort, ()))
        words.update(type_.ids)
        if type_.sort == "contract":
            words.update(self.conditions)
        for word_class in _classes(type_):
            words.update(self.words.get(word_class, ()))
        if type_.sort == "block" and not type_.kind:
            words.update(self.kinds)
        if type_.sort == "value":
            words.update(type_.choices, t.PREDICATES, _type_words(type_))
            if "clause" in type_.types:
                words.update(self.kinds)
            if "duration" in type_.types:
                words.update(t.SPECIALS)
            if "yes_no" in type_.types:
                words.update(("yes", "no"))
            if "person" in type_.types:
                words.update(t.SORT_PREDICATES["person"])
        return words

    def test(self, type_: t.Type, word: str) -> Test | None:
        """What ``is word`` asks of something of this type, or None if it makes no sense."""
        tests = list(self._word_tests(type_, word))
        if type_.sort == "value":
            tests += self._value_tests(type_, word)
        elif word in type_.ids:
            tests.append(("enum", (word,)))
        elif word in t.SORT_PREDICATES.get(type_.sort, ()):
            tests.append(("predicate", word))
        elif type_.sort == "block" and not type_.kind and word in self.kinds:
            tests.append(("kind", word))
        if not tests:
            return None
        return tests[0] if len(tests) == 1 else ("either", tuple(tests))

    def _word_tests(self, type_: t.Type, word: str) -> list[Test]:
        tests: list[Test] = []
        for word_class in self.classes(type_, word):
            name = word_class if word_class in ("person", "object") else "word"
            if word_class == "action" and type_.sort in ("thing", "value"):
                name = "noun"
            tests.append((name, self.below(word_class, word)))
        return tests

    def _value_tests(self, type_: t.Type, word: str) -> list[Test]:
        if word in type_.choices:
            return [("choice", (word,))]
        if "yes_no" in type_.types and word in ("yes", "no"):
            return [("yes_no", word == "yes")]
        if "duration" in type_.types and word in t.SPECIALS:
            return [("special", word)]
        if word in t.PREDICATES or ("person" in type_.types and word in t.SORT_PREDICATES["person"]):
            return [("predicate", word)]
        if "clause" in type_.types and word in self.kinds:
            return [("clause", word)]
        if word in _type_words(type_) and not self._word_tests(type_, word):
            return [("type", word)]
        return []

    def classes(self, type_: t.Type, word: str) -> list[str]:
        """The word classes in which something of this type finds `word`."""
        return [word_class for word_class in _classes(type_) if word in self.words.get(word_class, ())]

    def aliases(self, word: str, candidates: set[str]) -> tuple[str, ...]:
        """Ids among `candidates` that people call `word` in one of the languages."""
        wanted = word.replace("-", " ").replace("_", " ")
        found: dict[str, None] = {}
        for language in self.names.values():
            for section, table in language.items():
                if section in ("keyword", "unit") or not hasattr(table, "items"):
                    continue
                for identifier, texts in table.items():
                    last = identifier.rpartition(".")[2]
                    if last in candidates and not isinstance(texts, str) and wanted in texts:
                        found[last] = None
        return tuple(found)[:2]


def _classes(type_: t.Type) -> tuple[str, ...]:
    """The word classes that something of this type may be named by."""
    if type_.sort == "person":
        return ("person",)
    if type_.sort == "thing":
        return ("object", "action", "person")
    if type_.word_class:
        return (type_.word_class,)
    if type_.sort == "value":
        classes: tuple[str, ...] = ()
        if "person" in type_.types:
            classes += ("person",)
        if "thing" in type_.types:
            classes += ("object", "action")
        return classes
    return ()


def _type_words(type_: t.Type) -> set[str]:
    return {"text" if name in t.TEXT_TYPES else name for name in type_.types}
