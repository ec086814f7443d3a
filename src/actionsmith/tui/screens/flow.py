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

from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui import flow_facts, flow_questions
from actionsmith.tui.actions import bindings_for
from actionsmith.tui.faults import describe
from actionsmith.tui.flow_facts import DEFAULT_EVENT, FlowFacts
from actionsmith.tui.flow_runs import FlowRuns
from actionsmith.tui.flow_view import boxes, headline, pending_text
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast
from actionsmith.tui.pending_order import PendingOrder
from actionsmith.tui.themes import Syntax
from actionsmith.tui.widgets.command_bar import CommandBar
from actionsmith.tui.widgets.flow_result import FlowResult
from actionsmith.tui.widgets.header_line import HeaderLine
from actionsmith.tui.widgets.pending_bar import PendingBar
from actionsmith.tui.widgets.pipeline import Pipeline
from actionsmith.tui.widgets.row_view import RowView
from actionsmith.tui.widgets.trigger_list import TriggerList

if TYPE_CHECKING:
    from actionsmith.runtime.pool import HostPool


class ActionPlace(msgspec.Struct, frozen=True):
    """What the person wants to see next: an Action, and a line of its code if they named one."""

    name: str
    line: int | None = None


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
        self.order = PendingOrder()
        self.runs = FlowRuns(self, tenant, pool, self.show, self._failed)
        self._syntax = syntax
        self._jobs = Jobs(self)

    def compose(self) -> ComposeResult:
        yield HeaderLine()
        with Horizontal(id="flow-body"):
            with Vertical(id="flow-triggers"):
                yield TriggerList()
            with Vertical(id="flow-centre"):
                yield PendingBar()
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.facts is None:
            return action == "close"
        selected = self.pipeline.selected if self.is_mounted else ""
        if action in ("apply", "discard"):
            return self.order.changed
        if action in ("move_up", "move_down"):
            edge = 0 if action == "move_up" else -1
            return selected in self.order.names and self.order.names[edge] != selected
        if action in ("remove", "open_action"):
            return selected in self.order.names or selected in self.order.stored
        return action != "run" or bool(self.order.names)

    # The pending order

    def action_move_up(self) -> None:
        self._reorder(self.order.shift(self.pipeline.selected, -1))

    def action_move_down(self) -> None:
        self._reorder(self.order.shift(self.pipeline.selected, 1))

    def action_remove(self) -> None:
        """Take the selected Action out; one that is out already comes back."""
        name = self.pipeline.selected
        if name in self.order.names:
            keys = [box.key for box in self.pipeline.boxes]
            neighbour = keys[min(keys.index(name) + 1, len(keys) - 1)]
            self._reorder(self.order.remove(name), neighbour if name not in self.order.stored else name)
        else:
            self._reorder(self.order.add(name))

    def action_add(self) -> None:
        """Ask which deployed Action is to be added behind the selected one."""
        assert self.facts is not None
        try:
            question = flow_questions.which_action(self.facts, self.order)
        except UserError as error:
            toast(self, describe(error), "warning")
            return

        def add(name: str | None) -> None:
            if name is not None:
                self._reorder(self.order.add(name, after=self.pipeline.selected), name)

        self.app.push_screen(question, add)

    def action_apply(self, then: Callable[[], object] | None = None) -> None:
        """Make the pending order the flow; `then` follows when the tenant has taken it."""
        trigger = self.trigger

        def applied(warnings: list[str]) -> None:
            toast(self, f"The order of {trigger} is applied.")
            for warning in warnings:
                toast(self, warning, "warning")
            if then is not None:
                then()
            else:
                self.load()

        work = partial(self.tenant.set_flow, trigger, list(self.order.names))
        self._jobs.in_order("write", work, applied, self._failed)

    def action_discard(self) -> None:
        self._reorder(self.order.discard())

    @on(PendingBar.Settled)
    def settle(self, event: PendingBar.Settled) -> None:
        (self.action_apply if event.apply else self.action_discard)()

    @on(Pipeline.Moved)
    def move_dragged(self, event: Pipeline.Moved) -> None:
        self._reorder(self.order.move(event.name, event.to))

    def _reorder(self, order: PendingOrder, select: str | None = None) -> None:
        """Take on a new pending order; a run of another order says nothing about it any more."""
        if order.names != self.order.names:
            self.runs.forget()
        self.order = order
        self.show(select)

    # A run of the flow

    def action_run(self) -> None:
        """Run the pending order with the chosen event; a run under way is given up."""
        self.runs.start(self.trigger, self.order.names, self.event)

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

    def action_open_action(self) -> None:
        self._leave(ActionPlace(self.pipeline.selected))

    @on(Pipeline.Opened)
    def open_clicked(self, event: Pipeline.Opened) -> None:
        if self.check_action("open_action", ()):
            self._leave(ActionPlace(event.key))

    @on(RowView.LineChosen)
    def open_line(self, event: RowView.LineChosen) -> None:
        if self.check_action("open_action", ()):
            self._leave(ActionPlace(self.pipeline.selected, event.line))

    def action_close(self) -> None:
        """Let go of a held box, or stop the run, or leave: the first that there is to do."""
        if self.pipeline.dragging:
            self.pipeline.cancel_drag()
        elif self.runs.current is not None and self.runs.current.running:
            self.runs.forget()
            self.show()
        else:
            self._leave(None)

    def _leave(self, place: ActionPlace | None) -> None:
        self._settled(partial(self.dismiss, place))

    def _go_to(self, trigger: str) -> None:
        def go() -> None:
            self.trigger, self.event = trigger, DEFAULT_EVENT
            self.facts, self.order = None, PendingOrder()
            self.runs.forget()
            self.load()
            self.pipeline.focus()

        if trigger != self.trigger:
            self._settled(go)

    def _settled(self, then: Callable[[], object]) -> None:
        """Call `then` once nothing is pending: ask what is to become of a pending order."""
        if not self.order.changed:
            then()
            return

        def decide(choice: str | None) -> None:
            if choice == "apply":
                self.action_apply(then)
            elif choice == "discard":
                then()

        self.app.push_screen(flow_questions.what_of_pending(self.trigger, self.order), decide)

    # From the tenant to the screen

    def load(self) -> None:
        """Read the flow again; what is pending is kept on top of it."""
        work = partial(flow_facts.read, self.tenant, self.trigger)
        self._jobs.newest("load", work, self._loaded, self._failed)

    def _loaded(self, facts: FlowFacts) -> None:
        self.facts = facts
        self.order = self.order.rebase(facts.stored)
        if self.event not in facts.events:
            self.event = DEFAULT_EVENT
        self.query_one(TriggerList).show(facts.counts, self.trigger)
        self.show()

    def _failed(self, error: Exception) -> None:
        toast(self, describe(error), "error")

    def show(self, select: str | None = None) -> None:
        """Draw everything from the state; `select` names the box to select."""
        if self.facts is None or not self.is_mounted:
            return
        drawn = boxes(self.facts, self.order, self.runs.current, self.event)
        self.pipeline.show(drawn, select or self.pipeline.selected)
        self.query_one(PendingBar).show(pending_text(self.order))
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
