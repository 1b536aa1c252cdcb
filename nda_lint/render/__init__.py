"""Output formats: one module each, loaded when it is asked for.

A format is a class ``Renderer`` (see :class:`Renderer` below). A new one is one file and one line in
:data:`MODULES`; its name also goes into :data:`nda_lint.options.FORMATS`, which a test compares.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary

    class Renderer(Protocol):
        """Shows the reports of a run, file by file."""

        def __init__(self, colour: bool) -> None: ...

        def piece(self, report: Report) -> Any:
            """What the format makes of one file: plain data (texts, numbers, lists), because it may come from
            another process or be kept until the next run."""

        def add(self, piece: Any) -> str:
            """What can be written once this file has been checked."""

        def finish(self, summary: Summary) -> str:
            """What is left to be written once all files have been checked."""


MODULES = {
    "full": "nda_lint.render.full",
    "concise": "nda_lint.render.concise",
    "json": "nda_lint.render.json",
    "json-lines": "nda_lint.render.json_lines",
    "lsp": "nda_lint.render.lsp",
    "sarif": "nda_lint.render.sarif",
    "github": "nda_lint.render.github",
    "gitlab": "nda_lint.render.gitlab",
    "junit": "nda_lint.render.junit",
    "html": "nda_lint.render.html",
}

#: Formats for a terminal, which the summary may follow. Standard output belongs to any other alone, as UTF-8.
FOR_PEOPLE = frozenset({"full"})


def renderer(name: str, *, colour: bool = False) -> Renderer:
    """A new renderer of the format called `name`."""
    module = __import__(MODULES[name], fromlist=["Renderer"])
    made: Renderer = module.Renderer(colour)
    return made


class Streamed:
    """A format whose pieces are texts that stand by themselves, one after the other."""

    def add(self, piece: str) -> str:
        """The piece itself."""
        return piece

    def finish(self, summary: Summary) -> str:
        """Nothing is left."""
        return ""
