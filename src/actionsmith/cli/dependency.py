"""`actionsmith dependency`: npm and PyPI packages of an Action."""

from __future__ import annotations

import click

from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say


@click.group("dependency")
def command() -> None:
    """npm and PyPI packages of an Action."""


@command.command("add")
@click.argument("action")
@click.argument("spec", metavar="NAME[@VERSION]")
@tenant_option
@json_option
def add(action: str, spec: str, tenant_name: str | None, as_json: bool) -> None:
    """Install a package for ACTION and pin it in the draft."""
    from actionsmith.workshop.dependencies import add_dependency

    tenant = chosen_tenant(tenant_name)
    dependency = add_dependency(tenant, action, spec, say)
    if as_json:
        print_json(dependency)
    else:
        say(f"added {dependency.name} {dependency.version} to '{action}'")


@command.command("list")
@click.argument("action")
@tenant_option
@json_option
def list_(action: str, tenant_name: str | None, as_json: bool) -> None:
    """The packages of ACTION's draft."""
    dependencies = chosen_tenant(tenant_name).draft(action).dependencies
    if as_json:
        print_json(dependencies)
    else:
        rows = [(item.name, item.requested or "any", item.version) for item in dependencies]
        print_table(rows, ("NAME", "REQUESTED", "INSTALLED"))


@command.command("rm")
@click.argument("action")
@click.argument("name")
@tenant_option
@json_option
def rm(action: str, name: str, tenant_name: str | None, as_json: bool) -> None:
    """Remove the package NAME from ACTION's draft."""
    from actionsmith.workshop.dependencies import remove_dependency

    remove_dependency(chosen_tenant(tenant_name), action, name)
    done(f"removed {name} from '{action}'", {"removed": name}, as_json)
