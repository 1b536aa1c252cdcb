"""Checking what is open: its findings under the settings of its house."""

from __future__ import annotations

from nda_lint.linter import lint
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding
    from nda_lint.server.houses import Household
    from nda_lint.source import Source


def findings(source: Source, household: Household) -> list[Finding]:
    """What is found in a text."""
    if household.excluded:
        return []
    with using(household.house.tables):
        return lint(source, household.settings).findings
