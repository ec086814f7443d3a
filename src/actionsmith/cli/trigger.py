"""`actionsmith trigger`: what the triggers offer, and their types for other editors."""

from __future__ import annotations

import sys

import click

from actionsmith.cli.options import json_option
from actionsmith.cli.output import print_json, print_table
from actionsmith.errors import UserError
from actionsmith.triggers import loader


@click.group("trigger")
def command() -> None:
    """What the triggers offer."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """All triggers."""
    triggers = [loader.trigger(trigger_id) for trigger_id in loader.trigger_ids()]
    if as_json:
        print_json([{"id": item.id, "title": item.title, "handlers": item.handlers} for item in triggers])
    else:
        rows = [(item.id, "sync" if item.sync else "async", ", ".join(item.handlers)) for item in triggers]
        print_table(rows, ("TRIGGER", "", "HANDLERS"))


@command.command("show")
@click.argument("trigger_id", metavar="TRIGGER")
@click.argument("path", required=False)
@click.option("--language", type=click.Choice(["javascript", "python"]), default="javascript")
@json_option
def show(trigger_id: str, path: str | None, language: str, as_json: bool) -> None:
    """What TRIGGER offers. With PATH (event.user, api.access.deny) the documentation of that."""
    from actionsmith.triggers.hover import hover

    trigger = loader.trigger(trigger_id)
    if path is not None:
        text = hover(trigger_id, path, language)
        if text is None:
            raise UserError(f"{trigger_id} has no '{path}'; without a path all of them are listed")
        print(text)
    elif as_json:
        print_json(trigger)
    else:
        print(f"{trigger.id}: {trigger.when}")
        for method in trigger.api:
            print(f"  {method.signature}")
        for item in trigger.event:
            print(f"  {item.path}{'?' if item.optional else ''}: {item.type}")


@command.command("types")
@click.argument("trigger_id", metavar="TRIGGER")
@click.option("--language", type=click.Choice(["javascript", "python"]), default="javascript")
def types(trigger_id: str, language: str) -> None:
    """TRIGGER's types, as a TypeScript declaration or a Python stub."""
    from actionsmith.triggers.python_stub import python_stub
    from actionsmith.triggers.typescript import declaration

    sys.stdout.write(declaration(trigger_id) if language == "javascript" else python_stub(trigger_id))
