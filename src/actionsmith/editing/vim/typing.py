"""Insert and replace mode."""

from __future__ import annotations

from actionsmith.editing.edit import Edit, Place, apply, indent_of
from actionsmith.editing.vim import inserting
from actionsmith.editing.vim.beginning import BEGINNING, OPENING, Beginning
from actionsmith.editing.vim.inserting import Insertion
from actionsmith.editing.vim.shapes import Command, Effects, Extent, Mode, View
from actionsmith.editing.vim.state import Change, State
from actionsmith.editing.vim.text import Text

MOVING = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "ctrl+left", "ctrl+right")
"""Keys after which typing begins anew: what comes then is what the dot repeats."""


def start(
    state: State, command: Command, beginning: Beginning, view: View, extent: Extent | None = None
) -> Effects:
    """Go into insert or replace mode."""
    lines = beginning.lines(view)
    text, (row, column) = Text(lines), beginning.caret
    is_fresh = beginning.indented and not lines[row].strip() and column > 0
    state.insertion = Insertion(command, text.flat, text.offset((row, column)), extent, is_fresh)
    state.mode = Mode.REPLACE if command.name == "R" and not command.operator else Mode.INSERT
    state.last_typed = ""
    state.memory.goal = None
    if beginning.edit is not None:
        return Effects(edit=beginning.edit._replace(anchor=beginning.caret, caret=beginning.caret))
    return Effects(caret=beginning.caret)


def press(state: State, key: str, view: View) -> Effects:
    """A key in insert or replace mode; all but escape and what replace mode types over is the host's."""
    if state.insertion is None:
        text = Text(view.lines)
        state.insertion = Insertion(Command("i"), text.flat, text.offset(view.caret))
    if key == "escape":
        return _leave(state, state.insertion, view)
    if key in MOVING:
        state.insertion = None
        return Effects(handled=False)
    state.last_typed = key
    if state.mode is Mode.REPLACE:
        return _overtype(state, state.insertion, key, view)
    return Effects(handled=False)


def _overtype(state: State, insertion: Insertion, key: str, view: View) -> Effects:
    row, column = view.caret
    line = view.lines[row]
    letter = {"enter": "\n", "tab": "\t"}.get(key, key)
    if key == "backspace":
        if not insertion.overtyped:
            return Effects(caret=(row, max(column - 1, 0)))
        there = (row, column - 1) if column else (row - 1, len(view.lines[row - 1]))
        edit = Edit(there, view.caret, insertion.replaced[-1], there, there)
        state.insertion = insertion._replace(
            overtyped=insertion.overtyped[:-1], replaced=insertion.replaced[:-1]
        )
        return Effects(edit=edit)
    if len(letter) > 1:
        return Effects(handled=False)
    was = "" if letter == "\n" else line[column : column + 1]
    state.insertion = insertion._replace(
        overtyped=(*insertion.overtyped, letter), replaced=(*insertion.replaced, was)
    )
    edit = inserting.overtype(Text(view.lines), view.caret, letter)
    there = (edit.caret[0], edit.caret[1] + 1) if letter != "\n" else (row + 1, len(indent_of(line[:column])))
    return Effects(edit=edit._replace(anchor=there, caret=there))


def _leave(state: State, insertion: Insertion, view: View) -> Effects:
    """Back to normal mode: the count of the command, the indentation nobody wanted, what the dot repeats."""
    text, command = Text(view.lines), insertion.command
    was = inserting.typed(insertion, text, view.caret)
    is_replacing = state.mode is Mode.REPLACE
    state.mode, state.insertion = Mode.NORMAL, None
    state.last_change = Change(command, insertion.extent, was, "".join(insertion.overtyped))
    row, column = view.caret
    times = command.times - 1 if command.name in BEGINNING and not command.operator else 0
    line = text.lines[row]
    untouched = (insertion.indented and not state.last_typed) or state.last_typed == "enter"
    if untouched and line and not line.strip():
        edit: Edit | None = Edit((row, 0), (row, len(line)), "", (row, 0), (row, 0))
        return Effects(edit=_opened(text, row, "", times, edit) if command.name in OPENING else edit)
    left = (row, max(column - 1, 0))
    if not times or not (was.text or insertion.overtyped or command.name in OPENING):
        return Effects(caret=left)
    if is_replacing:
        return Effects(edit=inserting.overtype(text, view.caret, "".join(insertion.overtyped) * times))
    if command.name in OPENING:
        indent = insertion_column(insertion)
        return Effects(edit=_opened(text, row, line[:indent] + was.text, times, None))
    return Effects(edit=inserting.again(text, view.caret, was._replace(after=0), times))


def insertion_column(insertion: Insertion) -> int:
    """The column where it began."""
    return insertion.at - (insertion.before.rfind("\n", 0, insertion.at) + 1)


def _opened(text: Text, row: int, line: str, times: int, first: Edit | None) -> Edit:
    """More lines like the one that was typed below it, after a first edit of that one."""
    lines = apply(text.lines, first) if first else list(text.lines)
    start: Place = (row, 0) if first else (row, len(lines[row]))
    end = (row, len(text.lines[row]))
    new = f"\n{line}" * times
    column = max(len(line.rpartition("\n")[2]) - 1, 0)
    caret = (row + new.count("\n"), column)
    return Edit(start, end, new, caret, caret)
