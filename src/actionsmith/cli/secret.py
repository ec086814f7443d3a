"""`actionsmith secret`: secrets of an Action. Values go in and are never printed."""

from __future__ import annotations

import sys

import click

from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.errors import UserError


@click.group("secret")
def command() -> None:
    """Secrets of an Action."""


@command.command("set")
@click.argument("action")
@click.argument("name")
@click.argument("value", required=False)
@tenant_option
@json_option
def set_(action: str, name: str, value: str | None, tenant_name: str | None, as_json: bool) -> None:
    """Set the secret NAME of ACTION. Without VALUE it is asked for, or read from standard input."""
    tenant = chosen_tenant(tenant_name)
    tenant.action(action)
    if value is None:
        value = _ask(name) if sys.stdin.isatty() else sys.stdin.read().removesuffix("\n")
    if not value:
        raise UserError(f"the value of {name} is empty; give it as an argument or on standard input")
    for warning in tenant.set_secret(action, name, value):
        say(f"warning: {warning}")
    secret = next(item for item in tenant.draft(action).secrets if item.name == name)
    done(f"set {name} of '{action}'; its value will not be shown again", secret, as_json)


@command.command("list")
@click.argument("action")
@tenant_option
@json_option
def list_(action: str, tenant_name: str | None, as_json: bool) -> None:
    """Names and dates of ACTION's secrets."""
    secrets = chosen_tenant(tenant_name).draft(action).secrets
    if as_json:
        print_json(secrets)
    else:
        rows = [(secret.name, f"{secret.updated_at:%Y-%m-%d %H:%M}") for secret in secrets]
        print_table(rows, ("NAME", "SET (UTC)"))


@command.command("rm")
@click.argument("action")
@click.argument("name")
@tenant_option
@json_option
def rm(action: str, name: str, tenant_name: str | None, as_json: bool) -> None:
    """Remove the secret NAME from ACTION's draft."""
    chosen_tenant(tenant_name).remove_secret(action, name)
    done(f"removed {name} from '{action}'", {"removed": name}, as_json)


def _ask(name: str) -> str:
    value: str = click.prompt(f"Value of {name}", hide_input=True, err=True)
    return value
