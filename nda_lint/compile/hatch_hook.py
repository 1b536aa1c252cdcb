"""Build hook: compiles the tables when a wheel is built and on an editable install.

A wheel brings its tables along, so that an installed tool starts without lark and pydantic. They are
compiled beside the tree, not in it: what is shipped is never what an earlier build left behind. An
editable install gets them where a checkout keeps them.
"""

from __future__ import annotations

import os
import sys
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TablesBuildHook(BuildHookInterface[Any]):
    """Compiles `grammar/`, `rules/` and the schema into `nda_lint/tables.bin`."""

    _folder: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the tables, and have a wheel include them."""
        if version == "editable":
            self._compile(os.path.join(self.root, "nda_lint", "tables.bin"))
            return
        self._folder = TemporaryDirectory(prefix="nda-lint-")
        path = os.path.join(self._folder.name, "tables.bin")
        self._compile(path)
        # A checkout does without the file if it must; a wheel cannot.
        if not os.path.isfile(path):
            raise RuntimeError(f"the tables could not be written to {path}")
        build_data["force_include"][path] = "nda_lint/tables.bin"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the tables that the wheel now holds."""
        if self._folder is not None:
            self._folder.cleanup()

    def _compile(self, path: str) -> None:
        # The package is not installed where it is being built.
        sys.path.insert(0, self.root)
        try:
            from nda_lint.tables import compile_tables

            compile_tables(self.root, path)
        finally:
            sys.path.remove(self.root)
