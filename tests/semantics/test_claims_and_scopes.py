"""Custom claims and scopes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionsmith.runtime.semantics import UNDEFINED, ApiError
from actionsmith.triggers import loader

TOKENS = ("idToken", "accessToken")


@pytest.mark.parametrize("token", TOKENS)
def test_the_last_value_of_a_claim_wins(begin: Any, token: str) -> None:
    transaction = begin()
    for value in (["a"], {"deep": [1, None]}, None):
        transaction.call(f"{token}.setCustomClaim", ["https://example.com/x", value])
    assert transaction.outcome == {token: {"customClaims": {"https://example.com/x": None}}}


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("name", loader.word_list("restricted_claims"))
def test_reserved_claims_are_left_out_and_reported(begin: Any, token: str, name: str) -> None:
    transaction = begin()
    assert transaction.call(f"{token}.setCustomClaim", [name, 1]).gives == "api"
    assert transaction.outcome == {}
    assert f"'{name}' was left out" in transaction.warnings[0]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("https://auth0.com/roles", False),
        ("https://me.eu.auth0.com/roles", False),
        ("http://webtask.io", False),
        ("urn:auth0:x", False),
        ("urn:auth0x", True),
        ("https://notauth0.com/roles", True),
        ("https://example.com/auth0.com", True),
        ("email", True),
        ("http://[broken", True),
    ],
)
def test_namespaces(begin: Any, name: str, kept: bool) -> None:
    transaction = begin()
    transaction.call("idToken.setCustomClaim", [name, 1])
    assert (transaction.outcome != {}) == kept == (not transaction.warnings)


@pytest.mark.parametrize(
    ("audience", "kept"),
    [
        ("https://shop.example.com/api/v2", True),
        ("https://shop.example.com/api/v2/", True),
        ("https://auth0.com.example/api/v2/", True),
        ("https://notauth0.com/mfa/", True),
        ("urn:auth0.com:api", True),
        ("https://[broken", True),
        ("https://tenant.eu.auth0.com/api/v2/", False),
        ("https://tenant.eu.auth0.com/mfa/", False),
        ("https://tenant.auth0.com/me/", False),
        ("https://login.example.com/me/", False),
        ("https://id.example.com/api/v2/", False),
        ("https://tenant.eu.auth0.com/userinfo", True),
        ("https://login.example.com/userinfo", True),
    ],
)
@pytest.mark.parametrize("trigger_id", ["post-login", "credentials-exchange"])
def test_tokens_for_apis_of_the_platform_take_claims_with_a_namespace_only(
    begin: Any, trigger_id: str, audience: str, kept: bool
) -> None:
    event = {
        "resource_server": {"identifier": audience},
        "request": {"hostname": "Login.example.com"},
        "custom_domain": {"domain": "id.example.com"},
    }
    transaction = begin(trigger_id, event)
    transaction.call("accessToken.setCustomClaim", ["foo", 1])
    assert (transaction.outcome == {"accessToken": {"customClaims": {"foo": 1}}}) == kept
    assert bool(transaction.warnings) != kept
    transaction.call("accessToken.setCustomClaim", ["https://shop.example.com/foo", 1])
    assert "https://shop.example.com/foo" in transaction.outcome["accessToken"]["customClaims"]


def test_scope_as_a_claim_throws(begin: Any) -> None:
    with pytest.raises(ApiError, match=r"api\.accessToken\.setCustomClaim: the claim 'scope' cannot be set"):
        begin().call("accessToken.setCustomClaim", ["scope", "x"])


def test_an_undefined_claim_is_left_out(begin: Any) -> None:
    transaction = begin()
    transaction.call("idToken.setCustomClaim", ["plan", UNDEFINED])
    assert transaction.outcome == {}
    assert transaction.warnings == [
        "api.idToken.setCustomClaim: the claim 'plan' was left out: its value is undefined"
    ]


def test_too_many_bytes_of_claims_fail_the_action(begin: Any) -> None:
    transaction = begin()
    limit = loader.limit("custom_claims.payload") * 1024
    transaction.call("idToken.setCustomClaim", ["plan", "x" * (limit - 20)])
    transaction.commit()
    assert "are used" in transaction.warnings[0]
    transaction.start("onExecutePostLogin")
    transaction.call("idToken.setCustomClaim", ["more", "x" * 50])
    with pytest.raises(ApiError, match="may take 102,400 bytes together"):
        transaction.commit()
    assert set(transaction.outcome["idToken"]["customClaims"]) == {"plan"}


def test_scopes_of_the_access_token(begin: Any) -> None:
    event = {"transaction": {"requested_scopes": ["openid", "email"]}}
    transaction = begin("post-login", event)
    transaction.call("accessToken.addScope", [" read:all "])
    transaction.call("accessToken.removeScope", ["email"])
    assert transaction.outcome == {"accessToken": {"scopes": ["openid", "read:all"]}}
    transaction.call("accessToken.removeScope", ["read:all"])
    transaction.call("accessToken.addScope", ["email"])
    assert transaction.outcome == {}


@pytest.mark.parametrize("scope", ["", "   ", "a b", "a\tb", "x" * 281])
def test_what_is_no_scope(begin: Any, scope: str) -> None:
    for path in ("accessToken.addScope", "accessToken.removeScope"):
        with pytest.raises(ApiError, match="scope m"):
            begin().call(path, [scope])
    with pytest.raises(ApiError, match=r"scopes\[1\] m"):
        begin("credentials-exchange").call("transaction.setTargetScopes", [["ok", scope]])


def test_target_scopes_show_in_the_event_at_once(begin: Any) -> None:
    transaction = begin("credentials-exchange")
    answer = transaction.call("transaction.addTargetScope", ["write:orders"])
    assert answer.patches == [("transaction.target_scopes", ["read:orders", "write:orders"])]
    transaction.commit()
    assert transaction.outcome == {"transaction": {"targetScopes": ["read:orders", "write:orders"]}}
    event = transaction.start("onExecuteCredentialsExchange")
    assert event["transaction"]["target_scopes"] == ["read:orders", "write:orders"]
    transaction.call("transaction.removeTargetScope", ["write:orders"])
    assert transaction.outcome == {}
    transaction.call("transaction.clearTargetScopes", [])
    assert transaction.outcome == {"transaction": {"targetScopes": []}}


def test_a_thousand_scopes_and_no_more(begin: Any) -> None:
    scopes = [f"s:{number}" for number in range(1000)]
    transaction = begin("credentials-exchange")
    transaction.call("transaction.setTargetScopes", [[*scopes, "s:1"]])
    with pytest.raises(ApiError, match="at most 1,000"):
        transaction.call("transaction.addTargetScope", ["one-more"])
    transaction = begin("post-login", {})
    for scope in scopes:
        transaction.call("accessToken.addScope", [scope])
    with pytest.raises(ApiError, match="at most 1,000"):
        transaction.call("accessToken.addScope", ["one-more"])
    assert len(transaction.warnings) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["a", "b", "c", "d"]))))
def test_the_last_operation_on_a_scope_counts(operations: list[tuple[bool, str]]) -> None:
    from actionsmith.runtime.semantics import Transaction

    at_first = {"a", "b"}
    event = {"transaction": {"requested_scopes": ["a", "b"]}}
    transaction = Transaction(loader.trigger("post-login"), event, now_ms=lambda: 0.0)
    transaction.start("onExecutePostLogin")
    model = set(at_first)
    for adds, scope in operations:
        transaction.call(f"accessToken.{'add' if adds else 'remove'}Scope", [scope])
        model = model | {scope} if adds else model - {scope}
    result = transaction.outcome.get("accessToken", {}).get("scopes", ["a", "b"])
    assert set(result) == model
    assert len(result) == len(model)


@pytest.mark.parametrize(
    ("trigger_id", "other"),
    [("post-login", "api.accessToken.addScope"), ("credentials-exchange", "api.transaction.addTargetScope")],
)
def test_the_claim_scope_names_the_method_of_the_trigger(begin: Any, trigger_id: str, other: str) -> None:
    with pytest.raises(ApiError, match=f"scopes are changed with {re.escape(other)}$"):
        begin(trigger_id).call("accessToken.setCustomClaim", ["scope", "a"])
