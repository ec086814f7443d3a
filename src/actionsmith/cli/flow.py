"""`actionsmith flow`: the ordered Actions of a trigger."""

from __future__ import annotations

from typing import Any

import click

from actionsmith.cli.failures import FAILED
from actionsmith.cli.options import chosen_tenant, epoch_ms, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.cli.run import ENDED_WELL, EventInput
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
    """Bind exactly these Actions to TRIGGER, in this order; no name unbinds all."""
    loader.trigger(trigger)
    tenant = chosen_tenant(tenant_name)
    for warning in tenant.set_flow(trigger, list(names)):
        say(f"warning: {warning}")
    message = f"{trigger} now runs {', '.join(names) or 'nothing'}"
    done(message, {"trigger": trigger, "bindings": tenant.flow(trigger)}, as_json)


@command.command("run")
@click.argument("trigger")
@click.option("--event", "event_file", metavar="FILE|-", help="Event as JSON; else the default event.")
@click.option("--saved-event", metavar="NAME", help="A saved event of the tenant.")
@click.option("--set", "edits", multiple=True, metavar="PATH=JSON", help="Change a member of the event.")
@click.option("--now", metavar="ISO", help="Freeze the Actions' clock.")
@click.option("--seed", type=int, metavar="N", help="Make random numbers repeatable.")
@click.option("--strict", is_flag=True, help="Refuse an event that does not fit the contract.")
@tenant_option
@json_option
def run(
    trigger: str,
    now: str | None,
    seed: int | None,
    strict: bool,
    tenant_name: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Run the deployed Actions of TRIGGER, one after the other."""
    from actionsmith.workshop.running import run_bound_flow

    loader.trigger(trigger)
    event = EventInput.read(options, trigger, tenant_name)
    if event is not None:
        for fault in event.for_trigger(trigger).faults(trigger, strict=strict):
            say(f"warning: {fault}")
    execution = run_bound_flow(
        chosen_tenant(tenant_name),
        trigger,
        event.data if event is not None else None,
        now_ms=epoch_ms(now) if now else None,
        seed=seed,
        notice=say,
    )
    if as_json:
        print_json(execution)
    else:
        from actionsmith.cli.report import flow_text

        print(flow_text(execution))
    return 0 if execution.status in ENDED_WELL else FAILED
