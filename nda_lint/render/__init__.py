"""Output formats: one module each, loaded when it is asked for.

A format is a class ``Renderer`` (see :class:`Renderer` below). A new one is one file and one line in
:data:`MODULES`; its name also goes into :data:`nda_lint.options.FORMATS`, which a test compares.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from nda_lint.linter import Report
    from nda_lint.render.summary import Summary

    class Renderer(Protocol):
        """Shows the reports of a run, file by file."""

        #: Whether standard output belongs to the format alone, as UTF-8. The summary then goes to
        #: standard error.
        machine: bool

        def __init__(self, colour: bool) -> None: ...

        def add(self, report: Report) -> str:
            """What can be written once this file has been checked."""

        def finish(self, summary: Summary) -> str:
            """What is left to be written once all files have been checked."""


MODULES = {
    "full": "nda_lint.render.full",
    "concise": "nda_lint.render.concise",
    "json": "nda_lint.render.json",
    "json-lines": "nda_lint.render.json_lines",
    "lsp": "nda_lint.render.lsp",
    "html": "nda_lint.render.html",
}


def renderer(name: str, *, colour: bool = False) -> Renderer:
    """A new renderer of the format called `name`."""
    module = __import__(MODULES[name], fromlist=["Renderer"])
    made: Renderer = module.Renderer(colour)
    return made
