"""The page on the configuration, in each language: a template and the table of keys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nda_lint.config import KEYS, VOCABULARY
from nda_lint.docs.markdown import code, codes, table
from nda_lint.tables import PACKAGE

if TYPE_CHECKING:
    from nda_lint.finding import Language

_HEAD = {"en": ("key", "what it does"), "zh": ("键", "作用")}


def configuration_page(language: Language) -> str:
    """The page in one language."""
    with open(os.path.join(PACKAGE, "docs", f"configuration.{language}.md"), encoding="utf-8") as stream:
        page = stream.read()
    rows = [(code(key), entry[2 if language == "zh" else 1]) for key, entry in KEYS.items()]
    page = page.replace("{{keys}}", table(_HEAD[language], rows))
    return page.replace("{{classes}}", codes(VOCABULARY))
