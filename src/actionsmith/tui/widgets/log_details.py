"""The whole of one execution of the log."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from actionsmith.tenant.log import LogRecord
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.log.view import badge_of, detail_rows, title_of
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.row_view import Row, RowView

NOTHING = "The chosen execution is shown here as a whole."


class LogDetails(Vertical):
    """A title, a line that says how it ended, and all sections below."""

    DEFAULT_CSS = """
    LogDetails {
        & > #log-title { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #log-badge { height: 1; margin-bottom: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #log-rows { height: 1fr; }
    }
    """
    BORDER_TITLE = "Execution"

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._jobs = Jobs(self)
        self._shown: tuple[LogRecord | None, bool] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="log-title")
        yield Static(id="log-badge")
        yield RowView(widget_id="log-rows")

    @property
    def rows(self) -> RowView:
        return self.query_one(RowView)

    def show(self, record: LogRecord | None, syntax: Syntax, *, utc: bool) -> None:
        """Show this execution, None for none; its rows are made off the screen's thread."""
        if self._shown == (record, utc):
            return
        self._shown = (record, utc)
        title = title_of(record) if record is not None else ""
        self.query_one("#log-title", Static).update(Content(title))
        badge = badge_of(record, utc=utc) if record is not None else Content("")
        self.query_one("#log-badge", Static).update(badge)
        if record is None:
            self._jobs.drop("rows")
            self._show_rows([Row(Content.styled(NOTHING, "$text-muted"))])
        else:
            work = partial(detail_rows, record, syntax, utc=utc)
            self._jobs.newest("rows", work, self._show_rows, partial(report, self))

    def _show_rows(self, rows: Sequence[Row]) -> None:
        self.rows.set_rows(rows)
