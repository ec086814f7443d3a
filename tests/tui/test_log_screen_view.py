"""The view on the log: searched, filtered, paused, cleared, and in which time."""

from __future__ import annotations

import time

import msgspec
import pytest
from drive import NARROW, WIDE, OpenDesk
from log_desk import opened
from log_records import DENIED, logged, record

from actionsmith.tenant.log import Log
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.screens.log import CLEARED, NOTHING_FITS
from actionsmith.tui.widgets.log_filters import FilterButton


async def test_search_and_filters_narrow_it_down_and_x_shows_all_again(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        await view.press("slash", *"BOOM")
        await view.desk.until(lambda: view.ids == [2])
        await view.press("enter")
        assert view.screen.focused is view.screen.entries
        await view.choose("s", "Denied")
        assert view.ids == []
        assert NOTHING_FITS in view.desk.app.export_screenshot().replace("&#160;", " ")
        await view.press("x")
        assert view.ids == [1, 2, 3, 4, 5]
        assert view.screen.filters.search.value == ""

        await view.choose("s", "Went wrong")
        assert view.ids == [2, 4]
        await view.choose("t", "post-login")
        assert view.ids == [2]
        log.append(record(6, logged("Role Claims")))
        log.append(record(7, logged("Role Claims", "crashed")))
        await view.follow()
        assert view.ids == [2, 7], "what comes is filtered, too"
        await view.choose("s", "Every status")
        await view.choose("a", "Role Claims")
        assert view.ids == [3, 6, 7]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_a_filter_can_be_clicked(workbench: OpenDesk, log: Log, size: tuple[int, int]) -> None:
    async with opened(workbench, size) as view:
        buttons = list(view.screen.query(FilterButton))
        for button, title in zip(buttons, ("a trigger", "an Action", "a status"), strict=True):
            await view.desk.pilot.click(button)
            await view.desk.settle()
            dialog = view.desk.app.screen
            assert isinstance(dialog, Choose)
            assert title in dialog.dialog_title
            await view.press("escape")


async def test_escape_in_the_search_drops_it(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        await view.press("slash", *"boom")
        await view.desk.until(lambda: view.ids == [2])
        await view.press("escape")
        await view.desk.until(lambda: len(view.ids) == 5)
        assert view.screen.focused is view.screen.entries


async def test_a_pause_holds_the_view_still_and_says_how_much_came(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        await view.press("p")
        log.append(record(6, DENIED))
        await view.follow()
        assert view.ids == [1, 2, 3, 4, 5]
        assert "paused · 1 new" in view.header
        await view.press("p")
        assert view.ids == [1, 2, 3, 4, 5, 6]
        assert "live" in view.header


async def test_clearing_empties_the_view_and_not_the_log(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        await view.press("c")
        assert view.ids == []
        assert "since" in view.header
        assert CLEARED in view.desk.app.export_screenshot().replace("&#160;", " ")
        later = msgspec.structs.replace(record(6, DENIED), updated_at=view.screen.feed.wanted.since)
        log.append(later)
        await view.follow()
        assert view.ids == [6]
        await view.press("x")
        assert view.ids == [1, 2, 3, 4, 5, 6]
        assert len(log.read().records) == 6


async def test_times_are_local_or_utc(workbench: OpenDesk, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "EST5")
    time.tzset()
    try:
        async with opened(workbench) as view:
            assert "01-31 07:00:05" in view.lines
            assert "local time" in view.header
            await view.press("z")
            assert "01-31 12:00:05" in view.lines
            assert "2026-01-31 12:00:05.003 UTC" in view.details
            assert "UTC" in view.header
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


async def test_many_executions_show_the_newest_and_older_ones_can_be_searched_for(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actionsmith.tui.log.feed.SHOWN", 20)
    for number in range(1, 31):
        tenant.log.append(record(number, logged("Old" if number < 5 else "New")))
    async with opened(workbench) as view:
        assert view.ids == list(range(11, 31))
        tenant.log.append(record(31, DENIED))
        await view.follow()
        assert view.ids == list(range(12, 32))
        await view.choose("a", "All Actions")
        await view.press("slash", *"Old")
        await view.desk.until(lambda: view.ids == [1, 2, 3, 4])
