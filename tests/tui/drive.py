"""Driving the workbench in tests: sizes, small Actions, and a desk that presses keys and waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList
from textual.worker import WorkerCancelled

from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.widgets.header_line import HeaderLine

MFA = """exports.onExecutePostLogin = async (event, api) => {
  console.log("roles", event.authorization?.roles);
  if (event.authorization?.roles.includes("Admin")) {
    api.multifactor.enable("any");
  }
};
"""

CLAIMS = """def on_execute_post_login(event, api):
    api.id_token.set_custom_claim("https://example.com/roles", event.authorization.roles)
"""

ADMIN = '{"user": {"email": "a@example.com"}, "authorization": {"roles": ["Admin"]}}'

WIDE, MEDIUM, NARROW = (160, 45), (100, 30), (60, 20)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no job is under way: neither one of now, nor one that its result or a message starts."""
    quiet_rounds = 0
    while quiet_rounds < 2:
        await pilot.pause()
        keys = getattr(pilot.app, "keys", None)
        quiet_rounds = 0 if keys is not None and keys.waiting else quiet_rounds + 1
        if any(not worker.is_finished for worker in pilot.app.workers):
            with suppress(WorkerCancelled):  # a newer job has taken its place
                await pilot.app.workers.wait_for_complete()
            quiet_rounds = 0


class Desk:
    """A running workbench: presses keys and waits until nothing is under way."""

    def __init__(self, app: ActionsmithApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot, self.screen = app, pilot, app.workbench

    async def settle(self) -> None:
        await settle(self.pilot)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what a timer brings about; the test fails when it does not come."""
        for _ in range(500):
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError("what was waited for did not happen")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when what the one before has started is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Put text into the editor as if it had been typed."""
        self.screen.desk.code.editor.set_text(text)
        await self.settle()

    async def write_event(self, text: str) -> None:
        self.screen.desk.event.editor.set_text(text)
        await self.settle()

    async def fill(self, **fields: str) -> None:
        """Fill in the fields of the form on top and submit it."""
        for name, value in fields.items():
            self.app.screen.query_one(f"#field-{name}", Input).value = value
        await self.pilot.pause()
        self.app.screen.query_one("#submit", Button).press()
        await self.settle()

    async def choose_from_palette(self, query: str) -> None:
        """Open the command palette, write the query and take the first of what it finds."""
        await self.press("ctrl+p")
        self.app.screen.query_one(Input).value = query
        await self.settle()  # until then the list is that of all commands
        await self.until(lambda: self.app.screen.query_one(OptionList).option_count > 0)
        await self.press("enter")

    @property
    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    @property
    def header(self) -> str:
        return " · ".join(fact.text for fact in self.screen.query_one(HeaderLine).facts)

    @property
    def result(self) -> str:
        return self.screen.desk.result.rows.plain


OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]
