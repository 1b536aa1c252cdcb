"""Words that mend a contradiction: when a norm does not apply, what it leaves out, or which of two prevails. Each is tried
before it is offered: the contract with these words in it must read as before, without that contradiction and
without a new one."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint.analysis.norms.compare import INCOMPATIBLE, PERMITTED, REQUIRED, Comparison, contexts
from nda_lint.analysis.references import references
from nda_lint.bind import bind
from nda_lint.finding import Edit, Fix
from nda_lint.parser import stream
from nda_lint.source import Source
from nda_lint.write_norms import NormWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from nda_lint.analysis.norms.box import Box
    from nda_lint.analysis.norms.compare import Clash
    from nda_lint.analysis.norms.meaning import Meaning
    from nda_lint.contract import Contract, Norm
    from nda_lint.finding import Language
    from nda_lint.source import Span

#: How many characters may be read anew in search of words that mend a contract.
_MOST_READ = 2_000_000
#: What the words of a fix say, in English and Chinese.
_MESSAGES = {
    "unless": ("Say when the ban does not apply.", "写明该禁止不适用的情形。"),
    "except": ("Say what the ban leaves out.", "写明该禁止的例外。"),
    "notwithstanding": ("Say that the permission prevails.", "写明该许可优先。"),
    "subject_to": ("Say that the ban prevails.", "写明该禁止优先。"),
    "duty_prevails": ("Say that the duty prevails.", "写明该义务优先。"),
    "duty_unless": ("Say when the one duty does not apply.", "写明其中一项义务不适用的情形。"),
    "duty_except": ("Say what the one duty leaves out.", "写明其中一项义务的例外。"),
}
#: Labels for norms that have none.
_LABELS = {"must_not": ("ban", "禁止"), "may": ("limit", "限制"), "must": ("duty", "义务")}


class Fixes:
    """Looks for words that mend the contradictions of one contract."""

    def __init__(
        self,
        contract: Contract,
        comparison: Comparison,
        clashes: Sequence[Clash],
        tables: Mapping[str, Any],
        language: Language,
    ) -> None:
        self._contract = contract
        self._comparison = comparison
        self._tables = tables
        self._chinese = contract.language == "zh"
        self._says = language == "zh"
        self._writer = NormWriter(contract.language)
        self._known = {_key(clash) for clash in clashes}
        self._labels: dict[Span, str] = {}
        self._left = _MOST_READ
        self._references: int | None = None
        sentences = [contract.source.text[slice(*norm.span)] for norm in contract.norms]
        self._comma = "," if any("," in sentence for sentence in sentences) else "，"

    def of(self, clash: Clash) -> Fix | None:
        """The first words that mend a contradiction."""
        for kind, edits in self._candidates(clash):
            if self._left < 0:
                return None
            if self._mends(clash, edits):
                return Fix("unsafe", _MESSAGES[kind][self._says], edits)
        return None

    # --- what may be said ------------------------------------------------------------------------

    def _candidates(self, clash: Clash) -> Iterator[tuple[str, tuple[Edit, ...]]]:
        if len(clash.meanings) != 2:
            return
        first = clash.first
        other = next(meaning for meaning in clash.meanings if meaning is not first)
        if clash.code in (PERMITTED, REQUIRED) and not clash.entailed:
            given = first.permissions if clash.code == PERMITTED else first.duty
            yield from self._narrowed("", other, other.bans, first, given)
            prevails = "notwithstanding" if clash.code == PERMITTED else "duty_prevails"
            yield prevails, self._prefer("notwithstanding", first.norm, other.norm)
        elif clash.code == PERMITTED:
            yield "subject_to", self._prefer("subject_to", first.norm, other.norm)
        elif clash.code == INCOMPATIBLE:
            for one, two in ((first, other), (other, first)):
                yield from self._narrowed("duty_", one, contexts(one), two, contexts(two))

    def _narrowed(
        self, prefix: str, one: Meaning, boxes: Sequence[Box], other: Meaning, others: Sequence[Box]
    ) -> Iterator[tuple[str, tuple[Edit, ...]]]:
        """The one does not apply where the other does: on the other's one condition, to its persons, to its things.
        Each only where that takes nothing away from the one but what is the other's."""
        norm = other.norm
        if len(norm.conditions) == 1 and norm.conditions[0].kind == "if":
            if self._takes_no_more(boxes, others, ()):
                condition = norm.conditions[0]
                unless = c.Condition("unless", condition.connective, condition.atoms, condition.span)
                yield f"{prefix}unless", (self._added(one.norm, self._writer.condition(unless)),)
            return
        if norm.conditions or one.norm.exceptions:
            return
        persons = [self._writer.person(person) for part in norm.recipients for person in part.persons]
        things = [self._writer.thing(thing) for thing in norm.things if thing.person is None]
        for words, names in ((persons, ("to",)), (things, ("object", "owner", "about"))):
            if words and self._takes_no_more(boxes, others, names):
                keyword = self._writer.keyword
                text = f"{keyword('EXCEPT')} {self._writer.listed(words)}"
                if self._chinese:
                    text = f"{keyword('EXCEPT')}{self._writer.listed(words)}{keyword('OUTSIDE')}"
                yield f"{prefix}except", (self._added(one.norm, text),)

    def _takes_no_more(self, boxes: Sequence[Box], others: Sequence[Box], names: Sequence[str]) -> bool:
        """Whether all of `boxes` that has the conditions of the others, and their parts of these names, is theirs."""
        taken = []
        for box in boxes:
            for other in others:
                parts = {name: getattr(box, name) & getattr(other, name) for name in names}
                if not names:
                    parts = {"must": box.must | other.must, "must_not": box.must_not | other.must_not}
                taken.append(box.but(**parts))
        return self._comparison.pieces.left(taken, others) is None

    def _prefer(self, kind: str, norm: Norm, other: Norm) -> tuple[Edit, ...]:
        """The one prevails over the other, or yields to it, which gets a label if it has none."""
        edits: list[Edit] = []
        label = other.label
        if label is None:
            label = self._new_label(other)
            edits.append(Edit((other.span[0], other.span[0]), f"@{label} "))
        text = f"{self._writer.keyword(kind.upper())} @{label}"
        if self._chinese and kind == "notwithstanding":
            text += f" {self._writer.keyword('LIMIT_END')}"
        edits.append(self._added(norm, text, always_comma=True))
        return tuple(sorted(edits, key=lambda edit: edit.span))

    def _new_label(self, norm: Norm) -> str:
        """A label that nothing bears yet, and no other norm in another fix."""
        given = self._labels.get(norm.span)
        if given is not None:
            return given
        taken = {label for one in self._contract.norms if (label := one.label)}
        taken |= {priority.label for one in self._contract.norms for priority in one.priorities}
        taken |= {label for block in self._contract.clauses for label in (block.label, block.kind) if label}
        taken.update(self._labels.values())
        label = word = _LABELS[norm.modality][self._chinese]
        number = 2
        while label in taken:
            label, number = f"{word}{number}", number + 1
        self._labels[norm.span] = label
        return label

    def _added(self, norm: Norm, text: str, *, always_comma: bool = False) -> Edit:
        """Words at the end of a sentence."""
        lead = self._comma if self._chinese else ", " if always_comma else " "
        return Edit((norm.span[1], norm.span[1]), lead + text)

    # --- whether it mends ---------------------------------------------------------------------------

    def _mends(self, clash: Clash, edits: tuple[Edit, ...]) -> bool:
        """Whether the contract with these words reads well, without this contradiction or a new one."""
        before = self._contract
        text = applied(before.source.text, edits)
        self._left -= len(text)
        source = Source(text, before.source.filename)
        after = bind(stream(source), before.language)
        if len(after.norms) != len(before.norms) or len(after.findings) > len(before.findings):
            return False
        found = {_key(one) for one in Comparison(after, self._tables).clashes()}
        if _key(clash) in found or not found <= self._known:
            return False
        if self._references is None:
            self._references = len(references(before, before.language, self._tables))
        return len(references(after, after.language, self._tables)) <= self._references


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made in it, which do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span[0]] + edit.text + text[edit.span[1] :]
    return text


def _key(clash: Clash) -> Any:
    return (clash.code, *(meaning.index for meaning in clash.meanings))
