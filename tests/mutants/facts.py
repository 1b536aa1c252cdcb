"""Operators on facts and prose: each yields mutants of a contract with the rules that must find them.

An operator knows what it breaks from what the contract says (its bound facts), never from its wording or its name.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mutants.mutant import Mutant, Original

from nda_lint.period import last_day
from nda_lint.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.contract import Block, Fact

#: Kind of clause → the rule that misses what only it says, and the keys that say it.
_REQUIRED = {
    "scope": ("NDA102", r"scope\.(technical|business|financial|other|personal)_information"),
    "term": ("NDA103", r"term\.(duration|end_date)"),
    "disputes": ("NDA106", r"disputes\.(court|arbitration|court_place)"),
    "counterparts": ("NDA107", r"counterparts\.(number|signed_in_counterparts|originals)"),
    "amendment": ("NDA108", r"amendment\.form"),
    "notices": ("NDA113", r"notices\.channels"),
    "signature": (
        "NDA114",
        r"signature\.(form|seal|signatories|e_signature)|counterparts\.signed_in_counterparts",
    ),
    "liability": ("NDA105", r"liability\.(liquidated_damages|amount)"),
}
_SHORT = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_DIGITS = (
    "〇一二三四五六七八九十",
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
)


def delete_a_clause(original: Original) -> Iterator[Mutant]:
    """A required clause is gone: what only it said is missing."""
    for kind, (code, keys) in _REQUIRED.items():
        said = [fact for fact in original.facts if re.fullmatch(keys, fact.field)]
        blocks = [block for block in original.contract.blocks if block.kind == kind]
        if len(blocks) == 1 and said and all(fact.block is blocks[0] for fact in said):
            span = original.lines_of(blocks[0])
            made = original.with_text(span, "", code)
            yield Mutant(made.text, made.codes, ((0, len(made.text)),))


def delete_the_survival(original: Original) -> Iterator[Mutant]:
    """Nothing says how long the duties last afterwards."""
    said = [
        fact for fact in original.facts if re.fullmatch(r"term\.(.*survival.*|surviving_clauses)", fact.field)
    ]
    afterwards = [
        window
        for norm in original.contract.norms
        for window in norm.windows
        if window.relation == "for" and window.event is not None
    ]
    prose = [block for block in original.contract.blocks if block.kind == "term" and block.paragraphs]
    if said and not afterwards and not original.contract.facts("termination.effect_on_duties"):
        edits = [(original.line_of(fact.span), "") for fact in said]
        edits += [(original.line_of(paragraph.span), "") for block in prose for paragraph in block.paragraphs]
        made = original.edited(edits, "NDA104")
        yield Mutant(made.text, made.codes, ((0, len(made.text)),))


def swap_bounds(original: Original) -> Iterator[Mutant]:
    """From the larger to the smaller sum."""
    for fact, value in original.values("money"):
        if value.minimum is None or value.maximum is None or value.minimum == value.maximum:
            continue
        written = original.written(fact.value.span)
        numbers = [match.span() for match in re.finditer(r"\d[\d,.]*(?: ?[万亿])?", written)]
        if len(numbers) == 2:
            (a, b), (c, d) = numbers
            swapped = written[:a] + written[c:d] + written[b:c] + written[a:b] + written[d:]
            yield original.with_text(fact.value.span, swapped, "NDA201")


def mix_currencies(original: Original) -> Iterator[Mutant]:
    """One bound in another currency."""
    for fact, value in original.values("money"):
        if value.minimum is not None and value.maximum is not None and value.minimum != value.maximum:
            other = "EUR" if value.currency != "EUR" else "USD"
            bounds = (f"{value.currency} {value.minimum}", f"{other} {value.maximum}")
            text = original.word(" to ", " 至 ").join(bounds)
            yield original.with_text(fact.value.span, text, "NDA204")


def add_a_copy(original: Original) -> Iterator[Mutant]:
    """A copy more than are handed out, or one less."""
    number, each = original.fact("counterparts.number"), original.fact("counterparts.held_by_each")
    parties = len(original.contract.parties)
    if number is None or each is None or original.contract.facts("counterparts.copies_filed"):
        return
    held: Any = each.value
    copied: Any = number.value
    for change in (1, -1):
        copies = copied.minimum + change
        codes = ["NDA203"] if copies != held.minimum * parties else []
        made = original.with_text(number.value.span, str(copies), *codes)
        yield Mutant(made.text, made.codes, (*made.places, each.span, number.block.span))


def leave_open(original: Original) -> Iterator[Mutant]:
    """A length of time that is vague, blank, circular or a choice that nobody has made."""
    unsettled = (
        ("NDA205", "a reasonable period", "合理期限"),
        ("NDA207", "____ years", "____ 年"),
        ("NDA215", "as agreed", "按约定"),
        ("NDA206", "2 years or 3 years", "2 年或者 3 年"),
    )
    for fact, value in original.values("duration"):
        if value.amount is not None and value.event is None and fact.field in _LENGTHS:
            for code, english, chinese in unsettled:
                yield original.with_text(fact.value.span, original.word(english, chinese), code)


#: Keys that take a length of time and nothing else.
_LENGTHS = (
    "term.duration",
    "term.renewal_period",
    "liability.first_breach_cure",
    "third_parties.audit_notice",
)


def say_it_twice(original: Original) -> Iterator[Mutant]:
    """One key, two quantities, days or answers."""
    for fact in original.facts:
        if len(fact.values) != 1 or not _takes_one(fact):
            continue
        other = _other_value(original, fact.value)
        if other is None:
            continue
        key = original.written((fact.key_span[0], fact.value.span[0]))
        yield original.with_line_after(fact.span, f"{key}{other}", "NDA301", *_NEAR.get(fact.field, ()))


#: Keys of which a second value is what a rule of its own is about.
_NEAR = {
    "term.duration": ("NDA307",), "term.survival": ("NDA308",), "dates.effective": ("NDA202",),
    "dates.signed": ("NDA202",), "term.automatic_renewal": ("NDA321",), "counterparts.number": ("NDA203",),
    "counterparts.held_by_each": ("NDA203",),
}  # fmt: skip


def _takes_one(fact: Fact) -> bool:
    kind, _, key = fact.field.partition(".")
    entry = tables()["schema"]["kinds"][kind]["fields"].get(key)
    return entry is not None and not (entry["many"] or fact.name)


def _other_value(original: Original, value: Any) -> str | None:
    if value.type == "yes_no":
        return original.word("no", "否") if value.value else original.word("yes", "是")
    if value.type == "date":
        return f"{value.year + 1}-{value.month:02}-{value.day:02}"
    if value.type in ("duration", "money", "number", "percent"):
        return _other_number(original.written(value.span))
    return None


def _other_number(written: str) -> str | None:
    """The same with each number raised; None where there is none in figures."""
    if not re.search(r"\d", written) or re.search(r"[A-Za-z一-龥]+ ?\(\d", written):
        return None
    return re.sub(r"\d[\d,]*", lambda match: str(int(match[0].replace(",", "")) * 2 + 1), written)


def add_a_forum(original: Original) -> Iterator[Mutant]:
    """A court beside the arbitration, an arbitration beside the court, a second court."""
    court, arbitration = original.fact("disputes.court"), original.fact("disputes.arbitration")
    named = {
        "court": original.word('court: "High Court of Singapore"', "诉讼:「深圳市南山区人民法院」"),
        "arbitration": original.word(
            'arbitration: "Singapore International Arbitration Centre"', "仲裁:「北京仲裁委员会」"
        ),
    }
    if arbitration is not None and court is None:
        yield original.with_line_after(arbitration.span, named["court"], "NDA306")
        yield original.with_line_after(arbitration.span, named["arbitration"], "NDA316", "NDA301")
    if court is not None and arbitration is None:
        yield original.with_line_after(court.span, named["arbitration"], "NDA306")
        yield original.with_line_after(court.span, named["court"], "NDA316", "NDA301")


def add_a_law(original: Original) -> Iterator[Mutant]:
    """A second governing law."""
    fact = original.fact("governing_law.law")
    if fact is not None:
        law = original.word("law: Singapore", "适用法律:新加坡")
        yield original.with_line_after(fact.span, law, "NDA301")


def shift_the_end(original: Original) -> Iterator[Mutant]:
    """A last day that is not the one which the length of the term comes to, and one before the beginning."""
    fact, start = original.fact("term.duration"), _start(original)
    if fact is None or start is None or original.fact("term.end_date") is not None:
        return
    value: Any = fact.value
    if value.type != "duration" or not isinstance(value.amount, int) or value.unit not in ("month", "year"):
        return
    months = value.amount * (12 if value.unit == "year" else 1)
    end = last_day(start, months=months)
    if end is None:
        return
    key = original.word("end date: ", "到期日:")
    for day, codes in (
        (end, ()),
        (end.replace(year=end.year + 1), ("NDA301",)),
        (end + timedelta(days=40), ("NDA301",)),
        (start.replace(year=start.year - 1), ("NDA301", "NDA308")),
    ):
        made = original.with_line_after(fact.span, f"{key}{day.isoformat()}", *codes)
        yield Mutant(made.text, made.codes, (*made.places, *_places(original, "dates.signed")))


def _start(original: Original) -> date | None:
    """The day of signing, where the term runs from it."""
    fact, length = original.fact("dates.signed"), original.fact("term.duration")
    event: Any = getattr(length.value, "event", None) if length is not None else None
    if fact is None or fact.value.type != "date" or event is None or event.id != "signing":
        return None
    value: Any = fact.value
    return date(value.year, value.month, value.day)


def _places(original: Original, field: str) -> Iterator[tuple[int, int]]:
    return (fact.span for fact in original.contract.facts(field))


def effective_first(original: Original) -> Iterator[Mutant]:
    """In force before it is signed, though nothing says that it looks back."""
    signed, effective = original.fact("dates.signed"), original.fact("dates.effective")
    if signed is None or effective is None or signed.value.type != "date":
        return
    value: Any = signed.value
    for years, codes in ((-1, ("NDA202",)), (0, ()), (1, ())):
        if codes and original.contract.facts("dates.look_back"):
            continue
        day = f"{value.year + years}-{value.month:02}-{value.day:02}"
        made = original.with_text(effective.value.span, day, *codes)
        yield Mutant(made.text, made.codes, (*made.places, signed.span))


def never_ending(original: Original) -> Iterator[Mutant]:
    """A term with an end and without one; a survival that the term outlives."""
    duration, survival = original.fact("term.duration"), original.fact("term.survival")
    if duration is None or getattr(duration.value, "amount", None) is None:
        return
    text = original.word("duration: indefinite", "期限:无限期")
    yield original.with_line_after(duration.span, text, "NDA307")
    value: Any = duration.value
    days = value.amount * _SHORT.get(value.unit, 0) if isinstance(value.amount, int) else 0
    if survival is None or days <= _SHORT["month"] or value.event is None:
        return
    anchor = original.written(value.event.span)
    short = original.word(f"1 month from {anchor}", f"自{anchor}起 1 个月")
    if original.chinese and not anchor.endswith("日"):
        short = f"自{anchor}日起 1 个月"
    yield original.with_text(survival.value.span, short, "NDA308")


def break_a_reference(original: Original) -> Iterator[Mutant]:
    """A label that is not there."""
    for norm in original.contract.norms:
        for priority in norm.priorities:
            written = original.written(priority.span)
            place = priority.span[0] + written.index("@") + 1
            missing = f"{original.word('nowhere', '没有此条')}9"
            yield original.with_text((place, place + len(priority.label)), missing, "NDA405")


def bend_into_a_circle(original: Original) -> Iterator[Mutant]:
    """Two norms, each of which yields to the other."""
    norms = [norm for norm in original.contract.norms if not norm.label and not norm.priorities]
    spans = [norm.span for norm in original.contract.norms]
    norms = [norm for norm in norms if spans.count(norm.span) == 1]
    for one, other in pairwise(norms):
        yields = original.word(", subject to @{}", ",受限于 @{}")
        yield original.edited(
            [
                ((one.span[0], one.span[0]), "@mutant1 "),
                ((one.span[1], one.span[1]), yields.format("mutant2")),
                ((other.span[0], other.span[0]), "@mutant2 "),
                ((other.span[1], other.span[1]), yields.format("mutant1")),
            ],
            "NDA406",
        )


def misspell_a_party(original: Original) -> Iterator[Mutant]:
    """A party's full name with a letter less, in the wording of the agreement."""
    for party in original.contract.parties:
        title = party.title or ""
        # In Chinese the letter before the form of the company: another one may tell two companies apart.
        place = len(title) - 5 if original.chinese else 2
        drifted = title[:place] + title[place + 1 :]
        if len(title) > 6:
            line = original.word(f"> This concerns {drifted}.", f"> 本协议涉及{drifted}。")
            clause = original.contract.clauses[-1]
            yield original.with_line_after(clause.span, line, "NDA407")


