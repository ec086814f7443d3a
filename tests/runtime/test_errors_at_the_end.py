"""An error that is found when the Action is done has the line of the last call that led to it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from running import request

from actionsmith.runtime.engine import default_event, open_transaction, run_step, take_host
from actionsmith.runtime.execution import Execution
from actionsmith.runtime.host_kind import Language
from actionsmith.runtime.semantics import Transaction
from actionsmith.runtime.session import Session
from actionsmith.triggers import loader
from actionsmith.triggers.naming import python_path

# The calls, a line each; those in the second set are caught. Then the one to blame, and its message.
ENDS: dict[str, tuple[list[str], int, str]] = {
    "a second form": (["prompt.render('a')", "prompt.render('b')", "accessToken.addScope('s')"], 2, "this is the second"),
    "a redirect and a form": (
        ["redirect.sendUserTo('https://example.com')", "prompt.render('a')"],
        2,
        "cannot be combined",
    ),
    "a form and a redirect": (
        ["prompt.render('a')", "redirect.sendUserTo('https://example.com')"],
        2,
        "cannot be combined",
    ),
    "claims of an ID token": (
        ["idToken.setCustomClaim('a', big)", "idToken.setCustomClaim('b', big)", "accessToken.setCustomClaim('c', 1)"],
        2,
        "the custom claims of a token may take",
    ),
    "claims of an access token": (
        ["accessToken.setCustomClaim('a', big)", "accessToken.setCustomClaim('b', big)", "idToken.setCustomClaim('c', 1)"],
        2,
        "the custom claims of a token may take",
    ),
    "user metadata": (
        ["user.setUserMetadata('a', big)", "user.setAppMetadata('a', 1)"],
        1,
        "of user_metadata can be saved",
    ),
    "app metadata": (["user.setUserMetadata('a', 1)", "user.setAppMetadata('a', big)"], 2, "of app_metadata can be saved"),
    "a factor nobody has": (
        ["authentication.challengeWith({'type': 'email'})", "accessToken.addScope('s')"],
        1,
        "enrolled none of the factors",
    ),
    "the fifth factor": (
        ["accessToken.addScope('s')", "authentication.enrollWith({'type': 'recovery-code'})"],
        2,
        "at most 4 challenges",
    ),
    "factors of a token exchange": (
        ["authentication.challengeWithAny([{'type': 'otp'}])", "accessToken.addScope('s')"],
        1,
        "not possible in a token exchange",
    ),
}  # fmt: skip


def code_of(calls: list[str], language: Language) -> str:
    """An Action whose calls stand from its third line on, and which catches what they throw."""
    if language == "javascript":
        lines = [f"  try {{ api.{call} }} catch {{}}" for call in calls]
        return "\n".join(
            [
                "exports.onExecutePostLogin = async (event, api) => {",
                "  const big = 'x'.repeat(60_000);",
                *lines,
                "};",
            ]
        )
    spelled = [f"{python_path(call.partition('(')[0])}{''.join(call.partition('(')[1:])}" for call in calls]
    lines = [f"    with suppress(Exception): api.{call}" for call in spelled]
    return "\n".join(
        [
            "from contextlib import suppress",
            "def on_execute_post_login(event, api, big='x' * 60_000):",
            *lines,
        ]
    )


def run(name: str, language: Language) -> Execution:
    asked = request(code_of(ENDS[name][0], language), language, trigger="post-login")
    event: dict[str, Any] = default_event("post-login")
    event["user"]["email_verified"] = False
    if name == "factors of a token exchange":
        event["transaction"]["protocol"] = "oauth2-token-exchange"
    transaction = open_transaction("post-login", event, asked)
    if name == "the fifth factor":
        carried = {**transaction.carry(), "factors_asked": loader.limit("mfa.commands_per_flow")}
        transaction = Transaction(transaction.trigger, event, now_ms=lambda: 0.0, carried=carried)
    host = take_host(asked, None)
    try:
        session = Session(host, asked, None)
        transcript = session.open_transcript(None)
        assert session.load(transcript).status == "completed"
        return run_step(session, "onExecutePostLogin", transaction, transcript, time.monotonic())
    finally:
        host.close()


@pytest.mark.parametrize("language", ["javascript", "python"])
@pytest.mark.parametrize("name", ENDS)
def test_an_error_at_the_end_has_the_line_of_the_call(name: str, language: Language) -> None:
    _, blamed, message = ENDS[name]
    execution = run(name, language)
    assert execution.error is not None
    assert message in execution.error.message
    assert (execution.status, execution.error.line) == ("failed", blamed + 2)
    assert execution.outcome == {}
