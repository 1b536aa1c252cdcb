"""The clause kinds on managing information, ownership and general terms; see `clauses.py`."""

# mypy: disable-error-code="valid-type"

from __future__ import annotations

from nda_lint.schema import choices as c
from nda_lint.schema.values import (
    Clause,
    Date,
    Duration,
    Frequency,
    GradeValue,
    Item,
    Number,
    Percent,
    PersonValue,
    Text,
    ThingValue,
    YesNo,
    key,
)


class ManagementClause(Clause):
    """Base of the clauses on how information is managed."""

    bearer: list[PersonValue] = key("Who must do what the clause says.", "承担本条义务的一方。", "E31", "E37")
    internal_only: YesNo = key(
        "Whether it gives the other side no right.", "是否仅为内部管理要求。", "E31", "E57"
    )


class Classification(ManagementClause):
    """Grades of information, with labels and controls.|信息的分级、标识与管控。"""

    grade: Text = key(
        "A grade and the label its documents carry.", "等级与其标识。", "E31", "E32", "E33", named="grade"
    )
    controls: list[c.Control | Text] = key(
        "What a grade demands.", "某等级的管控措施。", "E31", "E32", "E33", named="grade"
    )
    roles: list[PersonValue] = key("Who may hold a grade.", "某等级的知悉人员。", "E31", named="grade")
    holders: Number = key("How many may hold a grade.", "某等级的知悉人数。", "E31", named="grade")
    grade_approver: PersonValue | Text = key(
        "Who approves access to a grade.", "某等级的审批人。", "E31", named="grade"
    )
    grade_confidential: YesNo = key(
        "Whether a grade is confidential at all.", "某等级是否保密。", "E33", named="grade"
    )
    apart_from_statutory_grades: YesNo = key(
        "Whether the grades are said not to be the grades of data law.",
        "是否声明不等同于法定数据分级。",
        "E32",
    )
    register_items: list[Item] = key(
        "The items of a register.", "保密信息清单。", "E34", "E35", "E36", named="register"
    )
    grade_of: GradeValue = key(
        "The grade of a register's items.", "某清单的等级。", "E34", "E35", "E36", named="register"
    )
    owner_of: PersonValue | Text = key(
        "Who keeps a register's items.", "某清单的责任人。", "E34", "E35", "E36", named="register"
    )
    carrier_of: list[Item] = key(
        "What a register's items stand on.", "某清单的载体。", "E34", "E35", "E36", named="register"
    )
    secret_until: Date | Duration = key(
        "Until when a register's items are secret.",
        "某清单的保密截止。",
        "E34",
        "E35",
        "E36",
        named="register",
    )
    inside_information: YesNo = key(
        "Whether a register holds inside information.", "某清单是否含内幕信息。", "E36", named="register"
    )


class Storage(ManagementClause):
    """Backups, paper and the cloud.|备份、纸质文件与云存储。"""

    server_backup: Frequency = key("How often servers are backed up.", "服务器备份的频次。", "E37")
    backup_encrypted: YesNo = key("Whether backups are encrypted.", "备份是否加密。", "E37")
    backup_retention: Duration = key("How long backups are kept.", "备份保留期限。", "E37")
    backup_deletion: Duration = key("How soon deleted data leave the backups.", "备份中删除的期限。", "E37")
    paper: list[c.Container | Text] = key("Where paper is kept.", "纸质文件的存放。", "E38")
    paper_covers: list[ThingValue] = key("Which paper is kept there.", "纸质文件范围。", "E38")
    key_holders: list[PersonValue | Text] = key("Who has the keys.", "钥匙或密码持有人。", "E38")
    premises: list[Item] = key("Premises that only some may enter.", "限制进入的涉密场所。", "E38")
    cloud_authentication: list[c.Authentication | Text] = key(
        "How users of the cloud are recognised.", "云存储认证。", "E39"
    )
    cloud_systems: list[Item] = key("The cloud systems used.", "云存储系统。", "E39")
    protection_level: Number = key(
        "The level of the systems under China's multi-level protection scheme.",
        "网络安全等级保护的级别。",
        "E39",
        "E41",
    )
    cloud_region: c.CloudRegion | Text = key("Where the cloud stands.", "云存储所在地区。", "E39")


