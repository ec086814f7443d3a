"""Flows that wait for their user, and go on: over a file, in mixed languages, in a new execution."""

from __future__ import annotations

import json

import msgspec
import pytest
from flows import js, py
from hypothesis import given
from hypothesis import strategies as st
from running import request, said

from actionsmith.errors import UserError
from actionsmith.runtime import engine, suspension
from actionsmith.runtime.execution import Answer, FlowExecution, Suspended
from actionsmith.runtime.flow import Course, resume_flow, run_flow

AWAY = "https://site.example/check"


def stored(flow: FlowExecution) -> Suspended:
    """What a suspended flow is after a way through a file."""
    assert flow.status == "suspended"
    assert flow.suspended is not None
    return suspension.decode(msgspec.json.encode(flow.suspended).decode(), "the file")


def back(kept: Suspended, **members: object) -> Answer:
    """The answer of the file with other members."""
    return msgspec.structs.replace(kept.answer, **members)


THREE = [
    py(
        "print('first'); api.user.set_user_metadata('colour', 'red');"
        " api.transaction.set_metadata('step', 1); api.cache.set('c', 'cached')",
        "first",
    ),
    js(
        f"api.redirect.sendUserTo('{AWAY}', {{query: {{a: '1'}}}});",
        "second",
        then="console.log(event.request.method, event.request.query.answer, event.request.body.token,"
        " event.user.user_metadata.colour, event.transaction.metadata.step);"
        " api.user.setAppMetadata('checked', event.request.query.answer);",
    ),
    py(
        "print(event.user.app_metadata.checked, event.user.user_metadata.colour,"
        " event.transaction.metadata.step, api.cache.get('c').value)",
        "third",
    ),
]


def test_a_flow_of_three_goes_on_in_the_second_and_the_third_sees_its_effects():
    kept = stored(run_flow("post-login", THREE))
    assert (kept.waits_for.kind, kept.waits_for.action, kept.waits_for.position) == ("redirect", "second", 1)
    url = kept.waits_for.details["url"]
    assert url.startswith(f"{AWAY}?a=1&state=")
    query, body = {**kept.answer.query, "answer": "yes"}, {"token": "t"}
    flow = resume_flow(kept, THREE, back(kept, query=query, body=body))
    assert flow.status == "completed"
    assert [(done.action, done.handler) for done in flow.actions] == [
        ("first", "onExecutePostLogin"),
        ("second", "onExecutePostLogin"),
        ("second", "onContinuePostLogin"),
        ("third", "onExecutePostLogin"),
    ]
    assert said(flow.actions[2])[0][1] == "POST yes t red 1"
    assert said(flow.actions[3])[0][1] == "yes red 1 cached"
    assert flow.outcome["user"] == {"user_metadata": {"colour": "red"}, "app_metadata": {"checked": "yes"}}
    assert flow.suspended is None


def test_the_same_file_can_be_answered_more_than_once():
    kept = stored(run_flow("post-login", THREE))
    for answer in ("yes", "no"):
        flow = resume_flow(kept, THREE, back(kept, query={**kept.answer.query, "answer": answer}))
        assert flow.outcome["user"]["app_metadata"] == {"checked": answer}


def test_a_form_gives_its_fields_to_the_continue_handler():
    steps = [
        js(
            "api.prompt.render('ap_form', {fields: {name: 'Robin'}, vars: {hidden: 1}});",
            then="console.log(event.prompt.id, event.prompt.fields.name, event.prompt.vars.hidden);",
        )
    ]
    kept = stored(run_flow("post-login", steps))
    assert kept.answer.fields == {"name": "Robin"}
    assert said(resume_flow(kept, steps).actions[1])[0][1] == "ap_form Robin 1"
    flow = resume_flow(kept, steps, back(kept, fields={"name": "Alex"}))
    assert said(flow.actions[1])[0][1] == "ap_form Alex 1"


def test_a_password_reset_waits_too():
    code = (
        "async def on_execute_post_challenge(event, api):\n    api.redirect.send_user_to('https://site.example/')\n"
        "async def on_continue_post_challenge(event, api):\n    print(event.request.query.x)\n"
    )
    steps = [request(code, "python")]
    kept = stored(run_flow("password-reset-post-challenge", steps))
    flow = resume_flow(kept, steps, back(kept, query={**kept.answer.query, "x": "1"}))
    assert (flow.status, said(flow.actions[1])[0][1]) == ("completed", "1")


