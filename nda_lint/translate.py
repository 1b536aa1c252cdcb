"""The same contract in the other language.

Names, quoted texts, labels, prose and comments stay as they are; everything that has an id is
written with the words of the other language, in its word order.
"""

from __future__ import annotations

from nda_lint.bind import bind
from nda_lint.format import format_document
from nda_lint.parser import parse
from nda_lint.source import Source
from nda_lint.syntax import Document, Header, ProseLine
from nda_lint.write_norms import NormWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint import contract as c
    from nda_lint.finding import Language


class NotTranslatable(ValueError):
    """The text has statements that cannot be read, so nothing is known of their meaning."""


def translate_text(text: str, to: Language) -> str:
    """`text` written in language `to`, laid out as ``format`` lays it out.

    Raises :class:`NotTranslatable` where a statement does not parse.
    """
    document = parse(Source(text))
    contract = bind(document)
    if contract.findings:
        raise NotTranslatable(contract.findings[0].message)
    writer = NormWriter(to)
    objects = _by_span(contract)
    lines: list[tuple[int, str]] = []
    for statement in document.statements:
        lines.append((statement.span[0], _line(statement, objects, writer)))
    lines += _comments(document, lines)
    lines.sort(key=lambda line: line[0])
    written = "\n".join(line for _offset, line in lines)
    return format_document(parse(Source(written)), line_end="\n")


def _by_span(contract: c.Contract) -> dict[tuple[int, int], Any]:
    objects: dict[tuple[int, int], Any] = {block.span: block for block in contract.blocks}
    objects.update((definition.span, definition) for definition in contract.definitions)
    for block in contract.blocks:
        objects.update((fact.span, fact) for fact in block.facts)
        for norm in block.norms:
            # A sentence with several actions is as many norms, each of them a line.
            objects.setdefault(norm.span, []).append(norm)
    return objects


def _comments(document: Document, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Comments on lines of their own; those behind a statement are put behind it again."""
    own: list[tuple[int, str]] = []
    for comment in document.comments:
        if not comment.trailing:
            own.append((comment.span[0], comment.text))
            continue
        place = max(
            (i for i, line in enumerate(lines) if line[0] < comment.span[0]), key=lambda i: lines[i][0]
        )
        lines[place] = (lines[place][0], f"{lines[place][1]}  {comment.text}")
    return own


def _line(statement: Any, objects: dict[tuple[int, int], Any], writer: NormWriter) -> str:
    if isinstance(statement, ProseLine):
        return f"> {statement.text}" if statement.text else ">"
    written = objects[statement.span]
    if isinstance(statement, Header):
        return _header(statement, written, writer)
    if isinstance(written, list):
        return "\n".join(writer.norm(norm) for norm in written)
    return _fact(written, writer)


def _header(header: Header, written: Any, writer: NormWriter) -> str:
    keyword = writer.keyword(header.terminal)
    if header.terminal == "DEFINE":
        meanings = _list(writer, [writer.value(value) for value in written.meanings])
        space = "" if writer.chinese else " "
        return f"{keyword}{space}{writer.quoted(written.name)}: {meanings}"
    parts = [keyword]
    if header.terminal == "CLAUSE":
        parts.append(writer.word("kind", str(header.kind)))
    elif written.name is not None:
        declared = header.node.node("declared") if header.node else None
        quoted = declared is not None and declared.token("STRING") is not None
        parts.append(writer.quoted(written.name) if quoted else written.name)
    title = header.node.node("title") if header.node else None
    if title is not None:
        parts.append(writer.quoted(written.title) if written.title is not None else "____")
    if written.label is not None:
        parts.append(f"@{written.label}")
    if not writer.chinese:
        return " ".join(parts)
    # Chinese puts no space before a quotation mark.
    return "".join(
        part if not index or part[0] in "「『《“" else f" {part}" for index, part in enumerate(parts)
    )


def _fact(fact: c.Fact, writer: NormWriter) -> str:
    space = "" if writer.chinese else " "
    name = f"{space}{writer.quoted(fact.name)}" if fact.name is not None else ""
    values = _list(writer, [writer.value(value, fact.field) for value in fact.values])
    return f"{writer.field(fact.field)}{name}: {values}"


def _list(writer: NormWriter, values: list[str]) -> str:
    return ("、" if writer.chinese else ", ").join(values)
