"""The log screen: what it shows, how it follows, and what can be done with an execution."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from drive import MEDIUM, NARROW, WIDE, OpenDesk
from log_desk import opened
from log_records import DENIED, HOSTILE, RECORDS, logged, record
from textual.widgets import OptionList

from actionsmith.errors import UserError
from actionsmith.tenant.log import Log, LogPage, LogRecord
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.screens.log import LogScreen
from actionsmith.tui.widgets.log_list import LogList


async def test_it_shows_what_ran_and_the_whole_of_the_chosen_execution(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        assert view.ids == [1, 2, 3, 4, 5]
        assert view.chosen == 5, "the newest"
        assert "MFA for Role v3  TypeError: x.boom is not a function" in view.lines
        assert "post-login: MFA for Role → Role Claims  by Role Claims" in view.lines
        await view.press("up", "up", "up")
        for text in (
            *("TypeError: x.boom is not a function", "line 3, column 5"),
            *('api.idToken.setCustomClaim("https://example.com/roles", ["Admin"])', '"id_token"'),
            *("for [secret API_KEY]", "careful", "the claim 'sub' is left out"),
            *("POST https://api.example.com/v1/risk", "201", "connect ECONNREFUSED", "39.1 MB"),
        ):
            assert text.casefold() in view.details.casefold()


async def test_a_flow_that_ended_before_another_action_ran_names_who_ended_it(
    workbench: OpenDesk, log: Log
) -> None:
    log.append(record(6, status="denied", stopped_by="Ask MFA"))
    async with opened(workbench) as view:
        assert "post-login  by Ask MFA" in view.lines


async def test_a_run_of_the_draft_is_in_the_log(workbench: OpenDesk) -> None:
    async with opened(workbench) as view:
        assert "Nothing has run yet" in view.desk.app.export_screenshot().replace("&#160;", " ")
        await view.press("escape", "f5", "f10")
        screen = view.desk.app.screen
        assert isinstance(screen, LogScreen)
        await view.desk.until(lambda: "MFA for Role draft" in screen.entries.plain)
        assert 'api.multifactor.enable("any")' in screen.details.rows.plain
        assert "roles [ 'Admin' ]" in screen.details.rows.plain


async def test_new_executions_come_by_themselves_and_are_followed_from_the_end(
    workbench: OpenDesk, log: Log
) -> None:
    async with opened(workbench) as view:
        log.append(record(6, logged("Role Claims")))
        await view.desk.until(lambda: view.ids[-1:] == [6])
        assert view.chosen == 6
        assert "live" in view.header
        await view.press("up")
        log.append(record(7, logged("Role Claims")))
        await view.follow()
        assert (view.ids[-1], view.chosen) == (7, 5)


async def test_an_execution_that_is_being_read_does_not_give_way_to_a_newer_one(
    workbench: OpenDesk, log: Log
) -> None:
    async with opened(workbench, NARROW) as view:
        assert not view.screen.details.display
        await view.press("enter")
        assert view.screen.details.display
        log.append(record(6, DENIED))
        await view.follow()
        assert (view.ids[-1], view.chosen) == (6, 5)
        await view.press("escape")
        assert isinstance(view.desk.app.screen, LogScreen)
        assert view.screen.focused is view.screen.entries
        await view.press("escape")
        assert view.desk.app.screen is view.desk.screen


async def test_what_is_shown_is_saved_as_json_and_no_file_is_overwritten(
    workbench: OpenDesk, log: Log, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "[b] runs.json"
    async with opened(workbench) as view:
        await view.choose("s", "Went wrong")
        await view.press("ctrl+s")
        await view.desk.fill(value=str(path))
        assert msgspec.json.decode(path.read_bytes(), type=list[LogRecord]) == [RECORDS[1], RECORDS[3]]
        await view.press("x", "ctrl+s")
        await view.desk.fill(value=str(path))
        assert "exists already" in view.desk.notices[-1]
        assert len(msgspec.json.decode(path.read_bytes())) == 2


async def test_an_execution_leads_to_the_line_of_its_error(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        await view.press("home", "down", "y", "o")
        assert view.desk.app.screen is view.desk.screen
        assert "MFA for Role" in view.desk.header
        assert view.desk.screen.desk.code.editor.cursor_location[0] == 2


async def test_of_a_flow_the_person_chooses_which_action_to_open_also_from_the_flow_screen(
    workbench: OpenDesk, log: Log
) -> None:
    async with workbench() as desk:
        await desk.press("f7")
        await desk.press("f10")
        await desk.press("home", "down", "down", "o")
        options = desk.app.screen.query_one(OptionList)
        assert options.highlighted == 1, "the Action that stopped the flow"
        await desk.press("enter")
        assert desk.app.screen is desk.screen
        assert "Role Claims" in desk.header


async def test_a_log_that_cannot_be_read_is_said_and_tried_again(
    workbench: OpenDesk, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(workbench) as view:

        def refuse(*_: object) -> LogPage:
            raise UserError("the log [x] cannot be read")

        with monkeypatch.context() as patch:
            patch.setattr(log, "tail", refuse)
            await view.follow()
            await view.follow()
            assert "cannot be read" in view.header
            assert view.desk.notices == ["The log [x] cannot be read"], "said once"
        log.append(record(6, DENIED))
        await view.follow()
        assert view.ids[-1] == 6
        assert "live" in view.header


async def test_damaged_lines_are_counted(workbench: OpenDesk, log: Log) -> None:
    file = next(log.folder.glob("*.jsonl"))
    file.write_bytes(b"{half a line\n" + file.read_bytes())
    async with opened(workbench) as view:
        assert len(view.ids) == 5
        assert "1 damaged line passed over" in view.header


async def test_a_click_chooses_and_a_second_one_shows_the_whole(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench, NARROW) as view:
        await view.desk.pilot.click(LogList, offset=(20, 1))
        await view.desk.settle()
        assert view.chosen == 2
        await view.desk.pilot.click(LogList, offset=(20, 1))
        await view.desk.settle()
        assert view.screen.whole
        assert "TypeError" in view.details


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
async def test_hostile_text_of_an_execution_disturbs_nothing(
    workbench: OpenDesk, tenant: Tenant, size: tuple[int, int]
) -> None:
    tenant.log.append(record(1, logged(HOSTILE), id=HOSTILE, trigger_id=HOSTILE))
    tenant.log.append(record(2, logged(HOSTILE), logged(HOSTILE), stopped_by=HOSTILE))
    async with opened(workbench, size) as view:
        await view.press("enter", "escape", "up", "enter")
        assert view.desk.app.export_screenshot()
        await view.press("escape", "a", "down")
        assert view.desk.app.export_screenshot()


async def test_the_cursor_goes_through_the_list(workbench: OpenDesk, log: Log) -> None:
    async with opened(workbench) as view:
        seen = []
        for key in ("home", "j", "down", "k", "end", "pageup", "pagedown", "up"):
            await view.press(key)
            seen.append(view.chosen)
        assert seen == [1, 2, 3, 2, 5, 1, 5, 4]
