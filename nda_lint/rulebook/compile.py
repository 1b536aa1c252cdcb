"""Rule files → the plain data that :class:`nda_lint.rulebook.book.Rulebook` runs.

``compile_rules`` is used when the tables are built, and for a house's own rule files.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from nda_lint.rulebook.check import Checker
from nda_lint.rulebook.declare import MARSHAL_VERSION, Declaration
from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.guard import guard_of
from nda_lint.rulebook.parse import parse_rules
from nda_lint.rulebook.paths import Mistake
from nda_lint.rulebook.shared import SharedNames, joined
from nda_lint.rulebook.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nda_lint.rulebook.syntax import FileSyntax, RuleSyntax, Word
    from nda_lint.source import Source


def compile_rules(
    files: Sequence[tuple[str, str]],
    schema: Mapping[str, Any],
    names: Mapping[str, Any],
    known: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[RuleError]]:
    """Compile rule files, given as pairs of file name and text.

    `known` is the data of rules that exist already (those built in, when a house loads its own): their
    codes and names may be replaced but not used again, their statutes and conditions may be used. The data holds the rules that are
    right; a caller that gets errors must not run it as if it were all.
    """
    vocabulary = Vocabulary(schema, names)
    compiled = _Compilation(vocabulary, known)
    parsed = [parse_rules(text, filename) for filename, text in files]
    for syntax, errors in parsed:
        compiled.errors += errors
        compiled.shared.add(syntax)
    for syntax, _ in parsed:
        compiled.add(syntax)
    compiled.check_replacements()
    return compiled.plain(), compiled.shared.errors + compiled.errors


class _Compilation:
    """The packs and rules of several files; codes and names are theirs alone."""

    def __init__(self, vocabulary: Vocabulary, known: Mapping[str, Any] | None) -> None:
        self.vocabulary = vocabulary
        self.shared = SharedNames(vocabulary, marshal.loads(known["shared"]) if known is not None else None)
        self.errors: list[RuleError] = []
        self.packs: list[dict[str, Any]] = []
        self.heads: list[dict[str, Any]] = []
        self.bodies: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, bytes] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self._taken: dict[str, str] = {}
        self._replacing: list[tuple[Source, RuleSyntax]] = []
        heads = known["rules"] if known is not None else ()  # tables are empty until they are read
        self._codes = {head["name"]: head["code"] for head in heads}
        for head in heads:
            self._taken[head["code"]] = self._taken[head["name"]] = head["name"]

    def add(self, file: FileSyntax) -> None:
        """Take in the rules of one file."""
        self.packs.append(self._pack(file))
        for rule in file.rules:
            self._claim(file.source, rule.code)
            self._claim(file.source, rule.name)
            declaration = Declaration(rule, file.source, self.vocabulary)
            plain = declaration.plain(len(self.packs) - 1)
            self.errors += declaration.errors
            if declaration.errors:
                continue
            if plain["head"]["replaces"]:
                self._replacing.append((file.source, rule))
            self.heads.append(plain["head"])
            code = rule.code.text
            self.bodies[code], self.documents[code] = plain["body"], plain["documents"]
            # Few rules find something.
            self.texts[code] = marshal.dumps(plain["texts"], MARSHAL_VERSION)

    def _claim(self, source: Source, word: Word) -> None:
        row, _ = source.position(word.span[0])
        if word.text in self._taken:
            self.errors.append(
                RuleError(source, word.span, "repeated-rule", found=word.text, where=self._taken[word.text])
            )
        else:
            self._taken[word.text] = f"{source.filename}:{row}"

    def _pack(self, file: FileSyntax) -> dict[str, Any]:
        node = file.pack
        if node is None:
            return {"name": "", "title": ("", ""), "applies": None, "guard": (), "slots": 3}
        checker = Checker(self.vocabulary, file.source)
        applies = None
        for part in node.nodes:
            if part.kind == "applies":
                try:
                    applies = checker.condition(part.parts[0])
                except Mistake as mistake:
                    self.errors.append(mistake.error)
        english, chinese = joined(node.node(1))
        if not english or not chinese:
            self.errors.append(RuleError(file.source, node.word(0).span, "one-language", property="pack"))
        return {
            "name": node.word(0).text,
            "title": (english, chinese),
            "applies": applies,
            "guard": guard_of(applies) if applies else (),
            "slots": checker.slots,
        }

    def check_replacements(self) -> None:
        """Every rule that another one replaces must exist; names are turned into codes."""
        codes = self._codes | {head["name"]: head["code"] for head in self.heads}
        for source, rule in self._replacing:
            for node in rule.all("replaces"):
                for word in node.words:
                    if word.text not in self._taken:
                        close = nearest(word.text, self._taken)
                        self.errors.append(
                            RuleError(source, word.span, "unknown-rule", close, found=word.text)
                        )
        for head in self.heads:
            head["replaces"] = tuple(codes.get(word, word) for word in head["replaces"])

    def plain(self) -> dict[str, Any]:
        """The data for the tables."""
        return {
            "packs": tuple(self.packs),
            "rules": tuple(self.heads),
            "bodies": self.bodies,
            "texts": self.texts,
            "shared": marshal.dumps(self.shared.plain(), MARSHAL_VERSION),
            "documents": marshal.dumps(self.documents, MARSHAL_VERSION),
        }
