"""Hypothesis strategies that generate whole contracts from the schema and the vocabulary.

What is generated is typed first (:mod:`nda_lint.contract`) and then written by the product's own
writer, so that a test can ask whether reading gives back what was written.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_norms import assignment
from nda_lint.tables import tables
from nda_lint.write_norms import NormWriter

SPAN = (0, 0)
PARTIES = {"en": ("Acme", "Beta"), "zh": ("甲方", "乙方")}
GRADES = {"en": ("Core", "General"), "zh": ("核心", "一般")}
TERMS = {"en": ("Project", "Test Data"), "zh": ("合作项目", "测试数据")}
#: phrases that no table knows
FREE = {"en": ("quarterly figures", "X1 line", "the blue book"), "zh": ("季度数字", "X1 生产线", "蓝皮书")}
UNITS = ("hour", "day", "business_day", "week", "month", "quarter", "year")
CURRENCIES = ("CNY", "USD", "EUR", "HKD")


def ids(language: str, section: str) -> list[str]:
    """Ids that have a name in this language and class."""
    return sorted(tables()["names"][language].get(section, ()))


def names_of(language: str, section: str, identifier: str | None) -> tuple[str, ...]:
    return tuple(tables()["names"][language][section].get(identifier, ()))


def choice_names(language: str, entry: dict[str, Any], identifier: str) -> list[str]:
    """The words for an id of the lists of a key."""
    return [
        name
        for cls in entry["choice_classes"]
        for name in names_of(language, "choice", f"{cls}.{identifier}")
    ]


def numbers() -> st.SearchStrategy[int]:
    return st.integers(1, 40) | st.sampled_from([365, 10_000, 123_456_789])


@st.composite
def persons(draw: st.DrawFn, language: str, *, owned: bool = True) -> v.Person:
    kind = draw(st.sampled_from(["party", "person", "owned", "vague"] if owned else ["party", "person"]))
    party = v.Person("party", None, draw(st.sampled_from(PARTIES[language])), None, None, None, None, SPAN)
    if kind == "party":
        return party
    identifier = draw(st.sampled_from(ids(language, "person")))
    of = party if kind == "owned" else None
    vague = draw(st.sampled_from(["very_few", "several"])) if kind == "vague" else None
    return v.Person("person", identifier, None, None, of, vague, None, SPAN)


def _one_word(noun: str, thing: str) -> bool:
    """Whether the noun of an action and what it is done to make another word in Chinese: 销毁 and 证明."""
    names = tables()["names"]["zh"]
    together = f"{names['action_noun'][noun][0]}{names['object'][thing][0]}"
    return any(together.startswith(word) for words in names["object"].values() for word in words)


@st.composite
def things(draw: st.DrawFn, language: str) -> v.Thing:
    kind = draw(st.sampled_from(["object", "object", "graded", "action", "every", "owned", "person"]))
    if kind == "graded":
        grade = draw(st.sampled_from(GRADES[language]))
        return v.Thing(
            "graded",
            draw(st.sampled_from(["information", "document"])),
            grade,
            None,
            None,
            None,
            None,
            None,
            SPAN,
        )
    if kind in ("action", "every"):
        identifier = draw(st.sampled_from(ids(language, "action_noun")))
        about = None
        if kind == "every" and draw(st.booleans()):
            what = [one for one in ids(language, "object") if not _one_word(identifier, one)]
            about = v.Thing("object", draw(st.sampled_from(what)), *(None,) * 6, SPAN)
        return v.Thing(
            "action", identifier, None, None, None, kind == "every" or None, None, None, SPAN, about
        )
    if kind == "person":
        return v.Thing(
            "person", None, None, None, draw(persons(language, owned=False)), None, None, None, SPAN
        )
    of = draw(persons(language, owned=False)) if kind == "owned" else None
    return v.Thing(
        "object", draw(st.sampled_from(ids(language, "object"))), None, None, None, None, None, of, SPAN
    )


@st.composite
def events(draw: st.DrawFn, language: str) -> v.Event:
    return v.Event(draw(st.sampled_from(ids(language, "event"))), None, None, None, None, SPAN)


@st.composite
def windows(draw: st.DrawFn, language: str) -> c.Window:
    relation = draw(
        st.sampled_from(
            ["within", "before", "after", "at", "from", "for", "bare", "lasting", "advance", "until"]
        )
    )
    event = draw(events(language))
    amount, unit = draw(numbers()), draw(st.sampled_from(UNITS))
    bound = draw(st.sampled_from([None, "at_least", "at_most", "range"]))
    length = {"amount": amount, "unit": unit}
    if bound == "range":
        length |= {"maximum": amount + 1, "maximum_unit": unit}
    elif bound is not None:
        length["bound"] = bound
    if relation == "advance":
        return _window("before", **length)
    if relation == "until":
        return _window("until", event=event)
    if relation == "bare":
        return _window("within", amount=amount, unit=unit)
    if relation == "lasting":
        return _window("for", **length)
    if relation in ("at", "from") or (relation in ("before", "after") and draw(st.booleans())):
        return _window(relation, event=event)
    return _window(relation, amount=amount, unit=unit, event=event)


def _window(relation: str, **parts: object) -> c.Window:
    parts = {"relation": relation, "span": SPAN, **parts}
    return c.Window(*(parts.get(slot) for slot in c.Window.__slots__))


@st.composite
def condition_atoms(draw: st.DrawFn, language: str) -> c.ConditionAtom:
    kind = draw(st.sampled_from(["impersonal", "predicate", "pronoun", "text"]))
    if kind == "text":
        return c.ConditionAtom(None, draw(st.sampled_from(FREE[language])), (), SPAN)
    if kind == "impersonal":
        return c.ConditionAtom(draw(st.sampled_from(ids(language, "condition"))), None, (), SPAN)
    identifier = draw(st.sampled_from(ids(language, "condition_predicate")))
    subjects = (draw(persons(language, owned=False)),) if kind == "predicate" else ()
    return c.ConditionAtom(identifier, None, subjects, SPAN)


@st.composite
def conditions(draw: st.DrawFn, language: str) -> c.Condition:
    atoms = tuple(draw(st.lists(condition_atoms(language), min_size=1, max_size=3)))
    connective = draw(st.sampled_from(["and", "or"])) if len(atoms) > 1 else None
    return c.Condition(draw(st.sampled_from(["if", "unless", "only_if"])), connective, atoms, SPAN)


def _words(draw: st.DrawFn, language: str, section: str, cls: str) -> c.Words:
    count = draw(st.integers(1, 2))
    words = tuple(
        v.Word(None, draw(st.sampled_from(FREE[language])), None, SPAN)
        if draw(st.integers(0, 4)) == 0
        else v.Word(draw(st.sampled_from(ids(language, section))), None, None, SPAN)
        for _ in range(count)
    )
    connective = draw(st.sampled_from(["and", "or"])) if count > 1 else None
    return c.Words(words, connective, draw(st.booleans()) if cls == "only" else False, SPAN)


def _connective(draw: st.DrawFn, members: tuple[object, ...]) -> str | None:
    return draw(st.sampled_from(["and", "or"])) if len(members) > 1 else None


@st.composite
def norms(draw: st.DrawFn, language: str, labels: tuple[str, ...]) -> c.Norm:
    actors = tuple(draw(st.lists(persons(language), min_size=1, max_size=2)))
    actions = tuple(
        v.Word(identifier, None, None, SPAN)
        for identifier in draw(
            st.lists(st.sampled_from(ids(language, "action")), min_size=1, max_size=2, unique=True)
        )
    )
    objects = tuple(draw(st.lists(things(language), min_size=1, max_size=2)))
    recipients = tuple(
        c.Recipients(
            draw(st.sampled_from(["to", "with", "from"])),
            people,
            _connective(draw, people),
            draw(st.booleans()),
            SPAN,
        )
        for people in draw(
            st.lists(st.lists(persons(language, owned=False), min_size=1, max_size=2).map(tuple), max_size=1)
        )
    )
    purposes = tuple(_words(draw, language, "purpose", "only") for _ in range(draw(st.integers(0, 1))))
    means = tuple(_words(draw, language, "means", "only") for _ in range(draw(st.integers(0, 1))))
    times = tuple(draw(st.lists(windows(language), max_size=1)))
    tests = tuple(draw(st.lists(conditions(language), max_size=2)))
    priorities = tuple(
        c.Priority(kind, draw(st.sampled_from(labels)), SPAN)
        for kind in draw(
            st.lists(st.sampled_from(["subject_to", "notwithstanding", "failing_which"]), max_size=2)
        )
    )
    modality = draw(st.sampled_from(["must", "must_not", "may"]))
    norm = c.Norm(
        None, modality, actors, _connective(draw, actors),
        draw(st.booleans()), modality != "must_not" and draw(st.booleans()), actions, _connective(draw, actions), objects,
        _connective(draw, objects), recipients, purposes, means, draw(st.booleans()), times,
        tuple(draw(st.lists(frequencies(), max_size=1))), tests, (), priorities, None, None, SPAN, SPAN,
    )  # fmt: skip
    # What is read is in this form: an agreement is assigned, whatever the word.
    assignment(norm)
    return norm


@st.composite
def frequencies(draw: st.DrawFn) -> v.Frequency:
    bound = draw(st.sampled_from([None, "at_least", "at_most"]))
    return v.Frequency(
        draw(st.integers(1, 4)), draw(st.integers(1, 6)), draw(st.sampled_from(UNITS)), bound, SPAN
    )


def _own_words(language: str, entry: dict[str, Any]) -> set[str]:
    """The words of a key's own list: an event or person called by one of them means that word there."""
    return {name for i in entry["choices"] for name in choice_names(language, entry, i)}


