"""One execution of a flow: the deployed Actions of a trigger, one after the other.

Source of the rules: semantics.md, "Flow and order", "Deny", "Redirect", "Errors and timeouts".
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import engine, suspension
from actionsmith.runtime.ending import Ending
from actionsmith.runtime.execution import (
    ActionError,
    Answer,
    Execution,
    FlowExecution,
    Progress,
    RunRequest,
    Stats,
    Status,
    Suspended,
)
from actionsmith.runtime.hosts.process import Host
from actionsmith.runtime.hosts_ahead import HostsAhead
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.preview import preview
from actionsmith.runtime.semantics import Cache, Transaction
from actionsmith.runtime.session import Session
from actionsmith.runtime.step import run_step, unloaded
from actionsmith.runtime.time_limit import time_limit_s

StepDone = Callable[[int, Execution], None]
"""Called from the runner's thread with the position of an Action in the flow and its execution."""


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """How a flow is run: what it may use, whom it tells, and how much time its Actions have together.

    `timeout_s` None is the platform's limit. `keep_cache`: a suspended flow takes its cache along, because
    nobody else keeps it.
    """

    timeout_s: float | None = None
    pool: HostPool | None = None
    progress: Progress | None = None
    step_done: StepDone | None = None
    cancel: threading.Event | None = None
    keep_cache: bool = True


def run_flow(
    trigger_id: str,
    steps: Sequence[RunRequest],
    event: dict[str, Any] | None = None,
    course: Course | None = None,
    *,
    cache: Cache | None = None,
) -> FlowExecution:
    """Run `steps` in order in one transaction, each in a host of its own.

    The flow ends early when an Action refuses, suspends or fails; of a failed Action nothing but its
    console and commands is kept. The time limit is for all Actions together (limits.yaml:
    execution.timeout). An asynchronous trigger goes on after an error and never changes an outcome.
    `cache` is what the Actions share, and is changed by them; without it the first step's is used.
    """
    given = event if event is not None else engine.default_event(trigger_id)
    if not steps:
        return FlowExecution(
            trigger=trigger_id, status="completed", stopped_by=None, actions=[], outcome={}, stats=Stats()
        )
    transaction = engine.open_transaction(trigger_id, given, steps[0], cache=cache)
    return _Flow(transaction, steps, given, course or Course()).run(0, continues=False)


def resume_flow(
    kept: Suspended,
    steps: Sequence[RunRequest],
    answer: Answer | None = None,
    course: Course | None = None,
    *,
    cache: Cache | None = None,
) -> FlowExecution:
    """Go on with a suspended flow in a new execution with a time limit of its own.

    After a redirect or form the continue handler of the same Action runs, after MFA the next Action; those
    before are not run again. `steps` are all Actions of the flow, in its order; `answer` None is the one in
    `kept`. Raises UserError when the answer does not fit what is waited for.
    """
    answer = kept.answer if answer is None else answer
    waiting = kept.waits_for
    suspension.check(waiting, answer)
    if cache is None and kept.cache is not None:
        cache = Cache(kept.cache)
    transaction = engine.open_transaction(
        kept.trigger, kept.event, steps[0], cache=cache, carried=kept.carried
    )
    if transaction.waiting != waiting.kind:
        raise UserError("'waits_for' of the resume file is not what its 'carried' waits for")
    flow = _Flow(transaction, steps, kept.event, course or Course(), list(kept.actions))
    warned = len(transaction.warnings)
    suspension.give(transaction, waiting, answer)
    flow.warnings = transaction.warnings[warned:]
    if transaction.status != "completed":
        return flow.ended(transaction.status, waiting.position)
    if waiting.kind == "mfa":
        return flow.run(waiting.position + 1, continues=False)
    return flow.run(waiting.position, continues=True)


