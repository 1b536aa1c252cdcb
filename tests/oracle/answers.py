"""What the oracle says of two norms: each question of the page on contradictions, put to the solver as it stands there."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import z3
from oracle.conditions import Rank
from oracle.meaning import FALSE, Meaning, Reading, is_left_out
from oracle.priorities import Priorities
from oracle.world import BITS, Situation, all_of, any_of

from nda_lint.values import Slotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oracle.world import Formula

    from nda_lint.contract import Contract, Window

    #: code → severity
    Answer = dict[str, str]

FORBIDDEN, PERMITTED, INCOMPATIBLE, DEADLINES = "NDA302", "NDA303", "NDA304", "NDA305"
UNREACHABLE = "NDA322"
_EFFECTS = ("ban", "permission", "duty")


class Oracle:
    """Answers for one contract."""

    def __init__(self, contract: Contract, tables: Any) -> None:
        self.contract = contract
        self.reading = Reading(contract, tables)
        self.world = self.reading.world
        self.exclusions = [tuple(pair) for pair in tables["schema"]["excluded"]]
        self.s = Situation.called("s")
        #: what another duty is done with; what went on before, where access follows from a disclosure
        self.other = Situation.called("t")
        self.priorities = Priorities(contract, tables["names"])
        norms = contract.norms
        self.norms = [self.reading.meaning(norm, index, self.s) for index, norm in enumerate(norms)]
        self.compared = [index for index, norm in enumerate(norms) if not is_left_out(norm, self.world.roles)]
        self.solver = z3.Solver()
        self._own: list[Formula] = []
        self._access_rank: dict[int, Rank] = {}
        self._ranks: dict[int, Rank] = {}
        self._bans: dict[int, tuple[Any, Rank]] = {}
        self._names: dict[tuple[str, int], Any] = {}
        self._effects: dict[int, list[str]] = {index: [] for index in range(len(norms))}
        self._prepare()
        self.empty = {index for index in self.compared if not self.possible(self.named("written", index))}

    # --- the solver ------------------------------------------------------------------------

    def _prepare(self) -> None:
        formulas: dict[tuple[str, int], Formula] = {}
        for index in self.compared:
            meaning = self.norms[index]
            for what in ("written", "untimed", "permission", "duty", "ban"):
                formulas[what, index] = getattr(meaning, what)
            self._effects[index] = [what for what in _EFFECTS if not z3.is_false(formulas[what, index])]
            if meaning.entails_access:
                formulas["access", index], self._access_rank[index] = self._access(index)
        for (what, index), formula in formulas.items():
            self._names[what, index] = self._called(f"{what}.{index}", formula)
        for index in self.compared:
            meaning = self.norms[index]
            self._ranks[index] = self._called_rank(f"rank.{index}", meaning.rank)
            self._bans[index] = (
                self.named("ban", index), self._called_rank(f"rank of ban.{index}", _rank_of(meaning.bans)),
            )  # fmt: skip
        self.solver.add(*self.world.axioms(self.s), *self.world.axioms(self.other))
        self.solver.add(*self.reading.days.axioms, *self.reading.conditions.axioms(), *self._own)

    def _called(self, name: str, formula: Formula) -> Any:
        """A proposition that stands for a formula, so that the solver meets it once."""
        proposition = z3.Bool(name)
        self.solver.add(proposition == formula)
        return proposition

    def _called_rank(self, name: str, rank: Rank) -> Rank:
        if not rank.required.children() and not rank.barred.children():
            return Rank(FALSE, FALSE)
        return Rank(
            self._called(f"{name} required", rank.required), self._called(f"{name} barred", rank.barred)
        )

    def possible(self, *formulas: Formula) -> bool:
        """Whether there is a situation of which all this is true."""
        answer = self.solver.check(*formulas)
        if answer == z3.unknown:
            raise RuntimeError(self.solver.reason_unknown())
        return bool(answer == z3.sat)

    def named(self, what: str, index: int) -> Any:
        """A proposition on a norm: that it forbids (permits, …) the situation."""
        return self._names.get((what, index), FALSE)

    def explicit(self, one: int, other: int) -> bool:
        """Whether the contract says which of two prevails."""
        return self.priorities.prevails(one, other) or self.priorities.prevails(other, one)

    # --- access that follows from disclosure -------------------------------------------------

    def _access(self, index: int) -> tuple[Formula, Rank]:
        """That somebody may access what may be disclosed to him, in terms of what then goes on."""
        meaning, s, before, world = self.norms[index], self.s, self.other, self.world
        changed = [(s.action, before.action), (s.means, before.means), (s.writing, before.writing)]
        for one, earlier in ((s.actor, before.actor), (s.to, before.to), (s.source, before.source)):
            changed += list(zip(one.parts(), earlier.parts(), strict=True))
        for (name, key), atom in list(self.reading.conditions.atoms.items()):
            if key == ("to",):
                changed.append((atom, self.reading.conditions.atom(name, ("actor",))))
            elif key == ("actor",):
                changed.append((atom, self._own_atom(name, index)))
        disclosing = [self._is(before.action, str(word.id)) for word in meaning.discloses]
        received = [one == other for one, other in zip(s.actor.parts(), before.to.parts(), strict=True)]
        works_for = z3.And(
            world.is_party(before.to), world.kind_below(s.actor.kind, "employee"),
            s.actor.of == before.to.of, s.actor.discloses == before.to.discloses,
        )  # fmt: skip
        disclosed = z3.substitute(meaning.written, *changed)
        access = z3.And(
            disclosed, any_of(disclosing), z3.Or(all_of(received), works_for), self._is(s.action, "access")
        )
        return access, meaning.rank.changed(*changed)

    def _is(self, variable: Any, action: str) -> Formula:
        return self.world.word_below(variable, self.world.actions, "action", action)

    def _own_atom(self, name: str, index: int) -> Any:
        """An atom that is true or false for one norm alone."""
        atom = z3.Bool(f"{name} of {index} alone")
        for parent in self.reading.conditions.order.words.get(name, {"parents": ()})["parents"]:
            self._own.append(z3.Implies(atom, self._own_atom(parent, index)))
        return atom

    # --- unreachable norms -------------------------------------------------------------------

    def overridden(self, index: int, by: int) -> bool:
        """Whether a norm yields to another wherever it says anything."""
        if not self.priorities.prevails(by, index) or {index, by} & self.empty:
            return False
        effects = [what for what in self._effects[index] if self.possible(self.named(what, index))]
        return bool(effects) and all(self._opposed(what, index, by) for what in effects)

    def _opposed(self, what: str, index: int, by: int) -> bool:
        own = self.named(what, index)
        if what == "ban":
            duty = FALSE if self.norms[by].is_choice else self.named("duty", by)
            return not self.possible(own, z3.Not(z3.Or(self.named("permission", by), duty)))
        if not self.possible(own, z3.Not(self.named("ban", by))):
            return True
        return what == "duty" and self._excluded_everywhere(index, by)

    def _excluded_everywhere(self, index: int, by: int) -> bool:
        one, other = self.norms[index], self.norms[by]
        norm = other.norm
        if (
            "duty" not in self._effects[by]
            or norm.recipients
            or norm.purposes
            or norm.means
            or norm.in_writing
        ):
            return False
        join = all if other.is_choice else any
        if not all(
            join(self.excluded(word.id, against.id) for against in norm.actions) for word in one.norm.actions
        ):
            return False
        parts = z3.And(other.actors, other.object, other.time, other.not_left_out, other.conditions)
        return not self.possible(self.named("duty", index), z3.Not(parts))

    def excluded(self, one: str | None, other: str | None) -> bool:
        """Whether nobody can do both."""
        order = self.world.orders["action"]
        if one is None or other is None:
            return False
        return any(
            (order.is_a(one, first) and order.is_a(other, second))
            or (order.is_a(one, second) and order.is_a(other, first))
            for first, second in self.exclusions
        )

    # --- two norms -----------------------------------------------------------------------------

    def pair(self, one: int, other: int) -> Answer:
        """What is wrong between two norms; 322 apart, which is asked of one norm at a time."""
        if {one, other} & self.empty or not {one, other} <= set(self.compared):
            return {}
        if self.explicit(one, other):
            return {}
        found: Answer = {}
        if self.forbidden(one, other) or self.forbidden(other, one):
            found[FORBIDDEN] = "error"
        severities = {self.permitted(one, other), self.permitted(other, one)} - {None}
        if severities:
            found[PERMITTED] = "error" if "error" in severities else "warning"
        if self.incompatible(one, other):
            found[INCOMPATIBLE] = "error"
        severity = self.deadlines(one, other)
        if severity is not None:
            found[DEADLINES] = severity
        return found

    def _forbids(self, ban: int, rank: Rank) -> Formula:
        """That a norm forbids the situation, and that the law prefers neither it nor one of this rank."""
        forbids, own = self._bans[ban]
        return z3.And(forbids, _equal(rank, own))

    def forbidden(self, duty: int, ban: int) -> bool:
        """302: whether the one requires what the other forbids."""
        if "duty" not in self._effects[duty] or "ban" not in self._effects[ban]:
            return False
        if self.norms[duty].is_choice:
            return self.bar(duty, [ban])
        return self.requires_what_is_forbidden(duty, ban, [])

    def requires_what_is_forbidden(self, duty: int, ban: int, facts: list[Formula]) -> bool:
        """Whether that is so where all these facts are."""
        forbids = self._forbids(ban, self._ranks[duty])
        return self.possible(self.named("duty", duty), forbids, *facts)

    # --- a choice of actions ---------------------------------------------------------------------

    def bar(self, duty: int, bans: Iterable[int]) -> bool:
        """Whether some norms together leave no alternative of a duty."""
        return self.possible(*self.barred(duty, bans))

    def barred(self, duty: int, bans: Iterable[int]) -> list[Formula]:
        """That each alternative is forbidden, in one context."""
        formulas: list[Formula] = []
        for number, word in enumerate(self.norms[duty].norm.actions):
            formulas += self._alternative(duty, number, word)
            formulas.append(any_of(self._alternative_barred(duty, number, ban) for ban in bans))
        return formulas

    def _alternative(self, duty: int, number: int, word: Any) -> list[Formula]:
        meaning, actions = self.norms[duty], self.world.actions
        action = z3.BitVec(f"alternative {number}", BITS)
        chosen = self.reading.words([word], action, actions, "action")
        return [actions.domain(action), chosen, z3.substitute(meaning.written, (self.s.action, action))]

    def _alternative_barred(self, duty: int, number: int, ban: int) -> Formula:
        if self.explicit(duty, ban):
            return FALSE
        action = z3.BitVec(f"alternative {number}", BITS)
        forbids = z3.substitute(self.norms[ban].ban, (self.s.action, action))
        rank = _rank_of(self.norms[ban].bans).changed((self.s.action, action))
        return z3.And(forbids, _equal(self._ranks[duty], rank))

    def shortest_bar(self, duty: int) -> int | None:
        """How many norms it takes to leave no alternative; None if all together leave one."""
        if "duty" not in self._effects[duty]:
            return None
        norms = self.norms[duty].norm.actions
        others = [
            ban
            for ban in self.compared
            if ban != duty and ban not in self.empty and "ban" in self._effects[ban]
        ]
        able = [
            [
                ban
                for ban in others
                if self.possible(
                    *self._alternative(duty, number, word), self._alternative_barred(duty, number, ban)
                )
            ]
            for number, word in enumerate(norms)
        ]
        if not all(able):
            return None
        sets = {frozenset(chosen) for chosen in product(*able)}
        for size in range(1, len(norms) + 1):
            if any(len(one) == size and self.bar(duty, one) for one in sets):
                return size
        return None

    # --- permitted and forbidden -------------------------------------------------------------------

    def permitted(self, permission: int, ban: int) -> str | None:
        """303: whether the one permits what the other forbids, and how bad that is."""
        if "ban" not in self._effects[ban]:
            return None
        if self.access_meets(permission, ban):
            return "error"
        if "permission" not in self._effects[permission]:
            return None
        allows, forbids = self.named("permission", permission), self.named("ban", ban)
        if not self.possible(allows, self._forbids(ban, self._ranks[permission])):
            return None
        within = not self.possible(allows, z3.Not(forbids)) and self.possible(forbids, z3.Not(allows))
        return "warning" if within else "error"

    def access_meets(self, permission: int, ban: int, facts: list[Formula] | None = None) -> bool:
        """Whether the access that follows from a disclosure is forbidden."""
        if ("access", permission) not in self._names:
            return False
        forbids = self._forbids(ban, self._access_rank[permission])
        return self.possible(self.named("access", permission), forbids, *(facts or ()))

    def permits_what_is_forbidden(self, permission: int, ban: int, facts: list[Formula]) -> bool:
        """Whether a permission, or one that follows from it, meets a ban where all these facts are."""
        if "ban" not in self._effects[ban]:
            return False
        forbids = self._forbids(ban, self._ranks[permission])
        return self.possible(self.named("permission", permission), forbids, *facts) or self.access_meets(
            permission, ban, facts
        )

    def effects(self, index: int) -> list[str]:
        """What a norm does: forbid, permit, require."""
        return self._effects[index]

    # --- duties --------------------------------------------------------------------------------

    def incompatible(self, one: int, other: int) -> bool:
        """304: whether two duties exclude each other on one object at one time."""
        formulas = self.excluding(one, other)
        return formulas is not None and self.possible(*formulas)

    def excluding(self, one: int, other: int) -> list[Formula] | None:
        """That both are due; None where nothing that they require excludes the other."""
        if "duty" not in self._effects[one] or "duty" not in self._effects[other]:
            return None
        s, t = self.s, self.other
        pairs = []
        for first, second in self._excluded_words(one, other):
            pairs.append(z3.And(self._among(s.action, first), self._among(t.action, second)))
        if not pairs:
            return None
        changed = [(s.action, t.action), (s.purpose, t.purpose), (s.means, t.means), (s.writing, t.writing)]
        for mine, theirs in ((s.to, t.to), (s.source, t.source)):
            changed += list(zip(mine.parts(), theirs.parts(), strict=True))
        duty = z3.substitute(self.norms[other].duty, *changed)
        law = _equal(self._ranks[one], self.norms[other].rank.changed(*changed))
        return [self.named("duty", one), duty, any_of(pairs), law]

    def _excluded_words(self, one: int, other: int) -> list[tuple[list[str], list[str]]]:
        """Actions of the one and of the other that cannot both be done; of a choice, every alternative."""
        first, second = self._actions(one), self._actions(other)
        if self.norms[one].is_choice or self.norms[other].is_choice:
            choices = [
                (mine, theirs)
                for mine, theirs, index in ((first, second, one), (second, first, other))
                if self.norms[index].is_choice
            ]
            join = all if len(choices) > 1 else any
            barred = all(join(self.excluded(a, b) for b in theirs) for mine, theirs in choices for a in mine)
            return [(first, second)] if barred else []
        return [([a], [b]) for a, b in product(first, second) if self.excluded(a, b)]

    def _actions(self, index: int) -> list[str]:
        return [str(word.id) if word.id is not None else "" for word in self.norms[index].norm.actions]

    def _among(self, action: Any, words: list[str]) -> Formula:
        return any_of(self._is(action, word) for word in words if word)

    def deadlines(self, one: int, other: int) -> str | None:
        """305: whether the same is required in two times."""
        first, second = self.norms[one], self.norms[other]
        if "duty" not in self._effects[one] or "duty" not in self._effects[other]:
            return None
        if first.is_choice != second.is_choice:
            return None
        found = {
            self._two_times(one, other, relation, number)
            for relation in {window.relation for window in first.norm.windows}
            for number in range(len(self.reading.people.sides()))
        } - {None}
        return None if not found else "error" if "error" in found else "warning"

    def _two_times(self, one: int, other: int, relation: str, number: int) -> str | None:
        """The same for the windows of one relation, the actor standing on one of the sides."""
        mine, theirs = self._windows(one, relation, number), self._windows(other, relation, number)
        here = self.reading.people.is_on(self.s.actor, self.reading.people.sides()[number])
        different = [key for key in mine if key in theirs and self.possible(here, mine[key] != theirs[key])]
        if not different:
            return None
        untimed = (self.named("untimed", one), self.named("untimed", other))
        if not self.possible(here, *untimed, _equal(self._ranks[one], self._ranks[other])):
            return None
        if self.possible(here, _deed(self.norms[one]) != _deed(self.norms[other])):
            return None
        apart = any(not self.possible(here, mine[key], theirs[key]) for key in different)
        return "error" if apart else "warning"

    def _windows(self, index: int, relation: str, number: int) -> dict[Any, Formula]:
        """The times of one relation that a norm sets, by the event from which they run; None where none is named."""
        days, s, norm = self.reading.days, self.s, self.norms[index].norm
        found: dict[Any, Formula] = {}
        for window in norm.windows:
            if window.relation != relation or not _is_definite(window):
                continue
            key = None if window.event is None else days.event_keys(window.event, norm)[number][1]
            holds = days.window(window, norm, s.now, s.actor, ("anchor",))
            found[key] = z3.And(found[key], holds) if key in found else holds
        return found

    # --- all ---------------------------------------------------------------------------------------

    def pairs(self) -> Iterable[tuple[int, int]]:
        """Every two norms of the contract."""
        return combinations(range(len(self.contract.norms)), 2)


def _rank_of(bans: list[tuple[Formula, Rank]]) -> Rank:
    """The highest that a norm has on its side in any of the ways in which it forbids."""
    return Rank(
        any_of(z3.And(forbids, rank.required) for forbids, rank in bans if rank.required.children()),
        any_of(z3.And(forbids, rank.barred) for forbids, rank in bans if rank.barred.children()),
    )


def _equal(one: Rank, other: Rank) -> Formula:
    """That neither of two prevails by law."""
    if all(z3.is_false(part) for rank in (one, other) for part in (rank.required, rank.barred)):
        return z3.BoolVal(True)
    return one.is_that_of(other)


def _deed(meaning: Meaning) -> Formula:
    """What is done to what, wherever the norm applies at all."""
    left_out = [meaning.excepted(thing) for thing in meaning.norm.exceptions if thing.kind != "person"]
    return z3.And(meaning.action, meaning.object, z3.Not(any_of(left_out)))


def _is_definite(window: Window) -> bool:
    """Whether it is known how long it is."""
    if window.vague is not None or isinstance(window.amount, Slotted):
        return False
    return window.amount is not None or window.special == "indefinite"
