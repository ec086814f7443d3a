"""Suspended flows: what they wait for, what they take along, and what an answer changes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from actionsmith.errors import UserError
from actionsmith.runtime.semantics import UNDEFINED, ApiError, Transaction
from actionsmith.triggers import loader

NOW_MS = 1_768_896_000_000.0
OTP, PHONE, PUSH = {"type": "otp"}, {"type": "phone"}, {"type": "push"}
PASSED_OTP = {"name": "mfa", "type": "otp", "timestamp": "2026-01-20T08:00:00.000Z"}


def user(*enrolled: str, **more: Any) -> dict[str, Any]:
    """An event whose user has these factors."""
    return {"user": {"user_id": "u1", "enrolledFactors": [{"type": kind} for kind in enrolled], **more}}


def ask(transaction: Transaction, *calls: tuple[str, list[Any]]) -> None:
    """An Action that makes these calls and returns."""
    transaction.start("onExecutePostLogin")
    for path, args in calls:
        transaction.call(path, args)
    transaction.commit()


def elsewhere(transaction: Transaction, event: dict[str, Any]) -> Transaction:
    """The same flow as another process finds it, after a way through JSON text."""
    carried = json.loads(json.dumps(transaction.carry()))
    return Transaction(transaction.trigger, event, now_ms=lambda: NOW_MS, carried=carried)


def test_a_redirect_waits_with_state_and_query(begin: Any) -> None:
    transaction = begin()
    options = {"query": {"session_token": "a b"}}
    ask(transaction, ("redirect.sendUserTo", ["https://example.com/x?keep=1", options]))
    assert transaction.waiting == "redirect"
    details = transaction.waiting_details
    query = dict(parse_qsl(urlsplit(details["url"]).query))
    assert query == {"keep": "1", "session_token": "a b", "state": details["state"]}
    assert details["url"].startswith("https://example.com/x?")
    again = begin()
    ask(again, ("redirect.sendUserTo", ["https://example.com"]))
    assert again.waiting_details["url"] == f"https://example.com/?state={details['state']}"
    assert again.waiting_details["state"] == details["state"]


def test_the_way_back_from_a_redirect(begin: Any) -> None:
    event = user("otp", user_metadata={"old": 1})
    event["request"] = {"hostname": "login.example.com", "query": {"prompt": "login"}, "body": {"a": 1}}
    transaction = begin("post-login", event)
    ask(
        transaction,
        ("user.setUserMetadata", ["new", 2]),
        ("transaction.setMetadata", ["step", "terms"]),
        ("idToken.setCustomClaim", ["plan", "gold"]),
        ("redirect.sendUserTo", ["https://example.com"]),
    )
    later = elsewhere(transaction, event)
    assert (later.status, later.waiting) == ("suspended", "redirect")
    later.resume({"query": {"state": "s", "ok": "1"}, "method": "GET"})
    assert (later.status, later.waiting) == ("completed", None)
    seen = later.start("onContinuePostLogin")
    request = {
        "hostname": "login.example.com",
        "query": {"state": "s", "ok": "1"},
        "body": {},
        "method": "GET",
    }
    assert seen["request"] == request
    assert seen["user"]["user_metadata"] == {"old": 1, "new": 2}
    assert seen["transaction"]["metadata"] == {"step": "terms"}
    assert later.outcome["idToken"] == {"customClaims": {"plan": "gold"}}
    assert "redirect" not in later.outcome


def test_metadata_saved_before_a_redirect_cannot_be_dropped_any_more(begin: Any) -> None:
    transaction = begin()
    ask(transaction, ("user.setUserMetadata", ["k", 1]), ("redirect.sendUserTo", ["https://example.com"]))
    later = elsewhere(transaction, {"user": {}})
    later.resume({})
    later.start("onContinuePostLogin")
    later.call("user.setUserMetadata", ["k", 2])
    later.call("user.setUserMetadata", ["k", UNDEFINED])
    later.commit()
    assert later.outcome == {"user": {"user_metadata": {"k": 1}}}


def test_the_answers_of_a_form(begin: Any) -> None:
    transaction = begin()
    ask(transaction, ("prompt.render", ["ap_1", {"fields": {"name": "x"}}]))
    assert transaction.waiting == "form"
    assert transaction.waiting_details.items() >= {"id": "ap_1", "fields": {"name": "x"}}.items()
    transaction.resume({"body": {"state": "s"}}, {"fields": {"name": "Robin"}, "vars": {}})
    seen = transaction.start("onContinuePostLogin")
    assert seen["prompt"] == {"id": "ap_1", "fields": {"name": "Robin"}, "vars": {}}
    assert seen["request"]["body"] == {"state": "s"}
    assert "prompt" not in transaction.outcome


def test_a_factor_passed_shows_in_the_next_action(begin: Any) -> None:
    event = user("otp", "phone") | {"authentication": {"methods": [{"name": "pwd"}]}}
    transaction = begin("post-login", event)
    ask(transaction, ("authentication.challengeWith", [OTP, {"additionalFactors": [PUSH, PHONE]}]))
    assert transaction.waiting == "mfa"
    command = {"command": "challenge", "default": OTP, "options": [OTP, PHONE]}
    assert transaction.waiting_details == command, "a factor that is not enrolled is not offered"
    assert not transaction.warnings, "one of several may be missing"
    later = elsewhere(transaction, event)
    with pytest.raises(UserError, match="does not ask for the factor 'push'; it asks for otp, phone"):
        later.mfa_passed("push")
    later.mfa_passed("otp")
    assert (later.status, later.waiting) == ("completed", None)
    assert later.start("onExecutePostLogin")["authentication"]["methods"] == [{"name": "pwd"}, PASSED_OTP]
    assert later.outcome["authentication"]["challenges"][0]["options"] == [OTP, PUSH, PHONE]


def test_a_first_factor_that_is_not_enrolled_is_noted(begin: Any) -> None:
    transaction = begin("post-login", user("otp"))
    ask(transaction, ("authentication.challengeWith", [PUSH, {"additionalFactors": [OTP]}]))
    assert transaction.waiting_details["options"] == [OTP]
    (warning,) = transaction.warnings
    assert "has not enrolled push-notification" in warning
    assert "begins with otp" in warning


def test_after_a_factor_the_request_is_another_one(begin: Any) -> None:
    transaction = begin()
    first = transaction.start("onExecutePostLogin")["request"]
    ask(transaction, ("authentication.challengeWith", [OTP]))
    transaction.mfa_passed()
    later = transaction.start("onExecutePostLogin")["request"]
    assert first["query"]["scope"]
    assert later == {**first, "query": {}, "body": {}}


def test_a_new_factor_is_enrolled(begin: Any) -> None:
    transaction = begin("post-login", user())
    ask(transaction, ("authentication.enrollWithAny", [[PUSH, OTP]]))
    transaction.mfa_passed("push")
    seen = transaction.start("onExecutePostLogin")
    assert seen["user"]["enrolledFactors"] == [{"type": "push-notification", "options": {}}]
    assert seen["authentication"]["methods"][0]["type"] == "push-notification"


def test_a_factor_that_was_not_passed_refuses_the_login(begin: Any) -> None:
    transaction = begin()
    ask(transaction, ("authentication.challengeWith", [OTP]), ("authentication.challengeWith", [PHONE]))
    transaction.mfa_failed()
    assert (transaction.status, transaction.waiting) == ("denied", None)
    assert transaction.outcome["access"] == {
        "denied": {"reason": "the multi-factor challenge was not passed"}
    }


def test_several_commands_are_asked_one_after_the_other(begin: Any) -> None:
    transaction = begin("post-login", user())
    ask(
        transaction,
        ("authentication.enrollWith", [OTP]),
        ("authentication.challengeWithAny", [[OTP, PHONE]]),
        ("authentication.enrollWith", [PHONE]),
        ("redirect.sendUserTo", ["https://example.com"]),
    )
    assert "belong in separate ones" in transaction.warnings[-1]
    transaction.mfa_passed()
    assert transaction.waiting_details["default"] == PHONE, "the challenge is skipped: otp has been passed"
    transaction.mfa_passed()
    assert transaction.waiting == "redirect"
    with pytest.raises(UserError, match="the flow waits for redirect, so an answer for mfa does not fit"):
        transaction.mfa_passed()
    transaction.resume({})
    with pytest.raises(UserError, match="the flow waits for nothing"):
        transaction.resume({})


def test_a_challenge_nobody_can_pass_fails_the_transaction(begin: Any) -> None:
    for asked, has in [([PUSH], ("otp",)), ([PUSH, PHONE], ()), ([{"type": "email"}], ("otp",))]:
        with pytest.raises(ApiError, match="enrolled none of the factors asked for"):
            ask(begin("post-login", user(*has)), ("authentication.challengeWithAny", [asked]))


def test_a_verified_address_can_be_challenged(begin: Any) -> None:
    transaction = begin("post-login", user(email_verified=True))
    ask(transaction, ("authentication.challengeWith", [{"type": "email"}]))
    assert transaction.waiting == "mfa"


def test_nothing_is_skipped_for_a_user_nothing_is_known_of(begin: Any) -> None:
    transaction = begin("post-login", {})
    ask(transaction, ("authentication.challengeWith", [PUSH]), ("authentication.enrollWith", [PUSH]))
    assert transaction.waiting_details["command"] == "challenge"


def test_factors_the_user_has_are_not_enrolled_again(begin: Any) -> None:
    transaction = begin("post-login", user("otp"))
    ask(transaction, ("authentication.enrollWith", [OTP]))
    assert (transaction.status, transaction.waiting) == ("completed", None)
    assert "skipped, because the user has enrolled otp already" in transaction.warnings[0]


def test_another_factor_needs_a_challenge_first(begin: Any) -> None:
    transaction = begin("post-login", user("otp"))
    ask(transaction, ("authentication.enrollWith", [PHONE]))
    assert "must pass a challenge" in transaction.warnings[0]
    transaction = begin("post-login", user("otp"))
    ask(transaction, ("authentication.challengeWith", [OTP]), ("authentication.enrollWith", [PHONE]))
    assert not transaction.warnings


def test_four_commands_per_flow_counted_over_suspensions(begin: Any) -> None:
    transaction = begin("post-login", {})
    ask(transaction, *[("authentication.challengeWith", [factor]) for factor in (OTP, PHONE, PUSH)])
    for _ in range(3):
        transaction.mfa_passed()
    transaction = elsewhere(transaction, {})
    ask(transaction, ("authentication.challengeWith", [{"type": "email"}]))
    transaction.mfa_passed()
    with pytest.raises(ApiError, match="at most 4 challenges and enrollments") as caught:
        ask(transaction, ("authentication.enrollWith", [{"type": "recovery-code"}]))
    assert "authentication.enrollWith" in caught.value.methods


def test_commands_that_are_skipped_do_not_count(begin: Any) -> None:
    enrolled = ("otp", "phone", "push", "webauthn-roaming")
    transaction = begin("post-login", user(*enrolled))
    ask(
        transaction,
        ("authentication.challengeWith", [OTP]),
        *[("authentication.enrollWith", [{"type": kind}]) for kind in enrolled],
        ("authentication.enrollWith", [{"type": "recovery-code"}]),
    )
    transaction.mfa_passed()
    assert transaction.waiting_details["options"] == [{"type": "recovery-code"}]
    transaction.mfa_passed()
    ask(transaction, *[("authentication.challengeWith", [{"type": kind}]) for kind in ("phone", "push")])
    transaction.mfa_passed()
    transaction.mfa_passed()
    assert (transaction.status, transaction.waiting) == ("completed", None)


def test_a_fifth_command_of_the_same_action_fails_when_its_turn_comes(begin: Any) -> None:
    kinds = ("otp", "phone", "push", "email", "webauthn-roaming")
    transaction = begin("post-login", {})
    ask(transaction, *[("authentication.challengeWith", [{"type": kind}]) for kind in kinds])
    for _ in range(4):
        assert transaction.waiting == "mfa"
        transaction.mfa_passed()
    assert (transaction.status, transaction.waiting) == ("denied", None)
    assert "at most 4 challenges" in transaction.outcome["access"]["denied"]["reason"]


def test_a_factor_is_not_asked_for_twice_in_one_flow(begin: Any) -> None:
    transaction = begin("post-login", user("otp"))
    ask(transaction, ("authentication.challengeWith", [OTP]))
    transaction.mfa_passed()
    for _ in range(6):
        ask(transaction, ("authentication.challengeWith", [OTP]))
        assert transaction.waiting is None, "and what is skipped does not count"


def test_mfa_commands_take_precedence_over_enabling(begin: Any) -> None:
    transaction = begin()
    ask(transaction, ("multifactor.enable", ["any"]), ("authentication.challengeWith", [OTP]))
    assert "multifactor.enable has no effect" in transaction.warnings[0]


def test_a_refused_login_waits_for_nothing(begin: Any) -> None:
    transaction = begin()
    ask(transaction, ("redirect.sendUserTo", ["https://example.com"]), ("access.deny", ["no"]))
    assert (transaction.status, transaction.waiting) == ("denied", None)


def test_forms_need_a_browser_too(begin: Any) -> None:
    transaction = begin("post-login", {"transaction": {"protocol": "oauth2-token-exchange"}})
    ask(transaction, ("prompt.render", ["ap_1"]))
    assert (transaction.status, transaction.waiting) == ("denied", None)
    transaction = begin("password-reset-post-challenge", {})
    transaction.call("prompt.render", ["ap_1"])
    transaction.commit()
    assert transaction.waiting == "form"


def test_scopes_outside_the_grant_are_lost_at_the_end(begin: Any) -> None:
    event = {"transaction": {"target_scopes": ["read", "write"]}}
    transaction = begin("credentials-exchange", event)
    transaction.call("transaction.removeTargetScope", ["write"])
    transaction.call("transaction.addTargetScope", ["admin"])
    transaction.commit()
    assert "the target scopes admin are outside the client grant" in transaction.warnings[0]
    later = Transaction(transaction.trigger, event, now_ms=lambda: NOW_MS, carried=transaction.carry())
    assert later.start("onExecuteCredentialsExchange")["transaction"]["target_scopes"] == ["read", "admin"]
    later.commit()
    later.finish()
    assert later.outcome == {"transaction": {"targetScopes": ["read"]}}


@pytest.mark.parametrize("change", [{"waits": 5}, {"outcome": None}, {"surplus": 1}])
def test_what_cannot_be_carried(begin: Any, change: dict[str, Any]) -> None:
    carried = begin().carry() | change
    with pytest.raises(UserError, match="what the suspended flow carries cannot be used"):
        Transaction(loader.trigger("post-login"), {}, now_ms=lambda: NOW_MS, carried=carried)
