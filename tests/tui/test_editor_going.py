"""Ways through a text: jumps, lines, symbols, brackets, growing selections, the clipboard."""

from __future__ import annotations

from bare_editor import bench
from textual.events import Paste
from textual.widgets import Input

from actionsmith.tui.dialogs import Prompt
from actionsmith.tui.editor.symbol_dialog import SymbolDialog

CODE = (
    "class Gate {\n  open(door) {\n    return door;\n  }\n}\nfunction shut(gate) {\n}\n"
    + "\n" * 40
    + "const end = 1;"
)


async def test_a_jump_takes_the_letters_of_a_place_and_its_label() -> None:
    async with bench(CODE) as desk:
        editor = desk.editor
        await desk.press("alt+j", "d", "o")
        labels = dict(editor.jumping._targets.labels)
        assert set(labels) == {(1, 7), (2, 11)}
        assert labels[2, 11] in "".join(segment.text for segment in editor.render_line(2))
        await desk.press(labels[2, 11])
        assert editor.cursor_location == (2, 11) and editor.text == CODE
        assert "return door;" in "".join(segment.text for segment in editor.render_line(2)), (
            "the labels are gone"
        )

        await desk.press("alt+j", "g", "escape", "alt+j", "g", "right")
        assert not editor.jumping.active and editor.cursor_location == (2, 12) and editor.text == CODE
        await desk.press("alt+j", "s", "h", "enter")
        assert editor.cursor_location == (5, 9), "enter takes the nearest"
        await desk.press("alt+j", "q")
        assert not editor.jumping.active and editor.text == CODE, "there is no q"


async def test_to_a_line_a_symbol_and_a_bracket() -> None:
    async with bench(CODE) as desk:
        editor = desk.editor
        await desk.press("ctrl+g")
        assert isinstance(desk.app.screen, Prompt)
        desk.app.screen.query_one(Input).value = "99"
        await desk.press("enter")
        assert "Line 99 does not exist: the text has 48 lines." in str(
            desk.app.screen.query_one("#fault-value").render()
        )
        desk.app.screen.query_one(Input).value = "48:7"
        await desk.press("enter")
        assert editor.cursor_location == (47, 6) and editor.has_focus

        await desk.press("ctrl+l")
        assert isinstance(desk.app.screen, SymbolDialog)
        desk.app.screen.query_one(Input).value = "e"
        await desk.press("down", "enter")
        assert editor.cursor_location == (1, 2), "the second that has an e in it"

        editor.move_cursor((0, 11))
        await desk.press("ctrl+right_square_bracket")
        assert editor.cursor_location == (4, 0)
        editor.move_cursor((2, 12))
        await desk.press("alt+o", "alt+o")
        assert desk.selected == "return door;"
        await desk.press("alt+i")
        assert desk.selected == "door"
        await desk.press("alt+d")
        assert editor.selection == ((1, 7), (1, 11))
        editor.move_cursor((5, 0))
        await desk.press("alt+right", "alt+right", "alt+shift+left")
        assert desk.selected == "shut"


async def test_copy_and_cut_take_the_line_when_nothing_is_selected() -> None:
    async with bench("a\n  b\nc") as desk:
        editor = desk.editor
        editor.move_cursor((1, 3))
        editor.action_copy()
        assert desk.app.clipboard == "  b\n"
        editor.move_cursor((2, 1))
        editor.action_paste()
        assert (editor.text, editor.cursor_location) == ("a\n  b\n  b\nc", (3, 1))
        editor.move_cursor((0, 0))
        editor.action_cut()
        assert (editor.text, desk.app.clipboard) == ("  b\n  b\nc", "a\n")
        editor.undo()
        assert (editor.text, editor.cursor_location) == ("a\n  b\n  b\nc", (0, 0))


async def test_a_paste_of_a_million_characters_is_one_step_and_whole() -> None:
    async with bench("x\n  ") as desk:
        editor = desk.editor
        editor.move_cursor((1, 2))
        block = "".join(f"    line {number}\r\n" for number in range(65_000))
        desk.app.post_message(Paste(block))
        await desk.until(lambda: editor.document.line_count > 65_000)
        lines = editor.document.lines
        assert (lines[1], lines[2], lines[65_000], len(lines)) == (
            "  line 0",
            "  line 1",
            "  line 64999",
            65_002,
        )
        editor.undo()
        assert editor.text == "x\n  "


async def test_the_caret_stays_in_view_in_a_line_begun_at_the_end() -> None:
    async with bench("".join(f"a{row} = 1\n" for row in range(40)), "python") as it:
        await it.press("ctrl+end")
        for _ in range(2):
            await it.press("enter")
            assert it.editor.visible_rows[-1] == it.editor.cursor_location[0]
        it.editor.insert("x" * 70)
        for _ in range(9):
            await it.press("x")
        assert it.editor.cursor_screen_offset.x < it.editor.scrollable_content_region.right


async def test_the_caret_stays_in_its_row_when_the_text_is_replaced_by_one_with_changes_around_it() -> None:
    async with bench("import a\nimport b\n\ndef f():\n    here = 1\n    return b\n", "python") as it:
        it.editor.move_cursor((4, 6))
        it.editor.set_text("import b\n\ndef f():\n    here = 1\n    return 2\n")
        await it.settle()
        assert it.editor.cursor_location == (3, 6)


async def test_a_click_with_shift_selects_from_the_caret() -> None:
    async with bench("one\ntwo\nthree") as desk:
        left = desk.editor.gutter_width
        desk.select((0, 1), (0, 1))
        await desk.pilot.click(desk.editor, offset=(left + 2, 2), shift=True)
        assert desk.selected == "ne\ntwo\nth"
        await desk.pilot.click(desk.editor, offset=(left + 1, 1), shift=True)
        assert desk.selected == "ne\nt"
