"""The methods that mean more than their effect line says, by family.

A family is loaded when one of its methods is first called: a run uses one or two of them, and the time
it takes to start counts.
"""

from __future__ import annotations

from importlib import import_module

from actionsmith.runtime.semantics.calls import MEANINGS, Meaning

# Where the methods of a namespace of `api` are, or one method that is elsewhere than its neighbours.
# A namespace that is not here has only plain effects, and no family looks at them when the Action ends.
_FAMILIES = {
    "accessToken": ("scopes",),
    "accessToken.setCustomClaim": ("claims",),
    "authentication": ("mfa", "token_exchange"),
    "cache": ("cache_entries",),
    "groups": ("directory",),
    "idToken": ("claims",),
    "multifactor": ("mfa",),
    "notification": ("notification",),
    "prompt": ("prompt",),
    "redirect": ("redirect",),
    "refreshToken": ("lifetimes", "token_metadata"),
    "roles": ("directory",),
    "rules": ("directory",),
    "samlResponse": ("saml",),
    "session": ("lifetimes", "token_metadata"),
    "transaction": ("scopes",),
    "transaction.setMetadata": ("metadata",),
    "transaction.setResultUrl": ("redirect",),
    "user": ("metadata",),
    "user.setUserId": ("token_exchange",),
    "validation": ("validation",),
}


def families_of(path: str) -> tuple[str, ...]:
    """The modules here that may have the method at `path` (without `api.`)."""
    return _FAMILIES.get(path) or _FAMILIES.get(path.partition(".")[0], ())


def family_meaning(path: str) -> Meaning | None:
    """The meaning a family gives to the method at `path`, if one does."""
    for family in families_of(path):
        import_module(f"{__name__}.{family}")
    return MEANINGS.get(path)
