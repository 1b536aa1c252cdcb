"""Sentences with must, must not or may → syntax."""

from __future__ import annotations

from nda_lint.driver import Failure, Node, run
from nda_lint.lexer import Atom, Lexer
from nda_lint.parse_facts import FactReader
from nda_lint.parse_statement import MOST_REPAIRED
from nda_lint.syntax import Broken, NormLine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from nda_lint.source import Span


class SentenceReader(FactReader):
    """Reads sentences, and the facts that look like one because they lack their colon."""

    def _norm(self, atoms: list[Atom], span: Span, kind: str | None) -> Any:
        atoms = self._without_other_number(atoms, span)
        lexer = self._lexer(atoms)
        language = self._sentence_language(lexer)
        start = f"{language}_norm"
        table = self.grammar[language]
        result = run(table, start, lexer)
        if isinstance(result, Node):
            self._trailing_separator(atoms)
            return NormLine(result, span)
        whole = self._with_unknown_label(atoms)
        if whole is not None:
            read = run(table, start, self._lexer(whole))
            if isinstance(read, Node):
                return NormLine(read, span)
        from nda_lint.slips import with_colon

        meant = with_colon(atoms, self.lexicon["keys"].get(kind, {}))
        fact = None if meant is None else self._fact_without_colon(*meant, span, kind)
        if fact is not None:
            return fact
        self.repaired += 1
        spaced = (
            self._norm_with_space(lexer, result, table, start) if self.repaired <= MOST_REPAIRED else None
        )
        if spaced is not None:
            return NormLine(spaced, span)
        if self.repaired <= MOST_REPAIRED:
            failure = result
            result, repairs = self._repaired(table, start, lexer, failure)
            if isinstance(result, Node):
                for repair in repairs:
                    self._report_repair(lexer, repair)
                return NormLine(result, span)
            result = failure
        self._report_failure(lexer, result)
        return Broken(self._guess_key(atoms, kind), span)

    def _with_unknown_label(self, atoms: list[Atom]) -> list[Atom] | None:
        """Undo what `_whole_references` did to the last reference: it may name a label that there is not."""
        place = next((i for i in range(len(atoms) - 1, -1, -1) if atoms[i][0] == "r"), None)
        if place is None or place + 1 == len(atoms) or atoms[place + 1][1] != atoms[place][2]:
            return None
        end = place + 1
        while end < len(atoms) and atoms[end][0] in "cwn" and atoms[end][1] == atoms[end - 1][2]:
            end += 1
        start, stop = atoms[place][1], atoms[end - 1][2]
        return (
            [*atoms[:place], ("r", start, stop, self.text[start:stop]), *atoms[end:]]
            if end > place + 1
            else None
        )

    def _norm_with_space(
        self, lexer: Lexer, failure: Failure, table: dict[str, Any], start: str
    ) -> Node | None:
        """Read a sentence in which a space was lost or has slipped between two words."""
        from nda_lint.slips import with_space

        atoms = lexer.atoms
        for index in dict.fromkeys((failure.index, failure.last)):
            if index >= len(atoms) or atoms[index][0] != "w":
                continue
            for trial in with_space(self.text, atoms, index, self._is_known):
                read = run(table, start, self._lexer(trial))
                if isinstance(read, Node):
                    last = index + (len(trial) == len(atoms))
                    span = (atoms[index][1], atoms[last][2])
                    near = f"{trial[index][3]} {trial[index + 1][3]}"
                    found = self.source.text[span[0] : span[1]]
                    self.report("NDA001", "unknown_word_near", span, once=found, found=found, near=near)
                    return read
        return None

    def _is_known(self, word: str) -> bool:
        """Whether a word may be part of a phrase of the lexicon or of a declared name."""
        from nda_lint.nearby import nearby

        if word in nearby(self.lexicon["words"]).english_words:
            return True
        return any(word in phrase for phrase in self.names.phrases)

    def _fact_without_colon(self, atoms: list[Atom], colon: int, span: Span, kind: str | None) -> Any:
        """A line that is no sentence but begins with a key, and in `atoms` has the colon that is missing. None where
        it may be a sentence after all."""
        read = self._tried(self._fact, atoms, span, kind)
        if read is None and self._has_modal(atoms[colon + 1 :], None):
            return None
        key = (atoms[0][1], atoms[colon][1])
        self.report("NDA001", "colon_missing", key, found=self.source.text[key[0] : key[1]])
        return read or Broken(self._guess_key(atoms, kind), span)

    def _sentence_language(self, lexer: Lexer) -> str:
        """Chinese if any Chinese character stands outside strings and declared names."""
        if "c" not in [atom[0] for atom in lexer.atoms]:
            return "english"
        index = 0
        while index < len(lexer.atoms):
            atom = lexer.atoms[index]
            named = atom[3] in self.names.longest and [
                found for found in lexer.candidates(index) if self._is_declared(index, found, lexer)
            ]
            if named:
                index = named[0][0]
            elif atom[0] == "c":
                return "chinese"
            else:
                index += 1
        return "english"

    def _is_declared(self, index: int, candidate: Any, lexer: Lexer) -> bool:
        """Whether a candidate is a name that the file declares, as against a word of the language."""
        return lexer.key(index, candidate[0]) in self.names.phrases
