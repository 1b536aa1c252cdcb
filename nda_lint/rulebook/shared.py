"""What rules share: statutes to cite, and conditions with a name (``contract is foreign_related``).

A condition is checked once and put into every rule that names it, so that nothing is looked up by name
when a contract is linted. It may name those declared before it only, so that none can run in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nda_lint.rulebook.check import Checker
from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.paths import Mistake
from nda_lint.rulebook.statutes import Statute, article_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nda_lint.rulebook.statutes import Article, Cited
    from nda_lint.rulebook.syntax import FileSyntax, Node, Word
    from nda_lint.rulebook.vocabulary import Vocabulary
    from nda_lint.source import Source

    #: What somebody else has already declared, by name: plain data of conditions and of statutes.
    Known = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SharedCondition:
    """A condition with a name: the plain form, the slots that it takes, what it reads, and what it is
    called in English and Chinese."""

    plain: tuple[Any, ...]
    slots: int
    reads: tuple[str, ...]
    title: tuple[str, str]


class SharedNames:
    """Collects statutes and conditions into a vocabulary; `errors` are those of the files added."""

    def __init__(self, vocabulary: Vocabulary, known: Known | None = None) -> None:
        self._vocabulary = vocabulary
        self.errors: list[RuleError] = []
        self._own: dict[str, list[str]] = {"conditions": [], "statutes": []}
        for name, plain in (known or {}).get("conditions", {}).items():
            vocabulary.conditions[name] = SharedCondition(*plain)
        for name, plain in (known or {}).get("statutes", {}).items():
            vocabulary.statutes[name] = Statute.from_plain(plain)

    def add(self, file: FileSyntax) -> None:
        """Take in what one file shares."""
        for node in file.shared:
            name = node.word(0)
            taken = self._vocabulary.conditions if node.kind == "shared" else self._vocabulary.statutes
            try:
                if name.text in taken:
                    raise Mistake(RuleError(file.source, name.span, "repeated-name", found=name.text))
                if node.kind == "shared":
                    self._vocabulary.conditions[name.text] = self._condition(node, file.source)
                    self._own["conditions"].append(name.text)
                else:
                    self._vocabulary.statutes[name.text] = self._statute(node, file.source)
                    self._own["statutes"].append(name.text)
            except Mistake as mistake:
                self.errors.append(mistake.error)

    def plain(self) -> dict[str, Any]:
        """What the files declared, as plain data that another compilation may know."""
        conditions, statutes = self._vocabulary.conditions, self._vocabulary.statutes
        return {
            "conditions": {
                name: (found.plain, found.slots, found.reads, found.title)
                for name, found in ((name, conditions[name]) for name in self._own["conditions"])
            },
            "statutes": {name: statutes[name].plain() for name in self._own["statutes"]},
        }

    def _condition(self, node: Node, source: Source) -> SharedCondition:
        checker = Checker(self._vocabulary, source)
        plain = checker.condition(node.node(2).parts[0])
        title = _pair(node, node.node(1), source)
        return SharedCondition(plain, checker.slots, tuple(sorted(checker.reads)), title)

    def _statute(self, node: Node, source: Source) -> Statute:
        checker = Checker(self._vocabulary, source)
        since = until = None
        named: tuple[str, str] | None = None
        renumbered: list[tuple[str, dict[Article, Article]]] = []
        for part in node.nodes[1:]:
            if part.kind == "in_force":
                since, until = validity(part, checker)
            elif part.kind == "source":
                named = one_or_both(part.node(0))
            else:
                day = checker.day(part.node(0).word(0)).isoformat()
                renumbered.append((day, dict(_new_and_old(pair) for pair in part.nodes[1:])))
        if named is None:
            raise Mistake(RuleError(source, node.word(0).span, "missing-property", property="source"))
        english, chinese = _pair(node, node.node(1), source)
        return Statute(node.word(0).text, english, chinese, since, until, tuple(sorted(renumbered)), named)


def _new_and_old(pair: Node) -> tuple[Article, Article]:
    return article_of(pair.node(1)), article_of(pair.node(0))


def validity(node: Node, checker: Checker) -> tuple[str | None, str | None]:
    """The ISO dates of ``in force since … until …``."""
    days = {part.kind: checker.day(part.word(0)).isoformat() for part in node.nodes}
    return days.get("since"), days.get("until")


def one_or_both(texts: Node) -> tuple[str, str]:
    """Texts in English and Chinese, of which one may stand for both."""
    english, chinese = joined(texts)
    return english or chinese, chinese or english


def joined(texts: Node) -> tuple[str, str]:
    """All English and all Chinese texts of a node, each as one."""
    english = " ".join(word.text[1:-1] for word in texts.words if word.terminal == "ENGLISH")
    return english, "".join(word.text[1:-1] for word in texts.words if word.terminal == "CHINESE")


def _pair(node: Node, texts: Node, source: Source) -> tuple[str, str]:
    english, chinese = joined(texts)
    if not (english and chinese):
        kind = "condition" if node.kind == "shared" else node.kind
        raise Mistake(RuleError(source, node.word(0).span, "one-language", property=kind))
    return english, chinese


def cites_of(node: Node, checker: Checker) -> list[Cited]:
    """What one ``cite`` says: a text as it stands, or articles of a statute under their numbers of each time.

    Raises :class:`Mistake` for a statute that is not declared."""
    since = until = None
    source = ("", "")
    articles = []
    for part in node.nodes:
        if part.kind == "validity":
            since, until = validity(part, checker)
        elif part.kind == "source":
            source = one_or_both(part.node(0))
        elif part.kind == "article":
            articles.append(article_of(part))
    if not articles:
        english, chinese = one_or_both(node.node(0))
        if not english:
            raise checker.mistake(node.span, "one-language", property="cite")
        return [(english, chinese, since, until, source)]
    return _statute(node.word(0), checker).cites(articles, since, until)


def _statute(name: Word, checker: Checker) -> Statute:
    known = checker.vocabulary.statutes
    found = known.get(name.text)
    if found is None:
        raise checker.mistake(name.span, "unknown-statute", nearest(name.text, known), found=name.text)
    return found
