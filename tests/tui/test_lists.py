"""The lists of the workbench: what stays highlighted, what their keys say, how long lines are drawn."""

from __future__ import annotations

from drive import MFA, NARROW, OpenDesk
from textual.widgets import Button, Input, Static

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.line_list import Line, LineList

LONG = "[b]a name that is much longer than the list of the Actions is wide, and then some more"


async def test_the_highlight_stays_with_a_renamed_action_and_goes_to_a_new_version(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f2", "r")
        await desk.fill(value="Zulu")
        assert desk.screen.desk.actions.keys == ("Role Claims", "Zulu")
        assert desk.screen.desk.actions.chosen == "Zulu"
        await desk.write("// two\n")
        await desk.press("f8")
        assert desk.screen.desk.side.versions.chosen == "2"


async def test_a_bound_action_leads_to_its_flow_instead_of_being_deleted(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.create_action("Gate", "pre-user-registration", "javascript", MFA)
    tenant.deploy("Gate")
    tenant.set_flow("pre-user-registration", ["Gate"])
    async with workbench() as desk:
        await desk.press("f2", "end", "d", "escape")
        assert len(tenant.actions()) == 3
        await desk.press("d", "enter")
        assert isinstance(desk.app.screen, FlowScreen)
        assert desk.app.screen.trigger == "pre-user-registration"


async def test_a_secret_with_a_bad_name_keeps_the_dialog_and_its_value(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f4", "a")
        await desk.fill(name="two words", value="typed")
        assert "has no blanks" in str(desk.app.screen.query_one("#fault-name", Static).visual)
        assert desk.app.screen.query_one("#field-value", Input).value == "typed"
        desk.app.screen.query_one("#field-name", Input).value = "WORDS"
        desk.app.screen.query_one("#submit", Button).press()
        await desk.settle()
        assert tenant.reveal_secrets("MFA for Role")["WORDS"] == "typed"


async def test_versions_say_what_cannot_be_done_with_them(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.save_code("MFA for Role", "// two\n")
    tenant.deploy("MFA for Role")
    tenant.rollback("MFA for Role", 1)
    async with workbench() as desk:
        await desk.press("f4", "f4", "f4", "r")
        assert desk.app.screen is desk.screen
        assert any("Version 3 is deployed already" in notice for notice in desk.notices)
        await desk.press("a")
        assert any("Versions are made by a deploy" in notice for notice in desk.notices)
        await desk.press("down", "r", "enter")
        assert tenant.action("MFA for Role").deployed == 4


async def test_a_long_line_has_at_most_its_rows(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.rename_action("MFA for Role", LONG)
    async with workbench(size=NARROW) as desk:
        await desk.press("f2")
        assert desk.screen.desk.actions.virtual_size.height == 1 + 2 + 1, "heading, long name, short name"
        versions = LineList("none")
        await desk.screen.mount(versions)
        versions.show([Line(str(number), LONG * 3, "2026-01-31 14:05", rows=1) for number in range(3)])
        await desk.pilot.pause()
        assert versions.virtual_size.height == 3
