"""Every key of the lists, the event and the result of the workbench does what the registry says."""

from __future__ import annotations

import threading

import msgspec
import pytest
from drive import ADMIN, MFA, Desk, OpenDesk
from key_rows import Give, Rows, back_to_the_workbench
from suspended_flow import made_execution
from textual.widgets import Input

from actionsmith.errors import UserError
from actionsmith.runtime.execution import ActionError, Execution
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant
from actionsmith.threads import current_stop
from actionsmith.tui.screens.diff import DiffDialog
from actionsmith.tui.widgets.event_pane import EventPane
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.workshop import dependencies

NAME = "MFA for Role"
EXTRA = "Another Action"
ENDLESS = "endless"

ROWS = Rows()


async def go_to(desk: Desk, context: str) -> None:
    """Show the tenant as it is now, and go to the pane of this context."""
    desk.screen.load()
    desk.screen.desk.go_to_context(context)
    await desk.settle()


def names(desk: Desk) -> list[str]:
    return [action.name for action in desk.app.tenant.actions()]


async def with_another_action(desk: Desk) -> None:
    if EXTRA not in names(desk):
        desk.app.tenant.create_action(EXTRA, "post-login", "python", "")
    await go_to(desk, "actions")
    await desk.press("home")
    assert desk.screen.desk.actions.chosen == EXTRA


@ROWS.of("actions.rename")
async def rename_action(desk: Desk, give: Give) -> None:
    await with_another_action(desk)
    await give()
    await desk.fill(value="Renamed")
    assert "Renamed" in names(desk)
    assert EXTRA not in names(desk)
    desk.app.tenant.delete_action("Renamed")


@ROWS.of("actions.delete")
async def delete_action(desk: Desk, give: Give) -> None:
    await with_another_action(desk)
    await give()
    assert EXTRA in names(desk), "it is asked first"
    await desk.press("tab", "enter")
    assert EXTRA not in names(desk)


def secrets(desk: Desk) -> list[str]:
    return [secret.name for secret in desk.app.tenant.draft(NAME).secrets]


@ROWS.of("secrets.add")
async def add_secret(desk: Desk, give: Give) -> None:
    await go_to(desk, "secrets")
    await give()
    await desk.fill(name="TOKEN", value="a value")
    assert secrets(desk) == ["API_KEY", "TOKEN"]
    desk.app.tenant.remove_secret(NAME, "TOKEN")


@ROWS.of("secrets.replace")
async def replace_secret(desk: Desk, give: Give) -> None:
    await go_to(desk, "secrets")
    await give()
    await desk.fill(value="another value")
    assert desk.app.tenant.reveal_secrets(NAME)["API_KEY"] == "another value"


@ROWS.of("secrets.delete")
async def delete_secret(desk: Desk, give: Give) -> None:
    desk.app.tenant.set_secret(NAME, "GONE", "a value")
    await go_to(desk, "secrets")
    await desk.press("end")
    await give()
    await desk.press("tab", "enter")
    assert secrets(desk) == ["API_KEY"]


def packages(desk: Desk) -> list[str]:
    return [item.name for item in desk.app.tenant.draft(NAME).dependencies]


@ROWS.of("modules.add")
async def add_module(desk: Desk, give: Give) -> None:
    await go_to(desk, "modules")
    await give()
    await desk.fill(value="left-pad")
    assert packages(desk) == ["left-pad"]


@ROWS.of("modules.remove")
async def remove_module(desk: Desk, give: Give) -> None:
    desk.app.tenant.set_dependency(NAME, Dependency("left-pad", "", "1.3.0"))
    await go_to(desk, "modules")
    await give()
    await desk.press("tab", "enter")
    assert packages(desk) == []


@ROWS.of("modules.cancel")
async def cancel_installation(desk: Desk, give: Give) -> None:
    await go_to(desk, "modules")
    await desk.press("a")
    desk.app.screen.query_one(Input).value = ENDLESS
    await desk.pilot.press("enter")
    modules = desk.screen.desk.side.modules
    await desk.until(lambda: modules.has_class("-busy"))
    await desk.pilot.pause()
    await give()
    await desk.settle()
    assert packages(desk) == []
    assert not modules.has_class("-busy")