def test_mfa_goes_on_with_the_next_action_which_sees_the_factor():
    steps = [
        py("api.authentication.challenge_with({'type': 'otp'})", "asks", then="print('never')"),
        js("const mfa = event.authentication.methods.filter(m => m.name === 'mfa');"
           " console.log(mfa[mfa.length - 1].type);", "next"),
    ]  # fmt: skip
    kept = stored(run_flow("post-login", steps, {**EVENT, "authentication": {"methods": []}}))
    assert (kept.waits_for.kind, kept.answer.factor) == ("mfa", "otp")
    flow = resume_flow(kept, steps)
    assert [done.action for done in flow.actions] == ["asks", "next"]
    assert said(flow.actions[1])[0][1] == "otp"


def test_mfa_that_is_not_passed_ends_the_login():
    steps = [js("api.authentication.challengeWithAny([{type: 'otp'}, {type: 'phone'}]);", "asks"), py("pass")]
    kept = stored(run_flow("post-login", steps, {**EVENT, "authentication": {"methods": []}}))
    flow = resume_flow(kept, steps, Answer(passed=False))
    assert (flow.status, flow.stopped_by, len(flow.actions)) == ("denied", "asks", 1)


def test_several_commands_of_one_action_are_asked_one_after_the_other():
    steps = [
        js(
            "api.authentication.challengeWith({type: 'otp'});"
            " api.authentication.enrollWith({type: 'webauthn-roaming'});",
            "asks",
        ),
        py("print([factor['type'] for factor in event.user.enrolledFactors])"),
    ]
    kept = stored(run_flow("post-login", steps, {**EVENT, "authentication": {"methods": []}}))
    kept = stored(resume_flow(kept, steps))
    assert kept.waits_for.details["command"] == "enroll"
    flow = resume_flow(kept, steps)
    assert flow.status == "completed"
    assert "webauthn-roaming" in said(flow.actions[1])[0][1]


def test_a_flow_can_be_suspended_again_in_the_continue_handler():
    steps = [py(f"api.redirect.send_user_to('{AWAY}')", then=f"api.redirect.send_user_to('{AWAY}/2')")]
    again = resume_flow(stored(run_flow("post-login", steps)), steps)
    assert stored(again).waits_for.details["url"].startswith(f"{AWAY}/2?state=")
    assert len(again.actions) == 2


def test_an_action_that_redirects_needs_a_continue_handler():
    steps = [js(f"api.redirect.sendUserTo('{AWAY}');"), py("pass")]
    first = run_flow("post-login", steps)
    assert "has no handler onContinuePostLogin" in first.actions[0].warnings[-1]
    flow = resume_flow(stored(first), steps)
    assert (flow.status, len(flow.actions)) == ("failed", 2)
    assert "has no handler onContinuePostLogin" in flow.actions[1].error.message


def test_an_error_after_the_way_back_drops_only_that_handlers_effects():
    steps = [
        js(
            f"api.user.setUserMetadata('a', 1); api.redirect.sendUserTo('{AWAY}');",
            then="api.user.setUserMetadata('b', 2); throw new Error('x');",
        )
    ]
    flow = resume_flow(stored(run_flow("post-login", steps)), steps)
    assert flow.status == "failed"
    assert flow.outcome["user"] == {"user_metadata": {"a": 1}}


def test_the_time_limit_counts_anew_after_the_suspension():
    nap = "await new Promise(done => setTimeout(done, 600));"
    steps = [js(f"{nap} api.redirect.sendUserTo('{AWAY}');", then=nap)]
    course = Course(timeout_s=1.1)
    flow = run_flow("post-login", steps, course=course)
    assert resume_flow(stored(flow), steps, course=course).status == "completed"


def test_a_denial_beats_a_redirect():
    flow = run_flow("post-login", [js(f"api.redirect.sendUserTo('{AWAY}'); api.access.deny('no');")])
    assert (flow.status, flow.suspended) == ("denied", None)


def test_secrets_of_the_actions_do_not_stand_in_the_file():
    steps = [
        msgspec.structs.replace(
            js(f"api.redirect.encodeToken({{secret: event.secrets.KEY, payload: {{}}}});"
               f" api.redirect.sendUserTo('{AWAY}');", then=""),
            secrets={"KEY": "correct horse battery"},
        )
    ]  # fmt: skip
    assert "correct horse" not in msgspec.json.encode(run_flow("post-login", steps).suspended).decode()


