"""The text in the editor of a pane, on its way to the drafts and back."""

from __future__ import annotations

from typing import Protocol

from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.text_key import Key


class TextPane(Protocol):
    """A pane with an editor for one document at a time."""

    @property
    def editor(self) -> CodeEditor: ...

    @property
    def key(self) -> Key | None:
        """Whose text is in the editor; None when there is none."""

    def untold_edit(self) -> str | None:
        """The text, if it was changed since it was last asked for or shown."""


class PaneTexts:
    """Between a pane and the drafts."""

    def __init__(self, drafts: Drafts, pane: TextPane) -> None:
        self._drafts, self._pane = drafts, pane

    def take_edit(self) -> bool:
        """Take note of what was typed, also when the message that says so is still on its way.

        Tells whether it changes what has unsaved text.
        """
        before, key = self._drafts.keys, self._pane.key
        if key is not None and (text := self._pane.untold_edit()) is not None:
            self._drafts.edited(key, text)
        return self._drafts.keys != before

    def put(self, key: Key, *texts: str) -> bool:
        """Show texts one after the other, so that undo leads back through them, and take note of the last.

        Tells whether `key` is in the editor; else nothing happens.
        """
        if self._pane.key != key:
            return False
        for text in texts:
            self._pane.editor.set_text(text)
        self.take_edit()
        return True
