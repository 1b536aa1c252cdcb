"""Profiles: what is expected of a contract. Three are built in; a house adds its own, each upon others."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nda_lint.finding import Severity

#: ``strict`` adds advice to the others.
STANDARD = ("default", "common-law", "strict")


class Profile:
    """A profile of a house: the profiles it builds upon and the rules that it adds, leaves out or grades."""

    __slots__ = ("extend_select", "extends", "ignore", "name", "severities")

    def __init__(
        self,
        name: str,
        extends: tuple[str, ...] = (),
        extend_select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        severities: Mapping[str, Severity] | None = None,
    ) -> None:
        self.name = name
        self.extends = extends
        self.extend_select = extend_select
        self.ignore = ignore
        #: code of a rule → its severity
        self.severities = severities or {}


def expanded(names: Iterable[str], own: Mapping[str, Profile]) -> tuple[str, ...]:
    """`names` with all that they build upon, each once and before what builds upon it."""
    found: dict[str, None] = {}

    def add(name: str, path: tuple[str, ...]) -> None:
        for base in own[name].extends if name in own else ():
            if base not in path:
                add(base, (*path, base))
        found[name] = None

    for name in names:
        add(name, (name,))
    return tuple(found)
