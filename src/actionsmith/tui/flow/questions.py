"""What the flow screen asks: which Action, which event, which trigger, what of a pending order."""

from __future__ import annotations

from actionsmith.errors import UserError
from actionsmith.tui.actions import key_hint
from actionsmith.tui.dialogs import Choice, Choose
from actionsmith.tui.flow.facts import DEFAULT_EVENT, FlowFacts, event_title
from actionsmith.tui.flow.pending_order import PendingOrder
from actionsmith.tui.flow.view import counted, pending_text, version_text
from actionsmith.tui.plain_text import one_line


def which_action(facts: FlowFacts, order: PendingOrder) -> Choose:
    """Asks which deployed Action is to be added. Raises UserError when there is none, or no room for it."""
    trigger = facts.trigger
    if len(order.names) >= trigger.binding.max_bound:
        most = counted(trigger.binding.max_bound, "Action")
        raise UserError(f"{trigger.id} takes at most {most}; remove one first (d)")
    free = [name for name in facts.deployed if name not in order.names]
    if not free:
        raise UserError(
            f"there is no other deployed Action for {trigger.id}; deploy one in the workbench "
            f"({key_hint('workbench.deploy')})"
        )
    choices = [Choice(name, name, version_text(facts.actions[name])) for name in free]
    return Choose(f"Add to {trigger.id}", choices)


def which_event(facts: FlowFacts, current: str) -> Choose:
    """Asks for the name of an event; the default event has the empty name."""
    names = (DEFAULT_EVENT, *facts.events)
    return Choose("Event", [Choice(name, one_line(event_title(name))) for name in names], current=current)


def which_trigger(facts: FlowFacts) -> Choose:
    """Asks for the id of a trigger."""
    choices = [Choice(count.id, count.id, counted(count.bound, "Action")) for count in facts.counts]
    return Choose("Trigger", choices, current=facts.trigger.id)


def what_of_pending(trigger: str, order: PendingOrder) -> Choose:
    """Asks what is to become of a pending order: `apply`, `discard`, or `stay`."""
    choices = [
        Choice("apply", "Apply it"),
        Choice("discard", "Discard it"),
        Choice("stay", "Stay here"),
    ]
    text = f"The order of {trigger} is not applied yet: {pending_text(order)}."
    return Choose("Pending order", choices, text=text)
