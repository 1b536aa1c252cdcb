"""What a confidentiality agreement says: the blocks and clause kinds with their keys.

This is the one source of truth. The binder, ``facts``, the formatter, the language reference and
the type checker of the rule language read tables made from these models; the words of each
language stand in `names/*.toml`. To add a clause kind: a model here, its names there, its rules
in `rules/`.

Each key gives its English and Chinese one-line documentation and the leaves of the catalogue of
contract contents (``E1`` … ``E72``, see `docs/leaves.md`) that it holds. A list accepts several
values; ``X | Text`` also accepts a quoted phrase.
"""

# mypy: disable-error-code="valid-type"

from __future__ import annotations

from nda_lint.schema import choices as c
from nda_lint.schema.document import (
    Agreement,
    Amendment,
    Annex,
    Counterparts,
    Dates,
    Notices,
    Party,
    Signature,
)
from nda_lint.schema.management import (
    Access,
    Applicability,
    Classification,
    General,
    Ownership,
    Storage,
    Supervision,
    Training,
    Transmission,
)
from nda_lint.schema.values import (
    Clause,
    ClauseValue,
    Date,
    Duration,
    Frequency,
    Item,
    Moment,
    Money,
    Number,
    PersonValue,
    Text,
    ThingValue,
    YesNo,
    key,
)


