"""Choosing which handler of a draft is run, each with an event of its own."""

from __future__ import annotations

import pytest
from drive import NARROW, WIDE, OpenDesk
from textual.widgets import OptionList

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.widgets.event_head import EventHead, short_handler

TWO = """exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://x/a", "first");
};
exports.onContinuePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://x/a", event.request.query.answer);
};
"""
BACK = '{"request": {"query": {"answer": "back"}}}'


@pytest.fixture
def two_handlers(tenant: Tenant) -> Tenant:
    tenant.create_action("Two", "post-login", "javascript", TWO)
    return tenant


async def test_a_handler_is_chosen_with_a_key_and_has_its_own_event(
    workbench: OpenDesk, two_handlers: Tenant
) -> None:
    two_handlers.save_event("post-login", "back", BACK)
    async with workbench() as desk:
        desk.screen.open_action("Two")
        await desk.settle()
        await desk.press("f5")
        assert '"first"' in desk.result

        await desk.press("f6", "ctrl+t")
        options = desk.app.screen.query_one(OptionList)
        assert options.highlighted == 0
        await desk.press("end", "enter")
        pane = desk.screen.desk.event
        before = pane.editor.text
        assert pane.handler == "onContinuePostLogin"
        await desk.press("ctrl+o", "end", "enter", "f5")
        assert '"back"' in desk.result

        await desk.press("ctrl+t", "home", "down", "enter")
        assert pane.handler == "onExecutePostLogin"
        assert '"answer": "back"' in pane.editor.text, "a handler that had no event begins with the shown one"
        await desk.press("ctrl+t", "home", "enter")
        assert pane.handler is None
        assert pane.editor.text == before
        await desk.press("ctrl+t", "end", "enter")
        assert pane.editor.text == BACK


async def test_a_missing_handler_is_said_and_another_action_begins_anew(
    workbench: OpenDesk, two_handlers: Tenant
) -> None:
    async with workbench() as desk:
        desk.screen.open_action("MFA for Role")
        await desk.settle()
        pane = desk.screen.desk.event
        pane.choose_handler("onContinuePostLogin")
        await desk.press("f5")
        assert "onContinuePostLogin" in desk.result
        desk.screen.open_action("Two")
        await desk.settle()
        assert pane.handler is None


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_handler_is_shown_where_there_are_several_and_can_be_clicked(
    workbench: OpenDesk, two_handlers: Tenant, size: tuple[int, int]
) -> None:
    two_handlers.create_action("One", "pre-user-registration", "javascript", "")
    async with workbench(size=size) as desk:
        desk.screen.open_action("Two")
        await desk.settle()
        await desk.press("f6")
        handler = desk.screen.query_one(EventHead).query_one("#event-handler")
        assert str(handler.visual) == "handler ▾"  # type: ignore[attr-defined]
        await desk.pilot.click("#event-handler")
        await desk.press("end", "enter")
        assert str(handler.visual) == "onContinue ▾"  # type: ignore[attr-defined]

        desk.screen.open_action("One")
        await desk.settle()
        await desk.press("f6")
        assert not handler.display
        await desk.press("ctrl+t")
        assert desk.app.screen is desk.screen


def test_a_handler_is_short_without_its_trigger() -> None:
    assert short_handler("onContinuePostLogin") == "onContinue"
    assert short_handler("other") == "other"
