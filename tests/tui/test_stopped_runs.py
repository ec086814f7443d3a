"""What is seen of a run while it goes on, and what is left of one that was stopped."""

from __future__ import annotations

from drive import OpenDesk
from textual.widgets import Static

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
