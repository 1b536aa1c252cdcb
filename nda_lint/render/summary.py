"""What a run found, in numbers, and the one sentence that says so."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nda_lint.finding import Finding, Language
    from nda_lint.linter import Report

ENGLISH = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}
CHINESE = {"error": "错误", "warning": "警告", "info": "提示"}


class Summary:
    """Counts over all files of a run."""

    __slots__ = ("counts", "files", "fixable", "languages", "rules", "unchecked")

    def __init__(self) -> None:
        self.files = 0
        self.fixable = 0
        #: how many could not be read
        self.unchecked = 0
        #: severity → how often
        self.counts = {"error": 0, "warning": 0, "info": 0}
        #: (code, name, severity) → how often
        self.rules: dict[tuple[str, str, str], int] = {}
        self.languages: set[Language] = set()

    def add(self, report: Report) -> None:
        """Count one file."""
        self.files += 1
        self.languages.add(report.language)
        for finding in report.findings:
            self._count(finding)

    def _count(self, finding: Finding) -> None:
        self.counts[finding.severity] += 1
        if finding.fix is not None:
            self.fixable += 1
        key = (finding.code, finding.name, finding.severity)
        self.rules[key] = self.rules.get(key, 0) + 1

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
        files = f"{self.files} {'file' if self.files == 1 else 'files'}"
        words = [f"{count} {ENGLISH[severity][count != 1]}" for severity, count in found.items()]
        listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
        if self.unchecked:
            return f"Checked {files}: {listed or 'no findings'}; {self.unchecked} could not be checked."
        return f"Found {listed} in {files}." if found else f"All checks passed: {files}, no findings."

    def statistics(self) -> list[str]:
        """How often each rule spoke, the most talkative first."""
        width = len(str(max(self.rules.values(), default=0)))
        ordered = sorted(self.rules.items(), key=lambda item: (-item[1], item[0]))
        return [f"{count:>{width}}  {code}  {name} ({severity})" for (code, name, severity), count in ordered]
