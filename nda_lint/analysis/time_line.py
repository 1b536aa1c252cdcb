"""The time line of a contract, as far as its facts fix days, and what of it cannot be: an end and none (NDA307), duties
that end before the agreement does (NDA308), a last day that is not the one the length of time comes to (NDA301)."""

from __future__ import annotations

from nda_lint.analysis.places import at_the_later, quoted
from nda_lint.finding import Finding, Related
from nda_lint.period import counted, date, timedelta
from nda_lint.rulebook import quantity
from nda_lint.rulebook.wording import wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.contract import Contract, Fact
    from nda_lint.finding import Language

FIXED = ("NDA307", "fixed-and-indefinite-term")
SHORT = ("NDA308", "survival-shorter-than-term")
CONFLICT = ("NDA301", "conflicting-values")

_SIGNING = ("signing", "signature", "last_signature", "last_signature_and_seal")
_EFFECTIVE = ("dates.effective", "signature.effective")
_STARTS = (*_SIGNING, "effective_date", "first_disclosure")
_LAST = ("termination", "expiry", "rescission")
_ENDLESS = ("indefinite", "until_public")
#: Vague words for a period that ends, if nobody knows when.
_SOME_END = ("some_time", "reasonable_period")
#: “Three years from 1 March” is said to end on 28 February as well as on 1 March.
_TOLERANCE = timedelta(days=1)
#: Titles of clauses whose term is a tail for trade secrets.
_TAILS = ("trade secret", "商业秘密", "技术秘密")


class TimeLine:
    """Days that the facts of a contract fix. Everything else is unknown (None); `assumed_start` stands for the days
    with which things begin where they are unknown."""

    __slots__ = ("_assumed_start", "_contract", "_days")

    def __init__(self, contract: Contract, assumed_start: date | None = None) -> None:
        self._contract = contract
        self._assumed_start = assumed_start
        self._days: dict[str, date | None] = {}

    def day_of(self, value: Any) -> date | None:
        """The day that a value is, or that its event falls on."""
        if value.type == "date":
            return date(value.year, value.month, value.day)
        if value.type == "choice":
            return self.day(value.id)
        return self.day_of_event(value.event) if value.type == "moment" else None

    def day_of_event(self, event: Any) -> date | None:
        """The day of an event."""
        if event is None or event.of is not None:
            return None
        if event.date is not None:
            return date.fromisoformat(event.date)
        return self.day(event.id) if event.id is not None else None

    def day(self, event: str) -> date | None:
        """The day of an event of the vocabulary."""
        if event not in self._days:
            self._days[event] = None  # an effective date that is its own event is on no day
            found = self._found(event)
            self._days[event] = self._assumed_start if found is None and event in _STARTS else found
        return self._days[event]

    def _found(self, event: str) -> date | None:
        if event in _SIGNING:
            values = [value for fact in self._contract.facts("dates.signed") for value in fact.values]
            days = {self.day_of(value) if value.type == "date" else None for value in values}
            if None in days or not days or (len(days) > 1 and not event.startswith("last")):
                return None
            return max(day for day in days if day is not None)
        if event == "effective_date":
            days = {
                self.day_of(value)
                for field in _EFFECTIVE
                for fact in self._contract.facts(field)
                for value in fact.values
            }
            return days.pop() if len(days) == 1 else None
        return None

    def end_of(self, duration: Any, start: date | None = None) -> date | None:
        """The last day of a length of time, counted from its event or, if it names none, from `start`."""
        if duration.type != "duration" or duration.bound is not None or duration.maximum is not None:
            return None
        if duration.event is not None:
            start = self.day_of_event(duration.event)
        return None if start is None else counted(start, duration.amount, duration.unit)

    def start(self) -> date | None:
        """The day from which the term runs."""
        starts = [value for fact in self._contract.facts("term.start") for value in fact.values]
        if starts:
            day = self.day_of(starts[0]) if len(starts) == 1 else None
            return self._assumed_start if day is None else day
        return self.day("effective_date") or self.day("signing")

    def end(self) -> tuple[date, Fact] | None:
        """The last day of the term, where the contract says one thing about it, and where it says so."""
        dated = self._contract.facts("term.end_date")
        lengths = self._contract.facts("term.duration")
        if len(dated) == 1 and dated[0].value.type == "date":
            day = self.day_of(dated[0].value)
            return (day, dated[0]) if day is not None else None
        if len(lengths) == 1 and not dated:
            day = self.end_of(lengths[0].value, self.start())
            return (day, lengths[0]) if day is not None else None
        return None


# --- an end and none -------------------------------------------------------------------------


