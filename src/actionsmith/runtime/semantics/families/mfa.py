"""Factors to pass or to enroll, custom methods, the primary user (semantics.md, "MFA", "setPrimaryUser")."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from actionsmith.runtime.semantics.answers import ApiError
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_CHALLENGES = "authentication.challenges"
_ENROLLMENTS = "authentication.enrollments"
_SAME = {"push": "push-notification"}
_TOKEN_EXCHANGE = "oauth2-token-exchange"


@means("authentication.challengeWith")
def challenge_with(call: Call) -> None:
    """One factor first; the user may switch to `additionalFactors`."""
    _challenge(call, call.args["factor"], _all_factors(call))


@means("authentication.challengeWithAny")
def challenge_with_any(call: Call) -> None:
    """The user picks one of the factors."""
    _challenge(call, None, _choice(call))


@means("authentication.enrollWith")
def enroll_with(call: Call) -> None:
    """One factor first; the user may enroll one of `additionalFactors` instead."""
    _append(call, _ENROLLMENTS, call.args["factor"], _all_factors(call))


@means("authentication.enrollWithAny")
def enroll_with_any(call: Call) -> None:
    """The user picks one of the factors."""
    _append(call, _ENROLLMENTS, None, _choice(call))


@means("authentication.recordMethod")
def record_method(call: Call) -> None:
    """Later logins of the session find the URL in `event.authentication.methods`."""
    url = call.args["provider_url"]
    if not url.lower().startswith(("http://", "https://")) or len(url.partition("://")[2]) == 0:
        raise call.error(f"provider_url must be an http or https URL, not '{url[:60]}'")
    now = datetime.fromtimestamp(call.ledger.now_ms() / 1000, UTC)
    timestamp = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    recorded = call.ledger.at("authentication.recordedMethods") or []
    call.ledger.put("authentication.recordedMethods", [*recorded, {"name": url, "timestamp": timestamp}])


@means("authentication.setPrimaryUser")
def set_primary_user(call: Call) -> None:
    """Once per transaction (limits.yaml: set_primary_user.calls)."""
    if call.ledger.at("authentication.primaryUserId") is not None:
        raise call.error("the primary user has been set in this transaction already; it can be set once")
    call.ledger.put("authentication.primaryUserId", call.args["primary_user_id"])


@at_end
def check_commands(ledger: Ledger) -> None:
    """When the Action is done: few enough commands, and a protocol that can show them. Raises ApiError."""
    asked = len(ledger.at(_CHALLENGES) or []) + len(ledger.at(_ENROLLMENTS) or [])
    if asked == 0:
        return
    if asked > loader.limit("mfa.commands_per_flow"):
        raise ApiError(
            f"a flow may ask for at most {loader.limit('mfa.commands_per_flow')} challenges and enrollments "
            f"(api.authentication.challengeWith and the like); this one asks for {asked}"
        )
    if ledger.in_event("transaction.protocol") == _TOKEN_EXCHANGE:
        raise ApiError(
            "api.authentication.challengeWith and enrollWith are not possible in a token exchange "
            f"(event.transaction.protocol is {_TOKEN_EXCHANGE})"
        )


def _challenge(call: Call, first: dict[str, Any] | None, factors: list[dict[str, Any]]) -> None:
    _append(call, _CHALLENGES, first, factors)
    enrolled = call.ledger.in_event("user.enrolledFactors")
    if isinstance(enrolled, list):
        has = {_kind(factor) for factor in enrolled if isinstance(factor, dict)}
        if not any(_kind(factor) in has for factor in factors):
            call.warn(
                "the user of this event has enrolled none of these factors (event.user.enrolledFactors); "
                "the transaction would fail"
            )


def _append(call: Call, path: str, first: dict[str, Any] | None, factors: list[dict[str, Any]]) -> None:
    call.ledger.put(path, [*(call.ledger.at(path) or []), {"default": first, "options": factors}])


def _all_factors(call: Call) -> list[dict[str, Any]]:
    return [call.args["factor"], *call.get("options.additionalFactors", [])]


def _choice(call: Call) -> list[dict[str, Any]]:
    factors: list[dict[str, Any]] = call.args["factors"]
    if not factors:
        raise call.error("factors must not be empty")
    return factors


def _kind(factor: dict[str, Any]) -> str:
    kind = str(factor.get("type"))
    return _SAME.get(kind, kind)
