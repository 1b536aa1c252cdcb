"""Party names that drift: the full name of a party, written nearly but not quite as it is declared."""

from __future__ import annotations

from bisect import bisect_right

from nda_lint.analysis.near_names import TELLING_APART
from nda_lint.finding import Edit, Finding, Fix, Related
from nda_lint.patterns import pattern
from nda_lint.recall import found_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from nda_lint.contract import Block, Contract, Fact
    from nda_lint.finding import Language
    from nda_lint.source import Span

DRIFT = ("NDA407", "party-name-drift")

#: What the name of a company ends with.
_CHINESE_ENDING = pattern("有限责任公司|股份有限公司|有限公司|合伙企业|事务所|公司")
_LATIN_ENDING = pattern(
    r"(?:Co\.?,? ?(?:Ltd|Limited)|Ltd|Limited|Inc|Incorporated|LLC|LLP|GmbH|Corp|Corporation"
    r"|AG|S\.A|N\.V|B\.V|Pte\.? ?Ltd|plc|PLC)\.?(?![A-Za-z])"
)
_LATIN_WORD = pattern(r"[A-Z][A-Za-z0-9&'’.-]*,?\s+$")
_WORD = pattern(r"[A-Za-z0-9&'’]+|[^\W\dA-Za-z_]")
_FORM = pattern("(?:有限责任|股份有限|有限)公司$")
_SAME = {"limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc"}
_MOST_CHANGES = 3
_SHORTEST = 7
_LONGEST = 80


def party_name_drift(contract: Contract, language: Language) -> Iterator[Finding]:
    """Company names in the text that resemble the name of a party and differ from it."""
    parties = [(block, normal) for block in contract.parties if (normal := _normal(block.title))]
    known = {normal for _, normal in parties}
    if not parties:
        return
    resembled: dict[tuple[str, ...], Block | None] = {}
    for span in _company_names(contract, tuple(str(block.title) for block, _ in parties)):
        found = _normal(contract.source.text[span[0] : span[1]])
        if not found or found in known:
            continue
        if found not in resembled:
            resembled[found] = next((block for block, normal in parties if _resembles(found, normal)), None)
        party = resembled[found]
        if party is not None:
            yield _drift(contract, party, span, language)


def _drift(contract: Contract, party: Block, span: Span, language: Language) -> Finding:
    found = contract.source.text[span[0] : span[1]]
    if language == "zh":
        message = f"“{found}”与当事人{party.name}声明的名称“{party.title}”不一致。"
        note, title = "声明的名称在此。", "改为声明的名称"
    else:
        message = f"“{found}” differs from “{party.title}”, the name under which {party.name} is declared."
        note, title = "The name is declared here.", "Write the declared name"
    fix = Fix("unsafe", title, (Edit(span, str(party.title)),))
    related = (Related(note, party.name_span or party.span),)
    return Finding(*DRIFT, "warning", message, span, related=related, fix=fix)


def _texts(contract: Contract) -> Iterator[tuple[Any, list[Any], Callable[[Any], Iterable[Span]]]]:
    """Where free text stands: things of the contract, what tells them from others, and what gives the places in one."""
    yield "names in meanings", contract.definitions, lambda one: [(one.name_span[1], one.span[1])]
    yield "names in headers", contract.blocks, _title
    yield "names in facts", contract.all_facts(), _texts_of_fact
    for block in contract.blocks:
        yield ("names in prose", id(block)), block.paragraphs, lambda paragraph: paragraph.spans


def _title(block: Block) -> list[Span]:
    return [block.span] if block.kind not in ("party", "agreement") and block.title else []


def _texts_of_fact(fact: Fact) -> list[Span]:
    return [value.span for value in fact.values if value.type == "text"]


