"""Changing the order of a flow: what is pending, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from actionsmith.errors import UserError
from actionsmith.tenant.tenant import Tenant
from actionsmith.tui.faults import describe
from actionsmith.tui.flow import questions as flow_questions
from actionsmith.tui.flow.facts import FlowFacts
from actionsmith.tui.flow.pending_order import PendingOrder
from actionsmith.tui.jobs import Jobs
from actionsmith.tui.notices import toast


class Reordering:
    """Holds the pending order of one flow at a time. Nothing is stored before `apply`.

    `changed` is called with the Action to select (None: the same as before) whenever the order is
    another one, `applied` when the tenant has taken it.
    """

    def __init__(
        self,
        screen: Screen[Any],
        tenant: Tenant,
        jobs: Jobs,
        *,
        changed: Callable[[str | None], None],
        applied: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._screen, self._tenant, self._jobs = screen, tenant, jobs
        self._changed, self._applied, self._failed = changed, applied, failed
        self.order = PendingOrder()

    def forget(self) -> None:
        """Begin with an empty order, for the flow of another trigger."""
        self.order = PendingOrder()

    def rebase(self, stored: Sequence[str]) -> None:
        """Put what is pending on top of the order that the tenant has now. Calls nothing."""
        self.order = self.order.rebase(tuple(stored))

    def allows(self, action: str, selected: str) -> bool:
        """Whether a command can do something with the selected box."""
        if action in ("apply", "discard"):
            return self.order.changed
        if action in ("move_up", "move_down"):
            edge = 0 if action == "move_up" else -1
            return selected in self.order.names and self.order.names[edge] != selected
        return action != "remove" or selected in self.order.names or selected in self.order.stored

    def shift(self, name: str, by: int) -> None:
        """Let an Action run so many places later (negative: earlier)."""
        self._take(self.order.shift(name, by))

    def move(self, name: str, to: int) -> None:
        """Put an Action at the place `to` (from 0)."""
        self._take(self.order.move(name, to))

    def remove(self, name: str, shown: Sequence[str]) -> None:
        """Take an Action out; one that is out already comes back. `shown` are all boxes, top to bottom."""
        if name not in self.order.names:
            self._take(self.order.add(name))
            return
        neighbour = shown[min(shown.index(name) + 1, len(shown) - 1)]
        self._take(self.order.remove(name), name if name in self.order.stored else neighbour)

    def add(self, facts: FlowFacts, after: str) -> None:
        """Ask which deployed Action is to be added behind another one."""
        try:
            question = flow_questions.which_action(facts, self.order)
        except UserError as error:
            toast(self._screen, describe(error), "warning")
            return

        def add(name: str | None) -> None:
            if name is not None:
                self._take(self.order.add(name, after=after), name)

        self._screen.app.push_screen(question, add)

    def discard(self) -> None:
        """Go back to the stored order."""
        self._take(self.order.discard())

    def apply(self, trigger: str, then: Callable[[], object] | None = None) -> None:
        """Make the pending order the flow; `then` follows in place of `applied` when the tenant has it."""

        def applied(warnings: list[str]) -> None:
            toast(self._screen, f"The order of {trigger} is applied.")
            for warning in warnings:
                toast(self._screen, warning, "warning")
            (then or self._applied)()

        work = partial(self._tenant.set_flow, trigger, list(self.order.names))
        self._jobs.in_order("write", work, applied, self._failed)

    def settle(self, trigger: str, then: Callable[[], object]) -> None:
        """Call `then` once nothing is pending: ask what is to become of a pending order."""
        if not self.order.changed:
            then()
            return

        def decide(choice: str | None) -> None:
            if choice == "apply":
                self.apply(trigger, then)
            elif choice == "discard":
                then()

        self._screen.app.push_screen(flow_questions.what_of_pending(trigger, self.order), decide)

    def _take(self, order: PendingOrder, select: str | None = None) -> None:
        if order.names != self.order.names:
            self.order = order
            self._changed(select)
