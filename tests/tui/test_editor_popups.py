"""When lists and explanations in the editor come, stay and go."""

from __future__ import annotations

import asyncio

from insight_app import TEXT, Knows, open_list, opened, settle
from textual import events
from textual.keys import _character_to_key

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import (
    Code,
    Hover,
    Signature,
)
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.popup import Popup


class Late(Knows):
    """Knows the same, but answers only once it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = asyncio.Event()

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        await self.may_answer.wait()
        return await super().complete(code, row, column)

    async def hover(self, code: Code, row: int, column: int) -> Hover | None:
        await self.may_answer.wait()
        return await super().hover(code, row, column)

    async def signature(self, code: Code, row: int, column: int) -> Signature | None:
        await self.may_answer.wait()
        return Signature("f(a)") if column < 2 else None


async def test_an_explanation_that_comes_late_is_not_shown_in_another_text_nor_under_a_dialog() -> None:
    for late in ("edit", "move", "dialog"):
        service = Late()
        async with opened(TEXT, service) as (app, pilot):
            app.editor.action_ask("hover")
            await pilot.pause()
            if late == "edit":
                app.editor.insert("x", (1, 0))
            elif late == "move":
                app.editor.move_cursor((1, 0))
            else:
                app.push_screen(Choose("Something", [Choice("a", "b")]))
            await pilot.pause()
            service.may_answer.set()
            await settle(app, pilot)
            assert not [it for it in app.screen_stack[0].query(Popup) if it.is_open], late


async def test_parameters_that_come_late_are_not_shown_behind_the_call() -> None:
    service = Late()
    async with opened("", service) as (app, pilot):
        await pilot.press("left_parenthesis", "right")
        service.may_answer.set()
        await settle(app, pilot)
        assert not app.popup("signature-popup")


async def test_what_is_shown_goes_with_the_text_when_it_is_scrolled() -> None:
    async with opened("\n" * 20 + "event" + "\n" * 80, ContractService()) as (app, pilot):
        editor = app.editor
        editor.move_cursor((20, 2))
        editor.action_ask("hover")
        await settle(app, pilot)
        editor.scroll_to(0, 10, animate=False)
        await settle(app, pilot)
        assert "event" in app.popup("hover-popup")
        assert app.screen.query_one(".hover-popup").region.y == editor.cursor_screen_offset.y + 1
        editor.scroll_to(0, 60, animate=False)
        await settle(app, pilot)
        assert not app.popup("hover-popup")
        editor.scroll_to(0, 10, animate=False)
        editor.move_cursor((20, 5))
        await pilot.press("full_stop")
        await settle(app, pilot)
        shown = open_list(app)
        assert shown is not None and shown.region.y == editor.cursor_screen_offset.y + 1
        editor.scroll_to(0, 15, animate=False)
        await settle(app, pilot)
        assert shown.region.y == editor.cursor_screen_offset.y + 1
        editor.scroll_to(0, 60, animate=False)
        await settle(app, pilot)
        assert open_list(app) is None


async def test_an_explanation_by_the_pointer_goes_when_the_pointer_leaves() -> None:
    async with opened(TEXT) as (app, pilot):
        await pilot.hover(CodeEditor, offset=(app.editor.gutter_width + 8, 0))
        while not app.popup("hover-popup"):
            await pilot.pause(0.02)
        app.editor.post_message(events.Leave(app.editor))
        await pilot.pause()
        assert not app.popup("hover-popup")


async def test_a_key_for_something_else_closes_the_list() -> None:
    async with opened("", ContractService()) as (app, pilot):
        for key in ("f1", "ctrl+z", "left"):
            app.editor.set_text("event")
            app.editor.move_cursor((0, 5))
            await pilot.press("full_stop")
            await settle(app, pilot)
            assert open_list(app) is not None
            await pilot.press("u", "underscore", "backspace")
            await settle(app, pilot)
            assert open_list(app) is not None
            await pilot.press(key)
            assert open_list(app) is None
            await pilot.press("escape")
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()


async def test_escape_holds_for_the_whole_word_also_in_a_string_and_in_other_alphabets() -> None:
    class Names(Knows):
        async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
            return CompletionResult((Completion("größer", "größer", "variable"),), 0)

    for first, rest, services in (
        ("require('tim", "ers/p", (ContractService(),)),
        ("gr", "öße", (Names(),)),
    ):
        async with opened("", *services) as (app, pilot):
            for letter in first:
                await pilot.press(letter if letter.isalnum() else _character_to_key(letter))
            await settle(app, pilot)
            assert open_list(app) is not None
            await pilot.press("escape")
            for letter in rest:
                await pilot.press(letter if letter.isalnum() else _character_to_key(letter))
                await settle(app, pilot)
                assert open_list(app) is None, letter


async def test_words_in_other_alphabets_are_completed() -> None:
    class Names(Knows):
        async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
            return CompletionResult((Completion("überall", "überall", "variable"),), 0)

    async with opened("", Names()) as (app, pilot):
        await pilot.press("ü", "b")
        await settle(app, pilot)
        assert open_list(app) is not None


async def test_who_writes_the_bracket_of_a_call_that_was_completed_gets_one() -> None:
    class Calls(Knows):
        async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
            return CompletionResult((Completion("callNow", "callNow()", "method"),), 0)

    for typed, word, services in (
        ("api.access.", "de", (ContractService(),)),
        ("", "ca", (Calls(),)),
    ):
        async with opened("", *services) as (app, pilot):
            app.editor.insert(typed)
            await pilot.press(*word)
            await settle(app, pilot)
            await pilot.press("tab", "left_parenthesis", "1")
            name = "deny" if typed else "callNow"
            assert app.editor.text == f"{typed}{name}(1)"
            await pilot.press("right_parenthesis", "left_parenthesis")
            assert app.editor.text == f"{typed}{name}(1)()"
