"""The generated pages are fresh, complete, and what they show is true."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from helpers import ROOT, contract_of, messages, neutral_facts, read

from nda_lint import DOCUMENTATION
from nda_lint.commands.explain import explanation
from nda_lint.docs.__main__ import WITH_SESSIONS
from nda_lint.docs.coverage import leaf_rules
from nda_lint.docs.markdown import anchors, fences, links, plain
from nda_lint.docs.pages import leaf_holders, pages
from nda_lint.docs.rules import ENDINGS
from nda_lint.docs.session import played
from nda_lint.facts import facts
from nda_lint.linter import Settings, lint
from nda_lint.options import COMMANDS
from nda_lint.render.data import rule_url
from nda_lint.render.rule import sections, standing
from nda_lint.rulebook import rulebook
from nda_lint.source import Source
from nda_lint.translate import translate_text

if TYPE_CHECKING:
    from nda_lint.finding import Language

PAGES = pages()
LANGUAGES = {"en": "language.md", "zh": "language.zh.md"}
#: language → the examples of its reference: what stands after ``nda``, and the text
EXAMPLES = {
    language: [(fence.info[1:], fence.text) for fence in fences(PAGES[page]) if fence.info[:1] == ("nda",)]
    for language, page in LANGUAGES.items()
}
OPENERS = ("agreement", "协议")
READMES = ("README.md", "README.zh.md")
#: Every page that people read, from the root of the checkout.
READ = ("README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")


def examples(*marks: str) -> list[Any]:
    """The examples with these marks, in both languages."""
    return [
        pytest.param(language, text, id=f"{language}-{number}")
        for language, all_ in EXAMPLES.items()
        for number, (found, text) in enumerate(all_)
        if found == marks
    ]


def whole(language: str, example: str) -> str:
    """An example that is not a whole contract stands in the contract that comes first on its page."""
    return example if opens(example) else f"{EXAMPLES[language][0][1]}\n{example}"


def opens(example: str) -> bool:
    return any(line.startswith(OPENERS) for line in example.splitlines())


@pytest.mark.parametrize("path", sorted(PAGES))
def test_generated_pages_are_fresh(path: str) -> None:
    assert read(ROOT, "docs", path) == PAGES[path], "write it anew with make docs"


@pytest.mark.parametrize("path", sorted(PAGES))
def test_no_placeholder_is_left(path: str) -> None:
    assert "{{" not in PAGES[path]


def test_every_leaf_has_a_place() -> None:
    assert [leaf for leaf, holders in leaf_holders().items() if not holders] == []


def test_every_leaf_has_a_rule() -> None:
    assert [leaf for leaf, rules in leaf_rules().items() if not rules] == []


@pytest.mark.parametrize("path", [*READ, *(f"docs/{name}" for name in os.listdir(f"{ROOT}/docs"))])
def test_links_lead_somewhere(path: str) -> None:
    if not path.endswith(".md"):
        return
    lost = []
    for target in links(read(ROOT, path)):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        place = (
            os.path.normpath(os.path.join(ROOT, os.path.dirname(path), file)) if file else f"{ROOT}/{path}"
        )
        if not os.path.exists(place) or (anchor and anchor not in anchors(read(place))):
            lost.append(target)
    assert lost == []


# --- the language reference ----------------------------------------------------------------


@pytest.mark.parametrize(("language", "example"), [*examples(), *examples("same"), *examples("own")])
def test_examples_are_read_without_a_word(language: str, example: str) -> None:
    assert messages(contract_of(whole(language, example))) == []


@pytest.mark.parametrize(("language", "example"), examples("same"))
def test_what_is_said_to_be_the_same_is_the_same(language: str, example: str) -> None:
    """Each statement, put into the contract by itself, gives the same facts."""
    header: list[str] = []
    statements: list[str] = []
    for line in example.splitlines():
        (header if line.startswith(("clause", "条款")) else statements).append(line)
    found = [facts(contract_of(whole(language, "\n".join([*header, line])))) for line in statements]
    assert len(found) > 1
    assert all(other == found[0] for other in found)


@pytest.mark.parametrize(("language", "example"), examples("wrong"))
def test_what_the_language_has_not_is_reported(language: str, example: str) -> None:
    """Each line that is no header, and no other."""
    text = whole(language, example)
    source, contract = Source(text), contract_of(text)
    first = text.count("\n") - example.count("\n")
    wrong = {
        number
        for number, line in enumerate(example.splitlines(), first + 1)
        if not line.startswith(("clause", "条款"))
    }
    assert {source.position(finding.span[0])[0] for finding in contract.findings} == wrong


@pytest.mark.parametrize(("language", "example"), [*examples(), *examples("same"), *examples("own")])
def test_examples_are_the_same_in_the_other_language(language: str, example: str) -> None:
    text = whole(language, example)
    other = translate_text(text, "en" if language == "zh" else "zh")
    assert messages(contract_of(other)) == []
    assert neutral_facts(other) == neutral_facts(text)


def test_both_references_have_the_same_examples() -> None:
    """An example of one page is the same contract as its twin on the other, but for names and free text."""
    english, chinese = (
        [text for marks, text in EXAMPLES[language] if marks == ()] for language in ("en", "zh")
    )
    assert len(english) == len(chinese) > 20
    for one, other in zip(english, chinese, strict=True):
        assert neutral_facts(whole("en", one)) == neutral_facts(whole("zh", other)), f"{one}\n{other}"


# --- the catalogue of rules ---------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_addresses_lead_to_the_rules(language: Language) -> None:
    for rule in rulebook().rules:
        address = rule_url(rule.name, language)
        assert address.removeprefix(f"{DOCUMENTATION}/") in PAGES
        assert address in explanation(rule, language, colour=False)
        assert f"(rules/{rule.name}{ENDINGS[language]})" in PAGES[f"rules{ENDINGS[language]}"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_a_rule_says_what_explain_says(language: Language) -> None:
    for rule in rulebook().rules:
        page = PAGES[f"rules/{rule.name}{ENDINGS[language]}"]
        assert f"**{rule.code}** · {standing(rule, language)}" in page
        assert plain(rule.text("summary", language)) in page
        for _title, paragraphs in sections(rule, language):
            assert all(plain(paragraph) in page for paragraph in paragraphs)
        shown = {fence.info[:1]: fence.text.rstrip("\n") for fence in fences(page)}
        assert shown[("nda",)] in {text.rstrip("\n") for text, _ in rule.documents["good"]}
        # what is printed of a bad example names the rule, and stands in the language of the page
        assert f"[{rule.code}] {rule.name}{'：' if language == 'zh' else ':'}"[:-1] in shown[("text",)]
        assert ("错误" in shown[("text",)] or "警告" in shown[("text",)] or "提示" in shown[("text",)]) is (
            language == "zh"
        )


# --- others --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_SESSIONS)
def test_sessions_print_what_is_shown(name: str) -> None:
    page = read(ROOT, name)
    assert page == played(page), "write it anew with make docs"


@pytest.mark.parametrize("name", READMES)
def test_the_first_contract_ends_well(name: str) -> None:
    (last,) = re.findall(r"^ *\$ nda-lint first\.nda\n *(.*)", read(ROOT, name), re.MULTILINE)
    assert last in ("All checks passed: 1 file, no findings.", "检查通过：1 个文件，未发现问题。")


def cheat_sheet(name: str) -> str:
    (sheet,) = [fence.text for fence in fences(read(ROOT, name)) if fence.info == ("nda",)]
    return sheet


@pytest.mark.parametrize("name", READMES)
def test_the_language_on_a_page_is_the_language(name: str) -> None:
    report = lint(Source(cheat_sheet(name)), Settings(extend_select=("NDA9",)))
    broken = [f"{finding.code} {finding.message}" for finding in report.findings]
    assert [line for line in broken if line.startswith(("NDA0", "NDA4", "NDA9"))] == []


def test_the_language_on_a_page_is_the_same_in_both_languages() -> None:
    english, chinese = (neutral_facts(cheat_sheet(name)) for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_what_else_the_readme_names_is_there(name: str) -> None:
    blocks = {fence.info[0]: fence.text for fence in fences(read(ROOT, name)) if fence.info}
    targets = re.findall(r"^([a-z-]+):", read(ROOT, "Makefile"), re.MULTILINE)
    assert set(re.findall(r"^make (\S+)", blocks["sh"], re.MULTILINE)) <= set(targets)
    (repository,) = yaml.safe_load(blocks["yaml"])["repos"]
    hooks = [hook["id"] for hook in yaml.safe_load(read(ROOT, ".pre-commit-hooks.yaml"))]
    assert [hook["id"] for hook in repository["hooks"]] == hooks
    said = re.findall(r"^nda-lint \[?([a-z]+)", blocks["text"], re.MULTILINE)
    assert list(dict.fromkeys(said)) == [command.name for command in COMMANDS]


def test_both_customer_contracts_are_the_same_contract() -> None:
    english, chinese = (
        neutral_facts(read(os.path.join(ROOT, "corpus", "clean"), f"customer.{language}.nda"))
        for language in ("en", "zh")
    )
    assert english == chinese
