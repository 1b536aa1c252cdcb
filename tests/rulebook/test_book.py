"""Which rules speak, how loudly, with what law, and what they offer to mend."""

from __future__ import annotations

import marshal
import threading
from typing import Any

import pytest
from rulebook.support import book, compiled, contract, findings, rule_text

from nda_lint.contract import Contract
from nda_lint.finding import Finding
from nda_lint.rulebook import Rulebook, combine, compile_rules, narrow, rulebook
from nda_lint.rulebook.guard import guard_of
from nda_lint.source import Source
from nda_lint.tables import tables

EMPTY = "clause term\n"
BILINGUAL = "clause term\n  duration: 18 months\n"


def names(found: list[Finding]) -> list[str]:
    return [finding.name for finding in found]


@pytest.mark.parametrize(
    ("more", "profiles", "speaks"),
    [
        ("", ("default",), True),
        ("default: strict", ("default",), False),
        ("default: strict", ("common-law", "strict"), True),
        ("default: off", ("strict",), False),
        ("default: on, strict in common-law", ("default",), True),
        ("default: on, strict in common-law", ("common-law",), False),
        ("default: on, strict in common-law", ("common-law", "strict"), True),
        ("default: strict, on where missing term.survival", ("default",), True),
        ("default: strict, on where term.survival exists", ("default",), False),
        ("applies: contract is english", ("default",), True),
        ("applies: contract is chinese", ("default",), False),
        ("applies: profile is common-law", ("default",), False),
        ("applies: term.survival < 3 years", ("default",), False),
    ],
)
def test_when_a_rule_speaks(more: str, profiles: tuple[str, ...], speaks: bool) -> None:
    found = findings(EMPTY, "missing term.duration", more=more, profiles=profiles)
    assert bool(found) is speaks


def test_a_rule_that_is_asked_for_speaks() -> None:
    plain, _ = compiled(rule_text("missing term.duration", more="default: off"))
    rules = Rulebook(plain, tables()["names"])
    assert rules.by_default(("strict",)) == frozenset()
    assert names(rules.evaluate(contract(EMPTY), selected={"TST101"})) == ["some-fault"]
    assert rules.evaluate(contract(EMPTY), selected=set()) == []


def test_a_word_of_a_person_is_said_with_the_person() -> None:
    text = 'party Acme "Acme Ltd"\nclause disputes\n  court: court at the domicile of Acme\n'
    for language, said in (("en", "court at the domicile of Acme"), ("zh", "Acme所在地人民法院")):
        (finding,) = findings(text, "any c in disputes.court: c is court_at_domicile", at="c",
                              message='"{c}" 「{c}」', language=language)  # fmt: skip
        assert finding.message == said


def test_a_finding_may_stand_at_the_first_place_of_several() -> None:
    """The condition is judged once then, however often the key is given."""
    text = "clause liability\n  breaches: misuse, late return\nclause liability\n  breaches: any breach\n"
    for at, starts in (("first liability.breaches", [29]), ("liability.breaches", [29, 37, 78])):
        found = findings(text, "liability.breaches exists", at=at)
        assert [finding.span[0] for finding in found] == starts
    assert (
        findings(text, "missing liability.basis", at="first liability.basis, clause liability")[0].span[0]
        == 0
    )


def test_a_finding_may_stand_at_the_last_place_of_several() -> None:
    """A contradiction stands at the later place, whichever that is, and names the other."""
    more = 'related: term.duration "Here." 「此处。」 related: term.survival "There." 「彼处。」'
    for lines in ("duration: 3 years\n  survival: 2 years", "survival: 2 years\n  duration: 3 years"):
        text = f"clause term\n  {lines}\n"
        (found,) = findings(
            text, "term.duration > term.survival", at="last term.duration, last term.survival", more=more
        )
        assert text[slice(*found.span)] == lines.rpartition(": ")[2]
        (related,) = found.related
        assert text[slice(*related.span)] == lines.partition(": ")[2].partition("\n")[0]


