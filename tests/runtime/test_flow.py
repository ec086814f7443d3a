"""Whole flows on real hosts, in mixed languages."""

from __future__ import annotations

import msgspec
from running import request, said

from actionsmith.runtime.flow import run_flow


def js(body: str, name: str = "js"):
    made = request(f"exports.onExecutePostLogin = async (event, api) => {{ {body} }};", "javascript")
    return msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, name=name))


def py(body: str, name: str = "py"):
    made = request(f"def on_execute_post_login(event, api):\n    {body}\n", "python")
    return msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, name=name))


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


def test_redirect_suspends_the_flow():
    flow = run_flow("post-login", [js("api.redirect.sendUserTo('https://example.com/x');"), py("pass")])
    assert (flow.status, len(flow.actions)) == ("suspended", 1)
    assert "has no handler onContinuePostLogin" in flow.actions[0].warnings[-1]


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
    flow = run_flow("post-login", [slow, slow, slow], timeout_s=1.5)
    assert flow.status == "timed_out"


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
