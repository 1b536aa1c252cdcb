"""The vocabulary as sets of elements, for the analysis of norms: each class a mask with a bit for every word at or
below it."""

from __future__ import annotations

from typing import Any

#: The classes of words of which a norm's actions, objects, purposes and means are made, and how their elements begin:
#: a noun of an action, or a purpose, can be what something is done to.
_DIMENSIONS = {
    "action": (("word", "action"),),
    "object": (("word", "object"), ("noun", "action"), ("purpose", "purpose")),
    "purpose": (("word", "purpose"),),
    "means": (("word", "means"),),
}
#: Words for persons that stand for parties, or for anybody.
NO_CLASSES = (
    "person", "other_party", "discloser", "recipient", "each_party", "both_parties", "breaching_party",
    "injured_party",
)  # fmt: skip
#: Conditions that are somebody's even where their words name nobody: the discloser's.
OF_DISCLOSER = ("consents", "designated_in_writing", "notified_beforehand")


def universe_tables(schema: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """``above`` (class → word → itself and all that it is a kind of), ``dimensions`` (elements and masks), ``persons``
    (classes and their masks), ``impersonal`` (conditions about nobody), ``of_discloser``, ``excluded``,
    ``entailed``."""
    words = schema["words"]
    above = {word_class: _descent(words[word_class]) for word_class in words}
    conditions = {word for language in names for word in names[language]["condition"]}
    of_discloser = [
        word for word, parents in above["condition"].items() if not set(OF_DISCLOSER).isdisjoint(parents)
    ]
    return {
        "above": above,
        "dimensions": {name: _dimension(parts, above) for name, parts in _DIMENSIONS.items()},
        "persons": _persons(above["person"]),
        "impersonal": tuple(sorted(conditions.difference(of_discloser))),
        "of_discloser": tuple(sorted(of_discloser)),
        "excluded": schema["excluded"],
        "entailed": schema["entailed"],
    }


def _descent(words: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}

    def above(word: str) -> tuple[str, ...]:
        if word not in found:
            parents = [one for parent in words[word]["parents"] for one in above(parent)]
            found[word] = tuple(dict.fromkeys((word, *parents)))
        return found[word]

    for word in words:
        above(word)
    return {word: found[word] for word in words}


def _dimension(
    parts: tuple[tuple[str, str], ...], above: dict[str, dict[str, tuple[str, ...]]]
) -> tuple[tuple[Any, ...], dict[Any, int]]:
    """The elements in order, that without a name before all others, and the mask of each class."""
    elements: list[tuple[str, ...]] = [("other",)]
    masks: dict[Any, int] = {}
    for prefix, word_class in parts:
        for word, parents in above[word_class].items():
            for parent in parents:
                masks[prefix, parent] = masks.get((prefix, parent), 0) | 1 << len(elements)
            elements.append((prefix, word))
    return tuple(elements), masks


def _persons(above: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], dict[str, int]]:
    classes = tuple(word for word in above if word not in NO_CLASSES)
    masks: dict[str, int] = {}
    for number, word in enumerate(classes):
        for parent in above[word]:
            masks[parent] = masks.get(parent, 0) | 1 << number
    return classes, masks
