"""Details of what is selected in the pipeline: the trigger, one Action and what it did, or the outcome."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from actionsmith.runtime.execution import Execution, FlowExecution
from actionsmith.tui.flow_facts import FlowFacts, event_title
from actionsmith.tui.flow_view import FlowRun, counted, ending_text, status_word, version_text
from actionsmith.tui.pending_order import PendingOrder
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.result_rows import (
    STATUS_STYLES,
    duration,
    error_rows,
    heading,
    outcome_rows,
    result_rows,
    warning_rows,
)
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.pipeline_drawing import END, START
from actionsmith.tui.widgets.row_view import Row, RowView


class FlowResult(Vertical):
    """A title, a line that says how it went, and the details below."""

    DEFAULT_CSS = """
    FlowResult {
        & > #flow-result-title { height: 1; text-style: bold; }
        & > #flow-result-status { height: 1; margin-bottom: 1; }
        & > #flow-result-rows { height: 1fr; }
    }
    """
    BORDER_TITLE = "Details"
    HELP: ClassVar[str] = "What the selected box of the pipeline is, and what it did in the last run."

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="flow-result-title")
        yield Static(id="flow-result-status")
        yield RowView(widget_id="flow-result-rows")

    def show(
        self,
        selected: str,
        facts: FlowFacts,
        order: PendingOrder,
        run: FlowRun | None,
        *,
        event: str,
        syntax: Syntax,
    ) -> None:
        """Show the box `selected`; nothing is drawn anew when nothing about it has changed."""
        shown = (selected, facts, order, run, event, syntax)
        if shown == self._shown:
            return
        self._shown = shown
        if selected == START:
            title, status, rows = facts.trigger.title, _muted(facts.trigger.id), _start_rows(facts, event)
        elif selected == END:
            title, status, rows = _end_title(run), _end_status(run), _end_rows(run, syntax)
        else:
            title, status = selected, _action_status(selected, facts, run)
            rows = _action_rows(selected, facts, order, run, syntax)
        self.query_one("#flow-result-title", Static).update(Content(one_line(title)))
        self.query_one("#flow-result-status", Static).update(status)
        self.query_one(RowView).set_rows(rows)


def _muted(text: str) -> Content:
    return Content.styled(one_line(text), "$text-muted")


def _text(text: str, style: str = "") -> Row:
    return Row(Content.styled(one_line(text), style))


def _badge(status: str, detail: str) -> Content:
    colour = STATUS_STYLES.get(status, "$error")
    return Content.assemble(
        (f" {status_word(status)} ", f"bold {colour} reverse"), (f"  {one_line(detail)}", "$text-muted")
    )


def _start_rows(facts: FlowFacts, event: str) -> list[Row]:
    trigger = facts.trigger
    waits = "The login waits for its Actions." if trigger.sync else "Nothing waits for its Actions."
    rows = [_text(trigger.when), Row(Content("")), _text(waits, "$text-muted")]
    most = trigger.binding.max_bound
    rows.append(_text(f"At most {counted(most, 'Action')} can be bound.", "$text-muted"))
    rows += [*heading("Event"), _text(event_title(event))]
    others = ", ".join(name for name in facts.events if name != event)
    rows.append(
        _text(
            f"Press e to choose another: {others}" if others else "Press e to choose another.", "$text-muted"
        )
    )
    if trigger.runs_for:
        rows += [*heading("Runs for"), *(Row(Content(line), Content("• "), 2) for line in trigger.runs_for)]
    return rows


def _action_status(name: str, facts: FlowFacts, run: FlowRun | None) -> Content:
    version = version_text(facts.actions.get(name))
    state = run.state_of(name) if run is not None else ""
    if run is None or state in ("", "skipped"):
        return _muted(version)
    execution = run.done.get(name)
    took = f"{duration(execution.stats.duration_ms)}  " if execution is not None else ""
    return _badge(state, took + version)


def _action_rows(
    name: str, facts: FlowFacts, order: PendingOrder, run: FlowRun | None, syntax: Syntax
) -> list[Row]:
    execution = run.done.get(name) if run is not None else None
    if execution is not None:
        return result_rows(execution, syntax)
    if name not in order.names:
        return [_text("Taken out of the pending order. Press d to put it back.")]
    if run is not None and run.state_of(name) == "skipped":
        why = ending_text(run.result) if run.result is not None else "The flow ended before"
        return [_text(f"Not reached. {why}.")]
    if run is not None and run.state_of(name) == "running":
        return [_text("Running.", "$text-muted")]
    rows = []
    action = facts.actions.get(name)
    if action is not None and action.changed:
        rows.append(_text("The draft differs from the deployed version; the flow runs the deployed one."))
    return [
        *rows,
        _text("Press F5 to run the flow, enter to open the Action in the editor.", "$text-muted"),
    ]


def _end_title(run: FlowRun | None) -> str:
    return "End" if run is None or run.result is None else ending_text(run.result)


def _end_status(run: FlowRun | None) -> Content:
    if run is None:
        return _muted("not run yet")
    if run.result is None:
        return _badge("running", f"{len(run.done)} of {len(run.order)} ran")
    return _badge(run.result.status, f"{duration(run.result.stats.duration_ms)}  {event_title(run.event)}")


def _end_rows(run: FlowRun | None, syntax: Syntax) -> list[Row]:
    if run is None:
        return [_text("Press F5 to run the flow; what its Actions add up to is shown here.", "$text-muted")]
    if run.result is None:
        return []
    result = run.result
    rows: list[Row] = []
    stopped = result.actions[-1] if result.actions and result.stopped_by is not None else None
    if stopped is not None and stopped.error is not None:
        rows += error_rows(stopped.error)
    rows += heading("Outcome")
    rows += (
        outcome_rows(result.outcome, syntax)
        if result.outcome
        else [_text("Nothing was changed.", "$text-muted")]
    )
    rows += warning_rows(_warnings(result))
    rows += [*heading("Actions"), *(_line_of(execution) for execution in result.actions)]
    return rows if rows[0].text.plain else rows[1:]


def _warnings(result: FlowExecution) -> list[str]:
    return [f"{execution.action}: {text}" for execution in result.actions for text in execution.warnings]


def _line_of(execution: Execution) -> Row:
    took = duration(execution.stats.duration_ms).rjust(9)
    return Row(
        Content.assemble(
            (f"{took}  ", "$text-muted"),
            (f"{status_word(execution.status)}  ", STATUS_STYLES.get(execution.status, "$error")),
            one_line(execution.action),
        )
    )
