"""``nda-lint format``: the canonical layout, in place."""

from __future__ import annotations

import os

from nda_lint.bind import bind
from nda_lint.commands.files import (
    encoded,
    houses_of,
    is_excluded,
    load,
    name_of,
    note_nothing_left,
    overwrite,
    show_findings,
)
from nda_lint.discover import STDIN, contracts, read
from nda_lint.format import NotFormattable, format_text
from nda_lint.parser import parse
from nda_lint.problem import Problem, failing_alone
from nda_lint.render.difference import difference
from nda_lint.render.text import visible
from nda_lint.source import line_end, with_line_end
from nda_lint.tables import using

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.house import Houses
    from nda_lint.source import Source


def run(values: Mapping[str, Any], console: Console) -> int:
    """Format the contracts; 1 if one has errors, or if one would change and nothing is written."""
    counts = {"same": 0, "changed": 0, "broken": 0, "failed": 0, "left out": 0}
    houses = houses_of(values)
    for file in contracts(values["paths"] or (os.curdir,)):
        try:
            counts[_format(file, values, houses, console)] += 1
        except Problem as problem:
            counts["failed"] += 1
            console.complain(problem)
        if console.closed:
            break
    would = values["check"] or values["diff"]
    if counts["changed"] or counts["same"] or counts["broken"]:
        console.note(_summary(counts, would, console))
    elif counts["left out"] and not counts["failed"]:
        note_nothing_left(console)
    if counts["failed"]:
        return 2
    return int(bool(counts["broken"] or (would and counts["changed"])))


def _format(file: str | Problem, values: Mapping[str, Any], houses: Houses, console: Console) -> str:
    """Format one file; the word under which to count it."""
    if isinstance(file, Problem):
        raise file
    if is_excluded(file, values, houses.configurations):
        if file == STDIN and not (values["check"] or values["diff"]):
            console.emit_bytes(read(file, console.stdin))  # whoever pipes a text through gets it back
        return "left out"
    name = name_of(file, values)
    with failing_alone(name), using(houses.of(name).tables):
        return _format_contract(file, name, values, console)


def _format_contract(file: str, name: str, values: Mapping[str, Any], console: Console) -> str:
    data = read(file, console.stdin)
    source = load(file, values, console, data)
    try:
        text = with_line_end(format_text(source.text), line_end(source.text))
    except NotFormattable as error:
        return _leave_alone(file, data, source, str(error), values, console)
    formatted = encoded(text, data)
    changed = formatted != data
    if values["diff"]:
        if changed:
            seen = console.columns() is not None
            console.show(difference(source.text, text, name, console.colour(), seen=seen))
    elif values["check"]:
        if changed:
            console.show(console.pick(f"Would reformat: {visible(name)}\n", f"需要整理：{visible(name)}\n"))
    elif file == STDIN:
        console.emit_bytes(formatted)
    elif changed:
        overwrite(file, data, formatted, "整理")
    return "changed" if changed else "same"


def _leave_alone(
    file: str, data: bytes, source: Source, why: str, values: Mapping[str, Any], console: Console
) -> str:
    """Say why a contract is not formatted."""
    contract = bind(parse(source), console.language)
    if not show_findings(contract, contract.findings, console):
        raise Problem(f"{source.filename}: {why}", f"{source.filename}：{why}")
    if file == STDIN and not (values["check"] or values["diff"]):
        console.emit_bytes(data)  # an editor that pipes its text through must not lose it
    return "broken"


def _summary(counts: dict[str, int], would: bool, console: Console) -> str:
    changed, same, broken = counts["changed"], counts["same"], counts["broken"]
    if console.language == "zh":
        parts = [f"{changed} 个文件{'需要整理' if would else '已整理'}"] if changed else []
        parts += [f"{same} 个文件无须改动"] if same else []
        parts += [f"{broken} 个文件有错误，未作改动"] if broken else []
        return "，".join(parts) + "。"
    parts = [f"{_files(changed)} {'would be reformatted' if would else 'reformatted'}"] if changed else []
    parts += [f"{_files(same)} left unchanged"] if same else []
    parts += [f"{_files(broken)} with errors left alone"] if broken else []
    return ", ".join(parts) + "."


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"
