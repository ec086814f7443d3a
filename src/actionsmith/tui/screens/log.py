"""The log of executions: live, searched, filtered, and each execution as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from actionsmith import atomic
from actionsmith.errors import UserError
from actionsmith.tenant.log import LogFilter, LogRecord
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.dialogs import Choose
from actionsmith.tui.faults import report
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.log import questions as log_questions
from actionsmith.tui.log import view as log_view
from actionsmith.tui.log.feed import LogFeed
from actionsmith.tui.notices import toast
from actionsmith.tui.plain_text import one_line
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.header_line import HeaderLine
from actionsmith.tui.widgets.log_details import LogDetails
from actionsmith.tui.widgets.log_filters import FilterButton, LogFilters, SearchField
from actionsmith.tui.widgets.log_list import LogList
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.workbench.action_place import ActionPlace

SEARCH_AFTER_SECONDS = 0.15
NOTHING_YET = "Nothing has run yet. Runs of Actions and flows appear here."
NOTHING_FITS = "No execution fits. Press x to show all."
CLEARED = "The view was cleared; what runs from now on is shown. Press x to show all."


class LogScreen(Screen[ActionPlace | None]):
    """Dismissed with the Action to open in the editor, or None. It changes nothing in the log."""

    CONTEXT: ClassVar[str] = "log"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("log")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-medium"), (140, "-wide")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = "LogList"
    CSS_PATH = "log.tcss"

    def __init__(self, tenant: Tenant, *, syntax: Callable[[], Syntax] = dict) -> None:
        super().__init__()
        self.tenant = tenant
        self.utc = False
        self._syntax = syntax
        self._jobs = Jobs(self)
        self._failed = partial(report, self)
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        yield HeaderLine()
        with Horizontal(id="log-body"):
            with Vertical(id="log-left"):
                yield LogFilters()
                yield LogList(widget_id="log-list")
            yield LogDetails(widget_id="log-details")
        yield CommandBar()

    def on_mount(self) -> None:
        self.feed = LogFeed(self, self.tenant.log, changed=self.show, failed=self._failed)
        self.feed.show(LogFilter())

    @property
    def entries(self) -> LogList:
        return self.query_one(LogList)

    @property
    def details(self) -> LogDetails:
        return self.query_one(LogDetails)

    @property
    def filters(self) -> LogFilters:
        return self.query_one(LogFilters)

    @property
    def whole(self) -> bool:
        """Whether the chosen execution is being read, and not the list."""
        return self.has_class("-whole")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        if action in ("copy_json", "open_action"):
            return self.entries.chosen is not None
        if action in ("close", "toggle_utc"):
            return True
        if self.whole or (action == "search" and self.filters.search.has_focus):
            return False
        if action == "show_all":
            return self.feed.wanted != LogFilter()
        return action not in ("open", "clear", "save_json") or bool(self.feed.records)

    # What is shown

    def show(self) -> None:
        """Draw everything from the state."""
        wanted = self.feed.wanted
        hint = "Reading…" if self.feed.state == "reading" else NOTHING_YET
        if wanted != LogFilter() and self.feed.state != "reading":
            hint = CLEARED if wanted == LogFilter(since=wanted.since) else NOTHING_FITS
        self.entries.show(self.feed.records, utc=self.utc, hint=hint, follow=not self.whole)
        self.filters.show(
            {
                "trigger": wanted.trigger,
                "action": wanted.action,
                "status": log_questions.status_name(wanted.status),
            }
        )
        self.query_one(HeaderLine).facts = log_view.headline(self.feed, self.tenant.name, utc=self.utc)
        self._show_details()

    @on(LogList.Chosen)
    def _show_details(self) -> None:
        self.details.show(self.entries.chosen, self._syntax(), utc=self.utc)
        self.refresh_bindings()

    def action_toggle_utc(self) -> None:
        self.utc = not self.utc
        self.show()

    def action_pause(self) -> None:
        self.feed.pause(not self.feed.paused)

    def action_clear(self) -> None:
        """Empty the view: only what ends from now on is wanted."""
        self._want(since=datetime.now(UTC))

    @on(LogList.Opened)
    def action_open(self) -> None:
        if self.entries.chosen is not None:
            self.add_class("-whole")
            self.details.rows.focus()
            self.refresh_bindings()

    # Search and filters

    def action_search(self) -> None:
        self.filters.search.focus()

    @on(LogFilters.Searched)
    def search_typed(self, event: LogFilters.Searched) -> None:
        """Search when the typing rests."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(SEARCH_AFTER_SECONDS, partial(self._want, grep=event.text or None))

    @on(SearchField.Left)
    def leave_search(self) -> None:
        self.entries.focus()

    @on(FilterButton.Clicked)
    def filter_clicked(self, event: FilterButton.Clicked) -> None:
        asks = {
            "trigger": self.action_choose_trigger,
            "action": self.action_choose_action,
            "status": self.action_choose_status,
        }
        asks[event.filter]()

    def action_choose_trigger(self) -> None:
        self._ask(
            log_questions.which_trigger(self.feed.wanted.trigger),
            lambda answer: self._want(trigger=answer or None),
        )

    def action_choose_action(self) -> None:
        def ask(names: list[str]) -> None:
            self._ask(
                log_questions.which_action(names, self.feed.wanted.action),
                lambda answer: self._want(action=answer or None),
            )

        ran = {action.action_name for record in self.feed.records for action in record.actions}
        self._jobs.newest(
            "names",
            lambda: sorted(ran | {action.name for action in self.tenant.actions()}, key=str.casefold),
            ask,
            self._failed,
        )

    def action_choose_status(self) -> None:
        self._ask(
            log_questions.which_status(self.feed.wanted.status),
            lambda answer: self._want(status=log_questions.statuses_of(answer)),
        )

    def action_show_all(self) -> None:
        with self.prevent(LogFilters.Searched):
            self.filters.search.value = ""
        self.feed.show(LogFilter())

    def _ask(self, question: Choose, then: Callable[[str], None]) -> None:
        def answered(answer: str | None) -> None:
            if answer is not None:
                then(answer)

        self.app.push_screen(question, answered)

    def _want(self, **changes: object) -> None:
        wanted = msgspec.structs.replace(self.feed.wanted, **changes)
        if wanted != self.feed.wanted:
            self.feed.show(wanted)

    # What is done with executions

    def action_copy_json(self) -> None:
        if (record := self.entries.chosen) is not None:
            self.app.copy_to_clipboard(log_view.as_json([record]).decode())
            toast(self, "The execution was copied as JSON.")

    def action_save_json(self) -> None:
        """Ask for a file and write what is shown now, even if more comes meanwhile."""
        records = self.feed.records

        def save(answer: dict[str, str] | None) -> None:
            if answer is not None:
                path = Path(answer["value"].strip()).expanduser().absolute()
                self._jobs.in_order("write", partial(_write, path, records), self._saved, self._failed)

        self.app.push_screen(log_questions.which_file(len(records), datetime.now()), save)

    def _saved(self, path: Path) -> None:
        toast(self, f"The executions are in {one_line(str(path))}.")

    def action_open_action(self) -> None:
        """Leave for an Action of the execution, at its error if it has one; of several the person chooses."""
        record = self.entries.chosen
        if record is None:
            return
        places = log_view.places_of(record)
        if len(places) == 1:
            self.dismiss(places[0])
        elif places:
            self._ask(log_questions.which_place(places, record.stopped_by), self._leave_for(places))

    def _leave_for(self, places: Sequence[ActionPlace]) -> Callable[[str], None]:
        def leave(name: str) -> None:
            self.dismiss(next(place for place in places if place.name == name))

        return leave

    @on(RowView.LineChosen)
    def open_line(self, event: RowView.LineChosen) -> None:
        self.dismiss(ActionPlace(event.action, event.line))

    def action_close(self) -> None:
        """Go back from an execution to the list, or leave."""
        if self.whole:
            self.remove_class("-whole")
            self.entries.focus()
            self.refresh_bindings()
        else:
            self.dismiss(None)


def _write(path: Path, records: tuple[LogRecord, ...]) -> Path:
    """Write executions to a new file. Blocks; raises UserError when there is one or the disk refuses."""
    if path.exists():
        raise UserError(f"{path} exists already; choose another name")
    try:
        atomic.write_bytes(path, log_view.as_json(records))
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}; choose another place") from error
    return path
