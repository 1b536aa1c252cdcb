"""What the server can be asked, one function each."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from nda_lint.server.actions import EXPLAIN, FIX_ALL, QUICK_FIX, actions
from nda_lint.server.application import WATCHED, Server, Superseded
from nda_lint.server.completion import proposals
from nda_lint.server.formatting import formatting
from nda_lint.server.hover import explanation, hover
from nda_lint.server.outline import folds, outline
from nda_lint.server.protocol import (
    code_action,
    completion_item,
    diagnostics,
    plain,
    symbol,
    text_edits,
    workspace_edit,
)
from nda_lint.server.rename import NotRenamed, places_of, renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nda_lint.finding import Language
    from nda_lint.server.documents import Document
    from nda_lint.server.names import Occurrence
    from nda_lint.server.view import View

#: LSP's ServerCancelled: ask again.
_SERVER_CANCELLED = -32802
_REQUEST_FAILED = -32803


def build(options: Mapping[str, Any], language: Language | None, *, isolated: bool, cache: bool) -> Server:
    """The server with all its features."""
    server = Server(options, language, isolated=isolated, cache=cache)
    for method, (function, settings) in _FEATURES.items():
        server.feature(method, settings)(function)
    server.command(EXPLAIN)(_explain)
    return server


# --- beginning and settings ----------------------------------------------------------------


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.begin(params)
    if ls.pulls:
        options = types.DiagnosticOptions(False, False, identifier="nda-lint")
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_pull)


async def _initialized(ls: Server, params: types.InitializedParams) -> None:
    ls.start(ls.look_after_files())
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        # Without it, files are looked at now and then.
        with contextlib.suppress(JsonRpcException):
            await ls.client_register_capability_async(types.RegistrationParams([registration]))


def _shutdown(ls: Server, _params: None) -> None:
    ls.ended = True


async def _settings_changed(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    ls.configure(params.settings)
    await ls.again()


async def _files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    await ls.files_changed()


# --- diagnostics ---------------------------------------------------------------------------


async def _pull(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return types.RelatedFullDocumentDiagnosticReport([])
    try:
        state = await ls.checked(document)
        ls.say_problems()
        if params.previous_result_id == state.result:
            return types.RelatedUnchangedDocumentDiagnosticReport(state.result)
        shown = await ls.ask(document.uri, lambda view, at: diagnostics(view, at.uri), findings=True)
    except Superseded:
        data = {"retriggerRequest": True}
        raise JsonRpcException("the text has changed", _SERVER_CANCELLED, data) from None
    return types.RelatedFullDocumentDiagnosticReport(shown or [], result_id=state.result)


# --- at a place ----------------------------------------------------------------------------


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    text = ls.client_capabilities.text_document
    formats = text.hover.content_format if text and text.hover else None
    markdown = not formats or types.MarkupKind.Markdown in formats

    def answer(view: View, _document: Document) -> types.Hover | None:
        found = hover(view, view.positions.offset(params.position))
        if found is None:
            return None
        kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
        content = types.MarkupContent(kind, found[0] if markdown else plain(found[0]))
        return types.Hover(content, view.positions.range(found[1]))

    return await ls.ask(params.text_document.uri, answer, findings=True)


async def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    def answer(view: View, _document: Document) -> types.CompletionList:
        found = proposals(view, view.positions.offset(params.position))
        # What may come next depends on all that is written: ask again at every key.
        return types.CompletionList(True, [completion_item(view, each, i) for i, each in enumerate(found)])

    return await ls.ask(params.text_document.uri, answer)


def _name_at(view: View, position: types.Position) -> Occurrence | None:
    return view.name_at(view.positions.offset(position))


async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    def answer(view: View, document: Document) -> list[types.Location]:
        name = _name_at(view, params.position)
        places = places_of(view, name) if name else []
        return [
            types.Location(document.uri, view.positions.range(each.span)) for each in places if each.declares
        ]

    return await ls.ask(params.text_document.uri, answer)


async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    def answer(view: View, document: Document) -> list[types.Location]:
        name = _name_at(view, params.position)
        places = places_of(view, name) if name else []
        wanted = [each for each in places if params.context.include_declaration or not each.declares]
        return [types.Location(document.uri, view.positions.range(each.span)) for each in wanted]

    return await ls.ask(params.text_document.uri, answer)


async def _highlight(
    ls: Server, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    def answer(view: View, _document: Document) -> list[types.DocumentHighlight]:
        name = _name_at(view, params.position)
        places = places_of(view, name) if name else []
        return [types.DocumentHighlight(view.positions.range(each.span)) for each in places]

    return await ls.ask(params.text_document.uri, answer)


async def _prepare_rename(
    ls: Server, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    def answer(view: View, _document: Document) -> types.PrepareRenamePlaceholder | None:
        name = _name_at(view, params.position)
        if name is None:
            return None
        return types.PrepareRenamePlaceholder(view.positions.range(name.span), name.name)

    return await ls.ask(params.text_document.uri, answer)


async def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    def answer(view: View, document: Document) -> types.WorkspaceEdit | None:
        name = _name_at(view, params.position)
        if name is None:
            return None
        edits = renamed(view, name, params.new_name)
        return workspace_edit(view, edits, document.uri, document.version, versioned=_versioned(ls))

    try:
        return await ls.ask(params.text_document.uri, answer)
    except NotRenamed as error:
        raise JsonRpcException(str(error), _REQUEST_FAILED) from None


def _versioned(ls: Server) -> bool:
    """Whether the editor takes edits of a certain version of a text."""
    workspace = ls.client_capabilities.workspace
    return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)


# --- the whole text ------------------------------------------------------------------------


async def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    return await ls.ask(
        params.text_document.uri, lambda view, _: [symbol(view, each) for each in outline(view)]
    )


async def _folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    def answer(view: View, _document: Document) -> list[types.FoldingRange]:
        comment = types.FoldingRangeKind.Comment
        return [
            types.FoldingRange(fold.first, fold.last, kind=comment if fold.comment else None)
            for fold in folds(view)
        ]

    return await ls.ask(params.text_document.uri, answer)


async def _formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    return await ls.ask(params.text_document.uri, lambda view, _: text_edits(view, formatting(view)))


async def _code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    shown = {
        str(each.data["key"]): each
        for each in params.context.diagnostics
        if isinstance(each.data, dict) and "key" in each.data
    }
    wanted = [getattr(kind, "value", kind) for kind in params.context.only or ()]

    def answer(view: View, document: Document) -> list[types.CodeAction]:
        span = view.positions.span(params.range)
        versioned = _versioned(ls)
        return [
            code_action(view, action, shown, document.uri, document.version, versioned=versioned)
            for action in actions(view, span, shown, wanted)
        ]

    return await ls.ask(params.text_document.uri, answer, findings=True)


async def _explain(ls: Server, *arguments: Any) -> str | None:
    """Explain a rule: its code or name, the language to speak, and the contract whose house is asked."""
    code, language, uri = (str(each) for each in (*arguments, "", "", "")[:3])
    text = await ls.ask_house(uri, lambda: explanation(code, "zh" if language == "zh" else "en"))
    if text is not None:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, plain(text)))
    return text


_FEATURES: dict[str, tuple[Any, Any]] = {
    types.INITIALIZE: (_initialize, None),
    types.INITIALIZED: (_initialized, None),
    types.SHUTDOWN: (_shutdown, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (_settings_changed, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_files_changed, None),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_COMPLETION: (
        _completion,
        types.CompletionOptions(trigger_characters=["@", ":", "：", "{", '"', "「", "“"]),
    ),
    types.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_references, None),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (_highlight, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (_rename, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_symbols, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (_folding, None),
    types.TEXT_DOCUMENT_FORMATTING: (_formatting, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        _code_actions,
        types.CodeActionOptions(code_action_kinds=[QUICK_FIX, f"{FIX_ALL}.nda-lint"]),
    ),
}
