"""From text to atoms, and from atoms to tokens by longest match in one lexicon.

An *atom* is the smallest piece that is looked at: a word of letters, one Chinese character, a
number, a quoted string, a mark. A *token* is what the grammar sees: the longest run of atoms that
stands in the lexicon (the compiled name tables), among the names that the file declares, or among
the words of the key whose value is read. Which of its classes a word has is for the parser to
say: it asks for the candidates at a place and takes the first that it can use.
"""

from __future__ import annotations

import marshal

from nda_lint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.source import Span

#: kind, start, end, normalised text; kinds: ``w`` word, ``c`` Chinese character, ``n`` number, ``d``
#: date, ``s`` string, ``u`` string that does not end, ``r`` reference, ``b`` blank, ``p`` other mark
Atom = tuple[str, int, int, str]

#: what lies above is Chinese, as far as labels go
_LAST_LATIN = "\u2e7f"
#: Chinese characters, for a set of them
_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

# One character for one, so that offsets into the original stay true.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH.update({0x3000: 0x20, 0x00A0: 0x20, ord("、"): ord(","), ord("；"): ord(","), ord(";"): ord(",")})


def _atom_pattern(first: str, chinese: str, goes_on: str) -> re.Pattern[str]:
    """What most atoms are is tried `first`: words with a small letter, characters that are no numeral."""
    return pattern(
        rf"""(?xs)[ \t\f\v]*(?:{first}
      (?P<v>[a-wyz](?:[-/&.]?{goes_on})*)
    | (?P<s>"[^"]*" | “[^“”]*” | 「[^「」]*」 | 『[^『』]*』 | 《[^《》]*》)
    | (?P<u>["“「『《].*)
    | (?P<r>@[^\s,:()"“”「」『』《》.。!?@\#]+)
    | (?P<b>_{{2,}} | \[[^\[\]\d]{{0,60}}\] | 【[^【】\d]{{0,60}}】 | (?<![A-Za-z0-9])[Xx]{{2,}}(?:,[Xx]{{3}})*(?![A-Za-z0-9]) | ×{{2,}})
    | (?P<d>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d)
        | \d{{4}}(?P<_>[./])\d{{1,2}}(?P=_)\d{{1,2}}(?!\d)
        | \d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]
        | [〇零一二三四五六七八九]{{4}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日
        | \d{{1,2}}(?:st|nd|rd|th)?\s+[A-Z][a-z]{{2,8}}\.?,?\s+\d{{4}}(?!\d)
        | [A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,\s*\d{{4}}(?!\d))
    | (?P<n>\d{{1,3}}(?:,\d{{3}}){{1,9}}(?![\d])(?:\.\d{{1,30}})? | \d{{1,30}}(?:\.\d{{1,30}})?)
    | (?P<a>['’]s\b | ['’](?=\s)){chinese}
    | (?P<w>[A-Z]{{3}}(?=\d) | [^\W\d_](?:[-/&.]?{goes_on})*)
    | (?P<p>[^ \t\f\v])
    )"""
    )


#: In ASCII alone there is no Chinese, and many an English contract has nothing else.
_ATOM_OF_ASCII = _atom_pattern("", "", "[A-Za-z0-9]")
_ATOM_OF_ANY = _atom_pattern(
    f"(?P<h>(?![〇零一二三四五六七八九])[{_CHINESE}]) |",
    f" | (?P<c>[{_CHINESE}])",
    rf"(?:[A-Za-z0-9]|[^\W_{_CHINESE}])",
)


#: English articles say nothing that the language needs.
_ARTICLES = frozenset(("a", "an", "the", "The", "An"))

#: marks that end a part of a sentence
_MARKS = frozenset((",", ".", "。"))
#: more atoms than 除外 and its like have
_LONGEST_TAKING_OUT = 6

#: Chinese words that join sentences, not things
_JOINS_SENTENCES = frozenset(("并", "且", "时"))
_MODALS = frozenset(("MUST", "MUST_NOT", "MAY", "MAY_ONLY"))
_NAMES_OF_PERSONS = frozenset(("NAME", "PERSON"))
_NOUNS = frozenset(("OBJECT", "ACTION_NOUN", "PURPOSE", "EVENT", "MEANS", "GRADED"))
_BEGIN_OBJECTS = frozenset(("OBJECT", "GRADED", "NAME", "PERSON", "EVERY", "STRING", "NOT_COUNTED"))

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS.update({c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}, 两=2, 貳=2, 參=3)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_ENGLISH_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
#: what English numbers are made of besides those below a hundred
WORDS_OF_NUMBERS = frozenset(("and", "hundred", *_ENGLISH_SCALES))
_SCALES = _TENS | _MYRIADS | _ENGLISH_SCALES
#: more characters than a number in a contract has
_LONGEST_NUMERAL = 30
NUMERALS = frozenset((*_DIGITS, *_TENS, *_MYRIADS))


