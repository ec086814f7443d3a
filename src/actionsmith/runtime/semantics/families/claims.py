"""Custom claims of the ID token and the access token (semantics.md, "Claims")."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

import msgspec

from actionsmith.runtime.semantics.answers import UNDEFINED, ApiError
from actionsmith.runtime.semantics.calls import Call, at_end, means
from actionsmith.runtime.semantics.ledger import Ledger
from actionsmith.triggers import loader

_TOKENS = ("idToken", "accessToken")
_PLATFORM = "auth0.com"


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
    elif ".accessToken." in call.method.path and ":" not in key and _is_own_api(call.ledger):
        call.warn(
            f"the claim '{key}' was left out: tokens for an API of the platform itself "
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
                f"together; they take {used:,}",
                methods=(f"{token}.setCustomClaim",),
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
    url = _split(key)
    host = url.hostname or "" if url is not None else ""
    for reserved in loader.word_list("reserved_claim_namespaces"):
        if reserved.startswith("urn:"):
            if key == reserved or key.startswith(f"{reserved}:"):
                return True
        elif _is_in(host, reserved):
            return True
    return False


def _is_own_api(ledger: Ledger) -> bool:
    """Whether the token is for an API of the platform other than /userinfo; its hosts are the tenant's.

    Source: the rules of accessToken.setCustomClaim, "Tokens for Auth0 APIs (other than /userinfo)".
    """
    audience = ledger.in_event("resource_server.identifier")
    url = _split(audience) if isinstance(audience, str) else None
    if url is None or not url.hostname:
        return False
    hosts = [ledger.in_event(place) for place in ("request.hostname", "custom_domain.domain")]
    known = [host.lower() for host in hosts if isinstance(host, str)]
    is_platform = url.hostname in known or _is_in(url.hostname, _PLATFORM)
    return is_platform and url.path.rstrip("/") != "/userinfo"


def _is_in(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _split(name: str) -> SplitResult | None:
    """The parts of a claim name or an API's identifier that is a URL; None for any other."""
    if not name.startswith(("http://", "https://")):
        return None
    try:
        return urlsplit(name)
    except ValueError:
        return None
