"""Running what a tenant holds: a draft, a version, a whole flow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import engine, flow
from actionsmith.runtime.execution import (
    Answer,
    Execution,
    FlowExecution,
    Progress,
    RunRequest,
    Source,
    Suspended,
)
from actionsmith.runtime.flow import Course
from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import Cache
from actionsmith.runtime.time_limit import time_limit_s
from actionsmith.runtime.world import World
from actionsmith.tenant.tenant import Tenant
from actionsmith.workshop.dependencies import packages_for
from actionsmith.workshop.recording import FlowRecorder, record_run
from actionsmith.workshop.suspended_actions import name_now
from actionsmith.workshop.tenant_cache import TenantCache

Notice = Callable[[str], None]

_ENDINGS: dict[Language, str] = {"javascript": ".js", "python": ".py"}


def request_for(
    tenant: Tenant,
    action_name: str,
    *,
    version: int | None = None,
    code: str | None = None,
    notice: Notice | None = None,
) -> RunRequest:
    """The request that runs the draft of an Action, or one of its versions, with its secrets and packages.

    `code` replaces the draft's code (text that is not saved yet). Packages that are not in the cache are
    installed, with `notice` for each line of progress. Raises UserError for an unknown Action or version
    and when a package cannot be installed.
    """
    action = tenant.action(action_name)
    content = tenant.draft(action.name) if version is None else tenant.version(action.name, version)
    return RunRequest(
        source=Source(
            code=content.code if code is None else code,
            language=action.language,
            name=action.name,
            id=action.id,
            filename=f"{action.name}{_ENDINGS[action.language]}",
            version=version,
        ),
        event=None,
        trigger=action.trigger,
        secrets=tenant.reveal_secrets(action.name, version) if content.secrets else {},
        plain=frozenset(secret.name for secret in content.secrets if secret.plain),
        packages=packages_for(action.language, content.dependencies, notice),
        timeout_s=time_limit_s(action.trigger),
    )


def run_draft(
    tenant: Tenant,
    action_name: str,
    event: dict[str, Any] | None,
    *,
    code: str | None = None,
    version: int | None = None,
    handler: str | None = None,
    timeout_s: float | None = None,
    pool: HostPool | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
    cancel: threading.Event | None = None,
    coverage: bool = False,
) -> Execution:
    """Run the draft of an Action (or a version) once against `event`; None is the default event.

    Blocks. The tenant's cache is used, and the run is recorded in its log. With `coverage` the result tells
    which lines ran. Raises UserError as `request_for` does, and when the code has no handler of its trigger.
    """
    request = request_for(tenant, action_name, version=version, code=code, notice=notice)
    request = msgspec.structs.replace(
        request,
        event=event,
        handler=handler,
        timeout_s=request.timeout_s if timeout_s is None else timeout_s,
        coverage=coverage,
    )
    assert request.trigger is not None  # an Action of a tenant has one
    shared = TenantCache(tenant, request.trigger)
    execution = engine.run(request, pool=pool, progress=progress, cancel=cancel, cache=shared.cache)
    execution.warnings += _noted(shared.keep())
    execution.warnings += _noted(record_run(tenant, request, execution))
    return execution


def run_bound_flow(
    tenant: Tenant,
    trigger_id: str,
    event: dict[str, Any] | None,
    *,
    order: list[str] | None = None,
    world: World | None = None,
    course: Course | None = None,
    notice: Notice | None = None,
) -> FlowExecution:
    """Run the deployed versions of a trigger's flow, in its order or in `order` (names), as one execution.

    Blocks. The tenant's cache is used, but in a world with a clock or a cache of its own; the run is recorded
    in the tenant's log. Raises UserError when an Action of `order` is unknown, not deployed or of another
    trigger.
    """
    names = [binding.action for binding in tenant.flow(trigger_id)] if order is None else order
    steps = [_deployed(tenant, trigger_id, name, notice) for name in names]

    def run(steps: list[RunRequest], course: Course, cache: Cache | None) -> FlowExecution:
        return flow.run_flow(trigger_id, steps, event, course, cache=cache)

    return _run_steps(tenant, trigger_id, steps, world or World(), course or Course(), run)


def resume_bound_flow(
    tenant: Tenant,
    suspended: Suspended,
    answer: Answer | None = None,
    *,
    world: World | None = None,
    course: Course | None = None,
    notice: Notice | None = None,
) -> FlowExecution:
    """Go on with a flow that waits, in the versions it began with; `answer` None is `suspended.answer`.

    Blocks. The result's `actions` begin with those that ran before the suspension; the `step_done` of the
    course is called for the others only, with their position in the flow. `world` None is the one it began
    in. An Action that has another name now runs under that one. Raises UserError when the answer does not fit
    what is waited for, and when an Action or version of the flow is gone.
    """
    steps = [_as_it_was(tenant, suspended, position, notice) for position in range(len(suspended.order))]
    given = world or World()
    world = msgspec.structs.replace(
        given,
        now_ms=suspended.now_ms if given.now_ms is None else given.now_ms,
        seed=suspended.seed if given.seed is None else given.seed,
        cache=suspended.cache if given.cache is None else given.cache,
        stubs=suspended.stubs if given.stubs is None else given.stubs,
        stubs_name=suspended.stubs_name if given.stubs is None else given.stubs_name,
    )
    kept = msgspec.structs.replace(suspended, cache=world.cache)

    def run(steps: list[RunRequest], course: Course, cache: Cache | None) -> FlowExecution:
        return flow.resume_flow(kept, steps, answer, course, cache=cache)

    return _run_steps(tenant, suspended.trigger, steps, world, course or Course(), run)


def _run_steps(
    tenant: Tenant,
    trigger_id: str,
    steps: list[RunRequest],
    world: World,
    course: Course,
    run: Callable[[list[RunRequest], Course, Cache | None], FlowExecution],
) -> FlowExecution:
    """What running and resuming a flow have in common: world, cache, log."""
    steps = [world.applied(step) for step in steps]
    shared = None if world.keeps_nothing else TenantCache(tenant, trigger_id)
    recorder = FlowRecorder(tenant, steps, course.step_done)
    course = msgspec.structs.replace(
        course,
        step_done=recorder.step_done,
        timeout_s=world.timeout_s,
        keep_cache=shared is None,
    )
    result = run(steps, course, shared.cache if shared is not None else None)
    result.warnings += _noted(shared.keep() if shared is not None else None)
    return recorder.record(result)


def _noted(warning: str | None) -> list[str]:
    return [] if warning is None else [warning]


def _deployed(tenant: Tenant, trigger_id: str, name: str, notice: Notice | None) -> RunRequest:
    action = tenant.action(name)
    if action.trigger != trigger_id:
        raise UserError(f"'{name}' is an Action of {action.trigger}, so it cannot run in {trigger_id}")
    if action.deployed is None:
        raise UserError(f"'{name}' has no deployed version; deploy it before it runs in a flow")
    return request_for(tenant, name, version=action.deployed, notice=notice)


def _as_it_was(tenant: Tenant, suspended: Suspended, position: int, notice: Notice | None) -> RunRequest:
    """The Action at a position of a suspended flow, in the version that it began with."""
    version = suspended.versions[position]
    try:
        name = name_now(tenant, suspended, position)
        if version is not None:
            tenant.version(name, version)
    except UserError as error:
        raise UserError(
            f"this flow cannot go on, so run that of {suspended.trigger} again from its start: {error}"
        ) from error
    return request_for(tenant, name, version=version, notice=notice)


__all__ = ["request_for", "resume_bound_flow", "run_bound_flow", "run_draft", "time_limit_s"]
