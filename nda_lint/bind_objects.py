"""What an action is done to, who receives it, what for and how."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_conditions import ConditionBinder
from nda_lint.bind_names import actors_of, connective_of, joined_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.driver import Node

#: what a grade in quotation marks may stand before
_GRADED = frozenset(("information", "document", "confidential_information"))
_PREPOSITIONS = {"TO": "to", "WITH": "with", "FROM": "from"}


class ObjectBinder(ConditionBinder):
    """Binds things, recipients, purposes and means."""

    #: conditions and exceptions that are said of one action alone
    _of_one: list[Any]

    def _things(self, node: Node, norm: c.Norm) -> None:
        if any(child.node("told") for child in node.nodes()):
            self._told_person(node, norm)
            return
        things = tuple(self.thing(child) for child in node.nodes())
        before = norm.things
        if not before:
            norm.things = things
            norm.things_connective = connective_of(node)
        elif (
            before[-1].kind == "action"
            and things[0].kind != "action"
            and (self._is_access_to(before[-1]) or not _may_be_a_duty(before))
        ):
            self._about(norm, before[-1], things, connective_of(node))
        elif norm.actions and norm.actions[0].id == "ensure_compliance":
            # "ensure that its employees comply with this agreement"
            norm.things = (*before, *things)
            norm.things_connective = "and"
        elif all(thing.kind == "person" for thing in before):
            # "pay Acme liquidated damages": the person receives it.
            self._receive(norm)
            norm.things = things
            norm.things_connective = connective_of(node)
        elif things[0].kind == "object" and things[0].id in _GRADED and self._is_grade(before[-1]):
            # "copy "Core" documents": the grade in quotation marks
            last = before[-1]
            graded = v.Thing(
                "graded", things[0].id, last.text, None, None, last.every, None, None,
                (last.span[0], things[0].span[1]),
            )  # fmt: skip
            norm.things = (*before[:-1], graded, *things[1:])
            norm.things_connective = norm.things_connective or connective_of(node)
        elif len(things) == 1 and things[0].kind == "text" and things[0].term is None:
            # "mark documents "Confidential"": how it is done
            word = v.Word(None, things[0].text, None, things[0].span)
            self._add(norm, "means", c.Words((word,), None, False, things[0].span))
        else:
            found = self._owner.document.source.text[node.span[0] : node.span[1]]
            self._owner.report("NDA001", "two_things", node.span, found=found)
            norm.things = (*before, *things)
            norm.things_connective = "and"

    def _about(self, norm: c.Norm, noun: v.Thing, things: tuple[v.Thing, ...], joined: c.Connective) -> None:
        """ "every access to core information", 每次查阅核心信息: what the action of a noun is done to."""
        written = self._owner.document.source.text[noun.span[0] : noun.span[1]]
        persons = tuple(thing.person for thing in things if thing.person is not None)
        if persons and len(persons) == len(things) and written.lower().endswith(" to"):
            # "access to Acme and its employees" is given to them.
            span = (things[0].span[0], things[-1].span[1])
            self._add(norm, "recipients", c.Recipients("to", persons, joined, False, span))
            return
        noun.about = things[0]
        norm.things = (*norm.things, *things[1:])
        norm.things_connective = norm.things_connective or joined

    def _is_access_to(self, noun: v.Thing) -> bool:
        """ "access to" can be no verb."""
        return self._owner.document.source.text[slice(*noun.span)].lower().endswith(" to")  # type: ignore[no-any-return]

    def _is_grade(self, thing: v.Thing) -> bool:
        return thing.kind == "text" and thing.text in self._owner.document.names.grades

    def _receive(self, norm: c.Norm) -> None:
        """The persons that an action is done to are those who receive what follows."""
        things = [thing for thing in norm.things if thing.kind == "person"]
        persons = tuple(thing.person for thing in things if thing.person is not None)
        if persons:
            span = (things[0].span[0], things[-1].span[1])
            self._add(norm, "recipients", c.Recipients("to", persons, norm.things_connective, False, span))
        norm.things = tuple(thing for thing in norm.things if thing.kind != "person")
        norm.things_connective = None

    def _told_of(self, node: Node, norm: c.Norm) -> None:
        """ "notify Acme of leaks", "compensate Acme for losses"."""
        things = tuple(self.thing(child) for child in node.nodes())
        if norm.things and norm.things[-1].kind == "action":
            # "every disclosure of core information"
            norm.things[-1].about = things[0]
            norm.things = (*norm.things, *things[1:])
            norm.things_connective = norm.things_connective or connective_of(node)
            return
        self._receive(norm)
        lead = node.token("WITH") or node.token("AGAINST")
        if norm.things and lead is not None:
            # "provide Acme with samples", but not "protect samples with copies".
            self._owner.report("NDA001", "unexpected", lead.span, found=self._text(lead), expected=["BY"])
        norm.things = (*norm.things, *things)
        norm.things_connective = connective_of(node)

    def _told_person(self, node: Node, norm: c.Norm) -> None:
        """ "notify the other party of leaks and disputes": who is told, and of what."""
        self._receive(norm)
        objects = node.nodes()
        last = next(i for i, child in enumerate(objects) if child.node("told"))
        told = objects[last].node("told") or node
        norm.things = tuple(self.thing(child) for child in objects[:last])
        addressee = self.person(objects[last])
        norm.things += (v.Thing("person", None, None, None, addressee, None, None, None, addressee.span),)
        norm.things_connective = connective_of(node) if last else None
        self._receive(norm)
        norm.things += (self.thing(told), *(self.thing(child) for child in objects[last + 1 :]))
        norm.things_connective = connective_of(node) if len(norm.things) > 1 else None

    def _topic(self, node: Node, norm: c.Norm) -> None:
        """核心信息 at the head of the sentence is what the action is done to."""
        norm.things = (self.thing(node),)

    def _recipients(self, node: Node, norm: c.Norm) -> None:
        preposition = next(
            _PREPOSITIONS[t.type] for t in node.children if getattr(t, "type", None) in _PREPOSITIONS
        )
        actors = actors_of(node)
        persons = tuple(self._actor(child) for child in actors)
        only = node.token("ONLY") is not None
        if preposition == "with" and _is_marking(norm) and all(_is_phrase(person) for person in persons):
            # "mark documents with "Confidential"": what they are marked with
            words = tuple(v.Word(None, person.text, None, person.span) for person in persons)
            self._add(norm, "means", c.Words(words, joined_by(node, actors), only, node.span))
            return
        self._add(
            norm,
            "recipients",
            c.Recipients(preposition, persons, joined_by(node, actors), only, node.span),
        )
        conditions, exceptions = len(norm.conditions), len(norm.exceptions)
        self._relative(node, norm, ())
        self._apart(node, norm)
        # Of these recipients it is said, and so of this action only.
        self._of_one += [*norm.conditions[conditions:], *norm.exceptions[exceptions:]]

    def _source(self, node: Node, norm: c.Norm) -> None:
        """自第三方: the same word that begins a time opens the person from whom."""
        persons = tuple(self._actor(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("from", persons, connective_of(node), False, node.span))

    def _receiver(self, node: Node, norm: c.Norm) -> None:
        """将…返还甲方: the person behind the action receives it."""
        persons = tuple(self.person(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("to", persons, connective_of(node), False, node.span))

    def _directed(self, node: Node, norm: c.Norm) -> None:
        persons = tuple(self._actor(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("to", persons, connective_of(node), False, node.span))

    def _purposes(self, node: Node, norm: c.Norm) -> None:
        words = tuple(self._word(child, "PURPOSE") for child in node.nodes())
        only = node.token("ONLY") is not None or node.token("ONLY_FOR") is not None
        self._add(norm, "purposes", c.Words(words, connective_of(node), only, node.span))

    def _other_purposes(self, node: Node, norm: c.Norm) -> None:
        """ "must not use … for any purpose other than P" says "must use … only for P"."""
        words = tuple(self._word(child, "PURPOSE") for child in node.nodes())
        if norm.modality == "must_not":
            norm.modality = "must"
        else:
            token = node.token("OTHER_THAN") or node.token("EXCEPT") or node.token("BEYOND")
            span = token.span if token else node.span
            self._owner.report(
                "NDA001", "unexpected", span, found=self._owner.document.source.text[span[0] : span[1]],
                expected=["PURPOSE"],
            )  # fmt: skip
        self._add(norm, "purposes", c.Words(words, connective_of(node), True, node.span))

    def _used_for(self, node: Node, norm: c.Norm) -> None:
        token = node.token("USE_FOR")
        span = token.span if token else node.span
        norm.actions = (v.Word("use", None, None, span),)
        if node.token("OTHER_THAN"):
            self._other_purposes(node, norm)
            return
        words = tuple(self._word(child, "PURPOSE") for child in node.nodes())
        # 仅将…用于 and 将…仅用于 restrict the purpose.
        only = norm.only
        norm.only = False
        self._add(norm, "purposes", c.Words(words, connective_of(node), only, node.span))

    def _means(self, node: Node, norm: c.Norm) -> None:
        words = tuple(self._word(child, "MEANS") for child in node.nodes())
        only = node.token("ONLY") is not None
        self._add(norm, "means", c.Words(words, connective_of(node), only, node.span))

    def _secret(self, node: Node, norm: c.Norm) -> None:
        """ "keep … secret" is one action in two pieces."""
        kept = next((action for action in norm.actions if action.id == "retain"), None)
        text = self._text(node)
        if kept is not None:
            kept.id = "keep_secret"
        elif text.lower().startswith("in "):
            word = v.Word("in_confidence", None, None, node.span)
            self._add(norm, "means", c.Words((word,), None, False, node.span))
        else:
            self._owner.report("NDA001", "unexpected", node.span, found=text, expected=["OBJECT"])

    def _placed(self, node: Node, norm: c.Norm) -> None:
        """存放于保险柜: where it is put."""
        self._add(norm, "means", c.Words((self._word(node, "MEANS"),), None, False, node.span))


def _is_marking(norm: c.Norm) -> bool:
    return any(action.id == "mark" for action in norm.actions)


def _is_phrase(person: v.Person) -> bool:
    """Whether a quoted phrase that nothing defines stands where a person could."""
    return person.kind == "text" and person.term is None


def _may_be_a_duty(things: tuple[v.Thing, ...]) -> bool:
    """返还文件,销毁副本: behind a thing, the noun of an action may as well be the verb of a second duty."""
    return len(things) > 1 and not things[-1].every and things[-2].kind != "action"


OBJECTS: dict[str, Any] = {
    "secret": ObjectBinder._secret,
    "topic": ObjectBinder._topic,
    "told_of": ObjectBinder._told_of,
    "supplied": ObjectBinder._told_of,
    "placed": ObjectBinder._placed,
    "things": ObjectBinder._things,
    "recipients": ObjectBinder._recipients,
    "source": ObjectBinder._source,
    "receiver": ObjectBinder._receiver,
    "other_purposes": ObjectBinder._other_purposes,
    "directed": ObjectBinder._directed,
    "purposes": ObjectBinder._purposes,
    "sole_purpose": ObjectBinder._purposes,
    "marked_as": ObjectBinder._means,
    "used_for": ObjectBinder._used_for,
    "means": ObjectBinder._means,
}
