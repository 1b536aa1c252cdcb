"""Write anew what is generated: ``python -m nda_lint.docs``."""

from __future__ import annotations

import os

from nda_lint.docs.pages import pages
from nda_lint.docs.session import played
from nda_lint.tables import PACKAGE

#: Pages with sessions in them, which are written by hand but for what their commands print.
WITH_SESSIONS = (
    "README.md", "README.zh.md", "docs/tutorial.md", "docs/tutorial.zh.md", "docs/timeline.md", "docs/timeline.zh.md",
    "docs/contradictions.md", "docs/contradictions.zh.md",
)  # fmt: skip


def main() -> None:
    """Write every page below `docs/` of the checkout, and what the commands in READMEs and tutorials print."""
    root = os.path.dirname(PACKAGE)
    for path, content in pages().items():
        _write(os.path.join(root, "docs", path), content)
    for name in WITH_SESSIONS:
        path = os.path.join(root, name)
        with open(path, encoding="utf-8") as stream:
            page = stream.read()
        _write(path, played(page))


def _write(path: str, content: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(content)


if __name__ == "__main__":
    main()
