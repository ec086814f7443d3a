"""`actionsmith secret`: secrets of an Action, whose values are never printed, and its plain settings."""

from __future__ import annotations

import sys

import click

from actionsmith.cli.options import chosen_tenant, json_option, read_stdin, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.errors import UserError
from actionsmith.runtime.masking import short_value_warning
from actionsmith.visible import visible


@click.group("secret")
def command() -> None:
    """Secrets and plain settings of an Action."""


@command.command("set")
@click.argument("action")
@click.argument("name")
@click.argument("value", required=False)
@click.option("--plain", is_flag=True, help="A setting, not a secret: stored, listed and logged as it is.")
@tenant_option
@json_option
def set_(
    action: str, name: str, value: str | None, plain: bool, tenant_name: str | None, as_json: bool
) -> None:
    """Set the secret NAME of ACTION. Without VALUE it is asked for, or read from standard input.

    The Action reads it as event.secrets.NAME. In output and logs its value is shown as [secret NAME].
    """
    tenant = chosen_tenant(tenant_name)
    tenant.action(action)
    if value is None:
        value = _ask(name, hidden=not plain) if sys.stdin.isatty() else read_stdin().removesuffix("\n")
    if not value:
        raise UserError(f"the value of {name} is empty; give it as an argument or on standard input")
    warnings = tenant.set_secret(action, name, value, plain=plain)
    if not plain and (unmasked := short_value_warning(name, value)) is not None:
        warnings.append(unmasked)
    for warning in warnings:
        say(f"warning: {warning}")
    secret = next(item for item in tenant.draft(action).secrets if item.name == name.strip())
    hidden = "it is a plain setting" if plain else "its value will not be shown again"
    done(f"set {secret.name} of '{action}'; {hidden}", secret, as_json)


@command.command("list")
@click.argument("action")
@tenant_option
@json_option
def list_(action: str, tenant_name: str | None, as_json: bool) -> None:
    """The secrets of ACTION. Names and dates; of plain settings the values, too."""
    secrets = chosen_tenant(tenant_name).draft(action).secrets
    if as_json:
        print_json(secrets)
    else:
        rows = [
            (secret.name, f"{secret.updated_at:%Y-%m-%d %H:%M}", _shown(secret.value)) for secret in secrets
        ]
        print_table(rows, ("NAME", "SET (UTC)", "VALUE"))


@command.command("rm")
@click.argument("action")
@click.argument("name")
@tenant_option
@json_option
def rm(action: str, name: str, tenant_name: str | None, as_json: bool) -> None:
    """Remove the secret NAME from ACTION's draft."""
    chosen_tenant(tenant_name).remove_secret(action, name)
    done(f"removed {name} from '{action}'", {"removed": name}, as_json)


def _shown(value: str | None) -> str:
    """A value in a table: on one line, or that it is secret."""
    return "(secret)" if value is None else visible(value).replace("\n", "\\n")


def _ask(name: str, *, hidden: bool) -> str:
    try:
        value: str = click.prompt(f"Value of {name}", hide_input=hidden, err=True)
        value.encode()
    except UnicodeError as error:
        raise UserError(
            f"the value of {name} is not UTF-8 text; type it in a terminal that uses UTF-8"
        ) from error
    return value
