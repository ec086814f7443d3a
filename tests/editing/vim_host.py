"""A host for the vim machine without a screen: a text, an undo stack, and plain typing in insert mode."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionsmith.editing.edit import Edit, Place, apply
from actionsmith.editing.keystrokes import newline
from actionsmith.editing.vim.machine import Vim, undone
from actionsmith.editing.vim.shapes import TYPING, Effects, Request, View

NAMES = {"esc": "escape", "cr": "enter", "bs": "backspace", "lt": "<", "space": " "}


def keys_of(written: str) -> list[str]:
    """Keys as people write them: `2dw`, `cwnew<esc>`, `<c-r>`."""
    keys = []
    for named, plain in re.findall(r"<([a-z][a-z0-9-]*)>|(.)", written, re.DOTALL):
        keys.append(plain or NAMES.get(named, named.replace("c-", "ctrl+")))
    return keys


class Host:
    """What a screen does for the machine; `steps` are the texts and carets an undo goes back to."""

    def __init__(
        self, text: str, caret: Place = (0, 0), language: str = "", top: int = 0, height: int = 24
    ) -> None:
        self.lines: list[str] = text.split("\n")
        self.caret = caret
        self.language, self.top, self.height = language, top, height
        self.clipboard = ""
        self.vim = Vim()
        self.said: list[Request] = []
        self.steps: list[tuple[Sequence[str], Place]] = []
        self.undone: list[tuple[Sequence[str], Place]] = []
        self._step: tuple[Sequence[str], Place] | None = None
        self._travelled = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def view(self) -> View:
        return View(self.lines, self.caret, self.language, self.top, self.height, self.clipboard)

    def press(self, written: str) -> Host:
        for key in keys_of(written):
            self.key(key)
        return self

    def key(self, key: str) -> None:
        before = (list(self.lines), self.caret)
        self._travelled = False
        effects = self.vim.press(key, self.view)
        if not effects.handled and self.vim.mode in TYPING:
            self._type(key)
        self._carry_out(effects)
        if effects.caret is not None and (effects.edit is not None or self.vim.mode in TYPING):
            before = (before[0], effects.caret)
        if (
            self._step is None
            and not self._travelled
            and (self.lines != before[0] or self.vim.mode in TYPING)
        ):
            self._step = before
        if self._step is not None and self.vim.mode not in TYPING:
            if self._step[0] != self.lines:
                self.steps.append(self._step)
                self.undone.clear()
            self._step = None

    def _carry_out(self, effects: Effects) -> None:
        if effects.edit is not None:
            self._apply(effects.edit)
        elif effects.caret is not None:
            self.caret = effects.caret
        for request in effects.requests:
            self.said.append(request)
            if request.name == "copy":
                self.clipboard = request.argument
            elif request.name == "scroll":
                self.top = request.number
            elif request.name in ("undo", "redo"):
                for _ in range(min(request.number, 50)):
                    self._travel(request.name == "undo")

    def _travel(self, back: bool) -> None:
        self._travelled = True
        here, there = (self.steps, self.undone) if back else (self.undone, self.steps)
        if not here:
            return
        lines, caret = here.pop()
        there.append((self.lines, caret))
        self.caret = undone(lines, caret)
        self.lines = list(lines)

    def _apply(self, edit: Edit) -> None:
        self.lines = apply(self.lines, edit)
        self.caret = edit.caret

    def _type(self, key: str) -> None:
        row, column = self.caret
        if key == "enter":
            self._apply(newline(self.lines, self.caret, self.caret, self.language))
        elif key == "backspace" and (row or column):
            start = (row, column - 1) if column else (row - 1, len(self.lines[row - 1]))
            self._apply(Edit(start, self.caret, "", start, start))
        elif len(key) == 1:
            after = (row, column + 1)
            self._apply(Edit(self.caret, self.caret, key, after, after))
