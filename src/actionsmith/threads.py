"""Slow work beside an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


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
