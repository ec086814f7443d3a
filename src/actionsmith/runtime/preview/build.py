"""The preview of a flow, put together from its parts."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.preview.profile import profile_changes
from actionsmith.runtime.preview.refusal import refusal
from actionsmith.runtime.preview.tokens import access_token, id_token
from actionsmith.runtime.semantics.json_paths import found
from actionsmith.triggers.model import Trigger


def preview(
    trigger: Trigger,
    event: dict[str, Any],
    outcome: dict[str, Any],
    status: str,
    *,
    now_ms: float,
    failure: str | None = None,
) -> dict[str, Any]:
    """What the caller of the flow would get, as JSON; each member only where there is such a thing.

    `event` is the one the flow began with, `outcome` the merged one of all its Actions, `status` how it
    ended, `failure` the message of the error that ended it. Members: `id_token` and `access_token`
    (payloads), `error` (`code`, `description`, and `status` or what else the endpoint adds), `redirect`
    (`url`), `user` (`before`, `after`, `changes` of `path`, `before`, `after`), `saml` (`attributes`,
    `removed`, `settings`).
    """
    error = refusal(trigger, event, outcome, status, failure)
    parts: dict[str, Any] = {"error": error, "redirect": _redirect(event, outcome, status)}
    if error is None and status == "completed":
        parts["id_token"] = id_token(trigger, event, outcome, now_ms)
        parts["access_token"] = access_token(trigger, event, outcome, now_ms)
        parts["saml"] = _saml(event, outcome)
    if error is None or trigger.id != "pre-user-registration":  # a refused user is never created
        parts["user"] = profile_changes(trigger, event, outcome)
    return {name: part for name, part in parts.items() if part is not None}


def _redirect(event: dict[str, Any], outcome: dict[str, Any], status: str) -> dict[str, Any] | None:
    """Where the browser is sent: away while the flow waits, to the result page after a password reset."""
    if status == "suspended" and "redirect" in outcome:
        from actionsmith.runtime.semantics.waiting import continuation_state, redirect_url

        state = continuation_state(event)
        return {"url": redirect_url(outcome["redirect"], state), "state": state}
    page = found(outcome, "transaction.resultUrl")
    return {"url": page} if status == "completed" and page is not None else None


def _saml(event: dict[str, Any], outcome: dict[str, Any]) -> dict[str, Any] | None:
    """What the Actions made of the assertion; the mapping of the application comes on top."""
    if found(event, "transaction.protocol") != "samlp":
        return None
    asked = found(outcome, "samlResponse.attributes") or {}
    return {
        "attributes": {name: value for name, value in asked.items() if value is not None},
        "removed": [name for name, value in asked.items() if value is None],
        "settings": found(outcome, "samlResponse.config") or {},
    }
