"""Every command and every option, once.

The quick start-up path (:mod:`nda_lint.quick`) and the Typer app (:mod:`nda_lint.cli`) both read
this table, so neither can know an option that the other does not. It is data: what a command does
is in :mod:`nda_lint.commands`, one file a command.
"""

from __future__ import annotations

from nda_lint.problem import UsageError, calendar_day, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from nda_lint.finding import Language

    #: What the option's value is: nothing (``flag``), a word, words with commas that may repeat
    #: (``list``), one of `choices`, a whole number, a day as YYYY-MM-DD, or a file to write to (``output``; none for
    #: ``-``, which is standard output).
    Kind = Literal["flag", "text", "list", "choice", "number", "date", "output"]
    Value = bool | str | int | tuple[str, ...] | None

#: Under which heading help shows an option, in English and Chinese.
GROUPS = {
    "rules": ("Which rules", "检查哪些规则"),
    "output": ("What is shown", "显示什么"),
    "exit": ("Exit code", "退出码"),
    "fixes": ("Fixes and known findings", "修正与既有问题"),
    "files": ("Files", "文件"),
    "other": ("Options", "选项"),
}
#: The options of `check` on which the findings of a contract depend, besides its configuration.
ON_RULES = ("select", "extend_select", "ignore", "profile", "as_of")
FORMATS = ("full", "concise", "json", "json-lines", "lsp", "sarif", "github", "gitlab", "junit", "html")


