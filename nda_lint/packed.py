"""The lines of long texts between being cut and being parsed, in as little room as they take."""

from __future__ import annotations

import marshal

from nda_lint.syntax import Header, ProseLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.scan import Statement


class Packed:
    """Some lines that follow each other, of which the statements are made by `statement`. Those that declare terms are
    read before all others, and then they are no more than their places."""

    __slots__ = ("_declaring", "_lines", "_others", "_statement")

    def __init__(self, lines: list[Any], statement: type[Statement]) -> None:
        self._statement = statement
        #: lines to which there is more than can be packed, which is seldom; None stands for each of them
        self._others: list[Statement] = []
        declaring = [
            (line.atoms, line.header) if _is_plain(line) else None for line in lines if _declares_term(line)
        ]
        self._declaring = marshal.dumps(declaring) if declaring else b""
        self._lines = marshal.dumps([self._packed(line) for line in lines])

    def _packed(self, line: Any) -> Any:
        if isinstance(line, ProseLine):
            return "prose", line.text, line.span
        if not _is_plain(line):
            self._others.append(line)
            return None
        if _declares_term(line):
            return "place", line.span
        return line.atoms if line.header is None else ("header", line.atoms, line.header)

    def declaring(self) -> Iterator[Statement]:
        """The lines that declare terms, which are let go of."""
        others = filter(_declares_term, self._others)
        lines, self._declaring = self._declaring, b""
        for packed in marshal.loads(lines) if lines else ():
            yield next(others) if packed is None else self._header(*packed)

    def __iter__(self) -> Iterator[Any]:
        """The lines; of those that declare terms their places, as headers without a tree."""
        others = iter(self._others)
        for packed in marshal.loads(self._lines):
            if packed is None:
                yield next(others)
            elif isinstance(packed, list):
                yield self._statement(packed)
            elif packed[0] == "header":
                yield self._header(*packed[1:])
            elif packed[0] == "prose":
                yield ProseLine(*packed[1:])
            else:
                yield Header("DEFINE", None, None, packed[1], False, packed[1])

    def _header(self, atoms: Any, header: Any) -> Statement:
        line = self._statement(atoms)
        line.header = header
        return line


def _declares_term(line: Any) -> bool:
    return not isinstance(line, ProseLine) and line.header is not None and line.header[0] == "DEFINE"


def _is_plain(line: Statement) -> bool:
    """Whether there is no more to a line than its atoms and the header that it is."""
    has_more = line.mark is not None or line.unquoted is not None or line.too_long
    return not has_more and line.span == (line.atoms[0][1], line.atoms[-1][2])
