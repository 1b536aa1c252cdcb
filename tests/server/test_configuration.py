"""Configuration and rule files that change while the server runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from server.support import SERVER, Client, Editor, capabilities, settled

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """agreement "Trial"
  type: one-way

clause liability
  liquidated damages: CNY 900,000 to CNY 10,000
"""
RULE = """pack house "House" 「自有」

rule ACME001 penalty-too-high
  severity: error
  summary: "A penalty above what the house accepts" 「违约金高于本方上限」
  when: liability.liquidated_damages > {limit}
  at: liability.liquidated_damages
  message: "Above the limit." 「超过上限。」
  why: "The house pays no more." 「本方不支付更多。」
  help: "Lower it." 「请降低。」
  bad:
    > clause liability
    >   liquidated damages: CNY 900,000,000
  good:
    > clause liability
    >   liquidated damages: CNY 1
"""


@pytest_lsp.fixture(config=SERVER, scope="module")
async def watching(lsp_client: Client) -> AsyncIterator[None]:
    """An editor that tells of changed files."""
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities(watch=True)))
    yield
    (asked,) = lsp_client.registered
    options: Any = asked.registrations[0].register_options
    watchers = options["watchers"]
    assert "**/nda-lint.toml" in [watcher["globPattern"] for watcher in watchers]
    await lsp_client.shutdown_session()


def opened(client: Client, folder: Path) -> Editor:
    return Editor(client, TEXT, (folder / "trial.nda").as_uri())


def told(client: Client, path: Path) -> None:
    event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_told_of_a_change(watching: Client, tmp_path: Path) -> None:
    editor = opened(watching, tmp_path)
    assert "NDA201" in await editor.codes()
    configuration = tmp_path / "nda-lint.toml"
    configuration.write_text('ignore = ["NDA201"]\n')
    told(watching, configuration)
    assert "NDA201" not in await editor.codes()
    configuration.unlink()
    told(watching, configuration)
    assert "NDA201" in await editor.codes()


async def test_whoever_asks_is_told_to_ask_again(pulling: Client, tmp_path: Path) -> None:
    editor = opened(pulling, tmp_path)
    assert "NDA201" in [each.code for each in (await editor.pulled()).items]
    configuration = tmp_path / "nda-lint.toml"
    configuration.write_text('ignore = ["NDA201"]\n')
    before = pulling.refreshed
    told(pulling, configuration)
    for _ in range(500):
        if pulling.refreshed > before:
            break
        await settled(0.05)
    assert pulling.refreshed > before
    assert "NDA201" not in [each.code for each in (await editor.pulled()).items]


async def test_seen_without_being_told(pushed: Client, tmp_path: Path) -> None:
    rules = tmp_path / "house.rules"
    rules.write_text(RULE.replace("{limit}", "CNY 999,999"))
    configuration = tmp_path / "nda-lint.toml"
    configuration.write_text('rules = ["house.rules"]\n')
    editor = opened(pushed, tmp_path)
    assert "ACME001" not in await editor.codes()
    rules.write_text(RULE.replace("{limit}", "CNY 500,000"))
    assert "ACME001" in await editor.codes()
    configuration.write_text('rules = ["house.rules"]\n[rule.penalty-too-high]\nseverity = "info"\n')
    shown = await editor.shown()
    (mark,) = [each for each in shown if each.code == "ACME001"]
    assert mark.severity == types.DiagnosticSeverity.Information


async def test_a_bad_configuration_is_said_once(pushed: Client, tmp_path: Path) -> None:
    configuration = tmp_path / "nda-lint.toml"
    configuration.write_text('ignroe = ["NDA201"]\n')
    before = len(pushed.messages)
    editor = opened(pushed, tmp_path)
    assert "NDA201" in await editor.codes(), "the built-in rules go on"
    editor.replace("Trial", "Trials")
    await editor.shown()
    (said,) = pushed.messages[before:]
    assert "there is no key “ignroe”; did you mean “ignore”?" in said.message
    configuration.write_text('ignore = ["NDA201"]\n')
    told(pushed, configuration)
    assert "NDA201" not in await editor.codes()


async def test_what_is_excluded_has_no_marks(pushed: Client, tmp_path: Path) -> None:
    (tmp_path / "nda-lint.toml").write_text('exclude = ["trial.nda"]\n')
    assert await opened(pushed, tmp_path).codes() == []


async def test_settings_of_the_editor(pushed: Client, tmp_path: Path) -> None:
    editor = opened(pushed, tmp_path)
    assert "NDA201" in await editor.codes()
    settings: dict[str, Any] = {"nda-lint": {"select": ["NDA201"], "lang": "zh"}}
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    (mark,) = await editor.shown()
    assert (mark.code == "NDA201" and "界限" in mark.message) or "上下限" in mark.message
    before = len(pushed.messages)
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams({"slect": []}))
    await editor.shown()
    assert "there is no “slect”; did you mean “select”?" in pushed.messages[before].message
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
    await editor.shown()


async def test_what_the_baseline_has_gets_no_marks(pushed: Client, tmp_path: Path) -> None:
    """As with ``nda-lint check``: what is there already is not shown, wherever it moves to."""
    (tmp_path / "nda-lint.toml").write_text('baseline = "known.json"\n')
    before = len(pushed.messages)
    editor = opened(pushed, tmp_path)
    assert "NDA201" in await editor.codes(), "everything is shown while there is none"
    (tmp_path / "trial.nda").write_text(TEXT)
    command = [sys.executable, "-m", "nda_lint", "--write-baseline", "."]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert await editor.codes() == []
    assert "known.json: there is no such baseline" in pushed.messages[before].message
    editor.replace("clause liability", "# moved\n\nclause liability")
    assert await editor.codes() == []
    editor.replace("CNY 900,000", "CNY 800,000")
    assert "NDA201" in await editor.codes()
    (tmp_path / "known.json").unlink()
    assert "NDA102" in await editor.codes()
