"""Prose (family NDA5): the signed wording of a clause against its facts and against itself.

What is read first is cheap: a contract without prose pays nothing, and of prose only where figures, numerals and marks
stand is looked at. A quantity of the prose contradicts a fact only where it says the same thing otherwise: the
prose states the fact nowhere, no fact of the clause is what the prose says, nothing tells their moments apart, and the
sentence speaks of what the key of the fact is about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from nda_lint.analysis.marks import Marks
from nda_lint.analysis.quantities import QuantityReader
from nda_lint.analysis.stated import Fixed, Fixings, about, fixed_quantities, is_said, is_spoken_of, same
from nda_lint.finding import Finding, Related
from nda_lint.lexer import Names, normalise
from nda_lint.patterns import pattern
from nda_lint.recall import found_of, made_of
from nda_lint.source import is_chinese

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from nda_lint.analysis.quantities import Quantity
    from nda_lint.contract import Block, Contract, Paragraph
    from nda_lint.finding import Language
    from nda_lint.source import Span

DIFFER = ("NDA501", "words-and-figures-differ")
CONTRADICTS = ("NDA502", "prose-contradicts-fact")
UNPAIRED = ("NDA503", "unpaired-mark")
OMITS = ("NDA504", "prose-omits-fact")
BLANK = ("NDA207", "unfilled-blank")

_PLACEHOLDER = pattern(r"\{([^{}]*)\}")
_BLANK = pattern(r"_{2,}|\[\s*●?\s*\]|【\s*●?\s*】|(?<![A-Za-z0-9])X{2,}(?![A-Za-z0-9])")
#: behind these a blank is for the pen: Name: ____
_FOR_THE_PEN = (":", "/")
_SENTENCE_ENDS = pattern(r"[。;；!！?？]|\.(?=\s|$)")
_HYPHEN = pattern(r"-(?=[A-Za-z])")
#: what is so many characters away in a sentence is about something else
_FAR = 300
#: more quantities than a clause has; of those beyond, nothing is said
_MOST_FACTS = 200
_MOST_QUANTITIES = 1_000
#: kinds of quantities that a clause is not complete without
_TERMS = frozenset(("duration", "money", "date"))


def prose(contract: Contract, language: Language, tables: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the prose of a contract; `tables` are the compiled ones."""
    with_prose = [block for block in contract.blocks if block.paragraphs]
    names = Names()
    found = found_of(
        contract,
        "prose",
        with_prose,
        lambda block: _Block(contract, block, language, tables, names).findings(),
    )
    return [*found, *_sums_in_words(contract, language, tables)]


def _sums_in_words(contract: Contract, language: Language, tables: Mapping[str, Any]) -> Iterator[Finding]:
    """The key for the sum of liquidated damages in words, where it names another sum than they have."""
    for fact in contract.facts("liability.liquidated_damages_in_words"):
        sums = [
            fixed
            for fixed in fixed_quantities(contract, fact.block)
            if fixed.field == "liability.liquidated_damages"
        ]
        for value in fact.values if sums else ():
            written = normalise(str(getattr(value, "text", "")))
            said = QuantityReader(written, tables["lexicon"], Names()).quantities()
            amounts = {quantity.amount for quantity in said if quantity.kind == "money"}
            if not amounts <= {fixed.quantity.amount for fixed in sums}:
                message = (
                    f"“{written}”与违约金数额不一致。" if language == "zh"
                    else f"“{written}” is not the sum of the liquidated damages."
                )  # fmt: skip
                note = "数额约定于此。" if language == "zh" else "The sum stands here."
                yield Finding(*DIFFER, "error", message, value.span, related=(Related(note, sums[0].span),))


