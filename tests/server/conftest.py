"""A server in a process of its own, as an editor runs it, in each encoding of positions."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsprotocol import types
from server.support import ENCODINGS, SERVER, Client, capabilities


@pytest_lsp.fixture(config=SERVER, params=ENCODINGS, scope="module")
async def client(request: pytest.FixtureRequest, lsp_client: Client) -> AsyncIterator[None]:
    """An editor that counts in each of the encodings, and takes what it is sent."""
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities(request.param)))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER, scope="module")
async def pulling(lsp_client: Client) -> AsyncIterator[None]:
    """An editor that asks for diagnostics."""
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities(pull=True)))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER, scope="module")
async def pushed(lsp_client: Client) -> AsyncIterator[None]:
    """An editor that takes the diagnostics it is sent."""
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities()))
    yield
    await lsp_client.shutdown_session()
