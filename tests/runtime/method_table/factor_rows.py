"""Challenges, enrollments and the primary user."""

from __future__ import annotations

from typing import Any

from method_table.build import accepted, nested, refused
from method_table.calls import Accepted, Calls, Refused

LOGIN = "post-login"
DUO = {"host": "api.duo.example", "ikey": "i", "skey": "s", "username": "robin"}
KEY = {"type": "webauthn-roaming"}
OTP, PHONE = {"type": "otp"}, {"type": "phone", "options": {"preferredMethod": "sms"}}
ENROLLMENTS = [KEY, {"type": "recovery-code"}]


def challenge_rows(trigger: str) -> list[Accepted | Refused]:
    """Challenges; enrollments are in post-login only."""
    path = "authentication.challengeWith"
    asked = {"default": OTP, "options": [OTP, PHONE]}
    nobody = "the user has enrolled none of the factors"
    both = {"user.enrolledFactors": [OTP, PHONE]}
    return [
        accepted(
            trigger,
            path,
            OTP,
            {"additionalFactors": [PHONE]},
            event=both,
            outcome=nested("authentication.challenges", [asked]),
            status="suspended",
        ),
        accepted(
            trigger,
            "authentication.challengeWithAny",
            [OTP, PHONE],
            event=both,
            outcome=nested("authentication.challenges", [{"default": None, "options": [OTP, PHONE]}]),
            status="suspended",
        ),
        accepted(
            trigger,
            path,
            OTP,
            {"additionalFactors": [KEY]},
            event=both,
            outcome=nested("authentication.challenges", [{"default": OTP, "options": [OTP, KEY]}]),
            status="suspended",
        ),
        accepted(
            trigger,
            path,
            KEY,
            {"additionalFactors": [OTP]},
            event=both,
            outcome=nested("authentication.challenges", [{"default": KEY, "options": [KEY, OTP]}]),
            status="suspended",
            warning="has not enrolled webauthn-roaming (event.user.enrolledFactors), so the challenge begins with otp",
        ),
        refused(trigger, path, KEY, event={"user.enrolledFactors": [OTP]}, message=nobody, at_end=True),
        refused(trigger, "authentication.challengeWithAny", [], message="factors must not be empty"),
    ]


def enrollment_rows() -> list[Accepted | Refused]:
    """What only a login has: enrollments, recorded methods, the primary user, MFA at the end."""
    nothing: dict[str, Any] = {"user.enrolledFactors": []}
    enroll = "authentication.enrollWith"
    exchange = {"transaction.protocol": "oauth2-token-exchange"}
    recorded = [{"name": "https://example.com/face", "timestamp": "2026-01-20T08:00:00.000Z"}]
    once: Calls = (("authentication.setPrimaryUser", ["auth0|1"]),)
    duo = {"allowRememberBrowser": True, "providerOptions": DUO}
    rows: list[Accepted | Refused] = [
        accepted(
            LOGIN,
            enroll,
            KEY,
            {"additionalFactors": ENROLLMENTS[1:]},
            event=nothing,
            outcome=nested("authentication.enrollments", [{"default": KEY, "options": ENROLLMENTS}]),
            status="suspended",
        ),
        accepted(
            LOGIN,
            "authentication.enrollWithAny",
            ENROLLMENTS,
            event=nothing,
            outcome=nested("authentication.enrollments", [{"default": None, "options": ENROLLMENTS}]),
            status="suspended",
        ),
        accepted(
            LOGIN,
            enroll,
            OTP,
            outcome=nested("authentication.enrollments", [{"default": OTP, "options": [OTP]}]),
            warning="the user has enrolled otp already",
        ),
        refused(LOGIN, "authentication.enrollWithAny", [], message="factors must not be empty"),
        refused(
            LOGIN, "authentication.challengeWith", OTP, event=exchange, message="not possible", at_end=True
        ),
        refused(LOGIN, enroll, KEY, event=exchange, message="not possible in a token exchange", at_end=True),
        accepted(
            LOGIN,
            "authentication.recordMethod",
            "https://example.com/face",
            handler="onContinuePostLogin",
            gives="api",
            outcome=nested("authentication.recordedMethods", recorded),
        ),
        refused(
            LOGIN,
            "authentication.recordMethod",
            "https://example.com/face",
            message="is only available in ",
            name="TypeError",
        ),
        accepted(
            LOGIN,
            "authentication.setPrimaryUser",
            "auth0|1",
            outcome=nested("authentication.primaryUserId", "auth0|1"),
        ),
        refused(LOGIN, "authentication.setPrimaryUser", "auth0|2", before=once, message="it can be set once"),
        accepted(
            LOGIN,
            "multifactor.enable",
            "duo",
            duo,
            gives="api",
            outcome={"multifactor": {"provider": "duo", "options": duo}},
        ),
    ]
    return rows
