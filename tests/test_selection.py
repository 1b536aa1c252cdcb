"""Which rules a run checks."""

from __future__ import annotations

import pytest

from nda_lint.linter import Settings, lint
from nda_lint.problem import UsageError
from nda_lint.rulebook import combine, compile_rules
from nda_lint.selection import matching, require_known, selected, unknown_rule
from nda_lint.source import Source
from nda_lint.tables import Tables, tables, using


class Rule:
    def __init__(self, code: str, name: str) -> None:
        self.code = code
        self.name = name


RULES = [
    Rule("NDA001", "syntax-error"),
    Rule("NDA103", "missing-term"),
    Rule("NDA301", "conflicting-values"),
    Rule("NDA302", "forbidden-but-required"),
    Rule("CN001", "cn-arb-or-court"),
]
DEFAULT = frozenset({"NDA001", "NDA103", "NDA301"})
ALWAYS = {"NDA001", "NDA006"}


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("NDA301", {"NDA301"}),
        ("nda301", {"NDA301"}),
        ("conflicting-values", {"NDA301"}),
        ("NDA3", {"NDA301", "NDA302"}),
        ("NDA30", {"NDA301", "NDA302"}),
        ("CN", {"CN001"}),
        ("nda", {"NDA001", "NDA103", "NDA301", "NDA302"}),
        ("all", {"NDA001", "NDA103", "NDA301", "NDA302", "CN001"}),
        ("ND", set()),
        ("conflicting", set()),
        ("", set()),
        ("NDA3012", set()),
    ],
)
def test_words(word: str, codes: set[str]) -> None:
    assert matching(word, RULES) == codes


def choose(select: str = "", extend: str = "", ignore: str = "") -> set[str]:
    chosen = selected(
        RULES, DEFAULT, select=select.split(), extend_select=extend.split(), ignore=ignore.split()
    )
    return set(chosen) - ALWAYS


def test_selection() -> None:
    assert choose() == {"NDA103", "NDA301"}
    assert choose(select="NDA302") == {"NDA302"}
    assert choose(extend="NDA302") == {"NDA103", "NDA301", "NDA302"}
    assert choose(select="NDA302", extend="CN") == {"NDA302", "CN001"}
    assert choose(ignore="missing-term") == {"NDA301"}
    assert choose(select="ALL", ignore="NDA3") == {"NDA103", "CN001"}


def test_the_more_exact_word_prevails() -> None:
    assert choose(select="NDA301", ignore="NDA3") == {"NDA301"}
    assert choose(select="NDA3", ignore="NDA301") == {"NDA302"}
    assert choose(select="conflicting-values", ignore="NDA") == {"NDA301"}
    assert choose(select="NDA301", ignore="NDA301") == set()
    assert choose(extend="NDA302", ignore="ALL") == {"NDA302"}


def test_what_makes_a_file_unreadable_is_always_said() -> None:
    assert selected(RULES, DEFAULT, select=["NDA3"], ignore=["NDA0"]) >= ALWAYS


def test_unknown_words_are_usage_errors() -> None:
    require_known(["NDA3", "missing-term"], RULES, "--select")
    with pytest.raises(UsageError) as error:
        require_known(["NDA301", "mising-term"], RULES, "--ignore")
    assert error.value.english == "--ignore: there is no rule “mising-term”; did you mean “missing-term”?"
    assert error.value.chinese == "--ignore：没有名为“mising-term”的规则；是否应为“missing-term”？"
    with pytest.raises(UsageError, match=r"NDA303.*did you mean “NDA30"):
        require_known(["NDA303"], RULES, "--select")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("NDA190", "NDA109"), ("nda021", "NDA012"), ("NDA114", "NDA113"), ("NDA999", "NDA902"), ("NDA777", "")],
)
def test_of_codes_of_one_family_the_nearest_is_meant(word: str, meant: str) -> None:
    """Swapped digits first, then as few wrong ones as may be."""
    rules = [
        Rule(code, "some-fault") for code in ("NDA012", "NDA101", "NDA109", "NDA110", "NDA113", "NDA902")
    ]
    for text in unknown_rule(word, rules):
        assert (f"“{meant}”" in text) if meant else ("“NDA" not in text.replace(f"“{word}”", ""))


def test_a_rule_that_is_asked_for_speaks_whatever_its_default() -> None:
    """One that speaks on a condition only is like one that is off, where the condition does not hold."""
    text = contract_of_both("clause term\n  duration: 3 years from signing\n")
    plain, errors = compile_rules(
        [("house.rules", CONDITIONAL)], tables()["schema"], tables()["names"], known=tables()["rules"]
    )
    assert errors == []
    with using(Tables.upon(tables(), {"rules": combine(tables()["rules"], plain)})):
        for settings, fires in (
            (Settings(), False),
            (Settings(extend_select=("TST1",)), True),
            (Settings(select=("odd-term",)), True),
            (Settings(profiles=("strict",)), True),
            (Settings(extend_select=("TST1",), ignore=("TST101",)), False),
        ):
            codes = {finding.code for finding in lint(Source(text), settings).findings}
            assert ("TST101" in codes) is fires


def contract_of_both(clauses: str) -> str:
    return f'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\n{clauses}'


CONDITIONAL = """\
rule TST101 odd-term
  severity: warning
  default: strict, on where agreement.type is mutual
  summary: "An odd term" 「奇怪的期限」
  when: term.duration exists
  at: term.duration
  message: "Odd." 「奇怪。」
  why: "Because." 「理由。」
  help: "Mend it." 「请更正。」
  bad:
    > clause term
    >   duration: 3 years
  good:
    > clause term
"""
