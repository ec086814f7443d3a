"""`actionsmith action`: Actions, their drafts and versions."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from actionsmith.cli.action_edit import edit
from actionsmith.cli.options import chosen_tenant, json_option, read_text, tenant_option
from actionsmith.cli.output import done, print_json, print_table, say
from actionsmith.errors import UserError
from actionsmith.runtime.host_kind import SUFFIXES, Language
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from actionsmith.tenant.model import Action, Version
    from actionsmith.tenant.tenant import Tenant


@click.group("action")
def command() -> None:
    """Actions, their drafts and versions."""


command.add_command(edit)


@command.command("new")
@click.argument("name")
@click.option("--trigger", metavar="ID", help="The trigger the Action is for.")
@click.option("--code", "code_file", metavar="FILE", help="The code; else the trigger's starter code.")
@click.option("--language", type=click.Choice(["javascript", "python"]), help="Default: javascript.")
@click.option("--sample", "slug", metavar="SLUG", help="Start from a sample (see: actionsmith sample list).")
@tenant_option
@json_option
def new(
    name: str,
    trigger: str | None,
    code_file: str | None,
    language: Language | None,
    slug: str | None,
    tenant_name: str | None,
    as_json: bool,
) -> None:
    """Make the Action NAME with a draft."""
    tenant = chosen_tenant(tenant_name)
    if slug is not None:
        action = _from_sample(tenant, name, slug, trigger, language or "javascript")
    elif trigger is None:
        raise UserError("--trigger is missing; the triggers are " + ", ".join(loader.trigger_ids()))
    else:
        loader.trigger(trigger)
        language, code = _code(code_file, language, trigger)
        action = tenant.create_action(name, trigger, language, code)
        if code_file is not None:
            _warn(tenant.save_code(name, code))
    if as_json:
        print_json(action)
    else:
        say(f"made '{action.name}' for {action.trigger} in {action.language}")


@command.command("save")
@click.argument("name")
@click.option("--code", "code_file", metavar="FILE|-", required=True, help="The new code of the draft.")
@tenant_option
@json_option
def save(name: str, code_file: str, tenant_name: str | None, as_json: bool) -> None:
    """Replace the code of NAME's draft."""
    tenant = chosen_tenant(tenant_name)
    _warn(tenant.save_code(name, read_text(code_file, "the code")))
    done(f"saved the draft of '{name}'", tenant.action(name), as_json)


@command.command("list")
@click.option("--trigger", metavar="ID", help="Only the Actions of this trigger.")
@tenant_option
@json_option
def list_(trigger: str | None, tenant_name: str | None, as_json: bool) -> None:
    """All Actions of the tenant."""
    if trigger is not None:
        loader.trigger(trigger)
    actions = chosen_tenant(tenant_name).actions(trigger)
    if as_json:
        print_json(actions)
        return
    rows = [(item.name, item.trigger, item.language, _state(item)) for item in actions]
    print_table(rows, ("NAME", "TRIGGER", "LANGUAGE", "STATE"))


@command.command("show")
@click.argument("name")
@click.option("--code", "code_only", is_flag=True, help="Print only the code of the draft.")
@tenant_option
@json_option
def show(name: str, code_only: bool, tenant_name: str | None, as_json: bool) -> None:
    """One Action with its draft."""
    tenant = chosen_tenant(tenant_name)
    action, draft = tenant.action(name), tenant.draft(name)
    if code_only:
        click.echo(draft.code, nl=not draft.code.endswith("\n"))
    elif as_json:
        print_json({**_plain(action), "draft": draft})
    else:
        print(f"{action.name}  {action.trigger}  {action.language}  {_state(action)}")
        print("secrets       " + (", ".join(secret.name for secret in draft.secrets) or "none"))
        packages = [f"{item.name}@{item.version}" for item in draft.dependencies]
        print("dependencies  " + (", ".join(packages) or "none"))
        print()
        click.echo(draft.code, nl=not draft.code.endswith("\n"))


@command.command("versions")
@click.argument("name")
@tenant_option
@json_option
def versions(name: str, tenant_name: str | None, as_json: bool) -> None:
    """The versions of NAME, newest first."""
    found = chosen_tenant(tenant_name).versions(name)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            str(item.number),
            f"{item.created_at:%Y-%m-%d %H:%M}",
            "deployed" if item.deployed else "",
            item.note,
        )
        for item in found
    ]
    print_table(rows, ("VERSION", "CREATED (UTC)", "", "NOTE"))


