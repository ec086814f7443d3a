"""What the header says about the open Action. Pure."""

from __future__ import annotations

from actionsmith.tui.plain_text import one_line
from actionsmith.tui.tenant.snapshot import LANGUAGE_NAMES, OpenAction
from actionsmith.tui.widgets.header_line import Fact


def header_facts(tenant: str, opened: OpenAction | None, unsaved: bool) -> tuple[Fact, ...]:
    """Where one is: program, tenant, Action, trigger, language, state of the draft, deployed version."""
    place = (Fact("Actionsmith", "bold $primary", 5), Fact(f"tenant {one_line(tenant)}", "", 6))
    if opened is None:
        return place
    action = opened.action
    deployed = "not deployed" if action.deployed is None else f"v{action.deployed} deployed"
    if unsaved:
        state = Fact("● not saved", "$text-warning", 1)
    elif action.deployed is not None and action.changed:
        state = Fact("● changed", "$text-warning", 1)
    else:
        state = Fact("saved", "$text-muted", 4)
    return (
        *place,
        Fact(one_line(action.name), "bold", 0),
        Fact(action.trigger, "", 3),
        Fact(LANGUAGE_NAMES[action.language], "", 4),
        state,
        Fact(deployed, "$text-success" if action.deployed else "$text-muted", 2),
    )
