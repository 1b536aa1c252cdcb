"""The closed lists of words that keys accept. The words themselves, per language, stand in the
name tables (`names/*.toml`) under the class and the member."""

from __future__ import annotations

from typing import Any

from nda_lint.schema.values import Choices

# The functional way of making an enumeration, which type checkers do not follow through a subclass.
_make: Any = Choices


def choices(name: str, members: str) -> type[Choices]:
    """A closed list called `name` of the ids in `members`, separated by white space."""
    made: type[Choices] = _make(name, [(member, member) for member in members.split()], module=__name__)
    return made


# the agreement and its parties
AgreementType = choices("AgreementType", "one_way mutual")
Relationship = choices(
    "Relationship",
    "customer supplier partner joint_venture employment adviser investor licensee acquisition settlement",
)
Drafting = choices("Drafting", "standard_form negotiated")
Language = choices(
    "Language",
    "english chinese japanese korean german french spanish italian portuguese dutch russian arabic",
)
PartyRole = choices("PartyRole", "discloser recipient both")
Entity = choices(
    "Entity",
    "company foreign_company individual consumer employee contractor consultant sole_trader partnership"
    " institution public_body",
)
Size = choices("Size", "large small_or_medium")
Capacity = choices("Capacity", "legal_representative authorised_representative director officer in_person")

# scope
DefinitionMethod = choices(
    "DefinitionMethod", "list marked marked_or_reasonable proprietary_or_designated catch_all mixed"
)
CustomerDatum = choices("CustomerDatum", "name address contact trading_habits trading_intent trading_content")
Form = choices("Form", "written oral electronic visual samples any")
Marking = choices("Marking", "required required_for_oral not_required best_efforts")
Inclusion = choices("Inclusion", "included not_included")
Exclusion = choices(
    "Exclusion",
    "public public_no_fault known_before independent_development third_party disclosure_authorised"
    " required_by_law",
)
ExclusionCondition = choices(
    "ExclusionCondition", "no_confidentiality_restriction no_use_of_information documented_knowledge"
)
ProofBurden = choices("ProofBurden", "recipient discloser documented")
Processing = choices("Processing", "entrusted joint provision")
LegalBasis = choices(
    "LegalBasis",
    "consent separate_consent contract staff_management legal_duty vital_interest public_interest"
    " legitimate_interest public_information statute",
)
ProtectiveMeasure = choices(
    "ProtectiveMeasure",
    "encryption access_control de_identification anonymisation audit_trail training backup segregation",
)
SubProcessing = choices("SubProcessing", "written_consent barred allowed")
Export = choices("Export", "none security_assessment standard_contract certification adequacy exempt")
EndDisposal = choices("EndDisposal", "deletion return anonymisation retention")
CompelledDisclosure = choices("CompelledDisclosure", "allowed not_allowed")
CompelledExtent = choices("CompelledExtent", "legal_minimum as_demanded")
CompulsionGround = choices(
    "CompulsionGround",
    "law regulation regulatory_authority subpoena court_order prosecutor police supervision_commission",
)
NoticeTiming = choices("NoticeTiming", "where_lawful reasonable_advance without_delay on_receipt on_request")
ForeignAuthorities = choices("ForeignAuthorities", "approval_required barred allowed")

# duties, use, third parties
Contact = choices("Contact", "need_to_know listed_persons all_staff none")
CareStandard = choices("CareStandard", "reasonable own_care own_care_not_less_than_reasonable absolute")
BoundBy = choices(
    "BoundBy", "written_undertaking no_less_strict employment_contract professional_duty policy none"
)
RegisterContent = choices("RegisterContent", "time purpose person document operation approver")
ApprovalForm = choices("ApprovalForm", "written_signature signature electronic oral")
Permission = choices("Permission", "allowed not_allowed")
Consent = choices("Consent", "written prior_written prior electronic none")
Silence = choices("Silence", "refusal consent")
FlowDown = choices("FlowDown", "no_less_strict same separately_agreed none")
AuditHours = choices("AuditHours", "business_hours any_time")
Nobody = choices("Nobody", "nobody")
CostBearer = choices("CostBearer", "auditing_party audited_party discloser recipient shared")

# term and termination
RenewalMode = choices("RenewalMode", "same_period")
TradeSecretTail = choices("TradeSecretTail", "while_trade_secret")
TerminationEvent = choices(
    "TerminationEvent",
    "mutual_agreement end_of_cooperation expiry material_breach notice purpose_achieved insolvency"
    " force_majeure any_reason decision_on_transaction",
)
TerminationCovers = choices("TerminationCovers", "expiry rescission notice_of_termination")
DutyEffect = choices("DutyEffect", "duties_continue duties_end")
ReturnTrigger = choices("ReturnTrigger", "termination request breach expiry")
RetentionException = choices(
    "RetentionException", "automatic_backups required_by_law retention_policy counsel_copy evidence"
)

