"""Defined terms: used and not defined, defined and not used, defined twice, defined by themselves."""

from __future__ import annotations

from itertools import islice

from nda_lint.analysis.graphs import components
from nda_lint.analysis.names_in_text import NameFinder
from nda_lint.analysis.near_names import NearNames, plain
from nda_lint.finding import Finding, Related
from nda_lint.patterns import pattern
from nda_lint.recall import found_of, made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Block, Contract, Fact, Norm, Paragraph
    from nda_lint.finding import Language
    from nda_lint.source import Span
    from nda_lint.values import Definition, Person

    #: The name that was probably meant, if any, and what is to be said.
    _Missed = tuple[str | None, Finding]

UNDEFINED = ("NDA401", "undefined-term")
UNUSED = ("NDA402", "unused-definition")
DUPLICATE = ("NDA403", "duplicate-definition")
CIRCULAR = ("NDA404", "circular-definition")

#: While a contract is edited, so many names are looked for beside those that were known before.
_MOST_NEW = 20
_PLACEHOLDER = pattern(r"\{([^{}\n]*)\}")
_QUOTED = pattern(r"[“\"「『《‘{]([^“”\"「」『』《》‘’{}\n]+)[”\"」』》’}]")

#: What can only be the name of a party.
_PARTY = pattern("[甲乙丙丁戊己庚辛壬癸]方|[Pp]arty [A-Z]")
#: Keys named after a grade or a register, and the key that declares it.
_DECLARED_BY = {"grade": "classification.grade", "register": "classification.register_items"}
#: The key whose name may also be that of a case rather than of a grade.
_AMOUNT = "liability.amount"

#: In so many statements names are looked for at once.
_AT_ONCE = 1_000


def placeholders(contract: Contract) -> Iterator[tuple[str, Span]]:
    """Every ``{…}`` in the prose, with its place."""
    for block in contract.blocks:
        yield from _placeholders(contract, prose_lines(block))


def _placeholders(contract: Contract, lines: Iterable[Span]) -> Iterator[tuple[str, Span]]:
    for start, end in lines:
        for match in _PLACEHOLDER.finditer(contract.source.text, start, end):
            yield match[1].strip(), match.span()


def prose_lines(block: Any) -> Iterator[Span]:
    """Where the lines of prose of a block stand."""
    return (span for paragraph in block.paragraphs for span in paragraph.spans)


# --- used and not defined ------------------------------------------------------------------


def undefined_terms(
    contract: Contract, language: Language, tables: Mapping[str, Any], meant: set[str]
) -> Iterator[Finding]:
    """Names that only a declaration gives a meaning, and that nothing declares; phrases that are a declared
    name but for a slip of the pen. The names that were probably meant are added to `meant`."""
    search = _Undeclared(contract, language, tables)
    for near, finding in search.all():
        meant.update(() if near is None else (near,))
        yield finding


