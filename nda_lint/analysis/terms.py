"""Defined terms: used and not defined, defined and not used, defined twice, defined by themselves."""

from __future__ import annotations

from itertools import islice

from nda_lint.analysis.names_in_text import NameFinder
from nda_lint.analysis.near_names import NearNames, plain
from nda_lint.finding import Finding, Related
from nda_lint.patterns import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Block, Contract
    from nda_lint.finding import Language
    from nda_lint.source import Span
    from nda_lint.values import Definition, Person

UNDEFINED = ("NDA401", "undefined-term")
UNUSED = ("NDA402", "unused-definition")
DUPLICATE = ("NDA403", "duplicate-definition")
CIRCULAR = ("NDA404", "circular-definition")

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
    text = contract.source.text
    for block in contract.blocks:
        for start, end in prose_lines(block):
            for match in _PLACEHOLDER.finditer(text, start, end):
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
    known = NearNames(_declared_names(contract))
    reported: set[Span] = set()
    readable = "*" not in contract.broken_fields  # else the declaration may be what could not be read
    names = (*_placeholders_of_terms(contract), *_quoted_persons(contract)) if readable else ()
    for name, span in names:
        if not known.known(name):
            reported.add(span)
            near = known.nearest(name)
            meant.update(() if near is None else (near,))
            yield _undefined(name, span, language, near)
    for finding in _undefined_in_keys(contract, language, known, tables) if readable else ():
        reported.add(finding.span)
        yield finding
    for name, span in _phrases(contract):
        near = None if span in reported else known.slip(name)
        if near is not None:
            reported.add(span)
            meant.add(near)
            yield _undefined(name, span, language, near)
        elif contract.parties and span not in reported and _PARTY.fullmatch(name) and not known.known(name):
            reported.add(span)
            yield _undefined(name, span, language, None)


def _placeholders_of_terms(contract: Contract) -> Iterator[tuple[str, Span]]:
    return ((name, span) for name, span in placeholders(contract) if not name.startswith("@"))


def _quoted_persons(contract: Contract) -> Iterator[tuple[str, Span]]:
    """Quoted persons whom a norm names as bearing it or as receiving something."""
    for norm in contract.norms:
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


def _declared_names(contract: Contract) -> set[str]:
    """Everything that a name in braces may refer to."""
    names: set[str | None] = {definition.name for definition in contract.definitions}
    for block in contract.blocks:
        names.update((block.name, block.title))
    for field in _DECLARED_BY.values():
        names.update(fact.name for fact in contract.facts(field))
    return {name for name in names if name}


def _phrases(contract: Contract) -> Iterator[tuple[str, Span]]:
    """What stands in quotation marks where a term may stand: in norms, as the purpose, and in keys. Titles
    of documents in 《》 are none."""
    text = contract.source.text
    spans = [norm.span for norm in contract.norms]
    spans += [value.span for fact in contract.facts("agreement.purpose") for value in fact.values]
    for start, end in dict.fromkeys(spans):
        for match in _QUOTED.finditer(text, start, end):
            if match[0][0] != "《":
                yield match[1], match.span()
    for facts in contract.facts_by_field.values():
        for fact in facts:
            if fact.name and fact.name_span:
                yield fact.name, fact.name_span


def _undefined_in_keys(
    contract: Contract,
    language: Language,
    known: NearNames,
    tables: Mapping[str, Any],
) -> Iterator[Finding]:
    """Keys such as ``controls "Gold"`` where no grade of that name is declared."""
    declared = {kind: NearNames(_names_declared_by(contract, field)) for kind, field in _DECLARED_BY.items()}
    for field, facts in contract.facts_by_field.items():
        kind, _, key = field.partition(".")
        named = tables["schema"]["kinds"][kind]["fields"][key]["named"]
        declaring = _DECLARED_BY.get(named)
        if declaring is None or field == declaring or contract.may_be_broken(declaring):
            continue
        allowed = declared[named]
        cases = _cases(contract, tables["names"]) if field == _AMOUNT else ()
        for fact in facts:
            if not fact.name or not fact.name_span or allowed.known(fact.name):
                continue
            if field == _AMOUNT and (known.known(fact.name) or plain(fact.name) in cases):
                continue
            near = allowed.nearest(fact.name)
            yield _undeclared(fact.name, named, fact.name_span, language, near)


def _names_declared_by(contract: Contract, field: str) -> Iterator[str]:
    """The names that stand in the keys of a field, and the items of a register: an item may have a grade,
    a keeper or an end of its own."""
    for fact in contract.facts(field):
        if fact.name:
            yield fact.name
        if field == _DECLARED_BY["register"]:
            yield from (value.text for value in fact.values if value.type == "text")  # type: ignore[attr-defined]


def _undeclared(name: str, kind: str, span: Span, language: Language, near: str | None) -> Finding:
    if language == "zh":
        message = f"没有声明名为“{name}”的{'等级' if kind == 'grade' else '清单'}"
        message += "。" if near is None else f"；是否应为“{near}”？"
    else:
        message = f"No {kind} “{name}” is declared" + (f"; did you mean “{near}”?" if near else ".")
    return Finding(*UNDEFINED, "warning", message, span)


def _cases(contract: Contract, names: Mapping[str, Any]) -> set[str]:
    """The breaches for which an amount of its own may be agreed, in every wording."""
    cases: set[str] = set()
    for fact in contract.facts("liability.breaches"):
        for value in fact.values:
            if value.type == "text":
                cases.add(plain(value.text))  # type: ignore[attr-defined]
    for tables in names.values():
        for identifier, words in tables["choice"].items():
            if identifier.startswith("Breach."):
                cases.update(plain(word) for word in words)
    return cases


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
    text = contract.source.text
    finder = NameFinder(definition.name for definition in contract.definitions)
    used: set[str] = set()
    statements = (text[start:end] for start, end in _statements(contract))
    while some := "\n".join(islice(statements, _AT_ONCE)):
        used.update(finder.find(some))
    for definition in contract.definitions:  # a definition does not use itself
        for name in finder.find(text[definition.name_span[1] : definition.span[1]]):
            if name != definition.name:
                used.add(name)
    return used


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
    finder = NameFinder(by_name)
    uses = {
        name: used
        for name, definition in by_name.items()
        if (used := _names_used(definition, finder) & by_name.keys())
    }
    for component in components(uses):
        if len(component) > 1 or component[0] in uses.get(component[0], ()):
            yield _circular([by_name[name] for name in component], language)


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


def components(edges: Mapping[Any, Iterable[Any]]) -> Iterator[list[Any]]:
    """The strongly connected components of a graph, by Tarjan's algorithm without recursion."""
    index: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: list[Any] = []
    on_stack: set[Any] = set()
    for root in edges:
        if root in index:
            continue
        work: list[tuple[Any, Iterator[Any]]] = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            for target in following:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    yield component


def blocks_by_kind(contract: Contract) -> dict[str, list[Block]]:
    """The clauses of each known kind."""
    found: dict[str, list[Block]] = {}
    for block in contract.clauses:
        if block.kind is not None:
            found.setdefault(block.kind, []).append(block)
    return found
