"""The chronology of a contract in words: as a table of 80 columns, and as data.

The words of the contract are shown as they stand; what the tool adds (headings, days, notes) is in the language of
messages. The phrases are those of the picture and of the report too.
"""

from __future__ import annotations

from nda_lint.analysis.moments import CATEGORIES
from nda_lint.console import paint
from nda_lint.render.frame import WIDTH
from nda_lint.render.text import visible, wrap
from nda_lint.source import display_width
from nda_lint.write import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from nda_lint.analysis.chronology import Chronology
    from nda_lint.analysis.moments import Category, Entry, Point, Status
    from nda_lint.finding import Language

VERSION = 1

_SIGNS = {1: "+", -1: "\N{MINUS SIGN}"}

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
_CATEGORIES: dict[Category, tuple[str, str]] = {
    "dates": ("Dates", "日期"),
    "term": ("Term and what survives it", "期限与存续"),
    "deadlines": ("Deadlines", "时限"),
    "retention": ("Retention", "保存期限"),
    "reviews": ("Reviews and what else recurs", "审查等定期事项"),
}
_STATUS: dict[Status, tuple[str, str]] = {
    "over": ("over", "已过"), "running": ("running", "进行中"), "ahead": ("ahead", "未到"),
}  # fmt: skip
_NOTES = {
    "ends_with_term": (
        "Assumed: the agreement ends when its term does{end}, and not earlier.",
        "假定：协议至期限届满时终止{end}，未提前终止。",
    ),
    "not_renewed": ("Assumed: the term is not renewed.", "假定：期限届满后未续期。"),
    "renewed": ("The first renewal, if the term is renewed.", "首次续期（如期限续期）。"),
    "sealed_on_signing": (
        "Assumed: what has to be sealed was sealed on the day of signing.",
        "假定：用印于签署日完成。",
    ),
    "effective_on_signing": (
        "Assumed: in force from signing; the contract gives no effective date.",
        "假定：自签署日起生效；合同未载明生效日。",
    ),
    "implied_event": (
        "The contract does not say from when this is counted; counted as the clause suggests.",
        "合同未载明起算点，按条款含义推定。",
    ),
    "postponed": (
        "A deadline that would end on a weekend ends on the next working day (PRC Civil Code, art. 203).",
        "期间的最后一日为周末的，顺延至其后的第一个工作日届满（《民法典》第二百零三条）。",
    ),
    "recurs_from_start": (
        "Assumed: counted from the start of the agreement, to the end of its term.",
        "假定：自协议期限开始时起算，至期限届满为止。",
    ),
}
_HOLIDAYS = (
    "Weekends are named where a period ends on one; public holidays are not known to the tool.",
    "期间届满日为周末的均已注明；法定节假日未予考虑。",
)


