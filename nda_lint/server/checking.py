"""Checking what is open: its findings under the settings of its house, found again where it has changed."""

from __future__ import annotations

import logging

from nda_lint.linter import lint
from nda_lint.server.engine import Engine
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.contract import Contract
    from nda_lint.finding import Finding
    from nda_lint.server.houses import Household
    from nda_lint.source import Source


class Checker:
    """Checks every open text with an engine of its own."""

    def __init__(self) -> None:
        self._engines: dict[str, tuple[Household, Engine]] = {}

    def findings(self, uri: str, source: Source, household: Household) -> list[Finding]:
        """What is found in a text."""
        if household.excluded:
            return []
        known = self._engines.get(uri)
        if known is None or known[0] is not household:
            known = self._engines[uri] = household, Engine(household.settings)
        with using(household.house.tables):
            try:
                return known[1].check(source)
            except Exception:
                # What it knows may be in disorder now; the whole can still be checked.
                logging.getLogger(__name__).exception("checking %s again", uri)
                self._engines.pop(uri, None)
                return lint(source, household.settings).findings

    def outline(self, uri: str, source: Source) -> Contract | None:
        """The clauses and definitions of a text that was just checked; None where they are not known apart from it."""
        known = self._engines.get(uri)
        return None if known is None else known[1].outline(source)

    def forget(self, uri: str) -> None:
        """Let go of a text that was closed."""
        self._engines.pop(uri, None)
