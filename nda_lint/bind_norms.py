"""Trees of sentences → norms."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_conditions import CONDITIONS
from nda_lint.bind_names import actors_of, connective_of, joined_by
from nda_lint.bind_objects import OBJECTS, ObjectBinder
from nda_lint.bind_time import BOUNDS, TIMES, TimeBinder
from nda_lint.bind_whole import one_moment, perform, share, while_it_lasts
from nda_lint.driver import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span

_MODALITIES = {"MUST": "must", "MUST_NOT": "must_not", "MAY": "may", "MAY_ONLY": "may", "NOTHING_BARS": "may"}
_OR = frozenset(mark + word for word in ("or", "或", "或者") for mark in ("", ",", ", ", ",", "、"))
#: what is assigned where it is transferred
_ASSIGNED = frozenset(("agreement", "right", "duty", "claim"))
#: what others do for those who act: who consents is not who may
_OF_OTHERS = frozenset(
    ("consents", "consents_in_writing", "requests", "requests_in_writing", "approved", "approved_in_writing",
     "designated_in_writing", "required_by_court")
)  # fmt: skip
#: what is done to information that was spoken of before: 保管文件,不得复制
_OF_INFORMATION = frozenset(
    (
        "use",
        "disclose",
        "provide",
        "transfer",
        "publish",
        "sell",
        "send",
        "access",
        "copy",
        "modify",
        "retain",
    )
)
#: what things have, not persons: 文件及其副本
_OF_THINGS = frozenset(("copy_of_information", "archival_copy", "backup_data", "carrier"))


class NormBinder(ObjectBinder, TimeBinder):
    """Makes norms; reports through its owner, the binder of the file."""

    def __init__(self, owner: Any) -> None:
        super().__init__(owner)
        self._negated = False
        self._fronted = False

    def norms(self, node: Node, span: Span, block: c.Block) -> list[c.Norm]:
        """The norms that a sentence states: one, and one more for each further action with things of its
        own. What is said once of time, condition or priority holds for all of them."""
        norm = c.Norm(
            None, "must", (), None, False, False, (), None, (), None, (), (), (), False, (), (), (), (), (),
            block, None, span, span,
        )  # fmt: skip
        norms = [norm]
        self._waiting = []
        self._negated = False
        self._bound = None
        self._of_one = []
        self._also_while = []
        self._latest = False
        self._deadlines = []
        self._fronted = node.token("REGARDING") is not None
        for child in node.children:
            if isinstance(child, Node) and child.name in ("further", "more_doing"):
                self._apply_bound(norm)
                norm = self._further(child, norms[0], norm)
                norms.append(norm)
            elif isinstance(child, Node) and child.name == "demand":
                norm = self._demanded(child, norms)
            else:
                self._part(child, norm)
        self._apply_bound(norm)
        if not norms[0].actors:
            actors = self._spoken_of(norms)
            for norm in norms:
                norm.actors = actors
            if not actors:
                self._owner.report("NDA001", "no_actor", norms[0].modality_span)
        share(norms, self._of_one)
        norms = self._twice(norms)
        for norm in norms:
            perform(norm)
            while_it_lasts(norm, self._owner.document.source.text, self._deadlines)
            one_moment(norm)
            self._resolve_possessives(norm)
            assignment(norm)
        for value in self._waiting:
            self._owner.unresolved(value, None, norms[0])
        return norms

    def _further(self, node: Node, first: c.Norm, before: c.Norm) -> c.Norm:
        """A further action, with the subject and the modality of the first."""
        norm = c.Norm(
            first.label, first.modality, first.actors, first.actors_connective, first.only_actors, False, (),
            None, (), None, (), (), (), False, (), (), (), (), (), first.block, first.label_span,
            first.modality_span, first.span,
        )  # fmt: skip
        for child in node.children:
            if isinstance(child, Node) and child.name == "demand_of_one":
                self._demand(child, norm)
            elif isinstance(child, Node) or child.type not in ("ALSO", "COMMA", "FROM"):
                self._part(child, norm)
        joint = node.token("ALSO")
        if joint is not None and norm.modality == "must" and self._text(joint).lower() in _OR:
            self._owner.report("NDA001", "choice_of_sentences", node.span)
        fronted = self._fronted and before is first
        if not norm.things and (
            (fronted and joint is not None and node.node("modal") is None)
            or (joint is None and all(action.id in _OF_INFORMATION for action in norm.actions))
        ):
            # 妥善保管文件,不得复制; 对样品进行检查并记录: the documents, the samples.
            norm.things, norm.things_connective = before.things, before.things_connective
        return norm

    def _demanded(self, node: Node, norms: list[c.Norm]) -> c.Norm:
        """甲方有权要求乙方返还文件并销毁副本: each is a duty of the one who is asked."""
        norm = norms[0]
        self._demand(node, norm)
        for child in node.nodes():
            if child.name == "further":
                norm = self._further(child, norms[0], norm)
                norms.append(norm)
        return norm

    def _demand(self, node: Node, norm: c.Norm) -> None:
        """甲方有权要求乙方返还文件, "Acme may require Beta to return documents": 乙方 must, when 甲方 asks."""
        asking, asked = norm.actors, actors_of(node)
        token = node.token("DEMAND")
        if norm.modality != "may" or norm.only or norm.only_actors or token is None or len(asking) != 1:
            span = token.span if token else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["ACTION"])
            return
        norm.actors = tuple(self._actor(child) for child in asked)
        norm.actors_connective = joined_by(node, asked)
        norm.modality = "must"
        event = v.Event("request", None, None, asking[0], None, token.span)
        window = c.Window("at", None, None, event, None, None, token.span, None, None, None)
        self._add(norm, "windows", window)
        for child in node.children:
            if not isinstance(child, Node):
                if child.type not in ("DEMAND", "COMMA", "AND", "OR", "TO"):
                    self._part(child, norm)
            elif child.name not in ("actor", "further"):
                self._part(child, norm)

    @staticmethod
    def _spoken_of(norms: list[c.Norm]) -> tuple[v.Person, ...]:
        """乙方违约的,应…: who must is who the condition speaks of."""
        for norm in norms:
            for condition in norm.conditions:
                for atom in condition.atoms:
                    if atom.subjects and atom.id not in _OF_OTHERS:
                        return atom.subjects
        return ()

    def _part(self, child: Any, norm: c.Norm) -> None:
        if not isinstance(child, Node):
            if child.type == "MAY":
                norm.modality, norm.modality_span = "may", child.span
            elif child.type == "VAGUE":
                self._add(norm, "windows", self._vague_window(child))
            elif child.type == "IN_WRITING":
                norm.in_writing = True
            elif child.type in BOUNDS:
                self._bound = child
            elif child.type == "NO_LATER":
                self._latest = True
            return
        handler = _PARTS.get(child.name)
        if handler is None:
            raise TypeError(f"no part of a norm is made of {child.name}")
        handler(self, child, norm)

    def _label(self, node: Node, norm: c.Norm) -> None:
        norm.label = str(node.children[0].id)
        norm.label_span = node.span

    def _subject(self, node: Node, norm: c.Norm) -> None:
        norm.only_actors = node.token("ONLY") is not None
        self._described(node, norm)

    def _limited(self, node: Node, norm: c.Norm) -> None:
        """核心信息仅限指定高管查阅: only they may."""
        norm.only_actors = True
        norm.modality = "may"
        norm.modality_span = node.span
        self._described(node, norm)

    def _described(self, node: Node, norm: c.Norm) -> None:
        actors = actors_of(node)
        norm.actors = tuple(self._actor(child) for child in actors)
        norm.actors_connective = joined_by(node, actors)
        self._relative(node, norm, norm.actors)
        self._apart(node, norm)

    def _neither(self, node: Node, norm: c.Norm) -> None:
        """ "neither party may": each party must not; so "no employee", "nobody", "neither Acme nor Beta"."""
        identifier = "person" if node.token("NOBODY") else "each_party"
        norm.actors = tuple(self.person(child) for child in node.nodes()) or (
            v.Person("person", identifier, None, None, None, None, None, node.span),
        )
        norm.actors_connective = "and" if len(norm.actors) > 1 else None
        self._negated = True

    def _modal(self, node: Node, norm: c.Norm) -> None:
        token = node.children[0]
        norm.modality = _MODALITIES[token.type]  # type: ignore[assignment]
        if self._negated:
            if token.type == "MUST_NOT":
                self._owner.report(
                    "NDA001", "unexpected", token.span, found=self._text(token), expected=["MUST", "MAY"]
                )
            norm.modality = "must_not"
        norm.modality_span = node.span
        if token.type == "MAY_ONLY":
            norm.only = True

    def _predicate(self, node: Node, norm: c.Norm) -> None:
        only = node.token("ONLY")
        if only is not None:
            norm.only = True
            if norm.modality == "must_not":
                self._owner.report("NDA001", "must_not_only", (norm.modality_span[0], only.span[1]))
        ensure = node.node("ensure")
        if ensure is not None:
            norm.actions = (v.Word("ensure_compliance", None, None, ensure.span),)
            for child in actors_of(ensure):
                person = self._actor(child)
                thing = v.Thing("person", None, None, None, person, None, None, None, person.span)
                self._add(norm, "things", thing)
            norm.things_connective = "and" if len(norm.things) > 1 else None
            return
        effort = node.node("effort")
        if effort is not None:
            # "use reasonable efforts to protect" says "protect by reasonable efforts".
            word = self._word(effort, "MEANS")
            self._add(norm, "means", c.Words((word,), None, False, effort.span))
        actions = (effort or node).node("actions")
        if actions is None:
            raise TypeError("a predicate has actions")
        self._acts(actions, "ACTION", norm)

    def _doing(self, node: Node, norm: c.Norm) -> None:
        """ "from reporting or disclosing"."""
        self._acts(node, "GERUND", norm)

    def _acts(self, node: Node, terminal: str, norm: c.Norm) -> None:
        words = [self._word(child, terminal) for child in node.nodes()]
        # Two words may name one action: decompile, disassemble.
        norm.actions = tuple({(word.id, word.text): word for word in reversed(words)}.values())[::-1]
        norm.connective = connective_of(node) if len(norm.actions) > 1 else None

    def _answers(self, node: Node, norm: c.Norm) -> None:
        """ "is liable for": a duty without a modal verb."""
        norm.modality = "must"
        norm.modality_span = node.span
        norm.actions = (v.Word("answer_for", None, None, node.span),)

    def _not_answers(self, node: Node, norm: c.Norm) -> None:
        """ "is not liable for"."""
        self._answers(node, norm)
        norm.modality = "must_not"

    def _subject_again(self, node: Node, norm: c.Norm) -> None:
        norm.actors = tuple(self.person(child) for child in node.nodes())
        norm.actors_connective = connective_of(node)

    def _priority(self, node: Node, norm: c.Norm) -> None:
        for token in node.children:
            if token.type == "REFERENCE":
                self._add(norm, "priorities", c.Priority(node.name, str(token.id), token.span))
            elif token.type == "ANYTHING":
                self._add(norm, "priorities", c.Priority(node.name, "", token.span))

    def _freed(self, node: Node, norm: c.Norm) -> None:
        """ "nothing in this agreement prevents": whatever else it says, they may."""
        self._modal(node, norm)
        self._add(norm, "priorities", c.Priority("notwithstanding", "", node.span))

    def _resolve_possessives(self, norm: c.Norm) -> None:
        """ "its employees" are those of the actor, or of the first one where they act themselves."""
        if not norm.actors:
            return
        actor = norm.actors[0]
        things = (*norm.things, *norm.exceptions)
        owned: list[Any] = [*norm.actors[1:], *things]
        owned += [person for recipients in norm.recipients for person in recipients.persons]
        owned += [thing.person for thing in things if thing.person is not None]
        owned += [
            person for condition in norm.conditions for atom in condition.atoms for person in atom.subjects
        ]
        owned += [one.of for one in owned if one.of is not None]  # its employees' acts
        for before, thing in zip(norm.things, norm.things[1:], strict=False):
            # 文件及其副本: the copies of the documents
            if (
                thing.id in _OF_THINGS
                and thing.of is not None
                and thing.of.id == "self"
                and before.kind != "person"
            ):
                thing.of = None
        for one in owned:
            if one.of is not None and one.of.id == "self":
                one.of = actor


def assignment(norm: c.Norm) -> None:
    """转让本协议 is no disclosure of information: agreements, rights and duties are assigned."""
    if not norm.things or any(thing.kind != "object" or thing.id not in _ASSIGNED for thing in norm.things):
        return
    words = [
        v.Word("assign", None, None, word.span) if word.id == "transfer" else word for word in norm.actions
    ]
    norm.actions = tuple({(word.id, word.text): word for word in reversed(words)}.values())[::-1]
    norm.connective = norm.connective if len(norm.actions) > 1 else None


_PARTS: dict[str, Any] = {
    **TIMES,
    **CONDITIONS,
    **OBJECTS,
    "label": NormBinder._label,
    "subject": NormBinder._subject,
    "neither": NormBinder._neither,
    "modal": NormBinder._modal,
    "banned": NormBinder._modal,
    "freed": NormBinder._freed,
    "doing": NormBinder._doing,
    "predicate": NormBinder._predicate,
    "answers": NormBinder._answers,
    "not_answers": NormBinder._not_answers,
    "bare_modal": NormBinder._modal,
    "limited": NormBinder._limited,
    "subject_again": NormBinder._subject_again,
    "subject_to": NormBinder._priority,
    "notwithstanding": NormBinder._priority,
    "failing_which": NormBinder._priority,
}