def test_each_side_of_an_or_has_places_of_its_own() -> None:
    """What one side binds is not there for the other, which stands elsewhere."""
    text = (
        "clause duties\n  non-compete for: 2 years\n  recipient must not compete\n"
        "  recipient may compete\n  discloser must not compete\n"
    )
    forbidden = "(any n in norms: n.modality is must_not and n.action is compete)"
    agreed = "(any v in duties.non_compete_for: v > 1 year)"
    starts = {
        "norms": [text.index("recipient must"), text.index("discloser must")],
        "key": [text.index("2 years")],
    }
    for when in (f"{forbidden} or {agreed}", f"({agreed} or {forbidden}) and missing clause use"):
        found = findings(text, when, at="n, v, contract", more='related: n "x" 「x」')
        assert sorted(finding.span[0] for finding in found) == sorted(starts["norms"] + starts["key"])
        assert [len(finding.related) for finding in found if finding.span[0] == starts["key"][0]] == [0]
    found = findings(text, f"{agreed} or missing clause use", at="v, clause duties")
    assert sorted(finding.span[0] for finding in found) == [0, *starts["key"]]
    found = findings(text, f"{agreed} or missing clause duties", at="v, clause duties")
    assert [finding.span[0] for finding in found] == starts["key"]


@pytest.mark.parametrize(
    ("more", "profiles", "severity"),
    [
        ("error", ("default",), "error"),
        ("error, info in common-law", ("default",), "error"),
        ("error, info in common-law", ("common-law",), "info"),
        ("error, warning where missing term.survival", ("default",), "warning"),
        ("error, warning where contract is template", ("default",), "error"),
    ],
)
def test_severity(more: str, profiles: tuple[str, ...], severity: str) -> None:
    text = rule_text("missing term.duration").replace("severity: warning", f"severity: {more}")
    (finding,) = book(text).evaluate(contract(EMPTY), profiles=profiles)
    assert finding.severity == severity


def test_a_pack_has_its_own_condition() -> None:
    pack = 'pack prc "China" 「中国」 applies: governing_law.law is prc\n'
    rules = book(pack + rule_text("missing term.duration"))
    assert rules.evaluate(contract(EMPTY)) == []
    assert names(rules.evaluate(contract(EMPTY + "clause governing-law\n  law: PRC\n"))) == ["some-fault"]


def test_one_rule_stands_in_for_another_where_it_applies() -> None:
    general = rule_text("missing term.duration", code="TST101", name="general-fault")
    special = rule_text(
        "missing term.survival",
        code="TST102",
        name="special-fault",
        more="replaces: general-fault\n  applies: governing_law.law is prc",
    )
    rules = book(general + special)
    assert names(rules.evaluate(contract(EMPTY))) == ["general-fault"]
    chinese = contract(EMPTY + "clause governing-law\n  law: PRC\n")
    assert names(rules.evaluate(chinese)) == ["special-fault"]
    silent = contract("clause term\n  survival: 2 years\nclause governing-law\n  law: PRC\n")
    assert rules.evaluate(silent) == []
    assert names(rules.evaluate(chinese, selected={"TST101"})) == ["general-fault"]


def test_one_rule_stands_in_for_the_finding_of_an_analysis() -> None:
    general = rule_text("missing term.duration", code="TST101", name="general-fault")
    special = rule_text(
        "missing term.survival",
        code="TST102",
        name="special-fault",
        more="replaces: general-fault\n  applies: governing_law.law is prc",
    )
    rules = book(general + special)
    found = Finding("TST101", "general-fault", "warning", "found", (0, 1))
    chinese = contract(EMPTY + "clause governing-law\n  law: PRC\n")
    assert rules.complete([found], contract(EMPTY)) == [found]
    assert rules.complete([found], chinese) == []
    assert rules.complete([found], chinese, selected={"TST101"}) == [found]


def test_law_is_that_of_the_day() -> None:
    more = (
        'cite: "Act art. 16" 「法第十六条」, in force until 2026-02-28\n'
        '  cite: "Act art. 27" 「法第二十七条」, in force since 2026-03-01\n  cite: "Code"'
    )
    rules = book(rule_text("missing term.duration", more=more))

    def cited(text: str, as_of: str | None = None) -> list[str]:
        (finding,) = rules.evaluate(contract(text), as_of=as_of)
        return [cite.text for cite in finding.cites]

    assert cited(EMPTY, "2026-02-01") == ["Act art. 16", "Code"]
    assert cited(EMPTY, "2026-03-01") == ["Act art. 27", "Code"]
    assert cited(EMPTY + "clause dates\n  signed: 2025-01-01\n") == ["Act art. 16", "Code"]
    (finding,) = rules.evaluate(contract(EMPTY), as_of="2027-01-01", language="zh")
    assert [cite.text for cite in finding.cites] == ["法第二十七条", "Code"]
    assert finding.cites[0].in_force_from == "2026-03-01"


