"""A flow's transaction: what is kept, dropped, seen by later Actions, and survives odd events."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionsmith.runtime.semantics import UNDEFINED, ApiError, Transaction, asks
from actionsmith.triggers import loader

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
METHODS = [
    (trigger_id, path)
    for trigger_id in loader.trigger_ids()
    for path in sorted(asks(loader.trigger(trigger_id)))
]


def test_a_failed_action_leaves_no_trace_of_itself(begin: Any) -> None:
    transaction = begin()
    transaction.call("idToken.setCustomClaim", ["plan", "gold"])
    transaction.commit()
    kept = transaction.outcome
    transaction.start("onExecutePostLogin")
    for path, args in [
        ("idToken.setCustomClaim", ["plan", "lead"]),
        ("user.setUserMetadata", ["k", 1]),
        ("transaction.setMetadata", ["k", 1]),
        ("session.setMetadata", ["k", "v"]),
        ("cache.set", ["k", "v"]),
        ("redirect.sendUserTo", ["https://example.com"]),
        ("access.deny", ["no"]),
    ]:
        transaction.call(path, args)
    transaction.discard()
    assert transaction.outcome == kept
    assert transaction.status == "completed"
    assert transaction.cache.dump() == {}
    event = transaction.start("onExecutePostLogin")
    assert "k" not in event["transaction"].get("metadata", {})
    assert "k" not in event["session"]["metadata"]


def test_the_given_event_and_outcome_are_never_changed(begin: Any) -> None:
    event = {"transaction": {"metadata": {"a": "b"}}, "session": {"id": "s"}, "user": {"user_metadata": {}}}
    untouched = copy.deepcopy(event)
    transaction = begin("post-login", event)
    transaction.call("transaction.setMetadata", ["k", 1])
    transaction.call("session.setMetadata", ["k", "v"])
    transaction.call("user.setUserMetadata", ["k", 1])
    outcome = transaction.outcome
    outcome["user"]["user_metadata"]["k"] = 2
    assert transaction.outcome["user"]["user_metadata"]["k"] == 1
    transaction.commit()
    started = transaction.start("onExecutePostLogin")
    started["secrets"] = {"A": "B"}
    assert event == untouched


def test_suspension_belongs_to_the_action_that_asked(begin: Any) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", ["https://example.com"])
    transaction.commit()
    assert transaction.status == "suspended"
    transaction.start("onContinuePostLogin")
    transaction.commit()
    assert transaction.status == "completed"
    assert "redirect" in transaction.outcome


def test_the_same_warning_is_kept_once(begin: Any) -> None:
    transaction = begin()
    for _ in range(3):
        transaction.call("idToken.setCustomClaim", ["sub", 1])
    assert len(transaction.warnings) == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(METHODS),
    st.lists(JSON | st.just(UNDEFINED), max_size=4),
    st.dictionaries(
        st.sampled_from(["user", "session", "transaction", "request", "refresh_token", "authorization"]), JSON
    ),
)
def test_no_argument_and_no_event_breaks_a_call(
    begin: Any, method: tuple[str, str], args: list[Any], event: dict[str, Any]
) -> None:
    trigger_id, path = method
    transaction: Transaction = begin(trigger_id, event)
    try:
        transaction.call(path, args)
        transaction.commit()
    except ApiError as error:
        assert f"api.{path.split('.')[0]}" in error.message
        transaction.discard()
        assert transaction.outcome == {}
    transaction.start(loader.trigger(trigger_id).handlers[0])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON, st.sampled_from(["user.user_metadata", "transaction.metadata", "session.metadata"]))
def test_calls_that_fit_survive_any_event(begin: Any, data: Any, place: str) -> None:
    name, _, member = place.partition(".")
    event = {name: {member: data}, "refresh_token": data, "authorization": data}
    for trigger_id, path, args in [
        ("post-login", "transaction.setMetadata", ["k", "v"]),
        ("post-login", "session.setMetadata", ["k", "v"]),
        ("post-login", "refreshToken.setMetadata", ["k", "v"]),
        ("post-login", "refreshToken.setExpiresAt", [5]),
        ("post-login", "user.setUserMetadata", ["k", "v"]),
        ("post-login", "accessToken.addScope", ["k"]),
        ("post-login", "roles.getUserEffectiveRoles", []),
        ("post-login", "redirect.sendUserTo", ["https://example.com"]),
        ("credentials-exchange", "transaction.addTargetScope", ["k"]),
    ]:
        transaction = begin(trigger_id, event)
        try:
            transaction.call(path, args)
        except ApiError:
            transaction.discard()
        transaction.start(loader.trigger(trigger_id).handlers[0])
