"""What can be done with what an Action has beside its code."""

from __future__ import annotations

from actionsmith.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    Command("secrets.add", "Add secret", "Add a secret or a plain setting to the draft.", ("a",), "Add", 3),
    Command(
        "secrets.replace", "Replace secret's value", "Give the secret another value.", ("e",), "Replace", 4
    ),
    Command(
        "secrets.delete",
        "Delete secret",
        "Take it out of the draft; versions keep it.",
        ("d", "delete"),
        "Delete",
        5,
    ),
    Command("modules.add", "Add module", "Add an npm or PyPI package.", ("a",), "Add", 3),
    Command(
        "modules.remove", "Remove module", "Take the package out of the draft.", ("d", "delete"), "Remove", 4
    ),
    Command(
        "modules.cancel",
        "Cancel installation",
        "End the installation of a package; the draft stays as it is.",
        ("escape",),
        "Cancel",
        5,
    ),
    Command(
        "versions.show_diff", "Compare version", "Show how the version differs.", ("enter",), "Compare", 3
    ),
    Command(
        "versions.rollback",
        "Roll back to version",
        "Make a new version from this one and deploy it.",
        ("r",),
        "Roll back",
        4,
    ),
)
