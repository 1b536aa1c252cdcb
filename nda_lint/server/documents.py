"""The texts that are open in the editor. What the editor says of them counts, not what is on the disk."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from nda_lint.server.positions import Positions
from nda_lint.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol import types


class Document:
    """One open text. Each change makes a new :attr:`source`; nothing of an old one ever changes."""

    __slots__ = ("path", "source", "uri", "version")

    def __init__(self, uri: str, version: int, text: str) -> None:
        self.uri = uri
        self.version = version
        #: where it lies, or would lie beside the files of the folder in which the server runs
        self.path = path_of(uri)
        self.source = Source(text, self.path)

    def change(self, version: int, text: str) -> None:
        """Take a new text in."""
        self.version = version
        self.source = Source(text, self.path)


class Documents:
    """All open texts, by URI."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        #: how the client counts
        self.encoding = "utf-16"

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """The text that is open under `uri`."""
        return self._open.get(uri)

    def open(self, item: types.TextDocumentItem) -> Document:
        """Take up a text that was opened."""
        document = self._open[item.uri] = Document(item.uri, item.version, item.text)
        return document

    def change(self, params: types.DidChangeTextDocumentParams) -> Document | None:
        """Make the changes of a text, one after the other; None where it is not open."""
        document = self._open.get(params.text_document.uri)
        if document is None:
            return None
        source = document.source
        for change in params.content_changes:
            range_ = getattr(change, "range", None)
            if range_ is None:
                source = Source(change.text)
            else:
                start, end = Positions(source, self.encoding).span(range_)
                source = Source(source.text[:start] + change.text + source.text[end:])
        document.change(params.text_document.version, source.text)
        return document

    def close(self, uri: str) -> None:
        """Let go of a text that was closed."""
        self._open.pop(uri, None)


def path_of(uri: str) -> str:
    """The file of a URI; for a text that has none yet, a name in the current folder."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return "untitled.nda"
    if parts.scheme != "file":
        return os.path.basename(unquote(parts.path)) or "untitled.nda"
    path = unquote(parts.path, errors="surrogateescape")
    if os.name == "nt":
        path = path.lstrip("/")
    return path.replace("\0", "")
