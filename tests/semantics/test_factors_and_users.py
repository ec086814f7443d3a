"""MFA commands, recorded methods, the users and actors of a token exchange."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.runtime.semantics import ApiError

OTP, PHONE = {"type": "otp"}, {"type": "phone", "options": {"preferredMethod": "sms"}}


def test_enabling_mfa_does_not_suspend(begin: Any) -> None:
    transaction = begin()
    transaction.call("multifactor.enable", ["any", {"allowRememberBrowser": True}])
    transaction.commit()
    assert transaction.status == "completed"
    assert transaction.outcome == {
        "multifactor": {"provider": "any", "options": {"allowRememberBrowser": True}}
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"allowRememberBrowser": "yes"},
            r"options\.allowRememberBrowser must be true or false, not a string",
        ),
        ({"providerOptions": {"host": "h"}}, r"options\.providerOptions\.ikey is missing"),
        (5, "options must be an object, not a number"),
    ],
)
def test_options_of_mfa(begin: Any, options: Any, message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin().call("multifactor.enable", ["duo", options])


def test_challenges_and_enrollments_suspend(begin: Any) -> None:
    transaction = begin("post-login", {})
    transaction.call("authentication.challengeWith", [OTP, {"additionalFactors": [PHONE]}])
    transaction.call("authentication.challengeWithAny", [[OTP, PHONE]])
    transaction.call("authentication.enrollWith", [OTP])
    transaction.call("authentication.enrollWithAny", [[PHONE]])
    transaction.commit()
    assert transaction.status == "suspended"
    assert transaction.outcome == {
        "authentication": {
            "challenges": [
                {"default": OTP, "options": [OTP, PHONE]},
                {"default": None, "options": [OTP, PHONE]},
            ],
            "enrollments": [{"default": OTP, "options": [OTP]}, {"default": None, "options": [PHONE]}],
        }
    }


@pytest.mark.parametrize(
    ("path", "args", "message"),
    [
        ("challengeWith", ["otp"], "factor must be an object, not a string"),
        ("challengeWith", [{}], r"factor\.type is missing"),
        ("challengeWith", [{"type": "opt"}], r"factor\.type must be one of|factor\.type must be 'otp'"),
        ("challengeWithAny", [[]], "factors must not be empty"),
        ("challengeWithAny", [[{"type": "otp"}, {"type": "nope"}]], r"factors\[1\]\.type must be"),
        ("enrollWith", [{"type": "email"}], r"factor\.type must be .*, not 'email'"),
        (
            "challengeWith",
            [{"type": "phone", "options": {"preferredMethod": "fax"}}],
            r"factor\.options\.preferredMethod must be 'sms', 'voice' or 'both', not 'fax'",
        ),
    ],
)
def test_what_is_no_factor(begin: Any, path: str, args: list[Any], message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin().call(f"authentication.{path}", args)


def test_no_challenges_in_a_token_exchange(begin: Any) -> None:
    transaction = begin("post-login", {"transaction": {"protocol": "oauth2-token-exchange"}})
    transaction.call("authentication.challengeWith", [OTP])
    with pytest.raises(ApiError, match="not possible in a token exchange"):
        transaction.commit()


@pytest.mark.parametrize(
    "change", [{"organization": {"id": "org_1"}}, {"transaction": {"actor": {"sub": "a"}}}]
)
def test_mfa_is_not_for_every_token_exchange(begin: Any, change: dict[str, Any]) -> None:
    transaction = change.get("transaction", {}) | {"protocol": "oauth2-token-exchange"}
    exchange = begin("post-login", change | {"transaction": transaction})
    exchange.call("multifactor.enable", ["any"])
    exchange.commit()
    assert "in an organization or with an actor has no MFA" in exchange.warnings[0]


def test_recorded_methods_only_after_a_redirect(begin: Any) -> None:
    with pytest.raises(ApiError, match="only available in onContinuePostLogin, not in onExecutePostLogin"):
        begin().call("authentication.recordMethod", ["https://example.com/face"])
    transaction = begin(handler="onContinuePostLogin")
    transaction.call("authentication.recordMethod", ["https://example.com/face"])
    recorded = [{"name": "https://example.com/face", "timestamp": "2026-01-20T08:00:00.000Z"}]
    assert transaction.outcome == {"authentication": {"recordedMethods": recorded}}
    with pytest.raises(ApiError, match="http or https URL"):
        transaction.call("authentication.recordMethod", ["face"])


def test_the_user_of_a_token_exchange(begin: Any) -> None:
    transaction = begin("custom-token-exchange")
    transaction.commit()
    assert "no user was chosen" in transaction.warnings[0]
    transaction.start("onExecuteCustomTokenExchange")
    transaction.call("user.setAppMetadata", ["k", 1])
    transaction.call("authentication.setUserById", ["auth0|1"])
    assert transaction.outcome == {"user": {"by": "id", "user_id": "auth0|1", "app_metadata": {"k": 1}}}
    options = {"creationBehavior": "none", "updateBehavior": "replace"}
    transaction.call("authentication.setUserByConnection", ["db", {"user_id": "1"}, options])
    chosen = {"by": "connection", "connection": "db", "attributes": {"user_id": "1"}, **options}
    assert transaction.outcome == {"user": {**chosen, "app_metadata": {"k": 1}}}
    assert "had been chosen already" in transaction.warnings[-1]
    more = {"by": "hack", "connection": "evil"}
    transaction.call("authentication.setUserByConnection", ["db", {"user_id": "1"}, {**options, **more}])
    assert transaction.outcome == {"user": {**chosen, "app_metadata": {"k": 1}}}
    assert "options has a member 'by' that means nothing" in transaction.warnings[-2]


@pytest.mark.parametrize(
    ("attributes", "options", "message"),
    [
        ({}, {"creationBehavior": "none", "updateBehavior": "none"}, r"user_attributes\.user_id is missing"),
        ({"user_id": "1"}, {"creationBehavior": "none"}, r"options\.updateBehavior is missing"),
        ({"user_id": "1"}, {"creationBehavior": "x", "updateBehavior": "none"}, "not 'x'"),
        (
            {"user_id": "1", "nickname": "x" * 301},
            {"creationBehavior": "none", "updateBehavior": "none"},
            r"user_attributes\.nickname may have at most 300 characters",
        ),
        (
            {"user_id": "1", **{f"a{n}": n for n in range(24)}},
            {"creationBehavior": "none", "updateBehavior": "none"},
            "at most 24 members",
        ),
    ],
)
def test_attributes_of_a_user(
    begin: Any, attributes: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ApiError, match=message):
        begin("custom-token-exchange").call("authentication.setUserByConnection", ["db", attributes, options])


def actors(levels: int) -> dict[str, Any]:
    return {"sub": "a", "act": actors(levels - 1)} if levels > 1 else {"sub": "a"}


def test_actors(begin: Any) -> None:
    transaction = begin("custom-token-exchange")
    actor = {**actors(5), "team": "support", "level": 3, "on_call": True}
    transaction.call("authentication.setActor", [actor])
    assert transaction.outcome == {"actor": actor}


@pytest.mark.parametrize(
    ("actor", "message"),
    [
        (actors(6), "one level too many; a chain has at most 5 actors"),
        ({"sub": "a", "act": {}}, r"actor\.act\.sub is missing"),
        ({"sub": ""}, r"actor\.sub must"),
        ({"sub": "a", "act": {"sub": "x" * 513}}, r"actor\.act\.sub must have 1 to 512"),
        ({"sub": "a", **{f"p{n}": n for n in range(6)}}, "at most 5 members"),
        ({"sub": "a", "x": ["no"]}, r"actor\.x must be a string, a number or true or false"),
        ({"sub": "a", "x": "y" * 65}, r"actor\.x may have at most 64 characters"),
        ({"sub": "a", "x" * 65: 1}, "more than 64 characters"),
    ],
)
def test_what_is_no_actor(begin: Any, actor: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiError, match=message):
        begin("custom-token-exchange").call("authentication.setActor", [actor])


def test_the_id_of_a_new_user(begin: Any) -> None:
    transaction = begin("pre-user-registration")
    assert transaction.call("user.setUserId", ["a@b.c_+-"]).gives == "api"
    assert transaction.outcome == {"user": {"user_id": "a@b.c_+-"}}
    for user_id in ("", "a b", "x" * 256, 5):
        with pytest.raises(ApiError, match="user_id must be 1 to 255 letters"):
            transaction.call("user.setUserId", [user_id])
