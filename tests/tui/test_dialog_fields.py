"""The fields of dialogs, their keys, and the bar below them."""

from __future__ import annotations

from drive import Desk, OpenDesk
from textual import events
from textual.widgets import Input

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.help import HelpDialog
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.row_view import RowView


async def burst(desk: Desk, *keys: str) -> None:
    """All keys at once, as a fast typist or a paste by another program sends them."""
    for key in keys:
        desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await desk.settle()


async def test_keys_that_arrive_in_one_burst_work_in_their_order(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f4", "a")
        name, value = desk.app.screen.query(Input)
        await burst(desk, *"old", "ctrl+u", *"NEW", "left", "X", "tab", *"one", "ctrl+a", *"two")
        assert (name.value, value.value) == ("NEXW", "two")

        await burst(desk, "shift+tab", "ctrl+a", *"KEY", "enter", "ctrl+a", *"three", "enter")
        assert desk.screen.desk.side.secrets.keys == ("API_KEY", "KEY")


async def test_a_dialog_has_its_own_bar_and_help(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f2", "r")
        dialog = desk.app.screen
        assert [command.id for command, _ in dialog.query_one(CommandBar).entries] == [
            "dialog.cancel",
            *("global.quit", "global.help", "global.command_palette"),
        ]
        assert dialog.query_one(Input).selected_text == "MFA for Role"

        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpDialog)
        assert desk.app.screen.query_one(RowView).plain.startswith("Dialogs and their fields")
        await desk.pilot.click(CommandBar, offset=(2, 0))
        assert desk.app.screen is dialog


async def test_enter_on_a_check_box_goes_on_as_in_a_text_field(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench() as desk:
        await desk.press("f4", "a", *"NS", "tab", *"https", "tab", "space", "enter")
        added = {item.name: item.value for item in tenant.draft("MFA for Role").secrets}
        assert added["NS"] == "https", "space made it a plain setting"
