"""The text in the editor, on its way to the drafts and back: as `event_texts` is for events."""

from __future__ import annotations

from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.widgets.code_pane import CodePane


class CodeTexts:
    """Between the pane of the open Action and the drafts."""

    def __init__(self, drafts: Drafts, pane: CodePane) -> None:
        self._drafts, self._pane = drafts, pane

    def take_edit(self) -> bool:
        """Take note of what was typed, also when the message that says so is still on its way.

        Tells whether it changes which Actions have unsaved text.
        """
        before = self._drafts.unsaved
        if self._pane.opened is not None and (text := self._pane.untold_edit()) is not None:
            self._drafts.edited(self._pane.opened.action.name, text)
        return self._drafts.unsaved != before

    def put(self, name: str, *texts: str) -> bool:
        """Show texts one after the other, so that undo leads back through them.

        Tells whether the Action is in the editor; else nothing happens.
        """
        opened = self._pane.opened
        if opened is None or opened.action.name != name:
            return False
        for text in texts:
            self._pane.editor.set_text(text)
        return True
