"""The one registry of commands: what can be done, in which context, with which keys.

Key bindings, the command bar, the command palette and the help screen are built from it. A command
`workbench.run` belongs to the context `workbench` and is carried out by the method `action_run` of
the screen or widget whose `CONTEXT` is `workbench`, or of the screen's host for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.binding import Binding, BindingType

from actionsmith.tui.commands import (
    editor,
    everywhere,
    find,
    flow,
    log,
    panels,
    panes,
    tabs,
    testing,
    workbench,
)
from actionsmith.tui.commands.command import Command
from actionsmith.tui.keys.key_names import key_name

CONTEXT_TITLES = {
    "global": "Everywhere",
    "workbench": "Workbench",
    "tabs": "Tabs of open Actions",
    "panes": "Panes",
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
    *tabs.COMMANDS,
    *panes.COMMANDS,
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


def use_keys(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Give commands other keys than their own, by id, in the place of those given before."""
    _given.clear()
    _given.update(keys)


def keys_of(command: Command) -> tuple[str, ...]:
    """The keys of a command as they are now: by default, or as the person wants them."""
    return _given.get(command.id, command.keys)


def key_hint(command_id: str) -> str:
    """What to press for a command: its first key, or where the palette has it when it has none."""
    command = BY_ID[command_id]
    keys = keys_of(command)
    if keys:
        return key_name(keys[0])
    return f"{key_hint('global.command_palette')} {command.title}" if command.palette else command.title


def textual_keymap() -> dict[str, str]:
    """The given keys as `App.set_keymap` takes them."""
    return {name: ",".join(keys) or _no_key(name) for name, keys in _given.items()}


def bindings_for(
    context: str, action: Callable[[Command], str] = lambda command: command.action
) -> list[BindingType]:
    """The key bindings of one context, for the `BINDINGS` of its screen or widget, with the keys by default.

    `action` gives what carries out a command there. A command without a key has a binding, too, so that it
    can be given one.
    """
    return [
        Binding(
            ",".join(command.keys) or _no_key(command.id),
            action(command),
            command.label or command.title,
            show=command.bar > 0,
            tooltip=command.help,
            priority=command.priority,
            id=command.id,
        )
        for command in commands_of(context)
    ]


def _no_key(command_id: str) -> str:
    """A name that no key has."""
    return f"no_key_of_{command_id}"


_given: dict[str, tuple[str, ...]] = {}
