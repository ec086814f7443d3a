"""The error the caller of a flow gets."""

from __future__ import annotations

from typing import Any

import pytest
from previews import denied, shown


@pytest.mark.parametrize(
    ("trigger_id", "outcome", "error"),
    [
        (
            "credentials-exchange",
            denied(code="invalid_scope", reason="no"),
            {"code": "invalid_scope", "description": "no"},
        ),
        ("credentials-exchange", denied(code="invalid_scope"), {"code": "invalid_scope"}),
        (
            "custom-token-exchange",
            denied(code="invalid_request", reason="expired", invalidSubjectToken=True),
            {"code": "invalid_request", "description": "expired"},
        ),
        (
            "password-reset-post-challenge",
            denied(reason="no"),
            {"code": "access_denied", "description": "no"},
        ),
        (
            "pre-user-registration",
            denied(reason="no", userMessage="Sorry"),
            {
                "code": "extensibility_error",
                "description": "no",
                "status": 400,
                "friendly_message": "Sorry",
            },
        ),
        (
            "pre-user-registration",
            {"validation": {"error": {"code": "bad", "message": "Check it"}}},
            {"code": "bad", "description": "Check it"},
        ),
        (
            "post-login",
            {"refreshToken": {"revoked": {"reason": "old"}}, **denied(reason="old")},
            {"code": "access_denied", "description": "old", "status": 403},
        ),
    ],
)
def test_refusals(trigger_id: str, outcome: dict[str, Any], error: dict[str, Any]) -> None:
    seen = shown(trigger_id, outcome, "denied")
    assert seen["error"] == error
    assert not {"id_token", "access_token", "redirect"} & set(seen)
    assert ("user" in seen) == (trigger_id == "post-login")


def test_a_refused_login_calls_the_application_back() -> None:
    seen = shown(outcome=denied(reason="not today"), status="denied")
    callback = "https://app.example.com/callback?error=access_denied&error_description=not+today&state=h3Jk9dQz7LmPx2Vt"
    assert seen["error"] == {"code": "access_denied", "description": "not today", "callback": callback}


@pytest.mark.parametrize(
    ("transaction", "callback"),
    [
        ({"response_mode": "fragment"}, "#error=access_denied&error_description=no&state="),
        ({"response_mode": None, "response_type": ["id_token"]}, "#error=access_denied"),
        ({"response_mode": None, "response_type": ["code"]}, "?error=access_denied"),
        ({"response_mode": "form_post"}, None),
        ({"protocol": "oauth2-password"}, None),
        ({"protocol": "samlp"}, None),
        ({"redirect_uri": "nowhere"}, None),
    ],
)
def test_where_the_error_goes(transaction: dict[str, Any], callback: str | None) -> None:
    error = shown(outcome=denied(reason="no"), status="denied", transaction=transaction)["error"]
    assert ("callback" in error) == (callback is not None)
    assert error.get("callback", "").startswith(
        f"https://app.example.com/callback{callback}" if callback else ""
    )


def test_a_login_without_a_browser_that_needs_one() -> None:
    seen = shown(
        outcome={"redirect": {"url": "https://example.com"}},
        status="denied",
        transaction={"prompt": ["none"]},
    )
    assert seen["error"]["code"] == "interaction_required"
    assert "redirect" not in seen


def test_mfa_in_a_token_exchange() -> None:
    seen = shown(
        outcome={"multifactor": {"provider": "any"}}, transaction={"protocol": "oauth2-token-exchange"}
    )
    assert seen["error"]["code"] == "mfa_required"
    assert "id_token" not in seen


@pytest.mark.parametrize(
    ("trigger_id", "status", "code"),
    [
        ("post-login", "failed", "access_denied"),
        ("post-login", "timed_out", "access_denied"),
        ("credentials-exchange", "crashed", "server_error"),
        ("pre-user-registration", "failed", "extensibility_error"),
        ("post-user-registration", "failed", None),
        ("event-stream", "failed", None),
    ],
)
def test_failures(trigger_id: str, status: str, code: str | None) -> None:
    assert shown(trigger_id, status=status, failure="boom").get("error", {}).get("code") == code
    if code is not None:
        assert shown(trigger_id, status=status, failure="boom")["error"]["description"] == "boom"
        assert "Action" in shown(trigger_id, status=status)["error"]["description"]