class _Text:
    """A paragraph: what it says where its lines are one, and without what stands in quotation marks."""

    __slots__ = (
        "_ends",
        "_lexicon",
        "_lines",
        "_names",
        "first_line",
        "gaps",
        "marks",
        "placeholders",
        "text",
    )

    def __init__(
        self, contract: Contract, paragraph: Paragraph, lexicon: Mapping[str, Any], names: Names
    ) -> None:
        self._lexicon = lexicon
        self._names = names
        #: where each line begins in the text, and in the file
        self._lines: list[tuple[int, int]] = []
        self._ends: list[int] = []
        characters: list[str] = []
        before = paragraph.span[0]
        for line, after in paragraph.spans:
            written = contract.source.text[line + 1 : after]
            words = written.strip()
            if contract.source.text.count("\n", before, line) > 1 and characters:
                self._ends.append(len(characters) - 1)  # a line between is left empty
            if words:
                self._lines.append((len(characters), line + 1 + written.index(words[0])))
                ends = (len(characters) + match.start() for match in _SENTENCE_ENDS.finditer(words))
                self._ends += ends
                characters += normalise(words)
                characters.append(" ")
                before = after
        #: where the first line that says anything stands
        first = next(
            (span for span in paragraph.spans if contract.source.text[span[0] + 1 : span[1]].strip()), None
        )
        self.first_line = paragraph.span if first is None else (self._lines[0][1], first[1])
        self.marks = Marks("".join(characters))
        for begin, end in self.marks.quoted:
            characters[begin:end] = "~" * (end - begin)
        for place in self.marks.lone:
            characters[place] = "~"
        text = "".join(characters)
        self.gaps = [match.span() for match in _BLANK.finditer(text)]
        self.placeholders = [match[1].strip() for match in _PLACEHOLDER.finditer(text)]
        self.text = _PLACEHOLDER.sub(lambda match: "{" + "~" * (len(match[0]) - 2) + "}", text)

    def reader(self) -> QuantityReader:
        """What reads the quantities of it; that has all of its words, and is not kept."""
        return QuantityReader(_spaced(self.text, self._lexicon), self._lexicon, self._names)

    def span(self, span: Span) -> Span:
        """Where a piece of the text stands in the file."""
        return self._place(span[0]), self._place(span[1] - 1) + 1

    def _place(self, place: int) -> int:
        in_text, in_file = self._lines[bisect_right(self._lines, place, key=_first) - 1]
        return in_file + place - in_text

    def around(self, span: Span) -> str:
        """The sentence around a piece of the text, or as much of it as may be about that."""
        place = bisect_left(self._ends, span[0])
        begin = self._ends[place - 1] + 1 if place else 0
        end = self._ends[place] if place < len(self._ends) else len(self.text)
        return self.text[max(begin, span[0] - _FAR) : min(end, span[1] + _FAR)]

    def speaks_of(self, fact: Fixed, tables: Mapping[str, Any]) -> bool:
        """Whether it says of a sum or a length of time that there is one."""
        return fact.quantity.kind != "date" and any(
            is_said(fact, sentence, tables) for sentence in self.sentences()
        )

    def sentences(self) -> Iterator[str]:
        """All of them."""
        begin = 0
        for end in (*self._ends, len(self.text)):
            yield self.text[begin:end]
            begin = end + 1


class _Said:
    """A paragraph with the quantities in it; all of them, or those of one language."""

    __slots__ = ("_alike", "_versions", "findings", "quantities", "span", "text")

    def __init__(self, text: _Text, quantities: list[Quantity]) -> None:
        self.text = text
        self.span = text.first_line
        #: what is wrong with the paragraph by itself
        self.findings: tuple[Finding, ...] = ()
        self.quantities = quantities
        self._alike: dict[tuple[str, bool], list[Quantity]] | None = None
        self._versions: tuple[_Said, _Said] | None = None

    def version(self, chinese: bool) -> _Said:
        """Those in Chinese sentences, or in others."""
        if self._versions is None:
            sorted_: tuple[list[Quantity], list[Quantity]] = ([], [])
            for quantity in self.quantities[:_MOST_QUANTITIES]:
                sorted_[is_chinese(self.text.around(quantity.span))].append(quantity)
            self._versions = _Said(self.text, sorted_[False]), _Said(self.text, sorted_[True])
        return self._versions[chinese]

    def stated(self, fixings: Fixings) -> Iterator[int]:
        """The facts of which one of the quantities is that of the fact, by identity."""
        for quantity in self.quantities[:_MOST_QUANTITIES]:
            yield from (id(fact) for fact in fixings.same(quantity) if self.states(fact))

    def states(self, fact: Fixed) -> bool:
        """Whether one of the quantities is that of a fact."""
        if self._alike is None:
            self._alike = {}
            for quantity in self.quantities[:_MOST_QUANTITIES]:
                self._alike.setdefault((quantity.kind, quantity.every), []).append(quantity)
        alike = self._alike.get((fact.quantity.kind, fact.quantity.every), ())
        answers = {same(quantity, fact) for quantity in alike}
        if True in answers or None not in answers:
            return True in answers
        # A sum within the range may be that of one case, but not beside one that no case allows.
        bounds = fact.range
        return bounds is None or not any(
            quantity.kind == "money" and quantity.unit == fact.quantity.unit
            and not bounds[0] <= quantity.amount <= bounds[1]
            for quantity in alike
        )  # fmt: skip


