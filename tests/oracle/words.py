"""The words that drafts are made of: few, and close to each other in the is-a order, so that norms meet."""

from __future__ import annotations

PARTIES = {"en": ("Acme", "Beta", "Gamma"), "zh": ("甲方", "乙方", "丙方")}
GRADES = {"en": ("Core", "General"), "zh": ("核心", "一般")}
PHRASES = {"en": ("quarterly figures", "the blue book"), "zh": ("季度数字", "蓝皮书")}
TERMS = {
    "en": ("Project", "Test Data", "Key Papers", "Deal Team", "Core Staff"),
    "zh": ("合作项目", "测试数据", "要件", "项目组", "核心人员"),
}
LABELS = {"en": ("rule-a", "rule-b", "rule-c"), "zh": ("规则甲", "规则乙", "规则丙")}
KINDS = ("duties", "use", "third_parties", "termination", "access", "general", "scope", "transmission")
ACTIONS = (
    ("disclose", "provide", "transfer", "publish", "send", "access", "keep_secret", "export", "send_encrypted"),
    ("destroy", "delete", "return", "retain", "store", "back_up", "copy", "use", "stop_using", "evaluate"),
    ("use", "evaluate", "analyse", "access", "disclose", "copy", "record", "reverse_engineer", "stop_using"),
    ("mark", "encrypt", "protect", "train", "log", "notify", "review", "audit", "supervise"),
)  # fmt: skip
OBJECTS = (
    ("information", "confidential_information", "technical_information", "source_code", "business_information"),
    ("document", "confidential_document", "copy_of_information", "backup", "archival_copy"),
    ("confidential_information", "technical_information", "formula", "drawing", "trade_secret"),
)  # fmt: skip
NOUNS = ("access", "copy", "disclose", "destroy", "return", "use", "transfer")
PERSONS = (
    "employee", "executive", "designated_executive", "third_party", "adviser", "lawyer", "affiliate", "authority",
    "police", "court", "contractor", "subcontractor", "person", "data_subject", "former_employee", "customer",
)  # fmt: skip
SIDES = (
    "each_party",
    "both_parties",
    "other_party",
    "discloser",
    "recipient",
    "breaching_party",
    "injured_party",
)
PURPOSES = (
    "agreement_purpose", "evaluation", "cooperation", "trading_securities", "insider_trading", "unlawful_purpose",
    "marketing", "backup",
)  # fmt: skip
MEANS = (
    "email",
    "public_mailbox",
    "encrypted_email",
    "encryption",
    "courier",
    "any_means",
    "reasonable_measures",
)
OF_SOMEBODY = (
    "consents", "consents_in_writing", "requests", "requests_in_writing", "needs_to_know", "bound_by_confidentiality",
    "bound_no_less_strictly", "signs_supplementary_agreement", "in_breach", "materially_in_breach", "trained",
    "consents_separately", "approved_in_writing", "designated_in_writing", "notified_beforehand", "signs_agreement",
)  # fmt: skip
OF_NOBODY = (
    "required_by_law", "required_by_court", "required_by_authority", "barred_by_export_law", "terminated", "in_force",
    "legally_permitted", "encrypted",
)  # fmt: skip
EVENTS = (
    "signing", "effective_date", "termination", "expiry", "last_signature", "request", "disclosure", "first_disclosure",
    "leak", "written_request",
)  # fmt: skip
UNITS = ("hour", "day", "day", "business_day", "week", "month", "month", "quarter", "year", "year")
DATES = ("2026-03-01", "2026-08-31", "2027-01-31", "2029-03-01", "2031-12-31")
