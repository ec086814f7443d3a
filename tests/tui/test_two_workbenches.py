"""A draft that another program saves while its text is edited here: nobody's text is lost."""

from __future__ import annotations

import pytest
from drive import MFA, Desk, OpenDesk
from textual import events

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.screens.diff import DiffDialog
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.row_view import RowView

NAME = "MFA for Role"
MINE, THEIRS = MFA + "// mine\n", MFA + "// theirs\n"


async def clash(desk: Desk, tenant: Tenant, key: str) -> None:
    """Both change the draft, they save first, then `key` is pressed here."""
    await desk.write(MINE)
    tenant.save_code(NAME, THEIRS)
    await desk.press(key)
    assert isinstance(desk.app.screen, Choose)
    assert tenant.draft(NAME).code == THEIRS


async def test_the_two_texts_are_compared_and_mine_replaces_theirs_which_undo_brings_back(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await clash(desk, tenant, "ctrl+s")
        await desk.press("enter")
        assert isinstance(desk.app.screen, DiffDialog)
        assert "-// theirs\n  +// mine" in desk.app.screen.query_one(RowView).plain
        await desk.press("escape", "escape")
        assert desk.app.screen is desk.screen
        assert "● not saved" in desk.header, "nothing is decided yet"

        await desk.press("ctrl+s")
        await desk.press("down", "enter")
        assert tenant.draft(NAME).code == desk.screen.desk.code.text == MINE
        assert "● not saved" not in desk.header
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == THEIRS
        await desk.press("ctrl+s")
        assert tenant.draft(NAME).code == THEIRS, "what was saved here is no surprise"


@pytest.mark.parametrize("key", ["f5", "f8"])
async def test_theirs_is_taken_and_undo_brings_mine_back(
    workbench: OpenDesk, tenant: Tenant, key: str
) -> None:
    async with workbench() as desk:
        await clash(desk, tenant, key)
        await desk.press("down", "down", "enter")
        assert desk.screen.desk.code.text == tenant.draft(NAME).code == THEIRS
        assert tenant.action(NAME).latest == 1
        assert "● not saved" not in desk.header
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == MINE
        await desk.press("f8")
        assert tenant.version(NAME, 2).code == MINE


async def test_without_unsaved_text_saving_shows_theirs_and_quick_saves_do_not_clash(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        tenant.save_code(NAME, THEIRS)
        await desk.press("ctrl+s")
        assert desk.screen.desk.code.text == tenant.draft(NAME).code == THEIRS

        desk.screen.desk.code.editor.set_text(MINE)
        desk.screen.action_save()
        desk.screen.desk.code.editor.set_text(MFA)
        desk.screen.action_save()
        desk.screen.action_deploy()
        await desk.settle()
        assert desk.app.screen is desk.screen
        assert tenant.version(NAME, 2).code == MFA


async def test_back_from_another_window_the_screens_show_what_was_changed_there(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        desk.screen.desk.code.editor.set_text("// mine, not saved\n")
        await desk.press("f7")
        flow = desk.app.screen
        assert isinstance(flow, FlowScreen)
        tenant.create_action(
            "Made Elsewhere", "post-login", "javascript", "exports.onExecutePostLogin = () => {};"
        )
        tenant.deploy("Made Elsewhere")
        tenant.set_flow("post-login", ["Made Elsewhere"])
        desk.app.post_message(events.AppFocus())
        await desk.settle()
        assert flow.order.names == ("Made Elsewhere",)
        await desk.press("escape")
        assert "Made Elsewhere" in {action.name for action in desk.screen.snapshot.actions}
        assert desk.screen.desk.code.text == "// mine, not saved\n"
