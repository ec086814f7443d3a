"""`actionsmith event`: default and saved events of a trigger, and the check against the contract."""

from __future__ import annotations

import sys

import click
import msgspec

from actionsmith.cli.failures import BAD_INPUT
from actionsmith.cli.options import chosen_tenant, json_option, read_text, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.triggers import loader
from actionsmith.triggers.validation import check_event, parse_event


@click.group("event")
def command() -> None:
    """Saved events of a trigger."""


@command.command("default")
@click.argument("trigger")
def default(trigger: str) -> None:
    """Print the default event of TRIGGER."""
    sys.stdout.write(loader.default_event_text(trigger))


@command.command("list")
@click.argument("trigger")
@tenant_option
@json_option
def list_(trigger: str, tenant_name: str | None, as_json: bool) -> None:
    """The saved events of TRIGGER."""
    loader.trigger(trigger)
    events = chosen_tenant(tenant_name).events(trigger)
    if as_json:
        print_json([{"trigger": event.trigger, "name": event.name} for event in events])
    else:
        print_table([(event.name,) for event in events], ("NAME",))


@command.command("show")
@click.argument("trigger")
@click.argument("name")
@tenant_option
def show(trigger: str, name: str, tenant_name: str | None) -> None:
    """Print a saved event as it was saved."""
    loader.trigger(trigger)
    text = chosen_tenant(tenant_name).event(trigger, name).text
    click.echo(text, nl=not text.endswith("\n"))


@command.command("save")
@click.argument("trigger")
@click.argument("name")
@click.option("--file", "file", metavar="FILE|-", required=True, help="The event as JSON.")
@tenant_option
@json_option
def save(trigger: str, name: str, file: str, tenant_name: str | None, as_json: bool) -> None:
    """Save an event under NAME. It may be odd, but it must be a JSON object."""
    loader.trigger(trigger)
    text = read_text(file, "the event")
    parse_event(text, name="standard input" if file == "-" else file)
    chosen_tenant(tenant_name).save_event(trigger, name, text)
    for fault in check_event(trigger, text):
        say(f"warning: line {fault.line}: {fault.message}")
    done(f"saved the event '{name}' for {trigger}", {"trigger": trigger, "name": name}, as_json)


@command.command("rm")
@click.argument("trigger")
@click.argument("name")
@tenant_option
@json_option
def rm(trigger: str, name: str, tenant_name: str | None, as_json: bool) -> None:
    """Delete a saved event."""
    loader.trigger(trigger)
    chosen_tenant(tenant_name).delete_event(trigger, name)
    done(f"deleted the event '{name}' of {trigger}", {"deleted": name}, as_json)


@command.command("check")
@click.argument("trigger")
@click.argument("file", metavar="FILE|-")
@json_option
def check(trigger: str, file: str, as_json: bool) -> int:
    """Check an event against the contract of TRIGGER. Exits with 2 when it does not fit."""
    loader.trigger(trigger)
    text = read_text(file, "the event")
    parse_event(text, name="standard input" if file == "-" else file)
    faults = check_event(trigger, text)
    if as_json:
        print_json([msgspec.structs.asdict(fault) for fault in faults])
    else:
        for fault in faults:
            print(f"line {fault.line}: {fault.message}")
    return BAD_INPUT if faults else 0
