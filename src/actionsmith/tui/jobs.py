"""Blocking work off the screen's thread, and its results back on it.

A node (usually a screen) owns one `Jobs`. Its threads are daemons: an installation that never ends
cannot keep the program alive after quitting.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

from actionsmith.threads import in_thread

T = TypeVar("T")


class Jobs:
    """Runs callables in threads. Callbacks are called on the screen's thread."""

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._lanes: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def newest(
        self,
        group: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Worker[None]:
        """Start `work` now; what earlier jobs of the same group still give is dropped."""

        async def job() -> None:
            await self._carry_out(work, done, failed)

        return self._node.run_worker(job, group=group, exclusive=True, exit_on_error=False)

    def in_order(
        self,
        group: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Worker[None]:
        """Start `work` when all earlier jobs of the group have ended: for everything that writes."""

        async def job() -> None:
            async with self._lanes[group]:
                await self._carry_out(work, done, failed)

        return self._node.run_worker(job, group=group, exit_on_error=False)

    def drop(self, group: str) -> None:
        """Forget what the running jobs of a group will give. Their threads run on to their end."""
        self._node.workers.cancel_group(self._node, group)

    async def _carry_out(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        try:
            done(await in_thread(work))
        except Exception as error:  # of the work or of showing it: a worker would swallow it
            failed(error)
