"""The flow of a trigger: its pipeline, the order that is pending, and a run of the whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.faults import report
from actionsmith.tui.flow import answers as flow_answers
from actionsmith.tui.flow import facts as flow_facts
from actionsmith.tui.flow import questions as flow_questions
from actionsmith.tui.flow.facts import DEFAULT_EVENT, FlowFacts
from actionsmith.tui.flow.pending_order import PendingOrder
from actionsmith.tui.flow.reordering import Reordering
from actionsmith.tui.flow.runs import FlowRuns
from actionsmith.tui.flow.view import boxes, headline, pending_text
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.flow_result import FlowResult
from actionsmith.tui.widgets.header_line import HeaderLine
from actionsmith.tui.widgets.pending_bar import PendingBar
from actionsmith.tui.widgets.pipeline import Pipeline
from actionsmith.tui.widgets.pipeline_drawing import END, START
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.widgets.trigger_list import TriggerList
from actionsmith.tui.widgets.waiting_bar import WaitingBar
from actionsmith.tui.workbench.action_place import ActionPlace

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool


class FlowScreen(Screen[ActionPlace | None]):
    """Dismissed with the Action to open in the editor, or None. Nothing is stored before `apply`."""

    CONTEXT: ClassVar[str] = "flow"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("flow")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-medium"), (140, "-wide")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = "Pipeline"
    CSS_PATH = "flow.tcss"

    def __init__(
        self,
        tenant: Tenant,
        pool: HostPool | None,
        trigger: str,
        *,
        event: str = DEFAULT_EVENT,
        syntax: Callable[[], Syntax] = dict,
    ) -> None:
        super().__init__()
        self.tenant, self.trigger, self.event = tenant, trigger, event
        self.facts: FlowFacts | None = None
        self._syntax = syntax
        self._jobs = Jobs(self)
        self._failed = partial(report, self)
        self.runs = FlowRuns(self, tenant, pool, self._run_changed, self._failed)
        self.reordering = Reordering(
            self, tenant, self._jobs, changed=self._reordered, applied=self.load, failed=self._failed
        )

    def compose(self) -> ComposeResult:
        yield HeaderLine()
        with Horizontal(id="flow-body"):
            with Vertical(id="flow-triggers"):
                yield TriggerList()
            with Vertical(id="flow-centre"):
                yield PendingBar()
                yield WaitingBar()
                yield Pipeline(widget_id="flow-pipeline")
            yield FlowResult(widget_id="flow-result")
        yield CommandBar()

    def on_mount(self) -> None:
        self.query_one("#flow-triggers").border_title = "Triggers"
        self.load()

    def on_unmount(self) -> None:
        self.runs.forget()

    @property
    def pipeline(self) -> Pipeline:
        return self.query_one(Pipeline)

    @property
    def order(self) -> PendingOrder:
        return self.reordering.order

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.facts is None:
            return action == "close"
        selected = self.pipeline.selected if self.is_mounted else ""
        if action == "open_action":
            return self._action_shown is not None
        if action == "run":
            return bool(self.order.names)
        if action == "answer":
            return self.runs.to_answer is not None
        if action == "copy_json":
            return self.runs.current is not None and not self.runs.running
        return self.reordering.allows(action, selected)

    # The pending order

    def action_move_up(self) -> None:
        self.reordering.shift(self.pipeline.selected, -1)

    def action_move_down(self) -> None:
        self.reordering.shift(self.pipeline.selected, 1)

    def action_remove(self) -> None:
        self.reordering.remove(self.pipeline.selected, [box.key for box in self.pipeline.boxes])

    def action_add(self) -> None:
        assert self.facts is not None
        self.reordering.add(self.facts, self.pipeline.selected)

    def action_apply(self) -> None:
        self.reordering.apply(self.trigger)

    def action_discard(self) -> None:
        self.reordering.discard()

    @on(PendingBar.Settled)
    def settle(self, event: PendingBar.Settled) -> None:
        (self.action_apply if event.apply else self.action_discard)()

    @on(Pipeline.Moved)
    def move_dragged(self, event: Pipeline.Moved) -> None:
        self.reordering.move(event.name, event.to)

    def _reordered(self, select: str | None) -> None:
        """A run of another order says nothing about this one."""
        self.runs.forget()
        self.show(select)

    # A run of the flow

    def action_run(self) -> None:
        """Run the pending order with the chosen event; a run under way is given up."""
        self.runs.start(self.trigger, self.order.names, self.event)

    def _run_changed(self) -> None:
        """Show the run; once it has ended, what it gave, unless the person looks at one Action."""
        ended = self.runs.current is not None and not self.runs.running
        self.show(END if ended and self.is_mounted and self.pipeline.selected == START else None)

    @on(WaitingBar.Answered)
    def action_answer(self) -> None:
        """Ask for what the suspended flow waits for, or waited for last, and go on with it from there."""
        if (run := self.runs.to_answer) is not None:
            flow_answers.ask(self.app, run, self._syntax(), self.runs.resume)

    def action_copy_json(self) -> None:
        """Copy what the run gave, as `flow run --json` prints it."""
        if self.runs.current is not None and self.runs.current.result is not None:
            text = msgspec.json.format(msgspec.json.encode(self.runs.current.result), indent=2).decode()
            self.app.copy_to_clipboard(text)
            toast(self, "The result of the flow was copied as JSON.")

    def action_choose_event(self) -> None:
        assert self.facts is not None

        def choose(name: str | None) -> None:
            if name is not None and name != self.event:
                self.event = name
                self.runs.forget()
                self.show()

        self.app.push_screen(flow_questions.which_event(self.facts, self.event), choose)

    # Where to go

    def action_choose_trigger(self) -> None:
        assert self.facts is not None

        def choose(trigger: str | None) -> None:
            if trigger is not None:
                self._go_to(trigger)

        self.app.push_screen(flow_questions.which_trigger(self.facts), choose)

    @on(TriggerList.Chosen)
    def choose_listed(self, event: TriggerList.Chosen) -> None:
        self._go_to(event.trigger)

    @property
    def _action_shown(self) -> str | None:
        """The Action that the details are about; those of the end are about the one that stopped the flow."""
        if self.facts is None or not self.is_mounted:
            return None
        name, run = self.pipeline.selected, self.runs.current
        if name == END and run is not None and run.result is not None:
            name = run.result.stopped_by or END
        return name if name in self.facts.actions else None

    @on(Pipeline.Opened)
    def action_open_action(self) -> None:
        """Open the Action, at its error if it ended with one."""
        if (name := self._action_shown) is not None:
            line = self.runs.current.error_line(name) if self.runs.current is not None else None
            self._leave(ActionPlace(name, line))

    @on(RowView.LineChosen)
    def open_line(self, event: RowView.LineChosen) -> None:
        if (name := self._action_shown) is not None:
            self._leave(ActionPlace(name, event.line))

    def action_close(self) -> None:
        """Let go of a held box, or stop the run, or leave: the first that there is to do."""
        if self.pipeline.dragging:
            self.pipeline.cancel_drag()
        elif self.runs.running:
            self.runs.stop()
        else:
            self._leave(None)

    def open_action(self, name: str, line: int | None = None) -> None:
        """Leave for the editor, when what is pending is settled."""
        self._leave(ActionPlace(name, line))

    def _leave(self, place: ActionPlace | None) -> None:
        self.reordering.settle(self.trigger, partial(self.dismiss, place))

    def _go_to(self, trigger: str) -> None:
        def go() -> None:
            self.trigger, self.event = trigger, DEFAULT_EVENT
            self.facts = None
            self.reordering.forget()
            self.runs.forget()
            self.load()
            self.pipeline.focus()

        if trigger != self.trigger:
            self.reordering.settle(self.trigger, go)

    # From the tenant to the screen

    def load(self) -> None:
        """Read the flow again; what is pending is kept on top of it."""
        work = partial(flow_facts.read, self.tenant, self.trigger)
        self._jobs.newest("load", work, self._loaded, self._failed)

    def _loaded(self, facts: FlowFacts) -> None:
        self.facts = facts
        self.reordering.rebase(facts.stored)
        if self.event not in facts.events:
            self.event = DEFAULT_EVENT
        self.query_one(TriggerList).show(facts.counts, self.trigger)
        self.show()

    def show(self, select: str | None = None) -> None:
        """Draw everything from the state; `select` names the box to select."""
        if self.facts is None or not self.is_mounted:
            return
        drawn = boxes(self.facts, self.order, self.runs.current, self.event)
        self.pipeline.show(drawn, select or self.pipeline.selected)
        self.query_one(PendingBar).show(pending_text(self.order))
        self.query_one(WaitingBar).show(self.runs.to_answer, again=self.runs.suspended is None)
        self.set_class(self.runs.current is not None, "-ran")
        self.query_one(HeaderLine).facts = headline(self.facts, self.order, self.event)
        self._show_details()

    @on(Pipeline.Selected)
    def _show_details(self) -> None:
        if self.facts is not None:
            self.query_one(FlowResult).show(
                self.pipeline.selected,
                self.facts,
                self.order,
                self.runs.current,
                event=self.event,
                syntax=self._syntax(),
            )
            self.refresh_bindings()
