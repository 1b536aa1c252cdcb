"""What the stages before the rules say, in both languages."""

from __future__ import annotations

#: template → English, Chinese; filled with ``str.format``
MESSAGES: dict[str, tuple[str, str]] = {
    "not_utf8": (
        "byte {offset} (0x{byte:02x}) is not UTF-8; save the file as UTF-8",
        "第 {offset} 个字节（0x{byte:02x}）不是 UTF-8；请将文件另存为 UTF-8 编码",
    ),
    "too_long": (
        "this statement is too long to be one: found more than 2,000 words or 20,000 characters on a line",
        "本语句过长：超过 2,000 个词或者一行超过 20,000 个字符，无法作为一个语句处理",
    ),
    "unended_string": (
        "found an opening {found} without its closing mark on the same line",
        "发现左引号 {found}，同一行内没有与之配对的右引号",
    ),
    "unopened_string": (
        "found a closing {found} without its opening mark on the same line",
        "发现右引号 {found}，同一行内没有与之配对的左引号",
    ),
    "trailing_separator": (
        "found a list separator at the end, but the list does not go on on the next line",
        "语句以列举分隔符结尾，但下一行没有后续内容",
    ),
    "unknown_word_near": ("found “{found}”; did you mean “{near}”?", "发现“{found}”；是否应为“{near}”？"),
    "unexpected": ("found “{found}”, expected {expected}", "发现“{found}”，此处应为{expected}"),
    "ends_too_early": ("the sentence ends too early: expected {expected}", "语句不完整：其后应有{expected}"),
    "colon_missing": (
        "there is no colon after “{found}”, which is a key (key: value)",
        "“{found}”是键名，其后缺少冒号（键：值）",
    ),
    "second_fact": (
        "“{found}” begins another fact: write it on a line of its own",
        "“{found}”是另一个事实：请另起一行",
    ),
    "second_colon": ("found a second colon", "多了一个冒号"),
    "key_elsewhere": (
        "“{found}” is no key of {kind}, but of {elsewhere}: is a header missing above?",
        "“{found}”不是“{kind}”的键，而是{elsewhere}的键：上方是否缺少标题？",
    ),
    "no_key": ("found a colon with no key before it", "冒号之前没有键名"),
    "no_value": (
        "“{field}” has no value: expected {expected} after the colon",
        "“{field}”没有值：冒号之后应为{expected}",
    ),
    "clause_without_kind": (
        "a clause header needs a kind: {kinds}",
        "条款标题须写明条款名称：{kinds}",
    ),
    "unknown_clause": (
        "“{found}” is no kind of clause; the kinds are {kinds}",
        "“{found}”不是已知的条款；已知的条款有{kinds}",
    ),
    "unknown_clause_near": (
        "“{found}” is no kind of clause; did you mean “{near}”?",
        "“{found}”不是已知的条款；是否应为“{near}”？",
    ),
    "unknown_key": (
        "“{found}” is no key of {kind}; its keys are {keys}",
        "“{found}”不是“{kind}”的键；可用的键有{keys}",
    ),
    "unknown_key_near": (
        "“{found}” is no key of {kind}; did you mean “{near}”?",
        "“{found}”不是“{kind}”的键；是否应为“{near}”？",
    ),
    "undeclared_party": (
        "no party “{found}” is declared; the parties are {parties}",
        "未声明当事人“{found}”；已声明的当事人有{parties}",
    ),
    "undeclared_party_near": (
        "no party “{found}” is declared; did you mean “{near}”?",
        "未声明当事人“{found}”；是否应为“{near}”？",
    ),
    "undeclared_grade": (
        "no grade “{grade}” is declared, as “{found}” would need",
        "“{found}”所需的等级“{grade}”未声明",
    ),
    "wrong_type": (
        "“{field}” cannot be “{found}”: expected {expected}",
        "“{field}”不能为“{found}”：应为{expected}",
    ),
    "quote_text": (
        "found “{found}” without quotation marks; write {quoted}",
        "“{found}”没有加引号；请写作{quoted}",
    ),
    "one_value": (
        "“{field}” takes one value, found {count}",
        "“{field}”只能有一个值，发现 {count} 个",
    ),
    "name_wanted": (
        "“{field}” needs a name in quotation marks before the colon",
        "“{field}”的冒号之前须有带引号的名称",
    ),
    "name_unwanted": (
        "“{field}” takes no name, found “{found}”",
        "“{field}”不带名称，发现“{found}”",
    ),
    "impossible_date": ("{found} is no day of the calendar", "{found} 不是日历上存在的日期"),
    "mixed_connectives": (
        "found “and” beside “or” among conditions: write all and, or all or, or two norms",
        "条件之间“且”与“或”混用：请统一使用其一，或者分写为两个规范句",
    ),
    "second_agreement": (
        "the agreement has been named before: a file holds one",
        "前文已有协议标题：一个文件只能有一份协议",
    ),
    "colon_in_sentence": (
        "found a colon in a sentence: outside quotation marks it makes a line a fact (key: value)",
        "规范句中有冒号：引号之外的冒号使该行成为事实（键：值）",
    ),
    "figures_differ": (
        "“{found}” and “{again}” are not the same number",
        "“{found}”与“{again}”不一致",
    ),
    "continental_sum": (
        "found “{found}”: a comma marks thousands here, write {written}",
        "发现“{found}”：千位分隔用逗号，请写作 {written}",
    ),
    "thousands_mark": (
        "“{found}” has three decimals: write {thousands} with a comma, or two decimals",
        "“{found}”有三位小数：千位分隔请用逗号写作 {thousands}，或者只写两位小数",
    ),
    "unknown_word_either": ("found “{found}”; did you mean {near}?", "发现“{found}”；是否应为{near}？"),
    "thing_first": (
        "“{found}” stands first: begin with who must, must not or may, such as “each party must not …”",
        "句首是“{found}”：请先写由谁应当、不得或者可以，如“任何一方不得…”",
    ),
    "choice_of_sentences": (
        "found “or” between two duties that have things of their own: write two norms",
        "两项各有客体的义务之间用了“或”：请分写为两个规范句",
    ),
    "two_things": (
        "“{found}” stands beside another thing: put a comma or “and” between them, or say to whom",
        "“{found}”与另一客体并列：请在其间加“、”或者“和”，或者写明“向”谁",
    ),
    "no_actor": (
        "nobody is named who is to do so: write the party or person first",
        "没有写明由谁为之：请先写当事人或者人员",
    ),
    "must_not_only": (
        "“must not only” can be read in two ways: write “must not”, or “must … only”",
        "“不得仅”有两种读法：请写“不得”，或者“应当仅”",
    ),
    "statement_in_no_block": (
        "this stands before any header: begin with agreement, party or clause",
        "本语句之前没有标题：请先写协议、当事人或者条款",
    ),
    "norm_misplaced": (
        "a sentence about duties stands in {kind}, which holds facts only: move it to a clause",
        "“{kind}”只能有事实行，不能有规范句：请移至条款之下",
    ),
    "also_here": ("also here", "此处亦同"),
}


def message(template: str, language: str, values: dict[str, object]) -> str:
    """The text of a message. Raises KeyError on an unknown template or a missing value."""
    return MESSAGES[template][language == "zh"].format(**values)
