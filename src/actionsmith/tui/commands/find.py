"""What can be done in the bar that finds and replaces."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command


def _command(name: str, title: str, help_: str, keys: str, label: str, bar: int, does: str = "") -> Command:
    return Command(f"find.{name}", title, help_, tuple(keys.split(",")), label, bar, palette=False, does=does)


COMMANDS: tuple[Command, ...] = (
    _command("next", "Next hit", "Go to the next hit.", "alt+n", "Next", 2, "go(1)"),
    _command("previous", "Previous hit", "Go to the hit before.", "alt+p", "Previous", 3, "go(-1)"),
    _command("close", "Close", "Close the bar; the hit stays selected.", "escape", "Close", 1),
    _command(
        "replace_all", "Replace all", "Replace every hit, as one step to undo.", "alt+a", "Replace all", 4
    ),
    _command("toggle_replace", "Replace", "Show or hide the replacement.", "ctrl+r", "Replace", 5),
    _command("case", "Match case", "Capitals and small letters differ.", "alt+c", "Aa", 6, "switch('case')"),
    _command("word", "Whole words", "Find whole words only.", "alt+w", "Word", 7, "switch('word')"),
    _command(
        "pattern",
        "Regular expression",
        "The text is a pattern; $1 in the replacement is its first group.",
        "alt+x",
        "Pattern",
        8,
        "switch('pattern')",
    ),
    _command(
        "scope",
        "In the selection",
        "Search only what was selected.",
        "alt+l",
        "Selection",
        9,
        "switch('scope')",
    ),
    _command("select_text", "Write another", "Select what is searched for.", "ctrl+f", "", 0),
    _command("older", "Search before", "Search again for what was searched for before.", "up", "", 0),
    _command("newer", "Search after", "Back to what was searched for later.", "down", "", 0),
)
