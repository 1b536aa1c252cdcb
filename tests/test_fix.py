"""Fixes carried out: what they change, what they leave, and what they refuse."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import CORPUS, read
from test_cli import nda_lint

from nda_lint import Edit, Finding, Fix, Linter, Report
from nda_lint.facts import facts
from nda_lint.fix import applied, fixed
from nda_lint.render.summary import Summary, tally
from nda_lint.source import Source

CLEAN = read(CORPUS, "clean", "customer.en.nda")
UNUSED = "# nda-lint: ignore-file NDA201 -- none there\n"
INVERTED = "  liquidated damages: CNY 100,000 to CNY 10,000\n"
HEAD = 'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\n'
CONTRACTS = sorted(Path(CORPUS).glob("*/*.nda"))
LINTER = Linter()


def check(source: Source) -> Report:
    return LINTER.lint(source.text, filename=source.filename)


def text_after(text: str, *, unsafe: bool = True) -> str:
    return fixed(check(Source(text)), check, unsafe=unsafe).report.source.text


def with_fixes(text: str, *fixes: tuple[str, Fix]) -> tuple[Report, list[Finding]]:
    """A report whose only findings are made up, each at the place of some text."""
    report = check(Source(text))
    made = [
        Finding(
            "NDA201",
            "inverted-range",
            "error",
            part,
            (text.index(part), text.index(part) + len(part)),
            fix=fix,
        )
        for part, fix in fixes
    ]
    report.findings[:] = made
    return report, made


def quiet(source: Source) -> Report:
    """A checker that has nothing to say of what is mended."""
    report = check(source)
    report.findings.clear()
    return report


# --- what is carried out -------------------------------------------------------------------


def test_safe_fixes_alone_unless_the_others_are_wanted() -> None:
    text = UNUSED.replace("NDA201", "NDA203") + HEAD + "clause liability\n" + INVERTED
    safe = text_after(text, unsafe=False)
    assert safe == HEAD + "clause liability\n" + INVERTED
    both = text_after(text)
    assert "  liquidated damages: CNY 10,000 to CNY 100,000\n" in both
    assert both.startswith(HEAD)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_safe_fixes_never_change_what_is_agreed(path: Path) -> None:
    report = LINTER.lint(path)
    if report.contract is None:
        pytest.skip("no text")
    done = fixed(report, check, unsafe=False)
    assert done.report.contract is not None
    assert facts(done.report.contract) == facts(report.contract)
    assert not done.refused


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_all_fixes_mend_what_they_are_for_and_come_to_an_end(path: Path) -> None:
    report = LINTER.lint(path)
    if report.contract is None or report.contract.findings:
        assert fixed(report, check, unsafe=True).report is report
        return
    done = fixed(report, check, unsafe=True)
    assert not done.refused
    assert [finding.code for finding in done.report if finding.fix] == []
    assert done.report.contract is not None and not done.report.contract.findings
    again = fixed(done.report, check, unsafe=True)
    assert not again.mended and again.report.source.text == done.report.source.text


def test_what_is_ignored_is_not_mended() -> None:
    text = HEAD + "clause liability\n" + INVERTED.rstrip() + "  # nda-lint: ignore NDA201 -- as agreed\n"
    assert "CNY 100,000 to CNY 10,000" in text_after(text)


def test_a_contract_with_syntax_errors_is_left_alone() -> None:
    text = UNUSED + HEAD + "clause liability\n" + INVERTED + "  bsis: per breach\n"
    report = check(Source(text))
    assert any(finding.fix for finding in report)
    done = fixed(report, check, unsafe=True)
    assert done.report is report and not done.mended and not done.refused


# --- what is refused -------------------------------------------------------------------------


def edit(text: str, part: str, other: str) -> Edit:
    return Edit((text.index(part), text.index(part) + len(part)), other)


TERM = HEAD + "clause term\n  duration: 3 years\n  survival: 5 years after termination\n"


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("3 years", "3 yaers"),  # can no longer be read
        ("clause term", "clause duties"),  # changes what other statements belong to
        ("3 years\n", "3 years\n# "),  # swallows the next line
        ("party Beta", "party Gamma"),
    ],
)
def test_a_fix_that_changes_more_than_its_place_is_refused(part: str, other: str) -> None:
    fix = Fix("unsafe", "a bad fix", (edit(TERM, part, other),))
    report, made = with_fixes(TERM, ("3 years", fix))
    done = fixed(report, quiet, unsafe=True)
    if part == "party Beta":  # nothing else names her, so only her own line reads otherwise
        assert done.mended == made
    else:
        assert done.refused == made and done.report.source.text == TERM


def test_a_fix_after_which_its_finding_is_still_there_is_refused() -> None:
    text = HEAD + "clause liability\n" + INVERTED
    report = check(Source(text))
    finding = next(finding for finding in report if finding.code == "NDA201")
    finding.fix = Fix("unsafe", "no fix at all", (edit(text, "CNY 10,000\n", "CNY 20,000\n"),))
    report.findings[:] = [finding]

    def check_one(source: Source) -> Report:
        after = check(source)
        after.findings[:] = [each for each in after if each.code == "NDA201"]
        return after

    done = fixed(report, check_one, unsafe=True)
    assert done.refused == [finding] and done.report is report


def test_one_bad_fix_does_not_stop_the_others() -> None:
    good = Fix("unsafe", "good", (edit(TERM, "5 years", "6 years"),))
    bad = Fix("unsafe", "bad", (edit(TERM, "3 years", "3 yaers"),))
    report, (first, second) = with_fixes(TERM, ("3 years", bad), ("5 years", good))

    def rest(source: Source) -> Report:
        after = check(source)
        after.findings[:] = [first] if "5 years" not in source.text else [first, second]
        return after

    done = fixed(report, rest, unsafe=True)
    assert done.report.source.text == TERM.replace("5 years", "6 years")
    assert (done.mended, done.refused) == ([second], [first])


def test_of_two_fixes_at_one_place_one_goes_first() -> None:
    one = Fix("unsafe", "one", (edit(TERM, "3 years", "4 years"),))
    other = Fix("unsafe", "other", (edit(TERM, "3 years\n", "9 years\n"),))
    report, (first, _) = with_fixes(TERM, ("3 years", one), ("3 years\n", other))
    done = fixed(report, quiet, unsafe=True)
    assert done.mended == [first]
    assert done.report.source.text == TERM.replace("3 years", "4 years")


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def back_and_forth(source: Source) -> Report:
        after = check(source)
        now, then = ("3 years", "4 years") if "3 years" in source.text else ("4 years", "3 years")
        code = "NDA201" if now == "3 years" else "NDA203"
        place = (source.text.index(now), source.text.index(now) + 7)
        fix = Fix("unsafe", "other", (Edit(place, then),))
        after.findings[:] = [Finding(code, "x", "error", now, place, fix=fix)]
        return after

    done = fixed(back_and_forth(Source(TERM)), back_and_forth, unsafe=True)
    assert len(done.mended) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_file(end: str) -> None:
    fix = Fix("safe", "two lines", (Edit((0, 0), "# one\n# two\r\n"),))
    text = HEAD.replace("\n", end)
    assert applied(Source(text), [fix]).text == f"# one{end}# two{end}{text}"


# --- the command -----------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "contract.nda").write_bytes((UNUSED + CLEAN).encode())
    return tmp_path


def test_fix_writes_the_file_and_says_so(faulty: Path) -> None:
    path = faulty / "contract.nda"
    os.chmod(path, 0o640)
    result = nda_lint("--fix", "contract.nda", folder=faulty)
    assert (result.code, result.err) == (0, "")
    assert result.out == "Fixed 1 finding in 1 file.\nAll checks passed: 1 file, no findings.\n"
    assert path.read_text(encoding="utf-8") == CLEAN
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in faulty.iterdir()] == ["contract.nda"]
    before = path.stat()
    assert nda_lint("--fix", ".", folder=faulty).out == "All checks passed: 1 file, no findings.\n"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_longest_name_that_a_file_may_have_is_mended(faulty: Path) -> None:
    path = (faulty / "contract.nda").rename(faulty / f"{'x' * 251}.nda")
    assert nda_lint("--fix", path.name, folder=faulty).code == 0
    assert path.read_text(encoding="utf-8") == CLEAN
    assert [each.name for each in faulty.iterdir()] == [path.name]


def test_fixes_that_cannot_be_carried_out_yet_are_not_promised(faulty: Path) -> None:
    path = faulty / "contract.nda"
    text = path.read_text(encoding="utf-8").replace("clause term", "claus term")
    path.write_text(text, encoding="utf-8")
    waiting = "to wait until all of the contract can be read."
    for options in ((), ("--fix",), ("--fix", "--unsafe-fixes")):
        last = nda_lint(*options, path.name, folder=faulty).out.splitlines()[-1]
        assert last.endswith(waiting) and "--fix" not in last
    assert path.read_text(encoding="utf-8") == text
    last = nda_lint("--lang", "zh", path.name, folder=faulty).out.splitlines()[-1]
    assert last.endswith("处修正须待合同全文可读后方能进行。")


def test_refused_fixes_are_not_counted_among_those_to_come() -> None:
    fix = Fix("unsafe", "a bad fix", (edit(TERM, "3 years", "3 yaers"),))
    report, _ = with_fixes(TERM, ("3 years", fix))
    done = fixed(report, quiet, unsafe=True)
    before, after = Summary(), Summary()
    before.add(tally(report))
    after.add(tally(done.report, done.refused))
    assert (before.unsafe, after.unsafe) == (1, 0)


def test_what_remains_decides_the_exit_code(faulty: Path) -> None:
    path = faulty / "contract.nda"
    path.write_text(UNUSED + HEAD)
    result = nda_lint("--fix", "--output-format", "concise", ".", folder=faulty)
    assert result.code == 1
    assert "NDA901" not in result.out and "NDA103" in result.out
    assert "Fixed 1 finding in 1 file." in result.err
    assert path.read_text() == HEAD


def test_diff_shows_and_writes_nothing(faulty: Path) -> None:
    before = (faulty / "contract.nda").read_bytes()
    result = nda_lint("--diff", ".", folder=faulty)
    assert result.code == 1
    assert result.out.splitlines()[:4] == [
        "--- contract.nda", "+++ contract.nda", "@@ -1,4 +1,3 @@", "-" + UNUSED.strip(),
    ]  # fmt: skip
    assert result.err == "Would fix 1 finding in 1 file.\n"
    assert (faulty / "contract.nda").read_bytes() == before
    colourless = nda_lint("--diff", "-o", "changes.diff", ".", folder=faulty)
    assert (colourless.code, colourless.out) == (1, "")
    assert (faulty / "changes.diff").read_text() == result.out
    (faulty / "contract.nda").write_text(CLEAN, encoding="utf-8")
    clean = nda_lint("--diff", "--lang", "zh", ".", folder=faulty)
    assert (clean.code, clean.out, clean.err) == (0, "", "没有可自动修正的问题。\n")


def test_the_difference_can_be_applied(faulty: Path, tmp_path: Path) -> None:
    (faulty / "contract.nda").write_text(HEAD + "clause liability\n" + INVERTED)
    shown = nda_lint("--diff", "--unsafe-fixes", ".", folder=faulty).out
    lines = (faulty / "contract.nda").read_text().splitlines()
    assert all(line[1:] in lines for line in shown.splitlines()[2:] if line.startswith(("-", " ")))
    nda_lint("--fix", "--unsafe-fixes", ".", folder=faulty)
    mended = (faulty / "contract.nda").read_text().splitlines()
    assert all(line[1:] in mended for line in shown.splitlines()[2:] if line.startswith(("+", " ")))


def test_standard_input_comes_out_mended_and_alone() -> None:
    result = nda_lint("--fix", "-", stdin=(UNUSED + CLEAN).encode())
    assert (result.code, result.out) == (0, CLEAN)
    assert "Fixed 1 finding" in result.err
    untouched = nda_lint("--fix", "-", stdin=CLEAN.encode())
    assert untouched.out == CLEAN
    broken = nda_lint(
        "--fix", "--output-format", "concise", "-", stdin=b'agreement "A"\n  langage: English\n'
    )
    assert (broken.code, broken.out) == (1, 'agreement "A"\n  langage: English\n')
    assert "NDA003" in broken.err


def test_marks_and_line_ends_of_the_file_are_kept(faulty: Path) -> None:
    path = faulty / "contract.nda"
    path.write_bytes(b"\xef\xbb\xbf" + (UNUSED + CLEAN).replace("\n", "\r\n").encode())
    assert nda_lint("--fix", ".", folder=faulty).code == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode()


def test_a_file_that_may_not_be_written_is_a_problem(faulty: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    os.chmod(faulty / "contract.nda", 0o440)
    assert nda_lint("--fix", ".", folder=faulty).code == 2


def test_a_link_stays_a_link(faulty: Path) -> None:
    (faulty / "folder").mkdir()
    (faulty / "folder" / "link.nda").symlink_to(faulty / "contract.nda")
    nda_lint("--fix", "folder/link.nda", folder=faulty)
    assert (faulty / "folder" / "link.nda").is_symlink()
    assert (faulty / "contract.nda").read_text(encoding="utf-8") == CLEAN


def test_what_could_be_mended_is_said(faulty: Path) -> None:
    (faulty / "contract.nda").write_text(UNUSED + HEAD)
    english = nda_lint(".", folder=faulty).out.splitlines()[-1]
    assert english.startswith("1 finding can be fixed with --fix, and ")
    assert english.endswith(" more with --fix --unsafe-fixes, to be reviewed.")
    chinese = nda_lint("--lang", "zh", "--select", "NDA901,NDA201", ".", folder=faulty).out.splitlines()[-1]
    assert chinese == "可用 --fix 修正 1 处。"


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_what_is_put_into_an_empty_file_stands_at_its_top(tmp_path: Path, text: str) -> None:
    (tmp_path / "new.nda").write_text(text)
    nda_lint("--select", "NDA102", "--fix", "--unsafe-fixes", ".", folder=tmp_path)
    assert (tmp_path / "new.nda").read_text().strip().startswith("clause scope\n")
    assert not text or (tmp_path / "new.nda").read_text().startswith(text)
    assert text or (tmp_path / "new.nda").read_text().startswith("clause scope\n")


def test_exit_zero_holds_for_differences_too(faulty: Path) -> None:
    assert nda_lint("--diff", "--exit-zero", ".", folder=faulty).code == 0
    assert nda_lint("--diff", ".", folder=faulty).code == 1


#: What people's files are like, where programs that carry out a difference are particular.
ODD: dict[str, Callable[[str], str]] = {
    "plain.nda": lambda text: text,
    "no end.nda": lambda text: text.removesuffix("\n"),
    "windows.nda": lambda text: text.replace("\n", "\r\n"),
    "tabs.nda": lambda text: text.replace("  ", "\t"),
    "标 点.nda": lambda text: text.replace('"Trial"', '"A\u2028B\x0c\u200f"'),
    'quote"d\n.nda': lambda text: text,
}


@pytest.mark.parametrize("program", [["git", "apply", "-p0"], ["patch", "-p0"]])
@pytest.mark.parametrize("into_file", [True, False])
def test_programs_carry_out_the_difference(tmp_path: Path, program: list[str], into_file: bool) -> None:
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not here")
    text = 'agreement "Trial"\n' + "clause liability\n" + INVERTED
    for name, change in ODD.items():
        (tmp_path / name).write_bytes(change(text).encode())
    shown = nda_lint("--diff", "--unsafe-fixes", "--select", "NDA201", ".", folder=tmp_path)
    assert shown.code == 1
    difference = tmp_path / "changes.diff"
    if into_file:
        nda_lint(
            "--diff", "--unsafe-fixes", "--select", "NDA201", "-o", difference.name, ".", folder=tmp_path
        )
        assert difference.read_bytes() == shown.out.encode()
    difference.write_bytes(shown.out.encode())
    command = [*program, *(["--binary", "-i"] if program[0] == "patch" else []), difference.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    patched = {name: (tmp_path / name).read_bytes() for name in ODD}
    for name, change in ODD.items():
        (tmp_path / name).write_bytes(change(text).encode())
    nda_lint("--fix", "--unsafe-fixes", "--select", "NDA201", ".", folder=tmp_path)
    assert patched == {name: (tmp_path / name).read_bytes() for name in ODD}
    assert all(b"CNY 10,000 to CNY 100,000" in after for after in patched.values())


def test_a_contract_and_links_to_it_are_mended_once(faulty: Path) -> None:
    for number in range(8):
        (faulty / f"link{number}.nda").symlink_to("contract.nda")
    result = nda_lint("--fix", "--jobs", "2", ".", folder=faulty)
    assert result.code == 0 and "changed by someone else" not in result.err
    assert (faulty / "contract.nda").read_text() == CLEAN
    assert (faulty / "link0.nda").is_symlink()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("command", [["--fix"], ["format"]])
def test_root_does_not_take_files_from_whom_they_belong_to(faulty: Path, command: list[str]) -> None:
    """As builds in containers run."""
    path = faulty / "contract.nda"
    path.write_text(path.read_text().replace("  role", "     role"))
    os.chown(path, 1234, 2345)
    path.chmod(0o640)
    before = path.read_bytes()
    nda_lint(*command, ".", folder=faulty)
    status = path.stat()
    assert path.read_bytes() != before
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o640)