# liability and disputes
Breach = choices(
    "Breach",
    "unauthorised_disclosure misuse late_return unlawful_retention failure_to_register"
    " failure_to_notify unauthorised_copying any_breach publication_of_reviews disparagement",
)
Basis = choices("Basis", "per_breach per_item per_day in_total")
AmountSetBy = choices("AmountSetBy", "grade_of_information fixed formula court loss_caused agreement")
Adjustment = choices("Adjustment", "by_law not_adjustable")
Damages = choices("Damages", "actual_loss expectation_loss gains_of_breach")
Remedy = choices(
    "Remedy",
    "tort_liability enforcement_costs damages injunction account_of_profits criminal_liability indemnity"
    " administrative_liability specific_performance remedial_measures exemplary_damages",
)
RemedyRelation = choices("RemedyRelation", "cumulative exclusive elective")
LadderStep = choices(
    "LadderStep",
    "written_warning liquidated_damages end_of_cooperation claim_for_losses access_revoked cure"
    " disciplinary_action rescission",
)
ExcludedLiability = choices(
    "ExcludedLiability", "intent gross_negligence personal_injury indirect_loss negligence all"
)
DisputeForumInstitution = choices(
    "DisputeForumInstitution",
    "institution_at_domicile institution_at_signing_place institution_at_performance_place institution_at_seat"
    " unnamed_institution ad_hoc_tribunal",
)
Court = choices(
    "Court",
    "court_at_domicile court_at_defendant_domicile court_at_plaintiff_domicile court_at_signing_place"
    " court_at_performance_place court_at_subject_place competent_court supreme_court",
)
CourtLevel = choices("CourtLevel", "basic intermediate high intellectual_property")
CourtSystem = choices("CourtSystem", "federal state")
Submission = choices("Submission", "given irrevocable")
DisputesCovered = choices(
    "DisputesCovered", "contract tort validity all labour family_and_inheritance administrative"
)
InterimRelief = choices("InterimRelief", "any_competent_court chosen_forum")
Law = choices(
    "Law",
    "prc hong_kong macao taiwan singapore japan england_wales scotland germany france netherlands"
    " switzerland ireland northern_ireland spain italy austria belgium luxembourg sweden european_union canada"
    " ontario australia india south_korea malaysia thailand vietnam united_arab_emirates california"
    " delaware florida nevada new_york texas washington massachusetts illinois"
    " united_states_federal domicile_of_discloser common_law civil_law industry_custom"
    " international_custom general_principles",
)
ForeignElement = choices(
    "ForeignElement", "foreign_party habitual_residence_abroad subject_abroad facts_abroad none"
)

# formalities
SignatureForm = choices(
    "SignatureForm", "signed sealed signed_and_sealed signed_or_sealed signature_seal electronic"
)
Seal = choices("Seal", "company_seal contract_seal electronic_seal financial_seal personal_seal")
Signatory = choices(
    "Signatory", "legal_representative authorised_representative officer party_in_person handler"
)
SignatureBlockItem = choices("SignatureBlockItem", "signature name title company notice_address date")
ESignature = choices("ESignature", "allowed not_allowed reliable_only")
EffectiveRule = choices(
    "EffectiveRule", "signature last_signature last_signature_and_seal seal approval filing"
)
Supplements = choices("Supplements", "separate_annex signed_annex written_agreement")
AmendmentForm = choices("AmendmentForm", "written oral written_or_oral electronic any")
AmendmentSigners = choices(
    "AmendmentSigners",
    "both_sign both_sign_and_seal both_seal authorised_representatives one_party all_parties_sign",
)
ChangeCovered = choices("ChangeCovered", "amendment modification waiver supplement")
WritingRule = choices("WritingRule", "writing not_writing")
Waiver = choices("Waiver", "written written_and_signed implied_allowed")

Channel = choices(
    "Channel",
    "courier registered_mail designated_email email fax personal_delivery post written_document"
    " instant_message sms telephone platform",
)
DeemedReceipt = choices("DeemedReceipt", "on_receipt on_sending on_posting")
DeliveryRisk = choices("DeliveryRisk", "addressee sender")
NoticeCovered = choices("NoticeCovered", "notices requests approvals")

# management
Control = choices(
    "Control",
    "approval register encryption marking none access_limit safe desensitisation no_copying no_export"
    " watermark numbering",
)

Container = choices("Container", "safe_with_password locked_cabinet secure_room archive")
Authentication = choices("Authentication", "two_factor password certificate biometric single_sign_on")
CloudRegion = choices(
    "CloudRegion",
    "mainland_china hong_kong singapore japan united_kingdom european_union united_states",
)
BannedChannel = choices(
    "BannedChannel",
    "public_mailboxes instant_messaging public_cloud removable_media fax unencrypted public_ai_tools"
    " social_media",
)
Cipher = choices("Cipher", "aes_256 aes_128 sm4 sm2 rsa_2048 rsa_3072 chacha20 triple_des")
Protocol = choices("Protocol", "tls_1_3 tls_1_2 tls_1_1 tlcp sftp ipsec https smime")
TrainingContent = choices(
    "TrainingContent", "terms_explained leak_cases emergency_drills handling_rules legal_duties"
)
LogUse = choices("LogUse", "reviewed kept none")
ReviewRecord = choices("ReviewRecord", "written electronic none")
Coverage = choices("Coverage", "contractors transfers interns dispatched_workers")
Persons = choices(
    "Persons",
    "employees_with_access all_employees_with_customer_information all_employees employees contractors"
    " affiliates advisers former_employees representatives successors assignees",
)
Setting = choices("Setting", "online offline remote_work cross_border")

# ownership and general
Licence = choices("Licence", "none purpose_only licensed")
Results = choices("Results", "each_owns_own joint discloser recipient main_contract separate_agreement")
Rank = choices(
    "Rank", "supplementary_agreement this_agreement main_contract annexes cover_page standard_terms"
)
Superseded = choices(
    "Superseded",
    "prior contemporaneous written oral understandings agreements representations statements warranties",
)
InvalidTerms = choices("InvalidTerms", "limited_to_minimum struck_out replaced")
Assignment = choices("Assignment", "written_consent consent barred allowed")
AssignmentException = choices(
    "AssignmentException",
    "merger reorganisation acquisition transfer_of_assets transfer_of_shares affiliates",
)
Warranty = choices("Warranty", "none accuracy title")
ExcludedWarranty = choices("ExcludedWarranty", "title merchantability fitness")
ThirdPartyRights = choices("ThirdPartyRights", "none allowed")