def define_again(original: Original) -> Iterator[Mutant]:
    """A term with two meanings."""
    for definition in original.contract.definitions:
        end = original.line_of(definition.span)[1]
        line = original.word(
            f'define "{definition.name}": "something else"', f"定义「{definition.name}」:「另一含义」"
        )
        made = original.with_text((end, end), f"{line}\n", "NDA403")
        yield Mutant(made.text, made.codes, (*made.places, definition.span))


def ban_the_channel(original: Original) -> Iterator[Mutant]:
    """An address for notices at a public mailbox, where these are banned."""
    banned = original.fact("transmission.banned_channels")
    if banned is None or all(value.id != "public_mailboxes" for value in banned.values):  # type: ignore[attr-defined]
        return
    for fact in original.contract.facts("party.email"):
        made = original.with_text(fact.value.span, "legal.department@163.com", "NDA312")
        yield Mutant(made.text, made.codes, (*made.places, banned.span))


def turn_the_direction(original: Original) -> Iterator[Mutant]:
    """A mutual agreement whose parties have a role each, and a one-way one in which both disclose."""
    fact = original.fact("agreement.type")
    roles = [
        fact_.value for party in original.contract.parties for fact_ in party.facts if fact_.key == "role"
    ]
    if fact is None or not roles:
        return
    one_way = fact.value.id == "one_way"  # type: ignore[attr-defined]
    other = original.word("mutual", "双向") if one_way else original.word("one-way", "单向")
    made = original.with_text(fact.value.span, other, "NDA315")
    yield Mutant(made.text, made.codes, ((0, len(made.text)),))


