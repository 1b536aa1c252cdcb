"""The configuration of a contract repository: ``nda-lint.toml``, or ``[tool.nda-lint]`` in ``pyproject.toml``.

The closest file above a contract is the one that counts; another is taken in with ``extend`` only. Every
key and its type stand in one table here. Paths are relative to the file that says them.
"""

from __future__ import annotations

import os

from nda_lint.finding import SEVERITIES
from nda_lint.problem import Problem, did_you_mean, reason
from nda_lint.profiles import STANDARD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

FILENAME = "nda-lint.toml"
_PYPROJECT = "pyproject.toml"
_SECTION = b"nda-lint"
#: The words of the vocabulary that a house may add to, by class.
VOCABULARY = ("action", "object", "person", "purpose", "event", "condition", "means")
#: Entries of a rule's table that are no parameters.
_OF_RULE = ("severity",)
OFF = "off"

#: Key → what its value is, and what it does in English and Chinese.
KEYS: dict[str, tuple[str, str, str]] = {
    "extend": ("path", "Another configuration file to build upon.", "所继承的另一配置文件。"),
    "rules": ("paths", "Rule files of the house, or folders of them.", "自有规则文件或者其文件夹。"),
    "select": ("words", "The rules to check, instead of the default ones.", "所检查的规则，取代默认规则。"),
    "extend-select": ("words", "Rules to check besides.", "另外检查的规则。"),
    "ignore": ("words", "Rules not to check.", "不检查的规则。"),
    "profile": (
        "words",
        "What to expect of contracts that do not say so themselves.",
        "合同自身未声明时所依据的要求。",
    ),
    "exclude": ("words", "Files and folders to leave out.", "跳过的文件与文件夹。"),
    "baseline": (
        "path",
        "The findings that are not to be shown again.",
        "不再显示的既有问题所在的基线文件。",
    ),
    "docs-url": (
        "address",
        "Under which address the pages on rules are.",
        "规则说明页面所在的网址。",
    ),
    "lang": ("language", "The language of messages: en or zh.", "消息所用语言：en 或者 zh。"),
    "rule": ("rules", "Severity and parameters of single rules.", "单条规则的严重程度与参数。"),
    "profiles": ("profiles", "Profiles of the house.", "自有的要求。"),
    "vocabulary": ("vocabulary", "Words of the house.", "自有词汇。"),
    "overrides": ("overrides", "Other settings for some files.", "对部分文件的特别设置。"),
}
OF_PROFILE = ("extends", "extend-select", "ignore", "rule")
OF_OVERRIDE = ("files", "select", "extend-select", "ignore", "profile")
OF_WORD = ("below", "en", "zh")
#: What a word for an action may say of others: which cannot be done to the same thing at one time, and which somebody may
#: do to whom it may be done.
OF_ACTION = ("excludes", "entails")


class Configuration:
    """One configuration file with what it extends; `values` by key, converted. Without a file all is empty.

    `files` are the file and all that it extends: whoever runs on looks whether they have changed."""

    __slots__ = ("files", "folder", "path", "values")

    def __init__(self, path: str | None, values: Mapping[str, Any], files: tuple[str, ...] = ()) -> None:
        self.path = path
        self.folder = os.path.dirname(path) if path else ""
        self.values = values
        self.files = files

    def words(self, key: str) -> tuple[str, ...]:
        """The words of a key that takes several."""
        found: tuple[str, ...] = self.values.get(key, ())
        return found

    def table(self, key: str) -> Mapping[str, Any]:
        """The entries of a key that is a table."""
        found: Mapping[str, Any] = self.values.get(key, {})
        return found

    def excludes(self, file: str) -> bool:
        """Whether `file` is left out."""
        return bool(self.words("exclude")) and matches(self._relative(file), self.words("exclude"))

    def overrides(self, file: str) -> Iterator[Mapping[str, Any]]:
        """The settings that are for `file` in particular, in their order."""
        for override in self.values.get("overrides", ()):
            if matches(self._relative(file), override["files"]):
                yield override

    def _relative(self, file: str) -> str:
        return os.path.relpath(os.path.abspath(file), self.folder).replace(os.sep, "/")


