"""What can be done with the log of executions."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "log.search",
        "Search the log",
        "Show the executions that have a text in them.",
        ("slash",),
        "Search",
        2,
    ),
    Command(
        "log.choose_trigger", "Executions of a trigger", "Show those of one trigger.", ("t",), "Trigger", 4
    ),
    Command("log.choose_action", "Executions of an Action", "Show those of one Action.", ("a",), "Action", 5),
    Command(
        "log.choose_status", "Executions with a status", "Show those that ended so.", ("s",), "Status", 6
    ),
    Command("log.show_all", "Show all executions", "Drop the search and every filter.", ("x",), "All", 7),
    Command("log.open", "Show execution", "Show the whole execution.", ("enter",), "Show", 1, palette=False),
    Command(
        "log.pause",
        "Pause or go on",
        "Hold the view still; again: show what came meanwhile.",
        ("p",),
        "Pause",
        8,
    ),
    Command("log.clear", "Clear the view", "Empty the view; the log itself stays.", ("c",), "Clear", 9),
    Command("log.toggle_utc", "Local or UTC time", "Show times as here or as in UTC.", ("z",), "UTC", 10),
    Command(
        "log.save_json", "Save executions as JSON", "Write what is shown to a file.", ("ctrl+s",), "Save", 11
    ),
    Command("log.copy_json", "Copy execution as JSON", "Copy the chosen execution.", ("y",), "Copy", 12),
    Command(
        "log.open_action",
        "Open its Action",
        "Open the Action of the execution in the editor.",
        ("o",),
        "Open",
        13,
    ),
    Command(
        "log.close",
        "Back",
        "Leave the log; from an execution: back to the list.",
        ("escape", "f10"),
        "Back",
        3,
    ),
    Command(
        "log_search.done",
        "Back to the list",
        "Keep the search and go back to the list.",
        ("enter", "down"),
        "Done",
        1,
        palette=False,
    ),
    Command(
        "log_search.drop",
        "Drop the search",
        "Show the executions without the search.",
        ("escape",),
        "Drop",
        2,
        palette=False,
    ),
)
