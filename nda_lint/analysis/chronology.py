"""What happens when, as it follows from a contract: a list of moments, periods, deadlines and what recurs, each with the
place that says so. Table, picture, report and JSON are made from this list.

Days are counted as :mod:`nda_lint.period` counts them. What has no day keeps the event that it is counted from; what is
taken for granted on the way is noted (:data:`~nda_lint.analysis.moments.ASSUMPTIONS`).
"""

from __future__ import annotations

from nda_lint.analysis.moments import Entry, Point
from nda_lint.analysis.time_line import TimeLine
from nda_lint.period import UNITS, counted, next_weekday
from nda_lint.values import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from nda_lint.analysis.moments import Category, Shape
    from nda_lint.contract import Contract, Fact, Norm, Window


#: Keys whose category, shape or unsaid event does not follow from the type of their value. An event is that from (in
#: `before` the last column: to) which the time runs where the contract does not say it.
_KEYS: dict[str, tuple[Category, Shape, str | None, bool]] = {
    "term.duration": ("term", "span", None, False),
    "term.renewal_period": ("term", "span", None, False),
    "term.start": ("term", "moment", None, False),
    "term.end_date": ("term", "moment", None, False),
    "term.renewal_until": ("term", "moment", None, False),
    "term.survival_until": ("term", "moment", None, False),
    "term.renewal_maximum": ("term", "span", "expiry", False),
    "term.survival": ("term", "span", "termination", False),
    "term.trade_secret_survival": ("term", "span", "termination", False),
    "term.personal_information_survival": ("term", "span", "termination", False),
    "term.renewal_notice": ("deadlines", "deadline", "expiry", True),
    "duties.non_compete_for": ("term", "span", None, False),
    "duties.non_solicitation_for": ("term", "span", None, False),
    "general.exclusivity": ("term", "span", None, False),
    "scope.oral_confirmation_within": ("deadlines", "deadline", "oral_disclosure", False),
    "scope.compelled_disclosure_notice": ("deadlines", "deadline", "disclosure", True),
    "scope.processing_period": ("retention", "span", None, False),
    "scope.processing_records": ("retention", "span", None, False),
    "scope.impact_assessment_records": ("retention", "span", None, False),
    "use.register_retention": ("retention", "span", None, False),
    "third_parties.consent_within": ("deadlines", "deadline", "request", False),
    "third_parties.audit_notice": ("deadlines", "deadline", None, True),
    "termination.notice": ("deadlines", "deadline", None, True),
    "termination.retention_period": ("retention", "span", "termination", False),
    "liability.serious_breach_notice": ("deadlines", "deadline", None, True),
    "disputes.negotiation": ("deadlines", "deadline", "dispute", False),
    "notices.deemed_received": ("deadlines", "deadline", "dispatch", False),
    "notices.change_of_address": ("deadlines", "deadline", "change", False),
    "classification.secret_until": ("term", "span", None, False),
    "storage.backup_retention": ("retention", "span", None, False),
    "access.leavers_revoked_within": ("deadlines", "deadline", "leaving", False),
    "training.incident_notice_within": ("deadlines", "deadline", "discovery_of_leak", False),
    "training.on_joining_within": ("deadlines", "deadline", "joining", False),
    "supervision.log_retention": ("retention", "span", None, False),
}
#: Keys of days that are no days of this contract's life.
_LEFT_OUT = frozenset(("party.power_of_attorney_date", "disputes.negotiation_starts"))
#: Types of values that may stand where a time is wanted and say nothing definite.
_UNDECIDED = frozenset(("blank", "vague", "circular", "options"))
_TIMES = {"date": "dates", "moment": "dates", "duration": "deadlines", "frequency": "reviews"}
#: Keys that name the last day or event of a period.
_ENDINGS = frozenset(("term.survival_until", "term.renewal_until"))
_EFFECTIVE = frozenset(("dates.effective", "signature.effective"))
_KEEPING = frozenset(("retain", "store"))
_AT_MOST = frozenset(("at_most", "less_than"))
#: A row of more occurrences than this is no longer read as days.
_MOST_OCCURRENCES = 200


