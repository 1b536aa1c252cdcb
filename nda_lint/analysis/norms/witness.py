"""The witness of a contradiction: one concrete situation, in the words and the language of the contract, with the day
on which the norms collide. Every number in it can be checked by hand."""

from __future__ import annotations

from datetime import date, timedelta

from nda_lint.analysis.norms.box import Box
from nda_lint.analysis.norms.clock import EFFECTIVE, END, IN_FORCE, NOW, ORIGIN, SIGNING
from nda_lint.analysis.norms.days import DAY, Length
from nda_lint.analysis.norms.meaning import Reading
from nda_lint.analysis.norms.situation import elements
from nda_lint.analysis.norms.words import Words
from nda_lint.analysis.questions import of_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.analysis.norms.compare import Clash
    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.analysis.norms.world import World
    from nda_lint.contract import Contract, Norm, Window

_WEEKDAYS = {
    False: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    True: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
}
_SATURDAY = 5


class Point:
    """A moment of a situation: bounds that fix it, and what it is, in words. `window` is the period that ends with it,
    if one does."""

    __slots__ = ("bounds", "text", "window")

    def __init__(self, bounds: tuple[Any, ...], text: str, window: Window | None = None) -> None:
        self.bounds = bounds
        self.text = text
        self.window = window


class Witnesses:
    """Writes the witnesses of one contract."""

    def __init__(self, contract: Contract, world: World, tables: Mapping[str, Any]) -> None:
        self._contract = contract
        self._world = world
        self.words = Words(contract, tables["names"], contract.language)
        self._chinese = contract.language == "zh"
        self._prc = _under_prc_law(contract)

    def of(self, clash: Clash) -> str | None:
        """The witness of a contradiction, if it has one."""
        if clash.windows is not None:
            return self._deadlines(clash)
        if clash.box is None or clash.code == "NDA322":
            return None
        box = clash.box
        point, day = self._moment(clash, box)
        found = elements(self._world, box, clash.alone)
        lead = self._lead(point, day)
        conditions = self._conditions(box, found)
        body = self._incompatible(clash, found) if clash.code == "NDA304" else self._opposed(clash, found)
        if self._chinese:
            setting = "，".join(part for part in (lead, conditions) if part)
            return f"设{' ' if setting[:1].isdigit() else ''}{setting}，{body}。"
        setting = f"{lead}, {conditions}" if conditions and lead else lead or conditions
        text = f"{setting}{';' if conditions else ','} {body}." if setting else f"{body}."
        return text[:1].upper() + text[1:]

    def acts(self, clash: Clash, words: Words) -> list[str]:
        """What a contradiction is about: one act, or one for each of two duties."""
        if clash.code == "NDA304":
            return [words.actions(meaning.norm) for meaning in clash.meanings]
        return [] if clash.box is None else [words.act(elements(self._world, clash.box, clash.alone))]

    # --- when ---------------------------------------------------------------------------------

    def _moment(self, clash: Clash, box: Box) -> tuple[Point, date | None]:
        """A moment in the box that a reader can find in the contract, and its day where the facts fix it."""
        clock = self._world.clock
        bounds = clock.bounds(box.time)
        for point in self._points(clash):
            if clock.possible([*bounds, *point.bounds]):
                counted = (
                    point.window is None or point.window.unit != "business_day"
                )  # holidays are not guessed
                return point, self._day([*bounds, *point.bounds]) if counted else None
        return Point((), ""), None

    def _day(self, bounds: list[Any]) -> date | None:
        clock = self._world.clock
        latest, earliest = clock.latest(bounds, ORIGIN), clock.earliest(bounds, ORIGIN)
        if latest is None or earliest is None or latest[0] != earliest[0] or latest[1] or earliest[1]:
            return None
        return _date(latest[0])

    def _points(self, clash: Clash) -> Iterator[Point]:
        """Moments that the norms speak of, those that are worked out from a length of time first."""
        windows = [(meaning, window) for meaning in clash.meanings for window in meaning.norm.windows]
        for meaning, window in windows:
            if isinstance(window.amount, (int, str)) and window.event is not None:
                yield from self._measured(meaning, window)
        for meaning, window in windows:
            if window.event is not None and window.relation in ("at", "from", "until"):
                yield self._at(meaning, window)
        for meaning, window in windows:
            if window.event is not None and window.relation in ("after", "before", "within", "for"):
                yield self._beside(meaning, window)
        text = "本协议生效之日" if self._chinese else "the day this agreement takes effect"
        clock = self._world.clock
        if EFFECTIVE in clock.days and clock.days.get(SIGNING) == clock.days[EFFECTIVE]:
            text = "本协议签署之日" if self._chinese else "the day of signing"
        during = "在本协议有效期内" if self._chinese else "while this agreement is in force"
        effective = ((NOW, EFFECTIVE, 0, False), (EFFECTIVE, NOW, 0, False))
        yield Point(effective, text if EFFECTIVE in clock.days else during)
        yield Point(IN_FORCE, during)
        yield Point(
            ((END, NOW, 0, False),),
            "在本协议终止后" if self._chinese else "after the end of this agreement",
        )

    def _measured(self, meaning: Meaning, window: Window) -> Iterator[Point]:
        """The end of a period, or its start where it has no end."""
        reading = Reading(self._world, meaning.norm)
        for side in reading.sides():
            for later, earlier, days, _strict in reading.window(window, side):
                fixed = None
                if later == NOW and days != 0:
                    fixed = ((NOW, earlier, days, False), (earlier, NOW, -days, False))
                elif earlier == NOW and days != 0 and window.relation == "after":
                    fixed = ((NOW, later, -days, False), (later, NOW, days, False))
                if fixed is not None:
                    yield Point(fixed, self._after(window), window)

    def _after(self, window: Window) -> str:
        writer = self.words.writer
        before = window.relation == "before"
        amount = writer._length(window.amount, window.unit)
        event = self._event(window)
        if not event:
            return f"满 {amount}时" if self._chinese else f"after {amount}"
        if self._chinese:
            if window.unit == "day" and not before:
                return f"{event}后第 {window.amount} 日"
            return f"{event}前 {amount}" if before else f"{event}后满 {amount}"
        return f"{amount} {'before' if before else 'after'} {event}"

    def _at(self, meaning: Meaning, window: Window) -> Point:
        reading = Reading(self._world, meaning.norm)
        bounds: list[Any] = []
        for side in reading.sides()[:1]:
            for later, earlier, days, _strict in reading.window(window, side):
                bounds += [(later, earlier, days, False), (earlier, later, -days, False)]
        if self._chinese:
            return Point(tuple(bounds), f"{self._event(window)}之时")
        return Point(tuple(bounds), f"on {self._event(window)}")

    def _beside(self, meaning: Meaning, window: Window) -> Point:
        before = window.relation == "before"
        event = self._event(window)
        if self._chinese:
            return Point((), f"{event}{'前' if before else '后'}")
        return Point((), f"{'before' if before else 'after'} {event}")

    def _event(self, window: Window) -> str:
        """The event of a window; the end of the agreement where that is what is meant."""
        event = window.event
        if event is None:
            return ""
        if event.date is not None:
            return self.words.day(date.fromisoformat(event.date))
        if event.id == "termination":
            return "本协议终止" if self._chinese else "the end of this agreement"
        return self.words.writer.event(event)

    def _lead(self, point: Point, day: date | None) -> str:
        """The moment as the beginning of a sentence."""
        if day is None:
            return point.text
        shown = self.words.day(day)
        window = point.window
        ends = window is not None and window.relation == "within" and window.unit != "hour"
        weekend = self._weekend(day) if ends and day.weekday() >= _SATURDAY else ""
        assumed = self._assumed(point)
        if self._chinese:
            notes = "，".join(part for part in (point.text, weekend, assumed) if part)
            return f"{shown}（{notes}）" if notes else shown
        notes = ", ".join(part for part in (weekend, assumed) if part)
        rest = f", {point.text}" if point.text and not point.text.startswith("on ") else ""
        return f"on {shown}{f' ({notes})' if notes else ''}{rest}"

    def _weekend(self, day: date) -> str:
        """A last day on a weekend, and under PRC law the day that takes its place."""
        name = _WEEKDAYS[self._chinese][day.weekday()]
        following = self.words.day(day + timedelta(days=7 - day.weekday()))
        if self._chinese:
            return f"{name}，依《民法典》第二百零三条顺延至 {following}" if self._prc else name
        article = f"a {name}"
        return f"{article}, so {following} under art. 203 of the Civil Code" if self._prc else article

    def _assumed(self, point: Point) -> str:
        """That the agreement ends with its term, where the moment is counted from its end."""
        clock = self._world.clock
        end = clock.days.get(END)
        event = point.window.event if point.window is not None else None
        counted = event is not None and "termination" in self._world.above["event"].get(event.id or "", ())
        if end is None or not counted or self._contract.facts("term.end_date"):
            return ""
        shown = self.words.day(_date(end))
        if self._chinese:
            return f"假定本协议于 {shown}期限届满时终止"
        return f"taking the agreement to end with its term on {shown}"

    # --- on what conditions -------------------------------------------------------------------

    def _conditions(self, box: Box, found: dict[str, Any]) -> str:
        atoms = self._world.atoms
        holding = atoms.keys_of(box.must)
        literals = [
            (key, True)
            for key in holding
            if not any(other != key and atoms.up(other) & atoms.bit(key) for other in holding)
        ]
        literals += [(key, False) for key in atoms.keys_of(box.must_not)]
        return self.words.conditions(literals, found)

    # --- what collides ------------------------------------------------------------------------

    def _clause(self, clash: Clash, norm: Norm) -> str:
        """The clause in which a norm stands; where others stand there too, that it is one sentence of it."""
        beside = [other for other in clash.norms if other.block is norm.block]
        clause = self.words.clause(norm)
        if len(beside) == 1:
            return clause
        if beside[0] is norm:
            return f"{clause}一处" if self._chinese else f"one sentence of {clause}"
        return "另一处" if self._chinese else "another one"

    def _opposed(self, clash: Clash, found: dict[str, Any]) -> str:
        actor, act = self.words.named(found["actor"]), self.words.act(found)
        one = found["actor"][0] in ("party", "other")
        choice = len(clash.meanings) > 2
        if clash.code == "NDA302" and len(clash.first.alternatives) > 1:
            act = self.words.act(found, actions=clash.first.norm)
        parts = [self._stance(clash, meaning, choice=choice) for meaning in clash.meanings]
        if self._chinese:
            deciding = "须决定是否" if clash.code == "NDA302" else "欲"
            return f"{actor}{deciding}{act}：" + "，".join(parts)
        if clash.code == "NDA302":
            return f"{actor} {'has' if one else 'have'} to decide whether to {act}: " + ", ".join(parts)
        return f"{actor} {'wants' if one else 'want'} to {act}: " + ", ".join(parts)

    def _stance(self, clash: Clash, meaning: Meaning, *, choice: bool) -> str:
        clause = self._clause(clash, meaning.norm)
        stance = _STANCES["forbids"]
        if meaning is clash.first:
            stance = _STANCES[
                "requires" if clash.code == "NDA302" else "entails" if clash.entailed else "permits"
            ]
        elif choice:
            act = self.words.actions(meaning.norm)
            return f"{clause}禁止{act}" if self._chinese else f"{clause} says “must not {act}”"
        return f"{clause}{stance[1]}" if self._chinese else f"{clause} {stance[0]}"

    def _incompatible(self, clash: Clash, found: dict[str, Any]) -> str:
        thing = self.words.thing(found)
        object_ = self.words.writer.thing(thing) if thing is not None else ("该物" if self._chinese else "it")
        actor = self.words.named(found["actor"])
        parts = [self._demand(clash, meaning, actor, object_) for meaning in clash.meanings]
        if self._chinese:
            return f"{actor}持有{object_}：" + "，".join(parts)
        holds = "holds" if found["actor"][0] in ("party", "other") else "hold"
        return f"{actor} {holds} {object_}: " + ", ".join(parts)

    def _demand(self, clash: Clash, meaning: Meaning, actor: str, object_: str) -> str:
        clause = self._clause(clash, meaning.norm)
        act = self.words.actions(meaning.norm)
        before, after = self._until(meaning)
        if self._chinese:
            return f"{clause}要求其{before}{act}{after}"
        return f"under {clause} {actor} must {act} {object_}{after}"

    def _until(self, meaning: Meaning) -> tuple[str, str]:
        """By when a duty must be performed, or until when it lasts: what stands before its verb and what behind."""
        reading = Reading(self._world, meaning.norm)
        for window in meaning.norm.windows:
            counted = isinstance(window.amount, (int, str)) and window.unit != "business_day"
            if window.relation not in ("within", "for") or not counted:
                continue
            lasts = window.relation == "for"
            for side in reading.sides()[:1]:
                latest = self._world.clock.latest(reading.window(window, side), ORIGIN)
                if latest is None:
                    continue
                day = self.words.day(_date(latest[0]))
                if not self._chinese:
                    return "", f" until {day}" if lasts else f" by {day}"
                return ("", f"至 {day}") if lasts else (f"于 {day}前（含当日）", "")
        return "", ""

    # --- deadlines ------------------------------------------------------------------------------

    def _deadlines(self, clash: Clash) -> str | None:
        """Where the one period is over and the other is not."""
        pairs = sorted(zip(clash.windows or (), clash.meanings, strict=True), key=lambda pair: _days(pair[0]))
        (window, one), (window2, other) = pairs
        clause, clause2 = (self._clause(clash, meaning.norm) for meaning in (one, other))
        end, end2 = self._end(window, one), self._end(window2, other)
        texts = _DEADLINES[
            "for" if window.relation == "for" else "within" if window.relation == "within" else "other"
        ]
        text = texts[self._chinese].format(clause=clause, clause2=clause2, end=end, end2=end2)
        return text[:1].upper() + text[1:]

    def _end(self, window: Window, meaning: Meaning) -> str:
        """The end of a period in words, with its day where the facts fix it."""
        if window.special is not None:
            return self.words.writer.word("duration", window.special)
        reading = Reading(self._world, meaning.norm)
        text = self._after(window)
        for side in reading.sides()[:1]:
            latest = self._world.clock.latest(reading.window(window, side), ORIGIN)
            if latest is not None and window.unit != "business_day":
                shown = self.words.day(_date(latest[0]))
                return f"{text}（{shown}）" if self._chinese else f"{text} ({shown})"
        return text


