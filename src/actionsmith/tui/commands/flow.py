"""What can be done with the flow of a trigger."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("flow.run", "Run flow", "Run its Actions with the chosen event.", ("f5",), "Run", 4),
    Command(
        "flow.answer",
        "Continue suspended flow",
        "Answer what the flow waits for, or answer it anew, and go on from there.",
        ("c",),
        "Continue",
        1,
    ),
    Command("flow.add", "Add Action to flow", "Add a deployed Action to the flow.", ("a",), "Add", 7),
    Command(
        "flow.remove", "Remove from flow", "Take the Action out of the flow.", ("d", "delete"), "Remove", 8
    ),
    Command(
        "flow.move_up", "Move up", "Let the Action run earlier.", ("alt+up", "K"), "Up", 9, palette=False
    ),
    Command(
        "flow.move_down",
        "Move down",
        "Let the Action run later.",
        ("alt+down", "J"),
        "Down",
        10,
        palette=False,
    ),
    Command("flow.apply", "Apply order", "Make the pending order the flow.", ("ctrl+s",), "Apply", 1),
    Command("flow.discard", "Discard order", "Forget the pending order.", ("u",), "Discard", 2),
    Command(
        "flow.choose_event", "Choose event", "Choose the event the flow is run with.", ("e",), "Event", 11
    ),
    Command(
        "flow.choose_trigger", "Choose trigger", "Show the flow of another trigger.", ("t",), "Trigger", 12
    ),
    Command(
        "flow.open_action",
        "Open Action",
        "Open the Action in the editor.",
        ("enter",),
        "Open",
        13,
        palette=False,
    ),
    Command(
        "flow.copy_json", "Copy flow result as JSON", "Copy the whole result of the flow.", ("y",), "Copy", 14
    ),
    Command(
        "flow.close",
        "Back to the workbench",
        "Leave the flow; stops a run first.",
        ("escape", "f7"),
        "Back",
        3,
    ),
    Command(
        "json_form.submit",
        "Continue the flow",
        "Give the answer, and go on.",
        ("ctrl+s",),
        "Continue",
        1,
        palette=False,
    ),
)
