"""`actionsmith flow`: the ordered Actions of a trigger."""

from __future__ import annotations

import click

from actionsmith.cli.flow_run import run
from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.triggers import loader


@click.group("flow")
def command() -> None:
    """The ordered Actions of a trigger."""


@command.command("show")
@click.argument("trigger")
@tenant_option
@json_option
def show(trigger: str, tenant_name: str | None, as_json: bool) -> None:
    """The Actions bound to TRIGGER, in the order in which they run."""
    loader.trigger(trigger)
    tenant = chosen_tenant(tenant_name)
    bindings = tenant.flow(trigger)
    if as_json:
        print_json({"trigger": trigger, "bindings": bindings})
        return
    actions = {action.name: action for action in tenant.actions(trigger)}
    rows = [
        (
            str(number),
            binding.action,
            f"v{actions[binding.action].deployed}",
            actions[binding.action].language,
        )
        for number, binding in enumerate(bindings, 1)
    ]
    print_table(rows, ("", "ACTION", "VERSION", "LANGUAGE"))


@command.command("set")
@click.argument("trigger")
@click.argument("names", nargs=-1)
@tenant_option
@json_option
def set_(trigger: str, names: tuple[str, ...], tenant_name: str | None, as_json: bool) -> None:
    """Bind these Actions to TRIGGER, in this order. No others stay bound; no name unbinds all."""
    loader.trigger(trigger)
    tenant = chosen_tenant(tenant_name)
    for warning in tenant.set_flow(trigger, list(names)):
        say(f"warning: {warning}")
    message = f"{trigger} now runs {', '.join(names) or 'nothing'}"
    done(message, {"trigger": trigger, "bindings": tenant.flow(trigger)}, as_json)


command.add_command(run)
