"""A baseline: findings that were there before and are not to be shown again.

It is a JSON file, to be kept with the contracts and read by people. A finding is known by its rule, its clause and
its text (:mod:`nda_lint.identity`); how often it may occur is counted. Paths are relative to the baseline.
"""

from __future__ import annotations

import json
import os

from nda_lint.identity import identities
from nda_lint.problem import Problem, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.finding import Finding
    from nda_lint.identity import Identity
    from nda_lint.linter import Report

    #: identity → name of the rule, and how often
    Known = dict[Identity, tuple[str, int]]
    #: an identity and how often it was found, as plain data
    Matched = tuple[str, str, str, int]

FILENAME = "nda-lint-baseline.json"
VERSION = 1


class Baseline:
    """What is known of each file, by its path from the folder of the baseline."""

    __slots__ = ("_files", "path")

    def __init__(self, path: str, files: dict[str, Known] | None = None) -> None:
        self.path = path
        self._files = files if files is not None else {}

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises :class:`Problem`."""
        try:
            with open(path, encoding="utf-8-sig") as file:
                return cls(path, _files(json.load(file)))
        except FileNotFoundError:
            raise Problem(
                f"{path}: there is no such baseline; “nda-lint check --write-baseline” writes it",
                f"{path}：没有这个基线文件；可用“nda-lint check --write-baseline”生成",
            ) from None
        except OSError as error:
            english, chinese = reason(error)
            raise Problem(f"{path}: {english}", f"{path}：{chinese}") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Problem(
                f"{path}: this is no baseline; “nda-lint check --write-baseline” makes one",
                f"{path}：这不是基线文件；可用“nda-lint check --write-baseline”生成",
            ) from None

    def sift(self, report: Report) -> tuple[list[Finding], list[Matched]]:
        """The findings of a report that are new, and which of the others were found how often."""
        known = self._files.get(self._relative(report.source.filename))
        if not known:
            return report.findings, []
        found: dict[Identity, int] = {}
        new = []
        for finding, identity in identities(report):
            count = found.get(identity, 0)
            if count < known.get(identity, ("", 0))[1]:
                found[identity] = count + 1
            else:
                new.append(finding)
        return new, [(*identity, count) for identity, count in found.items()]

    def knows(self, filename: str) -> bool:
        """Whether there is anything to be left out of the findings of a file."""
        return self._relative(filename) in self._files

    def put(self, filename: str, noted: Iterable[tuple[str, str, str, str]]) -> int:
        """Have these and no others for a file; how many."""
        known: Known = {}
        total = 0
        for name, code, clause, text in noted:
            identity = (code, clause, text)
            known[identity] = (name, known.get(identity, (name, 0))[1] + 1)
            total += 1
        self._files.pop(self._relative(filename), None)
        if known:
            self._files[self._relative(filename)] = known
        return total

    def prune(self, filename: str, matched: Iterable[Matched]) -> list[str]:
        """Take out what was not found in a file that was checked throughout; each as it is told to people."""
        path = self._relative(filename)
        known = self._files.get(path, {})
        found = {(code, clause, text): count for code, clause, text, count in matched}
        gone = []
        for identity, (name, count) in list(known.items()):
            left = found.get(identity, 0)
            if left < count:
                gone.append(_told(path, identity, name, count - left))
                known[identity] = (name, left)
            if not left:
                del known[identity]
        if not known:
            self._files.pop(path, None)
        return gone

    def prune_missing(self) -> list[str]:
        """Take out the files that are no longer there."""
        folder = os.path.dirname(self.path)
        gone = []
        for path in [path for path in self._files if not os.path.lexists(os.path.join(folder, path))]:
            known = self._files.pop(path)
            gone += [_told(path, identity, name, count) for identity, (name, count) in known.items()]
        return gone

    def text(self) -> str:
        """What stands in the file: sorted, so that a change of one contract changes few lines of it."""
        files = {
            path: [
                {"code": code, "name": name, "clause": clause, "text": text, "count": count}
                for (code, clause, text), (name, count) in sorted(known.items())
            ]
            for path, known in sorted(self._files.items())
        }
        return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=2) + "\n"

    def _relative(self, filename: str) -> str:
        folder = os.path.dirname(os.path.abspath(self.path))
        return os.path.relpath(os.path.abspath(filename), folder).replace(os.sep, "/")


def _told(path: str, identity: Identity, name: str, count: int) -> str:
    code, _, text = identity
    times = f" × {count}" if count > 1 else ""
    return f"{path}: {code} [{name}] “{text}”{times}"


def _files(data: Any) -> dict[str, Known]:
    """What a baseline says, from its JSON; raises what goes wrong with it."""
    if data["version"] != VERSION:
        raise ValueError
    return {
        str(path): {
            (str(entry["code"]), str(entry["clause"]), str(entry["text"])): (
                str(entry["name"]),
                int(entry["count"]),
            )
            for entry in entries
        }
        for path, entries in data["files"].items()
    }