def fixed_and_indefinite(contract: Contract, language: Language) -> Iterator[Finding]:
    """One clock with an end in one place and without one in another. Tails for trade secrets are another clock."""
    for fields in (("term.duration", "term.end_date"), ("term.survival", "term.survival_until")):
        facts = [fact for field in fields for fact in contract.facts(field) if not is_tail(fact)]
        if len(facts) < 2:
            continue
        fixed = [fact for fact in facts if _ends(fact.value)]
        endless = [fact for fact in facts if _never_ends(fact.value)]
        if fixed and endless:
            yield _fixed_finding(contract, fixed, endless, language)


def is_tail(fact: Fact) -> bool:
    """Whether a fact stands in a clause on how long trade secrets are kept."""
    title = (fact.block.title or "").lower()
    return any(word in title for word in _TAILS)


def _ends(value: Any) -> bool:
    if value.type == "options":
        return all(map(_ends, value.alternatives))
    if value.type == "vague":
        return value.id in _SOME_END
    return value.type == "date" or (value.type == "duration" and value.amount is not None)


def _never_ends(value: Any) -> bool:
    if value.type == "duration":
        return value.special in _ENDLESS
    return bool(value.type == "moment" and value.event.id == "publication")


def _fixed_finding(contract: Contract, fixed: list[Fact], endless: list[Fact], language: Language) -> Finding:
    one, other = fixed[0], endless[0]
    if language == "zh":
        message = f"同一期间，一处定有终期（“{quoted(contract, one)}”），另一处没有（“{quoted(contract, other)}”）。"
        notes = ("此处定有终期。", "此处没有固定终期。")
    else:
        message = f"One place gives this time an end (“{quoted(contract, one)}”), another none (“{quoted(contract, other)}”)."
        notes = ("It ends here.", "It has no fixed end here.")
    places = sorted(
        [(fact.value.span, notes[0]) for fact in fixed] + [(fact.value.span, notes[1]) for fact in endless]
    )
    span = max(one.value.span, other.value.span)
    related = tuple(Related(note, place) for place, note in places if place != span)
    return Finding(*FIXED, "error", message, span, related=related[:8])


# --- duties that end too soon ----------------------------------------------------------------


def survival_too_short(contract: Contract, language: Language) -> Iterator[Finding]:
    """Duties that end before the agreement does, and an agreement that ends before it begins."""
    if not any(contract.facts(f"term.{key}") for key in ("survival", "survival_until", "end_date")):
        return
    line = TimeLine(contract)
    durations = contract.facts("term.duration")
    if len(durations) == 1:
        for fact in contract.facts("term.survival"):
            if not is_tail(fact) and _shorter(fact.value, durations[0].value, contract, line):
                yield _too_short(contract, fact, durations[0], line, language)
    end = line.end()
    if end is not None and not durations:
        for fact in contract.facts("term.survival"):
            value: Any = fact.value
            day = line.end_of(value) if getattr(value, "event", None) is not None else None
            if day is not None and day < end[0] and not is_tail(fact):
                yield _short_finding(contract, fact, end[1], (day, end[0]), language)
    for fact in contract.facts("term.survival_until"):
        day = line.day_of(fact.value)
        if end is not None and day is not None and day < end[0] and not is_tail(fact):
            yield _short_finding(contract, fact, end[1], (day, end[0]), language)
    yield from _ends_before_it_starts(contract, line, language)


def _shorter(survival: Any, duration: Any, contract: Contract, line: TimeLine) -> bool:
    """Whether duties counted from the start of the agreement last less long than it."""
    if survival.type != "duration" or duration.type != "duration":
        return False
    event = survival.event
    if survival.relation == "before":
        return bool(event is not None and event.id in _LAST)
    if survival.relation not in ("from", "after"):
        return False
    if event is None or (event.id not in _STARTS and event.date is None):
        return False
    if duration.event is None:
        same = not contract.facts("term.start")
    else:
        same = (event.id, event.date) == (duration.event.id, duration.event.date)
    if same:
        length = quantity.quantity_of(survival)
        return quantity.compare("<", length, quantity.quantity_of(duration)) is True
    ends = line.end_of(survival), line.end_of(duration)
    return ends[0] is not None and ends[1] is not None and ends[0] < ends[1]


def _too_short(
    contract: Contract, survival: Fact, duration: Fact, line: TimeLine, language: Language
) -> Finding:
    duties = line.end_of(survival.value)
    agreement = line.end_of(duration.value, line.day_of_event(getattr(survival.value, "event", None)))
    days = (duties, agreement) if duties is not None and agreement is not None else None
    return _short_finding(contract, survival, duration, days, language)


