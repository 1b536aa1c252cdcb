"""A table driver for the LALR tables that Lark compiles from `grammar/`.

It differs from Lark's own only in asking the lexer for candidates and taking the first that the
state it is in can use. `tests/test_driver.py` holds it to Lark's parser.
"""

from __future__ import annotations

from itertools import islice

from nda_lint.lexer import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from nda_lint.lexer import Candidate, Lexer
    from nda_lint.source import Span

    #: the candidates at an atom, which of them was taken, and what the parser could have used there
    Choice = tuple[int, list[Candidate], Candidate, dict[str, int]]

END = "$END"

#: How many other readings of a sentence are tried at the most.
_MOST_ALTERNATIVES = 8
#: How often the reading that got furthest is taken up again.
_MOST_REREADINGS = 3

#: Marks that may close a sentence and mean nothing.
_STOPS = frozenset((".", "。", "!", ","))
#: Chinese particles that say nothing; skipped only where nothing else fits.
_PARTICLES = frozenset("的所之均都也还该本仍亦")


class Node:
    """A rule of the grammar with what it is made of."""

    __slots__ = ("children", "name", "span")

    def __init__(self, name: str, children: list[Any], span: Span) -> None:
        self.name = name
        self.children = children
        self.span = span

    def node(self, name: str) -> Node | None:
        """The first child that is a node of this name."""
        for child in self.children:
            if type(child) is Node and child.name == name:
                return child
        return None

    def token(self, type_: str) -> Token | None:
        """The first child that is a token of this type."""
        for child in self.children:
            if type(child) is Token and child.type == type_:
                return child
        return None

    def nodes(self) -> list[Node]:
        """The children that are nodes."""
        return [child for child in self.children if type(child) is Node]


class Failure:
    """Where a parse stopped: the atom, the token before it, and the states on the stack."""

    __slots__ = ("_expected", "_table", "index", "last", "states")

    def __init__(self, table: dict[str, Any], index: int, last: int, states: list[int]) -> None:
        self._table = table
        self.index = index
        self.last = last
        self.states = states
        self._expected: list[str] | None = None

    @property
    def expected(self) -> list[str]:
        """The terminals that could have come; of most readings that failed nobody asks it."""
        if self._expected is None:
            row = self._table["actions"][self.states[-1]]
            viable = _viable(self._table, self.states, row)
            self._expected = [name for name in row if name == END or name in viable]
        return self._expected


def run(table: dict[str, Any], start: str, lexer: Lexer) -> Node | Failure:
    """Parse the atoms of `lexer` by rule `start`.

    Where the longest word leads nowhere, the other words that could have stood at the last few
    places are tried: 书面通知 is a notice, but also "notify in writing". The failure that is returned
    is that of the reading that got furthest.
    """
    choices: list[Choice] = []
    best = _run(table, start, lexer, choices)
    if not choices or isinstance(best, Node):
        return best
    taken: list[int] = []
    reached = best.index
    for _round in range(_MOST_REREADINGS):
        further: tuple[int, Candidate, list[Choice]] | None = None
        for index, candidate in islice(_others(choices), _MOST_ALTERNATIVES):
            if index in lexer.patches:
                continue
            lexer.patch(index, candidate)
            others: list[Choice] = []
            result = _run(table, start, lexer, others)
            lexer.patch(index, None)
            if isinstance(result, Node):
                best = result
                further = None
                break
            if result.index > reached:
                best, reached = result, result.index
                further = index, candidate, others
        if further is None:
            break
        # It got further, and may need another of the words that could have stood there.
        lexer.patch(further[0], further[1])
        taken.append(further[0])
        choices = further[2]
    for index in taken:
        lexer.patch(index, None)
    return best


def expected(table: dict[str, Any], start: str, lexer: Lexer) -> list[str]:
    """What may come next after the atoms of `lexer`, where they begin what rule `start` stands for; nothing where
    they do not. An editor offers it."""
    count = len(lexer.atoms)
    end = lexer.atoms[-1][2] if lexer.atoms else 0
    # What no word is.
    lexer.atoms = [*lexer.atoms, ("x", end, end, "\0")]
    result = run(table, start, lexer)
    return result.expected if isinstance(result, Failure) and result.index == count else []


def _others(choices: list[Choice]) -> Iterator[tuple[int, Candidate]]:
    """The words that could have been taken instead, the last place first."""
    for index, candidates, taken, row in reversed(choices):
        for candidate in reversed(candidates[candidates.index(taken) + 1 :]):
            if candidate[1] in row:
                yield index, candidate


