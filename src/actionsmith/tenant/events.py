"""Saved events: what Actions are tried out with."""

from __future__ import annotations

from tinydb import where

from actionsmith.errors import UserError, did_you_mean
from actionsmith.tenant import rules
from actionsmith.tenant.model import SavedEvent
from actionsmith.tenant.moved import refuse_moved
from actionsmith.tenant.storage.records import EventRecord, now
from actionsmith.tenant.storage.store import Store
from actionsmith.triggers import loader

TABLE = "events"


class Events:
    """The saved events of a tenant, by trigger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, trigger: str) -> list[SavedEvent]:
        """The saved events of a trigger by name. Raises UserError for an unknown trigger."""
        loader.trigger(trigger)
        records = self._store.events.all(TABLE, EventRecord)
        events = [
            SavedEvent(item.trigger, item.name, item.text) for item in records if item.trigger == trigger
        ]
        return sorted(events, key=lambda event: event.name.casefold())

    def get(self, trigger: str, name: str) -> SavedEvent:
        """One saved event. Raises UserError with the nearest name."""
        events = self.all(trigger)
        for event in events:
            if event.name == name:
                return event
        raise _unknown(trigger, name, [event.name for event in events])

    def save(self, trigger: str, name: str, text: str, over: str | None) -> SavedEvent:
        """Keep a text under a name, in place of the one of that name. The text need not be right JSON yet.

        Raises MovedError when there is another text of that name than `over`, if given.
        """
        loader.trigger(trigger)
        record = EventRecord(
            trigger=trigger, name=rules.check_name(name, "an event"), text=text, updated_at=now()
        )
        with self._store.lock():
            for before in self.all(trigger):
                if before.name == record.name:
                    refuse_moved(f"the event '{record.name}' of {trigger}", before.text, text, over)
            same = (where("trigger") == record.trigger) & (where("name") == record.name)
            self._store.events.put(TABLE, record, same)
        return SavedEvent(record.trigger, record.name, record.text)

    def delete(self, trigger: str, name: str) -> None:
        """Remove a saved event. Raises UserError when there is none of that name."""
        with self._store.lock():
            same = (where("trigger") == trigger) & (where("name") == name)
            if not self._store.events.remove(TABLE, same):
                raise _unknown(trigger, name, [event.name for event in self.all(trigger)])


def _unknown(trigger: str, name: str, known: list[str]) -> UserError:
    return UserError(f"{trigger} has no saved event '{name}'{did_you_mean(name, known)}")
