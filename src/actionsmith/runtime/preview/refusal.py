"""The error the caller of a flow gets (semantics.md, "Deny" and "Errors and timeouts")."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from actionsmith.runtime.semantics.json_paths import found
from actionsmith.runtime.semantics.urls import url_problem, with_query
from actionsmith.triggers.model import Trigger

Error = dict[str, Any]

_CALLED_BACK = (None, "oidc-basic-profile", "oidc-hybrid-profile", "oidc-implicit-profile")
_TOKEN_ENDPOINT = ("credentials-exchange", "custom-token-exchange")


def refusal(
    trigger: Trigger, event: dict[str, Any], outcome: dict[str, Any], status: str, failure: str | None
) -> Error | None:
    """`code` and `description`, with what the endpoint adds; None when the flow did not end in an error.

    Errors of asynchronous triggers reach nobody.
    """
    if not trigger.sync or status == "suspended":
        return None
    if status == "completed":
        return _after_the_end(trigger, event, outcome)
    error = _refused(trigger, outcome) if status == "denied" else _failed(trigger, status, failure)
    return _with_callback(trigger, event, error)


def _refused(trigger: Trigger, outcome: dict[str, Any]) -> Error:
    invalid = found(outcome, "validation.error")
    denied = found(outcome, "access.denied")
    if invalid is not None:
        return {"code": invalid["code"], "description": invalid["message"]}
    if denied is None:
        return {"code": "interaction_required", "description": "the user cannot be asked without a browser"}
    reason = denied.get("reason")
    if trigger.id == "pre-user-registration":
        return _of_signup(reason, denied.get("userMessage"))
    error = {"code": denied.get("code", "access_denied")}
    if reason is not None:
        error["description"] = reason
    if found(outcome, "refreshToken.revoked") is not None:
        error["status"] = 403
    return error


def _failed(trigger: Trigger, status: str, failure: str | None) -> Error:
    """What is known is the answer to a login; a signup is taken to answer as when it is refused."""
    description = failure or f"the Action {status.replace('_', ' ')}"
    if trigger.id == "pre-user-registration":
        return _of_signup(description, None)
    return {
        "code": "server_error" if trigger.id in _TOKEN_ENDPOINT else "access_denied",
        "description": description,
    }


def _after_the_end(trigger: Trigger, event: dict[str, Any], outcome: dict[str, Any]) -> Error | None:
    """Every Action has had its say, and still no token is issued."""
    if trigger.id == "custom-token-exchange" and found(outcome, "user.by") is None:
        return {"code": "server_error", "description": "the Action chose no user"}
    token_exchange = found(event, "transaction.protocol") == "oauth2-token-exchange"
    if token_exchange and found(outcome, "multifactor.provider") not in (None, "none"):
        return {"code": "mfa_required", "description": "the user has to pass multi-factor authentication"}
    return None


def _of_signup(reason: Any, user_message: Any) -> Error:
    error = {"code": "extensibility_error", "description": reason, "status": 400}
    return error if user_message is None else {**error, "friendly_message": user_message}


def _with_callback(trigger: Trigger, event: dict[str, Any], error: Error) -> Error:
    """A login in a browser is called back with the error, and with the state of the application."""
    uri = found(event, "transaction.redirect_uri")
    in_browser = "status" not in error and found(event, "transaction.protocol") in _CALLED_BACK
    if trigger.id != "post-login" or not in_browser or not isinstance(uri, str) or url_problem(uri):
        return error
    told = {
        "error": error["code"],
        "error_description": error.get("description"),
        "state": found(event, "transaction.state"),
    }
    query = {name: text for name, text in told.items() if isinstance(text, str)}
    match _response_mode(event):
        case "query":
            return {**error, "callback": with_query(uri, query)}
        case "fragment":
            return {**error, "callback": f"{uri}#{urlencode(query)}"}
        case _:  # a form or a message carries the error, not the URL
            return error


def _response_mode(event: dict[str, Any]) -> Any:
    """How the application is answered; tokens that come without a code come in the fragment."""
    kinds = found(event, "transaction.response_type")
    usual = (
        "fragment" if isinstance(kinds, list) and {"token", "id_token"} & set(map(str, kinds)) else "query"
    )
    return found(event, "transaction.response_mode") or usual
