"""Every key of the log and of its search does what the registry says."""

from __future__ import annotations

from pathlib import Path

import msgspec
from drive import NARROW, Desk, OpenDesk
from key_rows import Give, Rows, back_to_the_workbench
from log_desk import LogDesk
from log_records import RECORDS, logged, record
from textual.widgets import OptionList

from actionsmith.tenant.log import Log, LogRecord
from actionsmith.tui.screens.log import LogScreen

ROWS = Rows()


def view(desk: Desk) -> LogDesk:
    screen = desk.app.screen
    assert isinstance(screen, LogScreen)
    return LogDesk(desk, screen)


async def search(desk: Desk, text: str) -> None:
    """Write into the search and wait until it is what is shown."""
    view(desk).screen.filters.search.value = text
    await desk.until(lambda: view(desk).screen.feed.wanted.grep == (text or None))
    await desk.settle()


@ROWS.of("log.search")
async def search_(desk: Desk, give: Give) -> None:
    await give()
    await desk.pilot.press("b", "o", "o", "m")
    await desk.until(lambda: view(desk).screen.feed.wanted.grep == "boom")
    await desk.settle()
    assert view(desk).ids == [2]


@ROWS.of("log.choose_trigger")
async def choose_trigger(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "post-user-registration")
    assert view(desk).ids == [4]


@ROWS.of("log.choose_action")
async def choose_action(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "Role Claims")
    assert view(desk).ids == [3]


@ROWS.of("log.choose_status")
async def choose_status(desk: Desk, give: Give) -> None:
    await give()
    await choose(desk, "Went wrong")
    assert view(desk).ids == [2, 4]


async def choose(desk: Desk, label: str) -> None:
    """Take the line with this label in the dialog on top."""
    options = desk.app.screen.query_one(OptionList)
    labels = [str(option.prompt).split("  ")[0] for option in options.options]
    options.highlighted = labels.index(label)
    await desk.press("enter")


@ROWS.of("log.show_all")
async def show_all(desk: Desk, give: Give) -> None:
    await search(desk, "boom")
    assert view(desk).ids == [2]
    await give()
    assert view(desk).ids[:5] == [1, 2, 3, 4, 5]
    assert view(desk).screen.filters.search.value == ""


@ROWS.of("log.open")
async def open_(desk: Desk, give: Give) -> None:
    await desk.press("home", "down")
    assert not view(desk).screen.details.display
    await give()
    assert view(desk).screen.details.display
    assert "x.boom is not a function" in view(desk).details


@ROWS.of("log.pause")
async def pause(desk: Desk, give: Give) -> None:
    before = view(desk).ids
    await give()
    desk.app.tenant.log.append(record(before[-1] + 1, logged("Role Claims")))
    await view(desk).follow()
    assert view(desk).ids == before
    await give()
    await desk.until(lambda: view(desk).ids == [*before, before[-1] + 1])


@ROWS.of("log.clear")
async def clear(desk: Desk, give: Give) -> None:
    await give()
    assert view(desk).ids == []
    await desk.press("x")
    assert view(desk).ids[:5] == [1, 2, 3, 4, 5], "the log itself stays"


@ROWS.of("log.toggle_utc")
async def toggle_utc(desk: Desk, give: Give) -> None:
    await give()
    assert "UTC" in view(desk).header
    assert "12:00:05" in view(desk).lines
    await give()
    assert "UTC" not in view(desk).header


@ROWS.of("log.save_json")
async def save_json(desk: Desk, give: Give) -> None:
    path = Path.home() / "runs.json"
    await choose_wrong(desk)
    await give()
    await desk.fill(value=str(path))
    assert msgspec.json.decode(path.read_bytes(), type=list[LogRecord]) == [RECORDS[1], RECORDS[3]]
    path.unlink()


async def choose_wrong(desk: Desk) -> None:
    await desk.press("s")
    await choose(desk, "Went wrong")


@ROWS.of("log.copy_json")
async def copy_json(desk: Desk, give: Give) -> None:
    await desk.press("home")
    await give()
    copied = msgspec.json.decode(desk.app.clipboard, type=list[LogRecord] | LogRecord)
    assert copied in (RECORDS[0], [RECORDS[0]])


@ROWS.of("log.open_action")
async def open_action(desk: Desk, give: Give) -> None:
    await desk.press("home", "down")
    await give()
    assert desk.app.screen is desk.screen
    assert desk.screen.tabs.shown == "MFA for Role"
    assert desk.screen.desk.code.editor.cursor_location[0] == 2, "at its error"


@ROWS.of("log.close")
async def close(desk: Desk, give: Give) -> None:
    await desk.press("enter")
    assert view(desk).screen.whole
    await give()
    assert not view(desk).screen.whole
    assert view(desk).screen.focused is view(desk).screen.entries
    await give()
    assert desk.app.screen is desk.screen


@ROWS.of("log_search.done")
async def done(desk: Desk, give: Give) -> None:
    await desk.press("slash")
    await search(desk, "boom")
    await give()
    assert view(desk).screen.focused is view(desk).screen.entries
    assert view(desk).ids == [2]


@ROWS.of("log_search.drop")
async def drop(desk: Desk, give: Give) -> None:
    await desk.press("slash")
    await search(desk, "boom")
    await give()
    assert view(desk).screen.focused is view(desk).screen.entries
    await desk.until(lambda: view(desk).ids[:5] == [1, 2, 3, 4, 5])


async def test_every_key_of_the_log(workbench: OpenDesk, log: Log) -> None:
    async with workbench(size=NARROW) as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            await desk.press("f10")

        await ROWS.check(desk, begin)
