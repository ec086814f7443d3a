"""The event of the workbench: its faults while it is typed, and the way into the flow."""

from __future__ import annotations

from drive import OpenDesk
from textual.widgets import Static

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.flow import FlowScreen


async def test_the_caret_stays_in_sight_when_a_fault_takes_rows_from_the_editor(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f6")
        event = desk.screen.desk.event
        editor, strip = event.editor, event.query_one("#event-fault", Static)
        await desk.write_event("{\n" + "\n" * 30 + "}")
        editor.move_cursor((editor.scroll_offset.y + editor.size.height - 1, 0))
        await desk.press("x")
        expected = (
            f"Line {editor.cursor_location[0] + 1}, column 1: expecting property name enclosed in double "
            "quotes, so this is not JSON"
        )
        await desk.until(lambda: strip.display and str(strip.visual) == expected)
        await desk.settle()
        row = editor.cursor_location[0] - editor.scroll_offset.y
        assert 0 <= row < editor.size.height
        assert editor.diagnostics[0].message.startswith("expecting property name")


async def test_the_flow_starts_with_the_event_of_the_workbench_and_says_when_an_order_is_applied(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.deploy("Role Claims")
    tenant.set_flow("post-login", ["MFA for Role", "Role Claims"])
    async with workbench() as desk:
        desk.screen.desk.event.choose("admin user")
        await desk.press("f7")
        flow = desk.app.screen
        assert isinstance(flow, FlowScreen)
        assert flow.event == "admin user"

        await desk.press("down", "J", "A")
        assert flow.order.changed, "a capital letter beside 'add' applies nothing"
        await desk.press("ctrl+s")
        assert desk.notices == ["The order of post-login is applied."]
        assert [binding.action for binding in tenant.flow("post-login")] == ["Role Claims", "MFA for Role"]
