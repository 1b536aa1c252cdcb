"""Places in a repository, as tools that look at the whole of it want them."""

from __future__ import annotations

import os

from nda_lint.identity import digest, identities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nda_lint.finding import Finding
    from nda_lint.linter import Report

_MARKS = (".git", ".hg", ".svn")


class Repository:
    """Finds paths from the root of the repository that a file is in, or from the folder where the command runs."""

    __slots__ = ("_roots",)

    def __init__(self) -> None:
        self._roots: dict[str, str] = {}

    def path(self, filename: str) -> str | None:
        """The path of a file from the root, with slashes; None where it lies elsewhere."""
        path = os.path.abspath(filename)
        relative = os.path.relpath(path, self._root(os.path.dirname(path)))
        return None if relative.startswith(os.pardir) else relative.replace(os.sep, "/")

    def _root(self, folder: str) -> str:
        known = self._roots.get(folder)
        if known is None:
            above = os.path.dirname(folder)
            if any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS):
                known = folder
            else:
                known = self._root(above) if above != folder else os.path.abspath(os.curdir)
            self._roots[folder] = known
        return known


def fingerprints(report: Report, path: str) -> Iterator[tuple[Finding, str]]:
    """The findings of a report, each with a fingerprint that no other finding has and that does not depend on
    where in the file it stands."""
    seen: dict[tuple[str, str, str], int] = {}
    for finding, identity in identities(report):
        number = seen[identity] = seen.get(identity, 0) + 1
        yield finding, digest(path, *identity, str(number))
