"""The code editor, driven as a person drives it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from drive import settle
from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import Paste
from textual.pilot import Pilot
from textual.strip import Strip

from actionsmith.language.completion import Completion, CompletionResult
from actionsmith.language.contract_service import ContractService
from actionsmith.language.highlighting import LineHighlighter
from actionsmith.language.insight import Insight
from actionsmith.language.service import Code, LanguageService
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.completion_list import CompletionList

RED = {"Keyword": Style.parse("#ff0000"), "String": Style.parse("#00ff00"), "Comment": Style.parse("#0000ff")}


def insight(*services: LanguageService) -> Insight:
    return Insight(lambda text: Code(text, "post-login", "javascript"), lambda _: services)


class Proposes(LanguageService):
    """Has one proposal for every place."""

    async def complete(self, code: Code, row: int, column: int) -> CompletionResult:
        return CompletionResult((Completion("late", "late", "property"),), column)


class EditorApp(App[None]):
    CSS = "CodeEditor { border: none; padding: 0; }"

    def __init__(self, text: str = "", language: str = "javascript") -> None:
        super().__init__()
        self.editor = CodeEditor(text, language, insight(ContractService()))
        self.texts: list[str] = []
        self.places: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.syntax_styles = RED
        self.editor.focus()

    @on(CodeEditor.Edited)
    def edited(self, event: CodeEditor.Edited) -> None:
        self.texts.append(event.text)

    @on(CodeEditor.CursorMoved)
    def moved(self, event: CodeEditor.CursorMoved) -> None:
        self.places.append((event.line, event.column))

    @property
    def proposals(self) -> CompletionList | None:
        shown = list(self.query(CompletionList))
        return shown[0] if shown and shown[0].is_open else None


@asynccontextmanager
async def opened(
    text: str = "", language: str = "javascript", size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[EditorApp, Pilot[None]]]:
    app = EditorApp(text, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def type_text(pilot: Pilot[None], text: str) -> None:
    names = {
        ".": "full_stop",
        "(": "left_parenthesis",
        "\n": "enter",
        " ": "space",
        "{": "left_curly_bracket",
        "'": "apostrophe",
    }
    await pilot.press(*(names.get(character, character) for character in text))


def painted(editor: CodeEditor) -> list[str]:
    """The lines as they are on screen, without the gutter."""
    return [line.text[editor.gutter_width :].rstrip() for line in strips(editor)]


def strips(editor: CodeEditor) -> list[Strip]:
    return editor.render_lines(editor.size.region)


async def coloured(pilot: Pilot[None], editor: CodeEditor) -> None:
    """Wait for the colours of a text that was just loaded: they follow a frame after it."""
    for _ in range(500):
        await pilot.pause(0.01)
        if editor._catching_up is None:
            return
    raise AssertionError("the text was never coloured")


def assert_colours_right(editor: CodeEditor) -> None:
    """What is painted for every visible line is what lexing the whole text anew gives."""
    fresh = LineHighlighter(editor.syntax, editor.text.split("\n"))
    for row, strip in enumerate(strips(editor)[: editor.document.line_count]):
        expected: dict[int, str] = {}
        for start, end, token in fresh.spans(row):
            style = next(
                (s for name, s in RED.items() if token.removeprefix("Literal.").startswith(name)), None
            )
            if style and style.color:
                expected |= dict.fromkeys(range(start, end), style.color.name)
        column = -editor.gutter_width
        found: dict[int, str] = {}
        for segment in strip:
            for _ in segment.text:
                colour = segment.style.color.name if segment.style and segment.style.color else ""
                if colour in ("#ff0000", "#00ff00", "#0000ff"):
                    found[column] = colour
                column += 1
        caret = editor.cursor_location[1] if editor.cursor_location[0] == row else -1
        found.pop(caret, None)
        expected.pop(caret, None)
        assert found == expected, row


async def test_the_screen_is_coloured_right_after_edits_undo_redo_and_paste() -> None:
    text = "const a = 'x';\nreturn a;\n/* b */\nif (a) {}\n" * 3
    async with opened(text) as (app, pilot):
        editor = app.editor
        await coloured(pilot, editor)
        assert_colours_right(editor)
        editor.move_cursor((1, 0))
        await type_text(pilot, "/*")
        assert_colours_right(editor)
        await pilot.press("ctrl+z")
        assert_colours_right(editor)
        await pilot.press("ctrl+y")
        assert_colours_right(editor)
        app.post_message(Paste("`\nreturn ${x}\n`"))
        await coloured(pilot, editor)
        assert_colours_right(editor)
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+k", "alt+down", "enter", "backspace")
        assert_colours_right(editor)
        editor.load("def f():\n    return 'x'", "python")
        await coloured(pilot, editor)
        assert_colours_right(editor)
        editor.load("x = 1; return 'y'", "javascript")
        await coloured(pilot, editor)
        colours = {s.style.color.name for s in strips(editor)[0] if s.style and s.style.color}
        assert {"#ff0000", "#00ff00"} <= colours, "the line of the caret keeps its colours"


async def test_far_down_in_a_long_text_the_colours_follow() -> None:
    async with opened("/*\n" + "return 'x';\n" * 2000) as (app, pilot):
        app.editor.go_to(1900)
        for _ in range(500):
            await pilot.pause(0.02)
            lines = strips(app.editor)[:20]
            colours = {s.style.color.name for line in lines for s in line if s.style and s.style.color}
            if "#0000ff" in colours:
                break
        assert "#0000ff" in colours
        assert "#ff0000" not in colours


async def test_tab_takes_a_proposal_and_it_is_one_step_to_undo() -> None:
    async with opened() as (app, pilot):
        await type_text(pilot, "api.acc")
        await settle(pilot)
        assert app.proposals is not None
        await pilot.press("tab", "full_stop")
        await settle(pilot)
        await pilot.press("tab")
        assert app.editor.text == "api.access.deny()"
        assert app.editor.cursor_location == (0, 16)
        await pilot.press("ctrl+z")
        assert app.editor.text == "api.access."


async def test_the_bracket_that_came_with_a_method_may_be_typed() -> None:
    async with opened() as (app, pilot):
        await type_text(pilot, "api.access.de")
        await settle(pilot)
        await pilot.press("tab", "left_parenthesis")
        assert app.editor.text == "api.access.deny()"
        assert app.editor.cursor_location == (0, 16)
        await pilot.press("left_parenthesis")
        assert app.editor.text == "api.access.deny(())", "only the first one"


async def test_brackets_and_quotes_come_in_pairs_but_not_within_text() -> None:
    async with opened() as (app, pilot):
        await type_text(pilot, "f('x(")
        assert app.editor.text == "f('x(')"
        await pilot.press("end", "enter")
        await type_text(pilot, "{\n")
        assert app.editor.text == "f('x(')\n{\n  \n}"
        assert app.editor.cursor_location == (2, 2)


async def test_enter_is_a_new_line_until_the_list_was_used_and_a_click_takes_a_proposal() -> None:
    async with opened("event") as (app, pilot):
        app.editor.go_to(1, 6)
        await pilot.press("full_stop")
        await settle(pilot)
        await pilot.press("enter")
        assert app.editor.text == "event.\n"
        assert app.proposals is None
        await pilot.press("backspace", "ctrl+@")
        await settle(pilot)
        await pilot.press("down", "up", "down", "enter")
        assert app.editor.text == "event.authentication"
        app.editor.load("event", "javascript")
        app.editor.go_to(1, 6)
        await pilot.press("full_stop")
        await settle(pilot)
        await pilot.click("CompletionList OptionList", offset=(4, 1))
        assert app.editor.text == "event.authentication"
        assert app.editor.has_focus


async def test_typed_letters_narrow_the_list_and_escape_closes_it_for_the_word() -> None:
    async with opened() as (app, pilot):
        await type_text(pilot, "event.u")
        await settle(pilot)
        assert app.proposals is not None
        assert app.proposals.current is not None
        assert app.proposals.current.label == "user"
        await pilot.press("escape")
        assert app.proposals is None
        assert app.editor.has_focus
        await type_text(pilot, "se")
        await settle(pilot)
        assert app.proposals is None
        await pilot.press("ctrl+@")
        await settle(pilot)
        assert app.proposals is not None


async def test_an_answer_that_comes_too_late_is_dropped() -> None:
    async with opened() as (app, pilot):
        app.editor.insight = insight(Proposes())
        await type_text(pilot, "x.")
        await pilot.press("space")
        await settle(pilot)
        assert app.proposals is None


async def test_the_list_is_on_the_screen_and_beside_the_line() -> None:
    async with opened("event\n" * 60) as (app, pilot):
        for size in ((160, 45), (60, 20)):
            await pilot.resize_terminal(*size)
            for row in (0, 7, 17, size[1] - 4):
                app.editor.load("event\n" * 60, "javascript")
                app.editor.move_cursor((row, 5))
                await type_text(pilot, ".")
                await settle(pilot)
                assert app.proposals is not None
                region = app.proposals.region
                assert app.screen.region.contains_region(region)
                assert not region.y <= app.editor.cursor_screen_offset.y < region.bottom


async def test_marks_show_in_the_gutter_and_behind_the_line_and_move_with_it() -> None:
    async with opened("one\ntwo\nthree") as (app, pilot):
        app.editor.mark(2, "error", "a [bad] thing\nhappened")
        assert painted(app.editor)[1] == "two  a [bad] thing happened"
        assert strips(app.editor)[1].text.startswith("●")
        await pilot.press("home", "enter")
        assert [mark.line for mark in app.editor.marks] == [3]
        assert strips(app.editor)[2].text.startswith("●")
        app.editor.clear_marks()
        assert not strips(app.editor)[2].text.startswith("●")
        app.editor.load("x", "javascript")
        app.editor.mark(1, "warning", "w")
        app.editor.mark(1, "error", "e")
        app.editor.mark(99, "info", "beyond the end")
        assert [mark.message for mark in app.editor.marks] == ["e"], "an error is shown before a warning"


async def test_set_text_can_be_undone_and_load_cannot_and_messages_say_what_changed() -> None:
    async with opened("const a = 1;\nconst b = 2;") as (app, pilot):
        app.editor.go_to(2, 3)
        app.editor.set_text("const a = 17;\nconst b = 2;")
        assert app.editor.cursor_location == (1, 2)
        await pilot.press("ctrl+z")
        assert app.editor.text == "const a = 1;\nconst b = 2;"
        app.texts.clear()
        app.editor.load("x", "python")
        await pilot.press("ctrl+z")
        assert app.editor.text == "x"
        assert app.texts == []
        app.editor.load("ab\ncd", "python")
        await pilot.press("x", "down")
        assert app.texts == ["xab\ncd"]
        assert app.places[-1] == (2, 2)


async def test_line_commands() -> None:
    async with opened("a;\nb;") as (app, pilot):
        for key, expected in (
            ("ctrl+underscore", "// a;\nb;"),
            ("ctrl+slash", "a;\nb;"),
            ("alt+down", "b;\na;"),
            ("ctrl+d", "b;\na;\na;"),
            ("ctrl+k", "b;\na;"),
            ("home", "b;\na;"),
            ("tab", "b;\n  a;"),
            ("shift+tab", "b;\na;"),
        ):
            await pilot.press(key)
            assert app.editor.text == expected, key


async def test_a_double_click_selects_the_word() -> None:
    async with opened("const name = 1;") as (app, pilot):
        await pilot.click(CodeEditor, offset=(app.editor.gutter_width + 8, 0), times=2)
        assert app.editor.selected_text == "name"


async def test_keys_of_the_workbench_are_left_to_it() -> None:
    bindings = [binding for binding in CodeEditor.BINDINGS if isinstance(binding, Binding)]
    bound = {key for binding in bindings for key in binding.key.split(",")}
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert not bound & {
        *(f"f{number}" for number in range(1, 11)),
        "ctrl+s",
        "ctrl+q",
        "ctrl+p",
        "ctrl+n",
        "escape",
    }


async def test_read_only_text_does_not_change() -> None:
    async with opened("x") as (app, pilot):
        app.editor.read_only = True
        await pilot.press("a", "enter", "backspace", "ctrl+k", "ctrl+d", "tab")
        assert app.editor.text == "x"


async def test_after_a_long_line_the_start_of_lines_is_in_sight_again() -> None:
    async with opened("const long = '" + "x" * 40 + "';\nshort", size=(40, 10)) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        scrolled = app.editor.scroll_offset.x
        assert scrolled > 0
        await pilot.press(*["left"] * 3)
        await pilot.pause()
        assert app.editor.scroll_offset.x == scrolled, "within the long line it stays where it is"
        await pilot.press("down", "end")
        await pilot.pause()
        assert app.editor.scroll_offset.x == 0


async def test_a_short_document_takes_the_place_of_a_long_one_with_the_caret_far_down() -> None:
    async with opened("x\n" * 200) as (app, pilot):
        app.editor.go_to(150)
        await pilot.pause()
        app.editor.load("a\nb", "python")
        await pilot.pause()
        assert (app.editor.text, app.editor.cursor_location) == ("a\nb", (0, 0))
