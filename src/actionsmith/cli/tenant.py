"""`actionsmith tenant`: tenants by name or path."""

from __future__ import annotations

import sys

import click

from actionsmith.cli.options import chosen_tenant, json_option, tenant_option
from actionsmith.cli.output import done, print_json, print_table
from actionsmith.errors import UserError


@click.group("tenant")
def command() -> None:
    """Tenants."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The tenants in the tenants' folder."""
    from actionsmith.workshop.tenants import tenant_names, tenants_folder

    rows = [(name, str(tenants_folder() / name)) for name in tenant_names()]
    if as_json:
        print_json([{"name": name, "path": path} for name, path in rows])
    else:
        print_table(rows, ("NAME", "PATH"))


@command.command("create")
@click.argument("name")
@click.option("--demo", is_flag=True, help="Fill it with the demonstration Actions.")
@json_option
def create(name: str, demo: bool, as_json: bool) -> None:
    """Make a tenant: a NAME for the tenants' folder, or a path."""
    from actionsmith.workshop.tenants import create_tenant

    tenant = create_tenant(name, demo=demo)
    made = {"name": tenant.name, "path": str(tenant.path)}
    done(f"made the tenant '{tenant.name}' in {tenant.path}", made, as_json)


@command.command("show")
@tenant_option
@json_option
def show(tenant_name: str | None, as_json: bool) -> None:
    """Where the tenant is and what it holds."""
    tenant = chosen_tenant(tenant_name)
    actions = tenant.actions()
    if as_json:
        print_json({"name": tenant.name, "path": str(tenant.path), "actions": len(actions)})
    else:
        print(f"{tenant.name}  {tenant.path}  {len(actions)} Actions")


@command.command("delete")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def delete(name: str, yes: bool, as_json: bool) -> None:
    """Delete a tenant with everything in it."""
    from actionsmith.workshop.tenants import delete_tenant, open_tenant

    count = len(open_tenant(name).actions())
    if not yes:
        if not sys.stdin.isatty():
            raise UserError(f"'{name}' holds {count} Actions; say --yes to delete them all")
        click.confirm(f"Delete the tenant '{name}' with its {count} Actions?", abort=True, err=True)
    path = delete_tenant(name)
    done(f"deleted {path}", {"deleted": str(path)}, as_json)
