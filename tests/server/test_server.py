"""The language server as a process, driven as editors drive it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from helpers import CORPUS, read
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from server.support import Client, Editor, settled

#: One server for all tests of a sort: what one editor does to a text must not show in the next.
pytestmark = pytest.mark.asyncio(loop_scope="module")

#: Characters that take one, two, three and four bytes, and one or two units of UTF-16.
ENGLISH = """# 𝒜 café 合同
agreement "Trial 𝒜"
  type: one-way
  purpose: "Project"

party Acme "Acmé 𝒜 Ltd"
  role: discloser
party Beta "Beta Ltd"
  role: recipient

define "Project": "joint evaluation"

clause duties @duties
  @secrecy Beta must not disclose confidential information to "𝒜 Ltd", third parties
  Beta must use confidential information only for "Project"
  Beta may disclose confidential information to its employees, subject to @secrecy
  > {Beta} keeps it 𝒜 secret.

clause liability
  liquidated damages: CNY 100,000 to CNY 10,000
"""
CHINESE = """协议「试用𝒜」
  类型:单向

当事人 甲方「甲𝒜公司」
  身份:披露方
当事人 乙方「乙公司」
  身份:接收方

条款 保密义务
  乙方不得向第三方披露保密信息

条款 违约责任
  违约金:人民币 10 万元至 1 万元
