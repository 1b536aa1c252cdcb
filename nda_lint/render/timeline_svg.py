"""The chronology of a contract as a picture: what has days on a calendar, the rest by the events it is counted from.

Where no day is known, the calendar counts from the start of the agreement. No row is told from another by its colour
alone: moments are discs, deadlines lozenges, periods bars, and what recurs is a row of strokes.
"""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from nda_lint.analysis.chronology import chronology
from nda_lint.analysis.moments import CATEGORIES
from nda_lint.period import last_day
from nda_lint.render.text import shorten, visible, wrap
from nda_lint.render.timeline import Phrases, fitted
from nda_lint.source import display_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nda_lint.analysis.chronology import Chronology
    from nda_lint.analysis.moments import Entry, Point
    from nda_lint.finding import Language

#: The style of the picture, for whoever puts it into a page; dark where the reader wants it so.
STYLE = """
.timeline{--ground:#fff;--ink:#1c2430;--soft:#596579;--rule:#dfe4eb;--dates:#1c2430;--term:#1f5fa8;
--deadlines:#b3261e;--retention:#7a5b12;--reviews:#2c6e49;--now:#8a2be2;
font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
@media (prefers-color-scheme:dark){.timeline{--ground:#12171f;--ink:#e8ecf2;--soft:#a3aebd;--rule:#2b3442;
--dates:#e8ecf2;--term:#7ab4ff;--deadlines:#ff8a80;--retention:#e0bd6a;--reviews:#7fd1a0;--now:#c9a2ff}}
@media print{.timeline{--ground:#fff;--ink:#000;--soft:#444;--rule:#ccc;--dates:#000;--term:#1f5fa8;
--deadlines:#b3261e;--retention:#7a5b12;--reviews:#2c6e49;--now:#8a2be2}}
.timeline .ground{fill:var(--ground)}.timeline text{fill:var(--ink);font-size:12px;
stroke:var(--ground);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.timeline .soft{fill:var(--soft);font-size:11px}.timeline .head{font-weight:600;font-size:12.5px}
.timeline .tick{stroke:var(--rule)}.timeline .now{stroke:var(--now);stroke-width:1.5;stroke-dasharray:4 3}
.timeline .nowtext{fill:var(--now);font-size:11px;font-weight:600}
.timeline .dates{fill:var(--dates);stroke:var(--dates)}.timeline .term{fill:var(--term);stroke:var(--term)}
.timeline .deadlines{fill:var(--deadlines);stroke:var(--deadlines)}
.timeline .retention{fill:var(--retention);stroke:var(--retention)}
.timeline .reviews{fill:var(--reviews);stroke:var(--reviews)}
.timeline .bar{fill-opacity:.28;stroke-width:1.5}.timeline .assumed{fill-opacity:.1;stroke-dasharray:4 3}
.timeline .over{opacity:.5}.timeline .line{stroke:var(--soft);stroke-width:1.2}
"""

_MARGIN = 16
_LINE = 15
_PAD = 9
#: Pixels that a terminal cell of text takes at most, by size of type.
_CELL = 6.3
#: From this width on, labels stand beside the chart instead of above it.
_WIDE = 600
_MOST_LINES = 3
#: Nobody looks at a picture of more.
_MOST_ROWS = 200
_BAR = 11
#: Where no day is known: any day will do, as long as a year from it is a year.
_NOMINAL = date(2001, 1, 1)
_YEAR = 12
#: How much room the marks of the axis need: those with months, and those with years only.
_LABELS = (66, 45)
_LEGEND = (
    "Dashed or hollow: rests on an assumption, such as that the agreement ends when its term does.",
    "虚线或空心：以假定为前提，例如协议至期限届满时终止。",
)
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000)


