"""One table, two readers: the quick start-up path and Typer understand every command line alike."""

from __future__ import annotations

import io
from typing import Any

import pytest
from typer.testing import CliRunner

from nda_lint import cli, quick
from nda_lint.console import Console
from nda_lint.options import CHECK, COMMANDS, GROUPS, Argument, Command, Option
from nda_lint.problem import UsageError

SAMPLES = {
    "text": ["x", "with space", "字"],
    "list": ["NDA3", "NDA301,missing-term"],
    "number": ["0", "12"],
    "date": ["2026-03-01"],
    "output": ["x.json", "-"],
}


def console() -> Console:
    return Console(io.BytesIO(), io.BytesIO(), io.BytesIO(), {})


def understood_by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, Any]]:
    calls: list[tuple[str, dict[str, Any]]] = []

    def run(name: str, values: dict[str, Any], _: Console) -> int:
        calls.append((name, values))
        return 0

    monkeypatch.setattr(cli, "run", run)
    result = CliRunner().invoke(cli.build(console()), arguments)
    assert result.exit_code == 0, result.output
    (call,) = calls
    return call


def understood(arguments: list[str]) -> tuple[str, dict[str, Any]]:
    command, rest = quick.command_asked(arguments)
    command = command or CHECK
    return command.name, quick.read(command, rest)


def samples(option: Option) -> list[str]:
    return list(option.choices) if option.choices else SAMPLES[option.kind]


def command_lines(command: Command) -> list[list[str]]:
    needed = [
        word
        for option in command.options
        if option.required
        for word in (option.flags[-1], samples(option)[0])
    ]
    words = [command.name, *needed, *(["x.nda"] if command.argument else [])]
    lines = [words]
    for option in command.options:
        for flag in option.flags:
            if option.kind == "flag":
                lines.append([*words, flag])
                continue
            for value in samples(option):
                lines.append([*words, flag, value])
                lines.append(
                    [*words[:1], f"{flag}={value}" if flag.startswith("--") else flag + value, *words[1:]]
                )
        if option.kind == "list":
            lines.append(
                [*words, option.flags[-1], samples(option)[0], option.flags[-1], samples(option)[-1]]
            )
    return lines


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_typer_and_the_quick_path_agree(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in command_lines(command):
        assert understood_by_typer(line, monkeypatch) == understood(line), line


@pytest.mark.parametrize(
    "line",
    [
        ["a.nda"],
        ["a.nda", "b.nda", "-"],
        ["--select", "NDA1", "a.nda", "--ignore=NDA101"],
        ["--", "--odd-name.nda"],
        ["check", "--", "-x"],
        ["check"],
        ["-"],
    ],
)
def test_check_is_the_default_command(line: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert understood_by_typer(line, monkeypatch) == understood(line)
    assert understood(line)[0] == "check"


def test_options_may_stand_before_the_command() -> None:
    assert understood(["--lang", "zh", "explain", "NDA101"]) == understood(
        ["explain", "NDA101", "--lang", "zh"]
    )
    assert understood(["--select", "facts", "x.nda"])[0] == "check"


def test_lists_take_commas_and_repeat() -> None:
    values = understood(["x", "--select", "NDA1, NDA2", "--select=NDA3", "--profile", "common-law,strict"])[1]
    assert values["select"] == ("NDA1", "NDA2", "NDA3")
    assert values["profile"] == ("common-law", "strict")


def test_the_last_of_a_repeated_option_counts() -> None:
    assert understood(["x", "--lang", "zh", "--lang", "en"])[1]["lang"] == "en"


def test_a_flag_means_the_same_kind_of_thing_in_every_command() -> None:
    kinds: dict[str, bool] = {}
    for command in COMMANDS:
        for option in command.options:
            for flag in option.flags:
                assert kinds.setdefault(flag, option.kind == "flag") == (option.kind == "flag"), flag


def test_every_text_is_there_in_both_languages() -> None:
    for command in COMMANDS:
        things: list[Command | Option | Argument] = [command, *command.options]
        for thing in [*things, *([command.argument] if command.argument else [])]:
            assert thing.english.isascii()
            assert not thing.chinese.isascii()
            assert thing.help("en") == thing.english
            assert thing.help("zh") == thing.chinese
        for option in command.options:
            assert option.group in GROUPS
            assert (option.metavar == "") == (option.kind == "flag")


@pytest.mark.parametrize("bad", ["", "1.5", "-1", "+1", "x", "１", "9" * 30])
def test_bad_numbers(bad: str) -> None:
    with pytest.raises(UsageError, match="is no whole number"):
        understood(["x", f"--max-warnings={bad}"])


@pytest.mark.parametrize("bad", ["", "2026-13-01", "1 March 2026", "2026-3-1", "x"])
def test_bad_dates(bad: str) -> None:
    with pytest.raises(UsageError, match="is no day of the calendar"):
        understood(["x", f"--as-of={bad}"])
