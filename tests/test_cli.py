"""The command as users meet it: run as a process, judged by its output and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nda_lint import __version__

NDA_LINT = [sys.executable, "-m", "nda_lint"]

BROKEN = """\
agreement "Broken"

clause term
  duration: 3 years from signing
  duraton: 5 years
  survival 5 years after termination
"""
BROKEN_CHINESE = """\
协议「残缺」

条款 期限
  期限：自签署日起 3 年
  期現：5 年
"""


@dataclass
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.nda").write_text(BROKEN)
    (tmp_path / "残缺.nda").write_text(BROKEN_CHINESE)
    return tmp_path


def nda_lint(
    *arguments: str,
    folder: Path | None = None,
    stdin: str | bytes = "",
    environment: Mapping[str, str] | None = None,
) -> Result:
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        [*NDA_LINT, *arguments],
        cwd=folder,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        env={**clean, "PYTHONUTF8": "1", **(environment or {})},
        timeout=120,
        check=False,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.out + result.err
    return result


def run(command: Sequence[str | bytes], folder: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run any command, for what :func:`nda_lint` cannot give."""
    return subprocess.run(command, cwd=folder, check=False, timeout=120, **more)


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.out)["findings"]]


# --- what is asked for -------------------------------------------------------------------


def test_no_argument_prints_help() -> None:
    result = nda_lint()
    assert result.code == 0
    assert "Usage: nda-lint [PATH|-]..." in result.out
    assert result == nda_lint("--help") == nda_lint("-h")


@pytest.mark.parametrize("command", ["check", "format", "translate", "facts", "explain", "rules"])
def test_every_command_has_help_in_both_languages(command: str) -> None:
    english, chinese = nda_lint(command, "--help"), nda_lint("--lang", "zh", command, "--help")
    assert (english.code, chinese.code) == (0, 0)
    assert f"Usage: nda-lint {command}" in english.out
    assert f"用法：nda-lint {command}" in chinese.out


def test_version() -> None:
    assert nda_lint("--version").out == f"nda-lint {__version__}\n"


def test_a_file_is_checked_without_naming_the_command(folder: Path) -> None:
    result = nda_lint("broken.nda", folder=folder)
    assert result.code == 1
    assert result == nda_lint("check", "broken.nda", folder=folder)
    assert "error[NDA003] unknown-field: " in result.out
    assert " --> broken.nda:5:3\n" in result.out
    assert "5 |   duraton: 5 years\n  |   ^^^^^^^\n" in result.out
    assert result.err == ""


def test_the_language_of_the_file_or_the_one_asked_for(folder: Path) -> None:
    assert "错误[NDA003]" in nda_lint("残缺.nda", folder=folder).out
    assert "error[NDA003]" in nda_lint("残缺.nda", "--lang", "en", folder=folder).out
    assert "错误[NDA003]" in nda_lint("broken.nda", "--lang=zh", folder=folder).out
    assert "在 1 个文件中发现" in nda_lint("残缺.nda", folder=folder).out
    assert "in 2 files." in nda_lint(".", folder=folder).out


def test_json_names_the_language_of_the_contract(folder: Path) -> None:
    result = nda_lint("残缺.nda", "--lang", "en", "--output-format", "json", folder=folder)
    assert json.loads(result.out)["files"][0]["language"] == "zh"
    assert "is no key of" in result.out


def test_standard_input(folder: Path) -> None:
    result = nda_lint("-", stdin=BROKEN)
    assert (result.code, "--> <stdin>:5:3" in result.out) == (1, True)
    assert "--> x.nda:5:3" in nda_lint("-", "--stdin-filename", "x.nda", stdin=BROKEN).out


@pytest.mark.parametrize("name", ["json", "lsp"])
def test_machine_output_is_alone_on_standard_output(folder: Path, name: str) -> None:
    result = nda_lint(".", "missing.nda", "--output-format", name, folder=folder)
    json.loads(result.out)
    assert result.code == 2
    assert "missing.nda: no such file" in result.err


def test_json_lines_and_concise(folder: Path) -> None:
    lines = nda_lint("broken.nda", "--output-format", "json-lines", folder=folder).out.splitlines()
    assert [json.loads(line)["filename"] for line in lines] == ["broken.nda"] * len(lines) != []
    concise = nda_lint("broken.nda", "--output-format=concise", folder=folder)
    assert len(concise.out.splitlines()) == len(lines)
    assert "\nbroken.nda:5:3: NDA003 [unknown-field] error: " in f"\n{concise.out}"
    assert concise.err.startswith("Found ")


