"""Redirects, session tokens and forms."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from actionsmith.runtime.semantics import ApiError, session_token

NOW_S = 1_768_896_000
SECRET = "a shared secret that is long enough"


def continued(**changes: Any) -> dict[str, Any]:
    """An event that came back with a token whose claims are changed; None leaves one out."""
    claims = {
        "sub": "u1",
        "iss": "login.example.com",
        "iat": NOW_S,
        "exp": NOW_S + 60,
        "state": "st",
        "ok": 1,
    }
    claims.update(changes)
    token = jwt.encode({name: claim for name, claim in claims.items() if claim is not None}, SECRET, "HS256")
    query = {"session_token": token, "state": "st"}
    request = {"hostname": "login.example.com", "ip": "203.0.113.1", "query": query, "body": {}}
    return {"user": {"user_id": "u1"}, "request": request}


def test_send_user_to(begin: Any) -> None:
    transaction = begin()
    query = {"session_token": "t", "step": 2, "really": True, "rate": 1234567.5, "whole": 3.0}
    assert transaction.call("redirect.sendUserTo", ["https://example.com/x", {"query": query}]).gives == "api"
    transaction.commit()
    assert transaction.status == "suspended"
    texts = {"session_token": "t", "step": "2", "really": "true", "rate": "1234567.5", "whole": "3"}
    assert transaction.outcome == {"redirect": {"url": "https://example.com/x", "query": texts}}


def test_result_url(begin: Any) -> None:
    transaction = begin("password-reset-post-challenge")
    options = {"query": {"a": "1 2", "b": "new"}}
    transaction.call("transaction.setResultUrl", ["https://example.com/done?b=old&c=#top", options])
    expected = "https://example.com/done?b=new&c=&a=1+2#top"
    assert transaction.outcome == {"transaction": {"resultUrl": expected}}


@pytest.mark.parametrize(
    ("change", "can"),
    [
        ({}, True),
        ({"protocol": "oidc-basic-profile", "prompt": ["login"]}, True),
        ({"prompt": ["none"]}, False),
        ({"protocol": "oauth2-refresh-token"}, False),
        ({"protocol": "oauth2-password"}, False),
    ],
)
def test_can_redirect(begin: Any, change: dict[str, Any], can: bool) -> None:
    transaction = begin("post-login", {"transaction": change})
    assert transaction.call("redirect.canRedirect", []).value is can
    assert "deprecated" in transaction.warnings[0]
    transaction.call("redirect.sendUserTo", ["https://example.com"])
    assert any("error interaction_required" in text for text in transaction.warnings) is not can
    transaction.commit()
    assert transaction.status == ("suspended" if can else "denied")
    assert (transaction.waiting == "redirect") is can


def test_encode_token(begin: Any) -> None:
    transaction = begin("post-login", continued())
    options = {"payload": {"sub": "other", "cart": 5}, "secret": SECRET, "expiresInSeconds": 10}
    token = transaction.call("redirect.encodeToken", [options]).value
    claims = {"iat": NOW_S, "iss": "login.example.com", "sub": "other", "exp": NOW_S + 10}
    assert session_token.decode(token, SECRET) == {**claims, "ip": "203.0.113.1", "cart": 5}
    assert transaction.outcome == {}
    token = transaction.call("redirect.encodeToken", [{"payload": {}, "secret": SECRET}]).value
    assert session_token.decode(token, SECRET)["exp"] == NOW_S + 900


def test_a_secret_that_is_not_set_is_named(begin: Any) -> None:
    with pytest.raises(ApiError, match=r"encodeToken: options\.secret is missing; it must be a string"):
        begin().call("redirect.encodeToken", [{"payload": {}}])
    with pytest.raises(ApiError, match=r"encodeToken: options\.secret must be a string, not null"):
        begin().call("redirect.encodeToken", [{"payload": {}, "secret": None}])


def test_validate_token(begin: Any) -> None:
    transaction = begin("post-login", continued(), handler="onContinuePostLogin")
    claims = transaction.call("redirect.validateToken", [{"secret": SECRET}]).value
    assert claims["ok"] == 1
    assert not transaction.warnings


def test_the_body_wins_and_the_parameter_has_a_name(begin: Any) -> None:
    event = continued(ok=1)
    other = continued(ok=2)["request"]["query"]["session_token"]
    event["request"]["body"] = {"session_token": other, "mine": other}
    transaction = begin("post-login", event)
    assert transaction.call("redirect.validateToken", [{"secret": SECRET}]).value["ok"] == 2
    options = {"secret": SECRET, "tokenParameterName": "mine"}
    assert transaction.call("redirect.validateToken", [options]).value["ok"] == 2
    options["tokenParameterName"] = "absent"
    with pytest.raises(ApiError, match="the parameter 'absent' is missing"):
        transaction.call("redirect.validateToken", [options])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"iss": "https://site.example"}, "'iss' must be the tenant's host 'login.example.com'"),
        ({"iss": "https://login.example.com.example"}, "'iss' must be the tenant's host"),
        ({"sub": "u2"}, "'sub' is not the current user"),
        ({"state": "other"}, "'state' differs"),
        ({"state": None}, "'state' differs"),
        ({"exp": NOW_S}, "has expired"),
        ({"exp": "later"}, "'exp' must be a number"),
        ({"iat": "1768896000"}, "'iat' must be a number"),
        ({"sub": None}, "'sub' is missing"),
        ({"iss": None}, "'iss' is missing"),
        ({"iat": None}, "'iat' is missing"),
        ({"exp": None}, "'exp' is missing"),
    ],
)
def test_tokens_that_are_refused(begin: Any, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin("post-login", continued(**changes)).call("redirect.validateToken", [{"secret": SECRET}])


@pytest.mark.parametrize(
    "issuer", ["login.example.com", "https://login.example.com", "https://login.example.com/"]
)
def test_the_tenants_host_is_the_issuer(begin: Any, issuer: str) -> None:
    transaction = begin("post-login", continued(iss=issuer))
    assert transaction.call("redirect.validateToken", [{"secret": SECRET}]).value["iss"] == issuer
    event = continued(iss=issuer)
    del event["request"]["hostname"]
    assert begin("post-login", event).call("redirect.validateToken", [{"secret": SECRET}]).value


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (jwt.encode({}, SECRET[::-1], "HS256"), "signature is wrong"),
        (jwt.encode({}, None, "none"), "must be signed with HS256"),
        ("a.b", "three parts"),
        ("a.b.c", "cannot be read"),
        ("é.é.é", "cannot be read"),
    ],
)
def test_what_is_no_token(begin: Any, token: str, message: str) -> None:
    event = continued()
    event["request"]["query"]["session_token"] = token
    with pytest.raises(ApiError, match=message):
        begin("post-login", event).call("redirect.validateToken", [{"secret": SECRET}])


def test_forms(begin: Any) -> None:
    transaction = begin()
    options = {"fields": {"name": "x"}, "vars": {"secret": 1}}
    transaction.call("prompt.render", ["ap_1", options])
    transaction.commit()
    assert transaction.status == "suspended"
    assert transaction.outcome == {"prompt": {"id": "ap_1", **options}}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fields": {"1st": 1}}, "does not match"),
        ({"fields": {f"f{n}": 1 for n in range(25)}}, r"promptOptions\.fields may have at most 24 keys"),
        ({"vars": {f"f{n}": 1 for n in range(25)}}, r"promptOptions\.vars may have at most 24 keys"),
        ({"vars": {"a": "x" * 24_576}}, "at most 24,576 bytes"),
        ({"fields": "x"}, r"promptOptions\.fields must be an object, not a string"),
    ],
)
def test_what_a_form_refuses(begin: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin().call("prompt.render", ["ap_1", options])


@pytest.mark.parametrize(
    "calls",
    [
        [("prompt.render", ["a"]), ("prompt.render", ["b"])],
        [("prompt.render", ["a"]), ("redirect.sendUserTo", ["https://example.com"])],
        [("redirect.sendUserTo", ["https://example.com"]), ("prompt.render", ["a"])],
    ],
)
def test_one_form_or_one_redirect_per_action(begin: Any, calls: list[Any]) -> None:
    transaction = begin()
    transaction.call(*calls[0])
    with pytest.raises(ApiError):
        transaction.call(*calls[1])
    with pytest.raises(ApiError):
        transaction.commit()
    assert transaction.outcome == {}
    assert transaction.status == "completed"
    transaction.start("onExecutePostLogin")
    transaction.call(*calls[1])
    transaction.commit()
    assert transaction.status == "suspended"