def _company_names(contract: Contract, titles: tuple[str, ...]) -> Iterator[Span]:
    """Where free text names a company."""
    text = contract.source.text
    lengths = sorted({len(title) for title in titles if not title.isascii()})

    def candidates(endings: Iterable[tuple[int, int, bool]], texts: list[Span]) -> Iterator[Span]:
        starts = [start for start, _ in texts]
        for begin, end, chinese in endings:
            place = bisect_right(starts, begin) - 1
            if place < 0 or texts[place][1] < end:
                continue
            if chinese:
                yield from _chinese_candidates(text, starts[place], end, titles, lengths)
            else:
                yield from _latin_candidates(text, starts[place], begin, end)

    if contract.memo is None:  # the whole file is searched at once for what such names end with
        endings = _endings(text, (0, len(text)))
        if endings:
            places = (
                span for _, things, spans in _texts(contract) for thing in things for span in spans(thing)
            )
            yield from candidates(endings, sorted(places))
        return
    for check, things, spans in _texts(contract):

        def find(thing: Any, spans: Callable[[Any], Iterable[Span]] = spans) -> Iterator[Span]:
            for span in spans(thing):
                yield from candidates(_endings(text, span), [span])

        yield from found_of(contract, ("company", check), things, find, titles)


def _endings(text: str, span: Span) -> list[tuple[int, int, bool]]:
    """What the names of companies end with there, and whether that is Chinese."""
    return sorted(
        (match.start(), match.end(), ending is _CHINESE_ENDING)
        for ending in (_CHINESE_ENDING, _LATIN_ENDING)
        for match in ending.finditer(text, *span)
        if ending is _CHINESE_ENDING or not text[match.start() - 1 : match.start()].isalpha()
    )


def _latin_candidates(text: str, start: int, ending: int, end: int) -> Iterator[Span]:
    """The capitalised words before the ending."""
    begin = ending
    while True:
        word = _LATIN_WORD.search(text, max(start, begin - _LONGEST), begin)
        if word is None:
            break
        begin = word.start()
    if begin < ending:
        yield begin, end


def _chinese_candidates(
    text: str, start: int, end: int, titles: Iterable[str], lengths: list[int]
) -> Iterator[Span]:
    """Chinese has no spaces: the name may start where a party's name starts, or be as long as one."""
    window = text[max(start, end - max(lengths, default=0) - _MOST_CHANGES) : end]
    for title in titles:
        begin = window.rfind(title[:2])
        if begin >= 0 and not title.isascii():
            yield end - len(window) + begin, end
            return
    for length in lengths:
        if end - length >= start:
            yield end - length, end


def _normal(name: str | None) -> tuple[str, ...]:
    """A name as words, without punctuation and with one spelling of the usual endings; Chinese as
    characters."""
    words = _WORD.findall((name or "").lower().replace("’", "'"))
    return tuple(_SAME.get(word, word) for word in words)


def _resembles(found: tuple[str, ...], declared: tuple[str, ...]) -> bool:
    """Whether two different names are likely meant to be the same: all words but one are, and that one is
    misspelt; in Chinese, a character is wrong, missing or too many. Names that differ in what tells
    companies apart (A and B, 甲 and 乙) are two names."""
    if found[0].isascii() != declared[0].isascii():
        return False
    if found[0].isascii():
        pairs = [pair for pair in zip(found, declared, strict=False) if pair[0] != pair[1]]
        return len(found) == len(declared) and len(pairs) == 1 and _misspelt(*pairs[0])
    first, second = "".join(found), "".join(declared)
    if _FORM.sub("公司", first) == _FORM.sub("公司", second):  # 有限公司 shortened to 公司
        return True
    if max(len(first), len(second)) > _LONGEST or _distance(first, second, 1) > 1:
        return False
    changed = {*first} ^ {*second}
    return min(len(first), len(second)) >= _SHORTEST and not (changed and changed <= TELLING_APART)


def _misspelt(first: str, second: str) -> bool:
    longest = max(len(first), len(second))
    allowed = min(_MOST_CHANGES, longest // 4)
    return longest <= _LONGEST and allowed > 0 and _distance(first, second, allowed) <= allowed


def _distance(first: str, second: str, most: int) -> int:
    """The number of single changes that turn one text into the other, or `most` + 1 if there are more."""
    row = list(range(len(second) + 1))
    for number, character in enumerate(first, start=1):
        previous, row[0] = row[0], number
        for place, other in enumerate(second, start=1):
            previous, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, previous + (character != other)),
            )
        if min(row) > most:
            return most + 1
    return row[-1]