@st.composite
def durations(draw: st.DrawFn, language: str) -> v.Duration:
    relation = draw(st.sampled_from([None, "from", "after", "before"]))
    event = draw(events(language)) if relation else None
    shape = draw(st.sampled_from(["plain", "range", "bound", "special"]))
    unit = draw(st.sampled_from(UNITS))
    if shape == "special":
        special = draw(st.sampled_from(["indefinite", "until_public", "statutory"]))
        return v.Duration(None, None, None, special, None, relation, event, None, SPAN)
    if shape == "range":
        return v.Duration(
            draw(numbers()),
            unit,
            draw(numbers()),
            None,
            None,
            relation,
            event,
            draw(st.sampled_from(UNITS)),
            SPAN,
        )
    bound = (
        draw(st.sampled_from(["at_least", "at_most", "more_than", "less_than"])) if shape == "bound" else None
    )
    return v.Duration(draw(numbers()), unit, None, None, bound, relation, event, None, SPAN)


@st.composite
def money(draw: st.DrawFn) -> v.Money:
    low, high = draw(numbers()), draw(numbers())
    currency = draw(st.sampled_from(CURRENCIES))
    other = draw(st.sampled_from([None, None, *CURRENCIES]))
    shape = draw(st.sampled_from(["fixed", "range", "from", "to", "over", "under"]))
    if shape == "fixed" or (shape == "range" and low == high):
        return v.Money(low, low, currency, None, None, SPAN)
    if shape == "range":
        return v.Money(low, high, currency, other if other != currency else None, None, SPAN)
    if shape in ("from", "over"):
        return v.Money(low, None, currency, None, "minimum" if shape == "over" else None, SPAN)
    return v.Money(None, low, currency, None, "maximum" if shape == "under" else None, SPAN)