NONE = Configuration(None, {})


class Configurations:
    """The configuration of every file of a run; each file of configuration is read once."""

    __slots__ = ("_isolated", "_of_folder", "_read")

    def __init__(self, isolated: bool = False) -> None:
        self._isolated = isolated
        self._of_folder: dict[str, Configuration] = {}
        self._read: dict[str, Configuration] = {}

    def of(self, file: str) -> Configuration:
        """The configuration of a contract, or of what would be beside a file of that name."""
        return self.of_folder(os.path.dirname(os.path.abspath(file)))

    def of_folder(self, folder: str) -> Configuration:
        """The configuration of the contracts in a folder. Raises :class:`Problem`."""
        if self._isolated:
            return NONE
        known = self._of_folder.get(folder)
        if known is None:
            path = _in_folder(folder)
            above = os.path.dirname(folder)
            if path is not None:
                known = self.of_file(path)
            else:
                known = self.of_folder(above) if above != folder else NONE
            self._of_folder[folder] = known
        return known

    def folder_of(self, folder: str) -> str:
        """The folder of the configuration file that holds for contracts in `folder`, or that folder itself; the file
        may be one that cannot be read."""
        at = folder
        while _in_folder(at) is None:
            above = os.path.dirname(at)
            if above == at:
                return folder
            at = above
        return at

    def of_file(self, path: str) -> Configuration:
        """What a configuration file itself says. Raises :class:`Problem`."""
        if path not in self._read:
            values, files = _read(path, (path,))
            self._read[path] = Configuration(path, values, files)
        return self._read[path]


def matches(relative: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path, or a folder that it is in, is meant by one of `patterns`: a name at any depth, a path, or either
    with ``*``, ``?`` and ``**``."""
    from fnmatch import fnmatchcase

    parts = relative.split("/")
    heads = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    for pattern in patterns:
        named = pattern.rstrip("/")
        plain = named.removeprefix("./").lstrip("/")
        if "/" in named:  # one that begins with a stroke, too, goes from the folder of the configuration
            forms = (plain, plain.removeprefix("**/"))
            if any(fnmatchcase(head, form) for head in heads for form in forms):
                return True
        elif any(fnmatchcase(part, plain) for part in parts):
            return True
    return False


# --- reading -----------------------------------------------------------------------------


def candidates(folder: str) -> Iterator[str]:
    """Where the configuration of the contracts in a folder may stand, the closest place first."""
    while True:
        yield os.path.join(folder, FILENAME)
        yield os.path.join(folder, _PYPROJECT)
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def _in_folder(folder: str) -> str | None:
    path = os.path.join(folder, FILENAME)
    if os.path.lexists(path) and not os.path.isdir(path):  # a link that leads nowhere is reported
        return path
    path = os.path.join(folder, _PYPROJECT)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    mentioned = _SECTION in content and any(map(_may_be_section, content.splitlines()))
    return path if mentioned and _has_section(path) else None


def _may_be_section(line: bytes) -> bool:
    """Whether a line may be what begins the section; to read TOML takes longer than to check a small contract."""
    line = line.strip().replace(b'"', b"").replace(b"'", b"")
    if line.startswith((b"[", b"tool")):
        return b"tool" in line and _SECTION in line
    return line.startswith(_SECTION) and (b"{" in line or line.startswith(_SECTION + b"."))


def _has_section(path: str) -> bool:
    """Whether a ``pyproject.toml`` has something to say here, be it that it is no TOML."""
    try:
        return _SECTION.decode() in _tools(_toml(path))
    except Problem:
        return True


def _read(path: str, chain: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values of a file upon those of the file that it extends, and the files that were read."""
    raw = _toml(path)
    if os.path.basename(path) == _PYPROJECT:
        raw = _tools(raw).get(_SECTION.decode(), {})
        if not isinstance(raw, dict):
            raise _problem(path, "tool.nda-lint: expected a table", "tool.nda-lint：应为表")
    reader = _Reader(path)
    values = reader.values(raw)
    if "extend" not in values:
        return values, chain
    base = values.pop("extend")
    if base in chain:
        raise _problem(path, f"extend: {base} extends this file again", f"extend：{base} 又继承本文件")
    inherited, files = _read(base, (*chain, base))
    for key, value in values.items():
        merged = isinstance(value, dict) and key in inherited
        inherited[key] = _merged(inherited[key], value) if merged else value
    return inherited, files


def _merged(base: dict[str, Any], upon: dict[str, Any]) -> dict[str, Any]:
    return base | {
        key: _merged(base[key], value) if isinstance(value, dict) and key in base else value
        for key, value in upon.items()
    }


def _tools(raw: dict[str, Any]) -> dict[str, Any]:
    """What a ``pyproject.toml`` says to tools."""
    tools = raw.get("tool")
    return tools if isinstance(tools, dict) else {}


def _toml(path: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return tomllib.loads(file.read())
    except OSError as error:
        english, chinese = reason(error)
        raise _problem(path, english, chinese) from None
    except UnicodeDecodeError:
        raise _problem(path, "not UTF-8 text", "不是 UTF-8 文本") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _problem(path, f"not valid TOML: {error}", f"不是有效的 TOML：{error}") from None


def placed(path: str | None, word: str) -> str:
    """The path of a configuration file with the line on which `word` stands, if it stands on one alone."""
    import re  # only in a run that ends with an error

    if path is None or not word:
        return str(path)
    whole = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-])")
    try:
        with open(path, encoding="utf-8-sig") as file:
            found = [number for number, line in enumerate(file, 1) if whole.search(line.partition("#")[0])]
    except (OSError, ValueError):
        found = []
    return f"{path}:{found[0]}" if len(found) == 1 else path


