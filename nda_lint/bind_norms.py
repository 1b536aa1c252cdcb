"""Trees of sentences → norms."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint.bind_whole import one_moment, perform, share, while_it_lasts
from nda_lint.driver import Node
from nda_lint.lexer import normalise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span

_MODALITIES = {"MUST": "must", "MUST_NOT": "must_not", "MAY": "may", "MAY_ONLY": "may"}
_BOUNDS: dict[str, c.Bound] = {"AT_LEAST": "at_least", "AT_MOST": "at_most"}
_OR = frozenset(mark + word for word in ("or", "或", "或者") for mark in ("", ",", ", ", ",", "、"))
#: what is assigned where it is transferred
_ASSIGNED = frozenset(("agreement", "right", "duty", "claim"))
#: what a grade in quotation marks may stand before
_GRADED = frozenset(("information", "document", "confidential_information"))
#: what others do for those who act: who consents is not who may
_OF_OTHERS = frozenset(
    ("consents", "consents_in_writing", "requests", "requests_in_writing", "approved", "approved_in_writing",
     "designated_in_writing", "required_by_court")
)  # fmt: skip
#: a person who is still to be named
_BLANK = "____"
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
_PREPOSITIONS = {"TO": "to", "WITH": "with", "FROM": "from"}


class NormBinder:
    """Makes norms; reports through its owner, the binder of the file."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner
        self._waiting: list[c.Value] = []
        self._negated = False
        self._bound: Any = None
        self._of_one: list[Any] = []
        self._also_while: list[tuple[c.Window, c.Condition]] = []
        self._latest = False
        self._deadlines: list[c.Window] = []
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
            if isinstance(child, Node) and child.name == "further":
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
            elif isinstance(child, Node) or child.type not in ("ALSO", "COMMA"):
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
        asking, asked = norm.actors, _actors(node)
        token = node.token("DEMAND")
        if norm.modality != "may" or norm.only or norm.only_actors or token is None or len(asking) != 1:
            span = token.span if token else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["ACTION"])
            return
        norm.actors = tuple(self._actor(child) for child in asked)
        norm.actors_connective = _joined_by(node, asked)
        norm.modality = "must"
        event = c.Event("request", None, None, asking[0], None, token.span)
        window = c.Window("at", None, None, event, None, None, token.span, None, None, None)
        self._add(norm, "windows", window)
        for child in node.children:
            if not isinstance(child, Node):
                if child.type not in ("DEMAND", "COMMA", "AND", "OR", "TO"):
                    self._part(child, norm)
            elif child.name not in ("actor", "further"):
                self._part(child, norm)

    @staticmethod
    def _spoken_of(norms: list[c.Norm]) -> tuple[c.Person, ...]:
        """乙方违约的,应…: who must is who the condition speaks of."""
        for norm in norms:
            for condition in norm.conditions:
                for atom in condition.atoms:
                    if atom.subjects and atom.id not in _OF_OTHERS:
                        return atom.subjects
        return ()

    def _apply_bound(self, norm: c.Norm) -> None:
        """至少保存 6 个月, 至少每年检查: the bound may stand far before what it bounds."""
        token, self._bound = self._bound, None
        if token is None:
            return
        bound = _BOUNDS[token.type]
        for measured in (*norm.windows[::-1], *norm.frequencies[::-1]):
            if not isinstance(measured, (c.Window, c.Frequency)) or measured.bound is not None:
                continue
            if isinstance(measured, c.Frequency) or measured.amount is not None:
                measured.bound = bound
                return
        self._owner.report("NDA001", "unexpected", token.span, found=self._text(token), expected=["ACTION"])

    def _text(self, token: Any) -> str:
        text: str = self._owner.document.source.text[token.span[0] : token.span[1]]
        return text

    def _part(self, child: Any, norm: c.Norm) -> None:
        if not isinstance(child, Node):
            if child.type == "MAY":
                norm.modality, norm.modality_span = "may", child.span
            elif child.type == "VAGUE":
                self._add(norm, "windows", self._vague_window(child))
            elif child.type == "IN_WRITING":
                norm.in_writing = True
            elif child.type in _BOUNDS:
                self._bound = child
            elif child.type == "NO_LATER":
                self._latest = True
            return
        handler = _HANDLERS.get(child.name)
        if handler is None:
            raise TypeError(f"no part of a norm is made of {child.name}")
        handler(self, child, norm)

    @staticmethod
    def _add(norm: c.Norm, slot: str, value: object) -> None:
        setattr(norm, slot, (*getattr(norm, slot), value))

    # --- parts ----------------------------------------------------------------------------

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
        actors = _actors(node)
        norm.actors = tuple(self._actor(child) for child in actors)
        norm.actors_connective = _joined_by(node, actors)
        self._relative(node, norm, norm.actors)
        self._apart(node, norm)

    def _relative(self, node: Node, norm: c.Norm, of: tuple[c.Person, ...]) -> None:
        """ "employees who need to know", 有知悉必要的员工: a condition."""
        relative = node.node("relative")
        if relative is None:
            return
        span = relative.span
        tokens = [token for token in relative.children if token.type == "CONDITION_PREDICATE"]
        ids = [token.id for token in tokens] or ["needs_to_know"]
        atoms = tuple(c.ConditionAtom(id_, None, of, span) for id_ in ids)
        connective = None if len(atoms) < 2 else "or" if relative.token("OR") else "and"
        if relative.token("OR") and relative.token("AND"):
            self._owner.report("NDA001", "mixed_connectives", span)
        self._add(norm, "conditions", c.Condition("if", connective, atoms, span))

    def _apart(self, node: Node, norm: c.Norm) -> None:
        """除员工外的任何人: these persons are left out."""
        apart = node.node("apart")
        if apart is None:
            return
        persons = apart.node("persons") or apart
        for child in persons.nodes():
            self._except_person(child, norm)

    def _except_person(self, node: Node, norm: c.Norm) -> None:
        person = self.person(node)
        thing = c.Thing("person", None, None, None, person, None, None, None, person.span)
        self._add(norm, "exceptions", thing)

    def _neither(self, node: Node, norm: c.Norm) -> None:
        """ "neither party may": each party must not; so "no employee", "nobody", "neither Acme nor Beta"."""
        identifier = "person" if node.token("NOBODY") else "each_party"
        norm.actors = tuple(self.person(child) for child in node.nodes()) or (
            c.Person("person", identifier, None, None, None, None, None, node.span),
        )
        norm.actors_connective = "and" if len(norm.actors) > 1 else None
        self._negated = True

    def _secret(self, node: Node, norm: c.Norm) -> None:
        """ "keep … secret" is one action in two pieces."""
        kept = next((action for action in norm.actions if action.id == "retain"), None)
        text = self._text(node)
        if kept is not None:
            kept.id = "keep_secret"
        elif text.lower().startswith("in "):
            word = c.Word("in_confidence", None, None, node.span)
            self._add(norm, "means", c.Words((word,), None, False, node.span))
        else:
            self._owner.report("NDA001", "unexpected", node.span, found=text, expected=["OBJECT"])

    def _times(self, node: Node, norm: c.Norm) -> None:
        """每年审计乙方一次: the number of times stands behind the object."""
        last = norm.frequencies[-1] if norm.frequencies else None
        token = node.token("COUNT") or node.token("NUMBER")
        if isinstance(last, c.Frequency) and token is not None:
            last.count = int(str(token.id))
            bound = "at_least" if node.token("AT_LEAST") else "at_most" if node.token("AT_MOST") else None
            last.bound = last.bound or bound  # type: ignore[assignment]
        elif token is not None and (norm.modality == "may" or int(str(token.id)) > 1):
            # Of 进行一次审计 the number says nothing; of any other it must not be lost.
            self._owner.report("NDA001", "unexpected", node.span, found=self._text(node), expected=["EVERY"])

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
            norm.actions = (c.Word("ensure_compliance", None, None, ensure.span),)
            persons = ensure.node("persons")
            for child in persons.nodes() if persons is not None else ():
                person = self.person(child)
                thing = c.Thing("person", None, None, None, person, None, None, None, person.span)
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
        words = [self._word(child, "ACTION") for child in actions.nodes()]
        # Two words may name one action: decompile, disassemble.
        norm.actions = tuple({(word.id, word.text): word for word in reversed(words)}.values())[::-1]
        norm.connective = _connective(actions) if len(norm.actions) > 1 else None

    def _answers(self, node: Node, norm: c.Norm) -> None:
        """ "is liable for": a duty without a modal verb."""
        norm.modality = "must"
        norm.modality_span = node.span
        norm.actions = (c.Word("answer_for", None, None, node.span),)

    def _things(self, node: Node, norm: c.Norm) -> None:
        if any(child.node("told") for child in node.nodes()):
            self._told_person(node, norm)
            return
        things = tuple(self.thing(child) for child in node.nodes())
        before = norm.things
        if not before:
            norm.things = things
            norm.things_connective = _connective(node)
        elif (
            before[-1].kind == "action"
            and things[0].kind != "action"
            and (self._is_access_to(before[-1]) or not _may_be_a_duty(before))
        ):
            self._about(norm, before[-1], things, _connective(node))
        elif norm.actions and norm.actions[0].id == "ensure_compliance":
            # "ensure that its employees comply with this agreement"
            norm.things = (*before, *things)
            norm.things_connective = "and"
        elif all(thing.kind == "person" for thing in before):
            # "pay Acme liquidated damages": the person receives it.
            self._receive(norm)
            norm.things = things
            norm.things_connective = _connective(node)
        elif things[0].kind == "object" and things[0].id in _GRADED and self._is_grade(before[-1]):
            # "copy "Core" documents": the grade in quotation marks
            last = before[-1]
            graded = c.Thing(
                "graded", things[0].id, last.text, None, None, last.every, None, None,
                (last.span[0], things[0].span[1]),
            )  # fmt: skip
            norm.things = (*before[:-1], graded, *things[1:])
            norm.things_connective = norm.things_connective or _connective(node)
        elif len(things) == 1 and things[0].kind == "text" and things[0].term is None:
            # "mark documents "Confidential"": how it is done
            word = c.Word(None, things[0].text, None, things[0].span)
            self._add(norm, "means", c.Words((word,), None, False, things[0].span))
        else:
            found = self._owner.document.source.text[node.span[0] : node.span[1]]
            self._owner.report("NDA001", "two_things", node.span, found=found)
            norm.things = (*before, *things)
            norm.things_connective = "and"

    def _about(self, norm: c.Norm, noun: c.Thing, things: tuple[c.Thing, ...], joined: c.Connective) -> None:
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

    def _is_access_to(self, noun: c.Thing) -> bool:
        """ "access to" can be no verb."""
        return self._owner.document.source.text[slice(*noun.span)].lower().endswith(" to")  # type: ignore[no-any-return]

    def _is_grade(self, thing: c.Thing) -> bool:
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
            norm.things_connective = norm.things_connective or _connective(node)
            return
        self._receive(norm)
        lead = node.token("WITH") or node.token("AGAINST")
        if norm.things and lead is not None:
            # "provide Acme with samples", but not "protect samples with copies".
            self._owner.report("NDA001", "unexpected", lead.span, found=self._text(lead), expected=["BY"])
        norm.things = (*norm.things, *things)
        norm.things_connective = _connective(node)

    def _given_notice(self, node: Node, norm: c.Norm) -> None:
        """ "give Acme 10 days' written notice" says "notify Acme in writing 10 days in advance"."""
        given = next((action for action in norm.actions if action.id == "provide"), None)
        token = node.token("NOTICE")
        if given is None or token is None:
            span = token.span if token else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["OBJECT"])
            return
        given.id = "notify"
        norm.in_writing = norm.in_writing or "written" in self._text(token).lower()
        amount = _amount(node)
        if amount is not None:
            self._add(norm, "windows", self._window("before", node, amount, None))

    def _told_person(self, node: Node, norm: c.Norm) -> None:
        """ "notify the other party of leaks and disputes": who is told, and of what."""
        self._receive(norm)
        objects = node.nodes()
        last = next(i for i, child in enumerate(objects) if child.node("told"))
        told = objects[last].node("told") or node
        norm.things = tuple(self.thing(child) for child in objects[:last])
        addressee = self.person(objects[last])
        norm.things += (c.Thing("person", None, None, None, addressee, None, None, None, addressee.span),)
        norm.things_connective = _connective(node) if last else None
        self._receive(norm)
        norm.things += (self.thing(told), *(self.thing(child) for child in objects[last + 1 :]))
        norm.things_connective = _connective(node) if len(norm.things) > 1 else None

    def _topic(self, node: Node, norm: c.Norm) -> None:
        """核心信息 at the head of the sentence is what the action is done to."""
        norm.things = (self.thing(node),)

    def _recipients(self, node: Node, norm: c.Norm) -> None:
        preposition = next(
            _PREPOSITIONS[t.type] for t in node.children if getattr(t, "type", None) in _PREPOSITIONS
        )
        actors = _actors(node)
        persons = tuple(self._actor(child) for child in actors)
        only = node.token("ONLY") is not None
        if preposition == "with" and _is_marking(norm) and all(_is_phrase(person) for person in persons):
            # "mark documents with "Confidential"": what they are marked with
            words = tuple(c.Word(None, person.text, None, person.span) for person in persons)
            self._add(norm, "means", c.Words(words, _joined_by(node, actors), only, node.span))
            return
        self._add(
            norm,
            "recipients",
            c.Recipients(preposition, persons, _joined_by(node, actors), only, node.span),
        )
        conditions, exceptions = len(norm.conditions), len(norm.exceptions)
        self._relative(node, norm, ())
        self._apart(node, norm)
        # Of these recipients it is said, and so of this action only.
        self._of_one += [*norm.conditions[conditions:], *norm.exceptions[exceptions:]]

    def _source(self, node: Node, norm: c.Norm) -> None:
        """自第三方: the same word that begins a time opens the person from whom."""
        persons = tuple(self._actor(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("from", persons, _connective(node), False, node.span))

    def _receiver(self, node: Node, norm: c.Norm) -> None:
        """将…返还甲方: the person behind the action receives it."""
        persons = tuple(self.person(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("to", persons, _connective(node), False, node.span))

    def _directed(self, node: Node, norm: c.Norm) -> None:
        persons = tuple(self._actor(child) for child in node.nodes())
        self._add(norm, "recipients", c.Recipients("to", persons, _connective(node), False, node.span))

    def _purposes(self, node: Node, norm: c.Norm) -> None:
        words = tuple(self._word(child, "PURPOSE") for child in node.nodes())
        only = node.token("ONLY") is not None or node.token("ONLY_FOR") is not None
        self._add(norm, "purposes", c.Words(words, _connective(node), only, node.span))

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
        self._add(norm, "purposes", c.Words(words, _connective(node), True, node.span))

    def _used_for(self, node: Node, norm: c.Norm) -> None:
        token = node.token("USE_FOR")
        span = token.span if token else node.span
        norm.actions = (c.Word("use", None, None, span),)
        if node.token("OTHER_THAN"):
            self._other_purposes(node, norm)
            return
        words = tuple(self._word(child, "PURPOSE") for child in node.nodes())
        # 仅将…用于 and 将…仅用于 restrict the purpose.
        only = norm.only
        norm.only = False
        self._add(norm, "purposes", c.Words(words, _connective(node), only, node.span))

    def _means(self, node: Node, norm: c.Norm) -> None:
        words = tuple(self._word(child, "MEANS") for child in node.nodes())
        only = node.token("ONLY") is not None
        self._add(norm, "means", c.Words(words, _connective(node), only, node.span))

    def _placed(self, node: Node, norm: c.Norm) -> None:
        """存放于保险柜: where it is put."""
        self._add(norm, "means", c.Words((self._word(node, "MEANS"),), None, False, node.span))

    def _frequency_of(self, node: Node, norm: c.Norm) -> None:
        inner = node.nodes()[0]
        value = self._owner.values.convert(inner, None)
        if not value.known:
            self._waiting.append(value)
        self._add(norm, "frequencies", value)

    # --- time -----------------------------------------------------------------------------

    def _vague_window(self, token: Any) -> c.Window:
        span = token.span
        self._waiting.append(c.Vague(token.id, None, None, span))
        return c.Window("within", None, None, None, token.id, None, span, None, None, None)

    def _window(self, relation: str, node: Node, amount: Node | None, event: Node | None) -> c.Window:
        vague = node.token("VAGUE")
        number: int | str | c.Blank | None = None
        unit = bound = maximum = maximum_unit = None
        if amount is not None:
            value = self._owner.values.convert(amount, None)
            if isinstance(value, c.Duration):
                number, unit, bound = value.amount, value.unit, value.bound
                maximum, maximum_unit = value.maximum, value.maximum_unit
            elif isinstance(value, c.Blank):
                self._waiting.append(value)
                number, unit = value, value.unit
            else:
                self._owner.report(
                    "NDA001", "unexpected", value.span, found=self._owner.document.source.text[value.span[0] : value.span[1]],
                    expected=["UNIT"],
                )  # fmt: skip
        if vague is not None:
            self._waiting.append(c.Vague(vague.id, None, None, vague.span))
        special = node.token("DURATION_WORD")
        return c.Window(
            relation, number, unit, self.event(event) if event is not None else None,
            vague.id if vague else None, special.id if special else None, node.span,
            bound, maximum, maximum_unit,
        )  # fmt: skip

    def _within(self, node: Node, norm: c.Norm) -> None:
        window = self._window("within", node, _amount(node), node.node("event"))
        lead = node.token("WITHIN")
        if node.token("BEFORE") and lead is not None:
            # "no later than 10 days before" is at least so long before, "within 10 days before" at most.
            window.relation = "before"
            within = self._text(lead).lower().startswith("within")
            if window.amount is not None and window.maximum is None:
                window.bound = window.bound or ("at_most" if within else "at_least")
        self._add(norm, "windows", window)

    def _ahead(self, node: Node, norm: c.Norm) -> None:
        relation = "before" if node.token("BEFORE") else "after"
        self._add(norm, "windows", self._window(relation, node, _amount(node), node.node("event")))

    def _advance(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("before", node, _amount(node), None))

    def _both_times(self, node: Node, norm: c.Norm) -> None:
        """在本协议有效期内及终止后 2 年内: one norm for each."""
        before = len(norm.windows)
        for child in node.nodes():
            self._part(child, norm)
        token = node.token("WHILE")
        atom = c.ConditionAtom(token.id if token else None, None, (), node.span)
        self._also_while += [
            (window, c.Condition("if", None, (atom,), node.span)) for window in norm.windows[before:]
        ]

    def _twice(self, norms: list[c.Norm]) -> list[c.Norm]:
        twice: list[c.Norm] = []
        for norm in norms:
            for window, condition in self._also_while:
                if any(window is one for one in norm.windows):
                    twin = c.Norm(*(getattr(norm, slot) for slot in c.Norm.__slots__))
                    twin.windows = tuple(one for one in norm.windows if one is not window)
                    twin.conditions = (*norm.conditions, condition)
                    twice.append(twin)
            twice.append(norm)
        return twice

    def _on_notice(self, node: Node, norm: c.Norm) -> None:
        """ "on 30 days' notice": 30 days after notice."""
        window = self._window("after", node, _amount(node), None)
        token = node.token("NOTICE")
        if token is not None:
            window.event = c.Event("notice", None, None, None, None, token.span)
        told = node.node("person")
        parties = [normalise(name) for name in self._owner.document.names.parties]
        if told is not None and (told.token("NAME") is None or len(parties) > 2):
            # Of several, who is told must not be lost.
            self._owner.report("NDA001", "unexpected", told.span, found=self._text(told), expected=["AFTER"])
        self._add(norm, "windows", window)

    def _until(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("until", node, None, node.node("event") or node))

    def _kept_for(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("for", node, _amount(node), None))

    def _lasting(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("for", node, _amount(node), node.node("event")))

    def _moment_window(self, node: Node, norm: c.Norm) -> None:
        relation = {
            "after_event": "after",
            "before_event": "before",
            "at_event": "at",
            "since_event": "from",
        }[node.name]
        last = norm.windows[-1] if norm.windows else None
        if relation in ("after", "at") and last is not None and last.vague and last.event is None:
            # "promptly after discovery" and "immediately upon discovery" are one window.
            last.event = self.event(node.node("event") or node)
            return
        self._add(norm, "windows", self._window(relation, node, None, node.node("event") or node))

    def _chinese_within(self, node: Node, norm: c.Norm) -> None:
        lead = next((n for n in node.nodes() if n.name.startswith("lead_")), None)
        # 终止后 10 日内 is within ten days; 终止后 10 日, 披露前 3 日 and 自签署日起 3 年 are not.
        relation = "within"
        if lead is not None and lead.name == "lead_before":
            relation = "before"
        elif (
            lead is not None
            and node.token("INNER") is None
            and node.token("VAGUE") is None
            and not self._latest
        ):
            relation = "for" if lead.name == "lead_since" else "after"
        window = self._window(relation, node, _amount(node), lead)
        if self._latest:
            self._deadlines.append(window)
            self._latest = False
        self._add(norm, "windows", window)

    def _chinese_lasting(self, node: Node, norm: c.Norm) -> None:
        lead = next((n for n in node.nodes() if n.name.startswith("lead_")), None)
        self._add(norm, "windows", self._window("for", node, _amount(node), lead))

    def _chinese_at(self, node: Node, norm: c.Norm) -> None:
        self._add(norm, "windows", self._window("at", node, None, node))

    def _no_later(self, node: Node, norm: c.Norm) -> None:
        """不迟于 2027 年 3 月 1 日, "no later than 1 March 2027"."""
        self._add(norm, "windows", self._window("before", node, None, node))

    def _in_case(self, node: Node, norm: c.Norm) -> None:
        """如发生泄密: when it happens."""
        self._add(norm, "windows", self._window("at", node, None, node))

    def _moment_of(self, node: Node, norm: c.Norm) -> None:
        """甲方要求时,乙方应…: whose the moment is stands before it."""
        subject = node.node("subject")
        before = len(norm.windows)
        other = node.nodes()[-1] if len(node.nodes()) > 1 else None
        if other is not None:
            self._part(other, norm)
        actors = _actors(subject) if subject is not None else []
        persons = [child.node("person") for child in actors]
        event = norm.windows[-1].event if len(norm.windows) > before else None
        leading = other.nodes()[0] if other is not None and other.nodes() else other
        # 甲方在终止后 10 日内: what 甲方 does within that time is missing.
        own = leading is not None and (leading.token("WITHIN") or leading.token("SINCE"))
        one = event is not None and event.of is None and event.id is not None and len(persons) == 1
        if event is None or not one or own or persons[0] is None:
            span = subject.span if subject is not None else node.span
            self._owner.report("NDA001", "unexpected", span, found=self._text(node), expected=["EVENT"])
            return
        event.of = self.person(persons[0])

    def _subject_again(self, node: Node, norm: c.Norm) -> None:
        norm.actors = tuple(self.person(child) for child in node.nodes())
        norm.actors_connective = _connective(node)

    def _chinese_bare(self, node: Node, norm: c.Norm) -> None:
        lead = node.nodes()[0]
        relation = {"lead_after": "after", "lead_before": "before", "lead_since": "from"}[lead.name]
        last = norm.windows[-1] if norm.windows else None
        if relation == "after" and last is not None and last.relation == "before" and last.event is None:
            # 提前 10 日书面通知后
            last.relation = "after"
            last.event = self.event(lead)
            return
        self._add(norm, "windows", self._window(relation, node, None, lead))

    # --- conditions, exceptions, priorities -----------------------------------------------

    def _condition(self, node: Node, norm: c.Norm) -> None:
        kind = "unless" if node.token("UNLESS") else "if"
        self._conditions(node, kind, norm)

    def _only_condition(self, node: Node, norm: c.Norm) -> None:
        self._conditions(node, "only_if", norm)

    def _during(self, node: Node, norm: c.Norm) -> None:
        """ "during the term": if this agreement is in force."""
        token = node.token("WHILE")
        atom = c.ConditionAtom(token.id if token else None, None, (), node.span)
        self._add(norm, "conditions", c.Condition("if", None, (atom,), node.span))

    def _holds(self, node: Node, norm: c.Norm) -> None:
        """法律要求披露的, 乙方违约的: a condition without 如."""
        token = node.token("CONDITION") or node.token("CONDITION_PREDICATE")
        person = node.node("person")
        subjects = (self.person(person),) if person else ()
        atom = c.ConditionAtom(token.id if token else None, None, subjects, node.span)
        self._add(norm, "conditions", c.Condition("if", None, (atom,), node.span))

    def _conditions(self, node: Node, kind: str, norm: c.Norm) -> None:
        connectives = {t.type for t in node.children if not isinstance(t, Node)} & {"AND", "OR"}
        if len(connectives) > 1:
            self._owner.report("NDA001", "mixed_connectives", node.span)
        connective = ("or" if "OR" in connectives else "and") if connectives else None
        atoms = tuple(self._atom(child) for child in node.nodes())
        self._add(norm, "conditions", c.Condition(kind, connective, atoms, node.span))

    def _without(self, node: Node, norm: c.Norm) -> None:
        """未经甲方书面同意, "without Acme's written consent", 擅自: unless they consent."""
        self._consent("unless", node, norm)

    def _with_consent(self, node: Node, norm: c.Norm) -> None:
        """经甲方书面同意, "with Acme's consent": if they consent."""
        only = node.token("ONLY") or node.token("SUBJECT_TO")
        self._consent("only_if" if only else "if", node, norm)

    def _consent(self, kind: str, node: Node, norm: c.Norm) -> None:
        consent = node.token("CONSENT_NOUN")
        person = node.node("person")
        text = self._owner.document.source.text[consent.span[0] : consent.span[1]] if consent else ""
        # Whose leave it needs, where nobody is named, is the discloser's.
        discloser = c.Person("person", "discloser", None, None, None, None, None, node.span)
        written = "书面" in text or "written" in text.lower()
        separate = "单独" in text or "separate" in text.lower()
        atom = c.ConditionAtom(
            "consents_separately" if separate else "consents_in_writing" if written else "consents", None,
            (self.person(person) if person else discloser,), node.span,
        )  # fmt: skip
        self._add(norm, "conditions", c.Condition(kind, None, (atom,), node.span))

    def _outside(self, node: Node, norm: c.Norm) -> None:
        """除法律要求外 and 除公知信息外, at the head of a sentence."""
        excluded = [child for child in node.nodes() if child.name == "excluded"]
        persons = node.node("persons")
        if persons is not None:
            for child in persons.nodes():
                self._except_person(child, norm)
        elif not excluded:
            self._conditions(node, "unless", norm)
        for child in excluded:
            self._add(norm, "exceptions", self.thing(child))

    def _but(self, node: Node, norm: c.Norm) -> None:
        inner = node.nodes()
        if inner and inner[0].name == "holds_out":
            inner = inner[0].nodes() or inner
        if inner and inner[0].name == "with_consent":
            self._consent("unless", inner[0], norm)
        elif inner and inner[0].name == "holds_out":
            token = inner[0].token("CONDITION")
            atom = c.ConditionAtom(token.id if token else None, None, (), inner[0].span)
            self._add(norm, "conditions", c.Condition("unless", None, (atom,), node.span))
        elif inner and inner[0].name == "atom":
            self._conditions(node, "unless", norm)
        elif inner and inner[0].name == "persons":
            for person in inner[0].nodes():
                self._except_person(person, norm)
        else:
            for child in inner:
                self._add(norm, "exceptions", self.thing(child))

    def _exception(self, node: Node, norm: c.Norm) -> None:
        things = node.node("things")
        if things is not None:
            norm.exceptions = (*norm.exceptions, *(self.thing(child) for child in things.nodes()))
            return
        person = node.node("person")
        if node.token("FOR") and person is not None:
            self._except_person(person, norm)
            return
        # "except required by law" is a condition, not a thing left out.
        token = node.token("CONDITION") or node.token("CONDITION_BY")
        subjects = (self.person(person),) if person else ()
        atom = c.ConditionAtom(token.id if token else None, None, subjects, node.span)
        self._add(norm, "conditions", c.Condition("unless", None, (atom,), node.span))

    def _atom(self, node: Node) -> c.ConditionAtom:
        persons = node.node("persons")
        by = node.node("person")
        token = node.token("CONDITION") or node.token("CONDITION_PREDICATE") or node.token("CONDITION_BY")
        string = node.token("STRING")
        # "approved in writing by X" says the same as "X approves in writing".
        subjects = [*(persons.nodes() if persons else ()), *([by] if by else ())]
        return c.ConditionAtom(
            token.id if token else None,
            str(string.id) if string else None,
            tuple(self.person(child) for child in subjects),
            node.span,
        )

    def _priority(self, node: Node, norm: c.Norm) -> None:
        for token in node.children:
            if token.type == "REFERENCE":
                self._add(norm, "priorities", c.Priority(node.name, str(token.id), token.span))

    # --- words ----------------------------------------------------------------------------

    def _term(self, text: str) -> c.Definition | None:
        found: c.Definition | None = self._owner.definitions.get(normalise(text))
        return found

    def _word(self, node: Node, terminal: str) -> c.Word:
        span = node.span
        token = node.token(terminal)
        if token is not None:
            return c.Word(token.id, None, None, span)
        text = str(node.children[0].id)
        self._note_text(text, span)
        return c.Word(None, text, self._term(text), span)

    def _note_text(self, text: str, span: Span) -> None:
        values = self._owner.values
        if values.is_blank(text):
            self._waiting.append(c.Blank(text, None, None, None, None, span))
        elif self._term(text) is None and values.is_circular(text):
            self._waiting.append(c.Circular(None, text, span))

    def _actor(self, node: Node) -> c.Person:
        """An actor or recipient: a person, or a quoted term for one."""
        person = node.node("person")
        if person is not None:
            return self.person(person)
        if node.token("BLANK") is not None:
            self._note_text(_BLANK, node.span)
            return c.Person("text", None, None, _BLANK, None, None, None, node.span)
        text = str(node.children[0].id)
        party = next(
            (name for name in self._owner.document.names.parties if normalise(name) == normalise(text)), None
        )
        if party is not None:
            return c.Person("party", None, party, None, None, None, None, node.span)
        self._note_text(text, node.span)
        return c.Person("text", None, None, text, None, None, self._term(text), node.span)

    def person(self, node: Node) -> c.Person:
        """The person that a ``person`` node names."""
        span = node.span
        token = node.token("PERSON")
        vague = node.token("VAGUE")
        if vague is not None:
            self._waiting.append(c.Vague(vague.id, None, None, vague.span))
        owner = node.node("person")
        name = node.token("NAME")
        if owner is not None and token is None and not node.token("NOT_COUNTED"):
            # "any of its affiliates": whoever the inner words name
            return self.person(owner)
        if name is not None:
            return c.Person("party", None, str(name.id), None, None, None, None, span)
        of = self.person(owner) if owner else None
        if of is None and node.token("NOT_COUNTED"):
            of = c.Person("person", "self", None, None, None, None, None, span)
        return c.Person(
            "person",
            str(token.id) if token else None,
            None,
            None,
            of,
            vague.id if vague else None,
            None,
            span,
        )

    def thing(self, node: Node) -> c.Thing:
        """The thing that an ``object`` node (or ``thing``, ``excluded``) names."""
        span = node.span
        every = node.token("EVERY") is not None or None
        owner = node.node("person")
        of = self.person(owner) if owner else None
        if of is None and node.token("NOT_COUNTED"):
            of = c.Person("person", "self", None, None, None, None, None, span)
        token = node.token("OBJECT")
        purpose = node.token("PURPOSE")
        graded = node.token("GRADED")
        action = node.token("ACTION_NOUN")
        string = node.token("STRING")
        if token is not None:
            # "all of Acme's documents" are Acme's documents: what is left open covers everything.
            every = every if of is None else None
            return c.Thing("object", str(token.id), None, None, None, every, None, of, span)
        if purpose is not None:
            return c.Thing("purpose", str(purpose.id), None, None, None, None, None, None, span)
        if graded is not None:
            identifier, grade = _pair(graded.id)
            return c.Thing("graded", identifier, grade, None, None, every, None, None, span)
        if action is not None:
            return c.Thing("action", str(action.id), None, None, None, every, None, None, span)
        if string is not None:
            text = str(string.id)
            self._note_text(text, span)
            return c.Thing("text", None, None, text, None, every, self._term(text), None, span)
        return c.Thing("person", None, None, None, of, every, None, None, span)

    def event(self, node: Node) -> c.Event:
        """The event that a node with an EVENT or a string names."""
        token = node.token("EVENT")
        string = node.token("STRING")
        date = node.token("DATE")
        owner = node.node("person")
        of = self.person(owner) if owner else None
        if string is not None:
            text = str(string.id)
            return c.Event(None, text, None, of, self._term(text), string.span)
        if date is not None:
            span = date.span
            return c.Event(None, None, self._owner.values.day(span), None, None, span)
        span = token.span if token else node.span
        return c.Event(str(token.id) if token else None, None, None, of, None, span)

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


_HANDLERS = {
    "label": NormBinder._label,
    "subject": NormBinder._subject,
    "neither": NormBinder._neither,
    "secret": NormBinder._secret,
    "given_notice": NormBinder._given_notice,
    "times": NormBinder._times,
    "modal": NormBinder._modal,
    "banned": NormBinder._modal,
    "predicate": NormBinder._predicate,
    "answers": NormBinder._answers,
    "bare_modal": NormBinder._modal,
    "topic": NormBinder._topic,
    "limited": NormBinder._limited,
    "told_of": NormBinder._told_of,
    "supplied": NormBinder._told_of,
    "placed": NormBinder._placed,
    "kept_for": NormBinder._kept_for,
    "advance": NormBinder._advance,
    "on_notice": NormBinder._on_notice,
    "until": NormBinder._until,
    "no_later": NormBinder._no_later,
    "in_case": NormBinder._in_case,
    "moment_of": NormBinder._moment_of,
    "subject_again": NormBinder._subject_again,
    "during": NormBinder._during,
    "both_times": NormBinder._both_times,
    "holds": NormBinder._holds,
    "things": NormBinder._things,
    "recipients": NormBinder._recipients,
    "source": NormBinder._source,
    "receiver": NormBinder._receiver,
    "other_purposes": NormBinder._other_purposes,
    "with_consent": NormBinder._with_consent,
    "directed": NormBinder._directed,
    "purposes": NormBinder._purposes,
    "sole_purpose": NormBinder._purposes,
    "as_required": NormBinder._condition,
    "marked_as": NormBinder._means,
    "used_for": NormBinder._used_for,
    "means": NormBinder._means,
    "frequency_of": NormBinder._frequency_of,
    "within": NormBinder._within,
    "ahead": NormBinder._ahead,
    "lasting": NormBinder._lasting,
    "after_event": NormBinder._moment_window,
    "before_event": NormBinder._moment_window,
    "at_event": NormBinder._moment_window,
    "since_event": NormBinder._moment_window,
    "chinese_within": NormBinder._chinese_within,
    "chinese_lasting": NormBinder._chinese_lasting,
    "chinese_at": NormBinder._chinese_at,
    "chinese_bare": NormBinder._chinese_bare,
    "condition": NormBinder._condition,
    "only_condition": NormBinder._only_condition,
    "outside": NormBinder._outside,
    "without": NormBinder._without,
    "but": NormBinder._but,
    "exception": NormBinder._exception,
    "subject_to": NormBinder._priority,
    "notwithstanding": NormBinder._priority,
    "failing_which": NormBinder._priority,
}


def _is_marking(norm: c.Norm) -> bool:
    return any(action.id == "mark" for action in norm.actions)


def _is_phrase(person: c.Person) -> bool:
    """Whether a quoted phrase that nothing defines stands where a person could."""
    return person.kind == "text" and person.term is None


def assignment(norm: c.Norm) -> None:
    """转让本协议 is no disclosure of information: agreements, rights and duties are assigned."""
    if not norm.things or any(thing.kind != "object" or thing.id not in _ASSIGNED for thing in norm.things):
        return
    words = [
        c.Word("assign", None, None, word.span) if word.id == "transfer" else word for word in norm.actions
    ]
    norm.actions = tuple({(word.id, word.text): word for word in reversed(words)}.values())[::-1]
    norm.connective = norm.connective if len(norm.actions) > 1 else None


def _may_be_a_duty(things: tuple[c.Thing, ...]) -> bool:
    """返还文件,销毁副本: behind a thing, the noun of an action may as well be the verb of a second duty."""
    return len(things) > 1 and not things[-1].every and things[-2].kind != "action"


def _actors(node: Node) -> list[Node]:
    return [child for child in node.nodes() if child.name == "actor"]


def _joined_by(node: Node, members: list[Node]) -> c.Connective:
    if len(members) < 2:
        return None
    return "or" if node.token("OR") else "and"


def _amount(node: Node) -> Node | None:
    return next((n for n in node.nodes() if n.name in ("measure", "range", "bounded")), None)


def _pair(identifier: Any) -> tuple[str, str]:
    """The class and the grade that a graded word names."""
    kind, grade = identifier
    return str(kind), str(grade)


def _connective(node: Node) -> c.Connective:
    """What joins the members of a list; a comma alone joins like "and"."""
    if len(node.nodes()) < 2:
        return None
    return "or" if node.token("OR") else "and"
