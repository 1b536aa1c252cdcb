"""What a run found, in numbers, and the sentences that say so."""

from __future__ import annotations

from nda_lint.finding import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from nda_lint.finding import Finding, Language
    from nda_lint.linter import Report
    from nda_lint.problem import Problem

ENGLISH = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}
_RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
CHINESE = {"error": "错误", "warning": "警告", "info": "提示"}


def tally(report: Report, refused: Iterable[Finding] = ()) -> tuple[Any, ...]:
    """What there is to count in a report, as plain data: its language, how often each rule speaks, and how many
    findings have a fix that is safe, is not, or has to wait until all of the contract can be read. A fix that was
    `refused` is none to come."""
    rules: dict[tuple[str, str, str], int] = {}
    fixes = {"safe": 0, "unsafe": 0}
    for finding in report.findings:
        key = (finding.code, finding.name, finding.severity)
        rules[key] = rules.get(key, 0) + 1
        if finding.fix is not None:
            fixes[finding.fix.applicability] += 1
    for finding in refused:
        if finding.fix is not None:
            fixes[finding.fix.applicability] -= 1
    whole = report.contract is not None and not report.contract.findings
    to_come = (*fixes.values(), 0) if whole else (0, 0, sum(fixes.values()))
    return report.language, tuple((*key, count) for key, count in rules.items()), *to_come