def _problem(path: str, english: str, chinese: str) -> Problem:
    return Problem(f"{path}: {english}", f"{path}：{chinese}")


class _Reader:
    """Converts the values of one file; what is wrong with them is a :class:`Problem` that names the key."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._convert: dict[str, Callable[[str, Any], Any]] = {
            "path": self._file,
            "paths": self._files,
            "words": self._words,
            "address": self._address,
            "language": lambda key, value: self._one_of(key, value, ("en", "zh")),
            "rules": self._rules,
            "profiles": self._profiles,
            "vocabulary": self._vocabulary,
            "overrides": self._overrides,
        }

    def values(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """All keys of a file."""
        self._known("", raw, tuple(KEYS))
        return {key: self._convert[KEYS[key][0]](key, value) for key, value in raw.items()}

    def _known(self, where: str, raw: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in raw:
            if key not in known:
                english, chinese = did_you_mean(key, known)
                listed = ", ".join(known)
                raise self._wrong(
                    f"{where}there is no key “{key}”{english} (there are {listed})",
                    f"{where}没有键“{key}”{chinese}（可用的键：{listed}）",
                    key,
                )

    def _wrong(self, english: str, chinese: str, word: str = "") -> Problem:
        """What is wrong; `word` is one that stands at the place."""
        return _problem(placed(self._path, word), english, chinese)

    def _file(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self._wrong(f"{key}: expected a path in quotation marks", f"{key}：应为置于引号中的路径")
        return os.path.normpath(os.path.join(os.path.dirname(self._path), os.path.expanduser(value)))

    def _files(self, key: str, value: Any) -> tuple[str, ...]:
        return tuple(self._file(key, word) for word in self._words(key, value))

    def _words(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        raise self._wrong(
            f'{key}: expected a list such as ["one", "two"]', f'{key}：应为列表，如 ["一", "二"]'
        )

    def _address(self, key: str, value: Any) -> str:
        if isinstance(value, str) and value.startswith(("https://", "http://", "file:///")):
            return value.rstrip("/")
        raise self._wrong(
            f"{key}: expected an address such as https://contracts.example/nda-lint",
            f"{key}：应为网址，如 https://contracts.example/nda-lint",
        )

    def _one_of(self, key: str, value: Any, known: tuple[str, ...]) -> str:
        if value in known:
            return str(value)
        english, chinese = did_you_mean(str(value), known)
        listed = ", ".join(known)
        raise self._wrong(
            f"{key}: “{value}” is none of {listed}{english}",
            f"{key}：“{value}”不在可选值之中（{listed}）{chinese}",
            str(value),
        )

    def _table(self, key: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(f"{key}: expected a table, as in [{key}]", f"{key}：应为表，如 [{key}]")
        return value

    def _rules(self, key: str, value: Any) -> dict[str, dict[str, Any]]:
        """``[rule.NAME]``: the entries of each rule; whether it has such parameters is seen when it is loaded."""
        found: dict[str, dict[str, Any]] = {}
        for name, entries in self._table(key, value).items():
            where = f"{key}.{name}"
            found[name] = {}
            for entry, text in self._table(where, entries).items():
                if entry in _OF_RULE:
                    found[name][entry] = self._one_of(f"{where}.{entry}", text, (*SEVERITIES, OFF))
                elif isinstance(text, str | int | float) and not isinstance(text, bool):
                    found[name][entry] = str(text)
                else:
                    raise self._wrong(
                        f'{where}.{entry}: expected a value such as "3 years" or "CNY 500,000"',
                        f'{where}.{entry}：应为 "3 years"、"CNY 500,000" 之类的值',
                    )
        return found

    def _profiles(self, key: str, value: Any) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for name, entries in self._table(key, value).items():
            if name in STANDARD:
                raise self._wrong(
                    f"{key}.{name}: that profile is built in; take another name",
                    f"{key}.{name}：该名称为内置的要求所用，请另取名称",
                )
            where = f"{key}.{name}"
            self._known(f"{where}: ", self._table(where, entries), OF_PROFILE)
            found[name.lower()] = {
                entry: self._rules(f"{where}.{entry}", text) if entry == "rule" else self._words(entry, text)
                for entry, text in entries.items()
            }
        known = (*STANDARD, *found)
        for name, entries in found.items():
            bases = [base.lower() for base in entries.get("extends", ())]
            entries["extends"] = tuple(self._one_of(f"{key}.{name}.extends", base, known) for base in bases)
        return found

    def _vocabulary(self, key: str, value: Any) -> dict[str, dict[str, dict[str, Any]]]:
        found: dict[str, dict[str, dict[str, Any]]] = {}
        self._known(f"{key}: ", self._table(key, value), VOCABULARY)
        for word_class, words in value.items():
            found[word_class] = {}
            for word, entries in self._table(f"{key}.{word_class}", words).items():
                where = f"{key}.{word_class}.{word}"
                known = (*OF_WORD, *(OF_ACTION if word_class == "action" else ()))
                self._known(f"{where}: ", self._table(where, entries), known)
                missing = [entry for entry in OF_WORD if not entries.get(entry)]
                if missing:
                    raise self._wrong(
                        f"{where}: “{missing[0]}” is missing; a word has the words it is below, and names in en and zh",
                        f"{where}：缺少“{missing[0]}”；词须写明其上位词（below）以及 en、zh 名称",
                    )
                found[word_class][word.replace("-", "_")] = {
                    entry: self._words(f"{where}.{entry}", text) for entry, text in entries.items()
                }
        return found

    def _overrides(self, key: str, value: Any) -> tuple[dict[str, tuple[str, ...]], ...]:
        if not isinstance(value, list):
            raise self._wrong(
                f"{key}: expected tables, each as [[{key}]]", f"{key}：应为表，逐一写作 [[{key}]]"
            )
        found = []
        for entries in value:
            self._known(f"{key}: ", self._table(key, entries), OF_OVERRIDE)
            if not entries.get("files"):
                raise self._wrong(
                    f'{key}: say for which files, as files = ["drafts/**"]',
                    f'{key}：请写明适用的文件，如 files = ["drafts/**"]',
                )
            found.append({entry: self._words(f"{key}.{entry}", words) for entry, words in entries.items()})
        return tuple(found)
