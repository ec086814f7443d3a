"""`actionsmith run`: one Action, once, from a file or from the tenant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from actionsmith.cli import head_start
from actionsmith.cli.event_input import EventInput, event_options
from actionsmith.cli.failures import FAILED
from actionsmith.cli.options import chosen_tenant, json_option, pairs, read_text, tenant_option
from actionsmith.cli.output import print_json, say
from actionsmith.cli.world import read_world, world_options
from actionsmith.errors import UserError
from actionsmith.runtime import engine
from actionsmith.runtime.execution import Execution, RunRequest, Source
from actionsmith.runtime.handlers import intended
from actionsmith.runtime.host_kind import SUFFIXES, Packages
from actionsmith.runtime.time_limit import time_limit_s
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actionsmith.tenant.tenant import Tenant
    from actionsmith.workshop.tenant_cache import TenantCache

ENDED_WELL = ("completed", "denied", "suspended")


@click.command("run")
@click.argument("source")
@click.option("--trigger", metavar="ID", help="The trigger; else it follows from the handler in the code.")
@event_options
@click.option(
    "--events", "events_file", metavar="FILE|-", help="Many events, one JSON object a line: run each."
)
@click.option("--secret", "secrets", multiple=True, metavar="NAME=VALUE", help="A secret of this run.")
@click.option("--dependency", "specs", multiple=True, metavar="NAME[@VERSION]", help="A package to install.")
@click.option(
    "--package", "overrides", multiple=True, metavar="NAME=PATH", help="A folder in place of a package."
)
@click.option("--handler", metavar="NAME", help="The handler to run, such as onContinuePostLogin.")
@click.option(
    "--version", "version", type=int, metavar="N", help="A version of the Action instead of its draft."
)
@world_options
@tenant_option
@json_option
def command(source: str, as_json: bool, tenant_name: str | None, version: int | None, **options: Any) -> int:
    """Run SOURCE (a .js, .cjs or .py file, or the name of an Action of the tenant) once.

    \b
    actionsmith run mfa.js --set 'authorization.roles=["Admin"]'
    actionsmith run "MFA for Role" --version 2 --json
    actionsmith run mfa.js --events logins.jsonl --json

    With --events the Action is loaded once and called for each event; --json prints one result a line. Each
    event has a cache of its own, empty or that of --cache: it neither reads nor changes the tenant's, and
    nothing of it gets into the tenant's log.
    """
    world = read_world(options)
    if options["trigger"] is not None:
        loader.trigger(options["trigger"])
    tenant = None if _is_file(source) else chosen_tenant(tenant_name)
    request = _request(source, tenant, version, options)
    many = options["events_file"] is not None
    if many and (options["event_file"] is not None or options["saved_event"] is not None):
        raise UserError("--events goes without --event and --saved-event, which give one event")
    event = None if many else EventInput.read(options, request.trigger, tenant_name)
    given = pairs("--secret", options["secrets"])
    request = msgspec.structs.replace(
        request,
        event=event.data if event is not None else None,
        handler=_handler(options, request),
        secrets={**request.secrets, **given},
        plain=request.plain - given.keys(),
        packages=_with_overrides(request, options["overrides"]),
    )
    request = world.applied(request)
    if many:
        return _replay(request, as_json, options)
    notes: list[str] = []

    def check(trigger_id: str) -> dict[str, Any] | None:
        given = event.for_trigger(trigger_id) if event is not None else None
        if given is not None:
            notes.extend(given.faults(trigger_id, strict=options["strict"]))
            return given.data
        return None

    shared = _shared_cache(tenant, request) if tenant is not None and not world.keeps_nothing else None
    cache = shared.cache if shared is not None else None
    execution = engine.run(request, pool=head_start.pool(), on_trigger=check, cache=cache)
    execution.warnings[:0] = notes
    _print(execution, as_json)
    if tenant is not None:
        _record(tenant, request, execution)
    if shared is not None and (lost := shared.keep()) is not None:
        say(f"warning: {lost}")
    return 0 if execution.status in ENDED_WELL else FAILED


def _replay(request: RunRequest, as_json: bool, options: dict[str, Any]) -> int:
    from actionsmith.cli.replaying import replay

    all_well = replay(
        request,
        options["events_file"],
        edits=options["edits"],
        strict=options["strict"],
        as_json=as_json,
        pool=head_start.pool(),
    )
    return 0 if all_well else FAILED


def _handler(options: dict[str, Any], request: RunRequest) -> str | None:
    """The handler asked for, or that a sample's event is meant for, such as the one after a redirect."""
    asked: str | None = options["handler"]
    name = options["saved_event"]
    if asked is not None or name is None or request.trigger is None:
        return asked
    from actionsmith.workshop.samples import handler_for_event

    return handler_for_event(request.trigger, name, request.source.code)


