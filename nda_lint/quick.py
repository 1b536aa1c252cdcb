"""The start-up path of the command: reads the arguments by the table of options and runs the command.

It imports nothing that the command does not need; above all not Typer, which takes longer to import than a
contract takes to check. Shell completion is left to the Typer app (:mod:`nda_lint.cli`).
"""

from __future__ import annotations

import gc
import os
import sys

from nda_lint.commands import run
from nda_lint.console import Console
from nda_lint.options import CHECK, COMMANDS, COMPLETION, HELP, VERSION, command_named
from nda_lint.problem import TRACEBACK, Problem, UsageError, did_you_mean, unexpected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nda_lint.finding import Language
    from nda_lint.options import Command, Option, Value

_COMPLETION = tuple(flag for option in COMPLETION for flag in option.flags)
_INTERRUPTED = 130


def process() -> None:
    """The installed command: `main`, and then out at once. To take down all that was loaded would take nearly
    as long as to check a contract; ``python -m nda_lint`` does it, for profilers and the like."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # closed, or never there
            continue
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; whatever happens ends in a sentence."""
    # The cyclic collector would walk over the tables and every growing tree again and again; a run over
    # many files collects between them.
    gc.disable()
    console = Console.of_process()
    try:
        code = start(sys.argv[1:] if arguments is None else list(arguments), console)
        console.flush()
    except Problem as problem:
        console.complain(problem)
        code = 2
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Exception as error:  # the last guard: a user gets no traceback
        if os.environ.get(TRACEBACK):
            raise
        console.complain(unexpected(error))
        code = 2
    return code


def start(arguments: list[str], console: Console) -> int:
    """Run the command line; raises :class:`Problem`."""
    console.language = language_asked(arguments)
    if "_NDA_LINT_COMPLETE" in os.environ or any(flag in arguments for flag in _COMPLETION):
        return _typer(arguments, console)
    command, rest = command_asked(arguments)
    asked = {flag for flag, value in tokens(command or CHECK, rest, lenient=True) if value is not None}
    if not arguments or asked.intersection(HELP.flags):
        return _help(command, console)
    if asked.intersection(VERSION.flags):
        from nda_lint import __version__

        console.show(f"nda-lint {__version__}\n")
        return 0
    command = command or CHECK
    asked_for = read(command, rest)
    try:
        os.getcwd()  # paths are read from here
    except OSError:
        raise Problem("the current folder is no longer there", "当前文件夹已不存在") from None
    return run(command.name, asked_for, console)


def _help(command: Command | None, console: Console) -> int:
    from nda_lint.help import command_help, overview

    console.show(overview(console) if command is None else command_help(command, console))
    return 0


def _typer(arguments: list[str], console: Console) -> int:
    from nda_lint.cli import main as typer_main

    return typer_main(arguments, console)


def language_asked(arguments: Sequence[str]) -> Language | None:
    """What ``--lang`` says, found before anything else is understood: errors are to be in it too."""
    for index, word in enumerate(arguments):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in ("en", "zh"):
            return "zh" if value == "zh" else "en"
    return None


def command_asked(arguments: Sequence[str]) -> tuple[Command | None, list[str]]:
    """The command, and the arguments without its name: the first word that is no option, if a command is
    called that; otherwise none is named."""
    takes_value = {
        flag
        for command in COMMANDS
        for option in command.options
        for flag in option.flags
        if option.kind != "flag"
    }
    words = iter(enumerate(arguments))
    for index, word in words:
        if word == "--":
            break
        if word in takes_value:
            next(words, None)
        elif word == "-" or not word.startswith("-"):
            command = command_named(word)
            if command is None:
                break
            return command, [*arguments[:index], *arguments[index + 1 :]]
    return None, list(arguments)


def read(command: Command, arguments: Sequence[str]) -> dict[str, Value]:
    """The values of the command's options and of its argument, by name. Raises :class:`UsageError`."""
    given: dict[str, list[str]] = {option.name: [] for option in command.options}
    words: list[str] = []
    for word, value in tokens(command, arguments):
        option = command.option(word) if value is not None else None
        if option is None:
            words.append(word)
        else:
            given[option.name].append(value or "")
    return values(command, given, words)


def values(command: Command, given: dict[str, list[str]], words: Sequence[str]) -> dict[str, Value]:
    """The typed values of what was given for each option, and of the other words."""
    result: dict[str, Value] = {}
    for option in command.options:
        texts = given[option.name]
        result[option.name] = bool(texts) if option.kind == "flag" else option.convert(texts)
        if option.required and not texts:
            raise UsageError(
                f"{command.name}: {option.flags[-1]} {option.metavar} is needed",
                f"{command.name}：需要 {option.flags[-1]} {option.metavar}",
            )
    return result | _argument(command, words)


def _argument(command: Command, words: Sequence[str]) -> dict[str, Value]:
    argument = command.argument
    if argument is not None and argument.many:
        return {argument.name: tuple(words)}
    if argument is not None and not words:
        raise UsageError(
            f"{command.name}: {argument.metavar} is needed", f"{command.name}：需要 {argument.metavar}"
        )
    extra = words[0 if argument is None else 1 :]
    if extra:
        raise UsageError(
            f"{command.name}: “{extra[0]}” is one argument too many",
            f"{command.name}：“{extra[0]}”是多余的参数",
        )
    return {} if argument is None else {argument.name: words[0]}


def tokens(
    command: Command, arguments: Sequence[str], *, lenient: bool = False
) -> Iterator[tuple[str, str | None]]:
    """Options as ``(flag, value)``, those without a value as ``(flag, "yes")``, words as ``(word, None)``.

    `lenient` passes over what is wrong, for those who only look for ``--help``.
    """
    words = iter(arguments)
    for word in words:
        if word == "--":
            yield from ((rest, None) for rest in words)
        elif word == "-" or not word.startswith("-"):
            yield word, None
        else:
            yield from _option(command, word, words, lenient)


def _option(
    command: Command, word: str, words: Iterator[str], lenient: bool
) -> Iterator[tuple[str, str | None]]:
    flag, equals, value = word.partition("=") if word.startswith("--") else (word[:2], word[2:], word[2:])
    option = command.option(flag)
    if option is None:
        if os.path.lexists(word):  # as pre-commit names it, which puts no "--" before the files
            yield word, None
            return
        if lenient:
            yield word, "yes"
            return
        raise _no_such_option(command, flag)
    if option.kind == "flag":
        if equals and not lenient:
            raise UsageError(f"{flag} takes no value", f"{flag} 不带值")
        yield flag, "yes"
        return
    given = value if equals else next(words, None)
    if given is not None:
        yield flag, given
    elif not lenient:
        raise UsageError(f"{flag} needs a value: {option.metavar}", f"{flag} 需要一个值：{option.metavar}")


def _no_such_option(command: Command, flag: str) -> UsageError:
    known: list[Option] = [*command.options, HELP]
    english, chinese = did_you_mean(flag, [name for option in known for name in option.flags])
    return UsageError(
        f"{command.name}: there is no option “{flag}”{english}", f"{command.name}：没有选项“{flag}”{chinese}"
    )
