"""When and how often: windows of time, moments and frequencies of a norm."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_names import NameBinder, actors_of
from nda_lint.driver import Node
from nda_lint.lexer import normalise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: what an event is written with
_EVENTS = ("EVENT", "STRING", "DATE")
BOUNDS: dict[str, v.Bound] = {"AT_LEAST": "at_least", "AT_MOST": "at_most"}


class TimeBinder(NameBinder):
    """Binds what a sentence says of time."""

    #: "at least", 最迟: said before the time that they are about
    _bound: Any
    _latest: bool
    _deadlines: list[c.Window]
    #: each window of which a second norm is made, and what holds in it
    _also_while: list[tuple[c.Window, c.Condition]]

    def _frequency_of(self, node: Node, norm: c.Norm) -> None:
        inner = node.nodes()[0]
        value = self._owner.values.convert(inner, None)
        if not value.known:
            self._waiting.append(value)
        self._add(norm, "frequencies", value)

    def _times(self, node: Node, norm: c.Norm) -> None:
        """每年审计乙方一次: the number of times stands behind the object."""
        last = norm.frequencies[-1] if norm.frequencies else None
        token = node.token("COUNT") or node.token("NUMBER")
        if isinstance(last, v.Frequency) and token is not None:
            last.count = int(str(token.id))
            bound = "at_least" if node.token("AT_LEAST") else "at_most" if node.token("AT_MOST") else None
            last.bound = last.bound or bound  # type: ignore[assignment]
        elif token is not None and (norm.modality == "may" or int(str(token.id)) > 1):
            # Of 进行一次审计 the number says nothing; of any other it must not be lost.
            self._owner.report("NDA001", "unexpected", node.span, found=self._text(node), expected=["EVERY"])

    def _vague_window(self, token: Any) -> c.Window:
        span = token.span
        self._waiting.append(v.Vague(token.id, None, None, span))
        return c.Window("within", None, None, None, token.id, None, span, None, None, None)

    def _window(self, relation: str, node: Node, amount: Node | None, event: Node | None) -> c.Window:
        vague = node.token("VAGUE")
        number: int | str | v.Blank | None = None
        unit = bound = maximum = maximum_unit = None
        if amount is not None:
            value = self._owner.values.convert(amount, None)
            if isinstance(value, v.Duration):
                number, unit, bound = value.amount, value.unit, value.bound
                maximum, maximum_unit = value.maximum, value.maximum_unit
            elif isinstance(value, v.Blank):
                self._waiting.append(value)
                number, unit = value, value.unit
            else:
                self._owner.report(
                    "NDA001", "unexpected", value.span, found=self._owner.document.source.text[value.span[0] : value.span[1]],
                    expected=["UNIT"],
                )  # fmt: skip
        if vague is not None:
            self._waiting.append(v.Vague(vague.id, None, None, vague.span))
        special = node.token("DURATION_WORD")
        return c.Window(
            relation, number, unit, self.event(event) if event is not None else None,
            vague.id if vague else None, special.id if special else None, node.span,
            bound, maximum, maximum_unit,
        )  # fmt: skip

    def _within(self, node: Node, norm: c.Norm) -> None:
        window = self._window("within", node, _amount(node), node.node("event"))
        lead = node.token("WITHIN")
        if node.token("BEFORE") and lead is not None:
            # "no later than 10 days before" is at least so long before, "within 10 days before" at most.
            window.relation = "before"
            within = self._text(lead).lower().startswith("within")
            if window.amount is not None and window.maximum is None:
                window.bound = window.bound or ("at_most" if within else "at_least")
        self._add(norm, "windows", window)

    def _only_time(self, node: Node, norm: c.Norm) -> None:
        """ "may claim losses only within a year" is "may only claim losses within a year"; so with "only in writing"."""
        norm.only = True
        norm.in_writing = norm.in_writing or node.token("IN_WRITING") is not None
        for child in node.nodes():
            self._part(child, norm)

    def _ahead(self, node: Node, norm: c.Norm) -> None:
        relation = "before" if node.token("BEFORE") else "after"
        self._add(norm, "windows", self._window(relation, node, _amount(node), node.node("event")))

    def _advance(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("before", node, _amount(node), None))

    def _both_times(self, node: Node, norm: c.Norm) -> None:
        """在本协议有效期内及终止后 2 年内: one norm for each."""
        before = len(norm.windows)
        for child in node.nodes():
            self._part(child, norm)
        token = node.token("WHILE")
        atom = c.ConditionAtom(token.id if token else None, None, (), node.span)
        self._also_while += [
            (window, c.Condition("if", None, (atom,), node.span)) for window in norm.windows[before:]
        ]

    def _twice(self, norms: list[c.Norm]) -> list[c.Norm]:
        twice: list[c.Norm] = []
        for norm in norms:
            for window, condition in self._also_while:
                if any(window is one for one in norm.windows):
                    twin = c.Norm(*(getattr(norm, slot) for slot in c.Norm.__slots__))
                    twin.windows = tuple(one for one in norm.windows if one is not window)
                    twin.conditions = (*norm.conditions, condition)
                    twice.append(twin)
            twice.append(norm)
        return twice

    def _on_notice(self, node: Node, norm: c.Norm) -> None:
        """ "on 30 days' notice": 30 days after notice."""
        window = self._window("after", node, _amount(node), None)
        token = node.token("NOTICE")
        if token is not None:
            window.event = v.Event("notice", None, None, None, None, token.span)
        told = node.node("person")
        parties = [normalise(name) for name in self._owner.document.names.parties]
        if told is not None and (told.token("NAME") is None or len(parties) > 2):
            # Of several, who is told must not be lost.
            self._owner.report("NDA001", "unexpected", told.span, found=self._text(told), expected=["AFTER"])
        self._add(norm, "windows", window)

    def _until(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("until", node, None, node.node("event") or node))

    def _kept_for(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("for", node, _amount(node), None))

    def _lasting(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("for", node, _amount(node), node.node("event")))

    def _moment_window(self, node: Node, norm: c.Norm) -> None:
        relation = {
            "after_event": "after",
            "before_event": "before",
            "at_event": "at",
            "since_event": "from",
        }[node.name]
        last = norm.windows[-1] if norm.windows else None
        if relation in ("after", "at") and last is not None and last.vague and last.event is None:
            # "promptly after discovery" and "immediately upon discovery" are one window.
            last.event = self.event(node.node("event") or node)
            return
        self._add(norm, "windows", self._window(relation, node, None, node.node("event") or node))

    def _chinese_within(self, node: Node, norm: c.Norm) -> None:
        lead = next((n for n in node.nodes() if n.name.startswith("lead_")), None)
        # 终止后 10 日内 is within ten days; 终止后 10 日, 披露前 3 日 and 自签署日起 3 年 are not.
        relation = "within"
        if lead is not None and lead.name == "lead_before":
            relation = "before"
        elif (
            lead is not None
            and node.token("INNER") is None
            and node.token("VAGUE") is None
            and not self._latest
        ):
            relation = "for" if lead.name == "lead_since" else "after"
        window = self._window(relation, node, _amount(node), lead)
        if self._latest:
            self._deadlines.append(window)
            self._latest = False
        self._add(norm, "windows", window)

    def _chinese_ahead(self, node: Node, norm: c.Norm) -> None:
        """在形成 30 日后: thirty days after it, as 在形成后 30 日."""
        lead = next((n for n in node.nodes() if n.name.startswith("lead_")), None)
        event = lead or (node if any(map(node.token, _EVENTS)) else None)
        self._add(norm, "windows", self._window("after", node, _amount(node), event))

    def _after_time(self, node: Node, norm: c.Norm) -> None:
        """ "after 30 days"."""
        self._add(norm, "windows", self._window("after", node, _amount(node), None))

    def _chinese_lasting(self, node: Node, norm: c.Norm) -> None:
        lead = next((n for n in node.nodes() if n.name.startswith("lead_")), None)
        self._add(norm, "windows", self._window("for", node, _amount(node), lead))

    def _chinese_at(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("at", node, None, node))

    def _no_later(self, node: Node, norm: c.Norm) -> None:
        """不迟于 2027 年 3 月 1 日, "no later than 1 March 2027"."""
        self._add(norm, "windows", self._window("before", node, None, node))

    def _in_case(self, node: Node, norm: c.Norm) -> None:
        """如发生泄密: when it happens."""
        self._add(norm, "windows", self._window("at", node, None, node))

    def _moment_of(self, node: Node, norm: c.Norm) -> None:
        """甲方要求时,乙方应…: whose the moment is stands before it."""
        subject = node.node("subject")
        before = len(norm.windows)
        other = node.nodes()[-1] if len(node.nodes()) > 1 else None
        if other is not None:
            self._part(other, norm)
        actors = actors_of(subject) if subject is not None else []
        persons = [child.node("person") for child in actors]
        event = norm.windows[-1].event if len(norm.windows) > before else None
        leading = other.nodes()[0] if other is not None and other.nodes() else other
        # 甲方在终止后 10 日内: what 甲方 does within that time is missing.
        own = leading is not None and (leading.token("WITHIN") or leading.token("SINCE"))
        one = event is not None and event.of is None and event.id is not None and len(persons) == 1
        if event is None or not one or own or persons[0] is None:
            span = subject.span if subject is not None else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["EVENT"])
            return
        event.of = self.person(persons[0])

    def _chinese_bare(self, node: Node, norm: c.Norm) -> None:
        lead = node.nodes()[0]
        relation = {"lead_after": "after", "lead_before": "before", "lead_since": "from"}[lead.name]
        last = norm.windows[-1] if norm.windows else None
        if relation == "after" and last is not None and last.relation == "before" and last.event is None:
            # 提前 10 日书面通知后
            last.relation = "after"
            last.event = self.event(lead)
            return
        self._add(norm, "windows", self._window(relation, node, None, lead))

    def _given_notice(self, node: Node, norm: c.Norm) -> None:
        """ "give Acme 10 days' written notice" says "notify Acme in writing 10 days in advance"."""
        given = next((action for action in norm.actions if action.id == "provide"), None)
        token = node.token("NOTICE")
        if given is None or token is None:
            span = token.span if token else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["OBJECT"])
            return
        given.id = "notify"
        norm.in_writing = norm.in_writing or "written" in self._text(token).lower()
        amount = _amount(node)
        if amount is not None:
            self._add(norm, "windows", self._window("before", node, amount, None))

    def _apply_bound(self, norm: c.Norm) -> None:
        """至少保存 6 个月, 至少每年检查: the bound may stand far before what it bounds."""
        token, self._bound = self._bound, None
        if token is None:
            return
        bound = BOUNDS[token.type]
        for measured in (*norm.windows[::-1], *norm.frequencies[::-1]):
            if not isinstance(measured, (c.Window, v.Frequency)) or measured.bound is not None:
                continue
            if isinstance(measured, v.Frequency) or measured.amount is not None:
                measured.bound = bound
                return
        self._owner.report("NDA001", "unexpected", token.span, found=self._text(token), expected=["ACTION"])


def _amount(node: Node) -> Node | None:
    return next((n for n in node.nodes() if n.name in ("measure", "range", "bounded")), None)


TIMES: dict[str, Any] = {
    "given_notice": TimeBinder._given_notice,
    "times": TimeBinder._times,
    "kept_for": TimeBinder._kept_for,
    "advance": TimeBinder._advance,
    "on_notice": TimeBinder._on_notice,
    "until": TimeBinder._until,
    "then_ended": TimeBinder._until,
    "chinese_ahead": TimeBinder._chinese_ahead,
    "after_time": TimeBinder._after_time,
    "no_later": TimeBinder._no_later,
    "in_case": TimeBinder._in_case,
    "moment_of": TimeBinder._moment_of,
    "both_times": TimeBinder._both_times,
    "frequency_of": TimeBinder._frequency_of,
    "within": TimeBinder._within,
    "only_time": TimeBinder._only_time,
    "ahead": TimeBinder._ahead,
    "lasting": TimeBinder._lasting,
    "after_event": TimeBinder._moment_window,
    "before_event": TimeBinder._moment_window,
    "at_event": TimeBinder._moment_window,
    "since_event": TimeBinder._moment_window,
    "chinese_within": TimeBinder._chinese_within,
    "chinese_lasting": TimeBinder._chinese_lasting,
    "chinese_at": TimeBinder._chinese_at,
    "chinese_bare": TimeBinder._chinese_bare,
}
