"""Every key that works everywhere or on the workbench as a whole does what the registry says."""

from __future__ import annotations

import pytest
from drive import MFA, WIDE, Desk, OpenDesk
from key_rows import Give, Rows, back_to_the_workbench, give, told
from textual.command import CommandPalette
from textual.widgets import Button

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.actions import BY_ID
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.screens.help import HelpDialog
from actionsmith.tui.screens.log import LogScreen
from actionsmith.tui.screens.merge import MergeDialog
from actionsmith.tui.screens.new_action import NewActionDialog
from actionsmith.tui.widgets.moved_bar import MovedBar
from actionsmith.tui.widgets.row_view import RowView

NAME, OTHER = "MFA for Role", "Role Claims"
ENDLESS = "exports.onExecutePostLogin = async () => { for (;;) {} };\n"

ROWS = Rows()
LEAVING = Rows()
"""These end the program: each in a program of its own."""


def saved(desk: Desk) -> str:
    return desk.app.tenant.draft(NAME).code


@ROWS.of("global.help")
async def help_(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, HelpDialog)
    assert BY_ID["workbench.run"].help in desk.app.screen.query_one(RowView).plain


@ROWS.of("global.command_palette")
async def command_palette(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, CommandPalette)


@ROWS.of("global.open_log")
async def open_log(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, LogScreen)


@ROWS.of("global.choose_theme")
async def choose_theme(desk: Desk, give: Give) -> None:
    before = desk.app.theme
    await give()
    assert isinstance(desk.app.screen, Choose)
    await desk.press("down", "enter")
    assert desk.app.theme != before


@LEAVING.of("global.quit")
async def quit_(desk: Desk, give: Give) -> None:
    await desk.write("// not saved\n")
    await give()
    assert desk.app._exit


@LEAVING.of("global.interrupt")
async def interrupt(desk: Desk, give: Give) -> None:
    await desk.press("f2")
    await give()
    assert not desk.app._exit
    assert desk.notices == ["Press ctrl+c again to quit."]
    await give()
    assert desk.app._exit


@ROWS.of("workbench.run")
async def run(desk: Desk, give: Give) -> None:
    await give()
    assert 'api.multifactor.enable("any")' in desk.result


@ROWS.of("workbench.stop")
async def stop(desk: Desk, give: Give) -> None:
    await desk.write(ENDLESS)
    await desk.pilot.press("f5")
    assert desk.screen.runs.running
    await give()
    assert not desk.screen.runs.running
    assert desk.result == "The run was stopped."


@ROWS.of("workbench.toggle_run_on_save")
async def toggle_run_on_save(desk: Desk, give: Give) -> None:
    desk.screen.desk.result.clear()
    await give()
    await desk.press("ctrl+s")
    assert 'api.multifactor.enable("any")' in desk.result
    desk.screen.desk.result.clear()
    await give()
    await desk.press("ctrl+s")
    assert "Nothing has run yet" in desk.result


@ROWS.of("workbench.save")
async def save(desk: Desk, give: Give) -> None:
    await desk.write("// saved\n")
    assert "● not saved" in desk.header
    await give()
    assert saved(desk) == "// saved\n"
    assert "● not saved" not in desk.header


@ROWS.of("workbench.merge")
async def merge(desk: Desk, give: Give) -> None:
    await desk.write(MFA + "// mine\n")
    desk.app.tenant.save_code(NAME, "// theirs\n" + MFA)
    desk.screen.load()
    await desk.until(lambda: bool(desk.screen.query_one(MovedBar).display))
    await give()
    assert isinstance(desk.app.screen, MergeDialog)
    assert {button.id for button in desk.app.screen.query(Button)} == {"cancel", "theirs", "mine", "merged"}
    await desk.press("enter")
    assert desk.screen.desk.code.text == "// theirs\n" + MFA + "// mine\n"


@ROWS.of("workbench.deploy")
async def deploy(desk: Desk, give: Give) -> None:
    await desk.write("// deployed\n")
    await give()
    deployed = desk.app.tenant.action(NAME).deployed
    assert deployed is not None
    assert desk.app.tenant.version(NAME, deployed).code == "// deployed\n"


