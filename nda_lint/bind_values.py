"""Trees of values → typed values, checked against what their key accepts."""

from __future__ import annotations

from nda_lint import values as v
from nda_lint.driver import Node
from nda_lint.lexer import atoms_of, chinese_number, joined, normalise, words_of_key
from nda_lint.patterns import pattern
from nda_lint.remember import remembering
from nda_lint.spelling import nearest
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_DATE_NUMBERS = pattern(r"\d+")
_DATE_WORD = pattern(r"[A-Za-z]{3,}")
#: 10.000 for ten thousand, which means ten here
_THREE_DECIMALS = pattern(r"(?<![\d.,])\d{1,3}\.\d{3}(?!\d)")
#: currencies of a thousand parts
_OF_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_BLANKS = pattern(r"_{2,}|\[\s*●?\s*\]|【\s*●?\s*】")
_WHOLE_BLANK = pattern(r"[Xx×＿●\s]{2,}|[Xx]{2,}|\[[^\[\]]*\]|【[^【】]*】")
_BOUNDS = {
    "AT_LEAST": "at_least", "AT_MOST": "at_most", "MORE_THAN": "more_than", "LESS_THAN": "less_than",
    "OR_MORE": "at_least", "OR_LESS": "at_most",
}  # fmt: skip


@remembering(16)
def _longest_words(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each phrase: where none of them stands, neither does a phrase."""
    atoms = map(atoms_of, phrases)
    return tuple(dict.fromkeys(max((atom[3] for atom in each), key=len) for each in atoms))


def is_blank(text: str) -> bool:
    """Whether a quoted text is, or has in it, a place left to fill in."""
    return bool(_BLANKS.search(text) or _WHOLE_BLANK.fullmatch(text.strip())) or not text.strip()


class Measure:
    """A number with its unit or currency, before it is known what is measured.

    `number` is an int, a string of decimal digits, or None for a blank."""

    __slots__ = ("currency", "number", "percent", "span", "unit")

    def __init__(self, node: Node) -> None:
        self.number: int | str | None = None
        self.unit: str | None = None
        self.currency: str | None = None
        self.percent = False
        self.span = node.span
        for token in node.children:
            if token.type == "NUMBER":
                self.number = token.id
            elif token.type == "UNIT":
                self.unit = str(token.id)
            elif token.type == "CURRENCY":
                # 人民币 10 万元: what stands before the number says which 元 is meant.
                self.currency = self.currency or str(token.id)
            elif token.type == "PERCENT":
                self.percent = True

    @property
    def blank(self) -> bool:
        """Whether the number is left to fill in."""
        return self.number is None


class Amount:
    """One measure, or a range of two; `bound` for "at least"."""

    __slots__ = ("bound", "exclusive", "high", "low", "span")

    def __init__(self, node: Node) -> None:
        measures = [Measure(child) for child in _measures(node)]
        self.span = node.span
        self.low: Measure = measures[0]
        self.high: Measure = measures[-1]
        self.bound: str | None = None
        if node.name == "bounded":
            self.bound = next(_BOUNDS[t.type] for t in node.children if getattr(t, "type", None) in _BOUNDS)
        if self.low is not self.high:
            # A bound takes a missing unit or currency from the other.
            for missing, other in ((self.low, self.high), (self.high, self.low)):
                missing.unit = missing.unit or other.unit
                missing.currency = missing.currency or other.currency
                missing.percent = missing.percent or other.percent


def _measures(node: Node) -> list[Node]:
    return [node] if node.name == "measure" else [n for n in node.nodes() if n.name == "measure"]


class ValueBinder:
    """Makes values; reports through its owner, the binder of the file."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner
        self._text: str = owner.document.source.text
        loaded = tables()
        self._circular_words = loaded["lexicon"]["circular"]
        self._circular_marks = _longest_words(tuple(self._circular_words))
        self._lexicon = loaded["lexicon"]
        self._months = loaded["lexicon"]["months"]
        #: node of the grammar → what makes a value of it
        self._makers = {
            "text": self._string, "words": self._words, "options": self._options, "choice": self._choice,
            "boolean": self._boolean, "blank": self._blank, "vague": self._vague,
            "circular": self._circular_value, "reference": self._reference,
            "clause_kind": self._clause_kind, "grade": self._grade, "actor": self._actor,
            "liable": self._actor, "thing": self._thing, "moment": self._moment, "date": self._date,
            "duration": self._duration, "frequency": self._frequency,
        }  # fmt: skip

    # --- shapes ---------------------------------------------------------------------------

    def items(self, node: Node) -> list[Node]:
        """The items of a list of values."""
        return node.nodes()

    def is_blank(self, text: str) -> bool:
        """Whether a quoted text is, or has in it, a place left to fill in."""
        return is_blank(text)

    def is_circular(self, text: str) -> bool:
        """Whether a text only points back at the contract ("as agreed")."""
        plain = normalise(text)
        small = plain.lower()
        return (
            any(mark in small for mark in self._circular_marks)
            and joined(atoms_of(plain)) in self._circular_words
        )

    def text(self, text: str, span: tuple[int, int], *, quoted: bool) -> v.Value:
        """Free text, or what a blank or a circular phrase in its place is."""
        if self.is_blank(text):
            return v.Blank(text if quoted else None, None, None, None, None, span)
        definition = self._owner.definitions.get(normalise(text))
        if definition is None and self.is_circular(text):
            return v.Circular(None, text, span)
        return v.Text(text, quoted, definition, span)

    def convert(self, node: Node, field: str | None) -> v.Value:
        """The value a tree stands for, whatever its key wants."""
        span = node.span
        if node.name in ("measure", "range", "bounded"):
            return self._amount(Amount(node), span)
        value: v.Value = self._makers[node.name](node, span)
        return value

    def _string(self, node: Node, span: tuple[int, int]) -> v.Value:
        return self.text(str(node.children[0].id), span, quoted=True)

    def _options(self, node: Node, span: tuple[int, int]) -> v.Value:
        values = tuple(self.convert(child, None) for child in node.nodes())
        # "2 years or 3 years from signing", 自签署日起 2 年或 3 年: what is said once holds for both.
        anchored = [value for value in values if isinstance(value, v.Duration) and value.event is not None]
        if len(anchored) == 1:
            for value in values:
                if isinstance(value, v.Duration) and value.event is None:
                    value.relation, value.event = anchored[0].relation, anchored[0].event
        return v.Options(values, span)

    def _choice(self, node: Node, span: tuple[int, int]) -> v.Value:
        token = node.token("VALUE")
        person = node.node("person")
        return v.Choice(token.id if token else "", self._owner.norms.person(person) if person else None, span)

    def _boolean(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.YesNo(node.token("YES") is not None, span)

    def _blank(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.Blank(None, None, None, None, None, span)

    def _vague(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.Vague(node.children[0].id, None, None, span)

    def _circular_value(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.Circular(node.children[0].id, None, span)

    def _reference(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.ClauseValue(None, str(node.children[0].id), span)

    def _clause_kind(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.ClauseValue(node.children[0].id, None, span)

    def _grade(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.GradeValue(node.children[0].id, span)

    def _actor(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.PersonValue(self._owner.norms.person(node.nodes()[0]), span)

    def _thing(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.ThingValue(self._owner.norms.thing(node), span)

    def _moment(self, node: Node, span: tuple[int, int]) -> v.Value:
        return v.Moment(self._owner.norms.event(node), span)

    def _words(self, node: Node, span: tuple[int, int]) -> v.Value:
        return self.text(str(node.children[0].id), span, quoted=False)

    def day(self, span: tuple[int, int]) -> str | None:
        """The ISO 8601 form of the date at `span`; None (and a finding) where there is no such day."""
        date = self._date(None, span)
        if isinstance(date, v.Date):
            return f"{date.year:04}-{date.month:02}-{date.day:02}"
        return None

    def _date(self, _node: Node | None, span: tuple[int, int]) -> v.Value:
        text = self._text[span[0] : span[1]]
        found = calendar_day(text, self._months)
        if found is None:
            self._owner.report("NDA005", "impossible_date", span, found=text)
            return v.Broken(text, span)
        year, month, day = found
        return v.Date(year, month, day, span)

    # --- quantities -----------------------------------------------------------------------

    def _amount(self, amount: Amount, span: tuple[int, int]) -> v.Value:
        low, high = amount.low, amount.high
        self._scale_low(low, high)
        if low.blank or high.blank:
            return v.Blank(None, low.unit, low.currency, None, None, span)
        if low.currency or high.currency:
            return self._money(amount, span)
        if low.unit:
            return v.Duration(
                low.number, low.unit, high.number if high is not low else None, None, amount.bound,
                None, None, high.unit if high is not low else None, span,
            )  # fmt: skip
        minimum, maximum = _ends(amount)
        return v.Percent(minimum, maximum, span) if low.percent else v.Number(minimum, maximum, span)

    def _scale_low(self, low: Measure, high: Measure) -> None:
        """10 至 50 万元 begins at 100,000: a bound in bare figures takes the scale of the other."""
        scale = next((_SCALES[c] for c in self._text[high.span[0] : high.span[1]] if c in _SCALES), None)
        bare = self._text[low.span[0] : low.span[1]].isdecimal()
        if scale and bare and isinstance(low.number, int) and isinstance(high.number, int):
            scaled = low.number * scale
            if scaled <= high.number:
                low.number = scaled

    def _money(self, amount: Amount, span: tuple[int, int]) -> v.Value:
        minimum, maximum = _ends(amount)
        found = self._text[span[0] : span[1]]
        slip = _THREE_DECIMALS.search(normalise(found))
        if slip and {amount.low.currency, amount.high.currency}.isdisjoint(_OF_THREE_DECIMALS):
            thousands = slip[0].replace(".", ",")
            self._owner.report("NDA004", "thousands_mark", span, found=found, thousands=thousands)
            return v.Broken(found, span)
        other = amount.high.currency if amount.high.currency != amount.low.currency else None
        exclusive = {"more_than": "minimum", "less_than": "maximum"}.get(amount.bound or "")
        return v.Money(minimum, maximum, amount.low.currency, other, exclusive, span)

    def _duration(self, node: Node, span: tuple[int, int]) -> v.Value:
        special = node.token("DURATION_WORD")
        vague = node.token("VAGUE")
        relation, event = self._anchor(node)
        amount = next((n for n in node.nodes() if n.name in ("measure", "range", "bounded")), None)
        if vague is not None:
            return v.Vague(vague.id, relation, event, span)
        if special is not None:
            return v.Duration(None, None, None, special.id, None, relation, event, None, span)
        if amount is None:
            raise TypeError("a duration has an amount")
        value = self._amount(Amount(amount), span)
        if isinstance(value, (v.Duration, v.Blank)):
            value.relation, value.event = relation, event  # type: ignore[assignment]
        elif value.known:
            self._owner.report(
                "NDA001", "unexpected", span, found=self._text[span[0] : span[1]], expected=["UNIT"]
            )
            return v.Broken(self._text[span[0] : span[1]], span)
        return value

    def _anchor(self, node: Node) -> tuple[str | None, v.Event | None]:
        for child in node.nodes():
            relation = {
                "after": "after", "chinese_after": "after", "before": "before", "chinese_before": "before",
                "since": "from", "chinese_since": "from",
            }.get(child.name)  # fmt: skip
            if relation:
                event = child.node("event") or child
                return relation, self._owner.norms.event(event)
        if node.token("IN_ADVANCE"):
            return "before", None
        return ("within", None) if node.token("WITHIN") or node.token("INNER") else (None, None)

    def _frequency(self, node: Node, span: tuple[int, int]) -> v.Value:
        count: int | str = 1
        bound = None
        period: tuple[int | str | None, str | None] = (1, None)
        for child in node.children:
            if isinstance(child, Node):
                measure = Measure(child)
                period = (measure.number, measure.unit)
            elif child.type in _BOUNDS:
                bound = _BOUNDS[child.type]
            elif child.type in ("COUNT", "NUMBER"):
                count = int(str(child.id)) if str(child.id).isdigit() else child.id
            elif child.type == "UNIT":
                period = (1, child.id)
            elif child.type == "FREQUENCY_WORD":
                number, _, unit = str(child.id).partition(" ")
                period = (int(number), unit)
        if period[0] is None:
            return v.Blank(None, period[1], None, None, None, span)
        if period[1] is None:
            self._owner.report(
                "NDA001", "unexpected", span, found=self._text[span[0] : span[1]], expected=["UNIT"]
            )
            return v.Broken(self._text[span[0] : span[1]], span)
        return v.Frequency(count, period[0], period[1], bound, span)

    # --- types of keys --------------------------------------------------------------------

    def typed(self, node: Node, entry: dict[str, Any], field: str) -> v.Value:
        """The value of an item for a key; a wrong one is reported and kept as broken."""
        if node.name == "circular":
            return self._circular_value(node, node.span)
        value = self.convert(node, field)
        if isinstance(value, v.Options):
            return value
        fitted = self._fit(value, node, entry, field)
        if fitted is not None:
            return fitted
        span = node.span
        found = self._text[span[0] : span[1]]
        quotes = any(mark in found for mark in '"“”「」『』《》')
        if "text" in entry["types"] and node.name != "text" and not entry["choices"] and not quotes:
            quoted = f"「{found}」" if self._owner.language == "zh" else f'"{found}"'
            self._owner.report("NDA004", "quote_text", span, found=found, quoted=quoted)
            return v.Text(found, False, None, span)
        self._report_type(value, node, entry, field, found)
        return v.Broken(found, span)

    def _report_type(self, value: v.Value, node: Node, entry: dict[str, Any], field: str, found: str) -> None:
        span = node.span
        if node.name == "words" and "person" in entry["types"] and not entry["choices"]:
            names = self._owner.document.names.parties
            near = nearest(found, names)
            template = "undeclared_party_near" if near else "undeclared_party"
            self._owner.report("NDA007", template, span, found=found, near=near)
            return
        near = nearest(joined(atoms_of(normalise(found))), words_of_key(self._lexicon, field)[0])
        self._owner.report("NDA004", "wrong_type", span, found=found, field=field, near=near)

    def _fit(self, value: v.Value, node: Node, entry: dict[str, Any], field: str) -> v.Value | None:
        """`value` if the key accepts it, what it means to the key, or None."""
        types = entry["types"]
        if not value.known:
            return (
                value if isinstance(value, (v.Blank, v.Circular, v.Broken)) or _is_quantity(types) else None
            )
        if value.type == "text":
            if not isinstance(value, v.Text):
                return None
            if value.quoted and ("text" in types or "item" in types or "identifier" in types):
                return value
            if not value.quoted and ("item" in types or "identifier" in types):
                return value
            return self._term(value, types)
        if value.type in types:
            return value
        if value.type == "person" and "clause" in types:
            return None
        if value.type == "number" and "frequency" in types:
            return None
        return None

    def _term(self, value: v.Text, types: tuple[str, ...]) -> v.Value | None:
        """A quoted term where a person or a thing is wanted."""
        if not value.quoted:
            return None
        if "person" in types:
            return v.PersonValue(
                v.Person("text", None, None, value.text, None, None, value.term, value.span), value.span
            )
        if "thing" in types:
            return v.ThingValue(
                v.Thing("text", None, None, value.text, None, None, value.term, None, value.span), value.span
            )
        if "moment" in types:
            return v.Moment(v.Event(None, value.text, None, value.term, value.span), value.span)
        if "grade" in types:
            return v.GradeValue(value.text, value.span)
        return None


def calendar_day(text: str, months: dict[str, int]) -> tuple[int, int, int] | None:
    """Year, month and day of a date as written; None where there is no such day."""
    numbers = [int(number) for number in _DATE_NUMBERS.findall(normalise(text))]
    if not numbers:
        numbers = [chinese_number(part) for part in text[:-1].replace("月", "年").split("年")]
    word = _DATE_WORD.search(text)
    if "年" in text or len(numbers) == 3:
        year, month, day = numbers
    else:
        day, year = numbers
        month = months.get(word.group().lower(), 0) if word else 0
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month) or year < 1:
        return None
    return year, month, day


def _ends(amount: Amount) -> tuple[int | str | None, int | str | None]:
    low, high = amount.low.number, amount.high.number
    if amount.bound in ("at_least", "more_than"):
        return low, None
    if amount.bound in ("at_most", "less_than"):
        return None, low
    return low, high


def _is_quantity(types: tuple[str, ...]) -> bool:
    """Whether a vague word may stand for a value of these types."""
    return any(type_ in ("duration", "frequency", "number", "money", "percent", "date") for type_ in types)


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]