def test_output_goes_to_a_file(folder: Path) -> None:
    result = nda_lint("broken.nda", "-o", "report.json", "--output-format", "json", folder=folder)
    assert (result.code, result.out) == (1, "")
    assert json.loads((folder / "report.json").read_text())["summary"]["files"] == 1
    assert nda_lint("broken.nda", "-oreport.txt", folder=folder).code == 1
    assert "NDA003" in (folder / "report.txt").read_text()


def test_output_over_a_contract_of_the_folder_is_refused_before_anything_is_written(folder: Path) -> None:
    before = (folder / "broken.nda").read_bytes()
    result = nda_lint("-o", "broken.nda", ".", folder=folder)
    assert (result.code, result.out) == (2, "")
    assert "the result would overwrite this contract" in result.err
    assert (folder / "broken.nda").read_bytes() == before


def test_output_that_cannot_be_written(folder: Path) -> None:
    result = nda_lint("broken.nda", "-o", "no/such/folder", folder=folder)
    assert result.code == 2
    assert "no/such/folder: cannot be written: no such file or folder" in result.err


def test_selection(folder: Path) -> None:
    everything = codes(nda_lint("broken.nda", "--output-format", "json", folder=folder))
    assert "NDA003" in everything
    assert "NDA001" in everything
    only = nda_lint("broken.nda", "--select", "NDA003", "--output-format", "json", folder=folder)
    assert set(codes(only)) == {"NDA001", "NDA003"}  # what makes a file unreadable is always said
    without = nda_lint("broken.nda", "--ignore", "unknown-field", "--output-format", "json", folder=folder)
    assert "NDA003" not in codes(without)


def severities(result: Result) -> dict[str, str]:
    return {finding["code"]: finding["severity"] for finding in json.loads(result.out)["findings"]}


def test_comments_silence_findings_where_they_stand() -> None:
    contract = 'agreement "A"\n\nclause term\n  survival: 5 years after termination\n'
    for comment, silent in (
        ("", False),
        ("# nda-lint: ignore NDA103 -- renewed by hand\nclause term", True),
        ("clause term # nda-lint: ignore missing-term", True),
        ("# nda-lint: ignore-file NDA1\nclause term", True),
        ("clause term\n# nda-lint: ignore NDA103", False),
    ):
        text = contract.replace("clause term", comment) if comment else contract
        result = nda_lint("-", "--output-format", "json", stdin=text)
        assert ("NDA103" not in codes(result)) == silent, comment


def test_profiles_of_the_contract_and_of_the_command_line() -> None:
    plain = 'agreement "A"\n'
    own = f"# nda-lint: profile common-law\n{plain}"

    def severity(text: str, *options: str) -> str | None:
        return severities(nda_lint("-", "--output-format", "json", *options, stdin=text)).get("NDA105")

    assert severity(plain) == severity(own, "--profile", "default") == "error"
    assert severity(own) != "error"
    assert severity(own) == severity(plain, "--profile", "common-law")


def test_exit_codes(folder: Path) -> None:
    assert nda_lint("broken.nda", "--exit-zero", folder=folder).code == 0
    assert nda_lint("broken.nda", "--fail-severity", "never", folder=folder).code == 0
    assert nda_lint("broken.nda", "--fail-severity", "error", folder=folder).code == 1
    assert nda_lint("missing.nda", "--exit-zero", folder=folder).code == 2


def test_warnings_that_are_let_pass() -> None:
    warned = ["-", "--select", "NDA205", "--output-format", "json"]
    parties = 'agreement "A"\n\nparty Acme "Acme"\nparty Beta "Beta"\n\n'
    text = f"{parties}clause duties\n  Beta must notify Acme promptly\n"
    assert severities(nda_lint(*warned, stdin=text)) == {"NDA205": "warning"}
    for options, code in (
        ([], 1),
        (["--max-warnings", "0"], 1),
        (["--max-warnings", "1"], 0),
        (["--fail-severity", "error"], 0),
        (["--fail-severity", "error", "--max-warnings", "0"], 1),
        (["--fail-severity", "info"], 1),
        (["--fail-severity", "info", "--max-warnings", "9"], 0),
        (["--fail-severity", "never"], 0),
        (["--max-warnings", "0", "--exit-zero"], 0),
    ):
        assert nda_lint(*warned, *options, stdin=text).code == code, options


