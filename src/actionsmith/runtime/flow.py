"""One execution of a flow: the deployed Actions of a trigger, one after the other.

Source of the rules: semantics.md, "Flow and order", "Deny", "Redirect", "Errors and timeouts".
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from actionsmith.runtime import engine
from actionsmith.runtime.execution import (
    ActionError,
    Execution,
    FlowExecution,
    Progress,
    RunRequest,
    Stats,
    Status,
)
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import Transaction
from actionsmith.runtime.session import Session
from actionsmith.runtime.transcript import Transcript
from actionsmith.triggers import loader

StepDone = Callable[[int, Execution], None]
"""Called from the runner's thread with the position of an Action in the flow and its execution."""


def run_flow(
    trigger_id: str,
    steps: Sequence[RunRequest],
    event: dict[str, Any] | None = None,
    *,
    timeout_s: float = 20.0,
    pool: HostPool | None = None,
    progress: Progress | None = None,
    step_done: StepDone | None = None,
    cancel: threading.Event | None = None,
) -> FlowExecution:
    """Run `steps` in order in one transaction, each in a host of its own.

    The flow ends early when an Action refuses, suspends or fails; of a failed Action nothing but its
    console and commands is kept. `timeout_s` is for all Actions together (limits.yaml:
    execution.timeout). An asynchronous trigger goes on after an error and never changes an outcome.
    """
    began = time.monotonic()
    trigger = loader.trigger(trigger_id)
    first = steps[0] if steps else None
    given = event if event is not None else engine.default_event(trigger_id)
    transaction = engine.open_transaction(trigger_id, given, first) if first else None
    executions: list[Execution] = []
    status: Status = "completed"
    stopped_by: str | None = None
    for position, step in enumerate(steps):
        assert transaction is not None
        left = timeout_s - (time.monotonic() - began)
        execution = _run_step(step, transaction, min(left, step.timeout_s), pool, progress, cancel)
        executions.append(execution)
        if step_done is not None:
            step_done(position, execution)
        if execution.status == "completed":
            continue
        if not trigger.sync and execution.status in ("failed", "crashed"):
            continue
        status, stopped_by = execution.status, execution.action
        break
    return FlowExecution(
        trigger=trigger_id,
        status=status,
        stopped_by=stopped_by,
        actions=executions,
        outcome=transaction.outcome if transaction is not None else {},
        stats=_total(executions, began),
    )


def _run_step(
    step: RunRequest,
    transaction: Transaction,
    timeout_s: float,
    pool: HostPool | None,
    progress: Progress | None,
    cancel: threading.Event | None,
) -> Execution:
    began = time.monotonic()
    request = msgspec.structs.replace(step, trigger=transaction.trigger.id, timeout_s=max(timeout_s, 0.001))
    host = engine.take_host(request, pool)
    try:
        transcript = Transcript(progress)
        session = Session(host, request, cancel)
        loaded = session.load(transcript)
        if loaded.status != "completed":
            return engine.unloaded(request, loaded, transcript, began)
        try:
            _, handler = session.find_handler()
        except engine.UserError as error:
            problem = ActionError(name="MissingHandler", message=str(error))
            ending = engine.Ending(status="failed", error=problem)
            return engine.unloaded(request, ending, transcript, began)
        return engine.run_step(session, handler, transaction, transcript, began)
    finally:
        engine.give_back(host, pool)


def _total(executions: list[Execution], began: float) -> Stats:
    total_ms = (time.monotonic() - began) * 1000
    duration = sum(execution.stats.duration_ms for execution in executions)
    return Stats(
        duration_ms=round(duration, 3),
        host_ms=round(max(0.0, total_ms - duration), 3),
        cpu_ms=round(sum(execution.stats.cpu_ms for execution in executions), 3),
        memory_bytes=max((execution.stats.memory_bytes for execution in executions), default=0),
    )
