"""How one gets from one pane of the workbench to another, and where they are."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "panes.show_actions",
        "Go to Actions",
        "Choose, rename or delete an Action.",
        ("f2",),
        "Actions",
        20,
    ),
    Command("panes.show_code", "Go to code", "Write the draft of the open Action.", ("f3",), "Code", 21),
    Command(
        "panes.show_panel",
        "Go to secrets, modules, versions",
        "What the open Action has beside its code; again: the next of them.",
        ("f4",),
        "Panel",
        12,
    ),
    Command(
        "panes.show_test",
        "Go to event and result",
        "What the draft is run with; again: what it gave.",
        ("f6",),
        "Test",
        9,
    ),
    Command(
        "panes.toggle_split",
        "Event beside or below",
        "Show event and result at the right of the code, or below it.",
    ),
)
