"""`actionsmith flow run`: a whole flow, from its start or from where it waited for its user."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from actionsmith.cli.event_input import EventInput, event_options
from actionsmith.cli.failures import FAILED
from actionsmith.cli.options import chosen_tenant, json_option, pairs, read_text, tenant_option
from actionsmith.cli.output import print_json, say
from actionsmith.cli.run import ENDED_WELL
from actionsmith.cli.world import read_world, world_options
from actionsmith.errors import UserError
from actionsmith.triggers import loader

if TYPE_CHECKING:
    from actionsmith.runtime.execution import Answer, FlowExecution, Suspended
    from actionsmith.runtime.world import World
    from actionsmith.tenant.tenant import Tenant

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ANSWERS = {
    "query": "--query",
    "body": "--body",
    "token_secret": "--sign-token",
    "fields": "--field",
    "factor": "--factor",
    "fail": "--fail",
}
_HINTS = {
    "redirect": " [--query NAME=VALUE] [--body NAME=VALUE]",
    "form": " --field NAME=VALUE",
    "mfa": " [--factor TYPE | --fail]",
}
_BEGINNINGS = {
    "event_file": "--event",
    "saved_event": "--saved-event",
    "edits": "--set",
    "strict": "--strict",
}


def answer_options(function: _Function) -> _Function:
    """What somebody answers for the user of a suspended flow."""
    for decorate in (
        click.option("--fail", is_flag=True, help="MFA was not passed."),
        click.option("--factor", metavar="TYPE", help="MFA was passed with this factor."),
        click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A field of the form."),
        click.option(
            "--sign-token",
            "token_secret",
            metavar="SECRET",
            help="Send what --query and --body give within a session token, signed with SECRET. There values"
            " are JSON where they are that (5, true, null, '\"5\"'), and text otherwise.",
        ),
        click.option(
            "--body", multiple=True, metavar="NAME=VALUE", help="A member of the body of the way back."
        ),
        click.option("--query", multiple=True, metavar="NAME=VALUE", help="A parameter of the way back."),
        click.option("--resume", metavar="FILE|-", help="Go on with a suspended flow."),
        click.option("--save-resume", metavar="FILE", help="Where to keep the flow if it is suspended."),
    ):
        function = decorate(function)
    return function


@click.command("run")
@click.argument("trigger")
@event_options
@answer_options
@world_options
@tenant_option
@json_option
def run(trigger: str, tenant_name: str | None, as_json: bool, **options: Any) -> int:
    """Run the deployed Actions of TRIGGER, one after the other.

    A flow that waits for its user (redirect, form, MFA) is kept in a resume file; --resume goes on with it.

    \b
    actionsmith flow run post-login --set 'user.email="a@example.com"'
    actionsmith flow run post-login --resume FILE --sign-token SECRET --body verified=yes
    actionsmith flow run post-login --resume FILE --factor otp
    """
    loader.trigger(trigger)
    world = read_world(options)
    place = _place(options["save_resume"])
    tenant = chosen_tenant(tenant_name)
    if options["resume"] is not None:
        result, earlier = _resume(tenant, trigger, world, options)
    else:
        result, earlier = _start(tenant, trigger, world, tenant_name, options), 0
    if as_json:
        print_json(result)
    else:
        from actionsmith.cli.flow_report import flow_text

        print(flow_text(result, earlier))
    if result.suspended is not None:
        _keep(tenant, result.suspended, place, as_json=as_json)
    ran_well = all(execution.status in ENDED_WELL for execution in result.actions)
    return 0 if result.status in ENDED_WELL and ran_well else FAILED


def _start(
    tenant: Tenant, trigger: str, world: World, tenant_name: str | None, options: dict[str, Any]
) -> FlowExecution:
    from actionsmith.workshop.running import run_bound_flow

    for name, option in _ANSWERS.items():
        if options[name]:
            raise UserError(f"{option} answers a suspended flow; name its file with --resume")
    event = EventInput.read(options, trigger, tenant_name)
    faults = event.for_trigger(trigger).faults(trigger, strict=options["strict"]) if event is not None else []
    if not tenant.flow(trigger):
        say(
            f"warning: no Action is bound to {trigger}; "
            f"bind some with: actionsmith flow set {trigger} NAME..."
        )
    data = event.data if event is not None else None
    result = run_bound_flow(tenant, trigger, data, world=world, notice=say)
    result.warnings[:0] = faults
    return result


def _resume(tenant: Tenant, trigger: str, world: World, options: dict[str, Any]) -> tuple[FlowExecution, int]:
    """The result, and how many of its Actions ran before the suspension."""
    from actionsmith.runtime import suspension
    from actionsmith.workshop.running import resume_bound_flow

    for name, option in _BEGINNINGS.items():
        if options[name]:
            raise UserError(
                f"{option} does not go with --resume: the flow goes on with the event it began with"
            )
    file = options["resume"]
    text = read_text(file, "a suspended flow")
    kept = suspension.decode(text, "standard input" if file == "-" else f"'{file}'")
    if kept.trigger != trigger:
        raise UserError(f"'{file}' holds a flow of {kept.trigger}, not of {trigger}")
    frozen = kept.now_ms if world.now_ms is None else world.now_ms
    now_ms = time.time() * 1000 if frozen is None else frozen
    answer = _answer(kept, options, now_ms)
    is_one_clock = (kept.now_ms is None) == (world.now_ms is None)
    late = suspension.overdue(kept, now_ms) if is_one_clock else None
    if late is not None:
        say(f"warning: {late}")
    result = resume_bound_flow(tenant, kept, answer, world=world, notice=say)
    return result, len(kept.actions)


def _answer(kept: Suspended, options: dict[str, Any], now_ms: float) -> Answer:
    """The file's answer with what the options change of it."""
    import msgspec

    from actionsmith.runtime import site_token

    answer, factor, fail = kept.answer, options["factor"], options["fail"]
    if factor is not None and fail:
        raise UserError("--factor and --fail exclude each other: MFA was passed with a factor, or it was not")
    query, body = pairs("--query", options["query"]), pairs("--body", options["body"])
    if (secret := options["token_secret"]) is not None:
        claims = {name: site_token.claim(value) for name, value in (query | body).items()}
        answer = site_token.signed(kept, answer, claims, secret, now_ms, in_body=bool(body))
        query, body = {}, {}
    return msgspec.structs.replace(
        answer,
        query=answer.query | query,
        body=answer.body | body,
        fields={**answer.fields, **pairs("--field", options["fields"])},
        factor=None if fail else factor or answer.factor,
        passed=not fail and (answer.passed or factor is not None),
    )


def _place(chosen: str | None) -> Path | None:
    """Where --save-resume wants the file; looked at before anything runs."""
    if chosen is None:
        return None
    path = Path(chosen)
    if path.is_dir():
        raise UserError(f"--save-resume '{chosen}' is a directory; name a file")
    if not path.parent.is_dir():
        raise UserError(f"--save-resume '{chosen}': there is no directory '{path.parent}'")
    return path


def _keep(tenant: Tenant, suspended: Suspended, chosen: Path | None, *, as_json: bool) -> None:
    """Write the resume file; with --json the result has it already, so only where a file is named."""
    if as_json and chosen is None:
        return
    from actionsmith.workshop.resume_files import save_resume_file

    path = save_resume_file(tenant, suspended, chosen)
    resume = f"actionsmith flow run {suspended.trigger} --resume {shlex.quote(str(path))}"
    say(f"to go on: {resume}{_HINTS[suspended.waits_for.kind]}")
