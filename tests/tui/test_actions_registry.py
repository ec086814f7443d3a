"""The registry of commands: one truth for keys, bar, palette and help."""

from __future__ import annotations

import pytest
from drive import NARROW, OpenDesk
from textual.binding import Binding

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.actions import BY_ID, COMMANDS, CONTEXT_TITLES, bindings_for, commands_of
from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.dialogs import Dialog
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.editor.find_bar import FindBar
from actionsmith.tui.flow.json_form import JsonForm
from actionsmith.tui.keys.key_names import key_name
from actionsmith.tui.palette import offers
from actionsmith.tui.screens.flow import FlowScreen
from actionsmith.tui.screens.log import LogScreen
from actionsmith.tui.screens.new_action import NewActionDialog
from actionsmith.tui.screens.workbench import WorkbenchScreen
from actionsmith.tui.widgets.action_list import ActionList
from actionsmith.tui.widgets.command_bar import CommandBar, fitting
from actionsmith.tui.widgets.desk import Desk
from actionsmith.tui.widgets.event_pane import EventPane
from actionsmith.tui.widgets.log_filters import SearchField
from actionsmith.tui.widgets.modules_panel import ModulesPanel
from actionsmith.tui.widgets.result_view import ResultView
from actionsmith.tui.widgets.secrets_panel import SecretsPanel
from actionsmith.tui.widgets.versions_panel import VersionsPanel
from actionsmith.tui.workbench.open_tabs import OpenTabs

HOSTS = [
    *(ActionsmithApp, WorkbenchScreen, FlowScreen, LogScreen, SearchField, NewActionDialog, JsonForm, Dialog),
    *(ActionList, SecretsPanel, ModulesPanel, VersionsPanel, EventPane, ResultView, CodeEditor, FindBar),
]

# What a terminal sends for these is another key, or the terminal keeps them.
UNUSABLE = {
    *("ctrl+h", "ctrl+i", "ctrl+m", "ctrl+left_square_bracket", "ctrl+a", "ctrl+b", "shift+f3"),
    *("alt+b", "alt+f"),  # what some terminals send for ctrl+left and ctrl+right
}
SECOND_NATURE = {"ctrl+a"}
"""Select everything: where the terminal keeps the key for itself, the palette has the command."""


def test_every_command_has_an_own_id_and_a_titled_context() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert {command.context for command in COMMANDS} <= set(CONTEXT_TITLES)


CONTEXTS = {
    **{host.CONTEXT: host for host in HOSTS},  # type: ignore[attr-defined]
    "tabs": OpenTabs,
    "panes": Desk,
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_command_of_a_context_is_carried_out_by_its_host(context: str) -> None:
    for command in commands_of(context):
        assert hasattr(CONTEXTS[context], f"action_{command.action.partition('(')[0]}"), command.id


def test_every_context_has_a_host(tenant: Tenant) -> None:
    assert {command.context for command in COMMANDS} == set(CONTEXTS)
    hosts = WorkbenchScreen(tenant, None, dict).hosts
    assert {context: type(host) for context, host in hosts.items()} == {"tabs": OpenTabs, "panes": Desk}


async def test_commands_of_a_host_work_with_keys_from_every_pane_and_from_the_palette(
    workbench: OpenDesk,
) -> None:
    async with workbench() as desk:
        assert not {"tabs.next", "tabs.close"} & {offer.command.id for offer in offers(desk.screen)}
        desk.screen.open_action("Role Claims")
        await desk.settle()
        for pane in ("f2", "f4", "f6"):
            shown = desk.screen.tabs.shown
            await desk.press(pane, "alt+l")
            assert desk.screen.tabs.shown != shown
        desk.screen.set_focus(None)
        await desk.press("f2")
        assert isinstance(desk.screen.focused, ActionList)
        await desk.choose_from_palette("close tab")
        assert len(desk.screen.tabs.names) == 1


def test_no_key_means_two_things_in_one_context_and_all_survive_a_terminal() -> None:
    for context in CONTEXT_TITLES:
        keys = [key for command in commands_of(context) for key in command.keys]
        assert len(keys) == len(set(keys))
        assert not UNUSABLE & (set(keys) - SECOND_NATURE), context


def test_bindings_carry_the_id_of_their_command() -> None:
    run = next(item for item in bindings_for("workbench") if isinstance(item, Binding))
    assert (run.id, run.key, run.action) == ("workbench.run", "f5", "run")


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+s", "^s"),
        ("f5", "F5"),
        ("alt+up", "alt+↑"),
        ("escape", "esc"),
        ("ctrl+underscore", "^/"),
        ("ctrl+full_stop", "^."),
        ("ctrl+pagedown", "ctrl+pgdn"),
        ("K", "K"),
    ],
)
def test_keys_are_shown_as_people_write_them(key: str, shown: str) -> None:
    assert key_name(key) == shown


@pytest.mark.parametrize("width", range(20, 200, 7))
def test_the_bar_never_shows_more_than_fits_and_drops_the_least_important(width: int) -> None:
    entries = tuple(
        (command, command.keys[0]) for command in commands_of("workbench", "global") if command.bar
    )
    shown = fitting(entries, width)
    cells = sum(len(key_name(key)) + 1 + len(command.label) for command, key in shown)
    assert cells + 2 * (len(shown) - 1) + 1 <= width
    if width > 40:
        assert {"global.help", "global.command_palette", "workbench.run"} <= {c.id for c, _ in shown}


async def test_the_bar_shows_the_commands_of_the_focused_list_first_and_can_be_clicked(
    workbench: OpenDesk,
) -> None:
    async with workbench(size=NARROW) as desk:
        await desk.press("f4")
        labels = [command.label for command, _ in desk.screen.query_one(CommandBar).entries]
        assert labels[:4] == ["Run", "Add", "Replace", "Delete"]
        await desk.pilot.click(CommandBar, offset=(2, 0))
        await desk.settle()
        assert "api.multifactor.enable" in desk.result


async def test_the_palette_offers_every_command_that_applies_and_every_action(workbench: OpenDesk) -> None:
    async with workbench() as desk:
        found = list(offers(desk.screen))
        assert {
            "workbench.run",
            "secrets.add",
            "modules.add",
            "event.save_as",
            "global.choose_theme",
        } <= {offer.command.id for offer in found}
        assert "result.copy_json" not in {offer.command.id for offer in found}, "nothing has run yet"

        comment = next(offer for offer in found if offer.command.title == "Comment lines")
        assert comment.text == "Comment lines  ^/"
        await desk.app.run_action(comment.command.action, comment.node)
        assert desk.screen.desk.code.text.startswith("// exports")

        await desk.choose_from_palette("role cl")
        assert "Role Claims" in desk.header


async def test_a_command_of_a_hidden_list_works_from_the_palette(workbench: OpenDesk, tenant: Tenant) -> None:
    tenant.save_code("MFA for Role", "// other\n")  # there is something to roll back
    async with workbench(size=NARROW) as desk:
        await desk.choose_from_palette("roll back")
        assert desk.app.screen.query("#yes"), "the confirmation is on top"
        assert desk.screen.desk.side.tab == "versions"
