"""Help for the command line, laid out from the table of options.

Typer's own layout measures words, not cells, and cuts Chinese text off; this one fits 80 columns in both
languages.
"""

from __future__ import annotations

from nda_lint import DOCUMENTATION
from nda_lint.console import paint
from nda_lint.options import COMMANDS, COMPLETION, GROUPS, HELP, VERSION
from nda_lint.render.text import wrap
from nda_lint.source import display_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.console import Console
    from nda_lint.options import Command, Option

    Section = tuple[str, list[tuple[str, str]]]

_WIDTH = 80
#: Where the second column begins; a longer first column gets a line of its own.
_COLUMN = 27
#: A command with no more options than this needs no groups.
_FEW = 9


def overview(console: Console) -> str:
    """The help of ``nda-lint`` itself."""
    return _page(
        console,
        console.pick(
            "Checks confidentiality agreements written in the .nda clause language.",
            "检查用 .nda 条款语言写成的保密协议。",
        ),
        ["nda-lint [PATH|-]...", "nda-lint COMMAND [...]"],
        [
            (
                console.pick("Commands", "命令"),
                [(command.name, command.help(console.language)) for command in COMMANDS],
            ),
            (
                console.pick("Options", "选项"),
                [_row(option, console) for option in (HELP, VERSION, *COMPLETION)],
            ),
        ],
        console.pick(
            f"“nda-lint COMMAND --help” tells more about a command. Documentation: {DOCUMENTATION}",
            f"“nda-lint COMMAND --help”显示某个命令的说明。文档：{DOCUMENTATION}",
        ),
    )


def command_help(command: Command, console: Console) -> str:
    """The help of one command."""
    language = console.language
    usage = f"nda-lint {command.name} [OPTIONS]"
    sections: list[Section] = []
    if command.argument is not None:
        usage += f" {command.argument.metavar}"
        rows = [(command.argument.metavar, command.argument.help(language))]
        sections.append((console.pick("Arguments", "参数"), rows))
    groups: dict[str, list[tuple[str, str]]] = {}
    for option in (*command.options, HELP):
        group = option.group if len(command.options) > _FEW else "other"
        groups.setdefault(console.pick(*GROUPS[group]), []).append(_row(option, console))
    return _page(
        console,
        console.pick(f"{command.english}.", f"{command.chinese}。"),
        [usage],
        [*sections, *groups.items()],
    )


def _row(option: Option, console: Console) -> tuple[str, str]:
    flags = ", ".join(option.flags)
    left = f"    {flags}" if option.flags[0].startswith("--") else flags
    text = option.help(console.language)
    if option.choices:
        text += f" [{', '.join(option.choices)}]"
    if option.kind != "flag" and option.default:
        text += console.pick(f" [default: {option.default}]", f" [默认：{option.default}]")
    return f"{left} {option.metavar}".rstrip(), text


def _page(console: Console, what: str, usage: list[str], sections: list[Section], ending: str = "") -> str:
    colour = console.colour()
    label = console.pick("Usage: ", "用法：")
    lines = [*wrap(what, _WIDTH), ""]
    for index, line in enumerate(usage):
        head = paint("strong", label, colour) if index == 0 else " " * display_width(label)
        lines.append(f"{head}{line}")
    for title, rows in sections:
        lines += ["", paint("strong", console.pick(f"{title}:", f"{title}："), colour)]
        for row in rows:
            lines += _columns(*row, colour)
    if ending:
        lines += ["", *wrap(ending, _WIDTH)]
    return "\n".join(lines) + "\n"


def _columns(left: str, right: str, colour: bool) -> list[str]:
    texts = wrap(right, _WIDTH - _COLUMN)
    head = f"  {paint('info', left, colour)}"
    room = _COLUMN - 2 - display_width(left)
    if room < 2:
        return [head, *(" " * _COLUMN + text for text in texts)]
    return [head + " " * room + texts[0], *(" " * _COLUMN + text for text in texts[1:])]
