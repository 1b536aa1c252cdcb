"""What stands at a place, in Markdown: a key, a word, a name, or what is found there and why."""

from __future__ import annotations

from nda_lint.describe import expected_values, field_name, kind_name
from nda_lint.render.data import rule_url
from nda_lint.render.full import law, severity_word
from nda_lint.render.rule import sections
from nda_lint.rulebook import rulebook
from nda_lint.server.words import CLASSES, KEYWORDS, escaped, names_of
from nda_lint.syntax import FactLine, Header
from nda_lint.tables import tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding, Language
    from nda_lint.rulebook import Rule
    from nda_lint.server.names import Occurrence
    from nda_lint.server.view import View
    from nda_lint.source import Span

_MOST_WORDS = 12


def hover(view: View, offset: int) -> tuple[str, Span] | None:
    """The text for an offset, and what it is about; findings come first. None where nothing is to be said."""
    findings = [each for each in view.findings_at((offset, offset)) if each.span[1] > each.span[0]]
    parts = [_of_finding(view, finding) for finding in findings]
    word = _of_word(view, offset)
    if word is not None:
        parts.append(word[0])
    if not parts:
        return None
    span = word[1] if word is not None else min((each.span for each in findings), key=lambda s: s[1] - s[0])
    return "\n\n---\n\n".join(parts), span


def _of_word(view: View, offset: int) -> tuple[str, Span] | None:
    name = view.name_at(offset)
    if name is not None:
        return _of_name(view, name), name.span
    statement = view.statement_at(offset)
    if isinstance(statement, Header) and statement.kind_span[0] <= offset <= statement.kind_span[1]:
        return (_of_kind(view, statement.kind), statement.kind_span) if statement.kind else None
    if isinstance(statement, FactLine) and statement.key_span[0] <= offset <= statement.key_span[1]:
        kind = view.kind_at(offset)
        return _of_key(view, f"{kind}.{statement.key}"), statement.key_span
    found = view.token_at(offset)
    if found is None:
        return None
    token, statement = found
    field = f"{view.kind_at(offset)}.{statement.key}" if isinstance(statement, FactLine) else None
    text = _of_token(view, token.type, token.id, field)
    return (text, token.span) if text else None


# --- words -------------------------------------------------------------------------------


def _of_kind(view: View, kind: str) -> str:
    entry = view.schema[kind]
    keys = [field_name(f"{kind}.{key}", view.language) for key in entry["fields"]]
    section, identifier = (
        ("kind", kind) if kind in tables()["names"]["en"]["kind"] else ("keyword", kind.upper())
    )
    return _paragraphs(
        f"**{names_of(section, identifier, view.language)}**",
        entry["docs"][view.language],
        view.pick("Keys: ", "可写的键：") + escaped(view.pick(", ", "、").join(keys)),
    )


def _of_key(view: View, field: str) -> str:
    kind, _, key = field.partition(".")
    entry = view.schema[kind]["fields"][key]
    accepts = view.pick("Takes ", "可写：") + escaped(expected_values(field, view.language))
    if entry["many"]:
        accepts += view.pick("; several are possible", "；可写多项")
    return _paragraphs(
        f"**{names_of('field', field, view.language)}** · {escaped(kind_name(kind, view.language))}",
        entry["docs"][view.language],
        accepts + view.pick(".", "。"),
    )


def _of_token(view: View, type_: str, identifier: object, field: str | None) -> str | None:
    if type_ == "GRADED" and isinstance(identifier, tuple):
        type_, identifier = "OBJECT", identifier[0]
    if type_ == "VALUE" and field is not None:
        return _of_choice(view, str(identifier), field)
    if type_ == "KIND":
        return _of_kind(view, str(identifier))
    word_class = CLASSES.get(type_)
    if word_class is not None:
        return _of_vocabulary(view, word_class, str(identifier))
    explained = KEYWORDS.get(type_)
    return explained[view.chinese] if explained else None


def _of_choice(view: View, choice: str, field: str) -> str | None:
    kind, _, key = field.partition(".")
    entry = view.schema[kind]["fields"][key]
    known = tables()["names"]["en"]["choice"]
    name = next((f"{each}.{choice}" for each in entry["choice_classes"] if f"{each}.{choice}" in known), None)
    if name is None:
        return None
    about = view.pick("A value of ", "键值，用于") + f"“{escaped(field_name(field, view.language))}”"
    about += view.pick(": ", "：") + entry["docs"][view.language]
    return _paragraphs(f"**{names_of('choice', name, view.language)}**", about)