class Scope(Clause):
    """What is confidential.|保密信息的范围。"""

    definition_method: c.DefinitionMethod = key(
        "How information is recognised.", "保密信息的界定方式。", "E5"
    )
    discloser: list[PersonValue] = key("Whose information is meant.", "信息由谁披露。", "E5")
    technical_information: list[Item] = key("Technical information covered.", "所含技术信息。", "E5", "E6")
    business_information: list[Item] = key("Business information covered.", "所含经营信息。", "E5", "E7")
    financial_information: list[Item] = key("Financial information covered.", "所含财务信息。", "E5", "E7")
    personal_information: list[Item] = key("Personal information covered.", "所含个人信息。", "E8", "E5")
    other_information: list[Item] = key("Other information covered.", "所含其他信息。", "E5")
    trade_secrets: list[ThingValue] = key(
        "Which of it is called a trade secret.", "其中称为商业秘密的信息。", "E5", "E6"
    )
    customer_list_contents: list[c.CustomerDatum | Text] = key(
        "What the customer lists have on each customer.", "客户名单所载内容。", "E7"
    )
    carriers: list[Item] = key("What the information stands on.", "信息载体。", "E6")
    forms: list[c.Form] = key("In what forms information is disclosed.", "披露形式。", "E5")
    disclosed_from: Date | Moment = key("Start of the disclosures covered.", "所涵盖披露的起点。", "E5")
    disclosed_until: Date | Moment = key("End of the disclosures covered.", "所涵盖披露的终点。", "E5")
    disclosed_for: list[Text] = key(
        "The purpose that disclosures covered must be connected with.", "所涵盖披露须与之有关的目的。", "E5"
    )
    marking: c.Marking = key("Whether information must be marked.", "是否须作保密标识。", "E5")
    oral_confirmation_within: Duration = key(
        "Time to confirm an oral disclosure in writing.", "口头披露后书面确认的期限。", "E5"
    )
    unmarked_oral_information: c.Inclusion = key(
        "Whether oral information that nobody confirmed is covered.",
        "未经书面确认的口头信息是否受保护。",
        "E5",
    )
    derived_information: c.Inclusion = key("Notes and analyses made from it.", "衍生信息。", "E5")
    talks: c.Inclusion = key("That the parties talk, and how far they are.", "洽谈的存在与进展。", "E5")
    agreement_terms: c.Inclusion = key("The terms of the agreement itself.", "协议条款本身。", "E5")
    third_party_information: c.Inclusion = key(
        "Information of others that the discloser holds.", "披露方持有的第三方信息。", "E5"
    )
    contains_personal_information: YesNo = key(
        "Whether personal information is among it.", "是否含个人信息。", "E8"
    )
    data_subjects: list[Item] = key("The individuals whom it is about.", "个人信息主体的类别。", "E8")
    sensitive_personal_information: YesNo = key(
        "Whether sensitive data are among it.", "是否含敏感个人信息。", "E8"
    )
    processing_relationship: c.Processing = key("Entrusted, joint or provided.", "个人信息处理关系。", "E8")
    processing_purpose: Text = key("Why personal information is processed.", "个人信息处理目的。", "E8")
    processing_method: list[Item] = key("How personal information is processed.", "个人信息处理方式。", "E8")
    legal_basis: list[c.LegalBasis] = key("Why the processing is lawful.", "处理的合法性基础。", "E8")
    individuals_informed: YesNo = key("Whether the individuals were told.", "是否已告知个人。", "E8")
    processing_period: Duration = key("How long it is processed.", "处理期限。", "E8")
    protective_measures: list[c.ProtectiveMeasure | Text] = key("How it is protected.", "保护措施。", "E8")
    processing_supervision: Frequency = key(
        "How often the processing is inspected.", "对处理活动的监督频次。", "E8"
    )
    sub_processing: c.SubProcessing = key("Whether others may process it.", "转委托。", "E8")
    personal_information_export: c.Export = key(
        "Whether and how it leaves the country.", "个人信息出境方式。", "E8"
    )
    personal_information_at_end: list[c.EndDisposal] = key(
        "What happens to it at the end.", "终止后的处置。", "E8", "E18"
    )
    impact_assessment: YesNo = key("Whether its impact was assessed.", "是否作影响评估。", "E8")
    impact_assessment_records: Duration = key(
        "How long the assessment is kept.", "影响评估报告的保存期限。", "E8"
    )
    processing_records: Duration = key(
        "How long records of the processing are kept.", "处理记录的保存期限。", "E8"
    )
    state_secrets: c.Inclusion = key(
        "State secrets: they belong into no contract.", "国家秘密不得约定在内。", "E5"
    )
    exclusions: list[c.Exclusion | Text] = key("What is not confidential.", "不属于保密信息的情形。", "E9")
    exclusions_require: list[c.ExclusionCondition | Text] = key(
        "What else must be true of what is excluded.", "除外情形的附加条件。", "E9"
    )
    exclusions_proved_by: c.ProofBurden = key("Who proves an exclusion.", "除外情形的举证责任。", "E9")
    exclusions_do_not_cover: list[ThingValue] = key(
        "What no exclusion frees.", "不适用除外的信息。", "E9", "E8"
    )
    compelled_disclosure: c.CompelledDisclosure = key(
        "Disclosure that the law demands.", "依法强制披露。", "E10"
    )
    compelled_disclosure_grounds: list[c.CompulsionGround | Text] = key(
        "What may demand it.", "可要求披露的依据。", "E10"
    )
    compelled_disclosure_notice: Duration | c.NoticeTiming = key(
        "When the discloser hears of it.", "强制披露前的通知。", "E10"
    )
    compelled_disclosure_notice_where_lawful: YesNo = key(
        "Whether notice is due only where the law allows it.", "是否仅在法律允许时通知。", "E10"
    )
    compelled_disclosure_extent: c.CompelledExtent = key(
        "How much may be disclosed.", "强制披露的限度。", "E10"
    )
    compelled_disclosure_cooperation: YesNo = key(
        "Whether the recipient helps to protect it.", "是否协助披露方寻求保护。", "E10"
    )
    compelled_disclosure_cost: c.CostBearer = key("Who pays for that help.", "协助费用的承担。", "E10")
    foreign_authorities: c.ForeignAuthorities = key(
        "Demands of foreign authorities.", "境外机关的要求。", "E10"
    )


