"""How an execution of the log looks: one line of the list, and the whole of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
from textual.content import Content

from actionsmith.runtime.execution import ActionError, Command, ConsoleLine, Execution, HttpRequest, Stats
from actionsmith.tenant.log import LoggedAction, LogRecord
from actionsmith.tui.log.feed import SHOWN, LogFeed, State
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import (
    STATUS_STYLES,
    STATUS_WORDS,
    duration,
    figure_row,
    heading,
    result_rows,
)
from actionsmith.tui.tenant.snapshot import LANGUAGE_NAMES
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.header_line import Fact
from actionsmith.tui.widgets.row_view import Row
from actionsmith.tui.workbench.action_place import ActionPlace

STATES: dict[State, tuple[str, str]] = {
    "reading": ("$text-muted", "○ reading"),
    "live": ("$success", "● live"),
    "paused": ("$warning", "‖ paused"),
    "failed": ("$error", "✗ cannot be read"),
}
"""How the screen stands to the log: colour and words."""


class LogLine(msgspec.Struct, frozen=True):
    """One execution of the list. `title` says what ran, `note` why it did not come to its end."""

    when: str
    status: str
    title: str
    took: str
    note: str = ""


def log_line(record: LogRecord, *, utc: bool) -> LogLine:
    """An execution on one line."""
    return LogLine(
        when=_local(record.created_at, utc).strftime("%m-%d %H:%M:%S"),
        status=record.status,
        title=one_line(_what_ran(record)),
        took=duration(_took_ms(record)),
        note=one_line(_why(record)),
    )


def title_of(record: LogRecord) -> str:
    """What an execution is called: the Action, or the flow."""
    return one_line(_action_names(record) if record.kind == "run" else f"Flow of {record.trigger_id}")


def badge_of(record: LogRecord, *, utc: bool) -> Content:
    """How an execution ended and because of which Action, how long it took, and when it was."""
    by = f"by {record.stopped_by}  " if record.stopped_by is not None else ""
    detail = f"  {by}{duration(_took_ms(record))}  {_local(record.created_at, utc):%Y-%m-%d %H:%M:%S}"
    return Content.assemble(_badge(record.status), (one_line(detail), "$text-muted"))


def detail_rows(record: LogRecord, syntax: Syntax, *, utc: bool) -> list[Row]:
    """Everything that is known of an execution: its Actions with all their sections, then when it was."""
    rows: list[Row] = []
    for position, action in enumerate(record.actions, 1):
        if record.kind == "flow":
            rows += [*_action_title(action, position), Row(Content(""))]
        sections = result_rows(execution_of(record, action), syntax, hint="o or a click goes there")
        rows += [msgspec.structs.replace(row, action=action.action_name) for row in sections]
        rows.append(Row(Content("")))
    facts = {
        "trigger": record.trigger_id,
        "began": _moment(record.created_at, utc),
        "ended": _moment(record.updated_at, utc),
        "id": record.id,
    }
    if record.kind == "run":
        facts = {"Action": "; ".join(map(_about, record.actions)), **facts}
    return [
        *rows,
        *heading("Execution")[1:],
        *(figure_row(name, one_line(text)) for name, text in facts.items()),
    ]


def headline(feed: LogFeed, tenant: str, *, utc: bool) -> tuple[Fact, ...]:
    """The facts of the screen's top line."""
    style, word = STATES[feed.state]
    held = f" · {feed.held} new" if feed.held else ""
    count = len(feed.records)
    facts = [
        Fact("Log", "bold $primary", rank=3),
        Fact(f"tenant {one_line(tenant)}", rank=4),
        Fact(f"{word}{held}", style),
        Fact(f"newest {count:,}" if count >= SHOWN else f"{count:,} shown", rank=1),
        Fact("UTC" if utc else "local time", rank=2),
    ]
    if feed.wanted.since is not None:
        facts.append(Fact(f"since {_local(feed.wanted.since, utc):%H:%M:%S}", rank=2))
    if feed.damaged:
        lines = "line" if feed.damaged == 1 else "lines"
        facts.append(Fact(f"{feed.damaged:,} damaged {lines} passed over", "$warning"))
    return tuple(facts)


