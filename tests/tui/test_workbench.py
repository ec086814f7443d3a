"""The one straight way through the workbench: open, edit, run, deploy, roll back."""

from __future__ import annotations

from pathlib import Path

from drive import CLAIMS, MEDIUM, MFA, NARROW, WIDE, OpenDesk
from textual.widgets import Button, Input

from actionsmith.language.service import Diagnostic, Span
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers.starter import body_line, starter_code
from actionsmith.tui.dialogs import Confirm
from actionsmith.tui.screens.diff import DiffDialog
from actionsmith.tui.screens.help import HelpDialog
from actionsmith.tui.widgets.row_view import RowView

THROWS = """exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim("https://example.com/a", "[/b]");
  throw new TypeError("no [bold] luck [/]");
};
"""


async def test_a_run_shows_what_happened_with_the_event_as_edited(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f5")
        assert 'api.multifactor.enable("any")' in desk.result
        assert '"provider": "any"' in desk.result
        assert "roles [ 'Admin' ]" in desk.result
        assert desk.screen.desk.result.execution is not None
        assert desk.screen.desk.result.execution.status == "completed"

        await desk.write_event('{"authorization": {"roles": []}}')
        await desk.press("f5")
        assert "The Action called nothing of api." in desk.result

        await desk.write_event('{"user": ]')
        await desk.press("f5")
        assert desk.screen.desk.result.execution is None
        assert "line 1" in desk.result
        assert "admin user" in desk.result


async def test_run_saves_the_text_in_the_editor_and_leads_to_the_line_of_an_error(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.write(THROWS)
        await desk.press("f5")
        assert "no [bold] luck [/]" in desk.result
        assert tenant.draft("MFA for Role").code == THROWS
        assert [mark.line for mark in desk.screen.desk.code.editor.marks] == [3]
        await desk.press("f6", "f6", "enter")
        assert desk.app.focused is desk.screen.desk.code.editor
        assert desk.screen.desk.code.editor.cursor_location[0] == 2


async def test_what_is_typed_in_the_moment_in_which_a_saved_text_comes_back_stays(
    workbench: OpenDesk,
) -> None:
    async with workbench() as desk:
        desk.screen.desk.code.editor.set_text("// typed\n")
        desk.screen.showing.show(desk.screen.snapshot)
        await desk.settle()
        assert desk.screen.desk.code.text == "// typed\n"
        assert "● not saved" in desk.header


async def test_a_run_that_never_ends_is_stopped_by_escape_or_by_the_next_run(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.write("exports.onExecutePostLogin = async () => { for (;;) {} };\n")
        await desk.pilot.press("f5")
        assert desk.screen.runs.running
        await desk.pilot.press("escape")
        assert not desk.screen.runs.running
        assert desk.result == "The run was stopped."

        await desk.pilot.press("f5")
        assert desk.screen.runs.running
        desk.screen.desk.code.editor.set_text(MFA)
        await desk.press("f5")
        assert 'api.multifactor.enable("any")' in desk.result


async def test_each_action_keeps_its_unsaved_text_and_its_last_result(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f5")
        await desk.write("// mine\n")
        desk.screen.open_action("Role Claims")
        await desk.settle()
        assert desk.screen.desk.code.text == CLAIMS
        assert desk.result.startswith("Nothing has run yet")
        await desk.press("f5")
        assert "api.id_token.set_custom_claim" in desk.result
        desk.screen.open_action("MFA for Role")
        await desk.settle()
        assert 'api.multifactor.enable("any")' in desk.result
        assert desk.screen.desk.code.text == "// mine\n"
        assert tenant.draft("MFA for Role").code == MFA


async def test_edit_save_deploy_compare_and_roll_back(workbench: OpenDesk, tenant: Tenant) -> None:
    two, three = MFA + "// two\n", MFA + "// three\n"
    async with workbench() as desk:
        assert desk.screen.desk.code.text == MFA
        assert desk.header == (
            "Actionsmith · tenant demo · MFA for Role · post-login · JavaScript · saved · v1 deployed"
        )
        await desk.write(two)
        assert "● not saved" in desk.header
        await desk.press("ctrl+s")
        assert "● changed" in desk.header
        assert tenant.draft("MFA for Role").code == two
        await desk.write(MFA)
        await desk.press("ctrl+s")
        assert "· saved ·" in desk.header

        await desk.write(three)
        await desk.press("f8")
        assert "Version 2 is deployed." in desk.notices
        assert tenant.version("MFA for Role", 2).code == three
        assert desk.header.endswith("saved · v2 deployed")

        await desk.press("f4", "f4", "f4", "end")
        assert desk.screen.desk.side.versions.chosen == "1"
        await desk.press("enter")
        assert isinstance(desk.app.screen, DiffDialog)
        assert "+// three" in desk.app.screen.query_one(RowView).plain
        await desk.press("escape", "r", "enter")
        assert tenant.action("MFA for Role").deployed == 3
        assert desk.screen.desk.code.text == MFA
        assert desk.screen.desk.side.versions.keys == ("3", "2", "1")


async def test_a_rollback_says_that_it_replaces_text_that_is_not_saved(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    tenant.save_code("MFA for Role", "// saved\n")
    async with workbench() as desk:
        await desk.press("f4", "f4", "f4", "r")
        assert isinstance(desk.app.screen, Confirm)
        assert "not saved" not in desk.app.screen.text
        await desk.press("escape")
        await desk.write("// typed\n")
        await desk.press("r")
        assert isinstance(desk.app.screen, Confirm)
        assert desk.app.screen.text.endswith("in the editor, which is not saved; ^z undoes that.")
        await desk.press("enter", "f3")
        assert desk.screen.desk.code.text == tenant.draft("MFA for Role").code == MFA
        await desk.press("ctrl+z")
        assert desk.screen.desk.code.text == "// typed\n"


async def test_a_deploy_says_when_nothing_has_changed_and_asks_about_errors(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        await desk.press("f8")
        assert desk.notices == ["Version 2 is deployed. Nothing has changed since version 1."]
        error = Diagnostic(Span(2, 0, 2, 5), "error", "there is no [x] here.", "test")
        warning = Diagnostic(Span(0, 0, 0, 5), "warning", "a doubt", "test")
        for faults, question in (
            ([warning, error], "1 error in line 3: there is no [x] here. Deploy all the same?"),
            ([error, error], "2 errors, the first in line 3: there is no [x] here. Deploy all the same?"),
        ):
            desk.screen.desk.code.editor.show_diagnostics(faults)
            await desk.press("f8")
            assert isinstance(desk.app.screen, Confirm)
            assert desk.app.screen.text == question
            await desk.press("enter")
            assert tenant.action("MFA for Role").latest == 2, "it was only asked"
        await desk.press("f8", "tab", "enter")
        assert tenant.action("MFA for Role").latest == 3


async def test_a_change_made_by_another_program_is_shown_with_the_next_reading(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    async with workbench() as desk:
        tenant.save_code("MFA for Role", "// from the command line\n")
        desk.screen.load()
        await desk.settle()
        assert desk.screen.desk.code.text == "// from the command line\n"


async def test_rename_and_delete(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.set_flow("post-login", ["MFA for Role"])
    async with workbench() as desk:
        await desk.write("// unsaved\n")
        await desk.press("f2", "d")
        assert desk.app.screen.query_one("#yes", Button).label.plain == "Open the flow"
        await desk.press("escape")
        assert len(tenant.actions()) == 2

        await desk.press("r")
        await desk.fill(value="Role Claims")
        assert desk.app.screen.query(Input), "a taken name is not accepted"
        await desk.fill(value="[red]Second[/] factor")
        assert [action.name for action in tenant.actions()] == ["[red]Second[/] factor", "Role Claims"]
        assert desk.screen.desk.code.text == "// unsaved\n"
        assert "[red]Second[/] factor" in desk.header

        tenant.set_flow("post-login", [])
        await desk.press("f7")  # the flow was changed meanwhile
        await desk.press("escape")
        await desk.press("f2", "d")
        await desk.press("tab", "enter")
        assert [action.name for action in tenant.actions()] == ["Role Claims"]
        assert "Role Claims" in desk.header


async def test_an_empty_tenant_says_how_to_begin(workbench: OpenDesk, tmp_path: Path) -> None:
    async with workbench(on=Tenant.create(tmp_path / "empty", "empty")) as desk:
        assert desk.screen.desk.code.has_class("-empty")
        await desk.press("f5", "f8", "ctrl+s", "f2", "f4", "f6")
        assert desk.app.screen is desk.screen


async def test_every_pane_can_be_reached_by_its_key_at_every_width(workbench: OpenDesk) -> None:
    async with workbench(size=WIDE) as desk:
        for size in (WIDE, MEDIUM, NARROW):
            await desk.pilot.resize_terminal(*size)
            for keys, pane in [
                (["f2"], "actions"),
                (["f3"], "code"),
                (["f4"], "panel"),
                (["f6"], "event"),
                (["f6"], "result"),
            ]:
                await desk.press(*keys)
                assert desk.screen.desk.pane == pane
                focused = desk.app.focused
                assert focused is not None
                assert focused.size.width > 20
                assert focused.size.height > 2
        await desk.press("f3", "f5")
        assert desk.screen.desk.pane == "result", "a narrow terminal shows the result of a run"
        assert not desk.screen.desk.code.size


async def test_help_lists_the_keys_and_ctrl_c_quits_only_when_pressed_twice(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpDialog)
        shown = desk.app.screen.query_one(RowView).plain
        assert "Run the draft with the event" in shown
        assert "Comment lines." in shown
        await desk.press("escape")
        assert desk.app.screen is desk.screen

        await desk.press("f2", "ctrl+c")
        assert desk.app.is_running
        assert "Press ctrl+c again to quit." in desk.notices
        await desk.pilot.press("ctrl+c")
        assert desk.app._exit


async def test_the_theme_changes_interface_and_code_and_is_remembered(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        before = desk.screen.desk.code.editor.syntax_styles
        desk.app.action_choose_theme()
        await desk.pilot.pause()
        await desk.press("home", "enter")
        chosen = desk.app.theme
        assert desk.screen.desk.code.editor.syntax_styles != before
    async with workbench() as desk:
        assert desk.app.theme == chosen


async def test_what_is_typed_into_a_new_javascript_action_is_indented(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    code = starter_code("post-login", "javascript")
    tenant.create_action("Blank", "post-login", "javascript", code)
    async with workbench() as desk:
        desk.screen.open_action("Blank", body_line(code))
        await desk.until(lambda: desk.screen.desk.code.editor.cursor_location[1] == 2)
        await desk.press("x", "enter", "y")
        assert "=> {\n  x\n  y\n};" in desk.screen.desk.code.text


async def test_what_is_typed_into_a_new_python_action_takes_the_place_of_its_pass(
    workbench: OpenDesk, tenant: Tenant
) -> None:
    code = starter_code("post-login", "python")
    tenant.create_action("Blank", "post-login", "python", code)
    async with workbench() as desk:
        desk.screen.open_action("Blank", body_line(code))
        await desk.until(lambda: desk.screen.desk.code.editor.selected_text == "pass")
        await desk.press("x")
        assert desk.screen.desk.code.text == code.replace("    pass", "    x", 1)
