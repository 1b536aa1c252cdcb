"""The names in rules: paths, fields and collections, looked up in the schema.

What comes of them are plain tuples with the type of what they read; see :mod:`nda_lint.rulebook.check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nda_lint.rulebook import types as t
from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.sources import FIRST_VARIABLE_SLOT, FOCUS_SLOT
from nda_lint.rulebook.syntax import Node, Word

if TYPE_CHECKING:
    from nda_lint.rulebook.vocabulary import Vocabulary
    from nda_lint.source import Source, Span

Plain = tuple[Any, ...]
Typed = tuple[Plain, t.Type]

#: Collections that have a name of their own: name → (plain form, type of the members).
COLLECTIONS: dict[str, tuple[Plain, t.Type]] = {
    "norms": (("norms",), t.NORM),
    "parties": (("blocks", "party"), t.PARTY),
    "annexes": (("blocks", "annex"), t.with_kind(t.BLOCK, "annex")),
    "definitions": (("definitions",), t.DEFINITION),
    "unresolved": (("unresolved",), t.UNRESOLVED),
}
#: Kinds of which a contract has several, so that their fields are only read one block at a time.
_SEVERAL = ("party", "annex")
SPECIAL_ROOTS = {"contract": t.Type("contract"), "profile": t.Type("profile")}


class Mistake(Exception):
    """Carries a :class:`RuleError` out of the expression it stands in."""

    def __init__(self, error: RuleError) -> None:
        super().__init__(error)
        self.error = error


class PathChecker:
    """Looks up the names in the expressions of one rule; `focus` is the field whose values the rule looks at
    one by one."""

    def __init__(self, vocabulary: Vocabulary, source: Source, focus: str = "") -> None:
        self.vocabulary = vocabulary
        self.source = source
        self.focus = focus
        self.variables: dict[str, tuple[int, t.Type]] = {}
        #: name → the literal it stands for unless a house says otherwise, and its type
        self.parameters: dict[str, Typed] = {}
        self.slots = FIRST_VARIABLE_SLOT
        #: what the rule reads: field ids, ``@KIND``, and ``class:word`` of the vocabulary
        self.reads: set[str] = set()

    def path(self, names: tuple[Word, ...]) -> Typed:
        """Check a path: a field, a variable, a collection, and parts of them."""
        root = names[0]
        if root.text in self.variables:
            slot, type_ = self.variables[root.text]
            return self._parts(("slot", slot), type_, names[1:], root.text)
        if root.text in self.vocabulary.kinds and len(names) > 1:
            plain, type_ = self._field(root, names[1])
            return self._parts(plain, type_, names[2:], f"{root.text}.{names[1].text}")
        if root.text in COLLECTIONS:
            plain, element = COLLECTIONS[root.text]
            return self._parts(plain, element.listed(), names[1:], root.text)
        if root.text in SPECIAL_ROOTS and len(names) == 1:
            return (root.text,), SPECIAL_ROOTS[root.text]
        if root.text in self.parameters and len(names) == 1:
            plain, type_ = self.parameters[root.text]
            return ("parameter", root.text, plain), type_
        known = {*self.variables, *self.vocabulary.kinds, *COLLECTIONS, *SPECIAL_ROOTS, *self.parameters}
        close = self.vocabulary.aliases(root.text, known) or nearest(root.text, known)
        raise self.mistake(root.span, "unknown-name", close, found=root.text)

    def _field_id(self, kind: Word, key: Word) -> tuple[str, Any]:
        entry = self.vocabulary.field(kind.text, key.text)
        if entry is None:
            keys = set(self.vocabulary.kinds[kind.text]["fields"])
            close = self.vocabulary.aliases(key.text, keys) or nearest(key.text, keys)
            suggestions = tuple(f"{kind.text}.{name}" for name in close) or self._elsewhere(key.text)
            raise self.mistake(key.span, "unknown-field", suggestions, kind=kind.text, found=key.text)
        self.reads.add(f"{kind.text}.{key.text}")
        return f"{kind.text}.{key.text}", entry

    def _elsewhere(self, key: str) -> tuple[str, ...]:
        kinds = self.vocabulary.kinds
        return tuple(f"{kind}.{key}" for kind in kinds if key in kinds[kind]["fields"])[:2]

    def _field(self, kind: Word, key: Word) -> Typed:
        field, entry = self._field_id(kind, key)
        type_ = t.field_type(entry)
        if field == self.focus:
            return ("slot", FOCUS_SLOT), type_
        if entry.get("many") or entry.get("named") or kind.text in _SEVERAL:
            return ("values", field), type_.listed()
        return ("field", field), type_

    def _parts(self, plain: Plain, type_: t.Type, names: tuple[Word, ...], path: str = "") -> Typed:
        for name in names:
            if type_.sort == "list":
                raise self.mistake(name.span, "list-needs-quantifier", path=path)
            if type_.sort == "block" and type_.kind and name.text in self._keys_of(type_.kind):
                plain, type_ = self._block_field(plain, type_.kind, name.text)
                continue
            parts = t.parts_of(type_)
            if name.text not in parts:
                raise self._unknown_part(name, type_, parts)
            plain, type_ = ("part", plain, f"{type_.sort}.{name.text}"), parts[name.text]
            path = f"{path}.{name.text}"
        return plain, type_

    def _unknown_part(self, name: Word, type_: t.Type, parts: dict[str, t.Type]) -> Mistake:
        if type_.sort == "block" and type_.kind:
            fields = set(self._keys_of(type_.kind))
            close = self.vocabulary.aliases(name.text, fields) or nearest(name.text, fields | set(parts))
            return self.mistake(name.span, "unknown-field", close, kind=type_.kind, found=name.text)
        close = nearest(name.text, parts)
        return self.mistake(name.span, "unknown-attribute", close, what=t.describe(type_), found=name.text)

    def _block_field(self, plain: Plain, kind: str, key: str) -> Typed:
        entry = self._keys_of(kind)[key]
        fields = " ".join(f"{name}.{key}" for name in kind.split())
        self.reads.update(fields.split())
        type_ = t.field_type(entry)
        if entry.get("many") or entry.get("named"):
            return ("block_values", plain, fields), type_.listed()
        return ("block_field", plain, fields), type_

    def _keys_of(self, kind: str) -> dict[str, Any]:
        """The keys of a kind of clause; of several, those that all of them have alike."""
        first, *others = (self.vocabulary.kinds[name]["fields"] for name in kind.split())
        return {
            key: entry
            for key, entry in first.items()
            if all(key in other and t.field_type(other[key]) == t.field_type(entry) for other in others)
        }

    def collection(self, node: Node | Word) -> Typed:
        """Check something that has members; gives the type of the members."""
        if isinstance(node, Word):
            raise self.mistake(node.span, "not-a-list", what=("this", "此处"))
        if node.kind == "all_clauses":
            return ("clauses",), t.BLOCK
        if node.kind == "all_values":
            return ("all_values",), t.ANY_VALUE
        if node.kind == "values_of":
            return self._values_of(node.word(0))
        if node.kind == "clauses_of":
            kind = self.kind(node.word(0))
            return ("blocks", kind), t.with_kind(t.BLOCK, kind)
        if node.kind in ("facts_of", "names_of"):
            return self._facts(node)
        if node.kind == "union":
            return self._union(node)
        if node.kind != "path":
            raise self.mistake(node.span, "not-a-list", what=("this", "此处"))
        names = node.words
        if names[0].text in self.vocabulary.kinds and len(names) == 2:
            field, entry = self._field_id(names[0], names[1])
            return ("values", field), t.field_type(entry)
        plain, type_ = self.path(names)
        if type_.sort == "list" and type_.element is not None:
            return plain, type_.element
        if plain[0] == "block_field":
            return ("block_values", plain[1], plain[2]), type_
        raise self.mistake(node.span, "not-a-list", what=t.describe(type_))

    def _values_of(self, type_name: Word) -> Typed:
        """``money values``: the values of that type of every key that may have one."""
        fields = tuple(
            f"{kind}.{key}"
            for kind, block in self.vocabulary.kinds.items()
            for key, entry in block["fields"].items()
            if type_name.text in entry["types"]
        )
        if not fields:
            close = nearest(type_name.text, t.VALUE_TYPES)
            raise self.mistake(type_name.span, "unknown-type", close, found=type_name.text)
        return ("typed_values", type_name.text, fields), t.Type("value", types=(type_name.text,))

    def _union(self, node: Node) -> Typed:
        """``any x in A, B: …``: members of one sort, from several collections."""
        parts = [self.collection(part) for part in node.parts]
        element = parts[0][1]
        for part, (_, type_) in zip(node.parts, parts, strict=True):
            if type_.sort != element.sort or bool(type_.kind) != bool(element.kind):
                raise self.mistake(
                    part.span, "not-comparable", left=t.describe(element), right=t.describe(type_)
                )
        return ("union", *(plain for plain, _ in parts)), t.merged([type_ for _, type_ in parts])

    def _facts(self, node: Node) -> Typed:
        names = node.node(0).words
        if len(names) != 2 or names[0].text not in self.vocabulary.kinds:
            known = (*self.vocabulary.kinds, *COLLECTIONS)
            raise self.mistake(
                names[0].span, "unknown-name", nearest(names[0].text, known), found=names[0].text
            )
        field, entry = self._field_id(names[0], names[1])
        if node.kind == "facts_of":
            return ("facts", field), t.fact_of(entry)
        if not entry.get("named"):
            raise self.mistake(node.span, "no-names", what=field)
        return ("names", field), t.STRING

    def kind(self, word: Word) -> str:
        """A clause kind by its id."""
        if word.text not in self.vocabulary.kinds:
            kinds = set(self.vocabulary.kinds)
            close = self.vocabulary.aliases(word.text, kinds) or nearest(word.text, kinds)
            raise self.mistake(word.span, "unknown-kind", close, found=word.text)
        self.reads.add(f"@{word.text}")
        return word.text

    def mistake(
        self, span: Span, key: str, suggestions: tuple[str, ...] = (), **arguments: str | tuple[str, str]
    ) -> Mistake:
        """A mistake at `span`, to be raised."""
        return Mistake(RuleError(self.source, span, key, suggestions, **arguments))
