"""Vim keys in an editor: hands keys to the machine of `editing.vim`, and carries out what it says."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual.document._document import Selection
from textual.keys import _character_to_key, key_to_character
from textual.widget import Widget

from actionsmith.editing.edit import Edit, Place
from actionsmith.editing.search import Query
from actionsmith.editing.vim.machine import Vim, undone
from actionsmith.editing.vim.shapes import SELECTING, TYPING, Effects, Mode, Request, View
from actionsmith.tui.editor.assistant import Assistant
from actionsmith.tui.editor.vim_line import VimLine

if TYPE_CHECKING:
    from actionsmith.tui.editor.code_editor import CodeEditor

CHARACTERS = {_character_to_key(chr(code)): chr(code) for code in range(0x20, 0x7F)}

ACTIONS = {"save": "save", "quit": "quit", "reload": "reset"}
"""The actions of the screen, of a pane or of the app that requests mean."""

WRITING = ("tab", "enter", "backspace", "delete")
"""Keys that would write into the text if they were left to the editor."""


class VimKeys(Assistant):
    """Off until `turn`, see `VimSwitch`. In a visual mode the selection shown holds the character at the
    caret, too.

    All edits from the start of a command to the return to normal mode are one step of the undo.
    """

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self.is_on = False
        self._vim = Vim()
        self._line: VimLine | None = None
        self._caret: Place = (0, 0)
        self._shown: Selection | None = None
        self._step: ExitStack | None = None

    @property
    def mode(self) -> Mode:
        return self._vim.mode

    @property
    def visual_caret(self) -> Place | None:
        """Where the caret of a visual mode is: on a character, while the selection ends behind it."""
        is_selecting = self.is_on and self.mode in SELECTING and self.editor.selection == self._shown
        return self._caret if is_selecting else None

    def turn(self, is_on: bool) -> None:
        """Switch vim keys on or off."""
        if is_on == self.is_on:
            return
        self.is_on = is_on
        self.editor.finding.light(None)
        self._vim.reset()
        self._end_step()
        if is_on and self._line is None and self.editor.parent is not None:
            self._line = VimLine()
            self.editor.screen.call_later(self._mount_line, self._line)
        if self._line is not None:
            self._line.display = is_on
        self._show()

    def _mount_line(self, line: VimLine) -> None:
        if self.editor.is_attached and isinstance(self.editor.parent, Widget):
            self.editor.parent.mount(line, after=self.editor)

    # What an assistant hears

    def key(self, key: str) -> bool:
        if not self.is_on:
            return False
        character = CHARACTERS.get(key) or (key_to_character(key) if "_" in key else None) or key
        effects = self._press(character)
        if effects.handled or self.mode in TYPING:
            return effects.handled
        return key in WRITING

    def loaded(self) -> None:
        self._vim.reset()
        self._end_step()
        self._shown = None
        self._show()

    def remove(self) -> None:
        if self._line is not None and self._line.is_attached:
            self._line.remove()

    # From a key to the text

    def _press(self, key: str) -> Effects:
        self._see_mouse()
        was_typing = self.mode in TYPING
        effects = self._vim.press(key, self._view())
        if effects.edit is not None or (self.mode in TYPING and not was_typing):
            self._begin_step()
        if effects.edit is not None:
            self._edit(effects.edit, effects.caret)
        elif effects.caret is not None:
            self._caret = effects.caret
            self._select()
        if self.mode not in TYPING:
            self._end_step()
        self._show()
        for request in effects.requests:
            self._carry_out(request)
        return effects

    def _view(self) -> View:
        editor = self.editor
        lines = editor.document.lines
        caret = self._caret if editor.selection == self._shown else editor.selection.end
        return View(
            lines,
            caret,
            editor.syntax,
            round(editor.scroll_offset.y),
            max(editor.scrollable_content_region.height, 1),
            editor.app.clipboard,
        )

    def _see_mouse(self) -> None:
        """What was selected by other means than by vim's keys counts as selected in visual mode."""
        anchor, caret = self.editor.selection
        if self.mode in TYPING or self.editor.selection == self._shown:
            return
        if anchor != caret:
            low, high = sorted((anchor, caret))
            last = (high[0], max(high[1] - 1, 0))
            ends = (low, last) if anchor < caret else (last, low)
            self._vim.select(*ends)
            self._caret, self._shown = ends[1], self.editor.selection
        elif self.mode in SELECTING:
            self._vim.reset()

    def _edit(self, edit: Edit, before: Place | None) -> None:
        if before is not None:
            self.editor.selection = Selection.cursor(before)
        self.editor.apply_edit(edit)
        self._caret = edit.caret
        self._select()

    def _select(self) -> None:
        """Show the caret, and in a visual mode what is selected."""
        caret = self._caret
        selection = Selection.cursor(caret)
        if self.mode in SELECTING:
            anchor, lines = self._vim.state.anchor, self.editor.document.lines
            low, high = sorted((anchor, caret))
            if self.mode is Mode.VISUAL_LINE:
                low, high = (low[0], 0), (high[0], len(lines[high[0]]))
            else:
                high = (high[0], min(high[1] + 1, len(lines[high[0]])))
            selection = Selection(low, high) if anchor <= caret else Selection(high, low)
        self._shown = selection
        self.editor.selection = selection
        self.editor.scroll_cursor_visible()

    # Steps of the undo

    def _begin_step(self) -> None:
        if self._step is None:
            self._step = ExitStack()
            self._step.enter_context(self.editor.history.step())

    def _end_step(self) -> None:
        if self._step is not None:
            self._step.close()
            self._step = None

    def _undo(self, request: Request) -> None:
        editor, history = self.editor, self.editor.history
        for _ in range(request.number):  # `_original_selection` is private to TextArea's edits
            stack = history.undo_stack if request.name == "undo" else history.redo_stack
            if not stack:
                self._say(f"There is nothing to {request.name}.", fault=True)
                return
            before = stack[-1][0]._original_selection
            if request.name == "undo":
                editor.undo()
            else:
                editor.redo()
            if before is not None:
                self._caret = undone(editor.document.lines, before.end)
                self._select()

    # Requests

    def _carry_out(self, request: Request) -> None:
        editor = self.editor
        if request.name in ("undo", "redo"):
            self._undo(request)
        elif request.name == "copy":
            editor.app.copy_to_clipboard(request.argument)
        elif request.name == "scroll":
            editor.scroll_to(y=request.number, animate=False, force=True)
        elif request.name == "light":
            pattern = request.argument
            editor.finding.light(Query(pattern, case=True, pattern=True) if pattern else None)
        elif request.name in ("say", "fail"):
            self._say(request.argument, fault=request.name == "fail")
        else:
            self._run_action(ACTIONS[request.name])

    def _run_action(self, name: str) -> None:
        """Run an action of the nearest pane or screen that has it, after the ones asked for before."""
        for node in self.editor.ancestors:
            if hasattr(node, f"action_{name}") and node.check_action(name, ()):
                self.editor.app.call_later(self.editor.app.run_action, name, node)
                return
        self._say("There is nothing here to do that with.", fault=True)

    # What is seen

    def _say(self, sentence: str, *, fault: bool = False) -> None:
        if self._line is not None:
            self._line.said, self._line.is_fault = sentence, fault

    def _show(self) -> None:
        is_typing = self.is_on and self.mode in TYPING
        self.editor.set_class(is_typing, "-vim-typing")
        if self._line is not None:
            self._line.mode, self._line.pending = str(self.mode), self._vim.pending
            self._line.line, self._line.said = self._vim.line, ""
