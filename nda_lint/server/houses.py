"""The house of every open contract, made anew when a file that it was made from has changed."""

from __future__ import annotations

import os
from typing import NamedTuple

from nda_lint.baseline import Baseline
from nda_lint.config import candidates
from nda_lint.house import RULE_SUFFIX, House, Houses
from nda_lint.linter import Settings
from nda_lint.problem import Problem, reason, unexpected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from nda_lint.config import Configuration
    from nda_lint.finding import Language

    Stamp = tuple[int, int] | tuple[str, ...] | None


class Household(NamedTuple):
    """The house of a contract, how to check it, whether its configuration leaves it out, and the findings that are
    not to be shown."""

    house: House
    settings: Settings
    excluded: bool
    baseline: Baseline | None = None


class HousesOnDisk:
    """Like :class:`nda_lint.house.Houses`, for a process that runs on: :meth:`look` sees what has changed.

    `options` are the values of the command's options, by name. What is wrong with a configuration stands in
    `problems`; the built-in rules go on meanwhile.
    """

    def __init__(
        self, options: Mapping[str, Any], language: Language | None, *, isolated: bool, cache: bool
    ) -> None:
        self._options = options
        self._language = language
        self._isolated = isolated
        self._cache = cache
        self._stamps: dict[str, Stamp] = {}
        self._known: dict[str, Household] = {}
        self._houses = Houses(isolated=isolated, cache=cache)
        self._built_in = Houses(isolated=True, cache=cache)
        self.problems: dict[str, Problem] = {}
        #: goes up whenever something has changed
        self.generation = 0

    def of(self, path: str) -> Household:
        """The house of a contract."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._made(path)
        return known

    def look(self) -> bool:
        """Whether a file has changed that a house was made from; then all are made anew."""
        if all(_stamp(path) == stamp for path, stamp in self._stamps.items()):
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Make every house anew when it is next asked for."""
        self._houses = Houses(isolated=self._isolated, cache=self._cache)
        self._known.clear()
        self._stamps.clear()
        self.problems.clear()
        self.generation += 1

    def change(self, options: Mapping[str, Any], language: Language | None) -> None:
        """Use other options."""
        self._options, self._language = options, language
        self.forget()

    def _made(self, path: str) -> Household:
        if not self._isolated:
            self._watch(candidates(os.path.dirname(os.path.abspath(path))))
        try:
            configuration = self._houses.configurations.of(path)
            self._watch(_files(configuration))
            house = self._houses.of(path)
            settings = house.settings(self._options, self._language, path)
            excluded = configuration.path is not None and configuration.excludes(path)
            return Household(house, settings, excluded, self._baseline(configuration, path))
        except Problem as error:
            problem = error
        except (OSError, ValueError) as error:
            problem = Problem(*reason(error))
        except Exception as error:
            problem = unexpected(error, path)
        self.problems[problem.english] = problem
        return Household(self._built_in.of(path), Settings(language=self._language), False)

    def _baseline(self, configuration: Configuration, path: str) -> Baseline | None:
        """What is known of a contract; one that cannot be read is told, and everything is shown meanwhile."""
        named = configuration.values.get("baseline")
        if named is None:
            return None
        self._watch([named])
        try:
            baseline = Baseline.read(named)
        except Problem as problem:
            self.problems[problem.english] = problem
            return None
        return baseline if baseline.knows(path) else None

    def _watch(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._stamps[path] = _stamp(path)


def _files(configuration: Configuration) -> list[str]:
    """What a configuration is made from: its files, and its rule files or the folders and files of them."""
    found = list(configuration.files)
    for path in configuration.words("rules"):
        found.append(path)
        if os.path.isdir(path):
            found += [os.path.join(path, name) for name in _rule_files(path)]
    return found


def _rule_files(folder: str) -> tuple[str, ...]:
    try:
        return tuple(sorted(name for name in os.listdir(folder) if name.endswith(RULE_SUFFIX)))
    except OSError:
        return ()


def _stamp(path: str) -> Stamp:
    """What tells one state of a file, or of a folder of rule files, from another; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if os.path.isdir(path):
        return _rule_files(path)
    return status.st_mtime_ns, status.st_size
