"""A house: its rules, words, profiles and settings upon what is built in.

Rules and words of a house are compiled into tables of their own, once for each state of its files, and
kept beside its configuration in ``.nda_lint_cache``; without any of its own it uses the built-in tables.
"""

from __future__ import annotations

import os

from nda_lint import DOCUMENTATION
from nda_lint.config import OFF, Configuration, Configurations, placed
from nda_lint.linter import Settings
from nda_lint.options import ON_RULES
from nda_lint.problem import Problem, did_you_mean, reason
from nda_lint.profiles import STANDARD, Profile
from nda_lint.rulebook import Rulebook
from nda_lint.selection import matching, require_known, unknown_rule
from nda_lint.tables import Tables, stored, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from nda_lint.finding import Language, Severity
    from nda_lint.rulebook import Rule
    from nda_lint.rulebook.errors import RuleError

RULE_SUFFIX = ".rules"


class House:
    """What one configuration makes of the tool: its tables and rules, profiles, and settings."""

    __slots__ = (
        "_built_in",
        "_cache",
        "_configuration",
        "_settings",
        "profiles",
        "severities",
        "switched_off",
        "tables",
    )

    def __init__(self, configuration: Configuration, cache: bool) -> None:
        self._configuration = configuration
        self._cache = cache
        self._settings: dict[Any, Settings] = {}
        self._built_in = frozenset(head["code"] for head in tables()["rules"]["rules"])
        self.tables = self._tables()
        rules = self.rulebook.rules
        #: code → severity, and the codes of the rules that are switched off
        self.severities, self.switched_off = self._graded(configuration.table("rule"), rules, "rule")
        self.profiles = {
            name: self._profile(name, entries, rules)
            for name, entries in configuration.table("profiles").items()
        }
        for key in ("select", "extend-select", "ignore"):
            self._require_known(configuration.words(key), key, rules)
        self._require_profiles(configuration.words("profile"))
        for override in configuration.values.get("overrides", ()):  # also for files that are not there yet
            for key in ("select", "extend-select", "ignore"):
                self._require_known(override.get(key, ()), f"overrides.{key}", rules)
            self._require_profiles(override.get("profile", ()))

    @property
    def rulebook(self) -> Rulebook:
        """All its rules."""
        book = self.tables.rulebook
        assert isinstance(book, Rulebook)  # noqa: S101 - set where the tables are made
        return book

    @property
    def documentation(self) -> str:
        """Under which address the pages on rules are."""
        return str(self._configuration.values.get("docs-url", DOCUMENTATION))

    @property
    def own_codes(self) -> frozenset[str]:
        """The codes of the rules that are its own."""
        return frozenset(rule.code for rule in self.rulebook.rules) - self._built_in

    def with_rules_alone(self, paths: tuple[str, ...] = ()) -> House:
        """The rules of these files, or its own, as they are written: with its words and no other settings.

        Raises :class:`Problem`."""
        said = {"rules": paths or self._configuration.words("rules")}
        values = {**said, "vocabulary": self._configuration.table("vocabulary")}
        return House(Configuration(self._configuration.path, values), self._cache)

    def settings(self, values: Mapping[str, Any], language: Language | None, file: str) -> Settings:
        """How to check `file` with these options, which go before the configuration. Raises :class:`Problem`."""
        overrides = tuple(map(id, self._configuration.overrides(file)))
        key = (overrides, language, *(values[option] for option in ON_RULES))
        known = self._settings.get(key)
        if known is None:
            known = self._settings[key] = self._made(values, language, file)
        return known

    def _made(self, values: Mapping[str, Any], language: Language | None, file: str) -> Settings:
        said = {
            key: self._configuration.words(key) for key in ("select", "extend-select", "ignore", "profile")
        }
        for override in self._configuration.overrides(file):
            for key, words in override.items():
                if key in ("select", "profile"):
                    said[key] = words
                elif key != "files":
                    said[key] = (*said[key], *words)
        for option in ("select", "extend_select", "ignore"):
            require_known(values[option], self.rulebook.rules, f"--{option.replace('_', '-')}")
        return Settings(
            # What the command line names takes the place of what the file selects, and adds to what it ignores.
            select=values["select"] or said["select"],
            extend_select=(*said["extend-select"], *values["extend_select"]),
            ignore=(*said["ignore"], *self.switched_off, *values["ignore"]),
            profiles=self._known_profiles(values["profile"]),
            fallback_profiles=tuple(name.lower() for name in said["profile"]),
            own_profiles=self.profiles,
            severities=self.severities,
            language=language or self._configuration.values.get("lang"),
            as_of=values["as_of"],
            documentation=self.documentation,
        )

    def _known_profiles(self, names: Sequence[str]) -> tuple[str, ...]:
        """Names of profiles given on the command line. Raises :class:`Problem`."""
        known = (*STANDARD, *self.profiles)
        for name in names:
            if name.lower() not in known:
                english, chinese = did_you_mean(name, known)
                listed = ", ".join(known)
                raise Problem(
                    f"--profile: “{name}” is none of {listed}{english}",
                    f"--profile：“{name}”不在可选值之中（{listed}）{chinese}",
                )
        return tuple(name.lower() for name in names)

    # --- what the configuration says -------------------------------------------------------

    def _wrong(self, english: str, chinese: str, word: str = "") -> Problem:
        """What is wrong with the configuration; `word` is one that stands at the place."""
        path = placed(self._configuration.path, word)
        return Problem(f"{path}: {english}", f"{path}：{chinese}")

    def _require_known(self, words: Iterable[str], key: str, rules: Sequence[Rule]) -> None:
        for word in words:
            if not matching(word, rules):
                english, chinese = unknown_rule(word, rules)
                raise self._wrong(f"{key}: {english}", f"{key}：{chinese}", word)

    def _require_profiles(self, words: Iterable[str]) -> None:
        known = (*STANDARD, *self.profiles)
        for word in words:
            if word.lower() not in known:
                english, chinese = did_you_mean(word, known)
                raise self._wrong(
                    f"profile: there is no profile “{word}”{english}",
                    f"profile：没有名为“{word}”的要求{chinese}",
                    word,
                )

    def _graded(
        self, table: Mapping[str, Any], rules: Sequence[Rule], where: str
    ) -> tuple[dict[str, Severity], tuple[str, ...]]:
        graded: dict[str, Severity] = {}
        off: list[str] = []
        for name, entries in table.items():
            self._require_known((name,), where, rules)
            for code in sorted(matching(name, rules)):
                severity = entries.get("severity")
                if severity == OFF:
                    off.append(code)
                elif severity is not None:
                    graded[code] = severity
        return graded, tuple(off)

    def _profile(self, name: str, entries: Mapping[str, Any], rules: Sequence[Rule]) -> Profile:
        where = f"profiles.{name}"
        for key in ("extend-select", "ignore"):
            self._require_known(entries.get(key, ()), f"{where}.{key}", rules)
        graded, off = self._graded(entries.get("rule", {}), rules, f"{where}.rule")
        ignore = (*entries.get("ignore", ()), *off)
        return Profile(name, entries.get("extends", ()), entries.get("extend-select", ()), ignore, graded)

    # --- its tables ------------------------------------------------------------------------

    def _tables(self) -> Tables:
        base = tables()
        files = self._rule_files()
        words = self._configuration.table("vocabulary")
        made = self._compiled(base, files, words) if files or words else Tables.upon(base, {})
        made.rulebook = Rulebook(made["rules"])
        parameters = self._parameters(made.rulebook)
        if parameters:
            made.rulebook = Rulebook(made["rules"], parameters=parameters)
        return made

    def _rule_files(self) -> list[tuple[str, str]]:
        """Name and text of every rule file, in order. Raises :class:`Problem`."""
        found: list[tuple[str, str]] = []
        for path in self._configuration.words("rules"):
            if os.path.isdir(path):
                inside = sorted(name for name in os.listdir(path) if name.endswith(RULE_SUFFIX))
                found += [read_rule_file(os.path.join(path, name)) for name in inside]
                if not inside:
                    raise self._wrong(
                        f"rules: {path} holds no *{RULE_SUFFIX}", f"rules：{path} 中没有 *{RULE_SUFFIX}"
                    )
            else:
                found.append(read_rule_file(path))
        return found

    def _compiled(self, base: Tables, files: Sequence[tuple[str, str]], words: Mapping[str, Any]) -> Tables:
        import hashlib

        from nda_lint.cache import FOLDER, HOUSE

        state = repr((base.checksum, files, words)).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(state, digest_size=16).hexdigest()
        path = os.path.join(self._configuration.folder, FOLDER, f"{HOUSE}{digest}.bin")
        if self._cache and os.path.exists(path):
            kept = stored(path, digest)
            if kept is not None:
                return Tables.upon(base, kept)
        from nda_lint.compile.house import WordError, house_tables

        try:
            parts, errors = house_tables(base, files, words)
        except WordError as error:
            raise self._wrong(error.english, error.chinese) from None
        if errors:
            raise mistakes(errors)
        if self._cache:
            _keep(path, digest, parts)
        return Tables.upon(base, parts)

    def _parameters(self, book: Rulebook) -> dict[str, dict[str, Any]]:
        """Code → parameter → literal, for the rules to which the configuration gives other values."""
        found: dict[str, dict[str, Any]] = {}
        for name, entries in self._configuration.table("rule").items():
            texts = {entry: text for entry, text in entries.items() if entry != "severity"}
            if texts:
                self._require_known((name,), "rule", book.rules)
                for code in matching(name, book.rules):
                    found[code] = self._literals(book.documents[code]["parameters"], texts, f"rule.{name}")
        return found

    def _literals(self, declared: Sequence[Any], texts: Mapping[str, str], where: str) -> dict[str, Any]:
        from nda_lint.rulebook.parse import read_quantity

        literals = {name: literal for name, literal, _, _ in declared}
        found: dict[str, Any] = {}
        for name, text in texts.items():
            if name not in literals:
                english, chinese = did_you_mean(name, ["severity", *literals])
                listed = ", ".join(["severity", *literals])
                raise self._wrong(
                    f"{where}: there is no parameter “{name}”{english} (there are {listed})",
                    f"{where}：没有参数“{name}”{chinese}（可用：{listed}）",
                    name,
                )
            literal = read_quantity(text)
            if literal is None or literal[0] != literals[name][0]:
                example = _EXAMPLES[literals[name][0]]
                raise self._wrong(
                    f"{where}.{name}: “{text}” is no value such as “{example}”",
                    f"{where}.{name}：“{text}”不是“{example}”之类的值",
                    text,
                )
            found[name] = literal
        return found


