"""The tables of a house: what is built in, with its words in the vocabulary and its rules in the catalogue."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from nda_lint.compile.lexicon import NameClash, lexicon_tables
from nda_lint.compile.schema import LANGUAGES
from nda_lint.compile.universe import universe_tables
from nda_lint.problem import did_you_mean
from nda_lint.rulebook import combine, compile_rules
from nda_lint.tables import PACKAGE, checkout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nda_lint.rulebook.errors import RuleError
    from nda_lint.tables import Tables


#: What a word for an action may say → the table of the schema that it goes to.
_TABLES = {"excludes": "excluded", "entails": "entailed"}


class WordError(Exception):
    """A word of a house that does not fit into the vocabulary; a sentence in English and in Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese


def house_tables(
    base: Tables, files: Sequence[tuple[str, str]], words: Mapping[str, Any]
) -> tuple[dict[str, Any], list[RuleError]]:
    """The parts of the tables that differ from `base`, and what is wrong with the rules.

    `files` are names and texts of rule files, `words` the house's words by class: id → the ids it is
    ``below``, and its names in ``en`` and ``zh``. Raises :class:`WordError`.
    """
    schema, names, rules = base["schema"], base["names"], base["rules"]
    parts: dict[str, Any] = {}
    if words:
        schema, names = _with_words(schema, names, words)
        try:
            lexicon = lexicon_tables(names, schema)
        except NameClash as error:
            raise WordError(f"vocabulary: {error}", f"vocabulary：{error}") from None
        rules, errors = compile_rules(builtin_files(), schema, names)
        if errors:
            return {}, errors
        universe = universe_tables(schema, names)
        parts = {"schema": schema, "names": names, "lexicon": lexicon, "universe": universe}
    own, errors = compile_rules(files, schema, names, known=rules)
    return {**parts, "rules": combine(rules, own)}, errors


def builtin_files(root: str | None = None) -> list[tuple[str, str]]:
    """Name and text of the rule files that come with the tool, in order."""
    folder = os.path.join(root or checkout() or PACKAGE, "rules")
    files: list[tuple[str, str]] = []
    for path, folders, entries in os.walk(folder):
        folders.sort()
        for entry in sorted(entries):
            if entry.endswith(".rules"):
                full = os.path.join(path, entry)
                with open(full, encoding="utf-8") as stream:
                    files.append((os.path.relpath(full, folder), stream.read()))
    return files


def _with_words(
    schema: Mapping[str, Any], names: Mapping[str, Any], words: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    vocabulary = {word_class: dict(known) for word_class, known in schema["words"].items()}
    named = {language: dict(names[language]) for language in LANGUAGES}
    for word_class, added in words.items():
        for language in LANGUAGES:
            named[language][word_class] = dict(named[language][word_class])
        for word, entry in added.items():
            known = vocabulary[word_class]
            where = f"vocabulary.{word_class}.{word}"
            if word in schema["words"][word_class]:
                raise WordError(f"{where}: that word is built in", f"{where}：该词已内置")
            for other in (*entry["below"], *entry.get("excludes", ()), *entry.get("entails", ())):
                if other not in known:
                    english, chinese = did_you_mean(other, known)
                    raise WordError(
                        f"{where}: there is no {word_class} “{other}”{english}",
                        f"{where}：没有“{other}”这个词{chinese}",
                    )
            known[word] = {"parents": tuple(entry["below"]), "leaves": ()}
            for language in LANGUAGES:
                _require_free(named, word_class, word, entry[language])
                named[language][word_class][word] = tuple(entry[language])
    said = {key: (*schema[table], *_said_of_actions(words, key)) for key, table in _TABLES.items()}
    return {**schema, "words": vocabulary, **{_TABLES[key]: pairs for key, pairs in said.items()}}, named


def _said_of_actions(words: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    """The pairs of actions of which a house says something."""
    actions = words.get("action", {})
    return [(word, other) for word, entry in actions.items() for other in entry.get(key, ())]


def _require_free(names: Mapping[str, Any], word_class: str, word: str, phrases: Sequence[str]) -> None:
    """Refuse a name that another word of the class has already."""
    for language in LANGUAGES:
        for other, known in names[language][word_class].items():
            for phrase in phrases:
                if other != word and phrase in known:
                    where = f"vocabulary.{word_class}.{word}"
                    raise WordError(
                        f"{where}: “{phrase}” already means {other}",
                        f"{where}：“{phrase}”已有含义（{other}）",
                    )
