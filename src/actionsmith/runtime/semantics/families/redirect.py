"""api.redirect and the result page of a password reset (semantics.md, "Redirect", "Session token")."""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics import session_token
from actionsmith.runtime.semantics.answers import Answer
from actionsmith.runtime.semantics.calls import Call, means, value
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.runtime.semantics.urls import scheme_without_host, url_problem, with_query
from actionsmith.triggers import loader

_TOKEN_PARAMETER = "session_token"


@means("redirect.sendUserTo")
def send_user_to(call: Call) -> None:
    """The flow waits for the browser to come back. No form beside it."""
    if "prompt.render" in call.ledger.called:
        raise call.abort("a redirect and a form cannot be combined in one Action")
    url, query = _checked_url(call), _query(call)
    call.ledger.put("redirect", {"url": url} if query is None else {"url": url, "query": query})
    need_browser(call)


def need_browser(call: Call) -> None:
    """The user cannot be sent anywhere without a browser: the attempt ends when the handler has returned.

    Source: semantics.md, "Redirect"; token exchange is not among the protocols canRedirect knows.
    """
    if call.ledger.trigger.id != "post-login":
        return
    token_exchange = call.ledger.in_event("transaction.protocol") == "oauth2-token-exchange"
    if token_exchange or not _can_redirect(call.ledger):
        call.ledger.interaction_required = True
        call.warn(
            "this transaction has no browser (prompt=none or the protocol), "
            "so the attempt ends with the error interaction_required"
        )


@means("transaction.setResultUrl")
def set_result_url(call: Call) -> None:
    """Where the browser goes after the reset: the URL with the query parameters set on it."""
    call.ledger.put("transaction.resultUrl", with_query(_checked_url(call), _query(call) or {}))


@means("redirect.canRedirect")
def can_redirect(call: Call) -> Answer:
    """Whether there is a browser to redirect."""
    return value(_can_redirect(call.ledger))


@means("redirect.encodeToken")
def encode_token(call: Call) -> Answer:
    """The signed session token; the payload's members win over the standard claims."""
    now = int(call.ledger.now_ms() // 1000)
    lifetime = call.get("options.expiresInSeconds", loader.limit("redirect_token.default_lifetime"))
    event = call.ledger.in_event
    standard = {
        "iat": now,
        "iss": event("request.hostname"),
        "sub": event("user.user_id"),
        "exp": now + int(lifetime),
        "ip": event("request.ip"),
    }
    claims = {name: claim for name, claim in standard.items() if claim is not None}
    return value(session_token.encode({**claims, **call.args["options"]["payload"]}, _secret(call)))


@means("redirect.validateToken")
def validate_token(call: Call) -> Answer:
    """The claims of the token that came back to /continue. Throws on everything that is wrong with it."""
    name = call.get("options.tokenParameterName", _TOKEN_PARAMETER)
    token = _parameter(call.ledger, name)
    if not isinstance(token, str) or not token:
        raise call.error(
            f"the parameter '{name}' is missing; it is expected in event.request.body or event.request.query"
        )
    try:
        claims = session_token.decode(token, _secret(call))
        session_token.check(
            claims,
            now_s=call.ledger.now_ms() / 1000,
            subject=call.ledger.in_event("user.user_id"),
            state=_parameter(call.ledger, "state"),
            host=call.ledger.in_event("request.hostname"),
        )
    except session_token.InvalidToken as error:
        raise call.error(f"the token is not valid: {error}") from None
    return value(claims)


def _checked_url(call: Call) -> str:
    url: str = call.args["url"]
    problem = url_problem(url)
    if problem is not None:
        raise call.error(f"url {problem}")
    scheme = scheme_without_host(url)
    if scheme is not None:
        call.warn(
            f"url names no host, for '{scheme}' is taken for its scheme; "
            "a page has a URL such as https://example.com/page"
        )
    return url


def _query(call: Call) -> dict[str, str] | None:
    query = call.get("options.query")
    if query is None:
        return None
    return {name: item if isinstance(item, str) else _as_text(item) for name, item in query.items()}


def _as_text(item: bool | int | float) -> str:
    """A scalar as text, as JavaScript writes it: `true`, `1`, `0.5`."""
    if isinstance(item, bool):
        return str(item).lower()
    return str(int(item) if item == int(item) else item)


def _can_redirect(ledger: Ledger) -> bool:
    prompt = ledger.in_event("transaction.prompt")
    asked = prompt if isinstance(prompt, list) else []
    if "none" in asked or ledger.in_event("request.query.prompt") == "none":
        return False
    return ledger.in_event("transaction.protocol") not in loader.vocabulary()["protocols"]["no_redirect"]


def _parameter(ledger: Ledger, name: str) -> Any:
    """A parameter of the request that continued the flow; the body wins over the query."""
    for place in ("request.body", "request.query"):
        members = ledger.in_event(place)
        if isinstance(members, dict) and name in members:
            return members[name]
    return None


def _secret(call: Call) -> str:
    secret: str = call.args["options"]["secret"]
    if not secret:
        raise call.error("options.secret must not be empty")
    return secret