class _Undeclared:
    """Looks for names that nothing declares; what it finds is each time the name that was probably meant, if any, and
    what is to be said."""

    def __init__(self, contract: Contract, language: Language, tables: Mapping[str, Any]) -> None:
        self._contract = contract
        self._language: Language = language
        self._tables = tables
        self._known = _known_names(contract)
        #: else the declaration may be what could not be read
        self._readable = "*" not in contract.broken_fields
        self._parties = bool(contract.parties)

    def all(self) -> Iterator[_Missed]:
        contract, given = self._contract, (self._language, self._known, self._readable, self._parties)
        yield from made_of(contract, "terms elsewhere", given, lambda _: [*self._elsewhere(given)])
        quoted = found_of(contract, _Quoted, contract.norms, self._quoted_in)
        yield from found_of(contract, "terms of norms", quoted, self._in_norm, given)

    def _elsewhere(self, given: Any) -> Iterator[_Missed]:
        """All but norms."""
        contract = self._contract
        for block in contract.blocks:
            if block.paragraphs and self._readable:
                check = ("terms of prose", id(block))
                yield from found_of(contract, check, block.paragraphs, self._in_prose, given)
        yield from self._in_keys()
        purposes = contract.facts("agreement.purpose")
        yield from found_of(contract, "terms of purposes", purposes, self._in_purpose, given)

    def _named(self, names: Iterable[tuple[str, Span]], reported: set[Span]) -> Iterator[_Missed]:
        """What stands where only a name can stand."""
        for name, span in names:
            if not self._known.known(name):
                reported.add(span)
                near = self._known.nearest(name)
                yield near, _undefined(name, span, self._language, near)

    def _phrased(self, phrases: Iterable[tuple[str, Span]], reported: set[Span]) -> Iterator[_Missed]:
        """What stands where a name may stand."""
        for name, span in phrases:
            near = None if span in reported else self._known.slip(name)
            is_party = self._parties and span not in reported and _PARTY.fullmatch(name)
            if near is not None or (is_party and not self._known.known(name)):
                reported.add(span)
                yield near, _undefined(name, span, self._language, near)

    def _quoted_in(self, norm: Norm) -> Iterator[_Quoted]:
        quoted = _Quoted(self._contract, norm)
        if quoted.persons or quoted.phrases:
            yield quoted

    def _in_norm(self, quoted: _Quoted) -> Iterator[_Missed]:
        reported: set[Span] = set()
        if self._readable:
            yield from self._named(quoted.persons, reported)
        yield from self._phrased(quoted.phrases, reported)

    def _in_purpose(self, fact: Fact) -> Iterator[_Missed]:
        for value in fact.values:
            yield from self._phrased(_phrases(self._contract, value.span), set())

    def _in_prose(self, paragraph: Paragraph) -> Iterator[_Missed]:
        names = _placeholders(self._contract, paragraph.spans)
        yield from self._named(((name, span) for name, span in names if not name.startswith("@")), set())

    def _in_keys(self) -> Iterable[_Missed]:
        """Keys such as ``controls "Gold"`` where no grade of that name is declared."""
        contract, kinds = self._contract, self._tables["schema"]["kinds"]
        #: what is named → the key that declares it, and the names that are declared, if all of them are known
        declared = {
            named: (field, made_of(contract, field, tuple(contract.facts(field)), _names_declared_by))
            for named, field in _DECLARED_BY.items()
            if self._readable and not contract.may_be_broken(field)
        }
        cases: frozenset[str] = frozenset()
        if contract.facts(_AMOUNT):
            breaches = tuple(contract.facts("liability.breaches"))
            cases = made_of(contract, _cases, breaches, lambda facts: _cases(facts, self._tables["names"]))

        def find(fact: Fact) -> Iterator[_Missed]:
            named = kinds[fact.field.partition(".")[0]]["fields"][fact.key]["named"]
            if named is None or not fact.name or not fact.name_span:
                return  # A name at a key that takes none has been reported as such.
            reported: set[Span] = set()
            declaring, names = declared.get(named, (fact.field, None))
            is_case = fact.field == _AMOUNT and (self._known.known(fact.name) or plain(fact.name) in cases)
            if fact.field != declaring and names is not None and not names.known(fact.name) and not is_case:
                reported.add(fact.name_span)
                near = names.nearest(fact.name)
                yield None, _undeclared(fact.name, named, fact.name_span, self._language, near)
            yield from self._phrased([(fact.name, fact.name_span)], reported)

        given = (self._language, self._known, self._parties, declared, cases)
        facts = [fact for fact in contract.all_facts() if fact.name]
        return found_of(contract, "terms of keys", facts, find, given)


class _Quoted:
    """What a norm has in quotation marks: persons, and whatever may be a term."""

    __slots__ = ("persons", "phrases", "span")

    def __init__(self, contract: Contract, norm: Norm) -> None:
        self.span = norm.span
        self.persons = tuple(_quoted_persons(contract, norm))
        self.phrases = tuple(_phrases(contract, self.span))