def execution_of(record: LogRecord, action: LoggedAction) -> Execution:
    """What the log kept of an Action, as the result view shows one that has just run."""
    statistics = action.statistics
    return Execution(
        action=action.action_name,
        version=action.version,
        trigger=record.trigger_id,
        language=action.language,
        handler=action.handler,
        status="crashed" if action.status == "stopped" else action.status,
        commands=msgspec.convert(action.commands, list[Command], from_attributes=True),
        outcome=action.outcome,
        console=msgspec.convert(action.console, list[ConsoleLine], from_attributes=True),
        http=msgspec.convert(action.http, list[HttpRequest], from_attributes=True),
        warnings=action.warnings,
        error=msgspec.convert(action.error, ActionError | None, from_attributes=True),
        stats=Stats(
            duration_ms=statistics.action_duration,
            host_ms=round(statistics.boot_duration + statistics.network_duration, 3),
            boot_ms=statistics.boot_duration,
            external_ms=statistics.runtime_external_call_duration,
            cpu_ms=statistics.cpu_duration,
            memory_bytes=statistics.memory_bytes,
        ),
    )


def places_of(record: LogRecord) -> list[ActionPlace]:
    """The Actions of an execution in their order, each once, at the line of its error if it has one."""
    lines = {action.action_name: action.error.line for action in record.actions if action.error is not None}
    names = dict.fromkeys(action.action_name for action in record.actions)
    return [ActionPlace(name, lines.get(name)) for name in names]


def as_json(records: Iterable[LogRecord]) -> bytes:
    """Executions as an indented JSON array."""
    return msgspec.json.format(msgspec.json.encode(list(records)), indent=2) + b"\n"


def _what_ran(record: LogRecord) -> str:
    if record.kind == "flow":  # one that went on after MFA may end before another Action runs
        return f"{record.trigger_id}: {_action_names(record)}" if record.actions else record.trigger_id
    return f"{_action_names(record)} {_version(record.actions[0]) if record.actions else ''}"


def _action_names(record: LogRecord) -> str:
    return " → ".join(action.action_name for action in record.actions) or "no Action"


def _version(action: LoggedAction) -> str:
    return "draft" if action.version is None else f"v{action.version}"


def _about(action: LoggedAction) -> str:
    return f"{_version(action)} · {LANGUAGE_NAMES[action.language]} · {action.handler}"


def _why(record: LogRecord) -> str:
    error = next((action.error for action in record.actions if action.error is not None), None)
    if error is not None:
        return f"{error.name}: {error.message}"
    return f"by {record.stopped_by}" if record.stopped_by is not None else ""


def _took_ms(record: LogRecord) -> float:
    return sum(action.statistics.action_duration for action in record.actions)


def _action_title(action: LoggedAction, position: int) -> list[Row]:
    took = f"  {duration(action.statistics.action_duration)}  {_about(action)}"
    return [
        Row(
            Content.styled(one_line(action.action_name), "bold"), Content.styled(f"{position:<3}", "bold"), 3
        ),
        Row(Content.assemble(_badge(action.status), (one_line(took), "$text-muted")), indent=3),
    ]


def _badge(status: str) -> Content:
    colour = STATUS_STYLES.get(status, "$error")
    return Content.styled(f" {STATUS_WORDS.get(status, status)} ", f"bold {colour} reverse")


def _local(when: datetime, utc: bool) -> datetime:
    return when.astimezone(UTC) if utc else when.astimezone()


def _moment(when: datetime, utc: bool) -> str:
    there = _local(when, utc)
    return there.strftime("%Y-%m-%d %H:%M:%S.") + f"{there.microsecond // 1000:03} " + (there.tzname() or "")
