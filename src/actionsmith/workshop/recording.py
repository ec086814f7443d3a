"""What a tenant's executions leave in its log: shortened, and without the values of secrets.

A log that cannot be written is a warning; it never makes a run fail.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime.execution import Execution, FlowExecution, RunRequest, Stats
from actionsmith.runtime.masking import Masker
from actionsmith.tenant.log.record import LoggedAction, LogRecord, LogStatus, Statistics
from actionsmith.tenant.tenant import Tenant
from actionsmith.triggers import loader

LONGEST_TEXT = 4096
"""Characters of one text in the log; a reader wants to see what it was, not to get it back."""
MOST_ITEMS = 500
"""Entries of one list in the log: commands, requests, members of an array or an object."""
DEEPEST = 200
"""Levels of nested data in the log."""
_KEPT = ("error", "commands", "outcome", "http", "warnings")


def record_run(tenant: Tenant, request: RunRequest, execution: Execution) -> str | None:
    """Write one run, which ended at this moment, to the log; returns a warning when that is not possible."""
    ended = datetime.now(UTC)
    took = timedelta(milliseconds=execution.stats.duration_ms + execution.stats.host_ms)
    masker = Masker(request.secrets, request.plain)
    action = _logged(execution, masker, ended - took, ended)
    return _append(tenant, execution, [action], ended - took)


def _status(result: Execution | FlowExecution) -> LogStatus:
    """A stop is no crash: who looks for what went wrong does not want to find it."""
    return "stopped" if result.was_stopped else result.status


class FlowRecorder:
    """Notes when each Action of a flow ends, and writes the flow to the log.

    `step_done` is told of each Action as it ends. Of a flow that was resumed only the Actions that ran since
    then are written; those before are in the record of the suspended flow.
    """

    def __init__(
        self,
        tenant: Tenant,
        steps: Sequence[RunRequest],
        step_done: Callable[[int, Execution], None] | None,
    ) -> None:
        self._tenant = tenant
        self._steps = steps
        self._tell = step_done
        self._began = datetime.now(UTC)
        self._ended: list[tuple[Execution, datetime]] = []

    def step_done(self, position: int, execution: Execution) -> None:
        """For the flow engine: an Action has ended."""
        self._ended.append((execution, datetime.now(UTC)))
        if self._tell is not None:
            self._tell(position, execution)

    def record(self, result: FlowExecution) -> FlowExecution:
        """Write the flow to the log; the result gets a warning when that is not possible."""
        masker = Masker.joined(Masker(step.secrets, step.plain) for step in self._steps)
        actions, started = [], self._began
        for execution, ended in self._ended:
            actions.append(_logged(execution, masker, started, ended))
            started = ended
        reason = None if result.was_stopped else result.preview.get("error", {}).get("description")
        told = _short(masker.text(reason)) if isinstance(reason, str) else None
        warning = _append(self._tenant, result, actions, self._began, told)
        if warning is not None:
            result.warnings = [*result.warnings, warning]
        return result


def _append(
    tenant: Tenant,
    result: Execution | FlowExecution,
    actions: list[LoggedAction],
    began: datetime,
    reason: str | None = None,
) -> str | None:
    record = LogRecord(
        id=f"{time.time_ns() // 1_000_000:012x}{os.urandom(5).hex()}",
        kind="flow" if isinstance(result, FlowExecution) else "run",
        trigger_id=result.trigger,
        status=_status(result),
        created_at=began,
        updated_at=actions[-1].ended_at if actions else began,
        stopped_by=result.stopped_by
        if isinstance(result, FlowExecution) and not result.was_stopped
        else None,
        reason=reason,
        actions=actions,
    )
    try:
        tenant.log.append(record)
    except UserError as error:
        return f"this execution is not in the log: {error}"
    return None


def _logged(execution: Execution, masker: Masker, started: datetime, ended: datetime) -> LoggedAction:
    told = msgspec.to_builtins(execution)
    kept = {name: _storable(masker.data(told[name])) for name in _KEPT}
    if execution.was_stopped:
        kept["error"] = None
    lines = [{**line, "text": _in_utf8(masker.text(line["text"]))} for line in told["console"]]
    kept["console"], left_out = _first_characters(lines, loader.limit("log.stored"))
    kept["warnings"] += [
        f"the log leaves out {len(told[name]) - MOST_ITEMS:,} more {what}"
        for name, what in (("commands", "commands"), ("http", "HTTP requests"))
        if len(told[name]) > MOST_ITEMS
    ]
    if left_out:
        kept["warnings"].append(f"the log leaves out {left_out:,} more characters of console output")
    stats = execution.stats
    known = {
        "action_name": execution.action,
        "version": execution.version,
        "language": execution.language,
        "handler": execution.handler,
        "status": _status(execution),
        "started_at": started,
        "ended_at": ended,
        "statistics": _statistics(stats, (ended - started).total_seconds() * 1000),
    }
    return msgspec.convert(known | kept, LoggedAction)


def _statistics(stats: Stats, clock_ms: float) -> Statistics:
    """Figures by the platform's names; `clock_ms` is what passed on the clock (semantics.md, "Logs")."""
    return Statistics(
        total_request_duration=round(clock_ms, 3),
        total_runtime_execution_duration=round(stats.boot_ms + stats.duration_ms, 3),
        runtime_processing_duration=round(stats.duration_ms - stats.external_ms, 3),
        action_duration=stats.duration_ms,
        runtime_external_call_duration=stats.external_ms,
        boot_duration=stats.boot_ms,
        network_duration=round(stats.host_ms - stats.boot_ms, 3),
        cpu_duration=stats.cpu_ms,
        memory_bytes=stats.memory_bytes,
    )


def _first_characters(console: list[dict[str, Any]], most: int) -> tuple[list[dict[str, Any]], int]:
    """Console lines up to a number of characters together, and how many characters are left out."""
    lines, left = [], most
    for line in console:
        text = line["text"]
        if left > 0:
            lines.append({**line, "text": text[:left]})
        left -= len(text)
    return lines, max(0, -left)


def _storable(value: Any, depth: int = 0) -> Any:
    """JSON data fit for the log: long texts and lists cut, and nothing that UTF-8 cannot express."""
    if isinstance(value, str):
        return _short(value)
    if isinstance(value, list | dict) and depth >= DEEPEST:
        return "..."
    if isinstance(value, list):
        return [_storable(item, depth + 1) for item in value[:MOST_ITEMS]]
    if isinstance(value, dict):
        members = islice(value.items(), MOST_ITEMS)
        return {_short(key): _storable(item, depth + 1) for key, item in members}
    return value


def _short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}... ({len(text) - LONGEST_TEXT:,} more characters)"
    return _in_utf8(text)


def _in_utf8(text: str) -> str:
    """The text with a question mark in place of what UTF-8 cannot express: half a surrogate pair."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
