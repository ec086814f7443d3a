"""Sessions and refresh tokens: lifetimes, metadata, cookies."""

from __future__ import annotations

from typing import Any

from method_table.build import accepted, nested, refused
from method_table.calls import NOW_MS, Accepted, Calls, Refused

LOGIN = "post-login"
SOON = NOW_MS + 60_000
ONLINE = {"refresh_token": {"id": "r", "access": "online", "metadata": {"a": "b"}}}
OFFLINE = {"refresh_token": {"id": "r", "expires_at": "2026-01-20T09:00:00Z", "metadata": {"old": "x"}}}


def lifetime_rows(holder: str) -> list[Accepted | Refused]:
    """Expiry times of `session` or `refreshToken`."""
    event = OFFLINE if holder == "refreshToken" else {}
    rows: list[Accepted | Refused] = []
    for method, kept in (("setExpiresAt", "expiresAt"), ("setIdleExpiresAt", "idleExpiresAt")):
        path = f"{holder}.{method}"
        earlier: Calls = ((path, [SOON - 1]),)
        rows += [
            accepted(LOGIN, path, SOON, event=event, outcome=nested(f"{holder}.{kept}", SOON)),
            accepted(
                LOGIN, path, SOON, event=event, before=earlier, outcome=nested(f"{holder}.{kept}", SOON - 1)
            ),
            refused(LOGIN, path, 0, event=event, message="must be milliseconds since 1970, not 0"),
        ]
        if holder == "refreshToken":
            rows.append(
                refused(LOGIN, path, SOON, event=ONLINE, message="an online refresh token cannot be changed")
            )
    if holder == "refreshToken":
        hour = NOW_MS + 3_600_000
        cut: dict[str, Any] = {
            "outcome": nested("refreshToken.expiresAt", hour),
            "warning": "cut back to the token's present expiry",
        }
        rows.append(accepted(LOGIN, "refreshToken.setExpiresAt", hour + 1, event=OFFLINE, **cut))
    else:
        lasting: dict[str, Any] = {
            "outcome": nested("session.expiresAt", SOON),
            "warning": "there is no session in this event",
        }
        rows.append(accepted(LOGIN, "session.setExpiresAt", SOON, event={"session": None}, **lasting))
    return rows


def token_metadata_rows(holder: str) -> list[Accepted | Refused]:
    """Metadata of `session` or `refreshToken`."""
    member = "session" if holder == "session" else "refresh_token"
    stored = {f"{member}.metadata": {"old": "x"}} if holder == "session" else OFFLINE
    seen, outcome = f"{member}.metadata", f"{holder}.metadata"
    full: Calls = tuple((f"{holder}.setMetadata", [f"k{number}", "v"]) for number in range(24))
    path, remove = f"{holder}.setMetadata", f"{holder}.deleteMetadata"
    rows: list[Accepted | Refused] = [
        accepted(
            LOGIN,
            path,
            "k",
            "v",
            event=stored,
            outcome=nested(outcome, {"k": "v"}),
            sees=(seen, {"old": "x", "k": "v"}),
        ),
        accepted(
            LOGIN, path, "old", None, event=stored, outcome=nested(outcome, {"old": None}), sees=(seen, {})
        ),
        accepted(LOGIN, remove, "old", event=stored, outcome=nested(outcome, {"old": None}), sees=(seen, {})),
        accepted(LOGIN, remove, "unknown", event=stored, sees=(seen, {"old": "x"})),
        accepted(
            LOGIN,
            f"{holder}.evictMetadata",
            event=stored,
            outcome=nested(outcome, {"old": None}),
            sees=(seen, {}),
        ),
        accepted(
            LOGIN,
            path,
            "k",
            "v",
            event=stored,
            before=((path, ["lost", "v"]), (f"{holder}.evictMetadata", [])),
            outcome=nested(outcome, {"old": None, "k": "v"}),
            sees=(seen, {"k": "v"}),
        ),
        refused(LOGIN, path, "k25", "v", event=stored, before=full, message="at most 25 entries may be kept"),
        refused(LOGIN, path, "k", "a\0b", event=stored, message="value must not contain null bytes"),
    ]
    if holder == "session":
        rows.append(refused(LOGIN, path, "k", "v", event={"session": None}, message="there is no session"))
    else:
        rows.append(refused(LOGIN, path, "k", "v", event=ONLINE, message="an online refresh token cannot be"))
        rows.append(accepted(LOGIN, path, "k", "v", outcome=nested(outcome, {"k": "v"})))
    return rows


def cookie_rows() -> list[Accepted | Refused]:
    """The mode of the session cookie."""
    path = "session.setCookieMode"
    return [
        accepted(
            LOGIN,
            path,
            "non-persistent",
            outcome=nested("session.cookieMode", "non-persistent"),
            sees=("session.cookie.mode", "non-persistent"),
        ),
        accepted(LOGIN, path, "persistent", event={"session": None}, warning="so the call has no effect"),
    ]
