"""What language services offer to change: fixes, names, layout."""

from __future__ import annotations

import pytest
from insight_app import TEXT, Knows, opened, settle
from textual.widgets import Input

from actionsmith.language.service import (
    Code,
    Diagnostic,
    Fix,
    Span,
    TextEdit,
)


async def test_faults_are_found_listed_and_mended_in_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        assert [it.message for it in app.editor.diagnostics] == ["There is no name [totl]."]
        app.editor.action_ask("problems")
        await pilot.pause()
        await pilot.press("enter")
        assert app.editor.cursor_location == (1, 14)
        await pilot.press("alt+q")
        await pilot.pause()
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == TEXT.replace("totl", "total")
        assert app.editor.cursor_location == (1, 19)
        while app.editor.diagnostics:  # looked at anew after a pause
            await pilot.pause(0.02)
        app.editor.undo()
        assert app.editor.text == TEXT


@pytest.mark.parametrize(("way", "wanted"), [(["down"], "TOTL"), (["down", "down"], "totl")])
async def test_a_fix_may_define_a_secret_or_add_a_package(way: list[str], wanted: str) -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 0))
        await pilot.press("alt+q")
        await pilot.pause()
        await pilot.press(*way, "enter")
        await pilot.pause()
        assert app.wanted == [wanted] and app.editor.text == TEXT


async def test_a_name_is_changed_everywhere_in_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 23))
        app.editor.action_ask("rename")
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert field.value == "total"
        field.value = "1x"
        await pilot.press("enter")
        assert app.screen.query(Input), "a name does not start with a digit"
        field.value = "sum"
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == TEXT.replace("total", "sum")
        app.editor.undo()
        assert app.editor.text == TEXT


async def test_formatting_is_one_step() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.action_ask("format")
        await settle(app, pilot)
        assert app.editor.text == f"// tidy\n{TEXT}"
        app.editor.undo()
        assert app.editor.text == TEXT


async def test_a_fix_goes_where_its_fault_has_gone() -> None:
    class Once(Knows):
        async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
            return await super().diagnose(code) if code.text == TEXT else ()

    async with opened(TEXT, Once()) as (app, pilot):
        app.editor.move_cursor((0, 0))
        app.editor.insert("// above\n")
        app.editor.move_cursor((2, 0))
        app.editor.action_ask("fix")
        await pilot.pause()
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == "// above\n" + TEXT.replace("totl", "total")


async def test_a_fix_is_not_made_in_another_text() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 0))
        app.editor.action_ask("fix")
        await pilot.pause()
        app.editor.set_text("saved elsewhere\nmeanwhile, by somebody else")
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == "saved elsewhere\nmeanwhile, by somebody else"


async def test_a_name_that_is_taken_is_told() -> None:
    async with opened(TEXT) as (app, pilot):
        app.editor.move_cursor((1, 23))
        for taken, notices in (("class", 0), ("other", 1)):
            app.editor.action_ask("rename")
            await pilot.pause()
            app.screen.query_one(Input).value = taken
            await pilot.press("enter")
            await settle(app, pilot)
            assert len(app._notifications) == notices
            if app.screen.query(Input):
                await pilot.press("escape")
        assert app.editor.text == TEXT.replace("total", "other")
        told = next(iter(app._notifications)).message
        assert told == "'other' was in the text before: look at all its uses, or undo."


async def test_of_two_equal_fixes_in_a_line_the_one_at_the_caret_is_made() -> None:
    class Twice(Knows):
        async def diagnose(self, code: Code) -> tuple[Diagnostic, ...]:
            spans = [Span(0, 0, 0, 1), Span(0, 4, 0, 5), Span(0, 8, 0, 9)]
            return tuple(
                Diagnostic(it, "error", "no", "test", fixes=(Fix("Change to 'b'", (TextEdit(it, "b"),)),))
                for it in spans
            )

    async with opened("a + a + a", Twice()) as (app, pilot):
        app.editor.move_cursor((0, 4))
        app.editor.action_ask("fix")
        await pilot.pause()
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.editor.text == "a + b + a"
