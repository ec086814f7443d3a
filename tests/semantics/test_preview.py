"""What the platform would make of a flow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from previews import NOW_MS, NOW_S, denied, shown

from actionsmith.runtime.preview import preview
from actionsmith.triggers import loader

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_the_tokens_of_a_login() -> None:
    outcome = {
        "idToken": {"customClaims": {"https://example.com/plan": "gold", "nickname": "Rob"}},
        "accessToken": {"customClaims": {"https://example.com/tier": 2}, "scopes": ["openid", "read:all"]},
    }
    seen = shown(outcome=outcome, request={"query": {"nonce": "n1"}})
    assert "error" not in seen
    assert seen["id_token"] == {
        "iss": "https://login.example.com/",
        "sub": "auth0|64f0c3a91be27d5508a1c9e2",
        "aud": "q7Zt3LxUe9Rk2mVb5Yc8Hn1Ws4Jd6PfA",
        "iat": NOW_S,
        "exp": NOW_S + 36_000,
        "sid": "sess_Wq3LxT9mBv7Kz2",
        "nonce": "n1",
        "amr": ["mfa"],
        "org_id": "org_9fKp2XsVd7QwLt4B",
        "name": "Robin Doe",
        "given_name": "Robin",
        "family_name": "Doe",
        "nickname": "Rob",
        "picture": "https://cdn.example.com/avatars/robin.png",
        "updated_at": "2026-01-20T07:58:44.219Z",
        "email": "robin.doe@example.com",
        "email_verified": True,
        "https://example.com/plan": "gold",
    }
    assert seen["access_token"] == {
        "iss": "https://login.example.com/",
        "sub": "auth0|64f0c3a91be27d5508a1c9e2",
        "aud": ["https://api.example.com/orders", "https://login.example.com/userinfo"],
        "azp": "q7Zt3LxUe9Rk2mVb5Yc8Hn1Ws4Jd6PfA",
        "iat": NOW_S,
        "exp": NOW_S + 86_400,
        "org_id": "org_9fKp2XsVd7QwLt4B",
        "scope": "openid read:all",
        "https://example.com/tier": 2,
    }


def test_tokens_follow_what_was_asked_for() -> None:
    seen = shown(transaction={"requested_scopes": ["openid"]}, resource_server=None)
    assert "access_token" not in seen, "without an API it is opaque"
    assert "email" not in seen["id_token"]
    seen = shown(transaction={"requested_scopes": ["read:orders"]}, authentication={"methods": []})
    assert "id_token" not in seen
    assert seen["access_token"]["aud"] == "https://api.example.com/orders"


@pytest.mark.parametrize(
    ("kinds", "given"),
    [
        (["code"], {"id_token", "access_token"}),
        (["id_token"], {"id_token"}),
        (["token"], {"access_token"}),
        (["code", "id_token"], {"id_token", "access_token"}),
        (None, {"id_token", "access_token"}),
    ],
)
def test_tokens_follow_the_response_type(kinds: list[str] | None, given: set[str]) -> None:
    seen = shown(transaction={"response_type": kinds})
    assert {"id_token", "access_token"} & seen.keys() == given


def test_when_and_how_the_user_authenticated() -> None:
    multi_factor = "http://schemas.openid.net/pape/policies/2007/06/multi-factor"
    seen = shown()["id_token"]
    assert not {"auth_time", "acr"} & seen.keys(), "nobody asked"
    asked = {"request": {"query": {"max_age": "300"}}, "transaction": {"acr_values": [multi_factor]}}
    seen = shown(**asked)["id_token"]
    assert (seen["auth_time"], seen["acr"]) == (NOW_S + 3, multi_factor)
    assert "acr" not in shown(**asked, authentication={"methods": [{"name": "pwd"}]})["id_token"]
    assert "auth_time" not in shown(**asked, session=None)["id_token"]


def test_the_primary_user_is_the_subject() -> None:
    seen = shown(outcome={"authentication": {"primaryUserId": "auth0|1"}})
    assert seen["id_token"]["sub"] == seen["access_token"]["sub"] == "auth0|1"
    (change,) = seen["user"]["changes"]
    assert (change["path"], change["after"]) == ("user_id", "auth0|1")


@pytest.mark.parametrize(
    ("outcome", "passed"),
    [
        ({}, False),
        ({"multifactor": {"provider": "none"}}, False),
        ({"multifactor": {"provider": "any"}}, True),
        ({"authentication": {"challenges": [{"default": None, "options": []}]}}, True),
    ],
)
def test_who_comes_through_a_challenge_has_passed_it(outcome: dict[str, Any], passed: bool) -> None:
    seen = shown(outcome=outcome, authentication={"methods": [{"name": "pwd"}]})
    assert (seen["id_token"].get("amr") == ["mfa"]) == passed


def test_a_machines_token() -> None:
    outcome = {
        "accessToken": {"customClaims": {"a:b": 1}},
        "transaction": {"targetScopes": ["read:orders", "write:orders"]},
    }
    seen = shown("credentials-exchange", outcome)
    assert set(seen) == {"access_token"}
    assert seen["access_token"] == {
        "iss": "https://login.example.com/",
        "sub": "Mt5Kx8QpB2vRz7LdW9cJf3Yh6Ns1TgUe@clients",
        "aud": "https://api.example.com/orders",
        "azp": "Mt5Kx8QpB2vRz7LdW9cJf3Yh6Ns1TgUe",
        "gty": "client-credentials",
        "iat": NOW_S,
        "exp": NOW_S + 86_400,
        "org_id": "org_9fKp2XsVd7QwLt4B",
        "scope": "read:orders write:orders",
        "a:b": 1,
    }
    assert shown("credentials-exchange")["access_token"]["scope"] == "read:orders"


def test_the_redirect_of_a_suspended_flow_is_the_one_it_waits_for(begin: Any) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", ["https://example.com/x", {"query": {"a": "1"}}])
    transaction.commit()
    seen = shown(outcome=transaction.outcome, status=transaction.status)
    assert seen["redirect"] == transaction.waiting_details
    assert seen["redirect"]["url"].startswith("https://example.com/x?a=1&state=")
    assert "error" not in seen


def test_the_result_page_of_a_password_reset() -> None:
    outcome = {"transaction": {"resultUrl": "https://example.com/done"}}
    assert shown("password-reset-post-challenge", outcome)["redirect"] == {"url": "https://example.com/done"}
    assert "redirect" not in shown("password-reset-post-challenge", outcome, "failed")


def test_the_profile_before_and_after() -> None:
    metadata = {"theme": None, "size": 2, "same": True}
    stored = {"theme": "dark", "size": 1, "same": 1}
    seen = shown(
        outcome={"user": {"user_metadata": metadata, "app_metadata": {"new": [1]}}},
        user={"user_metadata": stored, "app_metadata": None},
    )["user"]
    assert seen["before"]["user_metadata"] == stored
    assert seen["after"]["user_metadata"] == {"size": 2, "same": True}
    assert seen["changes"] == [
        {"path": "app_metadata.new", "before": None, "after": [1]},
        {"path": "user_metadata.theme", "before": "dark", "after": None},
        {"path": "user_metadata.size", "before": 1, "after": 2},
        {"path": "user_metadata.same", "before": 1, "after": True},
    ]


def test_metadata_survives_a_refusal_but_not_a_signup() -> None:
    outcome = {"user": {"user_metadata": {"k": 1}}, **denied(reason="no")}
    assert shown("post-login", outcome, "denied")["user"]["changes"]
    assert "user" not in shown("pre-user-registration", outcome, "denied")
    assert shown("pre-user-registration", {"user": {"user_id": "me", "user_metadata": {"k": 1}}})["user"][
        "changes"
    ] == [
        {"path": "user_metadata.k", "before": None, "after": 1},
        {"path": "user_id", "before": None, "after": "me"},
    ]


def test_the_user_of_a_token_exchange() -> None:
    assert shown("custom-token-exchange")["error"]["description"] == "the Action chose no user"
    chosen = {"by": "connection", "connection": "db", "attributes": {"user_id": "7", "email": "a@b.c"}}
    seen = shown("custom-token-exchange", {"user": {**chosen, "app_metadata": {"k": 1}}})
    assert "error" not in seen
    assert seen["user"]["after"] == {"user_id": "7", "email": "a@b.c", "app_metadata": {"k": 1}}


def test_saml() -> None:
    asked = {"attributes": {"groups": ["a"], "old": None}, "config": {"audience": "urn:me"}}
    seen = shown(outcome={"samlResponse": asked}, transaction={"protocol": "samlp"})
    assert seen["saml"] == {
        "attributes": {"groups": ["a"]},
        "removed": ["old"],
        "settings": {"audience": "urn:me"},
    }
    assert "id_token" not in seen
    assert "saml" not in shown(outcome={"samlResponse": asked})


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(loader.trigger_ids()),
    st.sampled_from(["completed", "denied", "suspended", "failed"]),
    st.dictionaries(
        st.sampled_from(["user", "transaction", "client", "resource_server", "request", "authentication"]),
        JSON,
    ),
)
def test_no_event_breaks_the_preview(trigger_id: str, status: str, event: dict[str, Any]) -> None:
    outcome = {"user": {"user_metadata": {"k": 1}}, "redirect": {"url": "https://example.com"}}
    json.dumps(preview(loader.trigger(trigger_id), event, outcome, status, now_ms=NOW_MS))


@pytest.mark.parametrize("trigger_id", loader.trigger_ids())
def test_a_profile_only_where_it_can_change(trigger_id: str) -> None:
    assert ("user" in shown(trigger_id)) == (trigger_id in ("post-login", "pre-user-registration"))
