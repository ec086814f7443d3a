"""`actionsmith config`: what a person sets, and which keys commands have."""

from __future__ import annotations

from pathlib import Path

import click

from actionsmith.cli.failures import BAD_INPUT
from actionsmith.cli.options import json_option
from actionsmith.cli.output import done, print_json, print_table, say


@click.group("config")
def command() -> None:
    """Settings and keys."""


@command.command("path")
@json_option
def path(as_json: bool) -> None:
    """Where the files are: settings and keys."""
    from actionsmith import config
    from actionsmith.cli.workbench import keymap_module

    files = {"config": str(config.config_file()), "keymap": str(keymap_module().keymap_file())}
    if as_json:
        print_json(files)
    else:
        for file in files.values():
            print(file)


@command.command("show")
@json_option
def show(as_json: bool) -> None:
    """Every setting as it is now."""
    from actionsmith import config

    settings, problems = config.load()
    for problem in problems:
        say(f"warning: {problem}")
    values = config.values(settings)
    if as_json:
        print_json(values)
    else:
        for name, value in values.items():
            print(f"{name} = {str(value).lower()}")


@command.command("check")
@json_option
def check(as_json: bool) -> int:
    """Look for faults in both files; exit code 2 when there are any. Keys that may not arrive are noted."""
    from actionsmith import config
    from actionsmith.cli.workbench import keymap_module

    keymap = keymap_module().load()
    problems = [*config.load()[1], *keymap.problems]
    for doubt in keymap.doubts:
        say(f"note: {doubt}")
    if as_json:
        print_json(
            [{"file": str(it.path), "line": it.line or None, "message": it.sentence} for it in problems]
        )
    else:
        for problem in problems:
            print(problem)
        if not problems:
            say("Nothing is wrong.")
    return BAD_INPUT if problems else 0


@command.command("init")
@json_option
def init(as_json: bool) -> None:
    """Write a file with every setting, and one with every key, as comments. Never overwrites."""
    from actionsmith import config
    from actionsmith.cli.workbench import keymap_module

    keymap = keymap_module()
    templates = {config.config_file(): config.template(), keymap.keymap_file(): keymap.template()}
    written = [file for file, text in templates.items() if _write_new(file, text)]
    for file in templates:
        if file not in written:
            say(f"{file} is there already and stays as it is.")
    said = "\n".join(f"{file} is written." for file in written)
    if said or as_json:
        done(said, {"written": [str(file) for file in written]}, as_json)


@command.command("keys")
@json_option
def keys(as_json: bool) -> None:
    """Every command with its id and its keys as they are now: what keymap.toml can name."""
    from actionsmith.cli.workbench import keymap_module

    rows = keymap_module().commands_and_keys()
    if as_json:
        print_json([{"id": id_, "keys": list(its_keys), "title": title} for id_, its_keys, title in rows])
    else:
        table = [(id_, " ".join(its_keys), title) for id_, its_keys, title in rows]
        print_table(table, ("COMMAND", "KEYS", ""))


def _write_new(file: Path, text: str) -> bool:
    """Write a file that is not there. Returns whether it was written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        return False
    return True
