"""Contradictions between norms as findings: what is wrong, where the other places are, and the witness."""

from __future__ import annotations

from nda_lint.analysis.norms.compare import Comparison
from nda_lint.finding import Finding, Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from nda_lint.analysis.norms.compare import Clash
    from nda_lint.analysis.norms.fixes import Fixes
    from nda_lint.analysis.norms.witness import Witnesses
    from nda_lint.analysis.norms.words import Words
    from nda_lint.contract import Contract
    from nda_lint.finding import Language
    from nda_lint.source import Span

#: The codes of contradictions for which there may be words that mend them.
MENDABLE = frozenset(("NDA302", "NDA303", "NDA304"))
_NAMES = {
    "NDA302": "forbidden-but-required",
    "NDA303": "forbidden-but-permitted",
    "NDA304": "incompatible-duties",
    "NDA305": "conflicting-deadlines",
    "NDA322": "unreachable-norm",
}
#: What is wrong → in English and in Chinese; `{act}` is what is done.
_MESSAGES = {
    "required": (
        "One place requires what another forbids: to {act}.",
        "一处要求、另一处禁止：{act}。",
    ),
    "choice": (
        "Every way to perform this duty is forbidden.",
        "履行该义务的各种方式均被禁止。",
    ),
    "permitted": (
        "One place permits what another forbids: to {act}.",
        "一处允许、另一处禁止：{act}。",
    ),
    "within": (
        "A permission lies within a ban, and neither mentions the other; it may be read as an exception: say so.",
        "该许可完全处于另一处的禁止之内，二者互未提及；该许可可能被理解为例外，请予写明。",
    ),
    "entailed": (
        "A disclosure that one place permits gives access that another forbids: to {act}.",
        "一处允许的披露使对方得以接触，而另一处禁止：{act}。",
    ),
    "incompatible": (
        "Two duties cannot both be performed: to {act} and to {act2}.",
        "两项义务无法同时履行：{act}与{act2}。",
    ),
    "disjoint": (
        "One duty has two deadlines that have no moment in common.",
        "同一义务有两个期限，且二者没有重合之时。",
    ),
    "deadlines": (
        "One duty has two deadlines.",
        "同一义务有两个不同的期限。",
    ),
    "lengths": (
        "One duty lasts for two lengths of time.",
        "同一义务有两个不同的持续期间。",
    ),
    "empty": (
        "No situation falls under this sentence: its own parts exclude each other.",
        "没有任何情形适用该句：其各部分相互排斥。",
    ),
    "yields": (
        "This sentence never applies: another that says the opposite covers all of it and always prevails.",
        "该句永无适用余地：另一相反约定完全涵盖该句，且始终优先。",
    ),
    "prevails": (
        "This sentence always prevails over another that says the opposite, and leaves nothing of it.",
        "该句始终优先于另一相反约定，致使后者永无适用余地。",
    ),
}  # fmt: skip
_NOTES = {
    "forbids": ("Forbidden here.", "此处禁止。"),
    "requires": ("Required here.", "此处要求。"),
    "permits": ("Permitted here.", "此处允许。"),
    "demands": ("The other duty.", "另一项义务。"),
    "prevails": ("This prevails.", "此处优先。"),
    "yields": ("This yields.", "此处让位。"),
}


def norm_contradictions(contract: Contract, language: Language, tables: Mapping[str, Any]) -> list[Finding]:
    """Where the norms of a contract contradict each other; `tables` are the compiled ones."""
    comparison = Comparison(contract, tables)
    clashes = comparison.clashes()
    if not clashes:
        return []
    from nda_lint.analysis.norms.fixes import Fixes
    from nda_lint.analysis.norms.witness import Witnesses
    from nda_lint.analysis.norms.words import Words

    known = _known(contract, tables)
    witnesses = Witnesses(contract, comparison.world, tables)
    words = Words(contract, tables["names"], language)
    # Words that mend are tried out on the whole contract; while it is edited they are looked for when somebody asks.
    fixes = Fixes(contract, comparison, clashes, tables, language) if contract.memo is None else None
    return [
        _finding(clash, witnesses, words, fixes, language)
        for clash in clashes
        if clash.code != "NDA303" or _places(clash) not in known
    ]


def _known(contract: Contract, tables: Mapping[str, Any]) -> Collection[tuple[Span, ...]]:
    """Pairs of places that are reported already, as persons who may see a grade in one place and not in the other."""
    if "classification.grade" not in contract.facts_by_field:
        return ()
    from nda_lint.analysis.grades import access_against_grades

    return {
        tuple(sorted((finding.span, *(related.span for related in finding.related))))
        for finding in access_against_grades(contract, "en", tables)
    }


def _places(clash: Clash) -> tuple[Span, ...]:
    return tuple(norm.span for norm in clash.norms)


def _finding(
    clash: Clash, witnesses: Witnesses, words: Words, fixes: Fixes | None, language: Language
) -> Finding:
    chinese = language == "zh"
    last = clash.meanings[-1]
    message = _MESSAGES[_kind(clash)][chinese]
    if "{act}" in message:
        acts = witnesses.acts(clash, words)
        message = message.format(act=acts[0], act2=acts[-1])
    related = tuple(
        Related(_NOTES[_note(clash, meaning is clash.first)][chinese], meaning.norm.span)
        for meaning in clash.meanings[:-1]
    )
    return Finding(
        clash.code, _NAMES[clash.code], clash.severity, message, last.norm.span, related=related,
        witness=witnesses.of(clash), fix=None if fixes is None else fixes.of(clash),
    )  # fmt: skip


def _kind(clash: Clash) -> str:
    """Which of the messages a contradiction takes."""
    if clash.code == "NDA302":
        return "choice" if len(clash.first.alternatives) > 1 else "required"
    if clash.code == "NDA303":
        return "entailed" if clash.entailed else "within" if clash.severity == "warning" else "permitted"
    if clash.code == "NDA304":
        return "incompatible"
    if clash.code == "NDA305":
        if clash.severity == "error":
            return "disjoint"
        lasting = clash.windows is not None and clash.windows[0].relation == "for"
        return "lengths" if lasting else "deadlines"
    if len(clash.meanings) == 1:
        return "empty"
    return "yields" if clash.first is clash.meanings[-1] else "prevails"


def _note(clash: Clash, first: bool) -> str:
    """What another place says."""
    if clash.code in ("NDA304", "NDA305"):
        return "demands"
    if clash.code == "NDA322":
        return "yields" if first else "prevails"
    if not first:
        return "forbids"
    return "requires" if clash.code == "NDA302" else "permits"
