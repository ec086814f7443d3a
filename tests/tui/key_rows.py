"""Rows of the tests of every key: one per command, which brings the screen to where the command does
something, gives it, and looks at what its help promises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

from drive import Desk

from actionsmith.tui.actions import BY_ID
from actionsmith.tui.palette import offers

Give = Callable[[], Awaitable[None]]
"""Gives the command: presses the key, or takes a command without one from the palette."""

Begin = Callable[[], Awaitable[None]]
Row = Callable[[Desk, Give], Awaitable[None]]


class Rows(dict[str, Row]):
    """Rows by the id of their command. A row is gone through once for each key of the command."""

    def of(self, command_id: str) -> Callable[[Row], Row]:
        """Adds a row: `@ROWS.of("flow.run")`."""

        def add(row: Row) -> Row:
            assert command_id not in self, f"{command_id} has a row already"
            self[command_id] = row
            return row

        return add

    async def check(self, desk: Desk, begin: Begin, *, at_once: bool = False) -> None:
        """Go through all rows in one app; `begin` brings it back to where every row starts."""
        for command_id, row in self.items():
            for key in BY_ID[command_id].keys or ("",):
                with told(command_id, key):
                    await begin()
                    await row(desk, partial(give, desk, command_id, key, at_once=at_once))


@contextmanager
def told(command_id: str, key: str) -> Iterator[None]:
    """A fault within names the command and its key."""
    try:
        yield
    except Exception as fault:
        fault.add_note(f"{command_id} with {key or 'the palette'}")
        raise


async def give(desk: Desk, command_id: str, key: str, *, at_once: bool = False) -> None:
    """Press the key of a command; without one, do what the palette does when it is chosen there.

    `at_once`: what it does is done when the key is, with no job or message to wait for.
    """
    if key:
        await (desk.pilot if at_once else desk).press(key)
        return
    offer = next(offer for offer in offers(desk.app.screen) if offer.command.id == command_id)
    await desk.app.run_action(offer.action, offer.node)
    await desk.settle()


async def back_to_the_workbench(desk: Desk) -> None:
    """Close every dialog and other screen, and forget what was said."""
    desk.app.clear_notifications()
    while len(desk.app.screen_stack) > 1:
        await desk.app.pop_screen()