def test_statistics_and_files(folder: Path) -> None:
    result = nda_lint("broken.nda", "--statistics", folder=folder)
    assert "  NDA003  unknown-field (error)\n" in result.out
    assert "-->" not in result.out
    assert nda_lint("--show-files", folder=folder).out == "broken.nda\n残缺.nda\n"


def test_options_accepted_from_the_first_day(folder: Path) -> None:
    plain = nda_lint("broken.nda", folder=folder)
    assert plain == nda_lint("broken.nda", "--isolated", "--no-cache", "--force-exclude", folder=folder)


def test_colours(folder: Path) -> None:
    assert "\x1b[" not in nda_lint("broken.nda", folder=folder).out
    assert "\x1b[" in nda_lint("broken.nda", "--color", "always", folder=folder).out
    assert "\x1b[" in nda_lint("broken.nda", folder=folder, environment={"FORCE_COLOR": "1"}).out
    assert (
        "\x1b["
        not in nda_lint("broken.nda", folder=folder, environment={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out
    )
    assert (
        "\x1b["
        not in nda_lint("broken.nda", "--color", "never", folder=folder, environment={"FORCE_COLOR": "1"}).out
    )


# --- what cannot be done -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.nda"], "missing.nda: no such file or folder"),
        (["chekc"], "chekc: no such file or command; did you mean “check”?"),
        (["fromat", "x.nda"], "fromat: no such file or command; did you mean “format”?"),
        (["."], ".: this folder holds no contracts (*.nda)"),
        (["--selekt", "X"], "check: there is no option “--selekt”; did you mean “--select”?"),
        (["--select"], "--select needs a value: RULE,..."),
        (["x", "--exit-zero=1"], "--exit-zero takes no value"),
        (["x", "--output-format", "jsn"], "--output-format: “jsn” is none of full, concise, json"),
        (["x", "--output-format", "jsn"], "did you mean “json”?"),
        (["x", "--select", "mising-term"], "--select: there is no rule “mising-term”"),
        (["x", "--select", "unknown-feild"], "did you mean “unknown-field”?"),
        (["x", "--profile", "common"], "--profile: “common” is none of default, common-law, strict"),
        (["x", "--max-warnings", "-1"], "--max-warnings: “-1” is no whole number"),
        (["x", "--as-of", "2026-02-30"], "--as-of: “2026-02-30” is no day of the calendar"),
        (
            ["x", "--fail-severity", "fatal"],
            "--fail-severity: “fatal” is none of error, warning, info, never",
        ),
        (["facts"], "facts: FILE is needed"),
        (["facts", "a", "b"], "facts: “b” is one argument too many"),
        (["translate", "a"], "translate: --to LANGUAGE is needed"),
        (["explain", "unknown-feild"], "there is no rule “unknown-feild”; did you mean “unknown-field”?"),
        (
            ["rules", "tset"],
            "rules: “tset” is nothing that can be done with rules, only “test”; did you mean “test”?",
        ),
    ],
)
def test_usage_errors_are_sentences(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    result = nda_lint(*arguments, folder=tmp_path)
    assert result.code == 2
    assert sentence in result.err
    assert result.out == ""
    assert len(result.err.splitlines()) == 1


def test_usage_errors_in_chinese(tmp_path: Path) -> None:
    result = nda_lint("--lang", "zh", "--selekt", "X", folder=tmp_path)
    assert result.err == "错误：check：没有选项“--selekt”；是否应为“--select”？\n"
    assert "没有这个文件或文件夹" in nda_lint("missing.nda", "--lang=zh", folder=tmp_path).err


def test_documents_of_word_processors(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04")
    result = nda_lint("x.docx", folder=tmp_path)
    assert result.code == 2
    assert "x.docx: this is a Word document; nda-lint reads contracts written as plain text" in result.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 5000,
        bytes(range(256)) * 20,
        b"\xff\xfea\0g\0",
        b"\xef\xbb\xbfagreement \"x\"\r\n",
        b"clause term\r  duration: 3 years\r",
        b"((((((((((" * 1000,
        b"clause term\n  duration: " + b"[" * 10_000 + b"\n",
        "\u202e条款\u2066 期限：\u200f".encode(),
        b'"' * 3000,
        b"x" * 300_000,
        b"\xed\xa0\x80",
    ],
)  # fmt: skip
def test_any_bytes_give_findings_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.nda").write_bytes(data)
    result = nda_lint("x.nda", "--output-format", "json", folder=tmp_path)
    assert result.code in (0, 1)
    assert "itself failed" not in result.err
    assert json.loads(result.out)["summary"]["files"] == 1
    shown = nda_lint("x.nda", folder=tmp_path)
    assert shown.code == result.code
    assert not set(shown.out) & set("\0\x1b\u202e\u2066\u200f")


