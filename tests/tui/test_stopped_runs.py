"""What is seen of a run while it goes on, and what is left of one that was stopped."""

from __future__ import annotations

from drive import OpenDesk
from log_desk import LogDesk
from textual.widgets import Static

from actionsmith.tui.screens.log import LogScreen

ENDLESS = """exports.onExecutePostLogin = async (event, api) => {
  console.log("begun [here]");
  api.user.setAppMetadata("a", 1);
  await new Promise((done) => setTimeout(done, 60_000));
};
"""


async def test_a_run_shows_its_time_and_keeps_what_it_did_when_it_is_stopped(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        result = desk.screen.desk.result
        status = result.query_one("#result-status", Static)
        await desk.write(ENDLESS)
        await desk.pilot.press("f5")
        await desk.until(lambda: "begun [here]" in desk.result)
        await desk.until(lambda: " s of 20 s  admin user" in str(status.visual))
        await desk.press("escape")
        for _ in range(2):
            assert str(status.visual).startswith(" stopped ")
            assert str(status.visual).endswith("admin user")
            assert "2  begun [here]" in desk.result
            assert not desk.screen.runs.running
            desk.screen.open_action("Role Claims")
            await desk.settle()
            assert "begun" not in desk.result
            desk.screen.open_action("MFA for Role")
            await desk.settle()


async def test_a_run_that_was_stopped_is_not_among_what_went_wrong(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.write(ENDLESS)
        await desk.pilot.press("f5")
        await desk.until(lambda: "begun [here]" in desk.result)
        await desk.press("escape")
        await desk.until(lambda: bool(desk.screen.tenant.log.read().records))
        await desk.press("f10")
        screen = desk.app.screen
        assert isinstance(screen, LogScreen)
        log = LogDesk(desk, screen)
        await desk.until(lambda: "MFA for Role draft" in log.lines)
        assert "stopped" in log.lines
        assert "begun [here]" in log.details
        assert "cancelled" not in log.lines + log.details
        await log.choose("s", "Went wrong")
        assert "MFA for Role" not in log.lines
        await log.choose("s", "Stopped")
        assert "MFA for Role draft" in log.lines
