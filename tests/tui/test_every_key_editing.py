"""Every key of the editor that writes, moves or selects does on the workbench what the registry says."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from drive import Desk, OpenDesk
from key_rows import Give, Rows
from marked_text import parsed
from textual.document._document import Selection

from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.editor.code_editor import CodeEditor

LONG = "\n".join(f"line {number}" for number in range(200))

EDITS = {
    "editor.toggle_comment": ("a|b", "// a|b"),
    "editor.move_lines_up": ("a\nb|\nc", "b|\na\nc"),
    "editor.move_lines_down": ("a\nb|\nc", "a\nc\nb|"),
    "editor.duplicate_lines": ("a|b\nc", "ab\na|b\nc"),
    "editor.delete_lines": ("a\nb|\nc", "a\nc|"),
    "editor.indent": ("a|b", "  a|b"),
    "editor.dedent": ("  a|b", "a|b"),
    "editor.select_all": ("a|b\nc", "^ab\nc|"),
    "editor.go_to_bracket": ("f|(a, [b])", "f(a, [b]|)"),
    "editor.select_more": ('f("a wo|rd")', 'f("a ^word|")'),
    "editor.select_next_occurrence": ("^one| two one", "one two ^one|"),
    "editor.select_previous_occurrence": ("one two ^one|", "^one| two one"),
    "editor.join_lines": ("a|\n  b", "a| b"),
    "editor.sort_lines": ("^b\nc\na|", "^a\nb\nc|"),
    "editor.trim_lines": ("a|  \nb \t", "a|\nb"),
    "editor.delete_left": ("ab|c", "a|c"),
    "editor.delete_right": ("a|bc", "a|c"),
    "editor.delete_word_left": ("one two|", "one |"),
    "editor.delete_word_right": ("|one two", "| two"),
}
"""Texts before and after a key; `|` is the caret, `^` the other end of the selection."""

MOVES = {
    "cursor_up": ("one\nt|wo", "o|ne\ntwo"),
    "cursor_down": ("o|ne\ntwo", "one\nt|wo"),
    "cursor_left": ("one|", "on|e"),
    "cursor_right": ("o|ne", "on|e"),
    "cursor_word_left": ("one two|", "one |two"),
    "cursor_word_right": ("|one two", "one| two"),
    "cursor_line_start": ("a\non|e", "a\n|one"),
    "cursor_line_end": ("on|e\nb", "one|\nb"),
    "cursor_part_left": ("a getName|", "a get|Name"),
    "cursor_part_right": ("a |getName", "a get|Name"),
    "text_start": ("one\ntw|o", "|one\ntwo"),
    "text_end": ("o|ne\ntwo", "one\ntwo|"),
}

ROWS = Rows()


def editor(desk: Desk) -> CodeEditor:
    return desk.screen.desk.code.editor


def write(desk: Desk, marked: str) -> None:
    """Show this text and selection, with nothing to undo."""
    lines, anchor, caret = parsed(marked)
    editor(desk).load("\n".join(lines), "javascript")
    editor(desk).selection = Selection(anchor, caret)


def stands(desk: Desk, marked: str) -> None:
    """The text and the selection are these."""
    lines, anchor, caret = parsed(marked)
    assert editor(desk).text == "\n".join(lines)
    assert editor(desk).selection == (anchor, caret)


def _turns(before: str, after: str) -> Callable[[Desk, Give], object]:
    async def row(desk: Desk, give: Give) -> None:
        write(desk, before)
        await give()
        stands(desk, after)

    return row


def _selects(before: str, after: str) -> Callable[[Desk, Give], object]:
    """The same way, and what lies on it is selected."""

    async def row(desk: Desk, give: Give) -> None:
        write(desk, before)
        await give()
        lines, _, caret = parsed(after)
        assert editor(desk).text == "\n".join(lines)
        assert editor(desk).selection == (parsed(before)[2], caret)

    return row


for command_id, texts in EDITS.items():
    ROWS.of(command_id)(_turns(*texts))  # type: ignore[arg-type]
for move, texts in MOVES.items():
    ROWS.of(f"editor.{move}")(_turns(*texts))  # type: ignore[arg-type]
    ROWS.of(f"editor.{move}_select")(_selects(*texts))  # type: ignore[arg-type]


@ROWS.of("editor.page_up")
async def page_up(desk: Desk, give: Give) -> None:
    write(desk, LONG + "|")
    await desk.settle()
    await give()
    row = editor(desk).cursor_location[0]
    assert 199 - 2 * editor(desk).size.height < row < 199 - editor(desk).size.height / 2
    assert row in editor(desk).visible_rows


@ROWS.of("editor.page_down")
async def page_down(desk: Desk, give: Give) -> None:
    write(desk, "|" + LONG)
    await give()
    row = editor(desk).cursor_location[0]
    assert editor(desk).size.height / 2 < row < 2 * editor(desk).size.height
    assert row in editor(desk).visible_rows


@ROWS.of("editor.undo")
async def undo(desk: Desk, give: Give) -> None:
    write(desk, "a|")
    editor(desk).action_edit("duplicate")
    await give()
    stands(desk, "a|")


@ROWS.of("editor.redo")
async def redo(desk: Desk, give: Give) -> None:
    write(desk, "a|")
    editor(desk).action_edit("duplicate")
    editor(desk).undo()
    await give()
    stands(desk, "a\na|")


@ROWS.of("editor.copy")
async def copy(desk: Desk, give: Give) -> None:
    write(desk, "a^b|c")
    await give()
    stands(desk, "a^b|c")
    assert desk.app.clipboard == "b"


@ROWS.of("editor.cut")
async def cut(desk: Desk, give: Give) -> None:
    write(desk, "x^y|z")
    await give()
    stands(desk, "x|z")
    assert desk.app.clipboard == "y"


@ROWS.of("editor.paste")
async def paste(desk: Desk, give: Give) -> None:
    desk.app.copy_to_clipboard("new")
    write(desk, "a^b|c")
    await give()
    stands(desk, "anew|c")


@ROWS.of("editor.select_less")
async def select_less(desk: Desk, give: Give) -> None:
    write(desk, 'f("a wo|rd")')
    editor(desk).action_select_more()
    await give()
    stands(desk, 'f("a wo|rd")')


@ROWS.of("editor.fold")
async def fold(desk: Desk, give: Give) -> None:
    write(desk, "if (a) {\n  |b;\n}\nc;")
    await give()
    assert list(editor(desk).visible_rows) == [0, 3], "the block is behind its first line"
    assert editor(desk).cursor_location[0] == 0
    await give()
    assert list(editor(desk).visible_rows) == [0, 1, 2, 3]


@ROWS.of("editor.fold_all")
async def fold_all(desk: Desk, give: Give) -> None:
    write(desk, "if (a) {\n  b;\n}\nif (c) {\n  |d;\n}\ne;")
    await give()
    assert list(editor(desk).visible_rows) == [0, 3, 6]
    await give()
    assert list(editor(desk).visible_rows) == list(range(7))


@ROWS.of("editor.toggle_vim")
async def toggle_vim(desk: Desk, give: Give) -> None:
    write(desk, "|abc")
    await give()
    await desk.pilot.press("x")
    stands(desk, "|bc")
    await give()
    await desk.pilot.press("x")
    stands(desk, "x|bc")


@ROWS.of("editor.edit_outside")
async def edit_outside(desk: Desk, give: Give) -> None:
    """The environment's editor writes `b` in the place of `a`, see the test."""
    write(desk, "|a")
    await give()
    await desk.until(lambda: editor(desk).text == "b")


async def test_every_key_that_writes_moves_or_selects(
    workbench: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('b')")
    monkeypatch.setenv("VISUAL", shlex.join([sys.executable, str(script)]))
    monkeypatch.setattr(ActionsmithApp, "suspend", _not_suspended)
    async with workbench() as desk:

        async def begin() -> None:
            editor(desk).focus()

        await ROWS.check(desk, begin, at_once=True)


@contextmanager
def _not_suspended(_: object) -> Iterator[None]:
    """A screen that is not a terminal has nothing to hand over."""
    yield
