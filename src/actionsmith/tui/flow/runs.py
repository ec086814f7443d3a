"""Running the flow in a thread, and what it has given so far."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.dom import DOMNode

from actionsmith.runtime.execution import Answer, Execution, FlowExecution, Suspended
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.flow import facts as flow_facts
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.waiting import answer_text
from actionsmith.tui.jobs import Jobs

if TYPE_CHECKING:
    from actionsmith.runtime.flow import StepDone
    from actionsmith.runtime.pool import HostPool

GROUP = "run"

Work = Callable[["StepDone", threading.Event], FlowExecution]
"""Runs a flow; blocks. It calls the first argument after each Action and ends when the second is set."""


class FlowRuns:
    """One run at a time; a new one stops the one before. `current` is the newest, None when forgotten.

    `changed` is called on the screen's thread whenever `current` is another one.
    """

    def __init__(
        self,
        node: DOMNode,
        tenant: Tenant,
        pool: HostPool | None,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._node, self._tenant, self._pool = node, tenant, pool
        self._changed, self._report = changed, failed
        self._jobs = Jobs(node)
        self._cancel = threading.Event()
        self.current: FlowRun | None = None
        self._before: FlowRun | None = None

    @property
    def running(self) -> bool:
        return self.current is not None and self.current.running

    @property
    def suspended(self) -> Suspended | None:
        """The flow that waits for an answer, if the last run ended so."""
        result = self.current.result if self.current is not None else None
        return result.suspended if result is not None else None

    def start(self, trigger: str, order: tuple[str, ...], event: str) -> None:
        """Run the deployed versions of these Actions with a saved event (empty: the default one)."""

        def work(step_done: StepDone, cancel: threading.Event) -> FlowExecution:
            from actionsmith.runtime.flow import Course
            from actionsmith.workshop.running import run_bound_flow

            return run_bound_flow(
                self._tenant,
                trigger,
                flow_facts.read_event(self._tenant, trigger, event),
                order=list(order),
                course=Course(pool=self._pool, step_done=step_done, cancel=cancel),
            )

        self._begin(FlowRun(order, event), None, work)

    def resume(self, answer: Answer) -> None:
        """Go on with the suspended flow."""
        suspended, before = self.suspended, self.current
        assert suspended is not None
        assert before is not None

        def work(step_done: StepDone, cancel: threading.Event) -> FlowExecution:
            from actionsmith.runtime.flow import Course
            from actionsmith.workshop.running import resume_bound_flow

            return resume_bound_flow(
                self._tenant,
                suspended,
                answer,
                course=Course(pool=self._pool, step_done=step_done, cancel=cancel),
            )

        answered = before.answered(answer_text(suspended.waits_for, answer))
        self._begin(answered, before.remembering(answer), work)

    def stop(self) -> None:
        """Stop the run under way. A flow that was resumed waits for its answer again."""
        before = self._before
        self.forget()
        self.current = before
        self._changed()

    def forget(self) -> None:
        """Stop a run under way and drop what the last one gave. Calls nothing."""
        self._cancel.set()
        self._jobs.drop(GROUP)
        self.current = self._before = None

    def _begin(self, run: FlowRun, before: FlowRun | None, work: Work) -> None:
        """Start a run; `before` is what comes back when it is stopped or cannot take place."""
        self.forget()
        self._cancel = cancel = threading.Event()
        self.current, self._before = run, before

        def step_done(position: int, execution: Execution) -> None:
            self._node.call_later(self._step_done, cancel, position, execution)

        self._jobs.newest(
            GROUP,
            partial(work, step_done, cancel),
            partial(self._done, cancel),
            partial(self._failed, cancel),
        )
        self._changed()

    def _step_done(self, cancel: threading.Event, position: int, execution: Execution) -> None:
        if not cancel.is_set() and self.current is not None and self.current.running:
            self.current = self.current.with_step(position, execution)
            self._changed()

    def _done(self, cancel: threading.Event, result: FlowExecution) -> None:
        if not cancel.is_set() and self.current is not None:
            self.current, self._before = self.current.ended(result), None
            self._changed()

    def _failed(self, cancel: threading.Event, error: Exception) -> None:
        if not cancel.is_set():
            self.current, self._before = self._before, None
            self._changed()
            self._report(error)