def _of_vocabulary(view: View, word_class: str, identifier: str) -> str | None:
    words = tables()["schema"]["words"][word_class]
    word = words.get(identifier)
    if word is None:
        return None
    below = [name for name, entry in words.items() if identifier in entry["parents"]]
    said = CLASSES_IN_WORDS[word_class][view.chinese]
    return _paragraphs(
        f"**{names_of(word_class, identifier, view.language)}** · {said}",
        _listed(view, word_class, word["parents"], view.pick("A kind of: ", "属于：")),
        _listed(view, word_class, below, view.pick("Includes: ", "包括：")),
        _others(view, word_class, identifier),
    )


#: word class → what it is called
CLASSES_IN_WORDS = {
    "action": ("action", "动作"),
    "object": ("information or thing", "信息或者事物"),
    "person": ("person", "人员"),
    "purpose": ("purpose", "目的"),
    "event": ("event", "事件"),
    "condition": ("condition", "条件"),
    "means": ("means", "方式"),
    "vague": (
        "a word without a measure: nobody can tell when it is kept",
        "无法衡量的词：无从判断何时算是遵守",
    ),
    "circular": ("points back at the contract and says nothing", "循环指向合同本身，等于没有约定"),
}


def _listed(view: View, word_class: str, identifiers: object, title: str) -> str:
    names = tables()["names"][view.language]
    shown = [
        str(names[section][identifier][0])
        for identifier in identifiers  # type: ignore[attr-defined]
        for section in _sections(word_class)
        if identifier in names.get(section, {})
    ]
    shown = list(dict.fromkeys(shown))
    more = ["…"] if len(shown) > _MOST_WORDS else []
    return title + escaped(view.pick(", ", "、").join([*shown[:_MOST_WORDS], *more])) if shown else ""


def _others(view: View, word_class: str, identifier: str) -> str:
    """The other words for the same."""
    names = tables()["names"][view.language]
    found = [
        word for section in _sections(word_class) for word in names.get(section, {}).get(identifier, ())[1:]
    ]
    shown = list(dict.fromkeys(found))[:_MOST_WORDS]
    return (
        view.pick("Also read: ", "也可写作：") + escaped(view.pick(", ", "、").join(shown)) if shown else ""
    )


def _sections(word_class: str) -> tuple[str, ...]:
    if word_class == "condition":
        return ("condition", "condition_predicate", "condition_by")
    return (word_class,)


# --- names -------------------------------------------------------------------------------

_SORTS = {
    "party": ("party", "当事人"),
    "term": ("defined term", "定义的用语"),
    "label": ("label", "标签"),
    "grade": ("grade", "等级"),
}


def _of_name(view: View, name: Occurrence) -> str:
    title = f"**{escaped(name.name)}** · {_SORTS[name.sort][view.chinese]}"
    declared = next((each for each in view.names if each.declares and each[:2] == name[:2]), None)
    if declared is None:
        return _paragraphs(title, view.pick("Declared nowhere.", "未作声明。"))
    statement = view.statement_at(declared.span[0])
    start, end = statement.span
    text = " ".join(view.text[start:end].split())
    return _paragraphs(title, f"```nda\n{text}\n```")


# --- findings ----------------------------------------------------------------------------


def _of_finding(view: View, finding: Finding) -> str:
    rule = next((rule for rule in view.rules.rules if rule.code == finding.code), None)
    severity = severity_word(finding.severity, view.language)
    colon = view.pick(": ", "：")
    notes = [
        (view.pick("Why", "原因"), _why(rule, view) if rule else ""),
        (view.pick("Help", "建议"), finding.help or ""),
        (view.pick("Example", "例证"), finding.witness or ""),
        *((view.pick("Law", "依据"), law(cite, view.language)) for cite in finding.cites),
    ]
    link = f"[{finding.code} {finding.name}]({view.page(finding.name)})"
    return _paragraphs(
        f"**{severity}** {link}{colon}{escaped(finding.message)}",
        *(f"*{label}*{colon}{escaped(text)}" for label, text in notes if text),
    )


def _why(rule: Rule, view: View) -> str:
    wanted = view.pick("Why", "原因")
    return next((" ".join(texts) for title, texts in sections(rule, view.language) if title == wanted), "")


def explanation(code: str, language: Language) -> str | None:
    """All there is to say about a rule, in Markdown; None where there is no such rule."""
    rule = next((rule for rule in rulebook().rules if code in (rule.code, rule.name)), None)
    if rule is None:
        return None
    colon = "：" if language == "zh" else ": "
    return _paragraphs(
        f"**{rule.code} {rule.name}**",
        escaped(rule.text("summary", language)),
        *(f"*{title}*{colon}" + escaped("\n\n".join(texts)) for title, texts in sections(rule, language)),
        rule_url(rule.name, language),
    )


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
