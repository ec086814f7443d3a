"""The visual modes."""

from __future__ import annotations

from actionsmith.editing.edit import Place
from actionsmith.editing.vim import changes, typing
from actionsmith.editing.vim.beginning import Beginning
from actionsmith.editing.vim.grammar import OPERATORS
from actionsmith.editing.vim.objects import OBJECTS
from actionsmith.editing.vim.operating import LINES_ONLY, keep, operate
from actionsmith.editing.vim.scene import Scene
from actionsmith.editing.vim.shapes import Command, Effects, Extent, Mode, Span, View
from actionsmith.editing.vim.spans import selected_span
from actionsmith.editing.vim.state import Change, Selected, State
from actionsmith.editing.vim.text import Text

SAME = {"x": "d", "delete": "d", "s": "c", "u": "gu", "U": "gU", "~": "g~"}
OF_LINES = {"X": "d", "D": "d", "C": "c", "S": "c", "R": "c", "Y": "y"}
"""Commands that take the whole lines of a selection."""


def leave(state: State, caret: Place) -> None:
    """Back to normal mode; `gv` finds the selection again."""
    state.last_selection = Selected(state.anchor, caret, state.mode)
    state.mode = Mode.NORMAL


def command(state: State, text: Text, wanted: Command, view: View) -> Effects | None:
    """A command of the visual modes. None: it is not theirs alone."""
    name, caret = wanted.name, view.caret
    if name in ("v", "V"):
        mode = Mode.VISUAL if name == "v" else Mode.VISUAL_LINE
        if mode is state.mode:
            leave(state, caret)
        else:
            state.mode = mode
        return Effects(caret=caret)
    if name in ("o", "O"):
        state.anchor, there = caret, state.anchor
        return Effects(caret=there)
    operator = name if name in OPERATORS else SAME.get(name) or OF_LINES.get(name, "")
    if not operator and name not in ("p", "P", "J", "gJ", "r"):
        return None
    linewise = state.mode is Mode.VISUAL_LINE or name in OF_LINES or operator in LINES_ONLY
    span = selected_span(text, state.anchor, caret, linewise=linewise)
    if linewise and caret[0] >= state.anchor[0]:
        span = Span((span.start[0], 0), span.end, True)
    low, high = sorted((state.anchor, caret))
    rows = high[0] - low[0]
    extent = Extent(rows, high[1] - low[1] if not rows else high[1], linewise)
    leave(state, caret)
    return _carry_out(state, text, wanted._replace(operator=operator), view, span, extent)


def again(state: State, change: Change, view: View) -> Effects:
    """Do at the caret what was done with a selection, with as much text."""
    extent, text, (row, column) = change.extent, Text(view.lines), view.caret
    assert extent is not None
    last = min(row + extent.rows, text.last_row)
    end = (last, extent.columns if extent.rows else column + extent.columns)
    span = selected_span(text, view.caret, text.within(end, past_end=True), linewise=extent.linewise)
    if extent.linewise:
        span = Span((row, 0), span.end, True)
    return _carry_out(state, text, change.command, view, span, extent)


def _carry_out(state: State, text: Text, wanted: Command, view: View, span: Span, extent: Extent) -> Effects:
    if wanted.operator:
        done = operate(state, text, wanted, span, view.language, times=wanted.times)
        if done is None:
            return Effects(caret=span.start)
        if wanted.operator != "y":
            state.last_change = Change(wanted, extent)
        if wanted.operator == "c" and done.edit is not None:
            start = Beginning(done.edit, done.edit.caret, indented=span.linewise)
            effects = typing.start(state, wanted, start, view, extent)
            return effects._replace(caret=span.start, requests=done.requests)
        return Effects(edit=done.edit, caret=done.caret or span.start, requests=done.requests)
    state.last_change = Change(wanted, extent)
    if wanted.name in ("J", "gJ"):
        last = max(
            span.end[0] - (not span.linewise and span.end[1] == 0 and span.end > span.start),
            span.start[0] + 1,
        )
        return Effects(
            edit=changes.join(text, span.start[0], last, spaces=wanted.name == "J"), caret=span.start
        )
    if wanted.name == "r":
        return Effects(edit=changes.fill(text, span, wanted.argument), caret=span.start)
    register = state.registers.read(wanted.register, view.clipboard)
    if register is None:
        return Effects(caret=span.start)
    if wanted.name == "p":
        keep(state, "", text, span, yanked=False)
    return Effects(edit=changes.put_over(text, span, register, wanted.times), caret=span.start)


def extend(state: State, scene: Scene, wanted: Command) -> Effects:
    """Select a text object, or the next larger one where it is selected already."""
    anchor, caret = sorted((state.anchor, scene.caret))
    for times in (wanted.times, wanted.times + 1):
        target = OBJECTS[wanted.name](scene, wanted._replace(given=times))
        if target is None or target.start is None:
            return Effects()
        start, end, linewise = target.start, target.place, target.kind == "linewise"
        if target.kind == "exclusive":
            if end <= start:
                return Effects()
            end = scene.text.place(max(scene.text.offset(end) - 1, 0))
        if start < anchor or end > caret or anchor == caret:
            break
    state.anchor = start
    state.mode = Mode.VISUAL_LINE if linewise else Mode.VISUAL
    scene.memory.goal = None
    return Effects(caret=end)
