"""References from one place of a contract to another: whether they lead anywhere, and whether
priorities go round in circles."""

from __future__ import annotations

from nda_lint.analysis.graphs import components
from nda_lint.analysis.near_names import NearNames
from nda_lint.analysis.terms import blocks_by_kind, placeholders
from nda_lint.finding import Finding, Related
from nda_lint.patterns import pattern
from nda_lint.recall import found_of, kept, made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Block, Contract, Fact, Norm
    from nda_lint.finding import Language
    from nda_lint.source import Span

BROKEN = ("NDA405", "broken-reference")
CYCLE = ("NDA406", "exception-cycle")

_LABEL_AT_START = pattern(r"\s*@([^\s,，。;；:：、]+)")
#: An annex by its number, with the word before it or without.
_ANNEX = pattern(
    r"(?i)(?:annex|schedule|exhibit|appendix|附件|附录|附表)\s*([0-9]+|[a-z]|[一二三四五六七八九十]+)(?![0-9a-z])"
)


#: Keys that say which annexes there are.
_LISTING = ("annex.title", "signature.annexes")
_LONGEST_NAME = 30


class Labels:
    """What the labels of a contract stand for: norms, or all norms of a clause."""

    def __init__(self, contract: Contract, kinds: Mapping[str, str], norms: Iterable[Norm]) -> None:
        """`norms` are those of the contract that have a label."""
        self.norms: dict[str, list[Norm]] = {}
        for norm in norms:
            self.norms.setdefault(str(norm.label), []).append(norm)
        self.blocks: dict[str, list[Block]] = {}
        by_kind = blocks_by_kind(contract)
        for word, kind in kinds.items():
            if kind in by_kind:
                self.blocks[word] = self.blocks[word.replace(" ", "-")] = by_kind[kind]
        for block in contract.clauses:
            if block.label:
                self.blocks[block.label] = [block]
        self._near: NearNames | None = None
        self._unread = {
            match[1] for span in _broken(contract) if (match := _starts_with_label(contract, span))
        }

    def known(self, label: str) -> bool:
        """Whether something bears the label, were it only a statement that could not be read."""
        return label in self.norms or label in self.blocks or label in self._unread

    def nearest(self, label: str) -> str | None:
        """The label that was probably meant."""
        if self._near is None:
            self._near = NearNames(
                name for name in (*self.norms, *self.blocks, *self._unread) if " " not in name
            )
        return self._near.nearest(label)


def labels_of(contract: Contract, tables: Mapping[str, Any]) -> Labels:
    """The labels of a contract; `tables` are the compiled ones."""
    labelled = tuple(norm for norm in contract.norms if norm.label)
    kinds = tables["lexicon"]["kinds"]
    return made_of(contract, Labels, labelled, lambda norms: Labels(contract, kinds, norms))


def _broken(contract: Contract) -> Iterator[Span]:
    return (span for block in contract.blocks for span in block.broken)


def _starts_with_label(contract: Contract, span: Span) -> re.Match[str] | None:
    return _LABEL_AT_START.match(contract.source.text, span[0], span[1])


# --- references that lead nowhere ------------------------------------------------------------


def broken_references(contract: Contract, language: Language, labels: Labels) -> Iterator[Finding]:
    """Labels, clauses and annexes that are referred to and are not there."""
    for check in (_unknown_priorities, _unknown_placeholders, _absent_clauses, _absent_annexes):
        yield from kept(contract, check, language, labels)


def _unknown_priorities(contract: Contract, language: Language, labels: Labels) -> Iterator[Finding]:
    priority: Any
    for norm in contract.norms:
        for priority in norm.priorities:
            if priority.label and not labels.known(priority.label):
                yield _nothing_called(priority.label, priority.span, language, labels)


def _unknown_placeholders(contract: Contract, language: Language, labels: Labels) -> Iterator[Finding]:
    for name, span in placeholders(contract):
        if name.startswith("@") and not labels.known(name[1:]):
            yield _nothing_called(name[1:], span, language, labels)


def _nothing_called(label: str, span: Span, language: Language, labels: Labels) -> Finding:
    near = labels.nearest(label)
    if language == "zh":
        message = f"没有标为 @{label} 的条款或者规范句" + (f"；是否应为 @{near}？" if near else "。")
    else:
        message = f"No clause or norm is labelled @{label}" + (f"; did you mean @{near}?" if near else ".")
    return Finding(*BROKEN, "error", message, span)