def test_a_rule_holds_while_it_is_in_force() -> None:
    rules = book(rule_text("missing term.duration", more="in force: since 2026-03-01 until 2027-03-01"))
    assert [
        bool(rules.evaluate(contract(EMPTY), as_of=day)) for day in ("2026-02-28", "2026-03-01", "2027-03-02")
    ] == [
        False,
        True,
        False,
    ]


def test_a_message_names_the_keys_that_are_not_given() -> None:
    message = '"not there: {missing term.duration, term.survival, term.end_date}" 「缺：{missing term.duration, term.survival, term.end_date}」'
    text = "clause term\n  survival: ____\n"
    for language, expected in (("en", "not there: duration, end date"), ("zh", "缺：期限、到期日")):
        (found,) = findings(text, "missing term.duration", message=message, language=language)
        assert found.message == expected


def test_messages_speak_the_language_asked_for() -> None:
    message = '"{term.duration} is long" 「{term.duration}太长」'
    for language, expected in (("en", "18 months is long"), ("zh", "18 个月太长")):
        (finding,) = findings(BILINGUAL, "term.duration > 1 year", message=message, language=language)
        assert finding.message == expected


@pytest.mark.parametrize(
    ("text", "field", "english", "chinese"),
    [
        ("clause liability\n  cap: CNY 10,000\n", "liability.cap", "CNY 10,000", "人民币 10,000 元"),
        ("clause liability\n  cap: USD 1.5\n", "liability.cap", "USD 1.5", "1.5 美元"),
        ("clause amendment\n  form: written\n", "amendment.form", "written", "书面"),
        ("clause term\n  end date: 2026-03-01\n", "term.end_date", "2026-03-01", "2026-03-01"),
        ("clause disputes\n  exclusive: yes\n", "disputes.exclusive", "yes", "是"),
        ('clause disputes\n  seat: "Shanghai"\n', "disputes.seat", "Shanghai", "Shanghai"),
        ("clause term\n  duration: 3 to 5 years\n", "term.duration", "3 years to 5 years", "3 年至 5 年"),
        ("clause term\n  duration: indefinite\n", "term.duration", "indefinite", "无限期"),
        ("clause dates\n  effective: ____\n", "dates.effective", "____", "____"),
        ("clause counterparts\n  number: 2\n", "counterparts.number", "2", "2"),
    ],
)
def test_values_in_words(text: str, field: str, english: str, chinese: str) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        (finding,) = findings(
            text, f"{field} exists", field, message=f'"{{{field}}}" 「{{{field}}}」', language=language
        )
        assert finding.message == expected


@pytest.mark.parametrize(
    ("text", "when", "at", "fix", "mended"),
    [
        (
            "clause liability\n  cap: CNY 20 to CNY 10\n",
            "liability.cap.min > liability.cap.max",
            "liability.cap",
            'replace with "{liability.cap.max} to {liability.cap.min}" 「至」',
            "clause liability\n  cap: CNY 10 to CNY 20\n",
        ),
        (
            "clause term\n  duration: 3 years\n  survival: 5 years\n",
            "any f in facts of term.duration: f.value < 9 years",
            "f",
            "delete",
            "clause term\n  survival: 5 years\n",
        ),
        (
            "clause term  # to do\nclause use\n",
            "missing term.duration",
            "clause term",
            'insert in term "duration: ____" 「期限：____」',
            "clause term  # to do\n  duration: ____\nclause use\n",
        ),
        (
            "条款 期限",
            "missing clause counterparts",
            "contract",
            'insert in counterparts "number: 2" 「份数:2」',
            "条款 期限\n\n条款 份数\n  份数:2\n",
        ),
        (
            "clause term\r\n",
            "missing term.duration",
            "contract",
            'insert in term "duration: ____" 「期限：____」',
            "clause term\r\n  duration: ____\r\n",
        ),
    ],
)
def test_fixes(text: str, when: str, at: str, fix: str, mended: str) -> None:
    (finding,) = findings(text, when, at, more=f'fix unsafe: "Mend it" 「更正」 {fix}')
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    (edit,) = finding.fix.edits
    assert text[: edit.span[0]] + edit.text + text[edit.span[1] :] == mended