#: What a value of each sort looks like in the configuration.
_EXAMPLES = {
    "number": "3", "percent": "30%", "duration": "3 years", "money": "CNY 500,000", "date": "2026-03-01",
}  # fmt: skip


def mistakes(errors: Sequence[RuleError]) -> Problem:
    """Mistakes in rules as the reason why the tool cannot go on."""
    count = len(errors)
    english = "1 mistake in the rules" if count == 1 else f"{count} mistakes in the rules"
    shown = (
        "\n\n".join(error.render("en") for error in errors),
        "\n\n".join(error.render("zh") for error in errors),
    )
    return Problem(english, f"规则中有 {count} 处错误", shown)


def read_rule_file(path: str) -> tuple[str, str]:
    """Name, as short as it is from here, and text of a rule file. Raises :class:`Problem`."""
    name = os.path.relpath(path)
    if name.startswith(os.pardir):
        name = path
    try:
        with open(path, encoding="utf-8-sig") as file:
            return name, file.read()
    except OSError as error:
        english, chinese = reason(error)
        raise Problem(f"{name}: {english}", f"{name}：{chinese}") from None
    except UnicodeDecodeError:
        raise Problem(f"{name}: not UTF-8 text", f"{name}：不是 UTF-8 文本") from None


def _keep(path: str, digest: str, parts: Mapping[str, Any]) -> None:
    """Write the tables of a house to its cache, where that is possible."""
    from nda_lint.cache import make_folder
    from nda_lint.compile import packed
    from nda_lint.tables import store

    make_folder(os.path.dirname(path))
    store(path, packed(dict(parts)), digest)


class Houses:
    """The house of every file of a run."""

    __slots__ = ("_cache", "_known", "configurations")

    def __init__(self, *, isolated: bool = False, cache: bool = True) -> None:
        self.configurations = Configurations(isolated)
        self._cache = cache
        self._known: dict[int, House] = {}

    def of(self, file: str) -> House:
        """The house of a file, or of what would be beside a file of that name. Raises :class:`Problem`."""
        configuration = self.configurations.of(file)
        known = self._known.get(id(configuration))
        if known is None:
            known = self._known[id(configuration)] = House(configuration, self._cache)
        return known
