"""A contract repository with a configuration: its rules, words, profiles and settings, met as a process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import Result, nda_lint

from nda_lint.config import matches

RULES = """\
pack acme "House rules" 「自有规则」

rule ACME001 penalty-above-house-limit
  severity: error
  summary: "Liquidated damages above the house limit" 「违约金超过公司上限」
  parameter: limit CNY 500,000 "The most that is agreed to" 「可接受的上限」
  when: liability.liquidated_damages.max > limit
  at: liability.liquidated_damages
  message: "Above {limit}." 「超过 {limit}。」
  why: "The board decided so." 「董事会决定。」
  help: "Bring it down to {limit}." 「请降至 {limit}。」
  bad:
    > clause liability
    >   liquidated damages: CNY 600,000
  good:
    > clause liability
    >   liquidated damages: CNY 500,000
"""
CONTRACT = """\
agreement "Test"
party Acme "Acme Ltd"
party Beta "Beta Ltd"
clause liability
  liquidated damages: CNY 400,000
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "house.rules").write_text(RULES)
    (tmp_path / "contract.nda").write_text(CONTRACT)
    return tmp_path


def checked(folder: Path, config: str, *arguments: str) -> Result:
    (folder / "nda-lint.toml").write_text(config)
    return nda_lint(*(arguments or ("--output-format", "json", "--select", "ACME", ".")), folder=folder)


def found(result: Result) -> list[tuple[str, str, str]]:
    return [
        (finding["code"], finding["severity"], finding["message"])
        for finding in json.loads(result.out)["findings"]
    ]


def test_a_rule_of_the_house_is_an_equal_of_those_built_in(house: Path) -> None:
    (house / "contract.nda").write_text(CONTRACT.replace("400,000", "600,000"))
    config = 'rules = ["house.rules"]\n'
    assert found(checked(house, config)) == [("ACME001", "error", "Above CNY 500,000.")]
    assert found(checked(house, config)) == [("ACME001", "error", "Above CNY 500,000.")]  # from its cache
    assert found(checked(house, config, "--no-cache", "--output-format", "json", "--select", "ACME", "."))
    assert "penalty-above-house-limit" in nda_lint("rules", folder=house).out
    assert "limit = CNY 500,000" in nda_lint("explain", "ACME001", folder=house).out
    assert nda_lint("explain", "ACME001", "--isolated", folder=house).code == 2
    assert nda_lint("--isolated", "--select", "ACME", ".", folder=house).code == 2