@ROWS.of("workbench.open_flow")
async def open_flow(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, FlowScreen)
    assert desk.app.screen.trigger == "post-login"


@ROWS.of("workbench.new_action")
async def new_action(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, NewActionDialog)


@ROWS.of("panes.show_actions")
async def show_actions(desk: Desk, give: Give) -> None:
    await give()
    assert desk.app.focused is desk.screen.desk.actions


@ROWS.of("panes.show_code")
async def show_code(desk: Desk, give: Give) -> None:
    desk.screen.desk.go_to("actions")
    await give()
    assert desk.app.focused is desk.screen.desk.code.editor


@ROWS.of("panes.show_panel")
async def show_panel(desk: Desk, give: Give) -> None:
    side = desk.screen.desk.side
    side.choose("secrets")
    await desk.settle()
    await desk.press("f3")
    for tab in ("secrets", "modules", "versions", "secrets"):
        await give()
        assert side.tab == tab
        assert side.has_focus_within


@ROWS.of("panes.show_test")
async def show_test(desk: Desk, give: Give) -> None:
    await give()
    assert desk.app.focused is desk.screen.desk.event.editor
    await give()
    assert desk.app.focused is desk.screen.desk.result.rows
    await give()
    assert desk.app.focused is desk.screen.desk.event.editor


@ROWS.of("tabs.next")
async def next_tab(desk: Desk, give: Give) -> None:
    await give()
    assert desk.screen.tabs.shown == OTHER
    assert desk.screen.desk.code.editor.syntax == "python"
    await give()
    assert desk.screen.tabs.shown == NAME


@ROWS.of("tabs.previous")
async def previous_tab(desk: Desk, give: Give) -> None:
    desk.app.tenant.create_action("Third", "post-login", "python", "# third\n")
    desk.screen.open_action("Third")
    await desk.settle()
    await give()
    assert desk.screen.tabs.shown == NAME, "it stands behind the one it was opened from"
    await give()
    assert desk.screen.tabs.shown == OTHER
    desk.app.tenant.delete_action("Third")


@ROWS.of("tabs.close")
async def close_tab(desk: Desk, give: Give) -> None:
    await give()
    assert desk.screen.tabs.names == (OTHER,)
    desk.screen.open_action(OTHER)
    desk.screen.open_action(NAME)
    await desk.settle()
    await desk.write("// not saved\n")
    await give()
    assert isinstance(desk.app.screen, Choose)
    await desk.press("escape")
    assert desk.screen.tabs.names == (OTHER, NAME), "text that is not saved is asked about"


@ROWS.of("panes.toggle_split")
async def toggle_split(desk: Desk, give: Give) -> None:
    code, event = desk.screen.desk.code, desk.screen.desk.event
    assert event.region.x > code.region.x
    await give()
    assert event.region.x == code.region.x
    assert event.region.y > code.region.y
    await give()
    assert event.region.x > code.region.x


async def test_every_key_of_the_workbench(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench(size=WIDE) as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            if desk.screen.tabs.names != (NAME, OTHER):
                desk.screen.open_action(OTHER)
                await desk.settle()
            if desk.screen.tabs.shown != NAME:
                desk.screen.open_action(NAME)
                await desk.settle()
            if desk.screen.desk.code.text != MFA:
                tenant.save_code(NAME, MFA)
                await desk.write(MFA)
                desk.screen.load()
                await desk.settle()
                assert desk.screen.drafts.unsaved == frozenset()
            desk.screen.desk.go_to("code")

        await ROWS.check(desk, begin)


@pytest.mark.parametrize("command_id", LEAVING)
async def test_every_key_that_leaves(workbench: OpenDesk, command_id: str) -> None:
    for key in BY_ID[command_id].keys:
        with told(command_id, key):
            async with workbench() as desk:
                await LEAVING[command_id](desk, lambda desk=desk, key=key: give(desk, command_id, key))  # type: ignore[misc]
