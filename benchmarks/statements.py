"""What the contracts of the benchmark are made of, in both languages.

`{d}` and `{r}` are the parties, `{p}` the project, `{t}` a defined term; `{n}`, `{money}`, `{date}`, `{city}`,
`{word}` and `{id}` are drawn anew wherever they stand. Nearly every statement holds one of these, so that
nearly every statement of a corpus is there once.
"""

from __future__ import annotations

from typing import NamedTuple


class Statements(NamedTuple):
    """The statements of one language: what opens a contract, what is repeated until it is long enough."""

    agreement: str
    definition: str
    definitions_end: str
    #: every fourth is labelled, and none contradicts another
    norms: tuple[str, ...]
    prose: str
    registers_begin: str
    register: str
    faults_begin: str
    #: a value that its key cannot have: one finding each
    fault: str
    end: str
    city: tuple[str, ...]


ENGLISH = Statements(
    agreement="""\
agreement "{p} Confidentiality Agreement"
  type: one-way
  relationship: customer
  purpose: "{p}"

party {d} "{d} Technology Co., Ltd."
  role: discloser
  address: "{n} {word} Avenue, {city}"
  representative: "{word} {word}"
  capacity: legal representative
  email: legal@{id}.example

party {r} "{r} Trading Co., Ltd."
  role: recipient
  address: "{n} {word} Street, {city}"
  representative: "{word} {word}"
  capacity: authorised representative
  email: contracts@{id}.example

define "{p}": "the joint evaluation of the {word} production line by {d} and {r}"
""",
    definition='define "{t}": technical information\n',
    definitions_end="""
clause dates "Dates of {p}"
  signed: {date}
  signed at: "{word} Hall, {city}"

clause scope "Information of {p}"
  technical information: product formulas, "{word} drawings", "{word} process"
  business information: market strategy, "{word} sales plan"
  oral disclosure confirmed within: {n} days

clause duties "Duties of {r}"
  {r} must protect confidential information by reasonable measures
  {r} must notify {d} within {n} hours after discovery of leak
""",
    norms=(
        '  {r} must use "{t}" only for "{p}"\n',
        '  @keep-{id} {r} must not disclose "{t}" to third parties unless {d} consents in writing or'
        " required by law\n",
        '  {r} may disclose "{t}" to {r}\'s employees if they need to know and they are bound by'
        " confidentiality, subject to @access\n",
        '  {r} must return or destroy "{t}" within {n} days after termination\n',
        '  {r} must not use "{t}" for competitive analysis\n',
        '  only {r}\'s employees may access "{t}" if they need to know\n',
    ),
    prose="""\
  > {d} hands over what belongs to {t} before {date}; {r} keeps it in {city}, apart from
  > its other papers, and answers for the {word} department as for itself.
""",
    registers_begin="""
clause classification "Registers of {r}"
  bearer: {r}
""",
    register='  register "{t} {n}": "{t}", {word} tables, {word} forecasts, "{word} {n}"\n',
    faults_begin="""
clause termination "Return to {d}"
""",
    fault='  retention period "{t} {n}": {d}\n',
    end="""
clause access "Access at {r}" @access
  bearer: {r}
  leavers revoked within: {n} hours

clause term "Term of {p}"
  duration: {n} months from signing
  survival: {n} months after termination
  automatic renewal: no

clause liability "Damages for {d}"
  liquidated damages: CNY {money}
  payable by: {r}
  basis: per breach

clause disputes "Disputes of {p}"
  negotiation: {n} days
  arbitration: "{city} {word} Arbitration Commission"
  seat: "{city}"

clause governing-law "Law of {p}"
  law: PRC
""",
    city=("Shanghai", "Suzhou", "Hangzhou", "Shenzhen", "Chengdu", "Qingdao", "Xiamen", "Wuhan"),
)

CHINESE = Statements(
    agreement="""\
协议「{p}保密协议」
  类型:单向
  关系:客户
  目的:「{p}」

当事人 {d}「{d}科技有限公司」
  身份:披露方
  住所:「{city}市{word}路 {n} 号」
  代表:「{word}」
  代表身份:法定代表人
  邮箱:legal@{id}.example

当事人 {r}「{r}贸易有限公司」
  身份:接收方
  住所:「{city}市{word}街 {n} 号」
  代表:「{word}」
  代表身份:授权代表
  邮箱:contracts@{id}.example

定义「{p}」:「{d}与{r}就{word}生产线开展的联合评估」
""",
    definition="定义「{t}」:技术信息\n",
    definitions_end="""
条款 日期「{p}日期」
  签署日:{date}
  签署地:「{city}市{word}大厦」

条款 保密范围「{p}信息」
  技术信息:产品配方、「{word}图纸」、「{word}工艺」
  经营信息:市场策略、「{word}销售计划」
  口头披露书面确认期:{n} 日

条款 保密义务「{r}的义务」
  {r}应当以合理措施保护保密信息
  {r}应当在知悉泄密后 {n} 小时内通知{d}
""",
    norms=(
        "  {r}应当仅为「{p}」使用「{t}」\n",
        "  @保密{id} {r}不得向第三方披露「{t}」,除非{d}书面同意或者法律要求\n",
        "  {r}可以向{r}员工披露「{t}」,如其确有必要知悉且负有保密义务,受限于 @访问\n",
        "  {r}应当在终止后 {n} 日内返还或者销毁「{t}」\n",
        "  {r}不得为竞争分析使用「{t}」\n",
        "  仅{r}员工可以查阅「{t}」,如其确有必要知悉\n",
    ),
    prose="""\
  > {d}应于 {date} 之前移交{t}的全部资料;{r}将其存放于{city},与其他文件分开保管,
  > 并对{word}部门的行为承担与自身行为相同的责任。
""",
    registers_begin="""
条款 分级「{r}清单」
  义务方:{r}
""",
    register="  清单「{t}{n}」:「{t}」、{word}报表、{word}预测报告、「{word}{n}」\n",
    faults_begin="""
条款 终止「向{d}返还」
""",
    fault="  保留期限「{t}{n}」:{d}\n",
    end="""
条款 访问权限「{r}的权限」 @访问
  义务方:{r}
  离职撤销:{n} 小时

条款 期限「{p}期限」
  期限:自签署日起 {n} 个月
  存续:终止后 {n} 个月
  自动续期:否

条款 违约责任「对{d}的违约金」
  违约金:人民币 {money} 元
  支付方:{r}
  计算方式:每次违约

条款 争议解决「{p}争议」
  协商:{n} 日
  仲裁:「{city}{word}仲裁委员会」
  仲裁地:「{city}」

条款 适用法律「{p}适用法律」
  适用法律:中国
""",
    city=("上海", "苏州", "杭州", "深圳", "成都", "青岛", "厦门", "武汉"),
)
