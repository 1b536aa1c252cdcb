"""nda-lint: a clause-rules engine and linter for confidentiality agreements in plain text.

``from nda_lint import lint, parse, Finding``: `docs/api.md` tells what there is. Nothing is loaded before it is
asked for.
"""

from __future__ import annotations

__version__ = "0.1.0"

#: Base of the pages on rules; the same as the Documentation URL of the package.
DOCUMENTATION = "https://nda-lint.example/docs"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.api import Linter, lint, parse
    from nda_lint.contract import Contract
    from nda_lint.finding import Cite, Edit, Finding, Fix, Related
    from nda_lint.linter import Report
    from nda_lint.problem import Problem

#: Public name → the module that has it.
_PUBLIC = {
    "Cite": "finding", "Contract": "contract", "Edit": "finding", "Finding": "finding", "Fix": "finding",
    "Linter": "api", "Problem": "problem", "Related": "finding", "Report": "linter", "lint": "api", "parse": "api",
}  # fmt: skip

__all__ = [
    "DOCUMENTATION",
    "Cite",
    "Contract",
    "Edit",
    "Finding",
    "Fix",
    "Linter",
    "Problem",
    "Related",
    "Report",
    "__version__",
    "lint",
    "parse",
]

if not TYPE_CHECKING:  # a checker of types sees the imports above

    def __getattr__(name: str) -> object:
        module = _PUBLIC.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(__import__(f"{__name__}.{module}", fromlist=[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
