"""Every sample, run on each of its events in both languages: the same commands and the same outcome."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args
from unittest.mock import ANY

import pytest
from sample_files import SAMPLES
from sample_running import run_sample

from actionsmith.runtime.execution import Status
from actionsmith.runtime.host_kind import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
ROLES = "https://example.com/roles"


class Told(NamedTuple):
    """What a sample must do with one event."""

    status: Status
    commands: list[tuple[str, list[Any]]]
    console: tuple[Any, ...] = ()


NOTHING = Told("completed", [])
CASES: dict[tuple[str, str], Told] = {
    ("mfa-for-role", "admin user"): Told("completed", [("multifactor.enable", ["any"])]),
    ("mfa-for-role", "test user"): NOTHING,
    ("redirect-to-downtime-page", "login during downtime"): Told(
        "suspended",
        [
            (
                "redirect.sendUserTo",
                ["https://status.example.com/downtime", {"query": {"app": "Example Web Shop"}}],
            )
        ],
    ),
    ("redirect-to-downtime-page", "back from downtime page"): Told(
        "denied", [("access.deny", ["We are under maintenance. Please try again later."])]
    ),
    ("refuse-new-sign-ups", "new sign-up"): Told(
        "denied", [("access.deny", ["sign_ups_closed", "We are not accepting sign-ups at the moment."])]
    ),
    ("refuse-new-sign-ups", "sign-up of a colleague"): NOTHING,
    ("initial-metadata", "new signup from DE"): Told(
        "completed",
        [
            ("user.setUserMetadata", ["language", "de"]),
            ("user.setUserMetadata", ["tour_finished", False]),
            ("user.setAppMetadata", ["plan", "trial"]),
            ("user.setAppMetadata", ["signed_up_in", "DE"]),
        ],
    ),
    ("initial-metadata", "new signup from nowhere"): Told(
        "completed",
        [
            ("user.setUserMetadata", ["language", "en"]),
            ("user.setUserMetadata", ["tour_finished", False]),
            ("user.setAppMetadata", ["plan", "free"]),
            ("user.setAppMetadata", ["signed_up_in", "unknown"]),
        ],
    ),
    ("claims-from-roles", "editor in an organization"): Told(
        "completed",
        [
            ("idToken.setCustomClaim", [ROLES, ["editor", "member"]]),
            ("accessToken.setCustomClaim", [ROLES, ["editor", "member"]]),
            ("accessToken.setCustomClaim", ["https://example.com/organization", "example-org"]),
        ],
    ),
    ("claims-from-roles", "user without roles"): Told(
        "completed",
        [("idToken.setCustomClaim", [ROLES, []]), ("accessToken.setCustomClaim", [ROLES, []])],
    ),
    ("deny-by-country", "login from Antarctica"): Told(
        "denied", [("access.deny", ["Logins from Antarctica are not allowed."])]
    ),
    ("deny-by-country", "login from an unknown place"): NOTHING,
    ("step-up-redirect", "login that asks to transfer money"): Told(
        "suspended",
        [
            ("redirect.encodeToken", [ANY]),
            (
                "redirect.sendUserTo",
                ["https://identity-check.example.com/start", {"query": {"session_token": ANY}}],
            ),
        ],
    ),
    ("step-up-redirect", "login that asks for nothing special"): NOTHING,
    ("step-up-redirect", "back from identity check"): Told(
        "completed",
        [
            ("redirect.validateToken", [ANY]),
            ("accessToken.setCustomClaim", ["https://example.com/step_up", "passport"]),
        ],
    ),
    ("step-up-redirect", "back with failed check"): Told(
        "denied",
        [("redirect.validateToken", [ANY]), ("access.deny", ["The identity check was not passed."])],
    ),
    ("scopes-for-machine-to-machine", "job that asks for its scope"): Told(
        "completed",
        [
            ("transaction.setTargetScopes", [["read:orders"]]),
            ("accessToken.setCustomClaim", ["https://example.com/owner", "billing-team"]),
        ],
    ),
    ("scopes-for-machine-to-machine", "job that asks for nothing"): Told(
        "completed",
        [
            ("transaction.setTargetScopes", [["read:orders", "write:orders"]]),
            ("accessToken.setCustomClaim", ["https://example.com/owner", "billing-team"]),
        ],
    ),
    ("scopes-for-machine-to-machine", "job that asks for too much"): Told(
        "denied", [("access.deny", ["invalid_scope", "Not allowed: delete:orders"])]
    ),
    ("shared-logger", "login with a correlation id"): Told(
        "completed",
        [("transaction.setMetadata", ["correlation_id", "corr-20260120-0001"])],
        console=(
            '{"message":"login","correlation_id":"corr-20260120-0001","user":"auth0|64f0c3a91be27d5508a1c9e2",'
            '"client":"q7Zt3LxUe9Rk2mVb5Yc8Hn1Ws4Jd6PfA","connection":"Username-Password-Authentication",'
            '"country":"PT"}',
        ),
    ),
    ("shared-logger", "first login"): Told(
        "completed",
        [("transaction.setMetadata", ["correlation_id", "corr-20260120-0007"])],
        console=(ANY, ANY),
    ),
}
NEEDS_A_MAIL_SERVER = "email-after-password-change"


def test_the_table_has_every_event_of_every_sample() -> None:
    there = {(sample.slug, event) for sample in SAMPLES.values() for event in sample.events}
    assert {case for case in there if case[0] != NEEDS_A_MAIL_SERVER} == set(CASES)


@pytest.mark.parametrize(
    ("case", "told"), CASES.items(), ids=lambda value: "/".join(value) if len(value) == 2 else ""
)
def test_both_languages_do_the_same(case: tuple[str, str], told: Told) -> None:
    slug, event = case
    javascript, python = (run_sample(SAMPLES[slug], event, language, secrets={}) for language in LANGUAGES)
    for execution in (javascript, python):
        assert execution.error is None
        assert execution.warnings == []
        assert execution.status == told.status
        assert [(command.path, command.args) for command in execution.commands] == told.commands
        assert [line.text for line in execution.console] == list(told.console)
    assert [command.args for command in javascript.commands] == [command.args for command in python.commands]
    assert [line.text for line in javascript.console] == [line.text for line in python.console]
    assert javascript.outcome == python.outcome
    assert bool(javascript.outcome) is bool(told.commands)
