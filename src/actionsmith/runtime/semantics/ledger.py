"""What one flow has added up to so far, and how to go back to where the running Action began."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.json_paths import drop, found, put, replaced
from actionsmith.triggers.model import Trigger

NEARLY = 0.8
"""From this share of a limit on, a warning says how full it is."""


class Ledger:
    """The state api calls read and change.

    `given` is the event the flow began with, `event` what it knows by now: that plus what became visible
    at once (transaction metadata and the like). It is replaced, never changed in place. `outcome` is
    nested by the paths of the contract's outcome model.
    """

    def __init__(
        self, trigger: Trigger, event: dict[str, Any], now_ms: Callable[[], float], cache: Cache
    ) -> None:
        self.trigger = trigger
        self.given = event
        self.event = event
        self.now_ms = now_ms
        self.cache = cache
        self.cache_at_first = cache.dump()
        self.outcome: dict[str, Any] = {}
        self.warnings: list[str] = []
        self._nearly_full: set[str] = set()
        self.handler = ""
        self.stopped = False
        self.begin(trigger.handlers[0])

    def begin(self, handler: str) -> None:
        """A new Action starts: what it does from here on can be taken back."""
        self.handler = handler
        self.suspends = False
        self.called: list[str] = []
        self.aborted: str | None = None
        self.before = copy.deepcopy(self.outcome)
        self._event_before = self.event
        self._stopped_before = self.stopped
        self._cache_before = self.cache.dump()

    def take_back(self) -> None:
        """Forget everything the running Action did, its warnings excepted."""
        self.outcome = copy.deepcopy(self.before)
        self.event = self._event_before
        self.stopped = self._stopped_before
        self.suspends = False
        self.called = []
        self.aborted = None
        self.cache.load(self._cache_before)

    def warn(self, text: str) -> None:
        """Keep a warning; the same one is kept once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def put(self, path: str, value: Any) -> None:
        """Set a path of the outcome."""
        put(self.outcome, path, value)

    def drop(self, path: str) -> None:
        """Take a path out of the outcome, and what is empty then."""
        drop(self.outcome, path)

    def at(self, path: str) -> Any:
        """What the outcome has at a path, or None."""
        return found(self.outcome, path)

    def in_event(self, path: str) -> Any:
        """What the event has at a path (without `event.`), or None."""
        return found(self.event, path)

    def show(self, path: str, value: Any) -> None:
        """Let this and later Actions see `value` at a path of the event."""
        self.event = replaced(self.event, path, value)

    def fill(self, what: str, used: int, limit: int, unit: str) -> bool:
        """Whether `used` is within `limit`; a warning, once, when it is nearly used up.

        `what` names the thing in the warning, `unit` what is counted (`bytes`, `scopes`).
        """
        if NEARLY * limit <= used <= limit and what not in self._nearly_full:
            self._nearly_full.add(what)
            self.warn(f"{what}: {used:,} of {limit:,} {unit} are used")
        return used <= limit
