"""Comments that silence findings, and what is said about comments that do not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from test_cli import nda_lint

from nda_lint.contract import Pragma
from nda_lint.finding import Finding, Related
from nda_lint.source import Source, Span
from nda_lint.suppress import suppress

if TYPE_CHECKING:
    from nda_lint.finding import Language


class Rule:
    def __init__(self, code: str, name: str) -> None:
        self.code = code
        self.name = name


RULES = [
    Rule("NDA001", "syntax-error"),
    Rule("NDA107", "missing-counterparts"),
    Rule("NDA301", "conflicting-values"),
    Rule("NDA303", "forbidden-but-permitted"),
    Rule("NDA901", "unused-ignore"),
    Rule("NDA902", "unknown-rule-in-ignore"),
]
ALL = frozenset(rule.code for rule in RULES)
NAMES = {rule.code: rule.name for rule in RULES}


def place(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


def pragma(text: str, comment: str, target: str | None = None) -> Pragma:
    """The pragma that the parser makes of `comment` in `text`."""
    start, end = place(text, comment)
    kind, _, words = comment.removeprefix("# nda-lint: ").partition(" ")
    rules = []
    for word in words.partition(" -- ")[0].split(","):
        if word.strip():
            at = text.index(word.strip(), start + len(kind))
            rules.append((word.strip(), (at, at + len(word.strip()))))
    return Pragma(kind, tuple(rules), None, place(text, target) if target else None, (start, end))


def finding(code: str, span: Span, **more: tuple[Related, ...]) -> Finding:
    return Finding(code, NAMES[code], "error", "message", span, **more)  # type: ignore[arg-type]


def run(
    text: str,
    findings: list[Finding],
    *pragmas: Pragma,
    checked: frozenset[str] = ALL,
    left_out: frozenset[str] = frozenset(),
    language: Language = "en",
) -> list[Finding]:
    return suppress(
        findings, pragmas, RULES, source=Source(text), language=language, checked=checked, left_out=left_out
    )


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


TEXT = "# nda-lint: ignore NDA303, NDA301 -- the customer insisted\nBeta may\nBeta must\n"
COMMENT = "# nda-lint: ignore NDA303, NDA301 -- the customer insisted"


def test_without_comments_nothing_changes() -> None:
    findings = [finding("NDA303", (0, 1))]
    assert run(TEXT, findings) == findings
    profile = Pragma("profile", (("strict", (0, 1)),), None, None, (0, 1))
    assert run(TEXT, findings, profile) == findings


def test_ignore_silences_its_statement_only() -> None:
    may, must = place(TEXT, "Beta may"), place(TEXT, "Beta must")
    findings = [finding("NDA303", may), finding("NDA303", must), finding("NDA301", (may[0] + 5, may[1]))]
    assert run(TEXT, findings, pragma(TEXT, COMMENT, "Beta may")) == [findings[1]]


def test_a_related_place_does_not_count() -> None:
    may, must = place(TEXT, "Beta may"), place(TEXT, "Beta must")
    text = TEXT.replace(", NDA301", "")
    other = finding("NDA303", must, related=(Related("here", may),))
    comment = "# nda-lint: ignore NDA303 -- the customer insisted"
    assert codes(run(text, [other], pragma(text, comment, "Beta may"))) == ["NDA303", "NDA901"]


def test_ignore_file_silences_everywhere() -> None:
    text = "# nda-lint: ignore-file NDA303\nBeta may\n"
    findings = [finding("NDA303", (31, 32)), finding("NDA303", (36, 37)), finding("NDA301", (36, 37))]
    assert run(text, findings, pragma(text, "# nda-lint: ignore-file NDA303")) == [findings[2]]


def test_names_codes_in_any_case_and_prefixes() -> None:
    for word in (
        "forbidden-but-permitted",
        "nda303",
        "NDA3",
        "NDA30",
        "nda",
        "ALL",
        "Forbidden-But-Permitted",
    ):
        text = f"# nda-lint: ignore {word}\nBeta may\n"
        comment = pragma(text, f"# nda-lint: ignore {word}", "Beta may")
        assert run(text, [finding("NDA303", place(text, "Beta may"))], comment) == [], word


def test_unused_words_are_reported_each_at_its_place() -> None:
    (unused,) = run(TEXT, [finding("NDA303", place(TEXT, "Beta may"))], pragma(TEXT, COMMENT, "Beta may"))
    assert (unused.code, unused.name, unused.severity) == ("NDA901", "unused-ignore", "warning")
    assert unused.span == place(TEXT, "NDA301")
    assert unused.message == "nothing of NDA301 is found here, so this ignore does nothing"


def mended(text: str, finding: Finding) -> str:
    assert finding.fix is not None and finding.fix.applicability == "safe"
    for edit in finding.fix.edits:
        text = text[: edit.span[0]] + edit.text + text[edit.span[1] :]
    return text


def test_the_fix_takes_out_the_word() -> None:
    first, second = run(TEXT, [], pragma(TEXT, COMMENT, "Beta may"))
    assert mended(TEXT, first) == TEXT.replace("NDA303, ", "")
    assert mended(TEXT, second) == TEXT.replace(", NDA301", "")


def test_the_fix_takes_out_the_whole_comment() -> None:
    own_line = "a\n  # nda-lint: ignore NDA301\nBeta may\n"
    (unused,) = run(own_line, [], pragma(own_line, "# nda-lint: ignore NDA301", "Beta may"))
    assert mended(own_line, unused) == "a\nBeta may\n"
    same_line = "Beta may  # nda-lint: ignore NDA301\nb\n"
    (unused,) = run(same_line, [], pragma(same_line, "# nda-lint: ignore NDA301", "Beta may"))
    assert mended(same_line, unused) == "Beta may\nb\n"


def test_unknown_rules_with_the_nearest_one() -> None:
    text = "# nda-lint: ignore forbiden-but-permited, NDA999\nBeta may\n"
    comment = pragma(text, "# nda-lint: ignore forbiden-but-permited, NDA999", "Beta may")
    near, far = run(text, [], comment)
    assert (near.code, near.name, near.severity) == ("NDA902", "unknown-rule-in-ignore", "warning")
    assert near.span == place(text, "forbiden-but-permited")
    assert near.message == (
        "there is no rule “forbiden-but-permited”; did you mean “forbidden-but-permitted”?"
    )
    assert far.message.startswith("there is no rule “NDA999”")
    chinese = run(text, [], comment, language="zh")
    assert chinese[0].message == "没有名为“forbiden-but-permited”的规则；是否应为“forbidden-but-permitted”？"


def test_an_ignore_without_a_rule() -> None:
    text = "# nda-lint: ignore\nBeta may\n"
    may = finding("NDA303", place(text, "Beta may"))
    kept, about = run(text, [may], pragma(text, "# nda-lint: ignore", "Beta may"))
    assert kept == may
    assert (about.code, about.help) == ("NDA902", "# nda-lint: ignore conflicting-values -- reason")


def test_a_comment_that_does_not_exist() -> None:
    text = "# nda-lint: ingore NDA303\nBeta may\n"
    (about,) = run(text, [], pragma(text, "# nda-lint: ingore NDA303"))
    assert (about.code, about.span) == ("NDA902", place(text, "# nda-lint: ingore NDA303"))
    assert about.message == (
        "there is no comment “ingore” to the linter, only ignore, ignore-file, profile, template; "
        "did you mean “ignore”?"
    )


def test_a_profile_that_does_not_exist() -> None:
    text = "# nda-lint: profile comon-law, strict\n"
    comment = pragma(text, "# nda-lint: profile comon-law, strict")
    (about,) = run(text, [], comment)
    assert (about.code, about.span) == ("NDA902", place(text, "comon-law"))
    assert about.message == (
        "there is no profile “comon-law”, only default, common-law, strict; did you mean “common-law”?"
    )


def test_what_was_not_checked_is_not_called_unused() -> None:
    comment = pragma(TEXT, COMMENT, "Beta may")
    only_303 = frozenset({"NDA303", "NDA901"})
    assert [about.span for about in run(TEXT, [], comment, checked=only_303)] == [place(TEXT, "NDA303")]
    text = "# nda-lint: ignore NDA3\nBeta may\n"
    comment = pragma(text, "# nda-lint: ignore NDA3", "Beta may")
    assert run(text, [], comment, checked=only_303, left_out=frozenset({"NDA301"})) == []
    assert codes(run(text, [], comment, checked=only_303)) == ["NDA901"]


def test_housekeeping_can_be_left_out_and_silenced() -> None:
    comment = pragma(TEXT, COMMENT, "Beta may")
    assert run(TEXT, [], comment, checked=ALL - {"NDA901"}) == []
    text = f"# nda-lint: ignore-file NDA901\n{TEXT}"
    file_comment = pragma(text, "# nda-lint: ignore-file NDA901")
    assert run(text, [], file_comment, pragma(text, COMMENT, "Beta may")) == []
    text = "# nda-lint: ignore-file NDA901, NDA902\n"
    unused = run(text, [], pragma(text, "# nda-lint: ignore-file NDA901, NDA902"))
    assert codes(unused) == ["NDA901", "NDA901"]


def test_syntax_errors_cannot_be_silenced() -> None:
    text = "# nda-lint: ignore-file NDA001\nx\n"
    error = finding("NDA001", (31, 32))
    kept, about = run(text, [error], pragma(text, "# nda-lint: ignore-file NDA001"))
    assert kept == error
    assert about.message == "NDA001 cannot be ignored: first the file must be readable"


def test_two_comments_on_one_finding_are_both_used() -> None:
    text = "# nda-lint: ignore-file NDA303\n# nda-lint: ignore forbidden-but-permitted\nBeta may\n"
    comments = (
        pragma(text, "# nda-lint: ignore-file NDA303"),
        pragma(text, "# nda-lint: ignore forbidden-but-permitted", "Beta may"),
    )
    assert run(text, [finding("NDA303", place(text, "Beta may"))], *comments) == []


def test_misspelt_comments_are_told(tmp_path: Path) -> None:
    misspelt = (
        "nda-lint ignore NDA113",
        "nda_lint: ignore NDA113",
        "NDA lint: ignore-file NDA113",
        "nda-lint:",
    )
    prose = (
        "nda-lint ignores this",
        "run nda-lint: ignore nothing",
        "checked with nda-lint",
        "nda-lint is fine",
    )
    lines = [
        *misspelt,
        *prose,
        "NDA-Lint: Ignore NDA101",
        "nda-lint: 忽略 NDA101",
        "nda-lint: ignore_file NDA1",
    ]
    (tmp_path / "a.nda").write_text("".join(f"# {line}\n" for line in lines) + 'agreement "A"\n')
    shown = nda_lint("--output-format", "concise", "--select", "NDA9", "a.nda", folder=tmp_path).out
    found = [line.split(":", 3) for line in shown.splitlines()]
    said = {int(row): text for _, row, _, text in found}
    assert {row for row, text in said.items() if "this comment does nothing" in text} == {1, 2, 3, 4}
    assert not {5, 6, 7, 8} & said.keys()
    assert "there is no comment “忽略”" in said[10]
    assert "there is no comment “ignore_file”" in said[11] and "did you mean “ignore-file”?" in said[11]
