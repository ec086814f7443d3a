"""`actionsmith cache`: what `api.cache` keeps between the executions of a tenant."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.visible import visible

_SHOWN = 60


@click.group("cache")
def command() -> None:
    """What api.cache keeps between executions, per trigger."""


@command.command("show")
@click.argument("trigger")
@tenant_option
@json_option
def show(trigger: str, tenant_name: str | None, as_json: bool) -> None:
    """The entries of TRIGGER's cache. --json prints them whole, in the form that `run --cache` takes."""
    entries = chosen_tenant(tenant_name).cache(trigger)
    if as_json:
        print_json(entries)
        return
    if not entries:
        say(f"the cache of {trigger} is empty")
        return
    rows = []
    for key, entry in sorted(entries.items()):
        value = entry.value if len(entry.value) <= _SHOWN else f"{entry.value[:_SHOWN]}..."
        expires = datetime.fromtimestamp(entry.expires_at / 1000, UTC)
        rows.append((visible(key), f"{expires:%Y-%m-%d %H:%M:%S}", visible(value).replace("\n", "\\n")))
    print_table(rows, ("KEY", "EXPIRES (UTC)", "VALUE"))


@command.command("clear")
@click.argument("trigger")
@tenant_option
@json_option
def clear(trigger: str, tenant_name: str | None, as_json: bool) -> None:
    """Forget the entries of TRIGGER's cache."""
    count = chosen_tenant(tenant_name).clear_cache(trigger)
    entries = "1 entry" if count == 1 else f"{count} entries"
    sentence = (
        f"removed {entries} from the cache of {trigger}" if count else f"the cache of {trigger} was empty"
    )
    done(sentence, {"trigger": trigger, "removed": count}, as_json)