def test_severity_and_parameters_are_the_house_s(house: Path) -> None:
    config = 'rules = ["."]\n[rule.penalty-above-house-limit]\nseverity = "info"\nlimit = "CNY 300,000"\n'
    assert found(checked(house, config)) == [("ACME001", "info", "Above CNY 300,000.")]
    off = checked(
        house,
        'rules = ["."]\n[rule.ACME001]\nseverity = "off"\nlimit = "CNY 1"\n',
        "--output-format",
        "json",
        ".",
    )
    assert "ACME001" not in [code for code, _, _ in found(off)]
    built_in = checked(
        house,
        '[rule.missing-term]\nseverity = "info"\n',
        "--output-format",
        "json",
        "--select",
        "NDA103",
        ".",
    )
    assert [severity for _, severity, _ in found(built_in)] == ["info"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("selct = []", "there is no key “selct”; did you mean “select”? (there are extend, rules"),
        ("select = 3", 'select: expected a list such as ["one", "two"]'),
        ('select = ["NDA999x"]', "select: there is no rule “NDA999x”"),
        ('profile = ["strikt"]', "there is no profile “strikt”; did you mean “strict”?"),
        ('rules = ["none.rules"]', "none.rules: no such file or folder"),
        ('rules = ["house.rules"]\n[rule.ACME001]\nlimt = "CNY 5"', "there is no parameter “limt”; did you mean “limit”?"),
        ('rules = ["house.rules"]\n[rule.ACME001]\nlimit = "5 years"', "“5 years” is no value such as “CNY 500,000”"),
        ('rules = ["house.rules"]\n[rule.ACME001]\nseverity = "eror"', "did you mean “error”?"),
        ('[rule.no-such-rule]\nseverity = "info"', "rule: there is no rule “no-such-rule”"),
        ("[profiles.strict]", "profiles.strict: that profile is built in"),
        ('[profiles.own]\nextends = ["strit"]', "did you mean “strict”?"),
        ('[vocabulary.object.notebook]\nbelow = "technical_informatio"\nen = "notebook"\nzh = "记录本"',
         "there is no object “technical_informatio”; did you mean “technical_information”?"),
        ('[vocabulary.object.notebook]\nbelow = "document"\nen = "notebook"', "“zh” is missing"),
        ('[vocabulary.object.own_formula]\nbelow = "document"\nen = "source code"\nzh = "配方本"',
         "“source code” already means source_code"),
        ('[[overrides]]\nignore = ["NDA1"]', "overrides: say for which files"),
        ("select = [", "not valid TOML"),
        ('extend = "other.toml"', "other.toml: no such file or folder"),
        ('extend = "nda-lint.toml"', "extends this file again"),
        ('[[overrides]]\nfiles = ["no/such/file"]\nignore = ["NDAX"]', "overrides.ignore: there is no rule “NDAX”"),
        ('[[overrides]]\nfiles = ["no/such/file"]\nprofile = ["strit"]', "did you mean “strict”?"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_configuration_is_said(house: Path, config: str, expected: str) -> None:
    result = checked(house, config, ".")
    assert result.code == 2
    assert result.out == ""
    assert expected in result.err
    assert nda_lint("--lang", "zh", ".", folder=house).code == 2


def test_mistakes_in_rules_are_shown_with_line_and_caret(house: Path) -> None:
    (house / "house.rules").write_text(
        RULES.replace("liability.liquidated_damages.max >", "liability.liquidated_damage.max >")
    )
    result = checked(house, 'rules = ["house.rules"]\n', ".")
    assert result.code == 2
    assert "1 mistake in the rules" in result.err
    assert "house.rules:7:19: liability has no key “liquidated_damage”; did you mean" in result.err
    assert "^^^^^^^^^^^^^^^^^" in result.err


def test_three_mistakes_are_three_errors(house: Path) -> None:
    rule = RULES.partition("rule ")[2]
    field = "rule " + rule.replace("liability.liquidated_damages.max >", "liability.liquidated_damage.max >")
    units = "rule " + rule.replace("max > limit", "max > 3 years").replace(
        "ACME001 penalty", "ACME002 units-penalty"
    )
    example = "rule " + rule.partition("  good:")[0].replace("ACME001 penalty", "ACME003 example-penalty")
    (house / "house.rules").write_text(RULES.partition("rule ")[0] + field + units + example)
    result = nda_lint("rules", "test", "house.rules", folder=house)
    assert result.code == 2
    assert "3 mistakes in the rules" in result.err
    for words in (
        "has no key “liquidated_damage”",
        "cannot be compared with a duration",
        "the rule has no “good”",
    ):
        assert words in result.err


def test_a_profile_of_one_s_own(house: Path) -> None:
    config = (
        'rules = ["house.rules"]\nprofile = "acme"\n[profiles.acme]\nextends = ["common-law"]\n'
        'ignore = ["NDA103"]\n[profiles.acme.rule.NDA104]\nseverity = "info"\n'
    )
    result = checked(house, config, "--output-format", "json", ".")
    by_code = {code: severity for code, severity, _ in found(result)}
    assert "NDA103" not in by_code and by_code["NDA104"] == "info"
    assert "NDA107" not in by_code  # advice under common-law
    other = nda_lint("--profile", "default", "--output-format", "json", ".", folder=house)
    assert {"NDA103", "NDA107"} <= {code for code, _, _ in found(other)}
    assert (
        "is none of default, common-law, strict, acme" in nda_lint("--profile", "acm", ".", folder=house).err
    )
    (house / "contract.nda").write_text("# nda-lint: profile acme\n" + CONTRACT)
    named = checked(house, config.replace('profile = "acme"\n', ""), "--output-format", "json", ".")
    assert "NDA103" not in {code for code, _, _ in found(named)}
    assert "NDA902" not in {code for code, _, _ in found(named)}


def test_actions_of_the_house_exclude_and_entail_others(house: Path) -> None:
    norms = "clause duties\n  recipient must pulp documents\n  recipient must retain documents\n"
    norms += "  only executives may access samples\n  recipient may exhibit samples to lawyers\n"
    (house / "contract.nda").write_text(CONTRACT + norms)
    pulp = '[vocabulary.action.pulp]\nbelow = "protect"\nen = "pulp"\nzh = "化浆"\n'
    exhibit = '[vocabulary.action.exhibit]\nbelow = "use"\nen = "exhibit"\nzh = "展出"\n'
    asked = ("--select", "NDA303,NDA304", "--output-format", "json", ".")
    assert found(checked(house, pulp + exhibit, *asked)) == []
    said = pulp + 'excludes = "retain"\n' + exhibit + 'entails = "access"\n'
    assert sorted(code for code, _, _ in found(checked(house, said, *asked))) == ["NDA303", "NDA304"]
    wrong = checked(house, pulp + 'excludes = "retian"\n', ".")
    assert "there is no action “retian”; did you mean “retain”?" in wrong.err


def test_words_of_the_house(house: Path) -> None:
    (house / "contract.nda").write_text(CONTRACT + "clause duties\n  Beta must not copy lab notebooks\n")
    words = (
        '[vocabulary.object.lab-notebook]\nbelow = "technical_information"\n'
        'en = ["lab notebook", "lab notebooks"]\nzh = "实验记录本"\n'
    )
    before = checked(house, "", "--select", "NDA0", ".")
    assert "lab notebooks" in before.out
    after = checked(house, words, "--select", "NDA0", ".")
    assert after.code == 0
    assert '"lab_notebook"' in nda_lint("facts", "contract.nda", folder=house).out
    assert "不得复制实验记录本" in nda_lint("translate", "--to", "zh", "contract.nda", folder=house).out
    assert nda_lint("format", "contract.nda", folder=house).err == "1 file reformatted.\n"
    # what is said of technical information is said of it
    (house / "house.rules").write_text(
        RULES.replace(
            "liability.liquidated_damages.max > limit", "any n in norms: n.object is technical_information"
        )
        .replace("at: liability.liquidated_damages", "at: n")
        .replace('  parameter: limit CNY 500,000 "The most that is agreed to" 「可接受的上限」\n', "")
        .replace("{limit}", "it")
    )
    assert len(found(checked(house, 'rules = ["house.rules"]\n' + words))) == 1


def test_the_closest_file_counts_and_extend_is_explicit(house: Path) -> None:
    (house / "base.toml").write_text('rules = ["house.rules"]\nignore = ["NDA1"]\n')
    (house / "nda-lint.toml").write_text('select = ["ALL"]\n')
    inner = house / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(
        '[tool.nda-lint]\nextend = "../base.toml"\nselect = ["ACME", "NDA103"]\n'
    )
    (inner / "contract.nda").write_text(CONTRACT.replace("400,000", "600,000"))
    codes = [code for code, _, _ in found(nda_lint("--output-format", "json", "inner", folder=house))]
    assert sorted(codes) == ["ACME001", "NDA103"]
    (inner / "pyproject.toml").write_text("[project]\n")  # nothing for nda-lint: the file above counts
    assert len(found(nda_lint("--output-format", "json", "inner", folder=house))) > 2


def test_files_left_out_and_settings_for_some(house: Path) -> None:
    config = (
        'exclude = ["drafts"]\nselect = ["NDA103"]\n[[overrides]]\nfiles = ["old/**"]\nselect = ["NDA104"]\n'
    )
    for name in ("drafts", "old"):
        (house / name).mkdir()
        (house / name / "a.nda").write_text(CONTRACT)
    result = checked(house, config, "--output-format", "json", ".")
    findings = {(finding["filename"], finding["code"]) for finding in json.loads(result.out)["findings"]}
    assert findings == {("contract.nda", "NDA103"), ("old/a.nda", "NDA104")}
    assert nda_lint("drafts/a.nda", folder=house).code == 1
    forced = nda_lint("--force-exclude", "drafts/a.nda", folder=house)
    assert (forced.code, forced.out) == (0, "")
    assert forced.err == "There is nothing to do: the configuration leaves out all of these files.\n"
    assert nda_lint("drafts", folder=house).err == forced.err
    unformatted = nda_lint("format", "--force-exclude", "drafts/a.nda", folder=house)
    assert (unformatted.code, unformatted.err) == (0, forced.err)
    assert nda_lint("--show-files", ".", folder=house).out.split() == ["contract.nda", "old/a.nda"]


def test_examples_of_rule_files_are_run(house: Path) -> None:
    assert nda_lint("rules", "test", folder=house).code == 2
    right = nda_lint("rules", "test", "house.rules", folder=house)
    assert (right.code, right.out.splitlines()[-1]) == (0, "1 rule, 2 examples, all right.")
    (house / "house.rules").write_text(RULES.replace("CNY 600,000", "CNY 400,000"))
    wrong = nda_lint("rules", "test", "house.rules", folder=house)
    assert wrong.code == 1
    assert "bad example 1: the rule finds nothing in it" in wrong.out
    (house / "house.rules").write_text(RULES.replace("damages: CNY 500,000", "damages: CNY 700,000"))
    assert (
        "good example 1: the rule finds fault with it"
        in nda_lint("rules", "test", "house.rules", folder=house).out
    )
    (house / "house.rules").write_text(RULES.replace("damages: CNY 500,000", "damges: CNY 500,000"))
    assert (
        "good 示例 1 无法读取" in nda_lint("rules", "test", "--lang", "zh", "house.rules", folder=house).out
    )
    # they are run as they are written, whatever the configuration says of the rule
    (house / "house.rules").write_text(RULES)
    result = checked(house, 'rules = ["."]\n[rule.ACME001]\nlimit = "CNY 1"\n', "rules", "test")
    assert result.code == 0


@pytest.mark.parametrize(
    "text",
    [
        'import os\n\nrule ACME001 a-rule\n  when: __import__("os")\n',
        'rule ACME001 a-rule\n  when: open("/etc/passwd")\n',
        "rule ACME001 a-rule\n  include: ../secret.rules\n",
        "rule ACME001 a-rule\n  when: while true: term.duration\n",
        'condition one "A" 「甲」\n  when: contract is two\ncondition two "B" 「乙」\n  when: contract is one\n',
    ],
)
def test_a_rule_file_cannot_run_code_read_files_or_loop(house: Path, text: str) -> None:
    (house / "house.rules").write_text(text)
    result = nda_lint("rules", "test", "house.rules", folder=house)
    assert result.code == 2
    assert "in the rules" in result.err


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("drafts/a.nda", "drafts", True), ("drafts/a.nda", "drafts/", True), ("x/drafts/a.nda", "drafts", True),
        ("a.nda", "*.nda", True), ("x/a.nda", "*.nda", True), ("x/a.nda", "x/*.nda", True),
        ("x/y/a.nda", "x/**", True), ("y/a.nda", "x/**", False), ("a.nda", "**/a.nda", True),
        ("drafts.nda", "drafts", False), ("合同/甲.nda", "合同", True),
    ],
)  # fmt: skip
def test_patterns_of_files(path: str, pattern: str, expected: bool) -> None:
    assert matches(path, (pattern,)) is expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nda-lint.toml", b'\xef\xbb\xbfselect = ["NDA103"]\r\n'),  # as editors of Windows save it
        ("pyproject.toml", b'[tool.nda-lint]\nselect = ["NDA103"]\n'),
        ("pyproject.toml", b'[ tool . "nda-lint" ]\nselect = ["NDA103"]\n'),
        ("pyproject.toml", b'tool.nda-lint.select = ["NDA103"]\n'),
        ("pyproject.toml", b'[tool]\nnda-lint = { select = ["NDA103"] }\n'),
    ],
)
def test_a_configuration_is_found_however_it_is_written(tmp_path: Path, name: str, text: bytes) -> None:
    (tmp_path / "contract.nda").write_text(CONTRACT)
    (tmp_path / name).write_bytes(text)
    assert codes_of(tmp_path) == {"NDA103"}


