"""``nda-lint server`` as a command."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

WITHOUT_PYGLS = """
import sys
sys.modules["pygls"] = None
from nda_lint.quick import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "the language server needs pygls: pip install 'nda-lint[server]'"),
        ("zh", "语言服务器需要 pygls"),
    ],
)
def test_without_the_extra(language: str, sentence: str) -> None:
    command = [sys.executable, "-c", WITHOUT_PYGLS, "server", "--lang", language]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 2 and sentence in finished.stderr and not finished.stdout
    assert "Traceback" not in finished.stderr


def framed(*messages: object) -> bytes:
    """Messages as they go over the wire; what is bytes already goes as it is."""
    parts = []
    for message in messages:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        parts.append(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    return b"".join(parts)


def serve(data: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "nda_lint", "server", "--stdio"]
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)


def call(number: int | str, method: str, parameters: object = None) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}


def test_what_is_no_message_does_not_end_it() -> None:
    hover = {"textDocument": {"uri": "file:///x.nda"}, "position": {"line": 0, "character": 0}}
    data = framed(
        call(1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        b"{ no json",
        b"[]",
        b"\xff\xfe",
        call(2, "no/such/method"),
        call(3, "textDocument/hover", {"wrong": 1}),
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 5}},
        call(4, "workspace/executeCommand", {"command": "nda-lint.explain", "arguments": [None, {}, 5]}),
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 99}},
        call(5, "textDocument/hover", hover),
        call(6, "shutdown"),
        {"jsonrpc": "2.0", "method": "exit"},
    )
    finished = serve(data)
    assert finished.returncode == 0
    for number in (1, 2, 4, 5, 6):
        assert b'"id": %d' % number in finished.stdout
    assert b"Traceback" not in finished.stderr


def test_an_editor_that_goes_without_a_word() -> None:
    finished = serve(framed(call(1, "initialize", {"processId": None, "capabilities": {}})))
    assert finished.returncode == 1
    assert b"Traceback" not in finished.stderr


def test_every_request_is_answered() -> None:
    """Editors wait for answers: what cannot be understood, or comes too late, gets an error."""
    formatting = {"textDocument": {"uri": "file:///x.nda"}, "options": {}}  # its sizes are left out
    data = framed(
        call(1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}),
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        call(2, "textDocument/formatting", formatting),
        call("three", "textDocument/hover"),
        call(4, "shutdown"),
        call(5, "textDocument/documentSymbol", {"textDocument": {"uri": "file:///x.nda"}}),
        call(6, "shutdown"),
        {"jsonrpc": "2.0", "method": "exit"},
    )
    finished = serve(data)
    assert finished.returncode == 0 and b"Traceback" not in finished.stderr
    answers = [
        json.loads(part) for part in re.findall(rb"\{.*?\}(?=Content-Length|\Z)", finished.stdout, re.DOTALL)
    ]
    codes = {answer["id"]: answer.get("error", {}).get("code") for answer in answers if "id" in answer}
    assert codes == {1: None, 2: -32602, "three": -32602, 4: None, 5: -32600, 6: -32600}
