"""Words, persons, things and events of a sentence → their typed forms."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.lexer import Token, normalise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.driver import Node
    from nda_lint.source import Span

#: a person who is still to be named
_BLANK = "____"


class NameBinder:
    """What every part of a sentence is made of; reports through its owner, the binder of the file."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner
        #: what is given but says nothing definite, to be noted once its norm is whole
        self._waiting: list[v.Value] = []

    def _text(self, token: Any) -> str:
        text: str = self._owner.document.source.text[token.span[0] : token.span[1]]
        return text

    def _part(self, child: Any, norm: c.Norm) -> None:
        """Bind a part of a sentence, of whatever sort, to its norm."""
        raise NotImplementedError

    @staticmethod
    def _add(norm: c.Norm, slot: str, value: object) -> None:
        setattr(norm, slot, (*getattr(norm, slot), value))

    def _term(self, text: str) -> v.Definition | None:
        found: v.Definition | None = self._owner.definitions.get(normalise(text))
        return found

    def _word(self, node: Node, terminal: str) -> v.Word:
        span = node.span
        token = node.token(terminal)
        if token is not None:
            return v.Word(token.id, None, None, span)
        circular = node.token("CIRCULAR")
        text = str(node.children[0].id) if circular is None else self._text(circular)
        self._note_text(text, span)
        term = self._term(text)
        return v.Word(None, _as_in(term, text), term, span)

    def _note_text(self, text: str, span: Span) -> None:
        values = self._owner.values
        if values.is_blank(text):
            self._waiting.append(v.Blank(text, None, None, None, None, span))
        elif self._term(text) is None and values.is_circular(text):
            self._waiting.append(v.Circular(None, text, span))

    def _actor(self, node: Node) -> v.Person:
        """An actor or recipient: a person, or a quoted term for one."""
        person = node.node("person")
        if person is not None:
            return self.person(person)
        if node.token("BLANK") is not None:
            self._note_text(_BLANK, node.span)
            return v.Person("text", None, None, _BLANK, None, None, None, node.span)
        text = str(node.children[0].id)
        party = next(
            (name for name in self._owner.document.names.parties if normalise(name) == normalise(text)), None
        )
        if party is not None:
            return v.Person("party", None, party, None, None, None, None, node.span)
        self._note_text(text, node.span)
        term = self._term(text)
        return v.Person("text", None, None, _as_in(term, text), None, None, term, node.span)

    def person(self, node: Node) -> v.Person:
        """The person that a ``person`` node names."""
        span = node.span
        token = node.token("PERSON")
        vague = node.token("VAGUE")
        if vague is not None:
            self._waiting.append(v.Vague(vague.id, None, None, vague.span))
        owner = node.node("person")
        name = node.token("NAME")
        if owner is not None and token is None and not node.token("NOT_COUNTED"):
            # "any of its affiliates": whoever the inner words name
            return self.person(owner)
        if name is not None:
            return v.Person("party", None, str(name.id), None, None, None, None, span)
        of = self.person(owner) if owner else None
        if of is None and node.token("NOT_COUNTED"):
            of = v.Person("person", "self", None, None, None, None, None, span)
        return v.Person(
            "person",
            str(token.id) if token else None,
            None,
            None,
            of,
            vague.id if vague else None,
            None,
            span,
        )

    def thing(self, node: Node) -> v.Thing:
        """The thing that an ``object`` node (or ``thing``, ``excluded``) names."""
        span = node.span
        tokens = {child.type: child for child in reversed(node.children) if type(child) is Token}
        every = "EVERY" in tokens or None
        owner = node.node("person")
        of = self.person(owner) if owner else None
        if of is None and "NOT_COUNTED" in tokens:
            of = v.Person("person", "self", None, None, None, None, None, span)
        token, purpose, graded = tokens.get("OBJECT"), tokens.get("PURPOSE"), tokens.get("GRADED")
        action, string = tokens.get("ACTION_NOUN"), tokens.get("STRING")
        if token is not None:
            # "all of Acme's documents" are Acme's documents: what is left open covers everything.
            every = every if of is None else None
            return v.Thing("object", str(token.id), None, None, None, every, None, of, span)
        if purpose is not None:
            return v.Thing("purpose", str(purpose.id), None, None, None, None, None, None, span)
        if graded is not None:
            identifier, grade = _pair(graded.id)
            return v.Thing("graded", identifier, grade, None, None, every, None, None, span)
        if action is not None:
            return v.Thing("action", str(action.id), None, None, None, every, None, None, span)
        if string is not None:
            text = str(string.id)
            self._note_text(text, span)
            term = self._term(text)
            return v.Thing("text", None, None, _as_in(term, text), None, every, term, None, span)
        return v.Thing("person", None, None, None, of, every, None, None, span)

    def event(self, node: Node) -> v.Event:
        """The event that a node with an EVENT or a string names."""
        token = node.token("EVENT")
        string = node.token("STRING")
        date = node.token("DATE")
        owner = node.node("person")
        of = self.person(owner) if owner else None
        if string is not None:
            text = str(string.id)
            return v.Event(None, text, None, of, self._term(text), string.span)
        if date is not None:
            span = date.span
            return v.Event(None, None, self._owner.values.day(span), None, None, span)
        span = token.span if token else node.span
        return v.Event(str(token.id) if token else None, None, None, of, None, span)


def _as_in(term: v.Definition | None, text: str) -> str:
    """The name of a term as its definition holds it, if it is written in the same way: once for all that use it."""
    return term.name if term is not None and term.name == text else text


def _pair(identifier: Any) -> tuple[str, str]:
    """The class and the grade that a graded word names."""
    kind, grade = identifier
    return str(kind), str(grade)


def actors_of(node: Node) -> list[Node]:
    """The persons that a node names as those who act or receive."""
    return [child for child in node.nodes() if child.name == "actor"]


def joined_by(node: Node, members: list[Node]) -> c.Connective:
    """What joins those members of a node."""
    if len(members) < 2:
        return None
    return "or" if node.token("OR") else "and"


def connective_of(node: Node) -> c.Connective:
    """What joins the members of a list; a comma alone joins like "and"."""
    if len(node.nodes()) < 2:
        return None
    return "or" if node.token("OR") else "and"