def codes_of(folder: Path) -> set[str]:
    return {code for code, _, _ in found(nda_lint("--output-format", "json", ".", folder=folder))}


def test_a_file_that_only_mentions_the_tool_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "nda-lint.toml").write_text('select = ["NDA103"]\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "contract.nda").write_text(CONTRACT)
    (inner / "pyproject.toml").write_text(
        '# see [tool.nda-lint] above\n[project]\nname = "nda-lint-contracts"\n'
    )
    assert codes_of(tmp_path) == {"NDA103"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("nda-lint.toml", b"\xff\xfe", "not UTF-8 text"),
        ("pyproject.toml", b"[tool.nda-lint\n", "not valid TOML"),
        ("pyproject.toml", b'tool.nda-lint = "strict"\n', "tool.nda-lint: expected a table"),
        ("nda-lint.toml", None, "no such file"),  # a link that leads nowhere
    ],
)
def test_a_configuration_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, name: str, text: bytes | None, expected: str
) -> None:
    (tmp_path / "contract.nda").write_text(CONTRACT)
    if text is None:
        (tmp_path / name).symlink_to("gone")
    else:
        (tmp_path / name).write_bytes(text)
    result = nda_lint(".", folder=tmp_path)
    assert result.code == 2 and f"{name}: " in result.err and expected in result.err
    assert nda_lint("clean", folder=tmp_path).code == 0