class Phrases:
    """Says when things are, in one language."""

    def __init__(self, chronology: Chronology, language: Language) -> None:
        self.language: Language = language
        self._chronology = chronology
        self._writer = Writer(language)
        self._chinese = language == "zh"

    def pick(self, english: str, chinese: str) -> str:
        """The text in the language of messages."""
        return chinese if self._chinese else english

    def category(self, category: Category) -> str:
        """The heading of a category."""
        return self.pick(*_CATEGORIES[category])

    def status(self, status: Status | None) -> str:
        """Whether it is over."""
        return "" if status is None else self.pick(*_STATUS[status])

    # --- the words of the contract ----------------------------------------------------------

    def clause(self, entry: Entry) -> str:
        """The word for the clause that says it, or the name of the party."""
        block = entry.statement.block
        return visible(block.name or self._text(block.kind_span))

    def statement(self, entry: Entry) -> str:
        """What is to be then, as the contract says it."""
        start, end = entry.span
        if entry.norm is not None and entry.norm.label_span is not None:
            start = max(start, entry.norm.label_span[1])
        return visible(self._text((start, end)))

    def what(self, entry: Entry) -> str:
        """Clause and statement."""
        return f"{self.clause(entry)} · {self.statement(entry)}"

    def _text(self, span: tuple[int, int]) -> str:
        return " ".join(self._chronology.contract.source.text[slice(*span)].split())

    # --- when -------------------------------------------------------------------------------

    def when(self, entry: Entry, as_of: date | None = None) -> str:
        """When it is."""
        if entry.shape == "recurrence":
            return self._recurring(entry, as_of)
        if entry.shape == "span":
            return self._span(entry)
        point = entry.points[0]
        if entry.shape == "deadline" and point.last is not None and not self._is_before(point):
            return self.pick(f"by {point.last}", f"不晚于 {point.last}")
        if entry.category == "deadlines" and self._is_event(point):
            return self.pick(f"on {self.relative(point)}", f"{self.relative(point)}时")
        return self.point(point)

    def point(self, point: Point) -> str:
        """A moment: its day, or what it is counted from."""
        if point.last is not None:
            return (
                self.pick(f"before {point.last}", f"{point.last} 之前")
                if self._is_before(point)
                else str(point.last)
            )
        return self.relative(point)

    @staticmethod
    def _is_event(point: Point) -> bool:
        """Whether it is an event on a day that nobody knows."""
        plain = point.length is None and point.text is None and point.vague is None and point.special is None
        return plain and point.sign > 0 and point.event is not None and point.last is None

    @staticmethod
    def _is_before(point: Point) -> bool:
        return point.sign < 0 and point.length is None

    def relative(self, point: Point) -> str:
        """A moment by its event: “signing + 3 years”."""
        if point.text is not None:
            return visible(point.text)
        if point.special is not None and point.length is None:
            return self._writer.word("duration", point.special)
        if point.vague is not None:
            word = self._writer.word("vague", point.vague)
            if point.event is None:
                return word
            event = visible(self._writer.event(point.event))
            return self.pick(f"{word} after {event}", f"{event}后{word}")
        length = self.length(point)
        if point.event is None:
            ahead = self._writer.keyword("IN_ADVANCE")
            return length if point.sign > 0 else self.pick(f"{length} {ahead}", f"{ahead} {length}")
        event = visible(self._writer.event(point.event))
        if not length:
            return self.pick(f"before {event}", f"{event}之前") if self._is_before(point) else event
        if point.event_day is not None and point.event.date is None:
            event += self.pick(f" ({point.event_day})", f"（{point.event_day}）")
        return f"{event} {_SIGNS[point.sign]} {length}"

    def length(self, point: Point) -> str:
        """The length of time that is counted, if any."""
        return "" if point.length is None else self._writer.stretch(point.length)

    def _span(self, entry: Entry) -> str:
        start, end = entry.start, entry.end
        begins = None if start is None else self.point(start)
        if end is None:
            return "" if begins is None else self.pick(f"from {begins}", _set("自", begins, "起"))
        if end.last is None and end.special is not None:
            open_end = self._writer.word("duration", end.special)
            if begins is None:
                return open_end
            return self.pick(f"from {begins}, {open_end}", f"{_set('自', begins, '起')}，{open_end}")
        if end.last is None and (end.length is not None or end.text is not None):
            return self.relative(end)  # it names the start too
        ends = self.point(end)
        bound = end.length.bound if end.length is not None else None
        if bound in ("at_least", "more_than"):
            least = self.pick(f"until at least {ends}", _set("至少至", ends))
        else:
            least = self.pick(f"until {ends}", _set("至", ends))
        if begins is None or begins == ends:
            return least
        return self.pick(
            f"{begins} {least.replace('until ', 'to ') if bound is None else least}", f"{begins} {least}"
        )

    def _recurring(self, entry: Entry, as_of: date | None) -> str:
        often = self._writer.value(entry.frequency)
        day = entry.next_day(as_of)
        if day is None:
            return often
        first = day == entry.days[0]
        if first:
            return self.pick(f"{often}, first by {day}", f"{often}，首次不晚于 {day}")
        return self.pick(f"{often}, next by {day}", f"{often}，下次不晚于 {day}")

    # --- notes ------------------------------------------------------------------------------

    def remarks(self, entry: Entry) -> list[str]:
        """What is to be said of the entry alone: last days on a weekend."""
        end = entry.end if entry.shape in ("span", "deadline") else None
        if end is None or end.day is None or not end.is_on_weekend or end.length is None:
            return []
        weekday = _WEEKDAYS[self.language][end.day.weekday()]
        return [self.pick(f"{end.day} is a {weekday}.", f"{end.day} 为{weekday}。")]

    def note(self, identifier: str) -> str:
        """What days rest upon: an assumption, or the law that moves them."""
        text = self.pick(*_NOTES[identifier])
        day = self._end_of_term()
        return text.replace("{end}", "" if day is None else self.pick(f", on {day}", f"（{day}）"))

    def _end_of_term(self) -> date | None:
        days = {
            point.event_day or point.day
            for entry in self._chronology.entries
            for point in entry.points
            if "ends_with_term" in point.assumptions
        }
        return days.pop() if len(days) == 1 else min((day for day in days if day is not None), default=None)

    @property
    def holidays(self) -> str:
        """What is not known of the calendar."""
        return self.pick(*_HOLIDAYS)


def _set(before: str, text: str, after: str = "") -> str:
    """Chinese words around a text, with a space where it is in figures."""
    head = f"{before} {text}" if text[:1].isascii() else before + text
    return f"{head} {after}" if after and text[-1:].isascii() else head + after