def picture(found: Chronology, language: Language, as_of: date | None = None, width: int = 760) -> str:
    """A whole SVG file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(found, language, as_of, width, style=STYLE)


def element(
    found: Chronology,
    language: Language,
    as_of: date | None = None,
    width: int = 760,
    *,
    style: str = "",
    prefix: str = "timeline",
) -> str:
    """The ``<svg>``; `prefix` keeps its ids apart from those of others in a page."""
    return _Picture(found, language, as_of, width).svg(style, prefix)


class _Picture:
    def __init__(self, found: Chronology, language: Language, as_of: date | None, width: int) -> None:
        self._phrases = Phrases(found, language)
        self._contract = found.contract
        entries = [entry for category in CATEGORIES for entry in found.of(category)]
        self._entries, self._left_out = entries[:_MOST_ROWS], len(entries[_MOST_ROWS:])
        nominal: dict[int, Entry] = {}
        self._counts_from_start = not any(_on_calendar(entry) for entry in self._entries)
        if self._counts_from_start:
            # In the same order as the entries of which it is the twin with days.
            twins = chronology(found.contract, _NOMINAL).entries
            nominal = {id(entry): twin for entry, twin in zip(found.entries, twins, strict=True)}
        self._shown = [(entry, nominal.get(id(entry), entry)) for entry in self._entries]
        self._as_of = None if self._counts_from_start else as_of
        self._width = width
        self._wide = width >= _WIDE
        self._left = 300 if self._wide else _MARGIN
        self._right = width - _MARGIN
        self._label_room = (self._left if self._wide else self._right) - _MARGIN - 14
        self._parts: list[str] = []
        self._y = 0.0

    def svg(self, style: str, prefix: str) -> str:
        dated = [(entry, twin) for entry, twin in self._shown if _on_calendar(twin)]
        rest = [entry for entry, twin in self._shown if not _on_calendar(twin)]
        self._y = _MARGIN
        if dated:
            self._calendar(dated)
        if rest:
            self._by_events(rest, bool(dated))
        if self._left_out:
            more = f"and {self._left_out} more, in the table", f"还有 {self._left_out} 项，见表"
            self._below(self._phrases.pick(*more))
        if any(point.assumptions for entry in self._entries for point in entry.points):
            self._below(self._phrases.pick(*_LEGEND))
        height = self._y + _MARGIN / 2
        title = self._phrases.pick("Time line", "时间线")
        agreement = self._contract.agreement
        if agreement is not None and agreement.title:
            title += self._phrases.pick(f": {agreement.title}", f"：{agreement.title}")
        lines = [f"{self._phrases.when(entry)}: {self._phrases.what(entry)}" for entry in self._entries]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img" lang="{self._phrases.language}"'
            f' aria-labelledby="{prefix}-title {prefix}-text" viewBox="0 0 {self._width} {height:g}"'
            f' width="{self._width}" height="{height:g}">\n'
            f'<title id="{prefix}-title">{_text(title)}</title>\n'
            f'<desc id="{prefix}-text">{_text("; ".join(lines))}</desc>\n'
            + (f"<style>{style}</style>\n" if style else "")
            + '<rect class="ground" width="100%" height="100%" rx="6"/>\n'
            + "\n".join(self._parts)
            + "\n</svg>\n"
        )

    # --- the calendar -----------------------------------------------------------------------

    def _calendar(self, rows: list[tuple[Entry, Entry]]) -> None:
        axis = _Axis(
            [twin for _, twin in rows], self._left, self._right, self._as_of, self._counts_from_start
        )
        self._y += _LINE + 6
        top = self._y
        behind = len(self._parts)
        category = ""
        for entry, twin in rows:
            if entry.category != category:
                category = entry.category
                self._heading(self._phrases.category(entry.category))
            status = entry.status(self._as_of) if self._as_of is not None else None
            state = f"{self._phrases.status(status)} · " if status is not None else ""
            drawn = self._label(entry, state + self._phrases.when(entry, self._as_of))
            over = " over" if status == "over" else ""
            self._parts.append(f'<g class="{entry.category}{over}">{self._mark(twin, axis, drawn)}</g>')
        self._parts[behind:behind] = self._ticks(axis, top)

    def _ticks(self, axis: _Axis, top: float) -> list[str]:
        parts = []
        for x, label in axis.ticks(self._phrases):
            anchor = "start" if x < self._left + 14 else "end" if x > self._right - 14 else "middle"
            parts.append(f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{top:g}" y2="{self._y:g}"/>')
            parts.append(
                f'<text class="soft" text-anchor="{anchor}" x="{x:.1f}" y="{top - 5:g}">{label}</text>'
            )
        if self._as_of is not None:
            x = axis.x(self._as_of)
            label = self._phrases.pick(f"as of {self._as_of}", f"截至 {self._as_of}")
            anchor = "end" if x > (self._left + self._right) / 2 else "start"
            parts.append(f'<line class="now" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 2:g}" y2="{self._y:g}"/>')
            shift = -4 if anchor == "end" else 4
            parts.append(
                f'<text class="nowtext" text-anchor="{anchor}" x="{x + shift:.1f}" y="{top + 11:g}">{label}</text>'
            )
        return parts

    def _below(self, text: str) -> None:
        self._y += 8
        for line in wrap(text, int((self._right - _MARGIN) / _CELL)):
            self._y += _LINE
            self._parts.append(f'<text class="soft" x="{_MARGIN}" y="{self._y:g}">{_text(line)}</text>')

    def _heading(self, text: str) -> None:
        self._y += 20
        self._parts.append(f'<text class="head" x="{_MARGIN}" y="{self._y:g}">{_text(text)}</text>')
        self._y += 6

    def _label(self, entry: Entry, when: str | None) -> float:
        """What and when, in lines; the height at which the mark of the row is to stand."""
        room = int(self._label_room / _CELL)
        lines = fitted(self._phrases.what(entry), room)
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], shorten(f"{lines[_MOST_LINES - 1]}...", room)]
        texts = [("", line) for line in lines]
        texts += [("soft", line) for line in (fitted(when, room) if when else [])]
        start = self._y
        for kind, line in texts:
            self._y += _LINE
            style = f' class="{kind}"' if kind else ""
            self._parts.append(f'<text{style} x="{_MARGIN}" y="{self._y - 3:g}">{_text(line)}</text>')
        if self._wide:
            middle = (start + self._y) / 2
            self._y += _PAD
            return middle
        self._y += _BAR + _PAD + 6
        return self._y - _PAD - _BAR / 2 - 2

    def _mark(self, entry: Entry, axis: _Axis, y: float) -> str:
        if entry.shape == "recurrence":
            return "".join(
                f'<line x1="{axis.x(day):.1f}" x2="{axis.x(day):.1f}" y1="{y - 5:g}" y2="{y + 5:g}" stroke-width="1.6"/>'
                for day in entry.days
            )
        if entry.shape == "span":
            return self._bar(entry, axis, y)
        point = entry.points[0]
        x = axis.x(point.last or _NOMINAL)
        hollow = ' fill-opacity="0.1"' if _is_assumed(point) else ""
        if entry.shape == "moment":
            return f'<circle cx="{x:.1f}" cy="{y:g}" r="5" stroke-width="1.5"{hollow}/>'
        return _lozenge(x, y, hollow)

    def _bar(self, entry: Entry, axis: _Axis, y: float) -> str:
        """A period; one without an end runs out of the picture, with an arrow."""
        start = entry.start.last if entry.start is not None else None
        end = entry.end.last if entry.end is not None else None
        left = axis.left if start is None else axis.x(start)
        right = axis.right if end is None else max(axis.x(end), left + 3)
        assumed = " assumed" if any(map(_is_assumed, entry.points)) else ""
        top, bottom = y - _BAR / 2, y + _BAR / 2
        if end is not None:
            tail = "" if start is not None else _arrow(left, y, -1)
            return (
                f'<rect class="bar{assumed}" x="{left:.1f}" y="{top:g}" width="{right - left:.1f}" height="{_BAR}"'
                f' rx="2.5"/>{tail}'
            )
        right = max(right - 9, left)
        return (
            f'<path class="bar{assumed}" d="M{right:.1f} {top:g}H{left:.1f}V{bottom:g}H{right:.1f}"/>'
            f"{_arrow(right, y, 1)}"
        )

    # --- the rest ---------------------------------------------------------------------------

    def _by_events(self, entries: list[Entry], follows: bool) -> None:
        if follows:
            self._y += 14
            self._parts.append(
                f'<line class="tick" x1="{_MARGIN}" x2="{self._right:g}" y1="{self._y:g}" y2="{self._y:g}"/>'
            )
        self._heading(self._phrases.pick("Counted from events, or without a day", "自事件起算或者日期未定"))
        for entry in entries:
            drawn = self._label(entry, None)
            self._parts.append(f'<g class="{entry.category}">{self._chain(entry, drawn)}</g>')

    def _chain(self, entry: Entry, y: float) -> str:
        """Event, length of time, moment: one after the other."""
        point = (entry.end or entry.start) if entry.shape != "recurrence" else None
        x = float(self._left + 6)
        room = int((self._right - x - 20) / _CELL)
        if point is None:
            strokes = "".join(
                f'<line x1="{x + step:g}" x2="{x + step:g}" y1="{y - 5:g}" y2="{y + 5:g}" stroke-width="1.6"/>'
                for step in (0, 5, 10)
            )
            return strokes + _words(x + 20, y, shorten(self._phrases.when(entry), room))
        mark: Callable[[float, float], str] = _lozenge if entry.shape == "deadline" else _disc
        if entry.shape == "span":
            mark = _block
        length = self._phrases.length(point)
        plain = shorten(self._phrases.when(entry), room)
        if point.event is None or not length or display_width(plain) + 8 > room:
            return mark(x, y) + _words(x + 12, y, plain)
        event = self._phrases.relative(_bare(point))
        parts = [event, f"+ {length}"] if point.sign > 0 else [f"\N{MINUS SIGN} {length}", event]
        ends = [_ring, mark] if point.sign > 0 else [mark, _ring]
        drawn = ends[0](x, y) + _words(x + 12, y, parts[0])
        x += 18 + display_width(parts[0]) * _CELL
        drawn += f'<line class="line" x1="{x:.1f}" x2="{x + 26:.1f}" y1="{y:g}" y2="{y:g}"/>'
        drawn += ends[1](x + 34, y) + _words(x + 46, y, parts[1])
        return drawn


class _Axis:
    """Days → places, and the marks of the calendar."""

    def __init__(
        self, entries: list[Entry], left: float, right: float, as_of: date | None, from_start: bool
    ) -> None:
        days = [day for entry in entries for day in _days(entry)]
        self.left, self.right = float(left), float(right)
        self._first, last = min(days), max(days)
        if as_of is not None:  # far beyond the contract it stands at the edge
            self._first = min(self._first, max(as_of, _shifted(self._first, -366)))
            last = max(last, min(as_of, _shifted(last, 366)))
        self._last = max(last, _shifted(self._first, 31))
        self._from_start = from_start
        months = (self._last - self._first).days / 30.4
        room = right - left
        self._step = next(
            (step for step in _STEPS if months / step * _LABELS[step >= _YEAR] <= room), _STEPS[-1]
        )
        if not from_start:  # the calendar begins with a mark where one is near
            mark = self._mark_before(self._first)
            if mark is not None and (self._first - mark).days * 6 < (self._last - self._first).days:
                self._first = mark
        margin = 8
        self._scale = (right - left - 2 * margin - 12) / (self._last - self._first).days
        self._offset = left + margin

    def x(self, day: date) -> float:
        """Where a day stands."""
        place = self._offset + (day - self._first).days * self._scale
        return min(max(place, self.left), self.right)

    def ticks(self, phrases: Phrases) -> Iterator[tuple[float, str]]:
        """The marks of the axis with what is written at them."""
        step = self._step
        if self._from_start:
            count = 0
            day: date | None = self._first
            while day is not None and day <= self._last:
                yield self.x(day), _after(count, phrases)
                count += step
                day = last_day(self._first, months=count)
            return
        day = self._mark_before(self._first)
        while day is not None and day <= self._last:
            if day >= self._first:
                yield self.x(day), f"{day.year}" if step >= _YEAR else f"{day.year}-{day.month:02d}"
            day = last_day(day, months=step)

    def _mark_before(self, day: date) -> date | None:
        """The last mark of the calendar that is not after a day."""
        number = day.year * 12 + day.month - 1
        return last_day(date(1, 1, 1), months=number - number % self._step - 12)


def _after(months: int, phrases: Phrases) -> str:
    """A mark that counts from the start."""
    if months == 0:
        return phrases.pick("start", "开始")
    if months % 12:
        return phrases.pick(f"+{months} mo.", f"+{months} 个月")
    years = months // 12
    return phrases.pick(f"+{years} {'year' if years == 1 else 'years'}", f"+{years} 年")


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _days(entry: Entry) -> list[date]:
    return [*(point.last for point in entry.points if point.last is not None), *entry.days]


def _on_calendar(entry: Entry) -> bool:
    """Whether it can be put on a calendar: a day that it begins, ends or falls on is known."""
    if entry.shape == "recurrence":
        return bool(entry.days)
    if entry.shape == "span" and entry.end is not None and entry.end.last is None:
        return entry.end.special is not None and bool(_days(entry))
    return bool(_days(entry))


def _is_assumed(point: Point) -> bool:
    return bool(point.assumptions)


def _bare(point: Point) -> Point:
    """The event of a point alone."""
    return type(point)(event=point.event)


def _lozenge(x: float, y: float, more: str = "") -> str:
    return f'<path d="M{x:.1f} {y - 6.5:g}l6 6.5l-6 6.5l-6 -6.5z" stroke-width="1.5"{more}/>'


def _disc(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:g}" r="5"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:g}" r="4.5" fill-opacity="0.1" stroke-width="1.5"/>'


def _block(x: float, y: float) -> str:
    return f'<rect class="bar" x="{x - 6:.1f}" y="{y - 5:g}" width="13" height="10" rx="2.5"/>'


def _arrow(x: float, y: float, direction: int) -> str:
    return f'<path d="M{x:.1f} {y - 6.5:g}l{9 * direction} 6.5l{-9 * direction} 6.5z"/>'


def _words(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y + 4:g}">{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(visible(text), quote=False)
