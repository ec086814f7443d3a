"""The event loop of async handlers. It notices what would keep them waiting for ever, or fail unseen."""

from __future__ import annotations

import asyncio
import selectors
import threading
from asyncio import Task
from collections.abc import Awaitable
from typing import Any

NEVER_ENDS = (
    "the handler waits for something that can no longer happen: what it awaits never ends "
    "(the platform would stop it at the time limit)"
)
TURNS = 3


class NeverEnds(Exception):
    """Nothing is left that could wake the handler."""

    __module__ = "builtins"  # a stack shows it without the name of this package


class Selector(selectors.DefaultSelector):
    """Refuses to wait when neither a timer, a descriptor nor a thread could end the waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = 0  # of the host itself

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        own = 1  # the loop's own pipe, by which threads and signals wake it
        if timeout is None and len(self.get_map()) <= own and threading.active_count() <= self.threads:
            raise NeverEnds(NEVER_ENDS)
        return super().select(timeout)


class Loop:
    """Runs coroutines one after the other, in one loop that keeps what they leave behind."""

    def __init__(self) -> None:
        self.selector = Selector()
        self.loop = asyncio.SelectorEventLoop(self.selector)
        self.tasks: list[Task[Any]] = []
        self.loop.set_task_factory(self._make_task)
        asyncio.set_event_loop(self.loop)

    def run(self, result: Awaitable[Any]) -> None:
        """Wait for `result`. Raises what it raises, or what a task raised that nobody awaits."""
        self.selector.threads = threading.active_count()
        try:
            self.loop.run_until_complete(self._settle(result))
        finally:
            self.tasks = [task for task in self.tasks if not task.done()]

    async def _settle(self, result: Awaitable[Any]) -> None:
        own = len(self.tasks)
        await result
        for _ in range(TURNS if len(self.tasks) > own else 0):
            await asyncio.sleep(0)  # what was just started and fails at once shows up now
        for task in self.tasks:
            # the flag by which asyncio itself tells exceptions that nobody has looked at
            if task.done() and not task.cancelled() and getattr(task, "_log_traceback", False):
                error = task.exception()
                assert error is not None
                raise error

    def _make_task(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> Task[Any]:
        task: Task[Any] = Task(coroutine, loop=loop, **options)
        self.tasks.append(task)
        return task