"""


def placed(editor: Editor, shown: list[types.Diagnostic], code: str) -> str:
    return next(editor.words(each.range) for each in shown if each.code == code)


@pytest.mark.parametrize(
    ("text", "words"), [(ENGLISH, "CNY 100,000 to CNY 10,000"), (CHINESE, "人民币 10 万元至 1 万元")]
)
async def test_marks_stand_where_they_belong(client: Client, text: str, words: str) -> None:
    editor = Editor(client, text)
    shown = await editor.shown()
    assert placed(editor, shown, "NDA201") == words
    assert all(each.source == "nda-lint" and each.code_description for each in shown)


async def test_changes_behind_wide_characters(client: Client) -> None:
    editor = Editor(client, ENGLISH)
    await editor.shown()
    editor.replace('to "𝒜 Ltd", third', 'to "𝒜𝒜 Ltd", thrid')
    shown = await editor.shown()
    assert placed(editor, shown, "NDA001") == "thrid parties"
    editor.replace("thrid", "third")
    assert "NDA001" not in await editor.codes()


async def test_fix_ignore_explain(client: Client) -> None:
    editor = Editor(client, ENGLISH)
    shown = [each for each in await editor.shown() if each.code == "NDA201"]
    actions = await editor.actions("CNY 100,000", shown)
    fix, ignore, explain = actions
    assert fix.title == "Put the lower bound first (to be reviewed)" and not fix.is_preferred
    assert "CNY 10,000 to CNY 100,000" in editor.apply(fix.edit.document_changes[0].edits)
    assert fix.edit.document_changes[0].text_document.version == 1
    editor.write(editor.apply(ignore.edit.document_changes[0].edits))
    assert "  # nda-lint: ignore inverted-range -- reason\n  liquidated damages" in editor.text
    assert "NDA201" not in await editor.codes()
    assert explain.title == "Explain NDA201 inverted-range"
    told: Any = await client.workspace_execute_command_async(
        types.ExecuteCommandParams("nda-lint.explain", ["NDA201", "en", editor.uri])
    )
    assert "NDA201 inverted-range" in told


async def test_names(client: Client) -> None:
    editor = Editor(client, ENGLISH)
    at = editor.at("Beta must not", 1)
    found: Any = await client.text_document_definition_async(types.DefinitionParams(editor.identifier, at))
    assert [editor.position(editor.text.index('Beta "Beta'))] == [each.range.start for each in found]
    context = types.ReferenceContext(include_declaration=False)
    found = await client.text_document_references_async(types.ReferenceParams(context, editor.identifier, at))
    assert [editor.words(each.range) for each in found] == ["Beta"] * 4
    for name, wanted in (("@secrecy Beta", "silence"), ("Beta must not", "Γάμμα")):
        params = types.RenameParams(editor.identifier, editor.at(name, 1), wanted)
        edit: Any = await client.text_document_rename_async(params)
        editor.write(editor.apply(edit.document_changes[0].edits))
    assert 'party Γάμμα "Beta Ltd"' in editor.text and "> {Γάμμα} keeps" in editor.text
    assert "@silence Γάμμα must not" in editor.text and "subject to @silence" in editor.text
    assert "Beta must" not in editor.text and "secrecy" not in editor.text
    with pytest.raises(Exception, match="is there already"):
        await client.text_document_rename_async(
            types.RenameParams(editor.identifier, editor.at("Γάμμα must not"), "Acme")
        )


async def test_hover(client: Client) -> None:
    editor = Editor(client, ENGLISH)

    async def hover(words: str) -> tuple[str, str]:
        params = types.HoverParams(editor.identifier, editor.at(words, 1))
        found: Any = await client.text_document_hover_async(params)
        return found.contents.value, editor.words(found.range)

    assert await hover("third parties") != ("", "third parties")
    text, words = await hover("purpose:")
    assert words == "purpose" and "What the information may be used for" in text and "目的" in text
    text, words = await hover("third parties")
    assert words == "third parties" and "第三方" in text
    text, words = await hover('Project"\n\nparty')
    assert words == "Project" and "joint evaluation" in text
    text, _ = await hover("CNY 100,000")
    assert "inverted-range" in text and "Why" in text


async def test_completion(client: Client) -> None:
    editor = Editor(client, ENGLISH)

    async def offered(words: str, written: str) -> list[types.CompletionItem]:
        editor.replace(words, words + written)
        params = types.CompletionParams(editor.identifier, editor.at(words + written, len(words + written)))
        found: Any = await client.text_document_completion_async(params)
        editor.replace(words + written, words)
        return list(found.items)

    kinds = await offered("  > {Beta} keeps it 𝒜 secret.\n", "\nclause gov")
    assert "governing-law" in [each.label for each in kinds]
    keys = await offered("10,000\n", "  shortf")
    (key,) = [each for each in keys if each.label == "shortfall recoverable"]
    assert isinstance(key.text_edit, types.TextEdit) and key.text_edit.new_text == "shortfall recoverable: "
    assert editor.position(0).line == 0
    words = await offered('only for "Project"', "\n  Beta must not disclose confidential inf")
    assert "confidential information" in [each.label for each in words]
    values = await offered("  type: one-way\n", "  relationship: ")
    assert "customer" in [each.label for each in values]
    names = await offered('only for "Project"', "\n  ")
    assert {"Acme", "Beta"} <= {each.label for each in names}
    labels = await offered("subject to @secrecy", " and @")
    assert {"secrecy", "duties"} == {each.label for each in labels}


async def test_completion_in_chinese(pushed: Client) -> None:
    editor = Editor(pushed, CHINESE)

    async def offered(words: str, written: str) -> dict[str, types.CompletionItem]:
        editor.replace(words, words + written)
        params = types.CompletionParams(editor.identifier, editor.at(words + written, len(words + written)))
        found: Any = await pushed.text_document_completion_async(params)
        editor.replace(words + written, words)
        return {each.label: each for each in found.items}

    assert "适用法律" in await offered("保密信息\n", "\n条款 适")
    assert "补足损失" in await offered("至 1 万元\n", "  补")
    assert "保密信息" in await offered("披露保密信息\n", "  乙方不得向第三方披露保密")
    assert "客户" in await offered("类型:单向\n", "  关系:")
    assert {"甲方", "乙方"} <= (await offered("披露保密信息\n", "  ")).keys()


async def test_outline_and_folding(client: Client) -> None:
    editor = Editor(client, ENGLISH)
    symbols: Any = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(editor.identifier)
    )
    names = [each.name for each in symbols]
    assert names[0] == 'agreement "Trial 𝒜"' and "clause duties @duties" in names
    duties = symbols[names.index("clause duties @duties")]
    assert len(duties.children) == 3
    folds: Any = await client.text_document_folding_range_async(types.FoldingRangeParams(editor.identifier))
    lines = editor.text.split("\n")
    assert any(
        lines[fold.start_line].startswith("clause duties") and "secret." in lines[fold.end_line]
        for fold in folds
    )


async def test_formatting(client: Client) -> None:
    editor = Editor(client, ENGLISH.replace("  purpose:", "purpose  :"))
    params = types.DocumentFormattingParams(editor.identifier, types.FormattingOptions(2, True))
    edits: Any = await client.text_document_formatting_async(params)
    once = editor.apply(edits)
    assert "  purpose: " in once and "𝒜 secret." in once
    editor.write(once)
    assert not await client.text_document_formatting_async(params)
    editor.write(once.replace("must not", "mustnt"))
    assert not await client.text_document_formatting_async(params), "what cannot be read is left alone"


async def test_pulled_and_never_sent_as_well(pulling: Client) -> None:
    editor = Editor(pulling, ENGLISH)
    report = await editor.pulled()
    assert "NDA201" in [each.code for each in report.items]
    again = await editor.pulled(report.result_id)
    assert again.kind == "unchanged" and again.result_id == report.result_id
    editor.replace("CNY 100,000 to CNY 10,000", "CNY 10,000 to CNY 100,000")
    after = await editor.pulled(report.result_id)
    assert after.kind == "full" and "NDA201" not in [each.code for each in after.items]
    await settled()
    assert not pulling.published


async def test_a_question_that_is_taken_back(pushed: Client) -> None:
    """A large text is being checked; whoever takes a question back is told so, and the next one is answered."""
    large = ENGLISH + "".join(f'define "Term {number}": "some words"\n' for number in range(3000))
    editor = Editor(pushed, large, "file:///contracts/large.nda")
    place = types.HoverParams(editor.identifier, editor.at("third parties", 1))
    protocol: Any = pushed.protocol
    asked = asyncio.ensure_future(
        protocol.send_request_async(types.TEXT_DOCUMENT_HOVER, place, msg_id="asked")
    )
    await asyncio.sleep(0)
    pushed.cancel_request(types.CancelParams("asked"))
    with pytest.raises(JsonRpcException, match="cancel"):
        await asked
    other = Editor(pushed, ENGLISH, "file:///contracts/small.nda")
    found = await pushed.text_document_hover_async(
        types.HoverParams(other.identifier, other.at("third parties", 1))
    )
    assert found is not None


async def test_an_answer_about_a_text_that_has_changed(pulling: Client) -> None:
    """It is not given for the new text: the editor is to ask again."""
    editor = Editor(pulling, ENGLISH, "file:///contracts/changing.nda")
    asked = asyncio.ensure_future(editor.pulled())
    await asyncio.sleep(0)
    editor.replace("CNY 100,000 to CNY 10,000", "CNY 10,000 to CNY 100,000")
    answers: Any = await asyncio.gather(asked, return_exceptions=True)
    answer = answers[0]
    if isinstance(answer, JsonRpcException):
        assert answer.code == -32802 and answer.data == {"retriggerRequest": True}
    else:
        assert answer.kind == "full", "it was quicker than the change"
    assert "NDA201" not in [each.code for each in (await editor.pulled()).items]


async def test_several_files(pushed: Client) -> None:
    one = Editor(pushed, ENGLISH, "file:///contracts/one.nda")
    assert "NDA201" in await one.codes()
    two = Editor(pushed, CHINESE, "file:///contracts/%E4%BA%8C.nda")
    assert "NDA201" in await two.codes()
    one.replace("CNY 100,000 to CNY 10,000", "CNY 10,000 to CNY 100,000")
    assert "NDA201" not in await one.codes()
    pushed.text_document_did_close(types.DidCloseTextDocumentParams(two.identifier))
    await settled()
    assert pushed.published[-1].uri == two.uri and not pushed.published[-1].diagnostics


async def test_a_stale_action_harms_nothing(pushed: Client) -> None:
    """The editor sends back a diagnostic of an older text, and lines have been put before it since."""
    editor = Editor(pushed, ENGLISH)
    shown = [each for each in await editor.shown() if each.code == "NDA201"]
    editor.replace("# 𝒜", "# a new line\n# 𝒜")
    actions = await editor.actions("CNY 100,000", shown, "quickfix")
    edit = actions[0].edit.document_changes[0]
    assert edit.text_document.version == editor.version
    assert editor.apply(edit.edits) == editor.text.replace(
        "CNY 100,000 to CNY 10,000", "CNY 10,000 to CNY 100,000"
    )
    editor.replace("CNY 100,000 to CNY 10,000", "CNY 100,000")
    assert not await editor.actions("CNY 100,000", shown)


async def test_words_that_mend_a_contradiction(pushed: Client) -> None:
    """They are looked for when somebody asks, in the text as it is then."""
    ban = "must not disclose technical information to third parties"
    text = (
        'agreement "A"\nparty Acme "Acme Ltd"\nparty Beta "Beta Ltd"\nclause duties\n'
        f"  Beta {ban}\n  Beta may disclose technical information to third parties if Acme consents in writing\n"
    )
    editor = Editor(pushed, text.replace("duties\n", "duties\n  \n"))
    assert "NDA303" in await editor.codes()
    editor.replace("duties\n  \n", "duties\n")
    shown = [each for each in await editor.shown() if each.code == "NDA303"]
    (mend, *_) = await editor.actions("Beta may", shown, "quickfix")
    mended = editor.apply(mend.edit.document_changes[0].edits)
    assert mended == text.replace(ban, f"{ban} unless Acme consents in writing")


async def test_all_safe_fixes(pushed: Client) -> None:
    text = ENGLISH.replace("  type: one-way", "  # nda-lint: ignore NDA301 -- a\n  type: one-way")
    editor = Editor(pushed, text)
    await editor.shown()
    (action,) = await editor.actions("agreement", [], "source.fixAll")
    assert action.kind == "source.fixAll.nda-lint"
    assert editor.apply(action.edit.document_changes[0].edits) == ENGLISH


BAD = {
    "empty": "",
    "nul": "agreement \0 \"x\"\n\0\0: \0",
    "surrogate": 'agreement "\ud800"\nclause term\n  duration: \udfff',
    "brackets": "clause term\n  duration: " + "(" * 10_000,
    "separators": "agreement\u2028\u0085\x0c\x1c \"x\"\r\rclause\tterm\r\n  duration: 3\n\r",
    "right-to-left": "agreement \"\u202e\u200f\"\nclause term\n  \u202eduration: 3",
    "long line": "clause term\n  duration: " + "x" * 200_000,
    "no contract": "{\"json\": [1, 2, 3]}\n\n%%%% ____ @@@@ @ : : :",
}  # fmt: skip


async def test_bad_text_never_ends_the_server(pushed: Client) -> None:
    for name, text in BAD.items():
        editor = Editor(pushed, text, f"file:///contracts/{name}.nda")
        await editor.shown()
        last = types.Position(10**6, 10**6)
        for place in (types.Position(0, 0), last, types.Position(1, 10**9)):
            await pushed.text_document_hover_async(types.HoverParams(editor.identifier, place))
            await pushed.text_document_completion_async(types.CompletionParams(editor.identifier, place))
            await pushed.text_document_definition_async(types.DefinitionParams(editor.identifier, place))
        whole = types.Range(types.Position(0, 0), last)
        context = types.CodeActionContext(
            [types.Diagnostic(whole, "x", data={"key": 5}), types.Diagnostic(whole, "y", data=7)]
        )
        await pushed.text_document_code_action_async(
            types.CodeActionParams(editor.identifier, whole, context)
        )
        await pushed.text_document_document_symbol_async(types.DocumentSymbolParams(editor.identifier))
        await pushed.text_document_folding_range_async(types.FoldingRangeParams(editor.identifier))
        await pushed.text_document_formatting_async(
            types.DocumentFormattingParams(editor.identifier, types.FormattingOptions(2, True))
        )
    editor = Editor(pushed, ENGLISH)
    assert "NDA201" in await editor.codes()


async def test_what_is_not_open(pushed: Client) -> None:
    nowhere = types.TextDocumentIdentifier("file:///contracts/nowhere.nda")
    change = types.TextDocumentContentChangeWholeDocument("x")
    pushed.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, nowhere.uri), [change])
    )
    pushed.text_document_did_close(types.DidCloseTextDocumentParams(nowhere))
    assert await pushed.text_document_hover_async(types.HoverParams(nowhere, types.Position(0, 0))) is None
    assert "NDA201" in await Editor(pushed, ENGLISH).codes()


async def test_a_burst_of_keys(pushed: Client) -> None:
    """Only the last text of a burst need be checked, and its marks are what remains."""
    editor = Editor(pushed, read(CORPUS, "clean", "customer.en.nda"))
    assert await editor.codes() == []
    for number, letter in enumerate("garbage "):
        written = "garbage "[:number]
        editor.replace(f"  duration: {written}3 years", f"  duration: {written}{letter}3 years")
    assert await editor.codes()
    editor.write(read(CORPUS, "clean", "customer.en.nda"))
    assert await editor.codes() == []
