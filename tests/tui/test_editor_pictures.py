"""Pictures of the editor on the workbench. Look at the report before taking on new ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from drive import CLAIMS, MEDIUM, MFA, NARROW, WIDE, Desk
from editor_scene import CODE, EXECUTION, Told, span_of
from textual.pilot import Pilot
from textual.widgets import Input

from actionsmith.language.contract_service import ContractService
from actionsmith.language.service import LanguageService
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.editor.code_editor import CodeEditor
from actionsmith.tui.themes import load_themes
from actionsmith.tui.widgets import secrets_panel, versions_panel
from actionsmith.tui.widgets.moved_bar import MovedBar
from actionsmith.tui.workbench.languages import Languages

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
Scene = Callable[[Desk, CodeEditor], Awaitable[None]]
Picture = Callable[[Scene, tuple[int, int]], bool]
THEMES = sorted(load_themes()[0])
NAME = "MFA for Role"


@pytest.fixture
def app(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> ActionsmithApp:
    """The workbench with services that answer at once, and everything that changes from run to run held still."""
    services = {"javascript": (ContractService(), Told()), "python": (ContractService(),)}

    def known(_: Languages, language: str) -> tuple[LanguageService, ...]:
        return services[language]

    def fixed(_: datetime) -> str:
        return "2026-01-31 14:05"

    monkeypatch.setattr(Languages, "services", known)
    for module in (secrets_panel, versions_panel):
        monkeypatch.setattr(module, "moment", fixed)
    return ActionsmithApp(tenant)


@pytest.fixture
def picture(app: ActionsmithApp, snap_compare: Callable[..., bool]) -> Picture:
    """Compares what a scene brings about, once nothing moves any more."""

    def compare(scene: Scene, size: tuple[int, int]) -> bool:
        async def steps(pilot: Pilot[None]) -> None:
            desk = Desk(app, pilot)
            await desk.settle()
            editor = desk.screen.desk.code.editor
            await scene(desk, editor)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            app.clear_notifications()
            await desk.settle()
            await desk.until(
                lambda: editor._resting is None
            )  # until then other places of a word are not marked
            await desk.settle()

        return snap_compare(app, terminal_size=size, run_before=steps)

    return compare


async def write(desk: Desk, code: str = CODE) -> None:
    """Save this as the draft, and wait until its faults are known."""
    desk.app.tenant.save_code(NAME, code)
    desk.screen.load()
    await desk.settle()
    editor = desk.screen.desk.code.editor
    assert editor.text == code
    await desk.until(lambda: bool(editor.diagnostics) or code != CODE)


async def at(desk: Desk, part: str, within: int = 0) -> None:
    """Put the caret into a part of the code."""
    place = span_of(desk.screen.desk.code.text, part)
    desk.screen.desk.code.editor.move_cursor((place.row, place.column + within))
    await desk.settle()


async def everything(desk: Desk, editor: CodeEditor) -> None:
    """Colours, guides, faults, a fold, hits and the bar, what ran, a pair of brackets."""
    await write(desk)
    desk.screen.desk.code.show_run(EXECUTION, CODE)
    editor.fold([(20, 22)])
    await desk.press("ctrl+f")
    desk.screen.query_one("#find-text", Input).value = "roles"
    await desk.settle()
    editor.focus()
    await at(desk, '("Editor")')


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everything_at_once(picture: Picture, size: tuple[int, int]) -> None:
    """All that can be on the text at the same time."""
    assert picture(everything, size)


@pytest.mark.parametrize("theme", THEMES)
def test_everything_in_each_theme(app: ActionsmithApp, picture: Picture, theme: str) -> None:
    """The same in the colours of each theme."""
    app.register_theme(app.themes.all()[theme].interface)
    app.theme = theme
    assert picture(everything, MEDIUM)


async def completion(desk: Desk, editor: CodeEditor) -> None:
    await write(desk, MFA.replace('api.multifactor.enable("any");', "await api.user.setmeta"))
    await at(desk, "setmeta", 7)
    await desk.press("ctrl+space", "down")


@SIZES
def test_completion(picture: Picture, size: tuple[int, int]) -> None:
    """Proposals, their letters that fit, and the documentation of the chosen one beside."""
    assert picture(completion, size)


async def completion_far_right(desk: Desk, editor: CodeEditor) -> None:
    await write(desk, MFA.replace("api.multifactor.enable", "const changed = await api.cache."))
    await at(desk, "api.cache.", 10)
    await desk.press("ctrl+space")


def test_completion_with_no_room_beside(picture: Picture) -> None:
    """The documentation is below the proposals."""
    assert picture(completion_far_right, NARROW)


async def signature(desk: Desk, editor: CodeEditor) -> None:
    await at(desk, '"any"', 1)
    await desk.press("alt+s")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_parameters_of_a_call(picture: Picture, size: tuple[int, int]) -> None:
    """The parameter at the caret is marked and explained."""
    assert picture(signature, size)


async def explanation(desk: Desk, editor: CodeEditor) -> None:
    await write(desk)
    await at(desk, "sercets", 2)
    await desk.press("alt+k")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_an_explanation_with_a_fault(picture: Picture, size: tuple[int, int]) -> None:
    """What is wrong stands above what the name means."""
    assert picture(explanation, size)


async def tabs(desk: Desk, editor: CodeEditor) -> None:
    await desk.write(MFA + "// not saved\n")
    desk.screen.open_action("Role Claims")
    await desk.settle()
    await desk.write(CLAIMS + "# not saved\n")
    await at(desk, "event, api")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_tabs(picture: Picture, size: tuple[int, int]) -> None:
    """Two open Actions, neither of them saved."""
    assert picture(tabs, size)


async def saved_elsewhere(desk: Desk, editor: CodeEditor) -> None:
    await desk.write(MFA + "// mine\n")
    desk.app.tenant.save_code(NAME, "// theirs\n" + MFA.replace("Admin", "Editor"))
    desk.screen.load()
    await desk.until(lambda: bool(desk.screen.query_one(MovedBar).display))


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_a_draft_saved_elsewhere(picture: Picture, size: tuple[int, int]) -> None:
    """A bar under the text says so."""
    assert picture(saved_elsewhere, size)


async def merge(desk: Desk, editor: CodeEditor) -> None:
    await saved_elsewhere(desk, editor)
    await desk.press("alt+m")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_merging(picture: Picture, size: tuple[int, int]) -> None:
    """The difference, and what can become of the two texts."""
    assert picture(merge, size)


async def vim(desk: Desk, editor: CodeEditor) -> None:
    await write(desk)
    await at(desk, "const roles")
    editor.action_toggle_vim()
    await desk.press("v", "j", "e", "2")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_vim_keys(picture: Picture, size: tuple[int, int]) -> None:
    """The line of vim keys: the mode and the keys that wait for more."""
    assert picture(vim, size)


async def problems(desk: Desk, editor: CodeEditor) -> None:
    await write(desk)
    await desk.press("ctrl+e")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_problems(picture: Picture, size: tuple[int, int]) -> None:
    """The list of what is wrong."""
    assert picture(problems, size)


async def labels(desk: Desk, editor: CodeEditor) -> None:
    await write(desk)
    await at(desk, "const roles")
    await desk.press("alt+j", "r", "o")


def test_jump_labels(picture: Picture) -> None:
    """Letters over the places to jump to."""
    assert picture(labels, MEDIUM)