class Transmission(ManagementClause):
    """How information is sent.|信息的传输。"""

    banned_channels: list[c.BannedChannel | Text] = key(
        "Ways that may not be used.", "禁止使用的渠道。", "E40"
    )
    allowed_domains: list[Item] = key("Mail domains that may be used.", "允许的邮箱域名。", "E40")
    encryption: list[c.Cipher | Text] = key("The cipher.", "加密算法。", "E41")
    protocol: list[c.Protocol | Text] = key("The transport protocol.", "传输协议。", "E41")
    minimum_protocol: c.Protocol | Text = key(
        "The oldest protocol that may be used.", "最低传输协议版本。", "E41"
    )
    sm_algorithms: YesNo = key("Whether the ciphers approved in China are used.", "是否采用国密算法。", "E41")
    key_management: Text = key("How keys are managed.", "密钥管理。", "E41")
    confidentiality_notice: YesNo = key("Whether messages carry a notice.", "是否附保密提示。", "E42")
    confidentiality_notice_text: Text = key("The wording of that notice.", "保密提示的文字。", "E42")


class Access(ManagementClause):
    """Who may see which grade; mostly norms.|各等级信息的访问权限,主要为规范句。"""

    access_review: Frequency = key("How often access rights are reviewed.", "权限审查的频次。", "E46")
    review_by: PersonValue | Text = key("Who reviews them.", "权限审查人。", "E46")
    review_record: c.ReviewRecord = key("How the review is recorded.", "权限审查记录。", "E46")
    leavers_revoked_within: Duration = key("How soon leavers lose access.", "离职后撤销权限的期限。", "E47")
    leavers_return: YesNo = key("Whether leavers hand everything back.", "离职是否交还。", "E47")
    leavers_exit_document: Text = key("What leavers sign.", "离职文件。", "E47")
    leavers_cover: list[c.Coverage] = key("Who else is treated like a leaver.", "比照离职处理的人员。", "E47")
    leavers_stay_bound: YesNo = key("Whether leavers stay bound.", "离职后是否继续保密。", "E47")


class Training(ManagementClause):
    """What personnel learn, and how often.|人员培训。"""

    contents: list[c.TrainingContent | Text] = key("What is taught.", "培训内容。", "E57", "E58", "E59")
    cases_anonymised: YesNo = key("Whether cases leave out names and secrets.", "案例是否脱敏。", "E58")
    incident_plan: Text = key("The plan for incidents.", "应急预案。", "E59")
    incident_notice_within: Duration = key("How soon an incident is reported.", "泄密事件报告期限。", "E59")
    on_joining: YesNo = key("Whether new staff are trained.", "是否入职培训。", "E60")
    on_joining_within: Duration = key("How soon after joining.", "入职培训期限。", "E60")
    records: YesNo = key("Whether training is recorded.", "是否留存培训记录。", "E60")
    refresher: Frequency = key("How often training is repeated.", "复训频次。", "E61", "E15")


class Supervision(ManagementClause):
    """Internal audit and logs.|内部审计与日志。"""

    internal_audit: Frequency = key("How often the company checks itself.", "内部审计频次。", "E62")
    audit_sample: Percent = key("What share is checked.", "抽查比例。", "E62")
    logs: c.LogUse = key("What is done with logs.", "操作日志的处理。", "E63")
    log_retention: Duration = key("How long logs are kept.", "操作日志保存期限。", "E63")


class Applicability(Clause):
    """Whom and what the agreement covers.|适用的人员与场景。"""

    persons: list[c.Persons | PersonValue | Text] = key("The persons it is to bind.", "适用人员。", "E66")
    affiliates: c.Inclusion = key("Whether affiliates are covered.", "是否及于关联方。", "E66")
    bound_by: list[c.BoundBy | Text] = key("How they are bound.", "约束方式。", "E66")
    personnel_default: PersonValue | c.Nobody = key("Who answers for them.", "人员违约责任。", "E66")
    settings: list[c.Setting | Text] = key("The settings covered.", "适用场景。", "E67")
    remote_measures: list[c.ProtectiveMeasure | Text] = key(
        "What protects remote and cross-border work.", "远程办公与跨境协作的保护措施。", "E67"
    )
    territory: list[Text] = key("The territory covered.", "地域范围。", "E67")


