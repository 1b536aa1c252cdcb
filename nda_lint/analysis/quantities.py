"""Quantities that stand in running text: lengths of time, sums, percentages, numbers of copies, dates.

Numbers, units, currencies and dates are read by the lexer of the language; what is said here is only how they stand
together in prose, where most words are none of the language's, and where a number may be given twice, in words
and in figures.
"""

from __future__ import annotations

from nda_lint.bind_values import calendar_day
from nda_lint.lexer import NUMERALS, Lexer, Names, atoms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.lexer import Atom
    from nda_lint.source import Span

#: unit → the smaller one that it is so many of
_SMALLER = {"year": ("month", 12), "quarter": ("month", 3), "week": ("day", 7)}
_OF_DAY = 24
_BRACKETS = {"(": ")", "[": "]", "〔": "〕"}
#: what says that a number is given again, in words or in figures
_AGAIN = frozenset(("大", "小", "写", ":", "in", "words", "figures", "say", "only", "整", "正", "即"))
_SAYS_WORDS = (("大", "写"), ("小", "写"), ("in", "words"), ("in", "figures"))
#: before these a number counts nothing: 第三年, Article 3
_ORDINAL = frozenset((
    "第", "article", "articles", "section", "sections", "clause", "clauses", "paragraph", "paragraphs", "schedule",
    "annex", "appendix", "exhibit", "item", "part", "chapter", "no", "number",
))  # fmt: skip
#: characters with which 一 makes another word: 同一日, 任一年
_WITH_ONE = frozenset("同任何某单之另统唯逐万每")
_EVERY = frozenset(("每", "every", "each", "per"))
_PERSONS = frozenset(("persons", "people", "人", "名"))
_PARTS_OF_YUAN = {"角": 10, "分": 100}
_LARGER = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "万": 10_000, "亿": 100_000_000}
#: years of the calendar, not lengths of time
_CALENDAR_YEARS = range(1900, 2200)
_MOST_ENUMERATED = 30
_YEARS = frozenset(("年", "year", "years"))