class _Block:
    """One clause with prose."""

    def __init__(
        self, contract: Contract, block: Block, language: Language, tables: Mapping[str, Any], names: Names
    ) -> None:
        self.contract = contract
        self.block = block
        self.language = language
        self.tables = tables
        self.names = names

    def findings(self) -> Iterator[Finding]:
        """All that is wrong with the prose of the clause."""
        contract, clause = self.contract, id(self.block)
        facts = fixed_quantities(contract, self.block, _MOST_FACTS)
        read: list[_Said] = []
        for said in found_of(contract, ("paragraphs", clause), self.block.paragraphs, self._read):
            yield from said.findings
            if facts:
                read.append(said)
        if facts:
            given = (tuple(read), tuple(facts))
            name = ("prose against facts", clause)
            yield from made_of(contract, name, given, lambda _: [*self._against_facts(read, facts)])

    def _read(self, paragraph: Paragraph) -> Iterator[_Said]:
        text = _Text(self.contract, paragraph, self.tables["lexicon"], self.names)
        said = _Said(text, text.reader().quantities())
        said.findings = (
            *(self._unpaired(text.span((place, place + 1))) for place in text.marks.lone),
            *self._blanks(text),
            *(self._differ(text.span(quantity.span)) for quantity in said.quantities if quantity.again is not None),
        )  # fmt: skip
        yield said

    def _against_facts(self, read: list[_Said], facts: list[Fixed]) -> Iterator[Finding]:
        """What the prose says otherwise, and what it leaves out. Prose in two languages says everything twice, and
        each version is held to the facts by itself."""
        clause = id(self.block)
        fixings = made_of(self.contract, ("fixed", clause), tuple(facts), Fixings)
        contradicted: set[int] = set()
        stated: set[int] = set()
        for chinese in (False, True):
            version = [said.version(chinese) for said in read]
            check = ("stated", clause, chinese)
            here = set(found_of(self.contract, check, version, lambda said: said.stated(fixings), fixings))
            unstated = frozenset(id(fact) for fact in facts) - here
            check = ("otherwise", clause, chinese)
            otherwise = self._otherwise(fixings, unstated)
            for said, quantity in found_of(self.contract, check, version, otherwise, (fixings, unstated)):
                fact = self._meant(said, quantity, fixings, unstated - contradicted)
                if fact is not None:
                    contradicted.add(id(fact))
                    if quantity.again is None:
                        yield self._contradicts(said.text.span(quantity.span), fact)
            stated |= here
        yield from self._omits(read, facts, stated, contradicted)

    def _otherwise(
        self, fixings: Fixings, unstated: frozenset[int]
    ) -> Callable[[_Said], Iterator[tuple[_Said, Quantity]]]:
        """What gives the quantities of a paragraph that say one of the facts otherwise which are stated nowhere."""

        def otherwise(said: _Said) -> Iterator[tuple[_Said, Quantity]]:
            for quantity in said.quantities if unstated else ():
                if self._meant(said, quantity, fixings, unstated) is not None:
                    yield said, quantity

        return otherwise

    def _meant(
        self, said: _Said, quantity: Quantity, fixings: Fixings, among: frozenset[int]
    ) -> Fixed | None:
        """That of some facts, given by identity, of which a quantity speaks that is not its own."""
        sentence = said.text.around(quantity.span)
        equal = fixings.same(quantity)
        # The length of another term says nothing for this one where the sentence does not speak of that.
        if quantity.kind == "number" or any(is_spoken_of(fact, sentence, self.tables) for fact in equal):
            return None
        left = [
            fact
            for fact in fixings.comparable(quantity)
            if id(fact) in among and (not equal or is_said(fact, sentence, self.tables))
        ]
        return about(quantity, left, sentence, said.text.reader, self.tables)

    # --- what is said -----------------------------------------------------------------------

    def _words(self, span: Span) -> str:
        """The words at a place, on one line."""
        lines = self.contract.source.text[slice(*span)].splitlines()
        return " ".join(" ".join(line.lstrip().removeprefix(">") for line in lines).split())

    def _unpaired(self, span: Span) -> Finding:
        mark = self.contract.source.text[slice(*span)]
        message = (
            f"“{mark}”没有与之配对的符号。"
            if self.language == "zh"
            else f"{_quoted(mark)} has no counterpart."
        )
        return Finding(*UNPAIRED, "warning", message, span)

    def _blanks(self, text: _Text) -> Iterator[Finding]:
        """Blanks in the wording, one a sentence; what is left for signatures stays blank until they are given."""
        if self.block.kind == "signature":
            return
        message = "此处尚未填写。" if self.language == "zh" else "This is still blank."
        seen: set[str] = set()
        for begin, end in text.gaps:
            sentence = text.around((begin, end))
            if text.text[begin:end].strip("[ ]") == "":
                continue  # a box to tick
            if not text.text[:begin].rstrip().endswith(_FOR_THE_PEN) and sentence not in seen:
                seen.add(sentence)
                yield Finding(*BLANK, "error", message, text.span((begin, end)))

    def _differ(self, span: Span) -> Finding:
        words = self._words(span)
        message = (
            f"“{words}”的大小写不一致。" if self.language == "zh" else f"“{words}”: words and figures differ."
        )
        return Finding(*DIFFER, "error", message, span)

    def _contradicts(self, span: Span, fact: Fixed) -> Finding:
        words, other = self._words(span), self._words(fact.span)
        if self.language == "zh":
            message = f"文字条款写的是“{words}”，而本条约定的是“{other}”。"
            note = "与此处约定不一致。"
        else:
            message = f"The prose says “{words}” where the clause says “{other}”."
            note = "The clause says this."
        return Finding(
            *CONTRADICTS,
            "error",
            message,
            span,
            confidence="medium",
            related=(Related(note, fact.span),),
        )

    def _omits(
        self, read: list[_Said], facts: list[Fixed], stated: set[int], contradicted: set[int]
    ) -> Iterator[Finding]:
        """The terms that prose leaves out which states others, or speaks of this one without its quantity."""
        gone = [
            fact
            for fact in facts
            if fact.field is not None and fact.quantity.kind in _TERMS and not fact.quantity.every
            and id(fact) not in stated and id(fact) not in contradicted
        ]  # fmt: skip
        if not gone or any(said.text.gaps or self._stands_for_a_term(said.text) for said in read):
            return
        states = next((said.text for said in read if any(map(said.states, facts))), None)
        for said in read:
            omitted = [
                fact
                for fact in gone
                if said.text is states or (states is None and said.text.speaks_of(fact, self.tables))
            ]
            if omitted:
                gone = [fact for fact in gone if fact not in omitted]
                yield self._omission(said.text, omitted)

    def _stands_for_a_term(self, text: _Text) -> bool:
        """Whether a name in braces may stand for what the prose leaves out."""
        parties = {block.name for block in self.contract.parties}
        return any(not name.startswith("@") and name not in parties for name in text.placeholders)

    def _omission(self, text: _Text, omitted: list[Fixed]) -> Finding:
        said = [self._words(fact.span) for fact in omitted]
        if self.language == "zh":
            message = f"文字条款没有写明{'、'.join(f'“{words}”' for words in said)}。"
            note = "本条约定了此项内容。"
        else:
            message = f"The prose leaves out {' and '.join(f'“{words}”' for words in said)}."
            note = "The clause says this."
        related = tuple(Related(note, fact.span) for fact in omitted)
        return Finding(*OMITS, "warning", message, text.first_line, related=related)


def _first(line: tuple[int, int]) -> int:
    return line[0]


def _quoted(mark: str) -> str:
    return f"‘{mark}’" if mark in "“”" else f"“{mark}”"


def _spaced(text: str, lexicon: Mapping[str, Any]) -> str:
    """A unit behind a hyphen is a word of its own: a three-year term, a 30-day period."""
    words = lexicon["words"]

    def space(match: re.Match[str]) -> str:
        end = match.end()
        while end < len(text) and text[end].isalpha() and text[end].isascii():
            end += 1
        entries = words.get(text[match.end() : end].lower(), ())
        return " " if any(entry[0] == "UNIT" for entry in entries) else "-"

    return _HYPHEN.sub(space, text) if "-" in text else text
