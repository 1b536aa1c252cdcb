"""The properties of one rule, checked and put into plain data.

A rule becomes four pieces: its *head*, which every run reads (code, severity, guard …); its *body*, what decides
whether it finds something, read where the guard lets it pass; its *texts*, read where it does find something; and its
*documents*, read by those who explain rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nda_lint.profiles import STANDARD
from nda_lint.rulebook import types as t
from nda_lint.rulebook.check import Checker
from nda_lint.rulebook.errors import RuleError, nearest
from nda_lint.rulebook.guard import guard_of
from nda_lint.rulebook.parse import parse_path
from nda_lint.rulebook.paths import Mistake
from nda_lint.rulebook.shared import cites_of, joined, validity
from nda_lint.rulebook.syntax import Node, RuleSyntax, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nda_lint.rulebook.statutes import Cited
    from nda_lint.rulebook.vocabulary import Vocabulary
    from nda_lint.source import Source

Plain = tuple[Any, ...]

SEVERITIES = ("error", "warning", "info")
STATES = ("on", "strict", "off")
_REPEATABLE = ("parameter", "related", "cite", "fix", "bad", "good")
_NEEDED = ("severity", "summary", "why", "help", "bad", "good")
_NEEDED_WITHOUT_ANALYSIS = ("at", "message")
_UNNEEDED_WITH_ANALYSIS = ("at", "message", "related", "fix")
#: The version of marshal that every supported Python reads.
MARSHAL_VERSION = 2
#: Blocks that are not called clauses.
_BLOCKS = ("agreement", "party", "annex")
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MISSING = "missing "


class Declaration:
    """Collects what one rule says; `errors` is empty if it can be used."""

    def __init__(self, rule: RuleSyntax, source: Source, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self.source = source
        self.vocabulary = vocabulary
        self.errors: list[RuleError] = []
        self.checker = Checker(vocabulary, source, self._focus())
        #: Variables that only one side of an `or` binds: they may be a place, and may be missing from it.
        self._sometimes: set[str] = set()

    def plain(self, pack: int) -> dict[str, Any]:
        """Head, body, texts and documents of the rule as plain data."""
        self._properties_are_there()
        parameters = self._parameters()
        cites = self._cites()
        applies = self._attempt(lambda: self._condition("applies"))
        when = self._attempt(self._when)
        severity, severity_in, severity_where = self._graded(
            "severity", SEVERITIES, "unknown-severity", "error"
        )
        state, state_in, state_where = self._graded("default", STATES, "unknown-state", "on")
        body = {
            "slots": self.checker.slots,
            "focus": self.checker.focus,
            "applies": applies,
            "when": when,
            "at": self._attempt(self._places) or (),
            "severity_where": severity_where,
            "default_where": state_where,
        }
        texts = {
            "related": tuple(
                filter(None, (self._attempt(self._related, node) for node in self.rule.all("related")))
            ),
            "message": self._attempt(self._templates, "message"),
            "help": self._attempt(self._templates, "help"),
            "cites": tuple((*cite[:4], where) for cite, where in cites),
            "fixes": tuple(filter(None, (self._attempt(self._fix, node) for node in self.rule.all("fix")))),
        }
        conditions = [condition for condition in (applies, _condition_of(when)) if condition is not None]
        analysis = self.rule.one("analysis")
        head = {
            "code": self.rule.code.text,
            "name": self.rule.name.text,
            "severity": severity,
            "severity_in": severity_in,
            "default": state,
            "default_in": state_in,
            "may_be_on": any(value == "on" for value, _ in state_where),
            "analysis": analysis.word(0).text if analysis else None,
            "replaces": self._replaces(),
            "pack": pack,
            "in_force": self._in_force(),
            "guard": guard_of(*conditions, focus=self.checker.focus),
        }
        shown = tuple(cite for cite, _ in cites)
        documents = {**self._documents(), "cites": shown, "parameters": parameters}
        return {"head": head, "body": body, "texts": texts, "documents": documents}

    # --- which properties there are ------------------------------------------------------

    def _properties_are_there(self) -> None:
        rule = self.rule
        if not _KEBAB.fullmatch(rule.name.text):
            self._error(rule.name, "bad-name", found=rule.name.text)
        seen: set[str] = set()
        for node in rule.properties:
            if node.kind in seen and node.kind not in _REPEATABLE:
                self._error(node, "repeated-property", property=_spoken(node.kind))
            seen.add(node.kind)
        if "when" in seen and "analysis" in seen:
            self._error(rule.one("analysis") or rule.name, "when-or-analysis")
        needed: tuple[str, ...] = _NEEDED
        if "analysis" in seen:
            for name in _UNNEEDED_WITH_ANALYSIS:
                if name in seen:
                    self._error(rule.one(name) or rule.name, "unneeded-property", property=name)
        else:
            needed = (*_NEEDED, *_NEEDED_WITHOUT_ANALYSIS, "when")
        for name in needed:
            if name not in seen:
                self._error(rule.name, "missing-property", property=name)

    def _error(
        self, place: Node | Word, key: str, suggestions: tuple[str, ...] = (), **arguments: str
    ) -> None:
        self.errors.append(RuleError(self.source, place.span, key, suggestions, **arguments))

    def _attempt(self, make: Callable[..., Any], *arguments: Any) -> Any:
        """What `make` gives, or None with the mistake noted."""
        try:
            return make(*arguments)
        except Mistake as mistake:
            self.errors.append(mistake.error)
            return None

    # --- how bad, and whether it speaks ----------------------------------------------------

    def _graded(
        self, name: str, allowed: tuple[str, ...], error: str, fallback: str
    ) -> tuple[str, Plain, Plain]:
        """The value of `severity` or `default`, with its exceptions by profile and by condition."""
        node = self.rule.one(name)
        if node is None:
            return fallback, (), ()
        profiles: list[tuple[str, str]] = []
        conditions: list[Plain] = []
        value = self._one_of(node.word(0), allowed, error)
        for exception in node.nodes:
            graded = self._one_of(exception.word(0), allowed, error)
            if exception.kind == "where":
                condition = self._attempt(self.checker.condition, exception.parts[1])
                conditions.append((graded, condition))
                continue
            profile = self._one_of(exception.word(1), STANDARD, "unknown-profile")
            profiles.append((profile, graded))
        return value, tuple(profiles), tuple(conditions)

    def _one_of(self, word: Word, allowed: tuple[str, ...], error: str) -> str:
        if word.text not in allowed:
            self._error(word, error, nearest(word.text, allowed), found=word.text)
        return word.text

    def _replaces(self) -> Plain:
        node = self.rule.one("replaces")
        return tuple(word.text for word in node.words) if node else ()

    def _in_force(self) -> tuple[str | None, str | None]:
        node = self.rule.one("in_force")
        return (self._attempt(validity, node, self.checker) if node else None) or (None, None)

    # --- what a house may set -----------------------------------------------------------------

    def _parameters(self) -> tuple[tuple[str, Plain, str, str], ...]:
        """Name, literal and what it is for, in English and Chinese, of every parameter."""
        found = []
        for node in self.rule.all("parameter"):
            name = node.word(0)
            literal = self._attempt(self.checker.operand, node.parts[1])
            if name.text in self.checker.parameters or name.text in self.vocabulary.kinds:
                self._error(name, "shadowed", found=name.text)
            elif literal is not None:
                self.checker.parameters[name.text] = literal
                english, chinese = joined(node.node(2))
                if not (english and chinese):
                    self._error(name, "one-language", property="parameter")
                found.append((name.text, literal[0], english, chinese))
        return tuple(found)

    # --- when and where --------------------------------------------------------------------

    def _focus(self) -> str:
        """The field whose values the rule looks at one by one: the one its place names first."""
        node = self.rule.one("at")
        if node is None or not isinstance(node.parts[0], Node) or node.node(0).kind != "path":
            return ""
        names = node.node(0).words
        kinds = self.vocabulary.kinds
        if len(names) < 2 or names[0].text not in kinds:
            return ""
        field = kinds[names[0].text]["fields"].get(names[1].text)
        return f"{names[0].text}.{names[1].text}" if field is not None else ""

    def _condition(self, name: str) -> Plain | None:
        node = self.rule.one(name)
        return self.checker.condition(node.parts[0]) if node else None

    def _when(self) -> Plain | None:
        """`when` as nested steps that find every combination of the variables the rule speaks of."""
        node = self.rule.one("when")
        return self._steps(node.parts[0], self._spoken_of()) if node else None

    def _spoken_of(self) -> set[str]:
        """The names that places and messages start with."""
        names: set[str] = set()
        for node in self.rule.properties:
            if node.kind in ("at", "related"):
                paths = (part.node(0) if part.kind == "last_place" else part for part in node.nodes)
                names.update(path.word(0).text for path in paths if path.kind == "path")
            if node.kind in ("related", "message", "help", "fix"):
                for word in _texts_of(node):
                    for placeholder in _PLACEHOLDER.finditer(word.text):
                        names.add(placeholder[1].partition(".")[0].strip())
        return names

    def _steps(self, node: Node | Word, wanted: set[str]) -> Plain:
        if isinstance(node, Node) and node.kind == "any_of" and self._binds(node, wanted):
            collection, element = self.checker.collection(node.parts[1])
            slot = self.checker.bind(node.word(0), element)
            self.checker.speaks_of(node.parts[2], node.word(0))
            return ("each", slot, collection, self._steps(node.parts[2], wanted))
        if isinstance(node, Node) and node.kind == "and_":
            for index, part in enumerate(node.parts):
                if isinstance(part, Node) and part.kind in ("any_of", "or_") and self._binds(part, wanted):
                    others = (*node.parts[:index], *node.parts[index + 1 :])
                    conditions = tuple(self.checker.condition(other) for other in others)
                    return ("with", ("and", *conditions), self._steps(part, wanted))
        if isinstance(node, Node) and node.kind == "or_" and self._binds(node, wanted):
            return ("either", *self._sides(node, wanted))
        return ("test", self.checker.condition(node))

    def _sides(self, node: Node, wanted: set[str]) -> Iterator[Plain]:
        """The steps of each side of an `or`; what one binds the others do not see."""
        outside = dict(self.checker.variables)
        bound: dict[str, tuple[int, t.Type]] = {}
        for part in node.parts:
            steps = self._steps(part, wanted)
            inside = {name: found for name, found in self.checker.variables.items() if name not in outside}
            if twice := inside.keys() & bound.keys():
                raise self.checker.mistake(part.span, "shadowed", found=min(twice))
            bound.update(inside)
            self.checker.variables = dict(outside)
            yield steps
        self.checker.variables.update(bound)
        self._sometimes.update(bound)

    def _binds(self, node: Node | Word, wanted: set[str]) -> bool:
        """Whether this `any`, or one further in, introduces a wanted name."""
        if not isinstance(node, Node):
            return False
        if node.kind == "any_of":
            return node.word(0).text in wanted or self._binds(node.parts[2], wanted)
        return node.kind in ("and_", "or_") and any(self._binds(part, wanted) for part in node.parts)

    def _places(self) -> Plain:
        node = self.rule.one("at")
        return tuple(self._place(part) for part in node.nodes) if node else ()

    def _place(self, node: Node) -> Plain:
        if node.kind == "clause_place":
            return ("clause", self.checker.kind(node.word(0)))
        if node.kind == "last_place":
            return ("last", self._place(node.node(0)))
        if node.kind == "first_place":
            node = node.node(0)
        if len(node.words) == 1 and node.word(0).text == "contract":
            return ("contract",)
        if len(node.words) == 1 and node.word(0).text in _BLOCKS:
            return ("clause", node.word(0).text)
        plain, type_ = self._bound(node.words)
        if type_.sort in ("truth", "enum", "string", "quantity", "profile"):
            raise self.checker.mistake(node.span, "no-place", what=t.describe(type_))
        if plain[0] == "field":  # where it is given, and not the one value that its places agree on
            plain = ("values", plain[1])
        return ("of", plain)

    def _bound(self, names: tuple[Word, ...]) -> tuple[Plain, t.Type]:
        """A path in a place or message; its variable must have been bound by `when`."""
        known = (*self.checker.variables, *self.checker.parameters, *self.vocabulary.kinds)
        known = (*known, "contract", "norms", "parties")
        if len(names) == 1 and names[0].text not in known:
            raise self.checker.mistake(names[0].span, "unbound", found=names[0].text)
        return self.checker.path(names)

    def _related(self, node: Node) -> Plain:
        plain, type_ = self._bound(node.node(0).words)
        if type_.sort in ("truth", "enum", "string", "quantity", "profile"):
            raise self.checker.mistake(node.node(0).span, "no-place", what=t.describe(type_))
        if plain[0] == "field":  # every place where the field is given, not the one value they agree on
            plain = ("values", plain[1])
        return (plain, self._pair(node.node(1), "related"))

    # --- what is said ----------------------------------------------------------------------

    def _templates(self, name: str) -> Plain | None:
        node = self.rule.one(name)
        return self._pair(node.node(0), name) if node else None

    def _pair(self, node: Node, name: str) -> Plain:
        """The English and the Chinese text as sequences of strings and placeholders."""
        english = [word for word in node.words if word.terminal == "ENGLISH"]
        chinese = [word for word in node.words if word.terminal == "CHINESE"]
        if not english or not chinese:
            raise self.checker.mistake(node.span, "one-language", property=name)
        return self._template(english, " "), self._template(chinese, "")

    def _template(self, words: list[Word], joint: str) -> Plain:
        parts: list[Any] = []
        for number, word in enumerate(words):
            if number and joint:
                parts.append(joint)
            text = word.text[1:-1]
            end = 0
            for placeholder in _PLACEHOLDER.finditer(text):
                parts.append(text[end : placeholder.start()])
                parts.append(self._placeholder(placeholder[1], word.span[0] + 1 + placeholder.start(1)))
                end = placeholder.end()
            parts.append(text[end:])
        return tuple(part for part in parts if part != "")

    def _placeholder(self, text: str, offset: int) -> Plain:
        if text.startswith(_MISSING):
            return self._missing_names(text, offset)
        names = parse_path(text)
        if names is None:
            reason = ("not a path", "不是路径")
            raise self.checker.mistake(
                (offset, offset + len(text)), "bad-placeholder", found=text, reason=reason
            )
        words = []
        for name in names:
            words.append(Word("WORD", name, (offset, offset + len(name))))
            offset += len(name) + 1
        if names[0] in self._sometimes:
            raise self.checker.mistake(words[0].span, "unbound", found=names[0])
        plain, type_ = self._bound(tuple(words))
        element = type_.element or type_
        return ("show", plain, element.choice_classes)

    def _missing_names(self, text: str, offset: int) -> Plain:
        """``{missing scope.forms, scope.exclusions}``: the names of those keys that are not given."""
        fields: list[str] = []
        start = len(_MISSING)
        for part in text[start:].split(","):
            names = parse_path(part) or []
            first = offset + text.index(part, start)
            first += len(part) - len(part.lstrip())
            start += len(part) + 1
            words = [Word("WORD", name, (first, first + len(part.strip()))) for name in names]
            plain = self._bound(tuple(words))[0] if len(words) == 2 else ()
            if plain[:1] not in (("field",), ("values",)):
                reason = ("no key that may be missing", "不是可能缺少的键")
                raise self.checker.mistake(
                    (first, first + len(part.strip())), "bad-placeholder", found=part.strip(), reason=reason
                )
            fields.append(plain[1])
        return ("missing", tuple(fields))

    def _cites(self) -> tuple[tuple[Cited, Plain | None], ...]:
        """The law, and the condition under which it is that of the contract."""
        cites: list[tuple[Cited, Plain | None]] = []
        for node in self.rule.all("cite"):
            where = next((part for part in node.nodes if part.kind == "where"), None)
            condition = self._attempt(self.checker.condition, where.parts[0]) if where else None
            cites += [(cite, condition) for cite in self._attempt(cites_of, node, self.checker) or ()]
        return tuple(cites)

    def _fix(self, node: Node) -> Plain:
        applicability = self._one_of(node.word(0), ("safe", "unsafe"), "unknown-applicability")
        title = self._pair(node.node(1), "fix")
        edit = node.node(2)
        if edit.kind == "delete_edit":
            return (applicability, title, ("delete",))
        if edit.kind == "replace_edit":
            return (applicability, title, ("replace", *self._pair(edit.node(0), "replace with")))
        kind = self.checker.kind(edit.word(0))
        texts = edit.node(1)
        lines = [
            tuple(word.text[1:-1] for word in texts.words if word.terminal == terminal)
            for terminal in ("ENGLISH", "CHINESE")
        ]
        if not all(lines):
            raise self.checker.mistake(texts.span, "one-language", property="insert")
        return (applicability, title, ("insert", kind, *lines))

    # --- documents -------------------------------------------------------------------------

    def _documents(self) -> dict[str, Any]:
        covers = self.rule.one("covers")
        review = self.rule.one("review_by")
        review_day = self._attempt(self.checker.day, review.word(0)) if review else None
        row, _ = self.source.position(self.rule.span[0])
        return {
            "summary": self._plain_texts("summary"),
            "why": self._plain_texts("why"),
            "help": self._plain_texts("help"),
            "message": self._plain_texts("message"),
            "covers": tuple(word.text for word in covers.words) if covers else (),
            "review_by": review_day.isoformat() if review_day else None,
            "reads": tuple(sorted(self.checker.reads)),
            "bad": tuple(self._example(node) for node in self.rule.all("bad")),
            "good": tuple(self._example(node) for node in self.rule.all("good")),
            "place": (self.source.filename, row),
        }

    def _plain_texts(self, name: str) -> tuple[str, str]:
        node = self.rule.one(name)
        if node is None:
            return "", ""
        english, chinese = joined(node.node(0))
        if name in ("summary", "why") and not (english and chinese):
            self._error(node, "one-language", property=name)
        return english, chinese

    def _example(self, node: Node) -> tuple[str, str]:
        """The text of an example and the encoding it is stored in."""
        encoding = "utf-8"
        for part in node.nodes:
            encoding = part.word(0).text
            try:
                "".encode(encoding)
            except LookupError:
                self._error(part.word(0), "unknown-encoding", found=encoding)
        lines = [word.text[1:].removeprefix(" ").rstrip() for word in node.words]
        return "\n".join(lines) + "\n", encoding


def _condition_of(steps: Plain | None) -> Plain | None:
    """`when` as one condition again, for the guard."""
    if steps is None:
        return None
    if steps[0] == "test":
        condition: Plain = steps[1]
        return condition
    if steps[0] == "with":
        return ("and", steps[1], _condition_of(steps[2]))
    if steps[0] == "either":
        return ("or", *(_condition_of(side) for side in steps[1:]))
    return ("any", steps[1], steps[2], _condition_of(steps[3]))


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")


def _texts_of(node: Node) -> list[Word]:
    texts = [word for word in node.words if word.terminal in ("ENGLISH", "CHINESE")]
    for part in node.nodes:
        texts += _texts_of(part)
    return texts