class _Flow:
    """One way through a flow: from its start, or from where it waited for the user."""

    def __init__(
        self,
        transaction: Transaction,
        steps: Sequence[RunRequest],
        event: dict[str, Any],
        course: Course,
        before: Sequence[Execution] = (),
    ) -> None:
        self.warnings: list[str] = []
        self._transaction = transaction
        self._steps = steps
        self._event = event
        self._course = course
        self._executions = list(before)
        trigger_id = transaction.trigger.id
        self._limit_s = time_limit_s(trigger_id) if course.timeout_s is None else course.timeout_s
        self._left_s = self._limit_s
        self._began, self._before = time.monotonic(), len(before)

    def run(self, first: int, *, continues: bool) -> FlowExecution:
        """Run the Actions from position `first` on; with `continues` that one in its continue handler."""
        trigger = self._transaction.trigger
        requests = [
            msgspec.structs.replace(step, trigger=trigger.id, handler=trigger.handlers[0])
            for step in self._steps[first:]
        ]
        if continues:
            requests[0] = msgspec.structs.replace(requests[0], handler=trigger.handlers[1])
        start = partial(engine.take_host, pool=self._course.pool)
        end = partial(engine.give_back, pool=self._course.pool)
        with HostsAhead(requests, start, end) as hosts:
            for position, request in enumerate(requests, first):
                execution = self._step(request, hosts)
                self._executions.append(execution)
                if self._course.step_done is not None:
                    self._course.step_done(position, execution)
                if execution.status != "completed" and not self._goes_on_after(execution):
                    return self.ended(execution.status, position)
        return self.ended("completed", None)

    def ended(self, status: Status, position: int | None) -> FlowExecution:
        """The result, when the Action at `position` has stopped the flow, or none has."""
        name = None if position is None else self._steps[position].source.name
        waiting = kept = None
        if status == "suspended":
            assert name is not None and position is not None
            waiting = suspension.waits_for(self._transaction, name, position)
            kept = suspension.suspended(
                waiting,
                self._transaction,
                self._steps,
                self._event,
                self._executions,
                keep_cache=self._course.keep_cache,
            )
        frozen = self._steps[0].now_ms
        now_ms = time.time() * 1000 if frozen is None else frozen
        if status != "suspended":
            self._transaction.finish()
        outcome = self._transaction.outcome
        error = self._executions[-1].error if self._executions else None
        failure = error.message if error is not None else None
        return FlowExecution(
            trigger=self._transaction.trigger.id,
            status=status,
            stopped_by=name,
            actions=self._executions,
            outcome=outcome,
            stats=self._total(),
            waits_for=waiting,
            suspended=kept,
            preview=preview(
                self._transaction.trigger, self._event, outcome, status, now_ms=now_ms, failure=failure
            ),
            warnings=self.warnings,
        )

    def _goes_on_after(self, execution: Execution) -> bool:
        """Whether the next Action runs although this one has not ended well."""
        wrong = execution.status in ("failed", "crashed") and not execution.was_stopped
        return wrong and not self._transaction.trigger.sync

    def _step(self, request: RunRequest, hosts: HostsAhead) -> Execution:
        """Run one Action in what is left of the time of all; waiting for its host does not count."""
        asked = time.monotonic()
        host = hosts.take()
        began = time.monotonic()
        limit = max(min(self._left_s, request.timeout_s), 0.001)
        try:
            execution = self._run_in(host, msgspec.structs.replace(request, timeout_s=limit), asked)
        finally:
            self._left_s -= time.monotonic() - began
            engine.give_back(host, self._course.pool)
        if execution.status == "timed_out" and execution.error is not None:
            execution.error.message = (
                f"the Actions of the flow together did not end within {self._limit_s:g} s"
            )
        return execution

    def _run_in(self, host: Host, request: RunRequest, began: float) -> Execution:
        session = Session(host, request, self._course.cancel)
        transcript = session.open_transcript(self._course.progress)
        loaded = session.load(transcript)
        if loaded.status != "completed":
            return unloaded(request, loaded, transcript, began)
        try:
            _, handler = session.handlers.find()
        except UserError as error:
            problem = ActionError(name="MissingHandler", message=str(error))
            return unloaded(request, Ending(status="failed", error=problem), transcript, began)
        return run_step(session, handler, self._transaction, transcript, began)

    def _total(self) -> Stats:
        before, now = self._executions[: self._before], self._executions[self._before :]
        took_ms = (time.monotonic() - self._began) * 1000
        host_ms = sum(execution.stats.host_ms for execution in before)
        host_ms += max(0.0, took_ms - sum(execution.stats.duration_ms for execution in now))
        every = [execution.stats for execution in self._executions]
        return Stats(
            duration_ms=round(sum(stats.duration_ms for stats in every), 3),
            host_ms=round(host_ms, 3),
            boot_ms=round(sum(stats.boot_ms for stats in every), 3),
            external_ms=round(sum(stats.external_ms for stats in every), 3),
            cpu_ms=round(sum(stats.cpu_ms for stats in every), 3),
            memory_bytes=max((stats.memory_bytes for stats in every), default=0),
            confinement=now[-1].stats.confinement if now else {},
        )
