"""User, app, transaction, session and refresh token metadata."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.runtime.semantics import UNDEFINED, ApiError
from actionsmith.triggers import loader

REFRESH = {"refresh_token": {"id": "r1", "metadata": {"device": "tv"}}}


@pytest.mark.parametrize(
    ("method", "field"), [("setUserMetadata", "user_metadata"), ("setAppMetadata", "app_metadata")]
)
def test_later_actions_see_pending_user_metadata(begin: Any, method: str, field: str) -> None:
    given = {"user": {"user_id": "u", field: {"old": 1, "gone": 2}}}
    transaction = begin("post-login", given)
    assert transaction.call(f"user.{method}", ["new", {"a": 1}]).patches == []
    transaction.call(f"user.{method}", ["gone", None])
    transaction.commit()
    assert transaction.outcome == {"user": {field: {"new": {"a": 1}, "gone": None}}}
    assert transaction.start("onExecutePostLogin")["user"][field] == {"old": 1, "new": {"a": 1}}
    assert given == {"user": {"user_id": "u", field: {"old": 1, "gone": 2}}}


def test_undefined_drops_a_pending_change(begin: Any) -> None:
    transaction = begin()
    transaction.call("user.setUserMetadata", ["k", 1])
    transaction.call("user.setUserMetadata", ["k", UNDEFINED])
    assert transaction.outcome == {}


@pytest.mark.parametrize("key", ["a.b", "$set"])
def test_forbidden_characters_in_metadata_keys(begin: Any, key: str) -> None:
    for method in ("setUserMetadata", "setAppMetadata"):
        with pytest.raises(ApiError, match="key must not contain"):
            begin().call(f"user.{method}", [key, 1])


def test_reserved_keys_of_app_metadata(begin: Any) -> None:
    for key in loader.word_list("reserved_app_metadata_keys"):
        with pytest.raises(ApiError, match=f"'{key}' is reserved"):
            begin().call("user.setAppMetadata", [key, 1])
    begin().call("user.setUserMetadata", ["email", 1])


def test_stored_metadata_that_is_no_object_fails_the_action(begin: Any) -> None:
    transaction = begin("post-login", {"user": {"user_metadata": "text"}})
    with pytest.raises(ApiError, match="is not an object"):
        transaction.call("user.setUserMetadata", ["k", 1])
    with pytest.raises(ApiError, match="is not an object"):
        transaction.commit()


def test_a_big_profile_is_noted(begin: Any) -> None:
    transaction = begin("post-login", {"user": {"user_metadata": {"old": "x" * 6_000}}})
    transaction.call("user.setUserMetadata", ["new", "x" * 4_000])
    transaction.commit()
    assert not transaction.warnings
    transaction.start("onExecutePostLogin")
    transaction.call("user.setAppMetadata", ["more", "x" * 1_000])
    transaction.commit()
    assert "it should take 10,240 at most" in transaction.warnings[0]


def test_too_much_metadata_fails_the_action(begin: Any) -> None:
    transaction = begin()
    transaction.call("user.setUserMetadata", ["k", "x" * 33_000])
    with pytest.raises(ApiError, match="at most 32,768 bytes of user_metadata"):
        transaction.commit()
    assert transaction.outcome == {}


def test_user_metadata_beside_a_new_primary_user_is_lost(begin: Any) -> None:
    transaction = begin()
    transaction.call("user.setUserMetadata", ["kept", 1])
    transaction.commit()
    transaction.start("onExecutePostLogin")
    transaction.call("authentication.setPrimaryUser", ["auth0|1"])
    transaction.call("user.setUserMetadata", ["lost", 1])
    transaction.call("user.setAppMetadata", ["kept", 1])
    transaction.commit()
    assert transaction.outcome["user"] == {"user_metadata": {"kept": 1}, "app_metadata": {"kept": 1}}
    assert "is lost" in transaction.warnings[-1]
    first = begin()
    first.call("authentication.setPrimaryUser", ["auth0|1"])
    first.call("user.setUserMetadata", ["lost", 1])
    first.commit()
    assert first.outcome == {"authentication": {"primaryUserId": "auth0|1"}}
    transaction.start("onExecutePostLogin")
    with pytest.raises(ApiError, match="can be set once"):
        transaction.call("authentication.setPrimaryUser", ["auth0|2"])


def test_transaction_metadata_is_visible_at_once(begin: Any) -> None:
    transaction = begin("post-login", {"transaction": {"metadata": {"old": "x"}}})
    answer = transaction.call("transaction.setMetadata", ["step", 2])
    assert answer.patches == [("transaction.metadata", {"old": "x", "step": 2})]
    answer = transaction.call("transaction.setMetadata", ["old", None])
    assert answer.patches == [("transaction.metadata", {"step": 2})]
    transaction.commit()
    assert transaction.start("onExecutePostLogin")["transaction"] == {"metadata": {"step": 2}}
    assert transaction.outcome == {"transaction": {"metadata": {"step": 2, "old": None}}}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("k", {"a": 1}, "value must be a string, a number, true or false or null, not an object"),
        ("k", [], "not an array"),
        ("k", 2**53, "safe number"),
        ("k", float("nan"), "not NaN"),
        ("k" * 65, "v", "key may have at most 64 characters"),
        ("", "v", "must not be empty"),
        ("k", "x" * 8193, "at most 8,192 bytes"),
        ("k", "é" * 4097, "at most 8,192 bytes"),
    ],
)
def test_what_transaction_metadata_refuses(begin: Any, key: str, value: Any, message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin().call("transaction.setMetadata", [key, value])


def test_all_transaction_metadata_together(begin: Any) -> None:
    transaction = begin("post-login", {})
    transaction.call("transaction.setMetadata", ["a", "x" * 8192])
    transaction.call("transaction.setMetadata", ["b", "x" * 8192])
    with pytest.raises(ApiError, match="all values together"):
        transaction.call("transaction.setMetadata", ["c", "x"])
    transaction.call("transaction.setMetadata", ["a", None])
    transaction.call("transaction.setMetadata", ["c", "x"])


@pytest.mark.parametrize(
    ("namespace", "in_event", "event"),
    [
        ("session", "session", {"session": {"id": "s", "metadata": {"device": "tv"}}}),
        ("refreshToken", "refresh_token", REFRESH),
    ],
)
def test_metadata_of_session_and_refresh_token(
    begin: Any, namespace: str, in_event: str, event: dict[str, Any]
) -> None:
    transaction = begin("post-login", event)
    answer = transaction.call(f"{namespace}.setMetadata", ["theme", "dark"])
    assert answer.patches == [(f"{in_event}.metadata", {"device": "tv", "theme": "dark"})]
    answer = transaction.call(f"{namespace}.deleteMetadata", ["device"])
    assert answer.patches == [(f"{in_event}.metadata", {"theme": "dark"})]
    assert transaction.outcome == {namespace: {"metadata": {"theme": "dark", "device": None}}}
    assert transaction.call(f"{namespace}.deleteMetadata", ["nothing"]).patches == []
    assert transaction.call(f"{namespace}.evictMetadata", []).patches == [(f"{in_event}.metadata", {})]
    assert transaction.outcome == {namespace: {"metadata": {"device": None}}}
    assert transaction.call(f"{namespace}.evictMetadata", []).patches == []


@pytest.mark.parametrize(
    ("calls", "metadata"),
    [
        ([("set", "new", "v"), ("evict",), ("set", "c", "v")], {"old": None, "c": "v"}),
        ([("evict",), ("set", "old", "2")], {"old": "2"}),
        ([("set", "old", "2"), ("evict",)], {"old": None}),
        ([("set", "new", "v"), ("delete", "new")], None),
        ([("set", "new", "v"), ("set", "new", None)], None),
        ([("set", "new", None)], None),
        ([("set", "new", "v"), ("evict",)], {"old": None}),
        ([("delete", "old"), ("evict",)], {"old": None}),
    ],
)
@pytest.mark.parametrize(("namespace", "member"), [("session", "session"), ("refreshToken", "refresh_token")])
def test_the_outcome_tells_which_stored_entries_are_gone(
    begin: Any, namespace: str, member: str, calls: list[tuple[Any, ...]], metadata: dict[str, Any] | None
) -> None:
    for in_two_actions in (False, True):
        transaction = begin("post-login", {member: {"id": "x", "metadata": {"old": "1"}}})
        for method, *args in calls:
            transaction.call(f"{namespace}.{method}Metadata", args)
            if in_two_actions:
                transaction.commit()
                transaction.start("onExecutePostLogin")
        assert transaction.outcome == ({namespace: {"metadata": metadata}} if metadata else {})


def test_evicting_what_a_new_refresh_token_would_have_got_leaves_nothing(begin: Any) -> None:
    transaction = begin("post-login", {})
    transaction.call("refreshToken.setMetadata", ["k", "v"])
    transaction.call("refreshToken.evictMetadata", [])
    assert transaction.outcome == {}


@pytest.mark.parametrize("namespace", ["session", "refreshToken"])
def test_rules_of_session_and_refresh_token_metadata(begin: Any, namespace: str) -> None:
    path = f"{namespace}.setMetadata"
    for key, value, message in [
        ("a b", "v", "letters, digits"),
        ("", "v", "must not be empty|letters, digits"),
        ("k" * 256, "v", "at most 255 characters"),
        ("k", "v" * 256, "at most 255 characters"),
        ("k", "a\0b", "null bytes"),
        ("k", 5, "value must be a string or null, not a number"),
    ]:
        with pytest.raises(ApiError, match=message):
            begin().call(path, [key, value])
    transaction = begin("post-login", {"session": {"id": "s"}})
    for number in range(25):
        transaction.call(path, [f"k{number}", "v"])
    with pytest.raises(ApiError, match="at most 25 entries"):
        transaction.call(path, ["k25", "v"])
    transaction.call(path, ["k3", None])
    transaction.call(path, ["k25", "v"])


def test_session_metadata_needs_a_session(begin: Any) -> None:
    with pytest.raises(ApiError, match="there is no session"):
        begin("post-login", {}).call("session.setMetadata", ["k", "v"])


def test_refresh_token_metadata_before_there_is_a_token(begin: Any) -> None:
    transaction = begin("post-login", {})
    assert transaction.call("refreshToken.setMetadata", ["k", "v"]).patches == []
    transaction.commit()
    assert "refresh_token" not in transaction.start("onExecutePostLogin")
    assert transaction.outcome == {"refreshToken": {"metadata": {"k": "v"}}}


def test_online_refresh_tokens_cannot_be_changed(begin: Any) -> None:
    event = {"refresh_token": {"access": "online"}}
    for path, args in [
        ("refreshToken.setMetadata", ["k", "v"]),
        ("refreshToken.setExpiresAt", [2e12]),
        ("refreshToken.setIdleExpiresAt", [2e12]),
    ]:
        with pytest.raises(ApiError, match="online refresh token"):
            begin("post-login", event).call(path, args)
