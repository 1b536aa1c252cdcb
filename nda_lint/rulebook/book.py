"""The rules as the linter uses them: which there are, which speak, and what they find in a contract."""

from __future__ import annotations

import marshal

from nda_lint.finding import Cite, Finding, Related
from nda_lint.recall import found_of
from nda_lint.rulebook.evaluate import condition, solutions
from nda_lint.rulebook.places import Places
from nda_lint.rulebook.sources import CONTRACT_SLOT, FOCUS_SLOT, PROFILES_SLOT
from nda_lint.rulebook.wording import wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Any

    from nda_lint.contract import Contract, Norm
    from nda_lint.finding import Language, Severity
    from nda_lint.rulebook.wording import Wording
    from nda_lint.source import Span


class Rule:
    """What there is to know about a rule without running it."""

    __slots__ = ("_book", "analysis", "code", "default", "name", "severity")

    def __init__(self, head: Mapping[str, Any], book: Rulebook) -> None:
        self._book = book
        self.code: str = head["code"]
        self.name: str = head["name"]
        self.severity: Severity = head["severity"]
        #: ``on``, ``strict`` (speaks with that profile only) or ``off``
        self.default: str = head["default"]
        #: the name of the Python analysis that checks it, or None
        self.analysis: str | None = head["analysis"]

    @property
    def documents(self) -> Mapping[str, Any]:
        """``summary``, ``why``, ``help`` and ``message`` (pairs of English and Chinese), ``covers``,
        ``reads``, ``cites``, ``review_by``, ``bad`` and ``good`` (pairs of text and encoding), ``pack``
        and ``place`` (rule file and row)."""
        documents: Mapping[str, Any] = self._book.documents[self.code]
        return documents

    def text(self, part: str, language: Language = "en") -> str:
        """One of the texts of `documents` in a language."""
        return str(self.documents[part][0 if language == "en" else 1])

    def __repr__(self) -> str:
        return f"Rule({self.code} {self.name})"


class _Prepared:
    """A rule that has passed its guard at least once: its functions, built on first use."""

    __slots__ = (
        "_code", "_parameters", "_plain", "_texts", "applies", "body", "default_where", "find", "severity_where",
    )  # fmt: skip

    def __init__(self, plain: Mapping[str, Any], code: str, parameters: Mapping[str, Any] | None) -> None:
        body: dict[str, Any] = plain["bodies"][code]
        if parameters:
            body = _with_parameters(body, parameters)
        self._plain = plain
        self._code = code
        self._parameters = parameters
        self._texts: dict[str, Any] | None = None
        self.body = body
        self.applies = condition(body["applies"]) if body["applies"] else None
        self.find = solutions(body["when"]) if body["when"] else None
        self.severity_where = [(graded, condition(plain)) for graded, plain in body["severity_where"]]
        self.default_where = [condition(plain) for state, plain in body["default_where"] if state == "on"]

    @property
    def texts(self) -> dict[str, Any]:
        """What it says where it finds something."""
        if self._texts is None:
            texts: dict[str, Any] = marshal.loads(self._plain["texts"][self._code])
            self._texts = _with_parameters(texts, self._parameters) if self._parameters else texts
        return self._texts


