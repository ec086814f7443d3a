"""An event that another program saves is shown, or brought together with what was typed here: as a draft is."""

from __future__ import annotations

import pytest
from drive import MFA, NARROW, Desk, OpenDesk
from textual.widgets import Button, Input

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Prompt
from actionsmith.tui.screens.merge import MergeDialog
from actionsmith.tui.screens.recover import RecoverDialog
from actionsmith.tui.widgets.event_pane import EventPane
from actionsmith.tui.widgets.moved_bar import MovedBar
from actionsmith.tui.widgets.row_view import RowView

TRIGGER, NAME = "post-login", "admin user"
SAVED = '{\n  "user": {},\n  "stats": {},\n  "request": {}\n}'
MINE = SAVED.replace('"user": {}', '"user": {"name": "mine"}')
THEIRS = SAVED.replace('"request": {}', '"request": {"ip": "1.2.3.4"}')
BOTH = MINE.replace('"request": {}', '"request": {"ip": "1.2.3.4"}')


@pytest.fixture
def tenant(tenant: Tenant) -> Tenant:
    tenant.save_event(TRIGGER, NAME, SAVED)
    return tenant


def event(desk: Desk) -> EventPane:
    return desk.screen.desk.event


def bar(desk: Desk) -> MovedBar:
    return event(desk).query_one(MovedBar)


def saved(tenant: Tenant, name: str = NAME) -> str:
    return tenant.event(TRIGGER, name).text


async def clash(desk: Desk, tenant: Tenant, theirs: str) -> None:
    """Write here, save there, and wait until that is noticed."""
    await desk.press("f6")
    await desk.write_event(MINE)
    tenant.save_event(TRIGGER, NAME, theirs)
    await desk.until(lambda: bool(bar(desk).display))
    await desk.settle()
    assert (event(desk).text, desk.app.screen) == (MINE, desk.screen), "nobody who types is interrupted"