def test_other_encodings_are_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.nda").write_bytes("协议「某某」\n条款 期限\n".encode("gb18030"))
    result = nda_lint("gbk.nda", "--output-format", "json", folder=tmp_path)
    assert (result.code, codes(result)) == (1, ["NDA006"])
    assert "0xd2" in result.out
    assert "GBK" in nda_lint("gbk.nda", folder=tmp_path).out
    (tmp_path / "latin.nda").write_bytes(b'agreement "R\xe9sum\xe9"\n')
    assert "GBK" not in nda_lint("latin.nda", folder=tmp_path).out


@pytest.mark.skipif(os.name == "nt", reason="file names are not bytes")
def test_lone_surrogates_in_arguments(tmp_path: Path) -> None:
    name = b"\xff.nda"
    missing = run([*NDA_LINT, name], tmp_path, capture_output=True)
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"no such file" in missing.stderr
    (tmp_path / os.fsdecode(name)).write_text(BROKEN)
    for output_format in ("full", "concise", "json", "json-lines", "lsp"):
        done = run([*NDA_LINT, "--output-format", output_format, name], tmp_path, capture_output=True)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        done.stdout.decode("utf-8")
        if output_format in ("json", "lsp"):
            json.loads(done.stdout)


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "x.nda").write_text(BROKEN + "  wrong line\n" * 3000)
    shell = f"{sys.executable} -m nda_lint --output-format concise x.nda | head -n 1"
    done = run(["sh", "-c", shell], tmp_path, capture_output=True)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_a_sentence(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = run([*NDA_LINT, "."], folder, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"standard output: no space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams(folder: Path, closed: str) -> None:
    shell = f"{sys.executable} -m nda_lint broken.nda {closed}"
    done = run(["sh", "-c", shell], folder, capture_output=True)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_other_locales(folder: Path) -> None:
    for locale in ({"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}):
        done = run([*NDA_LINT, "残缺.nda"], folder, capture_output=True, env={**os.environ, **locale})
        assert done.returncode in (1, 2)
        assert b"Traceback" not in done.stderr
        assert b"failed" not in done.stderr


def test_a_file_may_be_called_like_an_option(tmp_path: Path) -> None:
    (tmp_path / "-dash.nda").write_text(BROKEN)
    assert "-dash.nda:5:3: NDA003" in nda_lint("--output-format", "concise", "-dash.nda", folder=tmp_path).out
    assert "there is no option “--slect”" in nda_lint("--slect", "x", folder=tmp_path).err
    assert nda_lint("--select", "NDA1", "-dash.nda", folder=tmp_path).code == 1


def test_shell_completion() -> None:
    asked = {
        "COMP_CWORD": "3",
        "_NDA_LINT_COMPLETE": "complete_bash",
        "COMP_WORDS": "nda-lint check --output-format j",
    }
    assert nda_lint(environment=asked).out.split() == ["json", "json-lines", "junit"]
    asked |= {"COMP_CWORD": "1", "COMP_WORDS": "nda-lint ex"}
    assert nda_lint(environment=asked).out.split() == ["explain"]


# --- what start-up costs -----------------------------------------------------------------

HEAVY = ("typer", "click", "rich", "pydantic", "lark", "dataclasses", "inspect", "json", "pathlib", "logging")


def modules_after(*arguments: str, folder: Path) -> set[str]:
    program = (
        "import sys; from nda_lint.quick import main; main(sys.argv[1:]); "
        "print('modules', *sorted(sys.modules), file=sys.stderr)"
    )
    done = run([sys.executable, "-c", program, *arguments], folder, capture_output=True)
    return set(done.stderr.decode().rpartition("modules ")[2].split())


def test_checking_imports_nothing_heavy(folder: Path) -> None:
    nda_lint("broken.nda", folder=folder)  # compiles the tables, where this is a fresh checkout
    for arguments in (["broken.nda"], ["check", "残缺.nda", "--output-format", "concise"], ["--help"]):
        loaded = modules_after(*arguments, folder=folder)
        assert "nda_lint.quick" in loaded
        assert sorted(loaded.intersection(HEAVY)) == []


def test_each_format_loads_only_itself(folder: Path) -> None:
    loaded = modules_after("broken.nda", "--output-format", "json", folder=folder)
    assert "nda_lint.render.json" in loaded
    assert loaded.isdisjoint({"nda_lint.render.full", "nda_lint.render.lsp", "typer", "pydantic"})


def test_the_installed_command_leaves_at_once_and_loses_nothing(folder: Path) -> None:
    program = "from nda_lint.quick import process; process()"
    for arguments in (["broken.nda"], ["rules"], ["no-such.nda"]):
        left, done = (
            run([sys.executable, *how, *arguments], folder, capture_output=True)
            for how in (["-c", program], ["-m", "nda_lint"])
        )
        assert (left.returncode, left.stdout, left.stderr) == (done.returncode, done.stdout, done.stderr)


def test_what_stands_behind_two_dashes_is_no_option(tmp_path: Path) -> None:
    result = nda_lint("--", "--help", folder=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", "error: --help: no such file or folder\n")
    (tmp_path / "--version").write_text(BROKEN)
    assert "NDA003" in nda_lint("check", "--output-format", "concise", "--", "--version", folder=tmp_path).out


def test_a_dash_as_output_is_standard_output(folder: Path) -> None:
    for command in (["check", "--output-format", "json"], ["facts"]):
        shown = nda_lint(*command, "broken.nda", folder=folder)
        assert nda_lint(*command, "-o", "-", "broken.nda", folder=folder).out == shown.out != ""
    assert not (folder / "-").exists()


def test_statistics_go_where_the_report_would(folder: Path) -> None:
    shown = nda_lint("--statistics", ".", folder=folder).out
    result = nda_lint("--statistics", "-o", "counts.txt", ".", folder=folder)
    counts = (folder / "counts.txt").read_text(encoding="utf-8")
    assert counts and shown.startswith(counts) and counts not in result.err and result.out == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are no bytes, or not these")
def test_names_of_files_are_shown_as_other_programs_take_them(tmp_path: Path) -> None:
    names = [b"a\xff.nda", b"b\x1b[31m.nda", "保密 协议.nda".encode()]
    for name in names:
        (Path(os.fsdecode(bytes(tmp_path) + b"/" + name))).write_text(BROKEN)
    shown = run([*NDA_LINT, "--show-files", "."], tmp_path, capture_output=True).stdout
    assert shown.splitlines() == names
    again = run([*NDA_LINT, "--statistics", *shown.splitlines()], tmp_path, capture_output=True)
    assert b"in 3 files" in again.stdout
    ours, theirs = os.openpty()
    run([*NDA_LINT, "--show-files", "."], tmp_path, stdout=theirs)
    os.close(theirs)
    seen = os.read(ours, 1000)
    os.close(ours)
    assert b"\x1b" not in seen and "b␛[31m.nda".encode() in seen and "保密 协议.nda".encode() in seen


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
@pytest.mark.parametrize("arguments", [["."], ["check"], ["format", "."], ["init"], ["clean"]])
def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    script = 'mkdir gone; cd gone; rmdir ../gone; exec "$@"'
    done = run(["sh", "-c", script, "sh", *NDA_LINT, *arguments], tmp_path, capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: the current folder is no longer there\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_what_the_system_refuses_is_no_fault_of_the_tool(folder: Path) -> None:
    for number in range(3):
        (folder / f"{number}.nda").write_text(BROKEN)
    command = ["sh", "-c", 'ulimit -n 10; exec "$@"', "sh", *NDA_LINT, "--jobs", "3", "--no-cache", "."]
    done = run(command, folder, capture_output=True)
    assert done.returncode == 2
    assert b"too many open files" in done.stderr and b"fault of the tool" not in done.stderr


def test_no_more_processes_than_files(folder: Path) -> None:
    """However many are allowed: each would be started at once."""
    one = nda_lint("--no-cache", "--output-format", "concise", ".", folder=folder)
    assert (
        nda_lint("--no-cache", "--output-format", "concise", "--jobs", "999999999", ".", folder=folder) == one
    )
