"""The type checker of expressions: syntax → plain nested tuples that :mod:`nda_lint.rulebook.evaluate` runs.

Every name is looked up in the schema, every comparison must make sense, and what does not is a
:class:`RuleError` at the words concerned. What comes out needs neither schema nor vocabulary any
more: fields are written as full ids, words as the set of ids they cover, variables as slots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nda_lint.profiles import STANDARD
from nda_lint.rulebook import types as t
from nda_lint.rulebook.errors import nearest
from nda_lint.rulebook.literals import LITERALS, LiteralProblem, read_day, unquoted
from nda_lint.rulebook.paths import COLLECTIONS, SPECIAL_ROOTS, Mistake, PathChecker, Plain, Typed
from nda_lint.rulebook.rewrite import relocated
from nda_lint.rulebook.sources import FIRST_VARIABLE_SLOT
from nda_lint.rulebook.syntax import Node, Word

if TYPE_CHECKING:
    from datetime import date

    from nda_lint.rulebook.shared import SharedCondition
    from nda_lint.rulebook.vocabulary import Test


class Checker(PathChecker):
    """Checks the expressions of one rule."""

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
        if taken or name.text in COLLECTIONS or name.text in SPECIAL_ROOTS:
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

    # --- small things --------------------------------------------------------------------

    def day(self, word: Word) -> date:
        """A date literal."""
        try:
            return read_day(word)
        except LiteralProblem as problem:
            raise self.mistake(word.span, problem.key, found=word.text) from None

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
