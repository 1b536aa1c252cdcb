"""The clause kinds on the document itself: who agrees, when, how it is signed, changed and notified; see
`clauses.py`."""

# mypy: disable-error-code="valid-type"

from __future__ import annotations

from nda_lint.schema import choices as c
from nda_lint.schema.values import (
    Clause,
    ClauseValue,
    Date,
    Duration,
    Identifier,
    Moment,
    Money,
    Number,
    PersonValue,
    Text,
    YesNo,
    key,
)


class Agreement(Clause):
    """The agreement as a whole.|协议整体。"""

    type: c.AgreementType = key("Whether one side or both disclose.", "单方披露还是双方互相披露。", "E2")
    relationship: c.Relationship = key("How the parties deal with each other.", "当事人之间的关系。", "E1")
    language: list[c.Language] = key("The language of the signed document.", "签署文本的语言。", "E29")
    purpose: Text = key(
        "What the information may be used for: a term or a phrase.",
        "合作目的:已定义的术语或者文字。",
        "E1",
        "E11",
    )
    main_contract: Text = key("The contract that it accompanies.", "所附属的主合同。", "E1", "E71")
    performance_place: Text = key("Where the duties are performed.", "合同履行地。", "E23")
    transaction_value: Money = key("What the transaction is worth.", "交易金额。", "E69")
    condition_of_exchange: YesNo = key(
        "Whether it is a condition of any exchange.", "是否为交换信息的前提。", "E1"
    )
    drafting: c.Drafting = key("Whether the text is one side's standard form.", "是否格式条款。", "E2")
    highlighted: list[ClauseValue] = key(
        "The clauses set off for the other side to see.", "以显著方式提示的条款。", "E2"
    )


class Party(Clause):
    """Somebody who signs.|签约的当事人。"""

    role: c.PartyRole = key("Discloser, recipient, or both.", "披露方、接收方或者双重身份。", "E2", "E3")
    entity: c.Entity = key("What kind of person it is in law.", "法律上的主体类型。", "E2", "E3")
    size: c.Size = key("Whether it is a large or a small enterprise.", "企业规模。", "E3")
    registration_number: Identifier = key(
        "Its number in the register of companies.", "登记机关的代码。", "E3"
    )
    identity_number: Identifier = key(
        "The number of an individual's identity document.", "个人证件号码。", "E3"
    )
    legally_capable: YesNo = key(
        "Whether an individual has full legal capacity.", "自然人是否具有完全民事行为能力。", "E3"
    )
    guardian: Text = key("Who acts for an individual without it.", "法定代理人或者监护人。", "E3")
    address: Text = key("Its domicile.", "住所。", "E3")
    free_trade_zone: YesNo = key(
        "Whether it is registered in a free-trade zone.", "是否在自由贸易试验区等区域内登记。", "E3", "E68"
    )
    country: Text = key("The country of its domicile.", "住所所在国家或者地区。", "E3", "E69")
    representative: Text = key("Who signs for it.", "代表其签署的人。", "E3", "E24", "E25")
    capacity: c.Capacity = key("In what capacity the representative signs.", "代表人的身份。", "E3", "E25")
    legal_representative: Text = key(
        "Who its legal representative is, whoever signs for it.", "法定代表人的姓名，不论由谁签署。", "E3"
    )
    title: Text = key("The representative's title.", "代表人的职务。", "E24")
    power_of_attorney: Text = key("The document that gives authority.", "授权文件。", "E3", "E25")
    power_of_attorney_date: Date = key(
        "The day on which that document was given.", "授权文件的出具日。", "E25"
    )
    power_of_attorney_covers: Text = key("What that document allows.", "授权范围。", "E25")
    power_of_attorney_until: Date = key("The last day of that authority.", "授权截止日。", "E25")
    email: Identifier = key("Its e-mail address for notices.", "接收通知的电子邮箱。", "E3", "E30")
    phone: Identifier = key("Its telephone number.", "电话。", "E3", "E30")
    contact: Text = key("Who receives notices for it.", "联系人。", "E30")
    own_counsel: YesNo = key("Whether a lawyer of its own advised it.", "是否由自聘律师提供意见。", "E3")
    listed_company: YesNo = key("Whether its shares are listed.", "是否上市公司。", "E36", "E50")
    critical_infrastructure: YesNo = key(
        "Whether it operates critical information infrastructure.",
        "是否关键信息基础设施运营者。",
        "E3",
        "E41",
    )


class Annex(Clause):
    """A document attached to the agreement.|协议附件。"""

    title: Text = key("What the annex is called.", "附件名称。", "E27")
    signed: YesNo = key("Whether it is signed.", "附件是否签署。", "E27")
    attached: YesNo = key("Whether it is attached to this text.", "附件是否随附。", "E27")
    prevails: YesNo = key(
        "Whether it prevails over the body of the agreement.", "与正文不一致时是否优先。", "E27"
    )


class Dates(Clause):
    """Signing, effect and look-back.|签署、生效与追溯。"""

    signed: Date = key(
        "The day of signing, of all or of one party.", "签署日期(可按当事人分列)。", "E4", named="party"
    )
    signed_at: Text = key("The place of signing.", "签署地点。", "E4")
    effective: Date | Moment | c.EffectiveRule | Text = key(
        "The day, event or act from which the agreement is in force.",
        "协议生效的日期、事件或者条件。",
        "E4",
        "E26",
    )
    look_back: Date | Text = key(
        "Information disclosed since this day is covered too.", "追溯至该日起披露的信息。", "E4", "E5"
    )


