"""The one registry of commands: what can be done, in which context, with which keys.

Key bindings, the command bar, the command palette and the help screen are built from it. A command
`workbench.run` belongs to the context `workbench` and is carried out by the method `action_run` of
the screen or widget whose `CONTEXT` is `workbench`.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from textual.binding import Binding, BindingType


class Command(msgspec.Struct, frozen=True):
    """One thing a person can do.

    `label` is the short word of the command bar, `title` the palette's and the help's. `bar` is its
    rank in the command bar: the highest goes first where there is no room; 0 keeps it out. `priority`
    keys work whatever has the focus, in dialogs too. `does` is the action when it is not the last part
    of the id.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...] = ()
    label: str = ""
    bar: int = 0
    palette: bool = True
    priority: bool = False
    does: str = ""

    @property
    def context(self) -> str:
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        return self.does or self.id.partition(".")[2]


CONTEXT_TITLES = {
    "global": "Everywhere",
    "workbench": "Workbench",
    "actions": "List of Actions",
    "secrets": "Secrets",
    "modules": "Modules",
    "versions": "Versions",
    "event": "Event",
    "result": "Result",
    "editor": "Editor",
    "flow": "Flow",
    "new_action": "New Action",
    "dialog": "Dialogs and their fields",
}

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
    Command("global.choose_theme", "Change theme", "Choose the colours of screen and code."),
    Command(
        "global.quit",
        "Quit",
        "Leave Actionsmith. Text that is not saved is kept and offered again at the next start.",
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
    Command(
        "workbench.run", "Run draft", "Run the draft with the event; again: run anew.", ("f5",), "Run", 1
    ),
    Command("workbench.stop", "Stop the run", "Stop the Action that is running.", ("escape",), "Stop", 2),
    Command("workbench.save", "Save draft", "Save the code of the draft.", ("ctrl+s",), "Save", 7),
    Command("workbench.deploy", "Deploy", "Make a version of the draft and deploy it.", ("f8",), "Deploy", 8),
    Command(
        "workbench.open_flow", "Flow", "Order the Actions of a trigger and run them.", ("f7",), "Flow", 10
    ),
    Command(
        "workbench.new_action",
        "New Action",
        "Make a new Action, blank or from a sample.",
        ("f9", "ctrl+n"),
        "New",
        11,
    ),
    Command(
        "workbench.show_actions",
        "Go to Actions",
        "Choose, rename or delete an Action.",
        ("f2",),
        "Actions",
        20,
    ),
    Command("workbench.show_code", "Go to code", "Write the draft of the open Action.", ("f3",), "Code", 21),
    Command(
        "workbench.show_panel",
        "Go to secrets, modules, versions",
        "What the open Action has beside its code; again: the next of them.",
        ("f4",),
        "Panel",
        12,
    ),
    Command(
        "workbench.show_test",
        "Go to event and result",
        "What the draft is run with; again: what it gave.",
        ("f6",),
        "Test",
        9,
    ),
    Command("actions.rename", "Rename Action", "Give the Action another name.", ("r",), "Rename", 3),
    Command(
        "actions.delete",
        "Delete Action",
        "Delete the Action and its versions.",
        ("d", "delete"),
        "Delete",
        4,
    ),
    Command("secrets.add", "Add secret", "Add a secret to the draft.", ("a",), "Add", 3),
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
    Command("event.save", "Save event", "Keep the text under the event's name.", ("ctrl+s",), "Save", 3),
    Command(
        "event.choose", "Choose event", "Run the draft with another saved event.", ("ctrl+o",), "Choose", 4
    ),
    Command("event.save_as", "Save event as", "Keep the text under another name.", (), "", 0),
    Command("event.reset", "Reset event", "Go back to the text the event was saved with."),
    Command("event.delete", "Delete event", "The text is gone for good; the default event always stays."),
    Command(
        "result.go_to_error", "Go to the error", "Go to the line of the error.", ("enter",), "Go to error", 3
    ),
    Command("result.copy_json", "Copy result as JSON", "Copy the whole result.", ("y",), "Copy", 4),
    Command("flow.run", "Run flow", "Run its Actions with the chosen event.", ("f5",), "Run", 4),
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
        "flow.close",
        "Back to the workbench",
        "Leave the flow; stops a run first.",
        ("escape", "f7"),
        "Back",
        3,
    ),
    Command("new_action.create", "Create", "Make the Action.", ("ctrl+s",), "Create", 1, palette=False),
    Command(
        "new_action.cancel", "Cancel", "Close without a change.", ("escape",), "Cancel", 2, palette=False
    ),
    Command(
        "dialog.cancel", "Close", "Close the dialog without a change.", ("escape",), "Close", 1, palette=False
    ),
)

BY_ID = {command.id: command for command in COMMANDS}

SAME_KEYS = {"ctrl+underscore": "ctrl+/", "ctrl+slash": "ctrl+/", "ctrl+@": "ctrl+space"}
"""What a terminal reports for a key that people know by another name."""

KEY_NAMES = {
    "escape": "esc",
    "delete": "del",
    "enter": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def commands_of(*contexts: str) -> list[Command]:
    """The commands of these contexts, in the order of the registry."""
    return [command for command in COMMANDS if command.context in contexts]


SELF_EVIDENT = ("cursor_", "text_", "delete_left", "delete_right")
"""Actions of an editor whose keys nobody looks up."""


def commands_from(bindings: Iterable[BindingType]) -> list[Command]:
    """The commands of a widget that brings its own bindings, such as the editor, without cursor keys."""
    return [
        Command(
            binding.id or "",
            binding.description,
            "",
            tuple(binding.key.split(",")),
            does=binding.action,
        )
        for binding in bindings
        if isinstance(binding, Binding) and not binding.action.startswith(SELF_EVIDENT)
    ]


def bindings_for(context: str) -> list[BindingType]:
    """The key bindings of one context, for the `BINDINGS` of its screen or widget."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.label or command.title,
            show=command.bar > 0,
            tooltip=command.help,
            priority=command.priority,
            id=command.id,
        )
        for command in commands_of(context)
        if command.keys
    ]


def key_name(key: str) -> str:
    """A key as people write it: `ctrl+s` -> `^s`, `f5` -> `F5`, `alt+up` -> `alt+↑`."""
    *modifiers, last = SAME_KEYS.get(key, key).split("+")
    last = KEY_NAMES.get(last, last)
    if last.startswith("f") and last[1:].isdigit():
        last = last.upper()
    if modifiers == ["ctrl"] and len(last) == 1:
        return f"^{last}"
    return "+".join([*modifiers, last])


def key_names(keys: Iterable[str]) -> str:
    """All keys of a command: `alt+↑ or K`. Those with the same name are said once."""
    return " or ".join(dict.fromkeys(key_name(key) for key in keys))
