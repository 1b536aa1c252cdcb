"""Abstract syntax → typed contract.

Every statement is kept; values are checked against the types of their keys, and what cannot be
read is kept as *broken*, so that nothing is called missing that is there.
"""

from __future__ import annotations

from bisect import bisect_left

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_norms import NormBinder
from nda_lint.bind_values import ValueBinder
from nda_lint.lexer import normalise
from nda_lint.pragmas import read_pragmas
from nda_lint.spelling import nearest
from nda_lint.syntax import Broken, Diagnostic, Document, FactLine, Header, NormLine, ProseLine, keyed
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nda_lint.driver import Node
    from nda_lint.finding import Finding, Language
    from nda_lint.source import Span


def bind(document: Document, language: Language | None = None) -> c.Contract:
    """Bind a parsed document. `language` is that of the messages; default: the document's own."""
    return Binder(document, language or document.language).bind()


class Binder:
    """Binds the statements of one document, one after the other."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document = document
        self.language = language
        self.contract = c.Contract(document.source, document.language)
        self.schema = tables()["schema"]["kinds"]
        self.start_anew()
        self.definitions: dict[str, v.Definition] = {}
        self.values = ValueBinder(self)
        self.norms = NormBinder(self)

    def start_anew(self) -> None:
        """Forget what was said, as if no statement had been bound yet."""
        self.diagnostics: list[Diagnostic] = []
        #: how often something was reported, also what joined an earlier diagnostic
        self.said = 0
        #: whether the last statement was a line of prose
        self.in_prose = False
        #: while a line is bound of which something was reported already: one trouble, one finding
        self.silent = False
        #: what was reported already, to report a word once
        self.reported: dict[tuple[str, str, str, str], Diagnostic] = {}
        #: the last block that has sentences though it may not, and what was said of it
        self.norm_misplaced_in: tuple[c.Block, Diagnostic] | None = None

    def told(self) -> list[tuple[object, Diagnostic]]:
        """What was said, each with the key under which the same of other statements joins it."""
        return keyed(self.diagnostics, self.reported)

    def bind(self) -> c.Contract:
        """The contract."""
        contract = self.contract
        self._declare_definitions()
        block: c.Block | None = None
        statements: list[Span] = []
        has_comments = bool(self.document.comments)
        for statement in self.document.statements:
            if has_comments:
                self.note_place(statement, statements)
            if isinstance(statement, Header):
                if statement.terminal != "DEFINE":
                    block = self.open(statement)
                continue
            if block is None:
                block = self._headless(statement)
            self.put(statement, block)
        for read in contract.blocks:
            join_paragraphs(read)
        contract.pragmas, contract.is_template = read_pragmas(self.document.comments, statements)
        contract.findings = self.findings([*self.document.diagnostics, *self.diagnostics])
        return contract

    def findings(self, said: list[Diagnostic]) -> list[Finding]:
        """What was said by the parser and the binder, as findings in the order of the text."""
        if not said:
            return []
        from nda_lint.bind_findings import Teller  # of most contracts there is nothing to tell

        return Teller(self.contract, self.schema, self.language).findings(said)

    def note_place(self, statement: Any, places: list[Span]) -> None:
        """Note where a statement stands, for comments that speak of it; of prose, lines that follow each other."""
        span: Span = statement.span
        if isinstance(statement, ProseLine) and self.in_prose:
            between = self.document.source.text[places[-1][1] : span[0]]
            if not between.strip():
                span = (places.pop()[0], span[1])
        self.in_prose = isinstance(statement, ProseLine)
        places.append(span)

    def report(self, code: str, template: str, span: Span, **values: object) -> None:
        """Add a diagnostic of the binder."""
        if self.silent:
            return
        self.said += 1
        # A name or word that is wrong in several places is one trouble.
        trouble = (code, template, str(values.get("field")), str(values.get("found", span)))
        known = self.reported.get(trouble)
        if known is not None:
            known.related.append(span)
            return
        self.reported[trouble] = Diagnostic(code, template, values, span, [])
        self.diagnostics.append(self.reported[trouble])

    def unresolved(self, value: v.Value, field: str | None = None, norm: c.Norm | None = None) -> None:
        """Note a value that is given but says nothing definite."""
        self.contract.unresolved.append(c.Unresolved(value, field, norm, value.span))

    # --- blocks ---------------------------------------------------------------------------

    def _declare_definitions(self) -> None:
        found: list[Any] = []
        for statement in self.document.definitions:
            definition, meant = self.declared_by(statement)
            if definition is not None:
                self.contract.definitions.append(definition)
                self.definitions.setdefault(normalise(definition.name), definition)
                if meant is not None:
                    found.append((definition, meant))
        # Only now, because one may refer to any other.
        found.reverse()
        while found:
            self.define(*found.pop())

    def declared_by(self, header: Header) -> tuple[v.Definition | None, Node | None]:
        """What a header defines, and the tree of what it means."""
        string = header.node.token("STRING") if header.node is not None else None
        if header.node is None or string is None:
            return None, None
        definition = v.Definition(str(string.id), None, (), string.span, header.span)
        return definition, header.node.node("value")

    def define(self, definition: v.Definition, node: Node) -> None:
        """Bind what a definition means."""
        values = []
        for item in self.values.items(node):
            value = self.values.convert(item, None)
            if isinstance(value, v.Text):
                definition.text = value.text
            if not value.known:
                self.unresolved(value)
            values.append(value)
        definition.meanings = tuple(values)

    def open(self, header: Header) -> c.Block:
        """The block that a header opens."""
        node = header.node
        name, name_span = _declared(node)
        title = node.node("title") if node else None
        string = title.token("STRING") if title else None
        label = node.node("label") if node else None
        block = c.Block(
            header.kind, name, str(string.id) if string else None,
            str(label.children[0].id) if label else None,
            [], [], [], [], header.kind_span, name_span,
            label.span if label else None, header.span,
        )  # fmt: skip
        if title is not None and (string is None or self.values.is_blank(str(string.id))):
            self.unresolved(v.Blank(block.title, None, None, None, None, title.span))
        self._register(block, header.terminal)
        if header.broken and block.kind is not None:
            # A line that was meant to follow may have run into the header.
            self.contract.broken_fields.add(f"{block.kind}.*")
        return block

    def _register(self, block: c.Block, terminal: str) -> None:
        contract = self.contract
        contract.blocks.append(block)
        if terminal == "PARTY":
            contract.parties.append(block)
        elif terminal == "ANNEX":
            contract.annexes.append(block)
        elif terminal == "CLAUSE":
            contract.clauses.append(block)
            if block.kind is None:
                # A clause of unknown kind may have held anything.
                contract.broken_fields.add("*")
        elif contract.agreement is None:
            contract.agreement = block
        else:
            self.report("NDA001", "second_agreement", block.kind_span)

    def _headless(self, statement: Any) -> c.Block:
        """Statements before the first header are kept, in a clause of no kind."""
        if not isinstance(statement, ProseLine):
            self.report("NDA001", "statement_in_no_block", statement.span)
        block = c.Block(None, None, None, None, [], [], [], [], statement.span, None, None, statement.span)
        self.contract.blocks.append(block)
        self.contract.broken_fields.add("*")
        return block

    # --- statements -----------------------------------------------------------------------

    def put(self, statement: Any, block: c.Block) -> None:
        """Bind a statement of a block."""
        if isinstance(statement, ProseLine):
            block.paragraphs.append(c.Paragraph(statement.text, (statement.span,), statement.span))
        elif isinstance(statement, FactLine):
            self._fact(statement, block)
        elif isinstance(statement, NormLine):
            self._norm(statement, block)
        elif isinstance(statement, Broken):
            block.broken.append(statement.span)
            self._note_broken(statement.key, block)

    def _note_broken(self, key: str | None, block: c.Block) -> None:
        if key is not None and "." in key:
            self.contract.broken_fields.update(key.split())  # those of other clauses, whose header is lost
        elif block.kind is None:
            self.contract.broken_fields.add("*")
        elif key is not None:
            self.contract.broken_fields.add(f"{block.kind}.{key}")
        else:
            # It may have been any key of its clause, or a sentence.
            self.contract.broken_fields.update((f"{block.kind}.*", "norm"))

    def _norm(self, statement: NormLine, block: c.Block) -> None:
        norms = self.norms.norms(statement.node, statement.span, block)
        if block.kind in ("agreement", "party", "annex"):
            # Several of them are one trouble: most likely a header is lost.
            where = self.norm_misplaced_in
            if where is not None and where[0] is block:
                where[1].related.append(statement.span)
            else:
                self.report("NDA001", "norm_misplaced", statement.span, kind=block.kind)
                self.norm_misplaced_in = block, self.diagnostics[-1]
        block.norms += norms
        self.contract.norms += norms

    def _fact(self, line: FactLine, block: c.Block) -> None:
        field = f"{block.kind}.{line.key}"
        reported = self.said - line.doubtful
        entry = self.schema[block.kind]["fields"][line.key]
        if line.node is None:
            text = self.document.source.text[line.value_span[0] : line.value_span[1]]
            values: tuple[v.Value, ...] = (v.Broken(text, line.value_span),)
        else:
            self.silent = line.doubtful
            values = tuple(self.values.typed(item, entry, field) for item in self.values.items(line.node))
            self.silent = False
        for value in values:
            self._note_value(value, field)
        if entry["many"]:
            values = tuple(_members(values))
        if not entry["many"] and len(values) > 1 and self.said == reported:
            self.report("NDA004", "one_value", line.value_span, field=field, count=len(values))
        if entry["named"] and line.name is None and entry["named"] not in ("party", "free"):
            self.report("NDA004", "name_wanted", line.key_span, field=field)
        if not entry["named"] and line.name is not None:
            self.report(
                "NDA004", "name_unwanted", line.name_span or line.key_span, field=field, found=line.name
            )
        parties = self.document.names.parties
        if (
            entry["named"] == "party"
            and parties
            and line.name is not None
            and normalise(line.name) not in map(normalise, parties)
        ):
            near = nearest(line.name, parties)
            template = "undeclared_party_near" if near else "undeclared_party"
            self.report("NDA007", template, line.name_span or line.key_span, found=line.name, near=near)
        facts = self.contract.facts_by_field.setdefault(field, [])
        if facts:
            field = facts[0].field  # the same text for all of them
        fact = c.Fact(field, line.key, line.name, values, block, line.key_span, line.name_span, line.span)
        block.facts.append(fact)
        facts.append(fact)

    def _note_value(self, value: v.Value, field: str) -> None:
        if isinstance(value, v.Broken):
            self.contract.broken_fields.add(field)
        elif not value.known:
            self.unresolved(value, field)


def _members(values: tuple[v.Value, ...]) -> Iterator[v.Value]:
    """In a list of words "or" leaves nothing open: by e-mail or courier is by either."""
    for value in values:
        if isinstance(value, v.Options) and all(
            isinstance(member, v.Choice) for member in value.alternatives
        ):
            yield from value.alternatives
        else:
            yield value


def _declared(node: Node | None) -> tuple[str | None, Span | None]:
    declared = node.node("declared") if node else None
    if declared is None:
        return None, None
    token = declared.children[0]
    return str(token.id), token.span


def join_paragraphs(block: c.Block) -> None:
    """Prose lines that follow each other are one paragraph."""
    joined: list[c.Paragraph] = []
    others = [fact.span for fact in block.facts] + [norm.span for norm in block.norms] + list(block.broken)
    starts = sorted(span[0] for span in others)
    lines: list[c.Paragraph] = []
    for line in [*block.paragraphs, None]:
        # The next statement after the lines so far stands before this line, or there is no line.
        end = lines[-1].span[1] if lines else 0
        following = bisect_left(starts, end)
        ends = line is None or (following < len(starts) and starts[following] < line.span[0])
        if lines and ends:
            text = "\n".join(each.text for each in lines)
            joined.append(c.Paragraph(text, tuple(each.span for each in lines), (lines[0].span[0], end)))
            lines = []
        if line is not None:
            lines.append(line)
    block.paragraphs = joined
