"""A suspended flow on the flow screen: what it waits for, answering it, going on. Real hosts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from drive import settle
from flow_host import Host, settled
from suspended_flow import CODE, make_suspending_tenant
from textual.pilot import Pilot
from textual.widgets import Button, OptionList, Static

from actionsmith.runtime.execution import FlowExecution
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.flow.json_form import JsonForm
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.json_field import JsonField
from actionsmith.tui.widgets.pipeline_drawing import END
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.widgets.waiting_bar import WaitingBar

TERMS, PHONE, FACTOR, CLAIMS = CODE
CAME_BACK = "https://shop.example.com/continue?state={state}&agreed=yes#top"


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return make_suspending_tenant(tmp_path / "tenant")


async def run_as_ann(pilot: Pilot[None]) -> FlowScreen:
    """The screen, after the flow was run and waits for its redirect."""
    screen = await settled(pilot)
    screen.event = "ann"
    await pilot.press("f5")
    await settled(pilot)
    return screen


async def come_back(pilot: Pilot[None], text: str = CAME_BACK) -> None:
    """Answer the redirect with a URL."""
    screen = await settled(pilot)
    assert screen.runs.suspended is not None
    state = screen.runs.suspended.waits_for.details["state"]
    await pilot.press("c")
    pilot.app.screen.query_one("#field-query", JsonField).set_text(text.format(state=state))
    await pilot.press("ctrl+s")
    await settle(pilot)


async def fill_in(pilot: Pilot[None]) -> None:
    """Answer the form."""
    await pilot.press("c")
    pilot.app.screen.query_one("#field-fields", JsonField).set_text('{"phone": "+49 30 1"}')
    await pilot.press("ctrl+s")
    await settle(pilot)


def drawn(screen: FlowScreen) -> str:
    return "\n".join("".join(text for text, _ in line) for line in screen.pipeline.drawing.lines)


def bar(screen: FlowScreen) -> str:
    """What the bar says, or nothing when it is hidden."""
    found = screen.query_one(WaitingBar)
    return str(found.query_one(Static).visual) if found.display else ""


async def test_a_flow_is_answered_three_times_and_later_actions_see_what_was_answered(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(160, 60)) as pilot:
        screen = await run_as_ann(pilot)
        assert bar(screen) == f"‖ {TERMS} waits for the redirect to https://example.com/terms"
        assert drawn(screen).count("not reached yet") == 3
        assert screen.pipeline.selected == END, "what the flow gave is shown when nothing else was looked at"
        details = screen.query_one(RowView)
        assert "https://example.com/terms?lang=en&state=" in details.plain

        await come_back(pilot)
        assert bar(screen) == f"‖ {PHONE} waits for the form ap_phone"
        assert 'prompt.render("ap_phone", fields={"phone": ""})' in drawn(screen)
        assert "↩ came back from the redirect" in drawn(screen)

        await fill_in(pilot)
        assert bar(screen) == f"‖ {FACTOR} waits for MFA: otp, phone"

        await pilot.click(WaitingBar, offset=(screen.query_one(WaitingBar).size.width - 3, 0))
        await pilot.pause()
        options = pilot.app.screen.query_one(OptionList)
        labels = [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]
        assert labels == ["Passed with otp", "Passed with phone", "Failed  given up, or refused"]
        await pilot.press("down", "enter")
        await settled(pilot)

        assert bar(screen) == f"↩ {FACTOR}: passed MFA with phone"
        assert screen.runs.current is not None
        assert screen.runs.current.result is not None
        assert screen.runs.current.result.status == "completed"
        assert screen.focused is screen.pipeline, "where it was before each of the dialogs"
        assert "↩ passed MFA with phone" in drawn(screen)
        assert drawn(screen).count("✓ completed") == 4
        assert '+ https://example.com/terms  "v2"' in details.plain
        assert '~ user_metadata.terms  "v1" → "v2"' in details.plain
        assert '+ user_metadata.phone  "+49 30 1"' in details.plain

        await pilot.press("home", "down")
        order = [
            details.plain.index(text) for text in ("onExecutePostLogin", "↩ came", "onContinuePostLogin")
        ]
        assert order == sorted(order)


async def test_a_factor_that_is_not_passed_ends_the_flow_there(tenant: Tenant) -> None:
    tenant.set_flow("post-login", [FACTOR, CLAIMS])
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await run_as_ann(pilot)
        await pilot.press("c", "end", "enter")
        await settled(pilot)
        assert "✕ denied" in drawn(screen)
        assert "↩ did not pass MFA" in drawn(screen)
        assert "not reached" in drawn(screen)
        await pilot.press("end")
        assert "access_denied" in screen.query_one(RowView).plain

        await pilot.press("c")
        options = pilot.app.screen.query_one(OptionList)
        assert options.highlighted == options.option_count - 1, "what was answered the last time"
        await pilot.press("home", "enter")
        await settled(pilot)
        assert "✓  Completed" in drawn(screen)
        assert "↩ passed MFA with otp" in drawn(screen)
        assert "did not pass" not in drawn(screen)


async def test_only_what_changes_for_the_caller_or_the_user_is_counted(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(160, 60)) as pilot:
        screen = await run_as_ann(pilot)
        assert "· 1 change" in drawn(screen), "the user's metadata, not where they were sent"
        assert "redirect.url" not in drawn(screen)
        for flow in ([PHONE], [FACTOR]):
            tenant.set_flow("post-login", flow)
            screen.load()
            await settled(pilot)
            await pilot.press("f5")
            await settled(pilot)
            assert bar(screen).startswith(f"‖ {flow[0]} waits")
            assert "· no changes" in drawn(screen)


async def test_a_flow_is_answered_as_often_as_one_likes_until_it_is_run_anew(tenant: Tenant) -> None:
    tenant.set_flow("post-login", [TERMS, CLAIMS])
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await run_as_ann(pilot)
        await come_back(pilot, "state={state}&agreed=no")
        assert f"Denied by {TERMS}" in drawn(screen)
        assert bar(screen) == f"↩ {TERMS}: came back from the redirect"
        button = screen.query_one(WaitingBar).query_one(Button)
        assert str(button.label) == "Answer again c"
        assert button.content_size.width >= len("Answer again c")

        await pilot.press("c")
        query = pilot.app.screen.query_one("#field-query", JsonField)
        assert '"agreed": "no"' in query.text
        query.set_text(query.text.replace('"no"', '"yes"'))
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "✓  Completed" in drawn(screen)
        details = screen.query_one(RowView).plain
        assert '~ user_metadata.terms  "v1" → "v2"' in details
        await pilot.press("home", "down")
        assert screen.query_one(RowView).plain.count("↩ came back") == 1

        await pilot.press("c")
        assert '"agreed": "yes"' in pilot.app.screen.query_one("#field-query", JsonField).text
        await pilot.press("escape")
        assert screen.focused is screen.pipeline

        await pilot.press("f5")
        await settled(pilot)
        assert str(button.label).startswith("Continue")
        await pilot.press("c")
        assert "agreed" not in pilot.app.screen.query_one("#field-query", JsonField).text


async def test_an_answer_that_cannot_be_read_stays_in_the_dialog_until_it_is_mended(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(100, 30)) as pilot:
        screen = await run_as_ann(pilot)
        await pilot.press("c")
        form = pilot.app.screen
        assert isinstance(form, JsonForm)
        body, fault = form.query_one("#field-body", JsonField), form.query_one("#fault-body", Static)
        body.set_text('{"a": \n ]')
        await pilot.press("ctrl+s")
        assert pilot.app.screen is form
        assert form.focused is body
        assert str(fault.visual).startswith("Line 2, column 2: expecting value")
        body.set_text("[1]")
        await pilot.pause()
        assert str(fault.visual) == "Line 1: this has to be a JSON object in { }, but it is an array"
        body.set_text("a=1&b=")
        await pilot.pause()
        assert str(fault.visual) == ""

        await pilot.press("escape")
        assert pilot.app.screen is screen
        assert screen.runs.suspended is not None


async def test_an_answer_that_does_not_fit_is_refused_and_the_flow_still_waits(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(100, 30), notifications=True) as pilot:
        screen = await run_as_ann(pilot)
        await come_back(pilot, "state=another&agreed=no")
        assert any("state" in notice.message for notice in pilot.app._notifications)
        assert bar(screen)
        await pilot.press("c")
        assert '"agreed": "no"' in pilot.app.screen.query_one("#field-query", JsonField).text
        await pilot.press("escape")
        await come_back(pilot, "state={state}&agreed=no")
        assert f"Denied by {TERMS}" in drawn(screen)


async def test_stopping_a_resumed_flow_lets_it_wait_again(tenant: Tenant) -> None:
    endless = CODE[TERMS][1].replace("if (event", "for (;;) {}\n  if (event")
    tenant.save_code(TERMS, endless)
    tenant.deploy(TERMS)
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await run_as_ann(pilot)
        await pilot.press("c", "ctrl+s")
        assert "◌ running" in drawn(screen)
        assert bar(screen) == ""
        await pilot.press("escape")
        await settled(pilot)
        assert "waits for the redirect" in bar(screen)
        assert "‖ suspended" in drawn(screen)


async def test_another_order_forgets_what_was_waited_for(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(100, 30)) as pilot:
        screen = await run_as_ann(pilot)
        assert screen.check_action("answer", ())
        await pilot.press("home", "down", "J")
        assert bar(screen) == ""
        assert not screen.check_action("answer", ())
        assert not screen.check_action("copy_json", ())


async def test_the_result_can_be_copied_as_the_json_of_the_command_line(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(100, 30)) as pilot:
        screen = await run_as_ann(pilot)
        await pilot.press("y")
        copied = msgspec.json.decode(pilot.app.clipboard, type=FlowExecution)
        assert screen.runs.current is not None
        assert copied == screen.runs.current.result
        assert copied.status == "suspended"


async def test_every_control_of_the_answer_is_in_sight_and_reached_with_tab(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(160, 45)) as pilot:
        await run_as_ann(pilot)
        await pilot.press("c")
        form = pilot.app.screen
        controls = [*form.query(JsonField), *form.query(Button)]
        for size in ((160, 45), (100, 30), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            dialog = form.query_one("#dialog").region
            assert all(dialog.contains_region(control.region) for control in controls)
        reached = []
        for _ in controls:
            reached.append(form.focused)
            await pilot.press("tab")
        assert reached == controls
        assert form.focused is controls[0]
        await pilot.press("shift+tab")
        assert form.focused is controls[-1]
