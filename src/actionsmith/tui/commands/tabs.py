"""What can be done with the tabs of the open Actions."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "tabs.next",
        "Next tab",
        "Show the next of the open Actions.",
        ("alt+l", "ctrl+pagedown"),
        "Next tab",
    ),
    Command(
        "tabs.previous",
        "Previous tab",
        "Show the open Action before this one.",
        ("alt+h", "ctrl+pageup"),
        "Previous tab",
    ),
    Command(
        "tabs.close",
        "Close tab",
        "Close the tab of the open Action; text that is not saved is asked about.",
        ("alt+w",),
        "Close tab",
    ),
)
