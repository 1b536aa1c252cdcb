"""Corpora of contracts and of YAML files, equal to the byte, from a seed.

Each contract is one that its language lets one write, of any length; nine statements of ten are there once
in the whole corpus, so that no cache by text can help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from textwrap import wrap

from benchmarks.statements import CHINESE, ENGLISH, Statements

#: What a contract is filled with until it is long enough.
SHAPES = ("mixed", "norms", "definitions", "findings")

_FIELD = re.compile(r"\{(\w+)\}")
_ONSETS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_CODAS = ("", "l", "n", "r", "s", "th", "x")
#: Characters that make a name and open no word of the language.
_CHARACTERS = "鑫淼焱垚骏麒麟鹏鲲翔骁瀚澜沁岚峰岳崧璟瑾瑜琮琰珩璨煜烨炜熠锴铭钧锦铄霖霏雯霄昊昕晟晖曦曜"
_YAML_WIDTH = 76
#: a comma between values, not one inside quotation marks
_LIST_SEPARATOR = re.compile(r'[,、] ?(?=(?:[^"]*"[^"]*")*[^"]*$)')


def contract(size: int, language: str, seed: int, shape: str = "mixed") -> str:
    """A contract of at most `size` bytes and not much less, in ``en`` or ``zh``."""
    return _Contract(ENGLISH if language == "en" else CHINESE, language, seed, shape).text(size)


def mistyped(text: str, seed: int) -> str:
    """A contract with one letter too many somewhere in a statement."""
    random = Random(f"mistyped {seed}")
    lines = text.splitlines(keepends=True)
    place = random.choice([place for place, line in enumerate(lines) if re.match(r"  [^>\s]", line)])
    line = lines[place]
    letters = [at for at in range(3, len(line)) if line[at - 1].isalpha() and line[at].isalpha()]
    at = random.choice(letters)
    return "".join(
        [*lines[:place], line[:at], "x" if line.isascii() else "田", line[at:], *lines[place + 1 :]]
    )


def yaml(text: str) -> str:
    """A YAML file of as many bytes as the contract `text`, with as many of its statements as that has room for; clean
    for yamllint."""
    size = len(text.encode())
    lines = ["---"]
    used = len(lines[0]) + 1
    for line in text.splitlines():
        found = _yaml_lines(line)
        cost = sum(len(each.encode()) + 1 for each in found)
        if used + cost > size:
            break
        lines += found
        used += cost
    while used < size:
        # A comment of one character too few for the rest would leave an end that no line fits.
        length = min(_YAML_WIDTH, size - used - 1)
        if 0 < size - used - length - 1 < 4:
            length -= 4
        lines.append("# ".ljust(length, "-") if length > 2 else "#" * length)
        used += length + 1
    return "\n".join(lines) + "\n"


def write(folder: Path, count: int, size: int, shape: str = "mixed") -> None:
    """`count` contracts in turn in English and Chinese below `folder`/nda, and as YAML below `folder`/yaml."""
    for part in ("nda", "yaml"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        language = "en" if number % 2 == 0 else "zh"
        text = contract(size, language, number, shape)
        name = f"{number:05d}.{language}"
        (folder / "nda" / f"{name}.nda").write_bytes(text.encode())
        (folder / "yaml" / f"{name}.yaml").write_bytes(yaml(text).encode())


def unique_share(folder: Path) -> float:
    """Of the statements in a folder of contracts, the share that stands there only once."""
    seen: dict[str, int] = {}
    for path in folder.glob("*.nda"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                seen[line.strip()] = seen.get(line.strip(), 0) + 1
    return sum(1 for count in seen.values() if count == 1) / (sum(seen.values()) or 1)


class _Contract:
    """One contract in the making."""

    def __init__(self, statements: Statements, language: str, seed: int, shape: str) -> None:
        self._statements = statements
        self._language = language
        self._shape = shape
        self._random = Random(f"{language} {seed} {shape}")
        self._count = 0
        # Two contracts of one corpus never have a party in common: the seed is part of the name.
        self._names = {role: f"{self._word()}{self._spelt(seed)}" for role in "dr"}
        self._names["p"] = f"{self._word()}{' ' if language == 'en' else ''}{self._word()}"

    def text(self, size: int) -> str:
        """The contract, filled up to `size` bytes."""
        parts = self._statements
        opening, end = self._fill(parts.agreement), self._fill(parts.end)
        between = self._fill(parts.definitions_end)
        registers, faults = self._fill(parts.registers_begin), self._fill(parts.faults_begin)
        left = size - sum(len(part.encode()) for part in (opening, between, registers, faults, end))
        definitions: list[str] = []
        duties: list[str] = []
        registered: list[str] = []
        faulty: list[str] = []
        for target, line in self._filling(definitions, duties, registered, faulty):
            left -= len(line.encode())
            if left < 0:
                break
            target.append(line)
        return "".join(
            [
                opening, *definitions, between, *duties,
                *([registers, *registered] if registered else ()), *([faults, *faulty] if faulty else ()), end,
            ]
        )  # fmt: skip

    def _filling(
        self, definitions: list[str], duties: list[str], registered: list[str], faulty: list[str]
    ) -> Iterator[tuple[list[str], str]]:
        """What to fill up with, and where, without end."""
        parts = self._statements
        while True:
            self._names["t"] = self._term()
            yield definitions, self._fill(parts.definition)
            if self._shape == "mixed":
                for norm in self._random.sample(parts.norms, 2):
                    yield duties, self._fill(norm)
                yield registered, self._fill(parts.register)
                if self._count % 3 == 0:
                    yield duties, self._fill(parts.prose)
            elif self._shape == "norms":
                for norm in parts.norms:
                    yield duties, self._fill(norm)
            elif self._shape == "findings":
                yield faulty, self._fill(parts.fault)

    def _fill(self, text: str) -> str:
        return _FIELD.sub(lambda match: self._names.get(match[1]) or self._drawn(match[1]), text)

    def _drawn(self, field: str) -> str:
        random = self._random
        if field == "word":
            return self._word()
        if field == "city":
            return random.choice(self._statements.city)
        if field == "date":
            return f"{random.randint(2024, 2029)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        if field == "money":
            return f"{random.randint(10_000, 9_999_999):,}"
        if field == "id":
            self._count += 1
            return f"{self._spelt(random.randint(0, 999))}{self._count}".lower()
        return str(random.randint(2, 99))

    def _term(self) -> str:
        self._count += 1
        tail = self._spelt(self._count)
        return (
            f"{self._word()} {self._word()}{tail} Data"
            if self._language == "en"
            else f"{self._word()}{tail}数据"
        )

    def _word(self) -> str:
        random = self._random
        if self._language == "zh":
            return "".join(random.choices(_CHARACTERS, k=3))
        syllables = (random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(2))
        return ("".join(syllables) + random.choice(_CODAS)).capitalize()

    def _spelt(self, number: int) -> str:
        """A number in letters, or in characters of names."""
        letters = "abcdefghij" if self._language == "en" else _CHARACTERS[:10]
        return "".join(letters[int(digit)] for digit in str(number))


def _yaml_lines(line: str) -> list[str]:
    """One statement as YAML has it: a block is a mapping with a list of statements, a list of values is a list."""
    text = line.strip()
    if not text:
        return []
    key, colon, value = text.partition(":")
    if line[0] != " ":
        return _pair("- ", key, value) if colon else [*_pair("- ", "block", text), "  statements:"]
    if text[0] in ">@" or not colon:
        kind = {">": "prose", "@": "labelled norm"}.get(text[0], "norm")
        return _pair("    - ", kind, text.strip("> @"))
    values = [each for each in _LIST_SEPARATOR.split(value) if each.strip()]
    if len(values) == 1:
        return _pair("    - ", key, values[0])
    return [f"    - {_scalar(key)}:", *(f"        - {_scalar(each)}" for each in values)]


def _pair(indent: str, key: str, value: str) -> list[str]:
    """A key with its value, folded where it is long."""
    line = f"{indent}{_scalar(key)}: {_scalar(value)}"
    if len(line) <= _YAML_WIDTH:
        return [line]
    deeper = " " * (len(indent) + 2)
    return [
        f"{indent}{_scalar(key)}: >-",
        *(deeper + part for part in wrap(value.strip(), _YAML_WIDTH - len(deeper))),
    ]


def _scalar(text: str) -> str:
    """A value on one line, in quotes where YAML would read something else."""
    text = text.strip().strip('"「」')
    if re.fullmatch(r"[^\W\d_][\w ./-]*", text) and text not in ("yes", "no"):
        return text
    return "'" + text.replace("'", "''") + "'"
