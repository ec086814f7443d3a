"""The texts in the editors of the desk: the code of the open Action, and its event."""

from __future__ import annotations

from actionsmith.tui.texts.drafts import Drafts
from actionsmith.tui.texts.pane_texts import PaneTexts
from actionsmith.tui.texts.text_key import Key
from actionsmith.tui.widgets.desk import Desk


class TextsInSight:
    """Between the desk and the drafts."""

    def __init__(self, drafts: Drafts, desk: Desk) -> None:
        self._drafts, self._desk = drafts, desk
        self.code, self.event = PaneTexts(drafts, desk.code), desk.event.texts

    def take_edits(self) -> None:
        """Take note of what was typed the moment before."""
        self.code.take_edit()
        self.event.take_edit()

    def put(self, key: Key, *texts: str) -> bool:
        """Show texts one after the other, so that undo leads back through them, where `key` is edited.

        Tells whether it is in an editor; else nothing happens.
        """
        return self.code.put(key, *texts) or self.event.put(key, *texts)

    def put_back(self, key: Key) -> bool:
        """Show a recovered text; an event waits for its trigger. False: its Action is not in the editor."""
        trigger, _ = key
        if trigger:
            self._desk.event.show_restored(key)
            return True
        return self.code.put(key, self._drafts.text(key) or "")

    def moved(self) -> list[Key]:
        """Those that were saved elsewhere, the one in the pane one is in first."""
        keys = [self._desk.code.key, self._desk.event.key]
        if self._desk.pane == "event":
            keys.reverse()
        return [key for key in keys if key is not None and self._drafts.moved(key) is not None]
