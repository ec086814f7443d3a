"""What one flow has added up to so far, and how to go back to where the running Action began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from actionsmith.runtime.semantics.answers import ApiError
from actionsmith.runtime.semantics.cache import Cache
from actionsmith.runtime.semantics.json_paths import copied, drop, found, put, replaced
from actionsmith.runtime.semantics.unread_event import UnreadEvent
from actionsmith.triggers.model import Trigger

NEARLY = 0.8
"""From this share of a limit on, a warning says how full it is."""


GivenEvent = dict[str, Any] | UnreadEvent
"""The event a flow begins with."""


class Wait(msgspec.Struct, frozen=True):
    """One thing the user has to do before the flow goes on; `details` is WaitsFor.details."""

    kind: Literal["redirect", "form", "mfa"]
    details: dict[str, Any]


class Ledger:
    """The state api calls read and change. Each Action begins with `begin`.

    `given` is the event the flow began with, `event` what it knows by now: that plus what became visible
    at once (transaction metadata and the like), which is also in `shown` by path. It is replaced, never
    changed in place. `outcome` is nested by the paths of the contract's outcome model.

    For the user: `waits` is what has to be done, in order, before the flow goes on, `passed` the types of
    factors passed in this flow, `factors_asked` how many MFA commands it has carried out. `saved` has the
    pending metadata that a redirect has made permanent, by field.
    """

    def __init__(
        self, trigger: Trigger, event: GivenEvent, now_ms: Callable[[], float], cache: Cache
    ) -> None:
        self.trigger = trigger
        self._given = event
        self._event: dict[str, Any] | None = None
        self.now_ms = now_ms
        self.cache = cache
        self.cache_at_first = cache.dump()
        self.outcome: dict[str, Any] = {}
        self.warnings: list[str] = []
        self.shown: dict[str, Any] = {}
        self.waits: list[Wait] = []
        self.passed: list[str] = []
        self.factors_asked = 0
        self.saved: dict[str, dict[str, Any]] = {}
        self._nearly_full: set[str] = set()
        self.stopped = False
        self.suspends = False
        self._warned_before = 0

    @property
    def given(self) -> dict[str, Any]:
        """The event the flow began with."""
        if isinstance(self._given, UnreadEvent):
            self._given = self._given.whole()
        return self._given

    @property
    def event(self) -> dict[str, Any]:
        """The event as it is known by now."""
        return self.given if self._event is None else self._event

    @event.setter
    def event(self, event: dict[str, Any]) -> None:
        self._event = event

    def begin(self, handler: str) -> None:
        """A new Action starts: what it does from here on can be taken back."""
        self.handler = handler
        self.suspends = False
        self.waits = []
        self.called: list[str] = []
        self.factor_commands: list[dict[str, Any]] = []
        self.aborted: ApiError | None = None
        self.interaction_required = False
        self.before: dict[str, Any] = copied(self.outcome)
        self._event_before, self._shown_before = self._event, dict(self.shown)
        self._stopped_before, self._warned_before = self.stopped, len(self.warnings)
        self._cache_before = self.cache.dump()

    def take_back(self) -> None:
        """Forget everything the running Action did, its warnings excepted."""
        self.outcome = copied(self.before)
        self._event, self.shown = self._event_before, dict(self._shown_before)
        self.stopped = self._stopped_before
        self.suspends = False
        self.waits = []
        self.called = []
        self.factor_commands = []
        self.aborted = None
        self.interaction_required = False
        self.cache.load(self._cache_before)

    def warn(self, text: str) -> None:
        """Keep a warning; of one Action the same one is kept once."""
        if text not in self.warnings[self._warned_before :]:
            self.warnings.append(text)

    def warn_once(self, text: str) -> None:
        """Keep a warning about the flow as a whole, which later Actions do not repeat."""
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
        return found(self.outcome, path) if self.outcome else None

    def in_event(self, path: str) -> Any:
        """What the event has at a path (without `event.`), or None."""
        if self._event is None and isinstance(self._given, UnreadEvent):
            return self._given.at(path)
        return found(self.event, path)

    def event_says(self, path: str, word: str) -> bool:
        """Whether the event has this word, of letters and dashes, at a path."""
        if self._event is None and isinstance(self._given, UnreadEvent):
            return self._given.says(path, word)
        return bool(found(self.event, path) == word)

    def show(self, path: str, value: Any) -> None:
        """Let this and later Actions see `value` at a path of the event."""
        self.event = replaced(self.event, path, value)
        self.shown[path] = value

    def fill(self, what: str, used: int, limit: int, unit: str) -> bool:
        """Whether `used` is within `limit`; a warning, once, when it is nearly used up.

        `what` names the thing in the warning, `unit` what is counted (`bytes`, `scopes`).
        """
        if NEARLY * limit <= used <= limit and what not in self._nearly_full:
            self._nearly_full.add(what)
            self.warn_once(f"{what}: {used:,} of {limit:,} {unit} are used")
        return used <= limit