class Duties(Clause):
    """What each side must and must not do; mostly norms.|双方的保密义务,主要为规范句。"""

    personnel_contact: list[c.Contact | Text] = key(
        "Which personnel may see the information.", "人员接触范围。", "E14"
    )
    personnel_list: Text = key("Where the personnel are listed.", "接触人员名单。", "E14")
    personnel_bound_by: list[c.BoundBy | Text] = key(
        "How the personnel are bound.", "人员受约束的方式。", "E14"
    )
    personnel_default: PersonValue | c.Nobody = key(
        "Who answers for the personnel.", "人员违约的责任承担。", "E14"
    )
    care: c.CareStandard = key("The standard of care.", "注意标准。", "E13")
    care_annex: Text = key("Where measures are set out in detail.", "保密措施附件。", "E13")
    training_frequency: Frequency = key("How often personnel are trained.", "培训频次。", "E15")
    non_compete_for: Duration = key("How long somebody may not compete.", "竞业限制的期限。", "E48")
    non_compete_persons: list[PersonValue] = key("Who may not compete.", "竞业限制的人员。", "E48")
    non_compete_area: list[Text] = key("Where they may not compete.", "竞业限制的地域。", "E48")
    non_compete_compensation: Money = key(
        "What they are paid for it each month.", "竞业限制的月补偿。", "E48"
    )
    non_solicitation_for: Duration = key("How long nobody may be solicited.", "禁止招揽的期限。", "E48")
    non_solicitation_area: list[Text] = key("Where nobody may be solicited.", "禁止招揽的地域。", "E48")


class Use(Clause):
    """Prohibited uses, access register, approvals.|禁止用途、查阅登记与审批。"""

    register_covers: list[ThingValue] = key(
        "What information access is registered for.", "登记范围。", "E51", "E32"
    )
    register_contents: list[c.RegisterContent | Text] = key("What the register says.", "登记内容。", "E51")
    register_retention: Duration = key("How long the register is kept.", "登记保存期限。", "E51")
    register_kept_by: PersonValue = key("Who keeps the register.", "登记保管人。", "E51")
    register_checked: Frequency = key("How often the register is checked.", "登记的核查频次。", "E51")
    approval: list[ThingValue] = key("What needs approval.", "须经审批的信息。", "E52", "E32")
    approval_form: c.ApprovalForm = key("How approval is given.", "审批形式。", "E52")
    approver: PersonValue | Text = key("Who approves.", "审批人。", "E52", "E31")
    competing_business: Text = key("What counts as competitive use.", "竞争性使用的含义。", "E48")
    residual_knowledge: c.Permission = key(
        "Whether what stays in unaided memory may be used.", "可否使用记忆中残留的信息。", "E11"
    )
    residual_knowledge_does_not_cover: list[ThingValue] = key(
        "What may not be used even then.", "不得作为残留信息使用的信息。", "E11"
    )


class ThirdParties(Clause):
    """Disclosure to others, their duties, supervision and audit.|向第三方披露、其义务、监督与审计。"""

    consent: c.Consent = key(
        "What consent disclosure to them needs.", "向第三方披露的同意形式。", "E53", "E12"
    )
    consent_by: PersonValue = key("Who consents.", "同意由谁作出。", "E53")
    consent_within: Duration = key("Time to answer a request for consent.", "答复期限。", "E53")
    silence: c.Silence = key("What silence means.", "沉默的效力。", "E53")
    duties: c.FlowDown = key("The duties third parties take on.", "第三方的保密义务。", "E54")
    supplement_signed_by: list[PersonValue] = key("Who signs with them.", "补充协议签署人。", "E54")
    supplement_copy_to: PersonValue = key("Who gets a copy.", "补充协议抄送。", "E54")
    default: PersonValue | c.Nobody = key("Who answers for third parties.", "第三方违约责任。", "E54", "E55")
    supervision_method: Text = key("How third parties are supervised.", "监督方式。", "E55")
    audit_notice: Duration = key("Notice before an audit.", "审计通知期限。", "E56")
    audit_frequency: Frequency = key("How often audits may be made.", "审计次数。", "E56")
    audit_hours: c.AuditHours | Text = key("At what hours audits are made.", "审计时间。", "E56")
    audit_scope: list[Item] = key("What is audited.", "审计范围。", "E56")
    audit_excludes: list[ThingValue | Text] = key("What no audit may see.", "审计不得触及的信息。", "E56")
    audit_cost: c.CostBearer = key("Who pays for an audit.", "审计费用承担。", "E56")
    auditor: PersonValue | Text = key("Who audits.", "审计人。", "E56")
    auditor_bound: YesNo = key(
        "Whether the auditor is bound by confidentiality.", "审计人是否负保密义务。", "E56"
    )


