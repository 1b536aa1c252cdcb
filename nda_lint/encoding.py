"""What to say about a file that is not UTF-8: where, and what it may be instead."""

from __future__ import annotations

from nda_lint.finding import Finding
from nda_lint.messages import message
from nda_lint.problem import Problem
from nda_lint.source import NotUtf8, Source, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Language

_GB18030 = "gb18030"
_SAMPLE = 1 << 16
_LOOKS = {
    _GB18030: ("it looks like GBK (GB 18030)", "看来是 GBK（GB 18030）编码"),
    "utf-16": ("it looks like UTF-16", "看来是 UTF-16 编码"),
}


def not_utf8(
    data: bytes, filename: str, error: NotUtf8, asked: Language | None
) -> tuple[Source, Language, Finding]:
    """The file as far as it can be shown, the language to speak, and NDA006 at the first bad byte."""
    guess = _guess(data)
    language = asked or ("zh" if guess == _GB18030 else "en")
    shown_as = guess if guess == _GB18030 else "utf-8"
    source = Source(data.decode(shown_as, "replace").removeprefix("\ufeff"), filename)
    before = len(data[: error.offset].decode(shown_as, "ignore").removeprefix("\ufeff"))
    text = message("not_utf8", language, {"offset": error.offset + 1, "byte": error.byte})
    looks = _LOOKS.get(guess, ("", ""))[language == "zh"]
    finding = Finding("NDA006", "not-utf8", "error", text, (before, before + 1), help=looks or None)
    return source, language, finding


def decoded(data: bytes, name: str) -> str:
    """The text of a file called `name`. Raises :class:`~nda_lint.problem.Problem` where it is not UTF-8."""
    try:
        return decode(data)
    except NotUtf8 as error:
        place: dict[str, object] = {"offset": error.offset + 1, "byte": error.byte}
        raise Problem(
            f"{name}: {message('not_utf8', 'en', place)}", f"{name}：{message('not_utf8', 'zh', place)}"
        ) from None


def _guess(data: bytes) -> str:
    """The encoding that the bytes look like: ``gb18030``, ``utf-16``, or none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return ""
    for cut in range(4):  # the sample may end within a character
        try:
            text = sample[: len(sample) - cut].decode(_GB18030)
        except UnicodeDecodeError:
            continue
        # Western bytes often decode too, but to characters that hardly anybody writes.
        written = [character for character in text if character > "\x7f"]
        common = sum(bool(character.encode("gb2312", "ignore")) for character in written)
        return _GB18030 if common * 5 >= len(written) * 4 else ""
    return ""
