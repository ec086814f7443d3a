"""Putting a document aside with all that belongs to it, and taking it up again: what a tab of the editor is.

There is one editor; what it knows of a document beside these things it finds out anew, as after `load`.
"""

from __future__ import annotations

import msgspec
from textual.document._document import Selection
from textual.geometry import Offset

from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.step_history import StepHistory


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
