"""What was typed into an event stays with that event: its text, its caret, its undo, also after a crash."""

from __future__ import annotations

import pytest
from drive import ADMIN, Desk, OpenDesk
from textual.widgets import OptionList

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.recover import RecoverDialog
from actionsmith.tui.widgets.event_pane import EventPane

TRIGGER, ONE, OTHER = "post-login", "admin user", "test user"
TEST = '{\n  "user": {"email": "t@example.com"}\n}'


@pytest.fixture
def tenant(tenant: Tenant) -> Tenant:
    tenant.save_event(TRIGGER, OTHER, TEST)
    return tenant


def event(desk: Desk) -> EventPane:
    return desk.screen.desk.event


def texts(tenant: Tenant) -> dict[str, str]:
    return {saved.name: saved.text for saved in tenant.events(TRIGGER)}


async def test_choosing_another_event_keeps_what_was_typed_with_its_caret_and_its_undo(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f6", "end", "x")
        typed, caret = event(desk).text, event(desk).editor.cursor_location
        assert typed == f"{ADMIN}x"

        await desk.press("ctrl+o", "end", "enter")
        assert (event(desk).name_shown, event(desk).text) == (OTHER, TEST)
        await desk.press("ctrl+z")
        assert event(desk).text == TEST, "nothing was changed here"
        await desk.press("down", "y")
        await desk.press("ctrl+s")
        assert texts(tenant) == {ONE: ADMIN, OTHER: event(desk).text}

        await desk.press("ctrl+o", "up", "enter")
        assert (event(desk).name_shown, event(desk).text) == (ONE, typed)
        assert event(desk).editor.cursor_location == caret
        await desk.press("ctrl+z")
        assert event(desk).text == ADMIN
        assert not event(desk).changed
        await desk.press("ctrl+o", "end", "enter", "ctrl+z")
        assert event(desk).text == TEST


async def test_the_choice_of_events_marks_those_that_are_changed(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.write_event("{}")
        event(desk).choose(OTHER)
        await desk.settle()
        await desk.press("f6", "ctrl+o")
        listed = desk.app.screen.query_one(OptionList).options
        assert [str(option.prompt) for option in listed] == [
            "default event  of the trigger",
            f"● {ONE}  changed",
            OTHER,
        ]


async def test_all_events_that_were_changed_are_offered_at_the_next_start(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.write_event('{"one": 1}')
        event(desk).choose(OTHER)
        event(desk).editor.set_text('{"other": 1}')
        event(desk).choose("")
        event(desk).editor.set_text('{"default": 1}')
        await desk.pilot.press("ctrl+q")
    async with workbench() as desk:
        offered = []
        while isinstance(desk.app.screen, RecoverDialog):
            offered.append(desk.app.screen.found.text)
            await desk.press("enter")
        assert {found.text for found in offered} == {'{"one": 1}', '{"other": 1}', '{"default": 1}'}
        for found in offered:
            event(desk).choose(found.action)
            await desk.settle()
            assert event(desk).text == found.text
            assert event(desk).changed


async def test_a_text_saved_under_another_name_leaves_its_event_as_that_was_saved(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f6", "end", "space")
        event(desk).action_save_as()
        await desk.settle()
        await desk.fill(value="third")
        assert texts(tenant) == {ONE: ADMIN, OTHER: TEST, "third": f"{ADMIN} "}
        assert (event(desk).name_shown, event(desk).changed) == ("third", False)
        await desk.press("ctrl+z")
        assert event(desk).text == ADMIN, "it is the text that was typed into, with its undo"
        await desk.press("ctrl+y", "ctrl+o", "home", "down", "enter")
        assert (event(desk).name_shown, event(desk).text, event(desk).changed) == (ONE, ADMIN, False)
    async with workbench() as desk:
        assert desk.app.screen is desk.screen, "nothing is left to be recovered"
