"""What becomes of each leaf of the catalogue of contents: keys and words that hold it, rules that read these,
and contracts of the corpus that say it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nda_lint.bind import bind
from nda_lint.docs.markdown import code, table
from nda_lint.parser import parse
from nda_lint.rulebook import rulebook
from nda_lint.schema.leaves import LEAVES
from nda_lint.source import Source
from nda_lint.tables import PACKAGE, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nda_lint.contract import Contract, Norm

_CORPUS = os.path.join(os.path.dirname(PACKAGE), "corpus")
#: Word classes that norms name, and where they stand in one.
_PARTS: dict[str, Callable[[Norm], Iterator[str | None]]] = {
    "action": lambda norm: (word.id for word in norm.actions),
    "object": lambda norm: (thing.id for thing in norm.things),
    "person": lambda norm: (person.id for person in norm.actors),
}  # fmt: skip


def coverage_page() -> str:
    """The page: a line for each leaf."""
    holders, rules, files = leaf_places(), leaf_rules(), leaf_files()
    rows = [
        (
            leaf.number, f"{leaf.english} · {leaf.chinese}",
            ", ".join(code(place) for place in holders[leaf.number]),
            ", ".join(f"[{name}](rules/{name}.md)" for name in rules[leaf.number]),
            ", ".join(code(name) for name in files[leaf.number]),
        )
        for leaf in LEAVES
    ]  # fmt: skip
    return (
        "# Coverage\n\nGenerated from schema, rules and corpus: for each leaf of the [catalogue of contents](leaves.md) the"
        " keys and words of norms that hold it, the rules that read one of these, and the contracts of the corpus that"
        " say something of it.\n\n" + table(("leaf", "", "keys and words", "rules", "corpus"), rows) + "\n"
    )


def leaf_places() -> dict[str, list[str]]:
    """Leaf → the places that hold it, as rules say what they read: ``kind.key`` and ``class:word``."""
    schema = tables()["schema"]
    places: dict[str, list[str]] = {leaf.number: [] for leaf in LEAVES}
    for kind, entry in schema["kinds"].items():
        for key, field in entry["fields"].items():
            for leaf in field["leaves"]:
                places[leaf].append(f"{kind}.{key}")
    for word_class, words in schema["words"].items():
        for identifier, word in words.items():
            for leaf in word["leaves"]:
                places[leaf].append(f"{word_class}:{identifier}")
    return places


def leaf_rules() -> dict[str, list[str]]:
    """Leaf → the names of the rules that read a key or a word which holds it, or say that they stand for it."""
    places = {leaf: frozenset(all_) for leaf, all_ in leaf_places().items()}
    found: dict[str, list[str]] = {leaf: [] for leaf in places}
    for rule in sorted(rulebook().rules, key=lambda rule: rule.code):
        reads = frozenset(rule.documents["reads"])
        for leaf, wanted in places.items():
            if reads & wanted or leaf in rule.documents["covers"]:
                found[leaf].append(rule.name)
    return found


def leaf_files() -> dict[str, list[str]]:
    """Leaf → the contracts of the corpus that say something of it."""
    leaf_of: dict[str, list[str]] = {}
    for leaf, places in leaf_places().items():
        for place in places:
            leaf_of.setdefault(place, []).append(leaf)
    found: dict[str, list[str]] = {leaf.number: [] for leaf in LEAVES}
    for name, contract in _contracts():
        said = {leaf for place in _said(contract) for leaf in leaf_of.get(place, ())}
        for leaf in said:
            found[leaf].append(name)
    return found


def _contracts() -> Iterator[tuple[str, Contract]]:
    for folder in ("clean", "forms"):
        for name in sorted(os.listdir(os.path.join(_CORPUS, folder))):
            if name.endswith(".nda"):
                with open(os.path.join(_CORPUS, folder, name), encoding="utf-8") as stream:
                    yield f"{folder}/{name}", bind(parse(Source(stream.read(), name)))


def _said(contract: Contract) -> set[str]:
    said: set[str] = set(contract.facts_by_field)
    for norm in contract.norms:
        for word_class, read in _PARTS.items():
            said.update(f"{word_class}:{identifier}" for identifier in read(norm) if identifier)
    return said
