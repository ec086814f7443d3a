"""Pictures of a flow that waits, of the dialogs that ask for its answer, and of what the caller gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flow_host import Host, settled
from suspended_flow import CODE, make_suspending_tenant
from textual.pilot import Pilot

from actionsmith.runtime.execution import (
    Answer,
    Command,
    Execution,
    FlowExecution,
    Stats,
    Suspended,
    WaitKind,
    WaitsFor,
)
from actionsmith.tui.editor.coloured_text_area import ColouredTextArea
from actionsmith.tui.flow.run import FlowRun

TERMS, PHONE, FACTOR, CLAIMS = CODE
WIDE, MEDIUM, NARROW = (160, 45), (100, 30), (60, 20)
SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
URL = "https://example.com/terms?lang=en&state=2d1f987d9fce3afd5f5e6786ed0ebaf7"
PREVIEW = {
    "user": {
        "changes": [
            {"path": "user_metadata.terms", "before": "v1", "after": "v2"},
            {"path": "user_metadata.phone", "before": None, "after": "+49 30 123456"},
        ]
    },
    "id_token": {
        "iss": "https://shop.example.com/",
        "sub": "auth0|1",
        "aud": "app1",
        "exp": 1767261600,
        "amr": ["mfa"],
        "https://example.com/roles": ["Admin", "Editor"],
    },
    "access_token": {"scope": "openid profile", "https://example.com/phone": "+49 30 123456"},
}
OUTCOME = {
    "user": {"user_metadata": {"terms": "v2", "phone": "+49 30 123456"}},
    "idToken": {"customClaims": {"https://example.com/roles": ["Admin", "Editor"]}},
    "accessToken": {"customClaims": {"https://example.com/phone": "+49 30 123456"}},
}


def execution(name: str, status: str, *calls: tuple[str, list[Any]], continued: bool = False) -> Execution:
    return Execution(
        action=name,
        version=1,
        trigger="post-login",
        language="javascript",
        handler="onContinuePostLogin" if continued else "onExecutePostLogin",
        status=status,  # type: ignore[arg-type]
        commands=[Command(path=path, args=args, line=2) for path, args in calls],
        stats=Stats(duration_ms=1.9, host_ms=0.4, cpu_ms=1.2, memory_bytes=41_000_000),
    )


REDIRECTED = execution(TERMS, "suspended", ("redirect.sendUserTo", ["https://example.com/terms"]))


def waiting(kind: WaitKind, position: int, answer: Answer, **details: Any) -> FlowRun:
    """A run that the Action at `position` has suspended."""
    waits = WaitsFor(kind=kind, action=list(CODE)[position], position=position, details=details)
    suspended = Suspended(
        format=1,
        trigger="post-login",
        waits_for=waits,
        answer=answer,
        order=list(CODE),
        ids=list(CODE),
        versions=[1, 1, 1, 1],
        actions=[],
        event={},
        carried={},
        cache=None,
        now_ms=None,
        seed=None,
        created_at="2026-01-01T00:00:00.000Z",
    )
    return run("suspended", [REDIRECTED], {"redirect": {"url": "https://example.com/terms"}}, suspended)


def run(
    status: str, actions: list[Execution], outcome: dict[str, Any], suspended: Suspended | None = None
) -> FlowRun:
    result = FlowExecution(
        trigger="post-login",
        status=status,  # type: ignore[arg-type]
        stopped_by=suspended.waits_for.action if suspended else None,
        actions=actions,
        outcome=outcome,
        stats=Stats(duration_ms=7.6),
        waits_for=suspended.waits_for if suspended else None,
        suspended=suspended,
        preview={} if suspended else PREVIEW,
    )
    return FlowRun(tuple(CODE), "ann").ended(result)


def redirected() -> FlowRun:
    state = "2d1f987d9fce3afd5f5e6786ed0ebaf7"
    return waiting("redirect", 0, Answer(query={"state": state}), url=URL, state=state)


def completed() -> FlowRun:
    actions = [
        REDIRECTED,
        execution(TERMS, "completed", ("user.setUserMetadata", ["terms", "v2"]), continued=True),
        execution(PHONE, "completed", ("user.setUserMetadata", ["phone", "+49 30 123456"])),
        execution(FACTOR, "completed"),
        execution(CLAIMS, "completed"),
    ]
    ended = run("completed", actions, OUTCOME)
    ended.answers[TERMS] = ("came back from the redirect",)
    return ended


def picture(
    compare: Callable[..., bool], folder: Path, size: tuple[int, int], of: FlowRun, *keys: str
) -> bool:
    """The flow screen after a run and some keys."""

    async def show_run(pilot: Pilot[None]) -> None:
        screen = await settled(pilot)
        screen.event = "ann"
        screen.runs.current = of
        screen.show()
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        while any(field._catching_up is not None for field in pilot.app.screen.query(ColouredTextArea)):
            await pilot.pause(0.02)  # colours come a frame later, the first ones with their lexer

    return compare(Host(make_suspending_tenant(folder)), terminal_size=size, run_before=show_run)


@SIZES
def test_a_flow_that_waits(snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]) -> None:
    """The first Action has sent the browser away; a bar says so and offers to go on."""
    assert picture(snap_compare, tmp_path / "tenant", size, redirected(), "down")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_coming_back(snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]) -> None:
    """The dialog that asks for the query and the body."""
    assert picture(snap_compare, tmp_path / "tenant", size, redirected(), "c")


@pytest.mark.parametrize("size", [MEDIUM, NARROW], ids=["medium", "narrow"])
def test_coming_back_with_a_session_token(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    """The dialog that asks for the claims of the token, too, and what it is signed with."""
    run = msgspec.structs.replace(redirected(), token_secrets=("STEP_UP_SECRET", "OTHER"))
    assert picture(snap_compare, tmp_path / "tenant", size, run, "c")


def test_how_mfa_ends(snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    """The dialog that asks for the factor."""
    factors = [{"type": "otp"}, {"type": "push-notification"}, {"type": "phone"}]
    mfa = waiting("mfa", 2, Answer(factor="otp"), command="challenge", default=None, options=factors)
    assert picture(snap_compare, tmp_path / "tenant", NARROW, mfa, "c")


@SIZES
def test_what_the_caller_gets(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    """Profile and tokens in the details of the end, which have the focus."""
    assert picture(snap_compare, tmp_path / "tenant", size, completed(), "end", "tab")