def _quoted_persons(contract: Contract, norm: Norm) -> Iterator[tuple[str, Span]]:
    """Quoted persons whom a norm names as bearing it or as receiving something."""
    for person in (*norm.actors, *(one for group in norm.recipients for one in group.persons)):
        # A place left to fill in (____) is reported as such.
        if _is_undefined(contract, person) and any(map(str.isalnum, str(person.text))):
            yield str(person.text), person.span


def _undefined(name: str, span: Span, language: Language, near: str | None) -> Finding:
    if language == "zh":
        message = f"“{name}”未经定义或者声明" + ("。" if near is None else f"；是否应为“{near}”？")
    elif near is None:
        message = f"“{name}” is used, and nothing defines or declares it."
    else:
        message = f"“{name}” is nowhere defined or declared; did you mean “{near}”?"
    return Finding(*UNDEFINED, "warning", message, span)


def _known_names(contract: Contract) -> NearNames:
    """The names that are declared; while a contract is edited, those of an earlier moment with what has changed."""
    names = _declared_names(contract)
    before, known = made_of(
        contract,
        "known names",
        (),
        lambda _: (names, NearNames(names)),
        lambda made: len(made[0] ^ names) <= _MOST_NEW,
    )
    return (
        known if names == before else made_of(contract, NearNames, names, lambda now: known.but(before, now))
    )


def _declared_names(contract: Contract) -> frozenset[str]:
    """Everything that a name in braces may refer to."""
    names: set[str | None] = {definition.name for definition in contract.definitions}
    for block in contract.blocks:
        names.update((block.name, block.title))
    for field in _DECLARED_BY.values():
        names.update(found_of(contract, ("named", field), contract.facts(field), _name_of))
    return frozenset(name for name in names if name)


def _name_of(fact: Fact) -> Iterator[str]:
    if fact.name:
        yield fact.name


def _phrases(contract: Contract, span: Span) -> Iterator[tuple[str, Span]]:
    """What stands in quotation marks at a place where terms may stand. Titles of documents in 《》 are none."""
    for match in _QUOTED.finditer(contract.source.text, *span):
        if match[0][0] != "《":
            yield match[1], match.span()


def _names_declared_by(facts: Iterable[Fact]) -> NearNames:
    """The names that stand in the keys of these facts, and the items of a register: an item may have a grade,
    a keeper or an end of its own."""
    return NearNames(name for fact in facts for name in (fact.name, *_items(fact)) if name)


def _items(fact: Fact) -> Iterator[str]:
    if fact.field == _DECLARED_BY["register"]:
        yield from (value.text for value in fact.values if value.type == "text")  # type: ignore[attr-defined]


def _undeclared(name: str, kind: str, span: Span, language: Language, near: str | None) -> Finding:
    if language == "zh":
        message = f"没有声明名为“{name}”的{'等级' if kind == 'grade' else '清单'}"
        message += "。" if near is None else f"；是否应为“{near}”？"
    else:
        message = f"No {kind} “{name}” is declared" + (f"; did you mean “{near}”?" if near else ".")
    return Finding(*UNDEFINED, "warning", message, span)


def _cases(breaches: Iterable[Fact], names: Mapping[str, Any]) -> frozenset[str]:
    """The breaches for which an amount of its own may be agreed, in every wording."""
    cases: set[str] = set()
    for fact in breaches:
        for value in fact.values:
            if value.type == "text":
                cases.add(plain(value.text))  # type: ignore[attr-defined]
    for tables in names.values():
        for identifier, words in tables["choice"].items():
            if identifier.startswith("Breach."):
                cases.update(plain(word) for word in words)
    return frozenset(cases)


def _is_undefined(contract: Contract, person: Person) -> bool:
    """A quoted person must be a defined term; the title of a document in 《》 is none."""
    if person.of is not None and _is_undefined(contract, person.of):
        return True
    if person.kind != "text" or person.term is not None or not person.text:
        return False
    return contract.source.text[person.span[0] : person.span[0] + 1] != "《"


