"""Running the flow in a thread, and what it has given so far."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.dom import DOMNode

from actionsmith.runtime.execution import Execution, FlowExecution
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui import flow_facts
from actionsmith.tui.flow_view import FlowRun
from actionsmith.tui.jobs import Jobs

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool

GROUP = "run"


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

    def start(self, trigger: str, order: tuple[str, ...], event: str) -> None:
        """Run the deployed versions of these Actions with a saved event (empty: the default one)."""
        self.forget()
        self._cancel = cancel = threading.Event()
        self.current = FlowRun(order, event)

        def step_done(position: int, execution: Execution) -> None:
            self._node.call_later(self._step_done, cancel, position, execution)

        def work() -> FlowExecution:
            from actionsmith.workshop.running import run_bound_flow

            return run_bound_flow(
                self._tenant,
                trigger,
                flow_facts.read_event(self._tenant, trigger, event),
                order=list(order),
                pool=self._pool,
                step_done=step_done,
                cancel=cancel,
            )

        self._jobs.newest(GROUP, work, partial(self._done, cancel), partial(self._failed, cancel))
        self._changed()

    def forget(self) -> None:
        """Stop a run under way and drop what the last one gave. Calls nothing."""
        self._cancel.set()
        self._jobs.drop(GROUP)
        self.current = None

    def _step_done(self, cancel: threading.Event, position: int, execution: Execution) -> None:
        if not cancel.is_set() and self.current is not None and self.current.running:
            done = {**self.current.done, self.current.order[position]: execution}
            self.current = msgspec.structs.replace(self.current, done=done)
            self._changed()

    def _done(self, cancel: threading.Event, result: FlowExecution) -> None:
        if not cancel.is_set() and self.current is not None:
            done = dict(zip(self.current.order, result.actions, strict=False))
            self.current = msgspec.structs.replace(self.current, done=done, result=result)
            self._changed()

    def _failed(self, cancel: threading.Event, error: Exception) -> None:
        if not cancel.is_set():
            self.current = None
            self._changed()
            self._report(error)