def test_a_frozen_clock_goes_along():
    steps = [
        msgspec.structs.replace(
            js(f"api.redirect.sendUserTo('{AWAY}');", then="console.log(Date.now());"), now_ms=1e12
        )
    ]
    kept = stored(run_flow("post-login", steps))
    assert (kept.now_ms, kept.created_at) == (1e12, "2001-09-09T01:46:40.000Z")


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (Answer(), "has no 'state'"),
        (Answer(query={"state": "other"}), "is not the one of this flow"),
        (Answer(query={"state": "right"}, body={"state": "other"}), "is not the one of this flow"),
        (Answer(factor="otp"), "cannot have factor"),
        (Answer(passed=False, fields={"a": 1}), "cannot have fields and passed"),
    ],
)
def test_an_answer_that_does_not_fit_a_redirect(answer, complaint):
    kept = stored(run_flow("post-login", [js(f"api.redirect.sendUserTo('{AWAY}');", then="")]))
    if answer.query.get("state") == "right":
        answer = msgspec.structs.replace(answer, query=kept.answer.query)
    with pytest.raises(UserError, match=complaint):
        resume_flow(kept, [js("")], answer)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (Answer(fields={"name": "x"}), "has no 'state'; the form must give it back"),
        (Answer(query={"state": "other"}), "is not the one of this flow"),
    ],
)
def test_an_answer_that_does_not_fit_a_form(answer, complaint):
    kept = stored(run_flow("post-login", [js("api.prompt.render('ap_form');", then="")]))
    with pytest.raises(UserError, match=complaint):
        resume_flow(kept, [js("")], answer)


def test_an_answer_with_a_factor_that_is_not_asked_for():
    steps = [py("api.authentication.challenge_with({'type': 'otp'})")]
    kept = stored(run_flow("post-login", steps, {**EVENT, "authentication": {"methods": []}}))
    with pytest.raises(UserError, match="does not ask for the factor 'email'; it asks for otp"):
        resume_flow(kept, steps, Answer(factor="email"))


def spoiled(**members: object) -> str:
    kept = run_flow(
        "post-login",
        [
            request(
                f"exports.onExecutePostLogin = async (e, api) => {{ api.redirect.sendUserTo('{AWAY}'); }};",
                "javascript",
            )
        ],
    ).suspended
    data = msgspec.to_builtins(kept)
    return msgspec.json.encode({**data, **members}).decode()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "f.json is no resume file"),
        ("[1", "f.json is no resume file"),
        ("[]", "f.json is no resume file, which is what"),
        ('{"user": {}}', "f.json is no resume file, which is what"),
        ({"format": 99}, "another version of Actionsmith"),
        ({"format": 1}, r"another version of Actionsmith \(format 1, this one knows 2\); run the flow again"),
        ({"answer": {"query": []}}, r"\$.answer.query"),
        ({"answer": {"qeury": {}}}, "qeury"),
        ({"seal": "0"}, "changed in another place than its answer"),
        ({"order": []}, "changed in another place than its answer"),
        ({"event": {"user": {"email": "other@example.com"}}}, "changed in another place than its answer"),
        ({"carried": {}}, "changed in another place than its answer"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(text, complaint):
    with pytest.raises(UserError, match=complaint) as caught:
        suspension.decode(text if isinstance(text, str) else spoiled(**text), "f.json")
    assert "\n" not in str(caught.value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(event=st.dictionaries(st.text(), JSON, max_size=4))
def test_whatever_the_event_holds_comes_back_from_the_file(event):
    step = js("")
    transaction = engine.open_transaction("post-login", event, step)
    transaction.start("onExecutePostLogin")
    transaction.call("redirect.sendUserTo", [AWAY])
    transaction.commit()
    waiting = suspension.waits_for(transaction, "js", 0)
    kept = suspension.suspended(waiting, transaction, [step], event, [], keep_cache=True)
    assert suspension.decode(msgspec.json.encode(kept).decode(), "the file") == kept


def test_rewritten_by_another_tool_the_file_is_still_the_same():
    kept = run_flow(
        "post-login", [js(f"api.redirect.sendUserTo('{AWAY}');")], {"a": [1.0, 0.1, {"é": 2}]}
    ).suspended
    whole = json.loads(
        msgspec.json.encode(kept),
        parse_float=lambda text: int(text.removesuffix(".0")) if text.endswith(".0") else float(text),
    )
    rewritten = json.dumps(whole, sort_keys=True, indent=7)
    assert suspension.decode(rewritten, "f.json").event == {"a": [1, 0.1, {"é": 2}]}


def test_a_login_that_waits_too_long_is_told_of():
    steps = [msgspec.structs.replace(js(f"api.redirect.sendUserTo('{AWAY}');"), now_ms=1768896000000.0)]
    kept = stored(run_flow("post-login", steps))
    assert suspension.overdue(kept, 1768896000000.0 + 59 * 60_000) is None
    assert "2.0 hours" in (suspension.overdue(kept, 1768896000000.0 + 120 * 60_000) or "")


EVENT = {
    "user": {"user_id": "auth0|1", "enrolledFactors": [{"type": "otp"}, {"type": "phone"}]},
    "request": {"hostname": "login.example.com", "query": {}, "body": {}},
    "transaction": {"protocol": "oidc-basic-profile"},
}
