"""The methods that mean more than their effect line says, by family.

A family is loaded when one of its methods is first called: a run uses one or two of them, and the time
it takes to start counts.
"""

from __future__ import annotations

from importlib import import_module

from actionsmith.runtime.semantics.calls import MEANINGS, Meaning

# Where the methods of a namespace of `api` are. A namespace that is not here has only plain effects.
_FAMILIES = {
    "accessToken": ("claims", "scopes"),
    "authentication": ("mfa", "token_exchange"),
    "cache": ("cache_entries",),
    "groups": ("directory",),
    "idToken": ("claims",),
    "notification": ("notification",),
    "prompt": ("prompt",),
    "redirect": ("redirect",),
    "refreshToken": ("lifetimes", "token_metadata"),
    "roles": ("directory",),
    "rules": ("directory",),
    "samlResponse": ("saml",),
    "session": ("lifetimes", "token_metadata"),
    "transaction": ("metadata", "scopes", "redirect"),
    "user": ("metadata", "token_exchange"),
    "validation": ("validation",),
}


def family_meaning(path: str) -> Meaning | None:
    """The meaning a family gives to the method at `path` (without `api.`), if one does."""
    for family in _FAMILIES.get(path.partition(".")[0], ()):
        import_module(f"{__name__}.{family}")
    return MEANINGS.get(path)