class Ownership(Clause):
    """Who owns information and results.|信息与成果的权属。"""

    information_belongs_to: PersonValue = key(
        "Whose the information is and stays.", "信息的归属。", "E70", named="free"
    )
    does_not_cover: list[ThingValue] = key("What nobody owns in this sense.", "归属不适用的信息。", "E70")
    licence: c.Licence = key("Whether rights are granted.", "是否授予许可。", "E70")
    results: c.Results = key("Who owns joint results.", "合作成果的归属。", "E71")
    feedback: c.Results = key("Who owns feedback.", "反馈意见的归属。", "E71")
    similar_products: c.ESignature = key(
        "Whether similar products may be developed.", "可否开发类似产品。", "E70", "E48"
    )


class General(Clause):
    """Everything that stands at the end.|其他一般约定。"""

    entire_agreement: YesNo = key("Whether it replaces earlier understandings.", "是否构成完整协议。", "E27")
    supersedes: list[c.Superseded] = key("What it replaces.", "所取代的约定。", "E27")
    consists_of: list[c.Rank | Text] = key("The documents it consists of.", "协议的组成文件。", "E27")
    precedence: list[c.Rank | Text] = key(
        "Which document prevails, first to last.", "文件的效力顺序。", "E27"
    )
    severability: YesNo = key("Whether the rest stands if a part falls.", "可分割性。", "E27")
    invalid_terms: c.InvalidTerms = key(
        "What becomes of a term that cannot be enforced.", "无效条款的处理。", "E27"
    )
    assignment: c.Assignment = key("Whether rights may be assigned.", "转让。", "E12")
    assignment_exceptions: list[c.AssignmentException | Text] = key(
        "Assignments free of consent.", "转让的例外。", "E12"
    )
    assignment_excepted_party: list[PersonValue] = key(
        "Who may use those exceptions.", "转让例外的适用方。", "E12"
    )
    unpermitted_assignment_void: YesNo = key(
        "Whether other assignments are void.", "违约转让是否无效。", "E12"
    )
    binds_successors: YesNo = key("Whether successors are bound.", "是否约束承继人。", "E66")
    warranty_of_information: c.Warranty = key(
        "What is warranted of the information.", "对信息的保证。", "E70"
    )
    warranties_excluded: list[c.ExcludedWarranty | Text] = key(
        "Implied warranties that are excluded.", "排除的默示保证。", "E70"
    )
    obligation_to_disclose: YesNo = key(
        "Whether anybody, or one party, must disclose.",
        "是否负有披露义务(可按当事人分列)。",
        "E1",
        named="party",
    )
    obligation_to_deal: YesNo = key(
        "Whether anybody, or one party, must conclude a deal.",
        "是否负有成交义务(可按当事人分列)。",
        "E1",
        named="party",
    )
    third_party_rights: c.ThirdPartyRights = key("Whether others may enforce it.", "第三人的权利。", "E66")
    immunity_notice: YesNo = key(
        "Whether individuals are told of the immunity of whistleblowers.", "是否告知举报豁免。", "E12"
    )
    exclusivity: Duration | YesNo = key(
        "Whether, or how long, nobody may deal with others.", "排他期。", "E48"
    )
    export_control: YesNo = key("Whether export control must be observed.", "是否须遵守出口管制。", "E12")
    headings: Text = key("What headings mean.", "标题的效力。", "E2")
    including: Text = key("How lists are read.", "列举的解释。", "E2")
    capitalised_terms: list[c.Rank | Text] = key(
        "Where capitalised terms get their meaning.", "术语含义的出处。", "E2"
    )
    parties_identified_in: list[c.Rank | Text] = key(
        "The document that names the parties.", "载明当事人的文件。", "E3"
    )
    publisher: Text = key(
        "Who publishes the form, and for what it does not answer.", "范本发布者及其免责。", "E2"
    )
    publisher_disclaimer: YesNo = key(
        "Whether the publisher of the form answers for nothing.", "范本发布者是否免责。", "E2"
    )
