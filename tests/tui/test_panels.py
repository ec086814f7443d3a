"""Secrets, modules and the event pane: what their keys do to the tenant and to the screen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from drive import ADMIN, MFA, Desk, OpenDesk
from textual.content import Content
from textual.widgets import Input, Static

from actionsmith.errors import UserError
from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import Code, Diagnostic, Fix, Span
from actionsmith.packages import Installed, store
from actionsmith.packages.spec import Progress, Wanted
from actionsmith.packages.tool import run_tool
from actionsmith.tenant.model import Dependency
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.dialogs import Prompt
from actionsmith.tui.widgets.event_pane import EventPane
from actionsmith.workshop import dependencies


def secrets(tenant: Tenant) -> list[str]:
    return [secret.name for secret in tenant.draft("MFA for Role").secrets]


async def test_add_replace_and_delete_a_secret_whose_value_is_never_on_the_screen(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f4", "a", "escape", "d", "escape")
        assert desk.app.screen is desk.screen
        assert secrets(tenant) == ["API_KEY"], "a dialog can be left without a change"

        await desk.press("a")
        await desk.fill(name="API_KEY", value="x")
        assert desk.app.screen is not desk.screen, "a taken name is not accepted"
        assert str(desk.app.screen.query_one("#fault-name", Static).visual)
        await desk.fill(name="TOKEN", value="first [value]")
        assert secrets(tenant) == ["API_KEY", "TOKEN"]
        await desk.press("end", "e")
        assert desk.app.screen.query_one(Input).password
        await desk.fill(value="second")
        assert tenant.reveal_secrets("MFA for Role")["TOKEN"] == "second"

        shown = "\n".join([desk.app.export_screenshot(), *desk.notices])
        assert "TOKEN" in shown
        assert not any(value in shown for value in ("first", "second", "hidden"))

        await desk.press("d", "tab", "enter")
        assert secrets(tenant) == ["API_KEY"]


async def test_a_secret_that_is_too_short_to_be_masked_is_set_with_a_warning(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f4", "a")
        await desk.fill(name="PIN", value="123")
        assert "The secret PIN is set." in desk.notices
        assert any("is not masked" in notice for notice in desk.notices)
        assert not any("123" in notice for notice in desk.notices)


async def test_a_plain_setting_is_shown_and_can_become_a_secret(workbench: OpenDesk, tenant: Tenant) -> None:
    def kinds() -> dict[str, str | None]:
        return {item.name: item.value for item in tenant.draft("MFA for Role").secrets}

    async with workbench() as desk:
        panel = desk.screen.desk.side.secrets
        await desk.press("f4", "a", "tab", "tab", "space")
        assert not desk.app.screen.query_one("#field-value", Input).password
        await desk.fill(name="NAMESPACE", value="https://[x].example/")
        assert kinds() == {"API_KEY": None, "NAMESPACE": "https://[x].example/"}
        await desk.press("end")
        assert "https://[x].example/" in desk.app.export_screenshot()

        await desk.press("e")
        assert desk.app.screen.query_one(Input).value == "https://[x].example/"
        await desk.fill(value="https://y.example/")
        assert kinds()["NAMESPACE"] == "https://y.example/", "it stays a plain setting"

        await desk.press("e", "tab", "space")
        assert desk.app.screen.query_one(Input).password
        await desk.fill(value="now [hidden]")
        assert kinds() == {"API_KEY": None, "NAMESPACE": None}
        assert tenant.reveal_secrets("MFA for Role")["NAMESPACE"] == "now [hidden]"
        assert panel.keys == ("API_KEY", "NAMESPACE")


async def test_a_package_is_added_with_its_progress_and_removed_and_a_refusal_is_said_in_the_panel(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def add(tenant: Tenant, action: str, spec: str, progress: object) -> Dependency:
        assert callable(progress)
        progress("fetching [left-pad]")
        seen.append(spec)
        if spec == "[left]":
            raise UserError("there is no package '[left]' on npm")
        found = Dependency("left-pad", "^1", "1.3.0")
        tenant.set_dependency(action, found)
        return found

    monkeypatch.setattr(dependencies, "add_dependency", add)
    async with workbench() as desk:
        modules = desk.screen.desk.side.modules
        await desk.press("f4", "f4", "a")
        await desk.fill(value=" left-pad@^1 ")
        assert seen == ["left-pad@^1"]
        assert modules.lines.keys == ("left-pad",)
        await desk.press("d", "tab", "enter")
        assert modules.lines.keys == ()
        assert tenant.draft("MFA for Role").dependencies == []

        await desk.press("a")
        await desk.fill(value="[left]")
        notice = modules.query_one("#modules-notice", Static)
        assert str(notice.visual) == "There is no package '[left]' on npm"

        assert isinstance(desk.app.screen, Prompt), "it is asked again"
        assert desk.app.screen.text == "There is no package '[left]' on npm"
        assert desk.app.screen.query_one(Input).value == "[left]"
        await desk.fill(value="left-pad")
        assert seen[-1] == "left-pad" and modules.lines.keys == ("left-pad",)
        await desk.press("a")
        assert desk.app.screen.query_one(Input).value == ""


async def test_an_installation_is_cancelled_and_leaves_the_draft_as_it_was(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def wait(folder: Path, _wanted: Wanted, progress: Progress) -> list[Installed]:
        run_tool(["sh", "-c", "echo fetching >&2; sleep 60 & wait"], folder, progress)
        raise AssertionError("it was not ended")

    monkeypatch.setitem(store._INSTALLERS, "javascript", wait)
    async with workbench() as desk:
        modules = desk.screen.desk.side.modules
        notice = modules.query_one("#modules-notice", Static)
        await desk.press("f4", "f4", "a")
        for spec, further in (("left-pad", ("a",)), ("axios", ())):
            desk.app.screen.query_one(Input).value = spec
            await desk.pilot.press("enter", *further)
        await desk.until(lambda: str(notice.visual) == "fetching")
        assert modules.check_action("cancel", ())
        await desk.pilot.press("escape")
        await desk.until(lambda: "Adding left-pad was cancelled; the draft is as it was." in desk.notices)
        await desk.until(lambda: str(notice.visual) == "fetching")  # the next one
        await desk.pilot.press("escape")
        await desk.settle()
        assert desk.notices[-1] == "Adding axios was cancelled; the draft is as it was."
        assert not modules.check_action("cancel", ())
        assert desk.app.screen is desk.screen and not notice.display
        assert tenant.draft("MFA for Role").dependencies == []


async def test_a_refused_package_does_not_get_into_the_way_of_who_has_gone_on(
    workbench: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_fail = threading.Event()

    def add(*_args: object) -> Dependency:
        assert may_fail.wait(30)
        raise UserError("there is no package 'lodahs' on npm")

    monkeypatch.setattr(dependencies, "add_dependency", add)
    async with workbench() as desk:
        modules = desk.screen.desk.side.modules
        await desk.press("f4", "f4", "a")
        await desk.pilot.press(*"lodahs", "enter")
        desk.screen.desk.go_to("code")
        may_fail.set()
        await desk.settle()
        assert modules.has_class("-faulty")
        assert desk.app.screen is desk.screen, "no dialog opens over what is being typed"
        desk.screen.desk.side.choose("modules")
        await desk.press("a")
        assert desk.app.screen.query_one(Input).value == "lodahs"


async def test_a_package_that_is_added_from_the_code_shows_in_the_panel_and_its_refusal_is_said(
    workbench: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(_tenant: Tenant, _action: str, spec: str, _progress: object) -> Dependency:
        raise UserError(f"there is no package '{spec}' on npm")

    monkeypatch.setattr(dependencies, "add_dependency", add)
    async with workbench() as desk:
        code = desk.screen.desk.code.editor
        code.post_message(code.PackageWanted(code, "lodahs"))
        await desk.settle()
        assert desk.screen.desk.side.tab == "modules" and code.has_focus
        assert "lodahs was not added. There is no package 'lodahs' on npm" in desk.notices


async def test_a_secret_the_code_names_is_asked_only_for_its_value(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        code = desk.screen.desk.code.editor
        code.post_message(code.SecretWanted(code, "TOKEN"))
        await desk.until(lambda: isinstance(desk.app.focused, Input))
        await desk.press(*"hush", "enter")
        assert tenant.reveal_secrets("MFA for Role")["TOKEN"] == "hush"
        assert code.has_focus


async def test_the_code_is_looked_at_anew_with_a_secret_or_a_package_that_came(
    workbench: OpenDesk, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Code] = []

    async def diagnose(_service: ContractService, code: Code) -> tuple[Diagnostic, ...]:
        seen.append(code)
        return ()

    monkeypatch.setattr(ContractService, "diagnose", diagnose)
    async with workbench() as desk:
        await desk.press("f4", "a")
        await desk.fill(name="RISK_KEY", value="value")
        await desk.until(lambda: "RISK_KEY" in seen[-1].secrets)
        tenant.set_dependency("MFA for Role", Dependency("left-pad", "^1", "1.3.0"))
        desk.screen.load()
        await desk.until(lambda: seen[-1].dependencies == ("left-pad",))


@pytest.mark.parametrize(("size", "count"), [((160, 45), "● 1  "), ((60, 20), "")])
async def test_what_is_wrong_with_the_line_is_said_below_the_code_where_the_line_has_no_room(
    workbench: OpenDesk, size: tuple[int, int], count: str
) -> None:
    message = "'[axios]' is not a dependency of this Action, nor of any other that there is"
    fix = Fix("Add the package axios", add_dependency="axios")
    async with workbench(size=size) as desk:
        code = desk.screen.desk.code
        code.editor.show_diagnostics([Diagnostic(Span(0, 0, 0, 5), "error", message, "test", fixes=(fix,))])
        code.editor.post_message(code.editor.Diagnosed(code.editor, code.editor.diagnostics))
        await desk.settle()
        told = Content.from_markup(code.border_subtitle).plain
        assert told.startswith("'[axios]' is not") and told.endswith(f"…  alt+q Fix  {count}1:1")
        assert len(told) <= code.size.width - 2
        assert told in "\n".join(row.text for row in code.render_lines(code.outer_size.region))
        code.editor.move_cursor((1, 0))
        await desk.settle()
        assert Content.from_markup(code.border_subtitle).plain == f"{count}2:1"
        code.editor.mark(2, "error", "TypeError: of a run before")
        code.show_run(None)
        assert Content.from_markup(code.border_subtitle).plain == f"{count}2:1"
        await desk.pilot.resize_terminal(100, 30)
        await desk.until(lambda: Content.from_markup(code.border_subtitle).plain == "● 1  2:1")


def event(desk: Desk) -> EventPane:
    return desk.screen.desk.event


async def test_an_event_is_edited_reset_saved_under_a_new_name_and_deleted(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        assert event(desk).name_shown == "admin user"
        assert event(desk).text == ADMIN
        await desk.write_event('{"user": {}}')
        assert event(desk).changed
        event(desk).action_reset()
        assert event(desk).text == ADMIN
        assert not event(desk).changed

        await desk.press("f6")
        await desk.write_event('{"user": {}}')
        event(desk).action_save_as()
        await desk.settle()
        await desk.fill(value="[b]nobody[/b]")
        assert tenant.event("post-login", "[b]nobody[/b]").text == '{"user": {}}'
        assert event(desk).name_shown == "[b]nobody[/b]"
        assert not event(desk).changed
        await desk.write_event("{}")
        await desk.press("ctrl+s")
        assert tenant.event("post-login", "[b]nobody[/b]").text == "{}"
        event(desk).action_delete()
        await desk.settle()
        await desk.press("tab", "enter")
        assert [saved.name for saved in tenant.events("post-login")] == ["admin user"]
        assert event(desk).name_shown == "default event"


async def test_a_fault_in_the_event_is_named_as_it_is_typed(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.write_event('{\n"[/]": ]}')
        line = event(desk).query_one("#event-fault", Static)
        await desk.until(lambda: str(line.visual).startswith("Line 2, column 8: expecting value"))


async def test_another_event_can_be_chosen_and_what_was_typed_is_still_there_after_another_trigger(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.create_action("Gate", "pre-user-registration", "javascript", MFA)
    async with workbench() as desk:
        await desk.press("f6", "ctrl+o", "home", "enter")
        assert event(desk).name_shown == "default event"
        assert '"authentication"' in event(desk).text
        await desk.write_event('{"mine": 1}')
        desk.screen.open_action("Gate")
        await desk.settle()
        assert event(desk).name_shown == "default event"
        assert event(desk).text != '{"mine": 1}'
        desk.screen.open_action("MFA for Role")
        await desk.settle()
        assert event(desk).text == '{"mine": 1}'
