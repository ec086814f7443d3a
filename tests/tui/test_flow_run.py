"""Where each Action of a flow stands while it runs, waits, goes on and ends."""

from __future__ import annotations

import pytest
from suspended_flow import made_execution as ran

from actionsmith.runtime.execution import FlowExecution, Stats, Status, WaitKind, WaitsFor
from actionsmith.tui.flow.run import FlowRun

ORDER = ("A", "B", "C")


def states(run: FlowRun) -> list[str]:
    return [run.state_of(name) for name in (*ORDER, "not part of it")]


def result(status: Status, by: str | None, *names: str, waits: WaitKind | None = None) -> FlowExecution:
    """A flow in which the Actions of these names ran; the last one ended with `status`."""
    actions = [ran(name, "completed") for name in names[:-1]]
    last: Status = "suspended" if waits else status
    waiting = (
        WaitsFor(kind=waits, action=names[-1], position=ORDER.index(names[-1]), details={}) if waits else None
    )
    return FlowExecution(
        trigger="post-login",
        status=status,
        stopped_by=by,
        actions=[*actions, ran(names[-1], last)],
        outcome={},
        stats=Stats(),
        waits_for=waiting,
    )


def test_actions_run_one_after_the_other() -> None:
    run = FlowRun(ORDER, "")
    assert states(run) == ["running", "", "", ""]
    run = run.with_step(0, ran("A", "completed"))
    assert states(run) == ["completed", "running", "", ""]
    assert states(run.ended(result("failed", "B", "A", "B"))) == ["completed", "failed", "skipped", ""]


@pytest.mark.parametrize("kind", ["redirect", "form"])
def test_after_a_redirect_or_form_the_same_action_goes_on(kind: WaitKind) -> None:
    waiting = FlowRun(ORDER, "").ended(result("suspended", "B", "A", "B", waits=kind))
    assert states(waiting) == ["completed", "suspended", "skipped", ""]
    resumed = waiting.answered("came back")
    assert states(resumed) == ["completed", "running", "", ""]
    again = resumed.with_step(1, ran("B", "completed"))
    assert states(again) == ["completed", "completed", "running", ""]
    assert [execution.status for execution in again.executions_of("B")] == ["suspended", "completed"]


def test_after_mfa_the_next_action_runs() -> None:
    waiting = FlowRun(ORDER, "").ended(result("suspended", "B", "A", "B", waits="mfa"))
    assert states(waiting.answered("passed")) == ["completed", "completed", "running", ""]


def test_an_action_whose_factor_was_not_passed_is_the_one_that_was_denied() -> None:
    waiting = FlowRun(ORDER, "").ended(result("suspended", "B", "A", "B", waits="mfa"))
    denied = result("denied", "B", "A", "B")
    denied.actions[-1] = ran("B", "suspended")
    assert states(waiting.answered("failed").ended(denied)) == ["completed", "denied", "skipped", ""]


def test_an_action_that_waits_twice_keeps_both_answers() -> None:
    waiting = FlowRun(ORDER, "").ended(result("suspended", "A", "A", waits="redirect"))
    again = waiting.answered("first").ended(result("suspended", "A", "A", waits="redirect"))
    assert again.answered("second").answers == {"A": ("first", "second")}