def _with_parameters(part: dict[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    from nda_lint.rulebook.rewrite import with_parameters  # few houses give a rule other numbers

    changed: dict[str, Any] = with_parameters(part, parameters)
    return changed


class Rulebook:
    """A catalogue of rules, made from the data of ``compile_rules``. Safe to use from several threads.

    `parameters` are the values that a house gives to those of a rule: code → name → literal.
    """

    def __init__(
        self,
        plain: Mapping[str, Any],
        names: Mapping[str, Any] | None = None,
        parameters: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._parameters = parameters or {}
        self._heads: tuple[dict[str, Any], ...] = plain["rules"]
        self._packs: tuple[dict[str, Any], ...] = plain["packs"]
        self._plain = plain
        self._names = names
        self._prepared: dict[str, _Prepared] = {}
        self._by_code = {head["code"]: head for head in self._heads}
        self._replaceable = frozenset(code for head in self._heads for code in head["replaces"])
        self._rules: tuple[Rule, ...] | None = None
        self._read_documents: dict[str, Any] | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order of the rule files."""
        if self._rules is None:
            self._rules = tuple(Rule(head, self) for head in self._heads)
        return self._rules

    @property
    def documents(self) -> Mapping[str, Any]:
        """What rules say about themselves, by code; read when it is first asked for."""
        if self._read_documents is None:
            self._read_documents = dict(marshal.loads(self._plain["documents"]))
        return self._read_documents

    def by_default(self, profiles: Collection[str] = ("default",)) -> frozenset[str]:
        """The codes of the rules that speak under `profiles` unless the user says otherwise."""
        return frozenset(head["code"] for head in self._heads if head["may_be_on"] or _speaks(head, profiles))

    def evaluate(
        self,
        contract: Contract,
        *,
        language: Language = "en",
        selected: Collection[str] | None = None,
        asked: Collection[str] = (),
        profiles: Collection[str] = ("default",),
        as_of: str | None = None,
    ) -> list[Finding]:
        """What the rules find. Those that are checked by an analysis are left to it.

        `selected` are the codes to check, by default those that speak under `profiles`; a rule that
        speaks on a condition does so only where the condition holds, unless it was `asked` for. `as_of` is the
        ISO date whose law applies: the date of signing, or today, if it is not given.
        """
        return list(Run(self, contract, language, profiles, as_of, asked).findings(selected))

    def complete(
        self,
        findings: Iterable[Finding],
        contract: Contract,
        *,
        language: Language = "en",
        selected: Collection[str] | None = None,
        asked: Collection[str] = (),
        profiles: Collection[str] = ("default",),
        as_of: str | None = None,
    ) -> list[Finding]:
        """`findings` of parsing and analyses with what their rules declare: the severity where the rule
        makes an exception, the law, and the help where the finding has none of its own. Those of rules for
        which one of the rules `selected` stands in are left out."""
        run = Run(self, contract, language, profiles, as_of, asked)
        kept = list(findings)
        if any(finding.code in self._replaceable for finding in kept):
            replaced = run.replaced(selected)
            kept = [finding for finding in kept if finding.code not in replaced]
        return [run.completed(finding) for finding in kept]

    def head(self, code: str) -> Mapping[str, Any] | None:
        """The head of a rule."""
        return self._by_code.get(code)

    @property
    def heads(self) -> tuple[dict[str, Any], ...]:
        """The heads of all rules."""
        return self._heads

    @property
    def packs(self) -> tuple[dict[str, Any], ...]:
        """The packs, each with name, title and the condition under which it applies."""
        return self._packs

    def prepared(self, head: Mapping[str, Any]) -> _Prepared:
        """The functions of a rule."""
        found = self._prepared.get(head["code"])
        if found is None:
            # Two threads may both build it; the results are the same and the last one stays.
            code = head["code"]
            found = self._prepared[code] = _Prepared(self._plain, code, self._parameters.get(code))
        return found

    @property
    def names(self) -> Mapping[str, Any]:
        """The name tables; those of the compiled tables unless others were given."""
        if self._names is None:
            from nda_lint.tables import tables

            self._names = tables()["names"]
        return self._names


def combine(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of both, as one: those built in and a house's own."""
    shift = len(first["packs"])
    moved = tuple({**head, "pack": head["pack"] + shift} for head in second["rules"])
    one, other = marshal.loads(first["shared"]), marshal.loads(second["shared"])
    shared = {kind: {**names, **other[kind]} for kind, names in one.items()}
    documents = {**marshal.loads(first["documents"]), **marshal.loads(second["documents"])}
    return {
        "packs": (*first["packs"], *second["packs"]),
        "rules": (*first["rules"], *moved),
        "bodies": {**first["bodies"], **second["bodies"]},
        "texts": {**first["texts"], **second["texts"]},
        "shared": marshal.dumps(shared),
        "documents": marshal.dumps(documents),
    }


class Run:
    """One contract under one set of profiles."""

    def __init__(
        self,
        book: Rulebook,
        contract: Contract,
        language: Language,
        profiles: Collection[str],
        as_of: str | None,
        asked: Collection[str] = (),
    ) -> None:
        self._asked = asked
        self._book = book
        self._contract = contract
        self._language = language
        self._profiles = frozenset(profiles)
        self._as_of = as_of
        #: index of a pack → whether it is for this contract
        self.packs: dict[int, bool] = {}
        self._words: Wording | None = None
        self._places = Places(contract)
        self.present = present(contract)

    def findings(self, selected: Collection[str] | None) -> Iterator[Finding]:
        """What the rules find, in the order of the rule files."""
        replaced = self.replaced(selected)
        for head in self.chosen(selected):
            if head["code"] not in replaced:
                yield from self.all_of(head)

    def all_of(self, head: Mapping[str, Any]) -> list[Finding]:
        """What one rule finds, if it is for this contract."""
        return list(self._run(head)) if self.applies(head) else []

    def chosen(self, selected: Collection[str] | None) -> list[Mapping[str, Any]]:
        """The rules that can find anything in a contract that has what this one has."""
        chosen: list[Mapping[str, Any]] = []
        for head in self._book.heads:
            wanted = (
                head["code"] in selected if selected is not None else head["may_be_on"] or self._speaks(head)
            )
            if wanted and head["analysis"] is None and self._possible(head["guard"]):
                chosen.append(head)
        return chosen

    def replaced(self, selected: Collection[str] | None) -> set[str]:
        """The rules for which another one stands in, whether or not that one finds anything."""
        return {code for head in self.replacing(selected) if self.applies(head) for code in head["replaces"]}

    def replacing(self, selected: Collection[str] | None) -> list[Mapping[str, Any]]:
        """The rules that stand in for others, whether or not they find anything."""
        return [
            head
            for head in self._book.heads
            if head["replaces"] and (selected is None or head["code"] in selected)
        ]

    def completed(self, finding: Finding) -> Finding:
        """A finding of parsing or of an analysis with what its rule declares."""
        head = self._book.head(finding.code)
        if head is None:
            return finding
        prepared = self._book.prepared(head)
        environment = self._environment(prepared.body["slots"])
        if head["severity_in"] or prepared.severity_where:
            finding.severity = self._severity(head, prepared, environment, finding.severity)
        texts = prepared.texts
        if finding.help is None and texts["help"]:
            finding.help = self._text(texts["help"], environment)
        finding.cites = finding.cites or self._cites(texts["cites"], environment)
        return finding

    # --- which rules run -------------------------------------------------------------------

    def _speaks(self, head: Mapping[str, Any]) -> bool:
        return _speaks(head, self._profiles)

    def _possible(self, guard: tuple[Any, ...]) -> bool:
        present = self.present
        for alternatives in guard:
            for key, wanted in alternatives:
                if (key in present) is wanted:
                    break
            else:
                return False
        return True

    def applies(self, head: Mapping[str, Any]) -> bool:
        """Whether the rule is for this contract: its pack, the law in force, its own condition."""
        if not self.pack_applies(head["pack"]):
            return False
        since, until = head["in_force"]
        if not self._is_in_force(since, until):
            return False
        prepared = self._book.prepared(head)
        environment = self._environment(prepared.body["slots"])
        if prepared.applies is not None and not prepared.applies(environment):
            return False
        if self._speaks(head) or not head["may_be_on"] or head["code"] in self._asked:
            return True
        return any(decide(environment) for decide in prepared.default_where)

    def pack_applies(self, index: int) -> bool:
        """Whether a pack is for this contract."""
        found = self.packs.get(index)
        if found is None:
            pack = self._book.packs[index]
            found = True
            if pack["applies"] is not None:
                decide = condition(pack["applies"])
                found = self._possible(pack["guard"]) and decide(self._environment(pack["slots"])) is True
            self.packs[index] = found
        return found

    def _environment(self, slots: int) -> list[Any]:
        environment: list[Any] = [None] * slots
        environment[CONTRACT_SLOT] = self._contract
        environment[PROFILES_SLOT] = self._profiles
        return environment

    def _is_in_force(self, since: str | None, until: str | None) -> bool:
        if since is None and until is None:
            return True
        day = self.as_of
        return (since is None or since <= day) and (until is None or day <= until)

    @property
    def as_of(self) -> str:
        """The day whose law applies."""
        if self._as_of is None:
            self._as_of = _signing_date(self._contract) or _today()
        return self._as_of

    def set_day(self, day: str) -> None:
        """Let the law of a day apply."""
        self._as_of = day

    # --- what they find --------------------------------------------------------------------

    def _run(self, head: Mapping[str, Any]) -> Iterator[Finding]:
        prepared = self._book.prepared(head)
        if prepared.find is None:
            return
        body = prepared.body
        environment = self._environment(body["slots"])
        reported: set[Span] = set()
        for _ in self._solutions(prepared.find, body["focus"], environment):
            span, thing = self._places.first(body["at"], environment)
            if span not in reported:
                reported.add(span)
                yield self._finding(head, prepared, environment, span, thing)

    def _solutions(
        self, find: Callable[[list[Any]], Iterator[None]], focus: str, environment: list[Any]
    ) -> Iterator[None]:
        if not focus:
            yield from find(environment)
            return
        for fact in self._contract.facts(focus):
            for value in fact.values:
                environment[FOCUS_SLOT] = value
                yield from find(environment)

    def _finding(
        self,
        head: Mapping[str, Any],
        prepared: _Prepared,
        environment: list[Any],
        span: Span,
        thing: Any,
    ) -> Finding:
        texts = prepared.texts
        related = [
            Related(self._text(text, environment), place)
            for plain, text in texts["related"]
            for place in self._places.others(plain, environment, span)
        ]
        fixes = (
            self._places.fix(fix, span, thing, environment, self._wording(), self._own_wording())
            for fix in texts["fixes"]
        )
        return Finding(
            head["code"],
            head["name"],
            self._severity(head, prepared, environment, head["severity"]),
            self._text(texts["message"], environment),
            span,
            help=self._text(texts["help"], environment) if texts["help"] else None,
            related=tuple(related),
            cites=self._cites(texts["cites"], environment),
            fix=next((fix for fix in fixes if fix is not None), None),
        )

    def _severity(
        self, head: Mapping[str, Any], prepared: _Prepared, environment: list[Any], severity: Severity
    ) -> Severity:
        for profile, graded in head["severity_in"]:
            if profile in self._profiles:
                severity = graded
        for graded, decide in prepared.severity_where:
            if decide(environment):
                severity = graded
        return severity

    def _cites(self, cites: tuple[Any, ...], environment: list[Any]) -> tuple[Cite, ...]:
        """The law of the day and of the contract."""
        index = 0 if self._language == "en" else 1
        return tuple(
            Cite(cite[index], cite[2], cite[3])
            for cite in cites
            if self._is_in_force(cite[2], cite[3]) and (cite[4] is None or condition(cite[4])(environment))
        )

    def _wording(self) -> Wording:
        if self._words is None:
            self._words = wording(self._contract, self._book.names, self._language)
        return self._words

    def _own_wording(self) -> Wording:
        """The words of the contract's own language, for what is written into it."""
        return wording(self._contract, self._book.names, self._contract.language)

    def _text(self, pair: tuple[Any, ...], environment: list[Any]) -> str:
        template = pair[0 if self._language == "en" else 1]
        if all(type(part) is str for part in template):
            return "".join(template)
        return self._places.filled(template, environment, self._wording())


def _speaks(head: Mapping[str, Any], profiles: Collection[str]) -> bool:
    state = head["default"]
    for profile, exception in head["default_in"]:
        if profile in profiles:
            state = exception
    return state == "on" or (state == "strict" and "strict" in profiles)


def present(contract: Contract) -> set[str]:
    """The keys that guards ask for."""
    present = set(contract.facts_by_field)
    present.update(f"@{block.kind}" for block in contract.blocks)
    for name in ("norms", "definitions", "unresolved"):
        if getattr(contract, name):
            present.add("@" + name)
    present.update(found_of(contract, present_of, contract.norms, present_of))
    return present


def present_of(norm: Norm) -> Iterator[str]:
    """The keys that guards ask for, of one norm."""
    yield from (f"norm.action {action.id}" for action in norm.actions)
    yield from (f"norm.condition {atom.id}" for condition in norm.conditions for atom in condition.atoms)


def _signing_date(contract: Contract) -> str | None:
    days: list[Any] = [
        value for fact in contract.facts("dates.signed") for value in fact.values if value.type == "date"
    ]
    if not days:
        return None
    day = days[-1]
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def _today() -> str:
    from time import strftime

    return strftime("%Y-%m-%d")
