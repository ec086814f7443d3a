"""The commands that begin to type: where, and what they do before."""

from __future__ import annotations

from typing import NamedTuple

from actionsmith.editing.edit import Edit, Place, apply, indent_of
from actionsmith.editing.vim import changes, inserting
from actionsmith.editing.vim.inserting import Typed
from actionsmith.editing.vim.shapes import Command, View
from actionsmith.editing.vim.state import Change
from actionsmith.editing.vim.text import Text, difference

BEGINNING = ("i", "a", "I", "A", "o", "O", "R", "insert")
OPENING = ("o", "O")


class Beginning(NamedTuple):
    """An edit to make first, then where to type."""

    edit: Edit | None
    caret: Place
    indented: bool = False
    """The line is a new one; its indentation goes when nothing is typed."""

    def lines(self, view: View) -> list[str]:
        """The lines after the edit."""
        return apply(view.lines, self.edit) if self.edit else list(view.lines)


def begin(command: Command, text: Text, view: View) -> Beginning:
    """Where a command begins to type."""
    row, column = view.caret
    line = text.lines[row]
    if command.name in OPENING:
        edit = changes.open_line(text, row, view.language, above=command.name == "O")
        return Beginning(edit, edit.caret, indented=True)
    columns = {"a": min(column + 1, len(line)), "A": len(line), "I": len(indent_of(line))}
    return Beginning(None, (row, columns.get(command.name, column)))


def type_again(change: Change, beginning: Beginning, view: View) -> Edit | None:
    """What a command did and what was typed then, as one edit. None: nothing at all."""
    was = change.typed or Typed()
    command = change.command
    times = command.times if command.name in BEGINNING and not command.operator else 1
    lines, caret = beginning.lines(view), beginning.caret
    if command.name == "R":
        edit = inserting.overtype(Text(lines), caret, change.overtyped * times)
        return difference(view.lines, apply(lines, edit), edit.caret)
    is_opened = command.name in OPENING and not command.operator
    for left in reversed(range(times if is_opened else 1)):
        text = Text(lines)
        if beginning.indented and not was.text and not lines[caret[0]].strip():
            edit = Edit((caret[0], 0), (caret[0], len(lines[caret[0]])), "", (caret[0], 0), (caret[0], 0))
        else:
            edit = inserting.again(text, caret, was, 1 if is_opened else times)
        lines, caret = apply(lines, edit), edit.caret
        if left:
            end = (caret[0], len(lines[caret[0]]))
            column = len(indent_of(lines[caret[0]])) if was.text else beginning.caret[1]
            edit = Edit(end, end, "\n" + lines[caret[0]][:column], end, (caret[0] + 1, column))
            lines, caret = apply(lines, edit), edit.caret
    return difference(view.lines, lines, caret) or Edit(caret, caret, "", caret, caret)
