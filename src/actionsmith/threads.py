"""Slow work beside an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")

_here = threading.local()


class Stop:
    """Ends from any thread what another one does: `with stop: work()`.

    What takes long in there asks `current_stop` for it, says how it is ended, and looks at `is_wanted`.
    """

    def __init__(self) -> None:
        self.is_wanted = False
        self._turn = threading.Lock()
        self._end: Callable[[], None] | None = None

    def __enter__(self) -> Stop:
        _here.stop = self
        return self

    def __exit__(self, *_: object) -> None:
        _here.stop = None

    def stop(self) -> None:
        """End what is under way, and have nothing more begun."""
        with self._turn:
            self.is_wanted = True
            if self._end is not None:
                self._end()

    def ends(self, end: Callable[[], None] | None) -> None:
        """Say how what is under way now is ended; None: there is nothing any more."""
        with self._turn:
            self._end = end
            if end is not None and self.is_wanted:
                end()


def current_stop() -> Stop:
    """What may end the work of this thread; where there is nothing, one that nobody asks."""
    return getattr(_here, "stop", None) or Stop()


async def in_thread(work: Callable[[], T]) -> T:
    """What `work` returns or raises, computed in a daemon thread of its own: unlike those of asyncio, it does
    not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(end: Callable[[], None]) -> None:
        if not future.cancelled():
            end()

    def body() -> None:
        try:
            end: Callable[[], None] = partial(future.set_result, work())
        except Exception as error:
            end = partial(future.set_exception, error)
        with suppress(RuntimeError):  # the program has ended meanwhile, nobody waits for the result
            loop.call_soon_threadsafe(settle, end)

    threading.Thread(target=body, daemon=True).start()
    return await future
