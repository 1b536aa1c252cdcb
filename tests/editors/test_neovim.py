"""Neovim as a process, set up with the lines of docs/editors.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, read

pytestmark = pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")

SESSION = os.path.join(os.path.dirname(__file__), "session.lua")
CONTRACT = """agreement "Trial 𝒜 合同"
  type: one-way
party Acme "Acme Ltd"
  role: discloser
party Beta "Beta Ltd"
  role: recipient
clause liability
"""


@pytest.mark.parametrize("page", ["editors.md", "editors.zh.md"])
def test_open_type_mend_save(page: str, tmp_path: Path) -> None:
    lines = re.search(r"```lua neovim\n(.*?)```", read(ROOT, "docs", page), re.DOTALL)
    assert lines is not None
    (tmp_path / "init.lua").write_text(lines[1], encoding="utf-8")
    contract, seen = tmp_path / "trial.nda", tmp_path / "seen.json"
    contract.write_text(CONTRACT, encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        "NDA_LINT_CONTRACT": str(contract),
        "NDA_LINT_SEEN": str(seen),
        **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    command = ["nvim", "--headless", "-n", "-u", str(tmp_path / "init.lua"), "-c", f"luafile {SESSION}"]
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120, cwd=tmp_path)
    found = json.loads(seen.read_text(encoding="utf-8"))
    assert "problem" not in found, found["problem"]
    assert "NDA201" not in found["at_first"] and "NDA108" in found["at_first"]
    assert found["marked"] == "CNY 90,000 to CNY 10,000"
    (hover,) = [each["result"]["contents"]["value"] for each in found["hover"] if each]
    assert "inverted-range" in hover
    assert any(title.startswith("Ignore inverted-range here") for title in found["offered"])
    assert "Explain NDA201 inverted-range" in found["offered"]
    assert contract.read_text(encoding="utf-8") == CONTRACT + "liquidated damages: CNY 10,000 to CNY 90,000\n"
    assert "NDA201" not in found["at_last"]
