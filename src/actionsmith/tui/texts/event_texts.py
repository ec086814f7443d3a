"""The events that were changed and not saved: kept in the journal as code is."""

from __future__ import annotations

from actionsmith.tenant.journal import Recovered
from actionsmith.tui.texts.kept_texts import KeptTexts
from actionsmith.tui.widgets.event_pane import EventPane, Slot


class EventTexts:
    """Follows the event pane. Each of its slots, a trigger and a handler, has one event at a time."""

    def __init__(self, kept: KeptTexts, pane: EventPane) -> None:
        self._kept, self._pane = kept, pane
        self._unsaved: dict[Slot, tuple[str, str]] = {}

    def follow(self, change: EventPane.TextChanged) -> None:
        """Take note of the event that a slot has now."""
        before = self._unsaved.pop(change.slot, None)
        trigger, _ = change.slot
        if change.text != change.saved:
            self._unsaved[change.slot] = change.name, change.text
            if before != (change.name, change.text):
                self._kept.keep((trigger, change.name), change.text, change.saved)
        if before is not None and not self._has(trigger, before[0]):
            self._kept.forget((trigger, before[0]))

    def restore(self, found: Recovered, saved: str) -> None:
        """Put a recovered event back into the pane. One of its name is left to the next start."""
        self._kept.lay_by((found.trigger, found.action))
        self._kept.take_over(found, saved)
        self._unsaved[self._pane.restore(found.trigger, found.action, found.text)] = found.action, found.text

    def _has(self, trigger: str, name: str) -> bool:
        return any(slot[0] == trigger and kept == name for slot, (kept, _) in self._unsaved.items())
