"""What makes a finding the same one in another run: its rule, its clause and the text that it is about, never the
line on which that stands."""

from __future__ import annotations

from bisect import bisect_right
from unicodedata import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.contract import Block, Contract
    from nda_lint.finding import Finding
    from nda_lint.linter import Report
    from nda_lint.values import Definition

    #: Code of the rule, label or kind of the clause, and text without its layout.
    Identity = tuple[str, str, str]

#: What is longer is told apart by a hash of all of it.
_LONGEST = 120
_SHOWN = 80


def identities(report: Report) -> Iterator[tuple[Finding, Identity]]:
    """The findings of a report, each with what it is known by; several may be known by the same."""
    text, clauses = report.source.text, Clauses(report.contract)
    for finding in report.findings:
        clause = clauses.at(finding.span[0])
        yield finding, (finding.code, clause, normalised(text[finding.span[0] : finding.span[1]]))


class Clauses:
    """What the clause at a place is called: by its label, else by its kind and the name that it declares."""

    __slots__ = ("_blocks", "_definitions", "_starts", "_starts_of_definitions")

    def __init__(self, contract: Contract | None) -> None:
        self._blocks = sorted(contract.blocks, key=_start) if contract is not None else []
        self._starts = [_start(block) for block in self._blocks]
        self._definitions = sorted(contract.definitions, key=_start) if contract is not None else []
        self._starts_of_definitions = [_start(definition) for definition in self._definitions]

    def at(self, offset: int) -> str:
        """The clause, or the definition, in which `offset` lies; empty above the first."""
        place = bisect_right(self._starts_of_definitions, offset) - 1
        if place >= 0 and offset < self._definitions[place].span[1]:
            return f"define {self._definitions[place].name}"
        place = bisect_right(self._starts, offset) - 1
        return _called(self._blocks[place]) if place >= 0 else ""


def _start(thing: Block | Definition) -> int:
    return thing.span[0]


def _called(block: Block) -> str:
    if block.label:
        return f"@{block.label}"
    return f"{block.kind} {block.name}" if block.name else str(block.kind or "")


def normalised(text: str) -> str:
    """`text` without what layout and keyboards do to it: white space, full-width forms."""
    plain = " ".join(normalize("NFKC", text).split())
    if len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_SHOWN]}… {digest(plain)}"


def digest(*parts: str) -> str:
    """A short hash of some texts."""
    from hashlib import blake2b

    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=16).hexdigest()
