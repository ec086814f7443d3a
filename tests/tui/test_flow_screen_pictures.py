"""Pictures of the flow screen at the three sizes it is made for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flow_host import BOUND, HOSTILE, Host, make_tenant, settled
from textual.pilot import Pilot

from actionsmith.runtime.execution import Command, ConsoleLine, Execution, FlowExecution, Stats
from actionsmith.tui.flow.run import FlowRun

SIZES = pytest.mark.parametrize("size", [(160, 45), (100, 30), (60, 20)], ids=["wide", "medium", "narrow"])


def execution(name: str, status: str, **more: object) -> Execution:
    return Execution(
        action=name,
        version=1,
        trigger="post-login",
        language="javascript",
        handler="onExecutePostLogin",
        status=status,  # type: ignore[arg-type]
        stats=Stats(duration_ms=1.9, host_ms=0.4, cpu_ms=1.2, memory_bytes=41_000_000),
        **more,  # type: ignore[arg-type]
    )


def denied() -> FlowRun:
    """A run as it comes back from the runtime, with figures that stay the same."""
    first = execution(
        "Audit",
        "completed",
        commands=[Command(path="idToken.setCustomClaim", args=["https://example.com/seen", True], line=2)],
        outcome={"idToken": {"customClaims": {"https://example.com/seen": True}}},
        console=[ConsoleLine(level="log", text="hello [world]", line=3, at_ms=0.4)],
    )
    second = execution(
        HOSTILE,
        "denied",
        commands=[Command(path="access.deny", args=["no [bots]"], line=3)],
        warnings=["a [b]"],
    )
    result = FlowExecution(
        trigger="post-login",
        status="denied",
        stopped_by=HOSTILE,
        actions=[first, second],
        outcome={"access": {"denied": True, "reason": "no [bots]"}},
        stats=Stats(duration_ms=3.8),
    )
    return FlowRun(tuple(BOUND), "a [bot]").ended(result)


def test_a_pending_order(snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    """One Action moved, one removed, one added."""

    async def rearrange(pilot: Pilot[None]) -> None:
        screen = await settled(pilot)
        await pilot.press("end", "up", "K", "K", "end", "up", "d", "down", "a")
        await pilot.pause()
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.order.changed

    host = Host(make_tenant(tmp_path / "tenant"))
    assert snap_compare(host, terminal_size=(100, 30), run_before=rearrange)


@SIZES
def test_a_run_that_was_denied(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    """The second of three Actions refuses; the third is not reached."""

    async def show_run(pilot: Pilot[None]) -> None:
        screen = await settled(pilot)
        screen.runs.current = denied()
        screen.show()
        await pilot.press("down", "down")
        await pilot.pause()

    host = Host(make_tenant(tmp_path / "tenant"))
    assert snap_compare(host, terminal_size=size, run_before=show_run)
