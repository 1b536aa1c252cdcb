"""What comes of one file in a run of ``nda-lint check``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.problem import Problem


class Outcome:
    """What came of one file: a problem, or what the format makes of it and what is to be counted."""

    __slots__ = (
        "difference",
        "matched",
        "mended",
        "noted",
        "piece",
        "problem",
        "refused",
        "tally",
        "text",
        "whole",
    )

    def __init__(
        self, piece: Any = None, tally: Any = None, matched: Any = (), *, whole: bool = False
    ) -> None:
        self.problem: Problem | None = None
        self.piece = piece
        self.tally = tally
        #: what of the baseline was found, and whether all of the file could be read
        self.matched = matched
        self.whole = whole
        #: the findings as a new baseline has them
        self.noted: list[tuple[str, str, str, str]] = []
        #: how many findings were mended, and how many could not be
        self.mended = 0
        self.refused = 0
        #: what ``--diff`` shows, and the mended text of standard input
        self.difference = ""
        self.text: bytes | None = None
