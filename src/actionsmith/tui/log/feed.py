"""The executions that the log screen shows: read once, then followed as they come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from textual.dom import DOMNode

from actionsmith.tenant.log import Log, LogCursor, LogFilter, LogPage, LogRecord
from actionsmith.tui.jobs import Jobs

GROUP = "log"
FOLLOW_SECONDS = 0.5
SHOWN = 1_000
"""So many executions are kept on the screen; the log has the others."""

State = Literal["reading", "live", "paused", "failed"]


class LogFeed:
    """Keeps the newest executions that are wanted, oldest first. All reading happens in threads.

    `changed` is called on the screen's thread when there is something else to show; `failed` once when
    the log cannot be read, which is tried again and again.
    """

    def __init__(
        self,
        node: DOMNode,
        log: Log,
        *,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._log, self._changed, self._report = log, changed, failed
        self._jobs = Jobs(node)
        self._cursor: LogCursor | None = None
        self._held: list[LogRecord] = []
        self._busy = self._failing = False
        self._paused = False
        self.wanted = LogFilter()
        self.records: tuple[LogRecord, ...] = ()
        self.damaged = 0
        node.set_interval(FOLLOW_SECONDS, self.follow)

    @property
    def state(self) -> State:
        """How the screen stands to the log."""
        if self._failing:
            return "failed"
        if self._cursor is None:
            return "reading"
        return "paused" if self._paused else "live"

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def held(self) -> int:
        """How many executions came while paused."""
        return len(self._held)

    def show(self, wanted: LogFilter) -> None:
        """Read the log anew, and follow what is wanted from now on."""
        self.wanted, self._cursor, self._busy = wanted, None, True
        self._jobs.newest(GROUP, partial(self._log.read, wanted, SHOWN), self._read, self._failed)
        self._changed()

    def follow(self) -> None:
        """Take on what came since the last look, unless a look is still under way."""
        if self._busy:
            return
        if self._cursor is None:
            self.show(self.wanted)
            return
        self._busy = True
        work = partial(self._log.tail, self._cursor, self.wanted)
        self._jobs.newest(GROUP, work, self._came, self._failed)

    def pause(self, paused: bool) -> None:
        """Hold the view still, or show what came meanwhile and go on."""
        self._paused = paused
        if not paused:
            self._take(self._held)
            self._held = []
        self._changed()

    def _read(self, page: LogPage) -> None:
        self._held, self.records = [], tuple(page.records)
        self.damaged = page.damaged
        self._looked(page)
        self._changed()

    def _came(self, page: LogPage) -> None:
        recovered = self._failing
        self._looked(page)
        self.damaged += page.damaged
        if self._paused:
            self._held = [*self._held, *page.records][-SHOWN:]
        else:
            self._take(page.records)
        if page.records or page.damaged or recovered:
            self._changed()

    def _take(self, records: list[LogRecord]) -> None:
        if records:
            self.records = (*self.records, *records)[-SHOWN:]

    def _looked(self, page: LogPage) -> None:
        self._cursor = page.cursor
        self._busy = self._failing = False

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if not self._failing:
            self._failing = True
            self._report(error)
            self._changed()