def normalise(text: str) -> str:
    """`text` with full-width forms as their ASCII twins; as long as before."""
    return text if text.isascii() and ";" not in text else text.translate(_FULL_WIDTH)


def atoms_of(text: str, offset: int = 0) -> list[Atom]:
    """The atoms of one normalised line, with `offset` added to their places."""
    atoms: list[Atom] = []
    add = atoms.append
    of_atom = _ATOM_OF_ASCII if text.isascii() else _ATOM_OF_ANY
    # White space at the end would be tried at each of its places.
    for match in of_atom.finditer(text, 0, len(text.rstrip())):
        kind: Any = match.lastgroup
        word = match[kind]
        end = match.end() + offset
        if kind == "h":
            add(("c", end - 1, end, word))
        elif kind == "v" or kind == "w":
            if word not in _ARTICLES:
                add(("w", end - len(word), end, word.lower()))
        elif kind == "s":
            add(("s", end - len(word), end, word[1:-1]))
        elif kind == "a":
            add(("w", end - len(word), end, "'s"))
        else:
            add((kind, end - len(word), end, word))
    return atoms


def joined(atoms: list[Atom]) -> str:
    """The key of a run of atoms in the lexicon: words apart, Chinese together."""
    key = ""
    previous = ""
    for kind, _start, _end, text in atoms:
        key += f" {text}" if previous in "wnd" and previous and kind in "wnd" else text
        previous = kind
    return key


class Token:
    """A terminal of the grammar: `type`, the `id` the lexicon gives, and where it stands."""

    __slots__ = ("id", "span", "type")

    def __init__(self, type: str, id: object, span: Span) -> None:
        self.type = type
        self.id = id
        self.span = span


class Names:
    """What a file declares: phrases of parties, terms and grades, with their terminals."""

    __slots__ = ("labels", "longest", "parties", "phrases", "terms", "grades")

    def __init__(self) -> None:
        self.phrases: dict[str, list[tuple[str, object, str]]] = {}
        self.longest: dict[str, int] = {}
        self.labels: set[str] = set()
        self.parties: list[str] = []
        self.terms: list[str] = []
        self.grades: list[str] = []

    def add(self, phrase: str, terminal: str, identifier: object) -> None:
        """Declare `phrase`; the text as written is kept to tell "Recipient" from "recipient"."""
        atoms = atoms_of(normalise(phrase))
        if not atoms:
            return
        entries = self.phrases.setdefault(joined(atoms), [])
        if all(entry[0] != terminal or entry[1] != identifier for entry in entries):
            entries.append((terminal, identifier, phrase[atoms[0][1] :]))
        first = atoms[0][3]
        self.longest[first] = max(self.longest.get(first, 0), len(atoms))

    def label_prefix(self, label: str) -> str:
        """The longest declared label that `label` begins with, if Chinese text follows it without a space."""
        if label in self.labels or label.isascii():
            return label
        shorter = (
            known for known in self.labels if label.startswith(known) and label[len(known)] > _LAST_LATIN
        )
        return max(shorter, key=len, default=label)


def words_of_key(lexicon: dict[str, Any], field: str | None) -> tuple[dict[str, str], dict[str, int]]:
    """The words that a key (``term.duration``) can have as its value, phrase → id, and first atom → atoms of its longest
    phrase. No contract has all keys: each is unpacked when it is first met."""
    known = lexicon["values"].get(field, ({}, {}))
    if isinstance(known, bytes):
        known = lexicon["values"][field] = marshal.loads(known)
    words: tuple[dict[str, str], dict[str, int]] = known
    return words


Candidate = tuple[int, str, object]  # index after the last atom, terminal, id


