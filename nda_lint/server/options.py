"""What an editor may set: the options of `nda-lint check` that say what to check, by their names."""

from __future__ import annotations

from nda_lint.options import CHECK
from nda_lint.problem import Problem, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: Those of the command that are of use in an editor.
SETTABLE = ("select", "extend-select", "ignore", "profile", "as-of", "lang")
_SECTION = "nda-lint"


def read_options(given: object, base: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The values of the options, by name, and what is wrong with those that the editor gave; `base` are those of the
    command line. They may stand in a table of their own, called nda-lint."""
    values = dict(base)
    problems: list[Problem] = []
    if isinstance(given, dict) and isinstance(given.get(_SECTION), dict):
        given = given[_SECTION]
    for key, value in given.items() if isinstance(given, dict) else ():
        name = str(key).replace("_", "-")
        if name not in SETTABLE:
            english, chinese = did_you_mean(name, SETTABLE)
            listed = ", ".join(SETTABLE)
            problems.append(
                Problem(
                    f"settings: there is no “{key}”{english} (there are {listed})",
                    f"设置：没有“{key}”{chinese}（可用：{listed}）",
                )
            )
            continue
        option = CHECK.option(f"--{name}")
        texts = [str(text) for text in value] if isinstance(value, list) else [str(value)]
        try:
            values[name.replace("-", "_")] = (
                option.convert(texts) if option and value not in (None, "") else None
            )
        except Problem as problem:
            problems.append(problem)
    return values, problems


def defaults() -> dict[str, Any]:
    """The values where nothing is set."""
    found: dict[str, Any] = {}
    for name in SETTABLE:
        option = CHECK.option(f"--{name}")
        found[name.replace("-", "_")] = option.convert([]) if option else None
    return found
