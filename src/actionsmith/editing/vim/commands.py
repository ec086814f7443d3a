"""The commands of the normal mode that are neither a motion nor an operator and do not begin to type."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.vim import changes
from actionsmith.editing.vim.scene import Scene
from actionsmith.editing.vim.shapes import Command, Effects, Mode, Request, View
from actionsmith.editing.vim.state import Change, State
from actionsmith.editing.vim.text import difference

PlainCommand = Callable[[State, Scene, Command, View], Effects]


def rewritten(before: Sequence[str], after: Sequence[str], caret: Place) -> Edit:
    """The edit that makes one text of another, even where they are the same."""
    return difference(before, after, caret) or Edit(caret, caret, "", caret, caret)


def _changed(state: State, command: Command, edit: Edit | None) -> Effects:
    if edit is None:
        return Effects()
    state.last_change = Change(command)
    return Effects(edit=edit)


def _put(state: State, scene: Scene, command: Command, view: View) -> Effects:
    register = state.registers.read(command.register, view.clipboard)
    if register is None or not (register.text or register.linewise):
        return Effects(requests=(Request("fail", "There is nothing in the register."),))
    edit = changes.put(scene.text, scene.caret, register, command.times, before=command.name == "P")
    if edit is None:
        return Effects(requests=(Request("fail", "That would be too much text."),))
    return _changed(state, command, edit)


def _join(state: State, scene: Scene, command: Command, view: View) -> Effects:
    row = scene.caret[0]
    last = row + max(command.times, 2) - 1
    return _changed(state, command, changes.join(scene.text, row, last, spaces=command.name == "J"))


def _replace(state: State, scene: Scene, command: Command, view: View) -> Effects:
    edit = changes.replace_characters(scene.text, scene.caret, command.argument, command.times)
    return _changed(state, command, edit)


def _swap(state: State, scene: Scene, command: Command, view: View) -> Effects:
    return _changed(state, command, changes.swap_case(scene.text, scene.caret, command.times))


def _undo(state: State, scene: Scene, command: Command, view: View) -> Effects:
    return Effects(requests=(Request("undo" if command.name == "u" else "redo", number=command.times),))


def _select(state: State, scene: Scene, command: Command, view: View) -> Effects:
    state.mode = Mode.VISUAL if command.name == "v" else Mode.VISUAL_LINE
    state.anchor = scene.caret
    return Effects(caret=scene.caret)


def _select_again(state: State, scene: Scene, command: Command, view: View) -> Effects:
    if state.last_selection is None:
        return Effects()
    anchor, caret, mode = state.last_selection
    state.anchor, state.mode = scene.text.within(anchor, past_end=True), mode
    return Effects(caret=scene.text.within(caret, past_end=True))


def _scroll(state: State, scene: Scene, command: Command, view: View) -> Effects:
    """Pages and half pages: the caret goes along."""
    half, page = max(view.height // 2, 1), max(view.height - 2, 1)
    rows = {"ctrl+d": command.given or half, "ctrl+u": -(command.given or half)}.get(
        command.name, page * command.times * (1 if command.name in ("ctrl+f", "pagedown") else -1)
    )
    last = scene.text.last_row
    top = min(max(view.top + rows, 0), max(last - view.height + 1, 0))
    caret = scene.text.first_filled(min(max(scene.caret[0] + rows, 0), last))
    return Effects(caret=caret, requests=(Request("scroll", number=top),))


def _place_row(state: State, scene: Scene, command: Command, view: View) -> Effects:
    """Bring the row of the caret to the top, the middle or the bottom."""
    row = scene.caret[0]
    tops = {"zt": row, "zz": row - view.height // 2, "zb": row - view.height + 1}
    return Effects(caret=scene.caret, requests=(Request("scroll", number=max(tops[command.name], 0)),))


def _leave(state: State, scene: Scene, command: Command, view: View) -> Effects:
    save = (Request("save"),) if command.name == "ZZ" else ()
    return Effects(requests=(*save, Request("quit")))


COMMANDS: dict[str, PlainCommand] = {
    **dict.fromkeys(("p", "P"), _put),
    **dict.fromkeys(("J", "gJ"), _join),
    "r": _replace,
    "~": _swap,
    **dict.fromkeys(("u", "ctrl+r"), _undo),
    **dict.fromkeys(("v", "V"), _select),
    "gv": _select_again,
    **dict.fromkeys(("ctrl+d", "ctrl+u", "ctrl+f", "ctrl+b", "pagedown", "pageup"), _scroll),
    **dict.fromkeys(("zt", "zz", "zb"), _place_row),
    **dict.fromkeys(("ZZ", "ZQ"), _leave),
}