class Summary:
    """Counts over all files of a run, and what they come to: by the least severity that fails a run (or ``never``)
    and the number of warnings that is let pass."""

    __slots__ = (
        "counts", "exit_zero", "files", "fail_severity", "known", "languages", "let_pass", "mended", "mended_files",
        "problems", "refused", "rules", "safe", "unsafe", "waiting",
    )  # fmt: skip

    def __init__(
        self, fail_severity: str = "warning", let_pass: int | None = None, exit_zero: bool = False
    ) -> None:
        self.fail_severity = fail_severity
        self.let_pass = let_pass
        self.exit_zero = exit_zero
        self.files = 0
        #: why files could not be checked
        self.problems: list[Problem] = []
        #: how many findings have a fix that is safe, is not, or waits until all of the contract can be read
        self.safe = 0
        self.unsafe = 0
        self.waiting = 0
        #: how many findings were mended, in how many files, and how many fixes were refused
        self.mended = 0
        self.mended_files = 0
        self.refused = 0
        #: how many findings the baseline has
        self.known = 0
        #: severity → how often
        self.counts = {"error": 0, "warning": 0, "info": 0}
        #: (code, name, severity) → how often
        self.rules: dict[tuple[str, str, str], int] = {}
        self.languages: set[Language] = set()

    def add(self, tally: tuple[Any, ...]) -> None:
        """Count one file."""
        language, rules, safe, unsafe, waiting = tally
        self.files += 1
        self.languages.add(language)
        self.safe += safe
        self.unsafe += unsafe
        self.waiting += waiting
        for code, name, severity, count in rules:
            self.counts[severity] += count
            key = (code, name, severity)
            self.rules[key] = self.rules.get(key, 0) + count

    def state(self) -> list[Any]:
        """What was counted, as plain data."""
        rules = [[*key, count] for key, count in self.rules.items()]
        fixes = [self.safe, self.unsafe, self.waiting]
        return [self.files, fixes, self.known, sorted(self.languages), rules]

    def restore(self, state: list[Any]) -> None:
        """Count what was counted before."""
        self.files, fixes, self.known, languages, rules = state
        self.safe, self.unsafe, self.waiting = fixes
        self.languages.update(languages)
        for code, name, severity, count in rules:
            self.counts[severity] += count
            self.rules[code, name, severity] = count

    @property
    def unchecked(self) -> int:
        """How many files could not be checked."""
        return len(self.problems)

    @property
    def fixable(self) -> int:
        """How many findings have a fix."""
        return self.safe + self.unsafe + self.waiting

    def fails(self, severity: str) -> bool:
        """Whether a finding of that severity makes the run fail."""
        if self.exit_zero:
            return False
        if severity == "warning" and self.let_pass is not None:
            return self.counts["warning"] > self.let_pass
        failing = SEVERITIES[_RANKS[self.fail_severity] :] if self.fail_severity in _RANKS else ()
        return severity in failing

    def verdict(self) -> int:
        """The exit code: 2 where something could not be checked, 1 where a finding fails the run."""
        if self.unchecked:
            return 2
        return int(any(count and self.fails(severity) for severity, count in self.counts.items()))

    def language(self, asked: Language | None) -> Language:
        """The language to sum up in: the one asked for, or that of all files, or English."""
        if asked is not None:
            return asked
        return next(iter(self.languages)) if len(self.languages) == 1 else "en"

    def sentence(self, language: Language) -> str:
        """The run in one line."""
        found = {severity: count for severity, count in self.counts.items() if count}
        if language == "zh":
            parts = "、".join(f"{count} 个{CHINESE[severity]}" for severity, count in found.items())
            if self.unchecked:
                return (
                    f"检查了 {self.files} 个文件：{parts or '未发现问题'}；另有 {self.unchecked} 个无法检查。"
                )
            if not found:
                return f"检查通过：{self.files} 个文件，未发现问题。"
            return f"在 {self.files} 个文件中发现 {parts}。"
        words = [f"{count} {ENGLISH[severity][count != 1]}" for severity, count in found.items()]
        listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
        files = _files(self.files)
        if self.unchecked:
            return f"Checked {files}: {listed or 'no findings'}; {self.unchecked} could not be checked."
        return f"Found {listed} in {files}." if found else f"All checks passed: {files}, no findings."

    def about_fixes(self, language: Language, *, written: bool) -> list[str]:
        """What was mended, or would be; empty where nothing was."""
        chinese = language == "zh"
        lines = []
        if self.mended and chinese:
            lines.append(
                f"{'已修正' if written else '可修正'} {self.mended_files} 个文件中的 {self.mended} 处问题。"
            )
        elif self.mended:
            findings = _findings(self.mended)
            lines.append(f"{'Fixed' if written else 'Would fix'} {findings} in {_files(self.mended_files)}.")
        if self.refused and chinese:
            lines.append(f"另有 {self.refused} 处修正会改变其他约定的读法，因此未予采用。")
        elif self.refused:
            which = "1 fix was" if self.refused == 1 else f"{self.refused} fixes were"
            lines.append(f"{which} left out, because other statements would not read the same afterwards.")
        return lines

    def fixes_to_come(self, language: Language) -> list[str]:
        """How many findings could be mended and how; empty where none could."""
        lines = [self._fixes_at_once(language)] if self.safe or self.unsafe else []
        if self.waiting and language == "zh":
            lines.append(f"有 {self.waiting} 处修正须待合同全文可读后方能进行。")
        elif self.waiting:
            which = "1 fix has" if self.waiting == 1 else f"{self.waiting} fixes have"
            lines.append(f"{which} to wait until all of the contract can be read.")
        return lines

    def _fixes_at_once(self, language: Language) -> str:
        if language == "zh":
            if not self.unsafe:
                return f"可用 --fix 修正 {self.safe} 处。"
            if not self.safe:
                return f"可用 --fix --unsafe-fixes 修正 {self.unsafe} 处（须复核）。"
            return (
                f"可用 --fix 修正 {self.safe} 处；加上 --unsafe-fixes 另可修正 {self.unsafe} 处（须复核）。"
            )
        if not self.unsafe:
            return f"{_findings(self.safe)} can be fixed with --fix."
        unsafe = "--fix --unsafe-fixes, to be reviewed"
        if not self.safe:
            return f"{_findings(self.unsafe)} can be fixed with {unsafe}."
        return f"{_findings(self.safe)} can be fixed with --fix, and {self.unsafe} more with {unsafe}."

    def about_baseline(self, language: Language) -> str:
        """How many findings are not shown because the baseline has them; empty where there are none."""
        if not self.known:
            return ""
        if language == "zh":
            return f"另有 {self.known} 处问题已列入基线，未予显示。"
        return f"{_findings(self.known)} in the baseline {'is' if self.known == 1 else 'are'} not shown."

    def statistics(self) -> list[str]:
        """How often each rule spoke, the most talkative first."""
        width = len(str(max(self.rules.values(), default=0)))
        ordered = sorted(self.rules.items(), key=lambda item: (-item[1], item[0]))
        return [f"{count:>{width}}  {code}  {name} ({severity})" for (code, name, severity), count in ordered]


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"


def _findings(count: int) -> str:
    return f"{count} {'finding' if count == 1 else 'findings'}"