def test_findings_of_analyses_are_completed() -> None:
    text = (
        rule_text("x")
        .replace("  when: x\n", "  analysis: norms\n")
        .replace("severity: warning", "severity: error, info in strict")
    )
    text = "\n".join(line for line in text.split("\n") if not line.strip().startswith(("at:", "message:")))
    rules = book(text)
    assert rules.evaluate(contract(EMPTY)) == []
    own = Finding("TST101", "some-fault", "warning", "found", (0, 1))
    (finding,) = rules.complete([own], contract(EMPTY), profiles=("strict",))
    assert (finding.severity, finding.help) == ("info", "Mend it.")
    other = Finding("TST999", "another-fault", "warning", "found", (0, 1))
    assert rules.complete([other], contract(EMPTY)) == [other]


def test_a_house_has_its_own_rules() -> None:
    loaded = tables()
    plain, errors = compile_rules(
        [("house.rules", rule_text("missing term.duration", more="replaces: missing-term"))],
        loaded["schema"],
        loaded["names"],
        known=tables()["rules"],
    )
    assert errors == []
    both = Rulebook(combine(loaded["rules"], plain), loaded["names"])
    assert len(both.rules) == len(rulebook().rules) + 1
    found = names(both.evaluate(contract(EMPTY)))
    assert "some-fault" in found and "missing-term" not in found and "missing-survival" in found
    assert both.rules[-1].text("summary", "zh") == "缺陷"
    _, errors = compile_rules(
        [("house.rules", rule_text("missing term.duration", code="NDA103"))],
        loaded["schema"],
        loaded["names"],
        known=tables()["rules"],
    )
    assert [error.key for error in errors] == ["repeated-rule"]


def test_compiled_rules_are_plain_data() -> None:
    plain: Any = compiled(rule_text("any p in parties: p.role is recipient", at="p"))[0]
    assert marshal.loads(marshal.dumps(plain)) == plain


def test_threads_may_share_a_rulebook() -> None:
    rules = Rulebook(tables()["rules"], tables()["names"])
    bound = contract(EMPTY)
    results: list[list[Finding]] = []
    threads = [threading.Thread(target=lambda: results.append(rules.evaluate(bound))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8 and all(result == results[0] for result in results)


def test_no_guard_keeps_a_rule_from_its_finding() -> None:
    """With all guards open the examples of all rules give the same findings."""
    loaded = tables()
    guarded = Rulebook(loaded["rules"], loaded["names"])
    heads = tuple({**head, "guard": ()} for head in loaded["rules"]["rules"])
    packs = tuple({**pack, "guard": ()} for pack in loaded["rules"]["packs"])
    rules = {name: loaded["rules"][name] for name in ("bodies", "texts", "documents")}
    open_to_all = Rulebook({**rules, "rules": heads, "packs": packs}, loaded["names"])
    texts = [text for rule in guarded.rules for kind in ("bad", "good") for text, _ in rule.documents[kind]]
    for text in texts:
        bound = _bound(text)
        assert guarded.evaluate(bound) == open_to_all.evaluate(bound)


def test_no_norm_is_passed_over_of_which_a_rule_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking only at the norms with the actions that are named finds what looking at all of them finds."""
    loaded = tables()
    narrowed = Rulebook(loaded["rules"], loaded["names"])
    texts = [text for rule in narrowed.rules for kind in ("bad", "good") for text, _ in rule.documents[kind]]
    bound = [contract for contract in map(_bound, texts) if contract.norms]
    found = [narrowed.evaluate(contract) for contract in bound]
    monkeypatch.setattr(narrow, "actions_of", lambda slot, body: None)
    whole = Rulebook(loaded["rules"], loaded["names"])
    assert len(bound) > 100
    assert [whole.evaluate(contract) for contract in bound] == found


def _bound(text: str) -> Contract:
    from nda_lint.bind import bind
    from nda_lint.parser import parse

    return bind(parse(Source(text)))


def test_guards_ask_for_what_is_needed() -> None:
    missing = ("missing", ("field", "term.duration"))
    known = ("compare", "<", ("field", "term.survival"), ("duration", 2, "year"))
    assert guard_of(missing, known) == ((("term.duration", False),), (("term.survival", True),))
    assert guard_of(("or", missing, known)) == ((("term.duration", False), ("term.survival", True)),)
    assert guard_of(("not", ("or", missing, known))) == (
        (("term.duration", True),),
        (("term.survival", True),),
    )
    assert guard_of(("or", missing, ("not", missing))) == ()
    assert guard_of(("any", 3, ("norms",), ("truth", ("part", ("slot", 3), "norm.only")))) == (
        (("@norms", True),),
    )
    assert guard_of(("every", 3, ("norms",), known)) == ()