@st.composite
def values(draw: st.DrawFn, language: str, entry: dict[str, Any], labels: tuple[str, ...]) -> v.Value:
    type_ = draw(st.sampled_from(list(entry["types"])))
    text = draw(st.sampled_from([*FREE[language], *TERMS[language]]))
    match type_:
        case "choice":
            plain = [
                i
                for i in entry["choices"]
                if "domicile" not in i or "_of_" in i or "defendant" in i or "plaintiff" in i
            ]
            return v.Choice(draw(st.sampled_from(plain)), None, SPAN)
        case "text":
            return v.Text(text, True, None, SPAN)
        case "item":
            return v.Text(text, draw(st.booleans()), None, SPAN)
        case "identifier":
            return v.Text(
                draw(st.sampled_from(["91310115MA1K000003", "legal@jia.example"])), False, None, SPAN
            )
        case "yes_no":
            return v.YesNo(draw(st.booleans()), SPAN)
        case "number" | "percent":
            low = draw(numbers())
            return (v.Number if type_ == "number" else v.Percent)(
                low, draw(st.sampled_from([low, low + 7])), SPAN
            )
        case "money":
            return draw(money())
        case "duration":
            return draw(durations(language))
        case "frequency":
            return draw(frequencies())
        case "date":
            return v.Date(
                draw(st.integers(1990, 2090)), draw(st.integers(1, 12)), draw(st.integers(1, 28)), SPAN
            )
        case "moment":
            own = _own_words(language, entry)
            return v.Moment(
                draw(events(language).filter(lambda e: names_of(language, "event", e.id)[0] not in own)), SPAN
            )
        case "person":
            own = _own_words(language, entry)
            return v.PersonValue(
                draw(
                    persons(language).filter(
                        lambda p: p.id is None or names_of(language, "person", p.id)[0] not in own
                    )
                ),
                SPAN,
            )
        case "thing":
            thing = v.Thing(
                "object",
                draw(st.sampled_from(ids(language, "object"))),
                None,
                None,
                None,
                None,
                None,
                None,
                SPAN,
            )
            return v.ThingValue(thing, SPAN)
        case "clause":
            if draw(st.booleans()):
                return v.ClauseValue(draw(st.sampled_from(ids(language, "kind"))), None, SPAN)
            return v.ClauseValue(None, draw(st.sampled_from(labels)), SPAN)
        case "grade":
            return v.GradeValue(draw(st.sampled_from(GRADES[language])), SPAN)
    raise AssertionError(type_)


