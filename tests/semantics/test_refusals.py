"""access, validation and revoke: what refuses, and what still counts then."""

from __future__ import annotations

from typing import Any

import pytest

from actionsmith.runtime.semantics import ApiError


def test_a_refusal_keeps_other_effects(begin: Any) -> None:
    transaction = begin()
    transaction.call("user.setUserMetadata", ["seen", True])
    transaction.call("access.deny", ["not today"])
    transaction.call("cache.set", ["k", "v"])
    transaction.commit()
    assert transaction.status == "denied"
    assert transaction.outcome["access"] == {"denied": {"reason": "not today"}}
    assert transaction.outcome["user"] == {"user_metadata": {"seen": True}}
    assert transaction.cache.get("k", 0) is not None


def test_a_refusal_beats_waiting_for_the_user(begin: Any) -> None:
    transaction = begin()
    transaction.call("redirect.sendUserTo", ["https://example.com/x"])
    transaction.call("access.deny", ["no"])
    transaction.commit()
    assert transaction.status == "denied"


def test_signups_can_be_refused_with_one_argument(begin: Any) -> None:
    transaction = begin("pre-user-registration")
    transaction.call("access.deny", ["closed"])
    assert transaction.outcome == {"access": {"denied": {"reason": "closed"}}}
    transaction.call("access.deny", ["closed", "Come back later"])
    assert transaction.outcome["access"]["denied"] == {"reason": "closed", "userMessage": "Come back later"}


def test_machine_tokens_are_refused_with_a_code(begin: Any) -> None:
    transaction = begin("credentials-exchange")
    transaction.call("access.deny", ["invalid_scope"])
    assert transaction.outcome == {"access": {"denied": {"code": "invalid_scope"}}}
    with pytest.raises(ApiError, match="did you mean 'invalid_request'"):
        transaction.call("access.deny", ["invalid_requests"])


def test_token_exchange_messages_begin_with_the_contracts_words(begin: Any) -> None:
    transaction = begin("custom-token-exchange")
    with pytest.raises(ApiError, match=r"^Invalid deny arguments: api\.access\.deny: reason is missing"):
        transaction.call("access.deny", ["code"])
    with pytest.raises(ApiError, match=r"^Invalid deny arguments: api\.access\.deny: code must not be empty"):
        transaction.call("access.deny", ["", "reason"])
    transaction.call("access.rejectInvalidSubjectToken", ["expired"])
    denied = {"code": "invalid_request", "reason": "expired", "invalidSubjectToken": True}
    assert transaction.outcome == {"access": {"denied": denied}}


def test_validation_error(begin: Any) -> None:
    transaction = begin("pre-user-registration")
    transaction.call("validation.error", ["bad_phone", "Check the number"])
    transaction.commit()
    assert transaction.status == "denied"
    assert transaction.outcome == {
        "validation": {"error": {"code": "bad_phone", "message": "Check the number"}}
    }


def test_revoking_refuses_too(begin: Any) -> None:
    transaction = begin()
    transaction.call("session.revoke", ["stolen"])
    transaction.commit()
    assert transaction.status == "denied"
    assert transaction.outcome == {
        "session": {"revoked": {"reason": "stolen", "preserveRefreshTokens": False}},
        "access": {"denied": {"reason": "stolen"}},
    }
    assert not transaction.warnings


def test_revoking_a_refresh_token_that_is_not_there_is_noted(begin: Any) -> None:
    transaction = begin()
    transaction.call("refreshToken.revoke", ["old"])
    assert transaction.outcome["refreshToken"] == {"revoked": {"reason": "old"}}
    assert "no refresh token" in transaction.warnings[0]
