"""Write the generated pages anew: ``python -m nda_lint.docs``."""

from __future__ import annotations

import os

from nda_lint.docs.pages import pages
from nda_lint.tables import PACKAGE


def main() -> None:
    """Write every page below `docs/` of the checkout."""
    for path, content in pages().items():
        place = os.path.join(os.path.dirname(PACKAGE), "docs", path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(content)


if __name__ == "__main__":
    main()
