"""The flow screen on a real tenant and real hosts: keys, mouse, the pending order, a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from drive import settle
from flow_host import BOUND, HOSTILE, Host, make_tenant, settled
from textual.pilot import Pilot
from textual.widgets import OptionList

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.flow_result import FlowResult
from actionsmith.tui.widgets.pipeline import Pipeline
from actionsmith.tui.widgets.pipeline_drawing import END
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.workbench.action_place import ActionPlace

SIZES = [(160, 45), (100, 30), (60, 20)]


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    return make_tenant(tmp_path / "tenant")


def stored(tenant: Tenant) -> list[str]:
    return [binding.action for binding in tenant.flow("post-login")]


def drawn(screen: FlowScreen) -> str:
    return "\n".join("".join(text for text, _ in line) for line in screen.pipeline.drawing.lines)


async def choose(pilot: Pilot[None], label: str) -> None:
    """Pick the line that starts with `label` in the dialog that is open."""
    await pilot.pause()
    options = pilot.app.screen.query_one(OptionList)
    labels = [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]
    options.highlighted = next(index for index, text in enumerate(labels) if text.startswith(label))
    await pilot.press("enter")
    await settle(pilot)


async def test_keys_move_remove_and_put_back_and_nothing_is_stored_until_it_is_applied(
    tenant: Tenant,
) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        await pilot.press("down", "J", "alt+down", "K")
        assert screen.order.names == (HOSTILE, "Audit", "Claims")
        assert "↓ was 1" in drawn(screen)
        await pilot.press("alt+up")
        assert screen.order.names == tuple(BOUND)
        assert not screen.order.changed

        await pilot.press("down", "d")
        assert screen.order.names == ("Audit", "Claims")
        assert "removed, was 2" in drawn(screen)
        await pilot.press("d")
        assert screen.order.names == tuple(BOUND)

        await pilot.press("d", "end", "up", "K", "u")
        assert screen.order.names == tuple(BOUND)
        assert not screen.order.changed

        await pilot.press("home", "down", "J")
        assert stored(tenant) == BOUND
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert stored(tenant) == [HOSTILE, "Audit", "Claims"]
        assert not screen.order.changed
        assert "was" not in drawn(screen)


async def test_dragging_a_box_moves_it_and_letting_go_elsewhere_does_not(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        pipeline = screen.pipeline

        async def drag(name: str, to_line: int) -> None:
            await pilot.mouse_down(pipeline, offset=(9, pipeline.drawing.spans[name][0] + 1))
            await pilot.hover(pipeline, offset=(9, to_line))

        await drag("Claims", pipeline.drawing.drops[0])
        assert "drop here" in drawn(screen)
        await pilot.mouse_up(pipeline, offset=(9, pipeline.drawing.drops[0]))
        await pilot.pause()
        assert screen.order.names == ("Claims", "Audit", HOSTILE)
        assert pipeline.selected == "Claims"

        await drag("Claims", pipeline.drawing.spans["Claims"][0])
        await pilot.mouse_up(pipeline)
        assert screen.order.names == ("Claims", "Audit", HOSTILE)

        await drag("Claims", pipeline.drawing.drops[-1])
        await pilot.press("escape")
        await pilot.mouse_up(pipeline)
        assert screen.order.names == ("Claims", "Audit", HOSTILE)
        assert "drop here" not in drawn(screen)
        assert pilot.app.screen is screen


async def test_add_offers_deployed_actions_and_the_pending_order_is_what_is_run(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        await pilot.press("down", "a")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Choose)
        assert [choice.id for choice in pilot.app.screen.choices] == ["Spare"]
        await choose(pilot, "Spare")
        assert screen.order.names == ("Audit", "Spare", HOSTILE, "Claims")
        assert "+ new" in drawn(screen)
        assert screen.pipeline.selected == "Spare"

        await pilot.press("f5")
        await settled(pilot)
        assert screen.runs.current is not None
        assert screen.runs.current.result is not None
        assert screen.runs.current.result.stopped_by == "Spare"
        assert "ValueError: broken [here] (line 2)" in drawn(screen)
        assert stored(tenant) == BOUND


async def test_a_run_shows_what_each_action_did_until_the_order_is_another(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        assert screen.runs.current is not None
        assert screen.runs.current.result is not None
        assert screen.runs.current.result.status == "completed"
        text = drawn(screen)
        assert text.count("✓ completed") == 3
        assert 'idToken.setCustomClaim("https://example.com/seen", true)' in text
        assert "access_token.set_custom_claim(" in text
        await pilot.press("end")
        assert "https://x.example/a" in screen.query_one(RowView).plain

        await pilot.press("up", "K")
        assert screen.runs.current is None
        assert "completed" not in drawn(screen)


async def test_event_and_trigger_can_be_chosen(tenant: Tenant) -> None:
    tenant.save_event("post-login", "broken", "{")
    async with Host(tenant).run_test(size=(120, 40), notifications=True) as pilot:
        screen = await settled(pilot)
        await pilot.press("e")
        await choose(pilot, "broken")
        await pilot.press("f5")
        await settled(pilot)
        messages = [notice.message for notice in pilot.app._notifications]
        assert any("event 'broken'" in message and "line 1" in message for message in messages)
        assert screen.runs.current is None

        await pilot.press("e")
        await choose(pilot, "a [bot]")
        assert screen.event == "a [bot]"
        await pilot.press("f5")
        await settled(pilot)
        text = drawn(screen)
        assert f"Denied by {HOSTILE}" in text
        assert text.count("not reached") == 1
        assert screen.runs.current is not None
        assert [execution.action for execution in screen.runs.current.done] == ["Audit", HOSTILE]

        await pilot.press("t")
        await choose(pilot, "pre-user-registration")
        assert screen.trigger == "pre-user-registration"
        assert screen.order.names == ()
        assert "No Actions yet" in drawn(screen)


async def test_escape_stops_a_run_and_stays(tenant: Tenant) -> None:
    endless = "exports.onExecutePostLogin = async () => { for (;;) {} };"
    tenant.create_action("Endless", "post-login", "javascript", endless)
    tenant.deploy("Endless")
    tenant.set_flow("post-login", ["Audit", "Endless", "Claims"])
    host = Host(tenant)
    async with host.run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        await pilot.press("f5")
        while "◌ running" not in drawn(screen) or "✓ completed" not in drawn(screen):
            await pilot.pause()
        await pilot.press("escape")
        await settled(pilot)
        assert screen.runs.current is None
        assert "running" not in drawn(screen)
        assert host.left == []


async def test_leaving_with_a_pending_order_asks_and_opening_an_action_leaves_with_its_name(
    tenant: Tenant,
) -> None:
    host = Host(tenant)
    async with host.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("down", "J", "escape")
        await choose(pilot, "Stay")
        assert host.left == []
        assert stored(tenant) == BOUND

        await pilot.press("escape")
        await choose(pilot, "Discard")
        assert host.left == [None]
        assert stored(tenant) == BOUND

        host.open()
        await settled(pilot)
        await pilot.press("down", "J", "escape")
        await choose(pilot, "Apply")
        assert host.left == [None, None]
        assert stored(tenant) == [HOSTILE, "Audit", "Claims"]

        host.open()
        await settled(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert host.left == [None, None, ActionPlace(HOSTILE)]


async def test_an_order_changed_by_another_process_is_kept_under_the_pending_one(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        await pilot.press("down", "J")
        Tenant.open(tenant.path).set_flow("post-login", [*BOUND, "Spare"])
        screen.load()
        await settled(pilot)
        assert screen.order.names == (HOSTILE, "Audit", "Claims", "Spare")


async def test_everything_is_reachable_at_every_size(tenant: Tenant) -> None:
    async with Host(tenant).run_test(size=SIZES[0]) as pilot:
        screen = await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            screen.pipeline.focus()
            await pilot.press("home", "end")
            await pilot.pause()
            pipeline, result = screen.query_one(Pipeline), screen.query_one(FlowResult)
            top, bottom = pipeline.drawing.spans[END]
            assert pipeline.scroll_offset.y <= top
            assert bottom < pipeline.scroll_offset.y + pipeline.size.height
            assert result.size.height > 3
            await pilot.press("tab")
            assert result.has_focus_within


async def test_enter_leads_to_the_line_of_an_error_from_the_action_and_from_the_end(tenant: Tenant) -> None:
    tenant.set_flow("post-login", ["Audit", "Spare"])
    host = Host(tenant)
    async with host.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        host.open()
        await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        await pilot.press("end", "up", "enter")
        await pilot.pause()
        assert host.left == [ActionPlace("Spare", 2)] * 2
