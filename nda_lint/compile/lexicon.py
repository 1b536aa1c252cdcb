"""Name tables → one lexicon: phrase → the terminals it can be, with ids."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from nda_lint.compile.pack import dumped
from nda_lint.compile.schema import LANGUAGES
from nda_lint.lexer import atoms_of, joined, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

#: section of the name tables → terminal of the grammar
TERMINALS = {
    "unit": "UNIT",
    "duration": "DURATION_WORD",
    "frequency": "FREQUENCY_WORD",
    "count": "COUNT",
    "currency": "CURRENCY",
    "number": "NUMBER",
    "kind": "KIND",
    "action": "ACTION",
    "action_noun": "ACTION_NOUN",
    "object": "OBJECT",
    "person": "PERSON",
    "purpose": "PURPOSE",
    "event": "EVENT",
    "means": "MEANS",
    "vague": "VAGUE",
    "circular": "CIRCULAR",
    "while": "WHILE",
    "condition": "CONDITION",
    "condition_predicate": "CONDITION_PREDICATE",
    "condition_by": "CONDITION_BY",
}

#: Keywords that open an adjunct or a tail: a comma before them is part of them.
AFTER_COMMA = (
    "IF", "UNLESS", "EXCEPT", "SUBJECT_TO", "NOTWITHSTANDING", "FAILING_WHICH", "BUT", "ONLY",
    "ALSO", "AND", "OR", "ONLY_IF", "UNTIL", "WITHIN", "BEFORE", "AFTER", "ON", "FOR", "WITHOUT", "TO", "FROM", "WITH", "BY", "IN_WRITING",
    "AT_LEAST", "AT_MOST", "MUST", "MUST_NOT", "MAY", "MAY_ONLY", "WITH_CONSENT_OF",
)  # fmt: skip


#: of several classes of a word, those that are tried first
_FIRST = frozenset(("CONDITION", "CONDITION_PREDICATE", "DEMAND"))


class NameClash(ValueError):
    """Two ids of one class and language have the same name."""


def lexicon_tables(names: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """``words`` (phrase → terminals and ids), ``longest`` (first atom → atoms of its longest phrase),
    ``kinds`` and ``circular`` (phrase → id, for these two classes),
    ``keys`` (per kind: phrase → id), ``values`` (per field, packed: phrase → id, and the longest as above)."""
    words: dict[str, list[tuple[str, str | None]]] = {}
    for language in LANGUAGES:
        for section, entries in names[language].items():
            if section in TERMINALS:
                for identifier, phrases in entries.items():
                    for phrase in phrases:
                        _add(words, phrase, TERMINALS[section], identifier)
                        if section == "condition":
                            _add(words, f",{phrase}", TERMINALS[section], identifier)
    for identifier, phrases in names["en"]["action"].items():
        for phrase in phrases:
            _add(words, _gerund(phrase), "GERUND", identifier)
    for number, phrase in _compound_numbers(names["en"]["number"]):
        _add(words, phrase, "NUMBER", number)
    for language in LANGUAGES:
        # Last: where a word of the vocabulary is a keyword too, it is more often the former.
        _add_keywords(words, names[language]["keyword"])
    values = {
        f"{kind}.{field}": _phrases(
            ((f"{choice_class}.", names, "choice", choice_class) for choice_class in entry["choice_classes"]),
            names,
        )
        for kind, table in schema["kinds"].items()
        for field, entry in table["fields"].items()
        if entry["choice_classes"]
    }
    headers = _headers(names)
    return {
        "words": {
            phrase: tuple(
                (terminal, _number(identifier) if terminal == "NUMBER" and identifier else identifier)
                for terminal, identifier in entries
            )
            for phrase, entries in words.items()
        },
        "longest": _longest(words),
        "kinds": _named(words, "KIND"),
        "circular": _named(words, "CIRCULAR"),
        "keys": {kind: _keys(kind, table, names) for kind, table in schema["kinds"].items()},
        "all_keys": {
            key: True for kind, table in schema["kinds"].items() for key in _keys(kind, table, names)
        },
        "values": {field: dumped((phrases, _longest(phrases))) for field, phrases in values.items()},
        "graded": _graded(names),
        "headers": headers,
        "longest_headers": _longest(headers),
        "months": {
            name.lower(): int(number) for number, all_ in names["en"]["month"].items() for name in all_
        },
    }


def _number(identifier: str) -> int | str:
    """The number that a word stands for: whole, or decimal digits (half: "0.5")."""
    return int(identifier) if identifier.isdecimal() else identifier


#: verbs that double their last letter before -ing
_DOUBLED = frozenset(("log", "put", "stop", "submit", "transfer"))


def _gerund(phrase: str) -> str:
    """What "prevents somebody from" is followed by: disclosing, making copies of."""
    verb, space, rest = phrase.partition(" ")
    if verb in _DOUBLED:
        verb += verb[-1]
    elif verb.endswith("e") and verb != "be" and not verb.endswith("ee"):
        verb = verb[:-1]
    return f"{verb}ing{space}{rest}"


def _compound_numbers(numbers: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """English numbers of two words, with a hyphen and without: twenty-one, ninety nine."""
    whole = [number for number in numbers if number.isdecimal()]
    for tens, digit in product((n for n in whole if int(n) % 10 == 0 and int(n) > 10), whole):
        if int(digit) < 10:
            for joint in "- ":
                yield f"{int(tens) + int(digit)}", f"{numbers[tens][0]}{joint}{numbers[digit][0]}"


def _add(
    words: dict[str, list[tuple[str, str | None]]], phrase: str, terminal: str, identifier: str | None
) -> None:
    entries = words.setdefault(joined(atoms_of(normalise(phrase))), [])
    for index, (known, other) in enumerate(entries):
        if known == terminal:
            if other != identifier and terminal not in ("EVENT", "PERSON"):
                raise NameClash(f"{phrase!r} is {terminal} {other} and {identifier}")
            entries[index] = (terminal, other)
            return
    entries.append((terminal, identifier))
    # 违约 and 要求 are what somebody does, before they are moments and actions.
    entries.sort(key=lambda entry: entry[0] not in _FIRST)


def _add_keywords(
    words: dict[str, list[tuple[str, str | None]]], entries: dict[str, tuple[str, ...]]
) -> None:
    for keyword, phrases in entries.items():
        for phrase in phrases:
            if keyword == "IGNORED" and len(atoms_of(phrase)) < (1 if phrase.isascii() else 2):
                continue  # the lexer and the driver know these
            _add(words, phrase, keyword, None)
            if keyword in AFTER_COMMA:
                _add(words, f",{phrase}", keyword, None)


def _named(words: dict[str, list[tuple[str, str | None]]], terminal: str) -> dict[str, str]:
    """The phrases that can be `terminal`, with their ids."""
    return {
        phrase: str(identifier)
        for phrase, entries in words.items()
        for found, identifier in entries
        if found == terminal
    }


def _phrases(classes: Any, names: dict[str, Any]) -> dict[str, str]:
    """Phrase → word of a list: its names, and those that a frame of the list makes of them (the law of Ireland)."""
    phrases: dict[str, str] = {}
    framed: dict[str, str] = {}
    for prefix, _names, section, _choice_class in classes:
        for language in LANGUAGES:
            for identifier, all_ in names[language][section].items():
                if identifier.startswith(prefix):
                    for phrase in all_:
                        member = identifier.removeprefix(prefix)
                        known = phrases.setdefault(joined(atoms_of(normalise(phrase))), member)
                        if known != member:
                            raise NameClash(f"{phrase!r} is {known} and {member} of {prefix}")
                        for frame in names[language].get("framed", {}).get(prefix.rstrip("."), ()):
                            said = joined(atoms_of(normalise(frame.format(phrase))))
                            framed.setdefault(said, member)
    return {**framed, **phrases}


def _keys(kind: str, table: dict[str, Any], names: dict[str, Any]) -> dict[str, str]:
    phrases: dict[str, str] = {}
    for language in LANGUAGES:
        for field in table["fields"]:
            for phrase in names[language]["field"][f"{kind}.{field}"]:
                known = phrases.setdefault(joined(atoms_of(normalise(phrase))), field)
                if known != field:
                    raise NameClash(f"{phrase!r} is key {known} and {field} of {kind}")
    return phrases


def _graded(names: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Suffixes that make a grade's information or documents: language, suffix, id."""
    return [
        (language, phrase, identifier)
        for language in LANGUAGES
        for identifier, phrases in names[language]["graded"].items()
        for phrase in phrases
    ]


def _headers(names: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Header keyword as written → terminal and language."""
    return {
        joined(atoms_of(normalise(phrase))): (terminal, language)
        for language in LANGUAGES
        for terminal in ("AGREEMENT", "PARTY", "DEFINE", "CLAUSE", "ANNEX")
        for phrase in names[language]["keyword"][terminal]
    }


def _longest(phrases: Any) -> dict[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        atoms = atoms_of(phrase)
        first = atoms[0][3]
        longest[first] = max(longest.get(first, 0), len(atoms))
    return longest
