"""Running the draft in the editor and showing what happens."""

from __future__ import annotations

import threading
import time
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
CLOCK_SECONDS = 0.25
DRAINED_AT_ONCE = 200
STREAMED = 2_000


class RunInput(msgspec.Struct, frozen=True):
    """What is run: an Action's code as it stands in the editor, and the text of an event under a name.

    `handler` (JavaScript name) is the one that was chosen; None: the one that fits the event and the code.
    """

    action: Action
    code: str
    event_text: str
    event_name: str
    handler: str | None = None


class _Run(msgspec.Struct):
    """A run under way. `happened` is filled by its thread; `seen` has what was taken from it and shown."""

    wanted: RunInput
    cancel: threading.Event = msgspec.field(default_factory=threading.Event)
    happened: deque[Command | ConsoleLine] = msgspec.field(default_factory=lambda: deque(maxlen=STREAMED))
    seen: deque[Command | ConsoleLine] = msgspec.field(default_factory=lambda: deque(maxlen=STREAMED))
    began: float = msgspec.field(default_factory=time.monotonic)
    limit_s: float | None = None

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.began

    def take(self, most: int) -> list[Command | ConsoleLine]:
        """The next things that happened, at most so many."""
        items = [self.happened.popleft() for _ in range(min(len(self.happened), most))]
        self.seen.extend(items)
        return items


class _Stopped(msgspec.Struct, frozen=True):
    """What is left of a run that was stopped."""

    happened: tuple[Command | ConsoleLine, ...]
    milliseconds: float


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
        self._last: dict[str, tuple[Execution | _Stopped, RunInput]] = {}
        self._timers: list[Timer] = []

    @dataclass
    class Changed(Message):
        """A run began or ended; `execution` is what is shown now, if it is a whole result, of this code."""

        execution: Execution | None
        code: str

    @property
    def running(self) -> bool:
        return self._current is not None

    def start(self, wanted: RunInput, syntax: Syntax) -> None:
        """Run it in a thread and show it as it happens."""
        self.stop()
        run = self._current = _Run(wanted)
        self._view.begin(wanted.action, wanted.event_name)
        self._timers = [
            self._view.set_interval(DRAIN_SECONDS, self._drain),
            self._view.set_interval(CLOCK_SECONDS, self._show_time),
        ]
        self._changed()

        def work() -> Execution:
            from actionsmith.workshop.running import run_draft, time_limit_s
            from actionsmith.workshop.samples import handler_for_event

            trigger = wanted.action.trigger
            run.limit_s = time_limit_s(trigger)
            return run_draft(
                self._tenant,
                wanted.action.name,
                parse_event(wanted.event_text, name=f"the event '{wanted.event_name}'"),
                code=wanted.code,
                handler=wanted.handler or handler_for_event(trigger, wanted.event_name, wanted.code),
                pool=self._pool,
                progress=run.happened.append,
                cancel=run.cancel,
                coverage=True,
            )

        def done(execution: Execution) -> None:
            self._end(run)
            self._last[wanted.action.id] = (execution, wanted)
            self._view.finish(execution, wanted.event_name, syntax)
            self._changed(execution, wanted.code)

        def failed(error: Exception) -> None:
            self._end(run)
            self._view.fail(describe(error), wanted.event_name)

        self._jobs.newest(GROUP, work, done, failed)

    def show_last(self, action: Action, syntax: Syntax) -> None:
        """Show the last result of an Action, or that there is none. A run of another one is stopped."""
        self.stop()
        match self._last.get(action.id):
            case None:
                self._view.clear()
            case (Execution() as execution, ran):
                self._view.finish(execution, ran.event_name, syntax)
                self._changed(execution, ran.code)
            case (_Stopped() as rest, ran):
                self._view.show_stopped(rest.happened, ran.action, rest.milliseconds, ran.event_name)

    def cancel(self) -> None:
        """Tell the run to end, if there is one, and show nothing: for the end of the program."""
        if self._current is not None:
            self._current.cancel.set()

    def stop(self) -> None:
        """Stop the run, if there is one, and show what it had done."""
        if (run := self._current) is None:
            return
        run.cancel.set()
        self._jobs.drop(GROUP)
        self._end(run)
        run.take(STREAMED)
        action, event = run.wanted.action, run.wanted.event_name
        rest = _Stopped(tuple(run.seen), run.elapsed_s * 1000)
        self._last[action.id] = (rest, run.wanted)
        self._view.show_stopped(rest.happened, action, rest.milliseconds, event)

    def _end(self, run: _Run) -> None:
        if self._current is not run:
            return
        self._current = None
        for timer in self._timers:
            timer.stop()
        self._timers = []
        self._changed()

    def _changed(self, execution: Execution | None = None, code: str = "") -> None:
        self._view.post_message(self.Changed(execution, code))

    def _drain(self) -> None:
        if self._current is None:
            return
        if items := self._current.take(DRAINED_AT_ONCE):
            self._view.stream(items)

    def _show_time(self) -> None:
        if (run := self._current) is not None:
            self._view.show_time(run.wanted.event_name, run.elapsed_s, run.limit_s)
