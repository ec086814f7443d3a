from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionsmith.errors import UserError
from actionsmith.triggers import loader
from actionsmith.triggers.edit import set_in_event
from actionsmith.triggers.validation import Fault, check_event


def faults(trigger_id: str, *changes: str, without: str = "") -> dict[str, str]:
    """The faults of the default event with some changes, as path: message."""
    event = json.loads(loader.default_event_text(trigger_id))
    for change in changes:
        set_in_event(event, change)
    if without:
        *parents, last = without.split(".")
        owner = event
        for step in parents:
            owner = owner[step]
        del owner[last]
    return {fault.path: fault.message for fault in check_event(trigger_id, json.dumps(event, indent=2))}


def test_an_unknown_member_names_its_path_and_the_near_one() -> None:
    found = faults("post-login", "reqest={}")
    assert list(found) == ["event.reqest"]
    assert "did you mean 'request'?" in found["event.reqest"]


def test_members_that_open_objects_carry_are_fine() -> None:
    assert not faults("post-login", 'user.groups=["a"]', "user.identities[0].extra=1")


def test_members_of_maps_are_fine_when_their_values_are() -> None:
    assert not faults("post-login", 'user.app_metadata.plan={"a": [null]}', 'client.metadata.tier="x"')
    found = faults("post-login", "client.metadata.tier=1")
    assert "a string was expected" in found["event.client.metadata.tier"]


def test_members_found_outside_the_reference_are_accepted_and_never_missed() -> None:
    assert not faults("post-login", 'configuration={"a": 1}', "anonymous_session={}", "experiment=null")
    assert faults("post-login", "anonymous_session.user_id=1")


@pytest.mark.parametrize("secrets", ["null", "[]", '{"KEY": 5}'])
def test_secrets_are_not_looked_at(secrets: str) -> None:
    assert not faults("post-login", f"secrets={secrets}")


def test_secrets_may_be_missing() -> None:
    assert not faults("post-login", without="secrets")


def test_a_missing_member_is_reported_at_its_parent() -> None:
    found = faults("post-login", without="user.user_id")
    assert list(found) == ["event.user"]
    assert "'user_id'" in found["event.user"]


def test_an_optional_parent_may_be_missing_with_all_it_holds() -> None:
    assert not faults("post-login", without="authorization")


def test_a_required_member_is_missed_where_its_optional_parent_is_there() -> None:
    assert "'roles'" in faults("post-login", "authorization={}")["event.authorization"]


def test_values_outside_an_enumeration() -> None:
    found = faults("post-login", 'authentication.riskAssessment.confidence="hgih"')
    message = found["event.authentication.riskAssessment.confidence"]
    assert '"hgih"' in message
    assert "low, medium, high, neutral" in message
    assert faults("post-login", 'transaction.response_type=["codes"]')


def test_an_open_enumeration_takes_other_values() -> None:
    assert not faults("post-login", 'authentication.methods[0].name="https://example.com/method"')


def test_null_only_where_the_contract_says_so() -> None:
    assert not faults("event-stream", "message.data=null")
    assert "leave the member out" in faults("post-login", "user.phone_number=null")["event.user.phone_number"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5", "a number (5)"),
        ("true", "a boolean (true)"),
        ("[]", "an array"),
        ("null", "null"),
        ("{}", "an object"),
    ],
)
def test_a_wrong_type_says_what_was_found_and_what_was_expected(value: str, shown: str) -> None:
    message = faults("post-login", f"user.email={value}")["event.user.email"]
    assert message.startswith(f"event.user.email is {shown}, but a string was expected")


def test_a_long_value_is_cut() -> None:
    message = faults("post-login", f'authorization.roles="{"x" * 500}"')["event.authorization.roles"]
    assert len(message) < 150


def test_lines_are_those_of_the_text() -> None:
    text = json.dumps(json.loads(loader.default_event_text("post-login")), indent=2)
    broken = text.replace('"client_id":', '"client_idd":', 1)
    line = next(number for number, row in enumerate(broken.split("\n"), 1) if "client_idd" in row)
    parent = next(number for number, row in enumerate(broken.split("\n"), 1) if '"client": {' in row)
    assert [(fault.path, fault.line) for fault in check_event("post-login", broken)] == [
        ("event.client", parent),
        ("event.client.client_idd", line),
    ]


def test_an_event_that_is_no_object() -> None:
    assert check_event("post-login", "[1]") == [
        Fault("event", 1, "event is an array, but an object was expected")
    ]


def test_an_unknown_trigger() -> None:
    with pytest.raises(UserError, match="post-login"):
        check_event("post-logn", "{}")


def test_a_huge_event_with_many_faults_is_reported_whole() -> None:
    event: dict[str, Any] = {f"unknown_{number}": {"deep": [number] * 20} for number in range(5_000)}
    found = check_event("event-stream", json.dumps(event, indent=1))
    assert sum(fault.path.startswith("event.unknown_") for fault in found) == 5_000
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**60), 2**60)
        | st.floats(allow_nan=False)
        | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["user", "request", "client", "methods", "x", "[0]", "a.b"]), inner
            )
        ),
        max_leaves=10,
    )
)
def test_any_json_can_be_checked(value: Any) -> None:
    for fault in check_event("post-login", json.dumps(value)):
        assert fault.message.startswith(fault.path)
        assert fault.line == 1