def _run(table: dict[str, Any], start: str, lexer: Lexer, choices: list[Choice]) -> Node | Failure:
    """One reading; `choices` collects the places where another word could have been taken."""
    actions = table["actions"]
    first, final = table["start"][start]
    states: list[int] = [first]
    values: list[Any] = []
    atoms = lexer.atoms
    count = len(atoms)
    index = previous = 0
    while index < count:
        candidates = lexer.candidates(index)
        if candidates and candidates[0][1] == "IGNORED" and _alone(candidates):
            index = candidates[0][0]
            continue
        row = actions[states[-1]]
        for candidate in candidates:
            action = row.get(candidate[1])
            if action is None:
                continue
            if action < 0:
                before = states[:], values[:]
                action = _reduce(table, states, values, candidate[1], -1)
                if action is None:
                    # LALR may promise too much: the reductions led nowhere.
                    states, values = before
                    continue
            break
        else:
            after = _after_nothing(candidates, atoms[index][3], index, count)
            if after > index:
                index = after
                continue
            return Failure(table, index, previous, states)
        if candidate is not candidates[-1]:
            choices.append((index, candidates, candidate, row))
        after, terminal, identifier = candidate
        states.append(action)
        values.append(Token(terminal, identifier, (atoms[index][1], atoms[after - 1][2])))
        previous, index = index, after
    _reduce(table, states, values, END, final)
    if states[-1] != final:
        return Failure(table, index, previous, states)
    result = values[-1]
    if type(result) is not Node:
        raise TypeError(f"{start} is spliced away")  # a start rule never begins with an underscore
    return result


def _reduce(
    table: dict[str, Any], states: list[int], values: list[Any], terminal: str, final: int
) -> int | None:
    """Make the reductions that come before `terminal`, or those that lead to the state `final`. Returns the
    state after `terminal`, None where it cannot come next."""
    actions, gotos, rules = table["actions"], table["gotos"], table["rules"]
    state = states[-1]
    while state != final:
        action: int | None = actions[state].get(terminal)
        if action is None or action >= 0:
            return action
        name, origin, length, splices = rules[-1 - action]
        if length == 1:
            # Most of them put a name to one thing.
            child = values[-1]
            children = child if splices and type(child) is list else [child]
            states.pop()
        else:
            children = []
            if length:
                children = values[-length:]
                del values[-length:], states[-length:]
                if splices:
                    children = _spliced(children)
            values.append(None)
        if name is None:
            values[-1] = children
        elif len(children) == 1:
            values[-1] = Node(name, children, children[0].span)
        else:
            span = (children[0].span[0], children[-1].span[1]) if children else (0, 0)
            values[-1] = Node(name, children, span)
        state = gotos[states[-1]][origin]
        states.append(state)
    return None


def _spliced(children: list[Any]) -> list[Any]:
    """A list stands for a rule whose name begins with an underscore: its children are put in its place."""
    flat: list[Any] = []
    for child in children:
        if type(child) is list:
            flat += child
        else:
            flat.append(child)
    return flat


def _alone(candidates: list[Candidate]) -> bool:
    """Whether the first candidate is the only one as long as it."""
    return len(candidates) < 2 or candidates[1][0] < candidates[0][0]


def _after_nothing(candidates: list[Candidate], text: str, index: int, count: int) -> int:
    """The index behind a word that says nothing (各自, a full stop at the end); `index` if it says something."""
    if index + 1 == count:
        return count if text in _STOPS else index
    ignored = next((candidate[0] for candidate in candidates if candidate[1] == "IGNORED"), index)
    return index + 1 if ignored == index and text in _PARTICLES else ignored


def _viable(table: dict[str, Any], states: list[int], terminals: Iterable[str]) -> set[str]:
    """Those of `terminals` that can be shifted after the reductions they ask for; most ask for the same."""
    row = table["actions"][states[-1]]
    viable: set[str] = set()
    by_rule: dict[int, list[str]] = {}
    for terminal in terminals:
        action = row.get(terminal)
        if action is None:
            continue
        if action >= 0:
            viable.add(terminal)
        else:
            by_rule.setdefault(action, []).append(terminal)
    for action, asking in by_rule.items():
        _name, origin, length, _splices = table["rules"][-1 - action]
        before = states[:-length] if length else states
        following = table["gotos"][before[-1]].get(origin)
        if following is not None:
            viable |= _viable(table, [*before, following], asking)
    return viable
