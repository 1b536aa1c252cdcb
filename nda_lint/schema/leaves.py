"""The catalogue of contract contents: everything that a confidentiality agreement may have to say.

A leaf has a number (``E16``), the section of the drafting guide it comes from (``-`` where the guide is silent),
an id, and its term of art in English and Chinese. Keys (`clauses.py`) and words of norms (`vocabulary.py`) name
the leaves they hold. What there is to say about each leaf, fact by fact, stands in `leaves.toml`, with the key or
the part of a norm that holds it and lines that say it; `docs/leaves.md` shows all of it, and `tests/test_leaves.py`
holds that every fact has a place and that every line is read there.
"""

from __future__ import annotations

import os
import tomllib
from typing import Any

_TABLE = """
E1  | 一         | recital.purpose              | recitals and purpose                 | 鉴于条款、缔约目的
E2  | 二(一)1    | doc.title                    | title and type of the agreement      | 协议名称
E3  | 二(一)2    | parties                      | parties                              | 签约主体、当事人
E4  | 二(一)3    | doc.dates                    | date of signing, effective date      | 签署日期、生效日期
E5  | 二(二)1    | scope.definition             | definition of the information        | 保密信息的定义
E6  | 二(二)2(1) | scope.category.technical     | technical information                | 技术秘密、技术信息
E7  | 二(二)2(2) | scope.category.business      | business information                 | 经营信息
E8  | 二(二)2(3) | scope.category.personal      | personal information                 | 个人信息
E9  | -          | scope.exclusions             | exclusions                           | 保密信息的除外
E10 | -          | scope.compelled              | compelled disclosure                 | 依法强制披露
E11 | 二(三)1(1) | duty.use_limit               | use limited to the purpose           | 使用限制、约定用途
E12 | 二(三)1(2) | duty.nondisclose             | non-disclosure                       | 不披露义务
E13 | 二(三)1(3) | duty.care                    | standard of care                     | 保密措施、合理注意
E14 | 二(三)2(1) | duty.enterprise.access       | personnel with access                | 接触人员限制
E15 | 二(三)2(2) | duty.enterprise.training     | training of personnel                | 保密培训
E16 | 三(一)1    | term.fixed                   | term                                 | 保密期限
E17 | 三(一)2    | term.survival                | survival                             | 后合同保密义务、存续期
E18 | 三(二)1    | end.return_destroy           | return and destruction               | 返还与销毁
E19 | 三(二)2    | term.renewal                 | renewal                              | 自动延续
E20 | 四(一)1    | breach.ld                    | liquidated damages                   | 违约金
E21 | 四(一)2    | breach.liability             | liability for breach and in tort     | 违约责任、侵权责任
E22 | 四(二)1    | dispute.negotiate            | negotiation before proceedings       | 协商前置
E23 | 四(二)2    | dispute.forum                | forum                                | 管辖、仲裁条款
E24 | 五(一)1    | sign.formalities             | signature and seal                   | 签署、盖章
E25 | 五(一)2    | sign.authority               | authority to sign                    | 授权委托
E26 | 五(二)1    | effective.rule               | formation and entry into force       | 成立与生效
E27 | 五(二)2    | annex.supplement             | supplements and annexes              | 补充协议、附件
E28 | 六(一)1    | amend.writing                | amendment in writing                 | 书面变更
E29 | 六(二)1    | counterparts                 | counterparts                         | 份数、正副本
E30 | 六(三)1    | notice                       | notices                              | 通知与送达
E31 | 七(一)1(1) | class.core                   | grade: core                          | 密级:核心
E32 | 七(一)1(2) | class.important              | grade: important                     | 密级:重要
E33 | 七(一)1(3) | class.general                | grade: general                       | 密级:一般
E34 | 七(一)2(1) | register.technical           | register of technical items          | 保密信息清单:技术类
E35 | 七(一)2(2) | register.operations          | register of operational items        | 保密信息清单:运营类
E36 | 七(一)2(3) | register.finance             | register of financial items          | 保密信息清单:财务类
E37 | 七(二)1(1) | sec.backup                   | backups                              | 数据备份
E38 | 七(二)1(2) | sec.paper                    | keeping of paper                     | 涉密载体保管
E39 | 七(二)1(3) | sec.mfa                      | multi-factor authentication          | 多因素认证
E40 | 七(二)2(1) | sec.no_public_mail           | no public mailboxes                  | 禁用公共邮箱
E41 | 七(二)2(2) | sec.encryption               | encryption in transmission           | 加密传输
E42 | 七(二)2(3) | sec.handling_notice          | confidentiality notice on messages   | 保密提示
E43 | 七(三)1(1) | access.exec                  | access of executives                 | 分级授权:高管
E44 | 七(三)1(2) | access.head                  | access of department heads           | 分级授权:主管
E45 | 七(三)1(3) | access.staff                 | access of ordinary employees         | 最小必要
E46 | 七(三)2(1) | access.review                | review of access rights              | 权限审查
E47 | 七(三)2(2) | access.leaver                | leavers and transfers                | 离职、转岗
E48 | 八(一)1(1) | use.no_competitive_analysis  | no competitive use                   | 禁止竞争性使用
E49 | 八(一)1(2) | use.no_partner_disclosure    | no disclosure to partners            | 第三方披露
E50 | 八(一)1(3) | use.no_personal_gain         | no personal gain                     | 禁止谋私
E51 | 八(一)2(1) | use.log                      | register of access                   | 查阅登记
E52 | 八(一)2(2) | use.approval                 | approval of use                      | 审批
E53 | 八(二)1(1) | third.consent                | consent to third parties             | 书面同意
E54 | 八(二)1(2) | third.nda                    | the same duties for third parties    | 同等保密义务
E55 | 八(二)2(1) | third.supervise              | supervision of third parties         | 监督
E56 | 八(二)2(2) | audit.right                  | right of audit                       | 审计权
E57 | 九(一)1(1) | train.content.terms          | training: the terms                  | 培训内容:条款解读
E58 | 九(一)1(2) | train.content.cases          | training: cases                      | 案例警示
E59 | 九(一)1(3) | train.content.drill          | training: drills; incidents          | 应急处置
E60 | 九(一)2(1) | train.onboarding             | training on joining                  | 入职培训
E61 | 九(一)2(2) | train.refresh                | repeated training                    | 复训
E62 | 九(二)1(1) | audit.internal               | internal audit                       | 内部审计
E63 | 九(二)1(2) | audit.logs                   | logs                                 | 日志审计
E64 | 九(二)2(1) | sanction.first               | warning for a first breach           | 书面警告
E65 | 九(二)2(2) | sanction.serious             | rescission and claims                | 解除权、索赔
E66 | 十(一)1(1) | apply.persons                | persons bound                        | 适用范围
E67 | 十(一)1(2) | apply.channels               | settings and territory               | 适用场景
E68 | 十(一)2(1) | dispute.arbitration          | arbitration clause                   | 仲裁条款
E69 | 十(一)2(2) | govlaw                       | governing law                        | 法律适用
E70 | 十(二)1(1) | ip.ownership                 | ownership of information             | 权属、知识产权归属
E71 | 十(二)1(2) | ip.results                   | joint results                        | 合作成果
E72 | 十(二)2    | terminate.events             | termination                          | 解除条件
"""


