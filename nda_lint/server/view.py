"""What an open contract says, as it is read at one moment, and what stands where in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from nda_lint import DOCUMENTATION
from nda_lint.analysis.norms.report import MENDABLE, norm_contradictions
from nda_lint.bind import bind
from nda_lint.driver import Node
from nda_lint.parser import parse
from nda_lint.render.data import rule_url
from nda_lint.rulebook import rulebook
from nda_lint.server.names import Occurrence, occurrences
from nda_lint.server.positions import Positions
from nda_lint.syntax import Header
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from nda_lint.contract import Contract
    from nda_lint.finding import Finding, Fix, Language
    from nda_lint.lexer import Token
    from nda_lint.rulebook import Rulebook
    from nda_lint.source import Span
    from nda_lint.syntax import Document


class View:
    """One text as it is read: its statements, its names and its findings.

    What is asked for is worked out when it is asked for, so a view is to be used while the tables of its house
    are in use (:class:`nda_lint.tables.using`).
    """

    def __init__(
        self,
        positions: Positions,
        findings: Sequence[Finding] = (),
        language: Language | None = None,
        documentation: str = DOCUMENTATION,
    ) -> None:
        self.positions = positions
        self.source = positions.source
        self.text = positions.source.text
        self.findings = findings
        self._language = language
        self._documentation = documentation

    def page(self, rule: str) -> str:
        """The address of the page of a rule."""
        return rule_url(rule, self.language, self._documentation)

    def fix_of(self, finding: Finding) -> Fix | None:
        """What mends a finding. For contradictions between norms that is only looked for now."""
        if finding.fix is None and finding.code in MENDABLE:
            return self._mending.get((finding.code, finding.span, finding.message))
        return finding.fix

    @cached_property
    def _mending(self) -> dict[tuple[str, Span, str], Fix | None]:
        found = norm_contradictions(self.contract, self.language, tables())
        return {(finding.code, finding.span, finding.message): finding.fix for finding in found}

    @cached_property
    def document(self) -> Document:
        """The statements."""
        return parse(self.source)

    @cached_property
    def contract(self) -> Contract:
        """What they mean."""
        return bind(self.document, self._language)

    @cached_property
    def names(self) -> list[Occurrence]:
        """Where names stand."""
        return occurrences(self.document)

    @cached_property
    def _starts(self) -> list[int]:
        return [statement.span[0] for statement in self.document.statements]

    @property
    def language(self) -> Language:
        """The language to speak."""
        return self._language or self.document.language

    @property
    def chinese(self) -> bool:
        """Whether that is Chinese."""
        return self.language == "zh"

    @property
    def rules(self) -> Rulebook:
        """The rules in use."""
        return rulebook()

    @property
    def schema(self) -> Any:
        """The kinds of clauses and their keys."""
        return tables()["schema"]["kinds"]

    def pick(self, english: str, chinese: str) -> str:
        """The text in the language to speak."""
        return chinese if self.chinese else english

    def statement_at(self, offset: int) -> Any:
        """The statement in which an offset stands, or None."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        statement: Any = self.document.statements[index]  # type: ignore[index]
        return statement if offset <= statement.span[1] else None

    def kind_at(self, offset: int) -> str | None:
        """The kind of the block in which an offset stands; None outside of any that is known."""
        kind: str | None = None
        for statement in self.document.statements:
            if statement.span[0] > offset:
                break
            if isinstance(statement, Header) and statement.terminal != "DEFINE":
                kind = statement.kind
        return kind

    def name_at(self, offset: int) -> Occurrence | None:
        """The name that stands at an offset."""
        return next((each for each in self.names if each.span[0] <= offset <= each.span[1]), None)

    def token_at(self, offset: int) -> tuple[Token, Any] | None:
        """The word at an offset, and the statement that it stands in."""
        statement = self.statement_at(offset)
        node = getattr(statement, "node", None)
        if node is None:
            return None
        found = [token for token in tokens(node) if token.span[0] <= offset <= token.span[1]]
        # Between two words the one that begins there is meant.
        return (found[-1], statement) if found else None

    def findings_at(self, span: Span) -> list[Finding]:
        """The findings whose own place touches a span."""
        return [each for each in self.findings if each.span[0] <= span[1] and span[0] <= each.span[1]]

    def line_of(self, offset: int) -> Span:
        """The line in which an offset stands, without its end."""
        row, column = self.source.position(offset)
        start = offset - column + 1
        return start, start + len(self.source.line(row))


def tokens(node: Node) -> Iterator[Token]:
    """The words of a tree."""
    for child in node.children:
        if isinstance(child, Node):
            yield from tokens(child)
        else:
            yield child
