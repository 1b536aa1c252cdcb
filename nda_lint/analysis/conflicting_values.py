"""One question about one object, answered in two ways (NDA301), under one key or under two that ask the same.

Each fact is compared with the first few answers to its question, so that the cost grows with the number of facts and not
with its square.
"""

from __future__ import annotations

from nda_lint.analysis.places import quoted
from nda_lint.analysis.questions import apart
from nda_lint.analysis.same_answer import differ
from nda_lint.analysis.time_line import TimeLine
from nda_lint.finding import Finding, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Block, Contract, Fact
    from nda_lint.finding import Language

CONFLICT = ("NDA301", "conflicting-values")

#: What a clause is about: two clauses that both say so, and not the same, speak of two objects.
_ABOUT = {
    "scope": ("discloser",),
    "duties": ("non_compete_persons",),
    "use": ("register_covers", "approval"),
    "third_parties": ("supplement_signed_by",),
    "termination": ("terminated_by", "events"),
    "liability": ("payable_by", "breaches"),
    "disputes": ("disputes_covered",),
    "signature": ("document_signed",),
    "amendment": ("covers",),
    "notices": ("covers",),
    "applicability": ("persons",),
    "storage": ("bearer", "paper_covers", "cloud_systems"),
    "transmission": ("bearer",),
    "access": ("bearer",),
    "training": ("bearer",),
    "supervision": ("bearer",),
}
#: As many answers to one question are compared with.
_MOST_ANSWERS = 8


def conflicting_values(
    contract: Contract,
    questions: list[list[Fact]],
    nones: list[tuple[Fact, list[Fact]]],
    language: Language,
    tables: Mapping[str, Any],
) -> Iterator[Finding]:
    """Answers to the same question that cannot both be meant, and lists that have “none” in them and something."""
    line = TimeLine(contract)
    objects = _Objects(contract)
    for facts in questions:
        kind, _, key = facts[0].field.partition(".")
        if tables["schema"]["kinds"][kind]["fields"][key]["many"]:
            continue
        answers: list[Fact] = []
        for fact in facts:
            other = next(
                (
                    other
                    for other in answers
                    if objects.same(fact, other) and _differ(contract, fact, other, line)
                ),
                None,
            )
            if other is not None:
                yield _conflict(contract, fact, other, language, tables)
            if len(answers) < _MOST_ANSWERS:
                answers.append(fact)
    for fact, facts in nones:
        yield from _none_and_some(contract, fact, facts, objects, language, tables)


def _differ(contract: Contract, first: Fact, second: Fact, line: TimeLine) -> bool:
    if not first.values or not second.values:
        return False
    if first.field == "term.duration" and _called(contract, first) != _called(contract, second):
        return False  # the term of the agreement, and that of confidentiality
    return differ(first.field, first.value, second.value, line)


def _called(contract: Contract, fact: Fact) -> str:
    return contract.source.text[fact.key_span[0] : fact.key_span[1]].casefold()


class _Objects:
    """What each clause is about, as far as it says so."""

    __slots__ = ("_contract", "_found", "_parties")

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._parties = [block.name for block in contract.parties if block.name]
        self._found: dict[int, dict[str, set[str]]] = {}

    def same(self, first: Fact, second: Fact) -> bool:
        """Whether two facts may be about one object."""
        if first.block is second.block:
            return True
        one, other = self._about(first.block), self._about(second.block)
        return all(not members.isdisjoint(other[key]) for key, members in one.items() if key in other)

    def _about(self, block: Block) -> dict[str, set[str]]:
        found = self._found.get(id(block))
        if found is None:
            found = self._found[id(block)] = {}
            wanted = _ABOUT.get(block.kind or "", ())
            for fact in block.facts if wanted else ():
                if fact.key in wanted:
                    found.setdefault(fact.key, set()).update(self._words(fact))
            named = {name for name in self._parties if name in (block.title or "")}
            if named:
                found["title"] = named
        return found

    def _words(self, fact: Fact) -> Iterator[str]:
        text = self._contract.source.text
        return ("".join(text[value.span[0] : value.span[1]].split()).casefold() for value in fact.values)


def _none_and_some(
    contract: Contract,
    fact: Fact,
    facts: list[Fact],
    objects: _Objects,
    language: Language,
    tables: Mapping[str, Any],
) -> Iterator[Finding]:
    """A list that has “none” in it, and something else beside it or in another place."""
    if any(value.known and getattr(value, "id", None) != "none" for value in fact.values):
        yield _itself(contract, fact, language)
        return
    for other in facts:
        same = other.name == fact.name and apart(other) == apart(fact)
        if other is not fact and same and objects.same(fact, other) and _says_some(other):
            one, two = (fact, other) if fact.span > other.span else (other, fact)
            yield _conflict(contract, one, two, language, tables)
            return


def _says_some(fact: Fact) -> bool:
    kind_of_none = any(getattr(value, "id", None) == "none" for value in fact.values)
    return len(fact.values) > 0 and all(value.known for value in fact.values) and not kind_of_none


def _itself(contract: Contract, fact: Fact, language: Language) -> Finding:
    shown = quoted(contract, fact)
    if language == "zh":
        message = f"“{shown}”：既写明没有，又列有内容。"
    else:
        message = f"“{shown}”: there are none, and there are some."
    return Finding(*CONFLICT, "error", message, (fact.values[0].span[0], fact.values[-1].span[1]))


def _conflict(
    contract: Contract, later: Fact, earlier: Fact, language: Language, tables: Mapping[str, Any]
) -> Finding:
    here, there = quoted(contract, later), quoted(contract, earlier)
    key = tables["names"][language]["field"].get(later.field, (later.key,))[0]
    called = f"{key} “{later.name}”" if later.name else key
    if language == "zh":
        message = (
            f"“{key}{f'「{later.name}」' if later.name else ''}”有两种约定：此处为“{here}”，另处为“{there}”。"
        )
        note = "另一处约定。"
    else:
        message = f"{called[:1].upper()}{called[1:]} is “{here}” here and “{there}” elsewhere."
        note = "It is said otherwise here."
    span = (later.values[0].span[0], later.values[-1].span[1])
    place = (earlier.values[0].span[0], earlier.values[-1].span[1])
    return Finding(*CONFLICT, "error", message, span, related=(Related(note, place),))