class Leaf:
    """One thing that an agreement may have to say."""

    __slots__ = ("chinese", "english", "id", "number", "section")

    def __init__(self, number: str, section: str, id: str, english: str, chinese: str) -> None:
        #: such as ``E16``
        self.number = number
        #: of the drafting guide; empty where the guide is silent
        self.section = "" if section == "-" else section
        self.id = id
        self.english = english
        self.chinese = chinese


#: All leaves, in the order of the guide.
LEAVES: tuple[Leaf, ...] = tuple(
    Leaf(*(cell.strip() for cell in line.split("|"))) for line in _TABLE.strip().splitlines()
)


class LeafFact:
    """One thing to say about a leaf, and where a contract says it."""

    __slots__ = ("chinese", "clause", "english", "held", "leaf", "lines")

    def __init__(self, leaf: str, entry: dict[str, Any]) -> None:
        #: the number of the leaf
        self.leaf = leaf
        self.english, self.chinese = entry["fact"]
        #: ``clause.key``, ``party header`` or ``norm action: part``
        self.held: tuple[str, ...] = tuple(entry["held"])
        #: the kind of the clause in which norms among the lines stand; empty where there are none
        self.clause: str = entry.get("clause", "")
        #: lines of a contract that say it, in English and in Chinese
        self.lines: tuple[tuple[str, str], ...] = tuple(
            (english, chinese) for english, chinese in entry["lines"]
        )


def leaf_facts() -> list[LeafFact]:
    """All facts of all leaves, in the order of `leaves.toml`."""
    with open(os.path.join(os.path.dirname(__file__), "leaves.toml"), "rb") as stream:
        loaded = tomllib.load(stream)
    return [LeafFact(leaf, entry) for leaf, entries in loaded.items() for entry in entries]
