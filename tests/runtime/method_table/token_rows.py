"""Claims and scopes of tokens."""

from __future__ import annotations

from typing import Any

from actionsmith.triggers import loader
from method_table.build import accepted, nested, refused
from method_table.calls import Accepted, Calls, Refused

LOGIN = "post-login"
REQUESTED = ["openid", "profile", "email", "read:orders"]


def claim_rows(trigger: str, path: str) -> list[Accepted | Refused]:
    """Custom claims of one token."""
    claims, name = path.replace("setCustomClaim", "customClaims"), "https://example.com/a"
    too_many: Calls = ((path, [name, "x" * 60_000]),)
    rows: list[Accepted | Refused] = [
        accepted(
            trigger,
            path,
            name,
            {"b": [1, None]},
            gives="api",
            outcome=nested(claims, {name: {"b": [1, None]}}),
        ),
        accepted(
            trigger, path, "urn:auth0:x", 1, gives="api", warning="its namespace belongs to the platform"
        ),
        accepted(trigger, path, "https://x.auth0.com/a", 1, gives="api", warning="its namespace belongs"),
        refused(trigger, path, "scope", "x", message="the claim 'scope' cannot be set"),
        refused(
            trigger, path, "b", "x" * 60_000, before=too_many, message="may take 102,400 bytes", at_end=True
        ),
    ]
    for claim in loader.word_list("restricted_claims"):
        warning = f"the claim '{claim}' was left out"
        rows.append(accepted(trigger, path, claim, 1, gives="api", warning=warning))
    return rows


def scope_rows(trigger: str) -> list[Accepted | Refused]:
    """Target scopes. The event of post-login has none: nothing is known of a grant there."""
    known = ["read:orders"] if trigger == "credentials-exchange" else []
    more: dict[str, Any] = {"warning": "are outside the client grant"} if known else {}

    def now(scopes: list[str], **more: Any) -> dict[str, Any]:
        return {"outcome": nested("transaction.targetScopes", scopes), "sees": (seen, scopes), **more}

    seen = "transaction.target_scopes"
    thousand: Calls = (("transaction.setTargetScopes", [[f"s{number}" for number in range(1000)]]),)
    many: dict[str, Any] = {"before": thousand, "message": "may be at most 1,000"}
    without: dict[str, Any] = now([]) if known else {"sees": (seen, [])}
    return [
        accepted(trigger, "transaction.addTargetScope", " write ", **now([*known, "write"], **more)),
        accepted(trigger, "transaction.removeTargetScope", "read:orders", **without),
        accepted(trigger, "transaction.setTargetScopes", ["a", "b", "a"], **now(["a", "b"], **more)),
        accepted(trigger, "transaction.clearTargetScopes", **without),
        refused(trigger, "transaction.addTargetScope", "one more", message="must not contain white space"),
        refused(trigger, "transaction.removeTargetScope", "", message="scope must not be empty"),
        refused(trigger, "transaction.addTargetScope", "one-more", **many),
        refused(
            trigger,
            "transaction.setTargetScopes",
            [f"s{number}" for number in range(1001)],
            message="may be at most 1,000",
        ),
    ]


def token_scope_rows() -> list[Accepted | Refused]:
    """Scopes of a login's access token, and the claims it cannot carry."""
    scopes = "accessToken.scopes"
    kept = [scope for scope in REQUESTED if scope != "email"]
    thousand: Calls = tuple(("accessToken.addScope", [f"s{number}"]) for number in range(1000))
    return [
        accepted(LOGIN, "accessToken.addScope", " write ", outcome=nested(scopes, [*REQUESTED, "write"])),
        accepted(LOGIN, "accessToken.removeScope", "email", outcome=nested(scopes, kept)),
        refused(
            LOGIN,
            "accessToken.addScope",
            "more",
            before=thousand,
            message="at most 1,000 scopes may be added",
        ),
        accepted(
            LOGIN,
            "accessToken.setCustomClaim",
            "https://example.com/a",
            1,
            gives="api",
            event={"resource_server": None},
            outcome=nested("accessToken.customClaims", {"https://example.com/a": 1}),
            warning="the login asks for no API",
        ),
        accepted(
            LOGIN,
            "accessToken.setCustomClaim",
            "plan",
            1,
            gives="api",
            event={"resource_server.identifier": "https://acme-dev.eu.auth0.com/api/v2/"},
            warning="carry only claims with a namespace",
        ),
    ]