async def test_an_event_that_was_not_changed_here_follows_and_undo_brings_the_old_text_back(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        tenant.save_event(TRIGGER, NAME, THEIRS)
        await desk.until(lambda: event(desk).text == THEIRS)
        await desk.settle()
        assert not event(desk).changed and not bar(desk).display
        await desk.press("f6", "ctrl+z")
        assert event(desk).text == SAVED
        assert event(desk).changed
        await desk.press("ctrl+s")
        assert saved(tenant) == SAVED, "it was seen, so it is no surprise"


async def test_saving_what_was_typed_over_a_text_of_another_program_asks_first(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f6")
        await desk.write_event(MINE)
        tenant.save_event(TRIGGER, NAME, THEIRS)
        await desk.press("ctrl+s")
        dialog = desk.app.screen
        assert isinstance(dialog, MergeDialog)
        assert dialog.dialog_title == "The event was saved elsewhere"
        assert '"ip": "1.2.3.4"' in dialog.query_one(RowView).plain
        assert saved(tenant) == THEIRS
        await desk.press("enter")
        assert saved(tenant) == event(desk).text == BOTH
        assert not event(desk).changed and not bar(desk).display
        await desk.press("ctrl+z")
        assert event(desk).text == MINE
        await desk.press("ctrl+z")
        assert event(desk).text == THEIRS


async def test_a_bar_leads_to_the_merge_which_saves_nothing(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench(size=NARROW) as desk:
        await clash(desk, tenant, THEIRS)
        assert "● Saved elsewhere." in desk.app.export_screenshot().replace("&#160;", " ")
        await desk.press("alt+m")
        await desk.press("escape")
        assert bar(desk).display, "later is later"
        assert await desk.pilot.click("#pane-event #merge")
        await desk.settle()
        await desk.press("enter")
        assert (event(desk).text, saved(tenant)) == (BOTH, THEIRS)
        assert event(desk).changed and not bar(desk).display
        await desk.press("ctrl+s")
        assert saved(tenant) == BOTH


@pytest.mark.parametrize(("button", "kept"), [("#mine", MINE), ("#theirs", THEIRS)])
async def test_one_of_both_texts_is_taken(
    workbench: OpenDesk, tenant: Tenant, button: str, kept: str
) -> None:
    async with workbench() as desk:
        await clash(desk, tenant, THEIRS)
        await desk.press("ctrl+s")
        desk.app.screen.query_one(button, Button).press()
        await desk.settle()
        assert saved(tenant) == event(desk).text == kept
        assert not event(desk).changed and not bar(desk).display


async def test_the_same_text_saved_elsewhere_or_put_back_is_no_clash(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await clash(desk, tenant, THEIRS)
        event(desk).action_reset()
        await desk.settle()
        assert event(desk).text == THEIRS and not event(desk).changed and not bar(desk).display
        await desk.write_event(MINE)
        tenant.save_event(TRIGGER, NAME, MINE)
        await desk.until(lambda: not event(desk).changed)
        assert not bar(desk).display


async def test_the_key_of_merging_is_for_the_pane_one_is_in(workbench: OpenDesk, tenant: Tenant) -> None:
    async with workbench() as desk:
        await desk.write(MFA + "// mine\n")
        tenant.save_code("MFA for Role", MFA + "// theirs\n")
        await clash(desk, tenant, THEIRS)
        for pane, title in (
            ("event", "The event was saved elsewhere"),
            ("code", "The draft was saved elsewhere"),
        ):
            desk.screen.desk.go_to(pane)
            await desk.press("alt+m")
            assert isinstance(desk.app.screen, MergeDialog)
            assert desk.app.screen.dialog_title == title
            await desk.press("escape")


async def test_an_event_that_is_not_shown_is_told_of_and_so_is_one_that_is_deleted(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.create_action("Token", "credentials-exchange", "javascript", "")
    tenant.save_event(TRIGGER, "other", "{}")
    async with workbench() as desk:
        await desk.write_event(MINE)
        event(desk).choose("other")
        await desk.write_event('{"other": 1}')
        desk.screen.open_action("Token")
        await desk.settle()
        tenant.save_event(TRIGGER, NAME, THEIRS)
        await desk.until(
            lambda: f"The event “{NAME}” of post-login, not saved here, was saved elsewhere." in desk.notices
        )
        tenant.delete_event(TRIGGER, "other")
        await desk.until(
            lambda: any("The event “other” of post-login was deleted" in it for it in desk.notices)
        )
        desk.screen.open_action("MFA for Role")
        await desk.settle()
        assert event(desk).name_shown == "default event"
        event(desk).choose(NAME)
        await desk.settle()
        assert event(desk).text == MINE and bar(desk).display
    async with workbench() as desk:
        shown = ""
        while isinstance(desk.app.screen, RecoverDialog):
            shown += desk.app.screen.query_one(RowView).plain
            await desk.press("escape")
        assert '{"other": 1}' in shown and '"name": "mine"' in shown


async def test_an_event_is_not_saved_as_one_that_there_is(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.save_event(TRIGGER, "other", "{}")
    async with workbench() as desk:
        await desk.write_event(MINE)
        event(desk).action_save_as()
        await desk.settle()
        await desk.fill(value="other")
        dialog = desk.app.screen
        assert isinstance(dialog, Prompt), "the name is taken"
        dialog.query_one(Input).value = "third"
        await desk.settle()
        tenant.save_event(TRIGGER, "third", "[]")  # by another program, the moment before
        await desk.press("enter")
        assert isinstance(desk.app.screen, MergeDialog)
        desk.app.screen.query_one("#theirs", Button).press()
        await desk.settle()
        assert (saved(tenant, "third"), saved(tenant), saved(tenant, "other")) == ("[]", SAVED, "{}")
        assert (event(desk).name_shown, event(desk).text) == (NAME, MINE)
