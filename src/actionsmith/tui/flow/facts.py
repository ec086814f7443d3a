"""What the flow screen shows of a tenant, read in one go. It blocks: call it off the screen's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from actionsmith.tenant.model import Action
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
from actionsmith.triggers.event_text import parse_event
from actionsmith.triggers.model import Trigger

DEFAULT_EVENT = ""
"""Stands for the contract's own event where the name of a saved one is expected."""


class TriggerCount(msgspec.Struct, frozen=True):
    """How many Actions are bound to a trigger, and how many could be."""

    id: str
    bound: int
    deployed: int


class FlowFacts(msgspec.Struct, frozen=True):
    """What the tenant holds for one trigger: the stored order, its Actions by name, its saved events."""

    trigger: Trigger
    stored: tuple[str, ...] = ()
    actions: dict[str, Action] = msgspec.field(default_factory=dict)
    events: tuple[str, ...] = ()
    counts: tuple[TriggerCount, ...] = ()

    @property
    def deployed(self) -> tuple[str, ...]:
        """The names of the Actions that may be bound."""
        return tuple(name for name, action in self.actions.items() if action.deployed is not None)


def read(tenant: Tenant, trigger_id: str) -> FlowFacts:
    """The flow of a trigger as the tenant has it now. Raises UserError when it cannot be read."""
    actions = tenant.actions()
    counts = (
        TriggerCount(
            other,
            len(tenant.flow(other)),
            sum(action.trigger == other and action.deployed is not None for action in actions),
        )
        for other in loader.trigger_ids()
    )
    return FlowFacts(
        trigger=loader.trigger(trigger_id),
        stored=tuple(binding.action for binding in tenant.flow(trigger_id)),
        actions={action.name: action for action in actions if action.trigger == trigger_id},
        events=tuple(event.name for event in tenant.events(trigger_id)),
        counts=tuple(counts),
    )


def read_event(tenant: Tenant, trigger_id: str, name: str) -> dict[str, Any]:
    """A saved event, or the default one, as data. Raises UserError when its text is no JSON object."""
    if name == DEFAULT_EVENT:
        return parse_event(loader.default_event_text(trigger_id), name="the default event")
    return parse_event(tenant.event(trigger_id, name).text, name=f"the event '{name}'")


def event_title(name: str) -> str:
    """What an event is called on the screen."""
    return "default event" if name == DEFAULT_EVENT else name