# --- defined and not used ------------------------------------------------------------------


def unused_definitions(contract: Contract, language: Language, meant: set[str]) -> Iterator[Finding]:
    """Definitions whose name stands nowhere else, nor one of `meant`, which are used but misspelt."""
    if not contract.definitions:
        return
    used = _used_names(contract)
    for definition in contract.definitions:
        if definition.name not in used and definition.name not in meant:
            message = (
                f"已定义的“{definition.name}”从未使用。"
                if language == "zh"
                else f"“{definition.name}” is defined and never used."
            )
            yield Finding(*UNUSED, "warning", message, definition.name_span)


def _used_names(contract: Contract) -> set[str]:
    if contract.memo is not None:
        return _remembered_names(contract)
    text = contract.source.text
    ((_, finder),) = _finders(contract)
    used: set[str] = set()
    # Long texts are searched faster than many short ones.
    statements = (text[start:end] for start, end in _statements(contract))
    while some := "\n".join(islice(statements, _AT_ONCE)):
        used.update(finder.find(some))
    for definition in contract.definitions:
        used.update(_used_by_definition(contract, finder, definition))
    return used


def _remembered_names(contract: Contract) -> set[str]:
    """The same, statement by statement. For a name that has changed not all of them are looked for again."""
    finders = _finders(contract)
    return {name for which, finder in finders for name in _used_one_by_one(contract, finder, which)}


def _finders(contract: Contract) -> list[tuple[str, NameFinder]]:
    """What finds the names of definitions; while a contract is edited, those that have changed lately by themselves."""
    names = frozenset(definition.name for definition in contract.definitions)
    finder = made_of(
        contract,
        "names",
        (),
        lambda _: NameFinder(names),
        lambda known: len(names - known.names) <= _MOST_NEW,
    )
    new = names - finder.names
    found = [("names", finder)]
    return [*found, ("new names", made_of(contract, "new names", new, NameFinder))] if new else found


def _used_one_by_one(contract: Contract, finder: NameFinder, which: str) -> Iterator[str]:
    """The names that each statement uses."""

    def used(thing: Any) -> Iterable[str]:
        spans = getattr(thing, "spans", None) or (thing.span,)
        return {name for start, end in spans for name in finder.find(contract.source.text[start:end])}

    def by_definition(definition: Definition) -> Iterator[str]:
        return _used_by_definition(contract, finder, definition)

    def used_elsewhere() -> Iterator[str]:
        yield from found_of(contract, (which, "definitions"), contract.definitions, by_definition, finder)
        yield from found_of(contract, (which, "headers"), contract.blocks, used, finder)
        yield from found_of(contract, (which, "facts"), contract.all_facts(), used, finder)
        for block in contract.blocks:
            yield from found_of(contract, (which, id(block)), block.paragraphs, used, finder)
            for start, end in block.broken:
                yield from finder.find(contract.source.text[start:end])

    yield from found_of(contract, (which, "norms"), contract.norms, used, finder)
    yield from made_of(contract, (which, "elsewhere"), finder, lambda _: frozenset(used_elsewhere()))


def _used_by_definition(contract: Contract, finder: NameFinder, definition: Definition) -> Iterator[str]:
    """The names that a definition uses; it does not use its own."""
    text = contract.source.text[definition.name_span[1] : definition.span[1]]
    return (name for name in finder.find(text) if name != definition.name)


def _statements(contract: Contract) -> Iterator[Span]:
    """Everything a contract says, without its definitions and comments."""
    for block in contract.blocks:
        yield block.span
        yield from (fact.span for fact in block.facts)
        yield from (norm.span for norm in block.norms)
        yield from prose_lines(block)
        yield from block.broken


# --- defined twice -------------------------------------------------------------------------


