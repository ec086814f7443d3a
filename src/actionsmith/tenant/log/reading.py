"""Reading the log's files: filters, pages, and what is new since the last look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from actionsmith.tenant.log.record import LoggedAction, LogRecord


class LogFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which executions are wanted; what is None lets everything through.

    `action` is a name that must be among the Actions that ran. `status` holds the statuses wanted. `grep`
    is a text, not a pattern, looked for without regard to case in everything an execution shows. `since` is
    aware and compared with the end of the execution.
    """

    trigger: str | None = None
    action: str | None = None
    status: frozenset[str] | None = None
    grep: str | None = None
    since: datetime | None = None

    def takes(self, record: LogRecord) -> bool:
        """Whether an execution is wanted."""
        if self.trigger is not None and record.trigger_id != self.trigger:
            return False
        if self.action is not None and all(item.action_name != self.action for item in record.actions):
            return False
        if self.status is not None and record.status not in self.status:
            return False
        if self.since is not None and record.updated_at < self.since:
            return False
        if self.grep is None:
            return True
        wanted = self.grep.casefold()
        return any(wanted in text.casefold() for text in _texts(record))


class LogCursor(msgspec.Struct, frozen=True):
    """How far the log was read: bytes of each day's file. For `Log.tail`, and opaque to others."""

    read: dict[str, int] = {}


class LogPage(msgspec.Struct, frozen=True, kw_only=True):
    """Executions, oldest first; how many damaged lines were passed over; where to go on with `tail`."""

    records: list[LogRecord]
    damaged: int
    cursor: LogCursor


def decode(line: bytes) -> LogRecord | None:
    """The record of one line, or None for a damaged one."""
    try:
        return msgspec.json.decode(line, type=LogRecord)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def whole_lines(data: bytes) -> tuple[list[bytes], int]:
    """The ended lines of `data` without empty ones, and how many bytes they take.

    A last line without an end is being written at this moment, or belongs to a writer that died.
    """
    length = data.rfind(b"\n") + 1
    return [line for line in data[:length].split(b"\n") if line.strip()], length


def _texts(record: LogRecord) -> Iterator[str]:
    """Everything of an execution that a person sees as text."""
    yield from (record.id, record.trigger_id, record.status, record.reason or "")
    for action in record.actions:
        yield from _action_texts(action)


def _action_texts(action: LoggedAction) -> Iterator[str]:
    yield from (action.action_name, action.handler, action.language, action.status)
    if (error := action.error) is not None:
        yield f"{error.name}: {error.message}"
        yield error.stack
    for line in action.console:
        yield line.text
    yield from action.warnings
    for command in action.commands:
        yield f"api.{command.path}"
        yield from _data_texts([command.args, command.error])
    yield from _data_texts(action.outcome)
    for request in action.http:
        yield f"{request.method} {request.url} {request.status or request.error or ''}"
        yield from _data_texts([request.headers, request.body])


def _data_texts(value: Any) -> Iterator[str]:
    """The texts, numbers and names in JSON data."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as members:
                yield from members
                waiting.extend(members.values())
            case list() as items:
                waiting.extend(items)
            case None | bool():
                pass
            case scalar:
                yield str(scalar)
