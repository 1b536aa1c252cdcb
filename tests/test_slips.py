"""Slips of the pen that cost one finding, which says what they are, and lose nothing on other lines."""

from __future__ import annotations

import pytest
from helpers import clause, contract_of, messages

from nda_lint.linter import lint
from nda_lint.source import Source


def codes(text: str) -> list[str]:
    return [finding.code for finding in lint(Source(text, "contract.nda")).findings]


@pytest.mark.parametrize(
    ("kind", "line", "key"),
    [
        ("general", "severability yes", "severability"),
        ("general", "assignment written consent only", "assignment"),
        ("supervision", "bearer Beta", "bearer"),
        ("scope", "personal information export none", "personal information export"),
        ("termination", 'retention period "Backups" 6 months', 'retention period "Backups"'),
    ],
)
def test_a_fact_without_its_colon(kind: str, line: str, key: str) -> None:
    contract = clause(line, kind)
    assert messages(contract) == [f"NDA001 there is no colon after “{key}”, which is a key (key: value)"]
    assert len(contract.clauses[0].facts) == 1


@pytest.mark.parametrize(
    ("kind", "line", "key"),
    [
        ("一般条款", "可分割性 是", "可分割性"),
        ("一般条款", "转让须书面同意", "转让"),
        ("监督", "义务方乙方", "义务方"),
    ],
)
def test_a_fact_without_its_colon_in_chinese(kind: str, line: str, key: str) -> None:
    contract = contract_of(f"协议「A」\n当事人 乙方「乙公司」\n条款 {kind}\n  {line}\n")
    assert messages(contract) == [f"NDA001 “{key}”是键名，其后缺少冒号（键：值）"]
    assert len(contract.clauses[0].facts) == 1


def test_a_sentence_that_begins_like_a_key_stays_one() -> None:
    contract = clause("employees must protct confidential information")
    assert messages(contract) == ["NDA001 found “protct”; did you mean “protect”?"]


@pytest.mark.parametrize("line", ['seat::"York"', 'seat: :"York"', "仲裁地：：「York」"])
def test_a_second_colon(line: str) -> None:
    contract = clause(line, "disputes")
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert getattr(contract.facts("disputes.seat")[0].value, "text", None) == "York"


def test_a_lost_header_is_one_finding_and_nothing_below_it_is_missing() -> None:
    text = 'agreement "A"\nclause supervision\n  log retention: 1 year\n  duration: 3 years\n  survival: 5 years\n'
    contract = contract_of(text)
    assert messages(contract) == [
        "NDA003 “duration” is no key of supervision, but of term: is a header missing above?"
    ]
    assert len(contract.findings[0].related) == 1
    assert not {"NDA103", "NDA104"} & set(codes(text))


def test_a_lost_header_of_a_party_is_one_finding_and_its_name_another() -> None:
    text = 'agreement "A"\n  role: discloser\n  address: "York"\n  capacity: director\nparty Beta "B"\nclause duties\n  Acme must protect samples\nclause supervision\n  bearer: Acme\n'
    first, second = contract_of(text).findings
    assert first.message == "“role” is no key of agreement, but of party: is a header missing above?"
    assert len(first.related) == 2
    assert (second.code, len(second.related)) == ("NDA007", 1)


def test_sentences_where_there_are_none_are_one_finding() -> None:
    text = 'agreement "A"\nparty Acme "A"\n  Acme must protect samples\n  Acme must train employees\n'
    (finding,) = contract_of(text).findings
    assert len(finding.related) == 1


