"""Every key of the dialogs does what the registry says."""

from __future__ import annotations

from drive import Desk, OpenDesk
from key_rows import Give, Rows, back_to_the_workbench
from textual.widgets import Input

from actionsmith.tui.dialogs import Choose, Confirm, Dialog, Form
from actionsmith.tui.screens.diff import DiffDialog
from actionsmith.tui.screens.help import HelpDialog
from actionsmith.tui.screens.new_action import NewActionDialog

ROWS = Rows()


def names(desk: Desk) -> list[str]:
    return [action.name for action in desk.app.tenant.actions()]


async def opened(desk: Desk, *keys: str) -> type[Dialog[object]]:
    """Press keys that open a dialog, and give its kind."""
    await desk.press(*keys)
    assert isinstance(desk.app.screen, Dialog)
    return type(desk.app.screen)


@ROWS.of("new_action.create")
async def create(desk: Desk, give: Give) -> None:
    await desk.press("f9")
    desk.app.screen.query_one("#new-action-name", Input).value = "Brand New"
    await give()
    assert "Brand New" in names(desk)
    assert desk.app.screen is desk.screen
    assert desk.screen.tabs.shown == "Brand New"


@ROWS.of("new_action.cancel")
async def cancel_new_action(desk: Desk, give: Give) -> None:
    before = names(desk)
    assert await opened(desk, "f9") is NewActionDialog
    await give()
    assert desk.app.screen is desk.screen
    assert names(desk) == before


@ROWS.of("dialog.cancel")
async def cancel(desk: Desk, give: Give) -> None:
    before = names(desk)
    for kind, keys in (
        (HelpDialog, ("f1",)),
        (Form, ("f2", "r")),
        (Confirm, ("d",)),
        (Choose, ("f6", "ctrl+o")),
        (DiffDialog, ("f2", "f4", "f4", "f4", "enter")),
    ):
        assert issubclass(await opened(desk, *keys), kind)
        await give()
        assert desk.app.screen is desk.screen
    assert names(desk) == before


async def test_every_key_of_dialogs(workbench: OpenDesk) -> None:
    async with workbench() as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            desk.screen.open_action("MFA for Role")
            await desk.settle()

        await ROWS.check(desk, begin)
