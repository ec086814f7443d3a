"""How long sessions and refresh tokens live, and their end (semantics.md, "Sessions and refresh tokens")."""

from __future__ import annotations

from actionsmith.runtime.semantics.calls import Call, means
from actionsmith.runtime.semantics.moments import epoch_ms

_STORED = {"expiresAt": "expires_at", "idleExpiresAt": "idle_expires_at"}


@means("session.revoke")
def revoke_session(call: Call) -> None:
    """Ends the session and refuses the login."""
    if call.ledger.in_event("session.id") is None:
        call.warn("there is no session in this event; the platform needs event.session.id")
    reason = call.args["reason"]
    preserve = call.get("options.preserveRefreshTokens", False)
    call.ledger.put("session.revoked", {"reason": reason, "preserveRefreshTokens": preserve})
    call.ledger.put("access.denied", {"reason": reason})


@means("refreshToken.revoke")
def revoke_refresh_token(call: Call) -> None:
    """Revokes the token that is being exchanged and refuses the exchange."""
    if call.ledger.in_event("refresh_token") is None:
        call.warn("there is no refresh token in this event; it works in a refresh token exchange only")
    call.ledger.put("refreshToken.revoked", {"reason": call.args["reason"]})
    call.ledger.put("access.denied", {"reason": call.args["reason"]})


@means("session.setExpiresAt", "session.setIdleExpiresAt")
def set_session_expiry(call: Call) -> None:
    """The earliest of several calls counts."""
    if call.ledger.in_event("session") is None:
        call.warn("there is no session in this event; check event.session first")
    _keep_earliest(call, "session", _moment(call))


@means("refreshToken.setExpiresAt", "refreshToken.setIdleExpiresAt")
def set_refresh_token_expiry(call: Call) -> None:
    """The earliest of several calls counts; the current lifetime can only be made shorter."""
    refuse_online_token(call)
    moment = _moment(call)
    stored = epoch_ms(call.ledger.in_event(f"refresh_token.{_STORED[_member(call)]}"))
    if stored is not None and moment > stored:
        call.warn("the time was cut back to the token's present expiry: a lifetime can only be made shorter")
        moment = stored
    _keep_earliest(call, "refreshToken", moment)


@means("session.setCookieMode")
def set_cookie_mode(call: Call) -> None:
    """Visible at once in `event.session.cookie.mode`; without a session it has no effect."""
    if not isinstance(call.ledger.in_event("session"), dict):
        call.warn("there is no session in this event, so the call has no effect")
        return
    call.patch("session.cookie.mode", call.args["mode"])
    call.ledger.put("session.cookieMode", call.args["mode"])


def refuse_online_token(call: Call) -> None:
    """Raise ApiError when the method is one of an online refresh token, which cannot be changed."""
    if ".refreshToken." in call.method.path and call.ledger.in_event("refresh_token.access") == "online":
        raise call.error("an online refresh token cannot be changed; check event.refresh_token.access")


def _moment(call: Call) -> int | float:
    """The only argument, epoch milliseconds. Raises ApiError for 0; what lies in the past is odd."""
    moment: int | float
    ((name, moment),) = call.args.items()
    if moment == 0:
        raise call.error(f"{name} must be milliseconds since 1970, not 0")
    if moment < call.ledger.now_ms():
        call.warn(f"{name} is in the past ({moment:.15g}); it counts milliseconds since 1970, not seconds")
    return moment


def _member(call: Call) -> str:
    return "idleExpiresAt" if call.method.path.endswith("setIdleExpiresAt") else "expiresAt"


def _keep_earliest(call: Call, holder: str, moment: int | float) -> None:
    path = f"{holder}.{_member(call)}"
    earlier = call.ledger.at(path)
    call.ledger.put(path, moment if earlier is None else min(earlier, moment))
