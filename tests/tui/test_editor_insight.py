"""What the language services know, on the screen: hints, explanations, places."""

from __future__ import annotations

from insight_app import TEXT, Knows, opened, settle
from textual.widgets import OptionList

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import Code, Signature, Span, Target
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.completion_list import CompletionList
from actionsmith.tui.editor.diagnosing import PAUSE_SECONDS
from actionsmith.tui.editor.popup import Popup


async def test_the_parameters_are_shown_while_a_call_is_written() -> None:
    for size in ((100, 30), (60, 20)):
        async with opened("\n\n", ContractService(), size=size) as (app, pilot):
            app.editor.insert("api.idToken.setCustomClaim")
            await pilot.press("left_parenthesis")
            await settle(app, pilot)
            first = app.popup("signature-popup")
            assert "(key: string, value: any JSON value)" in first and "Claim name." in first
            await pilot.press("quotation_mark", "a", "right", "comma")
            await settle(app, pilot)
            assert app.popup("signature-popup") not in ("", first), "the second parameter is explained now"
            popup = app.screen.query_one("#signature-popup", Popup)
            assert app.screen.region.contains_region(popup.region)
            assert not popup.region.y <= app.editor.cursor_screen_offset.y < popup.region.bottom
            await pilot.press("escape")
            assert not app.popup("signature-popup")


async def test_behind_the_call_the_parameters_go() -> None:
    async with opened("", ContractService()) as (app, pilot):
        app.editor.insert("api.access.deny")
        await pilot.press("left_parenthesis")
        await settle(app, pilot)
        assert app.popup("signature-popup")
        await pilot.press("right")
        await settle(app, pilot)
        assert not app.popup("signature-popup")


async def test_an_explanation_has_the_faults_first_and_goes_with_the_next_key() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 15))
        app.editor.action_ask("hover")
        await settle(app, pilot)
        assert app.popup("hover-popup") == "There is no name [totl]."
        await pilot.press("up")
        assert not app.popup("hover-popup")
        await pilot.press("alt+k")
        await settle(app, pilot)
        assert app.popup("hover-popup") == "const total: number"


async def test_a_pointer_that_rests_on_a_name_explains_it() -> None:
    async with opened(TEXT) as (app, pilot):
        await pilot.hover(CodeEditor, offset=(app.editor.gutter_width + 8, 0))
        for _ in range(100):
            if app.popup("hover-popup"):
                break
            await pilot.pause(0.02)
        assert app.popup("hover-popup") == "const total: number"
        await pilot.hover(CodeEditor, offset=(60, 10))
        await pilot.pause()
        assert not app.popup("hover-popup")


async def test_a_word_that_is_being_completed_is_not_complained_about() -> None:
    async with opened("\n\n", ContractService(), Knows()) as (app, pilot):
        app.editor.insert("api.")
        await pilot.press("a")
        while not app.editor.completing.is_open:
            await pilot.pause(0.02)
        app.editor.insert(";totl", (1, 0))
        await pilot.pause(2 * PAUSE_SECONDS)
        assert app.editor.completing.is_open and not app.editor.diagnostics
        await pilot.press("escape")
        while not app.editor.diagnostics:
            await pilot.pause(0.02)


async def test_to_the_definition_to_a_use_and_back() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 23))
        await pilot.press("f12")
        await settle(app, pilot)
        assert app.editor.cursor_location == (0, 6)
        app.editor.action_ask("references")
        await settle(app, pilot)
        assert app.screen.query_one(OptionList).option_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.editor.cursor_location == (1, 21)
        app.editor.action_ask("back")
        app.editor.action_ask("back")
        assert app.editor.cursor_location == (1, 23)


async def test_a_proposal_without_its_documentation_is_described_when_it_is_shown() -> None:
    service = Knows()
    async with opened("", ContractService(), service) as (app, pilot):
        await pilot.press("t", "o")
        await settle(app, pilot)
        shown = app.screen.query_one(CompletionList)
        assert shown.is_open and service.described == ["total"]
        assert shown.current is not None and shown.current.documentation == "How many there are."


async def test_a_service_that_answers_late_adds_to_what_is_shown_and_keeps_the_choice() -> None:
    class Slow(Knows):
        async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
            while not app.release:
                await pilot.pause(0.01)
            return CompletionResult((Completion("acl", "acl", "variable"),), column)

    async with opened("", ContractService(), Slow()) as (app, pilot):
        app.release = False  # type: ignore[attr-defined]
        app.editor.insert("api")
        await pilot.press("full_stop")
        while not (lists := [it for it in app.screen.query(CompletionList) if it.is_open]):
            await pilot.pause(0.01)
        await pilot.press("down")
        chosen = lists[0].current
        app.release = True  # type: ignore[attr-defined]
        await settle(app, pilot)
        assert lists[0].current == chosen
        assert "acl" in [item.label for item in lists[0]._items]


async def test_a_signature_names_its_parameter() -> None:
    from actionsmith.language.service import Parameter
    from actionsmith.tui.editor.hinting import signature_text

    shown = signature_text(
        Signature("f(a: A, b: B)", (Parameter("a: A"), Parameter("b: B", "The [second].")), 1)
    )
    assert shown.plain == "f(a: A, b: B)\nThe [second]."
    assert any(shown.plain[span.start : span.end] == "b: B" for span in shown.spans)
    long = Signature(f"go(x: () => void): Promise<{'a' * 80}>", (Parameter("x: () => void"),))
    assert signature_text(long).plain == "go(x: () => void)", "what it gives is left out for want of room"


async def test_of_several_definitions_the_files_are_told_apart_on_a_narrow_screen() -> None:
    class Several(Knows):
        async def definition(self, code: Code, row: int, column: int) -> tuple[Target, ...]:
            deep = f"/home/{'a/very/long/way/to/' * 5}"
            return (
                Target(Span(3, 0, 3, 1), f"{deep}module.d.ts"),
                Target(Span(8, 0, 8, 1), f"{deep}globals.d.ts"),
                Target(Span(0, 6, 0, 11)),
            )

    async with opened(TEXT, Several(), size=(60, 20)) as (app, pilot):
        app.editor.action_ask("definition")
        await settle(app, pilot)
        listed = app.screen.query_one(OptionList)
        shown = "\n".join(listed.render_line(row).text for row in range(3))
        for part in ("module.d.ts", "line 4", "globals.d.ts", "line 9", "1  const total = 1;"):
            assert part in shown, shown