#: What a norm says to a question, in English and in Chinese.
_STANCES = {
    "forbids": ("forbids it", "禁止"),
    "permits": ("permits it", "允许"),
    "requires": ("requires it", "要求"),
    "entails": ("permits disclosure to them", "允许向其披露"),
}
_DEADLINES = {
    "within": (
        "{end} the time that {clause} allows is over, and {clause2} still leaves time until {end2}.",
        "{end}一过，按{clause}即已逾期，按{clause2}则尚可至{end2}。",
    ),
    "for": (
        "{end} {clause} lets it end, and {clause2} demands it until {end2}.",
        "{end}，依{clause}即可停止，依{clause2}则须持续至{end2}。",
    ),
    "other": (
        "{clause} counts from {end}, and {clause2} from {end2}.",
        "{clause}以{end}为准，{clause2}以{end2}为准。",
    ),
}


def _days(window: Window) -> Any:
    """How long a period is; one without end is longer than any other."""
    if window.special is not None:
        return float("inf")
    return Length(window.amount, window.unit).in_ticks()


def _date(moment: Any) -> date:
    return date.fromordinal(int(moment // DAY))


def _under_prc_law(contract: Contract) -> bool:
    """Whether PRC law governs: the contract says so, or it is in Chinese and says nothing."""
    facts = contract.facts("governing_law.law")
    if not facts:
        return contract.language == "zh"
    return any(value.id == "prc" for value in of_type("choice", *facts))