class Term(Clause):
    """How long: duration, survival, renewal.|期限、存续与续期。"""

    duration: Duration = key("How long the agreement is in force.", "协议的有效期限。", "E16")
    start: Date | Moment | Text = key("The day or event from which it runs.", "期限的起算。", "E16")
    end_date: Date = key("The day on which the agreement ends.", "协议到期日。", "E16")
    survival: Duration = key(
        "How long the duties last after the end.", "终止后保密义务的存续期限。", "E17", "E19"
    )
    survival_until: Date | Moment | Text = key(
        "The day or event at which the duties end.", "保密义务存续至何时。", "E17"
    )
    trade_secret_survival: Duration | c.TradeSecretTail = key(
        "How long they last for trade secrets.", "商业秘密的存续期限。", "E17"
    )
    personal_information_survival: Duration = key(
        "How long for personal information.", "个人信息的存续期限。", "E17"
    )
    surviving_clauses: list[ClauseValue] = key(
        "The clauses that survive the end.", "终止后继续有效的条款。", "E17"
    )
    automatic_renewal: YesNo = key("Whether it renews itself.", "是否自动续期。", "E19")
    renewal_period: Duration | c.RenewalMode = key("For how long it renews.", "每次续期的期限。", "E19")
    renewal_until: Moment | Date = key("Until when it renews.", "续期至何时。", "E19")
    renewal_notice: Duration = key("Notice that stops the renewal.", "不续期的通知期限。", "E19")
    renewal_maximum: Duration = key("The most that renewals may add up to.", "续期上限。", "E19")


class Termination(Clause):
    """How the agreement ends and what follows.|终止的事由与后果。"""

    events: list[c.TerminationEvent | Text] = key("What ends the agreement.", "解除事由。", "E72")
    notice: Duration | c.NoticeTiming = key("Notice of termination.", "解除通知期限。", "E72")
    notice_form: c.AmendmentForm = key("In what form notice is given.", "解除通知的形式。", "E72")
    terminated_by: list[PersonValue] = key("Who may terminate.", "解除权人。", "E72")
    exercised_within: Duration = key(
        "How soon the right to terminate must be used.", "解除权的行使期限。", "E72"
    )
    includes: list[c.TerminationCovers] = key(
        "What the word termination covers.", "终止的含义。", "E18", "E72"
    )
    effect_on_duties: c.DutyEffect = key(
        "What the end does to the duties.", "终止对保密义务的效力。", "E72", "E17"
    )
    return_triggered_by: list[c.ReturnTrigger] = key("What triggers return.", "返还的触发事由。", "E18")
    certificate_signed_by: c.Signatory = key(
        "Who signs the certificate of return or destruction.", "返还或者销毁证明的签署人。", "E18"
    )
    retention_exceptions: list[c.RetentionException | Text] = key("What may be kept.", "保留例外。", "E18")
    retention_period: Duration = key("How long a kept copy is kept.", "保留期限。", "E18", named="retention")
    retention_exceptions_do_not_cover: list[ThingValue] = key(
        "What may not be kept.", "保留例外不适用。", "E18"
    )
    retained_copies_stay_confidential: YesNo = key(
        "Whether kept copies stay bound.", "保留副本是否继续保密。", "E18"
    )


