"""A bar on standard error that says how far a long run has come."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.console import Console

#: Seconds before the bar appears, and between two strokes of it.
_PATIENCE = 1.0
_INTERVAL = 0.1
_CELLS = 30


class Progress:
    """Counts to `total`; it shows nothing unless standard error is a terminal and the run takes long."""

    def __init__(self, total: int, console: Console) -> None:
        self._total = total
        self._done = 0
        self._console = console
        self._next = monotonic() + _PATIENCE
        self._shown = False

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if monotonic() >= self._next and self._total > 1 and self._console.is_terminal("error"):
            self._next = monotonic() + _INTERVAL
            full = _CELLS * self._done // self._total
            self._console.draw(f"[{'#' * full}{' ' * (_CELLS - full)}] {self._done}/{self._total}")
            self._shown = True

    def is_last(self) -> bool:
        """Whether only the last one is left to be done, or none."""
        return self._done + 1 >= self._total

    def clear(self) -> None:
        """Take the bar away, because something else is to be shown or all is done."""
        if self._shown:
            self._console.draw("")
            self._shown = False
