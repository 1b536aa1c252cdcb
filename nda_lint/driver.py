"""A table driver for the LALR tables that Lark compiles from `grammar/`.

It differs from Lark's own only in asking the lexer for candidates and taking the first that the
state it is in can use. `tests/test_driver.py` holds it to Lark's parser.
"""

from __future__ import annotations

from nda_lint.lexer import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.lexer import Candidate, Lexer

END = "$END"

#: How many other readings of a sentence are tried at the most.
_MOST_ALTERNATIVES = 8
#: How often the reading that got furthest is taken up again.
_MOST_REREADINGS = 3

#: Marks that may close a sentence and mean nothing.
_STOPS = frozenset((".", "。", "!", ","))
#: Chinese particles that say nothing; skipped only where nothing else fits.
_PARTICLES = frozenset("的所之均都也还该本")


class Node:
    """A rule of the grammar with what it is made of."""

    __slots__ = ("children", "end", "name", "start")

    def __init__(self, name: str, children: list[Any], start: int, end: int) -> None:
        self.name = name
        self.children = children
        self.start = start
        self.end = end

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
    """Where a parse stopped: the atom, the states on the stack, and what was expected."""

    __slots__ = ("expected", "index", "last", "states")

    def __init__(self, index: int, last: int, states: list[int], expected: list[str]) -> None:
        self.index = index
        self.last = last
        self.states = states
        self.expected = expected


def run(table: dict[str, Any], start: str, lexer: Lexer) -> Node | Failure:
    """Parse the atoms of `lexer` by rule `start`.

    Where the longest word leads nowhere, the other words that could have stood at the last few
    places are tried: 书面通知 is a notice, but also "notify in writing". The failure that is returned
    is that of the reading that got furthest.
    """
    choices: list[tuple[int, Candidate]] = []
    best = _run(table, start, lexer, choices)
    if not choices or isinstance(best, Node):
        return best
    given = dict(lexer.patches)
    reached = best.index
    for _round in range(_MOST_REREADINGS):
        further: tuple[int, Candidate, list[tuple[int, Candidate]]] | None = None
        for index, candidate in choices[: -_MOST_ALTERNATIVES - 1 : -1]:
            if index in lexer.patches:
                continue
            lexer.patches[index] = candidate
            lexer.forget()
            others: list[tuple[int, Candidate]] = []
            result = _run(table, start, lexer, others)
            del lexer.patches[index]
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
        lexer.patches[further[0]] = further[1]
        choices = further[2]
    lexer.patches = given
    lexer.forget()
    return best


def _run(
    table: dict[str, Any], start: str, lexer: Lexer, choices: list[tuple[int, Candidate]]
) -> Node | Failure:
    """One reading; `choices` collects the words that could have been taken instead."""
    actions, gotos, rules = table["actions"], table["gotos"], table["rules"]
    first, final = table["start"][start]
    states: list[int] = [first]
    values: list[Any] = []
    atoms = lexer.atoms
    count = len(atoms)
    index = previous = 0
    while True:
        if index < count:
            candidates = lexer.candidates(index)
            candidate = _choose(actions, gotos, rules, states, candidates)
            if candidate is None:
                text = atoms[index][3]
                if (text in _STOPS and index + 1 == count) or (text in _PARTICLES and index + 1 < count):
                    index += 1
                    continue
                return _failure(index, previous, states, actions, gotos, rules)
            if candidate is not candidates[-1]:
                row = actions[states[-1]]
                later = candidates[candidates.index(candidate) + 1 :]
                choices.extend((index, other) for other in later if other[1] in row)
            after, terminal, identifier = candidate
            token = Token(terminal, identifier, index, after, atoms[index][1], atoms[after - 1][2])
        else:
            after, terminal = index, END
            token = Token(END, None, index, index, 0, 0)
        while True:
            action = actions[states[-1]].get(terminal)
            if action is None:
                return _failure(index, previous, states, actions, gotos, rules)
            if action >= 0:
                states.append(action)
                values.append(token)
                previous, index = index, after
                break
            _reduce(rules[-1 - action], states, values, gotos)
            if terminal == END and states[-1] == final:
                result = values[-1]
                if type(result) is Node:
                    return result
                raise TypeError(f"{start} is spliced away")  # a start rule never begins with an underscore


def _choose(
    actions: Any, gotos: Any, rules: Any, states: list[int], candidates: list[Candidate]
) -> Candidate | None:
    row = actions[states[-1]]
    for candidate in candidates:
        action = row.get(candidate[1])
        if action is not None and (action >= 0 or _viable(actions, gotos, rules, states, candidate[1])):
            return candidate
    return None


def _viable(actions: Any, gotos: Any, rules: Any, states: list[int], terminal: str) -> bool:
    """Whether `terminal` can be shifted after the reductions it asks for (LALR may promise too much)."""
    stack = list(states)
    while True:
        action = actions[stack[-1]].get(terminal)
        if action is None:
            return False
        if action >= 0:
            return True
        _name, origin, length = rules[-1 - action]
        if length:
            del stack[-length:]
        following = gotos[stack[-1]].get(origin)
        if following is None:
            return False
        stack.append(following)


def _reduce(rule: tuple[str | None, str, int], states: list[int], values: list[Any], gotos: Any) -> None:
    name, origin, length = rule
    if length:
        children = values[-length:]
        del values[-length:], states[-length:]
    else:
        children = []
    flat: list[Any] = []
    for child in children:
        # A list stands for a rule whose name begins with an underscore: its children are spliced in.
        if type(child) is list:
            flat.extend(child)
        else:
            flat.append(child)
    if name is None:
        values.append(flat)
    else:
        values.append(Node(name, flat, flat[0].start if flat else 0, flat[-1].end if flat else 0))
    states.append(gotos[states[-1]][origin])


def _failure(index: int, previous: int, states: list[int], actions: Any, gotos: Any, rules: Any) -> Failure:
    expected = [name for name in actions[states[-1]] if _viable_or_end(actions, gotos, rules, states, name)]
    return Failure(index, previous, list(states), expected)


def _viable_or_end(actions: Any, gotos: Any, rules: Any, states: list[int], terminal: str) -> bool:
    return terminal == END or _viable(actions, gotos, rules, states, terminal)
