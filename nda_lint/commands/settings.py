"""``nda-lint check --show-settings``: what a contract would be checked by."""

from __future__ import annotations

import os

from nda_lint.commands.files import baseline_path, houses_of, name_of
from nda_lint.linter import rules_checked, severities
from nda_lint.profiles import expanded
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.house import House
    from nda_lint.linter import Settings


def show(path: str, values: Mapping[str, Any], console: Console) -> int:
    """Show it as TOML: what the configuration says, and the rules that are checked, each with its severity."""
    houses = houses_of(values)
    file = os.path.join(path, "contract.nda") if os.path.isdir(path) else name_of(path, values)
    configuration = houses.configurations.of(file)
    house = houses.of(file)
    settings = house.settings(values, console.language, file)
    none = console.pick("none", "无")
    lines = [
        f"# {console.pick('configuration', '配置')}: {configuration.path or none}",
        _line("profile", settings.profiles or settings.fallback_profiles),
        _line("select", settings.select),
        _line("extend-select", settings.extend_select),
        _line("ignore", settings.ignore),
        _line("exclude", configuration.words("exclude")),
        _line("rules", configuration.words("rules")),
        _line("baseline", baseline_path(values, houses.configurations, file) or ""),
        _line("lang", settings.language or ""),
        _line("docs-url", settings.documentation),
    ]
    with using(house.tables):
        lines += ["", f"# {console.pick('rules that are checked', '所检查的规则')}", *_rules(house, settings)]
    console.show("".join(f"{line}\n" for line in lines))
    return 0


def _rules(house: House, settings: Settings) -> Iterator[str]:
    profiles = expanded(settings.profiles or settings.fallback_profiles, settings.own_profiles)
    checked = rules_checked(settings, profiles)[0]
    graded = severities(settings, profiles)
    for rule in sorted(house.rulebook.rules, key=lambda rule: rule.code):
        if rule.code in checked:
            yield f'{rule.name} = "{graded.get(rule.code, rule.severity)}"  # {rule.code}'


def _line(key: str, value: str | tuple[str, ...]) -> str:
    from json import dumps

    shown = value if isinstance(value, str) else list(value)
    return f"{key} = {dumps(shown, ensure_ascii=False)}"