class Chronology:
    """All entries of a contract in source order, and what the days in them rest upon."""

    __slots__ = ("contract", "entries")

    def __init__(self, contract: Contract, entries: tuple[Entry, ...]) -> None:
        self.contract = contract
        self.entries = entries

    def of(self, category: Category) -> list[Entry]:
        """The entries of a category: those with days first, in their order, then the others as they stand."""
        chosen = [entry for entry in self.entries if entry.category == category]
        dated = [entry for entry in chosen if entry.first_day is not None]
        dated.sort(key=lambda entry: str(entry.first_day))
        return [*dated, *(entry for entry in chosen if entry.first_day is None)]


def chronology(contract: Contract, assumed_start: date | None = None) -> Chronology:
    """What happens when. `assumed_start` stands for the day on which the agreement begins where that is unknown: a
    picture can show how long things take even so."""
    return Chronology(contract, tuple(_Reading(contract, assumed_start).entries()))


class _Reading:
    """One reading of a contract."""

    def __init__(self, contract: Contract, assumed_start: date | None) -> None:
        self._contract = contract
        self._line = TimeLine(contract, assumed_start)
        self._postpones = _prc_law_governs(contract)
        self._renews = any(getattr(value, "value", False) for value in self._values("term.automatic_renewal"))

    def entries(self) -> Iterator[Entry]:
        for block in self._contract.blocks:
            statements: list[Any] = sorted([*block.facts, *block.norms], key=lambda statement: statement.span)
            for statement in statements:
                if hasattr(statement, "field"):
                    yield from self._of_fact(statement)
                else:
                    yield from self._of_norm(statement)

    # --- facts ----------------------------------------------------------------------------

    def _of_fact(self, fact: Fact) -> Iterator[Entry]:
        types = _types(fact.field)
        time = next((type_ for type_ in ("duration", "frequency", "date", "moment") if type_ in types), None)
        if time is None or fact.field in _LEFT_OUT:
            return
        category, shape, implied, before = _KEYS.get(
            fact.field, (_TIMES[time], "deadline" if time == "duration" else "moment", None, False)
        )
        for value in fact.values:
            entry = None
            if value.type == "duration":
                entry = self._of_duration(fact, value, (category, shape, implied, before))
            elif value.type == "frequency":
                entry = self._recurrence(fact, value)
            elif value.type in ("date", "moment", "choice", "text") or value.type in _UNDECIDED:
                entry = self._of_moment(fact, value, category, shape)
            if entry is not None:
                yield entry

    def _of_moment(self, fact: Fact, value: Any, category: Any, shape: Any) -> Entry | None:
        """A day, an event, or words for when."""
        if fact.field == "term.renewal_period" and value.type == "choice":
            return self._renewal(fact, self._single("term.duration"))
        if value.type == "moment":
            point = self._at(value.event)
        elif value.type == "choice" and fact.field in _EFFECTIVE:
            assumed = ("sealed_on_signing",) if "seal" in value.id else ()
            day = self._line.day_of(value)
            point = Point(day, text=self._quoted(value), assumptions=assumed if day is not None else ())
        else:
            point = Point(self._line.day_of(value), text=self._quoted(value))
        if shape == "deadline":
            return Entry(category, shape, fact, end=point)
        if shape == "span" or fact.field in _ENDINGS:
            return Entry(category, "span", fact, end=point)
        return Entry(category, shape, fact, start=point)

    def _of_duration(self, fact: Fact, value: Any, plan: tuple[Any, Any, str | None, bool]) -> Entry | None:
        category, shape, implied, before = plan
        if fact.field == "term.duration":
            return self._term(fact, value)
        if fact.field == "term.renewal_period":
            return self._renewal(fact, value)
        event = value.event
        assumed: tuple[str, ...] = ()
        if event is None and fact.field == "disputes.negotiation":
            starts = self._single("disputes.negotiation_starts")
            event = starts.event if starts is not None and starts.type == "moment" else None
        if event is None and implied is not None:
            event = _event(implied)
            assumed = ("implied_event",)
        sign = -1 if value.relation == "before" or (before and value.relation is None) else 1
        end = self._counted(event, value, sign, assumed)
        if shape == "deadline":
            self._postpone(end)
            return Entry(category, shape, fact, end=end)
        return Entry(
            category, shape, fact, start=None if event is None else self._at(event, assumed), end=end
        )

    def _term(self, fact: Fact, value: Any) -> Entry:
        """The agreement from its start to its end."""
        if value.event is not None:
            start = self._at(value.event)
            return Entry("term", "span", fact, start=start, end=self._counted(value.event, value))
        day = self._line.start()
        assumed: tuple[str, ...] = ()
        event = self._single("term.start")
        moment = event.event if event is not None and event.type == "moment" else None
        if moment is None and event is None:
            moment = _event("effective_date")
            if self._line.day("effective_date") is None:
                assumed = ("effective_on_signing",) if day is not None else ()
        start = Point(day, event=moment, assumptions=assumed)
        end = Point(
            None, event=moment, event_day=day, length=value, special=value.special, assumptions=assumed
        )
        end.day = None if day is None else _last_day(day, value, 1)
        return Entry("term", "span", fact, start=start, end=end)

    def _renewal(self, fact: Fact, value: Any) -> Entry | None:
        """The first time that follows the term."""
        if value is None or value.type != "duration":
            return None
        event = _event("expiry")
        length = _without_event(value)
        end = self._counted(event, length, 1, ("renewed",))
        return Entry("term", "span", fact, start=self._at(event), end=end)

    # --- norms ----------------------------------------------------------------------------

    def _of_norm(self, norm: Norm) -> Iterator[Entry]:
        for window in norm.windows:
            yield self._of_window(norm, window)
        for frequency in norm.frequencies:
            if frequency.type == "frequency":
                yield self._recurrence(norm, frequency)

    def _of_window(self, norm: Norm, window: Window) -> Entry:
        relation, event = window.relation, window.event
        lasting: Category = "retention" if any(action.id in _KEEPING for action in norm.actions) else "term"
        if relation in ("for", "until"):
            if relation == "until":
                return Entry(lasting, "span", norm, end=self._at(event) if event is not None else None)
            start = self._at(event) if event is not None else None
            return Entry(lasting, "span", norm, start=start, end=self._counted(event, window))
        if window.vague is not None:
            point = Point(event=event, event_day=self._day(event)[0] if event else None, vague=window.vague)
        elif window.amount is not None and not _is_amount(window.amount):
            point = Point(text=self._quoted(window))
        elif window.amount is not None:
            point = self._counted(event, window, -1 if relation == "before" else 1)
        elif event is not None:
            point = self._at(event)
        else:
            point = Point(text=self._quoted(window))
        return self._placed(norm, relation, point)

    def _placed(self, norm: Norm, relation: str, point: Point) -> Entry:
        """A window by what the norm does with it: a ban lasts, a permission begins, a duty is due."""
        exact = point.length is None and point.text is None and point.vague is None
        if relation == "before" and exact:
            point.sign = -1
        if norm.modality == "must_not" and relation in ("within", "before"):
            start = self._at(point.event) if relation == "within" and point.event is not None else None
            return Entry("term", "span", norm, start=start, end=point)
        if relation in ("after", "from") and (norm.modality != "must" or exact):
            lasts = norm.modality == "must_not" or relation == "from"
            return Entry("term" if lasts else "deadlines", "span", norm, start=point)
        if relation == "at" and norm.modality != "must":
            return Entry("deadlines", "moment", norm, start=point)
        if relation == "within":
            self._postpone(point)
        return Entry("deadlines", "deadline", norm, end=point)

    # --- what recurs ----------------------------------------------------------------------

    def _recurrence(self, statement: Fact | Norm, frequency: Any) -> Entry:
        """So often, counted from the start of the agreement to the end of its term."""
        category: Category = "reviews"
        start, end = self._line.start(), self._line.end()
        if (
            start is None
            or end is None
            or frequency.bound in _AT_MOST
            or frequency.unit not in UNITS
            or not isinstance(frequency.amount, int)
        ):
            return Entry(category, "recurrence", statement, frequency=frequency)
        days = []
        for time in range(1, _MOST_OCCURRENCES + 1):
            day = counted(start, time * frequency.amount, frequency.unit)
            if day is None or day > end[0]:
                break
            days.append(day)
        if not days:
            return Entry(category, "recurrence", statement, frequency=frequency)
        first = Point(days[0], assumptions=("recurs_from_start",))
        return Entry(
            category,
            "recurrence",
            statement,
            start=first,
            end=Point(end[0]),
            frequency=frequency,
            days=tuple(days),
        )

    # --- counting -------------------------------------------------------------------------

    def _day(self, event: Event) -> tuple[date | None, tuple[str, ...]]:
        """The day of an event, and what it rests upon."""
        day = self._line.day_of_event(event)
        if day is not None:
            seal = event.id == "last_signature_and_seal"
            return day, ("sealed_on_signing",) if seal else self._effective_assumptions(event)
        if event.of is None and event.id in ("termination", "expiry"):
            end = self._line.end()
            if end is None:
                return None, ()
            if event.id == "termination":
                return end[0], ("ends_with_term", *(("not_renewed",) if self._renews else ()))
            return end[0], ()
        return None, ()

    def _effective_assumptions(self, event: Event) -> tuple[str, ...]:
        if event.id != "effective_date":
            return ()
        values = self._values(*_EFFECTIVE)
        sealed = any(value.type == "choice" and "seal" in value.id for value in values)
        return ("sealed_on_signing",) if sealed else ()

    def _at(self, event: Event, assumed: tuple[str, ...] = ()) -> Point:
        day, assumptions = self._day(event)
        return Point(day, event=event, assumptions=(*assumptions, *assumed))

    def _counted(
        self, event: Event | None, length: Any, sign: int = 1, assumed: tuple[str, ...] = ()
    ) -> Point:
        """So long before or after an event."""
        day, assumptions = self._day(event) if event is not None else (None, ())
        end = None if day is None else _last_day(day, length, sign)
        return Point(
            end,
            event=event,
            event_day=day,
            length=length if length.amount is not None else None,
            sign=sign,
            special=length.special,
            text=None if _is_amount(length.amount) or length.special else self._quoted(length),
            assumptions=(*assumptions, *assumed),
        )

    def _postpone(self, point: Point) -> None:
        """A last day on a weekend gives way to the next working day under PRC law."""
        if self._postpones and point.sign > 0 and point.length is not None and point.is_on_weekend:
            point.postponed_to = next_weekday(point.day) if point.day is not None else None

    def _values(self, *fields: str) -> list[Any]:
        return [value for field in fields for fact in self._contract.facts(field) for value in fact.values]

    def _single(self, field: str) -> Any:
        facts = self._contract.facts(field)
        return facts[0].value if len(facts) == 1 else None

    def _quoted(self, thing: Any) -> str:
        start, end = thing.span
        return " ".join(self._contract.source.text[start:end].split())


def _types(field: str) -> tuple[str, ...]:
    from nda_lint.tables import tables

    kind, _, key = field.partition(".")
    fields = tables()["schema"]["kinds"].get(kind, {"fields": {}})["fields"]
    types: tuple[str, ...] = fields[key]["types"] if key in fields else ()
    return types


def _event(identifier: str) -> Event:
    return Event(identifier)


def _is_amount(amount: object) -> bool:
    return isinstance(amount, int | str)


def _last_day(day: date, length: Any, sign: int) -> date | None:
    """A minimum is counted as it stands; of a range nobody knows the last day."""
    return None if length.maximum is not None else counted(day, length.amount, length.unit, sign)


def _without_event(value: Any) -> Any:
    return type(value)(value.amount, value.unit, value.maximum, value.special, value.bound, span=value.span)


def _prc_law_governs(contract: Contract) -> bool:
    """Whether periods end as the PRC Civil Code has it: its law governs, or the contract is in Chinese and names none."""
    laws: list[Any] = [value for fact in contract.facts("governing_law.law") for value in fact.values]
    if laws:
        from nda_lint.rulebook.gazetteer import territory_of

        return any(value.type in ("choice", "text") and territory_of(value) == "prc" for value in laws)
    return contract.language == "zh"