class Option:
    """One option: its flags, what its value may be, and its help."""

    __slots__ = (
        "chinese", "choices", "default", "english", "flags", "group", "kind", "metavar", "name", "required",
    )  # fmt: skip

    def __init__(
        self,
        flags: str,
        english: str,
        chinese: str,
        *,
        kind: Kind = "flag",
        metavar: str = "",
        choices: tuple[str, ...] = (),
        default: Value = None,
        group: str = "other",
        required: bool = False,
    ) -> None:
        self.flags = tuple(flags.split(", "))
        self.name = self.flags[-1].removeprefix("--").replace("-", "_")
        self.english = english
        self.chinese = chinese
        self.kind = kind
        self.metavar = metavar
        self.choices = choices
        self.default = False if kind == "flag" else () if kind == "list" else default
        self.group = group
        self.required = required

    def help(self, language: Language | None) -> str:
        """What the option does, in `language`."""
        return self.chinese if language == "zh" else self.english

    def convert(self, texts: list[str]) -> Value:
        """The value of the option from the words given for it, of which the last one counts; a list
        takes them all. Raises :class:`UsageError` where it may not be such a value."""
        if self.kind == "list":
            words = [word.strip() for text in texts for word in text.split(",")]
            return tuple(self._chosen(word) for word in words if word)
        if not texts:
            return self.default
        text = texts[-1]
        if self.kind == "number":
            return self._number(text)
        if self.kind == "output":
            return None if text == "-" else text
        if self.kind == "date":
            return calendar_day(text, self.flags[-1], UsageError)
        return self._chosen(text)

    def _chosen(self, text: str) -> str:
        if not self.choices or text in self.choices:
            return text
        known = ", ".join(self.choices)
        english, chinese = did_you_mean(text, self.choices)
        raise UsageError(
            f"{self.flags[-1]}: “{text}” is none of {known}{english}",
            f"{self.flags[-1]}：“{text}”不在可选值之中（{'、'.join(self.choices)}）{chinese}",
        )

    def _number(self, text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        raise UsageError(
            f"{self.flags[-1]}: “{text}” is no whole number from 0 up",
            f"{self.flags[-1]}：“{text}”不是自然数",
        )


class Argument:
    """What a command takes besides options; `many` where it may be given several times or never."""

    __slots__ = ("chinese", "english", "many", "metavar", "name")

    def __init__(self, name: str, metavar: str, english: str, chinese: str, *, many: bool = False) -> None:
        self.name = name
        self.metavar = metavar
        self.english = english
        self.chinese = chinese
        self.many = many

    def help(self, language: Language | None) -> str:
        """What the argument is, in `language`."""
        return self.chinese if language == "zh" else self.english


class Command:
    """One command; the code is ``nda_lint.commands.<name>``."""

    __slots__ = ("argument", "chinese", "english", "name", "options")

    def __init__(
        self, name: str, english: str, chinese: str, argument: Argument | None, *options: Option
    ) -> None:
        self.name = name
        self.english = english
        self.chinese = chinese
        self.argument = argument
        self.options = options

    def help(self, language: Language | None) -> str:
        """What the command does, in `language`."""
        return self.chinese if language == "zh" else self.english

    def option(self, flag: str) -> Option | None:
        """The option that goes by `flag`."""
        return next((option for option in self.options if flag in option.flags), None)


_LANG = Option(
    "--lang",
    "Language of messages; without it, the language of the contract's keywords",
    "消息所用语言；不指定时与合同关键词的语言相同",
    kind="choice",
    choices=("en", "zh"),
    metavar="LANGUAGE",
    group="output",
)
_COLOR = Option(
    "--color",
    "When to colour what is shown; NO_COLOR and FORCE_COLOR are honoured",
    "何时使用颜色；遵循 NO_COLOR 与 FORCE_COLOR",
    kind="choice",
    choices=("auto", "always", "never"),
    default="auto",
    metavar="WHEN",
    group="output",
)
_STDIN_FILENAME = Option(
    "--stdin-filename",
    "The name by which to speak of what is read from standard input",
    "从标准输入读取时所用的文件名",
    kind="text",
    metavar="FILE",
    group="files",
)
_OUTPUT = Option(
    "-o, --output",
    "Write to FILE instead of standard output",
    "写入 FILE，而不是标准输出",
    kind="output",
    metavar="FILE",
    group="output",
)
_ISOLATED = Option("--isolated", "Use no configuration file", "不使用任何配置文件", group="files")
_NO_CACHE = Option(
    "--no-cache", "Neither read nor write the cache of results", "不读写结果缓存", group="files"
)
_FORCE_EXCLUDE = Option(
    "--force-exclude",
    "Leave out excluded files even where they are named (for pre-commit)",
    "即使明确给出，也跳过被排除的文件（供 pre-commit 使用）",
    group="files",
)

_PATHS = Argument(
    "paths",
    "[PATH|-]...",
    "Contracts, folders to search for *.nda, or - for standard input",
    "合同文件、要搜索 *.nda 的文件夹，或以 - 表示标准输入",
    many=True,
)
_FILE = Argument("file", "FILE", "A contract, or - for standard input", "一份合同，或以 - 表示标准输入")

VERSION = Option("--version", "Show the version and exit", "显示版本并退出")
HELP = Option("-h, --help", "Show this message and exit", "显示本说明并退出")
#: Typer's own; listed here for help only
COMPLETION = (
    Option("--install-completion", "Install completion for this shell", "为当前 shell 安装命令补全"),
    Option("--show-completion", "Show completion for this shell", "显示当前 shell 的命令补全脚本"),
)

CHECK = Command(
    "check",
    "Check contracts (the default command)",
    "检查合同（默认命令）",
    _PATHS,
    Option(
        "--select",
        "Check these rules only: codes, names or prefixes such as NDA3",
        "只检查这些规则：代码、名称或前缀（如 NDA3）",
        kind="list",
        metavar="RULE,...",
        group="rules",
    ),
    Option(
        "--extend-select",
        "Check these rules too",
        "另外再检查这些规则",
        kind="list",
        metavar="RULE,...",
        group="rules",
    ),
    Option(
        "--ignore",
        "Do not check these rules",
        "不检查这些规则",
        kind="list",
        metavar="RULE,...",
        group="rules",
    ),
    Option(
        "--profile",
        "What to expect of the contract, instead of what it says of itself",
        "检查所依据的要求，优先于合同自身的声明",
        kind="list",
        metavar="NAME,...",
        group="rules",
    ),
    Option(
        "--as-of",
        "The day whose law applies, as YYYY-MM-DD (otherwise the signing date, or today)",
        "适用哪一天的法律，格式 YYYY-MM-DD（默认为签署日，否则为今天）",
        kind="date",
        metavar="DATE",
        group="rules",
    ),
    Option(
        "--output-format",
        "How to show the findings",
        "结果的输出格式",
        kind="choice",
        choices=FORMATS,
        default="full",
        group="output",
        metavar="FORMAT",
    ),
    _OUTPUT,
    Option(
        "--fail-severity",
        "The least severity for which the exit code is 1",
        "达到何种严重程度时退出码为 1",
        kind="choice",
        choices=("error", "warning", "info", "never"),
        default="warning",
        group="exit",
        metavar="SEVERITY",
    ),
    Option(
        "--max-warnings",
        "Let up to N warnings pass, and fail on more",
        "容许至多 N 个警告，超过即失败",
        kind="number",
        metavar="N",
        group="exit",
    ),
    Option("--exit-zero", "Exit with 0 even if there are findings", "即使有问题也以 0 退出", group="exit"),
    Option(
        "--statistics",
        "Show how often each rule speaks instead of the findings",
        "显示各规则的问题数，而不是逐条显示",
        group="output",
    ),
    Option("--fix", "Carry out the safe fixes", "执行安全的修正", group="fixes"),
    Option(
        "--unsafe-fixes",
        "With --fix or --diff: the other fixes too, which are to be reviewed",
        "与 --fix 或 --diff 同用：亦执行须复核的修正",
        group="fixes",
    ),
    Option(
        "--diff",
        "Write nothing; show what --fix would change, and exit with 1 if anything would",
        "不写入；显示 --fix 会作的改动，若有则以 1 退出",
        group="fixes",
    ),
    Option(
        "--baseline",
        "Do not show the findings that FILE lists; what no longer matches is taken out of it",
        "不显示 FILE 所列的既有问题；已不再匹配的条目从中删除",
        kind="text",
        metavar="FILE",
        group="fixes",
    ),
    Option(
        "--write-baseline",
        "Write what is found to the baseline (otherwise nda-lint-baseline.json), and exit with 0",
        "将发现的问题写入基线文件（默认 nda-lint-baseline.json），并以 0 退出",
        group="fixes",
    ),
    Option(
        "--show-files", "Show which files would be checked, and exit", "只列出将要检查的文件", group="files"
    ),
    Option(
        "--show-settings",
        "Show what the first PATH would be checked by, and exit",
        "只显示检查第一个 PATH 所依据的设置",
        group="files",
    ),
    Option(
        "--jobs",
        "In how many processes to check (otherwise as suits the number of files)",
        "用几个进程检查（默认视文件数量而定）",
        kind="number",
        metavar="N",
        group="files",
    ),
    _STDIN_FILENAME,
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
    _FORCE_EXCLUDE,
)

FORMAT = Command(
    "format",
    "Bring contracts into the canonical layout; words and prose stay as they are",
    "将合同整理为标准版式；文字与正文保持不变",
    _PATHS,
    Option(
        "--check", "Write nothing; exit with 1 if a file would change", "不写入；若有文件会改变则以 1 退出"
    ),
    Option(
        "--diff",
        "Write nothing; show what would change, and exit with 1 if anything would",
        "不写入；显示会改变的内容，若有则以 1 退出",
    ),
    _STDIN_FILENAME,
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
    _FORCE_EXCLUDE,
)

TRANSLATE = Command(
    "translate",
    "Show the same contract in the other language",
    "以另一种语言显示同一份合同",
    _FILE,
    Option(
        "--to",
        "The language to translate to",
        "目标语言",
        kind="choice",
        choices=("en", "zh"),
        required=True,
        metavar="LANGUAGE",
    ),
    _OUTPUT,
    _STDIN_FILENAME,
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

FACTS = Command(
    "facts",
    "Show the typed contract as JSON, the same for every language",
    "以 JSON 显示合同的内容，与语言无关",
    _FILE,
    _OUTPUT,
    _STDIN_FILENAME,
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

TIMELINE = Command(
    "timeline",
    "Show the dates, periods and deadlines that follow from a contract",
    "显示从合同得出的日期、期间与时限",
    _FILE,
    Option(
        "--as-of",
        "Mark what is over on that day, as YYYY-MM-DD",
        "标明至该日已过的事项，格式 YYYY-MM-DD",
        kind="date",
        metavar="DATE",
        group="output",
    ),
    Option(
        "--output-format",
        "How to show the time line",
        "输出格式",
        kind="choice",
        choices=("table", "json", "svg"),
        default="table",
        metavar="FORMAT",
        group="output",
    ),
    _OUTPUT,
    _STDIN_FILENAME,
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

EXPLAIN = Command(
    "explain",
    "Explain a rule: what it looks for, why, the law, examples",
    "解释一条规则：检查什么、为什么、法律依据、示例",
    Argument("rule", "RULE", "A rule's code or name", "规则的代码或名称"),
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

RULES = Command(
    "rules",
    "List all rules, or run the examples of those in rule files: rules test FILE",
    "列出全部规则，或者运行规则文件中的示例：rules test FILE",
    Argument(
        "words",
        "[test [FILE]...]",
        "test: run the examples of the rules in FILEs, or in those of the configuration",
        "test：运行 FILE（未给出时为配置所列规则文件）中各规则的示例",
        many=True,
    ),
    Option(
        "--output-format",
        "How to show the rules",
        "输出格式",
        kind="choice",
        choices=("table", "json"),
        default="table",
        metavar="FORMAT",
    ),
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

SERVER = Command(
    "server",
    "Serve an editor, on standard input and output (needs nda-lint[server])",
    "以标准输入输出为编辑器提供语言服务（需要 nda-lint[server]）",
    None,
    Option("--stdio", "Use standard input and output, as is done anyway", "使用标准输入输出（本来如此）"),
    _LANG,
    _COLOR,
    _ISOLATED,
    _NO_CACHE,
)

INIT = Command(
    "init",
    "Write a configuration and a first contract, by options or as one is asked",
    "写入配置文件与第一份合同；内容取自选项或者提问",
    None,
    Option(
        "--profile",
        "What to expect of the contracts: PRC practice (default) or common-law",
        "对合同的要求：中国惯例（default）或者 common-law",
        kind="choice",
        choices=("default", "common-law"),
        metavar="NAME",
    ),
    Option("--contract", "The file of the contract", "合同的文件名", kind="text", metavar="FILE"),
    Option("--discloser", "Full name of the discloser", "披露方全称", kind="text", metavar="NAME"),
    Option("--discloser-address", "Its address", "披露方住所", kind="text", metavar="TEXT"),
    Option("--recipient", "Full name of the recipient", "接收方全称", kind="text", metavar="NAME"),
    Option("--recipient-address", "Its address", "接收方住所", kind="text", metavar="TEXT"),
    Option("--purpose", "What the information is for", "使用保密信息的目的", kind="text", metavar="TEXT"),
    Option("--court", "Which court decides", "管辖法院", kind="text", metavar="NAME"),
    Option("--yes", "Ask nothing; examples stand for what is not said", "不提问；未指定的内容以示例代替"),
    _LANG,
    _COLOR,
)

CLEAN = Command(
    "clean",
    "Remove the caches of this folder and those below it",
    "删除本文件夹及其下各文件夹的缓存",
    None,
    _LANG,
    _COLOR,
)

COMMANDS = (CHECK, FORMAT, TRANSLATE, FACTS, TIMELINE, EXPLAIN, RULES, SERVER, INIT, CLEAN)


def command_named(name: str) -> Command | None:
    """The command of that name."""
    return next((command for command in COMMANDS if command.name == name), None)
