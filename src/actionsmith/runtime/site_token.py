"""The session token with which a site comes back from a redirect, for `api.redirect.validateToken`.

A person who answers for the site makes it here as the site would. Source: semantics.md, "Session token".
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from actionsmith.errors import UserError
from actionsmith.runtime import suspension
from actionsmith.runtime.execution import Answer, Execution, Suspended
from actionsmith.runtime.semantics import session_token
from actionsmith.runtime.semantics.json_paths import found
from actionsmith.triggers import event_text, loader

PARAMETER = "session_token"
"""The parameter that validateToken reads, unless it is told another one."""


def is_expected(kept: Suspended) -> bool:
    """Whether the site is likely to send one back: it was sent one, or an Action has made one."""
    if kept.waits_for.kind != "redirect":
        return False
    sent = parse_qs(urlsplit(str(kept.waits_for.details["url"])).query)
    return PARAMETER in sent or any(secrets_used(execution) for execution in kept.actions)


def secrets_used(execution: Execution) -> list[Any]:
    """With what the Action has signed tokens for a site, as it was given to `api.redirect.encodeToken`."""
    calls = [command for command in execution.commands if command.path == "redirect.encodeToken"]
    return [
        argument.get("secret") for call in calls for argument in call.args[:1] if isinstance(argument, dict)
    ]


def claim(text: str) -> Any:
    """A claim that is given as text, such as `verified=true`: what it is as JSON, else the text itself."""
    try:
        return event_text.decode(text)
    except event_text.NotJson:
        return text


def signed(
    kept: Suspended, answer: Answer, claims: dict[str, Any], secret: str, now_ms: float, *, in_body: bool
) -> Answer:
    """The answer with a token added to its body or to its query. `claims` are the site's own.

    Raises UserError when the flow waits for something else.
    """
    if kept.waits_for.kind != "redirect":
        waits = suspension.words(kept.waits_for)
        raise UserError(f"a session token belongs to a redirect, but the flow waits for {waits}")
    issued = int(now_ms / 1000)
    standard = {
        "iss": found(kept.event, "request.hostname"),
        "sub": found(kept.event, "user.user_id"),
        "iat": issued,
        "exp": issued + loader.limit("redirect_token.default_lifetime"),
        "state": kept.waits_for.details["state"],
    }
    token = {PARAMETER: session_token.encode(standard | claims, secret)}
    if in_body:
        return msgspec.structs.replace(answer, body=answer.body | token)
    return msgspec.structs.replace(answer, query=answer.query | token)
