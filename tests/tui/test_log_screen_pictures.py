"""Pictures of the log screen at the three sizes it is made for. Times are in UTC, so as to stay the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from drive import MEDIUM, NARROW, WIDE, settle
from log_records import RECORDS
from textual.pilot import Pilot

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.screens.log import LogScreen

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])


@pytest.fixture
def app(tenant: Tenant) -> ActionsmithApp:
    for record in RECORDS:
        tenant.log.append(record)
    return ActionsmithApp(tenant)


def after(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def steps(pilot: Pilot[None]) -> None:
        for key in ("f10", "z", *keys):
            await pilot.press(key)
            await settle(pilot)
        assert isinstance(pilot.app.screen, LogScreen)

    return steps


@SIZES
def test_the_list(app: ActionsmithApp, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """The newest executions with the failed one chosen, filtered by trigger."""
    keys = ("t", "down", "enter", "home", "down")
    assert snap_compare(app, terminal_size=size, run_before=after(*keys))


@SIZES
def test_one_execution(app: ActionsmithApp, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """A flow that was denied, as a whole."""
    assert snap_compare(app, terminal_size=size, run_before=after("home", "down", "down", "enter"))


def test_nothing_has_run(snap_compare: Callable[..., bool], tenant: Tenant) -> None:
    """What an empty log says."""
    assert snap_compare(ActionsmithApp(tenant), terminal_size=MEDIUM, run_before=after())
