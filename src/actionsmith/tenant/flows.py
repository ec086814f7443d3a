"""Flows: which Actions run at a trigger, in which order."""

from __future__ import annotations

from actionsmith.errors import UserError
from actionsmith.tenant import rules
from actionsmith.tenant.model import Binding
from actionsmith.tenant.storage.records import ActionRecord
from actionsmith.tenant.storage.store import Store
from actionsmith.triggers import loader


class Flows:
    """The bindings of a tenant."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, trigger: str) -> list[Binding]:
        """The bound Actions in the order in which they run. Raises UserError for an unknown trigger."""
        loader.trigger(trigger)
        bound = self._store.index.flows().get(trigger, [])
        names = {record.id: record.name for record in self._store.index.actions()}
        return [Binding(names[action_id], names[action_id]) for action_id in bound if action_id in names]

    def replace(self, trigger: str, names: list[str]) -> list[str]:
        """Bind these Actions, in this order, and no others; returns warnings.

        Raises UserError when one is unknown, of another trigger, not deployed or named twice, or when there
        are more than the trigger takes (`binding.max_bound` of its contract); the flow then stays as it was.
        """
        rules.check_flow_size(trigger, len(names))
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UserError(f"'{twice}' is in the list twice; an Action is bound to {trigger} once")
        with self._store.lock():
            records = [self._store.index.action(name) for name in names]
            for record in records:
                _check_bindable(record, trigger)
            self._store.index.put_flow(trigger, [record.id for record in records])
        changed = [record.name for record in records if record.draft != record.deployed_content]
        return [f"the draft of '{name}' has changes; the flow runs its deployed version" for name in changed]


def _check_bindable(record: ActionRecord, trigger: str) -> None:
    if record.trigger != trigger:
        raise UserError(f"'{record.name}' is an Action for {record.trigger}, it cannot be bound to {trigger}")
    if record.deployed is None:
        raise UserError(f"'{record.name}' has no deployed version; deploy it, then bind it")
