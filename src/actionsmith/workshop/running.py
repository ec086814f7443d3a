"""Running what a tenant holds: a draft, a version, a whole flow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import engine, flow
from actionsmith.runtime.execution import (
    Execution,
    FlowExecution,
    Language,
    Packages,
    Progress,
    RunRequest,
    Source,
)
from actionsmith.runtime.flow import StepDone
from actionsmith.runtime.pool import HostPool
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader
from actionsmith.workshop.dependencies import packages_for

Notice = Callable[[str], None]

_ENDINGS: dict[Language, str] = {"javascript": ".js", "python": ".py"}


def time_limit_s(trigger_id: str) -> float:
    """Seconds that all Actions of one execution have together (limits.yaml: execution.timeout)."""
    own = f"execution.timeout.{trigger_id}"
    return float(loader.limit(own if own in loader.limits() else "execution.timeout"))


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
            filename=f"{action.name}{_ENDINGS[action.language]}",
            version=version,
        ),
        event=None,
        trigger=action.trigger,
        secrets=tenant.reveal_secrets(action.name, version) if content.secrets else {},
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
) -> Execution:
    """Run the draft of an Action (or a version) once against `event`; None is the default event.

    Blocks. Raises UserError as `request_for` does, and when the code has no handler of its trigger.
    """
    request = request_for(tenant, action_name, version=version, code=code, notice=notice)
    request = msgspec.structs.replace(
        request,
        event=event,
        handler=handler,
        timeout_s=request.timeout_s if timeout_s is None else timeout_s,
    )
    return engine.run(request, pool=pool, progress=progress, cancel=cancel)


def run_bound_flow(
    tenant: Tenant,
    trigger_id: str,
    event: dict[str, Any] | None,
    *,
    order: list[str] | None = None,
    now_ms: float | None = None,
    seed: int | None = None,
    pool: HostPool | None = None,
    progress: Progress | None = None,
    step_done: StepDone | None = None,
    notice: Notice | None = None,
    cancel: threading.Event | None = None,
) -> FlowExecution:
    """Run the deployed versions of a trigger's flow, in its order or in `order` (names), as one execution.

    Blocks. Raises UserError when an Action of `order` is unknown, not deployed or of another trigger.
    """
    names = [binding.action for binding in tenant.flow(trigger_id)] if order is None else order
    steps = [
        msgspec.structs.replace(_deployed(tenant, trigger_id, name, notice), now_ms=now_ms, seed=seed)
        for name in names
    ]
    return flow.run_flow(
        trigger_id,
        steps,
        event,
        timeout_s=time_limit_s(trigger_id),
        pool=pool,
        progress=progress,
        step_done=step_done,
        cancel=cancel,
    )


def _deployed(tenant: Tenant, trigger_id: str, name: str, notice: Notice | None) -> RunRequest:
    action = tenant.action(name)
    if action.trigger != trigger_id:
        raise UserError(f"'{name}' is an Action of {action.trigger}, so it cannot run in {trigger_id}")
    if action.deployed is None:
        raise UserError(f"'{name}' has no deployed version; deploy it before it runs in a flow")
    return request_for(tenant, name, version=action.deployed, notice=notice)


__all__ = ["Packages", "request_for", "run_bound_flow", "run_draft", "time_limit_s"]
