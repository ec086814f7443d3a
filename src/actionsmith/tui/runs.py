"""Running the draft in the editor and showing what happens."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from textual.message import Message
from textual.timer import Timer

from actionsmith.runtime.execution import Command, ConsoleLine, Execution
from actionsmith.tenant.model import Action
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers.validation import parse_event
from actionsmith.tui.faults import describe
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.result_view import ResultView

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool

GROUP = "run"
DRAIN_SECONDS = 0.05
DRAINED_AT_ONCE = 200
STREAMED = 2_000


class RunInput(msgspec.Struct, frozen=True):
    """What is run: an Action's code as it stands in the editor, and the text of an event under a name."""

    action: Action
    code: str
    event_text: str
    event_name: str


class _Run(msgspec.Struct):
    cancel: threading.Event = msgspec.field(default_factory=threading.Event)
    happened: deque[Command | ConsoleLine] = msgspec.field(default_factory=lambda: deque(maxlen=STREAMED))


class Runs:
    """One run at a time; a new one stops the one before. Only the newest is shown."""

    def __init__(
        self,
        jobs: Jobs,
        view: ResultView,
        tenant: Tenant,
        pool: HostPool | None,
    ) -> None:
        self._jobs, self._view, self._tenant, self._pool = jobs, view, tenant, pool
        self._current: _Run | None = None
        self._last: dict[str, tuple[Execution, str]] = {}
        self._timer: Timer | None = None

    @dataclass
    class Changed(Message):
        """A run began or ended; `execution` is what is shown now, if it is a whole result."""

        execution: Execution | None

    @property
    def running(self) -> bool:
        return self._current is not None

    def start(self, wanted: RunInput, syntax: Syntax) -> None:
        """Run it in a thread and show it as it happens."""
        self.stop()
        run = self._current = _Run()
        self._view.begin(wanted.action.language, wanted.event_name)
        self._timer = self._view.set_interval(DRAIN_SECONDS, self._drain)
        self._changed()

        def work() -> Execution:
            from actionsmith.workshop.running import run_draft

            return run_draft(
                self._tenant,
                wanted.action.name,
                parse_event(wanted.event_text, name=f"the event '{wanted.event_name}'"),
                code=wanted.code,
                pool=self._pool,
                progress=run.happened.append,
                cancel=run.cancel,
            )

        def done(execution: Execution) -> None:
            self._end(run)
            self._last[wanted.action.id] = (execution, wanted.event_name)
            self._view.finish(execution, wanted.event_name, syntax)
            self._changed(execution)

        def failed(error: Exception) -> None:
            self._end(run)
            self._view.fail(describe(error), wanted.event_name)

        self._jobs.newest(GROUP, work, done, failed)

    def show_last(self, action: Action, syntax: Syntax) -> None:
        """Show the last result of an Action, or that there is none. A run of another one is stopped."""
        self.stop()
        if (last := self._last.get(action.id)) is None:
            self._view.clear()
        else:
            self._view.finish(*last, syntax)
            self._changed(last[0])

    def cancel(self) -> None:
        """Tell the run to end, if there is one, and show nothing: for the end of the program."""
        if self._current is not None:
            self._current.cancel.set()

    def stop(self) -> None:
        """Stop the run, if there is one. Nothing more of it is shown."""
        if self._current is None:
            return
        self._current.cancel.set()
        self._jobs.drop(GROUP)
        self._end(self._current)
        self._view.fail("The run was stopped.", "")

    def _end(self, run: _Run) -> None:
        if self._current is not run:
            return
        self._current = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._changed()

    def _changed(self, execution: Execution | None = None) -> None:
        self._view.post_message(self.Changed(execution))

    def _drain(self) -> None:
        if self._current is None:
            return
        happened = self._current.happened
        items = [happened.popleft() for _ in range(min(len(happened), DRAINED_AT_ONCE))]
        if items:
            self._view.stream(items)