@pytest.mark.parametrize("header", ["section term", "define term", "must term", "第五条 期限", "可以 期限"])
def test_another_word_for_clause(header: str) -> None:
    contract = contract_of(f'agreement "A"\n{header}\n  duration: 3 years\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert contract.facts("term.duration")


def test_a_list_that_goes_on_with_a_word_for_a_clause_is_no_header() -> None:
    contract = clause("technical information: drawings,\n  intended use", "scope")
    assert not contract.findings
    assert len(contract.facts("scope.technical_information")[0].values) == 2


@pytest.mark.parametrize(
    ("sentence", "found", "near"),
    [
        ("Beta must not disclose samples unlses Acme consents in writing", "unlses", "unless"),
        ("Beta may disclose samples, sbuject to @a", "sbuject to", "subject to"),
        ("Beta may disclose samples, notwirthstanding @a", "notwirthstanding", "notwithstanding"),
        ("Beta must protect samples, failing whch @a", "failing whch", "failing which"),
    ],
)
def test_misspelt_words_that_join(sentence: str, found: str, near: str) -> None:
    contract = clause(f"@a {sentence}")
    assert messages(contract) == [f"NDA001 found “{found}”; did you mean “{near}”?"]
    assert len(contract.norms) == 1


def test_a_misspelling_that_adds_a_negation_is_no_guess() -> None:
    (message,) = messages(clause("Beta must nto disclose samples"))
    assert "did you mean" not in message


@pytest.mark.parametrize("meaning", ["tcehnical information", "technical informatino"])
def test_a_misspelt_meaning_of_a_term(meaning: str) -> None:
    contract = contract_of(f'agreement "A"\ndefine "Data": {meaning}\n')
    assert messages(contract) == [f"NDA001 found “{meaning}”; did you mean “technical information”?"]
    assert contract.definitions[0].meanings


def test_a_grade_that_nobody_declared_is_said_once() -> None:
    text = "clause use\n  approval: core information\n  register covers: core information\nclause access\n  employees may access core information\n"
    contract = contract_of(f'agreement "A"\n{text}')
    assert messages(contract) == ["NDA001 no grade “core” is declared, as “core information” would need"]
    assert len(contract.findings[0].related) == 2
    assert len(contract.norms) == 1


def test_a_grade_that_nobody_declared_is_said_once_in_chinese() -> None:
    text = "条款 使用限制\n  审批:重要文件、核心信息\n条款 访问权限\n  员工可以查阅重要文件\n"
    contract = contract_of(f"协议「A」\n{text}")
    assert messages(contract) == [
        "NDA001 “重要文件”所需的等级“重要”未声明",
        "NDA001 “核心信息”所需的等级“核心”未声明",
    ]


def test_a_misspelt_grade_is_one_trouble_in_facts_and_sentences() -> None:
    text = 'clause classification\n  grade "Croe": "X"\nclause use\n  approval: core information\nclause access\n  employees may access core information\n'
    (finding,) = contract_of(f'agreement "A"\n{text}').findings
    assert finding.message == "found “core information”; did you mean “Croe information”?"
    assert len(finding.related) == 1


def test_a_sentence_behind_an_open_list_is_read() -> None:
    contract = clause("bearer: Beta,\n  only executives may access samples", "access")
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert len(contract.norms) == 1
    chinese = contract_of(
        "协议「A」\n当事人 乙方「乙公司」\n条款 访问权限\n  义务方:乙方、\n  仅高管可以查阅样品\n"
    )
    assert [finding.code for finding in chinese.findings] == ["NDA001"]
    assert len(chinese.norms) == 1


def test_what_ran_into_a_header_is_not_missing() -> None:
    assert codes('agreement "A"\nclause notices channels: email\n').count("NDA113") == 0
    assert codes("协议「A」\n条款 通知  渠道:书面文件\n").count("NDA113") == 0


def test_a_chinese_party_without_quotation_marks() -> None:
    contract = contract_of("协议「A」\n当事人 甲方 甲公司\n条款 保密义务\n  甲方应当保护样品\n")
    assert messages(contract) == ["NDA001 “甲公司”没有加引号；请写作「甲公司」"]
    assert contract.parties[0].title == "甲公司"


def test_a_label_that_chinese_text_goes_on_with() -> None:
    text = "协议「A」\n当事人 乙方「乙公司」\n条款 保密义务 @访问权\n  乙方可以披露样品,受限于 @访问权限\n"
    contract = contract_of(text)
    assert not contract.findings
    assert contract.norms[0].priorities[0].label == "访问权限"


@pytest.mark.parametrize(
    ("kind", "line", "near"),
    [
        ("disputes", "arbitration language: Chi nese", "Chinese"),
        ("scope", "exclusions: lawfully froma third party", "lawfully from a third party"),
    ],
)
def test_what_is_meant_is_shown_as_it_is_written(kind: str, line: str, near: str) -> None:
    (message,) = messages(clause(line, kind))
    assert message.endswith(f"did you mean “{near}”?")


@pytest.mark.parametrize(
    ("kind", "line", "second", "count"),
    [
        ("dates", 'signed at: "York"  effective: last signature', "effective", 2),
        ("scope", "forms: written, marking: required", "marking", 2),
        ("classification", 'grade "Core": "C"  controls "Core": approval', 'controls "Core"', 2),
    ],
)
def test_two_facts_on_a_line(kind: str, line: str, second: str, count: int) -> None:
    contract = clause(line, kind)
    assert messages(contract) == [f"NDA001 “{second}” begins another fact: write it on a line of its own"]
    assert len(contract.clauses[0].facts) == count


@pytest.mark.parametrize(
    ("header", "fact"), [("clause term duration: 3 years", "duration"), ("条款 期限 @甲 期限：3 年", "期限")]
)
def test_a_fact_on_the_line_of_its_header(header: str, fact: str) -> None:
    contract = contract_of(f'agreement "A"\n{header}\n  survival: 5 years\n')
    assert [finding.code for finding in contract.findings] == ["NDA001"]
    assert f"“{fact}”" in contract.findings[0].message
    assert [fact.key for fact in contract.clauses[0].facts] == ["duration", "survival"]


@pytest.mark.parametrize(
    ("sentence", "found", "near"),
    [
        ("Acme musttrain employees", "musttrain", "must train"),
        ("employeesmay access samples", "employeesmay", "employees may"),
        (
            "Beta may disclosec onfidential information to Acme",
            "disclosec onfidential",
            "disclose confidential",
        ),
        ("Beta must no tdisclose samples", "no tdisclose", "not disclose"),
        ("Beta must return samples within 15 daysa fter termination", "daysa fter", "days after"),
    ],
)
def test_a_space_that_is_lost_or_slipped(sentence: str, found: str, near: str) -> None:
    contract = clause(sentence)
    assert messages(contract) == [f"NDA001 found “{found}”; did you mean “{near}”?"]
    assert len(contract.norms) == 1


def test_a_party_whose_keyword_lost_its_space() -> None:
    contract = contract_of('agreement "A"\npartyBeta "B"\nclause duties\n  Beta must protect samples\n')
    assert messages(contract) == ["NDA001 found “partyBeta”; did you mean “party”?"]
    assert contract.parties[0].name == "Beta"


@pytest.mark.parametrize("declared", ["甲", "方甲"])
def test_a_chinese_party_declared_amiss_is_one_finding(declared: str) -> None:
    text = "协议「A」\n当事人 {}「甲公司」\n当事人 乙方「乙公司」\n条款 保密义务\n  甲方应当保护样品,除非甲方书面同意\n  甲方有权审计乙方\n"
    contract = contract_of(text.format(declared))
    (finding,) = contract.findings
    assert (finding.code, len(finding.related)) == ("NDA007", 2)
    assert "“乙方”？" not in finding.message
    assert len(contract.norms) == 2


def test_a_quotation_mark_within_a_word_is_not_quoted_again() -> None:
    (message,) = messages(clause('seat: Y"ork"', "disputes"))
    assert message == 'NDA004 “seat” cannot be “Y"ork"”: expected a phrase in quotation marks'


def test_a_stray_letter_behind_the_name_of_a_grade() -> None:
    text = 'clause classification\n  grade "Core"e: "X"\nclause access\n  employees may access core information\n'
    contract = contract_of(f'agreement "A"\n{text}')
    assert messages(contract) == ["NDA001 found “e”, expected a colon"]
    assert (len(contract.facts("classification.grade")), len(contract.norms)) == (1, 1)


def test_the_grades_of_a_clause_with_a_fact_in_its_header() -> None:
    text = "条款 分级  义务方:甲方\n  等级「核心」:「甲」\n条款 访问权限\n  员工可以查阅核心信息\n"
    contract = contract_of(f"协议「A」\n当事人 甲方「甲」\n{text}")
    assert messages(contract) == ["NDA001 “义务方”是另一个事实：请另起一行"]
    assert len(contract.norms) == 1
