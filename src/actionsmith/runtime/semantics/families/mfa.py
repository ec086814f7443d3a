"""Factors to pass or to enroll, custom methods, the primary user (semantics.md, "MFA", "setPrimaryUser")."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.answers import ApiError
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.moments import iso_time

_CHALLENGES = "authentication.challenges"
_ENROLLMENTS = "authentication.enrollments"
_TOKEN_EXCHANGE = "oauth2-token-exchange"


@means("authentication.challengeWith")
def challenge_with(call: Call) -> None:
    """One factor first; the user may switch to `additionalFactors`."""
    _ask(call, _CHALLENGES, call.args["factor"], _all_factors(call))


@means("authentication.challengeWithAny")
def challenge_with_any(call: Call) -> None:
    """The user picks one of the factors."""
    _ask(call, _CHALLENGES, None, _choice(call))


@means("authentication.enrollWith")
def enroll_with(call: Call) -> None:
    """One factor first; the user may enroll one of `additionalFactors` instead."""
    _ask(call, _ENROLLMENTS, call.args["factor"], _all_factors(call))


@means("authentication.enrollWithAny")
def enroll_with_any(call: Call) -> None:
    """The user picks one of the factors."""
    _ask(call, _ENROLLMENTS, None, _choice(call))


@means("authentication.recordMethod")
def record_method(call: Call) -> None:
    """Later logins of the session find the URL in `event.authentication.methods`."""
    from actionsmith.runtime.semantics.urls import is_web_url  # only here: most logins record no method

    url = call.args["provider_url"]
    if not is_web_url(url):
        raise call.error(f"provider_url must be an http or https URL, not '{url[:60]}'")
    recorded = call.ledger.at("authentication.recordedMethods") or []
    entry = {"name": url, "timestamp": iso_time(call.ledger.now_ms())}
    call.ledger.put("authentication.recordedMethods", [*recorded, entry])


@means("authentication.setPrimaryUser")
def set_primary_user(call: Call) -> None:
    """Once per transaction (limits.yaml: set_primary_user.calls)."""
    if call.ledger.at("authentication.primaryUserId") is not None:
        raise call.error("the primary user has been set in this transaction already; it can be set once")
    call.ledger.put("authentication.primaryUserId", call.args["primary_user_id"])


@at_end
def check_commands(ledger: Ledger) -> None:
    """When the Action is done: factors cannot be asked for everywhere. Raises ApiError."""
    if ledger.factor_commands and ledger.event_says("transaction.protocol", _TOKEN_EXCHANGE):
        from actionsmith.runtime.semantics.factors import COMMANDS  # only for the error

        raise ApiError(
            "api.authentication.challengeWith and enrollWith are not possible in a token exchange "
            f"(event.transaction.protocol is {_TOKEN_EXCHANGE})",
            methods=COMMANDS,
        )
    if ledger.at("multifactor") is None:
        return
    if _exchange_without_mfa(ledger):
        ledger.warn_once(
            "api.multifactor.enable: a token exchange in an organization or with an actor has no MFA"
        )
    if ledger.at(_CHALLENGES) or ledger.at(_ENROLLMENTS):
        ledger.warn_once(
            "api.multifactor.enable has no effect: the challenges and enrollments of this flow "
            "(api.authentication.challengeWith and the like) take precedence"
        )


def _exchange_without_mfa(ledger: Ledger) -> bool:
    if not ledger.event_says("transaction.protocol", _TOKEN_EXCHANGE):
        return False
    places = ("organization", "transaction.actor")
    return any(ledger.in_event(place) is not None for place in places)


def _ask(call: Call, path: str, first: dict[str, Any] | None, factors: list[dict[str, Any]]) -> None:
    asked = {"default": first, "options": factors}
    call.ledger.put(path, [*(call.ledger.at(path) or []), asked])
    command = "challenge" if path == _CHALLENGES else "enroll"
    call.ledger.factor_commands.append({"command": command, **asked})


def _all_factors(call: Call) -> list[dict[str, Any]]:
    return [call.args["factor"], *call.get("options.additionalFactors", [])]


def _choice(call: Call) -> list[dict[str, Any]]:
    factors: list[dict[str, Any]] = call.args["factors"]
    if not factors:
        raise call.error("factors must not be empty")
    return factors
