"""Custom claims of the ID token and the access token (semantics.md, "Claims")."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED, ApiError
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_TOKENS = ("idToken", "accessToken")
_OWN_API = re.compile(r"https://[^/]+/api/v2/?")


@means("idToken.setCustomClaim", "accessToken.setCustomClaim")
def set_custom_claim(call: Call) -> None:
    """Reserved names are left out with a warning; `scope` throws; the last value of a name wins."""
    key, claim = call.args["key"], call.args["value"]
    if key in loader.word_list("throwing_claims"):
        raise call.error(f"the claim '{key}' cannot be set; scopes are changed with {_scope_method(call)}")
    if key in loader.word_list("restricted_claims"):
        call.warn(
            f"the claim '{key}' was left out: the name belongs to the platform; "
            f"use one of your own, such as 'https://example.com/{key}'"
        )
    elif _is_reserved_namespace(key):
        call.warn(f"the claim '{key}' was left out: its namespace belongs to the platform; use your own")
    elif claim is UNDEFINED:
        call.warn(f"the claim '{key}' was left out: its value is undefined")
    elif ".accessToken." in call.method.path and _is_own_api(call.ledger) and ":" not in key:
        call.warn(
            f"the claim '{key}' was left out: tokens for the platform's own API "
            "(event.resource_server.identifier) carry only claims with a namespace"
        )
    else:
        path = f"{call.method.path.split('.')[1]}.customClaims"
        call.ledger.put(path, {**(call.ledger.at(path) or {}), key: claim})


@at_end
def check_sizes(ledger: Ledger) -> None:
    """When the Action is done: each token's claims within `custom_claims.payload`. Raises ApiError."""
    limit = loader.limit_bytes("custom_claims.payload")
    for token in _TOKENS:
        claims = ledger.at(f"{token}.customClaims")
        if claims is None:
            continue
        used = len(msgspec.json.encode(claims))
        if not ledger.fill(f"the custom claims of {token}", used, limit, "bytes"):
            raise ApiError(
                f"api.{token}.setCustomClaim: the custom claims of a token may take {limit:,} bytes "
                f"together; they take {used:,}"
            )


@at_end
def warn_of_opaque_token(ledger: Ledger) -> None:
    """When the Action is done: without an API there is no access token that could carry a claim."""
    if ledger.trigger.id != "post-login" or ledger.at("accessToken.customClaims") is None:
        return
    if ledger.in_event("resource_server") is None:
        ledger.warn_once(
            "api.accessToken.setCustomClaim: no access token carries the claims, because the login asks for "
            "no API (event.resource_server is missing)"
        )


def _scope_method(call: Call) -> str:
    paths = [method.path for method in call.ledger.trigger.api]
    add = "api.accessToken.addScope"
    return add if add in paths else "api.transaction.addTargetScope"


def _is_reserved_namespace(key: str) -> bool:
    host = _host(key)
    for reserved in loader.word_list("reserved_claim_namespaces"):
        if reserved.startswith("urn:"):
            if key == reserved or key.startswith(f"{reserved}:"):
                return True
        elif host == reserved or host.endswith(f".{reserved}"):
            return True
    return False


def _is_own_api(ledger: Ledger) -> bool:
    """Whether the token is for the management API of the tenant."""
    audience = ledger.in_event("resource_server.identifier")
    return isinstance(audience, str) and _OWN_API.fullmatch(audience) is not None


def _host(key: str) -> str:
    """The host of a claim name that is a URL, or nothing."""
    if not key.startswith(("http://", "https://")):
        return ""
    try:
        return urlsplit(key).hostname or ""
    except ValueError:
        return ""
