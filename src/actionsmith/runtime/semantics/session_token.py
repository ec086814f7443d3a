"""The signed token that travels with a redirect: a JWT with HS256 (shared-objects.yaml: RedirectToken)."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Any

import msgspec

from actionsmith.runtime.semantics.value_types import is_finite

_HEADER = {"alg": "HS256", "typ": "JWT"}
_UNREADABLE = "it cannot be read as a JWT"
_REQUIRED = ("sub", "iss", "iat", "exp")


class InvalidToken(Exception):
    """Why a token is refused; the text goes on after 'the token is not valid: '."""


def encode(claims: dict[str, Any], secret: str) -> str:
    """A signed token with these claims."""
    signed = f"{_packed(_HEADER)}.{_packed(claims)}"
    return f"{signed}.{_base64(_signature(signed, secret))}"


def decode(token: str, secret: str) -> dict[str, Any]:
    """The claims of a token with a right signature. Raises InvalidToken."""
    parts = token.split(".")
    if len(parts) != 3:
        raise InvalidToken("it is not a JWT of three parts")
    header = _unpacked(parts[0])
    if header.get("alg") != _HEADER["alg"]:
        raise InvalidToken(f"it must be signed with HS256, not with '{header.get('alg')}'")
    # The letters are compared, not the bytes they stand for: the last one has bits that mean nothing.
    signature = _base64(_signature(f"{parts[0]}.{parts[1]}", secret))
    if not hmac.compare_digest(signature.encode(), parts[2].encode("utf-8", "surrogatepass")):
        raise InvalidToken("the signature is wrong; both sides must use the same secret")
    return _unpacked(parts[1])


def check(claims: dict[str, Any], *, now_s: float, subject: Any, state: Any, host: Any) -> None:
    """Is the token for this user, this continuation and this tenant, and still alive? Raises InvalidToken.

    `host` is the tenant's, None when it is not known. That it must be the issuer is what the published
    test package does (interop.md, part F); it may be written as a host or as a URL.
    """
    for name in _REQUIRED:
        if claims.get(name) is None:
            raise InvalidToken(f"the claim '{name}' is missing")
    for name in ("iat", "exp"):
        if not is_finite(claims[name]):
            raise InvalidToken(f"the claim '{name}' must be a number of seconds since 1970")
    if claims["exp"] <= now_s:
        raise InvalidToken("it has expired")
    if host is not None and not _is_host(claims["iss"], host):
        raise InvalidToken(
            f"the claim 'iss' must be the tenant's host '{host}' (event.request.hostname), "
            f"not '{str(claims['iss'])[:100]}'"
        )
    if claims["sub"] != subject:
        raise InvalidToken("the claim 'sub' is not the current user (event.user.user_id)")
    if claims.get("state") is None or claims["state"] != state:
        raise InvalidToken("the claim 'state' differs from the state parameter of the request")


def _is_host(issuer: Any, host: Any) -> bool:
    return issuer in (host, f"https://{host}", f"https://{host}/")


def _signature(signed: str, secret: str) -> bytes:
    return hmac.digest(
        secret.encode("utf-8", "surrogatepass"), signed.encode("utf-8", "surrogatepass"), "sha256"
    )


def _packed(data: dict[str, Any]) -> str:
    return _base64(msgspec.json.encode(data))


def _unpacked(part: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(_bytes(part), type=dict[str, Any])
    except (ValueError, msgspec.DecodeError):  # what is not UTF-8 is a ValueError
        raise InvalidToken(_UNREADABLE) from None


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidToken(_UNREADABLE) from None


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
