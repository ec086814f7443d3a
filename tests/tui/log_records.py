"""Executions for the tests of the log screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from actionsmith.tenant.log import LoggedAction, LogRecord
from actionsmith.tenant.log.record import (
    LoggedCommand,
    LoggedError,
    LoggedLine,
    LoggedRequest,
    Statistics,
)

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
HOSTILE = "[/] [red]x[/b] \x1b[31m\u202e 漢字\n{x}"


def logged(name: str, status: str = "completed", **more: Any) -> LoggedAction:
    """What the log keeps of one Action."""
    usual: dict[str, Any] = {
        "version": 3,
        "language": "javascript",
        "handler": "onExecutePostLogin",
        "started_at": NOON,
        "ended_at": NOON,
        "statistics": Statistics(
            action_duration=1.94, boot_duration=0.31, cpu_duration=1.1, memory_bytes=41_000_000
        ),
    }
    return LoggedAction(action_name=name, status=status, **{**usual, **more})


def record(number: int, *actions: LoggedAction, **more: Any) -> LogRecord:
    """The execution that was so many seconds after noon: a run of the Action, or a flow of several."""
    at = NOON + timedelta(seconds=number)
    usual: dict[str, Any] = {
        "id": f"2026-{number:04}",
        "kind": "run" if len(actions) == 1 else "flow",
        "trigger_id": "post-login",
        "status": actions[-1].status if actions else "completed",
        "created_at": at,
        "updated_at": at + timedelta(milliseconds=3),
    }
    return LogRecord(actions=list(actions), **{**usual, **more})


FAILED = logged(
    "MFA for Role",
    "failed",
    error=LoggedError(name="TypeError", message="x.boom is not a function", line=3, column=5),
    console=[
        LoggedLine(level="log", text="roles [ 'Admin' ] for [secret API_KEY]", line=2, at_ms=0.4),
        LoggedLine(level="warn", text="careful", line=4),
    ],
    commands=[
        LoggedCommand(path="cache.get", args=["risk"], line=2, effect=False),
        LoggedCommand(path="idToken.setCustomClaim", args=["https://example.com/roles", ["Admin"]], line=4),
    ],
    outcome={"id_token": {"claims": {"https://example.com/roles": ["Admin"]}}},
    http=[
        LoggedRequest(
            method="POST",
            url="https://api.example.com/v1/risk?key=[secret API_KEY]",
            headers={"content-type": "application/json"},
            body={"user": "a@example.com"},
            status=201,
        ),
        LoggedRequest(method="GET", url="https://down.example.com/", error="connect ECONNREFUSED"),
    ],
    warnings=["The claim 'sub' is left out: it is reserved."],
)
DENIED = logged(
    "Role Claims",
    "denied",
    language="python",
    handler="on_execute_post_login",
    commands=[LoggedCommand(path="access.deny", args=["no [bots]"], line=3)],
)
A_FLOW = (logged("MFA for Role"), DENIED)

RECORDS = (
    record(1, logged("MFA for Role", version=None)),
    record(2, FAILED),
    record(3, *A_FLOW, stopped_by="Role Claims"),
    record(4, logged("Enrich from CRM", "timed_out"), trigger_id="post-user-registration"),
    record(5, logged("MFA for Role")),
)
