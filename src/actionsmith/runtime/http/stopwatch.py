"""How long the requests of a run were under way: each by itself, and all of them together."""

from __future__ import annotations

import time
from collections.abc import Callable


class Stopwatch:
    """Times requests that may overlap. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: dict[int, float] = {}
        self._busy_since = 0.0
        self._busy_s = 0.0

    def begin(self, number: int) -> None:
        """Request `number` is on its way."""
        now = self._clock()
        if not self._begun:
            self._busy_since = now
        self._begun[number] = now

    def end(self, number: int) -> float | None:
        """Request `number` has its answer: the milliseconds that took; None when it was not under way."""
        begun = self._begun.pop(number, None)
        if begun is None:
            return None
        now = self._clock()
        if not self._begun:
            self._busy_s += now - self._busy_since
        return _ms(now - begun)

    @property
    def busy_ms(self) -> float:
        """Milliseconds in which at least one request was under way, until now."""
        going_on = self._clock() - self._busy_since if self._begun else 0.0
        return _ms(self._busy_s + going_on)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
