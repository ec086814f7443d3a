"""The rows of post-login but for its cache."""

from __future__ import annotations

from typing import Any

from method_table.build import accepted, refused
from method_table.calls import Accepted, Refused
from method_table.factor_rows import challenge_rows, enrollment_rows
from method_table.metadata_rows import metadata_rows, profile_rows, transaction_metadata_rows
from method_table.saml_rows import saml_rows
from method_table.session_rows import OFFLINE, cookie_rows, lifetime_rows, token_metadata_rows
from method_table.token_rows import claim_rows, scope_rows, token_scope_rows
from method_table.way_out_rows import browser_rows, form_rows, redirect_rows

LOGIN = "post-login"
BACK = "onContinuePostLogin"


def login_rows() -> list[Accepted | Refused]:
    """Everything of post-login but the cache."""
    return [
        *refusals_of_a_login(),
        *claim_rows(LOGIN, "idToken.setCustomClaim"),
        *claim_rows(LOGIN, "accessToken.setCustomClaim"),
        *token_scope_rows(),
        *challenge_rows(LOGIN),
        *enrollment_rows(),
        *redirect_rows(LOGIN, "api", BACK),
        *browser_rows(),
        *form_rows(LOGIN),
        *metadata_rows(LOGIN, "api"),
        *profile_rows(),
        *saml_rows(),
        *lifetime_rows("session"),
        *lifetime_rows("refreshToken"),
        *token_metadata_rows("session"),
        *token_metadata_rows("refreshToken"),
        *cookie_rows(),
        *transaction_metadata_rows(LOGIN),
        *scope_rows(LOGIN),
        *directory_rows(),
    ]


def refusals_of_a_login() -> list[Accepted | Refused]:
    """What ends a login."""
    denied = {"access": {"denied": {"reason": "no"}}}
    preserved = {"revoked": {"reason": "no", "preserveRefreshTokens": True}}
    error = {"validation": {"error": {"code": "bad", "message": "Check it"}}}
    return [
        accepted(LOGIN, "access.deny", "no", gives="api", outcome=denied, status="denied"),
        accepted(LOGIN, "validation.error", "bad", "Check it", gives="api", outcome=error, status="denied"),
        accepted(
            LOGIN,
            "session.revoke",
            "no",
            {"preserveRefreshTokens": True},
            outcome={**denied, "session": preserved},
            status="denied",
        ),
        accepted(
            LOGIN,
            "session.revoke",
            "no",
            event={"session": None},
            outcome={
                **denied,
                "session": {"revoked": {"reason": "no", "preserveRefreshTokens": False}},
            },
            status="denied",
            warning="there is no session in this event",
        ),
        accepted(
            LOGIN,
            "refreshToken.revoke",
            "no",
            outcome={**denied, "refreshToken": {"revoked": {"reason": "no"}}},
            status="denied",
            warning="there is no refresh token in this event",
        ),
        accepted(
            LOGIN,
            "refreshToken.revoke",
            "no",
            event=OFFLINE,
            outcome={**denied, "refreshToken": {"revoked": {"reason": "no"}}},
            status="denied",
        ),
    ]


def directory_rows() -> list[Accepted | Refused]:
    """Look-ups of roles, groups and rules."""

    def names(member: str) -> Any:
        return lambda page: [entry["name"] for entry in page[member]] == ["member"]

    groups, page = {"user.groups": ["member"]}, {"take": 10, "from": "0"}
    seen = {"memberships": {"nobody": {"is_member": False}}}
    cursor = "params.from must be the next member of an earlier page"
    return [
        accepted(LOGIN, "rules.wasExecuted", "rul_1", gives="value", value=False),
        accepted(LOGIN, "groups.getUserGroups", page, event=groups, gives="value", value=names("groups")),
        accepted(LOGIN, "groups.hasGroupMembership", ["nobody"], event=groups, gives="value", value=seen),
        accepted(LOGIN, "roles.getUserEffectiveRoles", page, gives="value", value=names("roles")),
        accepted(LOGIN, "roles.getUserEffectiveRolesByIds", ["rol_0"], gives="value", value={"roles": []}),
        accepted(
            LOGIN, "roles.getUserEffectiveRolesByNames", ["member"], gives="value", value=names("roles")
        ),
        refused(LOGIN, "groups.getUserGroups", {"from": "x"}, message=cursor),
        refused(LOGIN, "roles.getUserEffectiveRoles", {"from": "x"}, message=cursor),
    ]
