"""What can be done on every screen and in dialogs."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("global.help", "Help", "Show every key and what it does.", ("f1",), "Help", 90, priority=True),
    Command(
        "global.command_palette",
        "Command palette",
        "Find and run any command by its name.",
        ("ctrl+p",),
        "Commands",
        91,
        palette=False,
        priority=True,
    ),
    Command(
        "global.open_log",
        "Log of executions",
        "See what ran, live, and each run as a whole.",
        ("f10",),
        "Log",
        14,
    ),
    Command("global.choose_theme", "Change theme", "Choose the colours of screen and code."),
    Command(
        "global.quit",
        "Quit",
        "Leave Actionsmith. What is not saved is kept and offered again at the next start.",
        ("ctrl+q",),
        "Quit",
        6,
        priority=True,
    ),
    Command(
        "global.interrupt",
        "Quit (pressed twice)",
        "Press twice to leave Actionsmith.",
        ("ctrl+c",),
        palette=False,
    ),
    Command("new_action.create", "Create", "Make the Action.", ("ctrl+s",), "Create", 1, palette=False),
    Command(
        "new_action.cancel", "Cancel", "Close without a change.", ("escape",), "Cancel", 2, palette=False
    ),
    Command(
        "dialog.cancel", "Close", "Close the dialog without a change.", ("escape",), "Close", 1, palette=False
    ),
)
