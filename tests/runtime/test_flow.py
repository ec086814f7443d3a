"""Whole flows on real hosts, in mixed languages."""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path

import pytest
from flows import js, py
from running import request, said

from actionsmith.runtime.execution import Status
from actionsmith.runtime.flow import Course, run_flow
from actionsmith.runtime.pool import HostPool
from actionsmith.runtime.semantics import Cache


def test_actions_share_transaction_metadata_cache_and_pending_user_metadata():
    flow = run_flow(
        "post-login",
        [
            js(
                "api.transaction.setMetadata('k', 'v'); api.cache.set('c', '1'); api.user.setUserMetadata('m', 2);"
            ),
            py(
                "print(event.transaction.metadata['k'], api.cache.get('c').value, event.user.user_metadata['m'])"
            ),
        ],
    )
    assert flow.status == "completed"
    assert said(flow.actions[1]) == [("log", "v 1 2", 2)]
    assert flow.outcome["user"] == {"user_metadata": {"m": 2}}
    assert flow.actions[0].outcome == flow.outcome
    assert flow.actions[1].outcome == {}


def test_deny_stops_after_the_handler_and_keeps_side_effects():
    flow = run_flow(
        "post-login",
        [
            py("api.access.deny('no'); api.user.set_app_metadata('a', 1)", "first"),
            js("console.log('never')"),
        ],
    )
    assert (flow.status, flow.stopped_by, len(flow.actions)) == ("denied", "first", 1)
    assert flow.outcome["user"] == {"app_metadata": {"a": 1}}


def test_an_error_ends_the_flow_and_drops_only_that_actions_effects():
    flow = run_flow(
        "post-login",
        [
            js("api.idToken.setCustomClaim('https://a/b', 1);"),
            js("api.idToken.setCustomClaim('https://a/c', 1); throw new Error('x');", "second"),
            py("pass"),
        ],
    )
    assert (flow.status, flow.stopped_by, len(flow.actions)) == ("failed", "second", 2)
    assert flow.outcome == {"idToken": {"customClaims": {"https://a/b": 1}}}


def test_the_time_limit_is_for_all_actions_together():
    slow = js("await new Promise(r => setTimeout(r, 700));")
    flow = run_flow("post-login", [slow, slow, slow], course=Course(timeout_s=1.5))
    assert flow.status == "timed_out"
    assert len(flow.actions) > 1
    assert flow.actions[-1].error.message == "the Actions of the flow together did not end within 1.5 s"


def test_an_empty_flow_completes():
    flow = run_flow("post-login", [])
    assert (flow.status, flow.outcome, flow.actions) == ("completed", {}, [])


def test_asynchronous_triggers_go_on_after_an_error():
    first = request(
        "exports.onExecutePostUserRegistration = async () => { throw new Error('x') };", "javascript"
    )
    second = request("def on_execute_post_user_registration(event): print('ran')\n", "python")
    flow = run_flow("post-user-registration", [first, second])
    assert (flow.status, len(flow.actions)) == ("completed", 2)


def test_of_an_action_only_the_execute_handler_begins():
    only_the_other = request("exports.onContinuePostLogin = async () => {};", "javascript")
    flow = run_flow("post-login", [only_the_other])
    assert flow.status == "failed"
    assert "has no handler onExecutePostLogin" in flow.actions[0].error.message


def test_validation_errors_and_denials_stop_the_flow_only_after_the_handler():
    code = (
        "exports.onExecutePreUserRegistration = async (event, api) => {"
        " api.validation.error('bad', 'no good'); console.log('still here'); };"
    )
    flow = run_flow("pre-user-registration", [request(code, "javascript"), request(code, "javascript")])
    assert (flow.status, len(flow.actions)) == ("denied", 1)
    assert said(flow.actions[0])[0][1] == "still here"


def test_a_shared_cache_is_changed_by_what_was_not_discarded():
    cache = Cache({"old": {"value": "1", "expires_at": 4e12}, "gone": {"value": "2", "expires_at": 4e12}})
    flow = run_flow(
        "post-login",
        [
            py("api.cache.set('kept', api.cache.get('old').value); api.cache.delete('gone')"),
            js("api.cache.set('lost', 'x'); throw new Error('x');"),
        ],
        cache=cache,
    )
    assert flow.status == "failed"
    assert sorted(cache.dump()) == ["kept", "old"]


def test_each_action_is_told_of_when_it_ends():
    told: list[tuple[int, str, Status]] = []
    course = Course(step_done=lambda at, done: told.append((at, done.action, done.status)))
    run_flow("post-login", [js("", "a"), py("api.access.deny('x')", "b"), py("pass", "c")], course=course)
    assert told == [(0, "a", "completed"), (1, "b", "denied")]


def test_cancelling_ends_the_action_that_runs_and_the_flow():
    cancel = threading.Event()
    course = Course(cancel=cancel, progress=lambda _: cancel.set())
    endless = js("console.log('begun'); await new Promise(done => setTimeout(done, 60000));")
    flow = run_flow("post-login", [endless, py("pass")], course=course)
    assert (flow.status, len(flow.actions)) == ("crashed", 1)
    assert flow.actions[0].error.name == "Cancelled"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("size", [1, 5])
def test_no_host_outlives_the_flow(size):
    """Hosts started ahead for Actions that are never reached are ended, too."""
    pool = HostPool(keep_filled=False)
    before = children_of_this_process()
    run_flow("post-login", [js("api.access.deny('no');"), *[py("pass")] * size], course=Course(pool=pool))
    pool.close()
    assert children_of_this_process() <= before


def children_of_this_process() -> set[str]:
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found |= set((task / "children").read_text().split())
    return found
