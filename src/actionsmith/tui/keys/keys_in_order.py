"""Keys take effect in the order they are typed, also when several arrive at once.

Textual hands a key to the widget with the focus and looks for its command only when it has come back from
there, after the letters that were typed behind it: in one burst, `F9` and a name would open the dialog and
write the name into the code. Here a key that some command has is waited for, and a new screen until it has
its focus.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.screen import Screen

LOOK_EVERY_S = 0.005
LONG_AGO_S = 0.1
LONGEST_S = 0.5
"""Nobody waits longer for a key to come back, or for a screen that gives the focus to nothing."""


class KeysInOrder:
    """Stands between an app and its keys. `handle` is what the app does with an event."""

    def __init__(self, app: App[Any], handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._held: deque[events.Key | events.Paste] = deque()
        self._under_way: events.Key | None = None
        self._since = 0.0
        self._stopped = 0.0
        self._looks = False
        self._screen: Screen[Any] | None = None
        self._opened = 0.0

    @property
    def waiting(self) -> bool:
        """Whether keys are held back."""
        return bool(self._held)

    async def take(self, event: events.Event) -> None:
        """Handle an event now, or when the keys before it have taken effect."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._held or self._look():
                self._held.append(event)
                self._look_later()
            else:
                await self._carry_out(event)
            return
        await self._handle(event)
        if event is self._under_way:  # it has come back
            self._app.call_later(self._is_done, event)

    async def _carry_out(self, event: events.Key | events.Paste) -> None:
        if isinstance(event, events.Key) and self._is_of_a_command(event.key):
            self._under_way, self._since, self._stopped = event, time.monotonic(), 0.0
        await self._handle(event)
        if event is self._under_way and not event.is_forwarded:  # a key with priority
            self._app.call_later(self._is_done, event)

    async def _is_done(self, key: events.Event) -> None:
        """Called once what the key has started has run, such as giving the focus to another widget."""
        if key is self._under_way:
            self._under_way = None
        await self._release()

    async def _look_again(self) -> None:
        self._looks = False
        await self._release()

    async def _release(self) -> None:
        if not self._app.screen_stack:  # it is ending
            self._held.clear()
        while self._held and not self._look():
            await self._carry_out(self._held.popleft())
        if self._held:
            self._look_later()

    def _look_later(self) -> None:
        if not self._looks:
            self._looks = True
            # Through the app's queue: a key that is on its way back to the app is there first.
            self._app.set_timer(LOOK_EVERY_S, lambda: self._app.call_later(self._look_again))

    def _is_of_a_command(self, key: str) -> bool:
        return any(key in bindings.key_to_bindings for _, bindings in self._app.screen._modal_binding_chain)

    def _look(self) -> bool:
        """Whether there is something to wait for."""
        now = time.monotonic()
        if self._under_way is not None and (self._is_taken(now) or now - self._since > LONGEST_S):
            self._under_way = None
        screen = self._app.screen
        if screen is not self._screen:
            self._screen, self._opened = screen, now
        waits = screen.focused is None and screen.AUTO_FOCUS != "" and now - self._opened < LONGEST_S
        return self._under_way is not None or waits

    def _is_taken(self, now: float) -> bool:
        """Whether a widget has kept the key.

        It is stopped in the last step of its way back, too: only one that was seen stopped before, or that
        was pressed long ago, does not come back.
        """
        if self._under_way is None or not self._under_way._stop_propagation:
            return False
        self._stopped = self._stopped or now
        return now - self._stopped >= LOOK_EVERY_S or now - self._since > LONG_AGO_S
