"""What can be done with the event a draft is run with, and with what it gave."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("event.save", "Save event", "Keep the text under the event's name.", ("ctrl+s",), "Save", 3),
    Command(
        "event.choose", "Choose event", "Run the draft with another saved event.", ("ctrl+o",), "Choose", 4
    ),
    Command(
        "event.choose_handler",
        "Choose handler",
        "Run another handler of the draft, with an event of its own: what comes back from a redirect.",
        ("ctrl+t",),
        "Handler",
        5,
    ),
    Command("event.save_as", "Save event as", "Keep the text under another name.", (), "", 0),
    Command("event.reset", "Reset event", "Go back to the text the event was saved with."),
    Command("event.delete", "Delete event", "The text is gone for good; the default event always stays."),
    Command(
        "result.go_to_error", "Go to the error", "Go to the line of the error.", ("enter",), "Go to error", 3
    ),
    Command("result.copy_json", "Copy result as JSON", "Copy the whole result.", ("y",), "Copy", 4),
)