@st.composite
def facts(draw: st.DrawFn, language: str, kind: str, labels: tuple[str, ...]) -> c.Fact:
    fields = tables()["schema"]["kinds"][kind]["fields"]
    key = draw(st.sampled_from(sorted(fields)))
    entry = fields[key]
    found = tuple(
        draw(st.lists(values(language, entry, labels), min_size=1, max_size=3 if entry["many"] else 1))
    )
    if draw(st.integers(0, 9)) == 0:
        found = (v.Blank(None, None, None, None, None, SPAN),)
    known = PARTIES[language] if entry["named"] == "party" else (*GRADES[language], *FREE[language])
    name = draw(st.sampled_from(known)) if entry["named"] else None
    return c.Fact(f"{kind}.{key}", key, name, found, None, SPAN, None, SPAN)


@st.composite
def contracts(draw: st.DrawFn, language: str) -> tuple[str, list[c.Fact], list[c.Norm]]:
    """Text of a contract, with the facts and norms that it states in source order."""
    writer = NormWriter("zh" if language == "zh" else "en")
    first = "regel-1" if language == "en" else "规则甲"
    labels = (first,)
    lines = [f"{writer.keyword('AGREEMENT')} {writer.quoted(FREE[language][0])}"]
    for party in PARTIES[language]:
        lines.append(f"{writer.keyword('PARTY')} {party} {writer.quoted(FREE[language][1])}")
    for term in TERMS[language]:
        lines.append(f"{writer.keyword('DEFINE')} {writer.quoted(term)}: {writer.quoted(FREE[language][2])}")
    lines.append(f"{writer.keyword('CLAUSE')} {writer.word('kind', 'classification')} @{first}")
    for grade in GRADES[language]:
        lines.append(f"{writer.field('classification.grade')} {writer.quoted(grade)}: {writer.quoted(grade)}")
    stated: list[c.Fact] = []
    said: list[c.Norm] = []
    for kind in draw(st.lists(st.sampled_from(ids(language, "kind")), min_size=1, max_size=3)):
        lines.append(f"{writer.keyword('CLAUSE')} {writer.word('kind', kind)}")
        for fact in draw(st.lists(facts(language, kind, labels), max_size=4)):
            stated.append(fact)
            name = f" {writer.quoted(fact.name)}" if fact.name else ""
            separator = "、" if language == "zh" else ", "
            text = separator.join(writer.value(value, fact.field) for value in fact.values)
            lines.append(f"  {writer.field(fact.field)}{name}: {text}")
        for norm in draw(st.lists(norms(language, labels), max_size=3)):
            said.append(norm)
            lines.append(f"  {writer.norm(norm)}")
        if draw(st.booleans()):
            lines.append("  > " + FREE[language][0] + "  # not a comment")
        if draw(st.booleans()):
            lines.append("  # " + FREE[language][1])
    return "\n".join(lines) + "\n", stated, said
