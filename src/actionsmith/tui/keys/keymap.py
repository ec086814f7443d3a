"""The keys a person gives to commands in `keymap.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from actionsmith import paths
from actionsmith.errors import did_you_mean
from actionsmith.toml_file import Entry, Problem, TomlFile, read_toml
from actionsmith.tui.actions import BY_ID, COMMANDS, CONTEXT_TITLES
from actionsmith.tui.commands.command import Command
from actionsmith.tui.keys.key_names import key_names
from actionsmith.tui.keys.terminal_keys import TWINS, key_fault, spelled, survives, writes

WORKBENCH = ("workbench", "tabs", "panes")
AROUND = {
    **dict.fromkeys(("actions", "secrets", "modules", "versions", "event", "result", *WORKBENCH), WORKBENCH),
    "editor": ("event", *WORKBENCH),
    "log_search": ("log",),
    "new_action": ("dialog",),
    "json_form": ("dialog",),
}
"""The contexts around one, beside the global one: their keys work there, too."""

WITH_TEXT = ("editor", "new_action", "json_form", "log_search", "dialog")
"""Contexts in which characters are written."""

WITH_LINES = ("editor", "json_form")
"""Those in which Enter and Tab write, too."""

BETWEEN_KEYS = re.compile(r"(?<=[^+,\s])\s*,\s*(?=\S)")
"""A comma that separates keys and is none itself, as in `ctrl+,`."""

NEEDED = ("global.quit", "global.help")
"""Commands that always have a key."""

HEAD = """\
# Keys of Actionsmith. A line gives a command another key, several, or none:
#   "editor.duplicate_lines" = "alt+1"
#   "workbench.run" = ["f5", "alt+2"]
#   "event.choose" = []
# A key that another command has at the same place is refused. Commands and their keys as they are:
"""


class Keymap(NamedTuple):
    """The keys of the commands that have others than by default, by id, and what is wrong with the file.

    `doubts` are about keys that only some terminals send.
    """

    keys: dict[str, tuple[str, ...]]
    problems: list[Problem]
    doubts: list[Problem]


def keymap_file() -> Path:
    """Where a person gives keys."""
    return paths.config_dir() / "keymap.toml"


def load() -> Keymap:
    """The keys of the file. What is faulty or taken is reported, and the command keeps what it has."""
    file = read_toml(keymap_file())
    problems = list(file.problems)
    chosen: dict[str, tuple[str, ...]] = {}
    entries: dict[str, Entry] = {}
    for entry in file.entries:
        command = BY_ID.get(entry.name)
        if command is None:
            hint = did_you_mean(entry.name, BY_ID) or ". `actionsmith config keys` lists them."
            problems.append(file.problem(entry, f"There is no command '{entry.name}'{hint}"))
            continue
        written = [entry.value] if isinstance(entry.value, str) else entry.value
        if not isinstance(written, list) or not all(isinstance(key, str) for key in written):
            problems.append(file.problem(entry, f"'{entry.name}' must be a key or a list of keys."))
            continue
        keys = [key for text in written for key in BETWEEN_KEYS.split(text) if text]
        good, faults = _checked(command, keys)
        problems += [file.problem(entry, fault) for fault in faults]
        if good or not faults:
            chosen[command.id], entries[command.id] = good, entry
    for needed in NEEDED:
        if chosen.get(needed) == ():
            del chosen[needed]
            sentence = f"'{needed}' needs a key; it keeps {key_names(BY_ID[needed].keys)}."
            problems.append(file.problem(entries[needed], sentence))
    problems += _without_conflicts(file, chosen, entries)
    doubts = [
        file.problem(entries[command_id], f"Many terminals do not send {key}, the key of '{command_id}'.")
        for command_id, keys in chosen.items()
        for key in keys
        if not survives(key) and key not in BY_ID[command_id].keys and key not in TWINS
    ]
    return Keymap(chosen, *(sorted(each, key=lambda problem: problem.line) for each in (problems, doubts)))


def commands_and_keys() -> list[tuple[str, tuple[str, ...], str]]:
    """Id, keys and title of every command, the keys as the file gives them."""
    given = load().keys
    return [(it.id, given.get(it.id, it.keys), it.title) for it in COMMANDS]


def template() -> str:
    """A file with every command as a comment: its keys, and what it does."""
    lines = [HEAD]
    for context, title in CONTEXT_TITLES.items():
        lines.append(f"# {title}")
        for command in COMMANDS:
            if command.context == context:
                keys = ", ".join(f'"{key}"' for key in command.keys)
                lines.append(f'# "{command.id}" = [{keys}]  # {command.title}')
        lines.append("")
    return "\n".join(lines)


def _checked(command: Command, written: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The keys that can be used, and what is wrong with the others."""
    good, faults = [], []
    for text in written:
        key = spelled(text)
        fault = key_fault(key)
        contexts = WITH_LINES if key in ("enter", "tab") else WITH_TEXT if writes(key) else None
        if not fault and contexts and (command.context in contexts or command.priority):
            fault = f"'{key}' cannot be a key of '{command.id}': it is written into the text there."
        if fault:
            faults.append(fault)
        else:
            good += [key, TWINS[key]] if key in TWINS else [key]
    return tuple(dict.fromkeys(good)), faults


def _without_conflicts(
    file: TomlFile, chosen: dict[str, tuple[str, ...]], entries: dict[str, Entry]
) -> Iterator[Problem]:
    """Take keys that are taken out of `chosen`, the later line first, until each key means one thing."""
    while conflict := _conflict(chosen, entries):
        command, other, key = conflict
        left = tuple(it for it in chosen[command.id] if it != key and it != TWINS.get(key))
        if left:
            chosen[command.id] = left
        else:
            del chosen[command.id]
        keeps = key_names(left or command.keys) or "no key"
        yield file.problem(
            entries[command.id],
            f"'{key}' of '{command.id}' is taken: it is '{other.id}' ({other.title}); "
            f"'{command.id}' keeps {keeps}.",
        )


def _conflict(
    chosen: dict[str, tuple[str, ...]], entries: dict[str, Entry]
) -> tuple[Command, Command, str] | None:
    """A command with a given key that another one has where both work."""
    for command_id in sorted(chosen, key=lambda it: -entries[it].line):
        command = BY_ID[command_id]
        for key in chosen[command_id]:
            for other in COMMANDS:
                if (
                    other.id != command_id
                    and key in chosen.get(other.id, other.keys)
                    and not (key in command.keys and key in other.keys)
                    and _meet(command.context, other.context)
                ):
                    return command, other, key
    return None


def _meet(one: str, other: str) -> bool:
    """Whether keys of both contexts work at the same time."""
    if one == other or "global" in (one, other):
        return True
    return other in AROUND.get(one, ()) or one in AROUND.get(other, ())
