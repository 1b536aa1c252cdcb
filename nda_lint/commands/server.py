"""``nda-lint server``: the language server, on standard input and output."""

from __future__ import annotations

import gc
import os

from nda_lint.problem import TRACEBACK, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console


def run(values: Mapping[str, Any], console: Console) -> int:
    """Serve one editor until it goes."""
    try:
        import pygls  # noqa: F401 - only to see whether it is there
    except ImportError:
        raise Problem(
            "the language server needs pygls: pip install 'nda-lint[server]'",
            "语言服务器需要 pygls：pip install 'nda-lint[server]'",
        ) from None
    import logging

    from nda_lint.server.features import build
    from nda_lint.server.options import defaults

    # A run that ends does without the collector of garbage; one that goes on for days does not.
    gc.enable()
    gc.freeze()
    server = build(
        defaults() | {"lang": console.language},
        console.language,
        isolated=values["isolated"],
        cache=not values["no_cache"],
    )
    if not os.environ.get(TRACEBACK):
        # Each answer that refuses something would be logged with where in the code that happened.
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
    # Whatever else is written to standard output would break the protocol; the server closes its own at the end.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server.start_io(console.stdin, output)
    return int(not server.ended)