# --- prose -----------------------------------------------------------------------------------


def change_the_figures(original: Original) -> Iterator[Mutant]:
    """In “three (3) years”, the figures alone."""
    for start, end in _numbers_given_twice(original):
        yield original.with_text((start, end), str(int(original.text[start:end]) + 4), "NDA501", "NDA502")


def change_the_prose(original: Original) -> Iterator[Mutant]:
    """In “three (3) years”, both, so that the prose says something else than the fact."""
    for start, end in _numbers_given_twice(original):
        number = int(original.text[start:end])
        words: Any = _DIGITS[0] if original.chinese else _DIGITS[1]
        if number + 4 >= len(words):
            continue
        begin = start - 1 - original.text[: start - 1][::-1].index(words[number][::-1]) - len(words[number])
        if original.text[begin : start - 1].strip().lower() == words[number]:
            gap = original.text[begin + len(words[number]) : start]
            yield original.with_text((begin, end), f"{words[number + 4]}{gap}{number + 4}", "NDA502")


def change_the_fact(original: Original) -> Iterator[Mutant]:
    """The fact alone, so that the prose of its clause says something else."""
    for fact, value in original.values("duration"):
        if not isinstance(value.amount, int) or not fact.block.paragraphs:
            continue
        stated = [
            (start, end)
            for start, end in _numbers_given_twice(original)
            if _within(start, fact.block) and int(original.text[start:end]) == value.amount
        ]
        if stated:
            written = original.written(fact.value.span)
            other = re.sub(r"\d+", lambda match: str(int(match[0]) + 4), written, count=1)
            made = original.with_text(fact.value.span, other, "NDA502")
            yield Mutant(
                made.text,
                made.codes,
                (*made.places, *(paragraph.span for paragraph in fact.block.paragraphs)),
            )


