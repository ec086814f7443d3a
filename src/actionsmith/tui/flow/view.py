"""How a flow and a run of it turn into the boxes of the pipeline. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from actionsmith.runtime.execution import ActionError, Command, Execution, FlowExecution
from actionsmith.runtime.host_kind import Language
from actionsmith.tenant.model import Action
from actionsmith.triggers.naming import python_path
from actionsmith.tui.flow.facts import FlowFacts, event_title
from actionsmith.tui.flow.pending_order import PendingOrder, Row
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.waiting import waiting_text
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import STATUS_WORDS, compact_json, duration
from actionsmith.tui.tenant.snapshot import LANGUAGE_NAMES
from actionsmith.tui.widgets.header_line import Fact
from actionsmith.tui.widgets.pipeline_drawing import END, MAX_WIDTH, START, Box, State

T = TypeVar("T")

BOX_COMMANDS = 3
BOX_CHANGES = 4


def boxes(facts: FlowFacts, order: PendingOrder, run: FlowRun | None, event: str) -> tuple[Box, ...]:
    """The pipeline from start to end: the wanted order with its marks, and what the last run did."""
    start = Box(START, facts.trigger.title, aside=event_title(event))
    return (start, *(_action_box(row, facts, run) for row in order.rows()), _end_box(order, run))


def command_text(command: Command, language: Language) -> str:
    """A call without its `api.`: `idToken.setCustomClaim("role", "admin")`; a refused one is crossed."""
    path = python_path(command.path) if language == "python" else command.path
    mark = "✗ " if command.refusal else ""
    return f"{mark}{path}({', '.join(_value(argument) for argument in command.args)})"


def error_text(error: ActionError) -> str:
    """Name, message and place of an error on one line."""
    place = f" (line {error.line})" if error.line is not None else ""
    return f"{error.name}: {error.message}{place}"


def status_word(status: str) -> str:
    """`timed_out` -> `timed out`."""
    return STATUS_WORDS.get(status, status)


def counted(number: int, thing: str) -> str:
    """`no commands`, `1 command`, `2 commands`."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def changes(outcome: dict[str, Any], path: str = "") -> Iterator[str]:
    """The leaves of an outcome as `id_token.claims.role = "admin"`, in its order."""
    for name, value in outcome.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, dict) and value:
            yield from changes(value, here)
        else:
            yield f"{here} = {_value(value)}"


def _value(value: Any) -> str:
    """JSON of a value, no longer than any box is wide."""
    return compact_json(value)[:MAX_WIDTH]


def version_text(action: Action | None) -> str:
    """`v3 · JavaScript`."""
    if action is None:
        return ""
    version = f"v{action.deployed}" if action.deployed is not None else "not deployed"
    return f"{version} · {LANGUAGE_NAMES[action.language]}"


def ending_text(result: FlowExecution) -> str:
    """How the flow ended, and by which Action."""
    if result.status == "completed":
        return "Completed"
    word = status_word(result.status)
    by = result.stopped_by or "an Action"
    if result.status in ("denied", "suspended"):
        return f"{word.capitalize()} by {by}"
    return f"Stopped: {by} {word}"


def pending_text(order: PendingOrder) -> str:
    """`1 moved, 2 added`; empty when nothing is pending."""
    marks = [row.mark for row in order.rows()]
    found = (
        (marks.count("moved"), "moved"),
        (marks.count("added"), "added"),
        (marks.count("removed"), "removed"),
    )
    return ", ".join(f"{number} {word}" for number, word in found if number)


def headline(facts: FlowFacts, order: PendingOrder, event: str) -> tuple[Fact, ...]:
    """The facts of the screen's top line."""
    return (
        Fact("Flow", "bold $primary", rank=3),
        Fact(facts.trigger.id, "bold"),
        Fact(counted(len(order.names), "Action"), rank=2),
        Fact(one_line(event_title(event)), rank=1),
    )


def _action_box(row: Row, facts: FlowFacts, run: FlowRun | None) -> Box:
    box = Box(
        row.name,
        row.name,
        number=row.position,
        aside=version_text(facts.actions.get(row.name)),
        note=_note(row),
        mark=row.mark,
    )
    state = run.state_of(row.name) if run is not None and row.mark != "removed" else ""
    if run is None or not state:
        return box
    executions = run.executions_of(row.name)
    answers = tuple(f"↩ {answer}" for answer in run.answers.get(row.name, ()))
    if state == "running":
        return _with_state(box, state, "running", lines=answers)
    if not executions:
        return _with_state(box, state, "not reached" if run.waits_for is None else "not reached yet")
    took = duration(sum(execution.stats.duration_ms for execution in executions))
    count = counted(sum(len(execution.commands) for execution in executions), "command")
    lines = (*answers, *_details(executions))
    if run.waits_for is not None and run.waits_for.action == row.name:
        lines = (waiting_text(run.waits_for), *lines)
    return _with_state(box, state, f"{status_word(state)} · {took} · {count}", f"{took} · {count}", lines)


def _end_box(order: PendingOrder, run: FlowRun | None) -> Box:
    if run is None:
        empty = "" if order.names else "No Actions yet. Press a to add one."
        return Box(END, "End", summary=empty)
    if run.result is None:
        return Box(
            END, "End", state="running", summary=f"{run.position} of {len(run.order)} ran", brief="running"
        )
    result = run.result
    total = duration(result.stats.duration_ms)
    made = list(changes(result.outcome))
    shown, more = _shortened(made, BOX_CHANGES)
    count = counted(len(made), "change")
    waits = () if result.waits_for is None else (waiting_text(result.waits_for),)
    return Box(
        END,
        ending_text(result),
        state=result.status,
        summary=f"{total} · {count}",
        brief=total,
        lines=(*waits, *shown, *more),
    )


def _note(row: Row) -> str:
    if row.mark == "removed":
        return f"removed, was {row.stored_position}"
    if row.mark == "added":
        return "+ new"
    if row.mark == "kept" or row.position is None or row.stored_position is None:
        return ""
    if row.position == row.stored_position:
        return "↕ moved"
    return f"{'↑' if row.position < row.stored_position else '↓'} was {row.stored_position}"


def _details(executions: Sequence[Execution]) -> tuple[str, ...]:
    errors = (error_text(execution.error) for execution in executions if execution.error is not None)
    calls = [
        command_text(command, execution.language)
        for execution in executions
        for command in execution.commands
    ]
    shown, more = _shortened(calls, BOX_COMMANDS)
    return (*errors, *shown, *more)


def _shortened(items: Sequence[T], limit: int) -> tuple[Sequence[T], tuple[str, ...]]:
    """As many items as `limit` lines hold, and a last line that counts the others if there are any."""
    if len(items) <= limit:
        return items, ()
    return items[: limit - 1], (f"… {len(items) - limit + 1} more",)


def _with_state(box: Box, state: State, summary: str, brief: str = "", lines: tuple[str, ...] = ()) -> Box:
    return Box(
        box.key, box.title, box.number, box.aside, box.note, box.mark, state, summary, brief or summary, lines
    )
