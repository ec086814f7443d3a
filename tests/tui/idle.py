"""Waiting until the application has nothing to do, in place of Textual's waiting until the processor rests.

Textual sleeps 20 ms at a time until this process has used next to no processor time meanwhile, several times for
each key. Loop and screen can be asked instead: they are idle when no callback is ready and nothing waits to be
painted. That is sooner when there is nothing to do, and surer on a machine that is busy with something else.
"""

from __future__ import annotations

import asyncio
import time

import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App

QUIET_ROUNDS = 3
"""So many rounds of the loop without a callback: what a thread or a finished task brings comes in between."""


async def wait_for_idle(_min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is ready in the running loop, at most `max_sleep` seconds.

    Timers are not waited for, except the one of the screen, which is asked to paint at once, and the one that
    holds back painting while the palette closes.
    """
    loop = asyncio.get_running_loop()
    app = active_app.get(None)
    end, quiet = time.monotonic() + max_sleep, 0
    while quiet < QUIET_ROUNDS and time.monotonic() < end:
        await asyncio.sleep(0)
        quiet = 0 if loop._ready else quiet + 1  # type: ignore[attr-defined]
        if app is None or app._exit or quiet < QUIET_ROUNDS:
            continue
        if app._batch_count:
            await asyncio.sleep(0.005)
            quiet = 0
        elif _paint(app):
            quiet = 0


def _paint(app: App[object]) -> bool:
    """Lay out and paint what waits for the next frame. Returns whether anything did."""
    if not app.screen_stack:
        return False
    screen = app.screen
    waiting = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    if any(waiting):
        screen._on_timer_update()
    return any(waiting)


def take_the_place_of_textuals() -> None:
    """Make keys and pauses of a Pilot wait like this."""
    for module in (textual.app, textual.pilot):
        module.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]
