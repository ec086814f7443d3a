"""A run of a flow as far as it has come. Pure."""

from __future__ import annotations

import msgspec

from actionsmith.runtime.execution import Execution, FlowExecution, Suspended, WaitsFor
from actionsmith.tui.widgets.pipeline_drawing import State
from actionsmith.workshop.answering import Given

RESUMES_ITSELF = ("redirect", "form")
"""What an Action waits for that then goes on in it; after MFA the next Action runs."""


class FlowRun(msgspec.Struct, frozen=True):
    """The order a run took, what its Actions gave, and the end once there.

    `done` has every execution in its order; an Action that was resumed has several. `answers` tells by the
    Action's name what its suspensions were answered with. `position` (from 0) is the Action that runs now.
    For a run that waits for a site to come back with a session token `token_secrets` names the secrets it can
    be signed with, the likeliest first; None where no token is expected. `given` is what a run that waits was
    answered with the last time.
    """

    order: tuple[str, ...]
    event: str
    done: tuple[Execution, ...] = ()
    result: FlowExecution | None = None
    position: int = 0
    answers: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    token_secrets: tuple[str, ...] | None = None
    given: Given | None = None

    @property
    def running(self) -> bool:
        return self.result is None

    @property
    def waits_for(self) -> WaitsFor | None:
        """What the run waits for, if it is suspended."""
        return self.result.waits_for if self.result is not None else None

    @property
    def suspended(self) -> Suspended | None:
        """The flow as it was kept, if the run is suspended."""
        return self.result.suspended if self.result is not None else None

    def executions_of(self, name: str) -> tuple[Execution, ...]:
        """What the Action gave: once, or more often when it was resumed."""
        return tuple(execution for execution in self.done if execution.action == name)

    def state_of(self, name: str) -> State:
        """Where the Action stands in this run; nothing for one that was not part of it."""
        if name not in self.order:
            return ""
        if self.running and self.order.index(name) == self.position:
            return "running"
        executions = self.executions_of(name)
        if not executions:
            return "" if self.running else "skipped"
        last = executions[-1].status
        if last != "suspended" or self._waits_in(name):
            return last
        refused = self.result is not None and self.result.stopped_by == name
        return self.result.status if refused and self.result is not None else "completed"

    def error_line(self, name: str) -> int | None:
        """The line of the error that the Action ended with, if it has one."""
        errors = [execution.error for execution in self.executions_of(name) if execution.error is not None]
        return errors[-1].line if errors else None

    def with_step(self, position: int, execution: Execution) -> FlowRun:
        """The run after the Action at `position` (from 0) has ended."""
        return msgspec.structs.replace(self, done=(*self.done, execution), position=position + 1)

    def ended(self, result: FlowExecution, token_secrets: tuple[str, ...] | None = None) -> FlowRun:
        """The run with all that it gave."""
        return msgspec.structs.replace(
            self, done=tuple(result.actions), result=result, token_secrets=token_secrets
        )

    def remembering(self, given: Given) -> FlowRun:
        """The suspended run with what was answered: another try begins with it. The state is never lost."""
        assert self.suspended is not None
        query = {**self.suspended.answer.query, **given.answer.query}
        answer = msgspec.structs.replace(given.answer, query=query)
        return msgspec.structs.replace(self, given=msgspec.structs.replace(given, answer=answer))

    def answered(self, answer: str) -> FlowRun:
        """The suspended run on its way again, with a word about the answer it was given."""
        waits = self.waits_for
        assert waits is not None
        return msgspec.structs.replace(
            self,
            result=None,
            token_secrets=None,
            given=None,
            position=waits.position + (waits.kind not in RESUMES_ITSELF),
            answers={**self.answers, waits.action: (*self.answers.get(waits.action, ()), answer)},
        )

    def _waits_in(self, name: str) -> bool:
        return self.waits_for is not None and self.waits_for.action == name