@command.command("diff")
@click.argument("name")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@tenant_option
@json_option
def diff(name: str, old: int | None, new: int | None, tenant_name: str | None, as_json: bool) -> None:
    """What changed in the code. From version OLD (default: the deployed one) to NEW (default: the draft)."""
    tenant = chosen_tenant(tenant_name)
    first = old if old is not None else tenant.action(name).deployed
    if first is None:
        raise UserError(f"'{name}' has no deployed version to compare its draft with; deploy it first")
    before = tenant.version(name, first).code
    after = tenant.draft(name).code if new is None else tenant.version(name, new).code
    target = "draft" if new is None else f"version {new}"
    lines = list(
        difflib.unified_diff(before.splitlines(), after.splitlines(), f"version {first}", target, lineterm="")
    )
    if as_json:
        print_json({"from": f"version {first}", "to": target, "lines": lines})
        return
    for line in lines:
        print(line)


@command.command("deploy")
@click.argument("name")
@click.option("--note", default="", metavar="TEXT", help="A remark kept with the version.")
@tenant_option
@json_option
def deploy(name: str, note: str, tenant_name: str | None, as_json: bool) -> None:
    """Make the draft of NAME the next version and deploy it."""
    tenant = chosen_tenant(tenant_name)
    version = tenant.deploy(name, note)
    _warn(tenant.limit_warnings(name))
    _deployed(name, version, as_json)


@command.command("rollback")
@click.argument("name")
@click.argument("number", type=int)
@tenant_option
@json_option
def rollback(name: str, number: int, tenant_name: str | None, as_json: bool) -> None:
    """Deploy version NUMBER of NAME as a new version. The draft becomes its content."""
    _deployed(name, chosen_tenant(tenant_name).rollback(name, number), as_json)


@command.command("rename")
@click.argument("name")
@click.argument("new_name")
@tenant_option
@json_option
def rename(name: str, new_name: str, tenant_name: str | None, as_json: bool) -> None:
    """Give NAME another name; versions and flows stay."""
    tenant = chosen_tenant(tenant_name)
    tenant.rename_action(name, new_name)
    done(f"renamed '{name}' to '{new_name}'", tenant.action(new_name), as_json)


@command.command("delete")
@click.argument("name")
@tenant_option
@json_option
def delete(name: str, tenant_name: str | None, as_json: bool) -> None:
    """Delete NAME with all its versions. Refused while a flow holds it."""
    chosen_tenant(tenant_name).delete_action(name)
    done(f"deleted '{name}'", {"deleted": name}, as_json)


def _code(code_file: str | None, language: Language | None, trigger: str) -> tuple[Language, str]:
    """Language and code of a new Action: from the file, or the trigger's starter code."""
    if code_file is None:
        from actionsmith.triggers.starter import starter_code

        chosen = language or "javascript"
        return chosen, starter_code(trigger, chosen)
    by_name = next((found for ending, found in SUFFIXES.items() if code_file.endswith(ending)), None)
    found = language or by_name
    if found is None:
        raise UserError(f"the language of '{code_file}' is unknown; give --language javascript or python")
    return found, read_text(code_file, "the code")


def _from_sample(tenant: Tenant, name: str, slug: str, trigger: str | None, language: Language) -> Action:
    from actionsmith.workshop.samples import create_from_sample, sample

    source = sample(slug)
    if trigger is not None and trigger != source.trigger:
        raise UserError(f"the sample '{slug}' is for {source.trigger}, not for {trigger}")
    return create_from_sample(tenant, source, language, name, say)


def _deployed(name: str, version: Version, as_json: bool) -> None:
    if as_json:
        print_json(version)
    else:
        same = f"; nothing has changed since version {version.number - 1}" if version.repeats else ""
        say(f"deployed version {version.number} of '{name}'{same}")


def _state(action: Action) -> str:
    if action.deployed is None:
        return "draft"
    return f"v{action.deployed} deployed" + (", draft changed" if action.changed else "")


def _warn(warnings: list[str]) -> None:
    for warning in warnings:
        say(f"warning: {warning}")


def _plain(action: Action) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(action)
    return plain
