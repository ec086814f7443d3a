"""What the details of the flow screen say about a box of the pipeline, as rows of text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from actionsmith.runtime.execution import Execution, FlowExecution, WaitsFor
from actionsmith.tui.actions import key_hint
from actionsmith.tui.flow.facts import FlowFacts, event_title
from actionsmith.tui.flow.pending_order import PendingOrder
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.view import counted, ending_text, status_word
from actionsmith.tui.flow.waiting import factors
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.preview_rows import preview_rows
from actionsmith.tui.running.result_rows import (
    STATUS_STYLES,
    duration,
    error_rows,
    heading,
    outcome_rows,
    result_rows,
    warning_rows,
)
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.row_view import Row


def start_rows(facts: FlowFacts, event: str) -> list[Row]:
    """When the Actions of the trigger run, and with which event they will."""
    trigger = facts.trigger
    waits = "The login waits for its Actions." if trigger.sync else "Nothing waits for its Actions."
    rows = [_text(trigger.when), Row(Content("")), _text(waits, "$text-muted")]
    most = trigger.binding.max_bound
    rows.append(_text(f"At most {counted(most, 'Action')} can be bound.", "$text-muted"))
    rows += [*heading("Event"), _text(event_title(event))]
    others = ", ".join(name for name in facts.events if name != event)
    choose = f"Press e to choose another: {others}" if others else "Press e to choose another."
    rows.append(_text(choose, "$text-muted"))
    if trigger.runs_for:
        rows += [*heading("Runs for"), *(Row(Content(line), Content("• "), 2) for line in trigger.runs_for)]
    return rows


def action_rows(
    name: str, facts: FlowFacts, order: PendingOrder, run: FlowRun | None, syntax: Syntax
) -> list[Row]:
    """What the Action did in the last run, or why there is nothing to show."""
    if run is not None and (run.executions_of(name) or run.state_of(name) == "running"):
        return _executed(name, run, syntax)
    if name not in order.names:
        return [_text("Taken out of the pending order. Press d to put it back.")]
    if run is not None and run.state_of(name) == "skipped":
        why = ending_text(run.result) if run.result is not None else "The flow ended before"
        return [_text(f"Not reached{'' if run.waits_for is None else ' yet'}. {why}.")]
    rows = []
    action = facts.actions.get(name)
    if action is not None and action.changed:
        rows.append(_text("The draft differs from the deployed version; the flow runs the deployed one."))
    run_key, open_key = key_hint("flow.run"), key_hint("flow.open_action")
    help_text = f"Press {run_key} to run the flow, {open_key} to open the Action in the editor."
    return [*rows, _text(help_text, "$text-muted")]


def end_rows(run: FlowRun | None, syntax: Syntax) -> list[Row]:
    """What the flow adds up to: an error or what it waits for, what the caller gets, the outcome."""
    if run is None:
        hint = f"Press {key_hint('flow.run')} to run the flow; what its Actions add up to is shown here."
        return [_text(hint, "$text-muted")]
    if run.result is None:
        return []
    result = run.result
    rows: list[Row] = []
    stopped = result.actions[-1] if result.actions and result.stopped_by is not None else None
    if stopped is not None and stopped.error is not None:
        rows += error_rows(stopped.error)
    preview = dict(result.preview)
    if result.waits_for is not None:
        rows += waiting_rows(result.waits_for)
        preview.pop("redirect", None)  # it is what is waited for
    rows += preview_rows(preview, result.outcome, syntax)
    rows += heading("Outcome")
    rows += (
        outcome_rows(result.outcome, syntax)
        if result.outcome
        else [_text("Nothing was changed.", "$text-muted")]
    )
    rows += warning_rows(_warnings(result))
    rows += [*heading("Actions"), *_lines_of(result.actions)]
    return _without_gap(rows)


def waiting_rows(waits: WaitsFor) -> list[Row]:
    """What a suspended flow waits for, whole, and how to go on."""
    rows = heading("Waits for")
    match waits.kind:
        case "redirect":
            rows.append(_text(str(waits.details.get("url", "")), indent=2))
        case "form":
            rows.append(_text(f"form {waits.details.get('id', '')}", indent=2))
        case "mfa":
            rows += [_text(factor, indent=2) for factor in factors(waits)]
    return [*rows, _text("Press c to answer and go on.", "$text-muted", indent=2)]


def _executed(name: str, run: FlowRun, syntax: Syntax) -> list[Row]:
    """Each time the Action ran, and what it was answered in between."""
    rows: list[Row] = []
    waits = run.waits_for
    if waits is not None and waits.action == name:
        rows += waiting_rows(waits)
    executions, answers = run.executions_of(name), run.answers.get(name, ())
    for number, execution in enumerate(executions):
        if len(executions) > 1:
            rows += [Row(Content("")), _text(f"── {execution.handler}", "$accent bold")]
        rows += [Row(Content("")), *result_rows(execution, syntax)]
        if number < len(answers):
            rows += [Row(Content("")), _text(f"↩ {answers[number]}", "$accent")]
    if run.state_of(name) == "running":
        rows += [Row(Content("")), _text("Running.", "$text-muted")]
    return _without_gap(rows)


def _without_gap(rows: list[Row]) -> list[Row]:
    """The rows without the empty one at their top."""
    return rows[1:] if rows and not rows[0].text.plain else rows


def _text(text: str, style: str = "", indent: int = 0) -> Row:
    return Row(Content.styled(one_line(text), style), indent=indent)


def _warnings(result: FlowExecution) -> list[str]:
    said = [f"{execution.action}: {text}" for execution in result.actions for text in execution.warnings]
    return [*said, *result.warnings]


def _lines_of(executions: Sequence[Execution]) -> Iterator[Row]:
    """A row per execution; its handler is named where the Action ran twice."""
    names = [execution.action for execution in executions]
    for execution in executions:
        took = duration(execution.stats.duration_ms).rjust(9)
        handler = execution.handler if names.count(execution.action) > 1 else ""
        yield Row(
            Content.assemble(
                (f"{took}  ", "$text-muted"),
                (f"{status_word(execution.status)}  ", STATUS_STYLES.get(execution.status, "$error")),
                one_line(execution.action),
                (f"  {handler}" if handler else "", "$text-muted"),
            )
        )