class Liability(Clause):
    """Liquidated damages and other consequences of breach.|违约金与其他违约后果。"""

    liquidated_damages: Money = key(
        "The sum agreed for a breach, or its range.", "约定的违约金或其区间。", "E20"
    )
    liquidated_damages_in_words: Text = key("The same sum in words.", "违约金大写。", "E20")
    payable_by: list[PersonValue] = key("Who pays.", "支付违约金的一方。", "E20")
    breaches: list[c.Breach | Text] = key("For what it is paid.", "违约情形。", "E20")
    basis: c.Basis = key("Per breach, per day or in total.", "违约金的计算方式。", "E20")
    amount_set_by: c.AmountSetBy | Text = key("What picks the sum within the range.", "金额确定标准。", "E20")
    amount: Money = key("The sum for one grade or case.", "某等级或情形的金额。", "E20", named="grade")
    cap: Money = key("The most that is payable.", "违约金上限。", "E20")
    adjustment: c.Adjustment = key("Whether a court may adjust it.", "违约金可否调整。", "E20")
    shortfall_recoverable: YesNo = key(
        "Whether loss above the sum is due.", "不足部分是否补足。", "E20", "E21"
    )
    estimated_loss: Money = key("The loss the parties expect.", "预估损失。", "E20")
    estimate_based_on: list[Item] = key("What that estimate rests on.", "预估损失的依据。", "E20")
    deposit: Money = key("A deposit paid as security.", "定金。", "E20")
    damages: list[c.Damages] = key("What loss is made good.", "赔偿范围。", "E21")
    mitigation: YesNo = key("Whether loss must be kept small.", "减损义务。", "E21")
    injunctive_relief: YesNo = key(
        "Whether an order to stop may be sought.", "行为保全或禁令救济。", "E21", "E22"
    )
    irreparable_harm: YesNo = key(
        "Whether a breach may do harm that money cannot make good.",
        "违约是否可能造成金钱不足以弥补的损害。",
        "E21",
    )
    bond_required: YesNo = key(
        "Whether who seeks an order must give security.", "申请禁令是否须提供担保。", "E21"
    )
    other_remedies: list[c.Remedy | Text] = key("Other remedies.", "其他责任。", "E21", "E50")
    remedies: c.RemedyRelation = key("How remedies relate to each other.", "各项救济的关系。", "E21")
    enforcement_costs: PersonValue = key("Who bears the costs of enforcement.", "维权费用承担。", "E21")
    indemnity: YesNo = key("Whether one side indemnifies the other.", "是否约定补偿。", "E21")
    excluded_liability: list[c.ExcludedLiability] = key("Liability that is excluded.", "免除的责任。", "E21")
    liability_cap: Money = key("The most that anybody is liable for.", "责任上限。", "E21")
    liability_cap_does_not_cover: list[c.Breach | c.ExcludedLiability | Text] = key(
        "Liability without that limit.", "不受责任上限限制的情形。", "E21"
    )
    first_breach: list[c.LadderStep | Text] = key("What a first breach leads to.", "首次违约的后果。", "E64")
    first_breach_by: list[PersonValue] = key("Whose first breach is meant.", "首次违约的主体。", "E64")
    first_breach_cure: Duration = key("Time to put a first breach right.", "首次违约的改正期限。", "E64")
    serious_breach: list[c.LadderStep | Text] = key(
        "What a serious breach leads to.", "严重违约的后果。", "E65"
    )
    serious_breach_means: list[Text] = key("What counts as serious.", "严重违约的情形。", "E65")
    serious_breach_notice: Duration | c.NoticeTiming = key(
        "Notice before that is done.", "严重违约后果的通知期限。", "E65"
    )


