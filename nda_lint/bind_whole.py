"""What the parts of a sentence say together, once all of them are bound."""

from __future__ import annotations

from nda_lint import contract as c

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: what goes on while a time lasts, rather than once within it: 终止后 5 年内应当保密
_GOES_ON = frozenset(("protect", "keep_secret", "retain", "comply_with"))


def share(norms: list[c.Norm], of_one: list[Any]) -> None:
    """Give to all norms of one sentence what is said once for all of them.

    What stands before the first action or after the last one's things speaks of the whole sentence: the
    canon that a modifier of a series modifies each of its members.
    """
    first, last = norms[0], norms[-1]
    if first is last:
        return
    begin, end = first.actions[0].span[0], last.actions[0].span[0]
    for slot in ("windows", "conditions", "priorities", "exceptions"):
        leading, trailing = (
            [item for item in getattr(norm, slot) if not any(item is own for own in of_one)]
            for norm in (first, last)
        )
        leading = [item for item in leading if item.span[0] < begin]
        # What is left out at the end is left out of the last one's things.
        trailing = [item for item in trailing if item.span[0] > end and slot != "exceptions"]
        for norm in norms:
            own = getattr(norm, slot)
            if slot == "windows" and own and norm is not first and all(_without_start(one) for one in own):
                # 如发生泄密,应当在 1 日内通知并在 5 日内补救: both times run from the leak.
                own = (*(one for one in leading if _is_moment(one)), *own)
                setattr(norm, slot, own)
            if slot == "windows" and own and norm is not first and norm is not last:
                continue
            if norm is not first and (slot != "windows" or not own):
                own = (*leading, *own)
            if norm is not last and (slot != "windows" or not own):
                own = (*own, *trailing)
            setattr(norm, slot, own)


def _is_moment(window: c.Window) -> bool:
    """终止时, 终止后: an event without a length of time."""
    empty = window.amount is None and window.vague is None and window.special is None
    return empty and window.event is not None and window.relation in ("at", "after")


def _without_start(window: c.Window) -> bool:
    """10 日内: of what is left to say."""
    lasts = window.relation == "for" and window.amount is not None
    return (lasts or window.relation == "within") and window.event is None


def one_moment(norm: c.Norm) -> None:
    """如发生泄密,乙方应当在 24 小时内通知甲方: the hours run from the leak."""
    moments = [window for window in norm.windows if _is_moment(window)]
    limits = [window for window in norm.windows if _without_start(window)]
    if len(moments) != 1 or len(limits) != 1:
        return
    if moments[0].relation == "after" and moments[0].span[0] > limits[0].span[0]:
        return
    limit = c.Window(*(getattr(limits[0], slot) for slot in c.Window.__slots__))
    limit.event = moments[0].event
    norm.windows = tuple(
        limit if window is limits[0] else window for window in norm.windows if window is not moments[0]
    )


def perform(norm: c.Norm) -> None:
    """承担保密义务: duties are performed; costs are borne."""
    if norm.things and all(thing.id in ("duty", "confidentiality_duty") for thing in norm.things):
        for action in norm.actions:
            if action.id == "bear_costs":
                action.id = "perform"


def goes_on(norm: c.Norm) -> bool:
    """Whether the norm demands what goes on for a time: keeping, protecting, complying."""
    return norm.modality == "must" and all(
        action.id in _GOES_ON
        or (action.id == "perform" and all(thing.id == "confidentiality_duty" for thing in norm.things))
        for action in norm.actions
    )


def while_it_lasts(norm: c.Norm, text: str, deadlines: list[c.Window]) -> None:
    """乙方应当在终止后 5 年内保守商业秘密: 内 is said of what goes on for that time as
    well, unless it is a deadline (最迟在 5 日内)."""
    if not goes_on(norm):
        return
    for index, window in enumerate(norm.windows):
        written = text[slice(*window.span)]
        exempt = any(window is deadline for deadline in deadlines)
        if window.relation == "within" and window.amount is not None and "内" in written and not exempt:
            lasting = c.Window(*(getattr(window, slot) for slot in c.Window.__slots__))
            lasting.relation = "for"
            norm.windows = (*norm.windows[:index], lasting, *norm.windows[index + 1 :])
