"""The quantities that facts and norms fix, and which of them a sentence of prose is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain, islice
from operator import itemgetter

from nda_lint import values as v
from nda_lint.analysis.quantities import Quantity, exact
from nda_lint.lexer import normalise
from nda_lint.recall import found_of
from nda_lint.remember import remembering

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.analysis.quantities import QuantityReader
    from nda_lint.contract import Block, Contract, Fact, Norm, Window
    from nda_lint.source import Span

#: events from which a length of time runs that no fact ties to one
_BEGINNINGS = frozenset(("signing", "effective_date", "last_signature", "last_signature_and_seal"))
#: of months and days, the unit that the other may be the same length in
_OTHER_UNIT = {"month": "day", "day": "month"}
_FIRST = itemgetter(0)
_AMOUNT_AND_PLACE = itemgetter(0, 1)
_DAYS_OR_LESS = frozenset(("day", "hour", "business_day"))
#: what a sentence that has it says of the two sides of an event
_AFTER = frozenset(("after", "from", "within"))
#: so many words away an event belongs to something else
_FAR = 40
_SHORTEST_WORD = 3
_SHORTEST_STEM = 4
#: what ties a length of time to the event beside it: before the event in English, behind it in Chinese
_BEFORE_EVENT = ("AFTER", "BEFORE", "FROM", "OF", "ON", "SINCE")
_BEHIND_EVENT = ("AFTER", "BEFORE", "SINCE_END", "WHEN")
#: words of keys that tell nothing of what they are about
_GENERAL = frozenset(
    ("within", "from", "with", "number", "period", "date", "days", "time", "other", "information", "agreement", "each",
     "party", "held", "until", "this", "maximum", "期限", "信息", "范围", "约定", "条款", "是否", "方式", "形式", "个人")
)  # fmt: skip


class Fixed:
    """A quantity that a clause fixes: where it stands, the `field` whose value it is (None: part of a norm, whose
    `actions` tell what it is about), the `name` in its key, and the event it is tied to."""

    __slots__ = ("actions", "event", "field", "name", "quantity", "range", "relation", "span")

    def __init__(
        self, quantity: Quantity, span: Span, *, field: str | None = None, name: str | None = None,
        actions: tuple[str, ...] = (), event: v.Event | None = None, relation: str | None = None,
    ) -> None:  # fmt: skip
        self.quantity = quantity
        self.span = span
        self.field = field
        self.name = name
        self.actions = actions
        self.event = event
        self.relation = relation
        #: the least and the most of the range that it bounds
        self.range: tuple[Any, Any] | None = None


def fixed_quantities(contract: Contract, block: Block, most: int | None = None) -> list[Fixed]:
    """The first of what the facts and norms of a clause fix, in their order."""
    by_facts = found_of(contract, ("fixed by facts", id(block)), block.facts, _fixed_by_fact)
    by_norms = found_of(contract, ("fixed by norms", id(block)), block.norms, _fixed_by_norm)
    return list(islice(chain(by_facts, by_norms), most))


def _fixed_by_fact(fact: Fact) -> Iterator[Fixed]:
    for value in fact.values:
        yield from _of_value(value, fact)


def _fixed_by_norm(norm: Norm) -> Iterator[Fixed]:
    for window in norm.windows:
        yield from _of_window(window, norm)


def _of_value(value: v.Value, fact: Fact) -> Iterator[Fixed]:
    event, relation = getattr(value, "event", None), getattr(value, "relation", None)
    bounds = list(_bounds(value))
    for kind, amount, unit, every in bounds:
        quantity = Quantity(kind, amount, unit, value.span, every=every)
        found = Fixed(quantity, value.span, field=fact.field, name=fact.name, event=event, relation=relation)
        if len(bounds) == 2:
            found.range = bounds[0][1], bounds[1][1]
        yield found


def _bounds(value: Any) -> Iterator[tuple[str, Any, str | None, bool]]:
    """Kind, amount and unit of a value, of both ends of a range, and whether it comes again and again."""
    if isinstance(value, v.Duration):
        yield from _lengths(value.amount, value.unit, value.maximum, value.maximum_unit)
    elif isinstance(value, v.Frequency):
        if value.count == 1:
            yield ("duration", *exact(value.amount, value.unit), True)
    elif isinstance(value, v.Date):
        yield "date", (value.year, value.month, value.day), None, False
    elif isinstance(value, (v.Money, v.Percent, v.Number)):
        kind = {"money": "money", "percent": "percent"}.get(value.type, "copies")
        currency = value.currency if isinstance(value, v.Money) else None
        for amount in dict.fromkeys((value.minimum, value.maximum)):
            if amount is not None:
                yield kind, exact(amount, None)[0], currency, False


def _lengths(
    amount: Any, unit: str | None, maximum: Any, maximum_unit: str | None
) -> Iterator[tuple[str, Any, str | None, bool]]:
    for number, of in ((amount, unit), (maximum, maximum_unit or unit)):
        if isinstance(number, (int, str)):
            yield ("duration", *exact(number, of), False)


def _of_window(window: Window, norm: Norm) -> Iterator[Fixed]:
    actions = tuple(action.id for action in norm.actions if action.id)
    for kind, amount, unit, every in _lengths(
        window.amount, window.unit, window.maximum, window.maximum_unit
    ):
        quantity = Quantity(kind, amount, unit, window.span, every=every)
        yield Fixed(quantity, window.span, actions=actions, event=window.event, relation=window.relation)


# --- the same, and about the same ----------------------------------------------------------


def same(quantity: Quantity, fact: Fixed) -> bool | None:
    """Whether prose and a fact name one amount; None where it depends on the calendar."""
    fixed = fact.quantity
    if quantity.kind != fixed.kind or quantity.every != fixed.every:
        return False
    amounts = (quantity.amount, quantity.again)
    if fixed.amount in amounts and (
        quantity.unit == fixed.unit or quantity.kind in ("copies", "percent", "date")
    ):
        return True
    if quantity.kind == "money" and fact.range is not None and quantity.unit == fixed.unit:
        return None if fact.range[0] < quantity.amount < fact.range[1] else False
    if quantity.kind == "duration" and {quantity.unit, fixed.unit} == {"month", "day"}:
        return _may_be_same(quantity, fixed)
    return False


def _may_be_same(one: Quantity, other: Quantity) -> bool | None:
    """Of months and days: a month has 28 to 31 of them."""
    months, days = (one, other) if one.unit == "month" else (other, one)
    return None if months.amount * 28 <= days.amount <= months.amount * 31 else False


class Fixings:
    """What a clause fixes, looked up by quantities of its prose instead of gone through for each of them."""

    def __init__(self, facts: Iterable[Fixed]) -> None:
        #: kind, whether it comes again and again, and amount → place and fact
        self._by_amount: dict[Any, list[tuple[int, Fixed]]] = {}
        #: kind, whether it comes again and again, and unit → amount, place and fact, by amount
        self._by_unit: dict[Any, list[tuple[Any, int, Fixed]]] = {}
        for place, fact in enumerate(facts):
            fixed = fact.quantity
            self._by_amount.setdefault((fixed.kind, fixed.every, fixed.amount), []).append((place, fact))
            self._by_unit.setdefault((fixed.kind, fixed.every, fixed.unit), []).append(
                (fixed.amount, place, fact)
            )
        for key, found in self._by_unit.items():
            if key[0] == "duration":
                found.sort(key=_AMOUNT_AND_PLACE)

    def same(self, quantity: Quantity) -> list[Fixed]:
        """Those of which a quantity is, or may be, the amount."""
        kind, every, unit = quantity.kind, quantity.every, quantity.unit
        found: dict[int, Fixed] = {}
        for amount in dict.fromkeys((quantity.amount, quantity.again)):
            found.update(self._by_amount.get((kind, every, amount), ()))
        if kind == "money":
            found.update((place, fact) for _, place, fact in self._by_unit.get((kind, every, unit), ()))
        elif kind == "duration" and unit in _OTHER_UNIT:
            amount = quantity.amount
            less, more = (amount * 28, amount * 31) if unit == "month" else (amount // 31, amount // 28 + 1)
            lengths = self._by_unit.get((kind, every, _OTHER_UNIT[unit]), [])
            first, after = bisect_left(lengths, less, key=_FIRST), bisect_right(lengths, more, key=_FIRST)
            found.update((place, fact) for _, place, fact in lengths[first:after])
        return [found[place] for place in sorted(found) if same(quantity, found[place]) is not False]

    def comparable(self, quantity: Quantity) -> list[Fixed]:
        """Those that are so like a quantity that it may be said of them, were it only in another unit."""
        kind, every = quantity.kind, quantity.every
        found: dict[int, Fixed] = {}
        for key, facts in self._by_unit.items():
            if key[:2] != (kind, every):
                continue
            if kind != "duration" or key[2] == quantity.unit or {key[2], quantity.unit} <= _DAYS_OR_LESS:
                found.update((place, fact) for _, place, fact in facts)
        if kind == "duration":
            for amount in (quantity.amount, quantity.amount * 12, quantity.amount / 12):
                found.update(self._by_amount.get((kind, every, amount), ()))
        return [found[place] for place in sorted(found) if _comparable(quantity, found[place])]


def about(
    quantity: Quantity,
    facts: list[Fixed],
    sentence: str,
    reader: Callable[[], QuantityReader],
    tables: Mapping[str, Any],
) -> Fixed | None:
    """That of the facts of which a quantity of the prose speaks, if it does so of any; `reader` reads that prose again."""
    events: frozenset[str] | None = None
    best: tuple[int, Fixed] | None = None
    for fact in facts:
        if not _comparable(quantity, fact):
            continue
        spoken = _spoken_of(fact, sentence, tables)
        if not spoken:
            continue
        if events is None:
            events = _events(quantity, reader())
        tied = _tied(fact, events, tables)
        if tied is None or (
            quantity.unit != fact.quantity.unit and not tied and not _slip_of_unit(quantity, fact)
        ):
            continue
        weight = spoken + 2 * tied
        if best is None or weight > best[0]:
            best = weight, fact
    return None if best is None else best[1]


def _comparable(quantity: Quantity, fact: Fixed) -> bool:
    fixed = fact.quantity
    if quantity.kind != fixed.kind or quantity.every != fixed.every:
        return False
    if quantity.kind == "money":
        return quantity.unit == fixed.unit or quantity.amount == fixed.amount
    if quantity.kind == "duration" and quantity.unit != fixed.unit:
        return {quantity.unit, fixed.unit} <= _DAYS_OR_LESS or _slip_of_unit(quantity, fact)
    return True


def _slip_of_unit(quantity: Quantity, fact: Fixed) -> bool:
    """10 months for 10 days, 3 years for 3 months; years are counted in months here."""
    one, other = quantity.amount, fact.quantity.amount
    units = {quantity.unit, fact.quantity.unit}
    return units <= _DAYS_OR_LESS or one == other or one == 12 * other or other == 12 * one


def _tied(fact: Fixed, events: frozenset[str], tables: Mapping[str, Any]) -> bool | None:
    """Whether the prose names the event that the fact is tied to; None where it names another."""
    own = fact.event.id if fact.event is not None else None
    if own is None:
        if fact.field is not None and fact.event is None and events and not events & _BEGINNINGS:
            # What runs from no event is not what runs from the end.
            return None if "termination" in _with_above(events, tables) else False
        return False
    if not events:
        return False
    if own in _BEGINNINGS and events & _BEGINNINGS:
        return True
    above = _with_above(frozenset((own,)), tables)
    if own in _with_above(events, tables) or not above.isdisjoint(events):
        return True
    # Prose need not use the words of the language: it discovers a leak where a fact says "discovery of leak".
    nouns = {noun for event in events for noun in event.split("_")}
    if not nouns.isdisjoint(noun for noun in own.split("_") if len(noun) > 2):
        return True
    return None


def _with_above(events: frozenset[str], tables: Mapping[str, Any]) -> frozenset[str]:
    words = tables["schema"]["words"]["event"]
    found = set(events)
    waiting = list(events)
    while waiting:
        for parent in words.get(waiting.pop(), {}).get("parents", ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return frozenset(found)


def _events(quantity: Quantity, reader: QuantityReader) -> frozenset[str]:
    """The events that stand in the same part of the sentence as a quantity, between commas."""
    atoms = reader.atoms
    first = last = quantity.first
    while first > max(quantity.first - _FAR, 0) and atoms[first - 1][3] not in ",.。:!?":
        first -= 1
    while last < min(quantity.first + _FAR, len(atoms)) and atoms[last][3] not in ",.。:!?":
        last += 1
    found: set[str] = set()
    index = first
    while index < last:
        event = reader.terminal(index, "EVENT")
        if event is not None and event[2]:
            if _is_tie(reader, index, event[0]):
                found.add(str(event[2]))
            index = event[0]
        else:
            index += 1
    return frozenset(found)


def _is_tie(reader: QuantityReader, first: int, after: int) -> bool:
    """Whether time is counted from or to the event at these atoms: 通知 is mostly what somebody does."""
    if reader.terminal(after, *_BEHIND_EVENT) is not None:
        return True
    for length in (1, 2):
        before = reader.terminal(first - length, *_BEFORE_EVENT) if first >= length else None
        if before is not None and before[0] == first:
            return True
    return False


def is_said(fact: Fixed, sentence: str, tables: Mapping[str, Any]) -> bool:
    """Whether a sentence says that there is what the fact fixes."""
    lowered = sentence.lower()
    return any(phrase in lowered for phrase in _stated(fact.field or "", _Names(tables)))


def is_spoken_of(fact: Fixed, sentence: str, tables: Mapping[str, Any]) -> bool:
    """Whether any word of a sentence tells that it speaks of what the fact fixes."""
    return _spoken_of(fact, sentence, tables) > 0


def _spoken_of(fact: Fixed, sentence: str, tables: Mapping[str, Any]) -> int:
    """How many words of the sentence tell that it speaks of what the fact fixes."""
    lowered = sentence.lower()
    if fact.name is not None:
        return 2 if normalise(fact.name).lower() in lowered else 0
    names = _Names(tables)
    if fact.field is None:
        stems = [stem for action in fact.actions for stem in _stems_of(f"action.{action}", names)]
        return sum(_has(stem, lowered) for stem in stems)
    said = any(phrase in lowered for phrase in _stated(fact.field, names))
    return 3 * said + sum(_has(stem, lowered) for stem in _stems_of(f"field.{fact.field}", names))


class _Names:
    """The name tables, as something to remember results by."""

    __slots__ = ("names",)

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.names: Mapping[str, Any] = tables["names"]

    def __hash__(self) -> int:
        return id(self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Names) and other.names is self.names

    def of(self, section: str, identifier: str) -> Iterator[str]:
        """The names of an id in every language."""
        for language in self.names:
            yield from self.names[language].get(section, {}).get(identifier, ())


@remembering(512)
def _stated(field: str, names: _Names) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in names.of("stated", field))


@remembering(512)
def _stems_of(section_and_id: str, names: _Names) -> tuple[str, ...]:
    """What the words begin with by which a key or an action is known; of Chinese names their words of two characters."""
    section, _, identifier = section_and_id.partition(".")
    stems: dict[str, None] = {}
    for name in names.of(section, identifier):
        if name.isascii():
            for word in name.lower().replace("-", " ").split():
                if len(word) >= _SHORTEST_WORD and word not in _GENERAL:
                    stems[word[: max(_SHORTEST_STEM, len(word) - 3)]] = None
        else:
            for start in range(max(len(name) - 1, 1)):
                if name[start : start + 2] not in _GENERAL:
                    stems[name[start : start + 2]] = None
    return tuple(stems)


def _has(stem: str, lowered: str) -> bool:
    """Whether a word of the sentence begins with `stem`."""
    place = lowered.find(stem)
    while place >= 0:
        if not stem.isascii():
            return True
        behind = lowered[place + len(stem) : place + len(stem) + 2].rstrip("s ")[:1]
        whole = len(stem) >= _SHORTEST_STEM or not behind.isalpha()
        if whole and not (place and lowered[place - 1].isalpha()):
            return True
        place = lowered.find(stem, place + 1)
    return False
