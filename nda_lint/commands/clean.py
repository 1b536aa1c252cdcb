"""``nda-lint clean``: the caches go."""

from __future__ import annotations

import os

from nda_lint.cache import FOLDER, is_ours
from nda_lint.config import Configurations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nda_lint.console import Console


def run(values: Mapping[str, Any], console: Console) -> int:
    """Empty the caches of this folder, of those below it, and of the configuration that holds here. Only what
    nda-lint has put there is taken away."""
    removed = sum(_empty(folder) for folder in _caches())
    console.show(
        console.pick(
            f"{removed} {'file' if removed == 1 else 'files'} of the cache removed.\n",
            f"已删除 {removed} 个缓存文件。\n",
        )
    )
    return 0


def _caches() -> Iterator[str]:
    here = os.path.abspath(os.curdir)
    folders = {os.path.join(Configurations().folder_of(here), FOLDER)}
    for path, inside, _ in os.walk(here):
        if FOLDER in inside:
            folders.add(os.path.join(path, FOLDER))
        inside[:] = [name for name in inside if not name.startswith(".")]
    return (folder for folder in sorted(folders) if os.path.isdir(folder) and not os.path.islink(folder))


def _empty(folder: str) -> int:
    removed = 0
    for name in os.listdir(folder):
        if is_ours(name):
            try:
                os.unlink(os.path.join(folder, name))
            except OSError:
                continue
            removed += name != ".gitignore"
    try:  # noqa: SIM105 - contextlib is not imported for this
        os.rmdir(folder)
    except OSError:  # something else is in it
        pass
    return removed
