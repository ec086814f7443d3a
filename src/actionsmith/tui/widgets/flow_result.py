"""Details of what is selected in the pipeline: the trigger, one Action and what it did, or the outcome."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from actionsmith.tui.flow.facts import FlowFacts, event_title
from actionsmith.tui.flow.pending_order import PendingOrder
from actionsmith.tui.flow.rows import action_rows, end_rows, start_rows
from actionsmith.tui.flow.run import FlowRun
from actionsmith.tui.flow.view import ending_text, status_word, version_text
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.running.result_rows import STATUS_STYLES, duration
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.pipeline_drawing import END, START
from actionsmith.tui.widgets.row_view import RowView


class FlowResult(Vertical):
    """A title, a line that says how it went, and the details below."""

    DEFAULT_CSS = """
    FlowResult {
        & > #flow-result-title { height: 1; text-style: bold; }
        & > #flow-result-status { height: 1; margin-bottom: 1; }
        & > Static { text-wrap: nowrap; text-overflow: ellipsis; }
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
            title, status, rows = facts.trigger.title, _muted(facts.trigger.id), start_rows(facts, event)
        elif selected == END:
            title, status, rows = _end_title(run), _end_status(run), end_rows(run, syntax)
        else:
            title, status = selected, _action_status(selected, facts, run)
            rows = action_rows(selected, facts, order, run, syntax)
        self.query_one("#flow-result-title", Static).update(Content(one_line(title)))
        self.query_one("#flow-result-status", Static).update(status)
        self.query_one(RowView).set_rows(rows)


def _muted(text: str) -> Content:
    return Content.styled(one_line(text), "$text-muted")


def _badge(status: str, detail: str) -> Content:
    colour = STATUS_STYLES.get(status, "$error")
    return Content.assemble(
        (f" {status_word(status)} ", f"bold {colour} reverse"), (f"  {one_line(detail)}", "$text-muted")
    )


def _action_status(name: str, facts: FlowFacts, run: FlowRun | None) -> Content:
    version = version_text(facts.actions.get(name))
    state = run.state_of(name) if run is not None else ""
    if run is None or state in ("", "skipped"):
        return _muted(version)
    executions = run.executions_of(name)
    took = duration(sum(execution.stats.duration_ms for execution in executions)) + "  " if executions else ""
    return _badge(state, took + version)


def _end_title(run: FlowRun | None) -> str:
    return "End" if run is None or run.result is None else ending_text(run.result)


def _end_status(run: FlowRun | None) -> Content:
    if run is None:
        return _muted("not run yet")
    if run.result is None:
        return _badge("running", f"{run.position} of {len(run.order)} ran")
    return _badge(run.result.status, f"{duration(run.result.stats.duration_ms)}  {event_title(run.event)}")
