"""Where a command reads and writes: bytes in, bytes out, and no surprise from either end.

Commands never touch ``sys.stdout``; they get a :class:`Console`. It knows whether to colour, in which
encoding a terminal wants its text, and that the reader of a pipe may go away (``| head``).
"""

from __future__ import annotations

import os
import sys

from nda_lint.problem import Problem, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO, Literal, TextIO

    from nda_lint.finding import Language

RESET = "\x1b[0m"
STYLES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;36m",
    "frame": "\x1b[1;34m",
    "strong": "\x1b[1m",
    "remove": "\x1b[31m",
    "insert": "\x1b[32m",
}


def paint(style: str, text: str, colour: bool) -> str:
    """`text` in the colours of `style`, or as it is."""
    return f"{STYLES[style]}{text}{RESET}" if colour and text else text


class Console:
    """Standard input, output and error of one run, the language of its messages, and its colours."""

    __slots__ = ("_environment", "_error", "_output", "choice", "closed", "language", "stdin")

    def __init__(
        self,
        stdin: BinaryIO,
        output: BinaryIO,
        error: BinaryIO,
        environment: Mapping[str, str],
        output_encoding: str = "utf-8",
        error_encoding: str = "utf-8",
    ) -> None:
        self.stdin = stdin
        self._output = (output, output_encoding)
        self._error = (error, error_encoding)
        self._environment = environment
        #: what ``--color`` says
        self.choice = "auto"
        self.language: Language | None = None
        #: whether the reader of standard output has gone away: nothing more need be worked out
        self.closed = False

    @classmethod
    def of_process(cls) -> Console:
        """The console of this process, whatever of it is open."""
        stdin = sys.stdin.buffer if sys.stdin else open(os.devnull, "rb")  # noqa: SIM115
        output, output_encoding = _binary(sys.stdout)
        error, error_encoding = _binary(sys.stderr)
        return cls(stdin, output, error, os.environ, output_encoding, error_encoding)

    def pick(self, english: str, chinese: str) -> str:
        """The text in the language of this run's messages."""
        return chinese if self.language == "zh" else english

    def is_terminal(self, stream: Literal["output", "error"]) -> bool:
        """Whether somebody looks at that stream."""
        file = (self._output if stream == "output" else self._error)[0]
        return file.isatty() and self._environment.get("TERM") != "dumb"

    def colour(self, stream: Literal["output", "error"] = "output") -> bool:
        """Whether to colour what goes to ``output`` or ``error``."""
        if self.choice != "auto":
            return self.choice == "always"
        if self._environment.get("NO_COLOR"):
            return False
        if self._environment.get("FORCE_COLOR", "0") != "0":
            return True
        return self.is_terminal(stream)

    def can_ask(self) -> bool:
        """Whether somebody is there to answer."""
        return self.stdin.isatty() and self.is_terminal("error")

    def ask(self, question: str, default: str) -> str:
        """What somebody answers to a question, which is asked on standard error. Raises :class:`Problem` where
        there will be no answer any more."""
        file, encoding = self._error
        file.write(f"{question} [{default}]: ".encode(encoding, "backslashreplace"))
        file.flush()
        answer = self.stdin.readline()
        if not answer:
            raise Problem("there was no answer, so nothing is written", "未得到回答，因此未作写入")
        return answer.decode(encoding, "replace").strip() or default

    def columns(self) -> int | None:
        """The width of the terminal that standard output is, None where it is none."""
        file = self._output[0]
        try:
            return os.get_terminal_size(file.fileno()).columns if file.isatty() else None
        except (OSError, ValueError):
            return None

    def show(self, text: str) -> None:
        """Write text for people to standard output."""
        file, encoding = self._output
        self._write(file, text.encode(encoding, "backslashreplace"))

    def emit(self, text: str) -> None:
        """Write text for machines to standard output: always UTF-8; what cannot be UTF-8 (a file name with a
        lone surrogate) is escaped as JSON does it."""
        self._write(self._output[0], text.encode("utf-8", "backslashreplace"))

    def emit_bytes(self, data: bytes) -> None:
        """Write bytes to standard output as they are."""
        self._write(self._output[0], data)

    def note(self, text: str) -> None:
        """Write a line to standard error."""
        self.flush()
        file, encoding = self._error
        try:
            file.write(text.encode(encoding, "backslashreplace") + b"\n")
            file.flush()
        except (OSError, ValueError):  # nobody is there to be told
            return

    def draw(self, text: str) -> None:
        """Show `text` in place of what was drawn before, on the last line of the terminal."""
        file, encoding = self._error
        try:
            file.write(f"\r\x1b[K{text}".encode(encoding, "backslashreplace"))
            file.flush()
        except (OSError, ValueError):
            return

    def complain(self, problem: Problem) -> None:
        """Say on standard error what could not be done."""
        from nda_lint.render.text import visible

        label = paint("error", self.pick("error", "错误"), self.colour("error"))
        colon = self.pick(": ", "：")
        self.note(f"{label}{colon}{visible(problem.text(self.language))}")
        for line in problem.details(self.language).splitlines():
            self.note(f"  {visible(line)}")

    def flush(self) -> None:
        """Push out what has been written."""
        self._write(self._output[0], b"")

    def _write(self, file: BinaryIO, data: bytes) -> None:
        if self.closed:
            return
        try:
            if data:
                file.write(data)
            if not data or file.isatty():
                file.flush()
        except BrokenPipeError:
            self.closed = True
            _abandon_output()
        except OSError as error:
            self.closed = True
            _abandon_output()
            english, chinese = reason(error)
            raise Problem(f"standard output: {english}", f"标准输出：{chinese}") from None


def _binary(stream: TextIO | None) -> tuple[BinaryIO, str]:
    if stream is None:  # closed by whoever started us
        return open(os.devnull, "wb"), "utf-8"
    return stream.buffer, stream.encoding


def _abandon_output() -> None:
    """Let the interpreter's last flush go nowhere, or it would complain about the closed pipe itself."""
    try:  # noqa: SIM105 - contextlib is not imported for this
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass
