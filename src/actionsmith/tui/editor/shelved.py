"""Putting a document aside with all that belongs to it, and taking it up again: what a tab of the editor is.

There is one editor; what it knows of a document beside these things it finds out anew, as after `load`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import msgspec
from textual.document._document import Selection
from textual.geometry import Offset

from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.step_history import StepHistory

K = TypeVar("K", bound=Hashable)


class Shelved(msgspec.Struct, frozen=True):
    """A document that is not shown: its text, what can be undone, the selection, folds, what was in sight."""

    text: str
    language: str
    history: StepHistory
    selection: Selection
    folds: tuple[tuple[int, int], ...]
    scroll: Offset


def shelve(editor: CodeEditor) -> Shelved:
    """Take the document out of the editor, which is to load another one now."""
    history = editor.history
    history.checkpoint()
    editor.history = StepHistory.new()  # `load` empties the history it finds
    folds = editor.folds.blocks
    return Shelved(editor.text, editor.syntax, history, editor.selection, folds, editor.scroll_offset)


def unshelve(editor: CodeEditor, kept: Shelved) -> None:
    """Show a document again as it was left. Posts no `Edited`."""
    editor.load(kept.text, kept.language)
    editor.history = kept.history
    editor.selection = kept.selection
    editor.fold(kept.folds)
    editor.record_cursor_width()
    editor.scroll_to(*kept.scroll, animate=False, force=True, immediate=True)


class Shelf(Generic[K]):
    """The documents of one editor by a key. One is shown, the others wait as they were left."""

    def __init__(self) -> None:
        self._waiting: dict[K, Shelved] = {}
        self._told = ""
        self.shown: K | None = None

    def show(self, editor: CodeEditor, key: K, saved: str, unsaved: str | None, language: str) -> None:
        """Show a document with its unsaved text, else with the saved one. One shown before keeps caret and
        undo; the one that is in the editor has its unsaved text already.
        """
        text = saved if unsaved is None else unsaved
        if key == self.shown:
            if unsaved is None and editor.text != text:
                editor.set_text(text)
        else:
            if self.shown is not None:
                self._waiting[self.shown] = shelve(editor)
            kept = self._waiting.pop(key, None)
            if kept is None:
                editor.load(text, language)
            else:
                unshelve(editor, kept)
                editor.set_text(text)
            self.shown = key
        self._told = editor.text

    def untold_edit(self, editor: CodeEditor) -> str | None:
        """The text in the editor, if it was changed since it was last asked for or shown."""
        text = editor.text
        if text == self._told:
            return None
        self._told = text
        return text

    def rename(self, key: K, new_key: K) -> None:
        """Let a document be that of another key, whose own is forgotten."""
        self._waiting.pop(new_key, None)
        if self.shown == key:
            self.shown = new_key
        elif (kept := self._waiting.pop(key, None)) is not None:
            self._waiting[new_key] = kept

    def keep(self, is_wanted: Callable[[K], bool]) -> None:
        """Forget the documents that wait and are not wanted any more."""
        self._waiting = {key: kept for key, kept in self._waiting.items() if is_wanted(key)}
