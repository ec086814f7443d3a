"""A draft that another program saves while its text is open here is noticed without a key, and brought together."""

from __future__ import annotations

from drive import CLAIMS, MFA, NARROW, Desk, OpenDesk
from textual.widgets import Button

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.merge import MergeDialog
from actionsmith.tui.screens.recover import RecoverDialog
from actionsmith.tui.widgets.moved_bar import MovedBar
from actionsmith.tui.widgets.row_view import RowView

NAME, OTHER = "MFA for Role", "Role Claims"
MINE = MFA + "// mine\n"
THEIRS = "// theirs\n" + MFA
CLASHING = MFA + "// theirs\n"


def code(desk: Desk) -> str:
    return desk.screen.desk.code.text


def bar(desk: Desk) -> MovedBar:
    return desk.screen.query_one(MovedBar)


async def clash(desk: Desk, tenant: Tenant, theirs: str) -> None:
    """Write here, save there, and wait until that is noticed."""
    await desk.write(MINE)
    tenant.save_code(NAME, theirs)
    await desk.until(lambda: bool(bar(desk).display))
    await desk.settle()
    assert (code(desk), desk.app.screen) == (MINE, desk.screen), "nobody who types is interrupted"


async def test_a_draft_without_unsaved_text_follows_and_undo_brings_the_old_text_back(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        tenant.save_code(NAME, THEIRS)
        tenant.create_action("Made Elsewhere", "post-login", "python", "")
        await desk.until(lambda: code(desk) == THEIRS and "Made Elsewhere" in desk.screen.action_names())
        assert desk.screen.drafts.unsaved == frozenset()
        assert not bar(desk).display
        await desk.press("ctrl+z")
        assert code(desk) == MFA


async def test_texts_that_fit_together_are_merged_after_a_look_at_the_difference(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench(size=NARROW) as desk:
        await clash(desk, tenant, THEIRS)
        assert await desk.pilot.click("#merge")
        await desk.settle()
        dialog = desk.app.screen
        assert isinstance(dialog, MergeDialog)
        shown = dialog.query_one(RowView)
        assert "+// theirs" in shown.plain
        assert "mine" not in shown.plain, "only what merging changes"
        assert shown.size.height > 3
        assert all(desk.screen.region.contains_region(button.region) for button in dialog.query(Button))
        await desk.press("enter")
        assert code(desk) == "// theirs\n" + MINE
        assert not bar(desk).display
        assert tenant.draft(NAME).code == THEIRS, "saving is for the person to do"
        await desk.press("ctrl+z")
        assert code(desk) == MINE
        await desk.press("ctrl+y", "ctrl+s")
        assert tenant.draft(NAME).code == "// theirs\n" + MINE
        await desk.write(code(desk) + "// more\n")
        tenant.save_code(NAME, "// first\n" + tenant.draft(NAME).code)
        await desk.press("ctrl+s", "enter")
        assert tenant.draft(NAME).code == code(desk) == "// first\n// theirs\n" + MINE + "// more\n"
        assert desk.screen.drafts.unsaved == frozenset()


async def test_texts_that_do_not_fit_stand_side_by_side_when_both_are_wanted(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await clash(desk, tenant, CLASHING)
        await desk.press("alt+m")
        assert desk.app.screen.query_one("#merged", Button).label.plain == "Both"
        await desk.press("escape")
        assert bar(desk).display, "later is later"
        await desk.press("ctrl+s", "enter")
        both = "<<<<<<< yours\n// mine\n=======\n// theirs\n>>>>>>> saved elsewhere\n"
        assert code(desk) == MFA + both
        assert tenant.draft(NAME).code == CLASHING, "marks are not saved by themselves"
        await desk.press("ctrl+z")
        assert code(desk) == MINE
        await desk.press("ctrl+z")
        assert code(desk) == CLASHING


async def test_a_tab_that_is_not_shown_is_told_of_and_when_both_wrote_the_same_all_is_well(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.write(MINE)
        desk.screen.open_action(OTHER)
        await desk.settle()
        tenant.save_code(NAME, THEIRS)
        await desk.until(lambda: any("“MFA for Role”, not saved here" in notice for notice in desk.notices))
        assert code(desk) == CLAIMS
        assert not bar(desk).display
        await desk.press("alt+h")
        assert code(desk) == MINE
        assert bar(desk).display
        tenant.save_code(NAME, MINE)
        await desk.until(lambda: not bar(desk).display)
        assert desk.screen.drafts.unsaved == frozenset()


async def test_an_action_that_is_renamed_or_deleted_elsewhere_takes_its_text_along_or_leaves_it(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.write(MINE)
        tenant.rename_action(NAME, "Zebra")
        await desk.until(lambda: "Zebra" in desk.header)
        await desk.settle()
        assert code(desk) == MINE
        assert desk.screen.drafts.unsaved == {"Zebra"}
        await desk.press("ctrl+s")
        assert tenant.draft("Zebra").code == MINE, "what it started from was carried over, too"

        await desk.write(MINE + "// more\n")
        tenant.delete_action("Zebra")
        await desk.until(lambda: any("“Zebra” was deleted elsewhere" in notice for notice in desk.notices))
        await desk.settle()
        assert code(desk) == CLAIMS
    async with workbench() as desk:
        dialog = desk.app.screen
        assert isinstance(dialog, RecoverDialog)
        assert "// more" in dialog.query_one(RowView).plain
