"""Running the flow in a thread, and what it has given so far."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.dom import DOMNode

from actionsmith.runtime.execution import Execution, FlowExecution, Suspended
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.flow import facts as flow_facts
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.waiting import answer_text
from actionsmith.tui.jobs import Jobs
from actionsmith.workshop.answering import Given, complete, token_secrets

if TYPE_CHECKING:
    from actionsmith.runtime.flow import StepDone
    from actionsmith.runtime.pool import HostPool

GROUP = "run"

Work = Callable[["StepDone", threading.Event], FlowExecution]
"""Runs a flow; blocks. It calls the first argument after each Action and ends when the second is set."""


class FlowRuns:
    """One run at a time; a new one stops the one before. `current` is the newest, None when forgotten.

    A flow that waited can be answered again after it went on, until it is run anew or forgotten. `changed` is
    called on the screen's thread whenever `current` is another one.
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
        self._answered: FlowRun | None = None

    @property
    def running(self) -> bool:
        return self.current is not None and self.current.running

    @property
    def to_answer(self) -> FlowRun | None:
        """The suspended run that an answer is for: the newest, or that which was answered last."""
        if self.running:
            return None
        return self._answered if self.suspended is None else self.current

    @property
    def suspended(self) -> Suspended | None:
        """The flow that waits for its first answer, if the last run ended so."""
        return self.current.suspended if self.current is not None else None

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

    def resume(self, given: Given) -> None:
        """Go on from where the flow waits, or waited last.

        What its Actions did before is shown as it was, not as a suspended flow keeps it: with secrets masked.
        """
        before = self.to_answer
        assert before is not None
        assert before.suspended is not None
        suspended = msgspec.structs.replace(before.suspended, actions=list(before.done))

        def work(step_done: StepDone, cancel: threading.Event) -> FlowExecution:
            from actionsmith.runtime.flow import Course
            from actionsmith.workshop.running import resume_bound_flow

            return resume_bound_flow(
                self._tenant,
                suspended,
                complete(self._tenant, suspended, given),
                course=Course(pool=self._pool, step_done=step_done, cancel=cancel),
            )

        answered = before.answered(answer_text(suspended.waits_for, given.answer))
        self._begin(answered, before.remembering(given), work)

    def stop(self) -> None:
        """Stop the run under way. A flow that was resumed waits for its answer again."""
        waiting = self._answered
        self.forget()
        self.current = waiting
        self._changed()

    def forget(self) -> None:
        """Stop a run under way and drop what the last one gave. Calls nothing."""
        self._cancel.set()
        self._jobs.drop(GROUP)
        self.current = self._answered = None

    def _begin(self, run: FlowRun, answered: FlowRun | None, work: Work) -> None:
        """Start a run; `answered` is the one that it goes on from, and comes back when it cannot be done."""
        self.forget()
        self._cancel = cancel = threading.Event()
        self.current, self._answered = run, answered

        def step_done(position: int, execution: Execution) -> None:
            self._node.call_later(self._step_done, cancel, position, execution)

        def whole() -> tuple[FlowExecution, tuple[str, ...] | None]:
            result = work(step_done, cancel)
            return result, token_secrets(self._tenant, result)

        self._jobs.newest(
            GROUP,
            whole,
            partial(self._done, cancel),
            partial(self._failed, cancel),
        )
        self._changed()

    def _step_done(self, cancel: threading.Event, position: int, execution: Execution) -> None:
        if not cancel.is_set() and self.current is not None and self.current.running:
            self.current = self.current.with_step(position, execution)
            self._changed()

    def _done(self, cancel: threading.Event, ended: tuple[FlowExecution, tuple[str, ...] | None]) -> None:
        if not cancel.is_set() and self.current is not None:
            self.current = self.current.ended(*ended)
            self._changed()

    def _failed(self, cancel: threading.Event, error: Exception) -> None:
        if not cancel.is_set():
            self.current, self._answered = self._answered, None
            self._changed()
            self._report(error)
