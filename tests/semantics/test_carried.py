"""A flow that is carried to another process goes on as if it had stayed."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.runtime.semantics import UNDEFINED, ApiError, Cache, Transaction
from actionsmith.triggers import loader

NOW_MS = 1_768_896_000_000.0
EVENT: dict[str, Any] = json.loads(loader.default_event_text("post-login"))
KEYS = st.sampled_from(["a", "b"])
VALUES = st.sampled_from(["x", None, UNDEFINED])
CALLS = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                "user.setUserMetadata",
                "user.setAppMetadata",
                "transaction.setMetadata",
                "session.setMetadata",
                "refreshToken.setMetadata",
                "idToken.setCustomClaim",
                "samlResponse.setAttribute",
            ]
        ),
        st.tuples(KEYS, VALUES),
    ),
    st.tuples(
        st.sampled_from(["accessToken.addScope", "accessToken.removeScope", "authentication.setPrimaryUser"]),
        st.tuples(KEYS),
    ),
    st.sampled_from(
        [
            ("session.setCookieMode", ("persistent",)),
            ("session.evictMetadata", ()),
            ("authentication.challengeWith", ({"type": "otp"},)),
            ("authentication.challengeWith", ({"type": "phone"},)),
            ("authentication.enrollWith", ({"type": "recovery-code"},)),
            ("redirect.sendUserTo", ("https://example.com",)),
            ("prompt.render", ("ap_1",)),
        ]
    ),
)


def act(transaction: Transaction, calls: list[Any]) -> list[Any]:
    """One Action with these calls, and the answers its user gives; what can be seen of it."""
    seen: list[Any] = [transaction.start("onExecutePostLogin")]
    for path, args in calls:
        try:
            transaction.call(path, list(args))
        except ApiError as error:
            seen.append(error.message)
    try:
        transaction.commit()
    except ApiError as error:
        seen.append(error.message)
    return [*seen, transaction.outcome, transaction.status, transaction.waiting_details]


def answer(transaction: Transaction) -> None:
    while transaction.waiting is not None:
        if transaction.waiting == "mfa":
            transaction.mfa_passed()
        else:
            transaction.resume(
                {"query": {"state": "s"}}, {"fields": {}} if transaction.waiting == "form" else None
            )


def carried(transaction: Transaction) -> Transaction:
    return Transaction(
        transaction.trigger,
        EVENT,
        now_ms=lambda: NOW_MS,
        cache=Cache(transaction.cache.dump()),
        carried=json.loads(json.dumps(transaction.carry())),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CALLS, max_size=4), min_size=2, max_size=4))
def test_a_carried_flow_is_the_same_flow(actions: list[list[Any]]) -> None:
    stays = moves = Transaction(loader.trigger("post-login"), EVENT, now_ms=lambda: NOW_MS)
    moves = carried(stays)
    for calls in actions:
        assert act(moves, calls) == act(stays, calls)
        moves = carried(moves)
        answer(stays)
        answer(moves)
        assert (moves.status, moves.outcome, moves.warnings) == (stays.status, stays.outcome, stays.warnings)
        if stays.status == "denied":
            return