def fitted(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells; a word that is longer goes on in the next."""
    lines = []
    for line in wrap(text, width):
        rest = line
        while display_width(rest) > width:
            cut = width
            while display_width(rest[:cut]) > width:
                cut -= 1
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def notes_of(entry: Entry) -> list[str]:
    """What the days of an entry rest upon, each once."""
    notes = [assumption for point in entry.points for assumption in point.assumptions]
    postponed = any(point.postponed_to is not None for point in entry.points)
    return list(dict.fromkeys([*notes, *(["postponed"] if postponed else [])]))


# --- the table ------------------------------------------------------------------------------

_WHEN, _STATE = 25, 8


def table(chronology: Chronology, language: Language, as_of: date | None = None, colour: bool = False) -> str:
    """All entries, by category; what days rest upon is said below."""
    return _Table(chronology, language, as_of, colour).text()


class _Table:
    def __init__(self, chronology: Chronology, language: Language, as_of: date | None, colour: bool) -> None:
        self._chronology = chronology
        self._phrases = Phrases(chronology, language)
        self._as_of = as_of
        self._colour = colour
        self._notes: dict[str, int] = {}
        self._line = len(str(max((self._row(entry) for entry in chronology.entries), default=0)))
        self._state = _STATE if as_of is not None else 0

    def text(self) -> str:
        lines: list[str] = []
        for category in CATEGORIES:
            entries = self._chronology.of(category)
            if entries:
                heading = paint("strong", self._phrases.category(category), self._colour)
                lines += [*([""] if lines else []), heading]
            for entry in entries:
                lines += self._lines(entry)
        if not lines:
            return self._phrases.pick("The contract names no times.", "合同未涉及任何时间。") + "\n"
        return "\n".join([*lines, "", *self._below()]) + "\n"

    def _lines(self, entry: Entry) -> list[str]:
        """An entry: when, what and in which line."""
        marks = "".join(f" [{self._number(name)}]" for name in notes_of(entry))
        when = fitted(self._phrases.when(entry, self._as_of) + marks, _WHEN)
        room = WIDTH - 2 - self._state - _WHEN - 2 - 2 - self._line
        what = fitted(self._phrases.what(entry), room)
        for remark in self._phrases.remarks(entry):
            what += wrap(remark, room)
        state = self._phrases.status(entry.status(self._as_of)) if self._as_of is not None else ""
        lines = []
        for index in range(max(len(when), len(what))):
            left = when[index] if index < len(when) else ""
            right = what[index] if index < len(what) else ""
            number = f"{self._row(entry):>{self._line}}" if index == 0 else ""
            shown = _padded(state if index == 0 else "", self._state)
            lines.append(
                f"  {self._dimmed(shown, state)}{_padded(left, _WHEN)}  {_padded(right, room)}  {number}".rstrip()
            )
        return lines

    def _dimmed(self, shown: str, state: str) -> str:
        return paint("info", shown, self._colour) if state == self._phrases.status("running") else shown

    def _number(self, note: str) -> int:
        return self._notes.setdefault(note, len(self._notes) + 1)

    def _below(self) -> list[str]:
        lines = []
        for name, number in self._notes.items():
            first, *rest = wrap(self._phrases.note(name), WIDTH - 6)
            lines += [f"  {f'[{number}]':<4}{first}", *(" " * 6 + line for line in rest)]
        return [*lines, *(f"  {line}" for line in wrap(self._phrases.holidays, WIDTH - 2))]

    def _row(self, entry: Entry) -> int:
        return self._chronology.contract.source.position(entry.span[0])[0]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


# --- data -----------------------------------------------------------------------------------


def data(chronology: Chronology, as_of: date | None = None) -> dict[str, Any]:
    """The chronology as JSON values; ids are language-neutral, texts those of the contract."""
    contract = chronology.contract
    return {
        "version": VERSION,
        "filename": contract.source.filename,
        "language": contract.language,
        "as_of": None if as_of is None else as_of.isoformat(),
        "entries": [_entry(chronology, entry, as_of) for entry in chronology.entries],
    }


def _entry(chronology: Chronology, entry: Entry, as_of: date | None) -> dict[str, Any]:
    source = chronology.contract.source
    phrases = Phrases(chronology, chronology.contract.language)
    places = {
        name: dict(zip(("row", "column"), source.position(offset), strict=True))
        for name, offset in zip(("location", "end_location"), entry.span, strict=True)
    }
    next_day = entry.next_day(as_of)
    frequency = entry.frequency
    return {
        "category": entry.category,
        "shape": entry.shape,
        "key": entry.fact.field if entry.fact is not None else None,
        "name": entry.fact.name if entry.fact is not None else None,
        "text": phrases.statement(entry),
        "conditional": entry.is_conditional,
        "start": None if entry.start is None else _point(entry.start),
        "end": None if entry.end is None else _point(entry.end),
        "every": None
        if frequency is None
        else {slot: getattr(frequency, slot) for slot in ("count", "amount", "unit", "bound")},
        "next": None if next_day is None else next_day.isoformat(),
        "status": None if as_of is None else entry.status(as_of),
        **places,
    }


def _point(point: Point) -> dict[str, Any]:
    event, length = point.event, point.length
    return {
        "date": None if point.day is None else point.day.isoformat(),
        "postponed_to": None if point.postponed_to is None else point.postponed_to.isoformat(),
        "weekend": point.is_on_weekend,
        "event": None if event is None else event.id or event.date or event.text,
        "direction": "after" if point.sign > 0 else "before",
        "length": None
        if length is None
        else {slot: getattr(length, slot) for slot in ("amount", "unit", "maximum", "maximum_unit", "bound")},
        "special": point.special,
        "vague": point.vague,
        "text": point.text,
        "assumptions": list(point.assumptions),
    }
