"""What others write on the editor: faults, what ran, what was found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.document._document import Selection
from textual.pilot import Pilot
from textual.strip import Strip

from actionsmith.language.service import Diagnostic, Severity, Span
from actionsmith.tui.editor import coloured_text_area
from actionsmith.tui.editor.code_editor import CodeEditor

CODE = """const name = 'x';
if (name) {
  api.acces.deny(name);  
}
let unused = (name);"""


class EditorApp(App[None]):
    CSS = "CodeEditor { border: none; padding: 0; }"

    def __init__(self, text: str, language: str) -> None:
        super().__init__()
        self.editor = CodeEditor(text, language)
        self.reached: list[tuple[str, int, int]] = []

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.syntax_styles = {"Keyword": Style.parse("#ff0000")}
        self.editor.focus()

    @on(CodeEditor.DiagnosticReached)
    def reach(self, event: CodeEditor.DiagnosticReached) -> None:
        self.reached.append((event.diagnostic.message, event.number, event.count))


@asynccontextmanager
async def opened(
    text: str = CODE, language: str = "javascript", size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[EditorApp, Pilot[None]]]:
    app = EditorApp(text, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(300):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError("what was waited for did not happen")


def strips(editor: CodeEditor) -> list[Strip]:
    return editor.render_lines(editor.size.region)


def row_text(editor: CodeEditor, row: int) -> str:
    return strips(editor)[row].text[editor.gutter_width :].rstrip()


def gutter(editor: CodeEditor, row: int) -> str:
    return strips(editor)[row].text[: editor.gutter_width]


def styles(editor: CodeEditor, row: int, start: int, end: int) -> set[Style]:
    """The styles of some columns of a row."""
    strip = strips(editor)[row].crop(editor.gutter_width + start, editor.gutter_width + end)
    return {segment.style or Style() for segment in strip}


def style(editor: CodeEditor, row: int, start: int, end: int) -> Style:
    (only,) = styles(editor, row, start, end)
    return only


def fault(
    row: int, start: int, end: int, message: str = "wrong", severity: Severity = "error", unused: bool = False
) -> Diagnostic:
    return Diagnostic(Span(row, start, row, end), severity, message, "test", is_unused=unused)


async def test_diagnostics_are_painted_reached_and_move_with_the_text() -> None:
    async with opened() as (app, pilot):
        editor = app.editor
        editor.show_diagnostics(
            [
                fault(4, 4, 10, "'unused' is never read", "info", unused=True),
                fault(2, 2, 5, "a hint", "warning"),
                fault(2, 6, 11, "no member [acces];\nmeant: access"),
            ]
        )
        assert gutter(editor, 2).startswith("●"), "the most serious of the line"
        assert gutter(editor, 4).startswith("◆")
        assert row_text(editor, 2).endswith("no member [acces]; meant: access · a hint")
        assert style(editor, 2, 6, 11).underline
        assert style(editor, 2, 6, 11).color != style(editor, 2, 2, 5).color
        assert style(editor, 2, 2, 5).underline
        assert not style(editor, 2, 12, 16).underline
        assert style(editor, 4, 4, 10).color != style(editor, 4, 14, 18).color, "what is unused is faint"

        assert next(one.message for one in editor.diagnostics) == "a hint", "from top to bottom"
        await pilot.press("alt+g", "alt+g", "alt+g", "alt+g")
        await pilot.press("alt+shift+g")
        await pilot.pause()
        assert [(number, count) for _, number, count in app.reached] == [
            (1, 3),
            (2, 3),
            (3, 3),
            (1, 3),
            (3, 3),
        ]
        assert app.reached[1][0] == "no member [acces];\nmeant: access"
        assert editor.cursor_location == (4, 4)

        editor.insert("s", (2, 9))
        assert style(editor, 2, 6, 12).underline, "it grows with what is typed in it"
        editor.insert("\n", (0, 0))
        assert [one.span.row for one in editor.diagnostics] == [3, 3, 5]
        assert gutter(editor, 3).startswith("●")
        assert gutter(editor, 2).startswith(" ")
        editor.delete((3, 6), (3, 12))
        assert [one.message for one in editor.diagnostics] == ["a hint", "'unused' is never read"]
        assert gutter(editor, 3).startswith("▲")
        editor.undo()
        assert len(editor.diagnostics) == 2, "it comes back with the next answer"

        editor.mark(2, "warning", "from a run")
        editor.show_diagnostics([fault(5, 99, 99, "behind the end")])
        assert [one.message for one in editor.diagnostics] == ["from a run", "behind the end"]
        assert [mark.line for mark in editor.marks] == [2]
        assert not any(one.underline for one in styles(editor, 1, 0, 17)), "a mark is about the whole line"
        editor.clear_marks()
        assert [one.message for one in editor.diagnostics] == ["behind the end"]
        await pilot.resize_terminal(30, 20)
        assert "no member" not in row_text(editor, 3), "no room for a message"
        editor.load("x", "javascript")
        assert not editor.diagnostics
        app.reached.clear()
        await pilot.press("alt+g")
        assert not app.reached


async def test_what_ran_shows_until_the_next_edit() -> None:
    async with opened() as (app, pilot):
        editor = app.editor
        before = gutter(editor, 1)
        editor.show_coverage(frozenset({0, 1, 4}), frozenset({2}))
        editor.show_notes({0: "log: [1] · api.access.deny", 2: "a note"}, {2: "TypeError: no"})
        editor.show_diagnostics([fault(2, 6, 11)])
        assert ("▎" in gutter(editor, 1), "╎" in gutter(editor, 2), "▎" in gutter(editor, 3)) == (
            True,
            True,
            False,
        )
        assert gutter(editor, 1).replace("▎", " ") == before, "the numbers stay where they are"
        assert row_text(editor, 0).endswith("';  log: [1] · api.access.deny")
        assert row_text(editor, 2).endswith("wrong · TypeError: no · a note"), "the diagnostic first"
        editor.load(CODE, "javascript")
        assert "▎" in gutter(editor, 1), "true of the same text"
        await pilot.press("x")
        assert gutter(editor, 1) == before
        assert row_text(editor, 0).endswith("';")
        editor.undo()
        assert gutter(editor, 1) == before
        editor.show_coverage(frozenset({0}), frozenset())
        editor.clear_what_ran()
        assert "▎" not in gutter(editor, 0)


async def test_hits_brackets_guides_and_the_word_at_the_caret() -> None:
    async with opened() as (app, pilot):
        editor = app.editor
        plain = style(editor, 2, 6, 11)
        editor.show_hits({2: [(6, 11), (12, 16)]}, (2, 12, 16))
        hit, current = style(editor, 2, 6, 11), style(editor, 2, 12, 16)
        assert len({plain.bgcolor, hit.bgcolor, current.bgcolor}) == 3
        editor.selection = Selection((0, 0), (3, 0))
        assert style(editor, 2, 6, 11).bgcolor == hit.bgcolor, "hits show in a selection"
        assert len({one.bgcolor for one in styles(editor, 1, 0, 12)}) == 1, "the line break, too"
        editor.show_hits({})
        editor.show_labels({(2, 2): "ab", (4, 0): "c"})
        assert row_text(editor, 2).startswith("│ abi.acces")
        assert style(editor, 2, 2, 4).bgcolor != plain.bgcolor
        assert style(editor, 0, 6, 10).color != plain.color, "the text is faint"
        editor.show_labels(None)
        assert style(editor, 0, 6, 10).color == plain.color
        assert row_text(editor, 2).startswith("│ api")
        assert row_text(editor, 2).endswith(";··"), "white space at the end"
        editor.move_cursor((2, 8))
        assert row_text(editor, 2).endswith(";"), "but not under the caret"
        editor.show_white_space(guides=False, at_line_ends=True)
        assert row_text(editor, 2).startswith("  api")

        editor.move_cursor((4, 13))
        pair = editor.bracket_pair
        assert pair == ((4, 13), (4, 18))
        assert style(editor, 4, 18, 19).bgcolor != style(editor, 4, 14, 18).bgcolor
        await pilot.press("delete")
        assert editor.bracket_pair is None, "the text changed, the caret did not move"
        editor.undo()

        editor.move_cursor((4, 16))
        usual = style(editor, 0, 13, 16).bgcolor
        await until(pilot, lambda: style(editor, 0, 6, 10).bgcolor != usual)
        assert style(editor, 1, 4, 8).bgcolor == style(editor, 0, 6, 10).bgcolor
        await pilot.press("left")
        editor.move_cursor((0, 2))
        assert style(editor, 0, 6, 10).bgcolor == style(editor, 0, 13, 16).bgcolor
        lines = CODE.split("\n")
        assert editor.text.split("\n") == lines


async def test_a_key_paints_one_line_and_a_move_two(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    paint_row = coloured_text_area.paint_row

    def counted(text: str, *others: object) -> object:
        painted.append(text)
        return paint_row(text, *others)  # type: ignore[arg-type]

    async with opened("let a = (1);  \n" * 20, size=(80, 25)) as (app, pilot):
        editor = app.editor
        editor.move_cursor((7, 3))
        editor.show_diagnostics([fault(row, 4, 5) for row in range(20)])
        editor.show_hits({row: [(8, 11)] for row in range(20)})
        editor.show_coverage(frozenset(range(20)), frozenset())
        editor.insert("b", (0, 0))  # clears what ran
        strips(editor)
        await pilot.pause()
        monkeypatch.setattr(coloured_text_area, "paint_row", counted)
        await pilot.press("x")
        await pilot.pause()
        assert len(painted) == 1
        painted.clear()
        await pilot.press("down")
        await pilot.pause()
        assert len(painted) == 2
        painted.clear()
        editor.refresh()
        await pilot.pause()
        assert not painted


async def test_what_may_be_seen_next_gets_its_colours_ahead() -> None:
    async with opened("let a = 1;\n" * 5_000, size=(40, 10)) as (app, pilot):
        await until(pilot, lambda: app.editor.highlighter.settled >= 30)
        assert app.editor.highlighter.settled < 1_000, "but no more than that"