def test_names_of_profiles_may_have_capitals(house: Path) -> None:
    config = 'profile = ["Acme"]\n[profiles.ACME]\nextends = ["Strict"]\n'
    assert checked(house, config, "--show-settings").out.splitlines()[1] == 'profile = ["acme"]'


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("drafts", ["a.nda"]),
        ("drafts/", ["a.nda"]),
        ("./drafts", ["a.nda", "sub/drafts/c.nda"]),
        ("/drafts/", ["a.nda", "sub/drafts/c.nda"]),
        ("drafts/**", ["a.nda", "sub/drafts/c.nda"]),
        ("**/drafts", ["a.nda"]),
        ("./a.nda", ["drafts/b.nda", "sub/drafts/c.nda"]),
        ("sub/*", ["a.nda", "drafts/b.nda"]),
        ("[bc].nda", ["a.nda"]),
    ],
)
def test_patterns_are_names_or_paths(tmp_path: Path, pattern: str, left: list[str]) -> None:
    for name in ("a.nda", "drafts/b.nda", "sub/drafts/c.nda"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CONTRACT)
    (tmp_path / "nda-lint.toml").write_text(f'exclude = ["{pattern}"]\n')
    assert nda_lint("--show-files", ".", folder=tmp_path).out.split() == left


@pytest.mark.parametrize(
    "command", [["format"], ["check", "--fix"], ["check", "--fix", "--output-format", "json"]]
)
def test_a_text_that_is_left_out_comes_through_as_it_is(tmp_path: Path, command: list[str]) -> None:
    """Editors put what comes out in the place of what they sent."""
    (tmp_path / "nda-lint.toml").write_text('exclude = ["drafts"]\n')
    piped = [*command, "--force-exclude", "--stdin-filename", "drafts/a.nda", "-"]
    text = 'agreement   "A"\r\n# nda-lint: ignore-file NDA201\r\n'
    result = nda_lint(*piped, folder=tmp_path, stdin=text.encode())
    assert (result.code, result.out) == (0, text)
    for quiet in ("--check", "--diff") if command == ["format"] else ("--diff",):
        assert nda_lint(*piped, quiet, folder=tmp_path, stdin=text.encode()).out == ""


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ('# selct\nselect = ["NDA1"]\nselct = 1\n', 3),
        ('select = [\n  "NDA1",\n  "NDA9x",\n]\n', 3),
        ('[rule.missing-term]\nseverity = "eror"\n', 2),
        ('[rule.missing-term]\n\nlimti = "3 years"\n', 3),
        ('\nprofile = ["strit"]\n', 2),
        ('[[overrides]]\nfiles = ["x"]\nignroe = ["NDA1"]\n', 3),
        ('[profiles.acme]\nextend-select = ["no-such-rule"]\n', 2),
        ('select = ["NDA9x"]\nignore = ["NDA9x"]\n', None),  # which of them, a line would not tell
    ],
)
def test_mistakes_in_a_configuration_have_a_line(tmp_path: Path, config: str, line: int | None) -> None:
    (tmp_path / "a.nda").write_text(CONTRACT)
    (tmp_path / "nda-lint.toml").write_text(config)
    result = nda_lint(".", folder=tmp_path)
    place = f"nda-lint.toml:{line}: " if line else "nda-lint.toml: "
    assert result.code == 2 and place in result.err
