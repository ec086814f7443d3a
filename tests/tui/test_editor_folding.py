"""Blocks of the editor that are hidden behind their first line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from actionsmith.language.text_change import row_change, text_change
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.folds import Folds
from actionsmith.tui.editor.shelved import shelve, unshelve

EVENT = """{
  "user": {
    "email": "a"
  },
  "roles": [
    1
  ],
  "x": 1
}"""
ROWS = 12
BLOCKS = st.lists(
    st.tuples(st.integers(0, ROWS - 2), st.integers(1, 4)).map(
        lambda block: (block[0], min(sum(block), ROWS - 1))
    ),
    max_size=4,
)


def hidden_rows(folds: Folds, count: int) -> set[int]:
    blocks = [(row, folds.last_row(row)) for row in range(count)]
    return {row for first, last in blocks if last is not None for row in range(first + 1, last + 1)}


@settings(max_examples=100, deadline=None)
@given(BLOCKS)
def test_every_row_is_on_the_line_that_counting_gives(blocks: list[tuple[int, int]]) -> None:
    folds = Folds()
    folds.fold(blocks)
    hidden = hidden_rows(folds, ROWS)
    shown = [row for row in range(ROWS) if row not in hidden]
    assert folds.hidden_count == len(hidden)
    assert [folds.row_of(line) for line in range(len(shown))] == shown
    assert [folds.line_of(row) for row in shown] == list(range(len(shown)))
    for row in hidden:
        head = folds.row_of(folds.line_of(row))
        assert head < row
        assert head not in hidden
    if hidden:
        folds.open_at(*hidden)
        assert folds.is_empty


@settings(max_examples=100, deadline=None)
@given(BLOCKS, st.integers(0, ROWS - 1), st.integers(0, 3), st.integers(0, 3))
def test_a_fold_that_an_edit_leaves_hides_the_same_lines(
    blocks: list[tuple[int, int]], first: int, removed: int, inserted: int
) -> None:
    old = [f"line {row}" for row in range(ROWS)]
    new = [*old[:first], *(f"new {row}" for row in range(inserted)), *old[first + removed :]] or [""]
    folds = Folds()
    folds.fold(blocks)
    before = {old[row] for row in hidden_rows(folds, ROWS)}
    folds.follow(text_change(old, new, row_change(old, new)))
    after = {new[row] for row in hidden_rows(folds, len(new))}
    assert after <= before


class EditorApp(App[None]):
    CSS = "CodeEditor { border: none; padding: 0; }"

    def compose(self) -> ComposeResult:
        yield CodeEditor(EVENT, "json")


async def test_what_is_folded_is_skipped_and_opens_where_the_caret_or_an_edit_goes() -> None:
    app = EditorApp()
    async with app.run_test(size=(60, 20)) as pilot:
        editor = app.query_one(CodeEditor)
        editor.focus()

        def picture() -> list[str]:
            editor.refresh()
            lines = editor.render_lines(editor.size.region)
            return [" ".join(line.text.split()) for line in lines if line.text.strip()]

        editor.move_cursor((2, 6))
        await pilot.press("alt+z")
        assert editor.cursor_location == (1, 11), "the caret stays in view"
        assert picture()[1:3] == ['2▸ │ "user": { … },', '5 │ "roles": [']
        assert editor.virtual_size.height == 7
        await pilot.press("down")
        assert editor.cursor_location == (4, 11)
        assert editor.cursor_screen_offset.y == 2
        await pilot.press("up")
        assert editor.cursor_location == (1, 11)
        editor.insert(" ", (0, 1))
        editor.insert("\n", (7, 0))
        assert picture()[1].endswith("… },"), "edits elsewhere leave it folded"
        editor.insert("\n", (0, 0))
        assert picture()[2].endswith("… },"), "it moves with the text"
        editor.move_cursor((2, 11))
        await pilot.press("delete")
        assert editor.folds.is_empty, "an edit that reaches into it opens it"
        editor.undo()
        assert editor.text == "\n" + EVENT.replace("{", "{ ", 1).replace('  "x"', '\n  "x"')

        editor.load(EVENT, "json")
        await pilot.press("alt+shift+z")
        assert [line[-4:] for line in picture()[1:3]] == ["… },", "… ],"]
        editor.go_to(3)
        assert editor.folds.last_row(1) is None, "a place that is gone to is shown"
        assert editor.folds.last_row(4) == 6
        assert editor.cursor_screen_offset.y == 2
        await pilot.click(CodeEditor, offset=(editor.gutter_width + 4, 5))
        assert editor.cursor_location == (7, 4), "the mouse finds the row behind a fold"
        await pilot.click(CodeEditor, offset=(2, 4))
        assert editor.folds.is_empty, "a click beside it opens it"
        assert editor.cursor_location == (7, 4)
        await pilot.press("alt+z")
        await pilot.press("ctrl+a")
        assert editor.selected_text == EVENT


async def test_what_is_folded_stays_so_in_a_tab_that_is_left_and_shown_again() -> None:
    app = EditorApp()
    async with app.run_test(size=(60, 5)) as pilot:
        editor = app.query_one(CodeEditor)
        editor.move_cursor((7, 0))
        editor.fold([(1, 3)])
        editor.scroll_to(y=1, animate=False, force=True, immediate=True)
        kept = shelve(editor)
        editor.load("other", "python")
        assert editor.folds.is_empty
        unshelve(editor, kept)
        await pilot.pause()
        assert editor.folds.blocks == ((1, 3),)
        assert editor.scroll_offset.y == 1
        assert editor.cursor_location == (7, 0)
