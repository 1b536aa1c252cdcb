"""The server itself: what it does when the editor asks or tells it something.

Whatever takes time is done by one other thread, one thing after the other; this one only takes in what the editor
says, so that a change makes older work void at once. Nothing that a contract says can end the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from nda_lint import __version__
from nda_lint.linter import Report
from nda_lint.problem import Problem, unexpected
from nda_lint.server.checking import Checker
from nda_lint.server.documents import Document, Documents, path_of
from nda_lint.server.houses import HousesOnDisk
from nda_lint.server.options import read_options
from nda_lint.server.positions import Positions
from nda_lint.server.protocol import diagnostics
from nda_lint.server.view import View
from nda_lint.tables import using

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nda_lint.finding import Finding, Language
    from nda_lint.server.houses import Household

    T = TypeVar("T")

#: A burst of keys is checked once, when the hand rests this long.
_REST = 0.05
#: How often files are looked at for changes that nobody tells of.
_LOOK = 2.0
#: Files whose changes an editor is asked to tell of.
WATCHED = ("**/nda-lint.toml", "**/pyproject.toml", "**/*.rules", "**/nda-lint-baseline.json")
_LOG = logging.getLogger(__name__)


class Superseded(Exception):
    """The text has changed since; nobody needs the answer any more."""


class Protocol(LanguageServerProtocol):
    """The protocol with our own texts: pygls cuts lines also where the protocol does not (form feed, U+2028), and
    copies all of them at every key."""

    _server: Server

    def structure_message(self, data: Any) -> Any:
        """Take in a message; a request that is not as the protocol has it is answered, so that nobody waits for it."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if isinstance(data, dict) and "method" in data and isinstance(data.get("id"), int | str):
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Handle a message; once the editor has said that it goes, requests are refused and not passed over."""
        if self._server.ended and getattr(message, "method", "exit") != "exit" and hasattr(message, "id"):
            refused = JsonRpcInvalidRequest("the server is shutting down").to_response_error()
            self._send_response(message.id, error=refused)
            return
        super().handle_message(message)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A text was opened."""
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A text was changed."""
        document = self._server.documents.change(params)
        if document is not None:
            self._server.changed(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """A text was closed."""
        self._server.closed(params.text_document.uri)


class _Checked:
    """What is known of one version of one text under one state of the configuration."""

    __slots__ = ("future", "of", "result", "view")

    def __init__(self, of: tuple[int, int]) -> None:
        #: the version of the text and the generation of the houses
        self.of = of
        self.view: View | None = None
        self.future: asyncio.Future[View] | None = None
        #: the name of this state for an editor that asks whether anything has changed
        self.result = f"{of[0]}-{of[1]}"


class Server(LanguageServer):
    """The language server."""

    def __init__(
        self, options: Mapping[str, Any], language: Language | None, *, isolated: bool, cache: bool
    ) -> None:
        super().__init__(
            "nda-lint", __version__, protocol_cls=Protocol, converter_factory=default_converter, max_workers=2
        )
        self.documents = Documents()
        self.houses = HousesOnDisk(options, language, isolated=isolated, cache=cache)
        #: whether the editor asks for diagnostics; if it does, they are never sent unasked
        self.pulls = False
        self.refreshes = False
        #: whether the editor has said that it goes
        self.ended = False
        #: the language of messages that are about no contract
        self.chinese = language == "zh"
        self._base = dict(options)
        self._language = language
        self._checker = Checker()
        self._checked: dict[str, _Checked] = {}
        self._pending: dict[str, asyncio.TimerHandle] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="nda-lint")
        self._background: set[asyncio.Task[None]] = set()
        self._said: set[str] = set()

    # --- what the editor tells ---------------------------------------------------------------

    def begin(self, params: types.InitializeParams) -> None:
        """Take up what the editor can do and wants."""
        capabilities = params.capabilities
        text, workspace = capabilities.text_document, capabilities.workspace
        self.pulls = bool(text and text.diagnostic)
        refresh = workspace.diagnostics if workspace else None
        self.refreshes = bool(refresh and refresh.refresh_support)
        self.documents.encoding = str(_value(self.protocol.workspace.position_encoding) or "utf-16")
        if self._language is None and (params.locale or "").lower().startswith("zh"):
            self.chinese = True
        self.configure(params.initialization_options)

    def configure(self, given: object) -> None:
        """Use what the editor sets."""
        values, problems = read_options(given, self._base)
        self.houses.change(values, values.get("lang") or self._language)
        for problem in problems:
            self.complain(problem)

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text was opened, perhaps one that was never closed."""
        self._checked.pop(item.uri, None)
        self.changed(self.documents.open(item))

    def changed(self, document: Document) -> None:
        """A text is new or has changed."""
        if not self.pulls:
            self._later(document, _REST if document.uri in self._checked else 0)

    def closed(self, uri: str) -> None:
        """A text was closed."""
        self.documents.close(uri)
        self._checked.pop(uri, None)
        self._checker.forget(uri)
        pending = self._pending.pop(uri, None)
        if pending is not None:
            pending.cancel()
        if not self.pulls:
            self._publish(uri, None, [])

    async def files_changed(self) -> None:
        """Files were changed on the disk, or the settings: check everything again."""
        self.houses.forget()
        await self.again()

    async def again(self) -> None:
        """Check all that is open again."""
        if self.pulls:
            if self.refreshes:
                with contextlib.suppress(JsonRpcException, asyncio.CancelledError):
                    await self.workspace_diagnostic_refresh_async(None)
            return
        for document in self.documents:
            self._later(document, 0)

    async def look_after_files(self) -> None:
        """See now and then whether a configuration or a rule file has changed, for editors that do not tell."""
        while True:
            await asyncio.sleep(_LOOK)
            if await self._run(self.houses.look):
                await self.again()

    def start(self, task: Any) -> None:
        """Run something beside all else."""
        running = asyncio.ensure_future(task)
        self._background.add(running)
        running.add_done_callback(self._background.discard)

    # --- checking ----------------------------------------------------------------------------

    async def checked(self, document: Document) -> _Checked:
        """The findings of a text as it is now. Raises :class:`Superseded` if it changes meanwhile."""
        state = self._state(document)
        if state.future is None:
            state.future = asyncio.ensure_future(self._run(self._check, document, state))
            state.future.add_done_callback(_seen)
        await asyncio.shield(state.future)
        return state

    async def ask(
        self, uri: str, question: Callable[[View, Document], T], *, findings: bool = False
    ) -> T | None:
        """The answer to a question about a text as it is now, with its findings if they are needed; None where it is
        not open. When it changes meanwhile, the answer is about the new text."""
        while True:
            document = self.documents.get(uri)
            if document is None:
                return None
            try:
                state = await self.checked(document) if findings else self._state(document)
                return await self._run(self._answer, document, state, question)
            except Superseded:
                continue

    async def ask_house(self, uri: str, question: Callable[[], T]) -> T:
        """The answer to a question about the rules that are in use for a contract."""
        return await self._run(self._answer_in_house, path_of(uri), question)

    def _state(self, document: Document) -> _Checked:
        """What is known of a text as it is now."""
        state = self._checked.get(document.uri)
        if state is None or state.of != (document.version, self.houses.generation):
            state = self._checked[document.uri] = _Checked((document.version, self.houses.generation))
        return state

    def _is_current(self, document: Document, state: _Checked) -> bool:
        return self._checked.get(document.uri) is state and state.of[0] == document.version

    async def _run(self, function: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, function, *arguments)

    # In the other thread.

    def _check(self, document: Document, state: _Checked) -> View:
        view = self._view(document, state)
        household = self.houses.of(document.path)
        try:
            found = self._checker.findings(document.uri, view.source, household)
            if household.baseline is not None and household.baseline.knows(view.source.filename):
                found = self._new(document.uri, found, view, household)
            view.findings = found
        except Exception as error:  # one contract must not take the server down
            _LOG.exception("checking %s", document.uri)
            self.houses.problems[repr(error)] = unexpected(error, document.path)
        return view

    def _new(self, uri: str, findings: list[Finding], view: View, household: Household) -> list[Finding]:
        """The findings that the baseline does not have."""
        with using(household.house.tables):
            outline = self._checker.outline(uri, view.source) or view.contract
            report = Report(view.source, outline.language, findings, outline)
            return household.baseline.sift(report)[0] if household.baseline is not None else findings

    def _view(self, document: Document, state: _Checked) -> View:
        if not self._is_current(document, state):
            raise Superseded
        if state.view is None:
            settings = self.houses.of(document.path).settings
            positions = Positions(document.source, self.documents.encoding)
            state.view = View(positions, (), settings.language, settings.documentation)
        return state.view

    def _answer(self, document: Document, state: _Checked, question: Callable[[View, Document], T]) -> T:
        view = self._view(document, state)
        with using(self.houses.of(document.path).house.tables):
            return question(view, document)

    def _answer_in_house(self, path: str, question: Callable[[], T]) -> T:
        with using(self.houses.of(path).house.tables):
            return question()

    # --- showing -----------------------------------------------------------------------------

    def _later(self, document: Document, seconds: float) -> None:
        """Check a text and show what is found, unless it changes again before."""
        before = self._pending.pop(document.uri, None)
        if before is not None:
            before.cancel()
        loop = asyncio.get_running_loop()
        self._pending[document.uri] = loop.call_later(seconds, lambda: self.start(self._show(document)))

    async def _show(self, document: Document) -> None:
        self._pending.pop(document.uri, None)
        version = document.version
        try:
            state = await self.checked(document)
            shown = await self._run(self._answer, document, state, _diagnostics)
        except Superseded:
            return
        if self.documents.get(document.uri) is document and document.version == version:
            self._publish(document.uri, version, shown)
        self.say_problems()

    def _publish(self, uri: str, version: int | None, shown: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    def say_problems(self) -> None:
        """Tell what is wrong with the configuration, each thing once."""
        problems = dict(self.houses.problems)
        self._said &= problems.keys()
        for key in problems.keys() - self._said:
            self._said.add(key)
            self.complain(problems[key])

    def complain(self, problem: Problem) -> None:
        """Show a problem to the user."""
        language: Language = "zh" if self.chinese else "en"
        text = "\n\n".join(part for part in (problem.text(language), problem.details(language)) if part)
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"nda-lint: {text}"))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong is logged; whoever asked gets it as the answer."""
        _LOG.warning("%s: %s", getattr(source, "__name__", source), error)


def _diagnostics(view: View, document: Document) -> list[types.Diagnostic]:
    return diagnostics(view, document.uri)


def _seen(future: asyncio.Future[Any]) -> None:
    """Nobody may wait for it any more; then nobody need hear why it failed."""
    if not future.cancelled():
        future.exception()


def _value(encoding: Any) -> Any:
    return getattr(encoding, "value", encoding)
