"""Two places that contradict each other: how they are quoted, and the finding at the later of them."""

from __future__ import annotations

from nda_lint.finding import Finding, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.contract import Contract, Fact
    from nda_lint.finding import Language
    from nda_lint.source import Span

    #: Where it stands, and what is said of it where it is the other place, in English and Chinese.
    Place = tuple[Span, str, str]


def quoted(contract: Contract, fact: Fact) -> str:
    """The values of a fact as they stand in the contract."""
    text = contract.source.text[fact.values[0].span[0] : fact.values[-1].span[1]]
    return " ".join(text.split()).strip('"“”「」『』')


def at_the_later(
    rule: tuple[str, str], language: Language, texts: tuple[str, str], one: Place, other: Place
) -> Finding:
    """An error at the later of two places, which names the earlier; `texts` are English and Chinese."""
    chosen = language == "zh"
    (earlier, *notes), (later, *_) = sorted((one, other), key=lambda place: place[0])
    return Finding(*rule, "error", texts[chosen], later, related=(Related(notes[chosen], earlier),))
