"""The Typer app: shell completion, and the same commands for whoever prefers Typer's reading.

Everything in it is made from the table of options (:mod:`nda_lint.options`); values are typed and commands
run by the code that the quick start-up path uses too, so the two cannot drift apart.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from nda_lint import __version__
from nda_lint.commands import run
from nda_lint.console import Console
from nda_lint.help import command_help, overview
from nda_lint.options import CHECK, COMMANDS, HELP, VERSION, Command, Option, command_named
from nda_lint.problem import Problem
from nda_lint.quick import values

if TYPE_CHECKING:
    from collections.abc import Callable


class CheckByDefault(TyperGroup):
    """``nda-lint contract.nda`` means ``nda-lint check contract.nda``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``check`` in front where the arguments begin with no command."""
        own = {flag for parameter in self.params for flag in parameter.opts}
        if args and command_named(args[0]) is None and args[0] not in own:
            args = [CHECK.name, *args]
        return super().parse_args(ctx, args)


def main(arguments: list[str], console: Console) -> int:
    """Run the app; the exit code. Without arguments it shows help."""
    app = build(console)
    try:
        app(args=arguments or [HELP.flags[-1]], prog_name="nda-lint")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    return 0


def build(console: Console) -> typer.Typer:
    """The app, speaking the language of `console`."""
    app = typer.Typer(
        cls=CheckByDefault,
        context_settings={"help_option_names": []},
        pretty_exceptions_enable=False,
    )
    app.callback()(_root(console))
    for command in COMMANDS:
        app.command(
            command.name,
            help=command.help(console.language),
            context_settings={"help_option_names": []},
        )(_function(command, console))
    return app


def _root(console: Console) -> Callable[..., None]:
    def root(**_: Any) -> None:
        """Options that go without a command."""

    version = _eager(VERSION, console, lambda: f"nda-lint {__version__}\n")
    _give_signature(root, [version, _eager(HELP, console, lambda: overview(console))])
    return root


def _function(command: Command, console: Console) -> Callable[..., None]:
    """What Typer calls for `command`."""

    def function(**given: Any) -> None:
        argument = command.argument
        words = _texts(given[argument.name]) if argument else []
        texts = {option.name: _texts(given[option.name]) for option in command.options}
        try:
            code = run(command.name, values(command, texts, words), console)
        except Problem as problem:
            console.complain(problem)
            code = 2
        raise typer.Exit(code)

    language = console.language
    parameters = [_parameter(option, console) for option in command.options if option is not VERSION]
    if command.argument is not None:
        information: Any = typer.Argument(
            None,
            help=command.argument.help(language),
        )
        kind: Any = list[str] | None if command.argument.many else str | None
        parameters.insert(
            0,
            inspect.Parameter(
                command.argument.name, inspect.Parameter.KEYWORD_ONLY, default=information, annotation=kind
            ),
        )
    show_help = _eager(HELP, console, lambda: command_help(command, console))
    _give_signature(function, [*parameters, show_help])
    return function


def _texts(given: Any) -> list[str]:
    """What Typer gives for a parameter, as the words that were written."""
    if given is None or given is False:
        return []
    if given is True:
        return ["yes"]
    return [given] if isinstance(given, str) else list(given)


def _parameter(option: Option, console: Console) -> inspect.Parameter:
    annotation: Any = {"flag": bool, "list": list[str] | None}.get(option.kind, str | None)
    information = typer.Option(
        False if option.kind == "flag" else None,
        *option.flags,
        help=option.help(console.language),
        autocompletion=_completion(option),
    )
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=information, annotation=annotation
    )


def _completion(option: Option) -> Callable[[str], list[str]] | None:
    if not option.choices:
        return None
    return lambda incomplete: [choice for choice in option.choices if choice.startswith(incomplete)]


def _eager(option: Option, console: Console, text: Callable[[], str]) -> inspect.Parameter:
    """A flag that shows something and ends the run."""

    def show(value: bool) -> None:
        if value:
            console.show(text())
            raise typer.Exit

    information = typer.Option(
        False,
        *option.flags,
        help=option.help(console.language),
        is_eager=True,
        callback=show,
    )
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=information, annotation=bool
    )


def _give_signature(function: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
