"""What floats beside the caret: whose it is, and where it stays."""

from __future__ import annotations

from insight_app import TEXT, InsightApp, Knows, opened, settle
from textual.widgets import Static

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import Code
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.completion_list import CompletionList
from actionsmith.tui.editor.popup import Popup


async def test_two_editors_explain_each_its_own_names() -> None:
    app = InsightApp(TEXT, Knows())
    other = CodeEditor(TEXT, "javascript", app.editor.insight)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.mount(other)
        await settle(app, pilot)
        for editor in (app.editor, other, app.editor):
            editor.focus()
            editor.move_cursor((0, 8))
            await pilot.press("alt+k")
            await settle(app, pilot)
            assert app.popup("hover-popup") == "const total: number"
            await pilot.press("escape")


async def test_what_floats_beside_the_caret_stays_beside_it_when_the_terminal_changes_its_size() -> None:
    async with opened("\n" * 12, ContractService()) as (app, pilot):
        app.editor.move_cursor((12, 0))
        app.editor.insert(" " * 40 + "api.access.deny")
        await pilot.press("left_parenthesis")
        await settle(app, pilot)
        app.editor.insert("event.user")
        await pilot.press("full_stop")
        await settle(app, pilot)
        for width, height in ((60, 10), (90, 24)):
            await pilot.resize_terminal(width, height)
            await settle(app, pilot)
            listed = app.screen.query_one(CompletionList)
            for floating in (listed, app.screen.query_one(".signature-popup", Popup)):
                region, caret = floating.region, app.editor.cursor_screen_offset
                assert floating.is_open and app.screen.region.contains_region(region), (width, region)
                assert region.y == caret.y + 1 or region.bottom == caret.y, (width, region, caret)


class Details(Knows):
    """Knows two names without documentation: what one is fits beside it, what the other is does not."""

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        long = "f(" + ", ".join(f"parameter{index}" for index in range(9)) + ")"
        return CompletionResult(
            (Completion("total", "total", "variable", "number"), Completion("tot", "tot", "function", long)),
            0,
        )


async def test_nothing_is_said_twice_beside_a_list_of_proposals() -> None:
    async with opened("", Details()) as (app, pilot):
        app.editor.action_complete()
        await settle(app, pilot)
        about = app.screen.query_one(CompletionList).query_one(Static)
        assert not about.display
        await pilot.press("down")
        await settle(app, pilot)
        assert about.display and "parameter8" in str(about.visual)