class Lexer:
    """Candidates for tokens over the atoms of one statement.

    `values` are the words of the key whose value is read (phrase → id), with `longest_values`;
    `mode` is ``words`` where list items are free, ``raw`` where the value is one unquoted code.
    """

    __slots__ = (
        "_ahead", "_cache", "_lexicon", "_longest", "_longest_values", "_names", "_values",
        "atoms", "mode", "offset", "patches", "preferred", "text", "value_from",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        atoms: list[Atom],
        lexicon: dict[str, Any],
        names: Names,
        values: dict[str, str] | None = None,
        longest_values: dict[str, int] | None = None,
        mode: str = "",
        preferred: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.atoms = atoms
        self.mode = mode
        #: terminals that go before others of the same length: what the key of a fact wants
        self.preferred = preferred
        #: index of the first atom of the value, behind the colon of a fact
        self.value_from = len(atoms)
        self.patches: dict[int, Candidate] = {}
        self._lexicon = lexicon["words"]
        self._longest = lexicon["longest"]
        self._names = names
        self._values = values or {}
        self._longest_values = longest_values or {}
        self._cache: dict[int, list[Candidate]] = {}
        #: atoms at which what stands behind them was looked at
        self._ahead: list[int] = []

    def candidates(self, index: int) -> list[Candidate]:
        """What may stand at atom `index`, best first."""
        known = self._cache.get(index)
        if known is None:
            known = self._cache[index] = self._find(index)
        return known

    def forget(self) -> None:
        """Look everything up again, after `patches` changed."""
        self._cache.clear()
        self._ahead.clear()

    def patch(self, index: int, candidate: Candidate | None) -> None:
        """Read atom `index` as `candidate`, or again as what it is; only what depends on it is looked up again."""
        if candidate is None:
            self.patches.pop(index, None)
        else:
            self.patches[index] = candidate
        self._cache.pop(index, None)
        for place in self._ahead:
            self._cache.pop(place, None)
        self._ahead.clear()

    def key(self, first: int, last: int) -> str:
        """The phrase that atoms `first` to `last` make."""
        return joined(self.atoms[first:last])

    def text_of(self, first: int, last: int) -> str:
        """The text from atom `first` to atom `last` as written."""
        return self.text[self.atoms[first][1] : self.atoms[last - 1][2]]

    def own_vocabulary(self, names: Names, lengths: set[int]) -> Iterator[tuple[str, Any]]:
        """The phrases of these lengths that can be meant here beside those of the lexicon, with their terminals and
        ids."""
        for phrase, entries in names.phrases.items():
            if len(phrase) in lengths and (entries[0][2].lower() == phrase or not phrase.isascii()):
                yield phrase, [(terminal, identifier) for terminal, identifier, _written in entries]
        for phrase, identifier in self._values.items():
            if len(phrase) in lengths:
                yield phrase, [("VALUE", identifier)]

    def _find(self, index: int) -> list[Candidate]:
        patch = self.patches.get(index)
        if patch is not None:
            return [patch]
        kind, _start, _end, text = self.atoms[index]
        if self.mode and index >= self.value_from:
            return self._free(index)
        if kind in "sdbr":
            return self._single(index)
        found = self._phrases(index)
        if len(found) > 1 and "ALSO" in [candidate[1] for candidate in found]:
            self._ahead.append(index)
            found = self._also(index, found)
        elif found and found[0][1] == "NUMBER":
            end, terminal, number = found[0]
            if kind == "w" and isinstance(number, int):
                end, number = self._number_in_words(end, number)
            found[0] = (self._repeated(end, number), terminal, number)
        if text == ",":
            found.append((index + 1, "COMMA", None))
            if self._taken_out(index + 1):
                found.append((index + 1, "BUT", None))
        elif text == ":":
            found.append((index + 1, "COLON", None))
        elif kind == "n" or text in NUMERALS:
            end, number = self._number(index)
            end = self._repeated(end, number)
            place = next((i for i, candidate in enumerate(found) if candidate[0] < end), len(found))
            found.insert(place, (end, "NUMBER", number))
        return found

    def _taken_out(self, index: int) -> bool:
        """Whether what stands from `index` to the next mark ends with 除外, so that the comma before it says 但."""
        end = index
        while end < len(self.atoms) and self.atoms[end][3] not in _MARKS:
            end += 1
        return any(
            candidate[:2] == (end, "EXCLUDED")
            for first in range(max(index, end - _LONGEST_TAKING_OUT), end)
            for candidate in self._phrases(first)
        )

    def _also(self, index: int, found: list[Candidate]) -> list[Candidate]:
        """A word such as "and" joins two sentences, rather than two things, where what follows is said of an
        action: 并 does so always, "and" before a word that can be nothing else or has an object."""
        joint = next(candidate for candidate in found if candidate[1] == "ALSO")
        after = joint[0]
        following = self.candidates(after) if after < len(self.atoms) else []
        if not following:
            return found
        longest = [candidate for candidate in following if candidate[0] == following[0][0]]
        terminals = {candidate[1] for candidate in longest}
        if self.atoms[after - 1][3] in _JOINS_SENTENCES or not terminals.isdisjoint(_MODALS):
            first = True
        elif "ACTION" in terminals and terminals.isdisjoint(_NAMES_OF_PERSONS):
            end = longest[0][0]
            first = terminals.isdisjoint(_NOUNS) or self._begins_object(end)
        else:
            first = False
        return sorted(found, key=lambda c: (-c[0], (c[1] == "ALSO") != first if c[0] == after else False))

    def _begins_object(self, index: int) -> bool:
        """Whether a thing, rather than a time such as "every hour", begins at atom `index`."""
        here = self.candidates(index)[:1] if index < len(self.atoms) else []
        if not here or here[0][1] not in _BEGIN_OBJECTS:
            return False
        return here[0][1] != "EVERY" or self._begins_object(here[0][0])

    def _number_in_words(self, end: int, number: int) -> tuple[int, int]:
        """An English number that begins with `number` and goes on at atom `end`: one hundred and twenty thousand."""
        total, section, scale = 0, number, 0
        while True:
            word = self._word_at(end)
            if word == "hundred" and 0 < section < 100:
                end, section = end + 1, section * 100
            elif word in _ENGLISH_SCALES and section and (not scale or _ENGLISH_SCALES[word] < scale):
                scale = _ENGLISH_SCALES[word]
                end, total, section = end + 1, total + section * scale, 0
            else:
                goes_on = total > 0 if section == 0 else section % 100 == 0
                following = self._small_number(end + (word == "and")) if goes_on else None
                if following is None:
                    return end, total + section
                end, section = following[0], section + following[1]

    def _word_at(self, index: int) -> str:
        return self.atoms[index][3] if index < len(self.atoms) and self.atoms[index][0] == "w" else ""

    def _small_number(self, index: int) -> tuple[int, int] | None:
        """The number below a hundred whose words begin at atom `index`, and where they end."""
        if self._word_at(index):
            for end, terminal, number in self._phrases(index):
                if terminal == "NUMBER" and isinstance(number, int):
                    return end, number
        return None

    def _repeated(self, end: int, number: object) -> int:
        """Where a number ends that is given twice: "ten (10)", 十(10)."""
        atoms = self.atoms
        if end + 2 < len(atoms) and atoms[end][3] == "(" and atoms[end + 2][3] == ")":
            again = self._number(end + 1) if self._is_number(end + 1) else None
            if again is not None and again == (end + 2, number):
                return end + 3
        return end

    def _is_number(self, index: int) -> bool:
        return self.atoms[index][0] == "n" or self.atoms[index][3] in NUMERALS

    def _single(self, index: int) -> list[Candidate]:
        """What an atom is that alone is a token."""
        kind, _start, _end, text = self.atoms[index]
        if kind == "s":
            return [(index + 1, "STRING", text)]
        if kind == "d":
            return [(index + 1, "DATE", text)]
        if kind == "r":
            return [(index + 1, "REFERENCE", text[1:])]
        return self._blank(index)

    def _phrases(self, index: int) -> list[Candidate]:
        """What the words from `index` on can be, the longest first."""
        atoms, lexicon = self.atoms, self._lexicon
        previous, _start, _end, key = atoms[index]
        in_value = index >= self.value_from
        most = self._longest.get(key, 0)
        in_names = self._names.longest.get(key, 0)
        in_values = self._longest_values.get(key, 0) if in_value else 0
        if in_names > most:
            most = in_names
        if in_values > most:
            most = in_values
        found: list[Candidate] = []
        if not most:
            return found
        stop = min(index + most, len(atoms))
        end = index + 1
        while True:
            here: Any = lexicon.get(key)
            if here is not None:
                here = [(end, terminal, identifier) for terminal, identifier in here]
            if in_values and key in self._values:
                here = [(end, "VALUE", self._values[key]), *(here or ())]
            if in_names and key in self._names.phrases:
                here = self._named(key, index, end, here or [])
            if here:
                found = here + found if found else here
            if end == stop:
                break
            kind, _start, _end, text = atoms[end]
            key = f"{key} {text}" if previous in "wnd" and kind in "wnd" else key + text
            previous = kind
            end += 1
        if self.preferred and in_value and len(found) > 1:
            found.sort(key=lambda candidate: (-candidate[0], candidate[1] not in self.preferred))
        return found

    def _named(self, key: str, index: int, end: int, others: list[Candidate]) -> list[Candidate]:
        """What the file declares goes before the vocabulary, if it is written as it was declared there."""
        early: list[Candidate] = []
        late: list[Candidate] = []
        written_here = self.text_of(index, end)
        for terminal, identifier, written in self._names.phrases[key]:
            is_late = terminal == "STRING" or written_here != written
            (late if is_late else early).append((end, terminal, identifier))
        return early + others + late

    def _free(self, index: int) -> list[Candidate]:
        kind, _start, _end, text = self.atoms[index]
        if text == "," and kind == "p":
            return [(index + 1, "COMMA", None)]
        if self.mode == "declared":
            return self._declared(index)
        if self.mode == "words":
            end = index
            while end < len(self.atoms) and self.atoms[end][3] != ",":
                end += 1
        else:
            end = len(self.atoms)
        if end == index + 1:
            if kind == "s":
                return [(end, "STRING", text)]
            if kind == "b":
                return [(end, "BLANK", None)]
        whole = [found for found in self._phrases(index) if found[0] == end and found[1] == "CIRCULAR"]
        return [*whole, (end, "WORDS", self._words(index, end))]

    def _declared(self, index: int) -> list[Candidate]:
        """In a header: the name that it declares runs to its quoted title, its label or the end."""
        kind, _start, _end, text = self.atoms[index]
        single = {"s": "STRING", "b": "BLANK", "r": "REFERENCE"}.get(kind)
        if single:
            return [(index + 1, single, text[1:] if kind == "r" else text)]
        end = index
        while end < len(self.atoms) and self.atoms[end][0] in "wcnp" and self.atoms[end][3] != ":":
            end += 1
        if end == index or index != self.value_from:
            return []
        return [(end, "WORDS", self._words(index, end))]

    def _words(self, first: int, last: int) -> str:
        """Free words as written, with the article before the first atom."""
        start = self.atoms[first - 1][2] if first else self.atoms[first][1]
        # Between a comma and the next line of its list a comment may stand.
        return self.text[start : self.atoms[last - 1][2]].rpartition("\n")[2].strip()

    def _blank(self, index: int) -> list[Candidate]:
        end = index + 1
        while end < len(self.atoms) and self.atoms[end][3] in _SCALES:
            end += 1  # so many tens of thousands: 【】万元
        quantity = (end, "BLANK_QUANTITY", None)
        blank = (index + 1, "BLANK", None)
        after = self._phrases(end) if end < len(self.atoms) else []
        if any(candidate[1] in ("UNIT", "CURRENCY", "PERCENT", "RANGE") for candidate in after):
            return [quantity, blank]
        return [blank, quantity]

    def _number(self, index: int) -> tuple[int, int | str]:
        kind, _start, _end, text = self.atoms[index]
        end = index + 1
        if kind != "n":
            while end < min(len(self.atoms), index + _LONGEST_NUMERAL) and self.atoms[end][3] in NUMERALS:
                end += 1
            return end, chinese_number("".join(atom[3] for atom in self.atoms[index:end]))
        scale = 1
        while end < min(len(self.atoms), index + _LONGEST_NUMERAL) and self.atoms[end][3] in _SCALES:
            scale *= _SCALES[self.atoms[end][3]]
            end += 1
        return end, _exact(text.replace(",", ""), scale)


def _exact(digits: str, scale: int) -> int | str:
    """A number without rounding: int, or its shortest decimal digits."""
    whole, _, fraction = digits.partition(".")
    value = int(whole + fraction) * scale
    divisor: int = 10 ** len(fraction)
    if value % divisor == 0:
        return value // divisor
    text = str(value).rjust(len(fraction) + 1, "0")
    return f"{text[: -len(fraction)]}.{text[-len(fraction) :].rstrip('0')}"


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral such as 十八, 壹拾万 or 二〇二六."""
    if not any(c in _TENS or c in _MYRIADS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or (1 if section == 0 else 0)) * _TENS[character]
            digit = 0
        else:
            scale = _MYRIADS[character]
            section += digit
            digit = 0
            if scale > 10_000 and total:
                total = (total + section) * scale
            else:
                total += (section or 1) * scale
            section = 0
    return total + section + digit
