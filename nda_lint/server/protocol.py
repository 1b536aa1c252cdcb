"""Findings, proposals and places as the types of the protocol."""

from __future__ import annotations

import re

from lsprotocol import types

from nda_lint.server.actions import EXPLAIN, keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from nda_lint.finding import Edit, Finding
    from nda_lint.server.actions import Action
    from nda_lint.server.completion import Proposal
    from nda_lint.server.outline import Entry
    from nda_lint.server.view import View
    from nda_lint.source import Span

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_KINDS = {
    "kind": types.CompletionItemKind.Class, "key": types.CompletionItemKind.Field,
    "header": types.CompletionItemKind.Keyword, "keyword": types.CompletionItemKind.Keyword,
    "party": types.CompletionItemKind.Variable, "term": types.CompletionItemKind.Constant,
    "grade": types.CompletionItemKind.EnumMember, "label": types.CompletionItemKind.Reference,
    "value": types.CompletionItemKind.EnumMember, "unit": types.CompletionItemKind.Unit,
    "rule": types.CompletionItemKind.Event, "comment": types.CompletionItemKind.Keyword,
    "action": types.CompletionItemKind.Function,
}  # fmt: skip
_SYMBOLS = {
    "block": types.SymbolKind.Module, "party": types.SymbolKind.Class, "term": types.SymbolKind.Constant,
    "fact": types.SymbolKind.Property, "norm": types.SymbolKind.Function,
}  # fmt: skip
_MARKDOWN = re.compile(r"\\(.)|\*|```\w*\n?")


def diagnostics(view: View, uri: str) -> list[types.Diagnostic]:
    """The findings of a view."""
    found = zip(view.findings, keys(view.findings), strict=True)
    return [_diagnostic(view, finding, key, uri) for finding, key in found]


def _diagnostic(view: View, finding: Finding, key: str, uri: str) -> types.Diagnostic:
    faded = finding.name.startswith("unused-")
    return types.Diagnostic(
        range=_range(view, finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(view.page(finding.name)),
        source="nda-lint",
        tags=[types.DiagnosticTag.Unnecessary] if faded else None,
        related_information=[
            types.DiagnosticRelatedInformation(types.Location(uri, _range(view, each.span)), each.message)
            for each in finding.related
        ],
        # The key alone: what an editor sends back is looked up, never believed.
        data={"name": finding.name, "key": key},
    )


def _range(view: View, span: Span) -> types.Range:
    """A span as a range, within the text."""
    most = len(view.text)
    start = min(max(span[0], 0), most)
    return view.positions.range((start, min(max(span[1], start), most)))


def text_edits(view: View, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits of the text of a view."""
    return [types.TextEdit(_range(view, edit.span), edit.text) for edit in edits]


def workspace_edit(
    view: View, edits: Iterable[Edit], uri: str, version: int, *, versioned: bool
) -> types.WorkspaceEdit:
    """Edits of one document; where the editor can, it refuses them for any other version of the text."""
    changes = text_edits(view, edits)
    if not versioned:
        return types.WorkspaceEdit(changes={uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(changes))])


def code_action(
    view: View, action: Action, shown: dict[str, types.Diagnostic], uri: str, version: int, *, versioned: bool
) -> types.CodeAction:
    """An action; `shown` are the diagnostics that the editor asked about, by their key."""
    finding = action.finding
    key = keys(view.findings)[list(map(id, view.findings)).index(id(finding))] if finding is not None else ""
    about = shown.get(key)
    made = types.CodeAction(
        action.title,
        kind=action.kind,
        diagnostics=[about] if about is not None else None,
        is_preferred=action.preferred or None,
    )
    if action.edits:
        made.edit = workspace_edit(view, action.edits, uri, version, versioned=versioned)
    elif finding is not None:
        made.command = types.Command(action.title, EXPLAIN, arguments=[finding.code, view.language, uri])
    return made


def completion_item(view: View, proposal: Proposal, order: int) -> types.CompletionItem:
    """A proposal, in its place of the order."""
    written = view.text[proposal.span[0] : proposal.span[1]]
    return types.CompletionItem(
        label=proposal.label,
        kind=_KINDS.get(proposal.sort, types.CompletionItemKind.Text),
        detail=proposal.about or None,
        sort_text=f"{order:05}",
        # What is written so far may begin in other words than the label does: the one who writes has chosen it.
        filter_text=proposal.label if proposal.label.lower().startswith(written.lower()) else written,
        text_edit=types.TextEdit(view.positions.range(proposal.span), proposal.text),
    )


def symbol(view: View, entry: Entry) -> types.DocumentSymbol:
    """An entry of the outline with those in it."""
    return types.DocumentSymbol(
        name=entry.name,
        kind=_SYMBOLS[entry.sort],
        range=view.positions.range(entry.span),
        selection_range=view.positions.range(entry.name_span),
        children=[symbol(view, child) for child in entry.children],
    )


def plain(markdown: str) -> str:
    """Markdown of ours for those who show it as it is."""
    return _MARKDOWN.sub(lambda match: match[1] or "", markdown)
