"""The Python interface: the engine of the command and of the editor, as functions.

    from nda_lint import lint

    for finding in lint(text):
        print(finding.code, finding.message)

There is no global state: what a :class:`Linter` was made with is all that it goes by, and one may be used from
several threads.
"""

from __future__ import annotations

import os
from functools import cache
from io import BytesIO

from nda_lint.bind import bind
from nda_lint.config import NONE, Configurations
from nda_lint.discover import STDIN, read
from nda_lint.encoding import decoded
from nda_lint.house import House
from nda_lint.linter import lint as lint_source
from nda_lint.linter import lint_bytes
from nda_lint.parser import parse as parse_source
from nda_lint.problem import calendar_day
from nda_lint.source import Source
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Language
    from nda_lint.linter import Report

    #: A contract: its text, its bytes, or the path of its file (a :class:`pathlib.Path`, never a plain string).
    Text = str | bytes | os.PathLike[str]

_TEXT = "<text>"


class Linter:
    """Checks contracts, always in the same way.

    `select`, `extend_select` and `ignore` take codes, names and prefixes of rules, `profile` names of profiles,
    `as_of` the day whose law applies (``2026-03-01``), `language` that of messages. `configuration` is a
    configuration file, or a folder: the closest one that holds for contracts in it; without it there is none.

    Raises :class:`~nda_lint.Problem` where there is no such rule or profile, and for mistakes in a configuration or
    in rules.
    """

    def __init__(
        self,
        *,
        select: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        profile: Iterable[str] = (),
        language: Language | None = None,
        as_of: str | None = None,
        configuration: str | os.PathLike[str] | None = None,
    ) -> None:
        self._options: dict[str, Any] = {
            "select": _words(select),
            "extend_select": _words(extend_select),
            "ignore": _words(ignore),
            "profile": _words(profile),
            "as_of": _day(as_of),
        }
        self._language = language
        self._house = _built_in() if configuration is None else _house_of(os.fspath(configuration))
        self._house.settings(self._options, language, _TEXT)

    def lint(self, text: Text, *, filename: str | None = None) -> Report:
        """Everything that is to be said of a contract. `filename` is the name by which to speak of it."""
        name = _name(text, filename)
        settings = self._house.settings(self._options, self._language, name)
        with using(self._house.tables):
            if isinstance(text, str):
                return lint_source(Source(text.removeprefix("\ufeff"), name), settings)
            return lint_bytes(_bytes(text), name, settings)

    def parse(self, text: Text, *, filename: str | None = None) -> Contract:
        """The contract as typed data, whatever is wrong with it; `findings` of the contract are about what could
        not be read. Raises :class:`~nda_lint.Problem` for bytes that are no UTF-8."""
        name = _name(text, filename)
        if not isinstance(text, str):
            text = decoded(_bytes(text), name)
        with using(self._house.tables):
            return bind(parse_source(Source(text.removeprefix("\ufeff"), name)), self._language)


def lint(
    text: Text,
    *,
    filename: str | None = None,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: Iterable[str] = (),
    language: Language | None = None,
    as_of: str | None = None,
    configuration: str | os.PathLike[str] | None = None,
) -> Report:
    """Check one contract; a :class:`Linter` that is kept saves the reading of configuration and rules."""
    linter = Linter(
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        profile=profile,
        language=language,
        as_of=as_of,
        configuration=configuration,
    )
    return linter.lint(text, filename=filename)


def parse(
    text: Text,
    *,
    filename: str | None = None,
    language: Language | None = None,
    configuration: str | os.PathLike[str] | None = None,
) -> Contract:
    """The contract as typed data; see :meth:`Linter.parse`."""
    return Linter(language=language, configuration=configuration).parse(text, filename=filename)


@cache
def _built_in() -> House:
    return House(NONE, cache=False)


def _house_of(path: str) -> House:
    configurations = Configurations()
    if os.path.isdir(path):
        return House(configurations.of_folder(os.path.abspath(path)), cache=True)
    return House(configurations.of_file(os.path.abspath(path)), cache=True)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    """A single word is meant as one, not as its letters."""
    return (words,) if isinstance(words, str) else tuple(words)


def _day(day: str | None) -> str | None:
    return None if day is None else calendar_day(day, "as_of")


def _name(text: Text, filename: str | None) -> str:
    if filename is not None:
        return filename
    return _TEXT if isinstance(text, str | bytes) else os.fspath(text)


def _bytes(text: bytes | os.PathLike[str]) -> bytes:
    """Bytes as they are, or those of a file, read as the command reads it. Raises :class:`~nda_lint.Problem`."""
    if isinstance(text, bytes):
        return text
    path = os.fspath(text)
    return read(os.path.join(os.curdir, path) if path == STDIN else path, BytesIO())
