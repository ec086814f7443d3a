"""What a run of a draft did: while it runs as it happens, afterwards as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from actionsmith.runtime.execution import Command, ConsoleLine, Execution
from actionsmith.tenant.model import Action
from actionsmith.tui.actions import bindings_for, key_hint
from actionsmith.tui.notices import toast
from actionsmith.tui.running.result_rows import (
    STATUS_STYLES,
    STATUS_WORDS,
    duration,
    happened_row,
    heading,
    result_rows,
    stopped_rows,
)
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.row_view import Row, RowView


class ResultView(Vertical):
    """A line with the status, and below it the rows of the result."""

    CONTEXT: ClassVar[str] = "result"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("result")
    DEFAULT_CSS = """
    ResultView {
        & > #result-status { height: auto; width: 1fr; padding-left: 1; margin-bottom: 1; display: none; }
        & > #result-rows { height: 1fr; padding: 0 0 0 1; }
        &.-filled > #result-status { display: block; }
    }
    """

    @dataclass
    class PlaceChosen(Message):
        """A row was chosen that belongs to a place in the code of this Action; both count from 1."""

        action: str
        line: int
        column: int

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self.execution: Execution | None = None
        self._begun: Action | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="result-status")
        yield RowView(widget_id="result-rows")

    def on_mount(self) -> None:
        self.clear()

    @property
    def rows(self) -> RowView:
        return self.query_one("#result-rows", RowView)

    def clear(self) -> None:
        """Show that nothing has run."""
        self._become(None)
        self.remove_class("-filled")
        hint = f"Nothing has run yet. Press {key_hint('workbench.run')} to run the draft with this event."
        self.rows.set_rows([Row(Content.styled(hint, "$text-muted"))])

    def begin(self, action: Action, event: str) -> None:
        """Show that a run of the Action with the event of this name has started."""
        self._become(None)
        self._begun = action
        self._status("running", event)
        self.rows.set_rows([])

    def stream(self, items: Sequence[Command | ConsoleLine]) -> None:
        """Show what happened since the last call, in its order."""
        assert self._begun is not None
        if not self.rows.rows:
            self.rows.add_rows(heading("As it happens")[1:])
        self.rows.add_rows((happened_row(item, self._begun) for item in items), follow=True)

    def finish(self, execution: Execution, event: str, syntax: Syntax) -> None:
        """Show the whole result."""
        self._become(execution)
        self._status(execution.status, f"{duration(execution.stats.duration_ms)}  {event}")
        self.rows.set_rows(result_rows(execution, syntax))

    def show_time(self, event: str, seconds: float, limit_s: float | None) -> None:
        """Show how long the run has taken so far, and how long it may take when that is known."""
        limit = "" if limit_s is None else f" of {limit_s:g} s"
        self._status("running", f"{seconds:.1f} s{limit}  {event}")

    def show_stopped(
        self, happened: Sequence[Command | ConsoleLine], action: Action, milliseconds: float, event: str
    ) -> None:
        """Show what a run of the Action had done when it was stopped."""
        self._become(None)
        self._status("stopped", f"{duration(milliseconds)}  {event}")
        self.rows.set_rows(stopped_rows(happened, action))

    def fail(self, message: str, event: str) -> None:
        """Show why the run could not take place."""
        self._become(None)
        self._status("not run", event)
        self.rows.set_rows([Row(Content.styled(message, "$error"))])

    def action_go_to_error(self) -> None:
        if self.execution is not None and self.execution.error is not None:
            self._go_to(self.execution.error.line)

    @on(RowView.LineChosen)
    def row_clicked(self, event: RowView.LineChosen) -> None:
        event.stop()
        self._go_to(event.line)

    def _go_to(self, line: int | None) -> None:
        if self.execution is None or line is None:
            return
        error = self.execution.error
        column = error.column if error is not None and error.line == line else None
        self.post_message(self.PlaceChosen(self.execution.action, line, column or 1))

    def action_copy_json(self) -> None:
        if self.execution is not None:
            shown = msgspec.structs.replace(self.execution, coverage=msgspec.UNSET)  # as `run --json` has it
            text = msgspec.json.format(msgspec.json.encode(shown), indent=2).decode()
            self.app.copy_to_clipboard(text)
            toast(self, "The result was copied as JSON.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "copy_json":
            return self.execution is not None
        if action == "go_to_error":
            return self.execution is not None and self.execution.error is not None
        return True

    def _become(self, execution: Execution | None) -> None:
        self.execution = execution
        self.refresh_bindings()

    def _status(self, status: str, detail: str) -> None:
        colour = STATUS_STYLES.get(status, "$error")
        self.add_class("-filled")
        self.query_one("#result-status", Static).update(
            Content.assemble(
                (f" {STATUS_WORDS.get(status, status)} ", f"bold {colour} reverse"),
                ("  " + detail, "$text-muted"),
            )
        )
