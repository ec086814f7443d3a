"""Payloads of the tokens a flow ends with: the standard claims, then those of the Actions.

Tokens are built after the last Action (semantics.md, "Flow and order").
"""

from __future__ import annotations

from typing import Any

from actionsmith.runtime.semantics.json_paths import found
from actionsmith.runtime.semantics.moments import epoch_ms
from actionsmith.triggers.model import Trigger

# What the platform starts with; an application or API may be set to something else.
_ID_TOKEN_SECONDS = 36_000
_ACCESS_TOKEN_SECONDS = 86_400

_NO_OIDC = ("samlp", "wsfed", "wstrust-usernamemixed")
_MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor"
_PROFILE_BY_SCOPE = {
    "profile": {
        "name": "name",
        "given_name": "given_name",
        "family_name": "family_name",
        "nickname": "nickname",
        "picture": "picture",
        "updated_at": "updated_at",
    },
    "email": {"email": "email", "email_verified": "email_verified"},
    "phone": {"phone_number": "phone_number", "phone_number_verified": "phone_verified"},
}

Claims = dict[str, Any]


def id_token(trigger: Trigger, event: Claims, outcome: Claims, now_ms: float) -> Claims | None:
    """The ID token of a login that asked for one with the scope `openid`; None for anything else."""
    scopes = requested_scopes(event)
    if trigger.id != "post-login" or not _asked_for(event, "id_token") or "openid" not in scopes:
        return None
    passed_mfa = _passed_mfa(event, outcome)
    claims: Claims = {
        **_issued(event, now_ms, _ID_TOKEN_SECONDS),
        "sub": _subject(event, outcome),
        "aud": found(event, "client.client_id"),
        "sid": found(event, "session.id"),
        "nonce": found(event, "request.query.nonce"),
        "auth_time": _auth_time(event),
        "amr": ["mfa"] if passed_mfa else None,
        "acr": _MULTI_FACTOR if passed_mfa and _MULTI_FACTOR in _acr_values(event) else None,
        "act": found(event, "transaction.actor"),
    }
    for scope, members in _PROFILE_BY_SCOPE.items():
        if scope in scopes:
            claims |= {claim: found(event, f"user.{member}") for claim, member in members.items()}
    return _with_custom(claims, outcome, "idToken")


def access_token(trigger: Trigger, event: Claims, outcome: Claims, now_ms: float) -> Claims | None:
    """The access token for the API of the event; None without one, for it is opaque then."""
    audience = found(event, "resource_server.identifier")
    if audience is None or not _asked_for(event, "token"):
        return None
    issued = _issued(event, now_ms, _ACCESS_TOKEN_SECONDS)
    client = found(event, "client.client_id")
    if trigger.id == "credentials-exchange":
        scopes = _target_scopes(event, outcome)
        claims: Claims = {
            **(_dict(found(event, "accessToken.customClaims"))),
            **issued,
            "sub": f"{client}@clients" if client is not None else None,
            "aud": audience,
            "azp": client,
            "gty": "client-credentials",
        }
    elif trigger.id == "post-login":
        scopes = found(outcome, "accessToken.scopes")
        scopes = requested_scopes(event) if scopes is None else scopes
        claims = {
            **issued,
            "sub": _subject(event, outcome),
            "aud": [audience, f"{issued['iss']}userinfo"]
            if "openid" in scopes and issued["iss"]
            else audience,
            "azp": client,
            "act": found(event, "transaction.actor"),
        }
    else:
        return None
    return _with_custom({**claims, "scope": " ".join(scopes) or None}, outcome, "accessToken")


def requested_scopes(event: Claims) -> list[str]:
    """The scopes that were asked for."""
    return _texts(found(event, "transaction.requested_scopes"))


def _issued(event: Claims, now_ms: float, seconds: int) -> Claims:
    host, now = found(event, "request.hostname"), int(now_ms // 1000)
    return {
        "iss": f"https://{host}/" if host is not None else None,
        "iat": now,
        "exp": now + seconds,
        "org_id": found(event, "organization.id"),
    }


def _target_scopes(event: Claims, outcome: Claims) -> list[str]:
    """The working set; at the end of the flow it has been cut down to the client grant."""
    scopes = found(outcome, "transaction.targetScopes")
    return _texts(found(event, "transaction.target_scopes")) if scopes is None else scopes


def _auth_time(event: Claims) -> int | None:
    """When the user authenticated, for applications that limit how long ago that may be."""
    if found(event, "request.query.max_age") is None:
        return None
    moment = epoch_ms(found(event, "session.authenticated_at"))
    return None if moment is None else int(moment // 1000)


def _acr_values(event: Claims) -> list[str]:
    return _texts(found(event, "transaction.acr_values"))


def _subject(event: Claims, outcome: Claims) -> Any:
    return found(outcome, "authentication.primaryUserId") or found(event, "user.user_id")


def _passed_mfa(event: Claims, outcome: Claims) -> bool:
    """The flow is through, so what it asked for has been passed."""
    methods = found(event, "authentication.methods")
    before = any(isinstance(entry, dict) and entry.get("name") == "mfa" for entry in _list(methods))
    asked = found(outcome, "authentication.challenges") or found(outcome, "authentication.enrollments")
    enabled = found(outcome, "multifactor.provider") not in (None, "none")
    return before or bool(asked) or enabled


def _asked_for(event: Claims, kind: str) -> bool:
    """Whether the login gives a token of this `response_type`; a code is exchanged for both."""
    if found(event, "transaction.protocol") in _NO_OIDC:
        return False
    kinds = _texts(found(event, "transaction.response_type"))
    return not kinds or "code" in kinds or kind in kinds


def _with_custom(claims: Claims, outcome: Claims, token: str) -> Claims:
    known = {name: claim for name, claim in claims.items() if claim is not None}
    return {**known, **_dict(found(outcome, f"{token}.customClaims"))}


def _texts(value: Any) -> list[str]:
    return [text for text in _list(value) if isinstance(text, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> Claims:
    return value if isinstance(value, dict) else {}
