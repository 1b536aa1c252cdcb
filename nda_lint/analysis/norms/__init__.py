"""Contradictions between norms (NDA302 to NDA305 and NDA322): what norms mean, exactly, and where two of them cannot
both be kept.

A norm is a set of situations. Its parts are classes of the is-a order, conditions and windows of time; two norms
contradict each other where a situation lies in both, the one demands or permits what the other forbids, and neither
prevails. `docs/contradictions.md` says it for lawyers.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.analysis.norms.situation import Situation
    from nda_lint.contract import Contract, Norm
    from nda_lint.finding import Severity


class Conflict:
    """Norms that contradict each other, in the order of the contract: the shortest set that does.

    `entailed` is true where the permission is one that only follows from its norm; `situation` is a situation in all
    of them, None where there is none to show (a norm that is empty, deadlines that differ)."""

    __slots__ = ("code", "entailed", "norms", "severity", "situation")

    def __init__(
        self,
        code: str,
        severity: Severity,
        norms: tuple[Norm, ...],
        situation: Situation | None,
        *,
        entailed: bool,
    ) -> None:
        self.code = code
        self.severity: Severity = severity
        self.norms = norms
        self.situation = situation
        self.entailed = entailed


def analyse(contract: Contract, tables: Mapping[str, Any]) -> list[Conflict]:
    """All contradictions between the norms of a contract; `tables` are the compiled ones."""
    from nda_lint.analysis.norms.compare import Comparison
    from nda_lint.analysis.norms.situation import situation

    comparison = Comparison(contract, tables)
    return [
        Conflict(
            clash.code, clash.severity, clash.norms,
            situation(comparison.world, clash.box, clash.alone) if clash.box is not None else None, entailed=clash.entailed,
        )
        for clash in comparison.clashes()
    ]  # fmt: skip