def _absent_clauses(contract: Contract, language: Language, labels: Labels) -> Iterator[Finding]:
    kinds = frozenset(block.kind for block in contract.clauses)

    def absent(fact: Fact) -> Iterator[Finding]:
        for value in fact.values:
            if value.type != "clause":
                continue
            kind, label = getattr(value, "kind", None), getattr(value, "label", None)
            if label is not None and not labels.known(label):
                yield _nothing_called(label, value.span, language, labels)
            elif (
                label is None and kind is not None and kind not in kinds and not contract.may_be_broken(kind)
            ):
                shown = contract.source.text[value.span[0] : value.span[1]].strip()
                message = (
                    f"本协议没有“{shown}”条款。"
                    if language == "zh"
                    else f"The agreement has no clause “{shown}”."
                )
                yield Finding(*BROKEN, "error", message, value.span)

    yield from found_of(contract, _absent_clauses, contract.all_facts(), absent, (language, labels, kinds))


def _absent_annexes(contract: Contract, language: Language, _labels: Labels) -> Iterator[Finding]:
    """Facts that name an annex by its number where none of that number is declared or listed."""
    if contract.may_be_broken("annex"):
        return
    texts = [text for block in contract.annexes for text in (block.name, block.title) if text]
    texts += [value.text for field in _LISTING for value in _text_values(contract, field)]
    declared = frozenset(_number(text) or text.strip().lower() for text in texts)

    def absent(fact: Fact) -> Iterator[Finding]:
        for value in fact.values if fact.field not in _LISTING else ():
            if value.type != "text":
                continue
            text = str(getattr(value, "text", ""))
            number = _number(text)
            if number and number not in declared and len(text) < _LONGEST_NAME:
                message = f"没有“{text}”。" if language == "zh" else f"There is no “{text}”."
                yield Finding(*BROKEN, "error", message, value.span)

    yield from found_of(contract, _absent_annexes, contract.all_facts(), absent, (language, declared))


def _text_values(contract: Contract, field: str) -> Iterator[Any]:
    return (value for fact in contract.facts(field) for value in fact.values if value.type == "text")


def _number(text: str) -> str | None:
    """The number of the annex that a text begins with."""
    match = _ANNEX.match(text.strip())
    return match[1].lower() if match else None


# --- priorities in a circle ------------------------------------------------------------------


def exception_cycles(contract: Contract, language: Language, labels: Labels) -> Iterator[Finding]:
    """Norms each of which yields to the next, and the last to the first."""
    edges = _yielding(contract, labels)
    for component in components(edges):
        norms = sorted(
            (contract.norms[node] for node in component if isinstance(node, int)), key=lambda norm: norm.span
        )
        if len(norms) > 1 or (norms and component[0] in edges.get(component[0], ())):
            yield _cycle(norms, language)


def _yielding(contract: Contract, labels: Labels) -> dict[Any, list[Any]]:
    """Which norm yields to which. A clause stands for its norms: ``("over", id)`` is yielded to for any of
    them, ``("under", id)`` is what all of them yield to."""
    number = {id(norm): index for index, norm in enumerate(contract.norms)}
    edges: dict[Any, list[Any]] = {}
    priority: Any
    for index, norm in enumerate(contract.norms):
        for priority in norm.priorities:
            if priority.kind not in ("subject_to", "notwithstanding"):
                continue
            prevails = priority.kind == "notwithstanding"
            others = labels.norms.get(priority.label, ())
            for other in others:
                source, target = (number[id(other)], index) if prevails else (index, number[id(other)])
                edges.setdefault(source, []).append(target)
            if others:
                continue
            for block in labels.blocks.get(priority.label, ()):
                if block is norm.block:
                    continue  # all others of its own clause: no norm is meant to yield to itself
                node = ("under" if prevails else "over", id(block))
                if node not in edges:
                    members = [number[id(member)] for member in block.norms]
                    edges[node] = [] if prevails else members
                    if prevails:
                        for member in members:
                            edges.setdefault(member, []).append(node)
                edges.setdefault(node if prevails else index, []).append(index if prevails else node)
    return edges


def _cycle(norms: list[Norm], language: Language) -> Finding:
    last = norms[-1]
    if len(norms) == 1:
        message = "该规范句受限于其自身。" if language == "zh" else "This norm yields to itself."
    elif language == "zh":
        message = "这些规范句互相优先，无从确定何者适用。"
    else:
        message = "These norms each yield to another in a circle: nobody can tell which prevails."
    note = "循环经过此处。" if language == "zh" else "The circle passes here."
    related = tuple(Related(note, norm.span) for norm in norms[:-1][:8])
    return Finding(*CYCLE, "error", message, last.span, related=related)
