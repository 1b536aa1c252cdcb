"""Text as a terminal shows it: made harmless, measured in cells, wrapped."""

from __future__ import annotations

from nda_lint.patterns import pattern
from nda_lint.source import display_width

#: What goes together on a line: a run without spaces, or one wide character, with the marks that must not be
#: torn from it.
_PIECE = pattern(
    r"\s+|[（「『《“【]*"
    r"(?:[^\s\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef（「『《“【”、。]+|\S)"
    r"[，。；：、！？）」』》”】,.;:!?)]*"
)


def visible(text: str) -> str:
    """`text` without anything that could move the cursor, turn the writing direction or hide."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character == "\t":
        return "    "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    from unicodedata import category

    # Wide and no-break spaces are not "printable" but are nothing to hide.
    return character if category(character) == "Zs" else f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """`text` made visible on a single line."""
    return visible(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)


def wrap(text: str, width: int) -> list[str]:
    """`text` broken into lines of at most `width` cells, between words or between wide characters."""
    if display_width(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text):
        cells = display_width(piece)
        if used + cells > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line += piece
            used += cells
    return [*lines, line.rstrip()] if line.strip() else lines


def shorten(text: str, width: int) -> str:
    """`text` cut to `width` cells, with an ellipsis where something is gone."""
    if len(text) <= width and display_width(text) <= width:
        return text
    kept = text[: width - 3]
    while display_width(kept) > width - 3:
        kept = kept[:-1]
    return kept + "..."