def _shared_cache(tenant: Tenant, request: RunRequest) -> TenantCache:
    from actionsmith.workshop.tenant_cache import TenantCache

    assert request.trigger is not None  # an Action of a tenant has one
    return TenantCache(tenant, request.trigger)


def _record(tenant: Tenant, request: RunRequest, execution: Execution) -> None:
    """Write the run to the tenant's log, now that its result is out."""
    from actionsmith.workshop.recording import record_run

    unrecorded = record_run(tenant, request, execution)
    if unrecorded is not None:
        say(f"warning: {unrecorded}")


def _is_file(source: str) -> bool:
    path = Path(source)
    return path.suffix in SUFFIXES or path.is_file()


def _request(source: str, tenant: Tenant | None, version: int | None, options: dict[str, Any]) -> RunRequest:
    path = Path(source)
    if tenant is None:
        if version is not None:
            raise UserError("--version goes with an Action of the tenant, not with a file")
        return _file_request(path, options)
    from actionsmith.workshop.running import request_for

    if options["specs"]:
        raise UserError("--dependency goes with a file; an Action of the tenant has its own dependencies")
    if path.suffix and "/" in source:
        raise UserError(_unknown_ending(path))
    return request_for(tenant, source, version=version, notice=say)


def _file_request(path: Path, options: dict[str, Any]) -> RunRequest:
    language = SUFFIXES.get(path.suffix)
    if language is None:
        raise UserError(_unknown_ending(path))
    code = read_text(str(path), "the Action")
    packages = Packages()
    if options["specs"]:
        from actionsmith.workshop.dependencies import packages_of_specs

        packages = packages_of_specs(language, options["specs"], say)
    request = RunRequest(
        source=Source(code=code, language=language, name=path.stem, filename=str(path.absolute())),
        event=None,
        trigger=options["trigger"],
        packages=packages,
    )
    return msgspec.structs.replace(request, timeout_s=time_limit_s(intended(request)[0]))


def _unknown_ending(path: Path) -> str:
    return f"'{path}' is no Action: the file's name must end in {', '.join(SUFFIXES)}"


def _with_overrides(request: RunRequest, given: Sequence[str]) -> Packages:
    if not given:
        return request.packages
    from actionsmith.packages.spec import can_be_required

    overrides = {}
    for name, folder in pairs("--package", given).items():
        if not can_be_required(name, request.source.language):
            raise UserError(
                f"--package {name}={folder}: '{name}' is not the name of a package; "
                "expected the one that the Action asks for, such as lodash"
            )
        path = Path(folder).absolute()
        if not folder or not path.is_dir():
            raise UserError(f"--package {name}={folder}: there is no folder '{folder}'")
        overrides[name] = path
    return request.packages._replace(overrides=overrides)


def _print(execution: Execution, as_json: bool) -> None:
    if as_json:
        print_json(execution)
        return
    from actionsmith.cli.report import execution_text

    print(execution_text(execution))