@ROWS.of("versions.show_diff")
async def show_diff(desk: Desk, give: Give) -> None:
    desk.app.tenant.save_code(NAME, MFA + "// more\n")
    await go_to(desk, "versions")
    await give()
    assert isinstance(desk.app.screen, DiffDialog)
    assert "+// more" in desk.app.screen.query_one(RowView).plain


@ROWS.of("versions.rollback")
async def roll_back(desk: Desk, give: Give) -> None:
    desk.app.tenant.save_code(NAME, MFA + "// more\n")
    await go_to(desk, "versions")
    await desk.press("end")
    await give()
    await desk.press("enter")
    deployed = desk.app.tenant.action(NAME).deployed
    assert deployed is not None
    assert deployed > 1
    assert desk.app.tenant.version(NAME, deployed).code == MFA == desk.app.tenant.draft(NAME).code


def event(desk: Desk) -> EventPane:
    return desk.screen.desk.event


def events(desk: Desk) -> dict[str, str]:
    return {saved.name: saved.text for saved in desk.app.tenant.events("post-login")}


@ROWS.of("event.save")
async def save_event(desk: Desk, give: Give) -> None:
    await go_to(desk, "event")
    await desk.write_event('{"user": {}}')
    await give()
    assert events(desk) == {"admin user": '{"user": {}}'}


@ROWS.of("event.choose")
async def choose_event(desk: Desk, give: Give) -> None:
    await go_to(desk, "event")
    await give()
    await desk.press("home", "enter")
    assert event(desk).name_shown == "default event"
    assert '"authentication"' in event(desk).text


@ROWS.of("event.choose_handler")
async def choose_handler(desk: Desk, give: Give) -> None:
    await go_to(desk, "event")
    await give()
    await desk.press("end", "enter")
    assert event(desk).handler == "onContinuePostLogin"
    event(desk).choose_handler("")


@ROWS.of("event.save_as")
async def save_event_as(desk: Desk, give: Give) -> None:
    await go_to(desk, "event")
    await desk.write_event("{}")
    await give()
    await desk.fill(value="another")
    assert events(desk)["another"] == "{}"
    assert event(desk).name_shown == "another"
    desk.app.tenant.delete_event("post-login", "another")


@ROWS.of("event.reset")
async def reset_event(desk: Desk, give: Give) -> None:
    await go_to(desk, "event")
    await desk.write_event("{}")
    await give()
    assert event(desk).text == ADMIN


@ROWS.of("event.delete")
async def delete_event(desk: Desk, give: Give) -> None:
    desk.app.tenant.save_event("post-login", "gone", "{}")
    await go_to(desk, "event")
    event(desk).choose("gone")
    await give()
    await desk.press("tab", "enter")
    assert list(events(desk)) == ["admin user"]
    assert event(desk).name_shown == "default event"


def failed() -> Execution:
    error = ActionError(name="TypeError", message="no", line=3, column=5)
    return msgspec.structs.replace(made_execution(NAME, "failed"), error=error)


@ROWS.of("result.go_to_error")
async def go_to_error(desk: Desk, give: Give) -> None:
    desk.screen.desk.result.finish(failed(), "admin user", desk.app.syntax)
    await go_to(desk, "result")
    await give()
    assert desk.app.focused is desk.screen.desk.code.editor
    assert desk.screen.desk.code.editor.cursor_location == (2, 4)


@ROWS.of("result.copy_json")
async def copy_result(desk: Desk, give: Give) -> None:
    desk.screen.desk.result.finish(failed(), "admin user", desk.app.syntax)
    await go_to(desk, "result")
    await give()
    assert msgspec.json.decode(desk.app.clipboard, type=Execution) == failed()


async def test_every_key_of_the_panes(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(tenant: Tenant, action: str, spec: str, _: object) -> Dependency:
        """What the registry of packages would give; one package is never there."""
        if spec == ENDLESS:
            ended = threading.Event()
            current_stop().ends(ended.set)
            ended.wait()
            raise UserError("it was ended")
        found = Dependency(spec, "", "1.3.0")
        tenant.set_dependency(action, found)
        return found

    monkeypatch.setattr(dependencies, "add_dependency", add)
    async with workbench() as desk:

        async def begin() -> None:
            await back_to_the_workbench(desk)
            if events(desk) != {"admin user": ADMIN}:
                tenant.save_event("post-login", "admin user", ADMIN)
                desk.screen.load()
                await desk.settle()
            event(desk).choose("admin user")

        await ROWS.check(desk, begin)
