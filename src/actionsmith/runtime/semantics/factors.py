"""Which factors a flow can still ask for, and what passing one changes (semantics.md, "MFA")."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.answers import ApiError
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.moments import iso_time

Factor = dict[str, Any]
FactorCommand = dict[str, Any]
"""`{"command": "challenge" | "enroll", "default": Factor | None, "options": [Factor]}`."""

CHALLENGES = ("authentication.challengeWith", "authentication.challengeWithAny")
COMMANDS = (*CHALLENGES, "authentication.enrollWith", "authentication.enrollWithAny")
"""The methods that ask for factors."""

_SAME = {"push": "push-notification"}


def kind_of(factor: Factor) -> str:
    """The type of a factor as the event spells it: `push` is `push-notification` there."""
    kind = str(factor.get("type"))
    return _SAME.get(kind, kind)


def usable(ledger: Ledger, command: FactorCommand) -> list[Factor]:
    """Those of a command's factors that the user can be asked for now; none when the command is skipped.

    Left out are factors passed in this transaction, for a challenge those that are not enrolled and for an
    enrollment those that are. Nothing is known about a user without `event.user.enrolledFactors`; all
    factors stay then. Raises ApiError, for the transaction fails, when a challenge has none left and none
    of them was passed. An enrollment is skipped then, as the MFA guide says; the reference lets it fail.
    """
    asked: list[Factor] = command["options"]
    left = unpassed(ledger, command)
    enrolled = enrolled_kinds(ledger)
    challenge = command["command"] == "challenge"
    if enrolled is not None:
        left = [factor for factor in left if (kind_of(factor) in enrolled) == challenge]
    if challenge and not left and len(unpassed(ledger, command)) == len(asked):
        raise ApiError(
            "api.authentication.challengeWith and challengeWithAny: the user has enrolled none of the "
            f"factors asked for ({_listed(asked)}; see event.user.enrolledFactors), so the transaction fails",
            methods=CHALLENGES,
        )
    first = command["default"]
    if challenge and first is not None and first in unpassed(ledger, command) and first not in left:
        ledger.warn(
            f"api.authentication.challengeWith: the user has not enrolled {kind_of(first)} "
            f"(event.user.enrolledFactors), so the challenge begins with {kind_of(left[0])}"
        )
    if not challenge and not left:
        ledger.warn(
            "api.authentication.enrollWith and enrollWithAny: skipped, because the user has enrolled "
            f"{_listed(asked)} already; look at event.user.enrolledFactors first, for one of the platform's "
            "manuals says that the transaction fails"
        )
    return left


def unpassed(ledger: Ledger, command: FactorCommand) -> list[Factor]:
    """Those of a command's factors that have not been passed in this transaction."""
    return [factor for factor in command["options"] if kind_of(factor) not in ledger.passed]


def enrolled_kinds(ledger: Ledger) -> set[str] | None:
    """The factors of the user; a verified e-mail address is one of them. None when nothing is known."""
    factors = ledger.in_event("user.enrolledFactors")
    if not isinstance(factors, list):
        return None
    kinds = {kind_of(factor) for factor in factors if isinstance(factor, dict)}
    return kinds | {"email"} if ledger.in_event("user.email_verified") is True else kinds


def passed(ledger: Ledger, command: FactorCommand, factor: Factor) -> None:
    """The user has passed, or has just enrolled, `factor`: the Actions that follow find it in the event."""
    kind = kind_of(factor)
    ledger.passed.append(kind)
    methods = ledger.in_event("authentication.methods")
    entry = {"name": "mfa", "type": kind, "timestamp": iso_time(ledger.now_ms())}
    ledger.show("authentication.methods", [*(methods if isinstance(methods, list) else []), entry])
    if command["command"] == "enroll":
        enrolled = ledger.in_event("user.enrolledFactors")
        new = {"type": kind, "options": factor.get("options") or {}}
        ledger.show("user.enrolledFactors", [*(enrolled if isinstance(enrolled, list) else []), new])


def warn_of_missing_challenge(ledger: Ledger) -> None:
    """A user who has a factor must pass a challenge with it before another one can be enrolled."""
    if ledger.in_event("user.enrolledFactors") and not ledger.passed:
        ledger.warn(
            "api.authentication.enrollWith and enrollWithAny: the user has a factor already and must pass a "
            "challenge with it in the same flow before enrolling another (api.authentication.challengeWith)"
        )


def _listed(factors: list[Factor]) -> str:
    return ", ".join(kind_of(factor) for factor in factors)