def _numbers_given_twice(original: Original) -> list[tuple[int, int]]:
    """The figures in prose behind the same number in words."""
    found = []
    for block in original.contract.blocks:
        for paragraph in block.paragraphs:
            for match in re.finditer(r"[(（](\d+)[)）]", original.written(paragraph.span)):
                found.append((paragraph.span[0] + match.start(1), paragraph.span[0] + match.end(1)))
    return found


def _within(place: int, block: Block) -> bool:
    return any(paragraph.span[0] <= place < paragraph.span[1] for paragraph in block.paragraphs)


def change_one_language(original: Original) -> Iterator[Mutant]:
    """The wording in a second language, with another length of time; and with the same, which is no defect."""
    fact = original.fact("term.duration")
    value: Any = fact.value if fact is not None else None
    if fact is None or value.type != "duration" or not isinstance(value.amount, int) or value.unit != "year":
        return
    for years, codes in ((value.amount, ()), (value.amount + 1, ("NDA502",))):
        english = f"> This Agreement is in force for {years} years from its date."
        chinese = f"> 本协议自签署之日起 {years} 年内有效。"
        end = fact.block.span[1]
        line = english if original.chinese else chinese
        made = original.with_line_after((end - 1, end), line, *codes)
        yield Mutant(made.text, made.codes, (*made.places, fact.span))


OPERATORS: tuple[Any, ...] = (
    delete_a_clause, delete_the_survival, swap_bounds, mix_currencies, add_a_copy, leave_open, say_it_twice,
    add_a_forum, add_a_law, shift_the_end, effective_first, never_ending, break_a_reference, bend_into_a_circle,
    misspell_a_party, define_again, ban_the_channel, turn_the_direction, change_the_figures, change_the_prose,
    change_the_fact, change_one_language,
)  # fmt: skip