def _short_finding(
    contract: Contract, duties: Fact, agreement: Fact, days: tuple[date, date] | None, language: Language
) -> Finding:
    if days is None:
        ends = quoted(contract, duties), quoted(contract, agreement)
        shown = (f"“{ends[0]}”", f"“{ends[1]}”")
        english = f"The duties last {shown[0]}, the agreement {shown[1]}: they end before it does."
        chinese = f"保密义务为{shown[0]}，协议期限为{shown[1]}：义务先于协议终止。"
    else:
        words = wording(contract, {language: {}}, language)
        first, last = (words.day(day.year, day.month, day.day) for day in days)
        english = f"The duties end on {first}, the agreement on {last}: what is disclosed in between is not protected."
        chinese = f"保密义务至 {first}届满，而协议至 {last}届满：此后至协议届满前披露的信息不受保护。"
    note = ("The agreement lasts so long.", "协议的期限。"), ("The duties last so long.", "保密义务的期限。")
    other, index = (agreement, 0) if duties.value.span > agreement.value.span else (duties, 1)
    span = max(duties.value.span, agreement.value.span)
    chosen = language == "zh"
    related = (Related(note[index][chosen], other.value.span),)
    return Finding(*SHORT, "error", chinese if chosen else english, span, related=related)


def _ends_before_it_starts(contract: Contract, line: TimeLine, language: Language) -> Iterator[Finding]:
    starts: dict[str, str] = {
        "term.start": "",
        "dates.effective": "",
        "signature.effective": "",
        "dates.signed": "",
    }
    for fact in contract.facts("term.end_date"):
        end = line.day_of(fact.value) if fact.value.type == "date" else None
        for field in starts:
            begun = [other for other in contract.facts(field) if other.value.type == "date"]
            later = [other for other in begun if end is not None and (line.day_of(other.value) or end) > end]
            if later and end is not None:
                yield _never_begun(contract, fact, later[0], language)
                return


def _never_begun(contract: Contract, end: Fact, start: Fact, language: Language) -> Finding:
    shown = quoted(contract, end), quoted(contract, start)
    if language == "zh":
        message = f"协议于“{shown[0]}”到期，早于其开始之日“{shown[1]}”。"
        notes = ("到期日。", "开始之日。")
    else:
        message = f"The agreement ends on {shown[0]}, before it begins on {shown[1]}."
        notes = ("It ends here.", "It begins here.")
    ends_last = end.value.span > start.value.span
    other = (start if ends_last else end).value.span
    span = (end if ends_last else start).value.span
    return Finding(*SHORT, "error", message, span, related=(Related(notes[ends_last], other),))


# --- a last day that is given, and one that is counted -----------------------------------------


def last_days(contract: Contract, language: Language) -> Iterator[Finding]:
    """A day of expiry, or of the end of the duties, that is not the one which the length of time comes to."""
    line = TimeLine(contract)
    dated, lengths = contract.facts("term.end_date"), contract.facts("term.duration")
    if len(dated) == 1 and len(lengths) == 1:
        yield from _end_date(
            contract, dated[0], (lengths[0], line.end_of(lengths[0].value, line.start())), line, language
        )
    until, survival = contract.facts("term.survival_until"), contract.facts("term.survival")
    end = line.end()
    if len(until) == 1 and len(survival) == 1 and end is not None:
        value: Any = survival[0].value
        event = getattr(value, "event", None)
        if event is None or event.id in ("termination", "expiry"):
            ends = line.end_of(_unanchored(value), end[0])
            yield from _end_date(contract, until[0], (survival[0], ends), line, language)


def _unanchored(value: Any) -> Any:
    """A length of time as such."""
    if value.type != "duration" or value.event is None:
        return value
    return type(value)(value.amount, value.unit, value.maximum, value.special, value.bound, span=value.span)


def _end_date(
    contract: Contract, dated: Fact, counted: tuple[Fact, date | None], line: TimeLine, language: Language
) -> Iterator[Finding]:
    length, day = counted
    said = line.day_of(dated.value) if dated.value.type == "date" else None
    if day is None or said is None or abs(said - day) <= _TOLERANCE:
        return
    words = wording(contract, {language: {}}, language)
    shown = words.day(day.year, day.month, day.day)
    texts = (
        f"“{quoted(contract, length)}” comes to {shown}, and the last day is given as {quoted(contract, dated)}.",
        f"“{quoted(contract, length)}”应至 {shown}届满，而载明的截止日为 {quoted(contract, dated)}。",
    )
    yield at_the_later(
        CONFLICT,
        language,
        texts,
        (length.value.span, "The length of time.", "约定的期间。"),
        (dated.value.span, "The last day.", "载明的截止日。"),
    )
