"""Every key of the flow, and of the form that answers a suspended one, does what the registry says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from drive import Desk, OpenDesk
from flow_host import BOUND, HOSTILE, make_tenant
from key_rows import Give, Rows, back_to_the_workbench
from suspended_flow import make_suspending_tenant
from textual.widgets import OptionList

from actionsmith.runtime.execution import FlowExecution
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.flow.facts import DEFAULT_EVENT
from actionsmith.tui.flow.json_form import JsonForm
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.widgets.json_field import JsonField

ROWS = Rows()
SUSPENDED = Rows()
"""These start from a flow that waits for a redirect."""

ENDLESS = "def on_execute_post_login(event, api):\n    while True:\n        pass\n"
FIRST, SECOND, THIRD = BOUND


def flow(desk: Desk) -> FlowScreen:
    screen = next(screen for screen in desk.app.screen_stack if isinstance(screen, FlowScreen))
    assert isinstance(screen, FlowScreen)
    return screen


def stored(desk: Desk) -> list[str]:
    return [binding.action for binding in desk.app.tenant.flow("post-login")]


async def choose(desk: Desk, label: str) -> None:
    """Take the line that starts with `label` in the dialog on top."""
    assert isinstance(desk.app.screen, Choose)
    labels = [choice.label for choice in desk.app.screen.choices]
    desk.app.screen.query_one(OptionList).highlighted = labels.index(label)
    await desk.press("enter")


@ROWS.of("flow.run")
async def run(desk: Desk, give: Give) -> None:
    await give()
    assert flow(desk).runs.current is not None
    assert [execution.action for execution in flow(desk).runs.current.done] == BOUND
    assert (
        "".join(text for line in flow(desk).pipeline.drawing.lines for text, _ in line).count("completed")
        == 3
    )


@ROWS.of("flow.add")
async def add(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "Spare")
    assert sorted(flow(desk).order.names) == sorted([*BOUND, "Spare"])
    assert stored(desk) == BOUND


@ROWS.of("flow.remove")
async def remove(desk: Desk, give: Give) -> None:
    await desk.press("down")
    await give()
    assert flow(desk).order.names == (SECOND, THIRD)


@ROWS.of("flow.move_up")
async def move_up(desk: Desk, give: Give) -> None:
    await desk.press("down", "down")
    await give()
    assert flow(desk).order.names == (SECOND, FIRST, THIRD)


@ROWS.of("flow.move_down")
async def move_down(desk: Desk, give: Give) -> None:
    await desk.press("down", "down")
    await give()
    assert flow(desk).order.names == (FIRST, THIRD, SECOND)


async def moved(desk: Desk) -> None:
    """Let the first run after the second, pending."""
    await desk.press("down", "J")
    assert flow(desk).order.changed


@ROWS.of("flow.apply")
async def apply(desk: Desk, give: Give) -> None:
    await moved(desk)
    await give()
    assert stored(desk) == [SECOND, FIRST, THIRD]
    assert not flow(desk).order.changed


@ROWS.of("flow.discard")
async def discard(desk: Desk, give: Give) -> None:
    await moved(desk)
    await give()
    assert flow(desk).order.names == tuple(BOUND)
    assert stored(desk) == BOUND


@ROWS.of("flow.choose_event")
async def choose_event(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "a [bot]")
    await desk.press("f5")
    assert flow(desk).runs.current is not None
    assert [execution.action for execution in flow(desk).runs.current.done] == [FIRST, HOSTILE], (
        "the event is one that is denied"
    )


@ROWS.of("flow.choose_trigger")
async def choose_trigger(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "pre-user-registration")
    assert flow(desk).trigger == "pre-user-registration"
    assert flow(desk).order.names == ()


@ROWS.of("flow.open_action")
async def open_action(desk: Desk, give: Give) -> None:
    await desk.press("down", "down")
    await give()
    assert desk.app.screen is desk.screen
    assert desk.screen.tabs.shown == SECOND


@ROWS.of("flow.copy_json")
async def copy_json(desk: Desk, give: Give) -> None:
    await desk.press("f5")
    await give()
    assert flow(desk).runs.current is not None
    assert msgspec.json.decode(desk.app.clipboard, type=FlowExecution) == flow(desk).runs.current.result


@ROWS.of("flow.close")
async def close(desk: Desk, give: Give) -> None:
    desk.app.tenant.set_flow("post-login", ["Endless"])
    flow(desk).load()
    await desk.settle()
    await desk.pilot.press("f5")
    assert flow(desk).runs.running
    await give()
    assert not flow(desk).runs.running, "a run is stopped first"
    assert desk.app.screen is flow(desk)
    await give()
    assert desk.app.screen is desk.screen


@SUSPENDED.of("flow.answer")
async def answer(desk: Desk, give: Give) -> None:
    await give()
    assert isinstance(desk.app.screen, JsonForm)
    assert desk.app.screen.query_one("#field-query", JsonField).text


@SUSPENDED.of("json_form.submit")
async def submit(desk: Desk, give: Give) -> None:
    assert flow(desk).runs.suspended is not None
    state = flow(desk).runs.suspended.waits_for.details["state"]
    await desk.press("c")
    desk.app.screen.query_one("#field-query", JsonField).set_text(f"state={state}&agreed=yes")
    await give()
    assert flow(desk).runs.suspended is not None
    assert flow(desk).runs.suspended.waits_for.action == "Ask Phone", "the flow went on to the next"


@pytest.mark.parametrize("rows", [ROWS, SUSPENDED], ids=["flow", "suspended"])
async def test_every_key_of_the_flow(workbench: OpenDesk, tmp_path: Path, rows: Rows) -> None:
    suspends = rows is SUSPENDED
    tenant = (make_suspending_tenant if suspends else make_tenant)(tmp_path / "flows")
    tenant.create_action("Endless", "post-login", "python", ENDLESS)
    tenant.deploy("Endless")
    async with workbench(on=tenant) as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            if not suspends:
                tenant.set_flow("post-login", BOUND)
            await desk.press("f7")
            flow(desk).event = "ann" if suspends else DEFAULT_EVENT
            if suspends:
                await desk.press("f5")
            await desk.press("home")

        await rows.check(desk, begin)
