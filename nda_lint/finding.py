"""What the linter says: one diagnostic type, whatever stage it comes from.

Severity says how bad the matter is for the contract, confidence how sure the tool is; they are
two things. Places are spans into the text of the contract that the finding is about.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from nda_lint.source import Span

    Severity = Literal["error", "warning", "info"]
    Confidence = Literal["high", "medium", "low"]
    Language = Literal["en", "zh"]

#: From light to heavy; the position is the rank.
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class _Record:
    """Slotted value with equality and a readable repr; subclasses only name their slots."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


class Related(_Record):
    """Another place that belongs to the finding, with what it has to do with it."""

    __slots__ = ("message", "span")

    def __init__(self, message: str, span: Span) -> None:
        self.message = message
        self.span = span


class Edit(_Record):
    """Replace the text at `span` with `text`."""

    __slots__ = ("span", "text")

    def __init__(self, span: Span, text: str) -> None:
        self.span = span
        self.text = text


class Fix(_Record):
    """Edits that mend the finding: *safe* ones never change what the parties agreed."""

    __slots__ = ("applicability", "edits", "message")

    def __init__(
        self, applicability: Literal["safe", "unsafe"], message: str, edits: tuple[Edit, ...]
    ) -> None:
        self.applicability = applicability
        self.message = message
        self.edits = edits


class Cite(_Record):
    """Law, with the ISO dates between which the cited numbering is in force (or None)."""

    __slots__ = ("in_force_from", "in_force_until", "text")

    def __init__(
        self, text: str, in_force_from: str | None = None, in_force_until: str | None = None
    ) -> None:
        self.text = text
        self.in_force_from = in_force_from
        self.in_force_until = in_force_until


class Finding(_Record):
    """One finding of one rule at one place."""

    __slots__ = (
        "cites", "code", "confidence", "fix", "help", "message", "name", "related",
        "severity", "span", "witness",
    )  # fmt: skip

    def __init__(
        self,
        code: str,
        name: str,
        severity: Severity,
        message: str,
        span: Span,
        *,
        confidence: Confidence = "high",
        help: str | None = None,
        related: tuple[Related, ...] = (),
        witness: str | None = None,
        cites: tuple[Cite, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.confidence = confidence
        self.message = message
        self.span = span
        self.help = help
        self.related = related
        self.witness = witness
        self.cites = cites
        self.fix = fix
