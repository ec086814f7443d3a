"""Vim keys in the editor, driven as a person drives it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar

from drive import OpenDesk
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.document._document import Selection
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from actionsmith.config import Config
from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.insight import Insight
from actionsmith.language.service import Code, LanguageService
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui import settings
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.vim_line import VimLine


class Proposes(LanguageService):
    """Has one proposal for every place."""

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        return CompletionResult((Completion("later", "later", "property"),), 0)


class Pane(Vertical):
    """A pane that notes what it was asked to do."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self.asked: list[str] = []

    def action_save(self) -> None:
        self.asked.append("save")

    def action_reset(self) -> None:
        self.asked.append("reset")


class EditorApp(App[None]):
    BINDINGS: ClassVar = [Binding("ctrl+s,f5,escape", "note", "")]
    vim_keys = True
    config = Config()

    def __init__(self, text: str, language: str) -> None:
        super().__init__()
        code = Insight(lambda text: Code(text, "post-login", language), lambda _: (Proposes(),))
        self.editor = CodeEditor(text, language, code)
        self.pane = Pane(self.editor)
        self.noted = 0

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.editor.focus()

    def action_note(self) -> None:
        self.noted += 1


class Typist:
    def __init__(self, app: EditorApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot, self.editor = app, pilot, app.editor

    async def type(self, text: str, *named: str) -> None:
        """Press the keys of a text, then named ones, in one burst."""
        for letter in text:
            self.editor.post_message(Key(_character_to_key(letter), letter))
        for name in named:
            self.editor.post_message(Key(name, None))
        await self.pilot.pause()
        await self.pilot.pause()

    @property
    def line(self) -> VimLine:
        return self.app.query_one(VimLine)

    @property
    def at(self) -> tuple[int, int]:
        return self.editor.cursor_location


@asynccontextmanager
async def editing(text: str, language: str = "javascript") -> AsyncIterator[Typist]:
    app = EditorApp(text, language)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        yield Typist(app, pilot)


async def test_commands_edit_the_text_and_each_is_one_step_of_the_undo() -> None:
    async with editing("one two\nthree") as typist:
        await typist.type("cwab(c", "enter", "backspace", "escape")
        changed = typist.editor.text
        assert changed.startswith("ab(c")
        await typist.type("jx2ihi ", "escape")
        assert typist.line.mode == "NORMAL"
        await typist.type("uu")
        assert typist.editor.text == changed
        await typist.type("u")
        assert typist.editor.text == "one two\nthree"
        assert typist.at == (0, 0)
        await typist.type("u")
        assert typist.line.said == "There is nothing to undo."
        await typist.type("", "ctrl+r")
        assert typist.editor.text == changed
        typist.editor.action_undo()
        assert typist.editor.text == "one two\nthree", "the editor's own undo knows the same steps"


async def test_the_line_shows_mode_and_pending_keys_and_takes_commands() -> None:
    async with editing("a b\na") as typist:
        await typist.type('"q2d')
        assert (typist.line.mode, typist.line.pending) == ("NORMAL", '"q2d')
        await typist.type("", "escape")
        await typist.type(":%s/a/x-/g")
        assert typist.line.line == ":%s/a/x-/g"
        assert "a b" in typist.editor.text
        await typist.type("", "enter")
        assert typist.editor.text == "x- b\nx-"
        assert typist.line.said == "2 replaced."
        await typist.type(":nothing", "enter")
        assert typist.line.is_fault
        await typist.type("i")
        assert typist.line.mode == "INSERT"
        assert typist.editor.has_class("-vim-typing")


async def test_w_and_e_are_actions_of_what_is_around_the_editor() -> None:
    async with editing("a") as typist:
        await typist.type(":w", "enter")
        await typist.type(":e!", "enter")
        assert typist.app.pane.asked == ["save", "reset"]
        await typist.type(":q", "enter")
        assert not typist.app.is_running or typist.app._exit


async def test_keys_of_the_app_work_in_every_mode_and_none_writes_in_normal_mode() -> None:
    async with editing("ab") as typist:
        for mode, keys in (("NORMAL", ""), ("INSERT", "i"), ("VISUAL", "v")):
            await typist.type(keys)
            assert typist.line.mode == mode
            before = typist.app.noted
            await typist.pilot.press("ctrl+s", "f5")
            assert typist.app.noted == before + 2, mode
            await typist.type("", *(["escape"] if keys else []))
        await typist.type("", "tab", "enter", "delete")
        assert typist.editor.text == "b"
        noted = typist.app.noted
        await typist.pilot.press("escape")
        assert typist.app.noted == noted + 1, "with nothing to leave, escape is the screen's"


async def test_visual_mode_selects_the_character_at_the_caret_and_a_mouse_selection_is_one() -> None:
    async with editing("abc def\nxyz") as typist:
        await typist.type("vl")
        assert typist.editor.selected_text == "ab"
        assert typist.editor.vim_keys.visual_caret == (0, 1)
        await typist.type("V")
        assert typist.editor.selected_text == "abc def"
        await typist.type("jo", "escape")
        assert (typist.at, typist.editor.selected_text) == ((0, 0), "")
        typist.editor.selection = Selection((0, 4), (0, 7))
        await typist.type("d")
        assert typist.editor.text == "abc \nxyz"
        await typist.type("gv", "escape")
        typist.editor.load("new", "python")
        await typist.type("x")
        assert typist.editor.text == "ew"


async def test_escape_closes_the_proposals_first_and_then_leaves_insert_mode() -> None:
    async with editing("") as typist:
        await typist.type("ila")
        completing = typist.editor.completing
        for _ in range(200):
            if completing.is_open:
                break
            await typist.pilot.pause(0.01)
        assert completing.is_open
        await typist.type("", "escape")
        assert (completing.is_open, typist.line.mode) == (False, "INSERT")
        await typist.type("", "escape")
        assert typist.line.mode == "NORMAL"


async def test_the_palette_switches_them_and_the_choice_is_remembered(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        assert not desk.screen.desk.code.editor.vim_keys.is_on
        await desk.choose_from_palette("vim keys")
        await desk.pilot.pause()
        assert desk.screen.desk.code.editor.vim_keys.is_on
        assert desk.screen.desk.event.editor.vim_keys.is_on
        assert settings.load().vim is True
    async with workbench() as desk:
        code = desk.screen.desk.code.editor
        before = code.text
        await desk.press("x")
        assert code.text == before[1:]
        await desk.press("u", "x")
        assert code.text == before[1:]
        assert desk.screen.query_one(VimLine).mode == "NORMAL"
        await desk.press("colon", "w", "enter")
        assert tenant.draft("MFA for Role").code == before[1:]
        await desk.press("x", "colon", "e", "exclamation_mark", "enter")
        assert code.text == before[1:]


async def test_a_search_shows_all_there_is_until_it_is_told_not_to() -> None:
    def lit(typist: Typist) -> list[int]:
        return [row for row in range(5) if typist.editor._hits.spans(row)]

    async with editing("one\ntwo\none\nOne") as typist:
        await typist.type("/one", "enter")
        await until(typist, lambda: lit(typist) == [0, 2])
        await typist.type("O", "escape")
        await until(typist, lambda: lit(typist) == [0, 3])
        await typist.type(":noh", "enter")
        assert lit(typist) == []
        await typist.type("x")
        await until(typist, lambda: not typist.app.workers._workers)
        assert lit(typist) == []
        await typist.type(":2s/t/w/", "enter")
        await typist.type("*")
        await until(typist, lambda: lit(typist) == [1])
        typist.editor.action_toggle_vim()
        assert lit(typist) == []


async def until(typist: Typist, true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await typist.pilot.pause(0.02)
    raise AssertionError("what was waited for did not happen")
