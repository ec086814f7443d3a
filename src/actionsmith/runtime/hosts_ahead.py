"""Hosts for the Actions of a flow, started while earlier Actions run.

A host boots in tens of milliseconds and an Action often runs for less than one, so that a flow without this
would mostly wait for processes to start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from actionsmith.runtime.execution import RunRequest
from actionsmith.runtime.hosts.process import Host

MOST_AHEAD = 4
"""More hosts than this wait for no flow: each takes tens of megabytes."""


def usable_cores() -> int:
    """The processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class HostsAhead:
    """The hosts of one flow, first to last. Use as a context; what was not taken is ended at its end.

    `start` makes a host, `end` takes back one that was not used. At most one host per core boots ahead.
    """

    def __init__(
        self, requests: Sequence[RunRequest], start: Callable[[RunRequest], Host], end: Callable[[Host], None]
    ) -> None:
        self._requests = requests
        self._start, self._end = start, end
        self._ahead = min(usable_cores(), MOST_AHEAD)
        self._hosts: list[Future[Host]] = []
        self._taken = 0
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="flow hosts")

    def __enter__(self) -> Self:
        self._order_up_to(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for future in self._hosts[self._taken :]:
            future.cancel()
        self._starter.shutdown()
        for future in self._hosts[self._taken :]:
            if not future.cancelled() and future.exception() is None:
                self._end(future.result())

    def take(self) -> Host:
        """The host of the next Action; the caller ends it. Raises what starting it raised."""
        self._order_up_to(self._taken + 1 + self._ahead)
        host = self._hosts[self._taken].result()
        self._taken += 1
        return host

    def _order_up_to(self, count: int) -> None:
        while len(self._hosts) < min(count, len(self._requests)):
            request = self._requests[len(self._hosts)]
            self._hosts.append(self._starter.submit(self._start, request))
