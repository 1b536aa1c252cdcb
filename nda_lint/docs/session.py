"""The sessions that a page shows: its files are written, its commands run, and what they print is put in.

In a fenced block marked ``nda NAME``, ``rules NAME`` or ``toml NAME`` stands a file; where the file is there already, the block takes the place of
all from its own first line on. In a block marked ``console``, lines that begin with ``$`` are commands, and what
follows is their output. Everything happens in a temporary folder, one for the page.
"""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from nda_lint.docs.markdown import fences
from nda_lint.tables import PACKAGE

_TIME = 60
_FILES = (("nda",), ("rules",), ("toml",))


def played(page: str) -> str:
    """The page with what its commands print when they are run."""
    parts: list[str] = []
    done = 0
    with TemporaryDirectory(prefix="nda-lint-docs-") as folder:
        _install(folder)
        for fence in fences(page):
            if fence.info[:1] in _FILES and len(fence.info) > 1:
                _write(os.path.join(folder, fence.info[1]), fence.text)
            elif fence.info == ("console",):
                margin = " " * fence.indent
                shown = "".join(
                    f"{margin}{line}".rstrip() + "\n" for line in _shown(fence.text, folder).splitlines()
                )
                parts += [page[done : fence.start], shown]
                done = fence.end
    return "".join(parts) + page[done:]


def _install(folder: str) -> None:
    """A command of the checkout, before all others that are called so."""
    os.mkdir(os.path.join(folder, ".bin"))
    command = os.path.join(folder, ".bin", "nda-lint")
    with open(command, "w", encoding="utf-8") as stream:
        stream.write(f'#!/bin/sh\nexec "{sys.executable}" -P -m nda_lint "$@"\n')
    os.chmod(command, 0o755)  # noqa: S103 - a command


def _write(path: str, text: str) -> None:
    kept = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as stream:
            before = stream.read()
        first = text.split("\n", 1)[0]
        kept = before[: f"\n{before}".index(f"\n{first}\n")]
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(kept + text)


def _shown(session: str, folder: str) -> str:
    """The commands of a session, each with what it prints to a reader at the terminal."""
    root = os.path.dirname(PACKAGE)
    environment = {
        key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS")
    }
    environment |= {
        "PATH": os.pathsep.join([os.path.join(folder, ".bin"), os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": root,
        "PYTHONIOENCODING": "utf-8",
    }
    lines: list[str] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            finished = subprocess.run(
                ["sh", "-c", line.removeprefix("$ ")],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_TIME,
                check=False,
            )
            lines += [line, *finished.stdout.decode().splitlines()]
    return "".join(f"{line}\n" for line in lines)
