"""A rule that cannot be loaded says so, at the words concerned, and says what may have been meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebook.support import compiled, mistakes, rule_text

from nda_lint.rulebook.errors import MESSAGES


@pytest.mark.parametrize(
    ("when", "key", "words", "suggestion"),
    [
        ("term.duraton < 2 years", "unknown-field", "duraton", "term.duration"),
        ("trem.duration < 2 years", "unknown-name", "trem", "term"),
        ("term.duration < CNY 5", "not-comparable", "term.duration < CNY 5", None),
        ("term.duration < 2", "not-comparable", "term.duration < 2", None),
        ("dates.effective is signatre", "unknown-word", "signatre", "signature"),
        ("signature.seal contains official_seal", "unknown-word", "official_seal", None),
        ("scope.forms is oral", "list-needs-quantifier", "scope.forms", None),
        ("party.role is recipient", "list-needs-quantifier", "party.role", None),
        ("parties.role is recipient", "list-needs-quantifier", "role", None),
        ("any n in norms: n.acton is disclose", "unknown-attribute", "acton", "action"),
        ("any n in norms: n.action is disclos", "unknown-word", "disclos", "disclose"),
        ("any n in norms: n.action is source_code", "unknown-word", "source_code", None),
        ("any n in norms: n.object covers source_cod", "unknown-word", "source_cod", "source_code"),
        ("any n in norm: n.in_writing", "unknown-name", "norm", "norms"),
        ("any p in parties: missing p.adress", "unknown-field", "adress", "address"),
        ("any c in storage clauses, training clauses: missing c.server_backup", "unknown-field", "server_backup", None),
        ("any v in scope.forms: v is oral and missing clause use", "loose-part", "missing clause use", None),
        ("any term in norms: term.in_writing", "shadowed", "term", None),
        ("term.duration", "no-condition", "term.duration", None),
        ("agreement.purpose < \"x\"", "not-ordered", "<", None),
        ("sum(scope.forms) > 2", "no-quantity", "scope.forms", None),
        ("term.duration contains written", "not-a-list", "term.duration", None),
        ("term.duration contains \"x\"", "no-text", "term.duration", None),
        ("\"x\" in names of term.duration", "no-names", "names of term.duration", None),
        (
            "any f in facts of scope.forms: any v in f.values: v is orl",
            "unknown-word",
            "orl",
            "oral",
        ),
        ("missing clause dutys", "unknown-kind", "dutys", "duties"),
        ("any v in mony values: v is range", "unknown-type", "mony", "money"),
        ("liability.cap < RMB 5", "unknown-currency", "RMB", "CNY"),
        ("dates.effective < 2026-02-30", "impossible-date", "2026-02-30", None),
        ("profile is commonlaw", "unknown-profile", "commonlaw", "common-law"),
        ("term.duration < 3 yeers", "syntax", "yeers", None),
        ("missing 3 years", "syntax", "3", None),
        ("(term.duration < 3 years", "syntax", "at:", None),
    ],
)  # fmt: skip
def test_mistakes_in_conditions(when: str, key: str, words: str, suggestion: str | None) -> None:
    (error,) = mistakes(when)
    assert error.key == key
    start, end = error.span
    assert error.source.text[start:end] == words
    if suggestion is not None:
        assert suggestion in error.suggestions


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('fix sometimes: "a" 「b」 delete', "unknown-applicability"),
        ("severity: error", "repeated-property"),
        ("default: strickt", "unknown-state"),
        ("default: on, strict in common-low", "unknown-profile"),
        ("analysis: references", "when-or-analysis"),
        ("replaces: TST999", "unknown-rule"),
        ('related: term.duratio "a" 「b」', "unknown-field"),
        ('related: term.duration "a"', "one-language"),
        ("review by: 2026-13-01", "impossible-date"),
        ('cite: "Code", in force since 2026-02-30', "impossible-date"),
        ('fix safe: "a" 「b」 insert in trem "x" 「y」', "unknown-kind"),
        ("bad in nonsense:\n    > x", "unknown-encoding"),
        ("cover: GEN-X", "unknown-property"),
        ('cite: "Code', "unclosed"),
    ],
)
def test_mistakes_in_properties(more: str, key: str) -> None:
    errors = mistakes("missing term.duration", more=more)
    assert key in [error.key for error in errors]


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ('"{term.duratio}" 「」', "unknown-field"),
        ('"{term.duration.mim}" 「x」', "unknown-attribute"),
        ('"{x}" 「x」', "unbound"),
        ('"{a b}" 「x」', "bad-placeholder"),
        ('"{missing term.survival, a b}" 「x」', "bad-placeholder"),
        ('"{missing term.survivl}" 「x」', "unknown-field"),
        ('"{missing parties}" 「x」', "bad-placeholder"),
        ('"only English"', "one-language"),
    ],
)
def test_mistakes_in_messages(message: str, key: str) -> None:
    (error,) = mistakes("term.duration exists", message=message)
    assert error.key == key


@pytest.mark.parametrize("when", ["scope.forms contains oral", "not (any v in scope.forms: v is oral)"])
def test_a_place_must_be_bound(when: str) -> None:
    (error,) = mistakes(when, at="v")
    assert error.key == "unbound"


def test_what_one_side_of_an_or_binds_is_in_no_text_and_on_no_other_side() -> None:
    either = "(any v in scope.forms: v is oral) or (any w in term.duration: w > 1 year)"
    (error,) = mistakes(either, at="v, w", message='"{v}" 「{v}」')
    assert error.key == "unbound"
    error = mistakes("(any v in scope.forms: v is oral) or v is oral", at="v")[0]
    assert error.key == "unknown-name"
    (error,) = mistakes("(any v in scope.forms: v is oral) or (any v in term.duration: v > 1 year)", at="v")
    assert error.key == "shadowed"


def test_every_rule_needs_its_parts() -> None:
    _, errors = compiled("rule TST101 some-fault\n  severity: error\n")
    missing = {error.arguments["property"] for error in errors}
    assert missing == {"summary", "why", "help", "bad", "good", "at", "message", "when"}


def test_codes_and_names_are_used_once() -> None:
    _, errors = compiled(rule_text("missing term.duration") + rule_text("missing term.survival"))
    assert [error.key for error in errors] == ["repeated-rule", "repeated-rule"]


def test_names_say_what_is_wrong_in_kebab_case() -> None:
    (error,) = mistakes("missing term.duration", name="fault")
    assert error.key == "bad-name"


def test_one_mistake_costs_one_rule() -> None:
    text = (
        rule_text("missing term.duraton", code="TST101", name="first-fault")
        + rule_text("term.duration < < 3 years", code="TST102", name="second-fault")
        + rule_text("missing term.duration", code="TST103", name="third-fault")
        + "rule TST104 fourth-fault\n  sevrity: error\n"
    )
    plain, errors = compiled(text)
    assert [head["code"] for head in plain["rules"]] == ["TST103"]
    assert sorted(error.key for error in errors) == ["syntax", "unknown-field", "unknown-property"]
    rows = [error.position[0] for error in errors]
    assert all(text.split("\n")[row - 1].strip() for row in rows)


def test_an_error_shows_its_line_with_a_caret() -> None:
    text = rule_text("term.duration 「长」")
    _, (error,) = compiled(text)
    head, line, caret = error.render("en").split("\n")
    assert head.startswith("house.rules:4:23: ")
    assert line.strip() == "when: term.duration 「长」"
    assert caret.index("^") - 2 == line.index("「") - 2
    _, (wide,) = compiled(rule_text('"长长" = term.duraton'))
    _, line, caret = wide.render("zh").split("\n")
    assert caret.index("^") == line.index("duraton") + 2  # two characters of double width before it


def test_messages_exist_in_both_languages() -> None:
    for english, chinese in MESSAGES.values():
        assert english.count("{") == chinese.count("{")


@given(st.text(alphabet='rule when:at"「」>{}.,()\n ab19-=<*+', max_size=200))
def test_no_rule_file_breaks_the_loader(text: str) -> None:
    _, errors = compiled(text)
    for error in errors:
        assert error.render("en") and error.render("zh")