def duplicate_definitions(contract: Contract, language: Language) -> Iterator[Finding]:
    """Terms, parties and labels that are declared more than once."""
    first: dict[str, Span] = {}
    for name, span in sorted(_declarations(contract), key=lambda declaration: declaration[1]):
        if name not in first:
            first[name] = span
            continue
        message = f"“{name}”已有定义。" if language == "zh" else f"“{name}” is already defined."
        related = Related("首次定义在此。" if language == "zh" else "It is first defined here.", first[name])
        yield Finding(*DUPLICATE, "error", message, span, related=(related,))


def _declarations(contract: Contract) -> Iterator[tuple[str, Span]]:
    """Every declared name with its place; labels are names of their own kind."""
    for definition in contract.definitions:
        yield definition.name, definition.name_span
    for block in contract.parties:
        if block.name and block.name_span:
            yield block.name, block.name_span
    labelled: Any
    before = None
    for labelled in (*contract.blocks, *contract.norms):
        # Norms that follow each other in a clause may share a label, which then names all of them.
        place = (id(getattr(labelled, "block", labelled)), labelled.label)
        if labelled.label and labelled.label_span and place != before:
            yield "@" + labelled.label, labelled.label_span
        before = place


# --- defined by themselves -----------------------------------------------------------------


def circular_definitions(contract: Contract, language: Language) -> Iterator[Finding]:
    """Terms whose meaning leads back to themselves."""
    by_name: dict[str, Definition] = {}
    for definition in contract.definitions:
        by_name.setdefault(definition.name, definition)
    if not by_name:
        return
    uses: dict[str, set[str]] = {}
    for which, finder in _finders(contract):
        for definition, used in found_of(
            contract, (which, circular_definitions), contract.definitions, _names_in_meaning(finder), finder
        ):
            others = used & by_name.keys()
            if others and by_name[definition.name] is definition:
                uses.setdefault(definition.name, set()).update(others)
    for component in components(uses):
        if len(component) > 1 or component[0] in uses.get(component[0], ()):
            yield _circular([by_name[name] for name in component], language)


def _names_in_meaning(finder: NameFinder) -> Callable[[Definition], list[tuple[Definition, set[str]]]]:
    """What gives a definition with the names that its meaning rests on, if it does on any."""
    return lambda definition: [(definition, used)] if (used := _names_used(definition, finder)) else []


def _names_used(definition: Any, finder: NameFinder) -> set[str]:
    """The terms that a meaning rests on. A term may say its own name again ("Data means data that …"); only
    where it stands in quotation marks, or is all there is, does it refer to itself."""
    used: set[str] = set()
    for meaning in definition.meanings:
        for thing in (meaning, getattr(meaning, "thing", None), getattr(meaning, "person", None)):
            term = getattr(thing, "term", None)
            if term is not None:
                used.add(term.name)
    text = definition.text or ""
    if text:
        used.update(name for name in finder.find(text) if name != definition.name)
        if any(match[1].strip() == definition.name for match in _QUOTED.finditer(text)):
            used.add(definition.name)
    return used


def _circular(definitions: list[Definition], language: Language) -> Finding:
    definitions = sorted(definitions, key=lambda definition: definition.span)
    last = definitions[-1]
    chain = (" → ").join([*(definition.name for definition in definitions), definitions[0].name])
    if language == "zh":
        message = f"循环定义：{chain}。" if len(definitions) > 1 else f"“{last.name}”以其自身来定义。"
        note = "循环经过此处。"
    else:
        message = (
            f"These definitions lead back to themselves: {chain}."
            if len(definitions) > 1
            else f"“{last.name}” is defined by itself."
        )
        note = "The circle passes here."
    related = tuple(Related(note, definition.name_span) for definition in definitions[:-1])
    return Finding(*CIRCULAR, "error", message, last.name_span, related=related)


def blocks_by_kind(contract: Contract) -> dict[str, list[Block]]:
    """The clauses of each known kind."""
    found: dict[str, list[Block]] = {}
    for block in contract.clauses:
        if block.kind is not None:
            found.setdefault(block.kind, []).append(block)
    return found