class Disputes(Clause):
    """Negotiation, mediation, and the one forum.|协商、调解与唯一的争议解决机构。"""

    negotiation: Duration | YesNo = key("How long the parties negotiate first.", "协商期限。", "E22")
    negotiation_starts: Moment = key("From when that time runs.", "协商期限的起算。", "E22")
    negotiation_precondition: YesNo = key("Whether nobody may sue before.", "协商是否前置程序。", "E22")
    mediation: Text | YesNo = key("Who mediates.", "调解机构。", "E22")
    arbitration: list[Text | c.DisputeForumInstitution] = key(
        "The arbitration institution.", "仲裁机构。", "E23", "E68"
    )
    court: list[Text | c.Court] = key("The court.", "管辖法院。", "E23")
    court_place: c.Law | Text = key(
        "The country, territory or place whose courts are meant.", "管辖法院所在的法域或者地点。", "E23"
    )
    court_level: c.CourtLevel = key("The level of the court.", "法院级别。", "E23")
    court_system: list[c.CourtSystem] = key("The system of courts chosen.", "所选法院的体系。", "E23")
    exclusive: YesNo = key("Whether only this forum is competent.", "是否专属管辖。", "E23")
    submission: c.Submission = key("Whether each party submits to the forum.", "各方是否接受该管辖。", "E23")
    seat: Text = key("The seat of the arbitration.", "仲裁地。", "E23", "E68")
    arbitration_rules: Text = key("The rules of arbitration.", "仲裁规则。", "E23", "E68")
    arbitration_language: list[c.Language] = key(
        "The language of the arbitration.", "仲裁语言。", "E23", "E68"
    )
    arbitrators: Number = key("How many arbitrators there are.", "仲裁员人数。", "E68")
    online_hearings: YesNo = key("Whether hearings may be held online.", "可否线上开庭。", "E68")
    arbitration_agreement_law: c.Law | Text = key(
        "The law of the arbitration agreement itself.", "仲裁协议适用的法律。", "E23", "E68"
    )
    disputes_covered: list[c.DisputesCovered] = key("The claims covered.", "争议范围。", "E23", "E68")
    limitation_period: Duration = key(
        "A period of limitation that the parties agree on.", "约定的诉讼时效期间。", "E23"
    )
    interim_relief: c.InterimRelief = key(
        "Where urgent orders may be sought.", "临时措施的管辖。", "E22", "E23"
    )
    equitable_relief_and_enforcement: c.InterimRelief = key(
        "Where relief and enforcement of judgments may be sought.", "禁令与判决执行的管辖。", "E23"
    )


class GoverningLaw(Clause):
    """The law of the contract.|合同适用的法律。"""

    law: c.Law | Text = key("The law of a state or territory.", "某一国家或者地区的法律。", "E69")
    foreign_element: list[c.ForeignElement] = key(
        "What makes the contract foreign-related.", "涉外因素。", "E69"
    )
    conflict_rules_excluded: YesNo = key(
        "Whether choice-of-law rules are excluded.", "是否排除冲突规范。", "E69"
    )


#: Every block of a contract by its id; the order is that of the language reference.
KINDS: dict[str, type[Clause]] = {
    "agreement": Agreement,
    "party": Party,
    "annex": Annex,
    "dates": Dates,
    "scope": Scope,
    "duties": Duties,
    "use": Use,
    "third_parties": ThirdParties,
    "term": Term,
    "termination": Termination,
    "liability": Liability,
    "disputes": Disputes,
    "governing_law": GoverningLaw,
    "signature": Signature,
    "amendment": Amendment,
    "counterparts": Counterparts,
    "notices": Notices,
    "classification": Classification,
    "storage": Storage,
    "transmission": Transmission,
    "access": Access,
    "training": Training,
    "supervision": Supervision,
    "applicability": Applicability,
    "ownership": Ownership,
    "general": General,
}
