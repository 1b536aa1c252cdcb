"""``nda-lint init``: a configuration and a first contract to start from."""

from __future__ import annotations

import os
from shlex import quote

from nda_lint.commands.files import replace
from nda_lint.config import FILENAME
from nda_lint.discover import SUFFIX
from nda_lint.linter import Settings, lint
from nda_lint.problem import Problem, UsageError, reason
from nda_lint.render.text import visible
from nda_lint.source import Source
from nda_lint.tables import PACKAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from nda_lint.console import Console
    from nda_lint.finding import Language

#: Option → what is asked for, in English and Chinese, and what stands there where nothing is said.
_QUESTIONS = {
    "discloser": ("Full name of the discloser", "披露方全称", "Acme Valves Ltd", "上海甲阀门有限公司"),
    "discloser_address": ("Its address", "披露方住所", "1 High Street, Leeds", "上海市浦东新区世纪大道 1 号"),
    "recipient": ("Full name of the recipient", "接收方全称", "Beta Pumps Ltd", "苏州乙水泵有限公司"),
    "recipient_address": ("Its address", "接收方住所", "2 Low Road, York", "苏州市工业园区星湖街 2 号"),
    "purpose": (
        "What the information is for",
        "使用保密信息的目的",
        "the joint evaluation of a new valve",
        "联合评估新型阀门",
    ),
    "court": ("Which court decides", "管辖法院", "", ""),
}
#: The example depends on the law that governs.
_COURTS = {
    "default": ("People's Court of Pudong New Area, Shanghai", "上海市浦东新区人民法院"),
    "common-law": ("High Court of Justice, London", "英格兰和威尔士高等法院"),
}
_PROFILES = ("default", "common-law")
_CONTRACTS = {"en": "contract.nda", "zh": "合同.nda"}
_CONFIGURATION = {
    "en": """\
# How the contracts in this folder and below it are checked.
profile = ["{profile}"]
# ignore = ["missing-counterparts"]     # rules not to check
# rules = ["house.rules"]               # rules of your own
# exclude = ["drafts"]                  # what to leave out
""",
    "zh": """\
# 本文件夹及其下各合同的检查方式。
profile = ["{profile}"]
# ignore = ["missing-counterparts"]     # 不检查的规则
# rules = ["house.rules"]               # 自有规则
# exclude = ["草稿"]                    # 跳过的文件与文件夹
""",
}


def run(values: Mapping[str, Any], console: Console) -> int:
    """Write both files, unless one of them is there already."""
    asks = console.can_ask() and not values["yes"]
    if asks and console.language is None:
        console.language = _asked_language(console)
    language: Language = console.language or "en"
    profile = values["profile"] or ("default" if language == "zh" else "common-law")
    if asks and not values["profile"]:
        profile = _one_of(
            console,
            console.pick("Law: default (PRC) or common-law", "法律：default（中国）或者 common-law"),
            _PROFILES,
            profile,
        )
    contract = values["contract"] or _CONTRACTS[language]
    if not contract.endswith(SUFFIX):
        raise UsageError(
            f"--contract: contracts are plain text in {SUFFIX} files, so “{contract}{SUFFIX}”, say",
            f"--contract：合同是 {SUFFIX} 纯文本文件，例如“{contract}{SUFFIX}”",
        )
    for path in (FILENAME, contract):
        if os.path.lexists(path):
            raise Problem(
                f"{path}: it is there already, so nothing is written", f"{path}：文件已存在，因此未作写入"
            )
    text = _contract(language, profile, _answers(values, language, profile, console if asks else None))
    _require_clean(text, contract)
    _make_folder(os.path.dirname(contract))
    replace(contract, text.encode())  # first, as it is the one that may fail
    replace(FILENAME, _CONFIGURATION[language].format(profile=profile).encode())
    shown, word = visible(contract), visible(_as_typed(contract))
    console.show(
        console.pick(
            f"{FILENAME} and {shown} are written. Next: nda-lint {word}\n",
            f"已写入 {FILENAME} 与 {shown}。下一步：nda-lint {word}\n",
        )
    )
    return 0


def _as_typed(name: str) -> str:
    """A name as it is given to a shell, which takes Chinese as it is."""
    plain = "".join(filter(str.isascii, name))
    return name if quote(plain) == plain else quote(name)


def _make_folder(folder: str) -> None:
    try:
        if folder:
            os.makedirs(folder, exist_ok=True)
    except (OSError, ValueError) as error:
        english, chinese = reason(error)
        raise Problem(f"{folder}: cannot be made: {english}", f"{folder}：无法建立：{chinese}") from None


def _asked_language(console: Console) -> Language:
    return "zh" if _one_of(console, "Language 语言 (en, zh)", ("en", "zh"), "en") == "zh" else "en"


def _one_of(console: Console, question: str, known: tuple[str, ...], default: str) -> str:
    while (answer := console.ask(question, default)) not in known:
        console.note(", ".join(known))
    return answer


def _answers(
    values: Mapping[str, Any], language: Language, profile: str, console: Console | None
) -> dict[str, str]:
    """What to fill in: from the options, else as it is answered, else as an example."""
    answers = {}
    for name, (english, chinese, *examples) in _QUESTIONS.items():
        default = (_COURTS[profile] if name == "court" else examples)[language == "zh"]
        given = values[name]
        if given is None and console is not None:
            given = console.ask(console.pick(english, chinese), default)
        answers[name] = _harmless(given or default)
    return answers


def _harmless(text: str) -> str:
    """An answer as it may stand in quotation marks of both languages, on one line."""
    for mark, other in (('"', "'"), ("“", "‘"), ("”", "’"), ("「", "『"), ("」", "』")):
        text = text.replace(mark, other)
    return " ".join(text.split())


def _contract(language: Language, profile: str, answers: Mapping[str, str]) -> str:
    path = os.path.join(PACKAGE, "templates", f"{profile}.{language}.nda")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, answer in answers.items():
        text = text.replace(f"<<{name}>>", answer)
    return text


def _require_clean(text: str, name: str) -> None:
    """Refuse to write a contract that the first run would find fault with."""
    said = [lint(Source(text, name), Settings(language=language)).findings for language in ("en", "zh")]
    if said[0]:
        english, chinese = (findings[0].message for findings in said)
        raise Problem(
            f"with these answers the contract would not be clean, so nothing is written: {english}",
            f"按上述内容，合同会有问题，因此未作写入：{chinese}",
        )
