"""Reading one contract and writing files, for the commands that do so."""

from __future__ import annotations

import os
import stat
from io import BytesIO

from nda_lint.discover import STDIN, STDIN_FILENAME, read
from nda_lint.problem import Problem, UsageError, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from nda_lint.baseline import Baseline
    from nda_lint.config import Configurations
    from nda_lint.console import Console
    from nda_lint.contract import Contract
    from nda_lint.finding import Finding
    from nda_lint.house import Houses
    from nda_lint.source import Source
    from nda_lint.tables import Tables

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def name_of(file: str, values: Mapping[str, Any]) -> str:
    """By which name to speak of `file`, and by which path to find its configuration: that of standard input is where
    the command runs, unless it is said to come from elsewhere."""
    return (values["stdin_filename"] or STDIN_FILENAME) if file == STDIN else file


def houses_of(values: Mapping[str, Any]) -> Houses:
    """The houses of a run, by its options."""
    from nda_lint.house import Houses

    return Houses(isolated=values["isolated"], cache=not values["no_cache"])


def is_excluded(file: str, values: Mapping[str, Any], configurations: Configurations) -> bool:
    """Whether the configuration leaves `file` out. Those that are named are not, unless ``--force-exclude``."""
    name = name_of(file, values)
    named = file == STDIN or any(same_file(file, path) for path in values["paths"])
    if named and not values["force_exclude"]:
        return False
    return configurations.of(name).excludes(name)


def note_nothing_left(console: Console) -> None:
    """Say that there is nothing to do; silence would look as if all were in order."""
    console.note(
        console.pick(
            "There is nothing to do: the configuration leaves out all of these files.",
            "无须处理：这些文件均已由配置排除。",
        )
    )


def baseline_path(values: Mapping[str, Any], configurations: Configurations, name: str) -> str | None:
    """The baseline of a contract: the one named, that of its configuration, or that of the configuration where the
    command runs; when one is to be written, that of the usual name."""
    named: str | None = values["baseline"]
    if named is None:
        named = configurations.of(name).values.get("baseline")
    if named is None:
        named = configurations.of_folder(os.path.abspath(os.curdir)).values.get("baseline")
    if named is None and values["write_baseline"]:
        from nda_lint.baseline import FILENAME

        named = FILENAME
    return named


def baseline_at(path: str) -> Baseline:
    """The baseline in a file. Raises :class:`Problem`."""
    from nda_lint.baseline import Baseline

    return Baseline.read(path)


def tables_of(values: Mapping[str, Any]) -> Tables:
    """The tables of the house of the one file of a command."""
    return houses_of(values).of(name_of(values["file"], values)).tables


def load(file: str, values: Mapping[str, Any], console: Console, data: bytes | None = None) -> Source:
    """The contract in `file`, or in its `data` that was read before. Raises :class:`Problem`."""
    from nda_lint.encoding import decoded
    from nda_lint.source import Source

    name = name_of(file, values)
    return Source(decoded(read(file, console.stdin) if data is None else data, name), name)


def show_findings(contract: Contract, findings: Sequence[Finding], console: Console) -> bool:
    """Show what could not be read of a contract on standard error; whether there is anything."""
    if not findings:
        return False
    from nda_lint.linter import Report
    from nda_lint.render.concise import Renderer

    report = Report(contract.source, contract.language, list(findings), contract)
    console.note(Renderer(console.colour("error")).piece(report).removesuffix("\n"))
    return True


def deliver(text: str, values: Mapping[str, Any], console: Console) -> None:
    """Write the result of a command to ``--output``, or to standard output."""
    if values["output"] is None:
        console.emit(text)
    elif values["file"] != STDIN and same_file(values["file"], values["output"]):
        raise overwriting(values["file"])
    else:
        replace(values["output"], text.encode("utf-8", "backslashreplace"))


def overwriting(file: str) -> UsageError:
    """What is said of a result that would be written over the contract that it is made from."""
    return UsageError(f"{file}: the result would overwrite this contract", f"{file}：结果会覆盖这份合同")


def same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one file."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def encoded(text: str, original: bytes) -> bytes:
    """A text as the bytes of the file that it is to replace, with a byte order mark if that has one."""
    return (_BYTE_ORDER_MARK if original.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()


def overwrite(file: str, original: bytes, data: bytes, undone: str) -> None:
    """Write a contract anew, unless it is no longer the `original` that was read; `undone` is the Chinese word for
    what then is not done to it. Raises :class:`Problem`."""
    found = read(file, BytesIO())
    if found == data:  # by way of a link to it, at the same time
        return
    if found != original:
        raise Problem(
            f"{file}: it was changed by someone else meanwhile, so it is left alone",
            f"{file}：文件在此期间被改动，因此未作{undone}",
        )
    replace(file, data)


def replace(path: str, data: bytes) -> None:
    """Write a file so that at every moment either the old or the new content is there, whole: to a temporary
    file in the same folder, which then takes its place with its mode. Raises :class:`Problem`."""
    try:
        _replace(path, data)
    except (OSError, ValueError) as error:
        english, chinese = reason(error)
        raise Problem(f"{path}: cannot be written: {english}", f"{path}：无法写入：{chinese}") from None


def _replace(path: str, data: bytes) -> None:
    status = None
    if os.path.exists(path):
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device has nothing to be replaced
            with open(path, "wb") as file:
                file.write(data)
            return
        if not os.access(path, os.W_OK):  # renaming would get around the protection
            raise PermissionError
    target = os.path.realpath(path)  # a link stays a link
    from nda_lint.identity import digest

    # The name of the file is perhaps as long as one can be already, so this one does not hold it.
    name = f".nda-lint-{digest(target)}-{os.getpid()}.tmp"
    temporary = os.path.join(os.path.dirname(target), name)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status is not None:
            _give_owner(temporary, status)
            os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _give_owner(path: str, status: os.stat_result) -> None:
    """Give a file to whom another belongs, as far as may be: a build that runs as root must not take it from them."""
    if not hasattr(os, "chown"):
        return
    try:
        os.chown(path, status.st_uid, status.st_gid)
    except OSError:  # only the group can be another then, and who may write is said by the mode
        return
