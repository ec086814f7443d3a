"""One record of the executions' log, as it is written to disk and read again.

Names follow the platform's execution records (semantics.md, "Logs"). Texts are masked before they get here.
Times are aware and in UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Kind = Literal["run", "flow"]
LogStatus = Literal["completed", "denied", "suspended", "failed", "timed_out", "crashed"]
LogLevel = Literal["log", "info", "warn", "error", "debug", "trace"]


class LoggedCommand(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One api call. `path` has no `api.` and is the JavaScript name in both languages; `error` says why it
    was refused."""

    path: str
    args: list[Any] = []
    line: int | None = None
    effect: bool = True
    error: str | None = None


class LoggedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One console line. `at_ms` counts from the start of the Action."""

    level: LogLevel
    text: str
    line: int | None = None
    at_ms: float = 0.0


class LoggedError(msgspec.Struct, frozen=True, kw_only=True):
    """Why an Action ended badly; line and column from 1."""

    name: str
    message: str
    line: int | None = None
    column: int | None = None
    stack: str = ""


class LoggedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One outgoing HTTP request; without an answer `status` is None and `error` says why.

    `duration_ms` is None where no network was asked, or no answer came before the run ended.
    """

    method: str
    url: str
    headers: dict[str, str] = {}
    body: Any = None
    status: int | None = None
    error: str | None = None
    duration_ms: float | None = None


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one Action in milliseconds, by the platform's names, and its peak memory in bytes.

    `total_request_duration` is the time that passed on the clock. Of it the runtime took
    `total_runtime_execution_duration`: `boot_duration` to take a process and load the code, `action_duration`
    in the handler. In the handler the network owed an answer for `runtime_external_call_duration`; the rest
    is `runtime_processing_duration`. `network_duration` is the way to the handler and back: pipes here.
    """

    total_request_duration: float = 0.0
    total_runtime_execution_duration: float = 0.0
    runtime_processing_duration: float = 0.0
    action_duration: float = 0.0
    runtime_external_call_duration: float = 0.0
    boot_duration: float = 0.0
    network_duration: float = 0.0
    cpu_duration: float = 0.0
    memory_bytes: int = 0


class LoggedAction(msgspec.Struct, frozen=True, kw_only=True):
    """One Action of an execution. `version` is None for a draft."""

    action_name: str
    version: int | None
    language: Literal["javascript", "python"]
    handler: str
    status: LogStatus
    started_at: datetime
    ended_at: datetime
    error: LoggedError | None = None
    console: list[LoggedLine] = []
    commands: list[LoggedCommand] = []
    outcome: dict[str, Any] = {}
    http: list[LoggedRequest] = []
    warnings: list[str] = []
    statistics: Statistics = Statistics()


class LogRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One execution: a run of one Action, or of a flow.

    `id` sorts by time. `stopped_by` is the Action that ended a flow early, `reason` what the user or the
    application is told then. `actions` are in the order in which they ran.
    """

    id: str
    kind: Kind
    trigger_id: str
    status: LogStatus
    created_at: datetime
    updated_at: datetime
    stopped_by: str | None = None
    reason: str | None = None
    actions: list[LoggedAction] = []
