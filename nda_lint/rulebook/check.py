"""The type checker of expressions: syntax → plain nested tuples that :mod:`nda_lint.rulebook.evaluate` runs.

Every name is looked up in the schema, every comparison must make sense, and what does not is a
:class:`RuleError` at the words concerned. What comes out needs neither schema nor vocabulary any
more: fields are written as full ids, words as the set of ids they cover, variables as slots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nda_lint.profiles import STANDARD
from nda_lint.rulebook import types as t
from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.literals import LITERALS, LiteralProblem, read_day, unquoted
from nda_lint.rulebook.rewrite import relocated
from nda_lint.rulebook.sources import FIRST_VARIABLE_SLOT, FOCUS_SLOT
from nda_lint.rulebook.syntax import Node, Word

if TYPE_CHECKING:
    from datetime import date

    from nda_lint.rulebook.shared import SharedCondition
    from nda_lint.rulebook.vocabulary import Test, Vocabulary
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
_SPECIAL_ROOTS = {"contract": t.Type("contract"), "profile": t.Type("profile")}


class Mistake(Exception):
    """Carries a :class:`RuleError` out of the expression it stands in."""

    def __init__(self, error: RuleError) -> None:
        super().__init__(error)
        self.error = error


class Checker:
    """Checks the expressions of one rule; `focus` is the field whose values the rule looks at one by one."""

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

    # --- conditions ----------------------------------------------------------------------

    def condition(self, node: Node | Word) -> Plain:
        """Check something that is true, false or unknown."""
        if isinstance(node, Node):
            method = getattr(self, f"_condition_{node.kind}", None)
            if method is not None:
                result: Plain = method(node)
                return result
        plain, type_ = self.operand(node)
        if type_.sort == "truth":
            return ("truth", plain)
        raise self.mistake(node.span, "no-condition", what=t.describe(type_))

    def _condition_and_(self, node: Node) -> Plain:
        return ("and", *(self.condition(part) for part in node.parts))

    def _condition_or_(self, node: Node) -> Plain:
        return ("or", *(self.condition(part) for part in node.parts))

    def _condition_not_(self, node: Node) -> Plain:
        return ("not", self.condition(node.parts[0]))

    def _condition_any_of(self, node: Node) -> Plain:
        return self._quantified("any", node)

    def _condition_every_of(self, node: Node) -> Plain:
        return self._quantified("every", node)

    def _quantified(self, operation: str, node: Node) -> Plain:
        collection, element = self.collection(node.parts[1])
        slot = self.bind(node.word(0), element)
        self.speaks_of(node.parts[2], node.word(0))
        body = self.condition(node.parts[2])
        self.release(node.word(0))
        return (operation, slot, collection, body)

    def speaks_of(self, body: Node | Word, variable: Word) -> None:
        """What follows a quantifier reaches as far as it can; a part of it that does not speak of the
        variable was likely meant to stand outside."""
        parts = body.parts if isinstance(body, Node) and body.kind in ("and_", "or_") else (body,)
        for part in parts:
            if isinstance(part, Word) or not part.speaks_of(variable.text):
                raise self.mistake(part.span, "loose-part", found=variable.text)

    def bind(self, name: Word, type_: t.Type) -> int:
        """Introduce a variable; it may not hide another name."""
        taken = name.text in self.variables or name.text in self.parameters
        taken = taken or name.text in self.vocabulary.kinds
        if taken or name.text in COLLECTIONS or name.text in _SPECIAL_ROOTS:
            raise self.mistake(name.span, "shadowed", found=name.text)
        slot = self.slots
        self.slots += 1
        self.variables[name.text] = (slot, type_)
        return slot

    def release(self, name: Word) -> None:
        """End the scope of a variable."""
        del self.variables[name.text]

    def _condition_missing(self, node: Node) -> Plain:
        return ("missing", self._subject(node.parts[0]))

    def _condition_exists(self, node: Node) -> Plain:
        return ("exists", self._subject(node.parts[0]))

    def _subject(self, node: Node | Word) -> Plain:
        """What `missing` and `exists` ask for."""
        if isinstance(node, Node) and node.kind == "clause_subject":
            return ("clause", self.kind(node.word(0)))
        names = _names(node)
        if names[0].text in self.vocabulary.kinds and len(names) == 2:
            return ("field", self._field_id(names[0], names[1])[0])
        plain, type_ = self.path(names)
        if plain[0] in ("block_field", "block_values"):
            return ("block_field", plain[1], plain[2])
        if type_.sort == "list":
            return ("list", plain)
        if plain[0] == "part":
            return ("part", plain)
        raise self.mistake(node.span, "not-settable", what=t.describe(type_))

    def _condition_compared(self, node: Node) -> Plain:
        left, left_type = self.operand(node.parts[0])
        operation = node.word(1).text
        right, right_type = self.operand(node.parts[2])
        for part, type_ in ((node.parts[0], left_type), (node.parts[2], right_type)):
            if type_.sort == "list":
                raise self._is_list(part)
        if operation in ("=", "!=") and t.is_choice(left_type) and t.is_choice(right_type):
            return ("same_value", operation, left, right)
        if t.dimensions_of(left_type) & t.dimensions_of(right_type):
            return ("compare", operation, left, right)
        if t.is_text(left_type) and t.is_text(right_type):
            if operation not in ("=", "!="):
                raise self.mistake(node.word(1).span, "not-ordered", what=("text", "文字"))
            return ("same_text", operation == "=", left, right)
        raise self.mistake(
            node.span, "not-comparable", left=t.describe(left_type), right=t.describe(right_type)
        )

    def _condition_is_word(self, node: Node) -> Plain:
        return self._is(node)

    def _condition_is_not_word(self, node: Node) -> Plain:
        return ("not", self._is(node))

    def _is(self, node: Node) -> Plain:
        word = node.word(1)
        names = (
            _names(node.parts[0]) if isinstance(node.parts[0], Node) and node.parts[0].kind == "path" else ()
        )
        if names and names[0].text == "profile" and len(names) == 1:
            return self._profile(word)
        if names and names[0].text == "contract" and len(names) == 1:
            shared = self.vocabulary.conditions.get(word.text)
            if shared is not None:
                return self._shared(shared)
        plain, type_ = self.operand(node.parts[0])
        if type_.sort == "list":
            if plain[0] != "part" or type_.element is None:
                raise self._is_list(node.parts[0])
            return ("some", plain, self.test(type_.element, word))
        return ("is", plain, self.test(type_, word))

    def _shared(self, shared: SharedCondition) -> Plain:
        """A condition with a name, put here with variables of its own."""
        shift = self.slots - FIRST_VARIABLE_SLOT
        self.slots += shared.slots - FIRST_VARIABLE_SLOT
        self.reads.update(shared.reads)
        return relocated(shared.plain, shift)

    def _profile(self, word: Word) -> Plain:
        if word.text not in STANDARD:
            raise self.mistake(word.span, "unknown-profile", nearest(word.text, STANDARD), found=word.text)
        return ("profile", word.text)

    def test(self, type_: t.Type, word: Word) -> Test:
        """The test that ``is word`` makes of something of this type."""
        test = self.vocabulary.test(type_, word.text)
        if test is None:
            candidates = self.vocabulary.candidates(type_)
            close = self.vocabulary.aliases(word.text, candidates) or nearest(word.text, candidates)
            raise self.mistake(word.span, "unknown-word", close, found=word.text, what=t.describe(type_))
        self.reads.update(
            f"{word_class}:{word.text}" for word_class in self.vocabulary.classes(type_, word.text)
        )
        return test

    def _condition_in_set(self, node: Node) -> Plain:
        return self._in(node)

    def _condition_not_in_set(self, node: Node) -> Plain:
        return ("not", self._in(node))

    def _in(self, node: Node) -> Plain:
        plain, type_ = self.operand(node.parts[0])
        members = node.parts[1]
        if isinstance(members, Node) and members.kind == "word_set":
            if type_.sort == "list":
                if plain[0] != "part" or type_.element is None:
                    raise self._is_list(node.parts[0])
                return ("some", plain, self._either(type_.element, members))
            return ("is", plain, self._either(type_, members))
        if type_.sort == "list":
            raise self._is_list(node.parts[0])
        if not t.is_text(type_):
            raise self.mistake(node.parts[0].span, "no-text", what=t.describe(type_))
        if isinstance(members, Node) and members.kind == "text_set":
            return ("text_in", plain, tuple(unquoted(word) for word in members.words))
        collection, element = self.collection(members)
        if not t.is_text(element):
            raise self.mistake(members.span, "no-text", what=t.describe(element))
        return ("text_among", plain, collection)

    def _either(self, type_: t.Type, members: Node) -> Test:
        tests = tuple(self.test(type_, word) for word in members.words)
        return tests[0] if len(tests) == 1 else ("either", tests)

    def _condition_contains(self, node: Node) -> Plain:
        plain, type_ = self.operand(node.parts[0])
        contained = node.node(1)
        element = type_.element if type_.sort == "list" else None
        if contained.kind == "text_set":
            if not t.is_text(element or type_):
                raise self.mistake(node.parts[0].span, "no-text", what=t.describe(element or type_))
            return (
                "mentions",
                element is not None,
                plain,
                tuple(unquoted(word) for word in contained.words),
            )
        if element is None:
            raise self.mistake(node.parts[0].span, "not-a-list", what=t.describe(type_))
        return ("some", plain, self._either(element, contained))

    def _condition_covers_word(self, node: Node) -> Plain:
        """``n.object covers X``: the part names X or something above it, or is left open."""
        plain, type_ = self.operand(node.parts[0])
        word = node.word(1)
        element = type_.element
        if plain[0] != "part" or element is None:
            raise self.mistake(node.parts[0].span, "not-a-list", what=t.describe(type_))
        word_class = element.word_class or {"thing": "object", "person": "person"}.get(element.sort, "")
        if word.text not in self.vocabulary.words.get(word_class, ()):
            raise self.mistake(
                word.span, "unknown-word", nearest(word.text, self.vocabulary.candidates(element)),
                found=word.text, what=t.describe(element),
            )  # fmt: skip
        self.reads.add(f"{word_class}:{word.text}")
        name = word_class if word_class in ("person", "object") else "word"
        return ("open_or_some", plain, (name, self.vocabulary.above(word_class, word.text)))

    # --- operands ------------------------------------------------------------------------

    def operand(self, node: Node | Word) -> Typed:
        """Check something that has a value."""
        if isinstance(node, Node):
            if node.kind in LITERALS:
                return self._literal(node)
            method = getattr(self, f"_operand_{node.kind}", None)
            if method is not None:
                result: Typed = method(node)
                return result
        raise self.mistake(node.span, "no-quantity", what=("a condition", "条件"))

    def _literal(self, node: Node) -> Typed:
        try:
            return LITERALS[node.kind](*node.words)
        except LiteralProblem as problem:
            raise self.mistake(
                problem.word.span, problem.key, problem.near, found=problem.word.text
            ) from None

    def _operand_path(self, node: Node) -> Typed:
        return self.path(node.words)

    def _operand_count(self, node: Node) -> Typed:
        collection, _ = self.collection(node.parts[0])
        return ("count", collection), t.NUMBER

    def _operand_count_where(self, node: Node) -> Typed:
        _, slot, collection, body = self._quantified("any", node)
        return ("count_where", slot, collection, body), t.NUMBER

    def _operand_total(self, node: Node) -> Typed:
        collection, element = self.collection(node.parts[0])
        dimensions = t.dimensions_of(element)
        for dimension in ("number", "money", "percent", "duration"):
            if dimension in dimensions:
                return ("sum", collection), t.Type("quantity", dimension=dimension)
        raise self.mistake(node.parts[0].span, "no-quantity", what=t.describe(element))

    def _operand_arithmetic(self, node: Node) -> Typed:
        left, left_type = self.operand(node.parts[0])
        right, right_type = self.operand(node.parts[2])
        operation = node.word(1).text
        for part, type_ in ((node.parts[0], left_type), (node.parts[2], right_type)):
            if not t.dimensions_of(type_) or (operation == "*" and t.dimensions_of(type_) == {"date"}):
                raise self.mistake(part.span, "no-quantity", what=t.describe(type_))
        common = t.dimensions_of(left_type) & t.dimensions_of(right_type)
        if "date" in t.dimensions_of(left_type) | t.dimensions_of(right_type) and operation != "*":
            dimension = _with_dates(operation, t.dimensions_of(left_type), t.dimensions_of(right_type))
            if not dimension:
                raise self._not_comparable(node, left_type, right_type)
        elif operation == "*":
            if "number" in t.dimensions_of(right_type):
                dimension = min(t.dimensions_of(left_type))
            elif "number" in t.dimensions_of(left_type):
                dimension = min(t.dimensions_of(right_type))
            else:
                raise self._not_comparable(node, left_type, right_type)
        elif common:
            dimension = min(common)
        else:
            raise self._not_comparable(node, left_type, right_type)
        return ("arithmetic", operation, left, right), t.Type("quantity", dimension=dimension)

    # --- paths and collections -----------------------------------------------------------

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
        if root.text in _SPECIAL_ROOTS and len(names) == 1:
            return (root.text,), _SPECIAL_ROOTS[root.text]
        if root.text in self.parameters and len(names) == 1:
            plain, type_ = self.parameters[root.text]
            return ("parameter", root.text, plain), type_
        known = {*self.variables, *self.vocabulary.kinds, *COLLECTIONS, *_SPECIAL_ROOTS, *self.parameters}
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
            if type_.sort == "block" and type_.kind:
                fields = self.vocabulary.kinds[type_.kind]["fields"]
                if name.text in fields:
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
            fields = set(self.vocabulary.kinds[type_.kind]["fields"])
            close = self.vocabulary.aliases(name.text, fields) or nearest(name.text, fields | set(parts))
            return self.mistake(name.span, "unknown-field", close, kind=type_.kind, found=name.text)
        close = nearest(name.text, parts)
        return self.mistake(name.span, "unknown-attribute", close, what=t.describe(type_), found=name.text)

    def _block_field(self, plain: Plain, kind: str, key: str) -> Typed:
        entry = self.vocabulary.kinds[kind]["fields"][key]
        self.reads.add(f"{kind}.{key}")
        type_ = t.field_type(entry)
        if entry.get("many") or entry.get("named"):
            return ("block_values", plain, f"{kind}.{key}"), type_.listed()
        return ("block_field", plain, f"{kind}.{key}"), type_

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
            if type_.sort != element.sort or type_.kind != element.kind:
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

    # --- small things --------------------------------------------------------------------

    def kind(self, word: Word) -> str:
        """A clause kind by its id."""
        if word.text not in self.vocabulary.kinds:
            kinds = set(self.vocabulary.kinds)
            close = self.vocabulary.aliases(word.text, kinds) or nearest(word.text, kinds)
            raise self.mistake(word.span, "unknown-kind", close, found=word.text)
        self.reads.add(f"@{word.text}")
        return word.text

    def day(self, word: Word) -> date:
        """A date literal."""
        try:
            return read_day(word)
        except LiteralProblem as problem:
            raise self.mistake(word.span, problem.key, found=word.text) from None

    def mistake(
        self, span: Span, key: str, suggestions: tuple[str, ...] = (), **arguments: str | tuple[str, str]
    ) -> Mistake:
        """A mistake at `span`, to be raised."""
        return Mistake(RuleError(self.source, span, key, suggestions, **arguments))

    def _is_list(self, node: Node | Word) -> Mistake:
        path = ".".join(word.text for word in node.words) if isinstance(node, Node) else node.text
        return self.mistake(node.span, "list-needs-quantifier", path=path)

    def _not_comparable(self, node: Node, left: t.Type, right: t.Type) -> Mistake:
        return self.mistake(node.span, "not-comparable", left=t.describe(left), right=t.describe(right))


def _with_dates(operation: str, left: frozenset[str], right: frozenset[str]) -> str:
    """What comes of counting with dates: a day some time before or after one, or the time between two."""
    if "date" in left and "duration" in right:
        return "date"
    return "duration" if operation == "-" and "date" in left and "date" in right else ""


def _names(node: Node | Word) -> tuple[Word, ...]:
    return (node,) if isinstance(node, Word) else node.words