class Quantity:
    """A quantity as it stands in the text.

    `kind` is ``duration``, ``money``, ``percent``, ``copies``, ``persons``, ``date`` or ``number``; `amount` an exact
    number (for dates year, month and day), `unit` the unit of time or the currency, both in the smaller unit that
    is always the same part of a larger one (months, days). `again` is what is said in brackets if it is another
    amount. `every` tells "every 6 months" from "6 months".
    """

    __slots__ = ("again", "amount", "every", "first", "kind", "span", "unit")

    def __init__(
        self, kind: str, amount: Any, unit: str | None, span: Span, *, first: int = 0,
        every: bool = False, again: Any = None,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.amount = amount
        self.unit = unit
        self.span = span
        #: index of its first atom
        self.first = first
        self.every = every
        self.again = again


def exact(number: int | str, unit: str | None) -> tuple[Any, str | None]:
    """A number of the lexer as an exact number, in the smaller unit that `unit` always is so many of."""
    amount: Any = number
    if isinstance(number, str):
        from fractions import Fraction

        amount = Fraction(number)
    if unit in _SMALLER:
        unit, times = _SMALLER[unit]
        return amount * times, unit
    if unit == "hour" and amount % _OF_DAY == 0:
        return amount // _OF_DAY, "day"
    return amount, unit


class QuantityReader:
    """Reads the quantities of one text, which is normalised."""

    def __init__(self, text: str, lexicon: Mapping[str, Any], names: Names) -> None:
        self.text = text
        self.atoms: list[Atom] = atoms_of(text)
        self.lexer = Lexer(text, self.atoms, lexicon, names)  # type: ignore[arg-type]
        self._words = lexicon["words"]
        self._months = lexicon["months"]
        self._enumerated = self._enumerators()

    def quantities(self) -> list[Quantity]:
        """All that are there, in their order."""
        found: list[Quantity] = []
        index = 0
        while index < len(self.atoms):
            kind, _start, _end, text = self.atoms[index]
            if kind == "d":
                index, quantity = self._date(index)
            elif kind == "n" or (kind in "wc" and self._opens_number(index, text)):
                index, quantity = self._measure(index)
            else:
                index += 1
                continue
            if quantity is not None:
                found.append(quantity)
        return found

    def terminal(self, index: int, *wanted: str) -> tuple[int, str, Any] | None:
        """The longest word at atom `index` that is one of these terminals."""
        if index >= len(self.atoms):
            return None
        return next((found for found in self.lexer.candidates(index) if found[1] in wanted), None)

    def word(self, index: int) -> str:
        """The word at atom `index`; none beyond the ends."""
        return self.atoms[index][3] if 0 <= index < len(self.atoms) else ""

    def _span(self, first: int, after: int) -> Span:
        return self.atoms[first][1], self.atoms[after - 1][2]

    # --- dates ----------------------------------------------------------------------------

    def _date(self, index: int) -> tuple[int, Quantity | None]:
        day = self._day(index)
        if day is None:
            return index + 1, None
        quantity = Quantity("date", day, None, self._span(index, index + 1), first=index)
        if self.word(index + 1) in _BRACKETS and index + 3 < len(self.atoms):
            other = self._day(index + 2)
            closes = self.word(index + 3) == _BRACKETS[self.word(index + 1)]
            if other is not None and closes and self._in_words(index) != self._in_words(index + 2):
                quantity.span = self._span(index, index + 4)
                quantity.again = other if other != day else None
                return index + 4, quantity
        return index + 1, quantity

    def _day(self, index: int) -> tuple[int, int, int] | None:
        if self.atoms[index][0] != "d":
            return None
        return calendar_day(self.text[self.atoms[index][1] : self.atoms[index][2]], self._months)

    def _in_words(self, index: int) -> bool:
        """Whether what stands at atom `index` is written without figures."""
        return not any(c.isascii() and c.isdigit() for c in self.atoms[index][3])

    # --- numbers with their units ---------------------------------------------------------

    def _opens_number(self, index: int, text: str) -> bool:
        entries = self._words.get(text)
        if entries is not None and any(entry[0] == "NUMBER" for entry in entries):
            return True
        return text in NUMERALS and self.terminal(index, "NUMBER", "PERCENT") is not None

    def _measure(self, index: int) -> tuple[int, Quantity | None]:
        """The measure whose number begins at atom `index`, and the atom after it."""
        number = self.terminal(index, "NUMBER")
        percent = self.terminal(index, "PERCENT")
        begin = index
        if percent is not None and (number is None or percent[0] > number[0]):
            index = percent[0]
            number = self.terminal(index, "NUMBER")
        if number is None:
            return index + 1, None
        first, currency = self._currency_before(begin)
        end, amount = number[0], number[2]
        if self.word(end - 1) == ")" and self.word(end) in _LARGER:  # 壹拾(10)万元
            end, amount = end + 1, _times(amount, _LARGER[self.word(end)])
        end, unit = self._unit(end, currency)
        if percent is not None and begin != index:
            unit = ("percent", None)
        end, amount = self._parts_of_yuan(end, amount, unit)
        again_end, again, again_unit, has_unit = self._again(end, index, unit)
        if again is not None:
            end = again_end
            if not has_unit and (unit is None or unit[0] == "money"):
                scale = _LARGER.get(self.word(end), 1)
                end += scale > 1
                amount, again = _times(amount, scale), _times(again, scale)
                after, later = self._unit(end, None if unit is None else unit[1])
                end, unit = (after, later) if later is not None else (end, unit)
        return self._quantity(first, index, end, amount, unit, again, again_unit)

    def _quantity(
        self, first: int, index: int, end: int, amount: Any, unit: Any, again: Any, again_unit: Any
    ) -> tuple[int, Quantity | None]:
        before = self.word(first - 1)
        if before in _ORDINAL or (before in _WITH_ONE and self.word(index) == "一" and before != "每"):
            return max(end, index + 1), None
        kind, of = unit or ("number", None)
        differs = again is not None and _differ((amount, of), (again, again_unit[1] if again_unit else of))
        if of == "year" and amount in _CALENDAR_YEARS and again is None:
            return end, None
        if unit is None and not differs:
            return max(end, index + 1), None
        exactly, smaller = exact(amount, of if kind == "duration" else None)
        if kind == "duration":
            end, exactly, smaller = self._and_smaller(end, exactly, smaller)
            of = smaller
        other = None
        if differs:
            other = exact(again, (again_unit[1] if again_unit else unit[1] if unit else None))[0]
        every = before in _EVERY
        return end, Quantity(kind, exactly, of, self._span(first, end), first=first, every=every, again=other)

    def _unit(self, index: int, currency: str | None) -> tuple[int, tuple[str, str | None] | None]:
        """The unit at atom `index`, as kind and unit; a currency that stood before the number counts too."""
        hyphen = self.word(index) == "-"
        found = self.terminal(index + hyphen, "UNIT", "CURRENCY", "PERCENT", "COUNTER")
        if found is None:
            return index, ("money", currency) if currency else None
        end, terminal, identifier = found
        if terminal == "UNIT":
            if self.word(index + hyphen) == "月":  # 3 月 is March; three months are 三个月
                return index, None
            return end, ("duration", str(identifier))
        if terminal == "CURRENCY":
            return end, ("money", currency or str(identifier))
        if terminal == "PERCENT":
            return end, ("percent", None)
        return end, ("persons" if self.word(index + hyphen) in _PERSONS else "copies", None)

    def _currency_before(self, index: int) -> tuple[int, str | None]:
        """The currency that stands before a number, and where it begins: 人民币(大写)壹万元, RMB ¥10,000."""
        at = index
        if self.word(at - 1) == ")" and self._is_again(at - 3, at - 1) and self.word(at - 4) == "(":
            at -= 4
        else:
            at = self._before_again(at)
        for length in (3, 2, 1):
            found = self.terminal(at - length, "CURRENCY") if at >= length else None
            if found is not None and found[0] == at:
                earlier, other = self._currency_before(at - length)
                return (earlier, other) if other else (at - length, str(found[2]))
        return index, None

    def _before_again(self, at: int) -> int:
        while at > 2 and (self.word(at - 1) == ":" or self._is_again(at - 2, at)):
            at -= 1 if self.word(at - 1) == ":" else 2
        return at

    def _is_again(self, first: int, after: int) -> bool:
        return first >= 0 and tuple(atom[3] for atom in self.atoms[first:after]) in _SAYS_WORDS

    def _parts_of_yuan(self, end: int, amount: Any, unit: Any) -> tuple[int, Any]:
        """With the 角 and 分 that follow the 元."""
        while unit is not None and unit[0] == "money":
            number = self.terminal(end, "NUMBER")
            part = _PARTS_OF_YUAN.get(self.word(number[0])) if number is not None else None
            if number is None or part is None:
                break
            from fractions import Fraction

            end, amount = number[0] + 1, Fraction(amount) + Fraction(int(number[2]), part)
        if unit is not None and unit[0] == "money" and self.word(end) in ("整", "正"):
            end += 1
        return end, amount

    def _and_smaller(self, end: int, amount: Any, unit: str | None) -> tuple[int, Any, str | None]:
        """With what is added to a number of years: 一年半, one year and six months."""
        if unit != "month":
            return end, amount, unit
        if self.word(end) == "半":
            return end + 1, amount + 6 * (self.word(end - 1) in _YEARS), unit
        joint = end + (self.word(end) in ("and", "零", "又"))
        number = self.terminal(joint, "NUMBER") if self.word(end - 1) in _YEARS else None
        months = self.terminal(number[0], "UNIT") if number is not None else None
        if number is None or months is None or months[2] != "month" or self.word(number[0]) == "月":
            return end, amount, unit
        return months[0], amount + exact(number[2], None)[0], unit

    # --- numbers given twice --------------------------------------------------------------

    def _again(self, end: int, index: int, unit: Any) -> tuple[int, Any, Any, bool]:
        """The number that is given again behind atom `end`: where it ends, its amount, its unit, and whether the
        first has a unit; no amount where none is, or both are in words or both in figures."""
        nothing = end, None, None, unit is not None and unit[0] != "money"
        opening = self.word(end)
        closing = _BRACKETS.get(opening)
        after = end + (closing is not None or opening == ",")
        start = self._after_again(after)
        if closing is None and not self._says_words(after, start):
            return nothing
        shown = self.terminal(start, "CURRENCY")
        currency = None
        while shown is not None:
            currency, start = str(shown[2]), shown[0]
            shown = self.terminal(start, "CURRENCY")
        percent = self.terminal(start, "PERCENT")
        start = start if percent is None else percent[0]
        number = self.terminal(start, "NUMBER")
        if number is None or self._in_figures(index) == self._in_figures(start):
            return nothing
        stop, again_unit = self._unit(number[0], currency)
        if percent is not None:
            again_unit = ("percent", None)
        stop, amount = self._parts_of_yuan(stop, number[2], again_unit)
        stop = self._after_again(stop)
        if closing is not None:
            if self.word(stop) != closing or self._is_enumerator(start, number, again_unit):
                return nothing
            stop += 1
        if again_unit is not None and unit is not None and again_unit[0] != unit[0]:
            return nothing
        if again_unit is None and unit is not None and unit[1] == "year" and amount in _CALENDAR_YEARS:
            return nothing
        return stop, amount, again_unit, unit is not None and unit[0] != "money"

    def _in_figures(self, index: int) -> bool:
        return self.atoms[index][0] == "n"

    def _after_again(self, index: int) -> int:
        while self.word(index) in _AGAIN:
            index += 1
        return index

    def _says_words(self, first: int, after: int) -> bool:
        said = tuple(atom[3] for atom in self.atoms[first:after])
        return said[:2] in _SAYS_WORDS

    def _is_enumerator(self, start: int, number: Any, unit: Any) -> bool:
        """Whether (1) opens an item of a list rather than says a number again."""
        if unit is not None or not isinstance(number[2], int):
            return False
        return not self._enumerated.isdisjoint((number[2] - 1, number[2] + 1))

    def _enumerators(self) -> frozenset[int]:
        """The numbers in brackets that no other number stands before."""
        atoms = self.atoms
        return frozenset(
            int(atoms[i][3])
            for i in range(1, len(atoms) - 1)
            if atoms[i][0] == "n" and atoms[i - 1][3] == "(" and atoms[i + 1][3] == ")"
            and atoms[i][3].isdigit() and int(atoms[i][3]) <= _MOST_ENUMERATED
            and not self._ends_number(i - 2)
        )  # fmt: skip

    def _ends_number(self, index: int) -> bool:
        if index < 0:
            return False
        kind, _start, _end, text = self.atoms[index]
        return kind == "n" or text in _LARGER or self._opens_number(index, text)


def _times(amount: Any, scale: int) -> Any:
    if scale == 1:
        return amount
    from fractions import Fraction

    scaled = Fraction(amount) * scale
    return int(scaled) if scaled.denominator == 1 else scaled


def _differ(one: tuple[Any, str | None], other: tuple[Any, str | None]) -> bool:
    """Whether two amounts are certainly not the same: three years and 36 months are, 30 days and a month may be."""
    first, first_unit = exact(*_plain(one))
    second, second_unit = exact(*_plain(other))
    return first != second and (first_unit == second_unit or {first_unit, second_unit} == {"month", None})


def _plain(pair: tuple[Any, str | None]) -> tuple[Any, str | None]:
    amount, unit = pair
    return (str(amount) if not isinstance(amount, int) else amount), unit
