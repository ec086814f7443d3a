"""Executions of the log as text for a person at the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from actionsmith.tenant.log.record import LoggedAction, LogRecord
from actionsmith.visible import visible


def record_text(record: LogRecord, *, utc: bool) -> str:
    """One execution: a line for it, and indented below what its Actions said and how they failed.

    Times are those of the handlers, as in the result of a run.
    """
    took = sum(action.statistics.action_duration for action in record.actions)
    head = f"{_time(record.created_at, utc=utc)}  {record.status:<9}  {_title(record)}  {took:.1f} ms"
    lines = [head]
    if record.reason is not None and all(action.error is None for action in record.actions):
        lines.append(_indented("reason", record.reason, None))
    for action in record.actions:
        told = _told(action)
        if record.kind == "flow":
            took = action.statistics.action_duration
            lines.append(f"    {action.status:<9}  {_named(action)}  {took:.1f} ms")
            told = [f"  {line}" for line in told]
        lines += told
    return visible("\n".join(lines))


def _title(record: LogRecord) -> str:
    if record.kind == "flow":
        stopped = f", stopped by {record.stopped_by}" if record.stopped_by else ""
        return f"flow of {record.trigger_id}{stopped}"
    return "  ".join([*map(_named, record.actions), record.trigger_id])


def _named(action: LoggedAction) -> str:
    return f"{action.action_name} ({'draft' if action.version is None else f'v{action.version}'})"


def _told(action: LoggedAction) -> list[str]:
    """Console lines, the error and warnings."""
    told: list[tuple[str, str, int | None]] = [(line.level, line.text, line.line) for line in action.console]
    if (error := action.error) is not None:
        told.append(("failed", f"{error.name}: {error.message}", error.line))
    told += [("warning", warning, None) for warning in action.warnings]
    return [_indented(label, text, line) for label, text, line in told]


def _indented(label: str, text: str, line: int | None) -> str:
    place = "" if line is None else f"  (line {line})"
    return f"    {label:<7}  " + text.rstrip("\n").replace("\n", "\n" + " " * 13) + place


def _time(when: datetime, *, utc: bool) -> str:
    """To the millisecond, in local time or with a mark that it is UTC."""
    shown = when.astimezone(UTC if utc else None)
    return shown.strftime("%Y-%m-%d %H:%M:%S.") + f"{shown.microsecond // 1000:03d}" + ("Z" if utc else "")
