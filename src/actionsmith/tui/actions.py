"""The one registry of commands: what can be done, in which context, with which keys.

Key bindings, the command bar, the command palette and the help screen are built from it. A command
`workbench.run` belongs to the context `workbench` and is carried out by the method `action_run` of
the screen or widget whose `CONTEXT` is `workbench`.
"""

from __future__ import annotations

from textual.binding import Binding, BindingType

from actionsmith.tui.commands import editor, everywhere, find, flow, log, panels, testing, workbench
from actionsmith.tui.commands.command import Command

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
    "find": "Find and replace",
    "flow": "Flow",
    "log": "Log",
    "log_search": "Search of the log",
    "new_action": "New Action",
    "json_form": "Answer of a suspended flow",
    "dialog": "Dialogs and their fields",
}

COMMANDS: tuple[Command, ...] = (
    *everywhere.COMMANDS,
    *workbench.COMMANDS,
    *panels.COMMANDS,
    *testing.COMMANDS,
    *editor.COMMANDS,
    *find.COMMANDS,
    *flow.COMMANDS,
    *log.COMMANDS,
)

BY_ID = {command.id: command for command in COMMANDS}


def commands_of(*contexts: str) -> list[Command]:
    """The commands of these contexts, in the order of the registry."""
    return [command for command in COMMANDS if command.context in contexts]


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
