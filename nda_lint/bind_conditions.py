"""Under which conditions, and what is left out."""

from __future__ import annotations

from nda_lint import contract as c
from nda_lint import values as v
from nda_lint.bind_names import NameBinder
from nda_lint.driver import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConditionBinder(NameBinder):
    """Binds conditions and exceptions."""

    def _relative(self, node: Node, norm: c.Norm, of: tuple[v.Person, ...]) -> None:
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
        thing = v.Thing("person", None, None, None, person, None, None, None, person.span)
        self._add(norm, "exceptions", thing)

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
        discloser = v.Person("person", "discloser", None, None, None, None, None, node.span)
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


CONDITIONS: dict[str, Any] = {
    "during": ConditionBinder._during,
    "holds": ConditionBinder._holds,
    "with_consent": ConditionBinder._with_consent,
    "as_required": ConditionBinder._condition,
    "condition": ConditionBinder._condition,
    "only_condition": ConditionBinder._only_condition,
    "outside": ConditionBinder._outside,
    "without": ConditionBinder._without,
    "but": ConditionBinder._but,
    "exception": ConditionBinder._exception,
}
