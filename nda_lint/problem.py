"""Why the tool could not do its work: one sentence in each language, and never a traceback.

A *finding* is about a contract; a *problem* is about the run (a missing file, a bad option).
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from nda_lint.finding import Language


#: The environment variable that lets unexpected errors through, for those who mend this tool.
TRACEBACK = "NDA_LINT_TRACEBACK"


class Problem(Exception):
    """The tool cannot do what was asked; the run ends with exit code 2. `details`, in one language or in
    English and Chinese, are shown below the sentence."""

    def __init__(self, english: str, chinese: str, details: str | tuple[str, str] = "") -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese
        self._details = details

    def __reduce__(self) -> tuple[type[Problem], tuple[str, str, str | tuple[str, str]]]:
        return type(self), (self.english, self.chinese, self._details)  # it may come from another process

    def text(self, language: Language | None) -> str:
        """The sentence in `language`, English where none was asked for."""
        return self.chinese if language == "zh" else self.english

    def details(self, language: Language | None) -> str:
        """What is shown below the sentence."""
        if isinstance(self._details, str):
            return self._details
        return self._details[language == "zh"]


class UsageError(Problem):
    """The command line asks for something that there is not."""


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """The end of a sentence, in English and Chinese, that names the nearest known word, if any is near."""
    from difflib import get_close_matches  # only in a run that ends with an error

    candidates = list(known)
    lowered = {candidate.lower(): candidate for candidate in candidates}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    if not near:
        return "", ""
    return f"; did you mean “{lowered[near[0]]}”?", f"；是否应为“{lowered[near[0]]}”？"


def reason(error: OSError | ValueError) -> tuple[str, str]:
    """Why the system refused, in English and Chinese."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder", "没有这个文件或文件夹"
    if isinstance(error, PermissionError):
        return "permission denied", "没有权限"
    if isinstance(error, IsADirectoryError):
        return "this is a folder and no file", "这是文件夹，不是文件"
    if isinstance(error, ValueError):
        return "not a possible file name", "不是可用的文件名"
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:], text


def unexpected(error: Exception, place: str = "") -> Problem:
    """An error that nobody foresaw, in one sentence; `place` is the file it was about."""
    if (
        type(error).__name__ == "CompileError"
    ):  # in a checkout, by whoever works on it; an installed tool has none
        return Problem("schema, names and rules do not fit together", "模式、词表与规则不一致", str(error))
    if isinstance(error, OSError) and error.strerror:  # the system is short of something, or a file is gone
        english, chinese = reason(error)
        name = place or (error.filename if isinstance(error.filename, str) else "")
        return Problem(
            f"{name or 'the system refuses'}: {english}", f"{name or '系统拒绝'}：{chinese}", str(error)
        )
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    line = _line_of_schema(error)
    if line:
        return Problem("the schema cannot be read", "模式无法读取", f"{line}: {what}")
    return Problem(
        f"{place}{': ' if place else ''}nda-lint itself failed ({what}); this is a fault of the tool. "
        f"Set {TRACEBACK}=1 to see where",
        f"{place}{'：' if place else ''}nda-lint 自身出错（{what}），这是本工具的缺陷。"
        f"设置 {TRACEBACK}=1 可查看出错位置",
    )


class failing_alone:  # noqa: N801 - read as a statement: with failing_alone(name)
    """``with failing_alone(name):`` what nobody foresaw is a :class:`Problem` of the file of that name, so that one file
    does not take the others down."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Problem) and not os.environ.get(TRACEBACK):
            raise unexpected(error, self._name) from error


def calendar_day(text: str, name: str, problem: type[Problem] = Problem) -> str:
    """A day in ISO 8601, as it was given for what is called `name`. Raises `problem` for what is none."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem(
            f"{name}: “{text}” is no day of the calendar; write it as 2026-03-01",
            f"{name}：“{text}”不是日期；请写作 2026-03-01",
        ) from None


def _line_of_schema(error: Exception) -> str:
    """The line of a model or a list of words that failed, for whoever adds to them; empty where none did."""
    frame, place = error.__traceback__, ""
    while frame is not None:
        folder, name = os.path.split(frame.tb_frame.f_code.co_filename)
        if folder.endswith(os.path.join("nda_lint", "schema")):
            place = f"nda_lint/schema/{name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place
