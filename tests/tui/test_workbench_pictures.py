"""Pictures of the workbench at its three widths. Look at the report before taking on new ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from drive import MEDIUM, NARROW, WIDE, settle
from textual.pilot import Pilot

from actionsmith.runtime.execution import ActionError, Command, ConsoleLine, Execution, HttpRequest, Stats
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.app import ActionsmithApp
from actionsmith.tui.widgets import secrets_panel, versions_panel

SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
Steps = Callable[[Pilot[None]], Awaitable[None]]

RESULT = Execution(
    action="MFA for Role",
    version=None,
    trigger="post-login",
    language="javascript",
    handler="onExecutePostLogin",
    status="failed",
    commands=[
        Command(path="cache.get", args=["risk [low]"], line=2, effect=False),
        Command(
            path="idToken.setCustomClaim", args=["https://example.com/roles", ["Admin", "Editor"]], line=4
        ),
    ],
    outcome={"id_token": {"claims": {"https://example.com/roles": ["Admin", "Editor"]}}},
    console=[
        ConsoleLine(level="log", text="roles [ 'Admin', 'Editor' ]", line=2, at_ms=0.4),
        ConsoleLine(level="warn", text="a second\nline", line=5, at_ms=0.6),
    ],
    http=[
        HttpRequest(
            method="POST",
            url="https://api.example.com/risk?key=[secret API_KEY]",
            headers={"content-type": "application/json"},
            body={"user": "a@example.com"},
            status=201,
        ),
        HttpRequest(
            method="GET",
            url="https://down.example.com/",
            headers={},
            body=None,
            status=None,
            error="connect ECONNREFUSED",
        ),
    ],
    warnings=["The claim 'sub' is left out: it is reserved."],
    error=ActionError(name="TypeError", message="x.boom is not a function", line=3, column=5),
    stats=Stats(
        duration_ms=1.94,
        host_ms=0.31,
        cpu_ms=1.1,
        memory_bytes=41_000_000,
        confinement={"files": "landlock", "programs": "seccomp", "memory": "not enforced"},
    ),
)


@pytest.fixture
def app(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> ActionsmithApp:
    """The workbench with everything that changes from run to run held still."""

    def fixed(_: datetime) -> str:
        return "2026-01-31 14:05"

    for module in (secrets_panel, versions_panel):
        monkeypatch.setattr(module, "moment", fixed)
    return ActionsmithApp(tenant)


def after(*keys: str, result: bool = False) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, ActionsmithApp)
        await settle(pilot)
        if result:
            desk = pilot.app.workbench.desk
            desk.result.finish(RESULT, "admin user", pilot.app.syntax)
            desk.code.show_run(RESULT)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return steps


@SIZES
def test_first_sight(app: ActionsmithApp, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """All panes, or the code alone on a narrow terminal."""
    assert snap_compare(app, terminal_size=size, run_before=after())


@SIZES
def test_result(app: ActionsmithApp, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    """A run that failed: error, warnings, commands, outcome, console, figures."""
    assert snap_compare(app, terminal_size=size, run_before=after("f6", "f6", result=True))


def test_help(app: ActionsmithApp, snap_compare: Callable[..., bool]) -> None:
    """The keys."""
    assert snap_compare(app, terminal_size=NARROW, run_before=after("f1"))


def test_a_secret_is_added(app: ActionsmithApp, snap_compare: Callable[..., bool]) -> None:
    """The form for a secret or a plain setting."""
    assert snap_compare(app, terminal_size=NARROW, run_before=after("f4", "a", "tab", "tab", "space"))


def test_empty_tenant(snap_compare: Callable[..., bool], tmp_path_factory: pytest.TempPathFactory) -> None:
    """What an empty tenant says."""
    empty = Tenant.create(tmp_path_factory.mktemp("empty") / "tenant", "empty")
    assert snap_compare(ActionsmithApp(empty), terminal_size=MEDIUM, run_before=after())


@pytest.mark.parametrize("theme", ["linen", "beacon", "terminal"])
def test_themes(app: ActionsmithApp, snap_compare: Callable[..., bool], theme: str) -> None:
    """The other themes."""
    app.register_theme(app.themes.all()[theme].interface)
    app.theme = theme
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after("f2", result=True))
