"""An editor for tests: it keeps a text, and counts positions in its own way."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient

ENCODINGS = ("utf-8", "utf-16", "utf-32")
COMMAND = [sys.executable, "-m", "nda_lint", "server", "--no-cache"]
#: How many seconds an answer may take on a machine that is busy.
_PATIENCE = 90
_BYTES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def capabilities(
    encoding: str = "utf-16", *, pull: bool = False, watch: bool = False
) -> types.ClientCapabilities:
    """What an editor can do that counts in `encoding`; with `pull` it asks for diagnostics,
    with `watch` it tells of changed files."""
    text = types.TextDocumentClientCapabilities(
        diagnostic=types.DiagnosticClientCapabilities() if pull else None,
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        rename=types.RenameClientCapabilities(prepare_support=True),
    )
    workspace = types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True) if pull else None,
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watch),
    )
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)])
    return types.ClientCapabilities(workspace=workspace, text_document=text, general=general)


class Client(LanguageClient):
    """Keeps all that it is sent."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.RegistrationParams] = []
        self.refreshed = 0
        self.arrived = asyncio.Event()


def connected() -> Client:
    """A client that takes what it is sent."""
    client = Client()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(params: types.PublishDiagnosticsParams) -> None:
        client.published.append(params)
        client.arrived.set()

    @client.feature(types.WINDOW_SHOW_MESSAGE)
    def show(params: types.ShowMessageParams) -> None:
        client.messages.append(params)

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        client.registered.append(params)

    @client.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)
    def refresh(_params: None) -> None:
        client.refreshed += 1

    return client


SERVER = ClientServerConfig(server_command=COMMAND, client_factory=connected)


class Editor:
    """One text in an editor."""

    def __init__(self, client: Client, text: str, uri: str = "file:///contracts/trial.nda") -> None:
        self.client = client
        assert client.capabilities is not None and client.capabilities.general is not None
        encodings = client.capabilities.general.position_encodings
        assert encodings is not None
        self.codec, self.size = _BYTES[encodings[0].value if hasattr(encodings[0], "value") else encodings[0]]
        self.uri = uri
        self.text = text
        self.version = 1
        #: how many of all publications have been looked at
        self.seen = len(client.published)
        self.identifier = types.TextDocumentIdentifier(uri)
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "nda", 1, text))
        )

    # --- places --------------------------------------------------------------------------

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        before = self.text[:offset].split("\n")
        return types.Position(
            len(before) - 1, len(before[-1].encode(self.codec, "surrogatepass")) // self.size
        )

    def at(self, words: str, inside: int = 0) -> types.Position:
        """The position of the first place of `words`, so many characters inside."""
        return self.position(self.text.index(words) + inside)

    def range(self, words: str) -> types.Range:
        """The range of the first place of `words`."""
        return types.Range(self.at(words), self.at(words, len(words)))

    def offset(self, place: types.Position) -> int:
        """The offset of a position."""
        lines = self.text.split("\n")
        line = lines[place.line].encode(self.codec, "surrogatepass")[: place.character * self.size]
        return sum(len(each) + 1 for each in lines[: place.line]) + len(
            line.decode(self.codec, "surrogatepass")
        )

    def words(self, range_: types.Range) -> str:
        """What stands in a range."""
        return self.text[self.offset(range_.start) : self.offset(range_.end)]

    # --- changes -------------------------------------------------------------------------

    def replace(self, words: str, by: str) -> None:
        """Change the first place of `words`, as an editor tells of it."""
        change = types.TextDocumentContentChangePartial(text=by, range=self.range(words))
        self.text = self.text.replace(words, by, 1)
        self.tell(change)

    def write(self, text: str) -> None:
        """Replace the whole text."""
        self.text = text
        self.tell(types.TextDocumentContentChangeWholeDocument(text))

    def tell(self, *changes: Any) -> None:
        """Send changes."""
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def apply(self, edits: Any) -> str:
        """The text with edits made, as an editor makes them: all places are those before any of them."""
        spans = sorted(
            ((self.offset(e.range.start), self.offset(e.range.end), e.new_text) for e in edits), reverse=True
        )
        text = self.text
        for start, end, new in spans:
            text = text[:start] + new + text[end:]
        return text

    # --- what is shown -------------------------------------------------------------------

    async def shown(self) -> list[types.Diagnostic]:
        """The diagnostics that are sent for the text as it is now."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                while self.seen < len(self.client.published):
                    params = self.client.published[self.seen]
                    self.seen += 1
                    if params.uri == self.uri and params.version == self.version:
                        return list(params.diagnostics)
                self.client.arrived.clear()
                await self.client.arrived.wait()

    async def codes(self) -> list[str]:
        """Their codes."""
        return [str(each.code) for each in await self.shown()]

    async def pulled(self, previous: str | None = None) -> Any:
        """The answer to asking for diagnostics."""
        return await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(self.identifier, previous_result_id=previous)
        )

    async def actions(self, words: str, shown: list[types.Diagnostic], *only: str) -> list[Any]:
        """What can be done where `words` stand."""
        context = types.CodeActionContext(shown, only=[types.CodeActionKind(o) for o in only] or None)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(self.identifier, self.range(words), context)
        )
        return list(found or [])


async def settled(seconds: float = 0.3) -> None:
    """Wait for what should not come."""
    await asyncio.sleep(seconds)
