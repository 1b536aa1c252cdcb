"""JSON Schemas of what programs read and of the configuration, made from what writes and reads these."""

from __future__ import annotations

import ast
import inspect
import json
import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from nda_lint import DOCUMENTATION, contract, facts, values
from nda_lint.config import KEYS, OF_ACTION, OF_OVERRIDE, OF_PROFILE, OF_WORD, OFF, VOCABULARY
from nda_lint.finding import SEVERITIES
from nda_lint.render.json import VERSION as FINDINGS_VERSION
from nda_lint.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_TEXT = {"type": "string"}
_DAY = {"type": ["string", "null"], "format": "date"}
_LANGUAGE = {"enum": ["en", "zh"]}


def _object(required: Json, optional: Json | None = None, **more: Any) -> Json:
    """An object with these properties and no others."""
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _list(items: Json, **more: Any) -> Json:
    return {"type": "array", "items": items, **more}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _schema(name: str, title: str, body: Json, definitions: Json) -> str:
    head = {"$schema": _DRAFT, "$id": f"{DOCUMENTATION}/schemas/{name}", "title": title}
    return json.dumps({**head, **body, "$defs": definitions}, ensure_ascii=False, indent=2) + "\n"


# --- findings --------------------------------------------------------------------------------


def findings_schema() -> str:
    """What ``--output-format json`` writes; a line of ``json-lines`` is a ``finding`` of it."""
    place = {"location": _ref("position"), "end_location": _ref("position")}
    count = {"type": "integer", "minimum": 0}
    definitions = {
        "position": _object(
            {"row": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
            description="Counted from 1, columns in characters; ends are exclusive.",
        ),
        "related": _object({"message": _TEXT, "filename": _TEXT, **place}),
        "cite": _object({"text": _TEXT, "in_force_from": _DAY, "in_force_until": _DAY}),
        "fix": _object(
            {
                "applicability": {"enum": ["safe", "unsafe"]},
                "message": _TEXT,
                "edits": _list(_object({**place, "text": _TEXT})),
            }
        ),
        "finding": _object(
            {
                "code": {"type": "string", "pattern": "^[A-Z]+[0-9]+$"},
                "name": {"type": "string", "pattern": "^[a-z0-9-]+$"},
                "severity": {"enum": list(SEVERITIES)},
                "confidence": {"enum": ["high", "medium", "low"]},
                "message": _TEXT,
                "filename": _TEXT,
                **place,
                "related": _list(_ref("related")),
                "witness": {"type": ["string", "null"]},
                "cites": _list(_ref("cite")),
                "fix": {"anyOf": [_ref("fix"), {"type": "null"}]},
                "url": {"type": "string", "format": "uri"},
            }
        ),
    }
    body = _object(
        {
            "version": {"const": FINDINGS_VERSION},
            "files": _list(_object({"filename": _TEXT, "language": _LANGUAGE, "findings": count})),
            "findings": _list(_ref("finding")),
            "summary": _object(dict.fromkeys(("files", "errors", "warnings", "infos", "fixable"), count)),
        }
    )
    return _schema("findings.schema.json", "Findings of nda-lint", body, definitions)


# --- facts -----------------------------------------------------------------------------------


def facts_schema() -> str:
    """What ``nda-lint facts`` writes, read off the types of the contract."""
    definitions = _Classes().definitions()
    kinds = list(tables()["schema"]["kinds"])
    text_or_none = {"type": ["string", "null"]}
    block = _object(
        {
            "kind": {"enum": [*kinds, None]},
            "name": text_or_none,
            "label": text_or_none,
            "title": text_or_none,
            "facts": _list(_ref("fact")),
            "norms": _list(_ref("Norm")),
            "prose": _list(_TEXT),
        }
    )
    definitions |= {
        "block": block,
        "fact": _object({"key": _ID, "name": text_or_none, "values": _list(_ref("Value"))}),
    }
    body = _object(
        {
            "version": {"const": facts.VERSION},
            "language": _LANGUAGE,
            "agreement": {"anyOf": [_ref("block"), {"type": "null"}]},
            "parties": _list(_ref("block")),
            "definitions": _list(_object({"name": _TEXT, "meanings": _list(_ref("Value"))})),
            "clauses": _list(_ref("block")),
            "annexes": _list(_ref("block")),
        }
    )
    return _schema("facts.schema.json", "A contract as nda-lint reads it", body, definitions)


class _Classes:
    """The classes of contracts and values as definitions of a schema."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {**vars(values), **vars(contract), "Literal": Literal, "Any": Any}
        for module in (values, contract):
            for node in _aliases(module):
                self._names[node.targets[0].id] = eval(ast.unparse(node.value), self._names)  # type: ignore[attr-defined]  # noqa: S307 - our own source
        self._made: Json = {}

    def definitions(self) -> Json:
        """All that a norm or a value can be made of."""
        shapes = [cls for cls in vars(values).values() if _is_value(cls)]
        self._made["Value"] = {"oneOf": [_ref(cls.__name__) for cls in shapes]}
        for cls in (contract.Norm, *shapes):
            self._class(cls)
        return dict(sorted(self._made.items()))

    def _class(self, cls: type[values.Slotted]) -> None:
        if cls.__name__ in self._made:
            return
        self._made[cls.__name__] = {}  # a class may hold itself
        required: Json = {"type": {"const": cls.type}} if issubclass(cls, values.Value) else {}
        optional: Json = {}
        for slot in cls.__slots__:
            if slot not in facts.PLACES:
                name = facts.shown_name(cls, slot)
                members = self._members(self._annotation(cls, slot))
                always = slot == "value" or not any(_may_be_left_out(member) for member in members)
                (required if always else optional)[name] = self._any_of(members, slot)
        if cls is contract.Norm:
            priority = _object({"kind": optional["priorities"]["items"], "label": _TEXT})
            priority["properties"]["kind"] = self._any_of(
                self._members(self._annotation(contract.Priority, "kind")), "kind"
            )
            del optional["priorities"]
            required["priorities"] = _list(priority)
        summary = (inspect.getdoc(cls) or "").partition("\n\n")[0].replace("\n", " ").replace("``", "")
        self._made[cls.__name__] = _object(required, optional, description=summary)

    def _annotation(self, cls: type, slot: str) -> Any:
        annotation = next(base.__annotations__[slot] for base in cls.__mro__ if slot in base.__annotations__)
        return eval(annotation, self._names)  # noqa: S307 - our own source

    def _members(self, annotation: Any) -> list[Any]:
        if get_origin(annotation) in (Union, types.UnionType):
            return [member for part in get_args(annotation) for member in self._members(part)]
        return [annotation]

    def _any_of(self, members: list[Any], slot: str) -> Json:
        shapes = [self._shape(member, slot) for member in members if member is not type(None)]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}

    def _shape(self, annotation: Any, slot: str) -> Json:
        if get_origin(annotation) is Literal:
            return {"enum": list(get_args(annotation))}
        if get_origin(annotation) is tuple:
            return _list(self._shape(get_args(annotation)[0], slot))
        if annotation is values.Value:
            return _ref("Value")
        if isinstance(annotation, type) and issubclass(annotation, values.Slotted):
            self._class(annotation)
            return _ref(annotation.__name__)
        simple: dict[Any, Json] = {int: {"type": "integer"}, bool: {"type": "boolean"}, str: _TEXT}
        return _ID if slot == "id" and annotation is str else simple[annotation]


def _aliases(module: types.ModuleType) -> Iterator[ast.Assign]:
    """The names of types that a module gives for checkers alone."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If):
            yield from (inner for inner in node.body if isinstance(inner, ast.Assign))


def _is_value(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, values.Value) and cls is not values.Value


def _may_be_left_out(annotation: Any) -> bool:
    """Nothing, no and an empty list are not written."""
    return annotation in (type(None), bool) or get_origin(annotation) is tuple


# --- configuration ---------------------------------------------------------------------------


def configuration_schema() -> str:
    """``nda-lint.toml``, and ``[tool.nda-lint]`` of ``pyproject.toml``."""
    words = {"anyOf": [_TEXT, _list(_TEXT)], "description": "A list, or words with commas."}
    rule = {
        "type": "object",
        "properties": {"severity": {"enum": [*SEVERITIES, OFF]}},
        "additionalProperties": {"type": ["string", "number"], "description": "A parameter of the rule."},
    }
    rules = {"type": "object", "additionalProperties": _ref("rule")}
    profile = {name: rules if name == "rule" else _ref("words") for name in OF_PROFILE}
    some = {"anyOf": [{"type": "string", "minLength": 1}, _list(_TEXT, minItems=1)]}
    override = {name: _ref("words") for name in OF_OVERRIDE if name != "files"}
    word = {name: _ref("words") for name in OF_WORD}
    definitions = {
        "words": words,
        "rule": rule,
        "profile": _object({}, profile),
        "override": _object({"files": some}, override),
        "word": _object(word),
        "action": _object(word, {name: _ref("words") for name in OF_ACTION}),
    }
    kinds: dict[str, Json] = {
        "path": _TEXT,
        "paths": _ref("words"),
        "words": _ref("words"),
        "language": _LANGUAGE,
        "address": {"type": "string", "pattern": "^(https?://|file:///)"},
        "rules": rules,
        "profiles": {"type": "object", "additionalProperties": _ref("profile")},
        "vocabulary": _object(
            {},
            {
                name: {
                    "type": "object",
                    "additionalProperties": _ref("action" if name == "action" else "word"),
                }
                for name in VOCABULARY
            },
        ),
        "overrides": _list(_ref("override")),
    }
    properties = {
        key: {**kinds[kind], "description": f"{english} {chinese}"}
        for key, (kind, english, chinese) in KEYS.items()
    }
    return _schema("configuration.schema.json", "nda-lint.toml", _object({}, properties), definitions)


#: path below `docs/` → what writes it
SCHEMAS: dict[str, Callable[[], str]] = {
    "schemas/findings.schema.json": findings_schema,
    "schemas/facts.schema.json": facts_schema,
    "schemas/configuration.schema.json": configuration_schema,
}
