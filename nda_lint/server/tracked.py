"""A contract that notes what is read of it, so that a check need not run again while that stays the same.

`read` is the note: names of parts ("norms"), full ids of fields, or a part of a single block. Who checks clears it
before and keeps it after.
"""

from __future__ import annotations

from operator import attrgetter

from nda_lint.contract import Block, Contract, may_be_among
from nda_lint.server.memo import Memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.contract import Fact
    from nda_lint.finding import Language
    from nda_lint.source import Source

#: The parts of a contract; of its facts each field is a part by itself, and "facts" is all of them.
PARTS = (
    "agreement", "annexes", "blocks", "broken_fields", "clauses", "definitions", "findings", "is_template",
    "norms", "parties", "pragmas", "unresolved",
)  # fmt: skip
_FACTS = "facts"
_BROKEN = "broken"
_IN_BLOCK = ("facts", "norms", "paragraphs", "broken")


class Fields(dict[str, "list[Fact]"]):
    """The facts of each field; looking at one is noted as such, going through all as a whole."""

    __slots__ = ("_note",)

    def __init__(self, facts: dict[str, list[Fact]], note: set[object]) -> None:
        super().__init__(facts)
        self._note = note

    def get(self, field: str, default: Any = None) -> Any:
        """The facts of a field."""
        self._note.add(field)
        return super().get(field, default)

    def __getitem__(self, field: str) -> list[Fact]:
        self._note.add(field)
        return super().__getitem__(field)

    def __contains__(self, field: object) -> bool:
        self._note.add(field)
        return super().__contains__(field)

    def __iter__(self) -> Iterator[str]:
        self._note.add(_FACTS)
        return super().__iter__()

    def __len__(self) -> int:
        self._note.add(_FACTS)
        return super().__len__()

    def all(self) -> Any:
        """Every field with its facts, without a note of that."""
        return super().items()

    def keys(self) -> Any:
        """All fields."""
        self._note.add(_FACTS)
        return super().keys()

    def values(self) -> Any:
        """The facts of every field."""
        self._note.add(_FACTS)
        return super().values()

    def items(self) -> Any:
        """Every field with its facts."""
        self._note.add(_FACTS)
        return super().items()


class TrackedBlock(Block):
    """A block that notes what is read of its contents."""

    __slots__ = ("_keys", "_note", "lines")

    def __init__(self, block: Block, note: set[object]) -> None:
        self._note = note
        #: its lines of prose before they were joined
        self.lines: list[Any] = []
        self._keys = {part: (part, id(self)) for part in _IN_BLOCK}
        self.take_over(block)
        for part in _IN_BLOCK:
            getattr(Block, part).__set__(self, [])

    def take_over(self, block: Block) -> None:
        """Take what a header says from another block."""
        for slot in Block.__slots__:
            if slot not in _IN_BLOCK:
                setattr(self, slot, getattr(block, slot))

    def peek(self, part: str) -> Any:
        """A part of the contents, without a note of that."""
        return getattr(Block, part).__get__(self)

    def key(self, part: str) -> object:
        """What is noted when a part of the contents is read."""
        return self._keys[part]


#: Messages tell things by the names of their classes.
TrackedBlock.__name__ = Block.__name__


def _in_block(part: str) -> property:
    member = getattr(Block, part)

    def read(self: TrackedBlock) -> Any:
        self._note.add(self._keys[part])
        return member.__get__(self)

    return property(read, member.__set__, doc=f"The {part} of the block.")


for _part in _IN_BLOCK:
    setattr(TrackedBlock, _part, _in_block(_part))


class TrackedContract(Contract):
    """A contract that notes what is read of it; `changed` collects what was set to something else."""

    __slots__ = ("_all_facts", "_broken", "_parts", "changed", "memo", "note")

    def __init__(self, source: Source, language: Language) -> None:
        self.note: set[object] = set()
        self.changed: set[object] = set()
        self.memo = Memo(self.note)
        self._parts: dict[str, Any] = {}
        #: field → whether it may be among what could not be read, where that was asked
        self._broken: dict[str, bool] = {}
        self._all_facts: list[Fact] | None = None
        super().__init__(source, language)

    def peek(self, part: str) -> Any:
        """A part, without a note of that."""
        return self._parts[part]

    def set(self, part: str, value: Any) -> None:
        """Set a part, which has changed only if it is another one."""
        if part not in self._parts or self._parts[part] != value:
            self.changed.add(part)
            self._parts[part] = value

    def set_broken_fields(self, fields: frozenset[str]) -> None:
        """Set what could not be read; who asked for one field need not know of the others."""
        if fields == self._parts["broken_fields"]:
            return
        self.set("broken_fields", fields)
        for field, answer in self._broken.items():
            now = self._broken[field] = may_be_among(fields, field)
            if now is not answer:
                self.changed.add((_BROKEN, field))

    def may_be_broken(self, field: str) -> bool:
        """Whether something that could not be read may have been this."""
        known = self._broken.get(field)
        if known is None:
            known = self._broken[field] = may_be_among(self._parts["broken_fields"], field)
        self.note.add((_BROKEN, field))
        return known

    def set_facts(self, facts: dict[str, list[Fact]]) -> None:
        """Set the facts by field."""
        old = dict(self._parts["facts_by_field"].all())
        for field in old.keys() | facts.keys():
            if old.get(field) != facts.get(field):
                self.changed.update((field, _FACTS))
        self._parts["facts_by_field"] = Fields(facts, self.note)
        self._all_facts = None

    def all_facts(self) -> list[Fact]:
        """The facts of all fields, in source order."""
        self.note.add(_FACTS)
        if self._all_facts is None:
            facts = (fact for _, facts in self._parts["facts_by_field"].all() for fact in facts)
            self._all_facts = sorted(facts, key=attrgetter("span"))
        return self._all_facts

    def set_in_block(self, block: TrackedBlock, part: str, value: list[Any]) -> None:
        """Set a part of the contents of a block."""
        member = getattr(Block, part)
        if member.__get__(block) != value:
            self.changed.add(block.key(part))
            member.__set__(block, value)

    def facts(self, field: str) -> list[Fact]:
        """All facts of a field (``term.duration``), in source order."""
        found: list[Fact] = self._parts["facts_by_field"].get(field, [])
        return found


def _of_contract(part: str) -> property:
    def read(self: TrackedContract) -> Any:
        self.note.add(part)
        return self._parts[part]

    def write(self: TrackedContract, value: Any) -> None:
        self._parts[part] = value

    return property(read, write, doc=f"The {part} of the contract.")


for _part in PARTS:
    setattr(TrackedContract, _part, _of_contract(_part))


def _facts_by_field(self: TrackedContract) -> Any:
    return self._parts["facts_by_field"]


def _set_facts_by_field(self: TrackedContract, value: dict[str, list[Fact]]) -> None:
    self._parts["facts_by_field"] = Fields(value, self.note)


setattr(TrackedContract, "facts_by_field", property(_facts_by_field, _set_facts_by_field))  # noqa: B010