class Signature(Clause):
    """How the agreement is executed and takes effect.|协议的签署与生效。"""

    form: c.SignatureForm = key(
        "What each side must do, or one party.", "签署形式(可按当事人分列)。", "E24", named="party"
    )
    document_signed: list[c.Rank | Text] = key("Which document is signed.", "所签署的文件。", "E24")
    seal: list[c.Seal] = key(
        "Which seal is used, by all or by one party.", "印章(可按当事人分列)。", "E24", named="party"
    )
    signatories: list[c.Signatory] = key(
        "Who signs, for all or for one party.", "签署人(可按当事人分列)。", "E24", "E25", named="party"
    )
    signature_block: YesNo = key(
        "Whether name, title and date stand by each.", "签署栏是否载明姓名职务日期。", "E24"
    )
    signature_block_contents: list[c.SignatureBlockItem] = key(
        "What stands by each signature.", "签署栏的内容。", "E24"
    )
    warranty_of_authority: YesNo = key("Whether authority is warranted.", "授权保证。", "E25")
    e_signature: c.ESignature = key("Whether electronic signatures do.", "电子签名。", "E24")
    effective: Date | Moment | c.EffectiveRule | Text = key("When it takes effect.", "生效时间。", "E26")
    supplements: c.Supplements | Text = key("How supplements are made.", "补充条款。", "E27")
    annexes: list[Text] = key("The annexes that belong to it.", "附件。", "E27")


class Amendment(Clause):
    """How the agreement is changed.|协议的变更。"""

    form: c.AmendmentForm = key("In what form it is changed.", "变更形式。", "E28")
    covers: list[c.ChangeCovered] = key("The kinds of change meant.", "所涵盖的变更种类。", "E28")
    signed_by: c.AmendmentSigners = key("Who signs a change.", "变更的签署。", "E28")
    email: c.WritingRule = key("Whether an e-mail is writing.", "电子邮件是否视为书面。", "E28")
    instant_messages: c.WritingRule = key("Whether a chat is writing.", "即时通讯是否视为书面。", "E28")
    names_clause: YesNo = key("Whether a change quotes the clause it changes.", "是否注明被修改条款。", "E28")
    changes_stand_in: list[c.Rank | Text] = key(
        "The document in which changes are listed.", "载明变更的文件。", "E28"
    )
    modifications: list[Text] = key("The changes made to standard terms.", "对标准条款的修改。", "E28")
    unilateral: PersonValue = key("Who may change it alone.", "可单方变更的一方。", "E28")
    waiver: c.Waiver = key("The form of a waiver.", "弃权的形式。", "E28")
    waiver_signed_by: c.Signatory = key("Who signs a waiver.", "弃权的签署人。", "E28")
    waiver_implied: YesNo = key("Whether conduct can be a waiver.", "行为可否构成默示弃权。", "E28")


class Counterparts(Clause):
    """Copies of the signed document.|签署文本的份数。"""

    number: Number = key("How many copies there are.", "总份数。", "E29")
    held_by_each: Number = key("How many each party holds.", "各方各执份数。", "E29")
    held_by: Number = key(
        "How many one of them, or somebody else, holds.", "某一方或者他人所执份数。", "E29", named="free"
    )
    copies_filed: Number = key("How many are filed with an authority.", "备案份数。", "E29")
    originals: Number = key("How many originals there are.", "正本份数。", "E29")
    duplicates: Number = key("How many duplicates there are.", "副本份数。", "E29")
    equal_force: YesNo = key("Whether all have equal force.", "是否具有同等法律效力。", "E29")
    languages: list[c.Language] = key("The languages of the copies.", "文本语言。", "E29")
    prevailing_language: c.Language = key("The language that prevails.", "优先适用的语言文本。", "E29")
    electronic_copies: c.ESignature = key("Whether electronic copies count.", "电子副本的效力。", "E29")
    signed_in_counterparts: YesNo = key("Whether each may sign a copy of its own.", "可否分别签署。", "E29")
    each_original: YesNo = key("Whether each counterpart is an original.", "各份是否均为正本。", "E29")
    one_agreement: YesNo = key("Whether all together are one agreement.", "各份是否构成同一协议。", "E29")


class Notices(Clause):
    """Where and how notices are given.|通知的地址与方式。"""

    channels: list[c.Channel | Text] = key("How notices are sent.", "通知渠道。", "E30")
    covers: list[c.NoticeCovered] = key("The communications meant.", "所涵盖的通信。", "E30")
    address: Text = key("The address of one party.", "某一方的通知地址。", "E30", named="party")
    email: Identifier = key("The e-mail of one party.", "某一方的通知邮箱。", "E30", named="party")
    addresses_stand_in: list[c.Rank | Text] = key(
        "The document that has the addresses.", "载明地址的文件。", "E30"
    )
    form: c.AmendmentForm = key("In what form notices are given.", "通知形式。", "E30")
    deemed_received: Duration | c.DeemedReceipt = key(
        "When a notice counts as received.", "视为送达的时间。", "E30", named="free"
    )
    failed_delivery: c.DeliveryRisk = key(
        "Who bears it if a notice does not arrive.", "未送达的风险承担。", "E30"
    )
    serve_proceedings: YesNo = key(
        "Whether the addresses also serve for court and arbitration papers.",
        "是否适用于诉讼与仲裁文书的送达。",
        "E30",
    )
    change_of_address: Duration = key("Time to tell a new address.", "地址变更的通知期限。", "E30")
    breach_notices: list[c.Channel | Text] = key(
        "How breaches are notified.", "泄密通知的渠道。", "E30", "E59"
    )
